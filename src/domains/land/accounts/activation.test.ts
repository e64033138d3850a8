import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { execute } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { addPerson } from '../staff/index.ts';
import { accountRetention, addWaitingAccount, issueSlip, issueSlips, resetPassword, type Slip } from './index.ts';

const county = await openCounty();
const { anyone, app, clock, runtime, sql } = county;
const DAY = 86_400_000;
const password = '清早的河面上有一层薄雾';

let made = 0;
const bySystem = async <T extends object>(work: (ctx: Ctx) => Promise<T>): Promise<T> => {
  let got: T | undefined;
  const command = { id: runtime.ids.newId(), name: 'test', input: {} };
  await execute(runtime, asSystem(1, 'test'), command, {
    work: async (ctx) => {
      got = await work(ctx);
      return {};
    },
  });
  return got as T;
};
const newcomer = (days = 14): Promise<Slip> =>
  bySystem(async (ctx) => {
    made += 1;
    const personId = runtime.ids.newId();
    const account = { id: runtime.ids.newId(), login: `new${made}`, personId, name: `新人${made}` };
    await addPerson(ctx, { id: personId, name: account.name, phone: null });
    await addWaitingAccount(ctx, account);
    return issueSlip(ctx, { ...account, accountId: account.id }, days);
  });
const reissue = async (login: string): Promise<Slip> =>
  (await bySystem((ctx) => issueSlips(ctx, [login], 14)))[0] as Slip;
const look = (token: string) => anyone.post('/api/activation/look', { token });
const use = (token: string, wish = password) => anyone.post('/api/activation', { token, password: wish });
const signIn = (login: string, wish = password) => anyone.post('/api/session', { login, password: wish, bearer: true });
const entriesOf = async (kind: string): Promise<number> =>
  (await sql<{ n: number }>('select count(*)::int as n from entry where kind = $1', [kind]))[0]?.n ?? 0;

