import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/root.ts';

/** Found by reading the tree, so that a new file needs no line here. */
const folder = join(packageRoot, 'src');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .sort();

export const importSources = (wanted: (path: string) => boolean): Promise<Record<string, unknown>[]> =>
  Promise.all(sources.filter(wanted).map((path) => import(join(folder, path))));

/** Every problem of the program is in the catalogue afterwards, the command line's too. */
export async function loadProblems(): Promise<void> {
  await importSources((path) => /= defineProblems\(/.test(readFileSync(join(folder, path), 'utf8')));
}
