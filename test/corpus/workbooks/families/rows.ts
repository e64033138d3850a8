import { people } from '../invented.ts';
import { type Made, one } from '../truth.ts';
import { sheet1 } from '../xlsx.ts';

const head = '序号 姓名 性别 身份证号 联系电话 现住址'.split(' ');
const heads = [
  '序号=row.number',
  '姓名=person.name',
  '性别=person.sex',
  '身份证号=person.id_number',
  '联系电话=person.phone',
  '现住址=person.lives_at',
];
const kinds = 'no name sex id phone address';
const money = ['序号', '村社区', '户主姓名', '家庭人口', '家庭年收入'];
const moneys = [
  '序号=row.number',
  '村社区=place.community',
  '户主姓名=household.head_name',
  '家庭人口=household.size',
  '家庭年收入=household.income',
];
const moneyRows = (count: number, from = 0) => people(count, 'no community name size money', from);

/** What stands between, under and beside the rows: totals, sections, notes, what is hidden. */
export const rows: readonly Made[] = [
  {
    name: 'rows-total.xlsx',
    make: () =>
      sheet1([
        money,
        ...moneyRows(9),
        ['合计', null, null, { f: 'SUM(D2:D10)', v: 30 }, { f: 'SUM(E2:E10)', v: 84600 }],
      ]),
    truth: one('Sheet1', 'A1:E11', moneys, 9, { totals: [11] }),
  },
  {
    name: 'rows-total-spaced-and-merged.xlsx',
    make: () =>
      sheet1([['低保家庭收入表'], money, ...moneyRows(5), ['合     计', null, null, 15, 43500]], {
        merges: ['A1:E1', 'A8:C8'],
      }),
    truth: one('Sheet1', 'A2:E8', moneys, 5, { totals: [8] }),
  },
  {
    name: 'rows-total-on-top.xlsx',
    make: () => sheet1([money, ['全镇合计', null, null, 18, 52000], ...moneyRows(6)]),
    truth: one('Sheet1', 'A1:E8', moneys, 6, { totals: [2] }),
  },
  {
    name: 'rows-subtotals.xlsx',
    make: () =>
      sheet1([
        money,
        ...moneyRows(4),
        [null, '小计', null, 10, 34100],
        ...moneyRows(4, 4),
        [null, '小计', null, 18, 39700],
        ['总计', null, null, 28, 73800],
      ]),
    truth: one('Sheet1', 'A1:E12', moneys, 8, { totals: [6, 11, 12] }),
  },
  {
    name: 'rows-average-and-signature.xlsx',
    make: () =>
      sheet1([
        money,
        ...moneyRows(4),
        ['平均', null, null, 2.5, 8525],
        [],
        ['制表人：某某', null, '审核人：某某', null, '2026年3月1日'],
      ]),
    truth: one('Sheet1', 'A1:E6', moneys, 4, { totals: [6] }),
  },
  {
    name: 'rows-somebody-called-total.xlsx',
    make: () =>
      sheet1([
        head,
        ...people(3, kinds),
        [4, '合某计', '男', null, '19900001234', '样例路9号'],
        ...people(2, kinds, 4),
      ]),
    truth: one('Sheet1', 'A1:F7', heads, 6),
  },
  {
    name: 'rows-notes-below.xlsx',
    make: () =>
      sheet1(
        [
          ['居民花名册'],
          head,
          ...people(8, kinds),
          ['注：1.本表由社区填写，一式两份；2.外出人员请在备注中写明去向。'],
          ['填表人：某某', null, null, '填表日期：2026年3月1日'],
        ],
        { merges: ['A1:F1', 'A11:F11'] },
      ),
    truth: one('Sheet1', 'A2:F10', heads, 8),
  },
  {
    name: 'rows-numbered-notes-below.xlsx',
    make: () =>
      sheet1([
        head,
        ...people(6, kinds),
        ['说明：'],
        ['1、身份证号为18位，末位X大写。'],
        ['2、联系电话优先填写手机号码。'],
        ['3、本表于每月25日前报样例镇。'],
      ]),
    truth: one('Sheet1', 'A1:F7', heads, 6),
  },
  {
    name: 'rows-blank-between.xlsx',
    make: () => sheet1([head, ...people(4, kinds), [], ...people(3, kinds, 4), [], [], ...people(2, kinds, 7)]),
    truth: one('Sheet1', 'A1:F13', heads, 9),
  },
  {
    name: 'rows-empty-tail-with-formats.xlsx',
    make: () => sheet1([head, ...people(5, kinds), ...Array.from({ length: 300 }, () => ['', '', '', '', '', ''])]),
    truth: one('Sheet1', 'A1:F6', heads, 5),
  },
  {
    name: 'rows-numbered-ahead.xlsx',
    make: () => sheet1([head, ...people(5, kinds), ...people(30, 'no blank blank blank blank blank', 5)]),
    truth: one('Sheet1', 'A1:F6|A1:F36', heads, 5),
  },
  {
    name: 'rows-sections-by-village.xlsx',
    make: () =>
      sheet1(
        [
          ['样例镇留守老人名册'],
          head,
          ['石桥村'],
          ...people(4, kinds),
          ['柳湾村'],
          ...people(3, kinds, 4),
          ['样田村'],
          ...people(2, kinds, 7),
        ],
        { merges: ['A1:F1', 'A3:F3', 'A8:F8', 'A12:F12'] },
      ),
    truth: one('Sheet1', 'A2:F14', heads, 9),
  },
  {
    name: 'rows-sections-numbered-and-totalled.xlsx',
    make: () =>
      sheet1([
        money,
        ['一、石桥村（4户）'],
        ...moneyRows(4),
        ['小计', null, null, 10, 34100],
        ['二、柳湾村（3户）'],
        ...moneyRows(3, 4),
        ['小计', null, null, 9, 29000],
        ['合计', null, null, 19, 63100],
      ]),
    truth: one('Sheet1', 'A1:E13', moneys, 7, { totals: [7, 12, 13] }),
  },
  {
    name: 'rows-merged-down.xlsx',
    make: () =>
      sheet1(
        [
          ['村社区', '村民小组', '姓名', '身份证号', '联系电话'],
          ['石桥村', '一组', ...(people(1, 'name id phone')[0] ?? [])],
          ...people(2, 'blank blank name id phone', 1),
          [null, '二组', ...(people(1, 'name id phone', 3)[0] ?? [])],
          ['柳湾村', '一组', ...(people(1, 'name id phone', 4)[0] ?? [])],
          ...people(2, 'blank blank name id phone', 5),
        ],
        { merges: ['A2:A5', 'B2:B4', 'A6:A8', 'B6:B8'] },
      ),
    truth: one(
      'Sheet1',
      'A1:E8',
      [
        '村社区=place.community',
        '村民小组=place.group',
        '姓名=person.name',
        '身份证号=person.id_number',
        '联系电话=person.phone',
      ],
      7,
    ),
  },
  {
    name: 'rows-household-number-merged-down.xlsx',
    make: () =>
      sheet1(
        [
          ['户号', '姓名', '与户主关系', '身份证号', '备注'],
          ['001', ...(people(1, 'name relation id remark')[0] ?? [])],
          ...people(3, 'blank name relation id remark', 1),
          ['002', ...(people(1, 'name relation id remark', 4)[0] ?? [])],
          ...people(1, 'blank name relation id remark', 5),
        ],
        { merges: ['A2:A5', 'A6:A7'] },
      ),
    truth: one(
      'Sheet1',
      'A1:E7',
      [
        '户号=household.number',
        '姓名=person.name',
        '与户主关系=household.relation',
        '身份证号=person.id_number',
        '备注=row.remark',
      ],
      6,
    ),
  },
  {
    name: 'rows-hidden-columns.xlsx',
    make: () => sheet1([head, ...people(7, kinds)], { hiddenColumns: [4, 5] }),
    truth: one('Sheet1', 'A1:F8', heads, 7),
  },
  {
    name: 'rows-hidden-rows.xlsx',
    make: () => sheet1([head, ...people(9, kinds)], { hiddenRows: [3, 4, 8] }),
    truth: one('Sheet1', 'A1:F10', heads, 9),
  },
  {
    name: 'rows-filtered.xlsx',
    make: () =>
      sheet1([['居民花名册'], head, ...people(9, kinds)], {
        merges: ['A1:F1'],
        hiddenRows: [3, 5, 6, 9],
        filter: 'A2:F11',
      }),
    truth: one('Sheet1', 'A2:F11', heads, 9),
  },
  {
    name: 'rows-hidden-code-row-above-labels.xlsx',
    make: () =>
      sheet1([['f_no', 'f_name', 'f_sex', 'f_idcard', 'f_phone', 'f_addr'], head, ...people(6, kinds)], {
        hiddenRows: [1],
      }),
    truth: one('Sheet1', 'A2:F8|A1:F8', heads, 6),
  },
  {
    name: 'rows-example-row.xlsx',
    make: () =>
      sheet1([
        head,
        ['示例', '某甲', '男', '99000119500101003X', '19900000000', '样例路1号1单元101室'],
        ...people(6, kinds),
      ]),
    truth: one('Sheet1', 'A1:F8', heads, 7),
  },
  {
    name: 'rows-instruction-row-under-labels.xlsx',
    make: () =>
      sheet1([
        head,
        ['自动编号', '与身份证一致', '男/女', '18位，文本格式', '11位手机号', '填至门牌号'],
        ...people(6, kinds),
      ]),
    truth: one('Sheet1', 'A1:F8', heads, 6),
  },
  {
    name: 'rows-mostly-empty.xlsx',
    make: () =>
      sheet1([
        ['序号', '姓名', '身份证号', '联系电话', '残疾类别', '是否低保', '备注'],
        ...people(8, 'no name blank blank blank blank blank'),
        [9, '赵某甲', null, null, '肢体', '是', null],
      ]),
    truth: one(
      'Sheet1',
      'A1:G10',
      [
        '序号=row.number',
        '姓名=person.name',
        '身份证号=person.id_number',
        '联系电话=person.phone',
        '残疾类别=person.disability',
        '是否低保=person.low_income',
        '备注=row.remark',
      ],
      9,
    ),
  },
];
