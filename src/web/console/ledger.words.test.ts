import { expect, it } from 'vitest';
import { canonicalOf } from '../../domains/land/registry/fields/canonical_value.model.ts';
import { fieldNamed } from '../../domains/land/registry/fields/keeping.model.ts';
import { enterableIn } from '../../domains/land/registry/ledger.model.ts';
import { ledgers } from '../../domains/land/registry/ledgers.model.ts';
import { choicesOf } from './ledger.words.ts';

const enterable = new Set(ledgers.flatMap(enterableIn));
const asked = [...enterable].flatMap((code) =>
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
  expect(asked.map(([code]) => code)).toEqual(
    expect.arrayContaining(['person.sex', 'person.lives_alone', 'person.low_income', 'house.let']),
  );
});
