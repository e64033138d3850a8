import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { namesOf } from '../../land/staff/index.ts';
import { instantOf } from '../patrols/due.model.ts';
import { isChief, isGatekeeper, requireCheckpoint } from './checkpoint.commands.ts';
import type { checkpointDetail, checkpointView } from './checkpoint.model.ts';
import {
  type AlertRow,
  alertsOf,
  type CheckpointRow,
  listCheckpoints,
  type RuleRow,
  rulesOf,
} from './checkpoint.queries.ts';
import { periodsOf, ruleAt } from './force.model.ts';
import { cleaningsDue } from './gate.model.ts';
import { type Counted, cleaningsBetween, countedByDay, lastCleaned, waitingGoods } from './gate.queries.ts';
import { gapsIn, openIn } from './hours.model.ts';
import { mayTake } from './roster.commands.ts';
import { type ShiftRow, shiftsBetween } from './roster.queries.ts';

const MOST = 300;
const DAY_MS = 86_400_000;
const WEEK = 7;

/** All that is counted of several checkpoints, asked once. */
interface Known {
  readonly zone: string;
  readonly today: string;
  readonly rules: readonly RuleRow[];
  readonly alerts: readonly AlertRow[];
  readonly shifts: readonly ShiftRow[];
  readonly counted: readonly Counted[];
  readonly cleaned: ReadonlyMap<Id, Date>;
  readonly waiting: ReadonlyMap<Id, number>;
}

async function knownOf(ctx: Ctx, ids: readonly Id[]): Promise<Known> {
  const { zone } = await realmOf(ctx);
  const now = ctx.now.getTime();
  const today = dayOf(ctx.now, zone);
  const weekAgo = new Date(instantOf(dayOf(new Date(now - (WEEK - 1) * DAY_MS), zone), '00:00', zone));
  const [rules, alerts, shifts, counted, cleaned, waiting] = await Promise.all([
    ...([rulesOf(ctx, ids), alertsOf(ctx, ids)] as const),
    shiftsBetween(ctx, ids, new Date(now - DAY_MS), new Date(now + WEEK * DAY_MS)),
    ...([countedByDay(ctx, ids, zone, weekAgo), lastCleaned(ctx, ids), waitingGoods(ctx, ids)] as const),
  ]);
  return { zone, today, rules, alerts, shifts, counted, cleaned, waiting };
}

export async function checkpointList(ctx: Ctx): Promise<z.input<typeof checkpointView>[]> {
  const rows = await listCheckpoints(ctx, MOST);
  const known = await knownOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return Promise.all(rows.map((row) => lineOf(ctx, row, known)));
}

const of = <T extends { readonly checkpointId: Id }>(rows: readonly T[], id: Id): T[] =>
  rows.filter((row) => row.checkpointId === id);
const isOn = ({ stage }: Pick<CheckpointRow, 'stage'>, { takenAt, endsAt }: ShiftRow, now: Date): boolean =>
  stage === 'open' && takenAt !== null && endsAt > now;

async function lineOf(ctx: Ctx, row: CheckpointRow, known: Known): Promise<z.input<typeof checkpointView>> {
  const { id, name, kind, areaId, scopeNo, stage, opens, closes, openedAt, closedAt } = row;
  const atlas = await atlasOf(ctx);
  const [period] = periodsOf(of(known.alerts, id), openedAt, closedAt);
  const now = ctx.now.getTime();
  const isOpen = stage === 'open' && openIn(row, known.zone, now, now + 1).length > 0;
  const today = of(known.counted, id).find(({ day }) => day === known.today);
  const cleanedAt = known.cleaned.get(id) ?? null;
  return {
    ...{ id, name, kind, areaId, stage, opens, closes, isOpen },
    area: atlas.areaOf({ scopeNo, areaId })?.name ?? '',
    ...{ mode: period?.mode ?? 'normal', modeSince: period?.since ?? openedAt },
    onDuty: of(known.shifts, id)
      .filter((shift) => isOn(row, shift, ctx.now))
      .map(({ name, side, unit }) => ({ name, side, unit })),
    ...{ lastCleanedAt: cleanedAt, cleanBy: isOpen ? cleanBy(ctx, row, known, cleanedAt) : null },
    ...{ passedToday: today?.passed ?? 0, refusedToday: today?.refused ?? 0, waiting: known.waiting.get(id) ?? 0 },
  };
}

const ruleNow = (ctx: Ctx, id: Id, known: Known) => ruleAt(of(known.rules, id), of(known.alerts, id), ctx.now);

/** The time since the gate was opened and since its rule holds today; nobody is blamed for what was before. */
function openSoFar(ctx: Ctx, row: CheckpointRow, known: Known) {
  const midnight = instantOf(known.today, '00:00', known.zone);
  const [period] = periodsOf(of(known.alerts, row.id), row.openedAt, row.closedAt);
  const since = ruleNow(ctx, row.id, known)?.since ?? row.openedAt;
  const from = Math.max(midnight, period?.since.getTime() ?? 0, since.getTime());
  return openIn(row, known.zone, from, ctx.now.getTime() + 1);
}

