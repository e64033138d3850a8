import { people } from '../invented.ts';
import { type Made, one, table } from '../truth.ts';
import { sheet1 } from '../xlsx.ts';

/** Labels in English, in both languages, said unusually, or hardly at all. */
export const words: readonly Made[] = [
  {
    name: 'english-plain.xlsx',
    make: () =>
      sheet1([
        ['No.', 'Name', 'Sex', 'Date of birth', 'Identity number', 'Telephone', 'Address', 'Remark'],
        ...people(8, 'no name sex born id phone address remark'),
      ]),
    truth: one(
      'Sheet1',
      'A1:H9',
      [
        'No.=row.number',
        'Name=person.name',
        'Sex=person.sex',
        'Date of birth=person.born_on',
        'Identity number=person.id_number',
        'Telephone=person.phone',
        'Address=person.lives_at',
        'Remark=row.remark',
      ],
      8,
    ),
  },
  {
    name: 'english-unusual.xlsx',
    make: () =>
      sheet1([
        ['ID', 'FULL NAME', 'Gender', 'DOB', 'ID Card No.', 'Mobile', 'Community', 'Remarks'],
        ...people(8, 'no name sex born id phone community remark'),
      ]),
    truth: one(
      'Sheet1',
      'A1:H9',
      [
        'ID=row.number',
        'FULL NAME=person.name',
        'Gender=person.sex',
        'DOB=person.born_on',
        'ID Card No.=person.id_number',
        'Mobile=person.phone',
        'Community=place.community',
        'Remarks=row.remark',
      ],
      8,
    ),
  },
  {
    name: 'english-two-rows.xlsx',
    make: () =>
      sheet1(
        [
          ['No.', 'Head of household', null, 'House', null],
          [null, 'Name', 'Telephone', 'Structure', 'Storeys'],
          ...people(6, 'no name phone structure storeys'),
        ],
        {
          merges: ['A1:A2', 'B1:C1', 'D1:E1'],
        },
      ),
    truth: one(
      'Sheet1',
      'A1:E8',
      [
        'No.=row.number',
        'Head of household/Name=household.head_name',
        'Head of household/Telephone=household.head_phone',
        'House/Structure=house.structure',
        'House/Storeys=house.storeys',
      ],
      6,
    ),
  },
  {
    name: 'mixed-in-one-label.xlsx',
    make: () =>
      sheet1([
        ['姓名 Name', '性别/Sex', '身份证号(ID No.)', '联系电话\nTelephone', '现住址 Address'],
        ...people(7, 'name sex id phone address'),
      ]),
    truth: one(
      'Sheet1',
      'A1:E8',
      [
        '姓名Name=person.name',
        '性别/Sex=person.sex',
        '身份证号(ID No.)=person.id_number',
        '联系电话Telephone=person.phone',
        '现住址Address=person.lives_at',
      ],
      7,
    ),
  },
  {
    name: 'mixed-in-two-rows.xlsx',
    make: () =>
      sheet1([
        ['姓名', '性别', '身份证号', '联系电话'],
        ['Name', 'Sex', 'ID No.', 'Telephone'],
        ...people(7, 'name sex id phone'),
      ]),
    truth: one(
      'Sheet1',
      'A1:D9',
      [
        '姓名/Name=person.name',
        '性别/Sex=person.sex',
        '身份证号/ID No.=person.id_number',
        '联系电话/Telephone=person.phone',
      ],
      7,
    ),
  },
  {
    name: 'words-unusual-but-clear.xlsx',
    make: () =>
      sheet1([
        [
          '序',
          '人员姓名',
          '公民身份号码',
          '移动电话',
          '户口所在地',
          '居住详址',
          '受教育程度',
          '婚姻情况',
          '身体状况',
          '岁数',
        ],
        ...people(8, 'no name id phone address address school marital 良好 age'),
      ]),
    truth: one(
      'Sheet1',
      'A1:J9',
      [
        '序=row.number',
        '人员姓名=person.name',
        '公民身份号码=person.id_number',
        '移动电话=person.phone',
        '户口所在地=person.registered_at',
        '居住详址=person.lives_at',
        '受教育程度=person.schooling',
        '婚姻情况=person.marital',
        '身体状况=person.health',
        '岁数=person.age',
      ],
      8,
    ),
  },
  {
    name: 'words-not-in-the-dictionary.xlsx',
    make: () =>
      sheet1([
        ['被采集人', '公民身份证件', '本人常用手机号码', '目前居住的地方', '户口簿上的地址', '家里几口人'],
        ...people(8, 'name id phone address address size'),
      ]),
    truth: one(
      'Sheet1',
      'A1:F9',
      [
        '被采集人=person.name',
        '公民身份证件=person.id_number',
        '本人常用手机号码=person.phone',
        '目前居住的地方=person.lives_at',
        '户口簿上的地址=person.registered_at',
        '家里几口人=household.size',
      ],
      8,
    ),
  },
  {
    name: 'words-codes-for-labels.xlsx',
    make: () => sheet1([['F01', 'F02', 'F03', 'F04'], ...people(9, 'name sex id phone')]),
    truth: one(
      'Sheet1',
      'A1:D10',
      ['F01=none|person.name', 'F02=person.sex|none', 'F03=person.id_number', 'F04=person.phone'],
      9,
    ),
  },
  {
    name: 'words-no-labels-at-all.xlsx',
    make: () => sheet1(people(9, 'no name id phone address')),
    truth: { tables: [] },
  },
  {
    name: 'words-near-misses.xlsx',
    make: () =>
      sheet1([
        [
          '姓名',
          '姓名拼音',
          '曾用名',
          '身份证有效期',
          '身份证签发机关',
          '电话是否本人',
          '户主',
          '配偶姓名',
          '配偶身份证号',
        ],
        ...people(7, 'name zhao-mou-jia 无 长期 样例县公安局 yes other other id'),
      ]),
    truth: one(
      'Sheet1',
      'A1:I8',
      [
        '姓名=person.name',
        '姓名拼音',
        '曾用名=person.former_name',
        '身份证有效期',
        '身份证签发机关',
        '电话是否本人',
        '户主=household.head_name',
        '配偶姓名',
        '配偶身份证号',
      ],
      7,
    ),
  },
  {
    name: 'words-two-telephones.xlsx',
    make: () =>
      sheet1([
        ['姓名', '联系电话', '备用电话', '紧急联系人', '紧急联系人电话', '现住址'],
        ...people(7, 'name phone phone other phone address'),
      ]),
    truth: one(
      'Sheet1',
      'A1:F8',
      [
        '姓名=person.name',
        '联系电话=person.phone',
        '备用电话',
        '紧急联系人=person.emergency_name',
        '紧急联系人电话=person.emergency_phone',
        '现住址=person.lives_at',
      ],
      7,
    ),
  },
  {
    name: 'words-family-side-by-side.xlsx',
    make: () =>
      sheet1(
        [
          ['户主', null, '成员1', null, '成员2', null],
          ['姓名', '身份证号', '姓名', '身份证号', '姓名', '身份证号'],
          ...people(6, 'name id other id other id'),
        ],
        { merges: ['A1:B1', 'C1:D1', 'E1:F1'] },
      ),
    truth: one(
      'Sheet1',
      'A1:F8',
      [
        '户主/姓名=household.head_name',
        '户主/身份证号=household.head_id_number',
        '成员1/姓名=person.name',
        '成员1/身份证号=person.id_number',
        '成员2/姓名',
        '成员2/身份证号',
      ],
      6,
    ),
  },
  {
    name: 'words-place-in-levels.xlsx',
    make: () =>
      sheet1([
        ['县（市、区）', '乡镇（街道）', '村（居）', '村民小组', '网格号', '门牌', '姓名'],
        ...people(8, '样例县 town community group grid door name'),
      ]),
    truth: one(
      'Sheet1',
      'A1:G9',
      [
        '县（市、区）=place.county',
        '乡镇（街道）=place.town',
        '村（居）=place.community',
        '村民小组=place.group',
        '网格号=place.grid',
        '门牌=place.door',
        '姓名=person.name',
      ],
      8,
    ),
  },
  {
    name: 'words-area-codes.xlsx',
    make: () =>
      sheet1([['行政区划代码', '社区名称', '网格代码', '户数'], ...people(8, '990001001001 community grid size')]),
    truth: one(
      'Sheet1',
      'A1:D9',
      ['行政区划代码=place.area_code', '社区名称=place.community', '网格代码=place.grid', '户数'],
      8,
    ),
  },
  {
    name: 'words-two-subjects-below.xlsx',
    make: () =>
      sheet1([
        ['名称', '负责人', '电话'],
        ...people(4, 'shop name phone'),
        [],
        ['姓名', '电话', '单位'],
        ...people(4, 'name phone work'),
      ]),
    truth: {
      tables: [
        table('Sheet1', 'A1:C5', ['名称=enterprise.name', '负责人=enterprise.head', '电话=person.phone'], 4),
        table('Sheet1', 'A7:C11', ['姓名=person.name', '电话=person.phone', '单位=person.works_at'], 4),
      ],
    },
  },
  {
    name: 'words-traditional-and-full-width.xlsx',
    make: () =>
      sheet1([['Ｎｏ．', '姓　名', '身份證號碼', '聯繫電話', '備註'], ...people(7, 'no name id phone remark')]),
    truth: one(
      'Sheet1',
      'A1:E8',
      [
        'Ｎｏ．=row.number',
        '姓名=person.name',
        '身份證號碼=person.id_number',
        '聯繫電話=person.phone',
        '備註=row.remark',
      ],
      7,
    ),
  },
];
