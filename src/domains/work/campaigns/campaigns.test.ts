import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { invented, rowOf, titles } from '../../land/registry/fixtures/people.ts';
import { questionsIn } from '../../land/registry/forms/form_lines.model.ts';
import { residents } from '../../land/registry/ledger.model.ts';
import { ledgerNamed } from '../../land/registry/ledgers.model.ts';

/**
 * The township asks for its elderly who live alone: who they are is known, three things are asked of each, and what is
 * heard is a fact from then on.
 */
const county = await openCounty();
const { as, clock, settle, sql } = county;
const [head, wang, wu] = [await as('孙丽'), await as('王秀兰'), await as('吴芳')];
const station = idOf(1, 'area', 'station');
const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);

async function bring(rows: readonly (readonly string[])[]): Promise<void> {
  const bytes = Buffer.from([titles, ...rows].map((row) => row.join(',')).join('\n'));
  const form = { commandId: randomUUID(), areaId: station, toldOn: '2026-01-15' };
  const { body } = await head.upload('/api/ledger-batches', form, [{ name: '居民.csv', bytes }]);
  await settle();
  expect(await head.post(`/api/ledger-batches/${body.batchId}/take`)).toMatchObject({ status: 200 });
  await settle();
}
const everybody = Array.from({ length: 120 }, (_, i) =>
  rowOf(invented(i, i % 8 < 4 ? '二运第一网格' : '二运第二网格'), i),
);
await bring(everybody);
/** By the rows themselves, not by what the program says. */
const old = everybody
  .map((row, i) => ({ row, person: invented(i, row[6]) }))
  .filter(({ row, person }) => row[9] === '是' && Number(person.bornOn.slice(0, 4)) <= 1965);

const lines = ['联系电话*', '有没有人照看', '→ 谁来照看（子女、邻居）', '健康状况（良好、一般、有慢性病）'].join('\n');
const wanted = (over: object = {}) => ({
  ...{ title: '独居老人探访', purpose: '安排志愿者上门', areaId: station, rounds: 2, dueOn: day(14) },
  choice: [
    { field: 'person.age', is: 'at_least', value: '60' },
    { field: 'person.lives_alone', is: 'equals', value: 'yes' },
  ],
  questions: questionsIn(lines, residents),
  ...over,
});
const left = async (id: string, who = wang, query = '') =>
  (await who.get(`/api/campaigns/${id}/targets${query}`)).body.rows;
const visit = (who: typeof wang, target: string, over: object = {}, command = randomUUID()) =>
  who.post(
    `/api/campaign-targets/${target}/visits`,
    { round: 1, result: 'done', answers: { q2: 'yes', q3: '子女', q4: '一般' }, ...over },
    command,
  );

test('先看会问多少人：电话都知道，健康状况没有人知道', async () => {
  const { title, purpose, rounds, dueOn, ...asked } = wanted();
  const { status, body } = await head.post('/api/campaigns/preview', asked);
  expect([status, body.targets]).toEqual([200, old.length]);
  expect(body.areas.map(({ targets }: { targets: number }) => targets).reduce((a: number, b: number) => a + b)).toBe(
    old.length,
  );
  expect(body.questions.map(({ known, field }: { known: number; field?: string }) => [field ?? null, known])).toEqual([
    ['person.phone', old.length],
    [null, 0],
    [null, 0],
    ['person.health', 0],
  ]);
  expect(await sql('select 1 from campaign')).toEqual([]);
});

