import { type RawBuilder, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { PersonRequest } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import type { Counts, Part, Reason, Status, Wish } from './request.model.ts';
import { answerDuty } from './request.workflow.ts';

export type RequestRow = Omit<Selectable<PersonRequest>, 'realm' | 'status' | 'wanted' | 'askedBy' | 'reason'> & {
  readonly status: Status;
  readonly wanted: Wish;
  readonly askedBy: 'self' | 'guardian' | 'agent';
  readonly reason: Reason | null;
};
type Written = 'id' | 'areaId' | 'scopeNo' | 'wanted' | 'askedBy' | 'status' | 'recordId' | 'keyId' | 'sealed';

export function insertRequest(ctx: Ctx, row: Pick<RequestRow, Written | 'personId' | 'postId' | 'writtenAt'>): void {
  ctx.send(insertion('personRequest', { realm: ctx.realm, ...row }));
}

export function saveRequest(ctx: Ctx, id: Id, to: Updateable<PersonRequest>): void {
  ctx.send(change('personRequest', { realm: ctx.realm, id }, to));
}

const columns = { scopeNo: 'q.scope_no', confidential: 'q.confidential', recordId: 'q.id' };
/** None is confidential: whoever keeps the ledgers of the place deals with it. */
const requests = sql`(select *, false as confidential from person_request) q`;

export async function findRequest(ctx: Ctx, id: Id): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`
    select q.* from ${requests} where q.realm = ${ctx.realm} and q.id = ${id} and ${ctx.scope.readable(ctx, columns)}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** Two who act at once come one after the other. */
export async function holdRequest(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from person_request where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

/** Late is a comparison with the clock, never a stored state. */
const isLate = (ctx: Ctx): RawBuilder<unknown> => sql`exists (
  select 1 from obligation o where o.realm = q.realm and o.record_id = q.id and o.duty = ${answerDuty}
    and o.state = 'running' and o.due_at < ${ctx.now})`;

function inPart(ctx: Ctx, part: Part): RawBuilder<unknown> {
  switch (part) {
    case 'all':
      return sql`true`;
    case 'waiting':
      return sql`q.closed_at is null`;
    case 'closed':
      return sql`q.closed_at is not null`;
    case 'confirming':
      return sql`q.status = 'confirming'`;
    case 'late':
      return isLate(ctx);
  }
}

/** What waits longest first, then what was closed last. */
export async function listRequests(
  ctx: Ctx,
  { part, after, most }: { part: Part; after: Id | null; most: number },
): Promise<RequestRow[]> {
  const order = sql`(q.closed_at is not null), case when q.closed_at is null then q.written_at end, q.closed_at desc, q.id`;
  const { rows } = await sql<RequestRow>`
    with listed as (
      select q.*, row_number() over (order by ${order}) as n from ${requests}
      where q.realm = ${ctx.realm} and ${ctx.scope.readable(ctx, columns)} and ${inPart(ctx, part)})
    select * from listed where ${after}::uuid is null or n > (select n from listed where id = ${after})
    order by n limit ${most}`.execute(ctx.db);
  return rows;
}

export async function countRequests(ctx: Ctx): Promise<Counts> {
  const only = (part: Part) => sql`count(*) filter (where ${inPart(ctx, part)})::integer`;
  const { rows } = await sql<Counts>`
    select ${only('waiting')} as waiting, ${only('late')} as late, ${only('confirming')} as confirming,
      ${only('closed')} as closed, count(*)::integer as "all"
    from ${requests} where q.realm = ${ctx.realm} and ${ctx.scope.readable(ctx, columns)}`.execute(ctx.db);
  return rows[0] as Counts;
}

/** Closed so long ago that who asked and what for is not needed any more. */
export async function requestsToForget(ctx: Ctx, before: Date, most: number): Promise<{ id: Id; keyId: Id }[]> {
  const { rows } = await sql<{ id: Id; keyId: Id }>`
    select id, key_id from person_request where realm = ${ctx.realm} and sealed is not null and closed_at < ${before}
    order by closed_at limit ${most} for update skip locked`.execute(ctx.db);
  return rows;
}
