import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allConsequences } from '../../src/gateways/index.ts';
import { runReaction } from '../../src/kernel/reaction.ts';
import { reactionStories } from './fixtures/reaction_stories.ts';
import { allTables, differences, type Tables } from './fixtures/tables.ts';
import { openTwo } from './fixtures/twice.ts';

/**
 * Every kind of reaction that the program knows: the process that does what follows is killed before its commit, the
 * next one right after it, a third one finishes, and every table holds the same as where nothing happened.
 */
const two = await openTwo();
/** How often the reaction came to its end: a run that was broken off leaves nothing. */
const runsOf = (tables: Tables, kind: string): number =>
  (tables.get('command') ?? []).filter((row) => row.includes(`"system:${kind}"`)).length;

describe('进程死在提交以前，再启动又死在刚提交以后，再重新启动：每张表都和没有中断的一样', () => {
  it.each(Object.entries(reactionStories))('%s', async (kind, story) => {
    const { begun, after } = await two.tell(
      [
        [kind, 'before its commit'],
        [kind, 'after its commit'],
      ],
      story,
    );
    expect(runsOf(after, kind)).toBeGreaterThan(runsOf(begun, kind));
  });
});

describe('做两遍的，比得出来', () => {
  it.each([
    ['channel: tell the writer', 'message'],
    ['robot: say a test line', 'message'],
    ['campaign: follow one', 'entry'],
    ['casefile: tell of a moved date', 'message'],
  ])('%s', async (kind, table) => {
    const { runtime, county } = two.killed;
    const reaction = allConsequences.reactions.find(({ name }) => name === kind);
    const [entry] = await county.sql<{ id: string }>('select id from entry where kind = any ($1) order by ord desc', [
      reaction?.on,
    ]);
    if (!reaction || !entry) throw new Error(kind);
    const before = await allTables(county);
    // Under another name, and so as another command: nothing says that it was done.
    await runReaction(runtime, { ...reaction, name: `${kind}, again` }, 1, entry.id);
    const told = differences(await allTables(county), before).map((line) => line.split(':')[0]);
    expect(told).toContain(table);
  });
});

describe('一种也没有漏掉', () => {
  const source = readFileSync(join(import.meta.dirname, 'reactions.test.ts'), 'utf8');
  const there = [...source.matchAll(/killedDuring\(county, '([^']+)'/g)].map(([, kind]) => kind);

  it('程序里的每一种反应，这里或 reactions.test.ts 里都有', () => {
    const known = allConsequences.reactions.map(({ name }) => name).sort();
    expect([...new Set([...there, ...Object.keys(reactionStories)])].sort()).toEqual(known);
  });
});
