import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { openPhone, type Phone } from '../../../../test/phone.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import type { PatrolBody } from '../../../web/field/engine/patrol.ts';
import { followSweep } from '../../land/acts/index.ts';
import { patrolRetelling } from '../patrols/index.ts';
import { verifyTold } from '../retelling/index.ts';

/*
 * A ranger goes round a hill without network for most of two weeks. The telephone says what is left; the desk counts what it was
 * told; after the exchange both say the same.
 */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [patrolRetelling])).faults).toEqual([]));
const { as, clock, settle } = county;
const [sun, wang, li, wu] = [await as('孙丽'), await as('王秀兰'), await as('李建国'), await as('吴芳')];
const HOUR = 3_600_000;
const at = { lon: 112.9, lat: 28.1 };
const wanted = (over: object = {}) => ({
  ...{ title: '后山护林', kind: 'forest', areaId: idOf(1, 'area', 'station-1'), positionDays: 30, pledgedOn: null },
  ...{ walkers: [], places: ['一号点', '二号点'].map((name) => ({ name, point: at, radiusM: 50 })) },
  rule: { everyMin: 1440, windows: [{ from: '00:00', to: '00:00' }], weekdays: [1, 2, 3, 4, 5, 6, 7], season: null },
  ...over,
});
const sync = async ({ engine }: Phone) => {
  await settle();
  return engine.sync();
};
const heldBy = async ({ engine }: Phone) =>
  (await engine.held('patrol')).map(({ id, body }) => ({ id, ...(body as unknown as PatrolBody) }));
const say = ({ engine }: Phone, name: string, id: string, body: object) =>
  engine.submit({ name, params: { id }, target: id, urgent: false, files: [], body: { ...body } });
const here = { how: 'here', at: { ...at, accuracyM: 9 }, code: null, reason: null };

test('手机断网十三天：照样开始、打点、结束；联网以后，台上和手机上一样', async () => {
  const [hers, his, other] = [await openPhone(county, wang), await openPhone(county, li), await openPhone(county, wu)];
  await sync(hers);
  const { planId: id } = (await sun.post('/api/patrols', wanted())).body;
  for (const phone of [hers, his, other]) expect(await sync(phone)).toMatchObject({ trouble: null });
  expect(await heldBy(other)).toEqual([]);
  const [held] = await heldBy(hers);
  expect(held).toMatchObject({
    id,
    title: '后山护林',
    positionDays: 30,
    walk: null,
    places: [{ lastAt: null }, { lastAt: null }],
  });
  expect(JSON.stringify(held)).not.toMatch(/code|sticker/i);

  clock.advance(24 * HOUR);
  hers.now.online = false;
  const ticked: string[] = [];
  for (let day = 0; day < 13; day += 1) {
    const patrolId = randomUUID();
    await say(hers, 'patrol.start', id, { patrolId });
    clock.advance(HOUR);
    const place = held?.places[day % 2]?.id;
    await say(hers, 'patrol.tick', id, { ...here, patrolId, placeId: place });
    ticked.push(clock.now().toISOString());
    expect((await heldBy(hers))[0]?.walk?.patrolId).toBe(patrolId);
    clock.advance(HOUR);
    await say(hers, 'patrol.end', id, { patrolId });
    expect((await heldBy(hers))[0]?.walk).toBeNull();
    clock.advance(22 * HOUR);
  }
  const days = async () => {
    const seen = await Promise.all(
      ticked.map(async (when) => {
        const local = new Date(Date.parse(when) + 8 * HOUR).toISOString().slice(0, 10);
        return (await sun.get(`/api/patrols/${id}?day=${local}`)).body.rounds[0].ticked;
      }),
    );
    return seen.reduce((sum: number, n: number) => sum + n, 0);
  };
  expect(await days()).toBe(0);
  const before = await heldBy(hers);
  hers.now.online = true;
  expect(await sync(hers)).toMatchObject({ waiting: 0, refused: 0 });
  expect(await days()).toBe(13);
  await sync(hers);
  expect(await heldBy(hers)).toEqual(before);
  // A colleague’s telephone knows of it as well, but is on no walk.
  await sync(his);
  const places = before[0]?.places.map((place) => ({ ...place, lastBy: '王秀兰' }));
  expect((await heldBy(his))[0]).toEqual({ ...before[0], places, walk: null });
});

