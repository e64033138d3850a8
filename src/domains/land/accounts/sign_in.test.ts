import { afterAll, describe, expect, it } from 'vitest';
import { openAnotherApp, tokenOf } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { DAY, MINUTE } from '../../../../test/telling.ts';
import { browserAt, makeAccount } from './fixtures/people.ts';
import { hashPassword } from './index.ts';
import { matchesPassword } from './password.outside.ts';

const county = await openCounty();
const { clock } = county;
const secure = await openAnotherApp(county, { publicUrl: 'https://grid.example.gov.cn', demoAllowed: false });
afterAll(() => secure.close());
const home = browserAt(county, '203.0.113.1');
let addresses = 0;
const elsewhere = () => {
  addresses += 1;
  return browserAt(county, `198.51.${Math.floor(addresses / 200)}.${addresses % 200}`);
};

const real = await makeAccount(county, 'real', { logN: 17 });

describe('登录', () => {
  it('真的按规定强度拉伸密码：对的能登录，错的不能', async () => {
    const { login, password } = real;
    expect((await home.signIn(login, password)).status).toBe(200);
    expect((await home.signIn(login, `${password}x`)).body.code).toBe('account.wrong');
    clock.advance(DAY);
  });

  it('网页登录只给 cookie:脚本读不到，别的网站带不走', async () => {
    const { login, password } = await makeAccount(county, 'cookie');
    const opened = await home.signIn(login, password, { bearer: false });
    expect(opened.body).toEqual({ expiresAt: expect.any(String), mustChangePassword: false });
    const [pair = '', ...flags] = (opened.cookie ?? '').split('; ');
    expect(flags.sort()).toEqual(['HttpOnly', `Max-Age=${30 * 86_400}`, 'Path=/', 'SameSite=Strict']);
    expect(pair).toMatch(/^jingwei=1\.[\w-]{43}$/);
    expect((await home.send({ url: '/api/me', headers: { cookie: pair } })).body.name).toBe('cookie');
  });

  it('https 上的 cookie 还要加 Secure，名字绑定本站', async () => {
    const { login, password } = await makeAccount(county, 'secure');
    const opened = await browserAt({ app: secure }, '203.0.113.1').signIn(login, password, { bearer: false });
    const [pair = '', ...flags] = (opened.cookie ?? '').split('; ');
    expect(flags.sort()).toEqual(['HttpOnly', `Max-Age=${30 * 86_400}`, 'Path=/', 'SameSite=Strict', 'Secure']);
    expect(pair).toMatch(/^__Host-jingwei=/);
  });

  it('程序登录在回答里拿令牌，不给 cookie', async () => {
    const { login, password } = await makeAccount(county, 'program');
    const opened = await home.signIn(login, password);
    expect(opened.cookie).toBeNull();
    expect((await home.as(opened.body.token).get('/api/me')).body.name).toBe('program');
  });

  it('令牌只存散列：数据库里找不到它', async () => {
    const { login, password } = await makeAccount(county, 'hashed');
    const { token } = (await home.signIn(login, password)).body;
    const kept = await county.sql<{ text: string }>(
      'select to_jsonb(s)::text as text from session s union all select to_jsonb(e)::text from entry e',
    );
    expect(kept.filter(({ text }) => text.includes(token.slice(2)))).toEqual([]);
  });

  it('登录名不分大小写、前后空格；密码的全角半角算同一个', async () => {
    await makeAccount(county, 'typed', { password: 'ｐａｓｓword１２３' });
    expect((await home.signIn('  TyPeD ', 'password123')).status).toBe(200);
    expect((await home.signIn('typed', 'Password123')).status).toBe(401);
  });

  it.each([
    ['1.'],
    ['1.x'],
    ['0.abc'],
    ['99999.abc'],
    ['-1.abc'],
    ['1e3.abc'],
    ['null'],
    ['.'],
    ['1'],
    ['jwk_1.abc'],
    ['jwk_'],
    ['x'.repeat(5000)],
  ])('不成样子的令牌 %s:请先登录，不出错', async (token) => {
    expect([401, 403]).toContain((await home.as(token).get('/api/me')).status);
  });
});

describe('看不出有没有这个账号', () => {
  it('密码错、没有这个账号、账号停用了：回答一模一样', async () => {
    const { login, password } = await makeAccount(county, 'known');
    const closed = await makeAccount(county, 'closed');
    await county.sql('update account set closed_at = $2 where id = $1', [closed.accountId, clock.now()]);
    const counted = async (): Promise<number> =>
      (await county.sql('select 1 from sign_in_delay where failures > 0')).length;
    const before = await counted();
    const replies = [
      await elsewhere().signIn(login, 'wrong password'),
      await elsewhere().signIn('nobody-at-all', password),
      await elsewhere().signIn(closed.login, closed.password),
    ];
    // Each failure counts for the account, the address and the two together: three rows, whether the account exists or not.
    expect((await counted()) - before).toBe(9);
    const said = replies.map(({ status, body, headers }) => ({
      status,
      body: { ...body, traceId: '' },
      headers: Object.keys(headers).sort(),
    }));
    expect(said[0]).toMatchObject({ status: 401, body: { code: 'account.wrong', title: '账号或密码不对' } });
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
  });

  it('没有这个账号时也花差不多的功夫', async () => {
    const hash = await hashPassword('some password');
    const spent = async (stored: string | null): Promise<number> => {
      const { user, system } = process.cpuUsage();
      await matchesPassword('some password', stored);
      const after = process.cpuUsage();
      return after.user + after.system - user - system;
    };
    const [there, absent] = [await spent(hash), await spent(null)];
    expect(absent / there).toBeGreaterThan(0.3);
    expect(absent / there).toBeLessThan(3);
  });
});

