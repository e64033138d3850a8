import { expect, test } from 'vitest';
import { cleaningsDue } from './gate.model.ts';
import { gapsIn, openIn } from './hours.model.ts';

const ZONE = 'Asia/Shanghai';
/** Hours after midnight there. */
const at = (hour: number): number => Date.UTC(2026, 2, 1, hour - 8);
const span = (from: number, to: number) => ({ from: at(from), to: at(to) });
const hours = (spans: readonly { from: number; to: number }[]): string[] =>
  spans.map(({ from, to }) => `${(from - at(0)) / 3_600_000}-${(to - at(0)) / 3_600_000}`);

test('开放的时间：白天、过夜、昼夜', () => {
  const open = (opens: string, closes: string) => hours(openIn({ opens, closes }, ZONE, at(0), at(48)));
  expect(open('08:00', '20:00')).toEqual(['8-20', '32-44']);
  expect(open('20:00', '06:00')).toEqual(['0-6', '20-30', '44-48']);
  expect(open('00:00', '00:00')).toEqual(['0-24', '24-48']);
});

test('没人的钟点：开着而没排班的；连着的是一段；关着的不算', () => {
  const open = [span(8, 20)];
  expect(hours(gapsIn(open, []))).toEqual(['8-20']);
  expect(hours(gapsIn(open, [span(8, 20)]))).toEqual([]);
  expect(hours(gapsIn(open, [span(14, 22), span(6, 10), span(9, 12)]))).toEqual(['12-14']);
  expect(hours(gapsIn([span(0, 24), span(24, 48)], [span(0, 20), span(30, 48)]))).toEqual(['20-30']);
  expect(hours(gapsIn(open, [span(20, 24)]))).toEqual(['8-20']);
});

test('该消杀几次：只数满了的', () => {
  expect(cleaningsDue([span(8, 11)], 60)).toBe(3);
  expect(cleaningsDue([span(8, 11)], 120)).toBe(1);
  expect(cleaningsDue([span(8, 9)], 120)).toBe(0);
  expect(cleaningsDue([span(8, 11)], null)).toBe(0);
});
