import { describe, expect, test } from 'vitest';
import { spell } from '../../../kernel/pinyin.ts';
import { bestOf, type Nameable } from './naming.model.ts';

const nameable = (name: string, code = ''): Nameable => ({ name, code, ...spell(name) });
const places = [
  nameable('城东街道', '439901001'),
  nameable('二运社区', '439901001001'),
  nameable('二运第一网格', '439901001001001'),
  nameable('二运第二网格', '439901001001002'),
  nameable('重庆路社区', '439901001003'),
  nameable('绿苑A区', '439901001004'),
];
const found = (typed: string, most = 9): string[] => bestOf(places, typed, most).map(({ name }) => name);

describe('按名称、代码、拼音首字母找区域', () => {
  test.each([
    ['二运社区', ['二运社区']],
    ['二运', ['二运社区', '二运第一网格', '二运第二网格']],
    ['第二', ['二运第二网格']],
    ['eysq', ['二运社区']],
    ['EY', ['二运社区', '二运第一网格', '二运第二网格']],
    ['ｅｙｓｑ', ['二运社区']],
    ['eryun', ['二运社区', '二运第一网格', '二运第二网格']],
    ['cqlsq', ['重庆路社区']],
    ['lvyuan', ['绿苑A区']],
    ['lyaq', ['绿苑A区']],
    ['439901001003', ['重庆路社区']],
    ['dyw', ['二运第一网格']],
    ['没有的', []],
    ['zz', []],
    ['99', []],
  ])('%s', (typed, names) => {
    expect(found(typed)).toEqual(names);
  });

  test('多了只取前几个，名称本身的在最前', () => {
    expect(found('二运', 1)).toEqual(['二运社区']);
    expect(found('城东街道')[0]).toBe('城东街道');
  });
});
