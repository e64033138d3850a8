import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { requireArea } from '../areas/index.ts';
import {
  chargesOf,
  closeBodyRows,
  endCharges,
  markTemporary,
  passChargeRow,
  saveCalendarOf,
} from './passing.queries.ts';
import { appoint, changed, directoryOf, relieve, scopeOfPost } from './staff.commands.ts';
import { staffProblems } from './staff.model.ts';
import { holdersOf } from './staff.queries.ts';

/** A post goes from one person to another: at no moment does nobody hold it. */
export async function passPost(ctx: Ctx, postId: Id, fromId: Id, toId: Id): Promise<void> {
  const holds = (await holdersOf(ctx, [postId])).some(({ personId }) => personId === toId);
  if (!holds) await appoint(ctx, { id: ctx.ids.newId(), postId, personId: toId });
  await relieve(ctx, { postId, personId: fromId });
}

/** What somebody answers for goes to another; what both answered for, the other goes on to answer for alone. */
export async function passCharges(ctx: Ctx, fromId: Id, toId: Id): Promise<Id[]> {
  const charges = await chargesOf(ctx, fromId);
  const theirs = new Set((await chargesOf(ctx, toId)).map(({ areaId, mode, charge }) => `${areaId} ${mode} ${charge}`));
  await endCharges(
    ctx,
    charges.map(({ id }) => id),
  );
  for (const { id, areaId, mode, charge } of charges) {
    if (!theirs.has(`${areaId} ${mode} ${charge}`)) await passChargeRow(ctx, id, toId);
    const { no } = await requireArea(ctx, areaId);
    await changed(ctx, 'area.charge_passed', { kind: 'area', id: areaId, scopeNo: no }, { fromId, toId, mode, charge });
  }
  return charges.map(({ id }) => id);
}

export async function makeTemporary(
  ctx: Ctx,
  bodyId: Id,
  { purpose, until, aboveId }: { purpose: string; until: string; aboveId: Id | null },
): Promise<void> {
  await markTemporary(ctx, bodyId, { purpose, until, aboveId });
  const body = (await directoryOf(ctx)).body(bodyId);
  const { no } = await requireArea(ctx, body?.areaId ?? '');
  await changed(ctx, 'body.raised', { kind: 'body', id: bodyId, scopeNo: no }, { purpose, until, aboveId });
}

/** What it is given from now on counts by this calendar. */
export async function keepCalendar(ctx: Ctx, bodyId: Id, calendarId: Id): Promise<void> {
  const body = (await directoryOf(ctx)).body(bodyId);
  const { no } = await requireArea(ctx, body?.areaId ?? '');
  await saveCalendarOf(ctx, bodyId, calendarId);
  await changed(ctx, 'body.hours_changed', { kind: 'body', id: bodyId, scopeNo: no }, { calendarId });
}

/** From this moment nobody acts for it: its posts end with it, and what its people answered for in its name. */
export async function closeBody(ctx: Ctx, bodyId: Id): Promise<{ posts: number; holdings: number; charges: number }> {
  const directory = await directoryOf(ctx);
  const body = directory.body(bodyId);
  if (!body) throw new Problem(staffProblems['staff.not_found']);
  const [post] = directory.inBody(bodyId);
  const scopeNo = post ? await scopeOfPost(ctx, post) : (await requireArea(ctx, body.areaId)).no;
  const ended = await closeBodyRows(ctx, bodyId, body.name, await today(ctx));
  await changed(ctx, 'body.stood_down', { kind: 'body', id: bodyId, scopeNo }, ended);
  return ended;
}
