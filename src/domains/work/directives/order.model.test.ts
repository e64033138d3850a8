import { expect, it } from 'vitest';
import { cut } from './cutting.model.ts';
import { units } from './fixtures/layouts.ts';
import { inOrder, ordinalOf } from './order.model.ts';
import { piecesOf } from './pieces.model.ts';

it.each([
  ['一、', 1],
  ['（二十三）', 23],
  ['十、', 10],
  ['第十二条', 12],
  ['３．', 3],
  ['③', 3],
  ['附', 0],
])('%s 是 %i', (number, is) => expect(ordinalOf(number)).toBe(is));

const levels = (text: string) => inOrder(piecesOf(text)).map(({ number, level }) => `${number}${level}`);

it('接着编的是同一层，从 1 编起的是下一层，回来的还是原来那一层', () => {
  expect(levels('一、甲\n二、乙\n3、丙\n（四）丁\n五、戊')).toEqual(['一、1', '二、1', '3、1', '（四）1', '五、1']);
  expect(levels('一、甲\n1.乙\n2.丙\n二、丁\n1.戊')).toEqual(['一、1', '1.3', '2.3', '二、1', '1.3']);
  expect(levels('（一）甲\n1.乙\n（二）丙\n1.丁\n2.戊')).toEqual(['（一）2', '1.3', '（二）2', '1.3', '2.3']);
});

it('接着编的不写前一条作标题；自己有单位和时间、下面又有小项的，说出疑问', () => {
  const [, second, third] = cut(
    '一、甲\n二、县水利局负责，12月5日前排查。\n3、县林业局负责，12月6日前排查。',
    '2021-04-01',
    units,
  ).items;
  expect([second?.under, third?.under]).toEqual([[], []]);
  const [own] = cut('一、县水利局负责，12月5日前排查。\n1.清点沙袋。', '2021-04-01', units).items;
  expect(own?.doubts[0]?.zh).toContain('下面还有小项');
});
