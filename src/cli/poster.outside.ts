import { writeFileSync } from 'node:fs';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';

/** Never over what is there already. */
export function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'EEXIST') throw new Problem(cliProblems['cli.file_exists'], { file });
    throw new Problem(cliProblems['cli.file_unwritable'], { file, says: String(code ?? error) });
  }
}
