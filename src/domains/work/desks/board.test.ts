import { describe, expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area, body, DAY, report, step } from '../../../../test/telling.ts';

/* The dispatch board: what is counted opens as a list, and before several are dealt with it says what will happen. */
const county = await openCounty();
const { as, anyone, clock, settle, sql } = county;
const [he, chen, jiang, wang, zhou] = [
  await as('何静'),
  await as('陈敏'),
  await as('蒋涛'),
  await as('王秀兰'),
  await as('周工'),
];

const counts = async (by: Caller, filter = ''): Promise<Record<string, number>> => {
  const told = await by.get(`/api/board${filter}`);
  expect(told.status, JSON.stringify(told.body)).toBe(200);
  return told.body.counts;
};
const list = async (by: Caller, group: string, filter = '') => {
  const told = await by.get(`/api/board/cases?group=${group}${filter}`);
  expect(told.status, JSON.stringify(told.body)).toBe(200);
  return told.body.lines as { id: string; clock: { late: boolean; near: boolean } | null; bodyName: string | null }[];
};
const ids = async (by: Caller, group: string, filter = ''): Promise<string[]> =>
  (await list(by, group, filter)).map(({ id }) => id);
const preview = (by: Caller, form: object) => by.post('/api/board/preview', form);

async function registered(changes: object = {}): Promise<string> {
  const { id } = await report(anyone, changes);
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  return id;
}
async function dispatched(to = 'water', changes: object = {}): Promise<string> {
  const id = await registered(changes);
  await step(chen, id, 'dispatch', { bodyId: body(to) });
  return id;
}

describe('派遣台', () => {
  test('每一栏的数就是打开后的件数；案卷走一步，就换一栏', async () => {
    const id = await registered();
    expect(await ids(chen, 'waiting')).toContain(id);
    await step(chen, id, 'dispatch', { bodyId: body('water') });
    expect(await ids(chen, 'waiting')).not.toContain(id);
    expect((await list(chen, 'unaccepted')).find((line) => line.id === id)?.bodyName).toMatch(/供水/);
    await step(zhou, id, 'send-back', { reason: 'not_ours', words: '不是我们的管线' });
    expect(await ids(chen, 'returned')).toContain(id);
    expect(await ids(chen, 'waiting')).toContain(id);
    // Sent out anew it is no longer what came back, though it was.
    await step(chen, id, 'dispatch', { bodyId: body('works') });
    expect(await ids(chen, 'returned')).not.toContain(id);
    const told = await counts(chen);
    for (const [group, count] of Object.entries(told)) expect((await ids(chen, group)).length, group).toBe(count);
  });

  test('临期、超期与案卷上的时钟一致，超期的不再算临期', async () => {
    const id = await dispatched();
    let seen = '';
    for (let hours = 0; hours < 24 * 12 && seen !== 'late'; hours += 1) {
      clock.advance(DAY / 24);
      const [near, late] = [await list(chen, 'near'), await list(chen, 'late')];
      for (const line of near) expect(line.clock).toMatchObject({ near: true, late: false });
      for (const line of late) expect(line.clock).toMatchObject({ late: true });
      const now = late.some((line) => line.id === id) ? 'late' : near.some((line) => line.id === id) ? 'near' : '';
      if (now === 'late') expect(seen).toBe('near');
      seen = now === '' ? seen : now;
    }
    expect(seen).toBe('late');
  });

  test('按区域、按单位筛；看不到的区域不算；保密的不在；不管派遣的进不来', async () => {
    const [here, there] = [
      await dispatched('water'),
      await dispatched('works', { place: { ...inside(0, 1), words: '青园' } }),
    ];
    expect(await ids(chen, 'unaccepted', `&areaId=${area('park')}`)).toContain(there);
    expect(await ids(chen, 'unaccepted', `&areaId=${area('park')}`)).not.toContain(here);
    expect(await ids(chen, 'unaccepted', `&bodyId=${body('water')}`)).toContain(here);
    expect(await ids(chen, 'unaccepted', `&bodyId=${body('water')}`)).not.toContain(there);
    const elsewhere = await as('丁一');
    for (const group of ['waiting', 'unaccepted']) {
      expect(await ids(elsewhere, group)).not.toContain(here);
      expect(await ids(elsewhere, group)).not.toContain(there);
    }
    const form = { confidential: true, channel: 'visit', place: { ...inside(0, 0), words: '' } };
    const secret = await report(await as('宋洁'), form, '/api/casefiles');
    for (const group of ['waiting', 'unaccepted', 'returned']) expect(await ids(jiang, group)).not.toContain(secret.id);
    for (const by of [he, wang, zhou]) expect((await by.get('/api/board')).status).toBe(403);
    expect((await anyone.get('/api/board')).status).toBe(401);
    expect((await chen.get('/api/board/cases?group=all')).body.code).toBe('input.invalid');
  });
});