test('要问的都已经知道的，不上名单；名字不同的同一件事，说像哪一项、多少人已经知道', async () => {
  const questions = questionsIn('老人平时用的手机号码\n子女的联系电话\n门牌的照片', residents);
  const { choice } = wanted();
  const look = async (asked: object) =>
    (await head.post('/api/campaigns/preview', { areaId: station, choice, ...asked })).body;
  const seen = await look({ questions });
  expect(seen).toMatchObject({ targets: old.length, toAsk: old.length });
  // The number opens: everybody counted, with what each is to be asked.
  expect(seen.people).toHaveLength(old.length);
  expect(seen.people[0]).toMatchObject({ name: expect.stringMatching(/./), area: '二运第一网格' });
  expect(seen.people[0].asks).toContain('子女的联系电话');
  const perhaps = { field: 'person.phone', known: old.length, stale: 0 };
  expect(seen.questions.map((one: { perhaps: object }) => one.perhaps)).toEqual([perhaps, perhaps, null]);
  // Once another question asks for the fact itself, nothing is thought to mean it.
  const both = await look({ questions: questionsIn('联系电话\n子女的联系电话', residents) });
  expect(both.questions.map((one: { perhaps: object }) => one.perhaps)).toEqual([null, null]);
  expect(await look({ questions: questionsIn('联系电话', residents) })).toMatchObject({
    ...{ targets: old.length, toAsk: 0 },
    people: expect.arrayContaining([expect.objectContaining({ asks: [] })]),
  });

  const elder = rowOf(invented(900, '二运第一网格'), 900).with(5, '').with(3, '1940-01-01').with(4, '');
  await bring([elder.with(1, '缺电话').with(9, '否')]);
  const others = [choice[0], { field: 'person.lives_alone', is: 'equals', value: 'no' }];
  const oneQuestion = questionsIn('联系电话', residents);
  const asked = wanted({ choice: others, questions: oneQuestion, onlyLacking: true, rounds: 1 });
  const command = randomUUID();
  const { body } = await head.post('/api/campaigns', asked, command);
  expect((await head.post('/api/campaigns', asked, command)).body).toEqual({ ...body, repeated: true });
  expect(await wang.post('/api/campaigns', asked)).toMatchObject({ status: 403 });
  await settle();
  expect((await head.get(`/api/campaigns/${body.campaignId}`)).body).toMatchObject({
    onlyLacking: true,
    counts: { targets: 1 },
  });
  const [one] = await left(body.campaignId);
  expect(one.name).toBe('缺电话');
  expect(await head.post(`/api/campaigns/${body.campaignId}/close`)).toMatchObject({ status: 200 });
});

