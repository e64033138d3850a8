import { expect, test } from 'vitest';
import { openCounty } from '../harness.ts';
import { addPhoto, area, body, can, DAY, HOUR, look, owes, refused, report, step } from '../telling.ts';

/*
 * B4, a hazard: found in a workplace, rectification ordered with a date, more time asked for and granted once, a rest
 * refused, rectified, checked by somebody else and found wanting, done again.
 */
const county = await openCounty();
const { as, clock, settle } = county;

test('有限空间隐患：发现、限期整改、延期、复查不合格再整改', async () => {
  const [wang, he, chen, shi, jiang, liang] = [
    await as('王秀兰'),
    await as('何静'),
    await as('陈敏'),
    await as('石安'),
    await as('蒋涛'),
    await as('梁督'),
  ];
  const { id } = await report(
    wang,
    {
      channel: 'field',
      words: '污水池没有通风，没有警示牌',
      place: { areaId: area('station-1'), words: '食品厂' },
      typeCode: 'confined-space',
    },
    '/api/casefiles',
  );
  await step(he, id, 'register', { conditionCode: 'confined-space-unmarked' });
  const suggestion = (await look(chen, id)).suggestion;
  expect(suggestion).toMatchObject({ bodyName: '安澜县应急管理局' });
  await step(chen, id, 'dispatch', { bodyId: body('safety') });
  await step(shi, id, 'acknowledge');
  await step(liang, id, 'supervise', { words: '列入督办' });

  const handle = (await look(shi, id)).duties.find((duty: { duty: string }) => duty.duty === 'casefile.handle');
  const asked = await shi.post(`/api/obligations/${handle.id}/ask-extension`, { words: '通风设备订货要三天' });
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  const twice = await shi.post(`/api/obligations/${handle.id}/ask-extension`, { words: '再问一次' });
  expect(twice.body.code).toBe('adjustment.asked_already');
  expect(await owes(chen, id)).toContain('obligation.decide');
  const granted = await chen.post(`/api/adjustments/${asked.body.adjustmentId}/grant`);
  expect(granted.body.status).toBe('granted');
  const longer = (await look(shi, id)).duties.find((duty: { id: string }) => duty.id === handle.id);
  expect(Date.parse(longer.clock.dueAt)).toBeGreaterThan(Date.parse(handle.clock.dueAt));
  const arithmetic = (await shi.get(`/api/obligations/${handle.id}`)).body.arithmetic;
  expect(arithmetic.acts.map((one: { act: string }) => one.act)).toEqual(['open', 'extend']);

  // A rest needs a day within a year; the desk refuses it with words, and the clock stands where it stood.
  const tooLong = await shi.post(`/api/obligations/${handle.id}/ask-suspension`, {
    words: '等搬迁',
    until: new Date(clock.now().getTime() + 500 * DAY).toISOString(),
  });
  expect(tooLong.body).toMatchObject({ code: 'adjustment.not_allowed', title: expect.stringContaining('最长一年') });
  const rest = await shi.post(`/api/obligations/${handle.id}/ask-suspension`, {
    words: '等搬迁',
    until: new Date(clock.now().getTime() + 30 * DAY).toISOString(),
  });
  expect(
    (await chen.post(`/api/adjustments/${rest.body.adjustmentId}/refuse`, { words: '隐患不能等' })).body.status,
  ).toBe('refused');

  clock.advance(HOUR);
  await addPhoto(shi, id, 'after');
  await step(shi, id, 'feed-back', { words: '已装通风，已挂牌' });
  const seen = await look(shi, id);
  expect(can(seen, 'acknowledge')?.reason?.zh).toContain('待核查');
  clock.advance(HOUR);
  expect(await step(wang, id, 'rework', { words: '牌子挂了，风机没有通电' })).toBe('dispatched');
  const again = await look(chen, id);
  expect(again).toMatchObject({ round: 2, status: 'dispatched' });
  expect(again.flags).toEqual(expect.arrayContaining(['reopened', 'supervised']));

  await step(shi, id, 'acknowledge');
  const without = await refused(shi, id, 'feed-back', { words: '风机已通电' });
  expect(without.title).toContain('还缺处置后的照片');
  await addPhoto(shi, id, 'after');
  await step(shi, id, 'feed-back', { words: '风机已通电' });
  await step(wang, id, 'verify');
  await step(he, id, 'close', { outcome: 'resolved', publicText: '隐患已整改。' });
  await settle();

  // The worker's own find: neither the finder may confirm it, nor may silence count as consent.
  expect((await refused(wang, id, 'answer', { answer: 'satisfied' })).code).toMatch(/not_for_you|command_not_allowed/);
  clock.advance(6 * DAY);
  await settle();
  expect(await look(jiang, id)).toMatchObject({ status: 'evaluated', answer: 'unanswered' });
});
