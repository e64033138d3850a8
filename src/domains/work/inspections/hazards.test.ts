import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area, body, DAY, owes, person } from '../../../../test/telling.ts';
import { verifyTold } from '../retelling/index.ts';
import { hazardRetelling } from './index.ts';

/* A hazard is found, put right by a body, looked at again by somebody else, and checked off. */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [hazardRetelling])).faults).toEqual([]));
const { anyone, as, clock, settle, sql } = county;
const [worker, head, other, leader, verifier, inspector] = await Promise.all(
  ['王秀兰', '孙丽', '高明', '蒋涛', '韩冬', '梁督'].map((name) => as(name)),
);
const [works, fixer, water, auditor] = await Promise.all(['曹路', '谢工', '周工', '审计员'].map((name) => as(name)));
if (!worker || !head || !other || !leader || !verifier || !inspector) throw new Error('the cast is not complete');
if (!works || !fixer || !water || !auditor) throw new Error('the cast is not complete');

const WHAT = '灭火器压力表指针在红区，两具都已过期';
const given = (over: object = {}) => ({
  ...{ areaId: area('station-1'), what: WHAT, where: '惠民超市一楼', grade: 'general', sector: 'fire' },
  ...{ source: 'patrol', bodyId: body('works'), limit: { amount: 3, unit: 'natural_days' } },
  ...over,
});
async function found(over: object = {}, by: Caller = worker as Caller): Promise<string> {
  const { status, body: said } = await by.post('/api/hazards', given(over));
  expect(status, JSON.stringify(said)).toBe(200);
  return said.hazardId;
}
const steps = {
  accept: { words: '今天下班前换新' },
  rectify: { words: '两具都换了新的，表针在绿区，合格证日期 2026-03' },
  'check-off': { words: '到店看过，两具都是新的' },
  'send-back': { words: '只换了一具', limit: { amount: 1, unit: 'natural_days' } },
  extend: { words: '厂家缺货', by: { amount: 2, unit: 'natural_days' } },
  reassign: { words: '是供水公司的设施', bodyId: body('water'), limit: { amount: 2, unit: 'natural_days' } },
  refer: { to: '消防救援大队', words: '要立案查处' },
  object: { words: '这是供水公司的管子' },
  'ask-time': { words: '厂家缺货，要到下周' },
  uphold: { words: '合同写明由你们养护' },
  withdraw: { words: '登记重复了' },
} as const;
const step = (by: Caller, id: string, name: keyof typeof steps, over: object = {}, command = randomUUID()) =>
  by.post(`/api/hazards/${id}/${name}`, { ...steps[name], ...over }, command);
async function goes(by: Caller, id: string, ...names: (keyof typeof steps)[]): Promise<void> {
  for (const name of names) expect((await step(by, id, name)).body, name).toMatchObject({ hazardId: id });
}
const look = async (by: Caller, id: string) => (await by.get(`/api/hazards/${id}`)).body;
const can = (seen: { can: { command: string; allowed: boolean; reason: { zh: string } | null }[] }, command: string) =>
  seen.can.find((one) => one.command === command);
const stored = async (id: string) => (await sql<{ status: string }>('select * from hazard where id = $1', [id]))[0];
const entriesOf = (id: string) =>
  sql<{ kind: string }>('select kind from entry where record_id = $1 order by ord', [id]);

beforeEach(() => clock.advance(60_000));