test('一个点被退回，后面的照收；别处的点位码，核对了才知道', async () => {
  const hers = await openPhone(county, wang);
  const { planId: id } = (await sun.post('/api/patrols', wanted({ title: '有一条不行' }))).body;
  await sync(hers);
  const held = async () => (await heldBy(hers)).find((one) => one.id === id);
  const [one, two] = (await held())?.places ?? [];
  const stickers = (await sun.get(`/api/patrols/${id}/stickers`)).body;
  const patrolId = randomUUID();
  const walked = (name: string, body: object) =>
    hers.engine.submit({
      ...{ name, params: { id }, target: patrolId, urgent: false, files: [] },
      body: { patrolId, ...body },
    });
  await walked('patrol.start', {});
  clock.advance(60_000);
  const code = { how: 'code', at: null, reason: null };
  await walked('patrol.tick', { ...here, placeId: randomUUID() });
  await walked('patrol.tick', { ...code, placeId: one?.id, code: stickers[1].code });
  // Well formed: the phone cannot know that it belongs to another place.
  expect((await held())?.places[0]).toMatchObject({ lastAt: null, codeAt: clock.now().toISOString() });
  await walked('patrol.tick', { ...code, placeId: two?.id, code: stickers[1].code });
  await walked('patrol.end', {});
  expect(await sync(hers)).toMatchObject({ waiting: 0, refused: 1 });
  const outcomes = (await hers.engine.outbox())
    .filter(({ op }) => op.target === patrolId)
    .map(({ state }) => (state.is === 'applied' ? (state.answer.verdict ?? 'ok') : state.is));
  expect(outcomes).toEqual(['ok', 'refused', 'wrong_code', 'counted', 'ok']);
  await sync(hers);
  const told = await held();
  expect([told?.places[0]?.lastAt, told?.places[1]?.lastAt === null, told?.walk]).toEqual([null, false, null]);
  expect(told?.places[0]?.codeAt).toBeUndefined();
});

test('改由别人去，就从手机上走；结束了也是；不认识巡查的旧手机照旧', async () => {
  const [hers, his] = [await openPhone(county, wang), await openPhone(county, li)];
  const { planId: id } = (await sun.post('/api/patrols', wanted({ title: '换人' }))).body;
  for (const phone of [hers, his]) await sync(phone);
  const has = async (phone: Phone) => (await heldBy(phone)).some((one) => one.id === id);
  expect([await has(hers), await has(his)]).toEqual([true, true]);
  const { title, rule, places, pledgedOn } = wanted({ title: '换人' });
  const walkers = [{ personId: idOf(1, 'person', 'lijianguo'), contract: '护林〔2026〕03' }];
  expect((await sun.post(`/api/patrols/${id}/change`, { title, rule, places, pledgedOn, walkers })).status).toBe(200);
  for (const phone of [hers, his]) await sync(phone);
  expect([await has(hers), await has(his)]).toEqual([false, true]);
  await sun.post(`/api/patrols/${id}/close`);
  await sync(his);
  expect(await has(his)).toBe(false);

  const deviceId = randomUUID();
  await wang.post('/api/devices', { deviceId, model: '旧手机', appVersion: '0' });
  const asked = {
    deviceId,
    deviceAt: clock.now().toISOString(),
    cursors: {},
    kinds: ['casefile', 'visit'],
    limit: 500,
  };
  const { status, body } = await wang.post('/api/sync/pull', asked);
  expect([status, body.upserts.some(({ kind }: { kind: string }) => kind === 'patrol')]).toEqual([200, false]);
});

test('网格并到别处：巡查跟着走，到了那边的手机上', async () => {
  const { planId: id } = (await sun.post('/api/patrols', wanted({ title: '跟着土地走' }))).body;
  const his = await openPhone(county, wu);
  await sync(his);
  const has = async () => (await heldBy(his)).some((one) => one.id === id);
  expect(await has()).toBe(false);
  const admin = await as('管理员');
  const into = { areaIds: [idOf(1, 'area', 'station-1')], intoId: idOf(1, 'area', 'station-2') };
  const merged = await admin.post('/api/areas/merge', into);
  expect([merged.status, merged.body.code ?? null]).toEqual([200, null]);
  while ((await followSweep.run(county.runtime, 1, throwFault)) > 0);
  await sync(his);
  expect(await has()).toBe(true);
  expect((await sun.get(`/api/patrols/${id}`)).body.area).toBe('二运第二网格');
  const patrolId = randomUUID();
  await say(his, 'patrol.start', id, { patrolId });
  await say(his, 'patrol.tick', id, {
    ...here,
    patrolId,
    placeId: (await sun.get(`/api/patrols/${id}`)).body.spots[0].id,
  });
  expect(await sync(his)).toMatchObject({ waiting: 0, refused: 0 });
});
