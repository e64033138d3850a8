import { type Ctx, holdsPost, postsOf } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { type Area, atlasOf, requireArea } from '../../land/areas/index.ts';
import { actOnDuty, holdObligationsOf, isOpen, withdrawAt } from '../obligations/index.ts';
import {
  checkpointChiefs,
  checkpointProblems,
  type GateRule,
  type GivenChange,
  type GivenCheckpoint,
  gatekeepers,
} from './checkpoint.model.ts';
import {
  alertsOf,
  type CheckpointRow,
  endAlert,
  endRule,
  findCheckpoint,
  holdCheckpoint,
  insertAlert,
  insertCheckpoint,
  insertRule,
  rulesOf,
  saveCheckpoint,
} from './checkpoint.queries.ts';
import { gateProblems } from './gate.model.ts';
import { waitingGoods } from './gate.queries.ts';
import { modes } from './kind.model.ts';
import { manDuty } from './roster.model.ts';
import { saveShift, shiftsAhead } from './roster.queries.ts';

export type OfCheckpoint = { checkpointId: Id };

/** Refused by `checkpoint.not_here`, `checkpoint.wrong_rule`. */
export async function setUpCheckpoint(ctx: Ctx, given: GivenCheckpoint): Promise<OfCheckpoint> {
  const area = await ownArea(ctx, given.areaId);
  requireSound(given);
  const { name, kind, point, opens, closes, rules } = given;
  const id = ctx.ids.newId();
  insertCheckpoint(ctx, {
    ...{ id, name, kind, areaId: area.id, scopeNo: area.no, lon: point?.lon ?? null, lat: point?.lat ?? null },
    ...{ opens, closes, stage: 'open' as const, personId: me(ctx).personId, openedAt: ctx.now, closedAt: null },
  });
  for (const mode of modes) insertRule(ctx, { ...datedNow(ctx, id), mode, rule: rules[mode] });
  tellOf(ctx, { id, scopeNo: area.no }, 'checkpoint.set_up', { areaId: area.id, kind });
  return { checkpointId: id };
}

const datedNow = (ctx: Ctx, checkpointId: Id) => ({
  ...{ id: ctx.ids.newId(), checkpointId, since: ctx.now, until: null },
});

/** Only for land that is one's own as a whole. */
async function ownArea(ctx: Ctx, areaId: Id): Promise<Area> {
  const area = await requireArea(ctx, areaId);
  if (!holdsPost(ctx, checkpointChiefs, area.no, area.lastNo))
    throw new Problem(checkpointProblems['checkpoint.not_here']);
  return area;
}

export const isChief = (ctx: Ctx, no: number): boolean => holdsPost(ctx, checkpointChiefs, no);

/** Whether this person stands there: with a post at the area of the gate, above it or below. */
export async function isGatekeeper(ctx: Ctx, scopeNo: number): Promise<boolean> {
  if (holdsPost(ctx, gatekeepers, scopeNo)) return true;
  const area = (await atlasOf(ctx)).numbered(scopeNo);
  const isBelow = (from: number | null): boolean =>
    area !== undefined && from !== null && area.no <= from && from <= area.lastNo;
  return postsOf(ctx.actor).some(
    ({ role, readsArea, from }) => (gatekeepers as readonly string[]).includes(role) && readsArea && isBelow(from),
  );
}

/** Who asks people for something says what for. */
function requireSound({ rules }: Pick<GivenChange, 'rules'>): void {
  const says = { zh: '要登记内容，就得写明为什么', en: 'whatever is asked needs a purpose' };
  const faults: FieldFault[] = modes.flatMap((mode) =>
    rules[mode].asks.length > 0 && rules[mode].purpose === '' ? [{ path: `rules.${mode}.purpose`, says }] : [],
  );
  if (faults.length > 0) throw new Problem(checkpointProblems['checkpoint.wrong_rule'], {}, faults);
}

export async function requireCheckpoint(ctx: Ctx, id: Id, roles?: readonly string[]): Promise<CheckpointRow> {
  const checkpoint = await findCheckpoint(ctx, id, roles);
  if (!checkpoint) throw new Problem(checkpointProblems['checkpoint.not_found']);
  return checkpoint;
}

/** For whoever sets up checkpoints where it lies today; who works below it only stands there. */
export async function requireOwnCheckpoint(ctx: Ctx, id: Id): Promise<CheckpointRow> {
  const checkpoint = await requireCheckpoint(ctx, id);
  if (!isChief(ctx, checkpoint.scopeNo)) throw new Problem(checkpointProblems['checkpoint.not_yours']);
  return checkpoint;
}

