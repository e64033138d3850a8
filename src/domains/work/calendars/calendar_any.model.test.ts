import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarSpec, calendarSchema, officeHours, roundTheClock, workingTime } from './calendar.model.ts';
import {
  allWeek,
  calendarWith,
  DAY,
  HOUR,
  MINUTE,
  office,
  officeSlots,
  plain,
  type Slots,
} from './fixtures/calendars.ts';
import { minuteOfDay, minuteTable, slotsOf, wallOf } from './fixtures/wall_clock.ts';

const SEED = 20_260_305;
const check = <T>(property: fc.IProperty<T>, numRuns: number): void => fc.assert(property, { seed: SEED, numRuns });

describe('任意的日历、任意的时刻', () => {
  const summerAndWinter = calendarWith({
    name: '夏令作息',
    patterns: [
      { from: '2025-05-01', weekdays: [1, 2, 3, 4, 5], slots: officeSlots },
      {
        from: '2026-05-16',
        weekdays: [1, 2, 3, 4, 5],
        slots: [
          ['08:00', '12:00'],
          ['15:00', '18:00'],
        ],
      },
      {
        from: '2026-09-21',
        weekdays: [1, 2, 3, 4, 5, 6],
        slots: [
          ['08:30', '11:45'],
          ['14:00', '17:15'],
        ],
      },
    ],
    exceptions: [
      { on: '2025-12-31', slots: [['08:00', '24:00']], why: '清账' },
      { on: '2026-07-01', slots: [], why: '停工' },
      { on: '2026-10-03', slots: [['09:00', '10:30']], why: '值守' },
    ],
  });
  const nights = plain(
    [
      ['00:00', '04:00'],
      ['06:15', '06:16'],
      ['20:00', '24:00'],
    ],
    allWeek,
    { name: '三班' },
  );
  const newYork = plain(
    [
      ['05:00', '12:00'],
      ['13:00', '24:00'],
    ],
    [1, 3, 6, 7],
    { zone: 'America/New_York' },
  );
  const hospital = calendarWith({ patterns: [{ from: '2000-01-01', weekdays: allWeek, slots: [['07:00', '19:00']] }] });

  const halfHours = fc
    .uniqueArray(fc.integer({ min: 8, max: 48 }), { minLength: 2, maxLength: 8 })
    .map((points) => points.sort((a, b) => a - b))
    .map((points): Slots => {
      const text = (half: number) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`;
      return Array.from({ length: points.length >> 1 }, (_, i): Slots[number] => [
        text(points[2 * i] ?? 0),
        text(points[2 * i + 1] ?? 48),
      ]);
    });
  const someDay = fc
    .integer({ min: 0, max: 729 })
    .map((day) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10));
  const anySpec: fc.Arbitrary<CalendarSpec> = fc.record({
    name: fc.constant('任意'),
    zone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Asia/Kathmandu'),
    holidays: fc.constantFrom('cn' as const, 'none' as const),
    patterns: fc.uniqueArray(someDay, { minLength: 1, maxLength: 3 }).chain((days) =>
      fc.tuple(
        ...days.sort().map((from) =>
          fc.record({
            from: fc.constant(from),
            weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 3, maxLength: 7 }),
            slots: halfHours,
          }),
        ),
      ),
    ),
    exceptions: fc.uniqueArray(
      fc.record({ on: someDay, slots: fc.oneof(fc.constant<Slots>([]), halfHours), why: fc.constant('') }),
      { maxLength: 4, selector: ({ on }) => on },
    ),
  });

  // A calendar unrolled once is used for many instants; the random ones are few, since unrolling costs most.
  const drawn = fc.sample(anySpec, { seed: SEED, numRuns: 20 });
  const specs = [officeHours, roundTheClock, summerAndWinter, nights, newYork, hospital, ...drawn];
  const pool = specs.map((spec) => ({ spec, time: workingTime(spec) }));
  const anyTime = fc.constantFrom(...pool);
  const start = Date.UTC(2025, 1, 1);
  const span = (days: number) => fc.integer({ min: 0, max: days * DAY });
  const instant = fc.oneof(
    span(600).map((ms) => new Date(start + ms)),
    // Around midnight, in whole minutes, and around the turn of the year, edges lie closer together.
    fc.integer({ min: 0, max: 600 * 48 }).map((halves) => new Date(start + halves * 30 * MINUTE)),
    span(6).map((ms) => new Date(Date.UTC(2025, 11, 29) + ms)),
    fc.integer({ min: -96, max: 96 }).map((halves) => new Date(Date.UTC(2026, 2, 8, 7) + halves * 30 * MINUTE)),
    fc.integer({ min: -96, max: 96 }).map((halves) => new Date(Date.UTC(2026, 10, 1, 6) + halves * 30 * MINUTE)),
  );
  const amount = fc.oneof(
    fc.integer({ min: 0, max: 60 * HOUR }),
    fc.integer({ min: 0, max: 120 }).map((halves) => halves * 30 * MINUTE),
  );
  const later = fc.oneof(
    span(40),
    fc.integer({ min: 0, max: 400 }).map((halves) => halves * 30 * MINUTE),
    fc.constant(0),
  );

  it('抽到的日历都是收得下的日历', () => {
    for (const { spec } of pool) expect(calendarSchema.safeParse(spec).error).toBeUndefined();
  });

  it('加 x 再量回来，正好是 x', () => {
    check(
      fc.property(anyTime, instant, amount, ({ time }, a, x) => {
        expect(time.between(a, time.add(a, x).at)).toBe(x);
      }),
      800,
    );
  });

  it('量出来的加回去，不会晚于终点，和终点之间没有工作时', () => {
    check(
      fc.property(anyTime, instant, later, ({ time }, a, ms) => {
        const b = new Date(a.getTime() + ms);
        const { at } = time.add(a, time.between(a, b));
        expect(at.getTime()).toBeLessThanOrEqual(b.getTime());
        expect(time.between(at, b)).toBe(0);
      }),
      800,
    );
  });

  it('给得多的不会早到，开始晚的不会早到', () => {
    check(
      fc.property(anyTime, instant, amount, amount, later, ({ time }, a, x, y, ms) => {
        const b = new Date(a.getTime() + ms);
        expect(+time.add(a, Math.min(x, y)).at).toBeLessThanOrEqual(+time.add(a, Math.max(x, y)).at);
        expect(+time.add(a, x).at).toBeLessThanOrEqual(+time.add(b, x).at);
      }),
      800,
    );
  });

  it('分两次加和一次加一样', () => {
    check(
      fc.property(anyTime, instant, amount, amount, ({ time }, a, x, y) => {
        expect(time.add(time.add(a, x).at, y).at).toEqual(y === 0 ? time.add(a, x).at : time.add(a, x + y).at);
      }),
      800,
    );
  });

  it('分两段量和一段量一样', () => {
    check(
      fc.property(anyTime, instant, later, later, ({ time }, a, first, second) => {
        const b = new Date(a.getTime() + first);
        const c = new Date(b.getTime() + second);
        expect(time.between(a, b) + time.between(b, c)).toBe(time.between(a, c));
      }),
      800,
    );
  });

  it('工作时不会比经过的时间多，倒过来量是 0', () => {
    check(
      fc.property(anyTime, instant, later, ({ time }, a, ms) => {
        const b = new Date(a.getTime() + ms);
        expect(time.between(a, b)).toBeGreaterThanOrEqual(0);
        expect(time.between(a, b)).toBeLessThanOrEqual(ms);
        expect(time.between(b, a)).toBe(0);
      }),
      800,
    );
  });

  it('期限总落在一段工作时间里面或末尾，按宿主的时区表和另一份节假日看也是', () => {
    check(
      fc.property(anyTime, instant, amount, ({ spec, time }, a, x) => {
        fc.pre(x > 0);
        const { at } = time.add(a, x);
        // The last millisecond before the deadline is worked.
        const { day, minute } = wallOf(new Date(at.getTime() - 1), spec.zone);
        const inside = slotsOf(spec, day).some(([from, to]) => minuteOfDay(from) <= minute && minute < minuteOfDay(to));
        expect(inside, `${day} ${minute}`).toBe(true);
      }),
      800,
    );
  });

  it('摆出来的各段加起来就是量出来的，按先后、不重叠、不出界', () => {
    check(
      fc.property(anyTime, instant, later, ({ time }, a, ms) => {
        const b = new Date(a.getTime() + ms);
        const parts = time.intervals(a, b);
        expect(parts.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0)).toBe(time.between(a, b));
        for (const [i, { from, to }] of parts.entries()) {
          expect(+from).toBeGreaterThanOrEqual(+(parts[i - 1]?.to ?? a));
          expect(+to).toBeGreaterThanOrEqual(+from);
          expect(+to).toBeLessThanOrEqual(+b);
        }
      }),
      400,
    );
  });

  it('一分一分地数（另一份节假日、宿主的时区表）和算出来的一样', () => {
    // A table knows zones that stand a whole number of hours from Greenwich.
    const tables = pool
      .filter(({ spec }) => spec.zone !== 'Asia/Kathmandu')
      .slice(0, 14)
      .map(({ spec, time }) => ({ time, table: minuteTable(spec, '2025-12-01', '2026-11-30') }));
    const first = Date.UTC(2025, 11, 3) / MINUTE;
    const minute = fc.integer({ min: first, max: Date.UTC(2026, 9, 15) / MINUTE });
    check(
      fc.property(
        fc.constantFrom(...tables),
        minute,
        fc.integer({ min: 0, max: 40 * 1440 }),
        ({ time, table }, a, length) => {
          let worked = 0;
          let half = a;
          for (let at = a; at < a + length; at += 1) {
            if (table.works(at)) worked += 1;
            if (worked * 2 <= length && table.works(at)) half = at + 1;
          }
          const from = new Date(a * MINUTE);
          expect(time.between(from, new Date((a + length) * MINUTE))).toBe(worked * MINUTE);
          const given = Math.min(worked, length >> 1);
          expect(time.add(from, given * MINUTE).at).toEqual(new Date((given === 0 ? a : half) * MINUTE));
        },
      ),
      250,
    );
  });

  it('问的先后不影响答案：新开的日历和用了很久的一样', () => {
    const times = specs.slice(0, 6).map((spec, i) => ({ spec, used: pool[i]?.time ?? office }));
    check(
      fc.property(fc.constantFrom(...times), instant, amount, ({ spec, used }, a, x) => {
        const fresh = workingTime(spec);
        expect(fresh.add(a, x)).toEqual(used.add(a, x));
        expect(fresh.between(a, new Date(a.getTime() + x))).toBe(used.between(a, new Date(a.getTime() + x)));
      }),
      20,
    );
  });
});
