import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { heldAs } from '../../land/registry/index.ts';
import { campaignReaders } from '../campaigns/index.ts';

/** Days of a month in the realm's zone. */
export interface Month {
  /** YYYY-MM */
  readonly month: string;
  readonly zone: string;
}

const within = (
  column: string,
  { month, zone }: Month,
) => sql`${sql.ref(column)} >= (${`${month}-01`}::date::timestamp at time zone ${zone})
  and ${sql.ref(column)} < ((${`${month}-01`}::date + interval '1 month') at time zone ${zone})`;

/** Counted where they lie today, as the campaigns count them. */
const mine = (ctx: Ctx, table: string) => {
  const scopeNo = `${table}.scope_no`;
  const columns = { scopeNo, confidential: `${table}.confidential`, recordId: `${table}.id` };
  return sql`${ctx.scope.inMyAreas(ctx, columns)} and ${heldAs(ctx, campaignReaders, scopeNo)}`;
};
const visits = sql`visit v join (select *, false as confidential from campaign_target) t
  on t.realm = v.realm and t.id = v.target_id`;
const files = sql`(select *, false as confidential from ledger_export where template_id is not null) e`;
const ofPerson = (column: string, personId: Id | undefined) =>
  personId === undefined ? sql`true` : sql`${sql.ref(column)} = ${personId}`;

export interface Walked {
  readonly personId: Id;
  readonly visits: number;
  readonly asked: number;
  readonly known: number;
}

export async function walkedIn(ctx: Ctx, month: Month): Promise<Walked[]> {
  const { rows } = await sql<Walked>`
    select v.person_id, count(*)::int as visits, sum(v.asked)::int as asked, sum(v.known)::int as known
    from ${visits} where v.realm = ${ctx.realm} and v.result = 'done' and ${within('v.visited_at', month)} and ${mine(ctx, 't')}
    group by v.person_id`.execute(ctx.db);
  return rows;
}

export interface FilledRow {
  readonly personId: Id;
  readonly files: number;
  readonly cells: number;
}

export async function filledIn(ctx: Ctx, month: Month): Promise<FilledRow[]> {
  const { rows } = await sql<FilledRow>`
    select e.person_id, count(*)::int as files, coalesce(sum(e.cells), 0)::int as cells
    from ${files} where e.realm = ${ctx.realm} and ${within('e.made_at', month)} and ${mine(ctx, 'e')}
    group by e.person_id`.execute(ctx.db);
  return rows;
}

export interface VisitLine {
  readonly id: Id;
  readonly campaignId: Id;
  readonly title: string;
  readonly scopeNo: number;
  readonly personId: Id;
  readonly visitedAt: Date;
  readonly asked: number;
  readonly known: number;
}

interface Which {
  readonly month: Month;
  readonly personId?: Id | undefined;
}

/** By id, which is made when the visit is. */
export async function visitsIn(
  ctx: Ctx,
  { month, personId, after, most }: Which & { readonly after?: Id | undefined; readonly most: number },
): Promise<VisitLine[]> {
  const { rows } = await sql<VisitLine>`
    select v.id, t.campaign_id, c.title, t.scope_no, v.person_id, v.visited_at, v.asked, v.known
    from ${visits} join campaign c on c.realm = t.realm and c.id = t.campaign_id
    where v.realm = ${ctx.realm} and v.result = 'done' and ${within('v.visited_at', month)}
      and ${ofPerson('v.person_id', personId)} and ${after === undefined ? sql`true` : sql`v.id > ${after}`} and ${mine(ctx, 't')}
    order by v.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface FileLine {
  readonly id: Id;
  readonly scopeNo: number;
  readonly personId: Id;
  readonly madeAt: Date;
  readonly rows: number;
  readonly cells: number;
}

export async function filesIn(
  ctx: Ctx,
  { month, personId, most }: Which & { readonly most: number },
): Promise<FileLine[]> {
  const { rows } = await sql<FileLine>`
    select e.id, e.scope_no, e.person_id, e.made_at, e.rows, coalesce(e.cells, 0) as cells
    from ${files} where e.realm = ${ctx.realm} and ${within('e.made_at', month)} and ${ofPerson('e.person_id', personId)}
      and ${mine(ctx, 'e')}
    order by e.made_at desc, e.id limit ${most}`.execute(ctx.db);
  return rows;
}
