import type { Ctx } from '../../../kernel/context.ts';
import type { DataKey } from '../../../kernel/data_key.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Values } from './batches/candidate.model.ts';
import { dayOfRank } from './batches/told_change.model.ts';
import { fieldIn } from './fields/added_fields.model.ts';
import { canonicalOf } from './fields/canonical_value.model.ts';
import { keepingOf, maskOf } from './fields/keeping.model.ts';
import { isOwn } from './fields/own_code.model.ts';
import type { Answers, Known, KnownFact, Question } from './forms/form.model.ts';
import type { Ledger } from './ledger.model.ts';
import { holdStanding, recordsNamed } from './ledger.queries.ts';
import { ledgerNamed } from './ledgers.model.ts';
import { isStale } from './life.model.ts';
import { ledgerAt, spanAt } from './own/own_field.commands.ts';
import { lockFields } from './own/own_field.queries.ts';
import { isKept } from './own/own_ledger.commands.ts';
import { type OpenRecord, openRecords, tellOf } from './record.commands.ts';

/** Facts for those who ask with a form: what is known already, and what an answer adds to it. */

/** What stands for a record that was asked for. */
export interface Followed extends OpenRecord {
  /** The key of the very record: under it lies what was sealed for that one, also since it was merged into another. */
  readonly own: DataKey;
}

/** Within what the viewer reads of the ledger, by the ids that were asked for: who was merged into another is that other one. */
export async function recordsOpened(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, Followed>> {
  const asked = await recordsNamed(ctx, ids);
  const into = asked.flatMap(({ mergedInto }) => mergedInto ?? []);
  const open = await openRecords(ctx, [...asked, ...(await recordsNamed(ctx, into))]);
  return new Map(
    asked.flatMap(({ id, mergedInto }) => {
      const [own, stands] = [open.get(id), open.get(mergedInto ?? id)];
      return own && stands ? [[id, { ...stands, own: own.key }] as const] : [];
    }),
  );
}

/** Each fact as it may be shown on a day, by field. */
export function factsOf({ standing: { values, setters } }: OpenRecord, day: string): Record<string, KnownFact> {
  const rank = new Map(setters.flatMap(({ on, fields }) => fields.map((field) => [field, on] as const)));
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      const toldOn = dayOfRank(rank.get(field) ?? '');
      const isMasked = keepingOf(field).secrecy === 'masked';
      return [
        field,
        { value: isMasked ? maskOf(field, value) : value, isMasked, toldOn, isStale: isStale(field, toldOn, day) },
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

/** Answers become facts, each known by where it was heard; what was confirmed is told anew, of that day. Nothing becomes one in a ledger that was retired. */
export async function tellAnswers(ctx: Ctx, id: Id, questions: readonly Question[], heard: Heard): Promise<number> {
  const row = await holdStanding(ctx, id);
  const known = row && (await openRecords(ctx, [row])).get(row.id);
  if (!known || !(await isKept(ctx, known.row.ledger))) return 0;
  const asksOwn = questions.some(({ field }) => field !== undefined && isOwn(field));
  if (asksOwn) await lockFields(ctx, known.row.ledger, 'use');
  const ledger = asksOwn
    ? await ledgerAt(ctx, known.row.ledger, spanAt(known.row.scopeNo))
    : ledgerNamed(known.row.ledger);
  const values: Record<string, string> = {};
  for (const question of questions) {
    const { name, field } = question;
    if (field === undefined || (isOwn(field) && !ledger.fields.includes(field))) continue;
    const answer = heard.answers[name];
    const stands = known.standing.values[field];
    if (typeof answer === 'string') {
      const fact = factOf(ledger, field, factIn(question, answer));
      if (fact !== null) values[field] = fact;
    } else if (heard.confirmed.includes(name) && stands !== undefined) values[field] = stands;
  }
  const told = Object.keys(values).length;
  if (told > 0)
    await tellOf(ctx, ledger, known, {
      values: values as Values,
      toldOn: heard.on,
      batch: null,
      source: heard.source,
    });
  return told;
}

/** What an own field cannot be stays an answer and becomes no fact of it. */
function factOf(ledger: Ledger, code: string, text: string): string | null {
  const field = isOwn(code) && text !== '' ? fieldIn(ledger, code) : undefined;
  if (!field) return text;
  const read = canonicalOf(field, { text, kind: 'text' });
  return 'fault' in read ? null : read.value;
}

/** A chosen answer is kept in words, an amount in yuan, as a spreadsheet would tell them. */
function factIn({ widget, type, options = [] }: Question, answer: string): string {
  if (widget === 'choice' && (type === 'text' || type === 'choice'))
    return options.find(({ code }) => code === answer)?.label ?? answer;
  return widget === 'money' ? (Number(answer) / 100).toFixed(2) : answer;
}
