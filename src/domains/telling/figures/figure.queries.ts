import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { CountedFigure, FlagFact, ListFact, Predicate } from './definition.model.ts';
import type { RecordsQuery } from './figure.model.ts';

/** Over which rows: an area, a period, what was known at an instant. */
export interface Span {
  readonly no: number;
  readonly lastNo: number;
  readonly begins: Date;
  readonly ends: Date;
  readonly asOf: Date;
  readonly vintage: 'today' | 'filed';
}

/** Areas that a table shows beside each other. */
export interface Child {
  readonly id: Id;
  readonly no: number;
  readonly lastNo: number;
}

export interface Tally {
  readonly figure: string;
  readonly areaId: Id | null;
  readonly denominator: number;
  readonly numerator: number;
  readonly excluded: readonly number[];
  readonly unknown: number;
}

/** The operator's shell has no post; what it counts is the whole county. */
export async function openAllAreas(ctx: Ctx): Promise<void> {
  await sql`select set_config('jw.ranges', '{[1,2147483647)}', true)`.execute(ctx.db);
}

const flags: Readonly<Record<FlagFact, RawBuilder<boolean>>> = {
  every: sql`true`,
  merged: sql`f.merged`,
  urgent: sql`f.urgent`,
  self_handled: sql`f.self_handled`,
  returned: sql`f.returned`,
  reopened: sql`f.reopened`,
  suspended: sql`f.suspended`,
  confidential: sql`f.confidential`,
  several_rounds: sql`f.round > 1`,
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
const times: Readonly<Record<Exclude<CountedFigure['when'], 'now'>, RawBuilder<Date>>> = {
  reported: sql`f.reported_at`,
  registered: sql`f.registered_at`,
  dispatched: sql`f.dispatched_at`,
  handled: sql`f.handled_at`,
  closed: sql`f.closed_at`,
  due: sql`f.due_at`,
};

/** A predicate as a condition that is true or false, never null: what is not known is not so. */
function conditionOf(of: Predicate): RawBuilder<boolean> {
  if ('is' in of) return flags[of.is as FlagFact];
  if ('not' in of) return sql`(not ${conditionOf(of.not)})`;
  if ('all' in of) return sql`(${sql.join(of.all.map(conditionOf), sql` and `)})`;
  if ('any' in of) return sql`(${sql.join(of.any.map(conditionOf), sql` or `)})`;
  return sql`coalesce(${lists[of.fact]} = any (${[...of.in]}::text[]), false)`;
}

const inPeriod = ({ when }: CountedFigure, { begins, ends }: Span): RawBuilder<boolean> =>
  when === 'now' ? sql`true` : sql`coalesce(${times[when]} >= ${begins} and ${times[when]} < ${ends}, false)`;

/** Null: not looked at; 0: in the denominator; else the number of the exclusion, the first that holds. */
function slotOf(figure: CountedFigure, span: Span): RawBuilder<number | null> {
  const left = figure.exclusions.map(({ where }, i) => sql`when ${conditionOf(where)} then ${sql.lit(i + 1)}`);
  return sql`case when not (${inPeriod(figure, span)} and ${conditionOf(figure.base)}) then null ${sql.join(left, sql` `)} else 0 end`;
}

const weightOf = ({ numerator }: CountedFigure): RawBuilder<number | null> =>
  sql`case ${sql.join(
    numerator.map(({ where, weight }) => sql`when ${conditionOf(where)} then ${sql.lit(weight)}::numeric`),
    sql` `,
  )} end`;

/** The past, and the areas of filing, are told by functions that look at every case. */
const looksBack = (ctx: Ctx, { asOf, vintage }: Span): boolean => asOf < ctx.now || vintage === 'filed';

const placeOf = ({ vintage }: Span): RawBuilder<number> => (vintage === 'filed' ? sql`f.filed_no` : sql`f.place_no`);

const scopeColumns = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };
const caseFacts = sql`c.scope_no as place_no, c.scope_no as filed_no, c.confidential, c.status, c.outcome, c.answer,
  c.round::integer, c.merged_into is not null as merged, c.urgent, c.self_handled, c.returned, c.reopened, c.suspended`;

