import { expect, it } from 'vitest';
import { canonicalOf } from '../../domains/land/registry/canonical_value.model.ts';
import { fieldNamed } from '../../domains/land/registry/keeping.model.ts';
import { enterable } from '../../domains/land/registry/ledger.model.ts';
import { choicesOf } from './ledger.words.ts';

const asked = enterable.flatMap((code) =>
  Object.entries(choicesOf(code) ?? {}).flatMap(([id, words]) =>
    [id, words.zh, words.en].map((text) => [code, text, id] as const),
  ),
);

it.each(asked)('%s 选“%s”：表单送来的、两种文字写的，台账都读得懂', (code, text, kept) => {
  const field = fieldNamed(code);
  if (!field) throw new Error(code);
  expect(canonicalOf(field, { text, kind: 'text' })).toEqual({ value: kept });
});

it('性别、独居、低保都是选的', () => {
  expect([...new Set(asked.map(([code]) => code))]).toEqual(['person.sex', 'person.lives_alone', 'person.low_income']);
});
