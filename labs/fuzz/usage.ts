/** What the served process takes of the machine, as it says itself. */
export interface Usage {
  readonly memoryMb: number;
  readonly cpuSeconds: number;
}

export async function usageOf(port: number): Promise<Usage> {
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    memoryMb: Math.round(read('process_resident_memory_bytes') / 2 ** 20),
    cpuSeconds: read('process_cpu_seconds_total'),
  };
}
