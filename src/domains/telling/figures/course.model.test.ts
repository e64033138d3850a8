import { expect, it } from 'vitest';
import { periodBefore, stepsOf } from './course.model.ts';

it('一段时间分成看得清的几步：首尾相接，不重不漏', () => {
  expect(stepsOf('2026-11-01', '2026-11-03').steps).toEqual([
    { from: '2026-11-01', to: '2026-11-01' },
    { from: '2026-11-02', to: '2026-11-02' },
    { from: '2026-11-03', to: '2026-11-03' },
  ]);
  // 10-01 is a Thursday: the first week ends on Sunday, the last one with the period.
  expect(stepsOf('2026-10-01', '2026-11-10').steps.at(0)).toEqual({ from: '2026-10-01', to: '2026-10-04' });
  expect(stepsOf('2026-10-01', '2026-11-10').steps.at(-1)).toEqual({ from: '2026-11-09', to: '2026-11-10' });
  for (const [from, to, step] of [
    ['2026-10-01', '2026-10-31', 'day'],
    ['2026-01-01', '2026-06-30', 'week'],
    ['2025-02-14', '2026-11-22', 'month'],
    ['2017-01-01', '2026-11-22', 'year'],
  ] as const) {
    const { step: found, steps } = stepsOf(from, to);
    expect([from, found, steps[0]?.from, steps.at(-1)?.to]).toEqual([from, step, from, to]);
    for (const [i, { from: begins }] of steps.slice(1).entries())
      expect(Date.parse(begins) - Date.parse(steps[i]?.to ?? '')).toBe(86_400_000);
    expect(steps.length).toBeLessThanOrEqual(37);
  }
});

it('上期：月对上月同日，整月对整月，年对去年，其余同样长', () => {
  expect(periodBefore('2026-11-01', '2026-11-22')).toEqual({ from: '2026-10-01', to: '2026-10-22' });
  expect(periodBefore('2026-02-01', '2026-02-28')).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  expect(periodBefore('2026-03-01', '2026-03-30')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(periodBefore('2026-01-01', '2026-11-22')).toEqual({ from: '2025-01-01', to: '2025-11-22' });
  expect(periodBefore('2026-11-16', '2026-11-22')).toEqual({ from: '2026-11-09', to: '2026-11-15' });
});