describe('启用单', () => {
  it('本人设密码，用一次就完；看几次都不算用', async () => {
    const slip = await newcomer();
    for (let i = 0; i < 3; i += 1)
      expect((await look(slip.token)).body).toMatchObject({ login: slip.login, name: slip.name });
    expect((await signIn(slip.login)).status, '没启用登不进').toBe(401);
    const before = await entriesOf('account.activated');
    expect(await use(slip.token)).toMatchObject({ status: 200, body: { login: slip.login } });
    expect(await entriesOf('account.activated')).toBe(before + 1);
    expect(await signIn(slip.login)).toMatchObject({ status: 200, body: { mustChangePassword: false } });
    expect(await use(slip.token, '另外一句足够长的密码话')).toMatchObject({
      status: 409,
      body: { code: 'activation.used' },
    });
    expect((await look(slip.token)).body.code).toBe('activation.used');
    expect(await entriesOf('account.activated')).toBe(before + 1);
    expect((await signIn(slip.login)).status, '密码没有变').toBe(200);
  });

  it('同一次提交再发：说用过了，只有一条流水', async () => {
    const slip = await newcomer();
    const commandId = runtime.ids.newId();
    const send = () => anyone.post('/api/activation', { token: slip.token, password }, commandId);
    expect((await send()).status).toBe(200);
    expect((await send()).body.code).toBe('activation.used');
  });

  it('几个人同时用一张：只成一个', async () => {
    const slip = await newcomer();
    const before = await entriesOf('account.activated');
    const all = await Promise.all(['甲', '乙', '丙'].map((who) => use(slip.token, `${who}设的一句足够长的密码话`)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await entriesOf('account.activated')).toBe(before + 1);
  });

  it('手打的也认：小写、没有横线、O 当 0', async () => {
    const slip = await newcomer();
    const typed = slip.token.toLowerCase().replaceAll('-', '').replaceAll('0', 'o');
    expect((await look(typed)).body).toMatchObject({ login: slip.login });
  });

  it('密码太短：说清楚，单子还有效', async () => {
    const slip = await newcomer();
    expect(await use(slip.token, '太短')).toMatchObject({ status: 422, body: { code: 'input.invalid' } });
    expect((await use(slip.token)).status).toBe(200);
  });

  it('过期的不行，说过期；清理以后就是没有', async () => {
    const slip = await newcomer(1);
    clock.advance(DAY);
    expect(await use(slip.token)).toMatchObject({ status: 410, body: { code: 'activation.expired' } });
    clock.advance(181 * DAY);
    const sweep = accountRetention.find(({ name }) => name.includes('slip'));
    expect(await sweep?.run(runtime, 1, throwFault)).toBe(1);
    expect((await look(slip.token)).body.code).toBe('activation.unknown');
  });

  it('重新打印：旧的作废，新的能用；启用以后不再打印', async () => {
    const old = await newcomer();
    const fresh = await reissue(old.login);
    expect(await use(old.token)).toMatchObject({ status: 410, body: { code: 'activation.void' } });
    expect((await use(fresh.token)).status).toBe(200);
    await expect(reissue(old.login)).rejects.toMatchObject({ code: 'activation.active_already' });
    await expect(reissue('nobody')).rejects.toMatchObject({ code: 'account.not_found' });
  });

  it('管理员重置了密码，手上的单子也作废', async () => {
    const slip = await newcomer();
    await bySystem((ctx) => resetPassword(ctx, slip.login, 'scrypt$4$x$x'));
    expect((await use(slip.token)).body.code).toBe('activation.void');
  });

  it('账号停了：单子作废', async () => {
    const slip = await newcomer();
    await sql('update account set closed_at = now() where login = $1', [slip.login]);
    expect((await use(slip.token)).body.code).toBe('activation.void');
  });

  it('一个人一张都没有的才补打', async () => {
    const slip = await newcomer(2);
    const waiting = async () => (await bySystem((ctx) => issueSlips(ctx, null, 14))).map(({ login }) => login);
    expect(await waiting()).not.toContain(slip.login);
    clock.advance(3 * DAY);
    expect(await waiting()).toContain(slip.login);
  });

  it('库里只有令牌的散列；流水里没有令牌', async () => {
    const slip = await newcomer();
    await use(slip.token);
    const rows = await sql<{ text: string }>(
      `select to_jsonb(a)::text as text from activation a union all select to_jsonb(e)::text from entry e
       union all select to_jsonb(c)::text from command c`,
    );
    expect(rows.filter(({ text }) => text.includes(slip.token.slice(-11)))).toEqual([]);
  });
});

describe('猜', () => {
  const guess = (i: number): string => `1.AAAAA-BBBBB-CCCCC-${String(i).padStart(5, '0')}`;
  it('越猜越慢；等过了还能用真的；老单子、看不懂的字不泄露什么', async () => {
    clock.advance(2 * DAY);
    const slip = await newcomer();
    for (let i = 0; i < 5; i += 1) expect((await look(guess(i))).body.code).toBe('activation.unknown');
    const slow = await look(slip.token);
    expect(slow).toMatchObject({ status: 429, body: { code: 'activation.wait' } });
    expect(slow.headers['retry-after']).toBeDefined();
    const waits: number[] = [];
    for (let i = 5; i < 10; i += 1) {
      const told = await use(guess(i));
      const seconds = Number(told.headers['retry-after'] ?? 0);
      waits.push(seconds);
      clock.advance(seconds * 1000);
      expect((await look(guess(i))).body.code).toBe('activation.unknown');
    }
    expect(waits).toEqual([1, 2, 4, 8, 16]);
    clock.advance(300_000);
    expect((await use(slip.token)).status).toBe(200);
  });

  it.each([
    ['不是码'],
    ['1.'],
    ['99999.AAAAABBBBBCCCCCDDDDD'],
    ['1.UUUUU-BBBBB-CCCCC-DDDDD'],
    ['2.AAAAA-BBBBB-CCCCC-DDDDD'],
  ])('%s：没有这张', async (token) => {
    clock.advance(2 * DAY);
    expect(await look(token)).toMatchObject({ status: 404, body: { code: 'activation.unknown' } });
  });
});

describe('网页', () => {
  const page = (method: 'GET' | 'POST', url: string, payload?: string, language = 'zh-CN') =>
    app.inject({
      method,
      url,
      ...(payload !== undefined && { payload }),
      headers: {
        accept: 'text/html',
        'accept-language': language,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  const form = (one: string, again: string): string =>
    new URLSearchParams({ password: one, again, login: 'whoever' }).toString();

  it('扫码、设密码、去登录；中文英文都有；两次不一样就再来', async () => {
    clock.advance(2 * DAY);
    const slip = await newcomer();
    const shown = await page('GET', `/activate/${slip.token}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['cache-control']).toBe('no-store');
    expect(shown.body).toContain(slip.name);
    expect(shown.body).toContain('autocomplete="new-password"');
    expect((await page('GET', `/activate/${slip.token}`, undefined, 'en')).body).toContain('Choose a password');
    const differ = await page('POST', `/activate/${slip.token}`, form(password, `${password}！`));
    expect(differ.statusCode).toBe(422);
    expect(differ.body).toContain('两次输入的密码不一样');
    const done = await page('POST', `/activate/${slip.token}`, form(password, password));
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('已启用');
    expect(done.body).not.toContain(password);
    expect((await signIn(slip.login)).status).toBe(200);
    const again = await page('GET', `/activate/${slip.token}`);
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain('已经用过');
  });

  it('不能扫码的自己输入；输错了留在输入的页', async () => {
    clock.advance(2 * DAY);
    const slip = await newcomer();
    expect((await page('GET', '/activate')).body).toContain('启用码');
    const typed = await page('GET', `/activate?token=${slip.token.toLowerCase().replaceAll('-', '')}`);
    expect(typed.headers.location).toBe(`/activate/${slip.token}`);
    const wrong = await page('GET', '/activate/1.AAAAA-BBBBB-CCCCC-DDDDD');
    expect(wrong.statusCode).toBe(404);
    expect(wrong.body).toContain('没有这张启用单');
  });
});
