import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, can, DAY, look, owes, person, refused, report, step } from '../../../../test/telling.ts';

/** The place is corrected: the work goes where it belongs, and nobody keeps what is no longer theirs. */
const county = await openCounty();
const { as, anyone, clock, settle } = county;
const toFerry = { place: { ...inside(0, 3), words: '渡口' } };

test('派遣员把案卷更正到别的街道：自己看不见了，那边有人办', async () => {
  const [chen, he, ding] = [await as('陈敏'), await as('何静'), await as('丁一')];
  const { id, code, number } = await report(anyone);
  await settle();
  const done = await chen.post(`/api/casefiles/${id}/relocate`, toFerry);
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200, body: { casefileId: id, status: 'reported' } });
  await settle();

  expect(await owes(ding, id)).toEqual(['casefile.register']);
  expect(await owes(he, id)).toEqual([]);
  const seen = await look(ding, id);
  expect(seen.path.map((one: { name?: string }) => one.name ?? one)).toEqual(expect.arrayContaining(['临河镇']));
  expect(seen.duties).toHaveLength(2);
  // Whoever moved it has no ground any more: told so, no fault of ours. The reporter goes on seeing it.
  for (const path of [`/api/casefiles/${id}`, `/console/cases/${id}`]) expect((await chen.get(path)).status).toBe(404);
  expect(JSON.stringify((await chen.get('/api/casefiles')).body)).not.toContain(number);
  expect((await anyone.get(`/api/track/${code}`)).status).toBe(200);
  const lies = await county.sql<{ what: string; places: number }>(
    `select what, count(distinct scope_no)::int as places from (
       select 'case' as what, scope_no from casefile where id = $1
       union all select 'told', scope_no from message where record_id = $1
       union all select what, scope_no from casefile, (values ('told'), ('owed')) as two (what) where id = $1
       union all select 'owed', scope_no from obligation where record_id = $1) all_of_it group by what order by what`,
    [id],
  );
  expect(lies).toEqual(['case', 'owed', 'told'].map((what) => ({ what, places: 1 })));
});

test('谁看不见的案卷，谁也挪不动', async () => {
  const { id } = await report(anyone, toFerry);
  expect((await refused(await as('陈敏'), id, 'relocate', { place: { ...inside(0, 0) } })).code).toBe(
    'casefile.not_found',
  );
});

test('正在核实的、已挂账的先不改位置', async () => {
  const [he, chen, ding, qian] = [await as('何静'), await as('陈敏'), await as('丁一'), await as('钱进')];
  const checked = await report(anyone);
  await step(he, checked.id, 'order-check');
  expect((await refused(he, checked.id, 'relocate', toFerry)).title).toContain('正在核实');
  expect(can(await look(he, checked.id), 'relocate')).toMatchObject({ allowed: false });
  expect(await owes(ding, checked.id)).toEqual([]);

  // A second dispatcher at the same desk decides what the first asks for.
  const posts = (await qian.get(`/api/areas/${area('east')}/posts`)).body as { id: string; role: string }[];
  const postId = posts.find(({ role }) => role === 'dispatcher')?.id;
  const appointed = { id: randomUUID(), postId, personId: person('qianjin') };
  expect((await (await as('管理员')).post('/api/holdings', appointed)).status).toBe(200);
  const resting = await report(anyone);
  await step(he, resting.id, 'register', { conditionCode: 'road-sunken-passable' });
  const [owed] = (await look(chen, resting.id)).duties.filter(
    (duty: { duty: string; endedAt: unknown }) => duty.duty === 'casefile.dispatch' && duty.endedAt === null,
  );
  const until = new Date(clock.now().getTime() + 30 * DAY).toISOString();
  const asked = await chen.post(`/api/obligations/${owed.id}/ask-suspension`, { words: '等天晴', until });
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  const granted = await qian.post(`/api/adjustments/${asked.body.adjustmentId}/grant`);
  expect(granted.status, JSON.stringify(granted.body)).toBe(200);
  await settle();
  expect((await refused(chen, resting.id, 'relocate', toFerry)).title).toContain('已挂账');
  clock.advance(31 * DAY);
  await settle();
  await step(chen, resting.id, 'relocate', toFerry);
  expect(await owes(ding, resting.id)).toEqual(['casefile.dispatch']);
});
