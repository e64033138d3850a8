import { expect, test } from 'vitest';
import { isCode } from './search_code.ts';

test.each([
  ['K7QD-3XWM-9T2P', true],
  ['k7qd 3xwm 9t2p', true],
  [' k7qd3xwm9t2p ', true],
  ['Ｋ７ＱＤ-3XWM-9T2P', true],
  ['ABCD-EFGH-JKMN', true],
  ['439901001001', false],
  ['eryundiyiwan', false],
  ['20260302-000007', false],
  ['K7QD-3XWM', false],
  ['二运巷口路面塌了一块坑啊', false],
])('%s 是不是查询码：%s', (typed, is) => {
  expect(isCode(typed)).toBe(is);
});
