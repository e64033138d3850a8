import { describe, expect, it } from 'vitest';
import { officeHours, workingTime } from '../calendars/calendar.model.ts';
import { cn, shown } from '../calendars/fixtures/wall_clock.ts';
import { holidayBook } from '../calendars/holidays.model.ts';
import { naturalDays, urgentHours, workingDays, workingHours } from '../calendars/limit.model.ts';
import { type Act, applyAct, type Rung, rungSchema } from './clock.model.ts';
import {
  climb,
  clockAfter,
  dueAfter,
  extend,
  office,
  open,
  pause,
  recount,
  resume,
  settle,
  withdraw,
} from './fixtures/acts.ts';

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

  it('一级一级：用到一半、八成、到期、到期后 1 工作日、到期后连续 48 小时，然后没有了', () => {
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

  it('升了几级就记几级，别的都不动', () => {
    const opened = clockAfter([begin]);
    const climbed = clockAfter([begin, climb('2026-03-06 09:00'), climb('2026-03-06 12:00')]);
    expect(climbed).toEqual({ ...opened, rung: 2, nextRungAt: cn('2026-03-06 16:00') });
  });

  it('梯子到头再升，只是数着，没有下一级', () => {
    const top = clockAfter([begin, ...Array<Act>(7).fill(climb('2026-03-20 09:00'))]);
    expect(top).toMatchObject({ rung: 7, nextRungAt: null });
  });

  it('停一个工作日，每一级都晚一个工作日', () => {
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

  it('恢复时已过的比例级，当场就到', () => {
    const acts = [begin, pause('2026-03-06 11:00'), resume('2026-03-10 11:00')];
    expect(shown(clockAfter(acts).nextRungAt)).toBe('2026-03-10 11:00');
  });

  it('延期后，没升的级按新的总时间算', () => {
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

  it('比例在 0 和 1 之间，不含两头', () => {
    const accepts = (share: number): boolean => rungSchema.safeParse({ at: { share }, tell: 'owner' }).success;
    expect([0, 0.01, 0.99, 1, -0.5, 1.5].map(accepts)).toEqual([false, true, true, false, false, false]);
  });
});

describe('暂定的截止时刻', () => {
  const begin = open('2026-12-31 17:00', workingHours(2));
  const published = workingTime(officeHours, holidayBook(['2027-01-01', '2027-01-02', '2027-01-03'], []));

  it('落在没公布节假日的年份，标明暂定', () => {
    expect(clockAfter([begin])).toMatchObject({ provisional: true, dueAt: cn('2027-01-01 09:00') });
  });

  it('连续的钟没有暂定', () => {
    expect(clockAfter([open('2026-12-31 17:00', urgentHours(200))]).provisional).toBe(false);
    expect(clockAfter([open('2026-12-31 17:00', naturalDays(20))]).provisional).toBe(false);
  });

  it('公布后重算：截止时刻跳过假日，暂定去掉，别的不动', () => {
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

  it('日历没变时重算，什么都不变', () => {
    const before = clockAfter([begin]);
    expect(applyAct(before, recount('2026-12-31 17:30'), office)).toEqual(before);
  });

  it('停下时不再暂定，恢复时重新看', () => {
    expect(clockAfter([begin, pause('2026-12-31 17:30')]).provisional).toBe(false);
    expect(clockAfter([begin, pause('2026-12-31 17:30'), resume('2026-12-31 17:40')]).provisional).toBe(true);
  });

  it('延期越过年界，变成暂定', () => {
    const acts = [open('2026-12-31 08:00', workingHours(4)), extend('2026-12-31 09:00', workingHours(4))];
    expect(clockAfter(acts)).toMatchObject({ provisional: false, dueAt: cn('2026-12-31 18:00') });
    expect(clockAfter([...acts, extend('2026-12-31 09:00', workingHours(4))]).provisional).toBe(true);
  });
});
