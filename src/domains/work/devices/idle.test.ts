import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { DAY } from '../../../../test/telling.ts';

/** Phones that have not been heard of: whose they are, and what revoking one would do. */
const county = await openCounty();
const { as, anyone, clock, sql } = county;
const [admin, worker, head] = [await as('管理员'), await as('王秀兰'), await as('孙丽')];
const register = async (by: typeof worker) => {
  const deviceId = randomUUID();
  const form = { deviceId, model: '红米 12', appVersion: '0.1.0' };
  expect((await by.post('/api/devices', form)).status).toBe(200);
  return deviceId;
};
const idle = async (days: number | string) => (await admin.get(`/api/devices/idle?days=${days}`)).body;
const old = await register(worker);
clock.advance(4 * DAY);
const fresh = await register(head);

describe('多日没有同步的', () => {
  it('写明几天就是几天，最久的在前，说谁的岗位、在哪个网格', async () => {
    expect((await admin.get('/api/devices/idle')).body).toMatchObject([
      {
        ...{ id: old, name: '王秀兰', model: '红米 12', revokedAt: null, oldestUnsentAt: null },
        held: [{ zh: expect.stringMatching(/^网格员（.+）$/), en: expect.stringMatching(/^grid worker \(.+\)$/) }],
        area: expect.any(String),
      },
    ]);
    expect(await idle(5)).toEqual([]);
    expect((await idle(0)).map(({ id }: { id: string }) => id)).toEqual([old, fresh]);
  });

  it('天数写错：说哪里不对', async () => {
    for (const days of ['-1', '366', 'x', '1.5'])
      expect(await admin.get(`/api/devices/idle?days=${days}`), days).toMatchObject({
        status: 422,
        body: { code: 'input.invalid' },
      });
  });

  it('别的岗位不能看', async () => {
    for (const [by, status] of [
      [worker, 403],
      [head, 403],
      [anyone, 401],
    ] as const) {
      expect((await by.get('/api/devices/idle')).status).toBe(status);
      expect((await by.get(`/api/devices/${old}/outlook`)).status).toBe(status);
    }
  });
});

describe('先看停用会怎样', () => {
  it('有没有登录、另有几台、有几条没有通过，看了什么也不变', async () => {
    const second = await register(worker);
    await sql(
      `insert into device_op (realm, device_id, seq, command_id, name, target, verdict, code, occurred_at, judged_at)
       values (1, $1, 1, gen_random_uuid(), 'casefile.measure', 'x', 'refused', 'casefile.not_now', now(), now())`,
      [old],
    );
    expect(await admin.get(`/api/devices/${old}/outlook`)).toMatchObject({
      status: 200,
      body: { id: old, name: '王秀兰', signedIn: true, refused: 1, others: 1, revokedAt: null },
    });
    expect(await sql('select 1 from device where revoked_at is not null')).toEqual([]);
    expect((await admin.post(`/api/devices/${second}/revoke`)).body).toEqual({ revoked: 1 });
    expect((await admin.get(`/api/devices/${old}/outlook`)).body).toMatchObject({ others: 0 });
  });

  it('停用以后：退出登录，不再算在没有同步的里', async () => {
    const device = await register(await as('李建国'));
    clock.advance(4 * DAY);
    expect((await idle(3)).map(({ id }: { id: string }) => id)).toContain(device);
    await admin.post(`/api/devices/${device}/revoke`);
    expect((await idle(3)).map(({ id }: { id: string }) => id)).not.toContain(device);
    const after = (await admin.get(`/api/devices/${device}/outlook`)).body;
    expect(after).toMatchObject({ signedIn: false, revokedAt: clock.now().toISOString() });
  });

  it('没有这台', async () => {
    expect(await admin.get(`/api/devices/${randomUUID()}/outlook`)).toMatchObject({
      status: 404,
      body: { code: 'device.unknown' },
    });
  });
});
