import { type Insertable, type Selectable, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertion } from '../../../kernel/database/rows.ts';
import type { PublicCase, PublicStep } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';

export type PublicCaseRow = Omit<Selectable<PublicCase>, 'status'> & { readonly status: 'open' | 'closed' };
export type NewPublicCase = Omit<Insertable<PublicCase>, 'realm'>;

export function insertPublicCase(ctx: Ctx, row: NewPublicCase): void {
  ctx.send(insertion('publicCase', { realm: ctx.realm, ...row }));
}

/** As the case stands now: when it was said stays as it was written first. */
export function upsertPublicCase(ctx: Ctx, row: NewPublicCase): void {
  const { sql, parameters } = insertion('publicCase', { realm: ctx.realm, ...row });
  ctx.send({ sql: `${sql} ${renewing}`, parameters });
}

const renewed = ['number', 'status', 'type_code', 'condition_code', 'standard_version', 'area_id', 'body_id', 'outcome']
  .concat(['public_text', 'lon', 'lat', 'updated_at', 'due_at'])
  .map((column) => `${column} = excluded.${column}`);
const renewing = `on conflict (realm, id) do update set ${renewed.join(', ')}`;

export async function withdrawPublicCase(ctx: Ctx, id: Id): Promise<void> {
  await ctx.db.deleteFrom('publicCase').where('realm', '=', ctx.realm).where('id', '=', id).execute();
}

export function insertPublicStep(ctx: Ctx, row: Omit<Insertable<PublicStep>, 'realm'>): void {
  const { sql, parameters } = insertion('publicStep', { realm: ctx.realm, ...row });
  ctx.send({ sql: `${sql} on conflict do nothing`, parameters });
}

export async function cameByProgram(ctx: Ctx, casefileId: Id): Promise<boolean> {
  const sql = `select id from report where realm = $1 and casefile_id = $2 and channel = 'api' limit 1`;
  return (await ctx.ask({ sql, parameters: [ctx.realm, casefileId] })).length > 0;
}

export interface PublicQuery {
  readonly numbers?: readonly string[] | undefined;
  readonly typeCodes?: readonly string[] | undefined;
  readonly statuses?: readonly ('open' | 'closed')[] | undefined;
  /** When it was said. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly most: number;
  readonly skip: number;
}

/** Newest first. */
export async function publicCases(ctx: Ctx, query: PublicQuery): Promise<PublicCaseRow[]> {
  const { numbers, typeCodes, statuses, from, to, most, skip } = query;
  const { rows } = await sql<PublicCaseRow>`
    select c.* from public_case c
    where c.realm = ${ctx.realm}
      and not exists (select 1 from turned_confidential t where t.realm = c.realm and t.record_id = c.id)
      ${numbers ? sql`and c.number = any (${[...numbers]}::text[])` : sql``}
      ${typeCodes ? sql`and c.type_code = any (${[...typeCodes]}::text[])` : sql``}
      ${statuses ? sql`and c.status = any (${[...statuses]}::text[])` : sql``}
      ${from ? sql`and c.requested_at >= ${from}` : sql``}
      ${to ? sql`and c.requested_at <= ${to}` : sql``}
    order by c.requested_at desc, c.id desc limit ${most} offset ${skip}`.execute(ctx.db);
  return rows;
}

export async function publicCaseById(ctx: Ctx, id: Id): Promise<PublicCaseRow | undefined> {
  return (await publicCasesById(ctx, [id]))[0];
}

async function publicCasesById(ctx: Ctx, ids: readonly Id[]): Promise<PublicCaseRow[]> {
  const { rows } = await sql<PublicCaseRow>`
    select c.* from public_case c where c.realm = ${ctx.realm} and c.id = any (${uuids(ids)})
      and not exists (select 1 from turned_confidential t where t.realm = c.realm and t.record_id = c.id)`.execute(
    ctx.db,
  );
  return rows;
}

export interface PublicStepRow {
  readonly id: Id;
  readonly number: string;
  readonly step: string;
  readonly outcome: string | null;
  readonly publicText: string | null;
  readonly at: Date;
}

/** What happened to the cases that are public now, in the order of time. */
export async function publicStepsBetween(
  ctx: Ctx,
  { from, to, numbers, most }: { from: Date; to: Date; numbers?: readonly string[] | undefined; most: number },
): Promise<PublicStepRow[]> {
  const { rows } = await sql<PublicStepRow>`
    select s.id, c.number, s.step, s.outcome, s.public_text, s.at
    from public_step s join public_case c on c.realm = s.realm and c.id = s.case_id
    where s.realm = ${ctx.realm} and s.at between ${from} and ${to}
      and not exists (select 1 from turned_confidential t where t.realm = c.realm and t.record_id = c.id)
      ${numbers ? sql`and c.number = any (${[...numbers]}::text[])` : sql``}
    order by s.at, s.position limit ${most}`.execute(ctx.db);
  return rows;
}
