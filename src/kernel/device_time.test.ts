import { expect, it } from 'vitest';
import { deviceTime } from './device_time.ts';

const now = new Date('2026-03-05T08:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (ms: number): string => new Date(now.getTime() + ms).toISOString();

it('没有说什么时候发生，就是现在', () => {
  expect(deviceTime(now, undefined, undefined)).toEqual(now);
  expect(deviceTime(now, undefined, at(-DAY))).toEqual(now);
});

it('钟准的手机：说几点就是几点', () => {
  expect(deviceTime(now, at(-2 * HOUR), at(0))).toEqual(new Date(now.getTime() - 2 * HOUR));
});

it.each([
  ['慢一天', -DAY],
  ['快一天', DAY],
  ['快十年', 3652 * DAY],
  ['慢到 1970 年', -now.getTime() + 5 * HOUR],
])('手机的钟%s:按发送时的误差改正', (_how, error) => {
  expect(deviceTime(now, at(error - 3 * HOUR), at(error))).toEqual(new Date(now.getTime() - 3 * HOUR));
});

it('没说发送时间又写到了将来：只能是现在', () => {
  expect(deviceTime(now, at(DAY), undefined)).toEqual(now);
});

it('改正以后还在将来：只能是现在', () => {
  expect(deviceTime(now, at(DAY), at(0))).toEqual(now);
});

it('离线几个星期，发生的时间照样保留', () => {
  const happened = -40 * DAY;
  expect(deviceTime(now, at(happened), at(0))).toEqual(new Date(now.getTime() + happened));
});

it('说是两个多月以前：不可信，算现在', () => {
  expect(deviceTime(now, at(-61 * DAY), at(0))).toEqual(now);
  expect(deviceTime(now, at(-59 * DAY), at(0))).toEqual(new Date(now.getTime() - 59 * DAY));
});

it('带时区的写法也认', () => {
  expect(deviceTime(now, '2026-03-05T15:30:00+08:00', '2026-03-05T16:00:00+08:00')).toEqual(
    new Date('2026-03-05T07:30:00Z'),
  );
});

it('结果总是一个时间', () => {
  for (const text of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])
    expect(Number.isNaN(deviceTime(now, text, text).getTime())).toBe(false);
});
