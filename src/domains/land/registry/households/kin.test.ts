import { describe, expect, it } from 'vitest';
import { kinField } from './following.model.ts';
import { kinOf, type Member } from './kin.model.ts';

/** Who is whose father: only where one alone fits. */
const one = (id: string, relation: string, sex: string, age?: number): Member => ({
  id,
  known: {
    'household.relation': relation,
    ...(sex !== '' && { 'person.sex': sex }),
    ...(age !== undefined && { 'person.age': String(age) }),
  },
});
const kin = (of: string, ...members: Member[]): Record<string, string> => {
  const person = members.find(({ id }) => id === of);
  const found = person ? kinOf(person, members) : {};
  return Object.fromEntries(Object.entries(found).map(([who, member]) => [who, member?.id ?? '']));
};
const [father, mother] = [one('父', '户主', 'male', 40), one('母', '配偶', 'female', 38)];
const child = one('儿', '子女', 'male', 9);

describe('户内推得', () => {
  it('户主的子女：父母各是谁；父母都在就说不准谁是监护人，只有一个在就是他', () => {
    expect(kin('儿', father, mother, child)).toEqual({ head: '父', father: '父', mother: '母' });
    expect(kin('儿', father, child)).toEqual({ head: '父', father: '父', guardian: '父' });
    expect(kin('儿', one('娘', '户主', 'female', 35), child)).toEqual({ head: '娘', mother: '娘', guardian: '娘' });
    expect(kin('女', father, one('女', '女儿', '', 20))).toEqual({ head: '父', father: '父' });
    expect(kin('父', father, mother, child)).toEqual({ head: '父', spouse: '母' });
    expect(kin('母', father, mother, child)).toEqual({ head: '父', spouse: '父' });
  });

  it('户主的父母是祖父母；户主是母亲的，就是外祖父母；配偶的父母反过来', () => {
    const elders = [one('翁', '父母', 'male', 66), one('媪', '父母', 'female', 64)];
    expect(kin('儿', father, child, ...elders)).toMatchObject({ grandfather: '翁', grandmother: '媪' });
    const [wife, husband] = [one('娘', '户主', 'female', 35), one('爹', '配偶', 'male', 36)];
    expect(kin('儿', wife, child, ...elders)).toMatchObject({ maternal_grandfather: '翁' });
    expect(kin('儿', father, mother, child, one('岳', '岳父', '', 66))).toMatchObject({ maternal_grandfather: '岳' });
    expect(kin('儿', wife, husband, child, one('公', '公公', '', 66))).toMatchObject({ grandfather: '公' });
  });

  it('孙辈：只有一个儿子才是他；外孙是女儿的；两个儿子、岁数不合的都不猜', () => {
    const [grandpa, son] = [one('爷', '户主', 'male', 70), one('子', '长子', 'male', 42)];
    const grandson = one('孙', '孙子', 'male', 10);
    expect(kin('孙', grandpa, son, grandson)).toMatchObject({ father: '子', grandfather: '爷', guardian: '子' });
    expect(kin('孙', grandpa, son, one('媳', '儿媳', ''), grandson)).toMatchObject({ father: '子', mother: '媳' });
    expect(kin('孙', grandpa, son, one('次', '次子', 'male', 39), grandson)).toEqual({ head: '爷' });
    expect(kin('孙', grandpa, one('小', '三子', 'male', 15), grandson)).toEqual({ head: '爷' });
    expect(kin('孙', grandpa, one('女', '女儿', 'female', 40), grandson)).toEqual({ head: '爷' });
    expect(kin('外', grandpa, one('女', '女儿', 'female', 40), one('外', '外孙', 'male', 9))).toMatchObject({
      ...{ mother: '女', maternal_grandfather: '爷' },
    });
  });

  it('两个户主、没有户主、性别不明、没写关系、养子：都不猜', () => {
    expect(kin('儿', father, one('二', '户主', 'male', 41), child)).toEqual({});
    expect(kin('儿', mother, child)).toEqual({});
    expect(kin('儿', one('谁', '户主', ''), child)).toEqual({ head: '谁', guardian: '谁' });
    expect(kin('客', father, mother, one('客', '其他', 'male', 9))).toEqual({ head: '父' });
    expect(kin('养', father, mother, one('养', '继子', 'male', 9))).toEqual({ head: '父' });
    expect(kin('儿', father, mother, one('妾', '配偶', 'female', 30), child)).toEqual({
      ...{ head: '父', father: '父' },
    });
  });

  it('表头里是谁的哪一项', () => {
    expect(kinField('父亲', 'person.phone')).toBe('father.phone');
    expect(kinField('户主', 'person.sex')).toBe('household.head_sex');
    expect(kinField('户主', 'person.phone')).toBe('household.head_phone');
    expect(kinField('户主', 'person.works_at')).toBe('household.head_works_at');
    expect(kinField('户主', 'person.lives_at')).toBeNull();
    expect(kinField('委托监护人', 'person.phone')).toBeNull();
  });
});
