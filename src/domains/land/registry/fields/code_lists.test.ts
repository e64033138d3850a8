import { describe, expect, it } from 'vitest';
import { invented } from '../fixtures/people.ts';
import { canonicalOf, type GivenCell, isYetToCome } from './canonical_value.model.ts';
import { codedFields, codeListOf } from './code_lists.model.ts';
import { fieldNamed } from './keeping.model.ts';

const fieldOf = (code: string) => {
  const field = fieldNamed(code);
  if (!field) throw new Error(code);
  return field;
};
const read = (code: string, text: string, kind: GivenCell['kind'] = 'text') => {
  const got = canonicalOf(fieldOf(code), { text, kind });
  return 'value' in got ? got.value : `✗ ${got.fault.zh}`;
};
const { id } = invented(3);

describe('代码表', () => {
  it.each(codedFields)('%s：是字典里的字段，一种写法只指一个词', (code) => {
    expect(fieldOf(code).type).toBe('text');
    const list = codeListOf(code);
    if (!list) throw new Error(code);
    const { words, said } = list;
    expect(new Set(words).size).toBe(words.length);
    const pairs = said.flatMap((line) => {
      const [word = '', ...rest] = line.split(' ');
      expect(words, word).toContain(word);
      return rest.map((one) => [one, word] as const);
    });
    const meant = new Map<string, string>();
    for (const [one, word] of pairs) {
      expect(meant.get(one) ?? word, one).toBe(word);
      expect(words.includes(one) ? one : word, one).toBe(word);
      meant.set(one, word);
    }
  });

  it('民族是五十六个', () => expect(codeListOf('person.nation')?.words).toHaveLength(56));

  it.each([
    ['person.nation', '汉', '汉族'],
    ['person.nation', '汉 族', '汉族'],
    ['person.nation', '穿青人', '穿青人'],
    ['person.schooling', '大专', '大学专科'],
    ['person.schooling', '本科', '大学本科'],
    ['person.schooling', '夜大', '夜大'],
    ['person.marital', '离异', '离婚'],
    ['person.marital', '初婚', '初婚'],
    ['person.party', '党员', '中共党员'],
    ['person.party', '预备党员', '中共预备党员'],
    ['household.relation', '老婆', '妻'],
    ['household.relation', '大儿子', '长子'],
    ['household.relation', '爷爷', '祖父'],
    ['household.relation', '子女', '子女'],
    ['person.disability', '肢残', '肢体残疾'],
    ['person.disability', '听力', '听力残疾'],
    ['person.disability', '肢体二级', '肢体二级'],
    ['person.disability_grade', '2级', '二级'],
    ['person.disability_grade', 'Ⅳ级', '四级'],
    ['person.self_care', '半失能', '半自理'],
    ['person.medical_kind', '新农合', '居民医保'],
    ['person.employment', '学生', '在读'],
    ['house.grade', 'c', 'C级'],
    ['house.state', '闲置', '空置'],
    ['enterprise.state', '正常营业', '在营'],
    ['hazard.level', '红色', '重大'],
  ])('%s：写“%s”，记“%s”', (code, text, kept) => expect(read(code, text)).toBe(kept));
});

describe('新字段的值', () => {
  it('残疾证号是身份证号加两位', () => {
    expect(read('person.disability_number', `${id}42`)).toBe(`${id}42`);
    expect(read('person.disability_number', `${id.toLowerCase()}42B1`)).toBe(`${id}42B1`);
    for (const text of [id, `${id}82`, `${id}45`, '有']) expect(read('person.disability_number', text)).toMatch(/^✗/);
  });

  it('账号是数字；表格软件丢了后几位的不收，遮住的不收', () => {
    expect(read('person.bank_account', '6200 0000 0000 0000 123')).toBe('6200000000000000123');
    expect(read('person.bank_account', '6200000000000000000', 'number')).toMatch(/^✗ 被表格软件当成数字/);
    expect(read('person.bank_account', '6.2E+18')).toMatch(/^✗ 被表格软件当成数字/);
    for (const text of ['农商行', '6200****0123', '1234']) expect(read('person.bank_account', text)).toMatch(/^✗/);
  });

  it('金额写成数的记数，写成话的照写', () => {
    expect(read('household.income', '36,000元')).toBe('36000');
    expect(read('household.income', '约3万')).toBe('约3万');
  });

  it('只知道哪一年的也记；生日不行', () => {
    expect(read('person.retired_on', '2019年')).toBe('2019');
    expect(read('person.born_on', '1950')).toMatch(/^✗/);
  });

  it('到期的日子可以是以后的，也可以是长期；发生过的不行', () => {
    expect(read('enterprise.permit_until', '长期')).toBe('长期');
    expect(read('person.retired_on', '长期')).toMatch(/^✗/);
    const isLate = (code: string) => isYetToCome(fieldOf(code), '2030-01-01', '2026-11-24');
    expect(['person.permit_until', 'person.due_on', 'person.retired_on'].map(isLate)).toEqual([false, false, true]);
  });
});
