import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { between, type Finding } from './frame.ts';
import { openProgram, stop, untilReady, verify } from './program.ts';
import { signIn } from './victim.ts';

/**
 * A server that is killed again and again before its first start is over: while the database's folder is made, while
 * tables are, while the county is planted. Whatever lies there half made, the next start must come through.
 */
export async function killFirstStarts(
  folder: string,
  { kills, chance }: { readonly kills: number; readonly chance: () => number },
  tell: (finding: Finding) => void,
): Promise<void> {
  const program = await openProgram(folder);
  const at: string[] = [];
  for (let i = 0; i < kills; i += 1) {
    const server = program.run(['serve']);
    server.stdout?.resume();
    const afterMs = between(chance, 700, 5000);
    await sleep(afterMs);
    const isDatabaseToo = chance() < 0.5;
    const postmaster = isDatabaseToo ? postmasterIn(program.data) : null;
    await stop(server, 'SIGKILL');
    if (postmaster !== null) process.kill(postmaster, 'SIGKILL');
    at.push(`${afterMs}${postmaster === null ? '' : ' with the database'}`);
  }
  const server = program.run(['serve']);
  server.stdout?.resume();
  try {
    await untilReady(program.port);
    await signIn(program.port, 'wangxiulan');
    const { code, says } = await verify(program);
    tell({ what: 'killed during its first start, it starts', kills, afterMs: at, says, pass: code === 0 });
  } finally {
    await stop(server, 'SIGTERM');
  }
}

function postmasterIn(data: string): number | null {
  try {
    return Number(readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]) || null;
  } catch {
    return null;
  }
}
