import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarSpec, officeHours, roundTheClock, workingTime } from '../calendars/calendar.model.ts';
import { minuteTable } from '../calendars/fixtures/wall_clock.ts';
import type { Limit } from '../calendars/limit.model.ts';
import { type Act, actSchema, applyAct, type Clock, isLate, isOpen, type Rung, replay } from './clock.model.ts';
import { NaiveClock, type NaiveRung, worksOn } from './fixtures/naive_clock.ts';

/** Random lives of a clock, against one that is kept minute by minute. */
const MINUTE = 60_000;
const SEED = 20_260_305;
const RUNS = 160;
const HORIZON = 40 * 1440;

const plain = (
  slots: CalendarSpec['exceptions'][number]['slots'],
  change: Partial<CalendarSpec> = {},
): CalendarSpec => ({
  ...officeHours,
  holidays: 'none',
  patterns: [{ from: '2000-01-01', weekdays: [1, 2, 3, 4, 5, 6, 7], slots }],
  ...change,
});

const specs: readonly CalendarSpec[] = [
  officeHours,
  roundTheClock,
  {
    ...officeHours,
    name: '夏令作息',
    patterns: [
      ...officeHours.patterns,
      {
        from: '2026-05-16',
        weekdays: [1, 2, 3, 4, 5],
        slots: [
          ['08:00', '12:00'],
          ['15:00', '18:00'],
        ],
      },
      { from: '2026-09-21', weekdays: [1, 2, 3, 4, 5, 6], slots: [['08:30', '16:45']] },
    ],
    exceptions: [
      { on: '2026-02-17', slots: [['09:00', '12:00']], why: '值守' },
      { on: '2026-07-01', slots: [], why: '停工' },
    ],
  },
  plain(
    [
      ['00:00', '04:00'],
      ['20:00', '24:00'],
    ],
    { name: '夜班' },
  ),
  plain([['09:00', '17:00']], { name: '纽约', zone: 'America/New_York' }),
];
const placeOf = (spec: CalendarSpec) => ({
  time: workingTime(spec),
  table: minuteTable(spec, '2025-11-30', '2026-12-31'),
});
type Place = ReturnType<typeof placeOf>;
const places = new Map(specs.map((spec) => [spec.name, placeOf(spec)]));

const firstStart = Date.UTC(2025, 11, 2) / MINUTE;
const lastStart = Date.UTC(2026, 7, 10) / MINUTE;
const iso = (minute: number): string => new Date(minute * MINUTE).toISOString();
const minuteOf = (at: Date | null): number | null => (at === null ? null : at.getTime() / MINUTE);

const limitArb = (most: number): fc.Arbitrary<Limit> =>
  fc.oneof(
    fc.record({
      amount: fc.integer({ min: 1, max: Math.min(3660, most * 500) }),
      unit: fc.constant('minutes' as const),
    }),
    fc.record({ amount: fc.integer({ min: 1, max: most * 8 }), unit: fc.constant('urgent_hours' as const) }),
    fc.record({ amount: fc.integer({ min: 1, max: most * 8 }), unit: fc.constant('working_hours' as const) }),
    fc.record({ amount: fc.integer({ min: 1, max: most }), unit: fc.constant('working_days' as const) }),
    fc.record({ amount: fc.integer({ min: 1, max: most }), unit: fc.constant('natural_days' as const) }),
  );

const rungArb: fc.Arbitrary<NaiveRung> = fc.oneof(
  fc.integer({ min: 1, max: 99 }).map((percent) => ({ percent })),
  fc.constant({ after: null }),
  limitArb(2).map((after) => ({ after })),
);
const rungOf = (rung: NaiveRung): Rung => ({
  at: 'percent' in rung ? { share: rung.percent / 100 } : { after: rung.after },
  tell: 'owner',
});

type Wish = {
  readonly kind: Act['act'];
  /** Minutes since the act before. */
  readonly gap: number;
  /** Minutes from then to the end of a rest. */
  readonly rest: number;
  readonly by: Limit;
  /** Where between the acts somebody looks at the clock, in thousandths. */
  readonly look: number;
};
const gapArb = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 90 }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 1440 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 * 1440 }) },
);
const wishArb: fc.Arbitrary<Wish> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('pause' as const) },
    { weight: 6, arbitrary: fc.constant('resume' as const) },
    { weight: 3, arbitrary: fc.constant('suspend' as const) },
    { weight: 3, arbitrary: fc.constant('extend' as const) },
    { weight: 3, arbitrary: fc.constant('climb' as const) },
    { weight: 1, arbitrary: fc.constantFrom('recount' as const, 'exempt' as const) },
    { weight: 1, arbitrary: fc.constantFrom('settle' as const, 'withdraw' as const) },
  ),
  gap: gapArb,
  rest: fc.integer({ min: 1, max: 9 * 1440 }),
  by: limitArb(6),
  look: fc.integer({ min: 0, max: 1000 }),
});

