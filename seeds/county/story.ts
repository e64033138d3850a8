import { appeal, ask, check, checkHandled, close } from './closing.ts';
import { drawFate, type Fate } from './fates.ts';
import { handle } from './handling.ts';
import { afterWork, DAY, daylight, HOUR, MINUTE } from './hours.ts';
import { register, report, reportForm, reportHandled } from './intake.ts';
import { INSPECTOR } from './roster.ts';
import { type Act, type Matter, openPen, type Pen, type Story } from './script.ts';
import { fromReporter, merged, released, supervised } from './words/replies.ts';
import { sayReport } from './words/say.ts';

/** A matter from the first word to the last, in the order in which the county deals with it. */
export function tell(matter: Matter, settlesOnTheSpot: boolean, again: Matter | null): Story {
  const pen = openPen(matter);
  const fate = drawFate(matter, settlesOnTheSpot);
  const second = fate.onTheSpot ? tellHandled(pen, fate) : tellOrdinary(pen, fate, fate.twice ? again : null);
  const acts = [...pen.acts, ...aside(pen, fate), ...second].sort((a, b) => a.at - b.at);
  const records = again && second.length > 0 ? [matter.casefileId, again.casefileId] : [matter.casefileId];
  return { key: matter.key, records, acts };
}

function tellHandled(pen: Pen, fate: Fate): Act[] {
  reportHandled(pen);
  checkHandled(pen);
  close(pen, fate);
  ask(pen, fate, false, null);
  return [];
}

/** Returns what somebody else does who says the same, where it comes in time to be put together. */
function tellOrdinary(pen: Pen, fate: Fate, again: Matter | null): Act[] {
  report(pen);
  register(pen, fate);
  if (pen.acts.at(-1)?.name !== 'casefile.register') return [];
  handle(pen, fate);
  const second = again ? saidAgain(pen, again) : [];
  check(pen, fate);
  if (pen.acts.at(-1)?.name !== 'casefile.verify') return second;
  close(pen, fate);
  ask(pen, fate, true, again && second.length > 0 ? again.reportId : null);
  if (fate.appeal) appeal(pen);
  return second;
}

const firstAt = (pen: Pen, name: string): number | undefined =>
  pen.acts.find((act) => act.name === `casefile.${name}`)?.at;

/** Beside the main line: somebody above watches, or the reporter adds a word. */
function aside({ matter, acts, ...pen }: Pen, fate: Fate): Act[] {
  const { by, casefileId, reportId, staff, channel } = matter;
  const [from, done] = [
    firstAt({ ...pen, matter, acts }, 'acknowledge'),
    firstAt({ ...pen, matter, acts }, 'feed_back'),
  ];
  if (from === undefined || done === undefined || done - from < 4 * HOUR) return [];
  const on = { by: 'id', id: casefileId } as const;
  const found: Act[] = [];
  if (fate.supervised) {
    const who = by.happens(0.5) ? INSPECTOR : staff.leader;
    const at = daylight(from + (done - from) * (0.3 + 0.4 * by.next()), 25);
    if (at < done) {
      found.push({ at, who, name: 'casefile.supervise', on, body: { words: by.pick(supervised) } });
      found.push({
        at: afterWork(done, by.between(60, 400)),
        who,
        name: 'casefile.release',
        on,
        body: { words: by.pick(released) },
      });
    }
  }
  if (channel !== 'field' && by.happens(0.07)) {
    const at = daylight(from + (done - from) * by.next(), 35);
    found.push({
      at,
      who: null,
      name: 'track.reply',
      on: { by: 'code', reportId },
      body: { words: by.pick(fromReporter) },
    });
  }
  return found;
}

/** Somebody else says the same; the registrar sees it and puts the two together. */
function saidAgain(pen: Pen, other: Matter): Act[] {
  const done = firstAt(pen, 'feed_back');
  const { by, staff, casefileId, type, condition, place } = pen.matter;
  const at = daylight(pen.matter.at + by.between(8, 300) * MINUTE, by.between(0, 40));
  const mergedAt = afterWork(at, by.between(6, 45)) + 7_000;
  if (done === undefined || mergedAt > Math.min(done, at + 3 * DAY) - MINUTE) return [];
  const body = {
    ...reportForm(other, sayReport(other.by, 'residents', type, condition, place.words)),
    typeCode: type.code,
  };
  const into = { intoId: casefileId, words: merged };
  return [
    { at, who: null, name: 'report.send', on: { by: 'nothing' }, body },
    { at: mergedAt, who: staff.registrar, name: 'casefile.merge', on: { by: 'id', id: other.casefileId }, body: into },
  ];
}
