import type { Id } from '../../src/kernel/id.ts';
import type { Fate } from './fates.ts';
import { decideWish, dispatchTo, work } from './handling.ts';
import { afterWork, DAY, daylight, HOUR, MINUTE } from './hours.ts';
import { deskPause } from './intake.ts';
import type { Matter, Pen } from './script.ts';
import {
  appealReasons,
  blame,
  byPhone,
  explained,
  notDone,
  objections,
  praise,
  publicTexts,
  relieved,
  settledOnTheSpot,
  soSo,
  verified,
} from './words/replies.ts';
import { fillIn } from './words/say.ts';

/** Check, close, ask, and again if it is not solved (核查、结案、评价). */
export function check(pen: Pen, fate: Fate): number {
  const { matter } = pen;
  const { by, staff, urgent, type } = matter;
  // Of a dispute only the secretary may look; where none works in the system, it waits for one.
  const checker = type.confidential ? staff.head : staff.worker;
  if (checker === null) return pen.now();
  const look = (): number =>
    urgent ? pen.now() + by.between(8, 45) * MINUTE : afterWork(pen.now(), checkPause(matter));
  if (fate.rework) {
    const again = pen.step(look(), checker, 'rework', { words: by.pick(notDone) });
    work(pen, again, fate, false);
  }
  return pen.step(look(), checker, 'verify', by.happens(0.6) ? { words: by.pick(verified) } : {});
}

/** Workers check on their rounds: the same half-day or the next; some wait too long. */
const checkPause = ({ by }: Matter): number => (by.happens(0.94) ? by.between(25, 430) : by.between(490, 900));

export function checkHandled(pen: Pen): number {
  const { by, staff } = pen.matter;
  const at = afterWork(pen.now(), by.happens(0.93) ? by.between(30, 420) : by.between(500, 800));
  return pen.step(at, staff.head ?? '', 'verify', by.happens(0.5) ? { words: by.pick(verified) } : {});
}

export function close(pen: Pen, fate: Fate): number {
  const { matter } = pen;
  const { by, staff, body, type } = matter;
  const outcome = fate.onTheSpot
    ? 'self_handled'
    : by.weigh(['resolved', 'relieved', 'explained'] as const, (one) => (one === 'resolved' ? 88 : 6));
  const texts = { resolved: by.pick(publicTexts), relieved, explained, self_handled: settledOnTheSpot } as const;
  const publicText = fillIn(texts[outcome], { body: body.name, type: type.name.zh });
  return pen.step(deskPause(matter, pen.now(), 240), staff.registrar, 'close', { outcome, publicText });
}

/**
 * Whoever raised it is asked, a resident before one of ours: `second` is the report of a resident who said the same.
 * Three in ten do not answer, and the question lapses.
 */
export function ask(pen: Pen, fate: Fate, mayObject: boolean, second: Id | null): number {
  const { matter } = pen;
  const asked = matter.channel === 'field' ? second : matter.reportId;
  if (asked === null) return askCommunity(pen);
  if (fate.objected && mayObject) return object(pen, fate, asked);
  if (fate.answers) askResident(pen, asked);
  return pen.now();
}

function answerOf({ by }: Matter): { answer: string; words?: string } {
  const answer = by.weigh(
    ['satisfied', 'mostly_satisfied', 'unsatisfied'] as const,
    (one) => ({ satisfied: 77, mostly_satisfied: 16, unsatisfied: 7 })[one],
  );
  const words = { satisfied: praise, mostly_satisfied: soSo, unsatisfied: blame }[answer];
  return { answer, ...(by.happens(0.45) && { words: by.pick(words) }) };
}

/** Five days by the calendar: over a long holiday the desks come back too late, and the question has lapsed. */
const ASKED_FOR = 4.9 * DAY;

/** By the code on their own phone, or asked by the registrar who calls back. */
function askResident(pen: Pen, reportId: Id): number {
  const { matter } = pen;
  const { by, channel, staff, type } = matter;
  const at = daylight(pen.now() + 20 * MINUTE + 3.6 * DAY * by.next() ** 2.2, by.between(0, 40));
  if (channel === 'hotline' && !type.confidential && by.happens(0.5)) {
    const words = by.pick(byPhone);
    const called = afterWork(at, by.between(1, 60));
    return called > pen.now() + ASKED_FOR
      ? pen.now()
      : pen.step(called, staff.registrar, 'answer', { answer: 'satisfied', words });
  }
  return pen.act({ at, who: null, name: 'track.answer', on: { by: 'code', reportId }, body: answerOf(matter) });
}

/** What a worker found is confirmed by the secretary; where none works in the system, the question lapses. */
function askCommunity(pen: Pen): number {
  const { by, staff } = pen.matter;
  if (staff.head === null || !by.happens(0.86)) return pen.now();
  const at = afterWork(pen.now(), by.between(20, 900));
  if (at > pen.now() + ASKED_FOR) return pen.now();
  const answer = by.happens(0.9) ? 'satisfied' : 'mostly_satisfied';
  return pen.step(at, staff.head, 'answer', { answer });
}

/** “It is not solved”: a second round from the dispatcher's desk on, at the end of which they are asked again. */
function object(pen: Pen, fate: Fate, reportId: Id): number {
  const { matter } = pen;
  const { by, body } = matter;
  const at = daylight(pen.now() + HOUR + 3 * DAY * by.next(), 30);
  const said = pen.act({
    at,
    who: null,
    name: 'track.object',
    on: { by: 'code', reportId },
    body: { words: by.pick(objections) },
  });
  const sent = dispatchTo(pen, deskPause(matter, said, 60), body, '群众反映没有解决，请到现场返工');
  const again = { ...fate, late: false, rework: false, answers: true };
  work(pen, sent, again, false);
  if (matter.type.confidential && matter.staff.head === null) return pen.now();
  check(pen, again);
  close(pen, again);
  return ask(pen, again, false, reportId);
}

/** A body that was late may say why: looked at by the dispatcher, decided by the leader. */
export function appeal(pen: Pen): number {
  const { by, body, casefileId, staff } = pen.matter;
  const words = by.pick(appealReasons);
  const at = afterWork(pen.now(), by.between(30, 500));
  pen.act({
    at,
    who: body.desk,
    name: 'adjustment.ask_appeal',
    on: { by: 'duty', casefileId, duty: 'casefile.handle' },
    body: { words },
  });
  if (by.happens(0.25)) return decideWish(pen, staff.dispatcher, 'refuse', { words: '现场情况不足以免责' });
  decideWish(pen, staff.dispatcher, 'second', { words: '情况属实' });
  return decideWish(pen, staff.leader, by.happens(0.7) ? 'grant' : 'refuse', { words: '已核对现场照片和记录' });
}
