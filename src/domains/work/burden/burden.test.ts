import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { invented, rowOf, titles } from '../../land/registry/fixtures/people.ts';
import { questionsIn } from '../../land/registry/forms/form_lines.model.ts';
import { residents } from '../../land/registry/ledger.model.ts';
import { monthBeside } from './month.model.ts';

/** What was asked at doors, and what was not asked since it was known, is counted from the visits themselves. */
const { as, clock, settle } = await openCounty();
const [head, wang, wu] = [await as('孙丽'), await as('王秀兰'), await as('吴芳')];
const station = idOf(1, 'area', 'station');
const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);
const month = day(0).slice(0, 7);

const rows = Array.from({ length: 40 }, (_, i) => rowOf(invented(i, i % 2 ? '二运第一网格' : '二运第二网格'), i));
const sent = await head.upload(
  '/api/ledger-batches',
  { commandId: randomUUID(), areaId: station, toldOn: '2026-01-15' },
  [{ name: '居民.csv', bytes: Buffer.from([titles, ...rows].map((row) => row.join(',')).join('\n')) }],
);
await settle();
await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
await settle();

async function openCampaign(title: string): Promise<string> {
  const { body } = await head.post('/api/campaigns', {
    ...{ title, purpose: '安排上门', areaId: station, rounds: 1, dueOn: day(14), choice: [] },
    questions: questionsIn('联系电话*\n健康状况（良好、一般、有慢性病）', residents),
  });
  await settle();
  return body.campaignId;
}
const one = await openCampaign('秋季走访');
const targets = async (who: typeof wang) => (await who.get(`/api/campaigns/${one}/targets`)).body.rows;
const visit = (who: typeof wang, id: string, over: object = {}) =>
  who.post(`/api/campaign-targets/${id}/visits`, { round: 1, result: 'done', answers: { q2: '良好' }, ...over });
const burden = async (who: typeof wang, query = '') => (await who.get(`/api/burden${query}`)).body;
const none = { visits: 0, asked: 0, known: 0, files: 0, cells: 0 };

test('还没有人走：都是零，没有重复', async () => {
  expect(await burden(head)).toMatchObject({ month, after: null, total: none, minutes: 0, people: [], twice: [] });
});

test('问了几项、省了几项，按人数得出来，点开是那几次上门；没见到人的不算', async () => {
  const [hers, others] = [await targets(wang), await targets(wu)];
  for (const { id } of hers.slice(0, 3)) expect(await visit(wang, id)).toMatchObject({ status: 200 });
  expect(await visit(wang, hers[3].id, { result: 'absent', answers: {} })).toMatchObject({ status: 200 });
  expect(await visit(wu, others[0].id)).toMatchObject({ status: 200 });
  // The telephone was known each time, how well somebody is was asked.
  const told = await burden(head, '?seconds=30');
  expect(told.total).toEqual({ ...none, visits: 4, asked: 4, known: 4 });
  expect(told.minutes).toBe(2);
  expect(told.people.map(({ name, visits }: { name: string; visits: number }) => [name, visits]).sort()).toEqual([
    ['吴芳', 1],
    ['王秀兰', 3],
  ]);
  const { personId } = told.people.find(({ name }: { name: string }) => name === '王秀兰');
  const opened = (await head.get(`/api/burden/records?month=${month}&personId=${personId}`)).body;
  expect(opened).toMatchObject({ person: '王秀兰', next: null, files: [] });
  expect(opened.visits).toHaveLength(3);
  for (const line of opened.visits)
    expect(line).toMatchObject({ title: '秋季走访', area: '二运第一网格', by: '王秀兰', asked: 1, known: 1 });
  expect((await head.get(`/api/burden/records?month=${month}`)).body.visits).toHaveLength(4);
});

test('网格员只看到自己网格里的；别的月份是空的', async () => {
  expect((await burden(wu)).total).toMatchObject({ visits: 1 });
  expect((await wu.get(`/api/burden/records?month=${month}`)).body.visits).toHaveLength(1);
  const before = monthBeside(month, -1);
  expect(await burden(head, `?month=${before}`)).toMatchObject({ total: none, after: month, people: [] });
});

test('两次走访问同一件事，说出是哪几次；结束了一次就不算了', async () => {
  const two = await openCampaign('体检摸底');
  const { twice } = await burden(head);
  expect(twice.map(({ field }: { field: { zh: string } }) => field.zh)).toEqual(['联系电话', '健康状况']);
  expect(twice[0].campaigns.map(({ id }: { id: string }) => id).sort()).toEqual([one, two].sort());
  await head.post(`/api/campaigns/${two}/close`);
  expect((await burden(head)).twice).toEqual([]);
});

test('月份写错、秒数离谱，不算；没有台账岗位的看不到', async () => {
  expect(await head.get('/api/burden?month=2026-13')).toMatchObject({ status: 422 });
  expect(await head.get('/api/burden?seconds=0')).toMatchObject({ status: 422 });
  expect(await (await as('周工')).get('/api/burden')).toMatchObject({ status: 403 });
});

test('前一个月、后一个月，跨年也对', () => {
  expect([monthBeside('2026-01', -1), monthBeside('2026-12', 1), monthBeside('2026-06', 1)]).toEqual([
    ...['2025-12', '2027-01', '2026-07'],
  ]);
});
