import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { refusesToTake } from '../../test/telling.ts';
import { openShell } from './fixtures/shell.ts';

const county = await openCounty();
const { jingwei } = openShell(county);

it('丢了的手机：看得到是哪一台，停用以后它什么也发不了、取不到', async () => {
  const worker = await county.as('王秀兰');
  const deviceId = randomUUID();
  await worker.post('/api/devices', { deviceId, model: '测试机', appVersion: '1' });
  const listed = await jingwei(['device', 'list']);
  expect(listed.out).toContain(deviceId);
  expect(listed.out).toContain('王秀兰');
  expect((await jingwei(['device', 'revoke', deviceId])).code).toBe(0);
  const deviceAt = county.clock.now().toISOString();
  const push = { deviceId, deviceAt, ops: [] };
  await refusesToTake(worker, '/api/sync/push', push, 401, 'session.ended');
  // Signing in anew does not bring the phone back.
  await refusesToTake(await county.as('王秀兰'), '/api/sync/push', push, 403, 'device.revoked');
  expect((await jingwei(['device', 'list'])).out).toContain('已停用');
  const again = await jingwei(['--json', 'device', 'revoke', deviceId]);
  expect(JSON.parse(again.out)).toMatchObject({ revoked: 0 });
});

it('没有这台设备、编号写错：说清楚，什么也不改', async () => {
  const unknown = await jingwei(['device', 'revoke', randomUUID()]);
  expect({ code: unknown.code, out: unknown.out }).toEqual({ code: 1, out: '' });
  expect(unknown.err).toContain('device.unknown');
  expect((await jingwei(['device', 'revoke', '不是编号'])).code).toBe(1);
});
