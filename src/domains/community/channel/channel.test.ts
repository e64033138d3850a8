import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { area, DAY, look, owes, refusesToTake, report } from '../../../../test/telling.ts';
import { byOperator } from '../../../cli/operator.ts';
import { granteeOfCode } from '../../../kernel/tracking.ts';
import { forgetReporter } from '../../work/casefiles/index.ts';
import { forgetWriter } from './index.ts';

/* What a resident writes to the people of a grid: it is read, answered, made a report or set aside. */
const county = await openCounty();
const { anyone, as, clock, settle, sql } = county;
const [worker, leader, head, other, registrar, dispatcher] = await Promise.all(
  ['王秀兰', '李建国', '孙丽', '高明', '何静', '陈敏'].map((name) => as(name)),
);
if (!worker || !leader || !head || !other || !registrar || !dispatcher) throw new Error('the cast is not complete');

const WORDS = '楼道灯坏了三天，晚上老人下楼看不见';
const PHONE = '13712349876';
const form = (changes: object = {}) => ({ id: randomUUID(), areaId: area('station-1'), words: WORDS, ...changes });
async function write(changes: object = {}): Promise<{ id: string; code: string }> {
  const said = form(changes);
  const reply = await anyone.post('/api/area-messages', said);
  expect(reply, JSON.stringify(reply.body)).toMatchObject({ status: 200, body: { messageId: said.id } });
  return { id: said.id, code: reply.body.trackingCode };
}
const asked = (code: string) => anyone.get(`/api/track/${code}/message`);
const tracked = async (code: string) => ({ body: (await asked(code)).body.written });
const aReport = (changes: object = {}) => ({
  ...{ casefileId: randomUUID(), words: '楼道灯不亮', place: { areaId: area('station-1'), words: '3 栋楼道' } },
  ...changes,
});
const listed = async (by: typeof worker, show = 'waiting'): Promise<string[]> =>
  (await by.get(`/api/area-messages?show=${show}`)).body.map((one: { id: string }) => one.id);

beforeEach(() => clock.advance(60_000));

describe('居民留言', () => {
  it('不用账号；网格员的待办里有，写明期限；留言人凭查询码看到在谁手上', async () => {
    const { id, code } = await write({ contact: { phone: PHONE } });
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await owes(worker, id)).toEqual(['area_message.answer']);
    const { body } = await tracked(code);
    expect(body).toMatchObject({
      status: 'waiting',
      words: WORDS,
      place: '二运第一网格 · 二运社区',
      unverified: false,
    });
    expect(body.holder.name.zh).toBe('二运第一网格网格员');
    expect(JSON.stringify(body)).not.toContain('王秀兰');
    expect(Date.parse(body.holder.clock.dueAt)).toBeGreaterThan(clock.now().getTime());
  });

  it('写给社区的归社区书记', async () => {
    const { id } = await write({ areaId: area('station') });
    expect(await owes(head, id)).toEqual(['area_message.answer']);
    expect(await owes(worker, id)).toEqual([]);
  });

  it('重复提交只有一条，查询码还是那个', async () => {
    const [said, commandId] = [form(), randomUUID()];
    const first = await anyone.post('/api/area-messages', said, commandId);
    expect((await anyone.post('/api/area-messages', said, commandId)).body).toEqual({ ...first.body, repeated: true });
    expect(await sql('select 1 from area_message where id = $1', [said.id])).toHaveLength(1);
    expect(await sql('select 1 from obligation where record_id = $1', [said.id])).toHaveLength(1);
  });

  it.each([
    ['街道没有频道', { areaId: area('east') }, 422, 'area_message.no_channel'],
    ['没有的网格', { areaId: randomUUID() }, 404, 'area.not_found'],
    ['没写内容', { words: '  ' }, 422, 'input.invalid'],
    ['写得太长', { words: '长'.repeat(2001) }, 422, 'input.invalid'],
    ['电话不成样子', { contact: { phone: '打我电话' } }, 422, 'input.invalid'],
  ])('%s:说清楚，不收', async (_what, changes, status, code) => {
    const said = form(changes);
    await refusesToTake(anyone, '/api/area-messages', said, status, code);
    expect(await sql('select 1 from area_message where id = $1', [said.id])).toEqual([]);
  });

  it('话和电话封着存：表、流水、消息、回执里都没有明文', async () => {
    const { id } = await write({ words: '金丝雀频道原话', contact: { phone: '13700006666' } });
    await head.post(`/api/area-messages/${id}/answer`, { words: '金丝雀频道答复' });
    await head.post(`/api/area-messages/${id}/read-contact`, { reason: '金丝雀频道理由' });
    await settle();
    const tables = ['area_message', 'entry', 'command', 'message', 'obligation', 'access_grant', 'delivery'];
    const rows = await sql<{ row: string }>(
      tables.map((name) => `select t::text as row from ${name} t`).join(' union all '),
    );
    const hex = (text: string) => Buffer.from(text).toString('hex');
    for (const word of ['金丝雀频道', '13700006666'])
      expect(
        rows.filter(({ row }) => row.includes(word) || row.includes(hex(word))),
        word,
      ).toEqual([]);
  });
});

