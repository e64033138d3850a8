import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openAnother } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { DAY, HOUR, report } from '../../../../test/telling.ts';
import { pump } from '../../../kernel/reaction.ts';
import { consequences } from '../../index.ts';

/** A receiver that answers as it is told; every word it is sent is kept. */
interface Sent {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const sent: Sent[] = [];
let answer: (sent: Sent) => string | null = () => null;

const county = await openCounty();
const { as, anyone, clock, sql } = county;
const runtime = await openAnother(county, {
  outside: {
    post: async (address, headers, body) => {
      sent.push({ address, headers, body });
      return answer({ address, headers, body });
    },
    ask: async () => ({ fault: 'unreachable', left: false }),
  },
});
afterAll(() => runtime.close());
const settle = () => pump(runtime, 1, consequences);
const outbox = { reactions: [], sweeps: consequences.sweeps.filter(({ name }) => name === 'outbox') };
const resend = () => pump(runtime, 1, outbox);
const admin = await as('管理员');
const channelId = randomUUID();
const setChannel = (changes: object = {}) =>
  admin.post('/api/channels', {
    id: channelId,
    kind: 'webhook',
    address: 'https://sms.example.gov.cn/in',
    enabled: true,
    ...changes,
  });
const deliveries = () =>
  sql<{
    id: string;
    state: string;
    attempts: number;
    next_at: Date | null;
    handed_at: Date | null;
    last_fault: string | null;
  }>('select * from delivery where realm = 1 order by id');

beforeEach(async () => {
  await sql('delete from delivery');
  await sql('delete from channel');
  sent.length = 0;
  answer = () => null;
  expect((await setChannel()).status).toBe(200);
  clock.advance(HOUR);
});

describe('消息发出去', () => {
  it('报事以后，收到的话发到渠道，一条消息一次', async () => {
    const said = await report(anyone);
    await settle();
    expect(sent).toHaveLength(1);
    const [only] = sent;
    expect(only?.address).toBe('https://sms.example.gov.cn/in');
    const body = JSON.parse(only?.body ?? '');
    expect(body).toMatchObject({
      code: 'casefile.received',
      recordId: said.id,
      words: null,
      toldAt: clock.now().toISOString(),
    });
    expect(body.text.zh).toContain(said.number);
    expect(only?.headers['idempotency-key']).toBe(body.deliveryId);
    expect(only?.headers['content-type']).toBe('application/json');
    expect(await deliveries()).toMatchObject([{ state: 'handed_over', attempts: 1, next_at: null, last_fault: null }]);
    await settle();
    expect(sent).toHaveLength(1);
  });

  it('有约定的密钥就签名，收的人可以核对；密钥封着存', async () => {
    const secret = '约定的密钥-0123456789';
    await setChannel({ secret });
    await report(anyone);
    await settle();
    const [only] = sent;
    expect(only?.headers['x-jingwei-signature']).toBe(
      createHmac('sha256', secret)
        .update(only?.body ?? '')
        .digest('hex'),
    );
    const [kept] = await sql<{ secret: Buffer }>('select secret from channel');
    expect(kept?.secret.toString()).not.toContain(secret);
  });

  it('没有密钥就不签名', async () => {
    await report(anyone);
    await settle();
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('x-jingwei-signature');
  });

  it('发出去的内容里没有报事人的电话、说的话、查询码', async () => {
    const said = await report(anyone, { words: '只在案卷里的话', contact: { name: '欧阳测试', phone: '13712345678' } });
    await settle();
    for (const secret of ['只在案卷里的话', '欧阳测试', '13712345678', said.code])
      expect(
        sent.filter(({ body }) => body.includes(secret)),
        secret,
      ).toEqual([]);
  });

  it('两个渠道各发一次', async () => {
    const second = randomUUID();
    await setChannel({ id: second, address: 'https://second.example.gov.cn/' });
    await report(anyone);
    await settle();
    expect(sent.map(({ address }) => address).sort()).toEqual([
      'https://second.example.gov.cn/',
      'https://sms.example.gov.cn/in',
    ]);
    expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  it('记录器不出网，只记下来', async () => {
    await setChannel({ kind: 'recorder', address: '' });
    await report(anyone);
    await settle();
    expect(sent).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'handed_over' }]);
  });

  it('没有开的渠道不发', async () => {
    await setChannel({ enabled: false });
    await report(anyone);
    await settle();
    expect([sent, await deliveries()]).toEqual([[], []]);
  });

  it('停用渠道以后，等着重发的也不再发', async () => {
    answer = () => 'status 500';
    await report(anyone);
    await settle();
    await setChannel({ enabled: false });
    answer = () => null;
    clock.advance(HOUR);
    await settle();
    expect(sent).toHaveLength(1);
  });
});

