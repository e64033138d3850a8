import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type CountedTick, coverage, type DatedPlace, gapsAt, gapsIn, isWhole } from './coverage.model.ts';
import { type DatedRule, instantOf, nextRound, type Rule, roundsIn } from './due.model.ts';

/*
 * When rounds are due, against a recomputation that looks at every minute of the clock on the wall, by another library; and
 * the gaps against one that looks at every round.
 */
const MINUTE = 60_000;
const at = (text: string, zone = 'Asia/Shanghai'): number =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
const rule = (over: Partial<Rule> = {}): Rule => ({
  ...{ everyMin: 60, windows: [{ from: '00:00', to: '00:00' }], weekdays: [1, 2, 3, 4, 5, 6, 7], season: null },
  ...over,
});
const always = (one: Rule): DatedRule => ({ rule: one, since: 0, until: null });
const said = (rounds: readonly { start: number; end: number }[], zone = 'Asia/Shanghai') =>
  rounds.map(({ start, end }) =>
    [start, end].map((ms) =>
      Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(5, 16),
    ),
  );
const onDay = (one: Rule, day: string) =>
  said(roundsIn([always(one)], 'Asia/Shanghai', at(day), at(day) + 1440 * MINUTE));

test('每小时一轮：一天 24 轮；夜间方案跨过零点；白天一轮', () => {
  expect(onDay(rule(), '2026-11-20')).toHaveLength(24);
  const night = rule({ everyMin: 180, windows: [{ from: '22:00', to: '06:00' }] });
  // What began yesterday evening belongs to yesterday's window; its rounds after midnight begin today.
  expect(onDay(night, '2026-11-20')).toEqual([
    ['11-20T01:00', '11-20T04:00'],
    ['11-20T04:00', '11-20T06:00'],
    ['11-20T22:00', '11-21T01:00'],
  ]);
  expect(onDay(rule({ everyMin: 1440, windows: [{ from: '08:00', to: '18:00' }] }), '2026-11-20')).toEqual([
    ['11-20T08:00', '11-20T18:00'],
  ]);
});

test('防火期 10 月 15 日到次年 6 月 15 日：跨年，两头都算', () => {
  const fire = rule({
    everyMin: 1440,
    windows: [{ from: '09:00', to: '17:00' }],
    season: { from: '10-15', to: '06-15' },
  });
  const due = (day: string) => onDay(fire, day).length;
  expect(
    ['2026-10-14', '2026-10-15', '2026-12-31', '2027-01-01', '2027-06-15', '2027-06-16', '2027-08-01'].map(due),
  ).toEqual([0, 1, 1, 1, 1, 0, 0]);
  const next = nextRound([always(fire)], 'Asia/Shanghai', at('2027-06-15T18:00'));
  expect(said(next ? [next] : [])).toEqual([['10-15T09:00', '10-15T17:00']]);
});

test('方案中途改：旧的按旧的算，跨在改动上的那一轮谁都不怪', () => {
  const changed = at('2026-11-20T10:30');
  const rules = [
    { rule: rule(), since: 0, until: changed },
    { rule: rule({ everyMin: 120 }), since: changed, until: null },
  ];
  const rounds = said(roundsIn(rules, 'Asia/Shanghai', at('2026-11-20T08:00'), at('2026-11-20T16:00')));
  expect(rounds.map(([start]) => start?.slice(6))).toEqual(['08:00', '09:00', '12:00', '14:00']);
});

const zones = ['Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'];
const two = (n: number): string => String(n).padStart(2, '0');
const clockTime = fc.integer({ min: 0, max: 95 }).map((quarter) => `${two(quarter >> 2)}:${two((quarter & 3) * 15)}`);
const monthDay = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map((md) => md.map(two).join('-'));
const someRule: fc.Arbitrary<Rule> = fc.record({
  everyMin: fc.constantFrom(15, 60, 90, 240, 1440),
  windows: fc.tuple(fc.record({ from: clockTime, to: clockTime })),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  season: fc.option(fc.record({ from: monthDay, to: monthDay }), { nil: null }),
});

