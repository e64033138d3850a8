import fc from 'fast-check';
import type { Operation } from './document.ts';
import { ANYBODY, type Draft, goodDrafts } from './draft.ts';
import { isPlain, Literal, Marker, withKeys } from './markers.ts';
import { at, oneOf, pathsIn, put } from './nodes.ts';

/** Good drafts with one thing wrong in what they say. */
export type Spoiled = (operation: Operation) => fc.Arbitrary<Draft>;

/** Puts a thing into one place of what is sent: body, query or path, as far as there are any. */
const placing =
  (things: fc.Arbitrary<unknown>, fits: (old: unknown) => boolean = () => true): Spoiled =>
  (operation) =>
    fc.tuple(goodDrafts(operation), things, fc.nat(9999)).map(([draft, thing, n]) => placed(draft, thing, n, fits));

interface Sayings {
  readonly params: Draft['params'];
  readonly query: Draft['query'];
  readonly body: unknown;
}

function placed(draft: Draft, thing: unknown, n: number, fits: (old: unknown) => boolean): Draft {
  const { params, query, body } = draft;
  const said: Sayings = { params, query, body: body === undefined ? null : body };
  const places = pathsIn(said).filter(
    (path) =>
      (path.length > 1 && (path[0] !== 'query' || path.length === 3) && path[2] !== 0) || isWholeBody(path, body),
  );
  const fitting = places.filter((path) => fits(at(said, path)));
  if (fitting.length === 0) return draft;
  const spoiled = put(said, oneOf(fitting, n), thing) as Sayings;
  return { ...draft, params: spoiled.params, query: spoiled.query, ...(body !== undefined && { body: spoiled.body }) };
}

const isWholeBody = (path: readonly unknown[], body: unknown): boolean =>
  path.length === 1 && path[0] === 'body' && body !== undefined;

const isText = (value: unknown): boolean => typeof value === 'string';
const isId = (value: unknown): boolean => value instanceof Marker;

const otherTypes = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1.5, '', 'x', '0', '[]', '{}', 'null', 'undefined', 'NaN'),
  fc.constantFrom([], {}, [[]], [{}], [null], { toString: 1 }, { length: 3 }, { $ne: null }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer(),
);

const edgeTexts = fc.constantFrom(
  ...[
    '',
    ' ',
    '\t\n',
    '0',
    '-1',
    '1e3',
    'Ⅷ',
    '０１２',
    'İ',
    'ß',
    'a\u0301',
    '👨‍👩‍👧',
    '\u202eabc',
    '\ufeff',
    '\u200b',
    '%',
    '\\',
    "'",
    '"',
  ],
  ...["' or '1'='1", '{{7*7}}', '<%= 7 %>', '../../x', '<fuzz onload=x>', '=1+1', 'a,b', ',', '1,', '٣'],
  ...[
    '2026-02-30',
    '2026-13-01',
    '0000-01-01',
    '9999-12-31',
    '-000001-01-01',
    '24:00',
    '2026-01-01T00:00:00.000000000Z',
  ],
  ...[
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+23:59',
    '2026-06-30T23:59:60Z',
    '275760-09-13',
  ],
);
const edgeNumbers = fc.constantFrom(
  ...[
    0,
    -0,
    1,
    -1,
    0.1,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53 - 1,
    2 ** 53,
    -(2 ** 53),
    1e21,
    1e308,
    -1e308,
    5e-324,
  ],
  ...[180, 180.0000001, -180, 90, -90, 32_767, 32_768, 65_536],
);

const characters = fc.oneof(
  fc.constantFrom(
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff',
    'x\ud83d',
    '\ude00x',
    '\udbff\udbff',
    '\u0001\u001f\u007f',
    '\uffff',
    '\ufffe',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
);

const huge = fc.constantFrom(
  ...[
    '塌'.repeat(5000),
    'a'.repeat(70_000),
    ' '.repeat(50_000),
    '9'.repeat(20_000),
    `1e${'9'.repeat(400)}`,
    '-'.repeat(3000),
  ],
  ...[
    Array.from({ length: 6000 }, () => 'x'),
    Array.from({ length: 20_000 }, () => 0),
    Array.from({ length: 3000 }, () => ({})),
  ],
  withKeys(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])),
);
const long = fc.constantFrom('1', '[', 'a').map((text) => text.repeat(1_100_000));

