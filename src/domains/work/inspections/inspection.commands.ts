import { type Ctx, granteesOf, isIn, postsOf, type Seat } from '../../../kernel/context.ts';
import { recordKey } from '../../../kernel/data_key.ts';
import { seal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record, type Subject } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { dayEnds, dayOf, realmOf } from '../../../kernel/realm.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../land/areas/index.ts';
import { peopleNamed } from '../../land/staff/index.ts';
import {
  actOnDuty,
  type DutyAct,
  grantTo,
  holdObligationsOf,
  isOpen,
  openDuty,
  settleAt,
} from '../obligations/index.ts';
import { requireChecklist } from './checklist.commands.ts';
import { type Candidate, drawFrom } from './drawing.commands.ts';
import { putOnRegister } from './hazard.commands.ts';
import { finders } from './hazard.model.ts';
import {
  type FindForm,
  type InspectionForm,
  inspectionProblems,
  inspectors,
  type LookForm,
} from './inspection.model.ts';
import {
  findInspection,
  findTarget,
  holdInspection,
  holdTarget,
  type InspectionRow,
  insertInspection,
  insertTargets,
  listTargets,
  saveClosed,
  saveLooked,
  type TargetRow,
} from './inspection.queries.ts';
import type { Result } from './result.model.ts';

/** Whoever is named has it in their work, until every place is done or it is closed. */
export const goDuty = 'inspection.go';

export const boundToTarget = (id: Id): string => `inspection target ${id}`;
const subjectOf = ({ id, scopeNo, confidential }: Pick<InspectionRow, 'id' | 'scopeNo' | 'confidential'>): Subject => ({
  ...{ kind: 'inspection', id, scopeNo, confidential },
});

/** For land that is one's own as a whole. Refused by `inspection.not_here`. */
export async function inspectableArea(ctx: Ctx, areaId: Id): Promise<{ area: Area; seat: Seat }> {
  const area = await requireArea(ctx, areaId);
  const seat = postsOf(ctx.actor).find(
    (one) => (inspectors as readonly string[]).includes(one.role) && isIn(one, area.no) && isIn(one, area.lastNo),
  );
  if (!seat) throw new Problem(inspectionProblems['inspection.not_here']);
  return { area, seat };
}

/** The list of places, whom it was drawn from and how stay as they are now, so that anybody can draw again. */
export async function openInspection(ctx: Ctx, form: InspectionForm): Promise<{ inspectionId: Id }> {
  const { area, seat } = await inspectableArea(ctx, form.areaId);
  const list = await requireChecklist(ctx, form.checklistId, null);
  const { personId } = me(ctx);
  const members = [...new Set([personId, ...(await peopleIn(ctx, form.members))])];
  const drawn = form.sample ? await drawFrom(ctx, area, form.sample) : null;
  if (drawn === null && form.places.length === 0) throw new Problem(inspectionProblems['inspection.no_places']);
  requireDifferent(form.places);
  const id = ctx.ids.newId();
  const { title, announced, onDay, sample, places } = form;
  const confidential = !announced;
  insertInspection(ctx, {
    ...{ id, title, areaId: area.id, scopeNo: area.no, confidential, onDay, members, postId: seat.id, personId },
    ...{ checklistId: list.id, checklistVersion: list.version, openedAt: ctx.now, closedAt: null },
    ...{ ledger: sample?.ledger ?? null, rule: sample?.rule ?? null, seed: drawn?.seed ?? null },
    ...{ choice: drawn?.choice ?? [], population: drawn?.listed.map(({ id: one, weight }) => [one, weight]) ?? [] },
  });
  const granted = members.map((grantee) => ({ grantee, ground: 'named' }));
  grantTo(ctx, { kind: 'inspection', id }, granted, ctx.now);
  await listPlaces(ctx, { id, confidential }, area, drawn?.drawn ?? [], places);
  const duties = await askMembers(ctx, { id, scopeNo: area.no, confidential, onDay, title }, members);
  const entry = { areaId: area.id, announced, onDay, members, checklistId: list.id, checklistVersion: list.version };
  const told = sample && drawn ? { ledger: sample.ledger, rule: sample.rule, seed: drawn.seed } : {};
  const counts = { listed: drawn?.listed.length ?? 0, drawn: drawn?.drawn.length ?? 0, byHand: places.length };
  tellOf(
    ctx,
    { id, scopeNo: area.no, confidential },
    'inspection.opened',
    { ...entry, ...told, ...counts, duties },
    seat.id,
  );
  return { inspectionId: id };
}

