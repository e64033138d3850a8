import { describe, expect, it } from 'vitest';
import { readPasted, readPoint } from './pasted.ts';

const areas = [
  { id: 'garden', parentId: null, name: '青园社区' },
  { id: 'garden-1', parentId: 'garden', name: '青园第一网格' },
  { id: 'garden-1-3', parentId: 'garden-1', name: '青园小区3栋' },
  { id: 'station', parentId: null, name: '二运社区' },
  { id: 'ferry', parentId: null, name: '渡口村' },
];

describe('从粘贴的话里读出', () => {
  it('电话、姓名、社区、门牌', () => {
    expect(readPasted('你好，我是李桂芳，13900001234。青园小区3栋2单元楼道灯坏了，老人摔了一跤', areas)).toEqual({
      phone: '13900001234',
      name: '李桂芳',
      areaId: 'garden-1-3',
      place: '青园小区3栋2单元',
    });
  });

  it('说到里外几层的取最里一层；两个社区都说了就不猜', () => {
    expect(readPasted('青园社区楼道灯坏了', areas).areaId).toBe('garden');
    expect(readPasted('青园第一网格的垃圾没人收', areas).areaId).toBe('garden-1');
    expect(readPasted('二运和青园之间那条路', areas).areaId).toBeNull();
  });

  it('“在”字不算地名；不像电话、没有地名就空着', () => {
    expect(readPasted('在二运巷口有个坑', areas).place).toBe('二运巷口');
    expect(readPasted('在二运巷12号门口路灯坏了', areas).place).toBe('二运巷12号');
    expect(readPasted('订单号 20261122139000012345，东西坏了', [])).toEqual({
      phone: null,
      name: null,
      areaId: null,
      place: null,
    });
    expect(readPasted('', areas)).toEqual({ phone: null, name: null, areaId: null, place: null });
  });
});

describe('从地图上抄来的坐标', () => {
  it('先经度还是先纬度都认；不在中国、缺一半、写成字的不认', () => {
    expect(readPoint('112.5489, 37.8706')).toEqual({ lon: 112.5489, lat: 37.8706 });
    expect(readPoint('37.8706，112.5489')).toEqual({ lon: 112.5489, lat: 37.8706 });
    for (const bad of ['', '112.5489', '2.35, 48.85', '112, 37', '东经112.5 北纬37.8'])
      expect(readPoint(bad)).toBeNull();
  });
});
