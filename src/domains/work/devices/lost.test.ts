import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { aReport } from '../../../../test/telling.ts';
import { execute } from '../../../kernel/command.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { revoke } from './device.commands.ts';
import { deviceRetention } from './index.ts';

/** What becomes of a device that was lost, and of what it had sent. */
const county = await openCounty();
const [worker, admin] = [await county.as('王秀兰'), await county.as('管理员')];

async function device(caller: Caller): Promise<string> {
  const deviceId = randomUUID();
  expect((await caller.post('/api/devices', { deviceId, model: '测试机', appVersion: '1' })).status).toBe(200);
  return deviceId;
}
const sent = (deviceId: string, ops: object[], more: object = {}) => ({
  ...{ deviceId, deviceAt: county.clock.now().toISOString(), ops, ...more },
});

it('停用的那台当场退出登录，也在它重新登录以后；本人别处的登录还在', async () => {
  const [phone, desk] = [await county.as('王秀兰'), await county.as('王秀兰')];
  const deviceId = await device(phone);
  const lost = await county.as('王秀兰');
  await lost.post('/api/sync/push', sent(deviceId, []));
  expect((await admin.post(`/api/devices/${deviceId}/revoke`)).body).toEqual({ revoked: 1 });
  expect(await lost.get('/api/inbox')).toMatchObject({
    status: 401,
    body: { code: 'session.ended', title: '请先登录' },
  });
  for (const kept of [phone, desk, admin]) expect((await kept.get('/api/me')).status).toBe(200);
  const [row] = await county.sql(
    `select kind from entry where kind = 'account.session_ended' and record_id = (select account_id from device where id = $1)`,
    [deviceId],
  );
  expect(row).toBeDefined();
});

it('在服务器上用命令停用，也一样退出登录', async () => {
  const phone = await county.as('王秀兰');
  const id = await device(phone);
  const command = { id: randomUUID(), name: 'device.revoke', input: {} };
  await execute(county.runtime, asSystem(1, 'operator'), command, { work: (ctx) => revoke(ctx, id) });
  expect((await phone.get('/api/me')).status).toBe(401);
  expect((await worker.get('/api/me')).status).toBe(200);
});

it('被拒的没人处理就一直留着；办成的、已经放下的，过了 180 天清掉', async () => {
  const deviceId = await device(worker);
  const occurredAt = county.clock.now().toISOString();
  const ops = ['', '', '井盖翘起'].map((words, i) => {
    const body = aReport({ channel: 'field', words });
    const named = { commandId: randomUUID(), name: 'casefile.report', target: body.casefileId };
    return { ...named, seq: i + 1, params: {}, body, occurredAt };
  });
  await worker.post('/api/sync/push', sent(deviceId, ops));
  await worker.post('/api/sync/push', sent(deviceId, [], { dismissed: [ops[0]?.commandId] }));
  await county.sql(
    `update device_op set judged_at = judged_at - interval '181 days', dismissed_at = dismissed_at - interval '181 days'
      where device_id = $1`,
    [deviceId],
  );
  for (const sweep of deviceRetention) await sweep.run(county.runtime, 1, throwFault);
  const left = await county.sql<{ seq: string }>('select seq from device_op where device_id = $1', [deviceId]);
  expect(left.map(({ seq }) => Number(seq))).toEqual([2]);
});
