import { expect, it } from 'vitest';
import { ledgerWith } from '../../domains/land/registry/fields/added_fields.model.ts';
import { residents } from '../../domains/land/registry/ledger.model.ts';
import { askedForTemplate } from './campaign_template.ts';

const column = (field: string | null) => ({ column: 'A', path: '', field, by: null, isHidden: false });
const template = (conditions: Parameters<typeof askedForTemplate>[0]['conditions']) => {
  const id = '01900000-0000-7000-8000-000000000001';
  const fields = ['row.number', 'person.name', 'person.id_number', 'person.age', 'person.phone', 'person.health', null];
  const columns = [...fields, 'person.phone'].map(column);
  const of = { ledger: 'residents' as const, own: null, bound: 6 };
  const table = { ...of, sheet: '一', range: 'A1:H3', title: null, room: 2, columns, cells: [] };
  const by = { keptBy: '孙丽', keptAt: new Date(0), boundBy: '孙丽', boundAt: new Date(0) };
  const said = {
    id,
    areaId: id,
    area: '二运社区',
    fileName: '老人表.xlsx',
    version: 1,
    bound: 6,
    columns: 8,
    masked: [],
    added: [],
    meant: { many: 0, unjudged: 0, lacking: [] },
  };
  return { ...of, ...said, ...by, tables: [table], chosen: 0, conditions };
};

it('一张空表要问的：会变的各问一次；选得了的条件写好，选不了的说出来', () => {
  const asked = askedForTemplate(
    template([
      { field: 'person.age', is: 'at_least', value: '60' },
      { field: 'person.disability', is: 'told' },
      { field: 'person.schooling', is: 'equals', value: '小学' },
    ]),
    residents,
  );
  expect(asked).toMatchObject({ title: '老人表', ageFrom: '60', lines: '联系电话\n健康状况' });
  expect(asked.left).toBe('残疾类别 填了，文化程度 为 小学');
  expect(
    askedForTemplate(template([{ field: 'person.lives_alone', is: 'equals', value: 'yes' }]), residents),
  ).toMatchObject({
    alone: 'yes',
  });
  expect(askedForTemplate(template([]), residents)).not.toHaveProperty('left');
});

it('自建字段的列也问，按它的条件也选得上；加密的条件说出来选不了', () => {
  const code = 'own.whole.open.01900000-0000-7000-8000-000000000009';
  const said = { code, name: { zh: '每月探访次数', en: 'visits' }, type: 'whole', aliases: [], help: '' } as const;
  const ledger = ledgerWith(residents, [{ ...said, choices: [], freshMonths: null, isRetired: false }]);
  const asked = template([{ field: code, is: 'at_least', value: '3' }]);
  const tables = asked.tables.map((table) => ({ ...table, columns: [...table.columns, column(code)] }));
  expect(askedForTemplate({ ...asked, tables }, ledger)).toMatchObject({
    ...{ [`${code}.from`]: '3', lines: '联系电话\n健康状况\n每月探访次数' },
  });
  const sealed = template([{ field: code.replace('open', 'sealed'), is: 'told' }]);
  expect(askedForTemplate(sealed, ledger).left).toContain('填了');
});
