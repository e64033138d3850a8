import { people } from '../invented.ts';
import { type Made, one, table } from '../truth.ts';
import { type Cell, sheet1, xlsx } from '../xlsx.ts';

const beside = (...blocks: readonly (readonly (readonly Cell[])[])[]): Cell[][] => {
  const height = Math.max(...blocks.map((block) => block.length));
  const widths = blocks.map((block) => Math.max(...block.map((row) => row.length)));
  return Array.from({ length: height }, (_, at) =>
    blocks.flatMap((block, nth) =>
      Array.from({ length: widths[nth] ?? 0 }, (_, column) => block[at]?.[column] ?? null),
    ),
  );
};
const gap: Cell[][] = [[null]];
const head = ['序号', '姓名', '联系电话', '现住址'];
const heads = ['序号=row.number', '姓名=person.name', '联系电话=person.phone', '现住址=person.lives_at'];
const some = (count: number, from = 0) => people(count, 'no name phone address', from);
const hazardHead = ['序号', '隐患位置', '隐患内容', '整改期限', '责任人'];
const hazards = [
  '序号=row.number',
  '隐患位置=place.site',
  '隐患内容=hazard.words',
  '整改期限=work.due_on',
  '责任人=work.answerable',
];
const hazardRows = (count: number) => people(count, 'no site hazard day other');

