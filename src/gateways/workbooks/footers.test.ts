import { describe, expect, it } from 'vitest';
import type { Sheet } from './sheet.model.ts';
import { tablesOf } from './table.model.ts';

/** What offices write below and between the people: sums with their unit, who made the table and when. None of it is somebody. */
const labels = ['序号', '姓名', '性别', '联系电话', '现住址'];
const people = [
  ['1', '李福根', '男', '13973350001', '二运巷 1 号'],
  ['2', '张小梅', '女', '13973350002', '二运巷 2 号'],
];
const sheetOf = (rows: readonly (readonly (string | null)[])[]): Sheet => ({
  ...{ name: '表1', spans: [], hiddenRows: [] },
  rows: [labels, ...rows].map((row) => row.map((text) => (text === null ? null : { text, kind: 'text' as const }))),
});
const at = (rows: readonly (readonly (string | null)[])[]) => tablesOf([sheetOf(rows)]).flatMap((one) => one.at);

describe('表里不是人的行', () => {
  it.each([
    [['本页小计', '15人']],
    [[null, '本页小计', null, null, '15人']],
    [['本页合计', '1人']],
    [[null, '本页合计', '共 2 人', null, null]],
    [['石桥村小计', '12 户', '36 人']],
    [['制表日期', '2026年11月']],
    [[null, '制表日期', '2026年11月']],
    [['填表日期', null, null, '2026-11-23']],
    [['以上情况属实']],
    [[null, '以上情况属实']],
    [[null, '以上情况属实', null, '（盖章）']],
    [[null, '经办人', '王某']],
  ])('%j 在末尾', (row) => {
    expect(at([...people, row])).toEqual([1, 2]);
  });

  it('夹在人中间的小计也不是人，后面的人还在', () => {
    expect(at([...people, ['本页小计', '2人'], ...people])).toEqual([1, 2, 4, 5]);
  });

  it('写得少的人还是人', () => {
    expect(
      at([...people, [null, '石小计', '男'], ['4', '何以上', '女', null, '二运巷 15 人家'], ['5', '审玉']]),
    ).toEqual([1, 2, 3, 4, 5]);
  });
});
