import { afterAll, expect, it } from 'vitest';
import { openAnotherApp, tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';

/** Who is turned away from the live feed before it opens; what those hear who are let in stands in test/live. */
const county = await openCounty();
const serious = await openAnotherApp(county, { demoAllowed: false });
afterAll(() => serious.close());

const statusFor = async (app: typeof serious, token: string): Promise<number> =>
  (await app.inject({ url: '/api/live', headers: { authorization: `Bearer ${token}` } })).statusCode;

it('演示账号不能用的地方，也听不到实时消息', async () => {
  await county.sql(`update account set is_demo = true where login = 'hejing'`);
  expect(await statusFor(serious, await tokenOf(county, 'hejing'))).toBe(403);
});

it('还没有改初始密码的，先去改密码', async () => {
  await county.sql(`update account set is_demo = false, must_change_password = true where login = 'chenmin'`);
  const token = await tokenOf(county, 'chenmin');
  expect(await statusFor(serious, token)).toBe(403);
  expect(await statusFor(county.app, token)).toBe(403);
});
