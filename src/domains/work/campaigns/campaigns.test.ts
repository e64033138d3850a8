import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { invented, rowOf, titles } from '../../land/registry/fixtures/people.ts';
import { questionsIn } from '../../land/registry/form_lines.model.ts';
import { residents } from '../../land/registry/ledger.model.ts';

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
  expect(preview.questions.map(({ alsoAskedBy }: { alsoAskedBy: string[] }) => alsoAskedBy)).toEqual([
    ['独居老人探访'],
    [],
    [],
    ['独居老人探访'],
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

test('条件、期限、表单不对的，一样都不存', async () => {
  const refused = async (over: object) => {
    const { status, body } = await head.post('/api/campaigns', wanted(over));
    return [status, body.code, ...(body.errors ?? []).map(({ path }: { path: string }) => path)];
  };
  const before = await sql('select 1 from form');
  expect(await refused({ areaId: idOf(1, 'area', 'county') })).toEqual([403, 'campaign.not_here']);
  expect(await refused({ dueOn: day(-1) })).toEqual([422, 'campaign.due_past']);
  expect(await refused({ choice: [{ field: 'person.shoe', is: 'told' }] })).toEqual([
    ...[422, 'campaign.wrong_choice', 'choice.0.field'],
  ]);
  expect(await refused({ choice: [{ field: 'person.sex', is: 'at_least', value: '3' }] })).toEqual([
    ...[422, 'campaign.wrong_choice', 'choice.0.is'],
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
