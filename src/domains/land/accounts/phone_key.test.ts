import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';

const county = await openCounty();

describe('忘记手机数字密码时的钥匙', () => {
  it('同一个账号每次登录拿到同一把，别人拿到别的', async () => {
    const first = await (await county.as('王秀兰')).get('/api/me/phone-key');
    const again = await (await county.as('王秀兰')).get('/api/me/phone-key');
    const other = await (await county.as('何静')).get('/api/me/phone-key');
    expect(first.status).toBe(200);
    expect(Buffer.from(first.body.key, 'base64')).toHaveLength(32);
    expect(again.body.key).toBe(first.body.key);
    expect(other.body.key).not.toBe(first.body.key);
  });

  it('登录久了的不给：捡到手机的人没有密码；没登录的不给', async () => {
    const worker = await county.as('王秀兰');
    county.clock.advance(11 * 60_000);
    const late = await worker.get('/api/me/phone-key');
    expect(late.status).toBe(403);
    expect(late.body.code).toBe('account.sign_in_again');
    expect((await county.anyone.get('/api/me/phone-key')).status).toBe(401);
  });
});