/** Every minute of the days: does a window begin here, and which slots follow until it ends? */
function naive(one: Rule, zone: string, from: number, to: number): string[] {
  const found: string[] = [];
  const first = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .subtract({ days: 2 });
  for (let day = first, n = 0; n < 8; n += 1, day = day.add({ days: 1 })) {
    const md = day.toString().slice(5);
    const { season } = one;
    const isIn =
      season === null ||
      (season.from <= season.to ? md >= season.from && md <= season.to : md >= season.from || md <= season.to);
    if (!one.weekdays.includes(day.dayOfWeek) || !isIn) continue;
    for (const window of one.windows) {
      const wall = (on: Temporal.PlainDate, time: string): number =>
        on.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).epochMilliseconds;
      const start = wall(day, window.from);
      const end = wall(window.from < window.to ? day : day.add({ days: 1 }), window.to);
      for (let minute = 0; start + minute * MINUTE < end; minute += 1)
        if (minute % one.everyMin === 0 && start + minute * MINUTE >= from && start + minute * MINUTE < to)
          found.push(`${start + minute * MINUTE} ${Math.min(start + (minute + one.everyMin) * MINUTE, end)}`);
    }
  }
  return found.sort();
}

test('任意方案、任意时区，和逐分钟笨算的一样', () => {
  fc.assert(
    fc.property(
      ...([
        someRule,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 1, max: 72 }),
      ] as const),
      (one, zone, day, hours) => {
        const from = Date.UTC(2026, 0, 1) + day * 1440 * MINUTE;
        const to = from + hours * 60 * MINUTE;
        const ours = roundsIn([always(one)], zone, from, to).map(({ start, end }) => `${start} ${end}`);
        expect(ours.sort()).toEqual(naive(one, zone, from, to));
      },
    ),
    { numRuns: 250 },
  );
});

test('夏令时跳过的钟点往后顺延，重复的取前一个，和另一个库一致', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 366 * 96 }), (zone, quarters) => {
      const wall = new Date(Date.UTC(2026, 0, 1) + quarters * 15 * MINUTE).toISOString();
      expect(instantOf(wall.slice(0, 10), wall.slice(11, 16), zone)).toBe(at(wall.slice(0, 16), zone));
    }),
    { numRuns: 500 },
  );
});

const aPlace = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  since: fc.integer({ min: -5, max: 20 }),
  until: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
});
const aTick = fc.record({ placeId: fc.constantFrom('a', 'b', 'c', 'x'), at: fc.integer({ min: 0, max: 40 }) });

test('哪一轮巡到了哪些点、空档多长：和逐轮逐点笨算的一样', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(aPlace, { selector: ({ id }) => id }),
      fc.array(aTick, { maxLength: 30 }),
      (places: DatedPlace[], ticks: CountedTick[]) => {
        const rounds = Array.from({ length: 10 }, (_, i) => ({ start: i * 4, end: i * 4 + (i % 3 === 0 ? 3 : 4) }));
        const covered = coverage(rounds, places, ticks);
        for (const [i, { start, end }] of rounds.entries()) {
          const due = places.filter((place) => place.since <= start && !(place.until !== null && place.until <= start));
          const was = due.filter(({ id }) =>
            ticks.some((tick) => tick.placeId === id && tick.at >= start && tick.at < end),
          );
          expect(covered[i]?.places).toEqual(due.map(({ id }) => id));
          expect(covered[i]?.ticked).toEqual(was.map(({ id }) => id));
        }
        const missed = covered.filter((one) => !isWhole(one)).length;
        const gaps = gapsIn(covered, isWhole);
        expect(gaps.reduce((sum, gap) => sum + gap.rounds, 0)).toBe(missed);
        // No two of them touch, and none holds a whole round.
        for (const gap of gaps)
          expect(
            covered.filter((one) => one.start >= gap.from && one.end <= gap.to).every((one) => !isWhole(one)),
          ).toBe(true);
        for (const { id } of places) {
          const asked = covered.filter((one) => one.places.includes(id));
          const without = asked.filter((one) => !one.ticked.includes(id)).length;
          expect(gapsAt(covered, id).reduce((sum, gap) => sum + gap.rounds, 0)).toBe(without);
        }
      },
    ),
  );
});
