import { z } from 'zod';
import { type CasefileCommand, forms } from '../../../domains/work/casefiles/casefile.model.ts';
import { casefileTable } from '../../../domains/work/casefiles/casefile.workflow.ts';
import type { Stage } from '../../../domains/work/photos/stage.model.ts';

/** A command's form as the thumb fills it in, from the description by which the server checks it. */
export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'choice';
  readonly options: readonly string[];
  readonly optional: boolean;
}

/** What is chosen from lists of the whole county is chosen at a desk. */
const listed = /Ids?$|^place$|Code$|^urgent$/;

export function fieldsOf(command: string): readonly Field[] | null {
  const form = forms[command as CasefileCommand] as z.ZodObject | undefined;
  // What the table lets a phone do later on; the rest is asked for and answered at once, on the pages.
  if (!form || casefileTable.rows[command as CasefileCommand].offline !== true) return null;
  const fields = Object.entries(form.shape).map(([name, type]) => fieldOf(name, type as z.ZodType));
  const left = fields.filter((field) => field !== null);
  return left.length === fields.length ? left : null;
}

export const fitsPhone = (command: string): boolean => fieldsOf(command) !== null;

/** Null: it needs a list. */
function fieldOf(name: string, type: z.ZodType): Field | null {
  if (listed.test(name)) return null;
  const inner = type instanceof z.ZodOptional ? (type.unwrap() as z.ZodType) : type;
  const optional = type.safeParse(undefined).success;
  return inner instanceof z.ZodEnum
    ? { name, kind: 'choice', options: inner.options.map(String), optional }
    : { name, kind: 'text', options: [], optional };
}

export const asksNothing = (command: string): boolean =>
  fieldsOf(command)?.length === 0 && shotsOf[command] === undefined;

/** Photos that belong to a step, in the order in which they are taken. */
export const shotsOf: Readonly<Record<string, readonly Stage[]>> = {
  measure: ['measure'],
  feed_back: ['before', 'after'],
  verify: ['check'],
  rework: ['check'],
  take_over: ['check'],
  answer_check: ['check'],
};
