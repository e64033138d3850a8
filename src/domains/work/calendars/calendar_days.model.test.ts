import { describe, expect, it } from 'vitest';
import { holidaysThrough, officeHours, roundTheClock, workingTime } from './calendar.model.ts';
import { calendarWith, due, HOUR, hoursBetween, office, officeSlots, plain, type Slots } from './fixtures/calendars.ts';
import { cn } from './fixtures/wall_clock.ts';
import { chineseHolidays, holidayBook } from './holidays.model.ts';

describe('节假日与调休', () => {
  it.each([
    ['2026 春节前的周六调休上班：2月13日周五 17:00 起 2 工作时到周六 09:00', '2026-02-13 17:00', 2, '2026-02-14 09:00'],
    ['2026 春节 2月15日至23日：14日 17:00 起 2 工作时到 24日 09:00', '2026-02-14 17:00', 2, '2026-02-24 09:00'],
    ['除夕夜受理的从 24日 08:00 算起', '2026-02-16 23:30', 1, '2026-02-24 09:00'],
    ['2026 春节后的周六 28日调休上班', '2026-02-27 17:00', 2, '2026-02-28 09:00'],
    ['调休的周六之后是休息的周日', '2026-02-28 17:00', 2, '2026-03-02 09:00'],
    ['2026 元旦后的周日 1月4日调休上班', '2025-12-31 17:00', 2, '2026-01-04 09:00'],
    ['2026 中秋 9月25日至27日', '2026-09-24 17:00', 2, '2026-09-28 09:00'],
    ['2026 国庆前的周日 9月20日调休上班，之前的周六照休', '2026-09-18 17:00', 2, '2026-09-20 09:00'],
    ['2026 国庆 10月1日至7日：9月30日 17:00 起 2 工作时到 10月8日 09:00', '2026-09-30 17:00', 2, '2026-10-08 09:00'],
    ['2026 国庆后的周六 10月10日调休上班', '2026-10-09 17:00', 2, '2026-10-10 09:00'],
    [
      '中秋、国庆、调休一起：9月24日 08:00 起 15 个工作日到 10月21日 18:00',
      '2026-09-24 08:00',
      120,
      '2026-10-21 18:00',
    ],
    ['五一后的周六 5月9日调休上班', '2026-05-08 17:00', 2, '2026-05-09 09:00'],
  ])('%s', (_rule, from, hours, to) => {
    expect(due(office, from, hours)).toBe(to);
  });

  it('国庆整周没有工作时，之后那一周有六天', () => {
    expect(hoursBetween(office, '2026-10-01 00:00', '2026-10-08 00:00')).toBe(0);
    expect(hoursBetween(office, '2026-10-05 00:00', '2026-10-12 00:00')).toBe(3 * 8);
  });

  it('不看节假日的日历，国庆照常上班、调休日照常休息', () => {
    const time = workingTime(plain(officeSlots));
    expect(due(time, '2026-09-30 17:00', 2)).toBe('2026-10-01 09:00');
    expect(due(time, '2026-10-09 17:00', 2)).toBe('2026-10-12 09:00');
  });

  it('全天值守：国庆、夜里、周末都算', () => {
    const time = workingTime(roundTheClock);
    expect(due(time, '2026-10-02 23:00', 48)).toBe('2026-10-04 23:00');
    expect(hoursBetween(time, '2026-01-01 00:00', '2027-01-01 00:00')).toBe(365 * 24);
  });

  it('周二到周六上班、看节假日的单位：假日不上班，调休日上班，周一照休', () => {
    const time = workingTime(
      calendarWith({ patterns: [{ from: '2000-01-01', weekdays: [2, 3, 4, 5, 6], slots: officeSlots }] }),
    );
    expect(due(time, '2026-03-07 17:00', 2)).toBe('2026-03-10 09:00');
    expect(due(time, '2026-09-30 17:00', 2)).toBe('2026-10-08 09:00');
    expect(due(time, '2026-09-19 17:00', 2)).toBe('2026-09-20 09:00');
    expect(due(time, '2026-09-20 17:00', 2)).toBe('2026-09-22 09:00');
  });
});

describe('例外的日子', () => {
  const time = workingTime(
    calendarWith({
      exceptions: [
        { on: '2026-03-05', slots: [], why: '台风停工' },
        { on: '2026-03-07', slots: [['09:00', '12:00']], why: '周六加班' },
        { on: '2026-10-01', slots: officeSlots, why: '国庆值守' },
        { on: '2026-10-10', slots: [], why: '调休日也休息' },
        { on: '2026-12-31', slots: [['08:00', '24:00']], why: '年底清账' },
      ],
    }),
  );

  it.each([
    ['停工的一天跳过', '2026-03-04 17:00', 2, '2026-03-06 09:00'],
    ['停工那天受理的从次日算起', '2026-03-05 10:00', 1, '2026-03-06 09:00'],
    ['加班的周六按它自己的钟点算', '2026-03-06 17:00', 3, '2026-03-07 11:00'],
    ['加班的周六用完再到周一', '2026-03-06 17:00', 5, '2026-03-09 09:00'],
    ['例外压过法定假日', '2026-09-30 17:00', 2, '2026-10-01 09:00'],
    ['例外压过调休', '2026-10-09 17:00', 2, '2026-10-12 09:00'],
    ['例外可以干到 24:00', '2026-12-31 22:00', 2, '2027-01-01 00:00'],
  ])('%s', (_rule, from, hours, to) => {
    expect(due(time, from, hours)).toBe(to);
  });

  it('例外不改变一个工作日有多长', () => {
    expect(time.dayMs(cn('2026-03-07 10:00'))).toBe(8 * HOUR);
  });
});