test('发起、走访、看得见走到哪里；听到的成为台账里的事实；下一轮只问变了的', async () => {
  const command = randomUUID();
  const opened = await head.post('/api/campaigns', wanted(), command);
  expect(opened.status).toBe(200);
  const again = await head.post('/api/campaigns', wanted(), command);
  expect(again.body).toEqual({ ...opened.body, repeated: true });
  const id = opened.body.campaignId;
  await settle();
  const seen = (await head.get(`/api/campaigns/${id}`)).body;
  expect(seen).toMatchObject({ stage: 'open', round: 1, counts: { targets: old.length, left: old.length, done: 0 } });
  expect(seen.areas.map(({ area }: { area: string }) => area).sort()).toEqual(['二运第一网格', '二运第二网格']);

  const mine = await left(id);
  expect(mine.map(({ name }: { name: string }) => name).sort()).toEqual(
    old.flatMap(({ person }) => (person.grid === '二运第一网格' ? [person.name] : [])).sort(),
  );
  const [one, two, three] = mine;
  expect(one.why).toMatch(/^年龄 \d+，是否独居 是$/);
  const shown = (await wang.get(`/api/campaign-targets/${one.id}`)).body;
  expect(shown.known.q1).toMatchObject({ value: expect.stringMatching(/^139\*{4}\d{4}$/), isStale: false });
  expect(Object.keys(shown.known)).toEqual(['q1']);

  // A worker of another grid can neither see nor visit them.
  expect(await left(id, wu)).not.toContainEqual(expect.objectContaining({ id: one.id }));
  expect(await visit(wu, one.id)).toMatchObject({ status: 404, body: { code: 'campaign.no_target' } });
  expect(await wang.post('/api/campaigns', wanted())).toMatchObject({ status: 403 });

  const wrong = await visit(wang, one.id, { answers: { q1: '12', q2: '也许', q4: '很好' } });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'campaign.wrong_answers' } });
  expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'answers.q1',
    'answers.q2',
    'answers.q4',
  ]);
  expect(await sql('select 1 from visit')).toEqual([]);

  const said = randomUUID();
  expect(await visit(wang, one.id, {}, said)).toMatchObject({ status: 200 });
  expect(await visit(wang, one.id, {}, said)).toMatchObject({ status: 200 });
  expect(await sql('select 1 from visit')).toHaveLength(1);
  expect(await visit(wang, two.id, { result: 'absent', answers: {} })).toMatchObject({ status: 200 });
  expect(await visit(wang, three.id, { result: 'refused', answers: {} })).toMatchObject({ status: 200 });
  const after = (await head.get(`/api/campaigns/${id}`)).body;
  expect(after.counts).toEqual({ targets: old.length, done: 1, refused: 1, moved: 0, absent: 1, left: old.length - 2 });
  // Asked: whether, who and how well; the telephone was known.
  expect(after.cells).toEqual({ asked: 3, known: 1 });
  expect((await left(id)).find(({ id: t }: { id: string }) => t === two.id)).toMatchObject({
    result: 'absent',
    tries: 1,
  });

  const facts = (await wang.get(`/api/residents/${one.recordId}`)).body.facts;
  expect(facts.find(({ field }: { field: string }) => field === 'person.health')).toMatchObject({
    ...{ value: '一般', setBy: '王秀兰', source: '走访：独居老人探访', toldOn: day(0), isStale: false },
  });

  // Another who asks the same is told so.
  const { title, purpose, rounds, dueOn, ...asked } = wanted();
  const preview = (await head.post('/api/campaigns/preview', asked)).body;
  expect(preview.questions.map(({ alsoAskedBy }: { alsoAskedBy: object[] }) => alsoAskedBy)).toEqual([
    [{ id, title: '独居老人探访' }],
    [],
    [],
    [{ id, title: '独居老人探访' }],
  ]);
  expect(preview.questions[3].known).toBe(1);

  expect(await head.post(`/api/campaigns/${id}/rounds`, { dueOn: day(30) })).toMatchObject({ status: 200 });
  expect(await head.post(`/api/campaigns/${id}/rounds`, { dueOn: day(30) })).toMatchObject({
    ...{ status: 409, body: { code: 'campaign.not_now' } },
  });
  expect((await head.get(`/api/campaigns/${id}`)).body.counts).toMatchObject({ done: 0, left: old.length });
  const known = (await wang.get(`/api/campaign-targets/${one.id}`)).body.known;
  expect(Object.keys(known)).toEqual(['q1', 'q4']);

  // Made in the first round, told now: it counts there, and the second stays open.
  const late = { occurredAt: new Date(clock.now().getTime() - 1000).toISOString() };
  expect(await visit(wang, two.id, { ...late, confirmed: ['q1'] })).toMatchObject({ status: 200 });
  expect((await head.get(`/api/campaigns/${id}`)).body.counts.left).toBe(old.length);

  const made = clock.now();
  clock.advance(3_600_000);
  expect(await head.post(`/api/campaigns/${id}/close`)).toMatchObject({ status: 200 });
  clock.advance(1000);
  expect(await visit(wang, three.id, { round: 2 })).toMatchObject({
    status: 409,
    body: { code: 'campaign.closed' },
  });
  const before = { round: 2, occurredAt: made.toISOString(), sentAt: clock.now().toISOString() };
  expect(await visit(wang, three.id, before)).toMatchObject({ status: 200 });
  expect(await sql('select round, late from visit order by recorded_at desc limit 1')).toEqual([
    { round: 2, late: true },
  ]);
});

test('有人搬到别的网格，名单跟着走；有人要求删除，名单上只剩一个数', async () => {
  const { campaignId: id } = (await head.post('/api/campaigns', wanted({ title: '冬季探访' }))).body;
  await settle();
  const [one, two] = await left(id);
  const moved = { values: { 'place.grid': idOf(1, 'area', 'station-2') } };
  expect(await head.post(`/api/residents/${one.recordId}/facts`, moved)).toMatchObject({ status: 200 });
  expect(await head.post(`/api/residents/${two.recordId}/forget`, { reason: '本人要求' })).toMatchObject({
    status: 200,
  });
  await settle();
  expect((await left(id)).map((row: { id: string }) => row.id)).not.toContain(one.id);
  expect((await left(id, wu)).map((row: { id: string }) => row.id)).toContain(one.id);
  expect((await left(id)).find((row: { id: string }) => row.id === two.id)).toMatchObject({
    name: null,
    recordId: null,
  });
  expect((await head.get(`/api/campaigns/${id}`)).body.counts.targets).toBe(old.length);
  expect(await visit(wang, two.id)).toMatchObject({ status: 404 });
});

