import pg from 'pg';
import { expect, it } from 'vitest';
import { openStrongbox } from '../../../test/fixtures/keeping.ts';
import { openCounty } from '../../../test/harness.ts';
import { prepareRoles } from './roles.ts';

const box = openStrongbox(await openCounty());

it('一台服务器上几个库同时准备角色：谁也不出错', async () => {
  const prepared = async (times: number): Promise<number> => {
    const access = await box.emptyDatabase();
    const client = new pg.Client(access.owner);
    await client.connect();
    for (let i = 0; i < times; i += 1) await prepareRoles(client, access);
    await client.end();
    return times;
  };
  expect(await Promise.all([1, 2, 3].map(() => prepared(20)))).toEqual([20, 20, 20]);
});
