import { expect, inject, it } from 'vitest';
import { withOwner } from '../../../test/cluster.ts';
import { openCounty } from '../../../test/harness.ts';
import { accessAt } from './access.ts';
import { keepCalm } from './calm.ts';

const county = await openCounty();
const { host, port, user, password } = inject('cluster');
const owner = { host, port, user, password, database: county.database };
const access = accessAt({ host, port, database: county.database }, county.runtime.keys, owner, 'calm');

/** As the server's own housekeeping asks: what it does not get at once it leaves alone. */
const isLeftAlone = (table: string): Promise<boolean> =>
  withOwner(inject('cluster'), county.database, async (other) => {
    await other.query('begin');
    const refused = await other.query(`lock table ${table} in share update exclusive mode nowait`).then(
      () => false,
      ({ code }) => code === '55P03',
    );
    await other.query('rollback');
    return refused;
  });

it('种演示县的时候：数据库自己的整理不来打断，读写照常，结束就放开', async () => {
  const calm = await keepCalm(access);
  expect(await isLeftAlone('casefile')).toBe(true);
  // What comes and goes with every entry is swept as ever.
  expect(await isLeftAlone('entry_pending')).toBe(false);
  const sunli = await county.as('孙丽');
  expect((await sunli.get('/api/me')).status).toBe(200);
  await calm.look();
  expect(await isLeftAlone('casefile')).toBe(true);
  await calm.end();
  await expect.poll(() => isLeftAlone('casefile')).toBe(false);
});

it('没有属主权限：照常进行，什么也不锁', async () => {
  const calm = await keepCalm({ ...access, owner: undefined });
  await calm.look();
  expect(await isLeftAlone('casefile')).toBe(false);
  await calm.end();
});
