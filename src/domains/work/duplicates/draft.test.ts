import { expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area, HOUR, report, step } from '../../../../test/telling.ts';

/* Hints while somebody is still on the telephone: nothing of the draft is kept, nothing is shown that may not be read. */
const county = await openCounty();
const { as, anyone, clock, sql } = county;
const [he, wang, tian] = [await as('何静'), await as('王秀兰'), await as('田青')];

const draft = (changes: object = {}) => ({
  words: '二运巷口路面塌陷，有个坑',
  place: { ...inside(0, 0), words: '二运巷口' },
  channel: 'hotline',
  ...changes,
});
const hints = async (by: Caller, changes: object = {}) => {
  const told = await by.post('/api/casefiles/hints', draft(changes));
  expect(told.status, JSON.stringify(told.body)).toBe(200);
  return told.body as {
    alike: { id: string; reasons: { zh: string }[]; mayJoin: boolean; whyNot: { zh: string } | null }[];
    bodies: { typeCode: string; bodyName: string | null; because: unknown[] }[];
  };
};
const keys = ({ alike }: { alike: { id: string }[] }): string[] => alike.map(({ id }) => id);

test('写着的时候就看见先报的那件和理由；受理岗登记后能并进去，网格员只能看；责任单位按规则说', async () => {
  const first = await report(anyone, { words: '二运巷口路面塌了个坑' });
  clock.advance(2 * HOUR);
  const found = await hints(he);
  expect(found.alike[0]).toMatchObject({ id: first.id, mayJoin: true, whyNot: null });
  expect(found.alike[0]?.reasons.map(({ zh }) => zh)).toEqual(expect.arrayContaining(['同一位置', '早 2 小时']));
  expect(found.bodies[0]).toMatchObject({ typeCode: 'road-sunken', bodyName: expect.stringMatching(/养护/) });
  expect(found.bodies[0]?.because.length).toBeGreaterThan(0);
  expect((await hints(wang)).alike[0]).toMatchObject({
    id: first.id,
    mayJoin: false,
    whyNot: { zh: expect.any(String) },
  });
  expect(keys(await hints(he, { place: { areaId: area('station-1'), words: '二运巷口' } }))).toContain(first.id);
});

test('看不到的、保密的、别处的不提；已经办到核查的说得出为什么不能并', async () => {
  const place = { ...inside(1, 1), words: '青园路' };
  const secret = await report(
    await as('宋洁'),
    { confidential: true, channel: 'visit', words: '青园路路面塌陷', place },
    '/api/casefiles',
  );
  expect(keys(await hints(he, { place }))).not.toContain(secret.id);
  expect(keys(await hints(tian))).toEqual([]);
  const declined = await report(anyone, { words: '青园路路面塌陷', place });
  await step(he, declined.id, 'decline', { outcome: 'not_found', publicText: '现场没有发现' });
  expect(keys(await hints(he, { place }))).not.toContain(declined.id);
});

test('还没说在哪里、什么也没写，就没有提示；草稿不留在任何地方', async () => {
  expect(await hints(he, { words: '' })).toEqual({ alike: [], bodies: [] });
  expect(await hints(he, { place: { words: '二运巷口' } })).toEqual({ alike: [], bodies: [] });
  const rows = async () => (await sql<{ n: number }>(`select count(*)::int as n from entry`))[0]?.n;
  const commands = async () => (await sql<{ n: number }>(`select count(*)::int as n from command`))[0]?.n;
  const before = [await rows(), await commands()];
  await hints(he);
  expect([await rows(), await commands()]).toEqual(before);
  expect((await anyone.post('/api/casefiles/hints', draft())).status).toBe(401);
  expect((await (await as('审计员')).post('/api/casefiles/hints', draft())).status).toBe(403);
  expect((await he.post('/api/casefiles/hints', draft({ place: { lon: 112 } }))).body.code).toBe('input.invalid');
});
