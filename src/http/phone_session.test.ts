import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { bareRoom } from '../../test/security/belongings.ts';
import { report } from '../../test/telling.ts';
import { allEndpoints } from '../domains/index.ts';
import { browserAt, makeAccount } from '../domains/land/accounts/fixtures/people.ts';
import { figurePacks } from '../packs/figures/index.ts';

/** A month in a pocket is good for the field app and for nothing else. */
const county = await openCounty();
const { app, anyone } = county;
let [phone, desk, id] = ['', '', ''];

beforeAll(async () => {
  phone = await tokenOf(county, 'wangxiulan', 1, true);
  desk = await tokenOf(county, 'wangxiulan');
  ({ id } = await report(anyone));
});

const ask = async (url: string, token: string, method: 'GET' | 'POST' = 'GET', payload?: object) => {
  const { statusCode, body } = await app.inject({
    ...{ url, method, headers: payload ? { authorization: `Bearer ${token}` } : { cookie: `jingwei=${token}` } },
    ...(payload && { payload }),
  });
  return { status: statusCode, body, code: body.startsWith('{') ? JSON.parse(body).code : undefined };
};

describe('手机上的登录', () => {
  it('登录时说是手机，令牌就带记号；改掉记号，令牌就不认得了', async () => {
    const { login, password } = await makeAccount(county, 'pocket');
    const home = browserAt(county, '203.0.113.9');
    const { token } = (await home.signIn(login, password, { onPhone: true })).body;
    expect(token).toMatch(/^1\.phone\.[\w-]{43}$/);
    expect((await home.as(token).get('/api/me')).body.name).toBe('pocket');
    expect((await home.as(token.replace('.phone', '')).get('/api/me')).body.code).toBe('session.ended');
    expect((await home.as(token).get('/api/sessions')).body.code).toBe('session.of_phone');
  });

  it('外勤要的都给：我是谁、案卷、照片、收发、登记', async () => {
    for (const path of [
      '/api/me',
      `/api/casefiles/${id}`,
      `/api/casefiles/${id}/photos`,
      `/api/casefiles/${id}/voices`,
    ])
      expect([path, (await ask(path, phone)).status]).toEqual([path, 200]);
    const deviceId = randomUUID();
    const form = { deviceId, model: '红米 12', appVersion: '1', commandId: randomUUID() };
    expect((await ask('/api/devices', phone, 'POST', form)).status).toBe(200);
    expect((await ask('/field', phone)).status).toBe(303);
    expect((await ask('/', phone)).status).toBe(200);
  });

  it('能去的就这些：多给一个，这里先红', () => {
    const reached = allEndpoints(true, bareRoom(), figurePacks).filter((it) => it.onPhone);
    expect(reached.map(({ name }) => name).sort()).toEqual(
      [
        ...['account.phone_key', 'casefile.read', 'device.register', 'me.read', 'photo.add'],
        ...['photo.add_preview', 'photo.add_uploaded', 'photo.add_answered', 'photo.add_to_hazard'],
        ...['photo.list', 'photo.open', 'photo.thumb', 'session.close', 'sync.pull', 'sync.push'],
        ...['voice.add_uploaded', 'voice.list', 'voice.open'],
      ].sort(),
    );
  });

  it('别的接口都不给：待办、搜索、导出、实时', async () => {
    for (const path of ['/api/inbox', '/api/sessions', '/api/casefiles', '/api/figures/areas'])
      expect([path, (await ask(path, phone)).code]).toEqual([path, 'session.of_phone']);
    expect((await ask('/api/live', phone)).status).toBe(403);
    const form = { old: 'a', fresh: 'xie-zi-lou-2026', commandId: randomUUID() };
    expect((await ask('/api/password', phone, 'POST', form)).code).toBe('session.of_phone');
  });

  it('工作台的页面一个也打不开：请另外登录；手机上的登录还在', async () => {
    const pages = ['/console', '/console/cases', `/console/cases/${id}`, '/console/account', '/console/standards'];
    for (const path of pages) {
      const { status, body } = await ask(path, phone);
      expect([path, status]).toEqual([path, 403]);
      expect(body).toContain('手机上的登录只用于外勤');
      expect(body).toContain('name="password"');
      expect(body).not.toContain('二运');
    }
    expect((await ask('/api/me', phone)).status).toBe(200);
  });

  it('工作台的登录不受影响', async () => {
    for (const path of ['/console', '/console/cases', `/console/cases/${id}`, '/api/me', '/api/sessions'])
      expect([path, (await ask(path, desk)).status]).toEqual([path, 200]);
  });
});
