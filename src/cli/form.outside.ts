import { readFileSync } from 'node:fs';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';

/** A form from a file of JSON, read before any transaction opens. */
export function readForm(file: string): object {
  try {
    const told: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof told === 'object' && told !== null) return told;
  } catch {
    // Said below, as for what is no object.
  }
  throw new Problem(cliProblems['cli.form_unreadable'], { file });
}