describe('谁看得到', () => {
  it('本网格、本社区、街道受理岗看得到；别的社区、没有登录的看不到', async () => {
    const { id } = await write();
    for (const by of [worker, leader, head, registrar, dispatcher]) expect(await listed(by)).toContain(id);
    expect(await listed(other)).not.toContain(id);
    expect((await other.get(`/api/area-messages/${id}`)).body.code).toBe('area_message.not_found');
    expect((await anyone.get(`/api/area-messages/${id}`)).status).toBe(401);
    expect((await (await as('赵磊', 2)).get(`/api/area-messages/${id}`)).body.code).toBe('area_message.not_found');
  });

  it('没看的在前，看过的记下是谁先看的，再看一次不改', async () => {
    const first = await write();
    clock.advance(60_000);
    const second = await write();
    expect((await listed(worker)).indexOf(second.id)).toBeLessThan((await listed(worker)).indexOf(first.id));
    await worker.post(`/api/area-messages/${second.id}/see`);
    expect((await listed(worker)).indexOf(first.id)).toBeLessThan((await listed(worker)).indexOf(second.id));
    await leader.post(`/api/area-messages/${second.id}/see`);
    expect((await leader.get(`/api/area-messages/${second.id}`)).body).toMatchObject({ seenBy: '王秀兰' });
    expect(
      await sql(`select 1 from entry where record_id = $1 and kind = 'area_message.seen'`, [second.id]),
    ).toHaveLength(1);
  });

  it('超过一天没人答复：上面的收到提醒', async () => {
    const { id } = await write();
    clock.advance(4 * DAY);
    await settle();
    const told = (await dispatcher.get('/api/messages')).body.filter(
      (one: { recordId: string }) => one.recordId === id,
    );
    expect(told[0]?.text.zh).toContain('答复留言');
  });
});

