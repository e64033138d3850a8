import { describe, expect, it } from 'vitest';
import { type CalendarSpec, officeHours, type WorkingTime, workingTime } from '../calendars/calendar.model.ts';
import { cn, shown } from '../calendars/fixtures/wall_clock.ts';
import { holidayBook } from '../calendars/holidays.model.ts';
import { type Limit, minutes, naturalDays, urgentHours, workingDays, workingHours } from '../calendars/limit.model.ts';
import {
  type Act,
  actSchema,
  applyAct,
  type Clock,
  isLate,
  isOpen,
  limitMs,
  type Rung,
  replay,
  rungSchema,
  scaleOf,
} from './clock.model.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Acts as one tells them: what, when, and whatever else it needs. Times are Beijing time. */
const t = (text: string): string => cn(text).toISOString();
const open = (at: string, limit: Limit | null, ladder: Rung[] = [], usedMs?: number): Act => ({
  act: 'open',
  at: t(at),
  limit,
  ladder,
  ...(usedMs !== undefined && { usedMs }),
});
const pause = (at: string, why = 'returned'): Act => ({ act: 'pause', at: t(at), why });
const resume = (at: string): Act => ({ act: 'resume', at: t(at) });
const suspend = (at: string, until: string): Act => ({ act: 'suspend', at: t(at), until: t(until) });
const extend = (at: string, by: Limit): Act => ({ act: 'extend', at: t(at), by });
const climb = (at: string): Act => ({ act: 'climb', at: t(at) });
const recount = (at: string): Act => ({ act: 'recount', at: t(at) });
const settle = (at: string): Act => ({ act: 'settle', at: t(at) });
const withdraw = (at: string): Act => ({ act: 'withdraw', at: t(at) });
const exempt = (at: string): Act => ({ act: 'exempt', at: t(at) });

const office = workingTime(officeHours);
const dayShift: CalendarSpec = {
  ...officeHours,
  holidays: 'none',
  patterns: [{ from: '2000-01-01', weekdays: [1, 2, 3, 4, 5], slots: [['08:00', '18:00']] }],
};

function clockAfter(acts: readonly Act[], time: WorkingTime = office): Clock {
  const clock = replay(acts, time);
  if (!clock) throw new Error('no acts');
  return clock;
}
const dueAfter = (...acts: Act[]): string | null => shown(clockAfter(acts).dueAt);
const usedHours = (...acts: Act[]): number => clockAfter(acts).usedMs / HOUR;
const lateAt = (at: string, ...acts: Act[]): boolean => isLate(clockAfter(acts), cn(at));

// 2026-03-02 is a Monday, the 6th a Friday.
const FRIDAY = '2026-03-06 16:40';

