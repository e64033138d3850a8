import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allStorable, isStorable, storable } from './storable.ts';

test('存得下的字一个不少，换行也在；存不下的、看不见的去掉', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(isStorable(storable(text))).toBe(true);
      expect(storable(storable(text))).toBe(storable(text));
    }),
  );
  expect(storable('南门\n锁着\t𠮷')).toBe('南门\n锁着\t𠮷');
  expect(storable('门\0锁\u0007着\ud800')).toBe('门锁着');
  expect([isStorable('门\0'), isStorable('门\ud800'), isStorable('𠮷')]).toEqual([false, false, true]);
});

test('一层层里面的也一样；数、空、是否不动', () => {
  const given = { words: '门\0', at: null, n: 1, is: true, rows: [{ a: ['\0b'] }] };
  expect(allStorable(given)).toEqual({ words: '门', at: null, n: 1, is: true, rows: [{ a: ['b'] }] });
});