/** It stands, and nobody else changes it meanwhile. */
export async function heldOpen(ctx: Ctx, id: Id): Promise<CheckpointRow> {
  const checkpoint = await holdCheckpoint(ctx, id);
  if (checkpoint?.stage !== 'open') throw new Problem(checkpointProblems['checkpoint.closed']);
  return checkpoint;
}

/** It stood when this happened: what is written down without a network arrives later. */
export async function heldStanding(ctx: Ctx, id: Id): Promise<CheckpointRow> {
  const checkpoint = await holdCheckpoint(ctx, id);
  if (!checkpoint || (checkpoint.closedAt !== null && ctx.occurredAt >= checkpoint.closedAt))
    throw new Problem(gateProblems['checkpoint.closed_by_then']);
  return checkpoint;
}

/** From now on: the rule that held ends and stays on record. */
export async function changeCheckpoint(ctx: Ctx, id: Id, given: GivenChange): Promise<OfCheckpoint> {
  await requireOwnCheckpoint(ctx, id);
  const checkpoint = await heldOpen(ctx, id);
  requireSound(given);
  const { name, point, opens, closes, rules } = given;
  saveCheckpoint(ctx, id, { name, opens, closes, lon: point?.lon ?? null, lat: point?.lat ?? null });
  const now = (await rulesOf(ctx, [id])).filter(({ until }) => until === null);
  for (const mode of modes) {
    const before = now.find((rule) => rule.mode === mode);
    if (before && canonical(before.rule) === canonical(rules[mode])) continue;
    if (before) endRule(ctx, before.id);
    insertRule(ctx, { ...datedNow(ctx, id), mode, rule: rules[mode] });
  }
  tellOf(ctx, checkpoint, 'checkpoint.changed', {});
  return { checkpointId: id };
}

/** Said in one order, whatever the order in which it was kept. */
const canonical = ({ pass, asks, purpose, keepDays, disinfectMin }: GateRule): string =>
  JSON.stringify([pass.zh, pass.en, [...new Set(asks)].sort(), purpose, keepDays, disinfectMin]);

/** Everybody is held to the emergency rule from now on, on this person’s word. */
export async function beginEmergency(ctx: Ctx, id: Id, reason: string): Promise<OfCheckpoint> {
  const { checkpoint, open } = await heldToSwitch(ctx, id);
  if (open) throw new Problem(checkpointProblems['checkpoint.emergency_already']);
  insertAlert(ctx, {
    ...datedNow(ctx, id),
    ...{ begunBy: me(ctx).personId, reason, endedBy: null, endReason: null },
  });
  tellOf(ctx, checkpoint, 'checkpoint.emergency_begun', {});
  return { checkpointId: id };
}

export async function endEmergency(ctx: Ctx, id: Id, reason: string): Promise<OfCheckpoint> {
  const { checkpoint, open } = await heldToSwitch(ctx, id);
  if (!open) throw new Problem(checkpointProblems['checkpoint.normal_already']);
  endAlert(ctx, open.id, { until: ctx.now, endedBy: me(ctx).personId, endReason: reason });
  tellOf(ctx, checkpoint, 'checkpoint.emergency_ended', {});
  return { checkpointId: id };
}

async function heldToSwitch(ctx: Ctx, id: Id) {
  await requireOwnCheckpoint(ctx, id);
  const checkpoint = await heldOpen(ctx, id);
  const open = (await alertsOf(ctx, [id])).find(({ until }) => until === null);
  return { checkpoint, open };
}

/** Goods are handed out first; shifts that nobody has taken up end with it. Refused by `checkpoint.goods_wait`. */
export async function closeCheckpoint(ctx: Ctx, id: Id): Promise<OfCheckpoint> {
  await requireOwnCheckpoint(ctx, id);
  const checkpoint = await heldOpen(ctx, id);
  const waiting = (await waitingGoods(ctx, [id])).get(id) ?? 0;
  if (waiting > 0) throw new Problem(checkpointProblems['checkpoint.goods_wait'], { count: waiting });
  const ahead = await shiftsAhead(ctx, id);
  for (const shiftId of ahead) saveShift(ctx, shiftId, { calledOffAt: ctx.now });
  saveCheckpoint(ctx, id, { stage: 'closed', closedAt: ctx.now });
  const owed = (await holdObligationsOf(ctx, id)).filter(isOpen);
  const duties = await actOnDuty(ctx, owed, manDuty, withdrawAt(ctx.now));
  tellOf(ctx, checkpoint, 'checkpoint.closed', { duties, shifts: ahead });
  return { checkpointId: id };
}

export const subjectOf = ({ id, scopeNo }: { id: Id; scopeNo: number }) => ({
  ...{ kind: 'checkpoint', id, scopeNo, confidential: false },
});

export function tellOf(ctx: Ctx, about: { id: Id; scopeNo: number }, kind: string, body: EntryBody): void {
  record(ctx, { kind, about: subjectOf(about), body });
}
