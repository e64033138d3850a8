import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type CarriedTarget, carriedBodies, targetMarks, targetsAfter, targetsAmong } from '../campaigns/index.ts';
import { type CarriedPatrol, patrolsCarried } from '../patrols/index.ts';
import { casesAfter, casesAmong, marksOfCases, sumsOfCases } from './held.queries.ts';
import { casesAsRows } from './held.views.ts';
import type { PulledRow, PullForm } from './sync.model.ts';

/** What is told one by one, as one list by id: cases, and with a device that knows of them people to be visited and patrols. */
type Kinds = PullForm['kinds'];
const VISIT = 'visit';
const TARGET = 'campaign_target';
const withVisits = (kinds: Kinds): boolean => kinds.includes(VISIT);
const PATROL = 'patrol';
const PLAN = 'patrol_plan';
const patrolsOf = async (ctx: Ctx, kinds: Kinds): Promise<CarriedPatrol[]> =>
  kinds.includes(PATROL) ? patrolsCarried(ctx) : [];

/** What the journal calls the records of these kinds, and what a device calls those. */
export const recordKinds = (kinds: Kinds): string[] => [
  ...['casefile', ...(withVisits(kinds) ? [TARGET] : []), ...(kinds.includes(PATROL) ? [PLAN] : [])],
];
const called: Readonly<Record<string, string>> = { [TARGET]: VISIT, [PLAN]: PATROL };
export const kindOf = (recordKind: string): string => called[recordKind] ?? recordKind;

const patrolRows = (patrols: readonly CarriedPatrol[], position: number): PulledRow[] =>
  patrols.map(({ id, mark, body }) => ({ kind: PATROL, id, position, mark, body }));

async function visitRows(ctx: Ctx, targets: readonly CarriedTarget[], position: number): Promise<PulledRow[]> {
  const bodies = await carriedBodies(ctx, targets);
  return targets.flatMap(({ id, mark }) => {
    const body = bodies.get(id);
    return body ? [{ kind: VISIT, id, position, mark, body }] : [];
  });
}

/** A page of everything; `last` is null when there is no more. */
export async function rowsAfter(
  ctx: Ctx,
  kinds: Kinds,
  { after, most, position }: { after: Id | null; most: number; position: number },
): Promise<{ rows: PulledRow[]; last: Id | null }> {
  const cases = await casesAfter(ctx, after, most);
  const targets = withVisits(kinds) ? await targetsAfter(ctx, after, most) : [];
  const patrols = (await patrolsOf(ctx, kinds)).filter(({ id }) => after === null || id > after);
  const ids = [...cases, ...targets, ...patrols].map(({ id }) => id).sort();
  const last = ids.length < most ? null : (ids[most - 1] ?? null);
  const isHere = ({ id }: { readonly id: Id }): boolean => last === null || id <= last;
  const rows = await casesAsRows(ctx, cases.filter(isHere), position);
  const visits = await visitRows(ctx, targets.filter(isHere), position);
  return { rows: [...rows, ...visits, ...patrolRows(patrols.filter(isHere), position)], last };
}

export async function rowsAmong(ctx: Ctx, kinds: Kinds, ids: readonly Id[], position: number): Promise<PulledRow[]> {
  const rows = await casesAsRows(ctx, await casesAmong(ctx, ids), position);
  const known = new Set(rows.map(({ id }) => id));
  const others = ids.filter((id) => !known.has(id));
  if (others.length === 0) return rows;
  const targets = withVisits(kinds) ? await targetsAmong(ctx, others) : [];
  const patrols = (await patrolsOf(ctx, kinds)).filter(({ id }) => others.includes(id));
  return [...rows, ...(await visitRows(ctx, targets, position)), ...patrolRows(patrols, position)];
}

/** Of all that is no case. */
const marksBeside = async (ctx: Ctx, kinds: Kinds): Promise<{ id: Id; mark: string }[]> => [
  ...(withVisits(kinds) ? await targetMarks(ctx) : []),
  ...(await patrolsOf(ctx, kinds)),
];

const bucketOf = (id: Id, buckets: number): number => Number.parseInt(id.slice(-4), 16) & (buckets - 1);

/** For each bucket the marks, combined by exclusive or, as 16 hexadecimal digits. */
export async function sumsOfAll(ctx: Ctx, kinds: Kinds, buckets: number): Promise<Map<number, string>> {
  const sums = await sumsOfCases(ctx, buckets);
  const all = new Map([...sums].map(([bucket, sum]) => [bucket, BigInt(`0x${sum}`)]));
  for (const { id, mark } of await marksBeside(ctx, kinds)) {
    const bucket = bucketOf(id, buckets);
    all.set(bucket, (all.get(bucket) ?? 0n) ^ BigInt(`0x${mark}`));
  }
  return new Map([...all].map(([bucket, sum]) => [bucket, sum.toString(16).padStart(16, '0')]));
}

export async function marksOfAll(
  ctx: Ctx,
  kinds: Kinds,
  buckets: number,
  numbers: readonly number[],
): Promise<{ id: Id; mark: string }[]> {
  const cases = await marksOfCases(ctx, buckets, numbers);
  return [...cases, ...(await marksBeside(ctx, kinds)).filter(({ id }) => numbers.includes(bucketOf(id, buckets)))];
}