const openIn = (ctx: Ctx, { no, lastNo }: Span): RawBuilder<boolean> =>
  sql`c.realm = ${ctx.realm} and c.scope_no between ${no} and ${lastNo} and not c.confidential
    and ${ctx.scope.inMyAreas(ctx, scopeColumns)}`;

/** Figures that are read together: over the same kind of rows, in a period or as things stand. */
interface Batch {
  readonly of: CountedFigure['of'];
  readonly stands: boolean;
  readonly figures: readonly CountedFigure[];
}

const batchOf = (figures: readonly CountedFigure[], of: Batch['of'], stands: boolean): Batch => ({
  of,
  stands,
  figures: figures.filter((figure) => figure.of === of && (figure.when === 'now') === stands),
});

/**
 * Nothing of a case is younger than its last change: a case that has not changed since the period began has nothing in
 * it. What stands as it does is narrowed by what every figure of the batch asks for.
 */
function casesIn(ctx: Ctx, span: Span, { stands, figures }: Batch): RawBuilder<unknown> {
  const told = looksBack(ctx, span)
    ? sql`select * from figure_casefiles(${span.asOf})`
    : sql`select c.id, ${caseFacts}, c.reported_at, c.registered_at, c.dispatched_at, c.handled_at, c.closed_at
        from casefile c where ${openIn(ctx, span)} and ${stands ? standing(figures) : sql`c.changed_at >= ${span.begins}`}
      union all select * from figure_confidential_casefiles(${stands ? sql`'-infinity'` : span.begins})`;
  return sql`select f.*, f.id as key, true as known from (${told}) f`;
}

const standing = (figures: readonly CountedFigure[]): RawBuilder<boolean> =>
  figures.every(({ base }) => 'is' in base && base.is === 'suspended') ? sql`c.suspended` : sql`true`;

function dutiesIn(ctx: Ctx, span: Span, { stands }: Batch): RawBuilder<unknown> {
  const { begins, ends, asOf } = span;
  // What stands is open: the packs are held to it.
  const narrow = stands
    ? sql`o.state in ('running', 'paused', 'suspended')`
    : sql`coalesce(o.due_at, o.ended_at) >= ${begins} and coalesce(o.due_at, o.ended_at) < ${ends}`;
  const told = looksBack(ctx, span)
    ? sql`select * from figure_duties(${asOf})`
    : sql`select c.id, o.id as duty_id, ${caseFacts}, o.duty, o.state as clock,
        o.overran or coalesce(o.state = 'running' and o.due_at < ${asOf}, false) as late, o.exempt,
        coalesce(o.due_at, o.ended_at) as due_at, true as known
      from casefile c join obligation o on o.realm = c.realm and o.record_id = c.id and o.record_kind = 'casefile'
      where ${openIn(ctx, span)} and o.realm = ${ctx.realm} and ${narrow}
      union all select * from figure_confidential_duties(${asOf}, ${stands}, ${begins}, ${ends})`;
  return sql`select f.*, f.duty_id as key, coalesce(f.due_at <= ${asOf}, false) as due_reached from (${told}) f`;
}

const factsOf = (ctx: Ctx, span: Span, batch: Batch): RawBuilder<unknown> =>
  batch.of === 'casefile' ? casesIn(ctx, span, batch) : dutiesIn(ctx, span, batch);

/**
 * All figures over the same rows in one reading of them. Each child area has its own tallies; what lies in none of them
 * comes without an area.
 */
export async function tallies(
  ctx: Ctx,
  figures: readonly CountedFigure[],
  span: Span,
  children: readonly Child[],
): Promise<Tally[]> {
  const batches = (['casefile', 'duty'] as const).flatMap((of) =>
    [false, true].map((stands) => batchOf(figures, of, stands)),
  );
  return (await Promise.all(batches.map((batch) => talliesOver(ctx, batch, span, children)))).flat();
}

