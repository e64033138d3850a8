import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { CountedFigure } from './definition.model.ts';
import { asksForSuspended, kindOf, slotOf, weightOf } from './facts.queries.ts';
import type { RecordsQuery } from './figure.model.ts';
import { looksBack, placesTable, rowsOf, type Span, sumsOf } from './rows.queries.ts';
import { allEdge, allTime, cut, isShort, noEdge, onlyLoose, type Window } from './window.model.ts';

/** What one figure found in one place of the table, or with one body. */
export interface Tally {
  readonly figure: string;
  /** Of an area: which of the places; of a body: its id, null where no body has it. */
  readonly split: number | Id | null;
  readonly denominator: number;
  readonly numerator: number;
  readonly excluded: readonly number[];
  readonly unknown: number;
}

export type By = 'area' | 'body';

/** Figures that are read together: over the same kind of rows and the same window. */
interface Batch {
  readonly of: CountedFigure['of'];
  readonly window: Window;
  readonly figures: readonly CountedFigure[];
}

/** All figures over the same rows in one reading of them. */
export async function tallies(
  ctx: Ctx,
  figures: readonly CountedFigure[],
  span: Span,
  by: By = 'area',
): Promise<Tally[]> {
  const plain = by === 'body' || looksBack(ctx, span) || span.places[0].filed !== null;
  const windowOf = ({ begins, ends }: Pick<Span, 'begins' | 'ends'>, asOf: Date | null): Window =>
    plain || (isShort({ begins, ends }) && span.places.some(({ rest }) => rest.length > 0))
      ? allEdge(begins, ends)
      : cut(begins, ends, asOf);
  const stands = figures.filter((figure) => figure.of === 'casefile' && figure.when === 'now');
  const batches: Batch[] = [
    {
      of: 'casefile',
      window: windowOf(span, null),
      figures: figures.filter(({ of, when }) => of === 'casefile' && when !== 'now'),
    },
    { of: 'casefile', window: standing(stands, windowOf(allTime, null)), figures: stands },
    { of: 'duty', window: windowOf(span, span.asOf), figures: figures.filter(({ of }) => of === 'duty') },
  ];
  return (await Promise.all(batches.map((batch) => talliesOver(ctx, batch, span, by)))).flat();
}

/** What rests is not suspended: who asks for the suspended needs only what does not rest. */
const standing = (figures: readonly CountedFigure[], ever: Window): Window =>
  figures.every(({ base }) => asksForSuspended(base)) ? onlyLoose(ever.begins, ever.ends) : ever;

async function talliesOver(ctx: Ctx, { figures, of, window }: Batch, span: Span, by: By): Promise<Tally[]> {
  if (figures.length === 0) return [];
  const columns = figures.map((figure, i) => columnsOf(figure, i));
  const looked = sql`${sql.join(columns.map(({ row }) => row))}`;
  const kinds = [...new Set(figures.map(kindOf))];
  const { rows } = await sql<{ told: Tally[] }>`
    select jsonb_build_array(${sql.join(columns.map(({ tally }) => tally))}) as told from (
      select ${by === 'body' ? sql`f.body_id` : sql`p.i`} as split, f.*
      from (select f.via, f.place_no, f.filed_id, f.body_id, f.known, f.n, ${looked}
        from (${rowsOf(ctx, of, span, window, kinds)}) f offset 0) f join ${placesTable(span)} on ${liesIn(span)}
      ${window.days.length === 0 ? sql`` : sql`union all ${summed(span, window, kinds, looked)}`}
    ) looked group by split`.execute(ctx.db);
  return rows.flatMap(({ told }) => told);
}

const liesIn = ({ places: [{ filed }] }: Span): RawBuilder<unknown> =>
  sql`p.via = f.via and f.place_no between p.first and p.last ${filed === null ? sql`` : sql`and p.filed = f.filed_id`}`;

const summed = (span: Span, window: Window, kinds: readonly string[], looked: RawBuilder<unknown>) =>
  sql`select p.i, null, null, null, null, f.known, f.n, ${looked} from (${sumsOf(
    span,
    window,
    kinds.filter((kind) => kind !== 'open'),
  )}) f join ${placesTable(span)} on p.via = 'sums' and p.first = f.no and p.last = f.last_no`;

