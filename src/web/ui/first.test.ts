import { expect, test } from 'vitest';
import { firstOf } from './first.ts';

test.each([
  [0, '0', 0, false],
  [3, '3', 3, false],
  [4, '3+', 3, true],
])('问来 %i 条，最多列 3 条：数是 %s', (length, count, shown, isCut) => {
  const said = firstOf(Array.from({ length }), 3);
  expect([said.count, said.shown.length, said.isCut]).toEqual([count, shown, isCut]);
});
