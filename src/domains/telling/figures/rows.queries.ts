import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Cover, Run } from './cover.model.ts';
import { dayBegins, stretchesOf, type Window } from './window.model.ts';

/** An area of the table: the one that is asked about comes first, those below it after. */
export interface Place extends Cover {
  readonly id: Id;
  /** On an older map: the areas of filing of which all counts here, and those of which the place decides. */
  readonly filed: { readonly whole: readonly string[]; readonly partly: readonly string[] } | null;
}

/** Over which rows: areas, a period, what was known at an instant. */
export interface Span {
  readonly places: readonly [Place, ...Place[]];
  readonly begins: Date;
  readonly ends: Date;
  readonly asOf: Date;
}

/** The operator's shell has no post; what it counts is the whole county. */
export async function openAllAreas(ctx: Ctx): Promise<void> {
  await sql`select set_config('jw.ranges', '{[0,2147483647)}', true)`.execute(ctx.db);
}

export const looksBack = (ctx: Ctx, { asOf }: Span): boolean => asOf < ctx.now;

const multirange = (runs: readonly Run[]): string => `{${runs.map(([first, last]) => `[${first},${last}]`).join(',')}}`;
const filedIn = ({ filed }: Place): RawBuilder<unknown> =>
  filed === null ? sql`null::uuid[]` : sql`${[...filed.whole, ...filed.partly]}::uuid[]`;

const columns = sql`f.via, f.id, f.key, f.place_no, f.filed_id, f.body_id, f.kind, f.confidential, f.status, f.outcome,
  f.answer, f.several_rounds, f.merged, f.urgent, f.self_handled, f.returned, f.reopened, f.suspended, f.duty, f.clock,
  f.late, f.exempt, f.due_reached, f.known, f.n`;

/** Rows of facts of the area that is asked about, one by one, and what is to be taken off the sums. */
export function rowsOf(
  ctx: Ctx,
  of: 'casefile' | 'duty',
  span: Span,
  window: Window,
  kinds: readonly string[],
): RawBuilder<unknown> {
  if (looksBack(ctx, span)) return of === 'casefile' ? pastCases(span, window, kinds) : pastDuties(span, window, kinds);
  const [asked] = span.places;
  const { begins, ends, days, edges } = window;
  const rest = window.byPlace ? restOf(span) : [];
  const from = sql.ref(of === 'casefile' ? 'figure_case_rows' : 'figure_duty_rows');
  return sql`select ${columns} from ${from}(${kinds}::text[], ${multirange(asked.runs)}::int4multirange, ${filedIn(asked)},
    ${multirange(rest)}::int4multirange, ${begins}, ${ends}, ${edges.map(([at]) => at)}::timestamptz[],
    ${edges.map(([, at]) => at)}::timestamptz[], ${days.map(([at]) => at)}::int[], ${days.map(([, at]) => at)}::int[], ${span.asOf}) f`;
}

/** Numbers that lie in no sum of one of the places, each once. */
function restOf({ places }: Span): Run[] {
  const sorted = places.flatMap(({ rest }) => rest).toSorted(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [first, last] of sorted) {
    const before = joined.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

function pastCases({ places: [asked], asOf }: Span, { begins, ends }: Window, kinds: readonly string[]) {
  return sql`select 'runs' as via, f.id, f.id as key, f.place_no, f.filed_id, f.body_id, k.kind, f.confidential, f.status, f.outcome,
      f.answer, f.several_rounds, f.merged, f.urgent, f.self_handled, f.returned, f.reopened, f.suspended, null::text as duty,
      null::text as clock, null::boolean as late, null::boolean as exempt, null::boolean as due_reached, true as known, 1 as n
    from figure_past_cases(${asOf}, ${multirange(asked.runs)}::int4multirange, ${filedIn(asked)}) f
    cross join lateral (values ('reported', f.reported_at), ('registered', f.registered_at), ('dispatched', f.dispatched_at),
      ('handled', f.handled_at), ('closed', f.closed_at)) k (kind, at)
    where k.kind = any (${kinds}::text[]) and k.at >= ${begins} and k.at < ${ends}`;
}

function pastDuties({ places: [asked], asOf }: Span, { begins, ends }: Window, kinds: readonly string[]) {
  return sql`select 'runs' as via, f.id, f.duty_id as key, f.place_no, f.filed_id, f.body_id, k.kind, f.confidential, f.status, f.outcome,
      f.answer, f.several_rounds, f.merged, f.urgent, f.self_handled, f.returned, f.reopened, f.suspended, f.duty,
      f.clock, f.late, f.exempt, coalesce(f.due_at <= ${asOf}, false) as due_reached, f.known, 1 as n
    from figure_past_duties(${asOf}, ${multirange(asked.runs)}::int4multirange, ${filedIn(asked)}) f
    cross join lateral (values ('due', coalesce(f.due_at >= ${begins} and f.due_at < ${ends}, false)),
      ('open', f.clock in ('running', 'paused', 'suspended'))) k (kind, holds)
    where k.kind = any (${kinds}::text[]) and k.holds`;
}

/** The sums of whole days, each as a row that stands for many. */
export function sumsOf({ places, asOf }: Span, { days }: Window, kinds: readonly string[]): RawBuilder<unknown> {
  const nodes = uniqueRuns(places.flatMap(({ sums }) => sums));
  const asked = days.flatMap(([from, to]) =>
    kinds.flatMap((kind) => stretchesOf(from, to).map((one) => ({ ...one, kind, reached: dayBegins(to) <= asOf }))),
  );
  return sql`select f.*, true as known from figure_cells(${nodes.map(([no]) => no)}::int[], ${nodes.map(([, last]) => last)}::int[],
    ${asked.map(({ kind }) => kind)}::text[], ${asked.map(({ span }) => span)}::int[], ${asked.map(({ from }) => from)}::int[],
    ${asked.map(({ to }) => to)}::int[], ${asked.map(({ reached }) => reached)}::boolean[]) f`;
}

const uniqueRuns = (runs: readonly Run[]): Run[] => [...new Map(runs.map((run) => [run.join('-'), run])).values()];

/** Where each row and each sum belongs: the place by its position, and the numbers or areas of filing it has. */
export function placesTable({ places }: Span): RawBuilder<unknown> {
  const lines = places.flatMap((place, i) => linesOf(place).map((line) => ({ i, ...line })));
  return sql`unnest(${lines.map(({ i }) => i)}::int[], ${lines.map(({ via }) => via)}::text[],
    ${lines.map(({ run }) => run[0])}::int[], ${lines.map(({ run }) => run[1])}::int[], ${lines.map(({ filed }) => filed)}::uuid[])
    as p (i, via, first, last, filed)`;
}

interface Line {
  readonly via: 'runs' | 'rest' | 'sums';
  readonly run: Run;
  readonly filed: string | null;
}

const ANYWHERE: Run = [-1, 2_147_483_647];

function linesOf({ runs, sums, rest, filed }: Place): Line[] {
  if (filed !== null)
    return [
      ...filed.whole.map((id): Line => ({ via: 'runs', run: ANYWHERE, filed: id })),
      ...filed.partly.flatMap((id) => runs.map((run): Line => ({ via: 'runs', run, filed: id }))),
    ];
  const lines = (via: Line['via'], of: readonly Run[]) => of.map((run): Line => ({ via, run, filed: null }));
  return [...lines('runs', runs), ...lines('sums', sums), ...lines('rest', rest)];
}
