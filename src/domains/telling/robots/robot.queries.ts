import { sql } from 'kysely';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';

export interface RobotRow {
  readonly id: Id;
  readonly areaId: Id;
  readonly shape: string;
  readonly address: string;
  readonly enabled: boolean;
  readonly verdict: string | null;
  readonly verdictAt: Date | null;
}
const columns = sql`c.id, c.area_id, c.shape, c.address, c.enabled, c.verdict, c.verdict_at`;

const scope = { scopeNo: 'c.no', confidential: 'c.confidential', recordId: 'c.id' };

/** Of the areas that I read; of all for the administrator. */
export async function allRobots(ctx: Ctx): Promise<RobotRow[]> {
  const isMine = postsOf(ctx.actor).some(({ role }) => role === 'admin') ? sql`true` : ctx.scope.inMyAreas(ctx, scope);
  const { rows } = await sql<RobotRow>`
    select ${columns} from (select h.*, r.no, false as confidential from channel h
      join area r on r.realm = h.realm and r.id = h.area_id where h.kind = 'robot') c
    where c.realm = ${ctx.realm} and ${isMine} order by c.id`.execute(ctx.db);
  return rows;
}

export const robotById = async (ctx: Ctx, id: Id): Promise<RobotRow | undefined> =>
  (await allRobots(ctx)).find((robot) => robot.id === id);

/** Without a new address it keeps the one it has. */
export async function upsertRobot(
  ctx: Ctx,
  { id, areaId, shape, address, secret, enabled }: Omit<RobotRow, 'verdict' | 'verdictAt'> & { secret: Buffer | null },
): Promise<void> {
  if (secret === null) {
    await sql`update channel set area_id = ${areaId}, shape = ${shape}, enabled = ${enabled}
              where realm = ${ctx.realm} and id = ${id} and kind = 'robot'`.execute(ctx.db);
    return;
  }
  await sql`
    insert into channel (realm, id, kind, address, secret, enabled, area_id, shape)
    values (${ctx.realm}, ${id}, 'robot', ${address}, ${secret}, ${enabled}, ${areaId}, ${shape})
    on conflict (realm, id) do update set address = excluded.address, secret = excluded.secret, enabled = excluded.enabled,
      area_id = excluded.area_id, shape = excluded.shape, verdict = null, verdict_at = null
      where channel.kind = 'robot'`.execute(ctx.db);
}

export interface PostedNotice {
  readonly words: string;
  readonly untilAt: Date;
  /** Robots in use of areas that it is laid on, that lie below these, or above them. */
  readonly robots: readonly { readonly id: Id; readonly areaId: Id; readonly no: number }[];
}

/** A public notice that is still in force, and the groups that hear of it. */
export async function postedNotice(ctx: Ctx, noticeId: Id): Promise<PostedNotice | undefined> {
  const { rows } = await sql<PostedNotice>`
    select n.words, n.until_at, coalesce((
      select json_agg(json_build_object('id', c.id, 'areaId', c.area_id, 'no', r.no) order by c.id) from channel c
      join area r on r.realm = c.realm and r.id = c.area_id
      where c.realm = n.realm and c.kind = 'robot' and c.enabled and exists (
        select 1 from notice_area a where a.realm = n.realm and a.notice_id = n.id
          and a.scope_no <= r.last_no and a.last_no >= r.no)), '[]') as robots
    from notice n where n.realm = ${ctx.realm} and n.id = ${noticeId} and n.public and n.withdrawn_at is null
      and n.until_at > ${ctx.now}`.execute(ctx.db);
  return rows[0];
}
