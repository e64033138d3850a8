import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Learned } from './lesson.model.ts';
import type { Tried } from './trial.model.ts';

export interface DispatchedRow {
  readonly words: string;
  readonly by: Id;
  readonly areaId: Id;
  readonly typeCode: string;
  readonly bodyId: Id;
  readonly dispatchedAt: Date;
}

/** The newest dispatches with what was said first. What is confidential teaches nothing, and what was forgotten has no words. */
export async function dispatched(ctx: Ctx, most: number): Promise<DispatchedRow[]> {
  const { rows } = await sql<DispatchedRow>`
    select r.words, case when r.on_behalf or r.person_id is null then r.grantee else r.person_id end as by,
      c.area_id, c.type_code, c.body_id, c.dispatched_at
    from casefile c cross join lateral (
      select words, on_behalf, person_id, grantee from report
      where realm = c.realm and casefile_id = c.id order by recorded_at, id limit 1) r
    where c.realm = ${ctx.realm} and c.dispatched_at is not null and c.type_code is not null and c.body_id is not null
      and not c.confidential and c.merged_into is null and r.words is not null
    order by c.dispatched_at desc, c.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface ModelRow {
  readonly version: number;
  readonly learnedAt: Date;
  readonly lessons: number;
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly tried: Tried;
  readonly learned: Learned;
}

export async function newestModel(ctx: Ctx): Promise<ModelRow | null> {
  const row = await ctx.db
    .selectFrom('dispatchModel')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row as ModelRow | undefined) ?? null;
}

export async function insertModel(ctx: Ctx, { tried, learned, ...plain }: ModelRow): Promise<void> {
  await ctx.db
    .insertInto('dispatchModel')
    .values({ realm: ctx.realm, ...plain, tried: JSON.stringify(tried), learned: JSON.stringify(learned) })
    .execute();
}

/** The one before stays, for whoever has to go back. */
export async function dropModelsBefore(ctx: Ctx, version: number): Promise<void> {
  await ctx.db.deleteFrom('dispatchModel').where('realm', '=', ctx.realm).where('version', '<', version).execute();
}

/** What was said first of a case that this viewer may read. */
export async function firstWords(ctx: Ctx, casefileId: Id): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('report')
    .select('words')
    .where('realm', '=', ctx.realm)
    .where('casefileId', '=', casefileId)
    .orderBy('recordedAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.words ?? null;
}
