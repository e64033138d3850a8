import { type Field, field } from '../fields/field.model.ts';

/**
 * Facts that are told of nobody and follow from whom somebody lives with: the father's telephone is that of a member of the
 * household. No file tells them; a superior's blank workbook asks for them.
 */
export const relatives = [
  ['father', '父亲', 'Father'],
  ['mother', '母亲', 'Mother'],
  ['guardian', '监护人', 'Guardian'],
  ['spouse', '配偶', 'Spouse'],
  ['grandfather', '祖父', 'Father’s father'],
  ['grandmother', '祖母', 'Father’s mother'],
  ['maternal_grandfather', '外祖父', 'Mother’s father'],
  ['maternal_grandmother', '外祖母', 'Mother’s mother'],
] as const;
export type Relative = (typeof relatives)[number][0];

const facts = [
  ['name', '姓名', 'name', 'text'],
  ['age', '年龄', 'age', 'number'],
  ['born_on', '出生日期', 'date of birth', 'date'],
  ['id_number', '身份证号', 'identity number', 'id_number'],
  ['phone', '联系电话', 'telephone', 'phone'],
  ['nation', '民族', 'nationality', 'text'],
  ['schooling', '文化程度', 'schooling', 'text'],
  ['occupation', '职业', 'occupation', 'text'],
  ['works_at', '工作单位', 'employer', 'text'],
  ['went_to', '外出去向', 'gone to', 'text'],
  ['health', '健康状况', 'health', 'text'],
] as const;

/** The others of the head are fields of the ledger: somebody may have told them. */
const ofHead = [
  ['sex', '性别', 'sex', 'sex'],
  ['age', '年龄', 'age', 'number'],
  ['born_on', '出生日期', 'date of birth', 'date'],
  ['nation', '民族', 'nationality', 'text'],
  ['registered_at', '户籍地址', 'registered address', 'text'],
  ['schooling', '文化程度', 'schooling', 'text'],
  ['marital', '婚姻状况', 'marital status', 'text'],
  ['party', '政治面貌', 'political affiliation', 'text'],
  ['occupation', '职业', 'occupation', 'text'],
  ['works_at', '工作单位', 'employer', 'text'],
  ['health', '健康状况', 'health', 'text'],
  ['disability', '残疾类别', 'kind of disability', 'text'],
  ['disability_grade', '残疾等级', 'grade of disability', 'text'],
  ['employment', '就业状况', 'employment', 'text'],
  ['low_income', '是否低保', 'receives minimum allowance', 'yes_no'],
  ['bank', '开户银行', 'bank', 'text'],
  ['bank_account', '银行账号', 'bank account', 'text'],
  ['need', '困难类型', 'need', 'text'],
] as const;

/** As files call what they tell of one; of the others nothing is told. */
const guardians: Readonly<Record<string, string>> = {
  'guardian.name': '监护人 法定监护人 法定监护人姓名',
  'guardian.phone': '监护人电话 监护人手机 监护人手机号 监护人电话号码 监护人联系方式',
  'guardian.id_number': '监护人身份证 监护人身份证号码 监护人公民身份号码 监护人证件号码',
};

/** Children who live with others than their parents have somebody who stands for them and is no member of the household. */
const told = [
  field(
    'guardian.relation',
    '与监护人关系',
    'Relation of the guardian',
    'text',
    '监护人关系 监护人与儿童关系 监护人与本人关系',
  ),
];

export const followingFields: readonly Field[] = [
  ...told,
  ...ofHead.map(([fact, zh, en, type]) => field(`household.head_${fact}`, `户主${zh}`, `Head: ${en}`, type)),
  ...relatives.flatMap(([who, whose, called]) =>
    facts.map(([fact, zh, en, type]) =>
      field(`${who}.${fact}`, `${whose}${zh}`, `${called}: ${en}`, type, guardians[`${who}.${fact}`]),
    ),
  ),
];

/** Whose fact it is and which, `father` and `person.phone`; null: of whoever stands in the row. */
export function kinFact(code: string): { readonly who: Relative | 'head'; readonly fact: string } | null {
  const [, ofHead] = /^household\.head_(\w+)$/.exec(code) ?? [];
  if (ofHead !== undefined) return { who: 'head', fact: `person.${ofHead}` };
  const [subject = '', fact = ''] = code.split('.');
  const who = relatives.find(([one]) => one === subject)?.[0];
  return who === undefined ? null : { who, fact: `person.${fact}` };
}

const called: Readonly<Record<string, Relative | 'head'>> = {
  ...Object.fromEntries(relatives.map(([who, zh]) => [zh, who])),
  ...{ 户主: 'head', 法定监护人: 'guardian', 爷爷: 'grandfather', 奶奶: 'grandmother' },
  ...{ 外公: 'maternal_grandfather', 外婆: 'maternal_grandmother' },
};

/** `父亲` and `person.phone` are the father's telephone. */
export function kinField(whose: string, field: string): string | null {
  const who = called[whose];
  if (who === undefined) return null;
  const code = field.replace('person.', who === 'head' ? 'household.head_' : `${who}.`);
  return codes.has(code) ? code : null;
}

const codes = new Set([
  ...followingFields.map(({ code }) => code),
  ...['household.head_name', 'household.head_id_number', 'household.head_phone'],
]);
