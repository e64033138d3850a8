import { describe, expect, it } from 'vitest';
import { certainFrom, certainOf } from './certain.model.ts';
import { fieldNamed } from './fields/keeping.model.ts';
import { invented } from './fixtures/people.ts';
import { knownOn, originOf } from './life.model.ts';

const { id } = invented(3);

describe('说了一件，另一件就定了', () => {
  it('残疾证号的末两位是类别和等级', () => {
    expect(certainOf({ 'person.disability_number': `${id}42` })).toEqual({
      'person.disability': '肢体残疾',
      'person.disability_grade': '二级',
      'person.has_disability': 'yes',
    });
  });

  it.each([
    ['person.disability', '肢体二级', { 'person.disability_grade': '二级', 'person.has_disability': 'yes' }],
    ['person.disability', '肢体残疾', { 'person.has_disability': 'yes' }],
    ['person.disability', '无', { 'person.has_disability': 'no' }],
    ['person.party', '中共党员', { 'person.is_party_member': 'yes' }],
    ['person.party', '群众', { 'person.is_party_member': 'no' }],
    ['person.party', '中共预备党员', {}],
    ['person.party', '不详', {}],
    ['person.medical_kind', '未参保', { 'person.insured': 'no' }],
    ['person.pension_kind', '城乡居民', { 'person.pensioned': 'yes' }],
    ['person.living', '独居', { 'person.lives_alone': 'yes' }],
    ['person.living', '与子女同住', { 'person.lives_alone': 'no' }],
    ['person.living', '不详', {}],
    ['house.grade', 'D级', { 'house.danger': 'yes' }],
    ['house.grade', '未鉴定', {}],
    ['house.state', '部分出租', { 'house.let': 'yes' }],
    ['house.state', '经营', {}],
  ])('%s 是“%s”', (code, told, follows) => expect(certainOf({ [code]: told })).toEqual(follows));

  it('人均收入是家庭收入除以人数；没有人数就不算', () => {
    expect(certainOf({ 'household.income': '50000', 'household.size': '3' })['household.income_each']).toBe('16666.67');
    expect(certainOf({ 'household.income': '50000' })).toEqual({});
  });

  it('说了的不被推出来的盖过；从哪里来说得出', () => {
    const values = { 'person.disability_number': `${id}42`, 'person.disability': '多重残疾' };
    const known = knownOn(values, '2026-11-24');
    expect(known['person.disability']).toBe('多重残疾');
    expect(originOf('person.disability', values)).toBe('person.disability');
    expect(originOf('person.disability_grade', values)).toBe('person.disability_number');
    expect(originOf('person.nation', values)).toBe('person.nation');
    expect(certainFrom('person.has_disability', {})).toBeNull();
    for (const code of Object.keys(known).filter((one) => one !== 'person.age'))
      expect(fieldNamed(code), code).toBeDefined();
  });
});
