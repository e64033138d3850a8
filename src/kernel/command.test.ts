import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { aReport, area, body, report, step } from '../../test/telling.ts';
import { addPerson } from '../domains/land/staff/index.ts';
import { execute } from './command.ts';
import { asAnyone, asSystem } from './entrance.ts';

const county = await openCounty();
const { as, anyone, settle, sql } = county;
const count = async (table: string, where = 'true'): Promise<number> =>
  Number((await sql<{ n: string }>(`select count(*) as n from ${table} where realm = 1 and ${where}`))[0]?.n);

describe('同一个操作编号', () => {
  it('同样的内容再发一次：同样的回执，只办一次', async () => {
    const [form, commandId] = [aReport(), randomUUID()];
    const first = await anyone.post('/api/reports', form, commandId);
    const before = [await count('casefile'), await count('entry')];
    const second = await anyone.post('/api/reports', form, commandId);
    expect(first).toMatchObject({ status: 200 });
    expect(first.body.repeated).toBeUndefined();
    expect(second.body).toEqual({ ...first.body, repeated: true });
    expect([await count('casefile'), await count('entry')]).toEqual(before);
  });

  it('再发一次、没有登录被拒绝，都不空占案卷号', async () => {
    const [form, commandId] = [aReport(), randomUUID()];
    const first = await anyone.post('/api/reports', form, commandId);
    await anyone.post('/api/reports', form, commandId);
    expect((await anyone.post('/api/casefiles', aReport({ channel: 'field' }))).status).toBe(401);
    const next = await (await as('王秀兰')).post('/api/casefiles', aReport({ channel: 'field' }));
    const [one, two] = [first, next].map(({ body }) => Number(body.number.split('-')[1]));
    expect(two).toBe(Number(one) + 1);
  });

  it('次序不同、默认值写不写出来，内容还是同样的', async () => {
    const commandId = randomUUID();
    const { words, place, ...rest } = aReport();
    const first = await anyone.post('/api/reports', { words, place, ...rest }, commandId);
    const again = await anyone.post(
      '/api/reports',
      { ...rest, urgent: false, place, language: 'zh', words },
      commandId,
    );
    expect(again).toMatchObject({ status: 200, body: { number: first.body.number, repeated: true } });
  });

  it('十个同时来：只办一次，其余要么同样的回执，要么“正在处理”', async () => {
    const [form, commandId] = [aReport(), randomUUID()];
    const replies = await Promise.all(Array.from({ length: 10 }, () => anyone.post('/api/reports', form, commandId)));
    const done = replies.filter((reply) => reply.status === 200);
    const others = replies.filter((reply) => reply.status !== 200);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map((reply) => `${reply.body.number} ${reply.body.trackingCode}`)).size).toBe(1);
    expect(done.filter((reply) => !reply.body.repeated)).toHaveLength(1);
    for (const reply of others)
      expect(reply).toMatchObject({
        status: 409,
        body: { code: 'command.still_running', title: '同一次提交正在处理' },
      });
    expect(await count('casefile', `id = '${form.casefileId}'`)).toBe(1);
    expect(await count('entry', `record_id = '${form.casefileId}'`)).toBe(1);
    expect((await anyone.post('/api/reports', form, commandId)).body).toMatchObject({ repeated: true });
  });

  it('内容不一样：拒绝，原来那次不变', async () => {
    const [form, commandId] = [aReport(), randomUUID()];
    const first = await anyone.post('/api/reports', form, commandId);
    const other = await anyone.post('/api/reports', { ...form, words: '换了一句话' }, commandId);
    expect(other).toMatchObject({ status: 409, body: { code: 'command.id_taken', title: '这个操作编号已经用过' } });
    expect(other.body.number).toBeUndefined();
    const [row] = await sql<{ summary: string }>('select summary from casefile where id = $1', [form.casefileId]);
    expect(row?.summary).toBe(form.words);
    expect((await anyone.post('/api/reports', form, commandId)).body.number).toBe(first.body.number);
  });

  it('换一个人用同一个编号：拒绝，看不到别人的回执', async () => {
    const [form, commandId] = [aReport({ channel: 'field' }), randomUUID()];
    const [wang, li] = [await as('王秀兰'), await as('李建国')];
    expect((await wang.post('/api/casefiles', form, commandId)).status).toBe(200);
    const other = await li.post('/api/casefiles', form, commandId);
    expect(other).toMatchObject({ status: 409, body: { code: 'command.id_taken' } });
    expect(JSON.stringify(other.body)).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  });

  it('同一个人换一次登录再发：还是同一个人，同样的回执', async () => {
    const [form, commandId] = [aReport({ channel: 'field' }), randomUUID()];
    const first = await (await as('王秀兰')).post('/api/casefiles', form, commandId);
    const again = await (await as('王秀兰')).post('/api/casefiles', form, commandId);
    expect(again.body).toEqual({ ...first.body, repeated: true });
  });

  it('换一个地址用同一个编号，也是内容不同', async () => {
    const commandId = randomUUID();
    const { id } = await report(anyone);
    const he = await as('何静');
    expect(
      (await he.post(`/api/casefiles/${id}/register`, { conditionCode: 'road-sunken-cut-off' }, commandId)).status,
    ).toBe(200);
    const other = await report(anyone);
    const reply = await he.post(
      `/api/casefiles/${other.id}/register`,
      { conditionCode: 'road-sunken-cut-off' },
      commandId,
    );
    expect(reply.body.code).toBe('command.id_taken');
    expect((await sql('select 1 from casefile where id = $1 and status = $2', [other.id, 'reported'])).length).toBe(1);
  });

  it('另一个县用同一个编号：互不相干', async () => {
    const commandId = randomUUID();
    const form = () => ({ id: randomUUID(), name: '某人', phone: null });
    expect((await (await as('管理员', 1)).post('/api/people', form(), commandId)).status).toBe(200);
    expect((await (await as('管理员', 2)).post('/api/people', form(), commandId)).status).toBe(200);
  });

  it('被免职以后再发：不再给回执', async () => {
    const { id } = await report(anyone);
    await step(await as('何静'), id, 'register', { conditionCode: 'road-sunken-cut-off' });
    const [chen, admin] = [await as('陈敏'), await as('管理员')];
    const [commandId, form] = [randomUUID(), { bodyId: body('works') }];
    expect((await chen.post(`/api/casefiles/${id}/dispatch`, form, commandId)).status).toBe(200);
    expect((await chen.post(`/api/casefiles/${id}/dispatch`, form, commandId)).body.repeated).toBe(true);
    const [post] = (await admin.get(`/api/areas/${area('east')}/posts`)).body.filter(
      (one: { role: string }) => one.role === 'dispatcher',
    );
    const holding = { postId: post.id, personId: post.holders[0].personId };
    expect((await admin.post('/api/holdings/end', holding)).status).toBe(200);
    const reply = await chen.post(`/api/casefiles/${id}/dispatch`, form, commandId);
    expect(reply).toMatchObject({ status: 403, body: { code: 'account.not_for_you' } });
    expect((await admin.post('/api/holdings', { id: randomUUID(), ...holding })).status).toBe(200);
  });

  it('岗位还在、案卷不再归他看：也不再给回执', async () => {
    const he = await as('何静');
    const { id } = await report(anyone);
    const commandId = randomUUID();
    const form = { conditionCode: 'road-sunken-cut-off' };
    expect((await he.post(`/api/casefiles/${id}/register`, form, commandId)).status).toBe(200);
    await sql('update casefile set confidential = true where id = $1', [id]);
    await sql('delete from access_grant where record_id = $1', [id]);
    expect((await he.post(`/api/casefiles/${id}/register`, form, commandId)).body.code).toBe('casefile.not_found');
  });

  it('回执过期删掉了：说早已办理，不会再办一次', async () => {
    const [form, commandId] = [aReport(), randomUUID()];
    await anyone.post('/api/reports', form, commandId);
    await sql('update command set answer = null where id = $1', [commandId]);
    const before = await count('casefile');
    expect(await anyone.post('/api/reports', form, commandId)).toMatchObject({
      status: 410,
      body: { code: 'command.answer_gone', title: '这次操作早已办理，回执不再保存' },
    });
    expect(await count('casefile')).toBe(before);
  });

  it('没有操作编号、编号不成样子：不办', async () => {
    const form = aReport();
    const none = await anyone.post('/api/reports', { ...form, commandId: undefined });
    expect(none.body.code).toBe('input.command_id_missing');
    for (const commandId of ['1', '', 'x'.repeat(36), 42, null, {}, [randomUUID()]])
      expect((await anyone.post('/api/reports', { ...form, commandId })).status, String(commandId)).toBe(422);
    expect(await count('casefile', `id = '${form.casefileId}'`)).toBe(0);
  });
});