describe('四个钟', () => {
  it.each<[string, string, Limit, string]>([
    ['周五 16:40 起 4 工作时到下周一 10:40', FRIDAY, workingHours(4), '2026-03-09 10:40'],
    ['周五 16:40 起 8 工作时到下周一 16:40', FRIDAY, workingHours(8), '2026-03-09 16:40'],
    ['周五 16:40 起 1 工作日和 8 工作时一样', FRIDAY, workingDays(1), '2026-03-09 16:40'],
    ['周五 16:40 起 5 工作日到下周五 16:40', FRIDAY, workingDays(5), '2026-03-13 16:40'],
    ['周五 16:40 起 2 紧急工作时到当晚 18:40', FRIDAY, urgentHours(2), '2026-03-06 18:40'],
    ['周五 16:40 起 15 分钟到 16:55', FRIDAY, minutes(15), '2026-03-06 16:55'],
    ['周五 16:40 起 2 自然日到周日 16:40', FRIDAY, naturalDays(2), '2026-03-08 16:40'],
    ['除夕 23:00 起 2 紧急工作时到初一 01:00', '2026-02-16 23:00', urgentHours(2), '2026-02-17 01:00'],
    ['国庆前一天 17:00 起 2 工作时到 10月8日 09:00', '2026-09-30 17:00', workingHours(2), '2026-10-08 09:00'],
    ['国庆前一天 17:00 起 2 自然日到 10月2日 17:00', '2026-09-30 17:00', naturalDays(2), '2026-10-02 17:00'],
    ['调休的周六算工作日', '2026-02-13 16:00', workingDays(1), '2026-02-14 16:00'],
    ['夜里受理的工作时从上班算起', '2026-03-05 23:00', workingHours(2), '2026-03-06 10:00'],
  ])('%s', (_rule, at, limit, due) => {
    expect(dueAfter(open(at, limit))).toBe(due);
  });

  it('刚开始:走着、没用时间、没超期、没暂定', () => {
    expect(clockAfter([open(FRIDAY, workingHours(4))])).toEqual({
      scale: 'working',
      budgetMs: 4 * HOUR,
      usedMs: 0,
      runningSince: cn(FRIDAY),
      dueAt: cn('2026-03-09 10:40'),
      provisional: false,
      state: 'running',
      pauseReason: null,
      suspendedUntil: null,
      overran: false,
      extensions: 0,
      exempt: false,
      endedAt: null,
      ladder: [],
      rung: 0,
      nextRungAt: null,
    });
  });

  it('工作时、工作日走工作时间;分钟、紧急工作时、自然日昼夜不停', () => {
    expect([workingHours(1), workingDays(1)].map(scaleOf)).toEqual(['working', 'working']);
    expect([minutes(1), urgentHours(1), naturalDays(1), null].map(scaleOf)).toEqual(Array(4).fill('continuous'));
  });

  it('一个工作日是当时作息的一天:夏天 7 小时、看班 10 小时', () => {
    expect(limitMs(workingDays(2), cn(FRIDAY), workingTime(dayShift))).toBe(20 * HOUR);
    const summer = workingTime({
      ...officeHours,
      patterns: [
        ...officeHours.patterns,
        {
          from: '2026-06-01',
          weekdays: [1, 2, 3, 4, 5],
          slots: [
            ['08:00', '12:00'],
            ['15:00', '18:00'],
          ],
        },
      ],
    });
    expect(limitMs(workingDays(2), cn('2026-05-29 10:00'), summer)).toBe(16 * HOUR);
    expect(limitMs(workingDays(2), cn('2026-06-01 10:00'), summer)).toBe(14 * HOUR);
  });

  it('自然日数当地的钟:夏令时拨快的一天只有 23 小时', () => {
    const newYork = workingTime({ ...dayShift, zone: 'America/New_York' });
    const opened = clockAfter(
      [{ act: 'open', at: '2026-03-07T14:30:00.000Z', limit: naturalDays(1), ladder: [] }],
      newYork,
    );
    expect(opened.budgetMs).toBe(23 * HOUR);
    expect(opened.dueAt?.toISOString()).toBe('2026-03-08T13:30:00.000Z');
    const autumn = clockAfter(
      [{ act: 'open', at: '2026-10-31T13:30:00.000Z', limit: naturalDays(1), ladder: [] }],
      newYork,
    );
    expect(autumn.budgetMs).toBe(25 * HOUR);
  });

  it('GLPI #22678:周一 17:00 起 4 工作时,周二 11:00 到期,提前 1 小时在 10:00 提醒', () => {
    const ladder: Rung[] = [{ at: { share: 0.75 }, tell: 'owner' }];
    const clock = clockAfter([open('2026-03-09 17:00', workingHours(4), ladder)], workingTime(dayShift));
    expect([shown(clock.dueAt), shown(clock.nextRungAt)]).toEqual(['2026-03-10 11:00', '2026-03-10 10:00']);
  });

  it('第一个动作只能是开始', () => {
    for (const act of [pause(FRIDAY), resume(FRIDAY), settle(FRIDAY), exempt(FRIDAY)])
      expect(() => applyAct(null, act, office)).toThrow();
    expect(replay([], office)).toBeNull();
  });
});

describe('暂停与恢复', () => {
  it('暂停时没有截止时刻,恢复后补上停掉的时间', () => {
    const begin = [open('2026-03-02 09:00', urgentHours(8)), pause('2026-03-02 11:00')];
    expect(clockAfter(begin)).toMatchObject({
      state: 'paused',
      pauseReason: 'returned',
      dueAt: null,
      usedMs: 2 * HOUR,
    });
    expect(clockAfter(begin).runningSince).toBeNull();
    expect(dueAfter(...begin, resume('2026-03-03 11:00'))).toBe('2026-03-03 17:00');
    expect(clockAfter([...begin, resume('2026-03-03 11:00')])).toMatchObject({ state: 'running', pauseReason: null });
  });

  it('工作时的钟只补工作时间:停在周五下班前 1 小时,下周三恢复', () => {
    expect(
      dueAfter(open('2026-03-06 14:00', workingHours(8)), pause('2026-03-06 17:00'), resume('2026-03-11 08:00')),
    ).toBe('2026-03-11 15:00');
  });

  it('夜里暂停、夜里恢复,一分钟都没少', () => {
    const plainly = dueAfter(open('2026-03-05 17:00', workingHours(4)));
    expect(
      dueAfter(open('2026-03-05 17:00', workingHours(4)), pause('2026-03-05 20:00'), resume('2026-03-06 06:00')),
    ).toBe(plainly);
  });

  it('停了又走几次,和一直走同样多的时间一样', () => {
    const acts = [
      open('2026-03-02 08:00', workingHours(8)),
      pause('2026-03-02 09:00'),
      resume('2026-03-02 10:00'),
      pause('2026-03-02 11:00'),
      resume('2026-03-02 14:00'),
      pause('2026-03-02 17:00'),
    ];
    expect(usedHours(...acts)).toBe(5);
    expect(dueAfter(...acts, resume('2026-03-03 08:00'))).toBe('2026-03-03 11:00');
  });

  it('停与走在同一刻,什么都没变', () => {
    const opened = clockAfter([open('2026-03-02 08:00', workingHours(8))]);
    const again = clockAfter([
      open('2026-03-02 08:00', workingHours(8)),
      pause('2026-03-02 08:00'),
      resume('2026-03-02 08:00'),
    ]);
    expect(again).toEqual(opened);
  });

  it('Zammad:新建 60 分钟、处理 30 分钟、挂起 30 分钟,只计 90 分钟', () => {
    const acts = [open('2026-03-02 08:00', minutes(240)), pause('2026-03-02 09:30', 'pending')];
    expect(clockAfter(acts).usedMs / MINUTE).toBe(90);
    expect(clockAfter([...acts, settle('2026-03-02 10:00')]).usedMs / MINUTE).toBe(90);
    expect(clockAfter([...acts, resume('2026-03-02 10:00'), settle('2026-03-02 10:00')]).usedMs / MINUTE).toBe(90);
    expect(dueAfter(...acts, resume('2026-03-02 10:00'))).toBe('2026-03-02 12:30');
  });

  it('退回后又到同一个单位:接着用剩下的时间', () => {
    expect(
      dueAfter(
        open('2026-03-02 08:00', workingDays(2)),
        pause('2026-03-02 12:00', 'returned'),
        resume('2026-03-04 14:00'),
      ),
    ).toBe('2026-03-05 18:00');
  });

  it('退回后到别的单位:原来的撤销,新的从头算满', () => {
    const first = clockAfter([
      open('2026-03-02 08:00', workingDays(2)),
      pause('2026-03-02 12:00'),
      withdraw('2026-03-04 14:00'),
    ]);
    expect(first).toMatchObject({ state: 'withdrawn', usedMs: 4 * HOUR, endedAt: cn('2026-03-04 14:00') });
    expect(dueAfter(open('2026-03-04 14:00', workingDays(2)))).toBe('2026-03-06 12:00');
  });

  it('带着已用时间重新开始:只剩余下的', () => {
    const clock = clockAfter([open('2026-03-02 08:00', workingHours(8), [], 5 * HOUR)]);
    expect([shown(clock.dueAt), clock.usedMs, clock.budgetMs]).toEqual(['2026-03-02 11:00', 5 * HOUR, 8 * HOUR]);
  });
});

