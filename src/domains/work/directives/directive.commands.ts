import type { z } from 'zod';
import { type Ctx, holdsPost, isIn, postsOf, type Seat } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { dayEnds, today } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, requireArea } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { type DutyAct, grantTo, openDuty } from '../obligations/index.ts';
import { directiveProblems, type GivenItem, type LedItem, type sendForm } from './directive.model.ts';
import { type DirectiveRow, findDirective, type ItemRow, insertDirective, insertItem } from './directive.queries.ts';
import { spendDraft } from './draft.commands.ts';
import { spreadOut } from './each.commands.ts';
import { directiveIssuers, directiveOwners, type UnitKey } from './item.model.ts';
import { carryOutDuty } from './item.workflow.ts';
import { ladder } from './ladder.model.ts';

/** Every item becomes a duty of whoever leads it; whoever helps may read it and say how far it is. All or nothing. */
export async function sendDirective(ctx: Ctx, form: z.output<typeof sendForm>): Promise<{ directiveId: Id }> {
  const { area, seat } = await sendableArea(ctx, form.areaId);
  const items = await readyItems(ctx, area, form.items);
  if (form.draftId !== undefined) await spendDraft(ctx, form.draftId);
  const id = ctx.ids.newId();
  const { title, number, issuer, datedOn, words } = form;
  insertDirective(ctx, {
    ...{ id, title, number, issuer, datedOn, words, areaId: area.id, scopeNo: area.no },
    ...{ personId: me(ctx).personId, postId: seat.id, sentAt: ctx.now },
  });
  const units = new Set(items.flatMap(({ lead, supports }) => [lead.id, ...supports.map((one) => one.id)]));
  grantTo(
    ctx,
    { kind: 'directive', id },
    [...units].map((grantee) => ({ grantee, ground: 'named' })),
    ctx.now,
  );
  record(ctx, {
    kind: 'directive.sent',
    about: { kind: 'directive', id, scopeNo: area.no, confidential: false },
    postId: seat.id,
    body: { areaId: area.id, datedOn, items: items.length },
  });
  for (const [place, item] of items.entries()) await sendItem(ctx, { id, area }, item, place + 1);
  return { directiveId: id };
}

/** Land that is one's own as a whole, and the post in which one sends there. */
export async function sendableArea(ctx: Ctx, areaId: Id): Promise<{ area: Area; seat: Seat }> {
  const area = await requireArea(ctx, areaId);
  const seat = postsOf(ctx.actor).find((one) => issues(one) && isIn(one, area.no) && isIn(one, area.lastNo));
  if (!seat) throw new Problem(directiveProblems['directive.not_here']);
  return { area, seat };
}

const issues = ({ role }: Seat): boolean => (directiveIssuers as readonly string[]).includes(role);

export async function requireDirective(ctx: Ctx, id: Id): Promise<DirectiveRow> {
  const directive = await findDirective(ctx, id);
  if (!directive) throw new Problem(directiveProblems['directive.not_found']);
  return directive;
}

/** Whoever sends out things where this one lies today. */
export async function requireOwn(ctx: Ctx, id: Id): Promise<void> {
  const { scopeNo } = await requireDirective(ctx, id);
  if (!holdsPost(ctx, directiveIssuers, scopeNo)) throw new Problem(directiveProblems['directive.not_found']);
}

const past = { zh: '期限已经过了，请填今天或以后的日子', en: 'the day is past: give today or a later one' };
const gone = {
  zh: '没有这个单位，或它不能承办，请重选',
  en: 'there is no such unit, or it cannot owe an item: choose again',
};
const twice = { zh: '牵头的不用再列为配合', en: 'whoever leads does not help besides' };

/** Looked over as they are written, then an item for each of those that are meant by one line. */
export async function readyItems(ctx: Ctx, area: Area, items: readonly GivenItem[]): Promise<LedItem[]> {
  await requireItems(ctx, items);
  return spreadOut(ctx, area, items);
}

/** Every line says for itself what is wrong with it. */
async function requireItems(ctx: Ctx, items: readonly GivenItem[]): Promise<void> {
  const day = await today(ctx);
  const known = await knownUnits(ctx);
  const faults = items.flatMap(({ lead, supports, dueOn }, i): FieldFault[] => [
    ...(dueOn !== null && dueOn < day ? [{ path: `items.${i}.dueOn`, says: past }] : []),
    ...(lead.kind === 'each' || known(lead) ? [] : [{ path: `items.${i}.lead`, says: gone }]),
    ...supports.flatMap((one, j) => (known(one) ? [] : [{ path: `items.${i}.supports.${j}`, says: gone }])),
    ...(lead.kind !== 'each' && supports.some(({ id }) => id === lead.id)
      ? [{ path: `items.${i}.supports`, says: twice }]
      : []),
  ]);
  if (faults.length > 0) throw new Problem(directiveProblems['directive.wrong_items'], {}, faults);
}

async function knownUnits(ctx: Ctx): Promise<(unit: UnitKey) => boolean> {
  const directory = await directoryOf(ctx);
  return ({ kind, id }) => {
    if (kind === 'body') return directory.body(id) !== undefined;
    return (directiveOwners as readonly string[]).includes(directory.post(id)?.role ?? '');
  };
}

type Of = { readonly id: Id; readonly area: Area };

async function sendItem(ctx: Ctx, { id: directiveId, area }: Of, given: LedItem, place: number): Promise<void> {
  const { number, content, measure, lead, supports, dueOn } = given;
  const id = ctx.ids.newId();
  const item: ItemRow = {
    ...{ id, directiveId, place, number, content, measure, leadKind: lead.kind, leadId: lead.id, supports },
    ...{
      areaId: area.id,
      scopeNo: area.no,
      firstDueOn: dueOn,
      dueOn,
      status: 'sent',
      returned: false,
      returns: 0,
      share: null,
    },
    ...{ toldAt: null, doneBy: null, doneAt: null, endedAt: null },
  };
  insertItem(ctx, item);
  const helpers = supports.map((unit) => ({ grantee: unit.id, ground: 'named' }));
  grantTo(ctx, { kind: 'directive_item', id }, helpers, ctx.now);
  const duty = await openCarryOut(ctx, item);
  const body = { directiveId, place, leadKind: lead.kind, leadId: lead.id, dueOn, status: 'sent', duties: [duty] };
  record(ctx, { kind: 'directive_item.sent', about: aboutItem(item), body });
}

export const aboutItem = ({ id, scopeNo }: Pick<ItemRow, 'id' | 'scopeNo'>) => ({
  ...{ kind: 'directive_item', id, scopeNo, confidential: false },
});

/** Until the end of its day; without one it has no clock. */
export async function openCarryOut(ctx: Ctx, item: ItemRow): Promise<DutyAct> {
  const directory = await directoryOf(ctx);
  const calendarId = item.leadKind === 'body' ? directory.body(item.leadId)?.calendarId : undefined;
  const opened = await openDuty(ctx, {
    ...{ duty: carryOutDuty, about: aboutItem(item), owedBy: { kind: item.leadKind, id: item.leadId } },
    ...{ limit: null, ladder, title: titleOf(item.content), ...(calendarId && { calendarId }) },
    ...(item.dueOn !== null && { until: await dayEnds(ctx, item.dueOn) }),
  });
  return opened.act;
}

/** A few words of it, for the list of duties. */
export const titleOf = (content: string): string => {
  const first = content.split(/[。\n；]/)[0]?.trim() || content.trim();
  return first.length > 40 ? `${first.slice(0, 39)}…` : first;
};
