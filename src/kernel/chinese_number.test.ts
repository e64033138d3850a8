import { expect, it } from 'vitest';
import { chineseNumber } from './chinese_number.ts';

it.each([
  ['一', 1],
  ['九', 9],
  ['十', 10],
  ['十二', 12],
  ['二十', 20],
  ['三十一', 31],
  ['一二', null],
  ['十二三', null],
  ['百', null],
  ['', null],
])('%s 是 %s', (said, is) => expect(chineseNumber(said)).toBe(is));
