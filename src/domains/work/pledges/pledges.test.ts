import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { cast, idOf } from '../../../../seeds/small/plan.ts';
import { logins, openCounty } from '../../../../test/harness.ts';
import { byOperator } from '../../../cli/operator.ts';
import { addArea } from '../../land/areas/index.ts';
import { addPost } from '../../land/staff/index.ts';

/** The figures of the sources, by the commands: a pledge of 15 articles, 40 people, 10 villages; signed, and later redeemed. */
const county = await openCounty();
const { as, clock, settle, sql } = county;
const [chen, jiang, zhao, cao, ding] = [
  await as('陈敏'),
  await as('蒋涛'),
  await as('赵磊'),
  await as('曹路'),
  await as('丁一'),
];
const [whole, east] = [idOf(1, 'area', 'county'), idOf(1, 'area', 'east')];
const body = (key: string) => ({ kind: 'body', id: idOf(1, 'body', key) });
const articles = Array.from({ length: 15 }, (_, i) => `第 ${i + 1} 条：不带火种进山`);
const form = (over: object = {}) => ({
  title: '森林防火承诺书',
  articles,
  areaId: east,
  signers: [body('works')],
  ...over,
});
const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);
beforeEach(() => clock.advance(60_000));

const open = async (over: object = {}, who = chen): Promise<string> => {
  const reply = await who.post('/api/pledges', form(over));
  expect(reply, JSON.stringify(reply.body)).toMatchObject({ status: 200 });
  await settle();
  return reply.body.pledgeId;
};
const signaturesOf = async (id: string, who = chen, only = 'all') =>
  (await who.get(`/api/pledges/${id}/signatures?only=${only}`)).body;
const act = (who: typeof chen, id: string, command: string, given: object, commandId = randomUUID()) =>
  who.post(`/api/pledge-signatures/${id}/${command}`, given, commandId);
const kept = (but: readonly number[] = []) => articles.map((_, i) => !but.includes(i));

test('单位签：待办里有；签自己的姓名；发出的人逐条评；都只算一次', async () => {
  const id = await open({ signBy: day(10) });
  const [one] = await signaturesOf(id);
  const inbox = (await cao.get('/api/inbox')).body.find((line: { recordId: string }) => line.recordId === one.id);
  expect(inbox).toMatchObject({ duty: 'pledge.sign', title: '森林防火承诺书' });
  expect(await act(cao, one.id, 'sign', { name: '周工' })).toMatchObject({
    ...{ status: 422, body: { code: 'pledge_signature.other_name' } },
  });
  expect(await act(chen, one.id, 'sign', { name: '陈敏' })).toMatchObject({
    ...{ status: 409, body: { code: 'pledge_signature.not_allowed' } },
  });
  const commandId = randomUUID();
  const signed = await act(cao, one.id, 'sign', { name: '曹路' }, commandId);
  expect(signed).toMatchObject({ status: 200, body: { status: 'signed' } });
  expect((await act(cao, one.id, 'sign', { name: '曹路' }, commandId)).body).toEqual({
    ...signed.body,
    repeated: true,
  });
  expect((await cao.get('/api/inbox')).body.filter((line: { recordId: string }) => line.recordId === one.id)).toEqual(
    [],
  );

  expect(await act(cao, one.id, 'redeem', { kept: kept() })).toMatchObject({ status: 403 });
  expect(await act(ding, one.id, 'redeem', { kept: kept() })).toMatchObject({ status: 404 });
  for (const given of [{ kept: [true] }, { kept: kept([3]) }])
    expect(await act(chen, one.id, 'redeem', given)).toMatchObject({
      ...{ status: 422, body: { code: 'pledge_signature.wrong_articles' } },
    });
  expect(await act(jiang, one.id, 'redeem', { kept: kept([3]), words: '四号卡口有一次没有值守' })).toMatchObject({
    ...{ status: 200, body: { status: 'redeemed' } },
  });
  expect(await act(chen, one.id, 'redeem', { kept: kept() })).toMatchObject({ status: 409 });
  expect((await cao.get(`/api/pledge-signatures/${one.id}`)).body).toMatchObject({
    ...{ signedBy: '曹路', redeemedBy: '蒋涛', kept: kept([3]) },
    assessments: [{ by: '蒋涛', kept: kept([3]), words: '四号卡口有一次没有值守' }],
  });
  const entries = await sql<{ row: string }>('select e::text as row from entry e');
  expect(entries.filter(({ row }) => row.includes('四号卡口'))).toEqual([]);
});

