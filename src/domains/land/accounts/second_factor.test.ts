import { type TOTP, URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { browserAt, type Made, makeAccount } from './fixtures/people.ts';

const county = await openCounty();
const { clock } = county;
const home = browserAt(county, '203.0.113.1');
const STEP = 30_000;
const authenticator = (address: string): TOTP => URI.parse(address) as TOTP;
const codeAt = (totp: TOTP, shiftMs = 0): string => totp.generate({ timestamp: clock.now().getTime() + shiftMs });
const wrongCode = (totp: TOTP): string => {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeAt(totp, steps * STEP));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? '666666';
};
const tokenOf = async ({ login, password }: Made, more: object = {}): Promise<string> =>
  (await home.signIn(login, password, more)).body.token;

async function withFactor(login: string): Promise<{ made: Made; totp: TOTP; token: string }> {
  const made = await makeAccount(county, login);
  const token = await tokenOf(made);
  const begun = (await home.as(token).post('/api/second-factor/begin')).body;
  const totp = authenticator(begun.address);
  const done = await home.as(token).post('/api/second-factor/confirm', { pending: begun.pending, code: codeAt(totp) });
  expect(done.body).toEqual({ confirmed: true });
  clock.advance(2 * STEP);
  return { made, totp, token };
}

describe('设置第二重验证', () => {
  it('二维码里有账号名，验证器一扫就能用；确认之前不生效', async () => {
    const made = await makeAccount(county, 'begins');
    const begun = await home.as(await tokenOf(made)).post('/api/second-factor/begin');
    expect(begun.body.address).toMatch(/^otpauth:\/\/totp\/Jingwei:begins\?/);
    expect(authenticator(begun.body.address).secret.bytes.length).toBeGreaterThanOrEqual(20);
    expect(begun.body.pending).not.toContain(authenticator(begun.body.address).secret.base32);
    expect((await home.signIn(made.login, made.password)).status).toBe(200);
  });

  it('数字不对不能确认', async () => {
    const made = await makeAccount(county, 'fumbles');
    const me = home.as(await tokenOf(made));
    const { address, pending } = (await me.post('/api/second-factor/begin')).body;
    const reply = await me.post('/api/second-factor/confirm', { pending, code: wrongCode(authenticator(address)) });
    expect(reply).toMatchObject({
      status: 401,
      body: { code: 'account.code_wrong', title: '6 位数字不对，或者已经用过' },
    });
    expect((await home.signIn(made.login, made.password)).status).toBe(200);
  });

  it('拿别人的、改过的、瞎编的待确认内容：说不对，不出错', async () => {
    const [mine, theirs] = [await makeAccount(county, 'swap1'), await makeAccount(county, 'swap2')];
    const [me, they] = [home.as(await tokenOf(mine)), home.as(await tokenOf(theirs))];
    const begun = (await they.post('/api/second-factor/begin')).body;
    const code = codeAt(authenticator(begun.address));
    const flipped = Buffer.from(begun.pending, 'base64');
    flipped[20] = (flipped[20] ?? 0) ^ 1;
    for (const pending of [begun.pending, flipped.toString('base64'), Buffer.from('made up').toString('base64'), ''])
      expect((await me.post('/api/second-factor/confirm', { pending, code })).status, pending).toBeLessThan(500);
    expect((await home.signIn(mine.login, mine.password)).status).toBe(200);
  });

  it('秘密在数据库里是封着的', async () => {
    const { made, totp } = await withFactor('sealed');
    const [row] = await county.sql<{ kept: Buffer }>('select second_factor as kept from account where id = $1', [
      made.accountId,
    ]);
    expect(row?.kept.toString('latin1')).not.toContain(totp.secret.base32);
    expect(row?.kept.includes(Buffer.from(totp.secret.bytes))).toBe(false);
  });
});

describe('用第二重验证登录', () => {
  it('密码对了还要数字；数字对才进得来', async () => {
    const { made, totp } = await withFactor('enters');
    const asked = await home.signIn(made.login, made.password);
    expect(asked).toMatchObject({
      status: 401,
      body: { code: 'account.code_needed', title: '请输入验证器上的 6 位数字' },
    });
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp) })).status).toBe(200);
  });

  it('密码不对，不说还要不要数字', async () => {
    const { made, totp } = await withFactor('silent');
    for (const more of [{}, { code: codeAt(totp) }])
      expect((await home.signIn(made.login, 'wrong', more)).body.code).toBe('account.wrong');
  });

  it('一个数字只能用一次，哪怕同时来两个', async () => {
    const { made, totp } = await withFactor('once');
    const code = codeAt(totp);
    const both = await Promise.all([1, 2].map(() => home.signIn(made.login, made.password, { code })));
    expect(both.map((reply) => reply.status).sort()).toEqual([200, 401]);
    expect((await home.signIn(made.login, made.password, { code })).body.code).toBe('account.code_wrong');
    clock.advance(STEP);
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp) })).status).toBe(200);
  });

  it('用过新的，旧的那个就不能再用', async () => {
    const { made, totp } = await withFactor('backwards');
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp, STEP) })).status).toBe(200);
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp) })).body.code).toBe('account.code_wrong');
  });

  it('手机的钟差半分钟可以，差一分半不行', async () => {
    const { made, totp } = await withFactor('window');
    clock.advance(10 * STEP);
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp, -3 * STEP) })).status).toBe(401);
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp, 3 * STEP) })).status).toBe(401);
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp, -STEP) })).status).toBe(200);
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp, STEP) })).status).toBe(200);
  });

  it('猜数字也要等，和猜密码一样', async () => {
    const { made, totp } = await withFactor('guessed');
    const at = browserAt(county, '203.0.113.77');
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1)
      statuses.push((await at.signIn(made.login, made.password, { code: wrongCode(totp) })).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
  });
});

describe('取消和更换', () => {
  it('凭数字取消，以后只要密码', async () => {
    const { made, totp, token } = await withFactor('removes');
    const me = home.as(token);
    expect((await me.post('/api/second-factor/remove', { code: wrongCode(totp) })).body.code).toBe(
      'account.code_wrong',
    );
    expect((await me.post('/api/second-factor/remove', { code: codeAt(totp) })).body).toEqual({ removed: true });
    expect((await home.signIn(made.login, made.password)).status).toBe(200);
    expect((await me.post('/api/second-factor/remove', { code: codeAt(totp) })).body.code).toBe('account.no_factor');
  });

  it('已经有第二重验证，拿到登录的人不能不经它就换成自己的', async () => {
    const { made, totp, token } = await withFactor('stolen');
    const thief = home.as(token);
    const begun = (await thief.post('/api/second-factor/begin')).body;
    if (begun.pending) {
      const code = codeAt(authenticator(begun.address));
      const reply = await thief.post('/api/second-factor/confirm', { pending: begun.pending, code });
      expect(reply.status).toBeGreaterThanOrEqual(400);
    }
    clock.advance(STEP);
    expect((await home.signIn(made.login, made.password, { code: codeAt(totp) })).status).toBe(200);
  });
});

it('我们这边出了错，不算他输错一次', async () => {
  const { made, totp } = await withFactor('ourfault');
  await county.sql(`update account set second_factor = '\\x00' where login = 'ourfault'`);
  const failures = async () =>
    (await county.sql<{ n: number }>('select coalesce(sum(failures), 0)::int as n from sign_in_delay'))[0]?.n;
  const before = await failures();
  expect((await home.signIn(made.login, made.password, { code: codeAt(totp) })).status).toBe(500);
  expect(await failures()).toBe(before);
});
