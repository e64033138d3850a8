import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CalendarSpec,
  calendarSchema,
  officeHours,
  roundTheClock,
  type WorkingTime,
  workingTime,
} from './calendar.model.ts';
import { cn, minuteOfDay, minuteTable, shown, slotsOf, wallOf } from './fixtures/wall_clock.ts';
import { chineseHolidays, holidayBook } from './holidays.model.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

type Slots = CalendarSpec['exceptions'][number]['slots'];
const officeSlots: Slots = [
  ['08:00', '12:00'],
  ['14:00', '18:00'],
];
const office = workingTime(officeHours);
const calendarWith = (change: Partial<CalendarSpec>): CalendarSpec => ({ ...officeHours, ...change });
const allWeek = [1, 2, 3, 4, 5, 6, 7];
const plain = (slots: Slots, weekdays = [1, 2, 3, 4, 5], change: Partial<CalendarSpec> = {}): CalendarSpec =>
  calendarWith({ holidays: 'none', patterns: [{ from: '2000-01-01', weekdays, slots }], ...change });

const due = (time: WorkingTime, from: string, hours: number): string | null =>
  shown(time.add(cn(from), hours * HOUR).at);
const hoursBetween = (time: WorkingTime, from: string, to: string): number => time.between(cn(from), cn(to)) / HOUR;

describe('机关工作时间:08–12、14–18', () => {
  it.each([
    ['周五 16:40 起 8 工作时到下周一 16:40', '2026-03-06 16:40', 8, '2026-03-09 16:40'],
    ['周五 16:40 起 4 工作时到下周一 10:40', '2026-03-06 16:40', 4, '2026-03-09 10:40'],
    ['跨午休:11:30 起 1 工作时到 14:30', '2026-03-05 11:30', 1, '2026-03-05 14:30'],
    ['午休里开始的从 14:00 算起', '2026-03-05 13:00', 1, '2026-03-05 15:00'],
    ['正好 12:00 开始的从 14:00 算起', '2026-03-05 12:00', 1, '2026-03-05 15:00'],
    ['正好在 12:00 用完的到 12:00 为止,不拖到 14:00', '2026-03-05 11:00', 1, '2026-03-05 12:00'],
    ['跨夜:17:30 起 1 工作时到次日 08:30', '2026-03-05 17:30', 1, '2026-03-06 08:30'],
    ['正好在 18:00 用完的到 18:00 为止,不拖到次日', '2026-03-05 17:00', 1, '2026-03-05 18:00'],
    ['下班后开始的从次日 08:00 算起', '2026-03-05 22:15', 1, '2026-03-06 09:00'],
    ['上班前开始的从 08:00 算起', '2026-03-05 05:00', 1, '2026-03-05 09:00'],
    ['周六开始的从周一 08:00 算起', '2026-03-07 10:00', 1, '2026-03-09 09:00'],
    ['周五下班时开始的从周一 08:00 算起', '2026-03-06 18:00', 1, '2026-03-09 09:00'],
    ['5 个工作日是 40 工作时', '2026-03-05 10:00', 40, '2026-03-12 10:00'],
  ])('%s', (_rule, from, hours, to) => {
    expect(due(office, from, hours)).toBe(to);
  });

  it('一毫秒也不差:16:40 起 1 小时 20 分零 1 毫秒,到下周一 08:00 零 1 毫秒', () => {
    const ms = 80 * MINUTE;
    expect(office.add(cn('2026-03-06 16:40'), ms).at).toEqual(cn('2026-03-06 18:00'));
    expect(office.add(cn('2026-03-06 16:40'), ms + 1).at.getTime()).toBe(cn('2026-03-09 08:00').getTime() + 1);
  });

  it('没有时间可用的,当时到期:哪怕在夜里', () => {
    for (const from of ['2026-03-05 10:00', '2026-03-05 23:00', '2026-03-07 12:00', '2026-12-31 23:59'])
      expect(shown(office.add(cn(from), 0).at)).toBe(from);
  });

  it.each([
    ['午休不算', '2026-03-05 11:00', '2026-03-05 15:00', 2],
    ['夜里和周末不算', '2026-03-06 17:00', '2026-03-09 09:00', 2],
    ['一个普通工作日 8 小时', '2026-03-05 00:00', '2026-03-06 00:00', 8],
    ['整个午休是 0', '2026-03-05 12:00', '2026-03-05 14:00', 0],
    ['同一刻是 0', '2026-03-05 10:00', '2026-03-05 10:00', 0],
    ['倒过来是 0', '2026-03-05 11:00', '2026-03-05 10:00', 0],
    ['跨年倒过来也是 0', '2026-03-05 11:00', '2025-03-05 10:00', 0],
  ])('之间的工作时:%s', (_rule, from, to, hours) => {
    expect(hoursBetween(office, from, to)).toBe(hours);
  });

  it('一个工作日的长度是当时一天的工作时间', () => {
    expect(office.dayMs(cn('2026-03-05 10:00'))).toBe(8 * HOUR);
    expect(workingTime(roundTheClock).dayMs(cn('2026-03-05 10:00'))).toBe(24 * HOUR);
  });
});

