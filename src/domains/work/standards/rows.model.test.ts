import { describe, expect, it } from 'vitest';
import { readRows } from './rows.model.ts';

/** A county's own table, with something wrong in a cell: said in words of whoever keeps it. */
const row = {
  ...{ kind: 'component', major: 'roads', typeCode: 'a-new-type', typeName: '新的小类', answersTo: 'sanitation' },
  ...{ conditionCode: 'a-new-condition', when: '有人看见', limit: '4工作时', done: '清走了', source: '测试' },
};
const majors = [{ code: 'roads', kind: 'component', name: { zh: '道路', en: 'Roads' } }] as const;
const refusedOf = (changes: object) => readRows([{ ...row, ...changes }], [], majors).refused;

describe('标准表里读不懂的一格', () => {
  it('好的一行收下', () => {
    expect(refusedOf({})).toEqual([]);
  });

  it.each([
    ['没有填写', { conditionCode: undefined }, 'conditionCode', '“conditionCode”一格没有填写'],
    ['空的', { when: ' ' }, 'when', '“when”一格没有填写'],
    ['是数字', { done: 3 }, 'done', '“done”一格应当是文字'],
    ['没有这个选项', { kind: 'thing' }, 'kind', '“kind”一格只能写：component、matter'],
    ['多了一栏', { colour: '红' }, '', '没有“colour”这一栏'],
    ['编码的写法', { typeCode: 'A B' }, 'code', '写法不对'],
  ])('%s:说是哪一格，用中文', (_what, changes, cell, says) => {
    const [refused] = refusedOf(changes);
    expect(refused).toMatchObject({ row: 1, cell });
    expect(refused?.says.zh).toContain(says);
    expect(refused?.says.zh).not.toMatch(/Invalid|expected|received|undefined/);
    expect(refused?.says.en).not.toMatch(/Invalid|expected|received|undefined|\p{Script=Han}/u);
  });
});

it('一个立案条件的编码只属于一个小类:后来的一行说已经用在哪里', () => {
  const { types, refused } = readRows([row, { ...row, typeCode: 'another-type', typeName: '另一小类' }], [], majors);
  expect(types.map(({ code }) => code)).toEqual(['a-new-type']);
  expect(refused).toEqual([
    {
      row: 2,
      cell: 'conditionCode',
      says: {
        zh: '编码“a-new-condition”已经用在小类“新的小类”里，请换一个',
        en: expect.stringContaining('stands under the type'),
      },
    },
  ]);
});
