import { describe, expect, it } from 'vitest';
import { hoursOn, officeHours, workingTime } from './calendar.model.ts';
import { type CalendarChange, changedSpec, changesOf, movesFrom } from './change.model.ts';
import { daysIn, slotsIn } from './day_lines.model.ts';

const none: CalendarChange = { baseVersion: 1, days: [], hours: null, knownThrough: null };
const off = (on: string, why = '') => ({ on, slots: [], why });

describe('改日历', () => {
  it('单独的日子按日期排好；同一天后写的算数；照常就取消', () => {
    const first = changedSpec(officeHours, { ...none, days: [off('2031-05-02'), off('2031-05-01', '劳动节')] });
    expect(first.exceptions.map(({ on }) => on)).toEqual(['2031-05-01', '2031-05-02']);
    const then = changedSpec(first, { ...none, days: [{ on: '2031-05-01', slots: null, why: '' }] });
    expect(then.exceptions.map(({ on }) => on)).toEqual(['2031-05-02']);
  });

  it('作息从那天起，以前的照旧，也不管第一条从哪天写起', () => {
    const hours = { from: '2031-11-01', weekdays: [1, 2, 3, 4, 5], slots: [['09:00', '17:00']] as [string, string][] };
    const winter = changedSpec(officeHours, { ...none, hours });
    expect(hoursOn(winter, '2031-10-31')).toEqual(officeHours.patterns[0]?.slots);
    expect(hoursOn(winter, '2031-11-03')).toEqual([['09:00', '17:00']]);
    const late = { ...officeHours, patterns: officeHours.patterns.map((one) => ({ ...one, from: '2040-01-01' })) };
    expect(hoursOn(changedSpec(late, { ...none, hours }), '2031-10-31')).toEqual(hoursOn(late, '2031-10-31'));
  });

  it('连着的日子合成一条；本来就休的不算改；从第一个不一样的日子起', () => {
    // 2031-05-03 and -04 are a weekend.
    const days = ['01', '02', '03', '04', '05'].map((day) => off(`2031-05-${day}`, '劳动节'));
    const changes = changesOf(officeHours, { ...none, days });
    expect(changes.days.map(({ from, to }) => [from, to])).toEqual([
      ['2031-05-01', '2031-05-02'],
      ['2031-05-05', '2031-05-05'],
    ]);
    expect(movesFrom(changes, officeHours, '2031-01-01')).toBe('2031-05-01');
    const same = changesOf(officeHours, { ...none, days: [off('2031-05-03')] });
    expect(movesFrom(same, officeHours, '2031-01-01')).toBeNull();
  });

  it('写全的年份不再暂定；没写全的还是暂定', () => {
    const known = changedSpec(officeHours, { ...none, knownThrough: 2031 });
    const at = (spec: typeof officeHours, year: number) =>
      workingTime(spec).add(new Date(`${year}-03-03T00:00:00Z`), 3_600_000).provisional;
    expect([at(officeHours, 2031), at(known, 2031), at(known, 2032)]).toEqual([true, false, true]);
  });
});

describe('一行一个日子', () => {
  const read = (text: string) => daysIn(text, officeHours);
  it.each([
    ['2031-02-05 休 春节', [{ on: '2031-02-05', slots: [], why: '春节' }]],
    ['2031/2/5 班 调休', [{ on: '2031-02-05', slots: officeHours.patterns[0]?.slots, why: '调休' }]],
    ['2031年2月5日 照常', [{ on: '2031-02-05', slots: null, why: '' }]],
    [
      '2031-02-05 8:30-12:00,14:00-17:30',
      [
        {
          on: '2031-02-05',
          slots: [
            ['08:30', '12:00'],
            ['14:00', '17:30'],
          ],
          why: '',
        },
      ],
    ],
  ])('%s', (line, days) => expect(read(line)).toEqual({ days, faults: [] }));

  it('一段日子；英文也行；空行不算', () => {
    expect(read('\n2031-02-05 至 2031-02-07 休\n\n2031-03-01 to 2031-03-02 off').days.map(({ on }) => on)).toEqual([
      ...['2031-02-05', '2031-02-06', '2031-02-07', '2031-03-01', '2031-03-02'],
    ]);
  });

  it.each([
    '2031-02-30 休',
    '春节休',
    '2031-02-05',
    '2031-02-07 至 2031-02-05 休',
    '2031-02-05 12:00-08:00',
    '2031-01-01 至 2033-01-01 休',
  ])('读不懂的说哪一行：%s', (line) => {
    const { days, faults } = read(`2031-01-05 休\n${line}`);
    expect(days).toHaveLength(1);
    expect(faults).toMatchObject([{ line: 2 }]);
  });

  it('时间要先后有序', () =>
    expect([slotsIn('8:00-12:00 14:00-18:00'), slotsIn('14:00-18:00,8:00-12:00'), slotsIn('')]).toMatchObject([
      [
        ['08:00', '12:00'],
        ['14:00', '18:00'],
      ],
      null,
      null,
    ]));
});
