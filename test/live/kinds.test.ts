import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allConsequences } from '../../src/gateways/index.ts';
import { openCounty } from '../harness.ts';
import { MINUTE } from '../telling.ts';
import { openWorld, stories, type World } from './fixtures/kind_stories.ts';
import { allTables, differences, type Tables } from './fixtures/tables.ts';
import { finishedByAnother, killedDuring } from './killed.ts';

/**
 * Every kind of reaction that the program knows: one story is told in two counties alike. In one the process that does
 * what follows is killed before its commit and another one finishes; in the other nothing happens to it. Afterwards every
 * table holds the same in both.
 */
const [killed, undisturbed] = [await openWorld(await openCounty()), await openWorld(await openCounty())];
const both = [killed, undisturbed];
const finish = ({ county, runtime }: World): Promise<void> => finishedByAnother(county, runtime);
/** How often the reaction came to its end: a run that was broken off leaves nothing. */
const runsOf = (tables: Tables, kind: string): number =>
  (tables.get('command') ?? []).filter((row) => row.includes(`"system:${kind}"`)).length;

describe('进程死在提交以前，重新启动以后：每张表都和没有中断的一样', () => {
  it.each(Object.entries(stories))('%s', async (kind, story) => {
    for (const { county } of both) county.clock.advance(MINUTE);
    await Promise.all(both.map(story));
    const begun = await allTables(killed.county);
    await Promise.all([
      killedDuring(killed.county, kind, 'before its commit').then(() => finish(killed)),
      finish(undisturbed),
    ]);
    const [after, as] = await Promise.all([allTables(killed.county), allTables(undisturbed.county)]);
    expect(differences(after, as)).toEqual([]);
    expect(runsOf(after, kind)).toBeGreaterThan(runsOf(begun, kind));
  });
});

describe('一种也没有漏掉', () => {
  const told = [
    ...readFileSync(join(import.meta.dirname, 'reactions.test.ts'), 'utf8').matchAll(
      /killedDuring\(county, '([^']+)'/g,
    ),
  ].map(([, kind]) => kind);

  it('程序里的每一种反应，这里或 reactions.test.ts 里都有', () => {
    const known = allConsequences.reactions.map(({ name }) => name).sort();
    expect([...new Set([...told, ...Object.keys(stories)])].sort()).toEqual(known);
  });
});
