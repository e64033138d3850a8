import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { understandWorkbook } from './workbook.outside.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jingwei-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, bytes: Uint8Array | string): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

const HEAD = ['姓名', '联系电话', '备注'];
const rows = [HEAD, ['李福根', '13973350001', ''], ['张小梅', '13973350002', '租住']];

describe('读一个表格文件', () => {
  it('xlsx：日期不差一天，合并的表头，藏起来的一页也读', async () => {
    const file = put(
      '台账.xlsx',
      await writeXlsx({
        sheets: [
          {
            name: '走访',
            rows: [
              ['走访台账', null, null],
              ['姓名', '走访日期', '联系电话'],
              ['李福根', new Date('2026-03-05T00:00:00Z'), '13973350001'],
            ],
            merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 2 }],
          },
          { name: '旧的', rows, hidden: true },
        ],
      }),
    );
    const { tables } = await understandWorkbook(file);
    expect(tables.map(({ sheet, range, rows: many, title }) => [sheet, range, many, title])).toEqual([
      ['走访', 'A2:C3', 1, '走访台账'],
      ['旧的', 'A1:C3', 2, null],
    ]);
    expect(tables[0]?.columns.map(({ field }) => field)).toEqual(['person.name', 'work.on', 'person.phone']);
  });

  it('csv：GBK 和带标记的 UTF-8；网页导出的“xls”', async () => {
    const gbk = Buffer.from('d0d5c3fb2cc1aacfb5b5e7bbb00ac0eeb8a3b8f92c31333937333335303030310a', 'hex');
    const html = `<html><table><tr>${HEAD.map((one) => `<td>${one}</td>`).join('')}</tr><tr><td>李福根</td><td>13973350001</td><td></td></tr></table></html>`;
    for (const file of [
      put('旧系统.csv', gbk),
      put('新系统.csv', `\ufeff${rows.map((row) => row.join(',')).join('\n')}`),
      put('导出.xls', html),
    ]) {
      const { tables } = await understandWorkbook(file);
      expect(
        tables[0]?.columns.slice(0, 2).map(({ field }) => field),
        file,
      ).toEqual(['person.name', 'person.phone']);
    }
  });

  it.each([
    ['找不到', () => join(folder, '没有.xlsx'), 'workbook.no_file'],
    ['是一张照片', () => put('照片.xlsx', Buffer.from('ffd8ffe000104a464946000101', 'hex')), 'workbook.not_a_table'],
    ['是 PDF', () => put('通知.xls', '%PDF-1.7\n%\n1 0 obj'), 'workbook.not_a_table'],
    ['只有前一半', () => put('一半.xlsx', Buffer.from('504b030414000600', 'hex')), 'workbook.damaged'],
    ['展开有 4 GB', () => put('炸弹.xlsx', bomb()), 'workbook.too_big'],
    ['说自己很小，展开很大', () => put('说谎.xlsx', bomb(1000)), /workbook\.(too_big|damaged)/],
  ])('%s：说清楚', async (_why, file, sign) => {
    await expect(understandWorkbook(file())).rejects.toMatchObject({ code: expect.stringMatching(sign) });
  });

  it('有打开密码：说要先取消', async () => {
    const locked = await writeXlsx({ sheets: [{ name: '一', rows }], encryption: { password: 'x', spinCount: 1 } });
    await expect(understandWorkbook(put('加密.xlsx', locked))).rejects.toMatchObject({ code: 'workbook.encrypted' });
  });

  it('空文件：不是表格', async () => {
    await expect(understandWorkbook(put('空.csv', ''))).rejects.toMatchObject({ code: 'workbook.not_a_table' });
  });
});

/** A workbook of one sheet of zeroes; `says` is what its list of contents claims it unpacks to. */
function bomb(says = 0xffff_fff0): Buffer {
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const packed = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(says, 22);
  head.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(says, 24);
  entry.writeUInt16LE(name.length, 28);
  const body = Buffer.concat([head, name, packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entry, name, end]);
}

const trial = process.env.JINGWEI_TRIAL_DATA;

describe.skipIf(trial === undefined)('真实的表格（JINGWEI_TRIAL_DATA）', () => {
  it.each([
    ['福州', [['已有诉求件数量', 'A1:AC48', 41, [7, 18, 34, 47, 48]]]],
    [
      '路基',
      [
        ['路基时间台账', 'A2:J766'],
        ['浆砌排水沟浆砌试验台账', 'A1:F282', 281],
        ['混凝土盖板边沟', 'A1:F62', 61],
      ],
    ],
  ])('%s', async (name, wanted) => {
    const at = join(trial ?? '', 'xlsx-forms');
    const file = readdirSync(at).find((one) => one.includes(name)) ?? '';
    const { tables } = await understandWorkbook(join(at, file));
    for (const [i, [sheet, range, many, totals]] of wanted.entries()) {
      expect(tables[i]).toMatchObject({ sheet, range });
      if (many !== undefined) expect(tables[i]?.rows).toBe(many);
      if (totals !== undefined) expect(tables[i]?.totals).toEqual(totals);
    }
  });
});