describe('办到一半', () => {
  const runtime = county.runtime;
  const personId = randomUUID();
  const leave = (fails: boolean, id: string) =>
    execute(
      runtime,
      asSystem(1, 'test'),
      { id, name: 'half', input: {} },
      {
        work: async (ctx) => {
          await addPerson(ctx, { id: personId, name: '半个人', phone: null });
          if (fails) throw new Error('断了');
          return { done: true };
        },
      },
    );

  it('出错就什么都不留下，编号也还没有用掉', async () => {
    const id = randomUUID();
    await expect(leave(true, id)).rejects.toThrow('断了');
    for (const table of ['person', 'data_key', 'entry', 'entry_pending'])
      expect(await count(table, `to_jsonb(${table})::text like '%${personId}%'`), table).toBe(0);
    expect(await sql('select 1 from command where id = $1', [id])).toEqual([]);
    expect(await leave(false, id)).toMatchObject({ answer: { done: true }, repeated: false });
    expect(await leave(true, id)).toMatchObject({ answer: { done: true }, repeated: true });
  });

  it('还在办的时候来了同一个编号：马上说“正在处理”，不等', async () => {
    const id = randomUUID();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let entered = (): void => undefined;
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const command = { id, name: 'slow', input: {} };
    const work = async () => {
      entered();
      await held;
      return { done: true };
    };
    const first = execute(runtime, asAnyone(1), command, { work });
    await inside;
    const started = performance.now();
    await expect(execute(runtime, asAnyone(1), command, { work })).rejects.toMatchObject({
      code: 'command.still_running',
    });
    expect(performance.now() - started).toBeLessThan(2000);
    release();
    expect(await first).toMatchObject({ repeated: false });
    expect(await execute(runtime, asAnyone(1), command, { work })).toMatchObject({ repeated: true });
  });
});

