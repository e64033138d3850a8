import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openAnother } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { DAY, HOUR, refusesToTake, report } from '../../../../test/telling.ts';
import { pump } from '../../../kernel/reaction.ts';
import { consequences } from '../../index.ts';

/** The outbox as an administrator sees it: that something did not leave and why, not what it says nor to whom. */
const county = await openCounty();
const { as, anyone, clock, sql } = county;
let answer: string | null = null;
let sent = 0;
const runtime = await openAnother(county, {
  outside: {
    post: async () => {
      sent += 1;
      return answer;
    },
    ask: async () => ({ fault: 'unreachable', left: false }),
  },
});
afterAll(() => runtime.close());
const settle = () => pump(runtime, 1, consequences);
const admin = await as('管理员');
const setChannel = (id: string, enabled: boolean) =>
  admin.post('/api/channels', { id, kind: 'webhook', address: 'https://sms.example.gov.cn/in/secret', enabled });
let reported = { id: '', code: '' };
let channelId = '';

interface Line {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
}
const outbox = async () => (await admin.get<{ waiting: number; failed: number; lines: Line[] }>('/api/outbox')).body;
const entries = () => sql<{ n: number }>(`select count(*)::int as n from entry where kind = 'delivery.queued_again'`);

/** One message that the receiver refused; with `days` so often that it was given up. */
async function stuck(fault: string): Promise<string> {
  answer = fault;
  reported = await report(anyone, { words: '只给经办人看的话' });
  await settle();
  const [line] = (await outbox()).lines;
  return line?.id ?? '';
}

beforeEach(async () => {
  await sql('delete from delivery');
  await sql('delete from channel');
  [answer, sent, channelId] = [null, 0, randomUUID()];
  expect((await setChannel(channelId, true)).status).toBe(200);
  clock.advance(HOUR);
});

describe('看发件箱', () => {
  it('说到哪台机器、为什么、试了几次；不说是谁、说了什么、哪一件', async () => {
    const id = await stuck('status 503');
    const told = await outbox();
    expect(told).toMatchObject({
      ...{ waiting: 1, failed: 0, oldest: clock.now().toISOString() },
      lines: [{ id, state: 'waiting', attempts: 1, host: 'sms.example.gov.cn', enabled: true }],
    });
    expect(told.lines[0]).toMatchObject({ faultWords: { zh: '对方系统出错' }, madeAt: clock.now().toISOString() });
    const text = JSON.stringify(told);
    for (const hidden of [reported.id, reported.code, '只给经办人看的话', 'secret']) expect(text).not.toContain(hidden);
  });

  it.each([
    ['status 403', '对方不认我们的密钥'],
    ['TimeoutError', '对方十秒没有回答'],
    ['ENOTFOUND', '找不到对方的地址'],
    ['ECONNREFUSED', '对方连不上'],
    ['something else', '没有送到'],
  ])('“%s”说成“%s”', async (fault, zh) => {
    await stuck(fault);
    expect((await outbox()).lines).toMatchObject([{ faultWords: { zh } }]);
  });

  it('发出去的不在里面', async () => {
    answer = null;
    await report(anyone);
    await settle();
    expect(await outbox()).toMatchObject({ waiting: 0, oldest: null, lines: [] });
  });

  it('别的岗位不能看', async () => {
    expect((await (await as('何静')).get('/api/outbox')).status).toBe(403);
    expect((await anyone.get('/api/outbox')).status).toBe(401);
  });
});

describe('重新发送', () => {
  it('试满两天没发出去的，重新发送就再试，发出去为止', async () => {
    const id = await stuck('status 500');
    await sql(`update delivery set state = 'failed', next_at = null, attempts = 48 where id = $1`, [id]);
    expect(await outbox()).toMatchObject({ failed: 1, lines: [{ state: 'failed' }] });
    [answer, sent] = [null, 0];
    const before = (await entries())[0]?.n ?? 0;
    expect(await admin.post('/api/outbox/resend', { ids: [id] })).toMatchObject({ status: 200, body: { queued: 1 } });
    await settle();
    expect(sent).toBe(1);
    expect(await sql('select state, attempts from delivery where id = $1', [id])).toMatchObject([
      { state: 'handed_over', attempts: 1 },
    ]);
    expect((await entries())[0]?.n).toBe(before + 1);
  });

  it('同一次操作再发一遍：同样的回答，没有第二次', async () => {
    const id = await stuck('status 500');
    const commandId = randomUUID();
    await admin.post('/api/outbox/resend', { ids: [id] }, commandId);
    await sql('update delivery set attempts = 7 where id = $1', [id]);
    const before = (await entries())[0]?.n;
    const again = await admin.post('/api/outbox/resend', { ids: [id] }, commandId);
    expect(again).toMatchObject({ status: 200, body: { queued: 1 } });
    expect(await sql('select attempts from delivery where id = $1', [id])).toEqual([{ attempts: 7 }]);
    expect((await entries())[0]?.n).toBe(before);
  });

  it('已经发出的、没有的：拒绝，不会发第二遍', async () => {
    const id = await stuck('status 500');
    await sql(`update delivery set state = 'handed_over', next_at = null where id = $1`, [id]);
    await refusesToTake(admin, '/api/outbox/resend', { ids: [id] }, 409, 'message.nothing_to_send');
    await refusesToTake(admin, '/api/outbox/resend', { ids: [randomUUID()] }, 409, 'message.nothing_to_send');
    await refusesToTake(admin, '/api/outbox/resend', { ids: ['x'] }, 422, 'input.invalid');
    clock.advance(DAY);
    sent = 0;
    await settle();
    expect(sent).toBe(0);
  });

  it('别的岗位不能', async () => {
    const id = await stuck('status 500');
    await refusesToTake(await as('陈敏'), '/api/outbox/resend', { ids: [id] }, 403, 'account.not_for_you');
    expect(await sql('select attempts from delivery where id = $1', [id])).toEqual([{ attempts: 1 }]);
  });
});
