import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Values } from './candidate.model.ts';
import type { Answers, Known, KnownFact, Question } from './form.model.ts';
import { isFresh, keepingOf, maskOf } from './keeping.model.ts';
import { residents } from './ledger.model.ts';
import { holdRecords, recordsNamed } from './ledger.queries.ts';
import { type OpenRecord, openRecords, tellOf } from './record.commands.ts';
import { dayOfRank } from './told_change.model.ts';

/** Facts for those who ask with a form: what is known already, and what an answer adds to it. */

/** Within what the viewer reads of the ledger, those of these ids that are still in it. */
export const recordsOpened = async (ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, OpenRecord>> =>
  openRecords(ctx, await recordsNamed(ctx, ids));

/** Each fact as it may be shown on a day, by field. */
export function factsOf({ standing: { values, setters } }: OpenRecord, day: string): Record<string, KnownFact> {
  const rank = new Map(setters.flatMap(({ on, fields }) => fields.map((field) => [field, on] as const)));
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      const toldOn = dayOfRank(rank.get(field) ?? '');
      const isMasked = keepingOf(field).secrecy === 'masked';
      return [
        field,
        { value: isMasked ? maskOf(field, value) : value, isMasked, toldOn, isStale: !isFresh(field, toldOn, day) },
      ];
    }),
  );
}

/** What of a form is known of somebody, by question. */
export const knownTo = (questions: readonly Question[], facts: Readonly<Record<string, KnownFact>>): Known =>
  Object.fromEntries(
    questions.flatMap(({ name, field }) => {
      const fact = field === undefined ? undefined : facts[field];
      return fact ? [[name, fact] as const] : [];
    }),
  );

export interface Heard {
  readonly answers: Answers;
  /** Questions whose known answer was said to be still so. */
  readonly confirmed: readonly string[];
  /** The day on which it was said, `yyyy-mm-dd`. */
  readonly on: string;
  /** Where it comes from, in words. */
  readonly source: string;
}

/** Answers become facts, each known by where it was heard; what was confirmed is told anew, of that day. */
export async function tellAnswers(ctx: Ctx, id: Id, questions: readonly Question[], heard: Heard): Promise<number> {
  const known = (await openRecords(ctx, await holdRecords(ctx, [id]))).get(id);
  if (!known) return 0;
  const values: Record<string, string> = {};
  for (const question of questions) {
    const { name, field } = question;
    if (field === undefined) continue;
    const answer = heard.answers[name];
    const stands = known.standing.values[field];
    if (typeof answer === 'string') values[field] = factIn(question, answer);
    else if (heard.confirmed.includes(name) && stands !== undefined) values[field] = stands;
  }
  const told = Object.keys(values).length;
  if (told > 0)
    await tellOf(ctx, residents, known, {
      values: values as Values,
      toldOn: heard.on,
      batch: null,
      source: heard.source,
    });
  return told;
}

/** A chosen answer is kept in words, an amount in yuan, as a spreadsheet would tell them. */
function factIn({ widget, type, options = [] }: Question, answer: string): string {
  if (widget === 'choice' && type === 'text') return options.find(({ code }) => code === answer)?.label ?? answer;
  return widget === 'money' ? (Number(answer) / 100).toFixed(2) : answer;
}
