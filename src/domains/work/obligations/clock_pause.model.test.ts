import { describe, expect, it } from 'vitest';
import { cn, shown } from '../calendars/fixtures/wall_clock.ts';
import { minutes, urgentHours, workingDays, workingHours } from '../calendars/limit.model.ts';
import type { Rung } from './clock.model.ts';
import {
  climb,
  clockAfter,
  dueAfter,
  extend,
  HOUR,
  lateAt,
  MINUTE,
  open,
  pause,
  recount,
  resume,
  settle,
  suspend,
  usedHours,
  withdraw,
} from './fixtures/acts.ts';

describe('暂停与恢复', () => {
  it('暂停时没有截止时刻，恢复后补上停掉的时间', () => {
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

  it('工作时的钟只补工作时间：停在周五下班前 1 小时，下周三恢复', () => {
    expect(
      dueAfter(open('2026-03-06 14:00', workingHours(8)), pause('2026-03-06 17:00'), resume('2026-03-11 08:00')),
    ).toBe('2026-03-11 15:00');
  });

  it('夜里暂停、夜里恢复，一分钟都没少', () => {
    const plainly = dueAfter(open('2026-03-05 17:00', workingHours(4)));
    expect(
      dueAfter(open('2026-03-05 17:00', workingHours(4)), pause('2026-03-05 20:00'), resume('2026-03-06 06:00')),
    ).toBe(plainly);
  });

  it('停了又走几次，和一直走同样多的时间一样', () => {
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

  it('停与走在同一刻，什么都没变', () => {
    const opened = clockAfter([open('2026-03-02 08:00', workingHours(8))]);
    const again = clockAfter([
      open('2026-03-02 08:00', workingHours(8)),
      pause('2026-03-02 08:00'),
      resume('2026-03-02 08:00'),
    ]);
    expect(again).toEqual(opened);
  });

  it('Zammad:新建 60 分钟、处理 30 分钟、挂起 30 分钟，只计 90 分钟', () => {
    const acts = [open('2026-03-02 08:00', minutes(240)), pause('2026-03-02 09:30', 'pending')];
    expect(clockAfter(acts).usedMs / MINUTE).toBe(90);
    expect(clockAfter([...acts, settle('2026-03-02 10:00')]).usedMs / MINUTE).toBe(90);
    expect(clockAfter([...acts, resume('2026-03-02 10:00'), settle('2026-03-02 10:00')]).usedMs / MINUTE).toBe(90);
    expect(dueAfter(...acts, resume('2026-03-02 10:00'))).toBe('2026-03-02 12:30');
  });

  it('退回后又到同一个单位：接着用剩下的时间', () => {
    expect(
      dueAfter(
        open('2026-03-02 08:00', workingDays(2)),
        pause('2026-03-02 12:00', 'returned'),
        resume('2026-03-04 14:00'),
      ),
    ).toBe('2026-03-05 18:00');
  });

  it('退回后到别的单位：原来的撤销，新的从头算满', () => {
    const first = clockAfter([
      open('2026-03-02 08:00', workingDays(2)),
      pause('2026-03-02 12:00'),
      withdraw('2026-03-04 14:00'),
    ]);
    expect(first).toMatchObject({ state: 'withdrawn', usedMs: 4 * HOUR, endedAt: cn('2026-03-04 14:00') });
    expect(dueAfter(open('2026-03-04 14:00', workingDays(2)))).toBe('2026-03-06 12:00');
  });

  it('带着已用时间重新开始：只剩余下的', () => {
    const clock = clockAfter([open('2026-03-02 08:00', workingHours(8), [], 5 * HOUR)]);
    expect([shown(clock.dueAt), clock.usedMs, clock.budgetMs]).toEqual(['2026-03-02 11:00', 5 * HOUR, 8 * HOUR]);
  });
});

describe('停着的钟上再做动作', () => {
  const paused = [open('2026-03-02 08:00', workingHours(8)), pause('2026-03-02 10:00', 'returned')];
  const suspended = [open('2026-03-02 08:00', workingHours(8)), suspend('2026-03-02 10:00', '2026-03-20 00:00')];

  it('再暂停：原因换成新的，时间不多算', () => {
    expect(clockAfter([...paused, pause('2026-03-02 16:00', 'merged')])).toMatchObject({
      state: 'paused',
      pauseReason: 'merged',
      usedMs: 2 * HOUR,
    });
  });

  it('挂账：停着的改成挂账，时间不多算，暂停的原因去掉', () => {
    expect(clockAfter([...paused, suspend('2026-03-02 16:00', '2026-03-20 00:00')])).toMatchObject({
      state: 'suspended',
      pauseReason: null,
      suspendedUntil: cn('2026-03-20 00:00'),
      usedMs: 2 * HOUR,
    });
  });

  it('挂着账的改成暂停：不再写着挂账到哪天', () => {
    expect(clockAfter([...suspended, pause('2026-03-03 10:00', 'returned')])).toMatchObject({
      state: 'paused',
      usedMs: 2 * HOUR,
      suspendedUntil: null,
    });
  });

  it('延期：加进总时间，恢复后才有截止时刻', () => {
    const extended = clockAfter([...paused, extend('2026-03-02 16:00', workingHours(8))]);
    expect(extended).toMatchObject({ state: 'paused', budgetMs: 16 * HOUR, extensions: 1, dueAt: null });
    expect(dueAfter(...paused, extend('2026-03-02 16:00', workingHours(8)), resume('2026-03-03 08:00'))).toBe(
      '2026-03-04 16:00',
    );
  });

  it('升级：级数加一，没有下一级的时刻，恢复后接着下一级', () => {
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

  it('重算：停着的钟一点不变', () => {
    expect(clockAfter([...paused, recount('2026-03-03 10:00')])).toEqual(clockAfter(paused));
    expect(clockAfter([...suspended, recount('2026-03-03 10:00')])).toEqual(clockAfter(suspended));
  });

  it('办结：不多算停着的时间，暂停原因、挂账日都去掉', () => {
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

  it('走着的钟再恢复：已用的时间不能丢', () => {
    const begin = open('2026-03-02 08:00', workingHours(8));
    expect(dueAfter(begin, resume('2026-03-02 16:00'))).toBe('2026-03-02 18:00');
    expect(usedHours(begin, resume('2026-03-02 16:00'), settle('2026-03-02 18:00'))).toBe(8);
  });

  it('走着的钟反复恢复，不能把截止时刻往后推', () => {
    const begin = open('2026-03-02 08:00', urgentHours(4));
    const pushed = [resume('2026-03-02 10:00'), resume('2026-03-02 13:00'), resume('2026-03-02 16:00')];
    expect(dueAfter(begin, ...pushed)).toBe('2026-03-02 12:00');
    expect(lateAt('2026-03-02 16:00', begin, ...pushed)).toBe(true);
  });
});
