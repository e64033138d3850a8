import { expect, it } from 'vitest';
import { ledgerWith } from '../fields/added_fields.model.ts';
import type { AddedField } from '../fields/field.model.ts';
import { ownCode } from '../fields/own_code.model.ts';
import { residents } from '../ledger.model.ts';
import { boundToField } from './bound.model.ts';

/* A questionnaire that was made elsewhere asks for what only this area knows. */
const own = (
  n: number,
  kind: 'whole' | 'choice' | 'phone',
  zh: string,
  more: Partial<AddedField> = {},
): AddedField => ({
  ...{ code: ownCode(kind, kind === 'phone' ? 'masked' : 'open', `01900000-0000-7000-8000-00000000000${n}`) },
  ...{
    name: { zh, en: zh },
    type: kind,
    aliases: [],
    help: '',
    choices: [],
    freshMonths: null,
    isRetired: false,
    ...more,
  },
});
const visits = own(1, 'whole', '每月探访次数', { aliases: ['visits_monthly'] });
const level = own(2, 'choice', '关注等级', { choices: ['一级', '二级'] });
const old = own(3, 'whole', '旧次数', { isRetired: true });
const ledger = ledgerWith(residents, [visits, level, old]);
const fieldsOf = (...questions: Parameters<typeof boundToField>[0]) =>
  boundToField(questions, ledger).map(({ field }) => field ?? null);

it('问法或变量名是自建字段的名字就对上，答法合得上才算；停用的、问过的不再对', () => {
  const ask = { name: 'q1', required: false };
  expect(fieldsOf({ ...ask, ask: '每月探访次数是多少？', widget: 'integer' })).toEqual([visits.code]);
  expect(fieldsOf({ ...ask, name: 'visits_monthly', ask: '一个月去几次', widget: 'integer' })).toEqual([visits.code]);
  expect(fieldsOf({ ...ask, name: 'phone', ask: '方便怎么找您', widget: 'text' })).toEqual([null]);
  expect(fieldsOf({ ...ask, ask: '每月探访次数', widget: 'text' })).toEqual([null]);
  expect(fieldsOf({ ...ask, ask: '旧次数', widget: 'integer' })).toEqual([null]);
  const options = [
    { code: '1', label: '一级' },
    { code: '2', label: '二级' },
  ];
  expect(fieldsOf({ ...ask, ask: '关注等级', widget: 'choice', options })).toEqual([level.code]);
  const more = [...options, { code: '3', label: '三级' }];
  expect(fieldsOf({ ...ask, ask: '关注等级', widget: 'choice', options: more })).toEqual([null]);
  const twice = { ...ask, ask: '每月探访次数', widget: 'integer' } as const;
  expect(fieldsOf(twice, { ...twice, name: 'q2' })).toEqual([visits.code, null]);
});
