import { expect, test } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openCounty } from '../harness.ts';
import { addPhoto, body, can, look, owes, refused, report, step } from '../telling.ts';

/*
 * Who says that it is solved: a resident who reported it, by code or when called back; of a worker's own find the
 * community; never whoever found it, and never the desk that closed it on its own account.
 */
const county = await openCounty();
const { as, anyone } = county;
const [wang, li, sun, he, chen, cao] = [
  await as('王秀兰'),
  await as('李建国'),
  await as('孙丽'),
  await as('何静'),
  await as('陈敏'),
  await as('曹路'),
];
const closing = { outcome: 'resolved', publicText: '已修好。' };
const find = { channel: 'field', words: '巡查发现' };
const handled = { ...find, conditionCode: 'road-sunken-passable', did: '铺了钢板' };

/** From the report to the question whether it is solved. */
async function untilClosed(id: string, by = { registrar: he, dispatcher: chen, worker: wang }): Promise<void> {
  const { registrar, dispatcher, worker } = by;
  await step(registrar, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(dispatcher, id, 'dispatch', { bodyId: body('works') });
  await step(cao, id, 'acknowledge');
  await addPhoto(cao, id, 'after');
  await step(cao, id, 'feed-back', { words: '补好了' });
  await step(worker, id, 'verify', { words: '能走' });
  await step(registrar, id, 'close', closing);
}

test('自己发现的，凭自己的查询码也不能说解决了', async () => {
  const own = await report(wang, find, '/api/casefiles');
  await untilClosed(own.id);
  expect(can((await anyone.get(`/api/track/${own.code}`)).body, 'answer')).toMatchObject({
    allowed: false,
    reason: { zh: expect.stringContaining('自己发现的问题') },
  });
  const said = await anyone.post(`/api/track/${own.code}/answer`, { answer: 'satisfied' });
  expect(said).toMatchObject({ status: 409, body: { code: 'casefile.command_not_allowed' } });
  expect((await look(chen, own.id)).status).toBe('closed');
  // Nor by the registrar who closed it; the community says so.
  await refused(he, own.id, 'answer', { answer: 'satisfied' });
  expect(await owes(sun, own.id)).toEqual(['casefile.answer']);
  await step(sun, own.id, 'answer', { answer: 'satisfied' });
});

test('当场处置的也一样；同一件事居民也报了，居民的码说了算', async () => {
  const spot = await report(wang, handled, '/api/casefiles/handled');
  await step(sun, spot.id, 'verify');
  await step(he, spot.id, 'close', { ...closing, outcome: 'self_handled' });
  expect((await anyone.post(`/api/track/${spot.code}/answer`, { answer: 'satisfied' })).status).toBe(409);

  const [bySun, own] = [await report(anyone), await report(wang, find, '/api/casefiles')];
  await step(he, own.id, 'merge', { intoId: bySun.id });
  await untilClosed(bySun.id);
  expect((await anyone.post(`/api/track/${own.code}/answer`, { answer: 'satisfied' })).status).toBe(409);
  expect((await anyone.post(`/api/track/${bySun.code}/answer`, { answer: 'satisfied' })).body.status).toBe('evaluated');
});

test('社区书记自己发现的，由网格长确认；社区里没有别人，由核查员确认', async () => {
  const bySun = await report(sun, find, '/api/casefiles');
  await untilClosed(bySun.id);
  await refused(sun, bySun.id, 'answer', { answer: 'satisfied' });
  expect(await owes(li, bySun.id)).toEqual(['casefile.answer']);
  await step(li, bySun.id, 'answer', { answer: 'satisfied' });

  const [luo, tian, ding, han] = [await as('罗河'), await as('田青'), await as('丁一'), await as('韩冬')];
  const inFerry = await report(luo, { ...find, place: { ...inside(0, 3) } }, '/api/casefiles');
  await untilClosed(inFerry.id, { registrar: ding, dispatcher: ding, worker: tian });
  await refused(ding, inFerry.id, 'answer', { answer: 'satisfied' });
  expect(await owes(han, inFerry.id)).toEqual(['casefile.answer']);
  expect(await step(han, inFerry.id, 'answer', { answer: 'satisfied' })).toBe('evaluated');
});

test('居民报的，立案岗回访后替居民记下，写明是代记', async () => {
  const { id } = await report(anyone, { channel: 'portal' });
  await untilClosed(id);
  expect(can(await look(he, id), 'answer')).toMatchObject({ allowed: true });
  await refused(await as('丁一'), id, 'answer', { answer: 'satisfied' });
  await step(he, id, 'answer', { answer: 'mostly_satisfied', words: '电话里说基本可以' });
  const story = (await look(he, id)).story;
  expect(story.at(-1)).toMatchObject({
    kind: 'casefile.answered',
    body: { answer: 'mostly_satisfied', onBehalf: true },
  });
});

test('社区书记当场处置的，由核查员核查，不由自己', async () => {
  const han = await as('韩冬');
  const spot = await report(sun, handled, '/api/casefiles/handled');
  await refused(sun, spot.id, 'verify');
  expect(await owes(han, spot.id)).toEqual(['casefile.verify']);
  expect(await step(han, spot.id, 'verify')).toBe('verified');
});
