import { type RawBuilder, type Selectable, type SqlBool, sql, type Updateable } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { Hazard as HazardTable } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Span } from '../../land/registry/index.ts';
import type { Counts, Part, RegisterQuery, Status } from './hazard.model.ts';
import { rectifyDuty } from './hazard.workflow.ts';
import type { Grade, Sector, Source } from './sector.model.ts';

export type HazardRow = Omit<Selectable<HazardTable>, 'status' | 'grade' | 'sector' | 'source'> & {
  readonly status: Status;
  readonly grade: Grade;
  readonly sector: Sector;
  readonly source: Source;
};
type NotYet =
  | 'realm'
  | 'returned'
  | 'referred'
  | 'objected'
  | 'rounds'
  | 'rectifiedBy'
  | 'rectifiedAt'
  | 'checkedBy'
  | 'checkedAt';

export function insertHazard(ctx: Ctx, row: Omit<HazardRow, NotYet>): void {
  ctx.send(insertion('hazard', { realm: ctx.realm, ...row }));
}

export function updateHazard(ctx: Ctx, id: Id, to: Updateable<HazardTable>): void {
  if (Object.keys(to).length > 0) ctx.send(change('hazard', { realm: ctx.realm, id }, to));
}

const columns = { scopeNo: 'h.scope_no', confidential: 'h.confidential', recordId: 'h.id' };
/** None of them is confidential: they are for whoever answers for the place, and for whoever must put them right. */
const hazards = sql`(select *, false as confidential from hazard) h`;

export async function findHazard(ctx: Ctx, id: Id): Promise<HazardRow | undefined> {
  const { rows } = await sql<HazardRow>`
    select h.* from ${hazards} where h.realm = ${ctx.realm} and h.id = ${id} and ${ctx.scope.readable(ctx, columns)}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Two who act at once come one after the other. */
export async function holdHazard(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from hazard where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

export type Meant = Omit<RegisterQuery, 'part' | 'areaId' | 'after' | 'most'> & {
  readonly span: Span | null;
  /** In which days begin. */
  readonly zone: string;
};

const isLate = (ctx: Ctx) => sql`exists (select 1 from obligation o where o.realm = h.realm and o.record_id = h.id
  and o.duty = ${rectifyDuty} and o.state = 'running' and o.due_at < ${ctx.now})`;

function meant(ctx: Ctx, which: Meant): RawBuilder<SqlBool> {
  const { span, zone, sector, grade, source, bodyId, inspectionId, item, foundOn } = which;
  const conditions = [
    sql`h.realm = ${ctx.realm} and h.status <> 'withdrawn' and ${ctx.scope.readable(ctx, columns)}`,
    ...(span === null ? [] : [sql`h.scope_no between ${span.no} and ${span.lastNo}`]),
    ...(sector === undefined ? [] : [sql`h.sector = ${sector}`]),
    ...(grade === undefined ? [] : [sql`h.grade = ${grade}`]),
    ...(source === undefined ? [] : [sql`h.source = ${source}`]),
    ...(bodyId === undefined ? [] : [sql`h.body_id = ${bodyId}`]),
    ...(inspectionId === undefined ? [] : [sql`h.inspection_id = ${inspectionId}`]),
    ...(item === undefined ? [] : [sql`h.item = ${item}`]),
    ...(foundOn === undefined ? [] : [sql`${dayIn(zone)} = ${foundOn}::date`]),
  ];
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const dayIn = (zone: string) => sql`(h.found_at at time zone ${zone})::date`;

function inPart(ctx: Ctx, part: Part): RawBuilder<unknown> {
  if (part === 'all') return sql`true`;
  if (part === 'in_progress') return sql`h.status <> 'checked_off'`;
  return part === 'late' ? isLate(ctx) : sql`h.status = ${part}`;
}

/** The newest first, a page of them. */
export async function listHazards(
  ctx: Ctx,
  which: Meant,
  { part, after, most }: { part: Part; after: Id | null; most: number },
): Promise<HazardRow[]> {
  const further =
    after === null
      ? sql`true`
      : sql`(h.found_at, h.id) < (select a.found_at, a.id from hazard a where a.realm = ${ctx.realm} and a.id = ${after})`;
  const { rows } = await sql<HazardRow>`
    select h.* from ${hazards} where ${meant(ctx, which)} and ${inPart(ctx, part)} and ${further}
    order by h.found_at desc, h.id desc limit ${most}`.execute(ctx.db);
  return rows;
}

export async function countHazards(ctx: Ctx, which: Meant): Promise<Counts> {
  const only = (status: Status) => sql`count(*) filter (where h.status = ${status})::integer`;
  const { rows } = await sql<Record<keyof Counts, number>>`
    select count(*)::integer as "all", count(*) filter (where h.status <> 'checked_off')::integer as in_progress,
      ${only('found')} as found, ${only('rectifying')} as rectifying, ${only('rectified')} as rectified,
      ${only('checked_off')} as checked_off, count(*) filter (where ${isLate(ctx)})::integer as late
    from ${hazards} where ${meant(ctx, which)}`.execute(ctx.db);
  const { inProgress, checkedOff, ...rest } = rows[0] as unknown as Counts & { inProgress: number; checkedOff: number };
  return { ...rest, in_progress: inProgress, checked_off: checkedOff };
}

/** What an inspection found, by day, the last first. */
export async function foundByDay(
  ctx: Ctx,
  inspectionId: Id,
  zone: string,
): Promise<{ day: string; hazards: number; major: number }[]> {
  const { rows } = await sql<{ day: string; hazards: number; major: number }>`
    select ${dayIn(zone)}::text as day, count(*)::integer as hazards,
      count(*) filter (where h.grade = 'major')::integer as major
    from ${hazards} where ${meant(ctx, { span: null, zone, inspectionId })} group by 1 order by 1 desc`.execute(ctx.db);
  return rows;
}

/** What goes against the same line of the list, the most frequent first. */
export async function foundByItem(
  ctx: Ctx,
  inspectionId: Id,
  zone: string,
): Promise<{ item: string; hazards: number; places: number }[]> {
  const { rows } = await sql<{ item: string; hazards: number; places: number }>`
    select h.item, count(*)::integer as hazards, count(distinct h.target_id)::integer as places
    from ${hazards} where ${meant(ctx, { span: null, zone, inspectionId })} and h.item is not null
    group by h.item order by count(*) desc, h.item`.execute(ctx.db);
  return rows;
}
