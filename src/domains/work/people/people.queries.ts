import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Obligation } from '../obligations/index.ts';
import type { Tally } from './people.model.ts';

type Count = NonNullable<Tally>;
type Run = readonly [first: number, last: number];

const rowsOf = async <T>(ctx: Ctx, text: RawBuilder<T>): Promise<T[]> => (await text.execute(ctx.db)).rows;

/** Open duties on what lies in the reader's areas and is not confidential: one condition for numbers and their lists. */
const open = (ctx: Ctx) => sql`o.realm = ${ctx.realm} and o.state in ('running', 'paused', 'suspended')
  and ${ctx.scope.inMyAreas(ctx, { scopeNo: 'o.scope_no', confidential: 'o.confidential', recordId: 'o.record_id' })}`;
/** As `isLate` says it. */
const late = (ctx: Ctx) => sql`(o.overran or (o.state = 'running' and o.due_at < ${ctx.now}::timestamptz))`;
const counted = (ctx: Ctx) => sql`count(*)::int as open, (count(*) filter (where ${late(ctx)}))::int as late`;

const numbered = (runs: readonly Run[]) =>
  runs.length === 0
    ? sql`false`
    : sql`(${sql.join(
        runs.map(([first, last]) => sql`o.scope_no between ${first} and ${last}`),
        sql` or `,
      )})`;

/** By the number under which what they are about stands. */
export const countByNumber = (ctx: Ctx, runs: readonly Run[]): Promise<(Count & { scopeNo: number })[]> =>
  rowsOf(
    ctx,
    sql<Count & { scopeNo: number }>`
      select o.scope_no, ${counted(ctx)} from obligation o where ${open(ctx)} and ${numbered(runs)} group by o.scope_no`,
  );

const heldNow = (ctx: Ctx, personId: Id) => sql`select h.post_id from holding h
  where h.realm = ${ctx.realm} and h.person_id = ${personId} and h.held @> ${ctx.now}::timestamptz`;

/** What duties a list or a number is about. */
export type About =
  | { readonly kind: 'area'; readonly runs: readonly Run[] }
  /** Given by name, owed by them, or owed by a post they hold and given to nobody. */
  | { readonly kind: 'person'; readonly personId: Id }
  /** A body and its posts. */
  | { readonly kind: 'body'; readonly owners: readonly Id[] };

function within(ctx: Ctx, about: About): RawBuilder<unknown> {
  if (about.kind === 'area') return numbered(about.runs);
  if (about.kind === 'body') return sql`o.owed_by = any (${uuids(about.owners)})`;
  const { personId } = about;
  return sql`(o.assignee_id = ${personId} or (o.assignee_id is null and (o.owed_by = ${personId} or o.owed_by in (${heldNow(ctx, personId)}))))`;
}

export async function countDuties(ctx: Ctx, about: About): Promise<Count> {
  const [row] = await rowsOf(
    ctx,
    sql<Count>`select ${counted(ctx)} from obligation o where ${open(ctx)} and ${within(ctx, about)}`,
  );
  return row ?? { open: 0, late: 0 };
}

/** First what falls due first; what stands still last. */
export const listDuties = (
  ctx: Ctx,
  about: About,
  { onlyLate, from, most }: { onlyLate: boolean; from: number; most: number },
): Promise<Obligation[]> =>
  rowsOf(
    ctx,
    sql<Obligation>`
      select o.* from obligation o where ${open(ctx)} and ${within(ctx, about)} and ${onlyLate ? late(ctx) : sql`true`}
      order by o.due_at nulls last, o.id limit ${most} offset ${from}`,
  );

interface Period {
  readonly since: Date;
  readonly until: Date | null;
}
export interface HeldRow extends Period {
  readonly postId: Id;
  readonly role: string;
  readonly areaId: Id | null;
  readonly bodyId: Id | null;
  readonly open: boolean;
}

/** What somebody holds and held, the latest first; what is held now before it. */
export const holdingsOf = (ctx: Ctx, personId: Id): Promise<HeldRow[]> =>
  rowsOf(
    ctx,
    sql<HeldRow>`
      select p.id as post_id, p.role, p.area_id, p.body_id, p.closed_on is null as open, lower(h.held) as since,
        upper(h.held) as until
      from holding h join post p on p.realm = h.realm and p.id = h.post_id
      where h.realm = ${ctx.realm} and h.person_id = ${personId}
      order by upper(h.held) desc nulls first, lower(h.held) desc, p.id limit 200`,
  );

export interface ChargeRow extends Period {
  readonly areaId: Id;
  readonly rank: string;
  readonly mode: string;
  readonly charge: string;
}

export const answersOf = (ctx: Ctx, personId: Id): Promise<ChargeRow[]> =>
  rowsOf(
    ctx,
    sql<ChargeRow>`
      select area_id, rank, mode, charge, lower(held) as since, upper(held) as until from responsibility
      where realm = ${ctx.realm} and person_id = ${personId}
      order by upper(held) desc nulls first, scope_no, id limit 200`,
  );

/** Areas that somebody answers for in normal time. */
export async function answeredAreas(ctx: Ctx): Promise<ReadonlySet<Id>> {
  const rows = await rowsOf(
    ctx,
    sql<{ areaId: Id }>`select distinct area_id from responsibility
      where realm = ${ctx.realm} and mode = 'normal' and held @> ${ctx.now}::timestamptz`,
  );
  return new Set(rows.map(({ areaId }) => areaId));
}

export async function nameOf(ctx: Ctx, personId: Id): Promise<string | null> {
  const [row] = await rowsOf(
    ctx,
    sql<{ name: string }>`select name from person where realm = ${ctx.realm} and id = ${personId}`,
  );
  return row?.name ?? null;
}

/** Also those who hold no post yet. */
export const peopleLike = (ctx: Ctx, words: string, most: number): Promise<{ personId: Id; name: string }[]> =>
  rowsOf(
    ctx,
    sql<{ personId: Id; name: string }>`
      select id as person_id, name from person where realm = ${ctx.realm} and strpos(name, ${words}) > 0
      order by length(name), name, id limit ${most}`,
  );

export async function purposeOf(ctx: Ctx, bodyId: Id): Promise<string | null> {
  const [row] = await rowsOf(
    ctx,
    sql<{ purpose: string | null }>`select purpose from body where realm = ${ctx.realm} and id = ${bodyId}`,
  );
  return row?.purpose ?? null;
}
