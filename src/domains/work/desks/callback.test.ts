import { expect, test } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { addPhoto, body, HOUR, report, step } from '../../../../test/telling.ts';
import { MOST_CALLED } from './callback.model.ts';

/* Whom to call back: residents who were asked whether it is solved and have not said. */
const county = await openCounty();
const { as, anyone, clock } = county;
const [he, chen, cao, wang] = [await as('何静'), await as('陈敏'), await as('曹路'), await as('王秀兰')];

async function closed(changes: object = {}) {
  const said = await report(anyone, changes);
  await step(he, said.id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, said.id, 'dispatch', { bodyId: body('works') });
  await step(cao, said.id, 'acknowledge');
  await addPhoto(cao, said.id, 'after');
  await step(cao, said.id, 'feed-back', { words: '补好了' });
  await step(wang, said.id, 'verify', {});
  await step(he, said.id, 'close', { outcome: 'resolved', publicText: '路面已补平' });
  return said;
}
const listed = async () => {
  const told = await he.get('/api/callbacks');
  expect(told.status, JSON.stringify(told.body)).toBe(200);
  expect(told.body.all).toBe(told.body.lines.length);
  return told.body.lines as { id: string; hasPhone: boolean; tries: number }[];
};

test('结案后等报事人答复的都在，先到期的在前；只说有没有电话，不说是谁', async () => {
  const first = await closed({ contact: { name: '欧阳测试', phone: '13712345678' } });
  clock.advance(HOUR);
  const second = await closed();
  const lines = await listed();
  expect(lines.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(lines).toMatchObject([
    { hasPhone: true, tries: 0, outcome: { zh: '已解决' }, publicText: '路面已补平', clock: { state: 'running' } },
    { hasPhone: false },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/欧阳|1371234/);
});

test('没打通就留句话，记着打过几次，还在单子上；满意、没有解决的离开单子', async () => {
  const [first, second] = (await listed()).map(({ id }) => id);
  await step(he, first ?? '', 'say', { words: '打过电话没有接通' });
  expect((await listed())[0]).toMatchObject({ id: first, tries: 1 });
  await step(he, first ?? '', 'answer', { answer: 'satisfied', words: '电话里说满意' });
  expect((await listed()).map(({ id }) => id)).toEqual([second]);
  await step(he, second ?? '', 'object', { words: '说坑还在' });
  expect(await listed()).toEqual([]);
  expect((await he.get(`/api/casefiles/${second}`)).body).toMatchObject({ status: 'registered', round: 2 });
});

test('别的乡镇看不到，别的岗位进不来', async () => {
  const { id } = await closed();
  expect((await listed()).map((line) => line.id)).toEqual([id]);
  expect((await (await as('丁一')).get('/api/callbacks')).body).toEqual({ all: 0, lines: [] });
  for (const by of [chen, wang]) expect((await by.get('/api/callbacks')).status).toBe(403);
  expect((await anyone.get('/api/callbacks')).status).toBe(401);
});

test('单子上放不下的也数在内：说得出一共多少', async () => {
  const { id } = await closed();
  const { all } = (await he.get('/api/callbacks')).body;
  await county.sql(
    `insert into obligation select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid()))).*
      from obligation o, generate_series(1, $2::int) where o.record_id = $1 and o.duty = 'casefile.answer'`,
    [id, MOST_CALLED],
  );
  const told = (await he.get('/api/callbacks')).body;
  expect(told.all).toBe(all + MOST_CALLED);
  expect(told.lines).toHaveLength(MOST_CALLED);
});
