import { expect, test } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { body, look, refused, report, step } from '../../../../test/telling.ts';

/** Who leads a joint handling: one body, and one of those that were called. */
const county = await openCounty();
const { as, anyone } = county;

interface Called {
  readonly bodyName: string;
  readonly isLead: boolean;
}

test('再召集一家来牵头：原来牵头的退下', async () => {
  const [he, sun, zhou] = [await as('何静'), await as('孙丽'), await as('周工')];
  const { id } = await report(anyone);
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  const lead = async () =>
    (await look(sun, id)).summons.filter((one: Called) => one.isLead).map((one: Called) => one.bodyName);
  await step(sun, id, 'summon', { bodyIds: [body('order')], leadBodyId: body('order'), words: '请到现场' });
  expect(await lead()).toEqual(['城东街道综合执法队']);
  await step(sun, id, 'summon', { bodyIds: [body('water')], leadBodyId: body('water'), words: '要挖开，供水牵头' });
  expect(await lead()).toEqual(['安澜县供水公司']);

  // Neither a body that was not called, nor one that will not come.
  const summoned = { bodyIds: [body('clean')], words: '请到现场', leadBodyId: body('power') };
  expect(await refused(sun, id, 'summon', summoned)).toMatchObject({
    code: 'casefile.lead_not_called',
    title: '牵头单位不在被召集的单位里',
  });
  const visited = { bodyIds: [body('order')], words: '看过了' };
  expect((await refused(sun, id, 'visit', { ...visited, leadBodyId: body('power') })).code).toBe(
    'casefile.lead_not_called',
  );
  await step(zhou, id, 'refuse-summons', { words: '不是我们的管道' });
  expect((await refused(sun, id, 'visit', { ...visited, leadBodyId: body('water') })).code).toBe(
    'casefile.lead_not_called',
  );
  expect((await look(sun, id)).summons).toHaveLength(2);
  await step(sun, id, 'visit', { ...visited, leadBodyId: body('order') });
  expect(await lead()).toEqual(['城东街道综合执法队']);
});
