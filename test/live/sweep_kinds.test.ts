import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allConsequences } from '../../src/gateways/index.ts';
import {
  fourYearsLater,
  halfAYearLater,
  oneStatement,
  retained,
  retainedLonger,
  sweepStories,
} from './fixtures/sweep_stories.ts';
import { differences, figureTables } from './fixtures/tables.ts';
import { openTwo } from './fixtures/twice.ts';

/**
 * Every kind of work that is done by the clock: the process is killed before the first commit in which it wrote something,
 * another one finishes, and every table holds the same as where nothing happened.
 */
const two = await openTwo();

async function agreeOnFigures(): Promise<void> {
  const [sums, as] = await Promise.all([figureTables(two.killed.county), figureTables(two.undisturbed.county)]);
  expect(differences(sums, as)).toEqual([]);
  expect(sums.get('figure_counted')).not.toEqual([]);
}

describe('进程死在提交以前，重新启动以后：每张表都和没有中断的一样', () => {
  it.each(Object.entries(sweepStories))('%s', async (kind, story) => {
    const { begun, after } = await two.tell([[kind, 'before its commit']], story);
    if (kind === 'cases added up for figures') await agreeOnFigures();
    else expect(differences(after, begun)).not.toEqual([]);
  });

  it(`半年以后：${retained.join('、')}`, async () => {
    await two.tell(
      retained.map((kind) => [kind, 'before its commit']),
      halfAYearLater,
    );
  });

  it(`四年以后：${retainedLonger.join('、')}`, async () => {
    await two.tell(
      retainedLonger.map((kind) => [kind, 'before its commit']),
      fourYearsLater,
    );
  });
});

describe('一种也没有漏掉', () => {
  const source = readFileSync(join(import.meta.dirname, 'sweeps.test.ts'), 'utf8');
  const there = [...source.matchAll(/killedDuring\(county, '([^']+)'/g)].map(([, kind]) => kind);

  it('程序里每一种到时候要做的事，这里或 sweeps.test.ts 里都有，不然写明为什么没有', () => {
    const { sweeps, outside = [], retention, nightly = [] } = allConsequences;
    const known = [...sweeps, ...outside, ...retention, ...nightly].map(({ name }) => name).sort();
    const here = [...Object.keys(sweepStories), ...retained, ...retainedLonger, ...oneStatement];
    expect([...new Set([...there, ...here])].sort()).toEqual(known);
  });
});
