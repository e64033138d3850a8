import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { DAY, report } from '../../test/telling.ts';
import { consequences } from '../domains/index.ts';
import { pump } from '../kernel/reaction.ts';

/** What an administrator reads and presses at /console/operator, without script. */
const county = await openCounty();
const { app, as, anyone, clock, sql } = county;
const cookie = `jingwei=${await tokenOf(county, 'admin')}`;
const textOf = (body: string): string => body.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
const get = async (path: string, headers: object = {}) => {
  const answer = await app.inject({ url: `/console/operator${path}`, headers: { cookie, ...headers } });
  return { status: answer.statusCode, body: answer.body, text: textOf(answer.body) };
};
async function post(path: string, fields: Record<string, string>) {
  const payload = new URLSearchParams({ commandId: randomUUID(), ...fields }).toString();
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  const answer = await app.inject({ method: 'POST', url: `/console/operator${path}`, payload, headers });
  return { status: answer.statusCode, to: answer.headers.location, text: textOf(answer.body), body: answer.body };
}
async function gaveUp(): Promise<string> {
  const [job] = await sql<{ id: string }>(
    `select (graphile_worker.add_job('react', json_build_object('realm', 1, 'entry', gen_random_uuid(), 'reaction', 'publication: show the public'), max_attempts => 12)).id::text as id`,
  );
  await sql(`update graphile_worker._private_jobs set attempts = 12, last_error = '王秀兰 timed out' where id = $1`, [
    job?.id,
  ]);
  return job?.id ?? '';
}

