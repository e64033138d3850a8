import fc from 'fast-check';
import { type Draft, goodDrafts } from './draft.ts';
import type { Spoiled } from './spoil.ts';

/** Good drafts that are sent wrongly: another method, content type, headers, a body that is cut or no text. */
const types = [
  ...['text/plain', 'application/xml', 'text/html', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  ...[
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json;;;',
  ],
  ...[
    'application/octet-stream',
    'json',
    '',
    'application/json, text/plain',
    'application/JSON',
    'application/problem+json',
  ],
  ...['application/x-www-form-urlencoded; charset=gbk', `application/${'x'.repeat(3000)}`],
];

const wrongType: Spoiled = (operation) =>
  fc
    .tuple(goodDrafts(operation), fc.constantFrom(null, ...types))
    .map(([draft, type]) => withRaw({ ...draft, body: draft.body ?? {} }, { type }));

const cut: Spoiled = (operation) =>
  fc.tuple(goodDrafts(operation), fc.double({ min: 0, max: 0.999, noNaN: true })).map(([draft, share]) =>
    withRaw(draft, {
      bytes: (text) => Buffer.from(text).subarray(0, Math.floor(Buffer.byteLength(text) * share)),
    }),
  );

const badBytes = fc.constantFrom(
  [0xff],
  [0xc3, 0x28],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
  [0xf8, 0x88],
  [0xfe, 0xff],
  [0],
);
const badUtf8: Spoiled = (operation) =>
  fc.tuple(goodDrafts(operation), badBytes, fc.double({ min: 0, max: 1, noNaN: true })).map(([draft, bytes, share]) =>
    withRaw(draft, {
      bytes: (text) => {
        // Rather within a text than between two, where any byte would be refused.
        const inText = [...text.matchAll(/[^"{}:,[\]]"/g)].map(({ index }) =>
          Buffer.byteLength(text.slice(0, index + 1)),
        );
        const at = inText[Math.floor(share * inText.length)] ?? 0;
        const whole = Buffer.from(text);
        return Buffer.concat([whole.subarray(0, at), Buffer.from(bytes), whole.subarray(at)]);
      },
    }),
  );

const wrongText: Spoiled = (operation) =>
  fc
    .tuple(
      goodDrafts(operation),
      fc.constantFrom(
        '',
        ' ',
        'null',
        'true',
        '0',
        '"x"',
        '[]',
        '[{}]',
        '{',
        '{}{}',
        '{"a":1,}',
        "{'a':1}",
        '\ufeff{}',
        'NaN',
        '1e999',
        '{"commandId":1,"commandId":2}',
        '//',
        'a=1&b=2',
        '%',
      ),
    )
    .map(([draft, text]) => withRaw(draft, { bytes: () => Buffer.from(text) }));

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'LOCK',
  'PURGE',
  'M-SEARCH',
  'QUERY',
];
const wrongMethod: Spoiled = (operation) =>
  fc.tuple(goodDrafts(operation), fc.constantFrom(...methods)).map(([draft, method]) => ({ ...draft, method }));

const repeated: Spoiled = (operation) =>
  fc
    .tuple(goodDrafts(operation), fc.constantFrom('[]', '', '.a', '[a]', '[0]'), fc.constantFrom('', 'x', '1', 'null'))
    .map(([draft, suffix, other]) => {
      const [[name, value] = ['most', '1']] = draft.query;
      const named = operation.parameters.filter((one) => one.in === 'query').map((one) => one.name);
      return {
        ...draft,
        query: [...draft.query, [name, value], [`${name}${suffix}`, other], [named.at(-1) ?? 'x', other]],
      };
    });

const token = fc.constantFrom(
  ...[
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer 1.',
    'Bearer 0.x',
    'Bearer -1.x',
    'Bearer 1e3.x',
    'Bearer 99999.x',
    'Bearer 1.\u00ff',
  ],
  ...[
    'Bearer jwk_',
    'Bearer jwk_1.x',
    'Bearer jwk_2.x',
    'Bearer jwk_1e9.',
    'Basic eA==',
    'Bearer undefined',
    `Bearer 1.${'x'.repeat(6000)}`,
  ],
);
const headers = fc.oneof(
  token.map((value) => ['authorization', value] as const),
  fc.tuple(
    fc.constantFrom(
      'cookie',
      'accept',
      'accept-language',
      'user-agent',
      'referer',
      'origin',
      'host',
      'x-forwarded-for',
      'x-forwarded-host',
      'forwarded',
      'if-none-match',
      'range',
      'last-event-id',
      'sec-fetch-site',
      'content-encoding',
      'expect',
      'x-http-method-override',
      'accept-encoding',
      'te',
      'via',
    ),
    fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '*',
        'null',
        '-1',
        'bytes=0-',
        'bytes=9-1',
        '"',
        '"x"',
        'en',
        'zh-CN,zh;q=0.9',
        'xx',
        'gzip',
        'http://evil.example',
        'cross-site',
        '100-continue',
        'a'.repeat(7000),
      ),
      fc.constantFrom(
        'jingwei=',
        'jingwei=1.x',
        'jingwei="',
        'jingwei=%',
        '__Host-jingwei=2.x; jingwei=1.x',
        'jingwei=jwk_1.x',
        ';;;=;=',
        'text/html',
        'text/html;q=0',
        '\u00ff\u0080',
        '127.0.0.1, 10.0.0.1',
        '::',
        '999.1.1.1',
      ),
    ),
  ),
);
const absurd: Spoiled = (operation) =>
  fc
    .tuple(goodDrafts(operation), fc.array(headers, { minLength: 1, maxLength: 3 }))
    .map(([draft, given]) => ({ ...draft, headers: given }));

