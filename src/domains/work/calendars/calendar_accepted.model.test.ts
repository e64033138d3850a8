import { describe, expect, it } from 'vitest';
import { calendarSchema, officeHours, roundTheClock } from './calendar.model.ts';
import { officeSlots, type Slots } from './fixtures/calendars.ts';

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

  it('退回：日历上没有的日子(2026-02-30),不能当作没写', () => {
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

  it('退回：同一天写了两个例外，不知道算哪个', () => {
    expect(refuses({ exceptions: [on([]), on(officeSlots)] })).toBe(true);
  });
});