describe('发现，整改，复查，销号', () => {
  it('单位的待办里有，写着是什么、在哪里、什么时候到期；报完整改，复查到了发现的岗位手上；销号以后没有人再欠', async () => {
    const id = await found();
    const [line] = (await works.get('/api/inbox')).body.filter((one: { recordId: string }) => one.recordId === id);
    expect(line).toMatchObject({ duty: 'hazard.rectify', recordKind: 'hazard', title: '消防隐患 · 二运第一网格' });
    expect(line.clock.dueAt).not.toBeNull();
    expect(await look(works, id)).toMatchObject({
      ...{ status: 'found', what: WHAT, where: '惠民超市一楼', owner: '安澜县市政养护中心' },
      ...{ body: '安澜县市政养护中心', foundBy: '王秀兰', limit: { zh: '3 自然日' } },
    });
    await goes(works, id, 'accept');
    await goes(fixer, id, 'rectify');
    expect(await owes(works, id)).toEqual([]);
    expect(await owes(worker, id)).toEqual(['hazard.recheck']);
    await goes(worker, id, 'check-off');
    expect(await owes(worker, id)).toEqual([]);
    const seen = await look(works, id);
    expect(seen).toMatchObject({ status: 'checked_off', owner: '', clock: null });
    expect(seen.story.map(({ step: { zh }, by }: { step: { zh: string }; by: string }) => [zh, by])).toEqual([
      ['发现，登记', '王秀兰'],
      ['接收，定整改措施', '曹路'],
      ['报整改完成', '谢工'],
      ['复查合格，销号', '王秀兰'],
    ]);
    expect(seen.story[2].words).toContain('合格证日期');
    expect((await entriesOf(id)).map(({ kind }) => kind)).toEqual(
      ['found', 'accepted', 'rectified', 'checked_off'].map((kind) => `hazard.${kind}`),
    );
  });

  it('复查不合格：退回同一单位，重新计时，写明第几次', async () => {
    const id = await found();
    await goes(works, id, 'rectify');
    await goes(worker, id, 'send-back');
    expect(await look(works, id)).toMatchObject({
      status: 'rectifying',
      returned: true,
      rounds: 1,
      limit: { zh: '1 自然日' },
    });
    expect([await owes(works, id), await owes(worker, id)]).toEqual([['hazard.rectify'], []]);
    await goes(works, id, 'rectify');
    await goes(worker, id, 'check-off');
    expect(await look(leader, id)).toMatchObject({ status: 'checked_off', returned: true, rounds: 1 });
  });

  it('每一步重复提交：只办一次，只记一笔', async () => {
    const commandId = randomUUID();
    const first = await worker.post('/api/hazards', given(), commandId);
    expect((await worker.post('/api/hazards', given(), commandId)).body).toEqual({ ...first.body, repeated: true });
    const id = first.body.hazardId;
    for (const [by, name] of [
      [works, 'accept'],
      [works, 'object'],
      [leader, 'uphold'],
      [works, 'ask-time'],
      [leader, 'extend'],
      [leader, 'refer'],
      [leader, 'reassign'],
      [water, 'rectify'],
      [worker, 'send-back'],
      [water, 'rectify'],
      [worker, 'check-off'],
    ] as const) {
      const again = randomUUID();
      const done = await step(by, id, name, {}, again);
      expect(done.status, `${name} ${JSON.stringify(done.body)}`).toBe(200);
      const before = (await entriesOf(id)).length;
      expect((await step(by, id, name, {}, again)).body).toEqual({ ...done.body, repeated: true });
      expect(await entriesOf(id)).toHaveLength(before);
    }
    expect(await sql('select 1 from hazard where id = $1', [id])).toHaveLength(1);
    expect(await sql(`select 1 from obligation where record_id = $1 and state in ('running', 'paused')`, [id])).toEqual(
      [],
    );
    const withdrawn = await found();
    const once = randomUUID();
    const done = await step(leader, withdrawn, 'withdraw', {}, once);
    expect((await step(leader, withdrawn, 'withdraw', {}, once)).body).toEqual({ ...done.body, repeated: true });
    expect(await owes(works, withdrawn)).toEqual([]);
  });

  it('到期没改：上面的收到提醒；延长期限以后不算超期', async () => {
    const id = await found();
    clock.advance(4 * DAY);
    await settle();
    const listed = async () => (await leader.get('/api/hazards?part=late')).body;
    expect((await listed()).rows.map((one: { id: string }) => one.id)).toContain(id);
    const told = (await leader.get('/api/messages')).body.filter((one: { recordId: string }) => one.recordId === id);
    expect(told[0]?.text.zh).toContain('整改隐患');
    await goes(leader, id, 'extend');
    expect((await listed()).rows.map((one: { id: string }) => one.id)).not.toContain(id);
    const { moved, ...said } = (await look(leader, id)).story.at(-1);
    expect(said).toMatchObject({ step: { zh: '延长整改期限' }, words: '厂家缺货' });
    // From which instant to which, and by how much.
    expect(Date.parse(moved.is) - Date.parse(moved.was)).toBe(2 * DAY);
    expect(moved.by.zh).toBe('2 自然日');
    await goes(leader, id, 'extend');
    // Not a third time; the clock stays as it was.
    const again = await leader.post(`/api/hazards/${id}/extend`, {
      words: '还是缺货',
      by: { amount: 2, unit: 'natural_days' },
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'hazard.extended_twice' } });
    await goes(leader, id, 'withdraw');
  });
});