const manyHeaders: Spoiled = (operation) =>
  fc.tuple(goodDrafts(operation), fc.constantFrom(150, 1500, 3000)).map(([draft, n]) => ({
    ...draft,
    headers: Array.from({ length: n }, (_, i) => [`x-${i}`, 'y'] as const),
  }));

const targets = fc.constantFrom(
  ...[
    '%',
    '%zz',
    '%00',
    '%c0%af',
    '%ff',
    '%u0041',
    '..%2f..',
    '..;',
    '//',
    '%2e%2e',
    '%0d%0aset-cookie:x=1',
    '%F0%9F%98%80',
    '?',
    '??',
    '?=',
    '?&&',
    '#',
  ],
  ...[
    '?a=%',
    '?%=1',
    '?a[b]=1',
    '?__proto__=1',
    '?constructor.prototype.x=1',
    'x'.repeat(200),
    'x'.repeat(5000),
    `?${'a=1&'.repeat(1500)}`,
    `?q=${'%E5%A1%8C'.repeat(800)}`,
  ],
);
/** One piece of the address replaced, or something added behind it. */
const wrongAddress: Spoiled = (operation) =>
  fc.tuple(goodDrafts(operation), targets, fc.nat(20)).map(([draft, piece, n]) => {
    const parts = operation.path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000').split('/');
    const at = 1 + (n % parts.length);
    const target = parts.map((part, i) => (i === at ? piece : part)).join('/');
    return withRaw(draft, { target: at < parts.length ? target : `${parts.join('/')}${piece}` });
  });

const withRaw = (draft: Draft, raw: Draft['raw']): Draft => ({ ...draft, raw });

export const spoiledSendings = {
  'wrong content type': wrongType,
  'body cut off': cut,
  'broken UTF-8': badUtf8,
  'wrong text': wrongText,
  'wrong method': wrongMethod,
  'query repeated': repeated,
  'absurd headers': absurd,
  'many headers': manyHeaders,
  'wrong address': wrongAddress,
} as const satisfies Readonly<Record<string, Spoiled>>;
