import { expect, test } from 'vitest';
import type { Id } from '../../src/kernel/id.ts';
import { mayRead, readsAt } from './oracle.ts';
import { reporterBy } from './viewers.ts';
import type { World } from './world.ts';

/** Why somebody reads a matter: the areas of their posts, or a row that names them. There is no third way. */
export function tellGrounds(world: World): void {
  const { county, matters, things, grounds } = world;
  const living = matters.filter(({ gone }) => !gone);
  const granted = () =>
    county.sql<{ record: Id; grantee: Id; ground: string }>(
      `select record_id as record, grantee, ground from access_grant where record_kind = 'casefile'`,
    );

  test('授权表里的每一条都说得出理由，说得出理由的都在授权表里', async () => {
    const rows = (await granted()).map(({ record, grantee }) => `${things.get(record)?.matter?.key} ${grantee}`);
    const reasoned = living.flatMap(({ key, id }) => [...(grounds.of.get(id) ?? [])].map((name) => `${key} ${name}`));
    expect([...new Set(rows)].sort()).toEqual(reasoned.sort());
  });

  test('每一种理由都有人只凭它看得到；保密的，区域不算理由；没有理由的看不到', async () => {
    const rows = await granted();
    const reporters = living.filter(({ realm }) => realm === 1).map(({ key, code }) => reporterBy(county, code, key));
    const alone = new Set<string>();
    for (const viewer of [...world.viewers, ...reporters])
      for (const matter of living) {
        const { id, realm, place, confidential } = matter;
        const mine = rows.filter(({ record, grantee }) => record === id && viewer.names.has(grantee));
        const byName = viewer.realm === realm ? mine.map(({ ground }) => ground) : [];
        const byArea = !confidential && readsAt(viewer, realm, place) ? ['area'] : [];
        const reasons = new Set([...byName, ...byArea]);
        expect([viewer.name, matter.key, reasons.size > 0]).toEqual([
          ...[viewer.name, matter.key, mayRead(viewer, matter, grounds)],
        ]);
        if (reasons.size === 1) alone.add(`${[...reasons][0]}${confidential ? ' 保密' : ''}`);
      }
    const open = ['area', 'duty', 'code', 'merged'];
    const secret = ['duty 保密', 'code 保密', 'named 保密', 'author 保密', 'escalated 保密'];
    expect([...alone]).toEqual(expect.arrayContaining([...open, ...secret]));
    expect([...alone].filter((one) => one.startsWith('area '))).toEqual([]);
  });
}
