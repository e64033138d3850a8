import { Temporal } from 'temporal-polyfill';

/**
 * Dates as other systems write them: `MM/DD/YYYY hh:mm:ss A`, `YYYY年M月D日 H:mm`. Every letter group stands for a number
 * of that place, all else for itself. What does not fit is not read at all; nothing is guessed.
 */
const groups: Readonly<Record<string, { readonly name: string; readonly digits: string }>> = {
  YYYY: { name: 'year', digits: '\\d{4}' },
  MM: { name: 'month', digits: '\\d{2}' },
  M: { name: 'month', digits: '\\d{1,2}' },
  DD: { name: 'day', digits: '\\d{2}' },
  D: { name: 'day', digits: '\\d{1,2}' },
  HH: { name: 'hour', digits: '\\d{2}' },
  H: { name: 'hour', digits: '\\d{1,2}' },
  hh: { name: 'hour', digits: '\\d{2}' },
  h: { name: 'hour', digits: '\\d{1,2}' },
  mm: { name: 'minute', digits: '\\d{2}' },
  m: { name: 'minute', digits: '\\d{1,2}' },
  ss: { name: 'second', digits: '\\d{2}' },
  A: { name: 'half', digits: '[AaPp][Mm]' },
};
const GROUP = /YYYY|MM?|DD?|HH?|hh?|mm?|ss|A/g;

/** A format is usable when it names year, month and day once, and half-days together with an hour. */
export function isDateFormat(format: string): boolean {
  const names = (format.match(GROUP) ?? []).map((group) => groups[group]?.name ?? '');
  const isOnce = new Set(names).size === names.length;
  const hasHalf = names.includes('half');
  const needsHalf = /h/.test(format);
  return isOnce && ['year', 'month', 'day'].every((name) => names.includes(name)) && hasHalf === needsHalf;
}

/** An instant, and the day it was where it was written. */
export interface When {
  readonly at: Date;
  readonly day: string;
}

/** Null: this text is no date and time, such as 02/30. */
export type ReadWhen = (text: string) => When | null;

/** Reads the first of the formats that fits, as a time of the zone. */
export function whenIn(zone: string, formats: readonly string[]): ReadWhen {
  const patterns = formats.map(patternOf);
  const offsets = new Map<number, number>();
  return (text) => {
    for (const pattern of patterns) {
      const match = pattern.exec(text.trim());
      if (match?.groups) return instantOf(match.groups, zone, offsets);
    }
    return null;
  };
}

function patternOf(format: string): RegExp {
  let source = '';
  let at = 0;
  for (const found of format.matchAll(GROUP)) {
    source += escaped(format.slice(at, found.index));
    source += `(?<${groups[found[0]]?.name}>${groups[found[0]]?.digits})`;
    at = found.index + found[0].length;
  }
  return new RegExp(`^${source}${escaped(format.slice(at))}$`);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

type Parts = Readonly<Record<string, string | undefined>>;

function instantOf(parts: Parts, zone: string, offsets: Map<number, number>): When | null {
  const number = (name: string): number => Number(parts[name] ?? 0);
  const hour = hourOf(number('hour'), parts.half);
  if (hour === null || hour > 23 || number('minute') > 59 || number('second') > 59) return null;
  const wall = Date.UTC(number('year'), number('month') - 1, number('day'), hour, number('minute'), number('second'));
  const back = new Date(wall);
  if (back.getUTCMonth() !== number('month') - 1 || back.getUTCDate() !== number('day')) return null;
  return { at: new Date(wall - offsetAt(wall, zone, offsets)), day: back.toISOString().slice(0, 10) };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

const QUARTER = 900_000;

/** A file has the same hours again and again, and zones change on a quarter of an hour at the finest. */
function offsetAt(wall: number, zone: string, offsets: Map<number, number>): number {
  const quarter = Math.floor(wall / QUARTER);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const local = new Date(quarter * QUARTER).toISOString().slice(0, 19);
  // Taken from the instant: in the hour that a zone skips, the wall clock given is none of its own.
  const instant = Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
  offsets.set(quarter, quarter * QUARTER - instant);
  return quarter * QUARTER - instant;
}

export function isZone(zone: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId !== '';
  } catch {
    return false;
  }
}
