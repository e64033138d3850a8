import { expect, test } from 'vitest';
import { placeLine, placesIn, windowsIn, windowsLine } from './plan_lines.model.ts';

test('一行一个点：名字里有数字、全角逗号、几米以内，都读得对，写回去还是一样', () => {
  const text = '南门 112.9025,28.1025 80米\n3号楼\n水泵房，112.903，28.1025\n\n  后巷 20 米 ';
  const read = placesIn(text);
  expect(read).toEqual([
    { name: '南门', point: { lon: 112.9025, lat: 28.1025 }, radiusM: 80 },
    { name: '3号楼', point: null, radiusM: 50 },
    { name: '水泵房', point: { lon: 112.903, lat: 28.1025 }, radiusM: 50 },
    { name: '后巷', point: null, radiusM: 20 },
  ]);
  expect(placesIn(read.map(placeLine).join('\n'))).toEqual(read);
});

test('时段：22:00-06:00、几段、全天；不是钟点的原样留着，由检查来说', () => {
  expect(windowsIn('22:00-6:00，12:00—14:00')).toEqual([
    { from: '22:00', to: '06:00' },
    { from: '12:00', to: '14:00' },
  ]);
  expect(windowsIn('00:00-24:00')).toEqual([{ from: '00:00', to: '00:00' }]);
  expect(windowsLine(windowsIn('0:00至24:00'))).toBe('00:00-24:00');
  expect(windowsIn('晚上')).toEqual([{ from: '000晚上', to: '00000' }]);
});