describe('单位有话说', () => {
  it('不归我们管、申请延期：到调度岗位的待办里；改派、延期、照原来的办，都算答复', async () => {
    const dispatcher = await as('陈敏');
    for (const [ask, by, answer] of [
      ['object', water, 'reassign'],
      ['ask-time', works, 'extend'],
      ['object', works, 'uphold'],
    ] as const) {
      const id = await found();
      await goes(works, id, ask);
      expect([await owes(dispatcher, id), (await look(dispatcher, id)).objected]).toEqual([['hazard.answer'], true]);
      expect((await look(works, id)).clock.state).toBe('running');
      expect(await step(works, id, ask)).toMatchObject({ status: 409, body: { code: 'hazard.not_allowed' } });
      await goes(dispatcher, id, answer);
      expect([await owes(dispatcher, id), await owes(by, id)]).toEqual([[], ['hazard.rectify']]);
      expect((await look(leader, id)).objected).toBe(false);
    }
  });

  it('没有说过就没有什么照原来的办；别的单位、发现的人不能替它说；登记岗位也能延期', async () => {
    const id = await found();
    expect(await step(leader, id, 'uphold')).toMatchObject({ status: 409 });
    expect(await step(worker, id, 'object')).toMatchObject({ status: 403 });
    expect(await step(water, id, 'object')).toMatchObject({ status: 404 });
    await goes(await as('何静'), id, 'extend');
    expect((await stored(id))?.status).toBe('found');
  });

  it('移送写明给谁；这期间单位没有要办的，它的时限停下，写着现在谁办', async () => {
    const id = await found();
    expect(await step(leader, id, 'refer', { to: undefined })).toMatchObject({ status: 422 });
    expect((await step(leader, id, 'refer', { leaves: true })).status).toBe(200);
    const seen = await look(works, id);
    expect(seen).toMatchObject({ referredTo: '消防救援大队', isAway: true, clock: { state: 'paused' } });
    expect(seen.story.at(-1).words).toBe('→ 消防救援大队：要立案查处');
    await goes(works, id, 'rectify');
    const staying = await found();
    await goes(leader, staying, 'refer');
    expect(await look(works, staying)).toMatchObject({ isAway: false, clock: { state: 'running' } });
  });

  it('复查的时限按工作日，不是一小时', async () => {
    const id = await found({ grade: 'major' });
    await goes(works, id, 'rectify');
    expect((await look(worker, id)).limit).toMatchObject({ zh: '3 工作日' });
  });
});