function cleanBy(ctx: Ctx, row: CheckpointRow, known: Known, last: Date | null): Date | null {
  const every = ruleNow(ctx, row.id, known)?.rule.disinfectMin ?? null;
  const open = openSoFar(ctx, row, known).at(-1);
  if (every === null || !open) return null;
  return new Date(Math.max(open.from, last?.getTime() ?? 0) + every * 60_000);
}

export async function readCheckpoint(ctx: Ctx, id: Id): Promise<z.input<typeof checkpointDetail>> {
  const row = await requireCheckpoint(ctx, id);
  const known = await knownOf(ctx, [id]);
  const { rules, alerts } = known;
  const people = [
    row.personId,
    ...alerts.flatMap(({ begunBy, endedBy }) => [begunBy, endedBy ?? begunBy]),
    ...known.shifts.flatMap(({ takenBy }) => takenBy ?? []),
  ];
  const names = await namesOf(ctx, people);
  const stands = await isGatekeeper(ctx, row.scopeNo);
  const { lon, lat, openedAt, closedAt } = row;
  return {
    ...(await lineOf(ctx, row, known)),
    ...{ point: lon === null || lat === null ? null : { lon, lat }, openedAt, closedAt },
    rules: rules.map(({ mode, rule, since, until }) => ({ mode, rule, since, until })),
    periods: periodsOf(alerts, openedAt, closedAt).map(({ mode, since, until, begunBy }) => ({
      ...{ mode, since, until },
      by: names.get(whoSwitched(mode, begunBy) ?? row.personId) ?? '',
      reason: begunBy === null ? null : mode === 'emergency' ? begunBy.reason : begunBy.endReason,
    })),
    ...(await figuresOf(ctx, row, known)),
    shifts: known.shifts.map((shift) => shiftShown(ctx, row, shift, names, stands)),
    can: cansOf(ctx, row, known, stands),
  };
}

async function figuresOf(ctx: Ctx, row: CheckpointRow, known: Known) {
  const midnight = new Date(instantOf(known.today, '00:00', known.zone));
  const done = await cleaningsBetween(ctx, [row.id], midnight, new Date(ctx.now.getTime() + 1));
  const now = ctx.now.getTime();
  const open = row.stage === 'closed' ? [] : openIn(row, known.zone, now, now + WEEK * DAY_MS);
  const shifts = known.shifts.map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), to: endsAt.getTime() }));
  const every = ruleNow(ctx, row.id, known)?.rule.disinfectMin ?? null;
  return {
    gaps: gapsIn(open, shifts).map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })),
    days: known.counted.map(({ day, passed, refused }) => ({ day, passed, refused })),
    ...{ cleaningsDue: cleaningsDue(openSoFar(ctx, row, known), every), cleaningsDone: done.length },
  };
}

function shiftShown(
  ctx: Ctx,
  { stage }: CheckpointRow,
  shift: ShiftRow,
  names: ReadonlyMap<Id, string>,
  stands: boolean,
): z.input<typeof checkpointDetail>['shifts'][number] {
  const { id, name, side, unit, startsAt, endsAt, takenAt, takenBy, openWords } = shift;
  return {
    ...{ id, name, side, unit, from: startsAt, to: endsAt, takenAt, open: openWords },
    takenBy: takenBy === null ? null : (names.get(takenBy) ?? ''),
    isOn: isOn({ stage }, shift, ctx.now),
    mayTake: stage === 'open' && stands && mayTake(ctx, shift),
  };
}

const whoSwitched = (mode: 'normal' | 'emergency', alert: AlertRow | null): Id | null =>
  mode === 'emergency' ? (alert?.begunBy ?? null) : (alert?.endedBy ?? null);

const over = { zh: '这个卡口已经撤了', en: 'it was taken down' };
const theirs = { zh: '由负责这片的人办', en: 'done by whoever answers for the area' };
const notHere = { zh: '由在这里任职的人登记', en: 'for whoever works there' };
const already = { zh: '已经是战时', en: 'it is on emergency rules already' };
const goodsWait = { zh: '还有物资等着领，先交出去', en: 'goods wait: hand them out first' };
const quiet = { zh: '现在是平时', en: 'it is on normal rules' };

function cansOf(
  ctx: Ctx,
  { id, stage, scopeNo }: CheckpointRow,
  { alerts, waiting }: Known,
  stands: boolean,
): z.input<typeof checkpointDetail>['can'] {
  const own = stage === 'closed' ? over : isChief(ctx, scopeNo) ? null : theirs;
  const work = stage === 'closed' ? over : stands ? null : notHere;
  const isEmergency = alerts.some(({ until }) => until === null);
  const why = {
    ...{ change: own, close: own ?? ((waiting.get(id) ?? 0) > 0 ? goodsWait : null), roster: own, work },
    ...{ begin_emergency: own ?? (isEmergency ? already : null), end_emergency: own ?? (isEmergency ? null : quiet) },
  };
  const acts = ['change', 'close', 'begin_emergency', 'end_emergency', 'roster', 'work'] as const;
  return acts.map((act) => ({ act, allowed: why[act] === null, why: why[act] }));
}