/** Where tables stand: beside, below, on many sheets, going on elsewhere. */
export const layout: readonly Made[] = [
  {
    name: 'beside-continued-with-a-gap.xlsx',
    make: () => sheet1(beside([head, ...some(10)], gap, [head, ...some(10, 10)])),
    truth: {
      tables: [table('Sheet1', 'A1:D11', heads, 10), table('Sheet1', 'F1:I11', heads, 10, { continues: 'A1:D11' })],
    },
  },
  {
    name: 'beside-continued-under-one-title.xlsx',
    make: () => sheet1([['网格员通讯录'], ...beside([head, ...some(6)], [head, ...some(6, 6)])], { merges: ['A1:H1'] }),
    truth: { tables: [table('Sheet1', 'A2:D8', heads, 6), table('Sheet1', 'E2:H8', heads, 6, { continues: 'A2:D8' })] },
  },
  {
    name: 'beside-continued-thrice-and-shorter.xlsx',
    make: () => {
      const short = ['姓名', '联系电话'];
      const of = (count: number, from: number) => people(count, 'name phone', from);
      return sheet1([['志愿者通讯录'], ...beside([short, ...of(8, 0)], [short, ...of(8, 8)], [short, ...of(3, 16)])], {
        merges: ['A1:F1'],
      });
    },
    truth: {
      tables: [
        table('Sheet1', 'A2:B10', ['姓名=person.name', '联系电话=person.phone'], 8),
        table('Sheet1', 'C2:D10', ['姓名=person.name', '联系电话=person.phone'], 8, { continues: 'A2:B10' }),
        table('Sheet1', 'E2:F5', ['姓名=person.name', '联系电话=person.phone'], 3, { continues: 'A2:B10|C2:D10' }),
      ],
    },
  },
  {
    name: 'beside-two-different.xlsx',
    make: () => sheet1(beside([head, ...some(7)], gap, [hazardHead, ...hazardRows(5)])),
    truth: { tables: [table('Sheet1', 'A1:D8', heads, 7), table('Sheet1', 'F1:J6', hazards, 5)] },
  },
  {
    name: 'beside-small-legend.xlsx',
    make: () =>
      sheet1(beside([hazardHead, ...hazardRows(9)], gap, [['等级说明'], ['红：重大'], ['橙：较大'], ['黄：一般']])),
    truth: one('Sheet1', 'A1:E10', hazards, 9),
  },
  {
    name: 'below-two-different-with-titles.xlsx',
    make: () =>
      sheet1([['一、人员名册'], head, ...some(6), [], ['二、隐患清单'], hazardHead, ...hazardRows(4)], {
        merges: ['A1:D1', 'A10:E10'],
      }),
    truth: { tables: [table('Sheet1', 'A2:D8', heads, 6), table('Sheet1', 'A11:E15', hazards, 4)] },
  },
  {
    name: 'below-two-different-without-a-gap.xlsx',
    make: () =>
      sheet1([['附表1 人员名册'], head, ...some(5), ['附表2 隐患清单'], hazardHead, ...hazardRows(4)], {
        merges: ['A1:D1', 'A8:E8'],
      }),
    truth: { tables: [table('Sheet1', 'A2:D7', heads, 5), table('Sheet1', 'A9:E13', hazards, 4)] },
  },
  {
    name: 'below-three-on-a-sheet.xlsx',
    make: () =>
      sheet1([
        head,
        ...some(3),
        [],
        [],
        hazardHead,
        ...hazardRows(3),
        [],
        [],
        ['企业名称', '法定代表人', '从业人数'],
        ...people(3, 'firm name size'),
      ]),
    truth: {
      tables: [
        table('Sheet1', 'A1:D4', heads, 3),
        table('Sheet1', 'A7:E10', hazards, 3),
        table(
          'Sheet1',
          'A13:C16',
          ['企业名称=enterprise.name', '法定代表人=enterprise.head', '从业人数=enterprise.staff'],
          3,
        ),
      ],
    },
  },
  {
    name: 'below-continued-after-a-page.xlsx',
    make: () =>
      sheet1([['人员名册'], head, ...some(6), [], ['人员名册（续表）'], head, ...some(5, 6)], {
        merges: ['A1:D1', 'A10:D10'],
      }),
    truth: {
      tables: [table('Sheet1', 'A2:D8', heads, 6), table('Sheet1', 'A11:D16', heads, 5, { continues: 'A2:D8' })],
    },
  },
  {
    name: 'sheets-one-per-village.xlsx',
    make: () =>
      xlsx({
        sheets: ['石桥村', '柳湾村', '样田村'].map((name, at) => ({
          name,
          grid: [[`${name}留守儿童名册`], head, ...some(4 + at, at * 10)],
          merges: ['A1:D1'],
        })),
      }),
    truth: {
      tables: [
        table('石桥村', 'A2:D6', heads, 4),
        table('柳湾村', 'A2:D7', heads, 5),
        table('样田村', 'A2:D8', heads, 6),
      ],
    },
  },
  {
    name: 'sheets-summary-and-villages.xlsx',
    make: () =>
      xlsx({
        sheets: [
          { name: '封面', grid: [['样例镇'], ['2026年房屋安全台账'], ['样例镇人民政府编印']], at: [8, 2] },
          {
            name: '汇总',
            grid: [
              ['村社区', '总户数', '自建房数'],
              ['石桥村', 120, 98],
              ['柳湾村', 80, 75],
              ['合计', 200, 173],
            ],
          },
          { name: '石桥村', grid: [['序号', '户主姓名', '层数', '建成年份'], ...people(5, 'no name storeys year')] },
          { name: '柳湾村', grid: [['序号', '户主姓名', '层数', '建成年份'], ...people(4, 'no name storeys year')] },
          { name: 'Sheet3', grid: [] },
        ],
      }),
    truth: {
      tables: [
        table('汇总', 'A1:C4', ['村社区=place.community', '总户数', '自建房数'], 2, { totals: [4] }),
        table(
          '石桥村',
          'A1:D6',
          ['序号=row.number', '户主姓名=household.head_name', '层数=house.storeys', '建成年份=house.built_in'],
          5,
        ),
        table(
          '柳湾村',
          'A1:D5',
          ['序号=row.number', '户主姓名=household.head_name', '层数=house.storeys', '建成年份=house.built_in'],
          4,
        ),
      ],
    },
  },
  {
    name: 'sheets-hidden-lists.xlsx',
    make: () =>
      xlsx({
        sheets: [
          { name: '填报', grid: [head, ...some(6)] },
          { name: '字典', state: 'hidden', grid: [['男'], ['女']] },
          { name: '网格', state: 'veryHidden', grid: [['第一网格'], ['第二网格'], ['第三网格']] },
        ],
      }),
    truth: one('填报', 'A1:D7', heads, 6),
  },
  {
    name: 'sheets-odd-names.xlsx',
    make: () => xlsx({ sheets: [{ name: "石桥's & <一组>（2026.3）", grid: [head, ...some(3)] }] }),
    truth: one("石桥's & <一组>（2026.3）", 'A1:D4', heads, 3),
  },
  {
    name: 'sheets-instructions-first.xlsx',
    make: () =>
      xlsx({
        sheets: [
          {
            name: '填表说明',
            grid: [['填表说明'], ['一、本表由社区填写。'], ['二、身份证号为18位。'], ['三、每月25日前报送。']],
          },
          { name: '数据', grid: [head, ...some(5)] },
        ],
      }),
    truth: one('数据', 'A1:D6', heads, 5),
  },
  {
    name: 'sheets-continued-on-the-next.xlsx',
    make: () =>
      xlsx({
        sheets: [
          { name: '名册', grid: [head, ...some(8)] },
          { name: '名册（续）', grid: [head, ...some(5, 8)] },
        ],
      }),
    truth: {
      tables: [
        table('名册', 'A1:D9', heads, 8),
        table('名册（续）', 'A1:D6', heads, 5, { continues: 'A1:D9', continuesOn: '名册' }),
      ],
    },
  },
  {
    name: 'layout-far-from-the-corner.xlsx',
    make: () => sheet1([head, ...some(5)], { at: [40, 27] }),
    truth: one('Sheet1', 'AB41:AE46', heads, 5),
  },
  {
    name: 'layout-stray-words-beside.xlsx',
    make: () => sheet1([head, ...some(8)], { strays: { H3: '电话核实过', H7: '搬走了' } }),
    truth: one('Sheet1', 'A1:D9', heads, 8),
  },
  {
    name: 'layout-empty-column-inside.xlsx',
    make: () => sheet1([['序号', '姓名', '', '联系电话', '现住址'], ...people(6, 'no name blank phone address')]),
    truth: one(
      'Sheet1',
      'A1:E7',
      ['序号=row.number', '姓名=person.name', '', '联系电话=person.phone', '现住址=person.lives_at'],
      6,
    ),
  },
];
