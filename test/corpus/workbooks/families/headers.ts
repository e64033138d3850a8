import { people } from '../invented.ts';
import { type Made, one } from '../truth.ts';
import { sheet1 } from '../xlsx.ts';

const resident = '序号 姓名 性别 身份证号 联系电话 现住址'.split(' ');
const residentTrue = [
  '序号=row.number',
  '姓名=person.name',
  '性别=person.sex',
  '身份证号=person.id_number',
  '联系电话=person.phone',
  '现住址=person.lives_at',
];
const residents = (count: number, from = 0) => people(count, 'no name sex id phone address', from);

/** Titles, units, rows of labels one, two and three deep. */
export const headers: readonly Made[] = [
  {
    name: 'header-plain.xlsx',
    make: () => sheet1([resident, ...residents(12)]),
    truth: one('Sheet1', 'A1:F13', residentTrue, 12),
  },
  {
    name: 'header-title.xlsx',
    make: () => sheet1([['石桥社区居民花名册'], resident, ...residents(9)], { merges: ['A1:F1'] }),
    truth: one('Sheet1', 'A2:F11', residentTrue, 9),
  },
  {
    name: 'header-title-unmerged-in-the-middle.xlsx',
    make: () => sheet1([[null, null, '石桥社区居民花名册'], resident, ...residents(9)]),
    truth: one('Sheet1', 'A2:F11', residentTrue, 9),
  },
  {
    name: 'header-title-and-unit.xlsx',
    make: () =>
      sheet1(
        [
          ['样例镇低保家庭收入情况表'],
          ['填报单位：样例镇民政办', null, null, null, '单位：元、人'],
          ['序号', '户主姓名', '户主身份证号', '家庭人口', '家庭年收入', '备注'],
          ...people(8, 'no name id size money remark'),
        ],
        { merges: ['A1:F1', 'A2:C2', 'E2:F2'] },
      ),
    truth: one(
      'Sheet1',
      'A3:F11',
      [
        '序号=row.number',
        '户主姓名=household.head_name',
        '户主身份证号=household.head_id_number',
        '家庭人口=household.size',
        '家庭年收入=household.income',
        '备注=row.remark',
      ],
      8,
    ),
  },
  {
    name: 'header-in-row-7.xlsx',
    make: () =>
      sheet1(
        [
          ['附件2'],
          ['样例县2026年度独居老人巡访台账'],
          ['填报单位（盖章）：', null, '石桥社区', null, '填报日期：', '2026-03-01'],
          ['联系人：', null, '某某', null, '联系电话：', '19900000000'],
          ['填表说明：1.每人一行；2.身份证号填18位；3.本表每月25日前报送。'],
          [],
          ['序号', '老人姓名', '年龄', '身份证号', '家庭住址', '走访人'],
          ...people(11, 'no name age id address other'),
        ],
        { merges: ['A2:F2', 'A5:F5'] },
      ),
    truth: one(
      'Sheet1',
      'A7:F18',
      [
        '序号=row.number',
        '老人姓名=person.name',
        '年龄=person.age',
        '身份证号=person.id_number',
        '家庭住址=person.lives_at',
        '走访人=work.worker',
      ],
      11,
    ),
  },
  {
    name: 'header-two-rows.xlsx',
    make: () =>
      sheet1(
        [
          ['户籍人口登记表'],
          ['序号', '户主信息', null, null, '家庭成员', null, null, '备注'],
          [null, '姓名', '身份证号', '联系电话', '姓名', '与户主关系', '身份证号', null],
          ...people(10, 'no name id phone other relation id remark'),
        ],
        { merges: ['A1:H1', 'A2:A3', 'B2:D2', 'E2:G2', 'H2:H3'] },
      ),
    truth: one(
      'Sheet1',
      'A2:H13',
      [
        '序号=row.number',
        '户主信息/姓名=household.head_name',
        '户主信息/身份证号=household.head_id_number',
        '户主信息/联系电话=household.head_phone',
        '家庭成员/姓名=person.name',
        '家庭成员/与户主关系=household.relation',
        '家庭成员/身份证号=person.id_number',
        '备注=row.remark',
      ],
      10,
    ),
  },
  {
    name: 'header-two-rows-without-merges.xlsx',
    make: () =>
      sheet1([
        ['序号', '户主信息', '', '', '房屋信息', '', '备注'],
        ['', '姓名', '身份证号', '联系电话', '结构', '层数', ''],
        ...people(7, 'no name id phone structure storeys remark'),
      ]),
    truth: one(
      'Sheet1',
      'A1:G9',
      [
        '序号=row.number',
        '户主信息/姓名=household.head_name',
        '户主信息/身份证号=household.head_id_number',
        '户主信息/联系电话=household.head_phone',
        '房屋信息/结构=house.structure',
        '房屋信息/层数=house.storeys',
        '备注=row.remark',
      ],
      7,
    ),
  },
  {
    name: 'header-three-rows.xlsx',
    make: () =>
      sheet1(
        [
          ['样例镇自建房排查台账'],
          ['序号', '房屋基本情况', null, null, null, '责任落实', null, '备注'],
          [null, '位置', null, '结构', null, '责任人', null, null],
          [null, '所属社区', '门牌号', '房屋结构', '层数', '姓名', '联系电话', null],
          ...people(9, 'no community door structure storeys other phone remark'),
        ],
        { merges: ['A1:H1', 'A2:A4', 'B2:E2', 'B3:C3', 'D3:E3', 'F2:G2', 'F3:G3', 'H2:H4'] },
      ),
    truth: one(
      'Sheet1',
      'A2:H13',
      [
        '序号=row.number',
        '房屋基本情况/位置/所属社区=place.community',
        '房屋基本情况/位置/门牌号=place.door',
        '房屋基本情况/结构/房屋结构=house.structure',
        '房屋基本情况/结构/层数=house.storeys',
        '责任落实/责任人/姓名=work.answerable',
        '责任落实/责任人/联系电话',
        '备注=row.remark',
      ],
      9,
    ),
  },
  {
    name: 'header-three-rows-uneven.xlsx',
    make: () =>
      sheet1(
        [
          ['村社区', '总户数', '人口情况', null, null, null, null],
          [null, null, '户籍人口', null, '流动人口', null, '合计'],
          [null, null, '男', '女', '流入', '流出', null],
          ['石桥社区', 120, 180, 175, 33, 41, 347],
          ['柳湾社区', 98, 151, 149, 20, 38, 282],
          ['样田社区', 76, 110, 101, 9, 52, 168],
          ['合计', 294, 441, 425, 62, 131, 797],
        ],
        { merges: ['A1:A3', 'B1:B3', 'C1:G1', 'C2:D2', 'E2:F2', 'G2:G3'] },
      ),
    truth: one(
      'Sheet1',
      'A1:G7',
      [
        '村社区=place.community',
        '总户数',
        '人口情况/户籍人口/男',
        '人口情况/户籍人口/女',
        '人口情况/流动人口/流入',
        '人口情况/流动人口/流出',
        '人口情况/合计',
      ],
      3,
      { totals: [7] },
    ),
  },
  {
    name: 'header-same-leaf-twice.xlsx',
    make: () =>
      sheet1(
        [
          ['隐患整改销号表'],
          ['序号', '隐患内容', '责任人', null, '创建人', null],
          [null, null, '姓名', '电话', '姓名', '电话'],
          ...people(6, 'no hazard name phone other phone'),
        ],
        { merges: ['A1:F1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:F2'] },
      ),
    truth: one(
      'Sheet1',
      'A2:F9',
      [
        '序号=row.number',
        '隐患内容=hazard.words',
        '责任人/姓名=work.answerable',
        '责任人/电话',
        '创建人/姓名',
        '创建人/电话',
      ],
      6,
    ),
  },
  {
    name: 'header-repeated-down-the-sheet.xlsx',
    make: () =>
      sheet1([['居民花名册'], resident, ...residents(6), resident, ...residents(6, 6), resident, ...residents(3, 12)], {
        merges: ['A1:F1'],
      }),
    truth: one('Sheet1', 'A2:F19', residentTrue, 15),
  },
  {
    name: 'header-two-rows-repeated-on-each-page.xlsx',
    make: () => {
      const top = ['序号', '户主', null, '房屋', null];
      const bottom = [null, '姓名', '联系电话', '建筑面积（㎡）', '建成年份'];
      const kinds = 'no name phone area year';
      return sheet1([top, bottom, ...people(5, kinds), top, bottom, ...people(4, kinds, 5)], {
        merges: ['A1:A2', 'B1:C1', 'D1:E1', 'A8:A9', 'B8:C8', 'D8:E8'],
      });
    },
    truth: one(
      'Sheet1',
      'A1:E13',
      [
        '序号=row.number',
        '户主/姓名=household.head_name',
        '户主/联系电话=household.head_phone',
        '房屋/建筑面积（㎡）=house.floor_area',
        '房屋/建成年份=house.built_in',
      ],
      9,
    ),
  },
  {
    name: 'header-broken-lines-and-spaces.xlsx',
    make: () =>
      sheet1([
        ['序\n号', '姓   名', '性 别', '身份证\n号 码', '联系\r\n电话', '现 住 址\n（详细到门牌）'],
        ...residents(8),
      ]),
    truth: one(
      'Sheet1',
      'A1:F9',
      [
        '序号=row.number',
        '姓名=person.name',
        '性别=person.sex',
        '身份证号码=person.id_number',
        '联系电话=person.phone',
        '现住址（详细到门牌）=person.lives_at',
      ],
      8,
    ),
  },
  {
    name: 'header-stars-and-numbers.xlsx',
    make: () =>
      sheet1([
        [
          '1.姓名*',
          '2.性别（必填）',
          '*3.身份证号（18位）',
          '4、联系电话(手机)',
          '5．建筑面积/平方米',
          '6.是否出租（是/否）',
        ],
        ...people(8, 'name sex id phone area yes'),
      ]),
    truth: one(
      'Sheet1',
      'A1:F9',
      [
        '1.姓名*=person.name',
        '2.性别（必填）=person.sex',
        '*3.身份证号（18位）=person.id_number',
        '4、联系电话(手机)=person.phone',
        '5．建筑面积/平方米=house.floor_area',
        '6.是否出租（是/否）=house.let',
      ],
      8,
    ),
  },
  {
    name: 'header-letters-under-labels.xlsx',
    make: () =>
      sheet1(
        [
          ['石桥社区经营主体统计'],
          ['序号', '企业名称', '统一社会信用代码', '法定代表人', '从业人数', '行业类别'],
          ['甲', '乙', '丙', '1', '2', '3'],
          ...people(6, 'no firm code name size trade'),
        ],
        { merges: ['A1:F1'] },
      ),
    truth: one(
      'Sheet1',
      'A2:F9',
      [
        '序号=row.number',
        '企业名称=enterprise.name',
        '统一社会信用代码=enterprise.credit_code',
        '法定代表人=enterprise.head',
        '从业人数=enterprise.staff',
        '行业类别=enterprise.trade',
      ],
      6,
    ),
  },
  {
    name: 'header-from-column-c.xlsx',
    make: () => sheet1([['石桥社区居民花名册'], [], resident, ...residents(6)], { at: [3, 2], merges: ['C4:H4'] }),
    truth: one('Sheet1', 'C6:H12', residentTrue, 6),
  },
  {
    name: 'header-with-an-unlabelled-column.xlsx',
    make: () => sheet1([['序号', '姓名', null, '联系电话', '现住址'], ...people(7, 'no name sex phone address')]),
    truth: one(
      'Sheet1',
      'A1:E8',
      ['序号=row.number', '姓名=person.name', '', '联系电话=person.phone', '现住址=person.lives_at'],
      7,
    ),
  },
  {
    name: 'header-one-row-of-data.xlsx',
    make: () => sheet1([['人员信息采集表'], resident, ...residents(1)], { merges: ['A1:F1'] }),
    truth: one('Sheet1', 'A2:F3', residentTrue, 1),
  },
  {
    name: 'header-blank-template.xlsx',
    make: () =>
      sheet1([['人员信息采集表'], resident, ...people(20, 'no blank blank blank blank blank')], { merges: ['A1:F1'] }),
    truth: one('Sheet1', 'A2:F2|A2:F22', residentTrue, 0),
  },
  {
    name: 'header-mixed-levels-and-unit-row.xlsx',
    make: () =>
      sheet1(
        [
          ['商户用气用电安全台账'],
          ['序号', '商户', null, null, '灭火器', '用气'],
          [null, '店铺名称', '经营者', '营业面积', '数量', '气瓶数'],
          [null, null, null, '（㎡）', '（具）', '（个）'],
          ...people(7, 'no shop name area size one'),
        ],
        { merges: ['A1:F1', 'A2:A4', 'B2:D2', 'B3:B4', 'C3:C4'] },
      ),
    truth: one(
      'Sheet1',
      'A2:F11',
      [
        '序号=row.number',
        '商户/店铺名称=enterprise.name',
        '商户/经营者=enterprise.head',
        '商户/营业面积/（㎡）=house.floor_area|none',
        '灭火器/数量/（具）',
        '用气/气瓶数/（个）',
      ],
      7,
    ),
  },
];