describe('停着的钟上再做动作', () => {
  const paused = [open('2026-03-02 08:00', workingHours(8)), pause('2026-03-02 10:00', 'returned')];
  const suspended = [open('2026-03-02 08:00', workingHours(8)), suspend('2026-03-02 10:00', '2026-03-20 00:00')];

  it('再暂停:原因换成新的,时间不多算', () => {
    expect(clockAfter([...paused, pause('2026-03-02 16:00', 'merged')])).toMatchObject({
      state: 'paused',
      pauseReason: 'merged',
      usedMs: 2 * HOUR,
    });
  });

  it('挂账:停着的改成挂账,时间不多算,暂停的原因去掉', () => {
    expect(clockAfter([...paused, suspend('2026-03-02 16:00', '2026-03-20 00:00')])).toMatchObject({
      state: 'suspended',
      pauseReason: null,
      suspendedUntil: cn('2026-03-20 00:00'),
      usedMs: 2 * HOUR,
    });
  });

  it('挂着账的改成暂停:不再写着挂账到哪天', () => {
    expect(clockAfter([...suspended, pause('2026-03-03 10:00', 'returned')])).toMatchObject({
      state: 'paused',
      usedMs: 2 * HOUR,
      suspendedUntil: null,
    });
  });

  it('延期:加进总时间,恢复后才有截止时刻', () => {
    const extended = clockAfter([...paused, extend('2026-03-02 16:00', workingHours(8))]);
    expect(extended).toMatchObject({ state: 'paused', budgetMs: 16 * HOUR, extensions: 1, dueAt: null });
    expect(dueAfter(...paused, extend('2026-03-02 16:00', workingHours(8)), resume('2026-03-03 08:00'))).toBe(
      '2026-03-04 16:00',
    );
  });

  it('升级:级数加一,没有下一级的时刻,恢复后接着下一级', () => {
    const ladder: Rung[] = [
      { at: { share: 0.5 }, tell: 'owner' },
      { at: { after: null }, tell: 'superior' },
    ];
    const acts = [
      open('2026-03-02 08:00', workingHours(8), ladder),
      pause('2026-03-02 15:00'),
      climb('2026-03-02 15:01'),
    ];
    expect(clockAfter(acts)).toMatchObject({ rung: 1, nextRungAt: null, state: 'paused' });
    expect(shown(clockAfter([...acts, resume('2026-03-03 08:00')]).nextRungAt)).toBe('2026-03-03 11:00');
  });

  it('重算:停着的钟一点不变', () => {
    expect(clockAfter([...paused, recount('2026-03-03 10:00')])).toEqual(clockAfter(paused));
    expect(clockAfter([...suspended, recount('2026-03-03 10:00')])).toEqual(clockAfter(suspended));
  });

  it('办结:不多算停着的时间,暂停原因、挂账日都去掉', () => {
    for (const acts of [paused, suspended])
      expect(clockAfter([...acts, settle('2026-03-10 10:00')])).toMatchObject({
        state: 'settled',
        usedMs: 2 * HOUR,
        endedAt: cn('2026-03-10 10:00'),
        pauseReason: null,
        suspendedUntil: null,
        overran: false,
        dueAt: null,
        nextRungAt: null,
      });
  });

  it('走着的钟再恢复:已用的时间不能丢', () => {
    const begin = open('2026-03-02 08:00', workingHours(8));
    expect(dueAfter(begin, resume('2026-03-02 16:00'))).toBe('2026-03-02 18:00');
    expect(usedHours(begin, resume('2026-03-02 16:00'), settle('2026-03-02 18:00'))).toBe(8);
  });

  it('走着的钟反复恢复,不能把截止时刻往后推', () => {
    const begin = open('2026-03-02 08:00', urgentHours(4));
    const pushed = [resume('2026-03-02 10:00'), resume('2026-03-02 13:00'), resume('2026-03-02 16:00')];
    expect(dueAfter(begin, ...pushed)).toBe('2026-03-02 12:00');
    expect(lateAt('2026-03-02 16:00', begin, ...pushed)).toBe(true);
  });
});

