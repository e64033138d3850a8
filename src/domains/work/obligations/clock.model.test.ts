import { describe, expect, it } from 'vitest';
import { workingTime } from '../calendars/calendar.model.ts';
import { cn, shown } from '../calendars/fixtures/wall_clock.ts';
import { type Limit, minutes, naturalDays, urgentHours, workingDays, workingHours } from '../calendars/limit.model.ts';
import { actSchema, applyAct, isLate, limitMs, type Rung, replay, scaleOf } from './clock.model.ts';
import {
  climb,
  clockAfter,
  DAY,
  dayShift,
  dueAfter,
  exempt,
  extend,
  FRIDAY,
  HOUR,
  lateAt,
  office,
  open,
  pause,
  recount,
  resume,
  settle,
  summer,
  suspend,
  t,
  usedHours,
  withdraw,
} from './fixtures/acts.ts';

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

  it('刚开始：走着、没用时间、没超期、没暂定', () => {
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

  it('工作时、工作日走工作时间；分钟、紧急工作时、自然日昼夜不停', () => {
    expect([workingHours(1), workingDays(1)].map(scaleOf)).toEqual(['working', 'working']);
    expect([minutes(1), urgentHours(1), naturalDays(1), null].map(scaleOf)).toEqual(Array(4).fill('continuous'));
  });

  it('一个工作日是当时作息的一天：夏天 7 小时、看班 10 小时', () => {
    expect(limitMs(workingDays(2), cn(FRIDAY), workingTime(dayShift))).toBe(20 * HOUR);
    expect(limitMs(workingDays(2), cn('2026-05-29 10:00'), summer)).toBe(16 * HOUR);
    expect(limitMs(workingDays(2), cn('2026-06-01 10:00'), summer)).toBe(14 * HOUR);
  });

  it('自然日数当地的钟：夏令时拨快的一天只有 23 小时', () => {
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

  it('GLPI #22678:周一 17:00 起 4 工作时，周二 11:00 到期，提前 1 小时在 10:00 提醒', () => {
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

  it('也能停、能走、能办结，用掉的时间照记', () => {
    const acts = [begin, pause('2026-03-02 10:00'), resume('2026-03-03 10:00')];
    expect(clockAfter(acts)).toMatchObject({ dueAt: null, nextRungAt: null, state: 'running' });
    expect(usedHours(...acts, settle('2026-03-03 13:00'))).toBe(5);
  });
});

describe('没有余量的', () => {
  it('已用的正好等于时限：开始那一刻到期，过一毫秒超期', () => {
    const clock = clockAfter([open('2026-03-02 10:00', workingHours(4), [], 4 * HOUR)]);
    expect(shown(clock.dueAt)).toBe('2026-03-02 10:00');
    expect(isLate(clock, cn('2026-03-02 10:00'))).toBe(false);
    expect(isLate(clock, new Date(cn('2026-03-02 10:00').getTime() + 1))).toBe(true);
  });

  it('已用的比时限还多：截止时刻不会早于开始', () => {
    expect(dueAfter(open('2026-03-02 10:00', workingHours(4), [], 40 * HOUR))).toBe('2026-03-02 10:00');
  });

  it('夜里开始的也在那一刻到期，不拖到上班', () => {
    expect(dueAfter(open('2026-03-02 23:00', workingHours(4), [], 4 * HOUR))).toBe('2026-03-02 23:00');
  });

  it('时限为零：每一级都在那一刻', () => {
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

  it('在截止时刻停下不算超期；恢复时当场到期，再走一分钟就超期', () => {
    const acts = [open('2026-03-06 14:00', workingHours(4)), pause('2026-03-06 18:00')];
    expect(clockAfter(acts).overran).toBe(false);
    const again = [...acts, resume('2026-03-10 10:00')];
    expect(dueAfter(...again)).toBe('2026-03-10 10:00');
    expect(lateAt('2026-03-10 10:00', ...again)).toBe(false);
    expect(lateAt('2026-03-10 10:01', ...again)).toBe(true);
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

  it('时刻要带时区，时限要是时限', () => {
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