describe('对方没收下', () => {
  it('过一会儿再发：同一个编号、同样的内容，等得越来越久，最多一小时', async () => {
    answer = () => 'status 500';
    await report(anyone);
    await pump(runtime, 1, { ...consequences, sweeps: [] });
    const waits: number[] = [];
    for (let i = 0; i < 14; i += 1) {
      await resend();
      const [row] = await deliveries();
      expect(row).toMatchObject({ state: 'waiting', attempts: i + 1, last_fault: 'status 500', handed_at: null });
      waits.push((row?.next_at?.getTime() ?? 0) - clock.now().getTime());
      clock.moveTo(new Date((row?.next_at?.getTime() ?? 0) - 1));
      await resend();
      expect(sent, '没到时间不发').toHaveLength(i + 1);
      clock.advance(1);
    }
    const expected = waits.map((_, i) => Math.min(3_600_000, 10_000 * 2 ** i));
    for (const [i, wait] of waits.entries()) {
      expect(wait, `第 ${i + 1} 次以后`).toBeGreaterThanOrEqual((expected[i] ?? 0) * 0.75);
      expect(wait, `第 ${i + 1} 次以后`).toBeLessThanOrEqual((expected[i] ?? 0) * 1.25);
    }
    expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    answer = () => null;
    await resend();
    expect(await deliveries()).toMatchObject([{ state: 'handed_over', attempts: 15 }]);
    clock.advance(DAY);
    await resend();
    expect(sent).toHaveLength(15);
  });

  it('试了两天还不行就放下，让人看得见，不再试', async () => {
    answer = () => 'TimeoutError';
    const said = await report(anyone);
    await settle();
    await sql('update delivery set attempts = 47');
    clock.advance(HOUR);
    await settle();
    expect(await deliveries()).toMatchObject([
      { state: 'failed', attempts: 48, next_at: null, last_fault: 'TimeoutError' },
    ]);
    clock.advance(3 * DAY);
    await settle();
    expect(sent).toHaveLength(2);
    const told = (await (await as('何静')).get(`/api/casefiles/${said.id}/told`)).body;
    expect(told.find((one: { toKind: string }) => one.toKind === 'reporter').deliveries).toMatchObject([
      { state: 'failed' },
    ]);
  });

  it('对方收下了、我们还没记就断了：过一会儿再发一次，编号还是那个', async () => {
    answer = () => {
      throw new Error('断电');
    };
    await report(anyone);
    await expect(settle()).rejects.toThrow('断电');
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    answer = () => null;
    await settle();
    expect(sent, '刚发的那一次可能还在路上，不马上重发').toHaveLength(1);
    clock.advance(5 * 60_000);
    await settle();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(await deliveries()).toMatchObject([{ state: 'handed_over', attempts: 2 }]);
  });

  it('一个发不出去，不耽误别的', async () => {
    answer = ({ headers }) =>
      headers['idempotency-key'] === sent[0]?.headers['idempotency-key'] ? 'status 500' : null;
    for (let i = 0; i < 5; i += 1) await report(anyone);
    await settle();
    const states = (await deliveries()).map(({ state }) => state).sort();
    expect(states).toEqual(['handed_over', 'handed_over', 'handed_over', 'handed_over', 'waiting']);
  });

  it('两个进程同时发：每条只发一次', async () => {
    for (let i = 0; i < 8; i += 1) await report(anyone);
    await pump(county.runtime, 1, { ...consequences, sweeps: [] });
    expect((await deliveries()).filter(({ state }) => state === 'waiting')).toHaveLength(8);
    await Promise.all([1, 2, 3].map(resend));
    expect(sent).toHaveLength(8);
    expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(8);
  });
});

describe('设置渠道', () => {
  it.each([
    ['不是网址', { address: 'sms' }],
    ['别的协议', { address: 'ftp://sms.example.gov.cn' }],
    ['脚本', { address: 'javascript:alert(1)' }],
    ['密钥太短', { secret: 'short' }],
    ['没有这种渠道', { kind: 'pigeon' }],
  ])('%s:说哪里不对', async (_what, changes) => {
    expect(await setChannel({ id: randomUUID(), ...changes })).toMatchObject({
      status: 422,
      body: { code: 'input.invalid' },
    });
  });

  it('只有管理员看得到、改得了；密钥看不到', async () => {
    await setChannel({ secret: '约定的密钥-0123456789' });
    expect((await admin.get('/api/channels')).body).toEqual([
      { id: channelId, kind: 'webhook', address: 'https://sms.example.gov.cn/in', enabled: true },
    ]);
    expect((await (await as('赵磊')).get('/api/channels')).status).toBe(403);
    expect((await anyone.get('/api/channels')).status).toBe(401);
  });

  it('改地址时没有再写密钥，原来的密钥还在', async () => {
    const secret = '约定的密钥-0123456789';
    await setChannel({ secret });
    await setChannel({ address: 'https://moved.example.gov.cn/' });
    await report(anyone);
    await settle();
    expect(sent[0]?.headers['x-jingwei-signature']).toBeDefined();
  });
});
