import type { Limit } from '../../src/domains/work/calendars/index.ts';
import { limitMs, scaleOf } from '../../src/domains/work/obligations/clock.model.ts';
import type { Fate } from './fates.ts';
import { id } from './founding.ts';
import { afterWork, DAY, daylight, HOUR, MINUTE } from './hours.ts';
import { deskPause, photo } from './intake.ts';
import { type BodyStaff, bodyOfKind } from './roster.ts';
import type { Matter, Pen } from './script.ts';
import {
  called,
  contactReasons,
  dispatched,
  documents,
  extensionReasons,
  extensionRefused,
  feedbacks,
  measures,
  mediated,
  notOurs,
  suspensionReasons,
  toReporter,
  visited,
} from './words/replies.ts';
import { fillIn } from './words/say.ts';

/** From dispatch to the word that it is done: 派遣、签收、处置、反馈, with the detours that cases take. */
export function handle(pen: Pen, fate: Fate): number {
  const { matter } = pen;
  const { staff, by, body } = matter;
  let at = deskPause(matter, pen.now(), 60);
  if (fate.joint) at = callTogether(pen, at);
  if (fate.returned) at = wrongBody(pen, at);
  at = dispatchTo(pen, at, body, by.happens(0.4) ? by.pick(dispatched) : undefined);
  if (fate.joint) pen.step(at + 4 * MINUTE, staff.dispatcher, 'stand_down', { words: '已明确责任单位' });
  if (matter.type.confidential) admitCircle(pen, at + MINUTE);
  return work(pen, at, fate, true);
}

export const dispatchTo = (pen: Pen, at: number, body: BodyStaff, words?: string): number =>
  pen.step(at, pen.matter.staff.dispatcher, 'dispatch', { bodyId: id('body', body.key), ...(words && { words }) });

/** The first dispatch goes to a body that it is not for, which says so. */
function wrongBody(pen: Pen, at: number): number {
  const { by, grid, type, body } = pen.matter;
  const wrong = (type.alsoNeeds ?? ['municipal-works', 'sanitation', 'property-company'])
    .map((kind) => bodyOfKind(grid, kind, type))
    .find((one) => one.key !== body.key);
  if (!wrong) return at;
  const sent = dispatchTo(pen, at, wrong);
  if (by.happens(0.5)) pen.step(bodyTime(wrong, sent, by.between(5, 40)), wrong.desk, 'acknowledge');
  const back = bodyTime(wrong, pen.now(), by.between(12, 110));
  pen.step(back, wrong.desk, 'send_back', { reason: 'not_ours', words: by.pick(notOurs) });
  return deskPause(pen.matter, pen.now(), 60);
}

const bodyTime = (body: BodyStaff, from: number, minutes: number): number =>
  daylight(body.time.add(new Date(from), minutes * MINUTE).at.getTime(), minutes % 50);

/** Whistle and report in: several are called, one is found to be responsible. */
function callTogether(pen: Pen, at: number): number {
  const { by, grid, type, body, staff } = pen.matter;
  const kinds = by.shuffle(type.alsoNeeds ?? (['township', 'urban-enforcement', 'police'] as const)).slice(0, 3);
  const others = [...new Map(kinds.map((kind) => bodyOfKind(grid, kind, type)).map((one) => [one.key, one])).values()];
  const all = [body, ...others.filter((one) => one.key !== body.key)];
  const bodyIds = all.map(({ key }) => id('body', key));
  pen.step(at, staff.dispatcher, 'summon', { bodyIds, words: by.pick(called) });
  for (const one of all)
    pen.step(bodyTime(one, at, by.between(15, 150)), one.desk, 'report_in', by.happens(0.3) ? { words: '已到场' } : {});
  const words = fillIn(by.pick(visited), { body: body.name });
  const visit = { bodyIds, leadBodyId: id('body', body.key), words };
  return (
    pen.step(afterWork(pen.now(), by.between(15, 80)), staff.head ?? staff.dispatcher, 'visit', visit) + 10 * MINUTE
  );
}

/** A dispute is known to the mediator and, where they work in the system, to the secretary; to nobody else. */
function admitCircle({ matter, step }: Pen, at: number): void {
  const { staff } = matter;
  const received = step(bodyTime(matter.body, at, matter.by.between(4, 60)), matter.body.desk, 'acknowledge');
  step(received + 2 * MINUTE, matter.body.desk, 'admit', { granteeId: id('person', staff.mediator) });
  if (staff.head) step(received + 3 * MINUTE, matter.body.desk, 'admit', { granteeId: id('person', staff.head) });
}

interface Time {
  readonly limit: Limit;
  readonly from: number;
  readonly body: BodyStaff;
}

/** The instant at which such a share of the limit is used, by the clock of the body. */
function shareOf({ limit, from, body }: Time, share: number): number {
  const ms = limitMs(limit, new Date(from), body.time) * share;
  return scaleOf(limit) === 'working' ? body.time.add(new Date(from), ms).at.getTime() : from + ms;
}

