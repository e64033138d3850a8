import type { z } from 'zod';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { createDataKey, type DataKey, destroyDataKey, openDataKey } from '../../../kernel/data_key.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../kernel/problem.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { type Sweep, sweepAway } from '../../../kernel/sweep.ts';
import { me } from '../../land/accounts/index.ts';
import { type Answers, answersOf, inForceThen } from './asked.model.ts';
import { heldStanding, type OfCheckpoint, subjectOf, tellOf } from './checkpoint.commands.ts';
import { alertsOf, type CheckpointRow, type RuleRow, rulesOf } from './checkpoint.queries.ts';
import { ruleAt } from './force.model.ts';
import { type GivenPassage, GOODS_DAYS, type Goods, gateProblems, type openForm } from './gate.model.ts';
import {
  findWritten,
  forgetGoods,
  type GoodsRow,
  holdWaiting,
  insertCleaning,
  insertGoods,
  insertPassage,
  insertWritten,
  keyUntil,
  notTakenBack,
  removeWritten,
  saveHanded,
} from './gate.queries.ts';
import { requireGate } from './roster.commands.ts';
import { onDutyAt, type ShiftRow } from './roster.queries.ts';

defineConstraints({ checkpoint_passage_pkey: 'command.id_taken' });

const DAY_MS = 86_400_000;
/** What came without a network is spoken of as what was. */
const LATE_MS = 60_000;

interface AtGate {
  readonly checkpoint: CheckpointRow;
  readonly shift: ShiftRow;
}

/**
 * It stood when this happened, and somebody was on duty: oneself before anybody else. Refused by `checkpoint.closed_by_then`,
 * `checkpoint.nobody_on_duty`.
 */
async function atGate(ctx: Ctx, id: Id): Promise<AtGate> {
  await requireGate(ctx, id);
  const checkpoint = await heldStanding(ctx, id);
  const onDuty = await onDutyAt(ctx, id, ctx.occurredAt);
  const shift = onDuty.find(({ personId }) => personId === me(ctx).personId) ?? onDuty[0];
  if (!shift) throw new Problem(gateProblems['checkpoint.nobody_on_duty']);
  return { checkpoint, shift };
}

/** Counted; and what the rule in force at that moment asks of whoever passes, sealed until its day. Whoever is turned back is asked nothing. */
export async function letPass(ctx: Ctx, id: Id, given: GivenPassage): Promise<OfCheckpoint & { passageId: Id }> {
  const { checkpoint, shift } = await atGate(ctx, id);
  const [rules, alerts] = await Promise.all([rulesOf(ctx, [id]), alertsOf(ctx, [id])]);
  const rule = ruleAt(rules, alerts, ctx.occurredAt);
  if (!rule) throw new Error(`checkpoint ${id} has no rule`);
  const values = requireAsked(ctx, given, rule);
  const { traveller, count, passed, reason } = given;
  const passageId = given.passageId ?? ctx.ids.newId();
  insertPassage(ctx, {
    ...{ id: passageId, checkpointId: id, shiftId: shift.id, personId: me(ctx).personId },
    ...{ mode: rule.mode, traveller, passed, count, reason: passed ? null : reason },
    ...{ madeAt: ctx.occurredAt, recordedAt: ctx.now, ...notTakenBack },
  });
  if (Object.keys(values).length > 0) await writeDown(ctx, id, passageId, values, rule.rule.keepDays);
  tellOf(ctx, checkpoint, 'checkpoint.passed', { passageId, traveller, count, passed });
  return { checkpointId: id, passageId };
}

/** All that is asked and no more, as it is kept; a reason for whoever is turned back. */
function requireAsked(
  { now, occurredAt }: Ctx,
  { traveller, passed, reason, values }: GivenPassage,
  { rule, mode }: RuleRow,
): Answers {
  const isLate = now.getTime() - occurredAt.getTime() > LATE_MS;
  const answers = answersOf(passed ? rule.asks : [], traveller, values, isLate ? inForceThen(mode) : undefined);
  const faults: FieldFault[] = [
    ...(passed || reason !== '' ? [] : [{ path: 'reason', says: { zh: '没让过，要写原因', en: 'say why' } }]),
    ...answers.faults,
  ];
  if (faults.length > 0) throw new Problem(gateProblems['checkpoint.wrong_passage'], {}, faults);
  return answers.values;
}

async function writeDown(ctx: Ctx, checkpointId: Id, id: Id, values: Answers, keepDays: number): Promise<void> {
  const keepUntil = await dayLater(ctx, ctx.occurredAt, keepDays);
  // Arrived so late that it would have gone already.
  if (keepUntil < (await dayLater(ctx, ctx.now, 0))) return;
  const key = await keyOfDay(ctx, checkpointId, keepUntil);
  const sealed = seal(key.bytes, JSON.stringify(values), boundTo(id));
  insertWritten(ctx, { id, checkpointId, sealed, keyId: key.id, keepUntil });
}

const boundTo = (id: Id): string => `checkpoint passage ${id}`;
const dayLater = async (ctx: Ctx, from: Date, days: number): Promise<string> =>
  dayOf(new Date(from.getTime() + days * DAY_MS), (await realmOf(ctx)).zone);

