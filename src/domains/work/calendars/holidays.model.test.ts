import { getFestival, isAddtionalWorkday, isHoliday, isWorkday } from 'chinese-workday';
import { describe, expect, it } from 'vitest';
import { officeHours, workingTime } from './calendar.model.ts';
import { cn } from './fixtures/wall_clock.ts';
import { chineseHolidays, holidayBook } from './holidays.model.ts';

/**
 * Where our book (chinese-days 1.5.7) and chinese-workday 1.16.1 disagree, 2018–2026, and who is right by the notices of
 * the State Council's office. Before 2018 chinese-workday has many gaps (2011–2014); those years are not compared.
 */
const disagreements: Readonly<Record<string, { ours: 'work' | 'rest'; because: string }>> = {
  '2018-01-01': { ours: 'rest', because: '国办发明电〔2017〕12号：元旦 1月1日放假;chinese-workday 漏了这一天' },
  '2020-01-31': { ours: 'rest', because: '国办发明电〔2020〕1号：春节假期延长至 2月2日;chinese-workday 只有原通知' },
  '2020-02-01': { ours: 'rest', because: '同上：原定 2月1日（星期六）上班，延长假期后不上班' },
  '2023-01-03': { ours: 'work', because: '国办发明电〔2022〕16号：元旦放假到 1月2日为止;chinese-workday 多算一天' },
};

/** Weekend days that our book has in a holiday and chinese-workday has as plain weekend; closed either way. */
const unnamed: Readonly<Record<string, string>> = {
  '2020-02-02': '国办发明电〔2020〕1号：春节假期延长至 2月2日',
  '2021-01-02': '国办发明电〔2020〕27号：元旦 1月1日至3日放假，共3天',
  '2021-01-03': '同上',
};

const days = (from: string, to: string): string[] => {
  const list: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000)
    list.push(new Date(at).toISOString().slice(0, 10));
  return list;
};
const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
const weekend = (day: string): boolean => weekday(day) > 5;

describe('节假日和调休', () => {
  const office = workingTime(officeHours);
  const hoursOn = (day: string): number =>
    office.between(cn(`${day} 00:00`), new Date(cn(`${day} 00:00`).getTime() + 86_400_000)) / 3_600_000;

  it('2018–2026 每一天：我们的日历上班，当且仅当 chinese-workday 说上班；只有写明的四天不同', () => {
    const different = days('2018-01-01', '2026-12-31').filter((day) => hoursOn(day) > 0 !== isWorkday(day));
    expect(different).toEqual(Object.keys(disagreements));
    expect(different.map((day) => (hoursOn(day) > 0 ? 'work' : 'rest'))).toEqual(
      Object.values(disagreements).map(({ ours }) => ours),
    );
  });

  it('每一天要么整天上班(8 小时),要么整天不上班', () => {
    expect(new Set(days('2018-01-01', '2026-12-31').map(hoursOn))).toEqual(new Set([0, 8]));
  });

  it('调休上班日都是周末，两家说的一样', () => {
    const known = days('2018-01-01', '2026-12-31').filter((day) => !(day in disagreements));
    const ours = known.filter((day) => chineseHolidays.isMakeUpDay(day));
    expect(ours.filter((day) => !weekend(day))).toEqual([]);
    expect(ours).toEqual(known.filter((day) => weekend(day) && isAddtionalWorkday(day)));
    expect(ours.length).toBeGreaterThan(40);
  });

  it('平日放假的日子，两家说的一样', () => {
    const known = days('2018-01-01', '2026-12-31').filter((day) => !(day in disagreements) && !weekend(day));
    expect(known.filter((day) => chineseHolidays.isHoliday(day))).toEqual(known.filter((day) => isHoliday(day)));
  });

  it('2018–2026 周末里的假日，两家都记作假日；只有写明的三天不同', () => {
    const ours = days('2018-01-01', '2026-12-31').filter((day) => weekend(day) && chineseHolidays.isHoliday(day));
    const nameless = ours.filter((day) => !(day in disagreements) && getFestival(day) === '周末');
    expect(nameless).toEqual(Object.keys(unnamed));
  });

  it('没有一天又放假又调休', () => {
    const both = days('2004-01-01', '2026-12-31').filter(
      (day) => chineseHolidays.isHoliday(day) && chineseHolidays.isMakeUpDay(day),
    );
    expect(both).toEqual([]);
  });

  it('公布到的年份是最后一个有假日的年份，那年的七个节都在', () => {
    const { publishedThrough } = chineseHolidays;
    const all = days(`${publishedThrough}-01-01`, `${publishedThrough}-12-31`);
    const holidays = all.filter((day) => chineseHolidays.isHoliday(day));
    for (const month of ['01', '02', '04', '05', '06', '10'])
      expect(holidays.filter((day) => day.slice(5, 7) === month).length, month).toBeGreaterThan(0);
    expect(
      days(`${publishedThrough + 1}-01-01`, `${publishedThrough + 1}-12-31`).filter(chineseHolidays.isHoliday),
    ).toEqual([]);
  });

  it('空的节假日册：一年也没有公布', () => {
    const empty = holidayBook([], []);
    expect(empty.publishedThrough).toBe(0);
    expect(empty.isHoliday('2026-10-01')).toBe(false);
    expect(empty.isMakeUpDay('2026-10-10')).toBe(false);
  });

  it('只公布了调休、没有公布放假的年份，不算公布', () => {
    expect(holidayBook(['2026-10-01'], ['2027-10-10']).publishedThrough).toBe(2026);
  });
});
