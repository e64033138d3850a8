import { type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { AreaMessage as AreaMessageTable } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Status } from './channel.model.ts';

export type MessageRow = Omit<Selectable<AreaMessageTable>, 'status'> & { readonly status: Status };

export function insertAreaMessage(ctx: Ctx, row: Omit<MessageRow, 'realm' | NotYet>): void {
  ctx.send(insertion('areaMessage', { realm: ctx.realm, ...row }));
}
type NotYet = 'casefileId' | 'reason' | 'seenAt' | 'seenBy' | 'settledAt' | 'settledBy';

export function updateAreaMessage(ctx: Ctx, id: Id, to: Updateable<AreaMessageTable>): void {
  // A phone may be read twice: there is nothing more to note.
  if (Object.keys(to).length === 0) return;
  ctx.send(change('areaMessage', { realm: ctx.realm, id }, to));
}

const columns = { scopeNo: 'm.scope_no', confidential: 'm.confidential', recordId: 'm.id' };
/** None of them is confidential: they are for whoever answers for the area. */
const messages = sql`(select *, false as confidential from area_message) m`;

export async function findAreaMessage(ctx: Ctx, id: Id): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select m.* from ${messages} where m.realm = ${ctx.realm} and m.id = ${id} and ${ctx.scope.readable(ctx, columns)}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Of those looked at by whoever checks them, whatever they are about. */
export async function messagesNamed(ctx: Ctx, ids: readonly string[]): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from area_message where realm = ${ctx.realm} and id = any (${[...ids]}::uuid[])`.execute(ctx.db);
  return rows;
}

/** Messages of which the journal knows nothing. */
export async function messagesUntold(ctx: Ctx): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select m.id from area_message m where m.realm = ${ctx.realm}
      and not exists (select 1 from entry e where e.realm = m.realm and e.record_kind = 'area_message' and e.record_id = m.id)
    order by m.id`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Two who act at once come one after the other. */
export async function holdAreaMessage(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from area_message where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

export async function messageByGrantee(ctx: Ctx, grantee: Id): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select * from area_message where realm = ${ctx.realm} and grantee = ${grantee}`.execute(ctx.db);
  return rows[0];
}

/** What waits first, unread before read, what came above the share of its address last; then the newest. */
export async function listAreaMessages(ctx: Ctx, waiting: boolean, most: number): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select m.* from ${messages} where m.realm = ${ctx.realm} and ${ctx.scope.readable(ctx, columns)}
      and (m.status = 'waiting' or not ${waiting})
    order by m.status = 'waiting' desc, m.unverified, m.seen_at is null desc, m.sent_at desc, m.id desc
    limit ${most}`.execute(ctx.db);
  return rows;
}