function columnsOf(figure: CountedFigure, i: number): { row: RawBuilder<unknown>; tally: RawBuilder<unknown> } {
  const [slot, weight] = [sql.ref(`slot${i}`), sql.ref(`weight${i}`)];
  const many = (where: RawBuilder<unknown>) => sql`coalesce(sum(n) filter (where ${where}), 0)`;
  const excluded = figure.exclusions.map((_, k) => many(sql`${slot} = ${sql.lit(k + 1)}`));
  return {
    row: sql`${slotOf(figure)} as ${slot}, ${weightOf(figure)} as ${weight}`,
    tally: sql`jsonb_build_object('figure', ${figure.id}::text, 'split', split, 'denominator', ${many(sql`${slot} = 0`)},
      'numerator', coalesce(sum(${weight} * n) filter (where ${slot} = 0), 0),
      'excluded', ${excluded.length === 0 ? sql`'[]'::jsonb` : sql`jsonb_build_array(${sql.join(excluded)})`},
      'unknown', ${many(sql`${slot} is not null and not known`)})`,
  };
}

export interface RecordRow {
  readonly key: Id;
  readonly casefileId: Id;
  readonly excludedBy: number;
  readonly weight: string | null;
}

/** Of which part of the figure, and only of these bodies (null: of none) when it was split by body. */
export type Asked = Pick<RecordsQuery, 'part' | 'before' | 'most'> & { readonly bodies: readonly (Id | null)[] | null };

/** What a figure counted, newest id first: the rows of it that this viewer may open. */
export async function recordsOf(ctx: Ctx, figure: CountedFigure, span: Span, asked: Asked): Promise<RecordRow[]> {
  const before = asked.before === undefined ? sql`true` : sql`r.key < ${asked.before}::uuid`;
  const { rows } = await sql<RecordRow>`
    select r.key, r.id as casefile_id, r.slot as excluded_by, r.weight from (${counted(ctx, figure, span)}) r
    join casefile c on c.realm = ${ctx.realm} and c.id = r.id
    where ${inPart(asked)} and ${before} and ${opens(ctx)}
    order by r.key desc limit ${asked.most}`.execute(ctx.db);
  return rows;
}

/** How many rows that part has, and how many of them this viewer may open. */
export async function recordsCounted(
  ctx: Ctx,
  figure: CountedFigure,
  span: Span,
  asked: Asked,
): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ all: number; open: number }>`
    select count(*)::int as all, count(c.id)::int as open from (${counted(ctx, figure, span)}) r
    left join casefile c on c.realm = ${ctx.realm} and c.id = r.id and ${opens(ctx)}
    where ${inPart(asked)}`.execute(ctx.db);
  return rows[0] ?? { all: 0, open: 0 };
}

/** Every row by itself: a short period by its time, a long one by the place. */
function counted(ctx: Ctx, figure: CountedFigure, span: Span): RawBuilder<unknown> {
  const [asked] = span.places;
  const { begins, ends } = figure.when === 'now' ? allTime : span;
  const byTime = asked.filed !== null || isShort({ begins, ends });
  const plain: Span = { ...span, places: [{ ...asked, sums: [], rest: asked.runs }] };
  const window = byTime ? allEdge(begins, ends) : noEdge(begins, ends);
  return sql`select f.id, f.key, f.body_id, ${slotOf(figure)} as slot, ${weightOf(figure)} as weight
    from (${rowsOf(ctx, figure.of, plain, window, [kindOf(figure)])}) f join ${placesTable(plain)} on ${liesIn(plain)}`;
}

function inPart({ part, bodies }: Asked): RawBuilder<boolean> {
  if (bodies === null) return partOf(part);
  const named = bodies.filter((id) => id !== null);
  return sql`${partOf(part)} and (r.body_id = any (${named}::uuid[]) or (r.body_id is null and ${named.length < bodies.length}))`;
}

function partOf(part: Asked['part']): RawBuilder<boolean> {
  if (part === 'numerator') return sql`r.slot = 0 and r.weight is not null`;
  if (part === 'denominator') return sql`r.slot = 0`;
  return part === 'excluded' ? sql`r.slot > 0` : sql`r.slot is not null`;
}

const scopeColumns = { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' };

/** The operator counts what is confidential and opens none of it. */
const opens = (ctx: Ctx): RawBuilder<boolean> =>
  ctx.actor.kind === 'system' ? sql`not c.confidential` : sql`${ctx.scope.readable(ctx, scopeColumns)}`;