function requireDifferent(places: readonly string[]): void {
  const faults = places.flatMap((name, i): FieldFault[] =>
    places.indexOf(name) < i ? [{ path: `places.${i}`, says: { zh: `“${name}”写了两次`, en: `“${name}” twice` } }] : [],
  );
  if (faults.length > 0) throw new Problem(inspectionProblems['inspection.same_place'], {}, faults);
}

type Asked = Pick<InspectionRow, 'id' | 'scopeNo' | 'confidential' | 'onDay' | 'title'>;

/** Nobody above is told of it, so that one which is not announced stays with those who go. */
async function askMembers(ctx: Ctx, one: Asked, members: readonly Id[]): Promise<DutyAct[]> {
  const until = await dayEnds(ctx, one.onDay);
  const duty = { duty: goDuty, about: subjectOf(one), limit: null, ladder: [], until, title: one.title };
  return Promise.all(members.map(async (id) => (await openDuty(ctx, { ...duty, owedBy: { kind: 'person', id } })).act));
}

/** Refused by `inspection.wrong_members` with whom nobody, or more than one person, is called. */
async function peopleIn(ctx: Ctx, names: readonly string[]): Promise<Id[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const held = (await peopleNamed(ctx, name, 50)).filter((one) => one.name === name);
      return [...new Set(held.map(({ personId }) => personId))];
    }),
  );
  const faults: FieldFault[] = found.flatMap((ids, i) =>
    ids.length === 1 ? [] : [{ path: `members.${i}`, says: ids.length === 0 ? nobodyCalled : severalCalled }],
  );
  if (faults.length > 0) throw new Problem(inspectionProblems['inspection.wrong_members'], {}, faults);
  return found.flat();
}

const nobodyCalled = { zh: '在岗的人里没有叫这个名字的', en: 'nobody who holds a post is called so' };
const severalCalled = { zh: '有几个人叫这个名字，分不清是谁', en: 'several people are called so' };

async function listPlaces(
  ctx: Ctx,
  { id: inspectionId, confidential }: Pick<InspectionRow, 'id' | 'confidential'>,
  area: Area,
  drawn: readonly Candidate[],
  places: readonly string[],
): Promise<void> {
  const atlas = await atlasOf(ctx);
  const own = places.length === 0 ? null : await recordKey(ctx, { kind: 'inspection', id: inspectionId });
  const target = (
    i: number,
    name: string,
    key: { id: Id; bytes: Buffer },
    place: Pick<TargetRow, 'recordId' | 'drawn' | 'areaId' | 'scopeNo' | 'weight'>,
  ) => {
    const id = ctx.ids.newId();
    const sealed = seal(key.bytes, JSON.stringify({ name }), boundToTarget(id));
    const unseen = { result: null, personId: null, lookedAt: null };
    return { ...{ id, inspectionId, ordinal: i + 1, confidential, ...place }, ...unseen, sealed, keyId: key.id };
  };
  insertTargets(ctx, [
    ...drawn.map(({ id: recordId, name, weight, record: { row, key } }, i) => {
      const areaId = (atlas.numbered(row.scopeNo) ?? area).id;
      return target(i, name, key, { recordId, drawn: true, areaId, scopeNo: row.scopeNo, weight });
    }),
    ...places.flatMap((name, i) => {
      const place = { recordId: null, drawn: false, areaId: area.id, scopeNo: area.no, weight: 0 };
      return own === null ? [] : [target(drawn.length + i, name, own, place)];
    }),
  ]);
}

export async function requireInspection(ctx: Ctx, id: Id): Promise<InspectionRow> {
  const inspection = await findInspection(ctx, id);
  if (!inspection) throw new Problem(inspectionProblems['inspection.not_found']);
  return inspection;
}

export const mayInspect = (ctx: Ctx, { members }: InspectionRow): boolean =>
  granteesOf(ctx.actor).some((id) => members.includes(id));

