import { deflateRawSync } from 'node:zlib';
import { fact, people } from '../invented.ts';
import { compound, xls } from '../older.ts';
import { type Made, none, refused, table } from '../truth.ts';
import { type Cell, sheet1, xlsx } from '../xlsx.ts';
import { part, zip } from '../zip.ts';

const head = ['姓名', '身份证号', '联系电话'];
const grid = [head, ...people(8, 'name id phone')];
const whole = (): Buffer => Buffer.from(sheet1(grid));

/** A sheet whose zip says 1 GiB and unpacks to it: 1 MiB of spaces deflated once and said 1,024 times. */
function bomb(): Uint8Array {
  const block = deflateRawSync(Buffer.alloc(1 << 20, 0x20), { finishFlush: 2 });
  const last = deflateRawSync(Buffer.alloc(0));
  const data = Buffer.concat([...Array.from({ length: 1024 }, () => block), last]);
  return zip([
    part('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    part(
      '_rels/.rels',
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    part(
      'xl/workbook.xml',
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    { name: 'xl/worksheets/sheet1.xml', data, deflated: { size: 2 ** 30, crc: 0 } },
  ]);
}

/** The same, but the directory says it is small. */
function lyingBomb(): Uint8Array {
  const bytes = Buffer.from(bomb());
  const size = Buffer.alloc(4);
  size.writeUInt32LE(2 ** 30);
  for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at + 4)) bytes.writeUInt32LE(4096, at);
  return bytes;
}

const form = (i: number): Cell[][] => [
  ['居民信息采集表'],
  ['姓名', fact('name', i), '性别', fact('sex', i)],
  ['身份证号', fact('id', i), '民族', '汉族'],
  ['联系电话', fact('phone', i), '政治面貌', '群众'],
  ['现住址', fact('address', i), null, null],
  ['工作单位', '样例纺织厂', '职业', '务工'],
  ['备注', null, null, null],
];
const sideways = (kinds: readonly (readonly [string, Parameters<typeof fact>[0]])[], count: number): Cell[][] =>
  kinds.map(([said, kind]) => [said, ...Array.from({ length: count }, (_, i) => fact(kind, i))]);
const formMerges = ['A1:D1', 'B5:D5', 'B7:D7'];

