import { describe, expect, it } from 'vitest';
import { cn, shown } from '../calendars/fixtures/wall_clock.ts';
import { workingHours } from '../calendars/limit.model.ts';
import { type Act, applyAct, isLate, isOpen } from './clock.model.ts';
import {
  clockAfter,
  dueAfter,
  exempt,
  FRIDAY,
  HOUR,
  lateAt,
  office,
  open,
  pause,
  resume,
  settle,
  suspend,
  withdraw,
} from './fixtures/acts.ts';

describe('按期、超期、免责', () => {
  const begin = open('2026-03-02 08:00', workingHours(4));

  it('正好在截止时刻办结，按期', () => {
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

  it('晚一毫秒办结，超期', () => {
    const late: Act = { act: 'settle', at: new Date(cn('2026-03-02 12:00').getTime() + 1).toISOString() };
    const clock = clockAfter([begin, late]);
    expect(clock.overran).toBe(true);
    expect(isLate(clock, cn('2026-03-02 12:00'))).toBe(true);
  });

  it('午休里办结也算超期：截止时刻是 12:00,13:00 才办完', () => {
    expect(clockAfter([begin, settle('2026-03-02 13:00')])).toMatchObject({ overran: true, usedMs: 4 * HOUR });
  });

  it('提前办结以后，过多久都不会变成超期', () => {
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

  it('走着的：到点那一刻还不算超期，过一毫秒就算', () => {
    const clock = clockAfter([begin]);
    const due = cn('2026-03-02 12:00').getTime();
    expect([due - 1, due, due + 1].map((now) => isLate(clock, new Date(now)))).toEqual([false, false, true]);
  });

  it('超期之后才暂停，停着也还是超期', () => {
    const clock = clockAfter([begin, pause('2026-03-02 15:00')]);
    expect(clock.overran).toBe(true);
    expect(isLate(clock, cn('2026-03-02 15:00'))).toBe(true);
    expect(isLate(clock, cn('2026-03-09 15:00'))).toBe(true);
  });

  it('超期之后才挂账，挂着也还是超期', () => {
    expect(lateAt('2026-03-09 15:00', begin, suspend('2026-03-02 15:00', '2026-04-01 00:00'))).toBe(true);
  });

  it('超期停过又走：截止时刻就是恢复的那一刻，一直是超期', () => {
    const acts = [begin, pause('2026-03-02 15:00'), resume('2026-03-04 10:00')];
    expect(dueAfter(...acts)).toBe('2026-03-04 10:00');
    expect(lateAt('2026-03-04 10:00', ...acts)).toBe(true);
    expect(lateAt('2026-03-04 10:01', ...acts)).toBe(true);
  });

  it('超期停下，停着时、刚恢复时办结都是超期', () => {
    const late = [begin, pause('2026-03-02 15:00')];
    expect(clockAfter([...late, settle('2026-03-04 10:00')]).overran).toBe(true);
    expect(clockAfter([...late, resume('2026-03-04 10:00'), settle('2026-03-04 10:00')]).overran).toBe(true);
    expect(clockAfter([...late, pause('2026-03-03 15:00', 'merged'), settle('2026-03-04 10:00')]).overran).toBe(true);
  });

  it('按期停下，停着时办结就是按期，不管停了多久', () => {
    expect(lateAt('2026-05-01 00:00', begin, pause('2026-03-02 11:59'), settle('2026-04-30 10:00'))).toBe(false);
  });

  it('免责不改变超期：事实和原谅都记着', () => {
    const late = clockAfter([begin, settle('2026-03-05 09:00'), exempt('2026-03-10 09:00')]);
    expect(late).toMatchObject({ exempt: true, overran: true, state: 'settled', endedAt: cn('2026-03-05 09:00') });
    expect(isLate(late, cn('2026-03-10 09:00'))).toBe(true);
  });

  it('免责只动免责这一项', () => {
    const ended = clockAfter([begin, settle('2026-03-05 09:00')]);
    expect(applyAct(ended, exempt('2026-03-10 09:00'), office)).toEqual({ ...ended, exempt: true });
  });

  it('走着、停着、挂着的是没完的，办结、撤销的是完了的', () => {
    const states = [[], [pause(FRIDAY)], [suspend(FRIDAY, FRIDAY)], [settle(FRIDAY)], [withdraw(FRIDAY)]];
    expect(states.map((acts) => isOpen(clockAfter([begin, ...acts])))).toEqual([true, true, true, false, false]);
  });
});
