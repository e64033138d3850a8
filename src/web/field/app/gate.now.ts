import type { GateRule } from '../../../domains/work/checkpoints/checkpoint.model.ts';
import { ruleAt } from '../../../domains/work/checkpoints/force.model.ts';
import { isTimeToTake } from '../../../domains/work/checkpoints/hours.model.ts';
import type { Mode } from '../../../domains/work/checkpoints/kind.model.ts';
import { mayTakeBack } from '../../../domains/work/checkpoints/passage.model.ts';
import type { GateBody, PassageLine } from '../engine/checkpoint.ts';

/** How a gate stands at a moment, worked out on the phone by the rules of the server. */
export type GateShift = GateBody['shifts'][number];
export interface GateNow {
  /** None: the phone does not know which rule held then. */
  readonly rule: { readonly mode: Mode; readonly rule: GateRule } | null;
  readonly onDuty: readonly GateShift[];
  /** What the holder of the phone can take up at this moment. */
  readonly toTake: readonly GateShift[];
  /** A shift of theirs, or of somebody they may sign for, within a day. */
  readonly isMine: boolean;
  /** When it should be disinfected next; null: not at all, or nobody is there. */
  readonly cleanBy: Date | null;
  readonly passed: number;
  readonly refused: number;
}

interface Told {
  readonly since: string;
  readonly until: string | null;
}
const dated = <T extends Told>(one: T) => ({
  ...one,
  since: new Date(one.since),
  until: one.until === null ? null : new Date(one.until),
});

export const gateRuleAt = ({ rules, alerts }: Pick<GateBody, 'rules' | 'alerts'>, at: Date) =>
  ruleAt(rules.map(dated), alerts.map(dated), at) ?? null;

const DAY_MS = 86_400_000;

export function gateNow(gate: GateBody, now: Date): GateNow {
  const at = now.getTime();
  const rule = gateRuleAt(gate, now);
  const onDuty = gate.shifts.filter(
    ({ takenAt, to }) => takenAt !== null && Date.parse(takenAt) <= at && at < Date.parse(to),
  );
  const toTake = gate.shifts.filter(
    ({ whose, takenAt, from, to }) =>
      whose !== 'theirs' && takenAt === null && isTimeToTake({ startsAt: new Date(from), endsAt: new Date(to) }, now),
  );
  const isMine = gate.shifts.some(
    ({ whose, from, to }) => whose !== 'theirs' && Date.parse(from) < at + DAY_MS && at < Date.parse(to),
  );
  return { rule, onDuty, toTake, isMine, cleanBy: cleanBy(gate, rule?.rule ?? null, onDuty), ...figures(gate, now) };
}

function cleanBy({ cleanedAt }: GateBody, rule: GateRule | null, onDuty: readonly GateShift[]): Date | null {
  const every = rule?.disinfectMin ?? null;
  const since = [cleanedAt, ...onDuty.map(({ takenAt }) => takenAt)].flatMap((time) => (time ? Date.parse(time) : []));
  if (every === null || onDuty.length === 0) return null;
  return new Date(Math.max(...since) + every * 60_000);
}

/** What the server counted on the day; when that is over, what this phone knows of since. */
function figures(
  { dayFrom, dayTo, passed, refused, lately }: GateBody,
  now: Date,
): Pick<GateNow, 'passed' | 'refused'> {
  if (now < new Date(dayTo)) return { passed, refused };
  const days = Math.floor((now.getTime() - Date.parse(dayFrom)) / DAY_MS);
  const midnight = new Date(Date.parse(dayFrom) + days * DAY_MS).toISOString();
  const counted = lately.filter(({ at, takenBack }) => takenBack === null && at >= midnight);
  const sum = (isPassed: boolean): number =>
    counted.reduce((all, one) => (one.passed === isPassed ? all + one.count : all), 0);
  return { passed: sum(true), refused: sum(false) };
}

export const canTakeBack = ({ takenBack, by, isChief, shiftEndsAt }: PassageLine, now: Date): boolean =>
  takenBack === null && mayTakeBack({ isOwn: by === null, isChief, shiftEndsAt: new Date(shiftEndsAt) }, now);