describe('运行情况', () => {
  it('每一部分都有状态、说法；要处理的在前，从来没备份就写明命令', async () => {
    const { status, text } = await get('');
    expect(status).toBe(200);
    for (const said of [
      '数据库',
      '后台任务',
      '发件箱',
      '磁盘',
      '数据备份',
      '密钥备份',
      '台账核对',
      '节假日',
      '手机',
      '版本',
    ])
      expect(text).toContain(said);
    expect(text).toContain('从来没有备份过');
    expect(text).toContain('jingwei backup 文件');
    expect(text.indexOf('✗ 要处理')).toBeLessThan(text.indexOf('✓ 正常'));
  });

  it('英文也是全的', async () => {
    for (const path of ['', '/jobs', '/outbox', '/phones', '/keys', '/imports', '/backups']) {
      const { text } = await get(path, { 'accept-language': 'en' });
      expect(text).toContain('Operating');
      expect(text.replace(/安澜县|管理员/g, ''), path).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('别的岗位和没有登录的进不去，也没有这个链接', async () => {
    const other = `jingwei=${await tokenOf(county, 'hejing')}`;
    for (const path of [
      '',
      '/jobs',
      '/outbox',
      '/phones',
      '/keys',
      '/imports',
      '/backups',
      `/phones/${randomUUID()}`,
    ]) {
      expect((await get(path, { cookie: other })).status, path).toBe(403);
      expect((await get(path, { cookie: '' })).status, path).toBe(401);
    }
    const account = await app.inject({ url: '/console/account', headers: { cookie: other } });
    expect(account.body).not.toContain('/console/operator');
    expect((await get('')).body).toContain('href="/console/operator"');
  });
});

describe('后台任务', () => {
  it('说原因，不说原文；再试一次、放弃，按两次只算一次', async () => {
    const id = await gaveUp();
    const shown = await get('/jobs');
    expect(shown.text).toContain('更新公开页面');
    expect(shown.text).toContain('等得太久，超时了');
    expect(shown.text).not.toContain('王秀兰');
    const commandId = randomUUID();
    for (let i = 0; i < 2; i += 1)
      expect(await post('/jobs/give-up', { ids: id, commandId })).toMatchObject({
        ...{ status: 303, to: '/console/operator/jobs?done=job.give_up' },
      });
    expect((await get('/jobs?done=job.give_up')).text).toMatch(/已放弃，留在下面。.*已放弃的 1/);
    expect(await post('/jobs/rerun', { ids: id })).toMatchObject({ status: 303 });
    expect((await get('/jobs')).text).toContain('没有停下的任务。');
  });

  it('已经处理过的：上面说没有改动，清单还在；地址里乱写的完成词不会念出来', async () => {
    const refused = await post('/jobs/rerun', { ids: '999999' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('这些任务没有停下，或者已经处理过');
    expect((await get('/jobs?done=<b>x</b>')).text).not.toContain('x</b>');
    expect((await get('/jobs?done=constructor&done=x')).status).toBe(200);
    expect((await get('/jobs?done=constructor')).body).not.toContain('role="status"');
  });
});

describe('发件箱', () => {
  it('没有发出去的在里面，重新发送后说已经排队', async () => {
    const form = { id: randomUUID(), kind: 'webhook', address: 'https://sms.example.gov.cn/key/abc', enabled: true };
    await (await as('管理员')).post('/api/channels', form);
    const { id, code } = await report(anyone, { words: '不给管理员看的话' });
    // What follows from the report, before the outbox has its turn.
    await pump(county.runtime, 1, { reactions: consequences.reactions, sweeps: [] });
    const [waiting] = await sql<{ id: string }>('select id from delivery');
    await sql(`update delivery set state = 'failed', next_at = null, last_fault = 'status 500'`);
    const shown = await get('/outbox');
    expect(shown.text).toContain('sms.example.gov.cn');
    expect(shown.text).toContain('对方系统出错');
    for (const hidden of [id, code, '不给管理员看的话', 'key/abc']) expect(shown.body).not.toContain(hidden);
    expect(await post('/outbox/resend', { ids: waiting?.id ?? '' })).toMatchObject({
      ...{ status: 303, to: '/console/operator/outbox?done=outbox.resend' },
    });
    expect(await sql('select state, attempts from delivery')).toEqual([{ state: 'waiting', attempts: 0 }]);
  });
});

describe('手机', () => {
  it('先看停用会怎样，再停用；天数写错说哪里不对', async () => {
    const deviceId = randomUUID();
    await (await as('王秀兰')).post('/api/devices', { deviceId, model: '红米 12', appVersion: '0.1.0' });
    clock.advance(4 * DAY);
    const listed = await get('/phones?days=3');
    expect(listed.text).toMatch(/网格员（.+）王秀兰/);
    const preview = await get(`/phones/${deviceId}`);
    expect(preview.text).toContain('停用以后');
    expect(await sql('select 1 from device where revoked_at is not null')).toEqual([]);
    expect(await post(`/phones/${deviceId}/revoke`, {})).toMatchObject({
      ...{ status: 303, to: `/console/operator/phones/${deviceId}?done=device.revoke` },
    });
    expect((await get(`/phones/${deviceId}`)).text).toContain('已停用');
    expect((await get('/phones?days=3')).text).toContain('在用的手机都按时同步了');
    expect((await get('/phones?days=x')).status).toBe(422);
    expect((await get('/phones/no-id')).status).toBe(422);
  });
});

describe('接口密钥', () => {
  it('发放后只在这一页看得到；停用后说已停用', async () => {
    const made = await post('/keys', { name: '12345 热线', scopes: 'report' });
    expect(made.status).toBe(200);
    const key = /jwk_1\.[\w-]{43}/.exec(made.body)?.[0];
    expect(key).toBeDefined();
    const listed = await get('/keys');
    expect(listed.body).not.toContain(key);
    expect(listed.text).toContain('12345 热线');
    const [row] = await sql<{ id: string }>(`select id from api_key where name = '12345 热线'`);
    expect(await post(`/keys/${row?.id}/revoke`, {})).toMatchObject({
      to: '/console/operator/keys?done=apikey.revoke',
    });
    expect((await get('/keys')).text).toContain('已停用的 1');
  });

  it('没选能做什么：说哪里不对，写过的名字还在', async () => {
    const refused = await post('/keys', { name: '小程序' });
    expect(refused.status).toBe(422);
    expect(refused.body).toContain('value="小程序"');
    expect(refused.text).toContain('一个都没有选');
  });
});
