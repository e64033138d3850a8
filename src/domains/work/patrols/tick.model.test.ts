import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLeap, judgePosition, judgeTick, readCode, spotAt, withCheck } from './tick.model.ts';

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

test('点位码：定不准、没定位照样算；定位好却在别处，不算', () => {
  const of = (metres: number, accuracyM: number) =>
    judgeTick(place, { how: 'code', at: north(metres, accuracyM) }).verdict;
  expect(judgeTick(place, { how: 'code', at: null }).verdict).toBe('counted');
  expect(judgeTick({ ...place, lon: null, lat: null }, { how: 'code', at: north(9000, 5) }).verdict).toBe('counted');
  expect([of(200, 30), of(5000, 400), of(5000, 0)]).toEqual(['counted', 'counted', 'counted']);
  expect([of(260, 10), of(11_800, 10)]).toEqual(['elsewhere', 'elsewhere']);
  expect(judgeTick(place, { how: 'here', at: north(70, 8) }).verdict).toBe('outside');
  expect(judgeTick(place, { how: 'word', at: north(1, 8) })).toEqual({ verdict: 'by_word', distanceM: 1 });
});

test('几米以内算到，按打点时的', () => {
  const [one, two] = ['2026-11-01T00:00:00.000Z', '2026-11-08T00:00:00.000Z'];
  const earlier = [
    { radiusM: 20, until: one },
    { radiusM: 80, until: two },
  ];
  const at = (time: string): number => spotAt({ ...place, earlier }, Date.parse(time)).radiusM;
  expect([at('2026-10-31T00:00Z'), at(one), at('2026-11-07T00:00Z'), at(two)]).toEqual([20, 80, 80, 50]);
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
