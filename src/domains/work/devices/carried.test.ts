import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { openPhone, type Phone } from '../../../../test/phone.ts';
import type { VisitBody } from '../../../web/field/engine/visit.ts';
import { invented, rowOf, titles } from '../../land/registry/fixtures/people.ts';
import { questionsIn } from '../../land/registry/forms/form_lines.model.ts';
import { residents } from '../../land/registry/ledger.model.ts';

/*
 * Two grids visit everybody on a list; both telephones are without network while they do. At every moment the coverage at
 * the desk is what the server was told, and after the next exchange it is what was done.
 */
const EACH = 60;
const county = await openCounty();
const [head, wang, wu] = [await county.as('孙丽'), await county.as('王秀兰'), await county.as('吴芳')];
const station = idOf(1, 'area', 'station');
const grids = ['二运第一网格', '二运第二网格'];
const rows = Array.from({ length: 2 * EACH }, (_, i) => rowOf(invented(i, grids[i % 2]), i));

async function openCampaign(title: string, rounds = 2): Promise<string> {
  const form = {
    ...{ title, purpose: '入户', areaId: station, choice: [], rounds, dueOn: '2026-12-31' },
    questions: questionsIn('健康状况（良好、一般）*\n有没有自建房\n→ 建了几层', residents),
  };
  const { body } = await head.post('/api/campaigns', form);
  await county.settle();
  return body.campaignId;
}
const sync = async ({ engine }: Phone) => {
  await county.settle();
  return engine.sync();
};
const visitsOn = async ({ engine }: Phone, campaign: string) =>
  (await engine.held('visit'))
    .map(({ id, body }) => ({ id, ...(body as unknown as VisitBody) }))
    .filter(({ campaignId }) => campaignId === campaign);
const visit = ({ engine }: Phone, id: string, over: object = {}) =>
  engine.submit({
    ...{ name: 'campaign.visit', params: { id }, target: id, urgent: false, files: [] },
    body: { round: 1, result: 'done', answers: { q1: '良好', q2: 'no' }, ...over },
  });
const counts = async (id: string) => (await head.get(`/api/campaigns/${id}`)).body.counts;

test('名单带在手机上，没有网络也走访得了；发出去以后，走到哪里就是哪里', async () => {
  const bytes = Buffer.from([titles, ...rows].map((row) => row.join(',')).join('\n'));
  const sent = await head.upload(
    '/api/ledger-batches',
    { commandId: randomUUID(), areaId: station, toldOn: '2026-01-15' },
    [{ name: '居民.csv', bytes }],
  );
  await county.settle();
  await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
  await county.settle();
  const [hers, his] = [await openPhone(county, wang), await openPhone(county, wu)];
  await sync(hers);
  const id = await openCampaign('房屋安全入户');
  for (const phone of [hers, his]) expect(await sync(phone)).toMatchObject({ trouble: null });
  const [mine, theirs] = [await visitsOn(hers, id), await visitsOn(his, id)];
  expect([mine.length, theirs.length]).toEqual([EACH, EACH]);
  expect(mine[0]).toMatchObject({ title: '房屋安全入户', round: 1, result: null, known: {} });
  const form = await hers.engine.one('form', mine[0]?.formId ?? '');
  expect(form?.body).toMatchObject({
    title: '房屋安全入户',
    questions: [{ name: 'q1' }, { name: 'q2' }, { name: 'q3' }],
  });

  // Nothing leaves the telephones yet: the desk counts what it was told, the telephones what they did.
  for (const one of mine.slice(0, 40)) await visit(hers, one.id);
  for (const one of theirs.slice(0, 10)) await visit(his, one.id, { result: 'absent', answers: {} });
  expect(await counts(id)).toMatchObject({ targets: 2 * EACH, done: 0, absent: 0, left: 2 * EACH });
  expect((await visitsOn(hers, id)).filter(({ result }) => result === 'done')).toHaveLength(40);
  expect(await sync(hers)).toMatchObject({ waiting: 0, refused: 0 });
  expect(await counts(id)).toMatchObject({ done: 40, absent: 0, left: 2 * EACH - 40 });
  expect(await sync(his)).toMatchObject({ waiting: 0, refused: 0 });
  expect(await counts(id)).toMatchObject({ done: 40, absent: 10, left: 2 * EACH - 40 });
  // What was heard comes back as known; nobody else's telephone hears of it.
  await sync(hers);
  const heard = await visitsOn(hers, id);
  expect(heard.filter(({ result }) => result === 'done')).toHaveLength(40);
  expect(heard.find(({ result }) => result === 'done')?.known.q1).toMatchObject({ value: '良好', isStale: false });
  expect((await visitsOn(his, id)).map((one) => one.id).sort()).toEqual(theirs.map((one) => one.id).sort());
});

test('答错的退回来，不挡别的；新一轮从头数；结束了，名单从手机上走', async () => {
  const phone = await openPhone(county, wang);
  const id = await openCampaign('燃气入户');
  await sync(phone);
  const [one, two] = await visitsOn(phone, id);
  if (!one || !two) throw new Error('two to visit');
  await visit(phone, one.id, { answers: { q1: '很好' } });
  await visit(phone, two.id);
  expect(await sync(phone)).toMatchObject({ waiting: 0, refused: 1 });
  const refused = (await phone.engine.outbox()).find(({ state }) => state.is === 'refused');
  expect(refused?.state).toMatchObject({ code: 'campaign.wrong_answers' });
  expect(await counts(id)).toMatchObject({ done: 1 });
  await phone.engine.dismiss(refused?.op.commandId ?? '');

  await head.post(`/api/campaigns/${id}/rounds`, { dueOn: '2027-01-31' });
  await sync(phone);
  expect(new Set((await visitsOn(phone, id)).map(({ round, result }) => `${round} ${result}`))).toEqual(
    new Set(['2 null']),
  );
  await head.post(`/api/campaigns/${id}/close`);
  await sync(phone);
  expect(await visitsOn(phone, id)).toEqual([]);
});

test('走访到一半网格边界变了：搬过去的人到了那边的手机上，一个不少', async () => {
  const [hers, his] = [await openPhone(county, wang), await openPhone(county, wu)];
  const id = await openCampaign('冬季入户');
  for (const phone of [hers, his]) await sync(phone);
  const [first] = await visitsOn(hers, id);
  if (!first) throw new Error('somebody to visit');
  await visit(hers, first.id);
  await sync(hers);
  const moved = { values: { 'place.grid': idOf(1, 'area', 'station-2') } };
  expect(await head.post(`/api/residents/${first.recordId}/facts`, moved)).toMatchObject({ status: 200 });
  await county.settle();
  for (const phone of [his, hers]) await sync(phone);
  expect((await visitsOn(his, id)).find((one) => one.id === first.id)).toMatchObject({ result: 'done' });
  expect((await visitsOn(hers, id)).map((one) => one.id)).not.toContain(first.id);
  expect(await counts(id)).toMatchObject({ targets: 2 * EACH, done: 1 });
});
