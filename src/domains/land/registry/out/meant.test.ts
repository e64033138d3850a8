import { describe, expect, it } from 'vitest';
import { unjudgedBy } from '../fields/choice.model.ts';
import { ledgerNamed } from '../ledgers.model.ts';
import { offeredBy } from './meant.model.ts';

describe('标题里说的是哪些人', () => {
  it.each([
    ['60岁以上老年人健康管理登记表', 'person.age at_least 60'],
    ['80周岁（含）以上高龄津贴发放表', 'person.age at_least 80'],
    ['６５周岁及以上老人名册', 'person.age at_least 65'],
    ['60-79周岁老人名册', 'person.age at_least 60, person.age at_most 79'],
    ['18岁以下人员登记表', 'person.age at_most 18'],
    ['未满16周岁人员登记表', 'person.age at_most 15'],
    ['独居老人关爱台账', 'person.age at_least 60, person.lives_alone equals yes'],
    ['残疾人基本情况表', 'person.disability told'],
    ['2026年度居民登记表', ''],
  ])('%s', (title, offered) =>
    expect(
      offeredBy(title, ledgerNamed('residents'), [])
        .map(({ field, is, value = '' }) => `${field} ${is} ${value}`.trim())
        .join(', '),
    ).toBe(offered),
  );

  it('已经写了的不再提；房屋的表不提年龄', () => {
    const aged = { field: 'person.age', is: 'at_least', value: '70' } as const;
    expect(offeredBy('60岁以上老年人', ledgerNamed('residents'), [aged])).toEqual([]);
    expect(offeredBy('60岁以上老人住的出租屋', ledgerNamed('houses'), [])).toEqual([
      { field: 'house.let', is: 'equals', value: 'yes' },
    ]);
  });
});

describe('说不准算不算的', () => {
  const both = [
    { field: 'person.age', is: 'at_least', value: '60' },
    { field: 'person.lives_alone', is: 'equals', value: 'yes' },
  ] as const;
  it('只有别的都符合、这一项不知道的；已经不符合的不算', () => {
    expect(unjudgedBy({ 'person.lives_alone': 'yes' }, both)).toEqual(['person.age']);
    expect(unjudgedBy({ 'person.lives_alone': 'no' }, both)).toEqual([]);
    expect(unjudgedBy({ 'person.age': '70', 'person.lives_alone': 'yes' }, both)).toEqual([]);
    expect(unjudgedBy({}, [{ field: 'person.age', is: 'not_told' }])).toEqual([]);
  });
});
