import type { Fate } from './fates.ts';
import { areaId } from './founding.ts';
import { afterWork, HOUR, MINUTE } from './hours.ts';
import { TOP } from './roster.ts';
import type { Act, Matter, Pen } from './script.ts';
import { checkAnswers, checkOrders, contested, corrected, declined, didOnTheSpot } from './words/replies.ts';
import { sayReport } from './words/say.ts';

/** From the first word to a registered case, or to a refusal. Each tells when it is done. */
const sortOf = ({ channel }: Matter): 'workers' | 'residents' => (channel === 'field' ? 'workers' : 'residents');

/** Who writes it down: the finder, the resident alone, the hotline of the county, or whoever was told. */
function writerOf({ channel, staff, by }: Matter): string | null {
  if (channel === 'portal' || channel === 'qr') return null;
  if (channel === 'hotline') return TOP.registrar;
  if (channel === 'letter') return staff.registrar;
  return channel === 'field' || staff.head === null || by.happens(0.4) ? staff.worker : staff.head;
}

const isVague = ({ key, channel }: Matter): boolean => channel === 'hotline' && key.endsWith('7');

/** A caller often knows no more than the community; the registrar finds the place. */
function placeOf(matter: Matter): object {
  const { place, grid, by, channel } = matter;
  if (isVague(matter)) return { areaId: areaId(grid.community.key), words: place.words };
  const { lon, lat, words } = place;
  return { lon, lat, words, ...(channel === 'field' && { accuracyM: by.between(4, 18) }) };
}

export function reportForm(matter: Matter, words: string): Record<string, unknown> {
  const { by, casefileId, reportId, channel, type, urgent, contact } = matter;
  const isTold = channel !== 'field';
  const knowsType = !isTold || by.happens(channel === 'hotline' ? 0.8 : 0.5) || type.confidential === true;
  return {
    casefileId,
    reportId,
    words,
    place: placeOf(matter),
    channel,
    ...(contact && { contact }),
    ...(knowsType && { typeCode: type.code }),
    ...(urgent && { urgent }),
    ...(type.confidential && { confidential: true }),
  };
}

export function report(pen: Pen): number {
  const { matter } = pen;
  const { by, type, condition, place, at } = matter;
  const who = writerOf(matter);
  const body = reportForm(matter, sayReport(by, sortOf(matter), type, condition, place.words));
  const name = who === null ? 'report.send' : 'casefile.report';
  const done = pen.act({ at, who, name, on: { by: 'nothing' }, body });
  if (matter.channel === 'field' && by.happens(0.1)) pen.act(photo(pen, done + 20_000, who ?? '', 'report'));
  return pen.now();
}

/** Never the same picture twice at one step of a case: it would be known already and count for nothing. */
export const photo = ({ matter, acts }: Pen, at: number, who: string, stage: string): Act => ({
  at,
  who,
  name: 'photo.add',
  on: { by: 'id', id: matter.casefileId },
  body: { stage },
  picture: ((matter.at / MINUTE + acts.filter(({ name }) => name === 'photo.add').length) % 6) | 0,
});

/** Found and settled in one go; the community looks at it afterwards. */
export function reportHandled(pen: Pen): number {
  const { matter } = pen;
  const { by, type, condition, place, at, staff } = matter;
  const { typeCode: _known, ...form } = reportForm(matter, sayReport(by, 'workers', type, condition, place.words));
  const body = { ...form, conditionCode: condition.code, did: by.pick(didOnTheSpot) };
  return pen.act({ at, who: staff.worker, name: 'casefile.report_handled', on: { by: 'nothing' }, body });
}

/** How long a desk takes: mostly minutes of its working time, sometimes up to its limit, now and then beyond. */
export function deskPause({ by, urgent }: Matter, from: number, limitMinutes: number, hurry = urgent): number {
  if (hurry) return from + (by.happens(0.9) ? by.between(1, 4) : by.between(5, 12)) * MINUTE;
  if (by.happens(0.045)) return afterWork(from, limitMinutes * (1.1 + by.next() * 1.4));
  return afterWork(from, limitMinutes * (0.06 + 0.66 * by.next() ** 1.4));
}

export function register(pen: Pen, fate: Fate): number {
  const { matter } = pen;
  const { by, condition, type, staff, urgent } = matter;
  let at = deskPause(matter, matter.at, 60, urgent || type.urgent === true);
  if (isVague(matter))
    at = pen.step(at, staff.registrar, 'relocate', { place: exact(matter), words: corrected }) + 30_000;
  if (fate.precheck) at = check(pen, at, fate.declined);
  if (fate.declined) return decline(pen, at, fate);
  return pen.step(at, staff.registrar, 'register', {
    conditionCode: condition.code,
    ...(urgent && { urgent }),
    ...(by.happens(0.15) && { words: '情况清楚，予以立案' }),
  });
}

const exact = ({ place: { lon, lat, words } }: Matter): object => ({ lon, lat, words });

function check({ matter, step }: Pen, at: number, notFound: boolean): number {
  const { by, staff } = matter;
  step(at, staff.registrar, 'order_check', by.happens(0.7) ? { words: by.pick(checkOrders) } : {});
  const found = notFound ? 'not_found' : by.happens(0.85) ? 'as_reported' : 'different';
  const answered = afterWork(at, by.happens(0.93) ? by.between(25, 200) : by.between(250, 420));
  const done = step(answered, staff.worker, 'answer_check', { found, words: by.pick(checkAnswers[found]) });
  return afterWork(done, by.between(4, 40));
}

function decline(pen: Pen, at: number, fate: Fate): number {
  const { matter } = pen;
  const { by, staff } = matter;
  const outcome = fate.precheck
    ? 'not_found'
    : by.weigh(['out_of_scope', 'unclear', 'already_settled'] as const, (one) => (one === 'unclear' ? 3 : 2));
  const done = pen.step(at, staff.registrar, 'decline', { outcome, publicText: by.pick(declined[outcome]) });
  if (!fate.contested) return done;
  // Whoever disagrees is heard by the registrar of the county, not by the desk that declined.
  const words = by.pick(contested);
  pen.act({
    at: done + by.between(2, 40) * HOUR,
    who: null,
    name: 'track.contest',
    on: { by: 'code', reportId: matter.reportId },
    body: { words },
  });
  return pen.step(afterWork(pen.now(), by.between(10, 50)), TOP.registrar, 'register', {
    conditionCode: matter.condition.code,
  });
}