describe('延期', () => {
  it('加一个原来的时限:4 工作时延期,再加 4 工作时', () => {
    const begin = open(FRIDAY, workingHours(4));
    expect(dueAfter(begin, extend('2026-03-09 09:00', workingHours(4)))).toBe('2026-03-09 16:40');
    expect(clockAfter([begin, extend('2026-03-09 09:00', workingHours(4))])).toMatchObject({
      budgetMs: 8 * HOUR,
      extensions: 1,
      usedMs: 0,
      runningSince: cn(FRIDAY),
    });
  });

  it.each<[string, string, Limit, string]>([
    ['2 工作日延到第四个工作日', '2026-03-02 10:00', workingDays(2), '2026-03-06 10:00'],
    ['2 紧急工作时延到四小时后', '2026-03-02 10:00', urgentHours(2), '2026-03-02 14:00'],
    ['15 分钟延到半小时后', '2026-03-02 10:00', minutes(15), '2026-03-02 10:30'],
    ['2 自然日延到第四天', '2026-03-06 10:00', naturalDays(2), '2026-03-10 10:00'],
  ])('原时限再来一次:%s', (_rule, at, limit, due) => {
    expect(dueAfter(open(at, limit), extend(at, limit))).toBe(due);
  });

  it('什么时候批下来都一样,只要还没到期', () => {
    const begin = open('2026-03-02 10:00', workingHours(8));
    const dues = ['2026-03-02 10:00', '2026-03-02 13:00', '2026-03-02 23:00', '2026-03-03 10:00'].map((at) =>
      dueAfter(begin, extend(at, workingHours(8))),
    );
    expect(new Set(dues)).toEqual(new Set(['2026-03-04 10:00']));
  });

  it('两次延期:时间三份、次数二', () => {
    const clock = clockAfter([
      open('2026-03-02 10:00', workingDays(1)),
      extend('2026-03-02 11:00', workingDays(1)),
      extend('2026-03-03 11:00', workingDays(1)),
    ]);
    expect([shown(clock.dueAt), clock.budgetMs, clock.extensions]).toEqual(['2026-03-05 10:00', 24 * HOUR, 2]);
  });

  it('先停过再延期,剩下的加上延的', () => {
    expect(
      dueAfter(
        open('2026-03-02 08:00', urgentHours(4)),
        pause('2026-03-02 10:00'),
        resume('2026-03-02 20:00'),
        extend('2026-03-02 21:00', urgentHours(4)),
      ),
    ).toBe('2026-03-03 02:00');
  });

  it('用别的钟延期:从原截止时刻起算,只把其中自己的时间加进来', () => {
    const working = open('2026-03-04 10:00', workingHours(8));
    // Due Thursday 10:00; two natural days on it is Saturday 10:00, which leaves Thursday's and Friday's office hours.
    expect(clockAfter([working, extend('2026-03-04 11:00', naturalDays(2))])).toMatchObject({
      scale: 'working',
      budgetMs: (8 + 6 + 8) * HOUR,
      dueAt: cn('2026-03-06 18:00'),
    });
    const urgent = open('2026-03-06 16:00', urgentHours(1));
    // Due Friday 17:00; four working hours on it is Monday 11:00.
    expect(clockAfter([urgent, extend('2026-03-06 16:30', workingHours(4))])).toMatchObject({
      scale: 'continuous',
      dueAt: cn('2026-03-09 11:00'),
    });
  });

  it('没有时限的延期之后还是没有时限,不会变成立刻超期', () => {
    const clock = clockAfter([open('2026-03-02 08:00', null), extend('2026-03-20 08:00', workingHours(4))]);
    expect(clock).toMatchObject({ budgetMs: null, dueAt: null });
    expect(isLate(clock, cn('2026-03-20 08:00'))).toBe(false);
  });

  it('夏天的延期按到期时的作息算一个工作日', () => {
    const summer = workingTime({
      ...officeHours,
      patterns: [
        ...officeHours.patterns,
        {
          from: '2026-06-01',
          weekdays: [1, 2, 3, 4, 5],
          slots: [
            ['08:00', '12:00'],
            ['15:00', '18:00'],
          ],
        },
      ],
    });
    const clock = clockAfter(
      [open('2026-05-29 08:00', workingDays(2)), extend('2026-05-29 09:00', workingDays(1))],
      summer,
    );
    expect([clock.budgetMs, shown(clock.dueAt)]).toEqual([23 * HOUR, '2026-06-03 09:00']);
  });

  it('审批期间过了期,批下来后按新的截止时刻看,不算超期', () => {
    const begin = open('2026-03-02 08:00', urgentHours(4));
    expect(lateAt('2026-03-02 13:00', begin)).toBe(true);
    expect(lateAt('2026-03-02 13:00', begin, extend('2026-03-02 13:00', urgentHours(4)))).toBe(false);
    expect(lateAt('2026-03-02 16:01', begin, extend('2026-03-02 13:00', urgentHours(4)))).toBe(true);
  });

  it('超期停过又走的,批下来后也按新的截止时刻看', () => {
    const late = [open('2026-03-02 08:00', urgentHours(4)), pause('2026-03-02 13:00'), resume('2026-03-03 08:00')];
    const extended = [...late, extend('2026-03-03 08:30', urgentHours(4))];
    expect(dueAfter(...extended)).toBe('2026-03-03 11:00');
    expect(lateAt('2026-03-03 10:00', ...extended)).toBe(false);
    expect(clockAfter([...extended, settle('2026-03-03 10:00')]).overran).toBe(false);
    expect(clockAfter([...extended, settle('2026-03-03 11:01')]).overran).toBe(true);
  });

  it('延期补不上已经超的,还是超期', () => {
    const acts = [open('2026-03-02 08:00', urgentHours(2)), extend('2026-03-02 20:00', urgentHours(2))];
    expect(dueAfter(...acts)).toBe('2026-03-02 12:00');
    expect(lateAt('2026-03-02 20:00', ...acts)).toBe(true);
  });
});

