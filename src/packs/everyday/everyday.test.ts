import { expect, test } from 'vitest';
import { limitWords } from '../../domains/work/calendars/limit.model.ts';
import { caseTypeSchema, majorClassSchema } from '../../domains/work/standards/standard.model.ts';
import { everydayStandard } from './index.ts';

const { majors, types } = everydayStandard;
const conditions = types.flatMap((type) => type.conditions.map((condition) => ({ ...condition, type })));

const bare = (text: string) => text.replace(/[\s\p{P}]/gu, '');

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

test('every class and every condition fits the schema', () => {
  for (const major of majors) expect(majorClassSchema.safeParse(major).error, major.code).toBeUndefined();
  for (const type of types) expect(caseTypeSchema.safeParse(type).error, type.code).toBeUndefined();
});

test('the pack is plain data: it survives the way to a phone', () => {
  expect(JSON.parse(JSON.stringify(everydayStandard))).toEqual(everydayStandard);
});

test('it is large enough for a county, and no class is a list without end', () => {
  expect(types.length).toBeGreaterThanOrEqual(95);
  expect(conditions.length).toBeGreaterThanOrEqual(260);
  expect(types.filter((type) => type.conditions.length === 0).map((type) => type.code)).toEqual([]);
  expect(types.filter((type) => type.conditions.length > 6).map((type) => type.code)).toEqual([]);
});

test('a code names one thing', () => {
  expect(repeated(majors.map((major) => major.code))).toEqual([]);
  expect(repeated([...types, ...conditions].map((one) => one.code))).toEqual([]);
  expect(repeated([...majors, ...types].map((one) => one.name.zh))).toEqual([]);
  expect(repeated([...majors, ...types].map((one) => one.name.en))).toEqual([]);
});

test('a condition carries the code of its class', () => {
  const strangers = conditions.filter(({ code, type }) => !code.startsWith(`${type.code}-`));
  expect(strangers.map(({ code }) => code)).toEqual([]);
});

test('every class stands under a major class of its own kind, and no major class is empty', () => {
  const kindOf = new Map(majors.map((major) => [major.code, major.kind]));
  expect(types.filter((type) => kindOf.get(type.major) !== type.kind).map((type) => type.code)).toEqual([]);
  const used = new Set(types.map((type) => type.major));
  expect(majors.filter((major) => major.kind === 'component').map((major) => major.code)).toEqual([
    'utilities',
    'roads',
    'sanitation-works',
    'green-works',
    'flood-works',
    'shared-buildings',
  ]);
  expect(majors.filter((major) => !used.has(major.code)).map((major) => major.code)).toEqual([]);
});

test('a class does not call upon the same body twice', () => {
  for (const type of types) expect(repeated([type.answersTo, ...(type.alsoNeeds ?? [])]), type.code).toEqual([]);
});

test('Chinese is Chinese, English is English, and neither ends in a full stop', () => {
  const texts = [
    ...majors.map(({ code, name }) => ({ code, words: name })),
    ...types.map(({ code, name }) => ({ code, words: name })),
    ...conditions.flatMap(({ code, when, done }) => [
      { code, words: when },
      { code, words: done },
    ]),
  ];
  for (const { code, words } of texts) {
    expect(words.zh, code).toMatch(/\p{Script=Han}/u);
    expect(words.zh, code).not.toMatch(/[,;:?!]|[。.]$/u);
    expect(words.en, code).not.toMatch(/[\p{Script=Han}，。；：、（）]|\.$/u);
    expect(words.en, code).toMatch(/[a-z]/);
  }
});

test('no two conditions of a class are told in the same words, and done is not what was found', () => {
  for (const type of types) {
    expect(repeated(type.conditions.map(({ when }) => bare(when.zh))), type.code).toEqual([]);
    expect(repeated(type.conditions.map(({ when }) => bare(when.en))), type.code).toEqual([]);
    for (const { when, done } of type.conditions) expect(bare(done.zh), type.code).not.toBe(bare(when.zh));
  }
});

test('an unsure limit says whose guess it is, a common one names the figure', () => {
  for (const { code, confidence, source } of conditions) {
    // What a deployment settled for itself (`local`) cannot stand in a pack that serves every county.
    const honest = {
      common: /^common practice of digital city management tables \(.+\)$/,
      unsure: /our proposal|as recalled|secondary source|one reported/,
      local: /^never$/,
    }[confidence];
    expect(source, code).toMatch(honest);
  }
});

test('a source that names a figure in brackets names the figure of its own limit', () => {
  const figure = /\((\d+) (minutes|urgent hours?|working hours?|working days?|natural days?)\b/;
  const unitOf = { min: 'minutes', urg: 'urgent_hours', nat: 'natural_days' } as const;
  let compared = 0;
  for (const { code, source, limit } of conditions) {
    const [, amount, words] = figure.exec(source) ?? [];
    if (!amount || !words) continue;
    const unit = words.startsWith('working')
      ? words.includes('hour')
        ? 'working_hours'
        : 'working_days'
      : unitOf[words.slice(0, 3) as keyof typeof unitOf];
    expect(`${amount} ${unit}`, `${code}: ${limitWords(limit).en}, but ${source}`).toBe(
      `${limit.amount} ${limit.unit}`,
    );
    compared += 1;
  }
  expect(compared).toBeGreaterThan(50);
});

test('the limits known from common practice are there', () => {
  const limitOf = (code: string) => {
    const found = conditions.find((condition) => condition.code === code);
    return found && `${found.confidence} ${limitWords(found.limit).en}`;
  };
  expect(limitOf('water-cover-missing')).toBe('common 2 continuous hours');
  expect(limitOf('water-cover-broken')).toBe('common 4 working hours');
  expect(limitOf('road-surface-broken')).toBe('common 5 working days');
  expect(limitOf('gas-leak-broken-pipe')).toBe('common 1 continuous hour');
  expect(limitOf('water-pipe-break-gushing')).toBe('common 1 continuous hour');
  expect(limitOf('street-stall-in-way')).toBe('common 2 continuous hours');
  expect(limitOf('dirty-road-litter')).toBe('common 2 working hours');
  expect(limitOf('illegal-ad-few')).toBe('common 1 working day');
  expect(limitOf('illegal-building-rising')).toBe('common 2 natural days');
});

test('the first condition of an urgent class is the gravest: its clock runs at night and is not longer than a day', () => {
  const slow = types.filter(({ urgent, conditions: [gravest] }) => {
    const { unit, amount } = gravest?.limit ?? { unit: 'natural_days', amount: 1 };
    return urgent && unit !== 'minutes' && !(unit === 'urgent_hours' && amount <= 24);
  });
  expect(slow.map((type) => type.code)).toEqual([]);
  // Rough lengths, good enough to compare.
  const hoursOf = { minutes: 1 / 60, urgent_hours: 1, working_hours: 2, working_days: 24, natural_days: 24 } as const;
  const outOfOrder = types.filter(({ urgent, conditions }) => {
    const hours = conditions.map(({ limit }) => limit.amount * hoursOf[limit.unit]);
    return urgent && hours.some((value, index) => value < (hours[index - 1] ?? 0));
  });
  expect(outOfOrder.map((type) => type.code)).toEqual([]);
});

test('what only a named circle may read is never proved by photographs', () => {
  const exposed = conditions.filter(({ type, evidence }) => type.confidential && evidence === 'photos');
  expect(exposed.map(({ code }) => code)).toEqual([]);
});

test('every class under disputes is confidential', () => {
  const open = types.filter((type) => type.major === 'disputes' && !type.confidential);
  expect(open.map((type) => type.code)).toEqual([]);
});