describe('记下来的回执', () => {
  it('回执和台账里没有人名、电话、说的话、查询码', async () => {
    const secrets = ['欧阳测试', '13712345678', '只有办事的人能看的话', '处置时说的话'];
    const said = await report(anyone, {
      words: secrets[2],
      contact: { name: secrets[0], phone: secrets[1] },
    });
    const [he, chen, cao] = [await as('何静'), await as('陈敏'), await as('曹路')];
    await step(he, said.id, 'register', { conditionCode: 'road-sunken-cut-off', words: secrets[3] });
    await step(chen, said.id, 'dispatch', { bodyId: body('works'), words: secrets[3] });
    await step(cao, said.id, 'acknowledge');
    await step(cao, said.id, 'measure', { words: secrets[3] });
    const read = await chen.post(`/api/casefiles/${said.id}/read-contact`, { reason: secrets[3] });
    expect(JSON.stringify(read.body)).toContain(secrets[1]);
    await anyone.post(`/api/track/${said.code}/reply`, { words: secrets[2] });
    await (await as('管理员')).post('/api/people', { id: randomUUID(), name: secrets[0], phone: secrets[1] });
    await settle();
    const kept = await sql<{ text: string }>(`
      select coalesce(answer::text, '') || actor as text from command union all select body::text from entry
      union all select params::text from message union all select payload::text from graphile_worker._private_jobs`);
    expect(kept.length).toBeGreaterThan(20);
    for (const secret of [...secrets, said.code, said.code.replaceAll('-', '')])
      expect(
        kept.filter(({ text }) => text.includes(secret)),
        secret,
      ).toEqual([]);
  });
});
