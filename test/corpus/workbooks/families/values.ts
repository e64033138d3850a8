import { fact, people, serial } from '../invented.ts';
import { type Made, one } from '../truth.ts';
import { type Cell, sheet1 } from '../xlsx.ts';

const idHead = ['姓名', '证件', '联系电话'];
const ids = ['姓名=person.name', '证件=person.id_number', '联系电话=person.phone'];
const id = (i: number): string => String(fact('id', i));
const withIds = (count: number, write: (text: string, i: number) => Cell): Cell[][] =>
  Array.from({ length: count }, (_, i) => [fact('name', i), write(id(i), i), fact('phone', i)]);
const fullWidth = (text: string): string =>
  text.replace(/[0-9A-Z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

const dateHead = ['序号', '姓名', '出生日期', '入党时间'];
const dates = ['序号=row.number', '姓名=person.name', '出生日期=person.born_on', '入党时间=person.joined_party_on'];
const withDates = (write: (i: number) => Cell, count = 6): Cell[][] =>
  people(count, 'no name').map((row, i) => [...row, write(i), write(i + 4)]);
const day = (i: number): number => serial({ year: 1950 + i * 3, month: 1 + (i % 12), day: 3 + i });

/** The column has no telling name, or none at all: its values must say what it is. */
const spelled: readonly [string, (i: number) => string][] = [
  ['dots', (i) => `19${50 + i}.7.${i + 1}`],
  ['slashes', (i) => `19${50 + i}/7/${i + 1}`],
  ['dashes', (i) => `19${50 + i}-07-0${i + 1}`],
  ['chinese', (i) => `19${50 + i}年7月${i + 1}日`],
  ['eight-digits', (i) => `19${50 + i}070${i + 1}`],
  ['month-only', (i) => `19${50 + i}年7月`],
  ['month-dots', (i) => `19${50 + i}.07`],
  ['short-year', (i) => `${50 + i}.7.${i + 1}`],
  ['with-time', (i) => `19${50 + i}/7/${i + 1} 11:25:05`],
];

/** What stands in the cells: identity numbers, dates, telephones, formulas, faults, words that look like numbers. */
export const values: readonly Made[] = [
  {
    name: 'ids-rounded.xlsx',
    make: () => sheet1([idHead, ...withIds(8, (text) => ({ raw: `${text.slice(0, 15)}000`.replace(/X/g, '0') }))]),
    truth: one('Sheet1', 'A1:C9', ['姓名=person.name', '证件=person.id_number', '联系电话=person.phone'], 8),
  },
  {
    name: 'ids-rounded-in-scientific.xlsx',
    make: () =>
      sheet1([
        ['姓名', '身份证号', '联系电话'],
        ...withIds(8, (text) => ({ raw: `${text[0]}.${text.slice(1, 15)}E+17` })),
      ]),
    truth: one('Sheet1', 'A1:C9', ['姓名=person.name', '身份证号=person.id_number', '联系电话=person.phone'], 8),
  },
  {
    name: 'ids-with-apostrophes.xlsx',
    make: () => sheet1([idHead, ...withIds(8, (text) => `'${text}`)]),
    truth: one('Sheet1', 'A1:C9', ids, 8),
  },
  {
    name: 'ids-with-spaces.xlsx',
    make: () =>
      sheet1([idHead, ...withIds(8, (text) => ` ${text.slice(0, 6)} ${text.slice(6, 14)}\u00a0${text.slice(14)} `)]),
    truth: one('Sheet1', 'A1:C9', ids, 8),
  },
  {
    name: 'ids-full-width.xlsx',
    make: () => sheet1([idHead, ...withIds(8, fullWidth)]),
    truth: one('Sheet1', 'A1:C9', ids, 8),
  },
  {
    name: 'ids-lower-case-x.xlsx',
    make: () => sheet1([idHead, ...withIds(12, (text) => text.toLowerCase())]),
    truth: one('Sheet1', 'A1:C13', ids, 12),
  },
  {
    name: 'ids-some-wrong.xlsx',
    make: () =>
      sheet1([
        ['姓名', '身份证号', '联系电话'],
        ...withIds(10, (text, i) => (i % 4 === 1 ? text.slice(0, 17) : i % 4 === 2 ? '不详' : text)),
      ]),
    truth: one('Sheet1', 'A1:C11', ['姓名=person.name', '身份证号=person.id_number', '联系电话=person.phone'], 10),
  },
  ...spelled.map(
    ([name, write]): Made => ({
      name: `dates-${name}.xlsx`,
      make: () => sheet1([dateHead, ...withDates(write)]),
      truth: one('Sheet1', 'A1:D7', dates, 6),
    }),
  ),
  {
    name: 'dates-formats-14-27-31-57.xlsx',
    make: () =>
      sheet1([
        dateHead,
        ...withDates((i) => ({ v: day(i), fmt: [14, 27, 31, 57, 58, 'yyyy"年"m"月"d"日"'][i % 6] ?? 14 }), 9),
      ]),
    truth: one('Sheet1', 'A1:D10', dates, 9),
  },
  {
    name: 'dates-raw-serials.xlsx',
    make: () => sheet1([dateHead, ...withDates(day, 7)]),
    truth: one('Sheet1', 'A1:D8', dates, 7),
  },
  {
    name: 'dates-1904.xlsx',
    make: () => sheet1([dateHead, ...withDates((i) => ({ v: day(i) - 1462, fmt: 14 }), 7)], {}, { date1904: true }),
    truth: one('Sheet1', 'A1:D8', dates, 7),
  },
  {
    name: 'dates-as-labels.xlsx',
    make: () =>
      sheet1([
        [
          '姓名',
          { v: 46082, fmt: 'm"月"d"日"' },
          { v: 46083, fmt: 'm"月"d"日"' },
          { v: 46084, fmt: 'm"月"d"日"' },
          '备注',
        ],
        ...people(6, 'name √ blank √ remark'),
      ]),
    truth: one('Sheet1', 'A1:E7', ['姓名=person.name', '', '', '', '备注=row.remark'], 6),
  },
  {
    name: 'phones-with-86-and-dashes.xlsx',
    make: () =>
      sheet1([
        ['人员', '号码', '现住址'],
        ...people(9, 'name phone address').map(([name = null, phone, address = null], i) => [
          name,
          i % 3 === 0 ? `+86 ${phone}` : i % 3 === 1 ? `86${phone}` : String(phone).replace(/^(...)(....)/, '$1-$2-'),
          address,
        ]),
      ]),
    truth: one('Sheet1', 'A1:C10', ['人员=person.name|none', '号码=person.phone', '现住址=person.lives_at'], 9),
  },
  {
    name: 'phones-as-numbers.xlsx',
    make: () =>
      sheet1([
        ['姓名', '手机', '现住址'],
        ...people(7, 'name phone address').map(([a = null, b, c = null]) => [a, { raw: String(b) }, c]),
      ]),
    truth: one('Sheet1', 'A1:C8', ['姓名=person.name', '手机=person.phone', '现住址=person.lives_at'], 7),
  },
  {
    name: 'ticks-and-ones.xlsx',
    make: () => sheet1([['姓名', '性别', '是否独居', '低保', '是否党员'], ...people(9, 'name one tick yes one')]),
    truth: one(
      'Sheet1',
      'A1:E10',
      [
        '姓名=person.name',
        '性别=person.sex',
        '是否独居=person.lives_alone',
        '低保=person.low_income',
        '是否党员=person.is_party_member',
      ],
      9,
    ),
  },
  {
    name: 'formulas-with-values.xlsx',
    make: () =>
      sheet1([
        ['序号', '姓名', '身份证号', '年龄', '性别'],
        ...people(7, 'no name id').map((row, i) => [
          { f: 'ROW()-1', v: i + 1 },
          ...row.slice(1),
          { f: `2026-MID(C${i + 2},7,4)`, v: 2026 - Number(id(i).slice(6, 10)) },
          { f: `IF(MOD(MID(C${i + 2},17,1),2),"男","女")`, v: Number(id(i)[16]) % 2 ? '男' : '女' },
        ]),
      ]),
    truth: one(
      'Sheet1',
      'A1:E8',
      ['序号=row.number', '姓名=person.name', '身份证号=person.id_number', '年龄=person.age', '性别=person.sex'],
      7,
    ),
  },
  {
    name: 'formulas-without-values.xlsx',
    make: () =>
      sheet1([
        ['序号', '姓名', '家庭人口', '家庭年收入', '户人均'],
        ...people(7, 'no name size money').map((row, i) => [...row, { f: `D${i + 2}/C${i + 2}` }]),
        ['合计', null, { f: 'SUM(C2:C8)' }, { f: 'SUM(D2:D8)' }, null],
      ]),
    truth: one(
      'Sheet1',
      'A1:E9',
      ['序号=row.number', '姓名=person.name', '家庭人口=household.size', '家庭年收入=household.income', '户人均'],
      7,
      { totals: [9] },
    ),
  },
  {
    name: 'formulas-shared-and-array.xlsx',
    make: () =>
      sheet1([
        ['姓名', '建筑面积', '层数', '总造价'],
        ...people(5, 'name area storeys').map((row, i) => [
          ...row,
          {
            xml: `<c r="D${i + 2}"><f t="shared" si="0"${i === 0 ? ' ref="D2:D6"' : ''}>${i === 0 ? 'B2*C2' : ''}</f><v>${i * 100}</v></c>`,
          },
        ]),
      ]),
    truth: one('Sheet1', 'A1:D6', ['姓名=person.name', '建筑面积=house.floor_area', '层数=house.storeys', '总造价'], 5),
  },
  {
    name: 'faults-in-cells.xlsx',
    make: () =>
      sheet1([
        ['姓名', '身份证号', '所属网格', '年龄'],
        ...people(8, 'name id grid age').map((row, i) =>
          i % 3 === 1
            ? [
                row[0] ?? null,
                row[1] ?? null,
                { f: 'VLOOKUP(A3,网格!A:B,2,0)', error: '#N/A' },
                { f: '1/0', error: '#DIV/0!' },
              ]
            : row,
        ),
      ]),
    truth: one(
      'Sheet1',
      'A1:D9',
      ['姓名=person.name', '身份证号=person.id_number', '所属网格=place.grid', '年龄=person.age'],
      8,
    ),
  },
  {
    name: 'faults-in-the-header.xlsx',
    make: () => sheet1([['姓名', { f: '#REF!', error: '#REF!' }, '联系电话'], ...people(6, 'name community phone')]),
    truth: one('Sheet1', 'A1:C7', ['姓名=person.name', '', '联系电话=person.phone'], 6),
  },
  {
    name: 'words-in-pieces-with-readings.xlsx',
    make: () =>
      sheet1([
        [{ runs: ['姓', '名'] }, { runs: ['身份证', '号'] }, { runs: ['联系', '电话', '（必填）'] }],
        ...people(6, 'name id phone'),
        [
          { xml: '<c r="A8" t="inlineStr"><is><t>赵某甲</t><rPh sb="0" eb="1"><t>zhao</t></rPh></is></c>' },
          id(20),
          fact('phone', 20),
        ],
      ]),
    truth: one(
      'Sheet1',
      'A1:C8',
      ['姓名=person.name', '身份证号=person.id_number', '联系电话（必填）=person.phone'],
      7,
    ),
  },
  {
    name: 'words-escaped.xlsx',
    make: () =>
      sheet1([
        ['姓名', '备注_x000D_\n（可空）', '现住址'],
        ...people(5, 'name').map(([name = null], i) => [name, `A&B <${i}> "引号"_x000D_\n第二行`, `样例路${i}号`]),
      ]),
    truth: one('Sheet1', 'A1:C6', ['姓名=person.name', '备注（可空）=row.remark', '现住址=person.lives_at'], 5),
  },
];
