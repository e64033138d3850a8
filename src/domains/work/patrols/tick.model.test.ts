import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLeap, judgePosition, readCode, withCheck } from './tick.model.ts';

const place = { lon: 113.15, lat: 27.83, radiusM: 50 };
const north = (metres: number, accuracyM: number) => ({ lon: place.lon, lat: place.lat + metres / 111_320, accuracyM });

test('到没到点：范围加上一点误差；定位太粗的、假的（误差 0）都不算', () => {
  const of = (metres: number, accuracyM: number) => judgePosition(place, north(metres, accuracyM));
  expect(of(40, 8)).toEqual({ verdict: 'counted', distanceM: 40 });
  expect(of(70, 30).verdict).toBe('counted');
  expect(of(70, 8)).toEqual({ verdict: 'outside', distanceM: 70 });
  expect(of(150, 90).verdict).toBe('outside');
  expect(of(10, 400).verdict).toBe('vague');
  expect(of(0, 0).verdict).toBe('vague');
  expect(judgePosition(place, null)).toEqual({ verdict: 'vague', distanceM: null });
  expect(judgePosition({ ...place, lon: null, lat: null }, north(1, 5)).verdict).toBe('vague');
});

test('五分钟走出二十公里，人走不到', () => {
  const one = { ...north(0, 5), at: 0 };
  expect(isLeap(one, { ...north(20_000, 5), at: 300_000 })).toBe(true);
  expect(isLeap(one, { ...north(8_000, 5), at: 300_000 })).toBe(false);
  expect(isLeap(one, { ...north(150, 5), at: 0 })).toBe(false);
});

test('点位码：打错一个数当场看得出；扫出来带着别的字也认', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999 }), fc.nat(5), fc.integer({ min: 1, max: 9 }), (n, i, by) => {
      const code = withCheck(String(n).padStart(5, '0'));
      expect(readCode(code)).toBe(code);
      expect(readCode(`  巡查点 ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(code);
      const slip = [...code].with(i, String((Number(code[i]) + by) % 10)).join('');
      expect(readCode(slip)).toBeNull();
    }),
  );
  expect(readCode('12')).toBeNull();
});
