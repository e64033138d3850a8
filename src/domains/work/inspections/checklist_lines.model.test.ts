import { expect, it } from 'vitest';
import { readyLists } from '../../../packs/checklists/index.ts';
import { checklistForm } from './checklist.model.ts';
import { itemsIn, linesOf } from './checklist_lines.model.ts';

it('一行一条：等级、时限、依据写在哪里都认得', () => {
  const { items, faults } = itemsIn('消防车通道｜《消防法》第二十八条｜1自然日|重大｜堆物就算\n\n灭火器\n');
  expect(faults).toEqual([]);
  expect(items).toEqual([
    {
      ...{ code: 'i1', text: '消防车通道', counts: '堆物就算', grade: 'major' },
      ...{ limit: { amount: 1, unit: 'natural_days' }, basis: '《消防法》第二十八条' },
    },
    { code: 'i2', text: '灭火器', counts: '', grade: 'general', limit: null, basis: '' },
  ]);
});

it('没说是哪种天的时限不猜，说出是哪一行', () => {
  expect(itemsIn('甲\n乙｜3天\n丙｜5工作日').faults).toEqual([{ line: 2, part: '3天' }]);
});

it('现成的检查表每一张都收得下，写出来再读还是那样', () => {
  expect(readyLists.length).toBeGreaterThan(3);
  for (const { sector, title, lines } of readyLists) {
    const { items, faults } = itemsIn(lines.join('\n'));
    expect([title, faults]).toEqual([title, []]);
    expect(checklistForm.safeParse({ sector, title, items }).success, title).toBe(true);
    expect(itemsIn(linesOf(items)).items).toEqual(items);
  }
});