describe('停着的时候延期', () => {
  const late = [open('2026-03-02 08:00', urgentHours(2)), pause('2026-03-02 20:00')];

  it('补得上的,不再算超期', () => {
    expect(lateAt('2026-03-03 08:00', ...late, extend('2026-03-03 08:00', urgentHours(24)))).toBe(false);
  });

  it('补不上的,还是超期', () => {
    expect(lateAt('2026-03-03 08:00', ...late, extend('2026-03-03 08:00', urgentHours(2)))).toBe(true);
  });
});

describe('挂账', () => {
  const begin = [open('2026-03-02 08:00', workingHours(8)), suspend('2026-03-02 17:00', '2026-04-07 00:00')];

  it('停到那一天,没有截止时刻', () => {
    expect(clockAfter(begin)).toMatchObject({
      state: 'suspended',
      suspendedUntil: cn('2026-04-07 00:00'),
      pauseReason: null,
      usedMs: 7 * HOUR,
      dueAt: null,
      nextRungAt: null,
    });
  });

  it('到那一刻自动恢复,剩下的 1 小时从那天上班算起', () => {
    const clock = clockAfter([...begin, resume('2026-04-07 00:00')]);
    expect(clock).toMatchObject({ state: 'running', suspendedUntil: null, runningSince: cn('2026-04-07 00:00') });
    expect(shown(clock.dueAt)).toBe('2026-04-07 09:00');
  });

  it('连续的钟从那一刻接着走', () => {
    expect(
      dueAfter(
        open('2026-03-02 08:00', urgentHours(8)),
        suspend('2026-03-02 15:00', '2026-04-07 00:00'),
        resume('2026-04-07 00:00'),
      ),
    ).toBe('2026-04-07 01:00');
  });

  it('挂着账不会超期,一年后也不会', () => {
    expect(lateAt('2027-03-01 00:00', ...begin)).toBe(false);
  });

  it('到了那一刻,哪怕巡检还没来得及叫醒,时间也从那一刻算:办结、退回、再延期都一样', () => {
    const rested = [open('2026-03-02 08:00', urgentHours(8)), suspend('2026-03-02 15:00', '2026-04-07 08:00')];
    expect(clockAfter([...rested, settle('2026-04-07 10:00')])).toMatchObject({ usedMs: 9 * HOUR, overran: true });
    expect(clockAfter([...rested, pause('2026-04-07 08:30')]).usedMs).toBe(7.5 * HOUR);
    expect(dueAfter(...rested, resume('2026-04-07 08:30'))).toBe('2026-04-07 09:00');
    expect(dueAfter(...rested, extend('2026-04-07 08:30', urgentHours(8)))).toBe('2026-04-07 17:00');
  });

  it('提前恢复,从恢复那刻走', () => {
    expect(dueAfter(...begin, resume('2026-03-10 08:00'))).toBe('2026-03-10 09:00');
  });
});

