import { expect, test } from 'vitest';
import { inside } from '../../seeds/small/plan.ts';
import { openCounty } from '../harness.ts';
import { body, HOUR, look, owes, refused, report, step } from '../telling.ts';

/* B6, the whistle: what one desk cannot solve summons several bodies; a lead is named; each answers for coming. */
const county = await openCounty();
const { as, anyone, clock, settle } = county;

test('吹哨报到：谁来了、谁没来、谁牵头，都看得见', async () => {
  const [sun, he, chen, peng, zhou, wei, jiang] = [
    await as('孙丽'),
    await as('何静'),
    await as('陈敏'),
    await as('彭队'),
    await as('周工'),
    await as('魏洁'),
    await as('蒋涛'),
  ];
  const { id } = await report(anyone, {
    words: '后巷违建占道，垃圾成堆，水管也漏',
    place: { ...inside(0, 0), words: '后巷' },
  });
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(sun, id, 'summon', {
    bodyIds: [body('order'), body('water'), body('clean')],
    leadBodyId: body('order'),
    words: '一家办不了，请到现场',
  });
  expect((await refused(sun, id, 'summon', { bodyIds: [body('water')], words: '再喊一次' })).code).toBe(
    'casefile.already_summoned',
  );

  for (const one of [peng, zhou, wei]) expect(await owes(one, id)).toEqual(['casefile.report_in']);
  await step(peng, id, 'report-in', { words: '已到' });
  await step(zhou, id, 'refuse-summons', { words: '管道属于小区产权' });
  // One of three does not come: after four working hours that climbs to those above.
  clock.advance(7 * HOUR);
  await settle();
  const messages = (await jiang.get('/api/messages')).body.map((message: { text: { zh: string } }) => message.text.zh);
  expect(messages.some((text: string) => text.startsWith('超期了：报到'))).toBe(true);
  await step(wei, id, 'report-in', { words: '晚到' });

  await step(sun, id, 'visit', {
    bodyIds: [body('order'), body('clean')],
    leadBodyId: body('clean'),
    words: '先清垃圾',
  });
  const seen = await look(chen, id);
  expect(
    seen.summons.map(({ bodyName, status, isLead }: { bodyName: string; status: string; isLead: boolean }) => [
      bodyName,
      status,
      isLead,
    ]),
  ).toEqual([
    ['城东街道综合执法队', 'arrived', false],
    ['安澜县供水公司', 'refused', false],
    ['安澜县环卫所', 'arrived', true],
  ]);
  const late = seen.duties.find(
    (duty: { duty: string; owedByName: string }) =>
      duty.duty === 'casefile.report_in' && duty.owedByName === '安澜县环卫所',
  );
  expect(late.clock).toMatchObject({ state: 'settled', late: true });
  await step(sun, id, 'stand-down', { words: '各就各位' });
  expect((await look(chen, id)).flags).not.toContain('joint');
});