describe('批量办理前先看', () => {
  test('说得出哪几件能派、给多少时间、几位报事人会知道，哪几件不能和为什么；什么也没有改', async () => {
    const [one, two] = [await registered(), await registered()];
    const gone = await dispatched();
    const unknown = '00000000-0000-4000-8000-000000000000';
    const told = await preview(chen, { command: 'dispatch', bodyId: body('water'), ids: [one, two, gone, unknown] });
    expect(told.status).toBe(200);
    expect(told.body.verdicts).toMatchObject([
      { id: one, allowed: true, reporters: 1, limit: { zh: expect.stringMatching(/\d/) } },
      { id: two, allowed: true, doubt: { zh: expect.stringContaining('按责任规则是') } },
      { id: gone, allowed: false, reason: { zh: expect.stringContaining('待签收') } },
    ]);
    expect(told.body.gone).toBe(1);
    expect(JSON.stringify(told.body)).not.toContain(unknown);
    expect(await ids(chen, 'waiting')).toEqual(expect.arrayContaining([one, two]));
  });

  test('并案：留下的那件不能并入自己，报事人会读到的话写在前面；预览和真办一致，撤销也一样', async () => {
    const [stays, copy] = [await registered(), await registered()];
    const form = { command: 'merge', ids: [stays, copy], intoId: stays };
    const [own, other] = (await preview(chen, form)).body.verdicts;
    expect(own).toMatchObject({ allowed: false, reason: { zh: '案卷不能并入自己' } });
    const number = (await chen.get(`/api/casefiles/${stays}`)).body.number;
    expect(other).toMatchObject({ allowed: true, reporters: 1, told: { zh: expect.stringContaining(number) } });
    await step(chen, copy, 'merge', { intoId: stays });
    expect(await ids(chen, 'merged')).toContain(copy);
    const grow = `update casefile set changed_at = changed_at - interval '31 days' where id = $1`;
    await sql(grow, [copy]);
    expect(await ids(chen, 'merged')).toContain(copy);
    const end = (status: string) => sql('update casefile set status = $2 where id = $1', [stays, status]);
    await end('evaluated');
    expect(await ids(chen, 'merged')).not.toContain(copy);
    expect((await counts(chen)).merged).toBe((await ids(chen, 'merged')).length);
    await end('registered');
    expect((await preview(chen, form)).body.verdicts[1]).toMatchObject({ allowed: false });
    const back = (await preview(chen, { command: 'unmerge', ids: [copy] })).body.verdicts[0];
    expect(back).toMatchObject({ allowed: true, told: { zh: expect.stringContaining('不是同一件事') } });
    await step(chen, copy, 'unmerge', { words: '不是一处' });
    expect(await ids(chen, 'merged')).not.toContain(copy);
  });

  test('没有这个单位、要并入的看不到、一件也没选：说得清楚', async () => {
    const id = await registered();
    const nobody = await preview(chen, { command: 'dispatch', ids: [id] });
    expect([nobody.status, nobody.body.code]).toEqual([422, 'casefile.no_such_body']);
    const nowhere = await preview(chen, { command: 'merge', ids: [id] });
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'casefile.not_found']);
    expect((await preview(chen, { command: 'urge', ids: [] })).body.code).toBe('input.invalid');
    expect((await preview(wang, { command: 'urge', ids: [id] })).status).toBe(403);
  });
});

describe('催办', () => {
  test('派遣员催，该办的单位收到一次，写着事和期限；时限不变；重发不重复', async () => {
    const id = await dispatched();
    await settle();
    const before = (await chen.get(`/api/casefiles/${id}`)).body.duties;
    const commandId = '0195f3a0-0000-7000-8000-00000000a001';
    const [first, again] = [
      await chen.post(`/api/casefiles/${id}/urge`, { words: '群众等着过路' }, commandId),
      await chen.post(`/api/casefiles/${id}/urge`, { words: '群众等着过路' }, commandId),
    ];
    expect([first.status, again.body.repeated]).toEqual([200, true]);
    await settle();
    const told = (await zhou.get('/api/messages')).body.filter((line: { recordId: string }) => line.recordId === id);
    expect(told).toMatchObject([{ text: { zh: expect.stringContaining('催办') }, words: '群众等着过路' }]);
    expect((await chen.get(`/api/casefiles/${id}`)).body.duties).toEqual(before);
  });

  test('领导也能催；没有派出去的、别人的辖区、单位自己，都不行', async () => {
    const [out, waiting] = [await dispatched(), await registered()];
    await step(jiang, out, 'urge');
    const early = await chen.post(`/api/casefiles/${waiting}/urge`);
    expect([early.status, early.body.code]).toEqual([409, 'casefile.command_not_allowed']);
    expect((await (await as('丁一')).post(`/api/casefiles/${out}/urge`)).status).toBe(404);
    expect((await zhou.post(`/api/casefiles/${out}/urge`)).status).toBe(403);
  });
});