const nested = fc.tuple(fc.constantFrom(50, 400, 1500, 20_000), fc.boolean()).map(([depth, isList]) => {
  // As text: what would be walked through here would be too deep for us as well.
  const [open, close] = isList ? ['[', ']'] : ['{"a":', '}'];
  return new Literal(`${open.repeat(depth)}1${close.repeat(depth)}`);
});

const foreign = fc.tuple(
  fc.constantFrom(
    'foreign casefile',
    'foreign area',
    'foreign person',
    'foreign body',
    'foreign post',
    'foreign notice',
    'foreign obligation',
    'foreign photo',
    'foreign session',
  ),
  fc.nat(9999),
);
const guessed = fc.oneof(
  foreign.map(([kind, n]): unknown => new Marker(kind, n)),
  fc
    .constantFrom('area', 'person', 'casefile', 'obligation', 'body', 'message')
    .chain((kind) => fc.nat(99).map((n): unknown => new Marker(kind, n))),
  fc.uuid(),
  fc.constantFrom(
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'FFFFFFFF-0000-7000-8000-000000000000',
  ),
);

const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '$where', 'then'];
const poison = fc.tuple(
  fc.constantFrom(...names),
  fc.constantFrom<unknown>({ isAdmin: true }, { prototype: { isAdmin: true } }, null, 'x', [], { toString: null }),
);
const unknownKeys = fc.tuple(
  fc.oneof(
    fc.constantFrom('extra', 'id', 'realm', 'role', 'roles', 'isDemo', 'areaId ', 'words\u0000', ''),
    fc.string({ maxLength: 12 }),
  ),
  fc.constantFrom<unknown>(1, 'x', true, null, {}, []),
);

/** Adds a key to one object of the body, or to the query. */
const keyed =
  (keys: fc.Arbitrary<readonly [string, unknown]>): Spoiled =>
  (operation) =>
    fc.tuple(goodDrafts(operation), keys, fc.nat(9999)).map(([draft, [name, value], n]) => {
      const { body } = draft;
      const objects = body === undefined ? [] : pathsIn(body).filter((path) => isPlain(at(body, path)));
      if (objects.length === 0 || n % 7 === 0) return { ...draft, query: [...draft.query, [name, value]] };
      const path = oneOf(objects, n);
      const old = Object.entries(at(body, path) as object).filter(([it]) => it !== name);
      return { ...draft, body: put(body, path, withKeys([...old, [name, value]])) };
    });

/** Somebody else than those whom the operation names. */
const byAnybody: Spoiled = (operation) =>
  fc.tuple(goodDrafts(operation), fc.nat(9999)).map(([draft, n]) => ({ ...draft, who: new Marker(ANYBODY, n) }));

/** What is required is left out. */
const lacking: Spoiled = (operation) =>
  fc.tuple(goodDrafts(operation), fc.nat(9999)).map(([draft, n]) => {
    const { body } = draft;
    const objects = body === undefined ? [] : pathsIn(body).filter((path) => isPlain(at(body, path)));
    if (objects.length === 0) return { ...draft, query: draft.query.slice(1) };
    const path = oneOf(objects, n);
    const old = Object.entries(at(body, path) as object);
    return { ...draft, body: put(body, path, withKeys(old.filter((_, i) => i !== n % Math.max(1, old.length)))) };
  });

export const spoiledSayings = {
  'by anybody': byAnybody,
  lacking,
  'wrong type': placing(otherTypes),
  'edge text': placing(edgeTexts, (old) => isText(old) || isId(old)),
  'edge number': placing(edgeNumbers, (old) => typeof old === 'number' || isText(old)),
  characters: placing(characters, (old) => isText(old) || isId(old)),
  huge: placing(huge),
  'too long': placing(long),
  nested: placing(nested),
  'foreign id': placing(guessed, isId),
  'extra property': keyed(unknownKeys),
  'poisoned property': keyed(poison),
} as const satisfies Readonly<Record<string, Spoiled>>;
