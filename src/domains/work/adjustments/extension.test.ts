import { expect, test } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { body, DAY, HOUR, look, report, step } from '../../../../test/telling.ts';

/** More time (延期): at most twice and not once late. What was asked in time counts, however late it is decided. */
const county = await openCounty();
const { as, anyone, clock } = county;
const [he, chen, cao] = [await as('何静'), await as('陈敏'), await as('曹路')];

interface Owed {
  readonly id: string;
  readonly duty: string;
  readonly clock: { readonly dueAt: string; readonly late: boolean };
}

async function handled(id: string): Promise<Owed> {
  const { duties } = await look(cao, id);
  return duties.find((owed: Owed) => owed.duty === 'casefile.handle');
}

test('到期前申请、到期后才批：算数；到期后才申请：不行；批过两次不再批', async () => {
  const { id } = await report(anyone);
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, id, 'dispatch', { bodyId: body('works') });
  const owed = await handled(id);
  const ask = () => cao.post(`/api/obligations/${owed.id}/ask-extension`, { words: '等材料' });
  const grant = async () => {
    const wish = (await ask()).body.adjustmentId;
    return () => chen.post(`/api/adjustments/${wish}/grant`);
  };

  // Asked an hour before the end; decided an hour after it.
  clock.moveTo(new Date(Date.parse(owed.clock.dueAt) - HOUR));
  const decide = await grant();
  clock.advance(2 * HOUR);
  expect((await handled(id)).clock.late).toBe(true);
  const granted = await decide();
  expect(granted, JSON.stringify(granted.body)).toMatchObject({ status: 200, body: { status: 'granted' } });
  const longer = await handled(id);
  expect(Date.parse(longer.clock.dueAt)).toBeGreaterThan(Date.parse(owed.clock.dueAt));
  expect(longer.clock.late).toBe(false);

  expect((await (await grant())()).status).toBe(200);
  expect((await ask()).body.title).toContain('最多延期两次');

  const other = await report(anyone);
  await step(he, other.id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, other.id, 'dispatch', { bodyId: body('works') });
  const late = await handled(other.id);
  clock.moveTo(new Date(Date.parse(late.clock.dueAt) + DAY));
  const refusal = await cao.post(`/api/obligations/${late.id}/ask-extension`, { words: '等材料' });
  expect(refusal).toMatchObject({ status: 409, body: { title: expect.stringContaining('已经超期') } });
});

test('案卷上看得见：欠办的人能申请什么、为什么不能；审批的人看到申请和自己能做的', async () => {
  const { id } = await report(anyone);
  await step(he, id, 'register', { conditionCode: 'road-sunken-passable' });
  await step(chen, id, 'dispatch', { bodyId: body('works') });
  const owed = await handled(id);
  const page = async (who: typeof cao) => (await who.get(`/api/casefiles/${id}/adjustments`)).body;
  const mine = async (who: typeof cao) =>
    (await page(who)).asks
      .find(({ obligationId }: { obligationId: string }) => obligationId === owed.id)
      ?.can.map(({ command }: { command: string }) => command) ?? [];

  expect(await mine(cao)).toEqual(['ask_extension', 'ask_suspension']);
  expect(await mine(chen), '不欠办的人没有可申请的').toEqual([]);
  const asked = await cao.post(`/api/obligations/${owed.id}/ask-extension`, { words: '等材料' });
  expect(await mine(cao), '在审批，不再申请一次').toEqual(['ask_suspension']);
  const [wish] = (await page(chen)).wishes;
  expect(wish).toMatchObject({ id: asked.body.adjustmentId, kind: 'extension', status: 'asked' });
  expect(wish.can.filter(({ allowed }: { allowed: boolean }) => allowed)).toMatchObject([
    { command: 'grant' },
    { command: 'refuse' },
  ]);
  expect((await page(cao)).wishes[0].can, '申请的人不审批').toEqual([]);

  const decision = (await look(chen, id)).duties.find(({ duty }: Owed) => duty === 'obligation.decide');
  const put = await chen.post(`/api/obligations/${decision.id}/ask-extension`, { words: '忙不过来' });
  expect(put).toMatchObject({ status: 409, body: { title: expect.stringContaining('审批的时限') } });

  await chen.post(`/api/adjustments/${wish.id}/refuse`, { words: '材料已到' });
  expect((await page(chen)).wishes[0]).toMatchObject({ status: 'refused', can: [] });
  clock.moveTo(new Date(Date.parse(owed.clock.dueAt) + HOUR));
  const late = (await page(cao)).asks.find(({ obligationId }: { obligationId: string }) => obligationId === owed.id);
  expect(late.can[0]).toMatchObject({
    command: 'ask_extension',
    allowed: false,
    reason: { zh: expect.stringContaining('超期') },
  });
});
