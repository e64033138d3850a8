import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion, insertions } from '../../../kernel/database/rows.ts';
import type { Inspection as InspectionTable, InspectionTarget as TargetTable } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Condition } from '../../land/registry/fields/choice.model.ts';
import type { Progress } from './inspection.model.ts';
import type { Result } from './result.model.ts';
import type { Rule } from './sample.model.ts';

/** Whom a draw was made from: a record and its weight. */
export type Population = readonly (readonly [id: Id, weight: number])[];

interface Drawn {
  readonly choice: readonly Condition[];
  readonly rule: Rule | null;
  readonly population: Population;
  readonly members: readonly Id[];
}
export type InspectionRow = Omit<Selectable<InspectionTable>, 'realm' | 'onDay' | keyof Drawn> &
  Drawn & { readonly onDay: string };
export type TargetRow = Omit<Selectable<TargetTable>, 'realm' | 'result'> & { readonly result: Result | null };

export function insertInspection(ctx: Ctx, { choice, rule, population, members, ...row }: InspectionRow): void {
  const drawn = {
    ...{ choice: JSON.stringify(choice), rule: rule && JSON.stringify(rule) },
    ...{ population: JSON.stringify(population), members: JSON.stringify(members) },
  };
  ctx.send(insertion('inspection', { realm: ctx.realm, ...row, ...drawn }));
}

export function insertTargets(ctx: Ctx, rows: readonly TargetRow[]): void {
  if (rows.length === 0) return;
  const values = rows.map((row) => ({ realm: ctx.realm, ...row }));
  ctx.send(insertions('inspectionTarget', values));
}

const ofInspection = { scopeNo: 'i.scope_no', confidential: 'i.confidential', recordId: 'i.id' };
const ofTarget = { scopeNo: 't.scope_no', confidential: 't.confidential', recordId: 't.inspection_id' };

/** One that is announced is read also by those some of whose places are on its list. */
const readable = (ctx: Ctx): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${ctx.scope.readable(ctx, ofInspection)} or exists (select 1 from inspection_target t
    where t.realm = i.realm and t.inspection_id = i.id and ${ctx.scope.inMyAreas(ctx, ofTarget)}))`;

const shown = sql`i.id, i.title, i.area_id, i.scope_no, i.confidential, i.checklist_id, i.checklist_version,
  i.on_day::text as on_day, i.ledger, i.choice, i.rule, i.seed, i.population, i.members, i.post_id, i.person_id,
  i.opened_at, i.closed_at`;

export async function findInspection(ctx: Ctx, id: Id): Promise<InspectionRow | undefined> {
  const { rows } = await sql<InspectionRow>`
    select ${shown} from inspection i where i.realm = ${ctx.realm} and i.id = ${id} and ${readable(ctx)}`.execute(
    ctx.db,
  );
  return rows[0];
}

export async function holdInspection(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from inspection where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

/** What goes on first, then the newest. */
export async function listInspections(ctx: Ctx, most: number): Promise<InspectionRow[]> {
  const { rows } = await sql<InspectionRow>`
    select ${shown} from inspection i where i.realm = ${ctx.realm} and ${readable(ctx)}
    order by i.closed_at is not null, i.on_day desc, i.opened_at desc, i.id limit ${most}`.execute(ctx.db);
  return rows;
}

/** Those that go on and for which somebody was named, the next first. */
export async function inspectionsToGo(ctx: Ctx, personId: Id): Promise<InspectionRow[]> {
  const { rows } = await sql<InspectionRow>`
    select ${shown} from inspection i where i.realm = ${ctx.realm} and i.closed_at is null
      and i.members @> ${JSON.stringify([personId])}::jsonb and ${readable(ctx)}
    order by i.on_day, i.id limit 40`.execute(ctx.db);
  return rows;
}

export const saveClosed = (ctx: Ctx, id: Id): void =>
  ctx.send(change('inspection', { realm: ctx.realm, id }, { closedAt: ctx.now }));

export const saveLooked = (ctx: Ctx, id: Id, result: Result, personId: Id): void =>
  ctx.send(change('inspectionTarget', { realm: ctx.realm, id }, { result, personId, lookedAt: ctx.occurredAt }));

/** Within what the viewer reads. */
export async function findTarget(ctx: Ctx, id: Id): Promise<TargetRow | undefined> {
  const { rows } = await sql<TargetRow>`
    select t.* from inspection_target t where t.realm = ${ctx.realm} and t.id = ${id}
      and ${ctx.scope.readable(ctx, ofTarget)}`.execute(ctx.db);
  return rows[0];
}

export async function holdTarget(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from inspection_target where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

export async function listTargets(ctx: Ctx, inspectionId: Id): Promise<TargetRow[]> {
  const { rows } = await sql<TargetRow>`
    select t.* from inspection_target t where t.realm = ${ctx.realm} and t.inspection_id = ${inspectionId}
      and ${ctx.scope.readable(ctx, ofTarget)} order by t.ordinal`.execute(ctx.db);
  return rows;
}

export async function progressOf(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, Progress>> {
  if (ids.length === 0) return new Map();
  const only = (result: Result) => sql`count(*) filter (where t.result = ${result})::integer`;
  const { rows } = await sql<Progress & { id: Id }>`
    select t.inspection_id as id, count(*)::integer as places, ${only('clean')} as clean, ${only('found')} as found,
      ${only('absent')} as absent, count(*) filter (where t.result is null or t.result = 'absent')::integer as "left"
    from inspection_target t where t.realm = ${ctx.realm} and t.inspection_id = any (${uuids(ids)})
      and ${ctx.scope.readable(ctx, ofTarget)} group by t.inspection_id`.execute(ctx.db);
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
}

/** How many hazards were found before at each of these records. */
export async function foundBefore(ctx: Ctx, recordIds: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  if (recordIds.length === 0) return new Map();
  const { rows } = await sql<{ id: Id; many: number }>`
    select t.record_id as id, count(*)::integer as many from inspection_target t
      join hazard h on h.realm = t.realm and h.target_id = t.id and h.status <> 'withdrawn'
    where t.realm = ${ctx.realm} and t.record_id = any (${uuids(recordIds)}) group by t.record_id`.execute(ctx.db);
  return new Map(rows.map(({ id, many }) => [id, many]));
}

/** Whoever is forgotten is on no list any more; that somebody was there stays. */
export function forgetPlaces(ctx: Ctx, recordId: Id): void {
  ctx.send({
    sql: 'update inspection_target set record_id = null where realm = $1 and record_id = $2',
    parameters: [ctx.realm, recordId],
  });
}
