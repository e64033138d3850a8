import { sql } from 'kysely';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import { heldAs } from '../../land/registry/index.ts';
import { checkpointReaders, type GateRule } from './checkpoint.model.ts';
import type { CheckpointKind, Mode } from './kind.model.ts';

export interface CheckpointRow {
  readonly id: Id;
  readonly name: string;
  readonly kind: CheckpointKind;
  readonly areaId: Id;
  readonly scopeNo: number;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly opens: string;
  readonly closes: string;
  readonly stage: 'open' | 'closed';
  readonly personId: Id;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}
export interface RuleRow {
  readonly id: Id;
  readonly checkpointId: Id;
  readonly mode: Mode;
  readonly rule: GateRule;
  readonly since: Date;
  readonly until: Date | null;
}
export interface AlertRow {
  readonly id: Id;
  readonly checkpointId: Id;
  readonly since: Date;
  readonly begunBy: Id;
  readonly reason: string;
  readonly until: Date | null;
  readonly endedBy: Id | null;
  readonly endReason: string | null;
}

const shown = sql`c.id, c.name, c.kind, c.area_id, c.scope_no, c.lon, c.lat, c.opens, c.closes, c.stage, c.person_id,
  c.opened_at, c.closed_at`;
/** None of them is confidential by itself. */
const checkpoints = sql`(select *, false as confidential from checkpoint) c`;
/** For whoever holds such a post where it lies or above, and for whoever does so in an area below: they stand there, too. */
const readable = (ctx: Ctx, roles: readonly string[] = checkpointReaders) =>
  sql`((${ctx.scope.inMyAreas(ctx, { scopeNo: 'c.scope_no', confidential: 'c.confidential', recordId: 'c.id' })}
    and ${heldAs(ctx, roles, 'c.scope_no')}) or ${aboveMine(ctx, roles)})`;

function aboveMine(ctx: Ctx, roles: readonly string[]) {
  const homes = postsOf(ctx.actor).flatMap(({ role, readsArea, from }) =>
    roles.includes(role) && readsArea && from !== null ? [from] : [],
  );
  if (homes.length === 0) return sql`false`;
  return sql`c.scope_no in (
    select a.no from area a where a.realm = ${ctx.realm} and a.closed_on is null
      and exists (select 1 from unnest(${homes}::int[]) home where home between a.no and a.last_no))`;
}

/** Those that stand first, by kind and name. */
export async function listCheckpoints(
  ctx: Ctx,
  most: number,
  roles: readonly string[] = checkpointReaders,
): Promise<CheckpointRow[]> {
  const { rows } = await sql<CheckpointRow>`
    select ${shown} from ${checkpoints} where c.realm = ${ctx.realm} and ${readable(ctx, roles)}
    order by c.stage = 'closed', c.kind, c.name, c.id limit ${most}`.execute(ctx.db);
  return rows;
}

export async function findCheckpoint(
  ctx: Ctx,
  id: Id,
  roles: readonly string[] = checkpointReaders,
): Promise<CheckpointRow | undefined> {
  const { rows } = await sql<CheckpointRow>`
    select ${shown} from ${checkpoints} where c.realm = ${ctx.realm} and c.id = ${id} and ${readable(ctx, roles)}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Two who change it at once do so one after the other. */
export async function holdCheckpoint(ctx: Ctx, id: Id): Promise<CheckpointRow | undefined> {
  const { rows } = await sql<CheckpointRow>`
    select ${shown} from checkpoint c where c.realm = ${ctx.realm} and c.id = ${id} for update`.execute(ctx.db);
  return rows[0];
}

export function insertCheckpoint(ctx: Ctx, row: CheckpointRow): void {
  ctx.send(insertion('checkpoint', { realm: ctx.realm, ...row }));
}

type Changed = Partial<Pick<CheckpointRow, 'name' | 'lon' | 'lat' | 'opens' | 'closes' | 'stage' | 'closedAt'>>;
export function saveCheckpoint(ctx: Ctx, id: Id, to: Changed): void {
  ctx.send(change('checkpoint', { realm: ctx.realm, id }, to));
}

/** The newest first. */
export async function rulesOf(ctx: Ctx, ids: readonly Id[]): Promise<RuleRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<RuleRow>`
    select id, checkpoint_id, mode, rule, since, until from checkpoint_rule
    where realm = ${ctx.realm} and checkpoint_id = any (${uuids(ids)}) order by since desc, mode desc, id`.execute(
    ctx.db,
  );
  return rows;
}

export async function alertsOf(ctx: Ctx, ids: readonly Id[]): Promise<AlertRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<AlertRow>`
    select id, checkpoint_id, since, begun_by, reason, until, ended_by, end_reason from checkpoint_alert
    where realm = ${ctx.realm} and checkpoint_id = any (${uuids(ids)}) order by since, id`.execute(ctx.db);
  return rows;
}

export function insertRule(ctx: Ctx, { rule, ...row }: RuleRow): void {
  ctx.send(insertion('checkpointRule', { realm: ctx.realm, ...row, rule: JSON.stringify(rule) }));
}

export function endRule(ctx: Ctx, id: Id): void {
  ctx.send(change('checkpointRule', { realm: ctx.realm, id }, { until: ctx.now }));
}

export function insertAlert(ctx: Ctx, row: AlertRow): void {
  ctx.send(insertion('checkpointAlert', { realm: ctx.realm, ...row }));
}

export function endAlert(ctx: Ctx, id: Id, to: Pick<AlertRow, 'until' | 'endedBy' | 'endReason'>): void {
  ctx.send(change('checkpointAlert', { realm: ctx.realm, id }, to));
}
