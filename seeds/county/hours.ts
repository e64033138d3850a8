import { officeHours, roundTheClock, type WorkingTime, workingTime } from '../../src/domains/work/calendars/index.ts';

/** The county's clock: days by its zone (which has had no summer time since 1991), and when people are at work. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const OFFSET = 8 * HOUR;

export const desk: WorkingTime = workingTime(officeHours);
export const allDay: WorkingTime = workingTime(roundTheClock);

/** Local midnight of a day `YYYY-MM-DD`. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
export const dayOf = (at: number): string => new Date(at + OFFSET).toISOString().slice(0, 10);
export const dayAfter = (day: string, days: number): string => dayOf(startOf(day) + days * DAY + HOUR);
export const monthOf = (day: string): number => Number(day.slice(5, 7));

export const at = (day: string, hour: number, minute = 0): number => startOf(day) + hour * HOUR + minute * MINUTE;
const hourOf = (instant: number): number => ((instant + OFFSET) % DAY) / HOUR;

/** After so many minutes in which the desks work. */
export const afterWork = (from: number, minutes: number): number =>
  desk.add(new Date(from), minutes * MINUTE).at.getTime();
export const isOfficeDay = (day: string): boolean =>
  desk.between(new Date(startOf(day)), new Date(startOf(day) + DAY)) > 0;

/** The same instant, or the next morning when decent people sleep. */
export function daylight(instant: number, minute: number): number {
  const hour = hourOf(instant);
  if (hour < 7) return startOf(dayOf(instant)) + 7 * HOUR + (10 + minute) * MINUTE;
  return hour < 22 ? instant : startOf(dayOf(instant)) + 31 * HOUR + (10 + minute) * MINUTE;
}