describe('不该的做不成', () => {
  it('报整改完成的人有检查的岗位也不能自己销号；换个人可以', async () => {
    const admin = await as('管理员');
    const post = await sql<{ id: string }>(`select id from post where role = 'verifier' limit 1`);
    const holding = { id: randomUUID(), postId: post[0]?.id, personId: person('xiegong') };
    expect((await admin.post('/api/holdings', holding)).status).toBe(200);
    const both = await as('谢工');
    const id = await found();
    await goes(both, id, 'rectify');
    const refused = await step(both, id, 'check-off');
    expect(refused).toMatchObject({ status: 409, body: { code: 'hazard.not_allowed' } });
    expect(refused.body.title).toContain('要由另一个人复查');
    expect(can(await look(both, id), 'check_off')).toMatchObject({ allowed: false });
    expect(await step(both, id, 'send-back')).toMatchObject({ status: 409 });
    expect(await stored(id)).toMatchObject({ status: 'rectified' });
    await goes(verifier, id, 'check-off');
  });

  it('表自己也不让：同一个人写不进去', async () => {
    const id = await found();
    await goes(works, id, 'rectify');
    const same = `update hazard set status = 'checked_off', checked_by = rectified_by, checked_at = now() where id = $1`;
    await expect(sql(same, [id])).rejects.toThrow(/hazard_checked_by_another/);
  });

  it('别的单位、别的社区看不到，也办不了；审计员、没登录的进不来', async () => {
    const id = await found();
    for (const by of [water, other]) {
      expect(await by.get(`/api/hazards/${id}`)).toMatchObject({ status: 404, body: { code: 'hazard.not_found' } });
      expect((await by.get('/api/hazards')).body.rows.map((one: { id: string }) => one.id)).not.toContain(id);
    }
    expect(await step(water, id, 'rectify')).toMatchObject({ status: 404, body: { code: 'hazard.not_found' } });
    expect(await step(other, id, 'withdraw')).toMatchObject({ status: 404, body: { code: 'hazard.not_found' } });
    expect(await step(worker, id, 'rectify')).toMatchObject({ status: 403, body: { code: 'account.not_for_you' } });
    expect(await step(works, id, 'check-off')).toMatchObject({ status: 403, body: { code: 'account.not_for_you' } });
    expect(await step(worker, id, 'check-off')).toMatchObject({ status: 409, body: { code: 'hazard.not_allowed' } });
    expect((await auditor.get('/api/hazards')).status).toBe(403);
    expect((await anyone.get(`/api/hazards/${id}`)).status).toBe(401);
    expect(await stored(id)).toMatchObject({ status: 'found' });
  });

  it.each([
    ['别人的地方', { areaId: area('park-1') }, 403, 'hazard.not_here'],
    ['没有的单位', { bodyId: randomUUID() }, 422, 'hazard.no_body'],
    ['没有的检查表', { item: { checklistId: randomUUID(), version: 1, code: 'i1' } }, 422, 'hazard.no_item'],
    ['没写是什么', { what: ' ' }, 422, 'input.invalid'],
    ['没有的等级', { grade: '特大' }, 422, 'input.invalid'],
    ['时限读不懂', { limit: { amount: 3, unit: '天' } }, 422, 'input.invalid'],
  ])('登记：%s，不收', async (_what, over, status, code) => {
    const before = await sql('select 1 from hazard');
    expect(await worker.post('/api/hazards', given(over))).toMatchObject({ status, body: { code } });
    expect(await sql('select 1 from hazard')).toHaveLength(before.length);
  });

  it('改派给同一个单位、没有的单位，不行；改派以后原单位办不了，还看得到', async () => {
    const id = await found();
    expect(await step(leader, id, 'reassign', { bodyId: body('works') })).toMatchObject({
      status: 409,
      body: { code: 'hazard.same_body' },
    });
    expect(await step(leader, id, 'reassign', { bodyId: randomUUID() })).toMatchObject({
      status: 422,
      body: { code: 'hazard.no_body' },
    });
    await goes(leader, id, 'reassign');
    expect([await owes(works, id), await owes(water, id)]).toEqual([[], ['hazard.rectify']]);
    expect(await step(works, id, 'rectify')).toMatchObject({ status: 409, body: { code: 'hazard.not_allowed' } });
    expect((await look(works, id)).body).toBe('安澜县供水公司');
  });

  it('两个人同时复查：只有一个算数', async () => {
    const id = await found();
    await goes(works, id, 'rectify');
    const both = await Promise.all([step(worker, id, 'check-off'), step(verifier, id, 'send-back')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

it('话封着存：表、流水、待办里都没有明文', async () => {
  const id = await found({ what: '金丝雀隐患原话', where: '金丝雀隐患地点' });
  await step(works, id, 'rectify', { words: '金丝雀隐患证明' });
  await settle();
  const tables = ['hazard', 'entry', 'command', 'message', 'obligation', 'access_grant', 'delivery'];
  const rows = await sql<{ row: string }>(
    tables.map((name) => `select t::text as row from ${name} t`).join(' union all '),
  );
  const hex = Buffer.from('金丝雀隐患').toString('hex');
  expect(rows.filter(({ row }) => row.includes('金丝雀隐患') || row.includes(hex))).toEqual([]);
});

it('引用的数字带着出处和存疑，不进任何统计', async () => {
  const quoted = [{ figure: '13万处', source: '某日通报', doubt: '同一通报另一处写1.3万，差十倍' }];
  const before = (await leader.get('/api/hazards')).body.counts.all;
  const id = await found({ quoted });
  expect((await look(works, id)).quoted).toEqual(quoted);
  expect((await leader.get('/api/hazards')).body.counts.all).toBe(before + 1);
});
