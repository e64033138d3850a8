import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { openCounty } from '../../../test/harness.ts';
import { addPhoto, body, HOUR, look, owes, step } from '../../../test/telling.ts';
import { keyFor } from '../open311/fixtures/client.ts';
import { openNeighbourhood, WORKS } from './fixtures/dispatching.ts';

/* Two programs, two databases: a county sends a case to a city that runs the same program, and follows it to its end. */
const county = await openCounty();
const city = await openCounty();
const { later, settle, set, dispatched, story, sending, admin, chen } = await openNeighbourhood(county);
const { as } = county;
const [heThere, chenThere] = [await city.as('何静'), await city.as('陈敏')];
let url = '';
let apiKey = '';

beforeAll(async () => {
  apiKey = await keyFor(city);
  await city.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(city.app.server.address() as AddressInfo).port}/open311/v2`;
  await set({ url, apiKey });
});

interface There {
  readonly id: string;
  readonly number: string;
  readonly words: string;
}
const there = (number: string) =>
  city.sql<There>(
    `select c.id, c.number, r.words from casefile c join report r on r.casefile_id = c.id and r.realm = c.realm
     where r.words like '%' || $1 || '%' order by c.reported_at`,
    [number],
  );
const only = async (number: string): Promise<There> => {
  const found = await there(number);
  expect(found).toHaveLength(1);
  return found[0] as There;
};

test('派给有自己平台的单位：那边多一件，这边写明送到、编号，算签收；报事人的姓名电话没有出去', async () => {
  const said = await dispatched({ contact: { name: '欧阳测试', phone: '13712345678' } });
  await settle();
  const got = await only(said.number);
  expect(got.words).toContain('路面塌了一块');
  expect(got.words).toContain('安澜县');
  expect(await sending(said.id)).toMatchObject({ state: 'following', request_id: got.number });
  expect(await story(said.id)).toEqual([`sent ${got.number}`]);
  expect((await look(chen, said.id)).status).toBe('handling');
  expect((await look(heThere, got.id)).reports).toMatchObject([{ hasContact: false }]);
  for (let i = 0; i < 5; i += 1) await later(HOUR);
  expect(await there(said.number)).toHaveLength(1);
});

test('那边的每一步进展写进这边的经过；那边办结，是等我们核查的反馈，不替我们结案', async () => {
  const said = await dispatched();
  await settle();
  const got = await only(said.number);
  const [cao, wang, wangHere] = [await city.as('曹路'), await city.as('王秀兰'), await as('王秀兰')];
  await step(heThere, got.id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chenThere, got.id, 'dispatch', { bodyId: body('works') });
  await step(cao, got.id, 'acknowledge');
  await city.settle();
  await later(HOUR);
  expect(await story(said.id)).toEqual([
    `sent ${got.number}`,
    'update INVESTIGATING 已立案',
    'update ACTION_SCHEDULED 已派遣给承办单位',
    'update IN_PROGRESS 承办单位已签收，正在处置',
  ]);
  await later(HOUR);
  expect(await story(said.id)).toHaveLength(4);

  await addPhoto(cao, got.id, 'after');
  await step(cao, got.id, 'feed-back', { words: '补好了' });
  await step(wang, got.id, 'verify');
  await step(heThere, got.id, 'close', { outcome: 'resolved', publicText: '路面已经补好' });
  await city.settle();
  await later(HOUR);
  const seen = await look(chen, said.id);
  expect(seen.status).toBe('handled');
  expect(seen.story.at(-1)).toMatchObject({
    kind: 'casefile.fed_back',
    words: expect.stringContaining('路面已经补好'),
  });
  expect(await sending(said.id)).toMatchObject({ state: 'closed', next_at: null });
  expect(await owes(wangHere, said.id)).toEqual(['casefile.verify']);

  // Not done after all: another round goes out as another request, which names the first one.
  await step(wangHere, said.id, 'rework', { words: '边上还有裂缝' });
  await settle();
  const both = await there(said.number);
  expect(both).toHaveLength(2);
  expect(both[1]?.words).toContain(`第 2 轮`);
  expect(both[1]?.words).toContain(got.number);
});

test('先给凭条、后给编号的服务：有了编号才算签收', async () => {
  await set({ url, services: [{ of: '*', serviceCode: 'street-stall' }] });
  const said = await dispatched({ words: '占道的摊子' });
  await settle();
  expect(await sending(said.id)).toMatchObject({ state: 'token', request_id: null });
  expect((await look(chen, said.id)).status).toBe('dispatched');
  const got = await only(said.number);
  await step(heThere, got.id, 'register', { conditionCode: 'street-stall-beside' });
  await city.settle();
  await later(HOUR);
  expect(await sending(said.id)).toMatchObject({ state: 'following', request_id: got.number });
  expect((await look(chen, said.id)).status).toBe('handling');
  await set({ url });
});

test('XML 和 JSON 一样走得通', async () => {
  await set({ url, format: 'xml' });
  const said = await dispatched();
  await settle();
  const got = await only(said.number);
  await step(heThere, got.id, 'register', { conditionCode: 'road-sunken-passable' });
  await city.settle();
  await later(HOUR);
  expect(await story(said.id)).toEqual([`sent ${got.number}`, 'update INVESTIGATING 已立案']);
  await set({ url });
});

test('约定了用途才附上联系方式，并且写明为什么', async () => {
  await set({ url, contactPurpose: '上门维修前要打电话' });
  const said = await dispatched({ contact: { name: '欧阳测试', phone: '13712345678' } });
  await settle();
  const got = await only(said.number);
  expect((await look(heThere, got.id)).reports).toMatchObject([{ hasContact: true }]);
  const told = (await look(chen, said.id)).story.find(({ kind }: { kind: string }) => kind === 'casefile.heard');
  expect(told.body).toMatchObject({ news: 'sent', purpose: '上门维修前要打电话' });
  const quiet = await dispatched();
  await settle();
  expect((await look(chen, quiet.id)).story.at(-2).body).not.toHaveProperty('purpose');
  await set({ url });
});

test('保密案卷不发，经过里写明；发出以后转为保密的，不再跟踪', async () => {
  const secret = await dispatched();
  await county.sql('update casefile set confidential = true where id = $1', [secret.id]);
  await settle();
  expect(await there(secret.number)).toEqual([]);
  expect(await sending(secret.id)).toMatchObject({ state: 'withheld', next_at: null });
  const told = await county.sql<{ body: { news: string } }>(
    `select body from entry where record_id = $1 and kind = 'casefile.heard'`,
    [secret.id],
  );
  expect(told).toMatchObject([{ body: { news: 'withheld' } }]);

  const opened = await dispatched();
  await settle();
  await county.sql('update casefile set confidential = true where id = $1', [opened.id]);
  await later(HOUR);
  expect(await sending(opened.id)).toMatchObject({ state: 'ended', next_at: null });
});

test('单位自己退回、案卷离开这个单位，就不再跟踪', async () => {
  const said = await dispatched();
  await settle();
  await step(await as('曹路'), said.id, 'send-back', { reason: 'not_ours', words: '不归我们' });
  await later(HOUR);
  expect(await sending(said.id)).toMatchObject({ state: 'ended' });
});

test('吹哨叫到的单位也发过去：送到不等于报到', async () => {
  const said = await dispatched();
  await settle();
  const second = body('clean');
  await set({ bodyId: second, url, apiKey });
  await step(chen, said.id, 'summon', { bodyIds: [second], words: '一起来清' });
  await settle();
  expect(await there(said.number)).toHaveLength(2);
  expect(await owes(await as('魏洁'), said.id)).toEqual(['casefile.report_in']);
});

test('谁能看：管理员看得见发送情况和设置，看不见密钥；读得到案卷的人看得见它发给了谁', async () => {
  const listed = await admin.get('/api/neighbours');
  expect(listed.body.find(({ bodyId }: { bodyId: string }) => bodyId === WORKS)).toMatchObject({
    ...{ url, hasKey: true, speaksUpdates: true, enabled: true, contactPurpose: null },
  });
  expect(JSON.stringify(listed.body)).not.toContain(apiKey);
  const kept = await county.sql<{ api_key: Buffer }>('select api_key from neighbour where body_id = $1', [WORKS]);
  expect(kept[0]?.api_key.toString('latin1')).not.toContain(apiKey);
  const entries = await county.sql<{ body: object }>(`select body from entry where kind = 'neighbour.set'`);
  expect(JSON.stringify(entries)).not.toContain(apiKey);
  const said = await dispatched();
  await settle();
  expect((await chen.get(`/api/casefiles/${said.id}/neighbours`)).body).toMatchObject([
    { state: 'following', number: said.number, fault: null, faultWords: null },
  ]);
  expect((await (await as('田青')).get(`/api/casefiles/${said.id}/neighbours`)).status).toBe(404);
  expect((await (await as('陈敏')).get('/api/neighbours')).status).toBe(403);
});

test('设置有误说得清楚，什么也没保存', async () => {
  const form = { bodyId: WORKS, url, services: [{ of: '*', serviceCode: 'x' }] };
  const refused = async (changes: object) => {
    const said = await admin.post('/api/neighbours', { ...form, ...changes });
    return [said.status, said.body.code];
  };
  expect(await refused({ bodyId: '0197f3a2-5c1e-7b44-9d2a-3f8e6c1b7a90' })).toEqual([422, 'neighbour.no_such_body']);
  expect(await refused({ services: [{ of: 'no-such-thing', serviceCode: 'x' }] })).toEqual([
    422,
    'neighbour.unknown_kind',
  ]);
  for (const wrong of ['ftp://example.org/', 'https://user:word@example.org/', 'https://example.org/?key=1', 'x'])
    expect((await refused({ url: wrong }))[0], wrong).toBe(422);
  expect((await refused({ services: [] }))[0]).toBe(422);
  const again = await admin.get('/api/neighbours');
  expect(again.body.find(({ bodyId }: { bodyId: string }) => bodyId === WORKS)).toMatchObject({ url });
});
