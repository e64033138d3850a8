import { describe, expect, it } from 'vitest';
import { doorOf, doorParts, isSameDoor } from './door.model.ts';

const at = (door: string, building = '', entrance = '', compound = '') => ({
  ...{ 'place.door': door, 'place.building': building },
  ...{ 'place.entrance': entrance, 'place.compound': compound },
});

describe('门牌', () => {
  it.each([
    ['写在一格里', at('3栋2单元401室'), at('401', '3栋', '2单元')],
    ['短横', at('3-2-401'), at('401', '3', '2')],
    ['楼另写，门牌里有单元', at('2-401', '3栋'), at('401', '3', '2')],
    ['楼名里有小区', at('2-401', '青园小区3栋'), at('401室', '3号楼', '2', '青园小区')],
    ['全角', at('４０１', '３栋', '２单元'), at('401', '3', '2')],
    ['村里的组', at('12号', '石桥组'), { 'place.group': '石桥村民小组', 'place.door': '12' }],
    ['一边没写单元', at('401', '3'), at('3-2-401')],
    ['一边没写小区', at('401', '3', '2'), at('401', '3', '2', '青园小区')],
  ])('一样：%s', (_, one, other) => {
    expect(isSameDoor(one, other), JSON.stringify([doorOf(one), doorOf(other)])).toBe(true);
  });

  it.each([
    ['门号不同', at('401', '3', '2'), at('402', '3', '2')],
    ['单元不同', at('401', '3', '2'), at('401', '3', '1')],
    ['楼不同', at('2-401', '3'), at('2-401', '4')],
    ['二栋二单元和二栋一单元', at('2-101', '2'), at('1-101', '2')],
    ['小区不同', at('401', '3', '', '青园小区'), at('401', '3', '', '橘园小区')],
    ['小区写在楼里也不同', at('401', '青园小区3栋'), at('401', '橘园小区3栋')],
  ])('不一样：%s', (_, one, other) => {
    expect(isSameDoor(one, other), JSON.stringify([doorOf(one), doorOf(other)])).toBe(false);
  });

  it('没有门牌就没有可比的', () => {
    expect(doorOf({ 'place.building': '3' })).toBeNull();
  });
});

describe('门牌分开填', () => {
  const all = ['place.building', 'place.entrance', 'place.door'];
  const parts = (given: Parameters<typeof at>, columns = all) => {
    const {
      'place.building': building,
      'place.entrance': entrance,
      'place.door': door,
    } = doorParts(Object.fromEntries(Object.entries(at(...given)).filter(([, value]) => value !== '')), columns);
    return [building, entrance, door].map((part) => part ?? '').join(' ');
  };
  it.each([
    ['楼另写', ['1-101', '3栋'], ' 1 101'],
    ['写在一格里', ['3栋2单元401室'], '3栋 2单元 401室'],
    ['短横', ['3-2-401'], '3 2 401'],
    ['楼名里有小区', ['青园小区3栋401', '', '', '青园小区'], '3栋  401'],
    ['楼又写了一次', ['3栋2单元401', '3栋'], '3栋 2单元 401'],
    ['单元也写了', ['2-401', '3栋', '2单元'], ' 2单元 401'],
    ['不知是楼还是单元', ['2-401'], '  '],
    ['本来就是分开的', ['401', '3栋', '2单元'], '  '],
    ['两处说的不同', ['5栋2单元401', '3栋'], '  '],
    ['单元说的不同', ['2-401', '3栋', '1单元'], '  '],
    ['没有楼栋', ['12号'], '  '],
  ] as const)('%s', (_, given, said) => expect(parts([...given] as Parameters<typeof at>)).toBe(said));

  it('表里没有那一列的，不拆开：不丢', () => {
    expect(parts(['3栋2单元401'], ['place.building', 'place.door'])).toBe('  ');
    expect(parts(['1-101', '3栋'], ['place.door'])).toBe('  ');
  });
});
