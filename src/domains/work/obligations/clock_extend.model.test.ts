import { describe, expect, it } from 'vitest';
import { cn, shown } from '../calendars/fixtures/wall_clock.ts';
import { type Limit, minutes, naturalDays, urgentHours, workingDays, workingHours } from '../calendars/limit.model.ts';
import { isLate } from './clock.model.ts';
import {
  clockAfter,
  dueAfter,
  extend,
  FRIDAY,
  HOUR,
  lateAt,
  open,
  pause,
  resume,
  settle,
  summer,
  suspend,
} from './fixtures/acts.ts';

describe('延期', () => {
  it('加一个原来的时限：4 工作时延期，再加 4 工作时', () => {
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

  it('什么时候批下来都一样，只要还没到期', () => {
    const begin = open('2026-03-02 10:00', workingHours(8));
    const dues = ['2026-03-02 10:00', '2026-03-02 13:00', '2026-03-02 23:00', '2026-03-03 10:00'].map((at) =>
      dueAfter(begin, extend(at, workingHours(8))),
    );
    expect(new Set(dues)).toEqual(new Set(['2026-03-04 10:00']));
  });

  it('两次延期：时间三份、次数二', () => {
    const clock = clockAfter([
      open('2026-03-02 10:00', workingDays(1)),
      extend('2026-03-02 11:00', workingDays(1)),
      extend('2026-03-03 11:00', workingDays(1)),
    ]);
    expect([shown(clock.dueAt), clock.budgetMs, clock.extensions]).toEqual(['2026-03-05 10:00', 24 * HOUR, 2]);
  });

  it('先停过再延期，剩下的加上延的', () => {
    expect(
      dueAfter(
        open('2026-03-02 08:00', urgentHours(4)),
        pause('2026-03-02 10:00'),
        resume('2026-03-02 20:00'),
        extend('2026-03-02 21:00', urgentHours(4)),
      ),
    ).toBe('2026-03-03 02:00');
  });

  it('用别的钟延期：从原截止时刻起算，只把其中自己的时间加进来', () => {
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

  it('没有时限的延期之后还是没有时限，不会变成立刻超期', () => {
    const clock = clockAfter([open('2026-03-02 08:00', null), extend('2026-03-20 08:00', workingHours(4))]);
    expect(clock).toMatchObject({ budgetMs: null, dueAt: null });
    expect(isLate(clock, cn('2026-03-20 08:00'))).toBe(false);
  });

  it('夏天的延期按到期时的作息算一个工作日', () => {
    const clock = clockAfter(
      [open('2026-05-29 08:00', workingDays(2)), extend('2026-05-29 09:00', workingDays(1))],
      summer,
    );
    expect([clock.budgetMs, shown(clock.dueAt)]).toEqual([23 * HOUR, '2026-06-03 09:00']);
  });

  it('审批期间过了期，批下来后按新的截止时刻看，不算超期', () => {
    const begin = open('2026-03-02 08:00', urgentHours(4));
    expect(lateAt('2026-03-02 13:00', begin)).toBe(true);
    expect(lateAt('2026-03-02 13:00', begin, extend('2026-03-02 13:00', urgentHours(4)))).toBe(false);
    expect(lateAt('2026-03-02 16:01', begin, extend('2026-03-02 13:00', urgentHours(4)))).toBe(true);
  });

  it('超期停过又走的，批下来后也按新的截止时刻看', () => {
    const late = [open('2026-03-02 08:00', urgentHours(4)), pause('2026-03-02 13:00'), resume('2026-03-03 08:00')];
    const extended = [...late, extend('2026-03-03 08:30', urgentHours(4))];
    expect(dueAfter(...extended)).toBe('2026-03-03 11:00');
    expect(lateAt('2026-03-03 10:00', ...extended)).toBe(false);
    expect(clockAfter([...extended, settle('2026-03-03 10:00')]).overran).toBe(false);
    expect(clockAfter([...extended, settle('2026-03-03 11:01')]).overran).toBe(true);
  });

  it('延期补不上已经超的，还是超期', () => {
    const acts = [open('2026-03-02 08:00', urgentHours(2)), extend('2026-03-02 20:00', urgentHours(2))];
    expect(dueAfter(...acts)).toBe('2026-03-02 12:00');
    expect(lateAt('2026-03-02 20:00', ...acts)).toBe(true);
  });
});

describe('停着的时候延期', () => {
  const late = [open('2026-03-02 08:00', urgentHours(2)), pause('2026-03-02 20:00')];

  it('补得上的，不再算超期', () => {
    expect(lateAt('2026-03-03 08:00', ...late, extend('2026-03-03 08:00', urgentHours(24)))).toBe(false);
  });

  it('补不上的，还是超期', () => {
    expect(lateAt('2026-03-03 08:00', ...late, extend('2026-03-03 08:00', urgentHours(2)))).toBe(true);
  });
});

describe('挂账', () => {
  const begin = [open('2026-03-02 08:00', workingHours(8)), suspend('2026-03-02 17:00', '2026-04-07 00:00')];

  it('停到那一天，没有截止时刻', () => {
    expect(clockAfter(begin)).toMatchObject({
      state: 'suspended',
      suspendedUntil: cn('2026-04-07 00:00'),
      pauseReason: null,
      usedMs: 7 * HOUR,
      dueAt: null,
      nextRungAt: null,
    });
  });

  it('到那一刻自动恢复，剩下的 1 小时从那天上班算起', () => {
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

  it('挂着账不会超期，一年后也不会', () => {
    expect(lateAt('2027-03-01 00:00', ...begin)).toBe(false);
  });

  it('到了那一刻，哪怕巡检还没来得及叫醒，时间也从那一刻算：办结、退回、再延期都一样', () => {
    const rested = [open('2026-03-02 08:00', urgentHours(8)), suspend('2026-03-02 15:00', '2026-04-07 08:00')];
    expect(clockAfter([...rested, settle('2026-04-07 10:00')])).toMatchObject({ usedMs: 9 * HOUR, overran: true });
    expect(clockAfter([...rested, pause('2026-04-07 08:30')]).usedMs).toBe(7.5 * HOUR);
    expect(dueAfter(...rested, resume('2026-04-07 08:30'))).toBe('2026-04-07 09:00');
    expect(dueAfter(...rested, extend('2026-04-07 08:30', urgentHours(8)))).toBe('2026-04-07 17:00');
  });

  it('提前恢复，从恢复那刻走', () => {
    expect(dueAfter(...begin, resume('2026-03-10 08:00'))).toBe('2026-03-10 09:00');
  });
});
