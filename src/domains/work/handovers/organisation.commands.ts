import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { requireArea } from '../../land/areas/index.ts';
import {
  addBody,
  addPost,
  appoint,
  closeBody,
  directoryOf,
  makeTemporary,
  putInCharge,
  type Role,
} from '../../land/staff/index.ts';
import { endRulesNaming, markStandardsChanged } from '../standards/index.ts';
import { named } from './handover.commands.ts';
import { handoverProblems, type OpenDuty } from './handover.model.ts';
import { openOfOwners } from './handover.queries.ts';
import { passDuty } from './pass.commands.ts';

/** A temporary organisation: raised for a purpose and a term, with people lent who keep the posts they have. */
export interface RaiseForm {
  readonly id: Id;
  readonly name: string;
  readonly kind: string;
  readonly purpose: string;
  readonly until: string;
  readonly areaId: Id;
  readonly calendarId: Id;
  /** Another such organisation that it belongs to. */
  readonly aboveId: Id | null;
  /** What its heads answer for in emergency time. */
  readonly areaIds: readonly Id[];
  readonly members: readonly { readonly role: Role; readonly personId: Id }[];
}

export async function raise(ctx: Ctx, form: RaiseForm): Promise<{ bodyId: Id; posts: number; members: number }> {
  const { id, name, kind, areaId, calendarId, purpose, until, aboveId, areaIds, members } = form;
  const heads = members.filter(({ role }) => role === 'body_head').map(({ personId }) => personId);
  if (heads.length === 0) throw new Problem(handoverProblems['organisation.no_head']);
  if (until < (await today(ctx))) throw new Problem(handoverProblems['organisation.term'], { until });
  if (aboveId !== null) await requireTemporary(ctx, aboveId);
  await addBody(ctx, { id, name, kind, areaId, calendarId });
  await makeTemporary(ctx, id, { purpose, until, aboveId });
  const posts = new Map<Role, Id>();
  for (const role of new Set(members.map((member) => member.role)))
    posts.set(role, (await addPost(ctx, { id: ctx.ids.newId(), role, areaId: null, bodyId: id })).postId);
  for (const { role, personId } of members)
    await appoint(ctx, { id: ctx.ids.newId(), postId: posts.get(role) ?? '', personId });
  for (const at of areaIds)
    for (const personId of heads)
      await putInCharge(ctx, {
        ...{ id: ctx.ids.newId(), areaId: at, personId, charge: name },
        ...{ rank: 'paired', mode: 'emergency' },
      });
  return { bodyId: id, posts: posts.size, members: members.length };
}

async function requireTemporary(ctx: Ctx, id: Id) {
  const body = (await directoryOf(ctx)).body(id);
  if (!body?.temporaryUntil) throw new Problem(handoverProblems['organisation.unknown'], { name: body?.name ?? '—' });
  return body;
}

/** Standing or stood down: for who asks again what became of it. */
export async function requireBodyOf(ctx: Ctx, id: Id): Promise<void> {
  if ((await directoryOf(ctx)).bodyName(id) === undefined)
    throw new Problem(handoverProblems['organisation.unknown'], { name: '—' });
}

export interface StandDownForm {
  readonly bodyId: Id;
  /** Who takes over what nobody else is named for. */
  readonly toId: Id | null;
  readonly duties: Readonly<Record<Id, Id>>;
}

export interface StandDown {
  readonly name: string;
  readonly duties: readonly (OpenDuty & { readonly toId: Id | null; readonly to: string })[];
  /** What would be left with nobody; empty: it can be stood down. */
  readonly left: readonly FieldFault[];
}

/** What is still open, who is to take it, and what would be left with nobody. */
export async function previewStandDown(ctx: Ctx, { bodyId, toId, duties }: StandDownForm): Promise<StandDown> {
  const { name } = await requireTemporary(ctx, bodyId);
  const directory = await directoryOf(ctx);
  const owners = [bodyId, ...directory.inBody(bodyId).map(({ id }) => id)];
  const open = (await named(ctx, await openOfOwners(ctx, owners))).map((duty) => {
    const receiver = duties[duty.id] ?? toId;
    return { ...duty, toId: receiver, to: directory.bodyName(receiver ?? '') ?? '' };
  });
  const branches = directory.bodies.filter(({ aboveId }) => aboveId === bodyId);
  const left = [
    ...branches.map(
      (branch): FieldFault => fault(branch.name, '下面的临时组织还没有撤', 'a branch below it still stands'),
    ),
    ...open.flatMap(({ id, duty, toId: receiver, to }): FieldFault[] => {
      if (receiver === null) return [fault(id, `${duty.zh}：没有写谁接`, `${duty.en}: nobody is named`)];
      if (receiver === bodyId || !takesWorkIn(directory, receiver))
        return [fault(id, `${duty.zh}：“${to}”没有人收件`, `${duty.en}: nobody takes work in at “${to}”`)];
      return [];
    }),
  ];
  return { name, duties: open, left };
}

const fault = (path: string, zh: string, en: string): FieldFault => ({ path, says: { zh, en } });

type Directory = Awaited<ReturnType<typeof directoryOf>>;
const takesWorkIn = (directory: Directory, bodyId: Id): boolean =>
  directory.body(bodyId) !== undefined &&
  directory.inBody(bodyId).some(({ role, held }) => held && (role === 'body_desk' || role === 'body_head'));

/** Everything open goes to its receiver, then the organisation ends, and with it every right it gave. */
export async function standDown(
  ctx: Ctx,
  form: StandDownForm,
): Promise<{ duties: string[]; rules: number; posts: number; holdings: number; charges: number }> {
  const { bodyId } = form;
  const { duties, left } = await previewStandDown(ctx, form);
  if (left.length > 0)
    throw new Problem(handoverProblems['organisation.left_with_nobody'], { count: left.length }, left);
  const passed: string[] = [];
  for (const { id, toId } of duties)
    if (toId !== null && (await passDuty(ctx, id, { kind: 'body', id: toId }))) passed.push(id);
  const rules = await endRulesNaming(ctx, bodyId);
  await markStandardsChanged(ctx);
  const { areaId } = await requireTemporary(ctx, bodyId);
  const ended = await closeBody(ctx, bodyId);
  record(ctx, {
    kind: 'body.handed_over',
    about: { kind: 'body', id: bodyId, scopeNo: (await requireArea(ctx, areaId)).no, confidential: false },
    body: { obligations: passed, rules },
  });
  return { duties: passed, rules, ...ended };
}