/** One for all that goes on the same day, so that it goes with them, out of every backup too. */
async function keyOfDay(ctx: Ctx, checkpointId: Id, keepUntil: string): Promise<DataKey> {
  const known = await keyUntil(ctx, checkpointId, keepUntil);
  const key = known === null ? null : await openDataKey(ctx, known);
  return key ?? createDataKey(ctx, { kind: 'checkpoint', id: checkpointId });
}

/** Looked up for a reason that is kept with who and when, as long as what was looked at; what is shown is stored nowhere else. */
export async function openPassage(
  ctx: Ctx,
  id: Id,
  { passageId, reason }: z.output<typeof openForm>,
): Promise<OfCheckpoint & { passageId: Id }> {
  const checkpoint = await requireGate(ctx, id);
  const { key } = await requireWritten(ctx, id, passageId);
  record(ctx, {
    ...{ kind: 'checkpoint.looked_up', about: subjectOf(checkpoint), body: { passageId } },
    secret: { key, value: { reason } },
  });
  return { checkpointId: id, passageId };
}

async function requireWritten(ctx: Ctx, id: Id, passageId: Id): Promise<{ key: DataKey; sealed: Buffer }> {
  const written = await findWritten(ctx, id, passageId);
  const key = written && (await openDataKey(ctx, written.keyId));
  if (!written || !key) throw new Problem(gateProblems['checkpoint.nothing_written']);
  return { key, sealed: written.sealed };
}

export async function valuesOf(ctx: Ctx, id: Id, passageId: Id): Promise<{ values: Answers }> {
  const { key, sealed } = await requireWritten(ctx, id, passageId);
  return { values: JSON.parse(unseal(key.bytes, sealed, boundTo(passageId)).toString()) };
}

export async function disinfect(ctx: Ctx, id: Id): Promise<OfCheckpoint> {
  const { checkpoint } = await atGate(ctx, id);
  insertCleaning(ctx, { id: ctx.ids.newId(), checkpointId: id, personId: me(ctx).personId, madeAt: ctx.occurredAt });
  tellOf(ctx, checkpoint, 'checkpoint.disinfected', {});
  return { checkpointId: id };
}

/** From whom, for which door: it waits until somebody collects it. */
export async function takeInGoods(ctx: Ctx, id: Id, given: Goods): Promise<OfCheckpoint> {
  const { checkpoint } = await atGate(ctx, id);
  const goodsId = ctx.ids.newId();
  const key = createDataKey(ctx, { kind: 'checkpoint_goods', id: goodsId });
  insertGoods(ctx, {
    ...{ id: goodsId, checkpointId: id, takenInAt: ctx.now, takenInBy: me(ctx).personId, keyId: key.id },
    sealed: seal(key.bytes, JSON.stringify(given), boundToGoods(goodsId)),
  });
  tellOf(ctx, checkpoint, 'checkpoint.goods_taken_in', { goodsId });
  return { checkpointId: id };
}

export async function handOutGoods(ctx: Ctx, id: Id, goodsId: Id, to: string): Promise<OfCheckpoint> {
  const { checkpoint } = await atGate(ctx, id);
  const waiting = await holdWaiting(ctx, id, goodsId);
  const key = waiting && (await openDataKey(ctx, waiting.keyId));
  if (!waiting || !key) throw new Problem(gateProblems['checkpoint.no_goods']);
  const keepUntil = await dayLater(ctx, ctx.now, GOODS_DAYS);
  const handedSealed = seal(key.bytes, to, boundToHanded(goodsId));
  saveHanded(ctx, goodsId, { handedSealed, handedAt: ctx.now, handedBy: me(ctx).personId, keepUntil });
  tellOf(ctx, checkpoint, 'checkpoint.goods_handed_out', { goodsId });
  return { checkpointId: id };
}

const boundToGoods = (id: Id): string => `checkpoint goods ${id}`;
const boundToHanded = (id: Id): string => `checkpoint goods handed ${id}`;

/** Null: forgotten, some days after it was collected. */
export function openGoods(key: DataKey | undefined, { id, sealed, handedSealed }: GoodsRow) {
  const given = key && sealed ? (JSON.parse(unseal(key.bytes, sealed, boundToGoods(id)).toString()) as Goods) : null;
  const receiver = key && handedSealed ? unseal(key.bytes, handedSealed, boundToHanded(id)).toString() : null;
  return { sender: given?.sender ?? null, door: given?.door ?? null, what: given?.what ?? null, receiver };
}

const GONE = 'kept as long as its rule said';
export const writtenRetention: Sweep = sweepAway('what was asked at checkpoints', async (ctx, most) => {
  const { gone, keys } = await removeWritten(ctx, dayOf(ctx.now, (await realmOf(ctx)).zone), most);
  for (const key of keys) await destroyDataKey(ctx, key, GONE);
  return gone;
});
export const goodsRetention: Sweep = sweepAway('goods handed over at checkpoints', async (ctx, most) => {
  const keys = await forgetGoods(ctx, dayOf(ctx.now, (await realmOf(ctx)).zone), most);
  for (const key of keys) await destroyDataKey(ctx, key, GONE);
  return keys.length;
});
