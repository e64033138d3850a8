import { type RawBuilder, sql } from 'kysely';
import type { CountedFigure, FlagFact, ListFact, Predicate } from './definition.model.ts';

/** A definition in SQL, over rows of facts called `f`. */
const flags: Readonly<Record<FlagFact, RawBuilder<boolean>>> = {
  every: sql`true`,
  merged: sql`f.merged`,
  urgent: sql`f.urgent`,
  self_handled: sql`f.self_handled`,
  returned: sql`f.returned`,
  reopened: sql`f.reopened`,
  suspended: sql`f.suspended`,
  confidential: sql`f.confidential`,
  several_rounds: sql`f.several_rounds`,
  late: sql`f.late`,
  exempt: sql`f.exempt`,
  due_reached: sql`f.due_reached`,
};
const lists: Readonly<Record<ListFact, RawBuilder<string>>> = {
  status: sql`f.status`,
  outcome: sql`f.outcome`,
  answer: sql`f.answer`,
  duty: sql`f.duty`,
  clock: sql`f.clock`,
};

/** A predicate as a condition that is true or false, never null: what is not known is not so. */
function conditionOf(of: Predicate): RawBuilder<boolean> {
  if ('is' in of) return flags[of.is as FlagFact];
  if ('not' in of) return sql`(not ${conditionOf(of.not)})`;
  if ('all' in of) return sql`(${sql.join(of.all.map(conditionOf), sql` and `)})`;
  if ('any' in of) return sql`(${sql.join(of.any.map(conditionOf), sql` or `)})`;
  return sql`coalesce(${lists[of.fact]} = any (${[...of.in]}::text[]), false)`;
}

/** The time that decides, as the rows name it. What stands: of cases all that were ever reported, of duties the open ones. */
export const kindOf = ({ when, of }: Pick<CountedFigure, 'when' | 'of'>): string =>
  when === 'now' ? (of === 'duty' ? 'open' : 'reported') : when;

/** Null: not looked at; 0: in the denominator; else the number of the exclusion, the first that holds. */
export function slotOf(figure: CountedFigure): RawBuilder<number | null> {
  const left = figure.exclusions.map(({ where }, i) => sql`when ${conditionOf(where)} then ${sql.lit(i + 1)}`);
  return sql`case when not (f.kind = ${sql.lit(kindOf(figure))} and ${conditionOf(figure.base)}) then null ${sql.join(left, sql` `)} else 0 end`;
}

export const weightOf = ({ numerator }: CountedFigure): RawBuilder<number | null> =>
  sql`case ${sql.join(
    numerator.map(({ where, weight }) => sql`when ${conditionOf(where)} then ${sql.lit(weight)}::numeric`),
    sql` `,
  )} end`;

/** Whether every row that counts is suspended: what rests never is, and no sum has to be asked. */
export function asksForSuspended(base: Predicate): boolean {
  if ('all' in base) return base.all.some(asksForSuspended);
  return 'is' in base && base.is === 'suspended';
}
