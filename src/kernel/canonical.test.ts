import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonical } from './canonical.ts';
import type { EntryValue } from './journal.ts';

it('与通用库写出来的一字不差：任何能存进数据库的内容', () => {
  const text = fc.string({ unit: 'grapheme' });
  const { value } = fc.letrec<{ value: EntryValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(fc.oneof(text, fc.nat().map(String)), tie('value')),
    ),
  }));
  fc.assert(
    fc.property(value, (given) => {
      expect(canonical(given)).toBe(canonicalize(given));
    }),
    { numRuns: 500 },
  );
});

it('键按码元排，不按写入的先后，也不按数字的大小', () => {
  expect(canonical({ b: 1, a: [true, null], 10: 'x', 9: { 县: 1, z: 2 } })).toBe(
    '{"10":"x","9":{"z":2,"县":1},"a":[true,null],"b":1}',
  );
});
