import { describe, expect, it } from 'vitest';
import { areas, inside } from '../../seeds/small/plan.ts';
import { openCounty } from '../../test/harness.ts';
import { area, body, DAY, type Reported, report, step } from '../../test/telling.ts';

/** What anybody sees of their grid, and what nobody sees there. */
const county = await openCounty();
const { app, as, anyone, settle, clock, sql } = county;
const code = (key: string): string => areas.find((one) => one.key === key)?.code ?? '';
const open = async (url: string) => {
  const { statusCode, body: text } = await app.inject({ url, headers: { accept: 'text/html' } });
  return { statusCode, body: text };
};
const [registrar, dispatcher, works] = [await as('何静'), await as('陈敏'), await as('曹路')];

/** Words that a reporter said; they must turn up on no public page. */
const canary = '金丝雀住在三单元二零一';
const CONDITION = 'road-sunken-passable';

async function filed(changes: object = {}): Promise<Reported> {
  const told = await report(anyone, {
    words: `${canary}，路面塌了`,
    place: { ...inside(0, 0), words: `${canary}门口` },
    contact: { name: canary, phone: '13987654321' },
    ...changes,
  });
  await step(registrar, told.id, 'register', { conditionCode: CONDITION });
  await settle();
  return told;
}

describe('我的网格', () => {
  it('立案以前看不到；立案以后有类别、到哪一步、大概在哪里，没有报事人的话', async () => {
    const early = await report(anyone, { words: canary, place: { ...inside(0, 0), words: canary } });
    await settle();
    expect((await open(`/grids/${code('station-1')}`)).body).not.toContain(early.number);
    const { number, id } = await filed();
    await step(dispatcher, id, 'dispatch', { bodyId: body('works') });
    await step(works, id, 'acknowledge');
    await settle();
    const page = await open(`/grids/${code('station-1')}`);
    for (const said of [number, '路面塌陷', '办理中', '安澜县市政养护中心', '还剩', '<circle'])
      expect(page.body).toContain(said);
    for (const said of [canary, '13987654321', '二零一', '王秀兰', '李建国', '28.103'])
      expect(page.body).not.toContain(said);
    expect(page.body).toContain('网格员');
    const { body: told } = await anyone.get(`/api/public/area?code=${code('station-1')}`);
    expect(told.cases[0]).toMatchObject({ lon: 112.902, lat: 28.103 });
    expect(JSON.stringify(told)).not.toContain(canary);
  });

  it('社区、街道、县一层层数得上；旁边的网格里没有', async () => {
    const { number } = await filed({ place: { ...inside(1, 0), words: '' } });
    for (const key of ['station-2', 'station', 'east', 'county'])
      expect((await open(`/grids/${code(key)}`)).body, key).toContain(number);
    expect((await open('/grids')).body).toContain(number);
    for (const key of ['station-3', 'park', 'ferry'])
      expect((await open(`/grids/${code(key)}`)).body).not.toContain(number);
    const { body: town } = await anyone.get(`/api/public/area?code=${code('east')}`);
    const { body: community } = await anyone.get(`/api/public/area?code=${code('station')}`);
    expect(town.below.find((one: { code: string }) => one.code === code('station')).open).toBe(community.counts.open);
    expect(community.counts.open).toBe(
      community.below.reduce((sum: number, one: { open: number }) => sum + one.open, 0),
    );
  });

  it('保密的、并掉的看不到；办结的在结果里，写着怎么办的', async () => {
    const secret = await report(anyone, { words: canary, confidential: true, place: inside(2, 0) });
    await step(await as('沈月'), secret.id, 'register', { conditionCode: CONDITION }).catch(() => undefined);
    const [copy, main] = [await filed({ place: inside(2, 0) }), await filed({ place: inside(2, 0) })];
    await step(registrar, copy.id, 'merge', { intoId: main.id });
    const declined = await report(anyone, { words: canary, place: inside(2, 0) });
    await step(registrar, declined.id, 'decline', { outcome: 'not_found', publicText: '到现场没有看到' });
    await settle();
    const now = await open(`/grids/${code('station-3')}`);
    expect(now.body).toContain(main.number);
    for (const { number } of [secret, copy, declined]) expect(now.body).not.toContain(number);
    const results = await open(`/grids/${code('station-3')}?status=closed`);
    expect(results.body).not.toContain(secret.number);
    expect(results.body).not.toContain(canary);
    const closed = async () => (await anyone.get(`/api/public/area?code=${code('station-3')}&status=closed`)).body;
    const ended = `update public_case set status = 'closed', updated_at = $2 where id = $1`;
    await sql(ended, [main.id, clock.now()]);
    expect(await closed()).toMatchObject({ counts: { open: 0, closed: 1 }, cases: [{ number: main.number }] });
    await sql(ended, [main.id, new Date(clock.now().getTime() - 91 * DAY)]);
    expect(await closed()).toMatchObject({ counts: { open: 0, closed: 0 }, cases: [] });
  });

  it('这里和上面的公开通知看得到，过期的没有；老编码、没有的编码各有说法', async () => {
    const leader = await as('高明');
    const untilAt = new Date(clock.now().getTime() + 3_600_000).toISOString();
    const form = { id: crypto.randomUUID(), areaIds: [area('park')], public: true, words: '明天停水两小时', untilAt };
    expect((await leader.post('/api/notices', form)).status).toBe(200);
    expect((await open(`/grids/${code('park-1')}`)).body).toContain('明天停水两小时');
    expect((await open(`/grids/${code('station-1')}`)).body).not.toContain('明天停水两小时');
    clock.advance(3_700_000);
    expect((await open(`/grids/${code('park-1')}`)).body).not.toContain('明天停水两小时');
    const none = await open('/grids/999');
    expect(none.statusCode).toBe(404);
    expect(none.body).toContain('没有这个区域');
    for (const bad of ['?page=0', '?page=x', '?status=all'])
      expect((await open(`/grids/${code('park')}${bad}`)).statusCode, bad).toBe(422);
  });

  it('一页二十件，翻页不重不漏', async () => {
    const place = { areaId: area('ferry-1'), words: '' };
    const clerk = await as('丁一');
    for (let i = 0; i < 22; i += 1) {
      const { id } = await report(anyone, { place });
      await step(clerk, id, 'register', { conditionCode: CONDITION });
    }
    await settle();
    const numbers = async (page: number): Promise<string[]> =>
      (await open(`/grids/${code('ferry-1')}?page=${page}`)).body.match(/\d{8}-\d{6}/g) ?? [];
    const [first, second] = [await numbers(1), await numbers(2)];
    expect([first.length, second.length]).toEqual([20, 2]);
    expect(new Set([...first, ...second]).size).toBe(22);
  });
});