test('名单上的两个人并成一个：只去一次，两边的走访都算；旧的编号照样走访得到；拆开以后各算各的', async () => {
  const { campaignId: id } = (await head.post('/api/campaigns', wanted({ title: '合并探访', rounds: 3 }))).body;
  await settle();
  const counts = async () => (await head.get(`/api/campaigns/${id}`)).body.counts;
  const before = await counts();
  const [one, two] = await left(id);
  expect(await visit(wang, two.id, { result: 'refused', answers: {} })).toMatchObject({ status: 200 });
  const { pair } = (await head.get(`/api/residents/${one.recordId}/beside?other=${two.recordId}`)).body;
  const choose = Object.fromEntries(pair.differing.map(({ field }: { field: string }) => [field, 'kept']));
  const seen = { kept: pair.kept.changedAt, gone: pair.gone.changedAt };
  const merging = { other: two.recordId, choose, seen };
  const { status, body } = await head.post(`/api/residents/${one.recordId}/merge`, merging);
  expect(status).toBe(200);
  await settle();
  expect(await counts()).toMatchObject({ targets: before.targets - 1, refused: 1, left: before.left - 2 });
  expect((await left(id)).map((row: { id: string }) => row.id)).not.toContain(one.id);
  // The phone still holds the one that went, and tells of the next round.
  expect(await head.post(`/api/campaigns/${id}/rounds`, { dueOn: day(30) })).toMatchObject({ status: 200 });
  clock.advance(60_000);
  const told = await visit(wang, two.id, { round: 2, answers: { q2: 'yes', q3: '邻居', q4: '良好' } });
  expect(told).toMatchObject({ status: 200, body: { targetId: one.id } });
  const health = (await wang.get(`/api/residents/${two.recordId}`)).body;
  expect([health.id, health.facts.find(({ field }: { field: string }) => field === 'person.health').value]).toEqual([
    ...[one.recordId, '良好'],
  ]);
  expect(await counts()).toMatchObject({ done: 1 });
  expect(await head.post(`/api/residents/${one.recordId}/unmerge`, { merge: body.mergeId })).toMatchObject({
    status: 200,
  });
  await settle();
  expect(await counts()).toMatchObject({ targets: before.targets, done: 1, left: before.targets - 1 });
  expect(await sql('select done_round as round, result from campaign_target where id = $1', [two.id])).toEqual([
    { round: 1, result: 'refused' },
  ]);
  expect((await wang.get(`/api/campaign-targets/${two.id}`)).body.why).toMatch(/独居/);
});

test('先走访、后送到：当中台账里又填了，较晚那天的算，走访留在经过里', async () => {
  const { campaignId: id } = (await head.post('/api/campaigns', wanted({ title: '迟到的探访' }))).body;
  await settle();
  const [, , , one] = await left(id);
  const made = clock.now();
  clock.advance(2 * 86_400_000);
  await head.post(`/api/residents/${one.recordId}/facts`, { values: { 'person.health': '有慢性病' } });
  const sent = { occurredAt: made.toISOString(), sentAt: clock.now().toISOString() };
  expect(await visit(wang, one.id, { answers: { q2: 'no', q4: '良好' }, ...sent })).toMatchObject({ status: 200 });
  const { facts, history } = (await wang.get(`/api/residents/${one.recordId}`)).body;
  expect(facts.find(({ field }: { field: string }) => field === 'person.health').value).toBe('有慢性病');
  expect(history[0]).toMatchObject({ setBy: '王秀兰', source: '走访：迟到的探访' });
});

test('条件、期限、表单不对的，一样都不存', async () => {
  const refused = async (over: object) => {
    const { status, body } = await head.post('/api/campaigns', wanted(over));
    return [status, body.code, ...(body.errors ?? []).map(({ path }: { path: string }) => path)];
  };
  const before = await sql('select 1 from form');
  expect(await refused({ areaId: idOf(1, 'area', 'county') })).toEqual([403, 'campaign.not_here']);
  expect(await refused({ dueOn: day(-1) })).toEqual([422, 'campaign.due_past']);
  expect(await refused({ choice: [{ field: 'person.shoe', is: 'told' }] })).toEqual([
    ...[422, 'campaign.wrong_choice', 'choice.0'],
  ]);
  expect(await refused({ choice: [{ field: 'person.sex', is: 'at_least', value: '3' }] })).toEqual([
    ...[422, 'campaign.wrong_choice', 'choice.0'],
  ]);
  expect(await refused({ questions: [{ name: 'a', ask: '甲', widget: 'choice' }] })).toEqual([
    ...[422, 'form.wrong', 'questions.0.options'],
  ]);
  expect(await sql('select 1 from form')).toEqual(before);
  const nobody = await head.post('/api/campaigns/preview', {
    ...{ areaId: station, questions: questionsIn('联系电话', residents) },
    choice: [{ field: 'person.age', is: 'at_least', value: '190' }],
  });
  expect(nobody).toMatchObject({ status: 422, body: { code: 'campaign.nobody' } });
});

