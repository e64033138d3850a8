import { type RawBuilder, type Selectable, sql, type Updateable } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { change, insertion } from '../../../kernel/database/rows.ts';
import type { Directive, DirectiveItem } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';
import { uuids } from '../../../kernel/scope.ts';
import type { Part } from './directive.model.ts';
import type { Status, UnitKey } from './item.model.ts';

export type DirectiveRow = Omit<Selectable<Directive>, 'realm' | 'datedOn'> & { readonly datedOn: string };
export type ItemRow = Omit<
  Selectable<DirectiveItem>,
  'realm' | 'status' | 'leadKind' | 'supports' | 'dueOn' | 'firstDueOn'
> & {
  readonly status: Status;
  readonly leadKind: UnitKey['kind'];
  readonly supports: readonly UnitKey[];
  readonly dueOn: string | null;
  readonly firstDueOn: string | null;
};

const directiveColumns = sql`d.id, d.title, d.number, d.issuer, d.dated_on::text as dated_on, d.words, d.area_id, d.scope_no,
  d.person_id, d.post_id, d.sent_at`;
const itemColumns = sql`i.id, i.directive_id, i.place, i.number, i.content, i.measure, i.lead_kind, i.lead_id, i.supports, i.area_id,
  i.scope_no, i.first_due_on::text as first_due_on, i.due_on::text as due_on, i.status, i.returned, i.returns, i.share, i.told_at, i.done_by,
  i.done_at, i.ended_at`;
/** None of them is confidential. */
const directives = sql`(select *, false as confidential from directive) d`;
const items = sql`(select *, false as confidential from directive_item) i`;
const ofDirective = { scopeNo: 'd.scope_no', confidential: 'd.confidential', recordId: 'd.id' };
const ofItem = { scopeNo: 'i.scope_no', confidential: 'i.confidential', recordId: 'i.id' };

export function insertDirective(ctx: Ctx, row: DirectiveRow): void {
  ctx.send(insertion('directive', { realm: ctx.realm, ...row }));
}

export function insertItem(ctx: Ctx, { supports, ...row }: ItemRow): void {
  ctx.send(insertion('directiveItem', { realm: ctx.realm, ...row, supports: JSON.stringify(supports) }));
}

export function saveItem(ctx: Ctx, id: Id, to: Updateable<DirectiveItem>): void {
  if (Object.keys(to).length > 0) ctx.send(change('directiveItem', { realm: ctx.realm, id }, to));
}

export async function findDirective(ctx: Ctx, id: Id): Promise<DirectiveRow | undefined> {
  const { rows } = await sql<DirectiveRow>`
    select ${directiveColumns} from ${directives}
    where d.realm = ${ctx.realm} and d.id = ${id} and ${ctx.scope.readable(ctx, ofDirective)}`.execute(ctx.db);
  return rows[0];
}

export async function directivesNamed(
  ctx: Ctx,
  ids: readonly Id[],
): Promise<Pick<DirectiveRow, 'id' | 'title' | 'number'>[]> {
  const { rows } = await sql<Pick<DirectiveRow, 'id' | 'title' | 'number'>>`
    select d.id, d.title, d.number from ${directives}
    where d.realm = ${ctx.realm} and d.id = any (${uuids(ids)}) and ${ctx.scope.readable(ctx, ofDirective)}`.execute(
    ctx.db,
  );
  return rows;
}

export async function listDirectives(ctx: Ctx, most: number): Promise<DirectiveRow[]> {
  const { rows } = await sql<DirectiveRow>`
    select ${directiveColumns} from ${directives}
    where d.realm = ${ctx.realm} and ${ctx.scope.readable(ctx, ofDirective)}
    order by d.sent_at desc, d.id limit ${most}`.execute(ctx.db);
  return rows;
}

export interface CountedRow {
  readonly directiveId: Id;
  readonly status: Status;
  readonly late: boolean;
  readonly returned: boolean;
  readonly items: number;
}

/** Of what the viewer reads; an item is late while it is being done and its day is over. */
export async function countItems(ctx: Ctx, ids: readonly Id[], today: string): Promise<CountedRow[]> {
  const { rows } = await sql<CountedRow>`
    select i.directive_id, i.status, i.status = 'sent' and coalesce(i.due_on < ${today}::date, false) as late, i.returns > 0 as returned,
      count(*)::integer as items
    from ${items} where i.realm = ${ctx.realm} and i.directive_id = any (${uuids(ids)}) and ${ctx.scope.readable(ctx, ofItem)}
    group by 1, 2, 3, 4`.execute(ctx.db);
  return rows;
}

export interface Wanted {
  readonly directiveId: Id | null;
  /** Who leads it, or helps. */
  readonly unitId: Id | null;
  readonly only: Part;
  readonly today: string;
  readonly after: Id | null;
  readonly most: number;
}

/** In the order of their notices, the newest first; so many after one of them. */
export async function listItems(
  ctx: Ctx,
  { directiveId, unitId, only, today, after, most }: Wanted,
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select ${itemColumns} from ${items} where i.realm = ${ctx.realm} and ${ctx.scope.readable(ctx, ofItem)}
      and (${directiveId}::uuid is null or i.directive_id = ${directiveId})
      and (${unitId}::uuid is null or i.lead_id = ${unitId} or i.supports @> jsonb_build_array(jsonb_build_object('id', ${unitId}::text)))
      and ${partOf(only, today)}
      and (${after}::uuid is null or (i.directive_id, -i.place) < (select a.directive_id, -a.place from directive_item a where a.realm = ${ctx.realm} and a.id = ${after}))
    order by i.directive_id desc, i.place limit ${most}`.execute(ctx.db);
  return rows;
}

function partOf(only: Part, today: string): RawBuilder<boolean> {
  if (only === 'all') return sql`true`;
  if (only === 'open') return sql`i.status in ('sent', 'done')`;
  if (only === 'late') return sql`i.status = 'sent' and i.due_on < ${today}::date`;
  if (only === 'returned') return sql`i.returns > 0`;
  return sql`i.status = ${only}`;
}

export async function findItem(ctx: Ctx, id: Id): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`
    select ${itemColumns} from ${items}
    where i.realm = ${ctx.realm} and i.id = ${id} and ${ctx.scope.readable(ctx, ofItem)}`.execute(ctx.db);
  return rows[0];
}

/** Two who act at once come one after the other. */
export async function holdItem(ctx: Ctx, id: Id): Promise<void> {
  await sql`select 1 from directive_item where realm = ${ctx.realm} and id = ${id} for update`.execute(ctx.db);
}

/** How many items each of these leads that are not over yet. */
export async function openItemsOf(ctx: Ctx, leads: readonly Id[]): Promise<Map<Id, number>> {
  const { rows } = await sql<{ leadId: Id; open: number }>`
    select i.lead_id, count(*)::integer as open from ${items}
    where i.realm = ${ctx.realm} and i.lead_id = any (${uuids(leads)}) and i.status in ('sent', 'done')
      and ${ctx.scope.readable(ctx, ofItem)}
    group by 1`.execute(ctx.db);
  return new Map(rows.map(({ leadId, open }) => [leadId, open]));
}
