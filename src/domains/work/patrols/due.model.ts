/**
 * When a patrol is due, as data: every so many minutes within windows of the day, on days of the week, in a season. An
 * hourly, a night and a season plan are the same. Pure, and the same on the phone.
 */
export interface Rule {
  /** A round begins every so many minutes of a window. */
  readonly everyMin: number;
  /** `HH:MM`; an end that is not later than the beginning is on the next day. */
  readonly windows: readonly { readonly from: string; readonly to: string }[];
  /** Monday is 1. */
  readonly weekdays: readonly number[];
  /** `MM-DD`, both days in it; an end before the beginning is in the next year. */
  readonly season: { readonly from: string; readonly to: string } | null;
}

/** A rule and from when until when it held. Milliseconds since 1970. */
export interface DatedRule {
  readonly rule: Rule;
  readonly since: number;
  readonly until: number | null;
}

/** Once round every place, within this time: the end is not in it any more. */
export interface Round {
  readonly start: number;
  readonly end: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Rounds that begin in [from, to). One is due only if its rule held from its beginning to its end. */
export function roundsIn(rules: readonly DatedRule[], zone: string, from: number, to: number): Round[] {
  const rounds = rules.flatMap(({ rule, since, until }) =>
    daysFrom(from - DAY, to, zone)
      .filter((day) => isDay(rule, day))
      .flatMap((day) => rule.windows.flatMap((window) => slots(day, window, rule.everyMin, zone)))
      .filter(({ start, end }) => start >= since && end <= (until ?? Number.POSITIVE_INFINITY)),
  );
  return rounds.filter(({ start }) => from <= start && start < to).sort((a, b) => a.start - b.start);
}

/** The days, `YYYY-MM-DD`, on which something between the two may begin. */
function daysFrom(from: number, to: number, zone: string): string[] {
  const days: string[] = [];
  for (let day = dayAt(from, zone); day <= dayAt(to, zone); day = dayAfter(day)) days.push(day);
  return days;
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00Z`) + DAY).toISOString().slice(0, 10);

/** A window belongs to the day on which it begins. */
function isDay({ weekdays, season }: Rule, day: string): boolean {
  const weekday = new Date(`${day}T00:00Z`).getUTCDay() || 7;
  return weekdays.includes(weekday) && (season === null || isInSeason(season, day.slice(5)));
}

const isInSeason = ({ from, to }: NonNullable<Rule['season']>, day: string): boolean =>
  from <= to ? from <= day && day <= to : day >= from || day <= to;

function slots(day: string, { from, to }: Rule['windows'][number], everyMin: number, zone: string): Round[] {
  const first = instantOf(day, from, zone);
  const end = instantOf(from < to ? day : dayAfter(day), to, zone);
  const rounds: Round[] = [];
  for (let start = first; start < end; start += everyMin * MINUTE)
    rounds.push({ start, end: Math.min(start + everyMin * MINUTE, end) });
  return rounds;
}

const WEEK = 7 * DAY;
const MOST_WEEKS = 54;

/** The nearest round that is not over yet; looked for a week at a time, so that a season far away costs little. */
export function nextRound(rules: readonly DatedRule[], zone: string, now: number): Round | null {
  for (let week = 0, from = now - DAY; week < MOST_WEEKS; week += 1, from += WEEK) {
    const next = roundsIn(rules, zone, from, from + WEEK).find(({ end }) => end > now);
    if (next) return next;
  }
  return null;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...parts });
  clocks.set(zone, made);
  return made;
}

/** What the clock on the wall shows, as if it were UTC; to the minute. */
function wallOf(at: number, zone: string): number {
  const said = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return Date.parse(`${said.year}-${said.month}-${said.day}T${said.hour}:${said.minute}Z`);
}

const dayAt = (at: number, zone: string): string => new Date(wallOf(at, zone)).toISOString().slice(0, 10);

/** When the clock on the wall shows this; of what is skipped in spring, as much later. */
export function instantOf(day: string, time: string, zone: string): number {
  const wall = Date.parse(`${day}T${time}Z`);
  const offset = (at: number): number => wallOf(at, zone) - Math.floor(at / MINUTE) * MINUTE;
  const [before, after] = [wall - offset(wall - DAY), wall - offset(wall + DAY)];
  if (before === after || wallOf(before, zone) === wall) return before;
  return wallOf(after, zone) === wall ? after : before;
}
