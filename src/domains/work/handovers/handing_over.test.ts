import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { officeCalendarId } from '../../../../seeds/planting.ts';
import { inside } from '../../../../seeds/small/plan.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area, body, look, owes, person, refusesToTake, report, step } from '../../../../test/telling.ts';
import { verifyCasefiles } from '../casefiles/index.ts';

/** Handing over as an administrator does it, who reads no record; and the receiver's word for it. */
const county = await openCounty();
const { as, anyone, clock, runtime, settle, sql } = county;

let [admin, zhou, xu, xie]: Caller[] = [];
let id = '';
const handover = (changes: object = {}) => ({
  ...{ id: randomUUID(), fromId: person('xushifu'), toId: person('xiegong'), postIds: null },
  ...changes,
});
const preview = (from: string, to: string) =>
  (admin as Caller).get(`/api/handovers/preview?fromId=${person(from)}&toId=${person(to)}`);
const counted = async (table: string): Promise<number> =>
  (await sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? 0;

beforeAll(async () => {
  [admin, zhou, xu, xie] = [await as('管理员'), await as('周工'), await as('许师傅'), await as('谢工')];
  id = (await report(anyone, { words: '水管漏水', place: { ...inside(0, 0), words: '巷口' } })).id;
  await settle();
  await step(await as('何静'), id, 'register', { conditionCode: 'water-pipe-break-seeping' });
  await step(await as('陈敏'), id, 'dispatch', { bodyId: body('water') });
  await step(zhou as Caller, id, 'acknowledge');
  await step(zhou as Caller, id, 'assign', { personId: person('xushifu') });
});

describe('移交', () => {
  const form = handover();
  const commandId = randomUUID();

  it('管理员看不到案卷，预览也不说是哪一件，只说几件、什么事、哪家单位的', async () => {
    const before = await counted('entry');
    const shown = await preview('xushifu', 'xiegong');
    expect(shown).toMatchObject({
      status: 200,
      body: {
        ...{ from: '许师傅', to: '谢工', circles: 0 },
        posts: [{ name: expect.stringContaining('处置人员') }],
        duties: [{ duty: { zh: '处置' }, owedBy: '安澜县供水公司', count: 1, confidential: 0 }],
      },
    });
    expect(JSON.stringify(shown.body)).not.toContain(id);
    expect(await counted('entry')).toBe(before);
  });

  it('移交以后待办真的到了接手的人手上，流水里说得清；同一次再发没有第二次', async () => {
    expect(await owes(xu as Caller, id)).toEqual(['casefile.handle']);
    clock.advance(1000);
    const done = await (admin as Caller).post('/api/handovers', form, commandId);
    expect(done).toMatchObject({ status: 200, body: { handoverId: form.id, posts: 1, charges: 0, duties: 1 } });
    expect(await owes(xie as Caller, id)).toEqual(['casefile.handle']);
    expect(await owes(xu as Caller, id)).toEqual([]);
    expect((await look(zhou as Caller, id)).story.at(-1)).toMatchObject({ kind: 'obligation.handed_over' });
    const after = await counted('entry');
    expect((await (admin as Caller).post('/api/handovers', form, commandId)).body).toEqual({
      ...done.body,
      repeated: true,
    });
    expect(await counted('handover')).toBe(1);
    expect(await counted('entry')).toBe(after);
    await settle();
    expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
  });

  it('接手的人看得到是哪一件，确认一次；移交的人和管理员不能替他确认', async () => {
    expect((await (xie as Caller).get('/api/handovers/waiting')).body).toEqual({ count: 1 });
    const [mine] = (await (xie as Caller).get('/api/handovers')).body;
    expect(mine).toMatchObject({ id: form.id, side: 'receiver', by: '管理员', confirmedAt: null, duties: 1 });
    expect(mine.list).toMatchObject([{ recordId: id, dutyWords: { zh: '处置' }, open: true }]);
    const [given] = (await (xu as Caller).get('/api/handovers')).body;
    expect(given).toMatchObject({ id: form.id, side: 'giver', list: [] });
    expect((await (zhou as Caller).get('/api/handovers')).body).toEqual([]);
    for (const other of [xu, admin, zhou] as Caller[])
      await refusesToTake(other, `/api/handovers/${form.id}/confirm`, {}, 404, 'handover.not_found');
    const again = randomUUID();
    const confirmed = await (xie as Caller).post(`/api/handovers/${form.id}/confirm`, {}, again);
    expect(confirmed).toMatchObject({ status: 200, body: { confirmed: 1 } });
    const entries = await counted('entry');
    expect((await (xie as Caller).post(`/api/handovers/${form.id}/confirm`, {}, again)).status).toBe(200);
    await refusesToTake(xie as Caller, `/api/handovers/${form.id}/confirm`, {}, 409, 'handover.confirmed_already');
    expect(await counted('entry')).toBe(entries);
    expect((await (xie as Caller).get('/api/handovers/waiting')).body).toEqual({ count: 0 });
    expect((await (admin as Caller).get('/api/handovers')).body[0].confirmedAt).not.toBeNull();
  });

  it('不行的都说清楚，什么也没有变；预览也这样说', async () => {
    const before = await counted('entry');
    for (const [changes, status, code] of [
      [{ toId: person('xushifu') }, 422, 'handover.same_person'],
      [{}, 409, 'handover.nothing'],
      [{ toId: randomUUID() }, 404, 'handover.no_person'],
      [{ fromId: person('admin'), toId: person('auditor') }, 409, 'staff.must_be_separate'],
    ] as const)
      await refusesToTake(admin as Caller, '/api/handovers', handover(changes), status, code);
    expect((await preview('admin', 'auditor')).body.code).toBe('staff.must_be_separate');
    expect((await preview('sunli', 'sunli')).body.code).toBe('handover.same_person');
    await refusesToTake(zhou as Caller, '/api/handovers', handover(), 403, 'account.not_for_you');
    expect(await counted('entry')).toBe(before);
  });

  it('直接问数据库的函数：不是管理员，一件也看不到、改不动', async () => {
    const { transact } = await import('../../../kernel/transaction.ts');
    const { bySession } = await import('../../../kernel/entrance.ts');
    const { tokenOf } = await import('../../../../test/fixtures/another.ts');
    const { openOfPerson, passDutyRow } = await import('./handover.queries.ts');
    const duty = (
      await sql<{ id: string }>(`select id from obligation where record_id = $1 and ended_at is null`, [id])
    )[0];
    const asked = async (login: string) =>
      transact(runtime, bySession(1, await tokenOf(county, login), clock.now()), async (ctx) => [
        (await openOfPerson(ctx, person('xiegong'))).length,
        (await passDutyRow(ctx, duty?.id ?? '', { kind: 'person', id: person('xushifu') })) !== undefined,
      ]);
    expect(await asked('jiangtao')).toEqual([0, false]);
    expect(await owes(xie as Caller, id)).toEqual(['casefile.handle']);
  });
});

describe('免去', () => {
  it('先看清：还有谁担任、岗位上几件、点名交给他几件', async () => {
    const [post] = await sql<{ id: string }>(
      `select id from post where realm = 1 and role = 'body_worker' and body_id = $1`,
      [body('water')],
    );
    const seen = await (admin as Caller).get(`/api/posts/${post?.id}/relieving`);
    expect(seen.body).toMatchObject({ waiting: 0, holders: [{ name: '谢工', given: 1 }] });
    expect((await (zhou as Caller).get(`/api/posts/${post?.id}/relieving`)).status).toBe(403);
  });
});

describe('临时组织', () => {
  const form = {
    ...{ id: randomUUID(), name: '防汛专班', purpose: '合署办公', until: '2026-12-31', aboveId: null },
    ...{ areaId: area('east'), calendarId: officeCalendarId(1), areaIds: [area('park')] },
    members: [
      { role: 'body_head', personId: person('gaoming') },
      { role: 'body_worker', personId: person('lufa') },
    ],
  };
  const path = `/api/organisations/${form.id}/stand-down`;

  it('成立、接案、撤销：管理员不读案卷也能把案卷交给接手的单位', async () => {
    await refusesToTake(zhou as Caller, '/api/organisations', form, 403, 'account.not_for_you');
    const bad = { ...form, members: [{ role: 'body_worker', personId: person('lufa') }] };
    await refusesToTake(admin as Caller, '/api/organisations', bad, 422, 'organisation.no_head');
    const commandId = randomUUID();
    const raised = await (admin as Caller).post('/api/organisations', form, commandId);
    expect(raised.body).toMatchObject({ bodyId: form.id, posts: 2, members: 2 });
    expect((await (admin as Caller).post('/api/organisations', form, commandId)).body).toEqual({
      ...raised.body,
      repeated: true,
    });
    const gao = await as('高明');
    const file = (await report(anyone, { words: '又漏了', place: { ...inside(0, 0), words: '巷口' } })).id;
    await settle();
    await step(await as('何静'), file, 'register', { conditionCode: 'water-pipe-break-seeping' });
    await step(await as('陈敏'), file, 'dispatch', { bodyId: form.id });
    await step(gao, file, 'acknowledge');

    const left = (await (admin as Caller).get(path)).body;
    expect(left).toMatchObject({
      name: '防汛专班',
      duties: [{ count: 1, to: '' }],
      left: [{ zh: '处置：没有写谁接' }],
    });
    await refusesToTake(admin as Caller, path, { toId: null }, 409, 'organisation.left_with_nobody');
    expect((await (admin as Caller).get(`${path}?toId=${body('order')}`)).body.left).toEqual([]);
    clock.advance(1000);
    const down = await (admin as Caller).post(path, { toId: body('order') });
    expect(down.body).toMatchObject({ duties: 1, posts: 2, holdings: 2, charges: 1 });
    const peng = await as('彭队');
    expect(await owes(peng, file)).toEqual(['casefile.handle']);
    expect((await look(peng, file)).bodyName).toBe('城东街道综合执法队');
    await refusesToTake(admin as Caller, path, { toId: body('order') }, 404, 'organisation.unknown');
    await settle();
    expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
  });
});
