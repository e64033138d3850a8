import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { aReport, MINUTE, refusesToTake } from '../../../../test/telling.ts';

/** Keys of programs, made and ended at the console: told once, stored as a hash. */
const county = await openCounty();
const { app, as, anyone, clock, sql } = county;
const admin = await as('管理员');
const form = { name: '12345 热线平台', scopes: ['report'] };
const issue = async (): Promise<{ keyId: string; key: string }> => (await admin.post('/api/apikeys', form)).body;
const reportWith = async (key: string) =>
  (
    await app.inject({
      ...{ method: 'POST', url: '/api/casefiles', headers: { authorization: `Bearer ${key}` } },
      payload: { commandId: randomUUID(), ...aReport({ channel: 'hotline' }) },
    })
  ).statusCode;
const entriesOf = (id: string) =>
  sql<{ kind: string; body: object }>('select kind, body from entry where record_id = $1 order by ord', [id]);

describe('发放', () => {
  it('拿到的密钥马上能用；库里、流水里、回执里都没有它', async () => {
    const { keyId, key } = await issue();
    expect(key).toMatch(/^jwk_1\.[\w-]{43}$/);
    expect(await reportWith(key)).toBe(200);
    expect(await entriesOf(keyId)).toEqual([{ kind: 'apikey.added', body: { scopes: ['report'] } }]);
    const stored = JSON.stringify([
      await sql('select * from api_key'),
      await sql('select answer from command'),
      await sql('select body from entry'),
    ]);
    expect(stored).not.toContain(key.slice(6));
    expect((await admin.get('/api/apikeys')).body).toMatchObject([{ id: keyId, ...form, endedAt: null }]);
    expect(JSON.stringify((await admin.get('/api/apikeys')).body)).not.toContain(key.slice(6));
  });

  it('回答丢了，十分钟内再发一遍还是同一个，没有第二个；过后不再显示', async () => {
    const commandId = randomUUID();
    const first = (await admin.post('/api/apikeys', form, commandId)).body;
    const before = await sql('select 1 from api_key');
    clock.advance(9 * MINUTE);
    expect((await admin.post('/api/apikeys', form, commandId)).body).toMatchObject({ ...first, repeated: true });
    expect(await sql('select 1 from api_key')).toHaveLength(before.length);
    expect(await entriesOf(first.keyId)).toHaveLength(1);
    clock.advance(2 * MINUTE);
    expect((await admin.post('/api/apikeys', form, commandId)).body).toMatchObject({ keyId: first.keyId, key: null });
    expect(await reportWith(first.key)).toBe(200);
  });

  it('没写给谁、没选能做什么、写了没有的：说哪里不对，没有发放', async () => {
    const before = await sql('select 1 from api_key');
    for (const wrong of [{ name: ' ' }, { scopes: [] }, { scopes: ['admin'] }])
      await refusesToTake(admin, '/api/apikeys', { ...form, ...wrong }, 422, 'input.invalid');
    expect(await sql('select 1 from api_key')).toHaveLength(before.length);
  });

  it('别的岗位不能看、不能发', async () => {
    const before = await sql('select 1 from api_key');
    for (const name of ['何静', '审计员'] as const) {
      await refusesToTake(await as(name), '/api/apikeys', form, 403, 'account.not_for_you');
      expect((await (await as(name)).get('/api/apikeys')).status).toBe(403);
    }
    expect((await anyone.get('/api/apikeys')).status).toBe(401);
    expect(await sql('select 1 from api_key')).toHaveLength(before.length);
  });
});

describe('停用', () => {
  it('马上连不进来，再停一次没有变化', async () => {
    const { keyId, key } = await issue();
    expect(await admin.post(`/api/apikeys/${keyId}/revoke`)).toMatchObject({ status: 200, body: { revoked: 1 } });
    expect(await reportWith(key)).toBe(403);
    expect(await admin.post(`/api/apikeys/${keyId}/revoke`)).toMatchObject({ status: 200, body: { revoked: 0 } });
    expect((await entriesOf(keyId)).map(({ kind }) => kind)).toEqual(['apikey.added', 'apikey.ended']);
  });

  it('没有这个：说没有；别的岗位不能停', async () => {
    const { keyId, key } = await issue();
    await refusesToTake(admin, `/api/apikeys/${randomUUID()}/revoke`, {}, 404, 'apikey.not_found');
    await refusesToTake(await as('何静'), `/api/apikeys/${keyId}/revoke`, {}, 403, 'account.not_for_you');
    expect(await reportWith(key)).toBe(200);
  });
});