/** Somebody of the group, as long as it went on when it happened: what was noted without a network arrives later. */
async function requireGoing(ctx: Ctx, id: Id, early = true): Promise<InspectionRow> {
  const inspection = await requireInspection(ctx, id);
  if (!mayInspect(ctx, inspection)) throw new Problem(inspectionProblems['inspection.not_yours']);
  const { closedAt, onDay } = inspection;
  if (closedAt !== null && ctx.occurredAt >= closedAt) throw new Problem(inspectionProblems['inspection.closed']);
  if (!early && (await dayThen(ctx)) < onDay)
    throw new Problem(inspectionProblems['inspection.not_yet'], { day: onDay });
  return inspection;
}

const dayThen = async (ctx: Ctx): Promise<string> => dayOf(ctx.occurredAt, (await realmOf(ctx)).zone);

export async function requireTarget(ctx: Ctx, id: Id): Promise<TargetRow> {
  const target = await findTarget(ctx, id);
  if (!target) throw new Problem(inspectionProblems['inspection.not_found']);
  return target;
}

/** Somebody was there. Where something was found before, that stays: a second look is written down, and changes nothing. */
export async function lookAtPlace(ctx: Ctx, id: Id, { result, early }: LookForm): Promise<{ targetId: Id }> {
  await holdTarget(ctx, id);
  const target = await requireTarget(ctx, id);
  const inspection = await requireGoing(ctx, target.inspectionId, early);
  if (target.result !== 'found') await noteLook(ctx, inspection, target, result);
  return { targetId: id };
}

async function noteLook(ctx: Ctx, inspection: InspectionRow, { id }: TargetRow, result: Result): Promise<void> {
  const others = (await listTargets(ctx, inspection.id)).filter((one) => one.id !== id);
  const isLast = [result, ...others.map((one) => one.result)].every((one) => one === 'clean' || one === 'found');
  saveLooked(ctx, id, result, me(ctx).personId);
  const duties = isLast ? await settleGoing(ctx, inspection.id) : [];
  const early = (await dayThen(ctx)) < inspection.onDay ? { early: true } : {};
  tellOf(ctx, inspection, 'inspection.looked', { targetId: id, result, ...early, duties });
}

async function settleGoing(ctx: Ctx, id: Id): Promise<DutyAct[]> {
  const open = (await holdObligationsOf(ctx, id)).filter(isOpen);
  return actOnDuty(ctx, open, goDuty, settleAt(ctx.now));
}

/** What was found there goes on the register; the post that sent them looks again. */
export async function findAtPlace(
  ctx: Ctx,
  id: Id,
  { early, hazardId: named, ...form }: FindForm,
): Promise<{ hazardId: Id; targetId: Id }> {
  await holdTarget(ctx, id);
  const target = await requireTarget(ctx, id);
  const inspection = await requireGoing(ctx, target.inspectionId, early);
  const atlas = await atlasOf(ctx);
  const area = atlas.numbered(target.scopeNo) ?? (await requireArea(ctx, target.areaId));
  const seat = postsOf(ctx.actor).find(({ role }) => (finders as readonly string[]).includes(role));
  if (!seat) throw new Problem(inspectionProblems['inspection.not_yours']);
  const grants = inspection.members.map((grantee) => ({ grantee, ground: 'named' }));
  const occasion = { hazardId: named, inspectionId: inspection.id, targetId: id, postId: inspection.postId, grants };
  const full = { ...form, areaId: area.id, source: 'inspection' as const };
  const { hazardId } = await putOnRegister(ctx, full, area, seat.id, occasion);
  if (target.result !== 'found') await noteLook(ctx, inspection, target, 'found');
  return { hazardId, targetId: id };
}

export async function closeInspection(ctx: Ctx, id: Id): Promise<{ inspectionId: Id }> {
  await holdInspection(ctx, id);
  const inspection = await requireGoing(ctx, id);
  saveClosed(ctx, id);
  tellOf(ctx, inspection, 'inspection.closed', { duties: await settleGoing(ctx, id) });
  return { inspectionId: id };
}

function tellOf(
  ctx: Ctx,
  inspection: Pick<InspectionRow, 'id' | 'scopeNo' | 'confidential'>,
  kind: string,
  body: EntryBody,
  postId?: Id,
): void {
  record(ctx, { kind, about: subjectOf(inspection), body, postId });
}
