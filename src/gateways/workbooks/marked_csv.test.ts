import fc from 'fast-check';
import { detectDelimiter, parseCsv } from 'hucre';
import { describe, expect, it } from 'vitest';
import { decodeText } from './file.model.ts';
import { encodeGbk } from './gbk.model.ts';
import { markCsv } from './marked_csv.model.ts';
import { marksOf, REASONS_HEADER } from './reasons.model.ts';

const marksFor = (rows: Readonly<Record<number, string>>, range = 'A1:B3') =>
  marksOf(
    [{ sheet: 'csv', range }],
    Object.entries(rows).map(([row, reason]) => ({ sheet: 'csv', row: Number(row), column: 'B', reason })),
  )[0] as ReturnType<typeof marksOf>[number];

const rowsIn = (bytes: Buffer): unknown[][] => parseCsv(decodeText(bytes) ?? '', { typeInference: false });

describe('文本表格：原因写在最后一列', () => {
  const plain = '姓名,身份证号\r\n李福根,"1,2"\r\n张小梅,3';
  it.each<[string, (text: string) => Buffer]>([
    ['UTF-8', (text) => Buffer.from(text)],
    ['带标记的 UTF-8', (text) => Buffer.from(`\ufeff${text}`)],
    ['GBK', encodeGbk],
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('%s：编码、换行、引号照旧', (_encoding, encode) => {
    const once = markCsv(encode(plain), marksFor({ 2: '身份证号：少 16 位' }));
    expect(once).toEqual(encode(`姓名,身份证号,${REASONS_HEADER}\r\n李福根,"1,2",身份证号：少 16 位\r\n张小梅,3`));
    const again = markCsv(once, marksFor({ 3: '身份证号："3"，不对' }));
    expect(again).toEqual(
      encode(`姓名,身份证号,${REASONS_HEADER}\r\n李福根,"1,2"\r\n张小梅,3,"身份证号：""3""，不对"`),
    );
    expect(markCsv(again, marksFor({}))).toEqual(encode(plain));
  });

  it('别的程序另存过：每行都有这一列', () => {
    const saved = encodeGbk(`姓名,身份证号,${REASONS_HEADER}\n李福根,1,旧的\n张小梅,3,\n`);
    expect(markCsv(saved, marksFor({ 3: '新的' }))).toEqual(
      encodeGbk(`姓名,身份证号,${REASONS_HEADER}\n李福根,1\n张小梅,3,新的\n`),
    );
  });

  it('我们的列后面又加了列：只清自己的', () => {
    const moved = Buffer.from(`姓名,${REASONS_HEADER},备注\n李福根,旧的,租住\n`);
    expect(markCsv(moved, marksFor({})).toString()).toBe('姓名,,备注\n李福根,,租住\n');
  });

  it('短的行补齐；像公式的不当公式', () => {
    const marked = markCsv(Buffer.from('姓名;电话;备注\n李福根\n'), marksFor({ 2: '=1+1' }));
    expect(marked.toString()).toBe(`姓名;电话;备注;${REASONS_HEADER}\n李福根;;;'=1+1\n`);
  });

  it('一个汉字也没有：按 GBK 写', () => {
    expect(markCsv(Buffer.from('a,b\n1,2\n'), marksFor({ 2: '错' }))).toEqual(
      encodeGbk(`a,b,${REASONS_HEADER}\n1,2,错\n`),
    );
  });

  it('GBK 的后半个字像竖线：不当分隔', () => {
    // 儀 is 83 78, 億 83 7C: its second byte is the sign `|`.
    const bytes = Buffer.concat([encodeGbk('姓名|电话\n'), Buffer.from([0x83, 0x7c]), Buffer.from('|1\n')]);
    const marked = markCsv(bytes, marksFor({ 2: '错' }));
    expect(rowsIn(marked)).toEqual([
      ['姓名', '电话', REASONS_HEADER],
      ['億', '1', '错'],
    ]);
  });

  it('引号没有完、没有这一行：不标', () => {
    expect(() => markCsv(Buffer.from('姓名,电话\n"李'), marksFor({ 2: '错' }))).toThrow('quote');
    expect(() => markCsv(Buffer.from('姓名,电话\n李,1'), marksFor({ 7: '错' }))).toThrow('row');
  });

  it('不管什么内容：没说到的行一个字节不变，说到的行读出来只多一列', () => {
    const field = fc.oneof(
      fc.constantFrom('', '李福根', '"a""b"', '"x\ny"', 'a"b', ' ', '"":', '一,'),
      fc.string({ maxLength: 4 }),
    );
    const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (cells, end, isGbk) => {
        const text = `姓名,电话${end}${cells.map((row) => row.join(',')).join(end)}`;
        const bytes = isGbk ? encodeGbk(text) : Buffer.from(text);
        const before = parseCsv(decodeText(bytes) ?? '', { typeInference: false });
        fc.pre(before.length > 2 && !/^﻿/.test(text) && detectDelimiter(decodeText(bytes) ?? '') === ',');
        let marked: Buffer;
        try {
          marked = markCsv(bytes, marksFor({ 2: '错' }, `A1:B${before.length}`));
        } catch (error) {
          expect(String(error)).toContain('quote');
          return;
        }
        fc.pre(detectDelimiter(decodeText(marked) ?? '') === ',');
        const wide = before.reduce((most, row) => Math.max(most, row.length), 0);
        const padded = (row: readonly unknown[], said: string): unknown[] => [
          ...row,
          ...Array(wide - row.length).fill(''),
          said,
        ];
        const wanted = before.map((row, i) =>
          i === 0 ? padded(row, REASONS_HEADER) : i === 1 ? padded(row, '错') : row,
        );
        expect(rowsIn(marked)).toEqual(wanted);
      }),
    );
  });
});

it('GBK：解得开的字都写得回去', () => {
  const decoder = new TextDecoder('gbk');
  const all: string[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const sign = decoder.decode(Uint8Array.of(lead, trail));
      if (sign.length === 1 && sign !== '\ufffd') all.push(sign);
    }
  expect(all.length).toBeGreaterThan(23_000);
  expect(decoder.decode(encodeGbk(all.join('')))).toBe(all.join(''));
  expect(encodeGbk('经纬：X').toString('hex')).toBe('beadceb3a3ba58');
  expect(encodeGbk('😀').toString()).toBe('?');
});