async function talliesOver(ctx: Ctx, batch: Batch, span: Span, children: readonly Child[]): Promise<Tally[]> {
  const { figures } = batch;
  if (figures.length === 0) return [];
  const columns = figures.map((figure, i) => {
    const [slot, weight] = [sql.ref(`slot${i}`), sql.ref(`weight${i}`)];
    const excluded = figure.exclusions.map((_, k) => sql`count(*) filter (where ${slot} = ${sql.lit(k + 1)})::int`);
    return {
      row: sql`${slotOf(figure, span)} as ${slot}, ${weightOf(figure)} as ${weight}`,
      tally: sql`jsonb_build_object('figure', ${figure.id}::text, 'areaId', area_id,
        'denominator', count(*) filter (where ${slot} = 0), 'numerator', coalesce(sum(${weight}) filter (where ${slot} = 0), 0),
        'excluded', ${excluded.length === 0 ? sql`'[]'::jsonb` : sql`jsonb_build_array(${sql.join(excluded)})`},
        'unknown', count(*) filter (where ${slot} is not null and not known))`,
    };
  });
  const { rows } = await sql<{ told: Tally[] }>`
    select jsonb_build_array(${sql.join(columns.map(({ tally }) => tally))}) as told from (
      select child.id as area_id, f.known, ${sql.join(columns.map(({ row }) => row))}
      from (${factsOf(ctx, span, batch)}) f
      left join unnest(${children.map(({ id }) => id)}::uuid[], ${children.map(({ no }) => no)}::int[],
        ${children.map(({ lastNo }) => lastNo)}::int[]) as child (id, no, last_no)
        on ${placeOf(span)} between child.no and child.last_no
      where ${placeOf(span)} between ${span.no} and ${span.lastNo}
    ) looked group by area_id`.execute(ctx.db);
  return rows.flatMap(({ told }) => told);
}

export interface RecordRow {
  readonly key: Id;
  readonly casefileId: Id;
  readonly excludedBy: number;
  readonly weight: string | null;
}

type Asked = Pick<RecordsQuery, 'part' | 'before' | 'most'>;

/** What a figure counted, newest id first: the rows of it that this viewer may open. */
export async function recordsOf(ctx: Ctx, figure: CountedFigure, span: Span, asked: Asked): Promise<RecordRow[]> {
  const before = asked.before === undefined ? sql`true` : sql`r.key < ${asked.before}::uuid`;
  const { rows } = await sql<RecordRow>`
    select r.key, r.id as casefile_id, r.slot as excluded_by, r.weight from (${counted(ctx, figure, span)}) r
    join casefile c on c.realm = ${ctx.realm} and c.id = r.id
    where ${inPart(asked.part)} and ${before} and ${opens(ctx)}
    order by r.key desc limit ${asked.most}`.execute(ctx.db);
  return rows;
}

/** How many rows that part has, and how many of them this viewer may open. */
export async function recordsCounted(
  ctx: Ctx,
  figure: CountedFigure,
  span: Span,
  part: Asked['part'],
): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ all: number; open: number }>`
    select count(*)::int as all, count(c.id)::int as open from (${counted(ctx, figure, span)}) r
    left join casefile c on c.realm = ${ctx.realm} and c.id = r.id and ${opens(ctx)}
    where ${inPart(part)}`.execute(ctx.db);
  return rows[0] ?? { all: 0, open: 0 };
}

function counted(ctx: Ctx, figure: CountedFigure, span: Span): RawBuilder<unknown> {
  return sql`select f.id, f.key, ${slotOf(figure, span)} as slot, ${weightOf(figure)} as weight
    from (${factsOf(ctx, span, batchOf([figure], figure.of, figure.when === 'now'))}) f where ${placeOf(span)} between ${span.no} and ${span.lastNo}`;
}

function inPart(part: Asked['part']): RawBuilder<boolean> {
  if (part === 'numerator') return sql`r.slot = 0 and r.weight is not null`;
  if (part === 'denominator') return sql`r.slot = 0`;
  return part === 'excluded' ? sql`r.slot > 0` : sql`r.slot is not null`;
}

/** The operator counts what is confidential and opens none of it. */
const opens = (ctx: Ctx): RawBuilder<boolean> =>
  ctx.actor.kind === 'system' ? sql`not c.confidential` : sql`${ctx.scope.readable(ctx, scopeColumns)}`;