const lifeArb = fc.record({
  /** A counterexample shows the name only. */
  calendar: fc.constantFrom(...places.keys()),
  start: fc.oneof(
    fc.integer({ min: firstStart, max: lastStart }),
    // Half hours hit the edges of slots.
    fc.integer({ min: firstStart / 30, max: lastStart / 30 }).map((halves) => halves * 30),
  ),
  limit: fc.oneof({ weight: 9, arbitrary: limitArb(15) }, { weight: 1, arbitrary: fc.constant(null) }),
  used: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 900 }) }),
  ladder: fc.array(rungArb, { maxLength: 4 }),
  wishes: fc.array(wishArb, { minLength: 3, maxLength: 16, size: 'max' }),
});
type Life = typeof lifeArb extends fc.Arbitrary<infer T> ? T : never;

function placeFor({ calendar }: Life): Place {
  const place = places.get(calendar);
  if (!place) throw new Error(calendar);
  return place;
}

interface Moment {
  readonly act: Act;
  readonly clock: Clock;
}

/** Lives it, doing of each wish what is possible then; `see` is asked after every act and once between any two. */
function live(
  life: Life,
  see: (clock: Clock, naive: NaiveClock, place: Place) => void,
  apply: (clock: Clock | null, act: Act) => Clock = (clock, act) => applyAct(clock, act, placeFor(life).time),
): Moment[] {
  const place = placeFor(life);
  const { start, limit, used, ladder, wishes } = life;
  const naive = new NaiveClock(place.table, start, limit, ladder, used);
  const opening: Act = { act: 'open', at: iso(start), limit, ladder: ladder.map(rungOf), usedMs: used * MINUTE };
  let clock = apply(null, opening);
  const moments: Moment[] = [{ act: opening, clock }];
  let wakeAt = Number.POSITIVE_INFINITY;
  const done = (act: Act): void => {
    clock = apply(clock, act);
    moments.push({ act, clock });
    see(clock, naive, place);
  };
  const goTo = (minute: number): void => {
    if (naive.stage === 'suspended' && wakeAt <= minute) {
      naive.advanceTo(wakeAt);
      naive.resume();
      done({ act: 'resume', at: iso(wakeAt) });
    }
    naive.advanceTo(minute);
  };
  see(clock, naive, place);
  for (const { kind, gap, rest, by, look } of wishes) {
    const then = naive.minute + gap;
    if (then > start + HORIZON) break;
    goTo(naive.minute + Math.floor((gap * look) / 1000));
    see(clock, naive, place);
    goTo(then);
    const at = iso(then);
    const standing = naive.stage === 'paused' || naive.stage === 'suspended';
    if (kind === 'exempt') {
      naive.exempt = true;
      done({ act: 'exempt', at });
    } else if (!naive.open) {
      // Nothing else is done to what has ended.
    } else if (kind === 'pause' && naive.stage !== 'paused') {
      naive.stand('paused');
      done({ act: 'pause', at, why: 'returned' });
    } else if (kind === 'suspend' && naive.stage === 'running') {
      naive.stand('suspended');
      wakeAt = then + rest;
      done({ act: 'suspend', at, until: iso(wakeAt) });
    } else if (kind === 'resume' && standing) {
      naive.resume();
      done({ act: 'resume', at });
    } else if (kind === 'extend' && naive.budget !== null && naive.extensions < 2) {
      naive.extend(by);
      done({ act: 'extend', at, by });
    } else if (kind === 'recount') {
      done({ act: 'recount', at });
    } else if (kind === 'settle' || kind === 'withdraw') {
      naive.end(kind === 'settle' ? 'settled' : 'withdrawn');
      done({ act: kind, at });
    } else if ((naive.nextRung() ?? Number.POSITIVE_INFINITY) <= then) {
      naive.rung += 1;
      done({ act: 'climb', at });
    }
  }
  // Long enough afterwards to be late, if nothing stops it.
  goTo(naive.minute + 3 * 1440);
  see(clock, naive, place);
  return moments;
}

/** What it has used by now; asked by ending it, which must not touch the clock that is asked. */
const usedBy = (clock: Clock, minute: number, { time }: Place): number =>
  (isOpen(clock) ? applyAct(clock, { act: 'settle', at: iso(minute) }, time) : clock).usedMs / MINUTE;

const check = (property: (life: Life) => void): void =>
  fc.assert(fc.property(lifeArb, property), { seed: SEED, numRuns: RUNS });

