import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { DAY, HOUR } from '../../../../test/telling.ts';
import { execute } from '../../../kernel/command.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { browserAt, makeAccount } from './fixtures/people.ts';
import { hashPassword, resetPassword } from './index.ts';

const county = await openCounty();
const { clock } = county;
const home = browserAt(county, '203.0.113.1');
const signedIn = async (login: string, password: string) => {
  const opened = await home.signIn(login, password);
  expect(opened.status).toBe(200);
  return home.as(opened.body.token);
};

describe('初始密码', () => {
  it('没改之前只能看自己、改密码、退出；别的都说“请先修改初始密码”', async () => {
    const { login, password } = await makeAccount(county, 'fresh', { mustChangePassword: true });
    const opened = await home.signIn(login, password);
    expect(opened.body.mustChangePassword).toBe(true);
    const me = home.as(opened.body.token);
    expect((await me.get('/api/me')).body.mustChangePassword).toBe(true);
    for (const url of ['/api/inbox', '/api/sessions', '/api/messages', '/api/bodies'])
      expect(await me.get(url), url).toMatchObject({
        status: 403,
        body: { code: 'account.change_password', title: '请先修改初始密码' },
      });
    expect((await me.post('/api/second-factor/begin')).body.code).toBe('account.change_password');
    expect((await me.del('/api/session')).status).toBe(200);
  });

  it('改好就能工作，别处的登录都结束，旧密码作废', async () => {
    const { login, password } = await makeAccount(county, 'changes', { mustChangePassword: true });
    const [here, there] = [await signedIn(login, password), await signedIn(login, password)];
    const fresh = '一个自己想的长密码';
    expect(await here.post('/api/password', { old: password, fresh: `${fresh}!` })).toMatchObject({
      status: 200,
      body: { ended: 1 },
    });
    expect((await here.get('/api/inbox')).status).toBe(200);
    expect(await there.get('/api/me')).toMatchObject({
      status: 401,
      body: { code: 'session.ended', title: '请先登录' },
    });
    expect((await home.signIn(login, password)).status).toBe(401);
    expect((await home.signIn(login, `${fresh}!`)).body.mustChangePassword).toBe(false);
  });

  it.each([
    ['旧密码不对', 'not the old one', 'a new long password', 401, 'account.wrong'],
    ['和旧的一样', 'correct horse battery', 'correct horse battery', 422, 'account.same_password'],
    ['太短', 'correct horse battery', 'short', 422, 'input.invalid'],
    ['太长', 'correct horse battery', 'x'.repeat(201), 422, 'input.invalid'],
  ])('%s:不改，还能用旧的', async (_why, old, fresh, status, code) => {
    const made = await makeAccount(county, `keeps${clock.now().getTime() % 1e9}`);
    clock.advance(1);
    const me = await signedIn(made.login, made.password);
    expect(await me.post('/api/password', { old, fresh })).toMatchObject({ status, body: { code } });
    expect((await home.signIn(made.login, made.password)).status).toBe(200);
  });

  it('全角写的旧密码和半角的一样，也不算新的', async () => {
    const made = await makeAccount(county, 'halfwidth', { password: 'password 12345' });
    const me = await signedIn(made.login, made.password);
    const reply = await me.post('/api/password', { old: 'password 12345', fresh: 'ｐａｓｓｗｏｒｄ　１２３４５' });
    expect(reply.body.code).toBe('account.same_password');
  });

  it('操作员重置：新的初始密码，所有登录结束，第二重验证去掉', async () => {
    const made = await makeAccount(county, 'reset-me');
    const me = await signedIn(made.login, made.password);
    await county.sql(`update account set second_factor = '\\x00' where id = $1`, [made.accountId]);
    const passwordHash = await hashPassword('the next first one', 4);
    await execute(
      county.runtime,
      asSystem(1, 'operator'),
      { id: county.runtime.ids.newId(), name: 'reset', input: {} },
      {
        work: (ctx) => resetPassword(ctx, made.login, passwordHash),
      },
    );
    expect((await me.get('/api/me')).status).toBe(401);
    expect((await home.signIn(made.login, made.password)).status).toBe(401);
    expect((await home.signIn(made.login, 'the next first one')).body.mustChangePassword).toBe(true);
  });
});

