interface Coded {
  readonly parentId: string | null;
  readonly code: string;
}

/** Codes that nobody bears yet, behind those of the areas beside: the code above and three digits. */
export function freeCodes(areas: readonly Coded[], { parentId, code }: Coded, count: number): string[] {
  const stem = code.slice(0, -3);
  const taken = new Set(areas.map((one) => one.code));
  const beside = areas.filter((one) => one.parentId === parentId && one.code.startsWith(stem));
  let last = Math.max(0, ...beside.map((one) => Number(one.code.slice(stem.length)) || 0));
  const found: string[] = [];
  while (found.length < count && last < 999) {
    last += 1;
    const next = `${stem}${String(last).padStart(3, '0')}`;
    if (!taken.has(next)) found.push(next);
  }
  return found;
}