test('按姓名请一个人签：他的待办里有，别人的没有；签完就没有了', async () => {
  const [wang, sun] = [await as('王秀兰'), await as('孙丽')];
  const [found] = (await chen.post('/api/pledges/find', { names: ['王秀兰'] })).body;
  const { kind, id: personId } = found.signer;
  const [one] = await signaturesOf(await open({ signBy: day(10), signers: [{ kind, id: personId }] }));
  const waiting = async (who: typeof chen) =>
    (await who.get('/api/inbox')).body.filter((line: { recordId: string }) => line.recordId === one.id);
  expect(await waiting(wang)).toMatchObject([{ duty: 'pledge.sign', mine: 'person', title: '森林防火承诺书' }]);
  expect([await waiting(chen), await waiting(sun)]).toEqual([[], []]);
  expect((await act(wang, one.id, 'sign', { name: '王秀兰' })).status).toBe(200);
  expect(await waiting(wang)).toEqual([]);
});

test('纸上签的由别人登记，写明哪天；还没到的日子不收', async () => {
  const [one] = await signaturesOf(await open());
  expect(await act(chen, one.id, 'sign-on-paper', { signedOn: day(2) })).toMatchObject({
    ...{ status: 422, body: { code: 'pledge_signature.paper_to_come' } },
  });
  expect(await act(chen, one.id, 'sign-on-paper', { signedOn: day(-3) })).toMatchObject({ body: { status: 'signed' } });
  expect((await signaturesOf(await open()))[0]).toMatchObject({ status: 'asked' });
  expect((await chen.get(`/api/pledge-signatures/${one.id}`)).body).toMatchObject({
    paperOn: day(-3),
    signedBy: '陈敏',
  });
  // Whoever wrote it down is not who signed, and may look at it later.
  expect(await act(chen, one.id, 'redeem', { kept: kept() })).toMatchObject({ body: { status: 'redeemed' } });
});

test('评错了可以更正：写明原因，原来评的留着；和原来一样的、少一条的、别的岗位都不收', async () => {
  const [one] = await signaturesOf(await open());
  await act(cao, one.id, 'sign', { name: '曹路' });
  await act(jiang, one.id, 'redeem', { kept: kept([3]), words: '四号卡口没有值守' });
  const given = { kept: kept(), words: '查了值班表，有人值守' };
  const refused = [
    [chen, given, 409, 'pledge_signature.not_allowed'],
    [cao, given, 403, 'account.not_for_you'],
    [jiang, { ...given, kept: kept([3]) }, 422, 'pledge_signature.same_as_before'],
    [jiang, { ...given, kept: [true] }, 422, 'pledge_signature.wrong_articles'],
    [jiang, { kept: kept() }, 422, 'input.invalid'],
  ] as const;
  for (const [who, form, status, code] of refused)
    expect(await act(who, one.id, 'correct', form)).toMatchObject({ status, body: { code } });
  const commandId = randomUUID();
  const done = await act(jiang, one.id, 'correct', given, commandId);
  expect(done).toMatchObject({ status: 200, body: { status: 'redeemed' } });
  expect((await act(jiang, one.id, 'correct', given, commandId)).body).toEqual({ ...done.body, repeated: true });
  expect((await cao.get(`/api/pledge-signatures/${one.id}`)).body).toMatchObject({
    kept: kept(),
    assessments: [
      { kept: kept([3]), words: '四号卡口没有值守' },
      { kept: kept(), words: '查了值班表，有人值守' },
    ],
  });
});

test('承诺的日子没到不评；说明是提前评、为什么，才收；到了就评', async () => {
  const [one] = await signaturesOf(await open({ dueOn: day(20) }));
  await act(cao, one.id, 'sign', { name: '曹路' });
  const refused = [
    [{ kept: kept() }, 'pledge_signature.not_due'],
    [{ kept: kept(), early: true }, 'pledge_signature.wrong_articles'],
  ] as const;
  for (const [form, code] of refused)
    expect(await act(chen, one.id, 'redeem', form)).toMatchObject({ status: 422, body: { code } });
  const early = { kept: kept(), early: true, words: '山林已移交，提前算' };
  expect((await act(chen, one.id, 'redeem', early)).body.status).toBe('redeemed');
  const [two] = await signaturesOf(await open({ dueOn: day(0) }));
  await act(cao, two.id, 'sign', { name: '曹路' });
  expect((await act(chen, two.id, 'redeem', { kept: kept() })).body.status).toBe('redeemed');
  const past = await chen.post('/api/pledges', form({ dueOn: day(-1) }));
  expect([past.status, past.body.errors[0].path]).toEqual([422, 'dueOn']);
});