describe('登录列表', () => {
  it('看得到自己在哪里登录着，哪个是这一个；能结束别的', async () => {
    const made = await makeAccount(county, 'lists');
    const [here, there] = [await signedIn(made.login, made.password), await signedIn(made.login, made.password)];
    const { body } = await here.get('/api/sessions');
    expect(body).toHaveLength(2);
    expect(body.filter((one: { isThisOne: boolean }) => one.isThisOne)).toHaveLength(1);
    const other = body.find((one: { isThisOne: boolean }) => !one.isThisOne);
    expect((await here.del(`/api/sessions/${other.id}`)).body).toEqual({ ended: 1 });
    expect((await there.get('/api/me')).status).toBe(401);
    expect((await here.del(`/api/sessions/${other.id}`)).body).toEqual({ ended: 0 });
    expect((await here.get('/api/sessions')).body).toHaveLength(1);
  });

  it('看不到、也结束不了别人的登录', async () => {
    const [mine, theirs] = [await makeAccount(county, 'mine'), await makeAccount(county, 'theirs')];
    const [me, they] = [await signedIn(mine.login, mine.password), await signedIn(theirs.login, theirs.password)];
    const [own] = (await they.get('/api/sessions')).body;
    expect((await me.get('/api/sessions')).body.map((one: { id: string }) => one.id)).not.toContain(own.id);
    expect((await me.del(`/api/sessions/${own.id}`)).body).toEqual({ ended: 0 });
    expect((await they.get('/api/me')).status).toBe(200);
  });

  it('退出就结束,cookie 也收走', async () => {
    const made = await makeAccount(county, 'leaves');
    const opened = await home.signIn(made.login, made.password, { bearer: false });
    const cookie = opened.cookie?.split(';')[0] ?? '';
    const closed = await home.send({ method: 'DELETE', url: '/api/session', headers: { cookie } });
    expect(closed).toMatchObject({ status: 200, body: { ended: 1 } });
    expect(closed.cookie).toMatch(/^jingwei=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
    expect((await home.send({ url: '/api/me', headers: { cookie } })).status).toBe(401);
  });

  it('一直在用，满一个月也要重新登录', async () => {
    const made = await makeAccount(county, 'month');
    const me = await signedIn(made.login, made.password);
    for (let hours = 0; hours < 30 * 24 - 8; hours += 8) {
      clock.advance(8 * HOUR);
      expect((await me.get('/api/me')).status).toBe(200);
    }
    clock.advance(8 * HOUR);
    expect((await me.get('/api/me')).status).toBe(401);
  });

  it('十二小时没有人用，就结束', async () => {
    const made = await makeAccount(county, 'idle');
    const me = await signedIn(made.login, made.password);
    clock.advance(11 * HOUR);
    expect((await me.get('/api/me')).status).toBe(200);
    clock.advance(11 * HOUR);
    expect((await me.get('/api/me')).status).toBe(200);
    clock.advance(13 * HOUR);
    expect((await me.get('/api/me')).body.code).toBe('session.ended');
  });

  it('账号停用，马上就用不了', async () => {
    const made = await makeAccount(county, 'stopped');
    const me = await signedIn(made.login, made.password);
    await county.sql('update account set closed_at = $2 where id = $1', [made.accountId, clock.now()]);
    expect((await me.get('/api/me')).status).toBe(401);
  });

  it('免去的岗位，下一次请求就不再有', async () => {
    const [admin, wu] = [await county.as('管理员'), await county.as('吴芳')];
    const before = (await wu.get('/api/me')).body.posts;
    expect(before).toHaveLength(2);
    const holding = { postId: before[0].id, personId: (await wu.get('/api/me')).body.personId };
    expect((await admin.post('/api/holdings/end', holding)).status).toBe(200);
    expect((await wu.get('/api/me')).body.posts.map((one: { id: string }) => one.id)).toEqual([before[1].id]);
    clock.advance(DAY);
  });
});
