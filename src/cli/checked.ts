import type { z } from 'zod';
import { invalidInput } from '../http/problems.ts';
import { Problem } from '../kernel/problem.ts';
import { cliProblems } from './problems.ts';

/** What was typed, or read from a file, as the form it has to be; refused place by place as over http. */
export function checked<S extends z.ZodType>(
  schema: S,
  value: unknown,
  code: string = cliProblems['cli.form_invalid'],
): z.output<S> {
  const read = schema.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  throw new Problem(code, {}, invalidInput(read.error).faults);
}
