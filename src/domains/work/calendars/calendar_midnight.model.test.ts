import { describe, expect, it } from 'vitest';
import { roundTheClock, type WorkingTime, workingTime } from './calendar.model.ts';
import { allWeek, DAY, due, HOUR, hoursBetween, MINUTE, office, plain, type Slots } from './fixtures/calendars.ts';
import { cn } from './fixtures/wall_clock.ts';

describe('24:00', () => {
  it('值夜 20:00–24:00 和 00:00–04:00 在午夜连着算', () => {
    const time = workingTime(
      plain(
        [
          ['00:00', '04:00'],
          ['20:00', '24:00'],
        ],
        allWeek,
      ),
    );
    expect(due(time, '2026-03-05 23:00', 2)).toBe('2026-03-06 01:00');
    expect(due(time, '2026-03-05 23:00', 1)).toBe('2026-03-06 00:00');
    expect(due(time, '2026-03-05 23:00', 6)).toBe('2026-03-06 21:00');
    expect(hoursBetween(time, '2026-12-31 22:00', '2027-01-01 02:00')).toBe(4);
  });

  it('全天的日历没有缝：任意两刻之间就是经过的时间', () => {
    const time = workingTime(roundTheClock);
    const from = cn('2025-12-31 23:59');
    for (const ms of [1, MINUTE, DAY, 400 * DAY + 1]) {
      expect(time.between(from, new Date(from.getTime() + ms))).toBe(ms);
      expect(time.add(from, ms).at.getTime()).toBe(from.getTime() + ms);
    }
  });

  it('连着的两段 08–12、12–18 和一段 08–18 一样', () => {
    const two = workingTime(
      plain([
        ['08:00', '12:00'],
        ['12:00', '18:00'],
      ]),
    );
    const one = workingTime(plain([['08:00', '18:00']]));
    for (const hours of [1, 4, 4.5, 10, 13])
      expect(due(two, '2026-03-05 08:00', hours)).toBe(due(one, '2026-03-05 08:00', hours));
  });
});

describe('夏令时的地方(America/New_York,2026-03-08 拨快、2026-11-01 拨慢)', () => {
  const ny = (slots: Slots, weekdays = allWeek): WorkingTime =>
    workingTime(plain(slots, weekdays, { zone: 'America/New_York' }));
  const add = (time: WorkingTime, from: string, hours: number): string =>
    time
      .add(new Date(from), hours * HOUR)
      .at.toISOString()
      .slice(0, 16);

  it('工作时间按墙上的钟：拨快、拨慢都还是 09–17 点', () => {
    const time = ny([['09:00', '17:00']], [1, 2, 3, 4, 5]);
    expect(add(time, '2026-03-06T16:00-05:00', 2)).toBe('2026-03-09T14:00');
    expect(add(time, '2026-10-30T16:00-04:00', 2)).toBe('2026-11-02T15:00');
    expect(time.between(new Date('2026-03-06T00:00-05:00'), new Date('2026-03-14T00:00-04:00'))).toBe(6 * 8 * HOUR);
  });

  it('拨快那夜 00–06 点只有 5 小时，拨慢那夜有 7 小时', () => {
    const time = ny([['00:00', '06:00']]);
    expect(time.between(new Date('2026-03-08T00:00-05:00'), new Date('2026-03-08T12:00-04:00'))).toBe(5 * HOUR);
    expect(time.between(new Date('2026-11-01T00:00-04:00'), new Date('2026-11-01T12:00-05:00'))).toBe(7 * HOUR);
    expect(add(time, '2026-03-08T00:00-05:00', 5)).toBe('2026-03-08T10:00');
    expect(add(time, '2026-11-01T00:00-04:00', 7)).toBe('2026-11-01T11:00');
  });

  it('全天的日历拨快那天 23 小时、拨慢那天 25 小时，中间没有缝', () => {
    const time = ny([['00:00', '24:00']]);
    expect(time.between(new Date('2026-03-08T00:00-05:00'), new Date('2026-03-09T00:00-04:00'))).toBe(23 * HOUR);
    expect(time.between(new Date('2026-11-01T00:00-04:00'), new Date('2026-11-02T00:00-05:00'))).toBe(25 * HOUR);
    expect(add(time, '2026-10-31T12:00-04:00', 48)).toBe('2026-11-02T16:00');
  });

  it('自然日数墙上的钟：拨快的一天 23 小时，拨慢的一天 25 小时', () => {
    const time = ny([['09:00', '17:00']]);
    const days = (from: string, count: number) => time.addNaturalDays(new Date(from), count).toISOString();
    expect(days('2026-03-07T09:30-05:00', 1)).toBe('2026-03-08T13:30:00.000Z');
    expect(days('2026-10-31T09:30-04:00', 1)).toBe('2026-11-01T14:30:00.000Z');
    expect(days('2026-03-07T09:30-05:00', 300)).toBe('2027-01-01T14:30:00.000Z');
  });

  it('那天没有的 02:30，算作 03:30;有两个的 01:30，算作先到的', () => {
    const time = ny([['09:00', '17:00']]);
    expect(time.addNaturalDays(new Date('2026-03-07T02:30-05:00'), 1).toISOString()).toBe('2026-03-08T07:30:00.000Z');
    expect(time.addNaturalDays(new Date('2026-10-31T01:30-04:00'), 1).toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });

  it('年界按当地：纽约的除夕晚上还在旧年', () => {
    const time = ny([['00:00', '24:00']]);
    const from = new Date('2026-12-31T22:00-05:00');
    expect(time.between(from, new Date('2027-01-01T02:00-05:00'))).toBe(4 * HOUR);
    expect(time.add(from, 4 * HOUR).at.toISOString()).toBe('2027-01-01T07:00:00.000Z');
  });

  it('拨快那夜，落在空档里的一段不能和后一段重叠：一小时里最多一小时工作时', () => {
    const time = ny([
      ['02:00', '02:30'],
      ['03:00', '04:00'],
    ]);
    expect(time.between(new Date('2026-03-08T03:00-04:00'), new Date('2026-03-08T04:00-04:00'))).toBeLessThanOrEqual(
      HOUR,
    );
    const parts = time.intervals(new Date('2026-03-08T00:00-05:00'), new Date('2026-03-08T06:00-04:00'));
    for (const [i, part] of parts.entries()) expect(+part.from).toBeGreaterThanOrEqual(+(parts[i - 1]?.to ?? 0));
  });

  it('上海没有夏令时：自然日总是 24 小时', () => {
    const from = cn('2026-03-07 02:30');
    for (const days of [1, 30, 365])
      expect(office.addNaturalDays(from, days).getTime() - from.getTime()).toBe(days * DAY);
  });
});
