import { expect, test } from 'vitest';
import { answersOf } from './asked.model.ts';

const of = (...given: Parameters<typeof answersOf>) => {
  const { values, faults } = answersOf(...given);
  return { values, wrong: faults.map(({ path }) => path) };
};

test('车牌只问车辆：行人没有也能过，写了就问是不是选错；送货的有就写', () => {
  expect(of(['plate'], 'people', {})).toEqual({ values: {}, wrong: [] });
  expect(of(['plate'], 'people', { plate: '湘A12345' }).wrong).toEqual(['values.plate']);
  expect(of(['plate'], 'vehicle', {}).wrong).toEqual(['values.plate']);
  expect(of(['plate'], 'delivery', {}).wrong).toEqual([]);
  expect(of(['plate'], 'delivery', { plate: '湘a·12345' }).values).toEqual({ plate: '湘A12345' });
  expect(of(['name'], 'people', {}).wrong).toEqual(['values.name']);
  expect(of([], 'people', { phone: '17000000001' }).wrong).toEqual(['values.phone']);
});

test('手机号、体温、车牌写得不对就不收，说清为什么', () => {
  const one = (what: 'plate' | 'phone' | 'temperature', text: string) => {
    const { values, wrong } = of([what], 'vehicle', { [what]: text });
    return wrong.length > 0 ? null : values[what];
  };
  expect(
    ['湘A12345', '湘 AD12345', '湘AA1234挂', '沪A9999警', 'WJ12345', 'ｂ12345'].map((it) => one('plate', it)),
  ).toEqual([...['湘A12345', '湘AD12345', '湘AA1234挂', '沪A9999警', 'WJ12345', 'B12345']]);
  expect(['🚗🚗🚗', '湘A', 'ABCDEF', '没有车牌', '湘A1234567890'].map((it) => one('plate', it))).toEqual(
    Array(5).fill(null),
  );
  expect(['17000000001', '+86 170-0000-0001', '0731-12345678'].map((it) => one('phone', it))).toEqual([
    ...['17000000001', '17000000001', '073112345678'],
  ]);
  expect(['abc', '12345', '1700000000'].map((it) => one('phone', it))).toEqual([null, null, null]);
  expect(['34', '36.5', '３６．５', '37.2℃', '43.0'].map((it) => one('temperature', it))).toEqual([
    ...['34', '36.5', '36.5', '37.2', '43.0'],
  ]);
  expect(['99', '33.9', '43.1', '36.55', '正常'].map((it) => one('temperature', it))).toEqual(Array(5).fill(null));
});