/** Files that must be refused with a reason, hold nothing, or hold no table. */
export const hostile: readonly Made[] = [
  { name: 'bomb.xlsx', make: bomb, truth: refused('workbook.too_big') },
  { name: 'bomb-with-a-lying-directory.xlsx', make: lyingBomb, truth: refused('workbook.too_big', 'workbook.damaged') },
  {
    name: 'bomb-of-nested-entities.xlsx',
    make: () => {
      const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
      const words = `<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY e0 "哈哈哈哈">${entities}]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&e9;</t></si></sst>`;
      return sheet1(
        [[{ xml: '<c r="A1" t="s"><v>0</v></c>' }]],
        {},
        {
          parts: [part('xl/sharedStrings.xml', words)],
          bookLinks:
            '<Relationship Id="rId902" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>',
        },
      );
    },
    truth: { tables: [], orRefused: ['workbook.damaged', 'workbook.too_big'] },
  },
  {
    name: 'password.xlsx',
    make: () =>
      compound([
        { name: 'EncryptedPackage', data: Buffer.alloc(6000, 0x5a) },
        { name: 'EncryptionInfo', data: Buffer.alloc(500, 4) },
      ]),
    truth: refused('workbook.encrypted'),
  },
  { name: 'nothing.xlsx', make: () => new Uint8Array(0), truth: refused('workbook.not_a_table', 'workbook.damaged') },
  { name: 'nothing.csv', make: () => new Uint8Array(0), truth: refused('workbook.not_a_table', 'workbook.damaged') },
  { name: 'empty-sheet.xlsx', make: () => sheet1([]), truth: none },
  {
    name: 'empty-three-sheets.xlsx',
    make: () => xlsx({ sheets: ['Sheet1', 'Sheet2', 'Sheet3'].map((name) => ({ name, grid: [] })) }),
    truth: none,
  },
  {
    name: 'photograph.xlsx',
    make: () =>
      Buffer.concat([
        Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
        Buffer.alloc(5000, 0x3c),
        Buffer.from('ffd9', 'hex'),
      ]),
    truth: refused('workbook.not_a_table'),
  },
  {
    name: 'photograph.csv',
    make: () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3000, 0)]),
    truth: refused('workbook.not_a_table'),
  },
  {
    name: 'document-of-word.xlsx',
    make: () =>
      zip([
        part('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        part('word/document.xml', '<w:document xmlns:w="x"/>'),
      ]),
    truth: refused('workbook.not_a_table'),
  },
  {
    name: 'document-of-word-old.xls',
    make: () => compound([{ name: 'WordDocument', data: Buffer.alloc(5000, 1) }]),
    truth: refused('workbook.not_a_table'),
  },
  {
    name: 'portable-document.xls',
    make: () => Buffer.from(`%PDF-1.7\n${'1 0 obj <<>> endobj\n'.repeat(200)}%%EOF`),
    truth: refused('workbook.not_a_table'),
  },
  {
    name: 'archive-of-photographs.xlsx',
    make: () => zip([{ name: 'IMG_0001.jpg', data: Buffer.alloc(2000, 9) }]),
    truth: refused('workbook.not_a_table'),
  },
  {
    name: 'cut-in-half.xlsx',
    make: () => whole().subarray(0, Math.floor(whole().length / 2)),
    truth: refused('workbook.damaged'),
  },
  {
    name: 'cut-at-the-end.xlsx',
    make: () => whole().subarray(0, whole().length - 30),
    truth: refused('workbook.damaged'),
  },
  {
    name: 'bytes-turned.xlsx',
    make: () => {
      const bytes = whole();
      const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 60;
      for (let i = 0; i < 60; i++) bytes[at + i] = (bytes[at + i] ?? 0) ^ 0xa5;
      return bytes;
    },
    truth: refused('workbook.damaged'),
  },
  {
    name: 'sheet-missing.xlsx',
    make: () =>
      zip([
        part('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        part(
          '_rels/.rels',
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        part(
          'xl/workbook.xml',
          '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>',
        ),
      ]),
    truth: refused('workbook.damaged', 'workbook.not_a_table'),
  },
  {
    name: 'cut-in-half.xls',
    make: () => xls([{ name: '名册', grid }]).subarray(0, 1500),
    truth: refused('workbook.damaged'),
  },
  {
    name: 'letter.xlsx',
    make: () =>
      sheet1([
        ['关于报送2026年第一季度台账的通知'],
        ['各村（社区）：'],
        ['请于3月25日前将居民花名册、隐患排查表报镇党政办，逾期不报的予以通报。'],
        [null, null, '样例镇人民政府'],
        [null, null, '2026年3月1日'],
      ]),
    truth: none,
  },
  {
    name: 'form-of-a-person.xlsx',
    make: () => sheet1(form(1), { merges: formMerges }),
    truth: { tables: [], forms: 1 },
  },
  {
    name: 'form-per-sheet.xlsx',
    make: () =>
      xlsx({ sheets: [1, 2, 3].map((i) => ({ name: String(fact('name', i)), grid: form(i), merges: formMerges })) }),
    truth: { tables: [], forms: 3 },
  },
  {
    name: 'form-of-an-enterprise.xlsx',
    make: () =>
      sheet1([
        ['企业基本情况表'],
        ['企业名称：', '样例县纺织有限公司（虚构）'],
        ['统一社会信用代码：', fact('code', 1)],
        ['法定代表人：', fact('name', 1)],
        ['联系电话：', fact('phone', 1)],
        ['从业人数：', 35],
        ['经营地址：', '样例路8号'],
      ]),
    truth: { tables: [], forms: 1 },
  },
  {
    name: 'form-with-a-small-table.xlsx',
    make: () =>
      sheet1(
        [
          ['家庭情况登记表'],
          ['户主姓名', '赵某甲', '联系电话', '19900001234', null],
          ['现住址', '样例路3号', null, '家庭人口', 4],
          ['家庭成员情况', null, null, null, null],
          ['姓名', '与户主关系', '身份证号', '职业', '备注'],
          ...people(4, 'name relation id job remark'),
        ],
        { merges: ['A1:E1', 'B3:C3', 'A4:E4'] },
      ),
    truth: {
      forms: 1,
      tables: [
        table(
          'Sheet1',
          'A5:E9',
          [
            '姓名=person.name',
            '与户主关系=household.relation',
            '身份证号=person.id_number',
            '职业=person.occupation',
            '备注=row.remark',
          ],
          4,
        ),
      ],
    },
  },
  {
    name: 'sideways-persons.xlsx',
    make: () =>
      sheet1(
        sideways(
          [
            ['姓名', 'name'],
            ['性别', 'sex'],
            ['身份证号', 'id'],
            ['联系电话', 'phone'],
            ['现住址', 'address'],
          ],
          4,
        ),
      ),
    truth: { tables: [], sideways: 1 },
  },
  {
    name: 'sideways-with-a-title.xlsx',
    make: () =>
      sheet1(
        [
          ['企业对比表'],
          ...sideways(
            [
              ['企业名称', 'firm'],
              ['信用代码', 'code'],
              ['负责人', 'name'],
              ['从业人数', 'size'],
            ],
            6,
          ),
        ],
        { merges: ['A1:G1'] },
      ),
    truth: { tables: [], sideways: 1 },
  },
];
