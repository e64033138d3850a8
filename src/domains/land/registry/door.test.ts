import { describe, expect, it } from 'vitest';
import { doorOf, isSameDoor } from './door.model.ts';

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