test('走访房屋：问居民的字段不收，房屋台账里没有的条件不收；一处也没有就说没有', async () => {
  const asked = { areaId: station, ledger: 'houses', choice: [], questions: questionsIn('联系电话*', residents) };
  const foreign = await head.post('/api/campaigns/preview', asked);
  expect(foreign).toMatchObject({ status: 422, body: { code: 'form.wrong' } });
  expect(foreign.body.errors).toMatchObject([{ path: 'questions.0.field' }]);
  const alone = [{ field: 'person.lives_alone', is: 'equals', value: 'yes' }];
  const questions = questionsIn('联系电话*\n房屋结构', ledgerNamed('houses'));
  expect(questions.map(({ field }) => field)).toEqual(['house.owner_phone', 'house.structure']);
  const wrong = await head.post('/api/campaigns/preview', { ...asked, questions, choice: alone });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'campaign.wrong_choice' } });
  expect(await head.post('/api/campaigns/preview', { ...asked, questions })).toMatchObject({
    ...{ status: 422, body: { code: 'campaign.nobody' } },
  });
});

test('答了什么看得见：每次走访、各有多少、点开就是那些人；别的社区看不到，忘了的人不再有回答', async () => {
  const { body: opened } = await head.post('/api/campaigns', wanted({ title: '再访一次', choice: [] }));
  await settle();
  const id: string = opened.campaignId;
  const mine = (await left(id)).slice(0, 4).map((row: { id: string }) => row.id);
  const [first, second, third, fourth] = mine;
  await visit(wang, first, { answers: { q2: 'no', q4: '一般' } });
  await visit(wang, second, { answers: { q2: 'yes', q3: '邻居', q4: '有慢性病' } });
  await visit(wang, third, { answers: { q2: 'yes', q3: '子女', q4: '一般' } });
  await visit(wang, fourth, { result: 'absent', answers: {} });
  await settle();

  const { body: tally } = await head.get(`/api/campaigns/${id}/tally`);
  expect(tally.visited).toBe(3);
  const of = (name: string) => tally.questions.find((one: { name: string }) => one.name === name);
  expect(of('q2')).toMatchObject({
    answered: 3,
    counts: [
      { code: 'yes', n: 2 },
      { code: 'no', n: 1 },
    ],
  });
  // Their telephones were known and not asked for again: they count as answered.
  expect(of('q1')).toMatchObject({ answered: 3, counts: [] });
  const list = async (query: string) => (await head.get(`/api/campaigns/${id}/answers${query}`)).body;
  const yes = await list('?question=q2&is=yes');
  expect(yes.rows.map(({ targetId }: { targetId: string }) => targetId).sort()).toEqual([second, third].sort());
  expect(yes.rows[0].answers.q1).toMatch(/^139\*{4}\d{4}$/);
  const one = await list('?most=2');
  expect([one.rows.length, (await list(`?after=${one.next}`)).rows.length]).toEqual([2, 1]);

  const said = (await wang.get(`/api/campaign-targets/${second}/visits`)).body;
  expect(said).toMatchObject([{ result: 'done', person: '王秀兰', answers: { q2: '是', q3: '邻居', q4: '有慢性病' } }]);
  const far = await as('高明');
  expect((await far.get(`/api/campaigns/${id}/tally`)).status).toBe(404);
  expect((await far.get(`/api/campaign-targets/${second}/visits`)).status).toBe(404);

  const { recordId } = (await head.get(`/api/campaign-targets/${third}`)).body;
  await head.post(`/api/residents/${recordId}/forget`, { reason: '本人要求' });
  await settle();
  expect((await list('?question=q2&is=yes')).rows).toHaveLength(1);
  expect((await head.get(`/api/campaign-targets/${third}/visits`)).body).toMatchObject([{ answers: {} }]);
});