describe('按期、超期、免责', () => {
  const begin = open('2026-03-02 08:00', workingHours(4));

  it('正好在截止时刻办结,按期', () => {
    const clock = clockAfter([begin, settle('2026-03-02 12:00')]);
    expect(clock).toMatchObject({
      state: 'settled',
      overran: false,
      usedMs: 4 * HOUR,
      dueAt: cn('2026-03-02 12:00'),
      endedAt: cn('2026-03-02 12:00'),
      runningSince: null,
      nextRungAt: null,
    });
    expect(isLate(clock, cn('2027-01-01 00:00'))).toBe(false);
  });

  it('晚一毫秒办结,超期', () => {
    const late: Act = { act: 'settle', at: new Date(cn('2026-03-02 12:00').getTime() + 1).toISOString() };
    const clock = clockAfter([begin, late]);
    expect(clock.overran).toBe(true);
    expect(isLate(clock, cn('2026-03-02 12:00'))).toBe(true);
  });

  it('午休里办结也算超期:截止时刻是 12:00,13:00 才办完', () => {
    expect(clockAfter([begin, settle('2026-03-02 13:00')])).toMatchObject({ overran: true, usedMs: 4 * HOUR });
  });

  it('提前办结以后,过多久都不会变成超期', () => {
    const clock = clockAfter([begin, settle('2026-03-02 09:00')]);
    expect(isLate(clock, cn('2026-12-31 00:00'))).toBe(false);
    expect(isOpen(clock)).toBe(false);
  });

  it('超期办结以后一直是超期', () => {
    const clock = clockAfter([begin, settle('2026-03-05 09:00')]);
    expect(isLate(clock, cn('2026-03-05 09:00'))).toBe(true);
    expect(isLate(clock, cn('2026-12-31 00:00'))).toBe(true);
    expect(shown(clock.dueAt)).toBe('2026-03-02 12:00');
  });

  it('超期撤销的也记着超期', () => {
    expect(clockAfter([begin, withdraw('2026-03-05 09:00')])).toMatchObject({ state: 'withdrawn', overran: true });
  });

  it('走着的:到点那一刻还不算超期,过一毫秒就算', () => {
    const clock = clockAfter([begin]);
    const due = cn('2026-03-02 12:00').getTime();
    expect([due - 1, due, due + 1].map((now) => isLate(clock, new Date(now)))).toEqual([false, false, true]);
  });

  it('超期之后才暂停,停着也还是超期', () => {
    const clock = clockAfter([begin, pause('2026-03-02 15:00')]);
    expect(clock.overran).toBe(true);
    expect(isLate(clock, cn('2026-03-02 15:00'))).toBe(true);
    expect(isLate(clock, cn('2026-03-09 15:00'))).toBe(true);
  });

  it('超期之后才挂账,挂着也还是超期', () => {
    expect(lateAt('2026-03-09 15:00', begin, suspend('2026-03-02 15:00', '2026-04-01 00:00'))).toBe(true);
  });

  it('超期停过又走:截止时刻就是恢复的那一刻,一直是超期', () => {
    const acts = [begin, pause('2026-03-02 15:00'), resume('2026-03-04 10:00')];
    expect(dueAfter(...acts)).toBe('2026-03-04 10:00');
    expect(lateAt('2026-03-04 10:00', ...acts)).toBe(true);
    expect(lateAt('2026-03-04 10:01', ...acts)).toBe(true);
  });

  it('超期停下,停着时、刚恢复时办结都是超期', () => {
    const late = [begin, pause('2026-03-02 15:00')];
    expect(clockAfter([...late, settle('2026-03-04 10:00')]).overran).toBe(true);
    expect(clockAfter([...late, resume('2026-03-04 10:00'), settle('2026-03-04 10:00')]).overran).toBe(true);
    expect(clockAfter([...late, pause('2026-03-03 15:00', 'merged'), settle('2026-03-04 10:00')]).overran).toBe(true);
  });

  it('按期停下,停着时办结就是按期,不管停了多久', () => {
    expect(lateAt('2026-05-01 00:00', begin, pause('2026-03-02 11:59'), settle('2026-04-30 10:00'))).toBe(false);
  });

  it('免责不改变超期:事实和原谅都记着', () => {
    const late = clockAfter([begin, settle('2026-03-05 09:00'), exempt('2026-03-10 09:00')]);
    expect(late).toMatchObject({ exempt: true, overran: true, state: 'settled', endedAt: cn('2026-03-05 09:00') });
    expect(isLate(late, cn('2026-03-10 09:00'))).toBe(true);
  });

  it('免责只动免责这一项', () => {
    const ended = clockAfter([begin, settle('2026-03-05 09:00')]);
    expect(applyAct(ended, exempt('2026-03-10 09:00'), office)).toEqual({ ...ended, exempt: true });
  });

  it('走着、停着、挂着的是没完的,办结、撤销的是完了的', () => {
    const states = [[], [pause(FRIDAY)], [suspend(FRIDAY, FRIDAY)], [settle(FRIDAY)], [withdraw(FRIDAY)]];
    expect(states.map((acts) => isOpen(clockAfter([begin, ...acts])))).toEqual([true, true, true, false, false]);
  });
});

describe('没有时限的', () => {
  const ladder: Rung[] = [
    { at: { share: 0.8 }, tell: 'owner' },
    { at: { after: null }, tell: 'superior' },
  ];
  const begin = open('2026-03-02 08:00', null, ladder);

  it('没有截止时刻、没有升级、永远不超期', () => {
    expect(clockAfter([begin])).toMatchObject({ budgetMs: null, dueAt: null, nextRungAt: null, scale: 'continuous' });
    expect(lateAt('2036-03-02 08:00', begin)).toBe(false);
    expect(lateAt('2036-03-02 08:00', begin, settle('2036-03-02 08:00'))).toBe(false);
  });

  it('也能停、能走、能办结,用掉的时间照记', () => {
    const acts = [begin, pause('2026-03-02 10:00'), resume('2026-03-03 10:00')];
    expect(clockAfter(acts)).toMatchObject({ dueAt: null, nextRungAt: null, state: 'running' });
    expect(usedHours(...acts, settle('2026-03-03 13:00'))).toBe(5);
  });
});

