import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';

/** By their hashes, the photos that visits of one person by another were answered with. */
export async function photosAnswered(ctx: Ctx, targetId: Id, personId: Id): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`
    select distinct unnest(v.photos) as sha256 from visit v
    where v.realm = ${ctx.realm} and v.target_id = ${targetId} and v.person_id = ${personId}`.execute(ctx.db);
  return rows.map(({ sha256 }) => sha256);
}

/** All that the visits of these people were answered with, whether it is here yet or not. */
export async function photosExpected(ctx: Ctx, targetIds: readonly Id[]): Promise<{ targetId: Id; sha256: string }[]> {
  const { rows } = await sql<{ targetId: Id; sha256: string }>`
    select distinct v.target_id, unnest(v.photos) as sha256 from visit v
    where v.realm = ${ctx.realm} and v.target_id = any (${uuids(targetIds)})`.execute(ctx.db);
  return rows;
}
