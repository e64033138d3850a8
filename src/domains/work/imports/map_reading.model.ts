import type { z } from 'zod';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { importProblems } from './import.model.ts';

/** A map of a table, whatever the table holds: read whole against its schema, or refused with the path of every fault. */
export function readMapBy<S extends z.ZodType>(schema: S, json: string): z.output<S> {
  const read = schema.safeParse(parsed(json));
  if (read.success) return read.data;
  const { issues } = read.error;
  throw new Problem(importProblems['import.map_wrong'], { count: issues.length }, issues.map(faultOf));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new Problem(importProblems['import.map_wrong'], { count: 1 }, [
      { path: 'JSON', says: { zh: `不是 JSON：${says}`, en: `is not JSON: ${says}` } },
    ]);
  }
}

const faultOf = ({ path, message }: z.core.$ZodIssue): FieldFault => ({
  path: path.join('.') || '(map)',
  says: { zh: message, en: message },
});
