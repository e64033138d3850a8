import { scaleOf } from '../../src/domains/work/obligations/clock.model.ts';
import type { Matter } from './script.ts';

/** What will become of a matter: drawn once, in the shares of a real city, as far as it is possible for this one. */
export interface Fate {
  readonly onTheSpot: boolean;
  readonly precheck: boolean;
  readonly declined: boolean;
  readonly contested: boolean;
  readonly returned: boolean;
  readonly joint: boolean;
  readonly extension: boolean;
  readonly suspension: boolean;
  readonly late: boolean;
  readonly appeal: boolean;
  readonly rework: boolean;
  readonly objected: boolean;
  readonly twice: boolean;
  readonly supervised: boolean;
  readonly answers: boolean;
}

const days = (matter: Matter): boolean =>
  scaleOf(matter.condition.limit) === 'working'
    ? matter.condition.limit.unit === 'working_days'
    : matter.condition.limit.unit === 'natural_days';

export function drawFate(matter: Matter, settlesOnTheSpot: boolean): Fate {
  const { by, type, urgent, channel, staff } = matter;
  const open = type.confidential !== true;
  const found = channel === 'field';
  const hasDays = days(matter);
  // Drawn in any case and in one order, so that one rule can change without changing all that follows.
  const draw = (share: number): boolean => by.happens(share);
  const precheck = draw(found ? 0.02 : 0.2);
  const declined = draw(found ? 0.012 : precheck ? 0.14 : 0.05);
  const late = draw(0.085);
  const [extension, suspension, joint] = [draw(0.062), draw(0.024), draw(0.022)];
  const [returned, rework, objected, twice] = [draw(0.066), draw(0.056), draw(0.072), draw(0.042)];
  const [contested, supervised, appeal, answers] = [draw(0.3), draw(late ? 0.12 : 0.012), draw(0.35), draw(0.68)];
  const settled = draw(0.8);
  const onTheSpot = found && settlesOnTheSpot && staff.head !== null && !urgent && settled;
  return {
    onTheSpot,
    precheck: precheck && open && !urgent,
    declined: declined && open && !urgent && !onTheSpot,
    contested: contested && !found,
    returned: returned && open && !urgent,
    joint: joint && open && !urgent && hasDays,
    extension: extension && hasDays && !late,
    suspension: suspension && hasDays && !late && !extension && open,
    late,
    appeal: appeal && late,
    rework: rework && open,
    objected: objected && !found,
    twice: twice && open && !onTheSpot,
    supervised: supervised && open,
    answers,
  };
}