describe('没有余量的', () => {
  it('已用的正好等于时限:开始那一刻到期,过一毫秒超期', () => {
    const clock = clockAfter([open('2026-03-02 10:00', workingHours(4), [], 4 * HOUR)]);
    expect(shown(clock.dueAt)).toBe('2026-03-02 10:00');
    expect(isLate(clock, cn('2026-03-02 10:00'))).toBe(false);
    expect(isLate(clock, new Date(cn('2026-03-02 10:00').getTime() + 1))).toBe(true);
  });

  it('已用的比时限还多:截止时刻不会早于开始', () => {
    expect(dueAfter(open('2026-03-02 10:00', workingHours(4), [], 40 * HOUR))).toBe('2026-03-02 10:00');
  });

  it('夜里开始的也在那一刻到期,不拖到上班', () => {
    expect(dueAfter(open('2026-03-02 23:00', workingHours(4), [], 4 * HOUR))).toBe('2026-03-02 23:00');
  });

  it('时限为零:每一级都在那一刻', () => {
    const zero = { amount: 0, unit: 'working_hours' } as const;
    const ladder: Rung[] = [
      { at: { share: 0.8 }, tell: 'owner' },
      { at: { after: null }, tell: 'superior' },
    ];
    const begin = open('2026-03-02 23:00', zero, ladder);
    const instants = [clockAfter([begin]), clockAfter([begin, climb('2026-03-02 23:00')])].map(({ nextRungAt }) =>
      shown(nextRungAt),
    );
    expect(instants).toEqual(['2026-03-02 23:00', '2026-03-02 23:00']);
    expect(clockAfter([begin])).toMatchObject({ budgetMs: 0, dueAt: cn('2026-03-02 23:00') });
  });

  it('在截止时刻停下不算超期;恢复时当场到期,再走一分钟就超期', () => {
    const acts = [open('2026-03-06 14:00', workingHours(4)), pause('2026-03-06 18:00')];
    expect(clockAfter(acts).overran).toBe(false);
    const again = [...acts, resume('2026-03-10 10:00')];
    expect(dueAfter(...again)).toBe('2026-03-10 10:00');
    expect(lateAt('2026-03-10 10:00', ...again)).toBe(false);
    expect(lateAt('2026-03-10 10:01', ...again)).toBe(true);
  });
});

describe('升级的梯子', () => {
  const ladder: Rung[] = [
    { at: { share: 0.5 }, tell: 'owner' },
    { at: { share: 0.8 }, tell: 'owner' },
    { at: { after: null }, tell: 'superior' },
    { at: { after: workingDays(1) }, tell: 'top' },
    { at: { after: urgentHours(48) }, tell: 'top' },
  ];
  const begin = open('2026-03-05 14:00', workingHours(10), ladder);
  const rungs = (...acts: Act[]): (string | null)[] => {
    const list: (string | null)[] = [];
    for (let i = 0; i <= ladder.length; i += 1) {
      list.push(shown(clockAfter([begin, ...acts, ...Array<Act>(i).fill(climb('2026-03-05 14:00'))]).nextRungAt));
    }
    return list;
  };

  it('一级一级:用到一半、八成、到期、到期后 1 工作日、到期后连续 48 小时,然后没有了', () => {
    expect(dueAfter(begin)).toBe('2026-03-06 16:00');
    expect(rungs()).toEqual([
      '2026-03-06 09:00',
      '2026-03-06 12:00',
      '2026-03-06 16:00',
      '2026-03-09 16:00',
      '2026-03-08 16:00',
      null,
    ]);
  });

  it('升了几级就记几级,别的都不动', () => {
    const opened = clockAfter([begin]);
    const climbed = clockAfter([begin, climb('2026-03-06 09:00'), climb('2026-03-06 12:00')]);
    expect(climbed).toEqual({ ...opened, rung: 2, nextRungAt: cn('2026-03-06 16:00') });
  });

  it('梯子到头再升,只是数着,没有下一级', () => {
    const top = clockAfter([begin, ...Array<Act>(7).fill(climb('2026-03-20 09:00'))]);
    expect(top).toMatchObject({ rung: 7, nextRungAt: null });
  });

  it('停一个工作日,每一级都晚一个工作日', () => {
    expect(rungs(pause('2026-03-05 15:00'), resume('2026-03-06 15:00'))).toEqual([
      '2026-03-09 09:00',
      '2026-03-09 12:00',
      '2026-03-09 16:00',
      '2026-03-10 16:00',
      '2026-03-11 16:00',
      null,
    ]);
  });

  it('停着没有下一级', () => {
    expect(rungs(pause('2026-03-05 15:00'))).toEqual(Array(6).fill(null));
  });

  it('恢复时已过的比例级,当场就到', () => {
    const acts = [begin, pause('2026-03-06 11:00'), resume('2026-03-10 11:00')];
    expect(shown(clockAfter(acts).nextRungAt)).toBe('2026-03-10 11:00');
  });

  it('延期后,没升的级按新的总时间算', () => {
    expect(rungs(extend('2026-03-05 15:00', workingHours(10)))).toEqual([
      '2026-03-06 16:00',
      '2026-03-09 12:00',
      '2026-03-09 18:00',
      '2026-03-10 18:00',
      '2026-03-11 18:00',
      null,
    ]);
  });

  it('升过的级不因延期退回来', () => {
    const clock = clockAfter([begin, climb('2026-03-06 09:00'), extend('2026-03-06 10:00', workingHours(10))]);
    expect([clock.rung, shown(clock.nextRungAt)]).toEqual([1, '2026-03-09 12:00']);
  });

  it('办结、撤销之后没有下一级', () => {
    for (const end of [settle, withdraw]) expect(clockAfter([begin, end('2026-03-05 15:00')]).nextRungAt).toBeNull();
  });

  it('没有梯子的没有下一级', () => {
    expect(clockAfter([open('2026-03-05 14:00', workingHours(10))]).nextRungAt).toBeNull();
  });

  it('比例在 0 和 1 之间,不含两头', () => {
    const accepts = (share: number): boolean => rungSchema.safeParse({ at: { share }, tell: 'owner' }).success;
    expect([0, 0.01, 0.99, 1, -0.5, 1.5].map(accepts)).toEqual([false, true, true, false, false, false]);
  });
});

