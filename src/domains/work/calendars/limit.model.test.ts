import { describe, expect, it } from 'vitest';
import {
  limitSchema,
  limitUnits,
  limitWords,
  minutes,
  naturalDays,
  readLimit,
  urgentHours,
  workingDays,
  workingHours,
} from './limit.model.ts';

describe('读时限', () => {
  it.each([
    ['4工作时', workingHours(4)],
    [' 2 紧急工作时', urgentHours(2)],
    ['15个工作日', workingDays(15)],
    ['15 个 工作日', workingDays(15)],
    ['4工作小时', workingHours(4)],
    ['5工作日\n', workingDays(5)],
    ['\t5工作日\r\n', workingDays(5)],
    ['\u30005工作日\u3000', workingDays(5)],
    ['\ufeff5工作日', workingDays(5)],
    ['5\u00a0工作日', workingDays(5)],
    ['15分钟', minutes(15)],
    ['2自然日', naturalDays(2)],
    ['2日历日', naturalDays(2)],
    ['2紧急工作日', naturalDays(2)],
    ['2小时（连续）', urgentHours(2)],
    ['2小时（连续）', urgentHours(2)],
    ['４工作时', workingHours(4)],
    ['１５个工作日', workingDays(15)],
    ['１5工作日', workingDays(15)],
    ['1工作日', workingDays(1)],
    ['3660自然日', naturalDays(3660)],
  ])('「%s」认得', (cell, limit) => {
    expect(readLimit(cell)).toEqual(limit);
  });

  it.each([
    ['4小时', '不知道夜里算不算'],
    ['2天', '不知道假日算不算'],
    ['2日', '不知道假日算不算'],
    ['4时', '不知道是哪个钟'],
    ['种植季节15工作日', '有条件'],
    ['15工作日（种植季节）', '有条件'],
    ['1紧急工作时制止', '带动作'],
    ['制止1紧急工作时', '带动作'],
    ['', '空格子'],
    ['   ', '空格子'],
    ['\n', '空格子'],
    ['0工作日', '没有时间'],
    ['000工作日', '没有时间'],
    ['工作日', '没有数'],
    ['个工作日', '没有数'],
    ['15', '没有单位'],
    ['-4工作时', '负数'],
    ['+4工作时', '带符号'],
    ['1.5工作日', '小数'],
    ['1½工作日', '分数'],
    ['4-8工作时', '一个范围'],
    ['4~8工作时', '一个范围'],
    ['4工作时8工作时', '两个时限'],
    ['4工作时/2紧急工作时', '两个时限'],
    ['四工作时', '汉字数'],
    ['1e3工作日', '科学记数'],
    ['3661工作日', '超过十年'],
    ['99999工作日', '超过十年'],
    ['4工作时。', '有尾巴'],
    ['≤4工作时', '有比较号'],
    ['立即', '不是时限'],
    ['4 working hours', '不是表里的写法'],
    ['4工作时\u200b', '有看不见的字'],
  ])('「%s」退回，不猜(%s)', (cell) => {
    expect(readLimit(cell)).toBeNull();
  });

  it('序号「①4工作时」不能读成 14 工作时', () => {
    expect(readLimit('①4工作时')).toBeNull();
  });

  it('角注「5²工作日」不能读成 52 工作日', () => {
    expect(readLimit('5²工作日')).toBeNull();
  });

  it('圈码不是数:「④工作时」退回', () => {
    expect(readLimit('④工作时')).toBeNull();
  });

  it('格子里分两行的「1」「5工作日」不能拼成 15 工作日', () => {
    expect(readLimit('1\n5工作日')).toBeNull();
    expect(readLimit('1 5工作日')).toBeNull();
  });
});

describe('写时限', () => {
  const amounts = [1, 2, 15, 48, 999, 3660];
  it.each(limitUnits)('%s 写出来的都读得回来，带不带空格、换行、全角都一样', (unit) => {
    for (const amount of amounts) {
      const written = limitWords({ amount, unit }).zh;
      const wide = written.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      for (const cell of [written, written.replace(' ', ''), ` ${written}\n`, wide])
        expect(readLimit(cell), cell).toEqual({ amount, unit });
    }
  });

  it('每个单位的中文、英文各不相同', () => {
    const words = limitUnits.map((unit) => limitWords({ amount: 3, unit }));
    expect(new Set(words.map(({ zh }) => zh)).size).toBe(limitUnits.length);
    expect(new Set(words.map(({ en }) => en)).size).toBe(limitUnits.length);
  });

  it('时限是 1 到 3660 的整数', () => {
    for (const amount of [0, -1, 1.5, 3661, Number.NaN, Number.POSITIVE_INFINITY])
      expect(limitSchema.safeParse({ amount, unit: 'working_days' }).success, String(amount)).toBe(false);
    for (const amount of amounts) expect(limitSchema.safeParse({ amount, unit: 'minutes' }).success).toBe(true);
    expect(limitSchema.safeParse({ amount: 1, unit: 'hours' }).success).toBe(false);
  });

  it('各单位的简写就是那个时限', () => {
    expect(
      [minutes(1), urgentHours(1), workingHours(1), workingDays(1), naturalDays(1)].map(({ unit }) => unit),
    ).toEqual([...limitUnits]);
  });
});