describe('试错了要等', () => {
  it('同一个人在同一个地方：三次以后等 1、2、4、8 秒，越来越久；等的时候密码对也不行', async () => {
    const { login, password } = await makeAccount(county, 'grows');
    const at = elsewhere();
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) expect((await at.signIn(login, 'wrong')).status).toBe(401);
    for (let i = 0; i < 5; i += 1) {
      const refused = await at.signIn(login, password);
      expect(refused).toMatchObject({ status: 429, body: { code: 'account.wait' } });
      const seconds = Number(/(\d+) 秒/.exec(refused.body.title)?.[1]);
      waits.push(seconds);
      clock.advance(seconds * 1000);
      expect((await at.signIn(login, 'wrong')).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16]);
    clock.advance(DAY);
    expect((await at.signIn(login, password)).status).toBe(200);
    for (let i = 0; i < 2; i += 1) expect((await at.signIn(login, 'wrong')).status).toBe(401);
    expect((await at.signIn(login, password)).status, '登录成功以后从头算').toBe(200);
  });

  it('在一个地方试错，不影响本人在别处登录', async () => {
    const { login, password } = await makeAccount(county, 'other-place');
    const at = elsewhere();
    for (let i = 0; i < 4; i += 1) await at.signIn(login, 'wrong');
    expect((await at.signIn(login, password)).status).toBe(429);
    expect((await elsewhere().signIn(login, password)).status).toBe(200);
  });

  it('许多陌生人从许多地方试同一个账号：本人最多等半分钟，不会被锁', async () => {
    const { login, password } = await makeAccount(county, 'attacked');
    for (let i = 0; i < 60; i += 1) {
      await elsewhere().signIn(login, 'wrong');
      clock.advance(MINUTE);
    }
    await elsewhere().signIn(login, 'wrong');
    const owner = elsewhere();
    const refused = await owner.signIn(login, password);
    expect(refused.status).toBe(429);
    expect(Number(/(\d+) 秒/.exec(refused.body.title)?.[1])).toBeLessThanOrEqual(30);
    expect(refused.body.detail).toContain('没有被锁定');
    clock.advance(30_000);
    expect((await owner.signIn(login, password)).status).toBe(200);
  });

  it('一个单位共用一个出口：同事们几个星期里各打错几次，不会让大家都登录不了', async () => {
    const office = elsewhere();
    const made = [await makeAccount(county, 'office1'), await makeAccount(county, 'office2')];
    for (let week = 0; week < 20; week += 1) {
      const { login, password } = made[week % 2] ?? { login: '', password: '' };
      for (let i = 0; i < 2; i += 1) expect((await office.signIn(login, 'typo')).status, `第 ${week} 周`).toBe(401);
      expect((await office.signIn(login, password)).status, `第 ${week} 周`).toBe(200);
      clock.advance(7 * DAY);
    }
  });

  it('一个地方挨个试许多账号：二十次以后要等', async () => {
    const at = elsewhere();
    const statuses: number[] = [];
    for (let i = 0; i < 21; i += 1) {
      const { login } = await makeAccount(county, `sprayed${i}`);
      statuses.push((await at.signIn(login, 'password123')).status);
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.slice(20)).toEqual([429]);
  });

  it('一口气同时试许多次，每一次都算', async () => {
    const { login } = await makeAccount(county, 'at-once');
    const at = elsewhere();
    const tried = await Promise.all(Array.from({ length: 12 }, () => at.signIn(login, 'wrong')));
    const refused = await at.signIn(login, 'wrong');
    expect(refused.status).toBe(429);
    // On a slow machine the last of them find the others counted and are told to wait.
    const failed = tried.filter(({ status }) => status !== 429).length;
    expect(failed).toBeGreaterThan(3);
    // Twelve failures in a row: 2^(12-3) seconds, of which a little has passed.
    expect(Number(/(\d+) 秒/.exec(refused.body.title)?.[1])).toBeGreaterThanOrEqual(2 ** (failed - 4));
  });

  it('叫等多久，标头里也说等多久', async () => {
    const { login } = await makeAccount(county, 'header');
    const at = elsewhere();
    for (let i = 0; i < 3; i += 1) await at.signIn(login, 'wrong');
    for (let i = 0; i < 6; i += 1) {
      clock.advance(MINUTE);
      await at.signIn(login, 'wrong');
    }
    const refused = await at.signIn(login, 'wrong');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(
      Number(/(\d+) 秒/.exec(refused.body.title)?.[1]),
    );
  });
});

describe('演示账号', () => {
  it('对外开放的服务器上不能登录', async () => {
    const demo = await makeAccount(county, 'demo', { isDemo: true });
    expect((await home.signIn(demo.login, demo.password)).status).toBe(200);
    const open = browserAt({ app: secure }, '203.0.113.7');
    expect(await open.signIn(demo.login, demo.password)).toMatchObject({
      status: 403,
      body: { code: 'account.demo_refused', title: '演示账号不能在这里登录' },
    });
  });

  it('早先在本机登录的，到对外开放的服务器上也用不了', async () => {
    const token = await tokenOf(county, 'chenmin');
    const open = browserAt({ app: secure }, '203.0.113.7').as(token);
    for (const url of ['/api/me', '/api/inbox', '/api/casefiles'])
      expect((await open.get(url)).body.code, url).toBe('account.demo_refused');
  });

  it('对外开放的服务器上，密码不对时不说它是演示账号', async () => {
    const demo = await makeAccount(county, 'demo2', { isDemo: true });
    const open = browserAt({ app: secure }, '203.0.113.8');
    expect((await open.signIn(demo.login, 'wrong')).body.code).toBe('account.wrong');
  });
});
