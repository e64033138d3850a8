import { expect, test } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openCounty } from '../harness.ts';
import { addPhoto, body, can, look, MINUTE, owes, refused, report, step } from '../telling.ts';

/*
 * B1, the road that sank: patrol, immediate measure, the community comes, several bodies look, one is responsible,
 * repair, check by somebody else, the resident says so.
 */
const county = await openCounty();
const { as, anyone, clock, settle } = county;

test('路面塌陷：从巡查发现到居民说解决了', async () => {
  const [wang, li, sun] = [await as('王秀兰'), await as('李建国'), await as('孙丽')];
  const [he, chen] = [await as('何静'), await as('陈敏')];
  const [zhou, cao, jin, xie] = [await as('周工'), await as('曹路'), await as('金管'), await as('谢工')];

  // A resident saw it too and says so on the public page; the worker finds it on patrol and reports it in the field.
  const bySun = await report(anyone, {
    words: '巷口塌了个坑，刚才差点摔了',
    contact: { name: '孙阿姨', phone: '13800001111' },
  });
  const { id } = await report(
    wang,
    { channel: 'field', words: '巡查发现两处塌陷', place: { ...inside(0, 0), words: '二运巷口', accuracyM: 8 } },
    '/api/casefiles',
  );
  await settle();
  expect(await owes(he, id)).toEqual(['casefile.register']);

  // The leader has residents set up barriers and a detour: the clock of the desk runs on.
  clock.advance(3 * MINUTE);
  await step(li, id, 'measure', { words: '组织居民拉起围挡，绕行路线已立牌' });
  await step(sun, id, 'measure', { words: '到现场听居民讲，坑约两米见方' });

  // One matter said twice becomes one case.
  expect(await step(he, bySun.id, 'merge', { intoId: id, words: '同一处' })).toBe('reported');
  await settle();
  const told = await anyone.get(`/api/track/${bySun.code}`);
  expect(told.body).toMatchObject({ number: expect.any(String), mergedInto: expect.any(String) });
  expect(told.body.messages.at(-1).text.zh).toContain('是同一件事');

  expect(await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off' })).toBe('registered');
  const seen = await look(chen, id);
  expect(seen.suggestion).toMatchObject({ bodyName: '安澜县市政养护中心', confirm: false });
  expect(seen.limit.zh).toMatch(/紧急工作时/);

  // Whose is it? The pipe below or the road above: bodies are called together, each with a clock of its own.
  await step(chen, id, 'summon', { bodyIds: [body('water'), body('pipes'), body('works')], words: '请到现场会诊' });
  for (const one of [zhou, jin, cao]) await step(one, id, 'report-in');
  await step(sun, id, 'visit', {
    bodyIds: [body('water'), body('pipes'), body('works')],
    leadBodyId: body('pipes'),
    words: '雨水管脱节带走泥土，由长河公司修',
  });
  expect((await look(chen, id)).summons.find((row: { isLead: boolean }) => row.isLead).bodyName).toBe(
    '长河管道工程公司',
  );

  expect(await step(chen, id, 'dispatch', { bodyId: body('pipes'), words: '会诊结论' })).toBe('dispatched');
  await step(sun, id, 'stand-down');
  await refused(cao, id, 'acknowledge');
  expect(await step(jin, id, 'acknowledge')).toBe('handling');
  await step(jin, id, 'measure', { words: '开挖，换管两节' });

  // Without a photo of the result nobody can say it is done.
  const early = await refused(jin, id, 'feed-back', { words: '修好了' });
  expect(early).toMatchObject({
    code: 'casefile.command_not_allowed',
    title: expect.stringContaining('还缺处置后的照片'),
  });
  await addPhoto(jin, id, 'after');
  clock.advance(90 * MINUTE);
  expect(await step(jin, id, 'feed-back', { words: '回填压实，恢复通行' })).toBe('handled');

  // The check is for somebody else: the grid worker on whose patrol it was found.
  await refused(xie, id, 'verify');
  expect(await step(wang, id, 'verify', { words: '平整，能走' })).toBe('verified');
  expect(await step(he, id, 'close', { outcome: 'resolved', publicText: '雨水管已更换，路面恢复。' })).toBe('closed');
  await settle();

  // The resident who said it is asked, by the code of the copy that was merged, and agrees.
  const asked = await anyone.get(`/api/track/${bySun.code}`);
  expect(asked.body.statusWords.zh).toBe('待评价');
  expect(asked.body.messages.at(-1)).toMatchObject({ words: '雨水管已更换，路面恢复。' });
  expect(can(asked.body, 'answer')).toMatchObject({ allowed: true });
  const answered = await anyone.post(`/api/track/${bySun.code}/answer`, { answer: 'satisfied', words: '好走了，谢谢' });
  expect(answered.body.status).toBe('evaluated');

  const end = await look(chen, id);
  expect(end).toMatchObject({ status: 'evaluated', answer: 'satisfied', round: 1, outcome: 'resolved' });
  expect(
    end.duties.every((duty: { clock: { state: string } }) =>
      ['settled', 'withdrawn', 'paused'].includes(duty.clock.state),
    ),
  ).toBe(true);
  expect(end.story.map((line: { kind: string }) => line.kind)).toEqual([
    'casefile.reported',
    'casefile.measure_taken',
    'casefile.measure_taken',
    'casefile.registered',
    'casefile.summoned',
    'casefile.reported_in',
    'casefile.reported_in',
    'casefile.reported_in',
    'casefile.visited',
    'casefile.dispatched',
    'casefile.stood_down',
    'casefile.acknowledged',
    'casefile.measure_taken',
    'casefile.photo_added',
    'casefile.fed_back',
    'casefile.verified',
    'casefile.closed',
    'casefile.answered',
  ]);
  expect(end.story[1]).toMatchObject({ by: { zh: '网格长 李建国' }, words: '组织居民拉起围挡，绕行路线已立牌' });
});
