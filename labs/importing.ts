import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './program.ts';

/** A file of another system's cases for the program to take in while it is hurt, and the map that reads it. */
export interface ImportFile {
  /** What the keys of its rows begin with. */
  readonly prefix: string;
  readonly words: readonly string[];
  readonly rows: number;
}

const AREA = '439901001001';
const map = {
  source: 'laboratory',
  title: 'laboratory',
  kind: 'history',
  key: 'no',
  zone: 'Asia/Shanghai',
  dates: ['YYYY/M/D H:mm'],
  language: 'zh',
  channel: 'letter',
  columns: {
    opened: 'time',
    closed: 'closed',
    status: { column: 'status', open: ['open'], closed: ['closed'] },
    words: ['words'],
    area: { by: 'code', column: 'area' },
  },
  figures: { withoutTarget: 'not_counted' },
};

export function anImport(folder: string, number: number, rows: number): ImportFile {
  const [table, mapFile] = [join(folder, `cases-${number}.csv`), join(folder, 'map.json')];
  const prefix = `${number}-`;
  const lines = Array.from(
    { length: rows },
    (_, i) => `${prefix}${i},2026/3/4 9:05,2026/3/5 9:05,closed,路灯第${i}盏不亮,${AREA}`,
  );
  writeFileSync(table, ['no,time,closed,status,words,area', ...lines, ''].join('\n'));
  writeFileSync(mapFile, JSON.stringify(map));
  return { prefix, words: ['--json', 'import', 'casefiles', table, '--map', mapFile], rows };
}

/** Runs it until it comes to its end, and says what the last run said; a run that was cut off is run again. */
export async function importToItsEnd(program: Program, { words, rows }: ImportFile): Promise<boolean> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const { code, says } = await program.end(words);
    if (code !== 0) continue;
    const { created, same } = JSON.parse(says) as { created: number; same: number };
    return created + same === rows;
  }
  return false;
}

const IMPORTED = `select count(*)::int as n from imported_row where realm = 1 and key like $1`;

export async function importedOf(program: Program, { prefix }: ImportFile): Promise<number> {
  const [row] = await program.sql<{ n: number }>(IMPORTED, [`${prefix}%`]);
  return row?.n ?? -1;
}

/** Until its first part is kept. */
export async function untilBegun(program: Program, { prefix }: ImportFile): Promise<void> {
  const client = await program.connect();
  try {
    for (const start = performance.now(); performance.now() - start < 180_000; await sleep(5))
      if ((await client.query<{ n: number }>(IMPORTED, [`${prefix}%`])).rows[0]?.n) return;
  } finally {
    await client.end();
  }
  throw new Error('the import does not begin');
}