describe('节假日与调休', () => {
  it.each([
    ['2026 春节前的周六调休上班:2月13日周五 17:00 起 2 工作时到周六 09:00', '2026-02-13 17:00', 2, '2026-02-14 09:00'],
    ['2026 春节 2月15日至23日:14日 17:00 起 2 工作时到 24日 09:00', '2026-02-14 17:00', 2, '2026-02-24 09:00'],
    ['除夕夜受理的从 24日 08:00 算起', '2026-02-16 23:30', 1, '2026-02-24 09:00'],
    ['2026 春节后的周六 28日调休上班', '2026-02-27 17:00', 2, '2026-02-28 09:00'],
    ['调休的周六之后是休息的周日', '2026-02-28 17:00', 2, '2026-03-02 09:00'],
    ['2026 元旦后的周日 1月4日调休上班', '2025-12-31 17:00', 2, '2026-01-04 09:00'],
    ['2026 中秋 9月25日至27日', '2026-09-24 17:00', 2, '2026-09-28 09:00'],
    ['2026 国庆前的周日 9月20日调休上班,之前的周六照休', '2026-09-18 17:00', 2, '2026-09-20 09:00'],
    ['2026 国庆 10月1日至7日:9月30日 17:00 起 2 工作时到 10月8日 09:00', '2026-09-30 17:00', 2, '2026-10-08 09:00'],
    ['2026 国庆后的周六 10月10日调休上班', '2026-10-09 17:00', 2, '2026-10-10 09:00'],
    ['中秋、国庆、调休一起:9月24日 08:00 起 15 个工作日到 10月21日 18:00', '2026-09-24 08:00', 120, '2026-10-21 18:00'],
    ['五一后的周六 5月9日调休上班', '2026-05-08 17:00', 2, '2026-05-09 09:00'],
  ])('%s', (_rule, from, hours, to) => {
    expect(due(office, from, hours)).toBe(to);
  });

  it('国庆整周没有工作时,之后那一周有六天', () => {
    expect(hoursBetween(office, '2026-10-01 00:00', '2026-10-08 00:00')).toBe(0);
    expect(hoursBetween(office, '2026-10-05 00:00', '2026-10-12 00:00')).toBe(3 * 8);
  });

  it('不看节假日的日历,国庆照常上班、调休日照常休息', () => {
    const time = workingTime(plain(officeSlots));
    expect(due(time, '2026-09-30 17:00', 2)).toBe('2026-10-01 09:00');
    expect(due(time, '2026-10-09 17:00', 2)).toBe('2026-10-12 09:00');
  });

  it('全天值守:国庆、夜里、周末都算', () => {
    const time = workingTime(roundTheClock);
    expect(due(time, '2026-10-02 23:00', 48)).toBe('2026-10-04 23:00');
    expect(hoursBetween(time, '2026-01-01 00:00', '2027-01-01 00:00')).toBe(365 * 24);
  });

  it('周二到周六上班、看节假日的单位:假日不上班,调休日上班,周一照休', () => {
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

describe('夏令作息:下午 15–18 点', () => {
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
    ['跨过换作息那天:周五 08:00 起 16 工作时到周二 09:00', '2026-05-29 08:00', 16, '2026-06-02 09:00'],
    ['换回来:9月15日 15:00 起 8 工作时(3 + 4 + 1)到次日 15:00', '2026-09-15 15:00', 8, '2026-09-16 15:00'],
    ['换回来当天下午从 14:00 算', '2026-09-16 13:00', 1, '2026-09-16 15:00'],
    ['第一份作息之前的日子也照第一份', '2025-06-03 13:00', 1, '2025-06-03 15:00'],
  ])('%s', (_rule, from, hours, to) => {
    expect(due(time, from, hours)).toBe(to);
  });

  it('夏天一个工作日 7 小时,按当地当天的作息', () => {
    expect(time.dayMs(cn('2026-05-31 23:59'))).toBe(8 * HOUR);
    expect(time.dayMs(cn('2026-06-01 00:00'))).toBe(7 * HOUR);
    expect(time.dayMs(cn('2026-09-15 23:59'))).toBe(7 * HOUR);
    expect(time.dayMs(cn('2026-09-16 00:00'))).toBe(8 * HOUR);
  });
});

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

  it('全天的日历没有缝:任意两刻之间就是经过的时间', () => {
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

  it('工作时间按墙上的钟:拨快、拨慢都还是 09–17 点', () => {
    const time = ny([['09:00', '17:00']], [1, 2, 3, 4, 5]);
    expect(add(time, '2026-03-06T16:00-05:00', 2)).toBe('2026-03-09T14:00');
    expect(add(time, '2026-10-30T16:00-04:00', 2)).toBe('2026-11-02T15:00');
    expect(time.between(new Date('2026-03-06T00:00-05:00'), new Date('2026-03-14T00:00-04:00'))).toBe(6 * 8 * HOUR);
  });

  it('拨快那夜 00–06 点只有 5 小时,拨慢那夜有 7 小时', () => {
    const time = ny([['00:00', '06:00']]);
    expect(time.between(new Date('2026-03-08T00:00-05:00'), new Date('2026-03-08T12:00-04:00'))).toBe(5 * HOUR);
    expect(time.between(new Date('2026-11-01T00:00-04:00'), new Date('2026-11-01T12:00-05:00'))).toBe(7 * HOUR);
    expect(add(time, '2026-03-08T00:00-05:00', 5)).toBe('2026-03-08T10:00');
    expect(add(time, '2026-11-01T00:00-04:00', 7)).toBe('2026-11-01T11:00');
  });

  it('全天的日历拨快那天 23 小时、拨慢那天 25 小时,中间没有缝', () => {
    const time = ny([['00:00', '24:00']]);
    expect(time.between(new Date('2026-03-08T00:00-05:00'), new Date('2026-03-09T00:00-04:00'))).toBe(23 * HOUR);
    expect(time.between(new Date('2026-11-01T00:00-04:00'), new Date('2026-11-02T00:00-05:00'))).toBe(25 * HOUR);
    expect(add(time, '2026-10-31T12:00-04:00', 48)).toBe('2026-11-02T16:00');
  });

  it('自然日数墙上的钟:拨快的一天 23 小时,拨慢的一天 25 小时', () => {
    const time = ny([['09:00', '17:00']]);
    const days = (from: string, count: number) => time.addNaturalDays(new Date(from), count).toISOString();
    expect(days('2026-03-07T09:30-05:00', 1)).toBe('2026-03-08T13:30:00.000Z');
    expect(days('2026-10-31T09:30-04:00', 1)).toBe('2026-11-01T14:30:00.000Z');
    expect(days('2026-03-07T09:30-05:00', 300)).toBe('2027-01-01T14:30:00.000Z');
  });

  it('那天没有的 02:30,算作 03:30;有两个的 01:30,算作先到的', () => {
    const time = ny([['09:00', '17:00']]);
    expect(time.addNaturalDays(new Date('2026-03-07T02:30-05:00'), 1).toISOString()).toBe('2026-03-08T07:30:00.000Z');
    expect(time.addNaturalDays(new Date('2026-10-31T01:30-04:00'), 1).toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });

  it('年界按当地:纽约的除夕晚上还在旧年', () => {
    const time = ny([['00:00', '24:00']]);
    const from = new Date('2026-12-31T22:00-05:00');
    expect(time.between(from, new Date('2027-01-01T02:00-05:00'))).toBe(4 * HOUR);
    expect(time.add(from, 4 * HOUR).at.toISOString()).toBe('2027-01-01T07:00:00.000Z');
  });

  it('拨快那夜,落在空档里的一段不能和后一段重叠:一小时里最多一小时工作时', () => {
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

  it('上海没有夏令时:自然日总是 24 小时', () => {
    const from = cn('2026-03-07 02:30');
    for (const days of [1, 30, 365])
      expect(office.addNaturalDays(from, days).getTime() - from.getTime()).toBe(days * DAY);
  });
});

describe('还没有公布节假日的年份', () => {
  const { publishedThrough } = chineseHolidays;
  const eve = `${publishedThrough}-12-31`;

  it('期限落在公布过的年份里的最后一刻,不是暂定', () => {
    const time = workingTime(calendarWith({ exceptions: [{ on: eve, slots: [['08:00', '24:00']], why: '清账' }] }));
    expect(time.add(cn(`${eve} 22:00`), 2 * HOUR)).toEqual({
      at: cn(`${publishedThrough + 1}-01-01 00:00`),
      provisional: false,
    });
    expect(time.add(cn(`${eve} 22:00`), 2 * HOUR + 1).provisional).toBe(true);
  });

  it('年底受理、年内到期的不是暂定,跨到没公布的年份就是', () => {
    expect(office.add(cn('2026-12-30 16:00'), 2 * HOUR).provisional).toBe(false);
    expect(office.add(cn('2026-12-30 16:00'), 10 * HOUR)).toEqual({ at: cn('2026-12-31 18:00'), provisional: false });
    expect(office.add(cn('2026-12-30 16:00'), 10 * HOUR + 1).provisional).toBe(true);
  });

  it('没公布的年份不猜假日:元旦按平常的星期五算,并标明暂定', () => {
    expect(office.add(cn('2026-12-31 17:00'), 2 * HOUR)).toEqual({ at: cn('2027-01-01 09:00'), provisional: true });
  });

  it('在没公布的年份里开始的,全是暂定', () => {
    expect(office.add(cn('2027-05-10 09:00'), HOUR).provisional).toBe(true);
  });

  it('不看节假日的日历没有暂定', () => {
    expect(workingTime(plain(officeSlots)).add(cn('2031-05-12 09:00'), 99 * HOUR).provisional).toBe(false);
    expect(workingTime(roundTheClock).add(cn('2031-05-12 09:00'), 99 * HOUR).provisional).toBe(false);
  });

  it('公布之后重算:暂定没了,假日跳过', () => {
    const book = holidayBook(['2027-01-01', '2027-01-02', '2027-01-03'], []);
    expect(workingTime(officeHours, book).add(cn('2026-12-31 17:00'), 2 * HOUR)).toEqual({
      at: cn('2027-01-04 09:00'),
      provisional: false,
    });
  });

  it('三十年里凑不满的时间要报错,不给一个假的日子', () => {
    expect(() => workingTime(plain([['09:00', '09:01']], [1])).add(cn('2026-03-05 10:00'), 40 * HOUR)).toThrow(
      RangeError,
    );
  });
});

describe('别家的例子', () => {
  const glpi = workingTime(plain([['08:00', '18:00']]));

  it('GLPI #22678:周一至周五 08–18,周一 17:00 起 4 小时,周二 11:00 到期', () => {
    expect(due(glpi, '2026-03-09 17:00', 4)).toBe('2026-03-10 11:00');
  });

  it('GLPI #22678:提前 1 小时提醒在周二 10:00', () => {
    expect(due(glpi, '2026-03-09 17:00', 3)).toBe('2026-03-10 10:00');
  });

  it('Zammad #390:每天 12 小时、48 工作时、中间两天放假,第六天到期', () => {
    const time = workingTime(
      plain([['08:00', '20:00']], allWeek, {
        exceptions: [
          { on: '2026-03-11', slots: [], why: '放假' },
          { on: '2026-03-12', slots: [], why: '放假' },
        ],
      }),
    );
    expect(due(time, '2026-03-09 08:00', 48)).toBe('2026-03-14 20:00');
    expect(hoursBetween(time, '2026-03-09 08:00', '2026-03-14 20:00')).toBe(48);
  });

  it('FMS、osTicket 的抱怨:夜里、午休、假日不走钟', () => {
    for (const [from, to] of [
      ['2026-03-05 18:00', '2026-03-06 08:00'],
      ['2026-03-05 12:00', '2026-03-05 14:00'],
      ['2026-10-01 00:00', '2026-10-08 08:00'],
    ] as const)
      expect(hoursBetween(office, from, to)).toBe(0);
  });
});

describe('把算法摆出来', () => {
  const parts = (time: WorkingTime, from: string, to: string) =>
    time.intervals(cn(from), cn(to)).map((part) => `${shown(part.from)} → ${shown(part.to)}`);

  it('周五 16:40 到下周一 16:40 是三段', () => {
    expect(parts(office, '2026-03-06 16:40', '2026-03-09 16:40')).toEqual([
      '2026-03-06 16:40 → 2026-03-06 18:00',
      '2026-03-09 08:00 → 2026-03-09 12:00',
      '2026-03-09 14:00 → 2026-03-09 16:40',
    ]);
  });

  it('跨年的也连着', () => {
    expect(parts(office, '2025-12-31 17:00', '2026-01-04 09:00')).toEqual([
      '2025-12-31 17:00 → 2025-12-31 18:00',
      '2026-01-04 08:00 → 2026-01-04 09:00',
    ]);
  });

  it('夜里没有一段', () => {
    expect(parts(office, '2026-03-05 18:00', '2026-03-06 08:00')).toEqual([]);
  });

  it('从同一刻到同一刻,没有一段', () => {
    expect(parts(office, '2026-03-05 10:00', '2026-03-05 10:00')).toEqual([]);
  });

  it('倒过来,没有一段', () => {
    expect(parts(office, '2026-03-05 11:00', '2026-03-05 10:00')).toEqual([]);
  });
});

describe('收不收这份日历', () => {
  const refuses = (change: object): boolean => !calendarSchema.safeParse({ ...officeHours, ...change }).success;
  const pattern = (slots: unknown, from = '2000-01-01', weekdays = [1]) => ({ from, weekdays, slots });
  const on = (slots: unknown, day = '2026-03-05') => ({ on: day, slots, why: '' });

  it('开箱的两份都收', () => {
    expect(calendarSchema.parse(officeHours)).toEqual(officeHours);
    expect(calendarSchema.parse(roundTheClock)).toEqual(roundTheClock);
  });

  it.each([
    ['没有名字', { name: '' }],
    ['没有这个时区', { zone: 'Asia/Anlan' }],
    ['没有作息', { patterns: [] }],
    ['作息没有一段', { patterns: [pattern([])] }],
    ['作息没有一天', { patterns: [pattern(officeSlots, '2000-01-01', [])] }],
    ['没有星期八', { patterns: [pattern(officeSlots, '2000-01-01', [8])] }],
    ['一段倒着', { patterns: [pattern([['12:00', '08:00']])] }],
    ['一段是空的', { patterns: [pattern([['12:00', '12:00']])] }],
    [
      '两段重叠',
      {
        patterns: [
          pattern([
            ['08:00', '12:00'],
            ['11:00', '13:00'],
          ]),
        ],
      },
    ],
    [
      '两段倒序',
      {
        patterns: [
          pattern([
            ['14:00', '18:00'],
            ['08:00', '12:00'],
          ]),
        ],
      },
    ],
    ['24:01', { patterns: [pattern([['08:00', '24:01']])] }],
    ['25:00', { patterns: [pattern([['08:00', '25:00']])] }],
    ['8:00 少一位', { patterns: [pattern([['8:00', '12:00']])] }],
    ['从 24:00 开始', { patterns: [pattern([['24:00', '24:00']])] }],
    ['作息倒序', { patterns: [pattern(officeSlots, '2026-06-01'), pattern(officeSlots, '2026-01-01')] }],
    ['两份作息同一天起', { patterns: [pattern(officeSlots, '2026-06-01'), pattern(officeSlots, '2026-06-01')] }],
    [
      '例外里两段重叠',
      {
        exceptions: [
          on([
            ['08:00', '12:00'],
            ['11:00', '13:00'],
          ]),
        ],
      },
    ],
    ['不认识的字段', { holiday: 'cn' }],
    ['不是日子的日子', { exceptions: [on([], '3月5日')] }],
  ])('退回:%s', (_why, change) => {
    expect(refuses(change)).toBe(true);
  });

  it('退回:日历上没有的日子(2026-02-30),不能当作没写', () => {
    expect(refuses({ exceptions: [on([], '2026-02-30')] })).toBe(true);
    expect(refuses({ patterns: [pattern(officeSlots, '2026-13-01')] })).toBe(true);
    expect(refuses({ patterns: [pattern(officeSlots, '2026-02-29')] })).toBe(true);
  });

  it('两段可以首尾相接', () => {
    const touching: Slots = [
      ['08:00', '12:00'],
      ['12:00', '18:00'],
    ];
    expect(refuses({ patterns: [pattern(touching)] })).toBe(false);
  });

  it('闰日收', () => {
    expect(refuses({ exceptions: [on([], '2028-02-29')] })).toBe(false);
  });

  it('退回:同一天写了两个例外,不知道算哪个', () => {
    expect(refuses({ exceptions: [on([]), on(officeSlots)] })).toBe(true);
  });
});

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

  it('加 x 再量回来,正好是 x', () => {
    check(
      fc.property(anyTime, instant, amount, ({ time }, a, x) => {
        expect(time.between(a, time.add(a, x).at)).toBe(x);
      }),
      800,
    );
  });

  it('量出来的加回去,不会晚于终点,和终点之间没有工作时', () => {
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

  it('给得多的不会早到,开始晚的不会早到', () => {
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

  it('工作时不会比经过的时间多,倒过来量是 0', () => {
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

  it('期限总落在一段工作时间里面或末尾,按宿主的时区表和另一份节假日看也是', () => {
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

  it('摆出来的各段加起来就是量出来的,按先后、不重叠、不出界', () => {
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

  it('一分一分地数(另一份节假日、宿主的时区表)和算出来的一样', () => {
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

  it('问的先后不影响答案:新开的日历和用了很久的一样', () => {
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
