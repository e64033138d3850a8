import { Temporal } from 'temporal-polyfill';
import type { Words } from '../../../kernel/words.ts';
import { type CalendarSpec, patternOn, type Slots, slotsSchema } from './calendar.model.ts';
import type { CalendarChange } from './change.model.ts';

/**
 * Days as an office writes them down, one line each: `2027-02-05 至 2027-02-11 休 春节`, `2027-02-20 班 调休`,
 * `2027-06-01 08:30-12:00 汛期`, `2027-06-01 照常`. What cannot be read is told with its line.
 */
export interface LineFault {
  readonly line: number;
  readonly says: Words;
}

const MOST_DAYS = 400;
const words = { off: /^(休|off)$/i, work: /^(班|work)$/i, usual: /^(照常|usual)$/i };

export function daysIn(text: string, spec: CalendarSpec): { days: CalendarChange['days']; faults: LineFault[] } {
  const days: CalendarChange['days'][number][] = [];
  const faults: LineFault[] = [];
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '') continue;
    const read = readLine(raw.trim(), spec);
    if ('says' in read) faults.push({ line: i + 1, says: read.says });
    else days.push(...read.days);
  }
  if (days.length > MOST_DAYS) faults.push({ line: text.split(/\r?\n/).length, says: tooMany });
  return { days: days.slice(0, MOST_DAYS), faults };
}

const tooMany: Words = { zh: `一次最多改 ${MOST_DAYS} 天`, en: `at most ${MOST_DAYS} days at once` };

type Read = { readonly days: CalendarChange['days'] } | { readonly says: Words };

function readLine(line: string, spec: CalendarSpec): Read {
  const [, first = '', last, what = '', why = ''] =
    /^(\S+?)(?:\s*(?:至|到|~|\.\.|\bto\b)\s*(\d\S*))?\s+(休|班|照常|off|work|usual|[\d:,，、–-]+)(?:\s+(.*))?$/i.exec(
      line,
    ) ?? [];
  const [from, to] = [dateOf(first), dateOf(last ?? first)];
  if (from === null || to === null || what === '')
    return {
      says: {
        zh: `“${line.slice(0, 40)}”读不懂，请写成“2027-02-05 休 春节”“2027-02-20 班 调休”这样`,
        en: `“${line.slice(0, 40)}” cannot be read; write “2027-02-05 off Spring Festival” or “2027-02-20 work make-up day”`,
      },
    };
  const length = from.until(to).days;
  if (length < 0 || length >= MOST_DAYS)
    return {
      says: { zh: '结束的日子要晚于开始，最多 400 天', en: 'the last day is after the first, 400 days at most' },
    };
  const given = words.off.test(what) ? [] : slotsIn(what);
  if (given === null && !words.work.test(what) && !words.usual.test(what))
    return {
      says: {
        zh: `“${what}”不是时间，请写成 08:30-12:00,14:00-17:30`,
        en: `“${what}” is no time; write 08:30-12:00,14:00-17:30`,
      },
    };
  const days = Array.from({ length: length + 1 }, (_, i) => {
    const on = from.add({ days: i }).toString();
    const slots = words.usual.test(what) ? null : words.work.test(what) ? patternOn(spec, on).slots : (given ?? []);
    return { on, slots, why: why.slice(0, 100) };
  });
  return { days };
}

function dateOf(text: string): Temporal.PlainDate | null {
  const [, year, month, day] = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text) ?? [];
  try {
    return year === undefined
      ? null
      : Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** `08:30-12:00,14:00-17:30`; null: these are no hours. */
export function slotsIn(text: string): Slots | null {
  const parts = text.split(/[,，、;；\s]+/).filter((part) => part !== '');
  const pairs = parts.map((part) => part.split(/[-–—~至]/).map(clockTime));
  const read = slotsSchema.min(1).safeParse(pairs);
  return read.success ? read.data : null;
}

const clockTime = (text: string): string =>
  text
    .trim()
    .replace('：', ':')
    .replace(/^(\d):/, '0$1:');
