import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openAnother } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, HOUR, MINUTE, refusesToTake, report } from '../../../../test/telling.ts';
import { realOutside } from '../../../kernel/outside.ts';
import { pump } from '../../../kernel/reaction.ts';
import { consequences } from '../../index.ts';
import { robotBody, robotShapes, type ShapeName, verdictIn } from '../messages/group.model.ts';

/** A chat's server that writes down what it is told, and answers as it was set to. */
interface Told {
  readonly path: string;
  readonly body: { text: { content: string } };
}
const told: Told[] = [];
let answer = { status: 200, text: '{"errcode":0,"errmsg":"ok"}' };
const listen = (request: IncomingMessage, response: ServerResponse): void => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    told.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(parts).toString()) });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
  });
};
const chat = createServer(listen);
await new Promise<void>((ready) => chat.listen(0, '127.0.0.1', ready));
const { port } = chat.address() as AddressInfo;

const county = await openCounty();
const { as, anyone, clock, sql } = county;
const outside = realOutside(true);
/** The real way out, but that the name of the chat leads to this machine. */
const runtime = await openAnother(county, {
  outside: {
    post: async () => null,
    ask: (question) =>
      outside.ask({
        ...question,
        address: question.address.replace('https://chat.example.com', `http://127.0.0.1:${port}`),
      }),
  },
});
afterAll(async () => {
  await runtime.close();
  await new Promise((closed) => chat.close(closed));
});
const settle = () => pump(runtime, 1, consequences);
const [head, other, admin, worker] = await Promise.all(['孙丽', '高明', '管理员', '王秀兰'].map((name) => as(name)));
if (!head || !other || !admin || !worker) throw new Error('the cast is not complete');

const ADDRESS = 'https://chat.example.com/cgi-bin/webhook/send?key=693a91f6-7xxx';
const form = (changes: object = {}) => ({
  ...{ id: randomUUID(), areaId: area('station'), shape: 'wecom', address: ADDRESS, enabled: true },
  ...changes,
});
async function setRobot(by = head, changes: object = {}): Promise<string> {
  const robot = form(changes);
  const set = await by?.post('/api/group-robots', robot);
  expect(set?.body, JSON.stringify(set?.body)).toMatchObject({ robotId: robot.id });
  return robot.id;
}
async function issue(changes: object = {}): Promise<void> {
  const untilAt = new Date(clock.now().getTime() + 8 * HOUR).toISOString();
  const notice = {
    id: randomUUID(),
    areaIds: [area('station')],
    words: '明早停水两小时',
    public: true,
    untilAt,
    ...changes,
  };
  expect((await head?.post('/api/notices', notice))?.status).toBe(200);
}
const robotsOf = async (by = head) => (await by?.get('/api/group-robots'))?.body ?? [];

beforeEach(async () => {
  await sql('delete from delivery');
  await sql(`delete from channel`);
  told.length = 0;
  answer = { status: 200, text: '{"errcode":0,"errmsg":"ok"}' };
  clock.advance(MINUTE);
});

describe('通知发到群里', () => {
  it('公开的通知一条一次，只有公开的那句话；送到了看得见', async () => {
    await setRobot();
    await issue();
    await settle();
    await settle();
    expect(told.map(({ path }) => path)).toEqual(['/cgi-bin/webhook/send?key=693a91f6-7xxx']);
    expect(told[0]?.body.text.content).toMatch(/^【二运社区通知】明早停水两小时（到 .+ 为止）$/);
    expect(await robotsOf()).toMatchObject([
      { host: 'chat.example.com', verdict: 'taken', place: '二运社区 · 城东街道' },
    ]);
  });

  it('不公开的、撤了的、别处的、停用的都不发；报事和留言也不发', async () => {
    const id = await setRobot();
    await issue({ public: false });
    const withdrawn = randomUUID();
    await issue({ id: withdrawn });
    await head.post(`/api/notices/${withdrawn}/withdraw`);
    const untilAt = new Date(clock.now().getTime() + HOUR).toISOString();
    await other.post('/api/notices', {
      id: randomUUID(),
      areaIds: [area('park')],
      words: '公园',
      public: true,
      untilAt,
    });
    await report(anyone, { words: '金丝雀报事', contact: { phone: '13700005555' } });
    await anyone.post('/api/area-messages', { id: randomUUID(), areaId: area('station-1'), words: '金丝雀留言' });
    await settle();
    await head.post('/api/group-robots', form({ id, address: undefined, enabled: false }));
    await issue();
    await settle();
    expect(told).toEqual([]);
  });

  it('社区里一个网格的通知、全街道的通知，社区的群都收到', async () => {
    await setRobot();
    await issue({ areaIds: [area('station-1')], words: '一网格停电' });
    const untilAt = new Date(clock.now().getTime() + HOUR).toISOString();
    const all = { id: randomUUID(), areaIds: [area('east')], words: '全街道', public: true, untilAt };
    expect((await (await as('蒋涛')).post('/api/notices', all)).status).toBe(200);
    await settle();
    expect(told.map(({ body }) => body.text.content).join()).toMatch(/一网格停电.*全街道|全街道.*一网格停电/s);
  });

  it('对方说不收（回 200，里面是错误码）：写明原因，过一会儿再发，收了就不再发', async () => {
    await setRobot();
    answer = { status: 200, text: '{"errcode":93000,"errmsg":"invalid webhook url"}' };
    await issue();
    await settle();
    expect(await robotsOf()).toMatchObject([{ verdict: 'refused 93000' }]);
    answer = { status: 200, text: '{"errcode":0}' };
    clock.advance(HOUR);
    await settle();
    expect(told).toHaveLength(2);
    expect(await robotsOf()).toMatchObject([{ verdict: 'taken' }]);
    clock.advance(HOUR);
    await settle();
    expect(told).toHaveLength(2);
  });
});