test('40 人签、10 个村签，15 条；后来逐条评定，数对得上', async () => {
  const villages = await byOperator<{ posts: string[] }>(county.runtime, 1, 'test.villages', async (ctx) => {
    const posts: string[] = [];
    for (const i of Array.from({ length: 10 }, (_, n) => n)) {
      const [areaId, postId] = [ctx.ids.newId(), ctx.ids.newId()];
      const code = `4399011022${String(10 + i)}`;
      await addArea(ctx, {
        id: areaId,
        parentId: idOf(1, 'area', 'river'),
        level: 'community',
        code,
        name: `山前${i}村`,
        boundary: null,
      });
      await addPost(ctx, { id: postId, role: 'community_head', areaId, bodyId: null });
      posts.push(postId);
    }
    return { posts };
  });
  const people = cast.filter(({ name }) => !['管理员', '审计员', '赵磊'].includes(name));
  const found = await zhao.post('/api/pledges/find', { names: ['山前3村', '王秀兰', '查无此人', '供水公司'] });
  expect(found.body.map(({ signer }: { signer: { kind: string } | null }) => signer?.kind ?? null)).toEqual([
    ...['post', 'person', null, 'body'],
  ]);
  const named = (await zhao.post('/api/pledges/find', { names: people.map(({ name }) => name) })).body;
  const signers = named.flatMap(({ signer }: { signer: { kind: string; id: string } | null }) =>
    signer ? [{ kind: signer.kind, id: signer.id }] : [],
  );
  expect(signers).toHaveLength(people.length);
  const bodies = ['water', 'power', 'works', 'clean', 'safety'].map(body);
  const personal = [...signers, ...bodies].slice(0, 40);
  expect(personal).toHaveLength(40);
  const id = await open(
    { areaId: whole, signers: [...personal, ...villages.posts.map((post) => ({ kind: 'post', id: post }))] },
    zhao,
  );
  expect((await zhao.get(`/api/pledges/${id}`)).body).toMatchObject({ counts: { signers: 50, asked: 50 } });

  const rows = await signaturesOf(id, zhao);
  for (const { id: signature, signer } of rows) {
    const own = signer.kind === 'person' && signer.name in logins ? await as(signer.name) : null;
    const reply = own
      ? await act(own, signature, 'sign', { name: signer.name })
      : await act(zhao, signature, 'sign-on-paper', { signedOn: day(-1) });
    expect(reply, JSON.stringify([signer, reply.body])).toMatchObject({ status: 200 });
  }
  expect((await zhao.get(`/api/pledges/${id}`)).body.counts).toEqual({
    signers: 50,
    asked: 0,
    signed: 50,
    redeemed: 0,
  });
  for (const { id: signature } of rows.slice(0, 45)) await act(zhao, signature, 'redeem', { kept: kept() });
  expect((await zhao.get(`/api/pledges/${id}`)).body.counts).toEqual({
    signers: 50,
    asked: 0,
    signed: 50,
    redeemed: 45,
  });
  expect(await signaturesOf(id, zhao, 'redeemed')).toHaveLength(45);
  // Each signer sees the own alone.
  const wang = await as('王秀兰');
  expect((await signaturesOf(id, wang)).map(({ signer }: { signer: { name: string } }) => signer.name)).toEqual([
    '王秀兰',
  ]);
});

test('没有的人、列了两次、期限过了：一样都不存', async () => {
  const refused = async (over: object, who = chen) => {
    const { status, body: told } = await who.post('/api/pledges', form(over));
    return [status, told.code, ...(told.errors ?? []).map(({ path }: { path: string }) => path)];
  };
  const before = await sql('select 1 from pledge');
  const unknown = { kind: 'person', id: randomUUID() };
  expect(await refused({ signers: [body('works'), unknown, body('works')] })).toEqual([
    ...[422, 'pledge.wrong', 'signers.1', 'signers.2'],
  ]);
  expect(await refused({ signBy: day(-1) })).toEqual([422, 'pledge.wrong', 'signBy']);
  expect(await refused({ areaId: whole })).toEqual([403, 'directive.not_here']);
  expect(await refused({}, cao)).toEqual([403, 'account.not_for_you']);
  expect(await sql('select 1 from pledge')).toEqual(before);
  const [given, commandId] = [form(), randomUUID()];
  const first = await chen.post('/api/pledges', given, commandId);
  expect((await chen.post('/api/pledges', given, commandId)).body).toEqual({ ...first.body, repeated: true });
  expect(await sql('select 1 from pledge')).toHaveLength(before.length + 1);
});
