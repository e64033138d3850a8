import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { PublicCaseRow } from './publication.queries.ts';

/** Numbers of areas, first and last of each run. */
export type Runs = readonly (readonly [number, number])[];

const firsts = (runs: Runs): RawBuilder<unknown> => sql`${runs.map(([first]) => first)}::int[]`;
const lasts = (runs: Runs): RawBuilder<unknown> => sql`${runs.map(([, last]) => last)}::int[]`;
const stillPublic = sql`not exists (select 1 from turned_confidential t where t.realm = c.realm and t.record_id = c.id)`;

export interface Within {
  readonly runs: Runs;
  readonly status: 'open' | 'closed';
  /** Of what is closed only what was closed since then. */
  readonly since: Date;
  readonly most: number;
  readonly skip: number;
}

/** What moved last stands first. The areas are named: for one grid its own index serves, for a county that by time. */
export async function publicCasesWithin(ctx: Ctx, within: Within): Promise<PublicCaseRow[]> {
  const { runs, status, since, most, skip } = within;
  const areaIds = await areasNumbered(ctx, runs);
  const { rows } = await sql<PublicCaseRow>`
    select c.* from public_case c
    where c.realm = ${ctx.realm} and c.status = ${status} and ${status === 'open' ? sql`true` : sql`c.updated_at >= ${since}`}
      and c.area_id = any (${areaIds}::uuid[]) and ${stillPublic}
    order by c.updated_at desc, c.id desc limit ${most} offset ${skip}`.execute(ctx.db);
  return rows;
}

async function areasNumbered(ctx: Ctx, runs: Runs): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select a.id from unnest(${firsts(runs)}, ${lasts(runs)}) r (first, last)
    join area a on a.realm = ${ctx.realm} and a.no between r.first and r.last`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

export interface PublicCount {
  readonly key: string;
  readonly open: number;
  readonly closed: number;
}

/** Open now, and closed since then, for each key; one key may have several runs. What was closed before is not read. */
export async function countPublic(
  ctx: Ctx,
  keyed: readonly { readonly key: string; readonly runs: Runs }[],
  since: Date,
): Promise<PublicCount[]> {
  const flat = keyed.flatMap(({ key, runs }) => runs.map((run) => ({ key, run })));
  const runs = flat.map(({ run }) => run);
  const { rows } = await sql<PublicCount>`
    select r.key, (count(*) filter (where not n.closed))::int as open, (count(*) filter (where n.closed))::int as closed
    from unnest(${flat.map(({ key }) => key)}::text[], ${firsts(runs)}, ${lasts(runs)}) r (key, first, last)
    join area a on a.realm = ${ctx.realm} and a.no between r.first and r.last
    cross join lateral (
      select false as closed from public_case c
      where c.realm = a.realm and c.area_id = a.id and c.status = 'open' and ${stillPublic}
      union all
      select true from public_case c
      where c.realm = a.realm and c.area_id = a.id and c.status = 'closed' and c.updated_at >= ${since} and ${stillPublic}) n
    group by r.key`.execute(ctx.db);
  return rows;
}

/** The last step of each case that the public heard of. */
export async function lastSteps(ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, string>> {
  const { rows } = await sql<{ caseId: Id; step: string }>`
    select distinct on (s.case_id) s.case_id, s.step from public_step s
    where s.realm = ${ctx.realm} and s.case_id = any (${[...ids]}::uuid[])
    order by s.case_id, s.position desc`.execute(ctx.db);
  return new Map(rows.map(({ caseId, step }) => [caseId, step]));
}