describe('设置', () => {
  it('地址封着存，不再显示；改别的不用重填；试发一句', async () => {
    const id = await setRobot();
    const rows = await sql<{ row: string }>(`select t::text as row from channel t union all select t::text from entry t
      union all select t::text from command t union all select t::text from message t`);
    const key = '693a91f6-7xxx';
    const hex = Buffer.from(key).toString('hex');
    expect(rows.filter(({ row }) => row.includes(key) || row.includes(hex))).toEqual([]);
    expect(JSON.stringify(await robotsOf())).not.toContain(key);
    expect(JSON.stringify((await admin.get('/api/channels')).body)).not.toContain('chat.example');
    expect((await head.post('/api/group-robots', form({ id, address: undefined, shape: 'dingtalk' }))).status).toBe(
      200,
    );
    const commandId = randomUUID();
    expect((await head.post(`/api/group-robots/${id}/test`, {}, commandId)).status).toBe(200);
    expect((await head.post(`/api/group-robots/${id}/test`, {}, commandId)).body.repeated).toBe(true);
    await settle();
    expect(told.map(({ body }) => body.text.content)).toEqual(['【试发】二运社区的通知以后会发到这个群。']);
  });

  it.each([
    ['不是 https', 'http://chat.example.com/x'],
    ['本机', 'https://localhost/x'],
    ['本机的数字', 'https://127.0.0.1/x'],
    ['换一种写法的数字', 'https://2130706433/x'],
    ['内网的数字', 'https://10.1.2.3/x'],
    ['六位地址', 'https://[::1]/x'],
    ['内网的名字', 'https://oa.internal/x'],
    ['别的端口', 'https://chat.example.com:8443/x'],
    ['带着口令', 'https://a:b@chat.example.com/x'],
    ['不是网址', '企业微信'],
  ])('%s:拒绝，不保存', async (_what, address) => {
    await refusesToTake(head, '/api/group-robots', form({ address }), 422, 'robot.not_outward');
    expect(await sql('select 1 from channel')).toEqual([]);
  });

  it('用机器人的编号设成别的渠道：不收，机器人照旧', async () => {
    const id = await setRobot();
    const taken = await admin?.post('/api/channels', { id, kind: 'webhook', address: '', enabled: false });
    expect([taken?.status, taken?.body.code]).toEqual([409, 'command.id_taken']);
    const [row] = await sql<{ kind: string; enabled: boolean }>('select kind, enabled from channel where id = $1', [
      id,
    ]);
    expect(row).toEqual({ kind: 'robot', enabled: true });
  });

  it('名字通向内网：发的时候不连，写明原因', async () => {
    const inside = realOutside(false, async () => [{ address: '10.0.0.8', family: 4 }]);
    const another = await openAnother(county, { outside: inside });
    await setRobot();
    await issue();
    await pump(another, 1, consequences);
    await another.close();
    expect(await robotsOf()).toMatchObject([{ verdict: 'private_address' }]);
    expect(told).toEqual([]);
  });

  it('第一次没填地址、一处设两个、停用着试发：说清楚', async () => {
    await refusesToTake(head, '/api/group-robots', form({ address: undefined }), 422, 'robot.no_address');
    const id = await setRobot();
    await refusesToTake(head, '/api/group-robots', form(), 409, 'robot.one_per_area');
    await head.post('/api/group-robots', form({ id, address: undefined, enabled: false }));
    await refusesToTake(head, `/api/group-robots/${id}/test`, {}, 409, 'robot.off');
  });

  it('只有自己社区的书记和管理员能设；别人看不到', async () => {
    const id = await setRobot(admin, { areaId: area('park') });
    expect((await robotsOf(other)).map((one: { id: string }) => one.id)).toEqual([id]);
    expect(await robotsOf(head)).toEqual([]);
    await refusesToTake(head, '/api/group-robots', form({ areaId: area('park') }), 403, 'robot.not_your_area');
    await refusesToTake(head, `/api/group-robots/${id}/test`, {}, 404, 'robot.not_found');
    await refusesToTake(worker, '/api/group-robots', form(), 403, 'account.not_for_you');
    expect((await anyone.get('/api/group-robots')).status).toBe(401);
  });
});

describe('各家的写法', () => {
  it.each([
    ['wecom', { msgtype: 'text', text: { content: '“引号”和\n换行' } }],
    ['dingtalk', { msgtype: 'text', text: { content: '“引号”和\n换行' } }],
    ['feishu', { msg_type: 'text', content: { text: '“引号”和\n换行' } }],
  ] as const)('%s', (shape, body) => {
    expect(JSON.parse(robotBody(shape, '“引号”和\n换行'))).toEqual(body);
    const heard = (status: number, text: string) => verdictIn(shape, { status, bytes: Buffer.from(text) });
    const field = robotShapes[shape as ShapeName].verdict;
    expect(heard(200, `{"${field}":0}`)).toBeNull();
    expect(heard(200, `{"${field}":19021}`)).toBe('refused 19021');
    expect(heard(200, '好的')).toBe('no_verdict');
    expect(heard(500, `{"${field}":0}`)).toBe('status 500');
    expect(verdictIn(shape, { fault: 'timeout' })).toBe('timeout');
  });
});
