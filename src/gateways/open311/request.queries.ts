import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { insertion } from '../../kernel/database/rows.ts';
import type { Open311Sent } from '../../kernel/db.generated.ts';
import type { Id } from '../../kernel/id.ts';
import { uuids } from '../../kernel/scope.ts';

export type SentRow = Selectable<Open311Sent>;

export function insertSent(ctx: Ctx, row: Omit<Insertable<Open311Sent>, 'realm'>): void {
  ctx.send(insertion('open311Sent', { realm: ctx.realm, ...row }));
}

/** The same, sent under this key since then. */
export async function sentAlready(
  ctx: Ctx,
  { keyId, fingerprint, since }: { keyId: Id; fingerprint: Buffer; since: Date },
): Promise<SentRow | undefined> {
  return ctx.db
    .selectFrom('open311Sent')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('keyId', '=', keyId)
    .where('fingerprint', '=', fingerprint)
    .where('receivedAt', '>', since)
    .limit(1)
    .executeTakeFirst();
}

/** One at a time for each content, so that two sent at once do not miss each other. */
export async function queueUp(ctx: Ctx, fingerprint: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${fingerprint.toString('hex')}, ${ctx.realm}))`.execute(
    ctx.db,
  );
}

export async function sentByToken(ctx: Ctx, token: Id): Promise<SentRow | undefined> {
  return ctx.db
    .selectFrom('open311Sent')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', token)
    .executeTakeFirst();
}

export async function sentByNumber(ctx: Ctx, keyId: Id, number: string): Promise<SentRow | undefined> {
  return ctx.db
    .selectFrom('open311Sent')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('keyId', '=', keyId)
    .where('number', '=', number)
    .limit(1)
    .executeTakeFirst();
}

/** Of these cases, those that this key sent in. */
export async function sentAmong(ctx: Ctx, keyId: Id, casefileIds: readonly Id[]): Promise<SentRow[]> {
  const { rows } = await sql<SentRow>`
    select * from open311_sent where realm = ${ctx.realm} and key_id = ${keyId}
      and casefile_id = any (${uuids(casefileIds)}) order by received_at desc`.execute(ctx.db);
  return rows;
}