describe('答复', () => {
  it('留言人凭查询码看到；期限停下；还可以再补一句', async () => {
    const { id, code } = await write();
    expect((await worker.post(`/api/area-messages/${id}/answer`, { words: '明天上午换灯' })).body.status).toBe(
      'answered',
    );
    await settle();
    expect((await tracked(code)).body).toMatchObject({
      status: 'answered',
      holder: null,
      told: [{ text: { zh: '二运第一网格答复您：' }, words: '明天上午换灯' }],
    });
    expect(await owes(worker, id)).toEqual([]);
    expect((await worker.post(`/api/area-messages/${id}/answer`, { words: '已经换好了' })).status).toBe(200);
    await settle();
    expect((await tracked(code)).body.told).toHaveLength(2);
  });

  it('重复提交只告诉一次', async () => {
    const [{ id, code }, commandId] = [await write(), randomUUID()];
    const send = () => worker.post(`/api/area-messages/${id}/answer`, { words: '收到' }, commandId);
    const first = await send();
    expect((await send()).body).toEqual({ ...first.body, repeated: true });
    await settle();
    expect((await tracked(code)).body.told).toHaveLength(1);
  });

  it('别的社区的、没有这个岗位的，答复不了', async () => {
    const { id } = await write();
    await refusesToTake(other, `/api/area-messages/${id}/answer`, { words: '我来' }, 404, 'area_message.not_found');
    await refusesToTake(dispatcher, `/api/area-messages/${id}/answer`, { words: '我来' }, 403, 'account.not_for_you');
    expect((await anyone.post(`/api/area-messages/${id}/answer`, { words: '我来' })).status).toBe(401);
  });

  it('看电话要写理由，记一笔；没有留就说没有留', async () => {
    const [{ id }, without] = [await write({ contact: { phone: PHONE } }), await write()];
    expect((await worker.get(`/api/area-messages/${id}`)).body).toMatchObject({ hasPhone: true });
    expect(JSON.stringify((await worker.get(`/api/area-messages/${id}`)).body)).not.toContain(PHONE);
    expect((await worker.post(`/api/area-messages/${id}/read-contact`, { reason: '约时间' })).body.phone).toBe(PHONE);
    expect((await worker.post(`/api/area-messages/${id}/read-contact`, { reason: '再打一次' })).body.phone).toBe(PHONE);
    await refusesToTake(worker, `/api/area-messages/${id}/read-contact`, { reason: '' }, 422, 'input.invalid');
    const none = `/api/area-messages/${without.id}/read-contact`;
    await refusesToTake(worker, none, { reason: '约时间' }, 404, 'area_message.no_phone');
    const read = await sql<{ record_id: string }>(
      `select record_id from entry where kind = 'area_message.contact_read'`,
    );
    expect(read.map((row) => row.record_id)).toContain(id);
    expect(read.map((row) => row.record_id)).not.toContain(without.id);
  });
});

describe('转为报事', () => {
  it('走报事的同一条路：有编号、有时限；留言和案卷互相找得到，电话跟着走；原来的查询码看案卷', async () => {
    const { id, code } = await write({ contact: { phone: PHONE } });
    const made = aReport();
    expect((await worker.post(`/api/area-messages/${id}/report`, made)).body.status).toBe('reported');
    await settle();
    const file = await look(registrar, made.casefileId);
    expect(file.reports).toMatchObject([
      { id, channel: 'area', words: '楼道灯不亮', hasContact: true, onBehalf: true },
    ]);
    expect((await worker.get(`/api/area-messages/${id}`)).body.casefile).toEqual({ id: file.id, number: file.number });
    const parcel = (await anyone.get(`/api/track/${code}`)).body;
    expect(parcel).toMatchObject({ number: file.number, status: 'reported' });
    expect(parcel.messages[0].text.zh).toContain('收到了');
    expect(await owes(registrar, made.casefileId)).toEqual(['casefile.register']);
    expect(await owes(worker, id)).toEqual([]);
    const contact = await registrar.post(`/api/casefiles/${file.id}/read-contact`, { reason: '核实' });
    expect(contact.body.contacts[0].phone).toBe(PHONE);
  });

  it('答复过的、当作没事的也能转；已经转了的不能再转，也不能再答复', async () => {
    const { id } = await write();
    await worker.post(`/api/area-messages/${id}/set-aside`, { reason: 'thanks' });
    expect((await worker.post(`/api/area-messages/${id}/report`, aReport())).status).toBe(200);
    await refusesToTake(worker, `/api/area-messages/${id}/report`, aReport(), 409, 'area_message.not_allowed');
    await refusesToTake(worker, `/api/area-messages/${id}/answer`, { words: '好' }, 409, 'area_message.not_allowed');
    expect(await sql('select 1 from report where id = $1', [id])).toHaveLength(1);
  });

  it('两个人同时转：只有一件案卷', async () => {
    const { id } = await write();
    const both = await Promise.all([worker, head].map((by) => by.post(`/api/area-messages/${id}/report`, aReport())));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      await sql('select 1 from casefile c join report r on r.casefile_id = c.id where r.id = $1', [id]),
    ).toHaveLength(1);
  });

  it('重复提交只有一件', async () => {
    const [{ id }, made, commandId] = [await write(), aReport(), randomUUID()];
    const send = () => worker.post(`/api/area-messages/${id}/report`, made, commandId);
    const first = await send();
    expect((await send()).body).toEqual({ ...first.body, repeated: true });
  });

  it.each([
    ['没有的类别', { typeCode: '不存在' }, 422, 'casefile.no_such_type'],
    ['县外的位置', { place: { lon: 0, lat: 0, words: '海上' } }, 422, 'area.point_outside'],
    ['没写内容', { words: '' }, 422, 'input.invalid'],
  ])('%s:和报事一样拒绝，留言还等着', async (_what, changes, status, code) => {
    const { id } = await write();
    await refusesToTake(worker, `/api/area-messages/${id}/report`, aReport(changes), status, code);
    expect((await worker.get(`/api/area-messages/${id}`)).body).toMatchObject({ status: 'waiting', casefile: null });
  });
});

