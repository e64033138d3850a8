import { describe, expect, it } from 'vitest';
import { groupsOf } from './inbox.groups.ts';
import type { Duty } from './questions.ts';

const now = new Date('2026-11-22T07:00:00Z'); // 15:00 in Shanghai
const duty = (id: string, dueAt: string | null, more: Partial<Duty['clock']> = {}): Duty =>
  ({ id, clock: { state: 'running', dueAt, late: false, near: false, ...more } }) as Duty;
const grouped = (duties: Duty[]): [string, string[]][] =>
  groupsOf(duties, now, 'Asia/Shanghai').map(({ name, duties: some }) => [name, some.map(({ id }) => id)]);

describe('待办的次序', () => {
  it('超期在前，今天、七天内、以后，不计时的最后；组内先到期的在前，空组不出现', () => {
    expect(
      grouped([
        duty('later', '2026-12-20T07:00:00Z'),
        duty('stands', null, { state: 'paused' }),
        duty('week', '2026-11-25T07:00:00Z'),
        duty('tonight', '2026-11-22T15:59:00Z'),
        duty('soon', '2026-11-22T08:00:00Z'),
        duty('late', '2026-11-20T07:00:00Z', { late: true }),
      ]),
    ).toEqual([
      ['late', ['late']],
      ['today', ['soon', 'tonight']],
      ['week', ['week']],
      ['later', ['later']],
      ['still', ['stands']],
    ]);
  });

  it('同一网络报得太多的另排在最后，超期了也不插队', () => {
    const crowd = { ...duty('crowd', '2026-11-20T07:00:00Z', { late: true }), apart: true };
    expect(grouped([crowd, duty('stands', null, { state: 'paused' })])).toEqual([
      ['still', ['stands']],
      ['apart', ['crowd']],
    ]);
  });

  it('“今天”是本县的今天：上海的午夜以后就是明天；刚过期的不等刷新', () => {
    expect(grouped([duty('midnight', '2026-11-22T16:00:00Z')])).toEqual([['week', ['midnight']]]);
    expect(grouped([duty('passed', '2026-11-22T06:59:00Z')])).toEqual([['late', ['passed']]]);
  });
});