describe('任意的一生，和一分钟一分钟数的钟对照', () => {
  it('用掉的时间就是数出来的时间', () => {
    check((life) => {
      live(life, (clock, naive, place) => expect(usedBy(clock, naive.minute, place)).toBe(naive.used));
    });
  });

  it('截止时刻就是数到用完的那一分钟；停着、结束、没有时限的没有截止时刻', () => {
    check((life) => {
      live(life, (clock, naive) => {
        if (naive.open) expect(minuteOf(clock.dueAt)).toBe(naive.due());
        expect(clock.budgetMs).toBe(naive.budget === null ? null : naive.budget * MINUTE);
        expect(clock.provisional).toBe(false);
      });
    });
  });

  it('结束后还写着结束前的截止时刻', () => {
    check((life) => {
      const moments = live(life, () => undefined);
      for (const [i, { act, clock }] of moments.entries()) {
        const before = moments[i - 1]?.clock;
        if (act.act === 'settle' || act.act === 'withdraw') expect(clock.dueAt).toEqual(before?.dueAt);
      }
    });
  });

  it('状态、延期次数、已升级数、免责、结束时刻对得上', () => {
    check((life) => {
      live(life, (clock, naive) => {
        const { state, extensions, rung, exempt, endedAt } = clock;
        expect({ state, extensions, rung, exempt, ended: minuteOf(endedAt) }).toEqual({
          state: naive.stage,
          extensions: naive.extensions,
          rung: naive.rung,
          exempt: naive.exempt,
          ended: naive.ended,
        });
        expect(clock.scale).toBe(worksOn(life.limit) ? 'working' : 'continuous');
        expect(clock.runningSince !== null).toBe(state === 'running');
        expect(clock.pauseReason).toBe(state === 'paused' ? 'returned' : null);
      });
    });
  });

  it('只有挂着账的钟才写着挂账到哪天', () => {
    check((life) => {
      live(life, (clock) => expect(clock.suspendedUntil !== null).toBe(clock.state === 'suspended'));
    });
  });

  it('下一级升级的时刻对得上', () => {
    check((life) => {
      live(life, (clock, naive) => {
        const next = minuteOf(clock.nextRungAt);
        // Shares of a limit may end within a minute.
        expect(next === null ? null : Math.ceil(next)).toBe(naive.nextRung());
      });
    });
  });

  it('走着的时候：过了截止时刻就是超期，一分钟不早、一分钟不晚', () => {
    check((life) => {
      live(life, (clock, naive) => {
        if (naive.stage === 'running' && !naive.healed)
          expect(isLate(clock, new Date(naive.minute * MINUTE))).toBe(naive.late);
      });
    });
  });

  it('停下或结束之后：停下时超期的还是超期，没超期的永远不会变成超期', () => {
    check((life) => {
      live(life, (clock, naive) => {
        if (naive.stage === 'running' || naive.healed) return;
        expect(isLate(clock, new Date(naive.minute * MINUTE))).toBe(naive.late);
        expect(isLate(clock, new Date((naive.minute + HORIZON) * MINUTE))).toBe(naive.late);
      });
    });
  });

  it('用掉的时间不会比经过的多，也不会变少', () => {
    check((life) => {
      let before = life.used;
      live(life, (clock, naive, place) => {
        const used = usedBy(clock, naive.minute, place);
        expect(used - life.used).toBeLessThanOrEqual(naive.minute - life.start);
        expect(used).toBeGreaterThanOrEqual(before);
        before = used;
      });
    });
  });

  it('从日志里的文字重算，和一步一步算的一样，每一步都一样', () => {
    check((life) => {
      const moments = live(life, () => undefined);
      const journal: unknown[] = JSON.parse(JSON.stringify(moments.map(({ act }) => act)));
      const acts = journal.map((act) => actSchema.parse(act));
      for (const [i, { clock }] of moments.entries())
        expect(replay(acts.slice(0, i + 1), placeFor(life).time)).toEqual(clock);
    });
  });

  it('存下再取出的钟接着走，和没存过的一样', () => {
    const dates = ['runningSince', 'dueAt', 'suspendedUntil', 'endedAt', 'nextRungAt'];
    const revive = (key: string, value: unknown) =>
      dates.includes(key) && typeof value === 'string' ? new Date(value) : value;
    check((life) => {
      const plainly = live(life, () => undefined);
      const stored = live(
        life,
        () => undefined,
        (clock, act) => JSON.parse(JSON.stringify(applyAct(clock, act, placeFor(life).time)), revive),
      );
      expect(stored).toEqual(plainly);
    });
  });

  it('中间怎么看、怎么试算都不改变结果，也不改动原来的钟', () => {
    check((life) => {
      const { time } = placeFor(life);
      const plainly = live(life, () => undefined);
      const probed = live(
        life,
        (clock, naive) => {
          const now = new Date(naive.minute * MINUTE);
          isLate(clock, now);
          time.add(now, 1000 * MINUTE);
          time.between(now, new Date(now.getTime() + 1e9));
          for (const act of ['pause', 'resume', 'recount', 'climb', 'exempt'] as const)
            applyAct(clock, { act, at: now.toISOString(), why: '试算' }, time);
          applyAct(clock, { act: 'extend', at: now.toISOString(), by: { amount: 1, unit: 'working_days' } }, time);
        },
        (clock, act) => frozen(applyAct(clock, frozen(act), time)),
      );
      expect(probed).toEqual(plainly);
    });
  });
});

function frozen<T>(value: T): T {
  if (value instanceof Date || value === null || typeof value !== 'object') return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
