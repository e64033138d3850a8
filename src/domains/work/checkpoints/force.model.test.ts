import { expect, test } from 'vitest';
import { modeAt, periodsOf, ruleAt } from './force.model.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 1, hour));
const alert = (from: number, to: number | null) => ({ since: at(from), until: to === null ? null : at(to) });
const said = (periods: readonly { mode: string; since: Date; until: Date | null }[]): string[] =>
  periods.map(({ mode, since, until }) => `${mode} ${since.getUTCHours()}-${until?.getUTCHours() ?? ''}`);

test('没有转过战时，从设卡口起一直是平时', () => {
  expect(said(periodsOf([], at(1), null))).toEqual(['normal 1-']);
  expect(said(periodsOf([], at(1), at(9)))).toEqual(['normal 1-9']);
});

test('平时、战时一段接一段，没有空的，也不重叠', () => {
  expect(said(periodsOf([alert(5, null), alert(2, 4)], at(1), null))).toEqual([
    ...['emergency 5-', 'normal 4-5', 'emergency 2-4', 'normal 1-2'],
  ]);
  // Switched at the very moment: nothing lies between.
  expect(said(periodsOf([alert(1, 4), alert(4, 6)], at(1), null))).toEqual([
    ...['normal 6-', 'emergency 4-6', 'emergency 1-4'],
  ]);
});

test('哪一刻按哪条：转换那一刻起按新的', () => {
  const alerts = [alert(2, 4)];
  expect([1, 2, 3, 4].map((hour) => modeAt(alerts, at(hour)))).toEqual(['normal', 'emergency', 'emergency', 'normal']);
  const rules = [
    { mode: 'normal' as const, name: '平时旧', since: at(0), until: at(3) },
    { mode: 'normal' as const, name: '平时新', since: at(3), until: null },
    { mode: 'emergency' as const, name: '战时', since: at(0), until: null },
  ];
  expect([1, 2, 3, 4].map((hour) => ruleAt(rules, alerts, at(hour))?.name)).toEqual([
    ...['平时旧', '战时', '战时', '平时新'],
  ]);
  expect(ruleAt(rules, alerts, new Date(0))).toBeUndefined();
});