describe('暂定的截止时刻', () => {
  const begin = open('2026-12-31 17:00', workingHours(2));
  const published = workingTime(officeHours, holidayBook(['2027-01-01', '2027-01-02', '2027-01-03'], []));

  it('落在没公布节假日的年份,标明暂定', () => {
    expect(clockAfter([begin])).toMatchObject({ provisional: true, dueAt: cn('2027-01-01 09:00') });
  });

  it('连续的钟没有暂定', () => {
    expect(clockAfter([open('2026-12-31 17:00', urgentHours(200))]).provisional).toBe(false);
    expect(clockAfter([open('2026-12-31 17:00', naturalDays(20))]).provisional).toBe(false);
  });

  it('公布后重算:截止时刻跳过假日,暂定去掉,别的不动', () => {
    const before = clockAfter([begin]);
    expect(applyAct(before, recount('2026-12-31 17:30'), published)).toEqual({
      ...before,
      provisional: false,
      dueAt: cn('2027-01-04 09:00'),
    });
  });

  it('重算连升级的时刻一起', () => {
    const before = clockAfter([open('2026-12-31 17:00', workingHours(2), [{ at: { after: null }, tell: 'owner' }])]);
    expect(shown(applyAct(before, recount('2026-12-31 17:30'), published).nextRungAt)).toBe('2027-01-04 09:00');
  });

  it('日历没变时重算,什么都不变', () => {
    const before = clockAfter([begin]);
    expect(applyAct(before, recount('2026-12-31 17:30'), office)).toEqual(before);
  });

  it('停下时不再暂定,恢复时重新看', () => {
    expect(clockAfter([begin, pause('2026-12-31 17:30')]).provisional).toBe(false);
    expect(clockAfter([begin, pause('2026-12-31 17:30'), resume('2026-12-31 17:40')]).provisional).toBe(true);
  });

  it('延期越过年界,变成暂定', () => {
    const acts = [open('2026-12-31 08:00', workingHours(4)), extend('2026-12-31 09:00', workingHours(4))];
    expect(clockAfter(acts)).toMatchObject({ provisional: false, dueAt: cn('2026-12-31 18:00') });
    expect(clockAfter([...acts, extend('2026-12-31 09:00', workingHours(4))]).provisional).toBe(true);
  });
});

describe('日志里的动作', () => {
  it('每一种都写得进、读得回', () => {
    const acts = [
      open(FRIDAY, workingHours(4), [{ at: { after: workingDays(1) }, tell: 'top' }], HOUR),
      open(FRIDAY, null),
      pause(FRIDAY),
      resume(FRIDAY),
      suspend(FRIDAY, '2026-04-01 00:00'),
      extend(FRIDAY, naturalDays(1)),
      climb(FRIDAY),
      recount(FRIDAY),
      settle(FRIDAY),
      withdraw(FRIDAY),
      exempt(FRIDAY),
    ];
    for (const act of acts) expect(actSchema.parse(JSON.parse(JSON.stringify(act)))).toEqual(act);
  });

  it('时刻要带时区,时限要是时限', () => {
    expect(actSchema.safeParse({ act: 'resume', at: '2026-03-06T16:40:00' }).success).toBe(false);
    expect(actSchema.safeParse({ act: 'extend', at: t(FRIDAY), by: { amount: 0, unit: 'minutes' } }).success).toBe(
      false,
    );
    expect(actSchema.safeParse({ act: 'forget', at: t(FRIDAY) }).success).toBe(false);
  });

  it('一年的挂账、最长的时限也算得出来', () => {
    const acts = [
      open('2026-03-02 08:00', naturalDays(3660)),
      suspend('2026-03-03 08:00', '2027-03-03 08:00'),
      resume('2027-03-03 08:00'),
    ];
    expect(clockAfter(acts).dueAt?.getTime()).toBe(cn('2027-03-03 08:00').getTime() + 3659 * DAY);
    expect(clockAfter([open('2026-03-02 08:00', workingDays(3660))]).provisional).toBe(true);
  });
});