describe('夏令作息：下午 15–18 点', () => {
  const summer: Slots = [
    ['08:00', '12:00'],
    ['15:00', '18:00'],
  ];
  const weekdays = [1, 2, 3, 4, 5];
  const time = workingTime(
    calendarWith({
      patterns: [
        { from: '2026-01-01', weekdays, slots: officeSlots },
        { from: '2026-06-01', weekdays, slots: summer },
        { from: '2026-09-16', weekdays, slots: officeSlots },
      ],
    }),
  );

  it.each([
    ['换作息前一个周五下午还从 14:00 算', '2026-05-29 13:00', 1, '2026-05-29 15:00'],
    ['换作息当天下午从 15:00 算', '2026-06-01 13:00', 1, '2026-06-01 16:00'],
    ['夏天上午 11:00 起 2 工作时到 16:00', '2026-06-01 11:00', 2, '2026-06-01 16:00'],
    ['跨过换作息那天：周五 08:00 起 16 工作时到周二 09:00', '2026-05-29 08:00', 16, '2026-06-02 09:00'],
    ['换回来：9月15日 15:00 起 8 工作时(3 + 4 + 1)到次日 15:00', '2026-09-15 15:00', 8, '2026-09-16 15:00'],
    ['换回来当天下午从 14:00 算', '2026-09-16 13:00', 1, '2026-09-16 15:00'],
    ['第一份作息之前的日子也照第一份', '2025-06-03 13:00', 1, '2025-06-03 15:00'],
  ])('%s', (_rule, from, hours, to) => {
    expect(due(time, from, hours)).toBe(to);
  });

  it('夏天一个工作日 7 小时，按当地当天的作息', () => {
    expect(time.dayMs(cn('2026-05-31 23:59'))).toBe(8 * HOUR);
    expect(time.dayMs(cn('2026-06-01 00:00'))).toBe(7 * HOUR);
    expect(time.dayMs(cn('2026-09-15 23:59'))).toBe(7 * HOUR);
    expect(time.dayMs(cn('2026-09-16 00:00'))).toBe(8 * HOUR);
  });
});

describe('还没有公布节假日的年份', () => {
  const { publishedThrough } = chineseHolidays;
  const eve = `${publishedThrough}-12-31`;

  it('期限落在公布过的年份里的最后一刻，不是暂定', () => {
    const time = workingTime(calendarWith({ exceptions: [{ on: eve, slots: [['08:00', '24:00']], why: '清账' }] }));
    expect(time.add(cn(`${eve} 22:00`), 2 * HOUR)).toEqual({
      at: cn(`${publishedThrough + 1}-01-01 00:00`),
      provisional: false,
    });
    expect(time.add(cn(`${eve} 22:00`), 2 * HOUR + 1).provisional).toBe(true);
  });

  it('年底受理、年内到期的不是暂定，跨到没公布的年份就是', () => {
    expect(office.add(cn('2026-12-30 16:00'), 2 * HOUR).provisional).toBe(false);
    expect(office.add(cn('2026-12-30 16:00'), 10 * HOUR)).toEqual({ at: cn('2026-12-31 18:00'), provisional: false });
    expect(office.add(cn('2026-12-30 16:00'), 10 * HOUR + 1).provisional).toBe(true);
  });

  it('没公布的年份不猜假日：元旦按平常的星期五算，并标明暂定', () => {
    expect(office.add(cn('2026-12-31 17:00'), 2 * HOUR)).toEqual({ at: cn('2027-01-01 09:00'), provisional: true });
  });

  it('在没公布的年份里开始的，全是暂定', () => {
    expect(office.add(cn('2027-05-10 09:00'), HOUR).provisional).toBe(true);
  });

  it('不看节假日的日历没有暂定', () => {
    expect(workingTime(plain(officeSlots)).add(cn('2031-05-12 09:00'), 99 * HOUR).provisional).toBe(false);
    expect(workingTime(roundTheClock).add(cn('2031-05-12 09:00'), 99 * HOUR).provisional).toBe(false);
  });

  it('公布之后重算：暂定没了，假日跳过', () => {
    const book = holidayBook(['2027-01-01', '2027-01-02', '2027-01-03'], []);
    expect(workingTime(officeHours, book).add(cn('2026-12-31 17:00'), 2 * HOUR)).toEqual({
      at: cn('2027-01-04 09:00'),
      provisional: false,
    });
  });

  it('三十年里凑不满的时间要报错，不给一个假的日子', () => {
    expect(() => workingTime(plain([['09:00', '09:01']], [1])).add(cn('2026-03-05 10:00'), 40 * HOUR)).toThrow(
      RangeError,
    );
  });
});

it('放假和调休知道到哪一年：公布了的，或每个要看节假日的日历都写全了的', () => {
  const cnTo = (knownThrough?: number) => calendarWith({ holidays: 'cn', ...(knownThrough && { knownThrough }) });
  const published = chineseHolidays.publishedThrough;
  const next = published + 1;
  expect(holidaysThrough([])).toBe(published);
  expect(holidaysThrough([cnTo(next), cnTo()])).toBe(published);
  expect(holidaysThrough([cnTo(next), cnTo(next), calendarWith({ holidays: 'none' })])).toBe(next);
});