/** One round in the hands of the body: receive, give to somebody, do, say that it is done. */
export function work(pen: Pen, from: number, fate: Fate, isFirst: boolean): number {
  const { matter } = pen;
  const { by, body, urgent, condition } = matter;
  const time: Time = { limit: condition.limit, from, body };
  const received = urgent
    ? from + by.between(2, 9) * MINUTE
    : bodyTime(body, from, by.happens(0.94) ? by.between(4, 85) : by.between(130, 300));
  if (!(isFirst && matter.type.confidential)) pen.step(received, body.desk, 'acknowledge');
  if (body.hand !== body.desk)
    pen.step(pen.now() + by.between(2, 25) * MINUTE, body.desk, 'assign', { personId: id('person', body.hand) });
  if (isFirst) meanwhile(pen, time);
  if (isFirst && fate.suspension) return doneAt(pen, rest(pen, time));
  if (isFirst && fate.extension) return doneAt(pen, longer(pen, time));
  return doneAt(pen, shareOf(time, handlingShare(matter, fate.late && isFirst)));
}

function handlingShare({ by }: Matter, late: boolean): number {
  if (late) return 1.06 + by.next() * 0.9;
  return by.happens(0.82) ? 0.14 + by.next() * 0.58 : 0.72 + by.next() * 0.22;
}

function doneAt(pen: Pen, wished: number): number {
  const { matter } = pen;
  const { by, body, condition, type, urgent } = matter;
  const least = pen.now() + by.between(5, 20) * MINUTE;
  const hasDays = condition.limit.unit === 'working_days' || condition.limit.unit === 'natural_days';
  const at = Math.max(least, hasDays && !urgent ? daylight(wished, by.between(0, 45)) : wished);
  if (condition.evidence === 'photos') pen.act(photo(pen, at - MINUTE, body.hand, 'after'));
  const words = type.confidential ? mediated : condition.evidence === 'document' ? documents : feedbacks;
  return pen.step(at, body.hand, 'feed_back', { words: fillIn(by.pick(words), { done: condition.done.zh }) });
}

/** What happens while the clock runs: a barrier, a call, a word to the reporter. */
function meanwhile(pen: Pen, time: Time): void {
  const { matter } = pen;
  const { by, staff, body, type, channel, contact } = matter;
  const early = (): number => daylight(Math.max(pen.now() + 3 * MINUTE, shareOf(time, 0.03 + by.next() * 0.09)), 20);
  if (type.confidential) {
    pen.step(early() + 2 * HOUR, staff.mediator, 'measure', { words: by.pick(measures.mediator) });
    return;
  }
  if (by.happens(0.1)) pen.step(early(), staff.worker, 'measure', { words: by.pick(measures.grid) });
  if (by.happens(0.08)) pen.step(early(), body.desk, 'measure', { words: by.pick(measures.body) });
  if (channel === 'field') return;
  if (contact && by.happens(0.06)) pen.step(early(), body.desk, 'read_contact', { reason: by.pick(contactReasons) });
  if (by.happens(0.06)) pen.step(early(), body.desk, 'say', { words: by.pick(toReporter) });
}

/** More time, asked for while there is some left; one in six is told to hurry instead. */
function longer(pen: Pen, time: Time): number {
  const { by, body, casefileId, staff } = pen.matter;
  const wished = Math.max(pen.now() + 5 * MINUTE, shareOf(time, 0.4 + by.next() * 0.4));
  const byDay = daylight(wished, by.between(0, 40));
  const words = by.pick(extensionReasons);
  pen.act({
    at: byDay < shareOf(time, 0.95) ? byDay : wished,
    who: body.desk,
    name: 'adjustment.ask_extension',
    on: { by: 'duty', casefileId, duty: 'casefile.handle' },
    body: { words },
  });
  const isGranted = by.happens(0.84);
  decideWish(
    pen,
    staff.dispatcher,
    isGranted ? 'grant' : 'refuse',
    isGranted ? {} : { words: by.pick(extensionRefused) },
  );
  return shareOf(time, isGranted ? 1.05 + by.next() * 0.75 : 0.93 + by.next() * 0.25);
}

export function decideWish(
  pen: Pen,
  who: string,
  verdict: 'grant' | 'refuse' | 'second',
  body: Record<string, unknown>,
): number {
  const { by, casefileId } = pen.matter;
  const at = afterWork(pen.now(), by.happens(0.9) ? by.between(15, 200) : by.between(250, 400));
  return pen.act({ at, who, name: `adjustment.${verdict}`, on: { by: 'wish', casefileId }, body });
}

/** Put aside for a season or a project; the clock wakes by itself on the day. */
function rest(pen: Pen, time: Time): number {
  const { by, body, casefileId, staff } = pen.matter;
  const asked = Math.max(pen.now() + 20 * MINUTE, shareOf(time, 0.15 + by.next() * 0.2));
  const until = Math.floor(asked / DAY) * DAY + by.between(9, 38) * DAY + HOUR;
  const form = { words: by.pick(suspensionReasons), until: new Date(until).toISOString() };
  pen.act({
    at: daylight(asked, 15),
    who: body.desk,
    name: 'adjustment.ask_suspension',
    on: { by: 'duty', casefileId, duty: 'casefile.handle' },
    body: form,
  });
  const granted = decideWish(pen, staff.dispatcher, 'grant', {});
  return Math.max(granted, until) + (shareOf(time, 0.62) - time.from) * (0.4 + by.next() * 0.5);
}
