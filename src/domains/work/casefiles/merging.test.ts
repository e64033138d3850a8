import { expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { addPhoto, body, can, look, refused, report, step } from '../../../../test/telling.ts';

/** One matter said several times: whatever is merged, nobody who reported stops hearing, and somebody has the work. */
const county = await openCounty();
const { as, anyone, settle } = county;

test('已有案卷并入的，不能再并到别处：先报的人还听得到', async () => {
  const he = await as('何静');
  const [first, second, third] = [await report(anyone), await report(anyone), await report(anyone)];
  await step(he, first.id, 'merge', { intoId: second.id });
  expect(can(await look(he, second.id), 'merge')).toMatchObject({
    allowed: false,
    reason: { zh: expect.stringContaining('已有案卷并入本案') },
  });
  const refusal = await refused(he, second.id, 'merge', { intoId: third.id });
  expect(refusal).toMatchObject({ code: 'casefile.command_not_allowed' });
  expect(refusal.title).toContain('已有案卷并入本案');

  // The other way round both reporters hear of the one case.
  await step(he, third.id, 'merge', { intoId: second.id });
  await step(he, second.id, 'register', { conditionCode: 'road-sunken-passable' });
  await settle();
  for (const { code } of [first, third]) {
    const told = await anyone.get(`/api/track/${code}`);
    expect(told.body).toMatchObject({ status: 'registered', mergedInto: second.number });
  }
  // Undone, it may be merged elsewhere again.
  await step(he, first.id, 'unmerge', { words: '不是一处' });
  await step(he, third.id, 'unmerge', { words: '不是一处' });
  expect(can(await look(he, second.id), 'merge')).toMatchObject({ allowed: true });
});

test('并入的案卷在别的街道，本街道看不见，也不能再并走', async () => {
  const [he, shen] = [await as('何静'), await as('沈月')];
  const [copy, into, other] = [
    await report(anyone, { place: { ...inside(0, 3) } }),
    await report(anyone),
    await report(anyone),
  ];
  await step(shen, copy.id, 'merge', { intoId: into.id });
  expect((await he.get(`/api/casefiles/${copy.id}`)).status).toBe(404);
  expect((await refused(he, into.id, 'merge', { intoId: other.id })).title).toContain('已有案卷并入本案');
});

test('不能并入已处置完、已并入别处、保密的案卷，也不能并入自己；什么都没有改', async () => {
  const [he, chen, cao] = [await as('何静'), await as('陈敏'), await as('曹路')];
  const done = await report(anyone);
  await step(he, done.id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, done.id, 'dispatch', { bodyId: body('works') });
  await step(cao, done.id, 'acknowledge');
  await addPhoto(cao, done.id, 'after');
  await step(cao, done.id, 'feed-back', { words: '补好了' });
  const declined = await report(anyone);
  await step(he, declined.id, 'decline', { outcome: 'not_found', publicText: '现场没有发现。' });
  const [into, copy] = [await report(anyone), await report(anyone)];
  await step(he, copy.id, 'merge', { intoId: into.id });
  const secret = await report(anyone, { typeCode: 'neighbour-leak', place: { ...inside(0, 1) } });

  const open = await report(anyone);
  const why = async (intoId: string): Promise<string> => (await refused(he, open.id, 'merge', { intoId })).title;
  expect(await why(done.id)).toContain('已经处置完');
  expect(await why(declined.id)).toContain('不予立案');
  expect(await why(copy.id)).toContain('已并入另一案卷');
  expect(await why(secret.id)).toContain('保密与公开');
  expect(await why(open.id)).toContain('不能并入自己');
  const seen = await look(he, open.id);
  expect(seen).toMatchObject({ status: 'reported', mergedInto: null });
  expect(seen.duties.map((duty: { clock: { state: string } }) => duty.clock.state)).toEqual(['running']);
});