describe('没有要办的事', () => {
  it('选理由，留言人看得到；期限停下；只能一次', async () => {
    const { id, code } = await write({ words: '谢谢网格员帮忙' });
    const set = { reason: 'thanks', words: '应该的' };
    expect((await worker.post(`/api/area-messages/${id}/set-aside`, set)).body.status).toBe('set_aside');
    await settle();
    const { body } = await tracked(code);
    expect(body.told).toMatchObject([{ text: { zh: expect.stringContaining('没有需要办的事') }, words: '应该的' }]);
    expect(await owes(worker, id)).toEqual([]);
    await refusesToTake(worker, `/api/area-messages/${id}/set-aside`, set, 409, 'area_message.not_allowed');
    const [open] = [await write()];
    await refusesToTake(worker, `/api/area-messages/${open?.id}/set-aside`, { reason: 'lazy' }, 422, 'input.invalid');
  });
});

describe('留言人要求忘记', () => {
  const forget = (code: string) =>
    byOperator<{ keys: number }>(county.runtime, 1, 'test.forget', async (ctx) => {
      const grantee = granteeOfCode(ctx.keys, code);
      const done = (await forgetWriter(ctx, grantee, 'asked')) ?? (await forgetReporter(ctx, grantee, 'asked'));
      return { keys: done.keys };
    });

  it('话没有了，留言还在；不能再答复，可以登记没有要办的事；再来一次不会出错', async () => {
    const { id, code } = await write();
    expect(await forget(code)).toEqual({ keys: 1 });
    expect((await worker.get(`/api/area-messages/${id}`)).body).toMatchObject({ words: null, hasPhone: false });
    await refusesToTake(worker, `/api/area-messages/${id}/answer`, { words: '好' }, 410, 'area_message.forgotten');
    await refusesToTake(worker, `/api/area-messages/${id}/report`, aReport(), 410, 'area_message.forgotten');
    expect((await worker.post(`/api/area-messages/${id}/set-aside`, { reason: 'unclear' })).status).toBe(200);
    expect(await forget(code)).toEqual({ keys: 0 });
  });

  it('转成案卷以后忘记：两把钥匙都没了，留言和案卷里的话都读不到', async () => {
    const { id, code } = await write({ words: '原来写的' });
    await worker.post(`/api/area-messages/${id}/report`, aReport());
    expect(await forget(code)).toEqual({ keys: 2 });
    expect((await worker.get(`/api/area-messages/${id}`)).body.words).toBeNull();
    expect(await sql('select 1 from report where id = $1 and words is not null', [id])).toEqual([]);
  });
});

it('查询码不对：说没有；报事的码来问留言：说是案卷', async () => {
  expect((await asked('7F3K-2M9Q-XW4D')).body.code).toBe('track.unknown_code');
  expect((await asked((await report(anyone)).code)).body).toEqual({ written: null });
});
