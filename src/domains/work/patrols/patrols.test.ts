import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { verifyTold } from '../retelling/index.ts';
import { instantOf } from './due.model.ts';
import { patrolRetelling } from './index.ts';
import { readCode } from './tick.model.ts';
import { positionRetention } from './walk.commands.ts';

/*
 * The first grid of a community is gone round every two hours of the day, and the secretary sees which rounds were made,
 * where nobody was, and who was where. All by the time at which it was done.
 */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [patrolRetelling])).faults).toEqual([]));
const { as, clock, settle, sql } = county;
const [sun, gao, wang, li, wu] = [
  await as('孙丽'),
  await as('高明'),
  await as('王秀兰'),
  await as('李建国'),
  await as('吴芳'),
];
const grid = idOf(1, 'area', 'station-1');
const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The next midnight but one, so that every plan of the day stands before it. */
const DAY_1 = new Date(clock.now().getTime() + 8 * HOUR + 2 * DAY).toISOString().slice(0, 10);
const dayAfter = (n: number): string => new Date(Date.parse(`${DAY_1}T12:00Z`) + n * DAY).toISOString().slice(0, 10);
const on = (time: string, day = DAY_1): Date => new Date(instantOf(day, time, ZONE));

const spots = { 南门: [112.9, 28.1], 水泵房: [112.9005, 28.1], 后巷: null } as const;
type Spot = keyof typeof spots;
const placesGiven = Object.entries(spots).map(([name, point]) => ({
  ...{ name, radiusM: 40 },
  point: point === null ? null : { lon: point[0], lat: point[1] },
}));
const rule = (over: object = {}) => ({
  ...{ everyMin: 120, windows: [{ from: '08:00', to: '18:00' }], weekdays: [1, 2, 3, 4, 5, 6, 7], season: null },
  ...over,
});
const wanted = (over: object = {}) => ({
  ...{ title: '老旧小区日巡', kind: 'grid', areaId: grid, positionDays: 30, pledgedOn: null, walkers: [] },
  ...{ rule: rule(), places: placesGiven },
  ...over,
});
const changed = ({ title, rule: due, places, walkers, pledgedOn }: ReturnType<typeof wanted>, over: object = {}) => ({
  ...{ title, rule: due, places, walkers, pledgedOn },
  ...over,
});
async function planned(over: object = {}): Promise<string> {
  const { status, body } = await sun.post('/api/patrols', wanted(over));
  if (status !== 200) throw new Error(JSON.stringify(body));
  await settle();
  return body.planId;
}
const seenOn = async (id: string, day = DAY_1, who = sun) => (await who.get(`/api/patrols/${id}?day=${day}`)).body;
const spotOf = async (id: string, name: Spot) =>
  (await seenOn(id)).spots.find((one: { name: string }) => one.name === name);

/** Told at the time of the county's clock of what was done at another. */
const done = (at: Date) => ({ occurredAt: at.toISOString(), sentAt: clock.now().toISOString() });
async function started(who: typeof wang, id: string, at: Date): Promise<string> {
  const patrolId = randomUUID();
  const { status, body } = await who.post(`/api/patrols/${id}/start`, { patrolId, ...done(at) });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return patrolId;
}
const beside = (name: Spot, metres = 5, accuracyM = 8) => {
  const [lon, lat] = spots[name] ?? [112.9, 28.1];
  return { lon, lat: lat + metres / 111_320, accuracyM };
};
const tick = async (
  who: typeof wang,
  id: string,
  patrolId: string,
  name: Spot,
  over: object = {},
  command = randomUUID(),
) =>
  who.post(
    `/api/patrols/${id}/ticks`,
    { patrolId, placeId: (await spotOf(id, name)).id, how: 'here', at: beside(name), ...over },
    command,
  );
const codeOf = async (id: string, name: Spot) =>
  (await sun.get(`/api/patrols/${id}/stickers`)).body.find((one: { name: string }) => one.name === name).code;

test('安排、巡、看得见哪一轮没巡到、哪个点没人去', async () => {
  const id = await planned();
  clock.moveTo(on('08:10'));
  const patrolId = await started(wang, id, on('08:05'));
  expect((await tick(wang, id, patrolId, '南门', done(on('08:06')))).body.verdict).toBe('counted');
  expect((await tick(wang, id, patrolId, '水泵房', done(on('08:08')))).body.verdict).toBe('counted');
  const code = await codeOf(id, '后巷');
  expect(readCode(code)).toBe(code);
  const command = randomUUID();
  const byCode = { how: 'code', at: null, code, ...done(on('08:09')) };
  expect((await tick(wang, id, patrolId, '后巷', byCode, command)).body.verdict).toBe('counted');
  // The same once more is the same tick.
  expect((await tick(wang, id, patrolId, '后巷', byCode, command)).status).toBe(200);
  expect(await sql('select 1 from patrol_tick')).toHaveLength(3);
  expect((await wang.post(`/api/patrols/${id}/end`, { patrolId })).status).toBe(200);

  clock.moveTo(on('12:30'));
  const second = await started(li, id, on('12:00'));
  await tick(li, id, second, '南门', done(on('12:01')));
  clock.moveTo(on('19:00'));
  const seen = await seenOn(id);
  expect(seen.rounds.map(({ ticked, places }: { ticked: number; places: number }) => `${ticked}/${places}`)).toEqual([
    ...['3/3', '0/3', '1/3', '0/3', '0/3'],
  ]);
  expect(seen).toMatchObject({
    due: 5,
    done: 1,
    gap: { rounds: 4, from: on('10:00').toISOString(), to: on('18:00').toISOString() },
  });
  expect(await spotOf(id, '南门')).toMatchObject({
    rounds: 5,
    ticked: 2,
    gap: { rounds: 2, from: on('14:00').toISOString() },
  });
  expect(await spotOf(id, '后巷')).toMatchObject({ rounds: 5, ticked: 1, gap: { rounds: 4 } });
  expect((await sun.get('/api/patrols')).body.find((one: { id: string }) => one.id === id)).toMatchObject({
    ...{ due: 5, done: 1, places: 3, next: { start: on('08:00', dayAfter(1)).toISOString() } },
  });
  expect(
    seen.walks.map(({ person, endedAt, isOn }: { person: string; endedAt: string | null; isOn: boolean }) => [
      ...[person, endedAt === null, isOn],
    ]),
  ).toEqual([
    ['李建国', true, true],
    ['王秀兰', false, false],
  ]);
  expect([(await spotOf(id, '南门')).lastBy, (await spotOf(id, '后巷')).lastBy]).toEqual(['李建国', '王秀兰']);
  // Every number opens to its ticks.
  const span = `from=${on('08:00').toISOString()}&to=${on('10:00').toISOString()}&only=counted`;
  const ticks = (await sun.get(`/api/patrols/${id}/ticks?${span}`)).body;
  expect(
    ticks.map(({ place, person, how }: { place: string; person: string; how: string }) => [place, person, how]),
  ).toEqual([
    ...[
      ['后巷', '王秀兰', 'code'],
      ['水泵房', '王秀兰', 'here'],
      ['南门', '王秀兰', 'here'],
    ],
  ]);
  expect((await seenOn(id, dayAfter(1))).rounds.every((one: { isOver: boolean }) => !one.isOver)).toBe(true);
});

test('不在任何一轮里打的点：算数，不补空档；像是别的坐标系的点位，问一句', async () => {
  const { body: area } = await sun.get(`/api/patrols/${await planned({ title: '界内' })}`);
  expect(area.spots.every(({ doubt }: { doubt: object | null }) => doubt === null)).toBe(true);
  const id = await planned({ title: '轮外' });
  expect((await seenOn(id, new Date(clock.now().getTime() + 8 * HOUR).toISOString().slice(0, 10))).since).toBe(
    clock.now().toISOString(),
  );
  const early = on('06:30', dayAfter(1));
  clock.moveTo(early);
  const patrolId = await started(wang, id, early);
  await tick(wang, id, patrolId, '南门');
  clock.moveTo(on('08:30', dayAfter(1)));
  await tick(wang, id, patrolId, '南门');
  const span = `from=${on('00:00', dayAfter(1)).toISOString()}&to=${on('23:00', dayAfter(1)).toISOString()}`;
  const told = (await sun.get(`/api/patrols/${id}/ticks?${span}`)).body;
  expect(told.map(({ verdict, inRound }: { verdict: string; inRound: boolean }) => [verdict, inRound])).toEqual([
    ['counted', true],
    ['counted', false],
  ]);
  expect((await seenOn(id, dayAfter(1))).since).toBeNull();
});

test('不在点上、定位可疑、只凭一句话：都留着，都不算数', async () => {
  const id = await planned({ title: '凭据' });
  clock.moveTo(on('09:00', dayAfter(1)));
  const patrolId = await started(wang, id, clock.now());
  const verdict = async (name: Spot, over: object) => {
    clock.advance(60_000);
    return (await tick(wang, id, patrolId, name, over)).body.verdict;
  };
  const reason = '大门锁着，站在路对面看了';
  expect(await verdict('南门', { at: beside('南门', 230), reason })).toBe('outside');
  expect(await verdict('南门', { at: beside('南门', 5, 0) })).toBe('vague');
  expect(await verdict('南门', { at: beside('南门', 5, 900) })).toBe('vague');
  expect(await verdict('南门', { at: { lon: 113.9, lat: 28.1, accuracyM: 5 } })).toBe('outside');
  // From 96 km away within a minute.
  expect(await verdict('南门', {})).toBe('leap');
  expect(await verdict('后巷', { how: 'code', at: null, code: '000000' })).toBe('wrong_code');
  expect(await verdict('后巷', { how: 'code', at: null, code: await codeOf(id, '南门') })).toBe('wrong_code');
  expect(await verdict('后巷', { how: 'word', at: null, reason: '手机没电，换人前看过' })).toBe('by_word');
  // The right number, from 11 km away; a wrong one is told as such.
  const copied = { how: 'code', at: beside('南门', 11_000, 10), code: await codeOf(id, '南门') };
  expect(await verdict('南门', copied)).toBe('elsewhere');
  expect(await verdict('南门', { ...copied, code: '000000' })).toBe('wrong_code');
  clock.moveTo(on('20:00', dayAfter(1)));
  expect((await seenOn(id, dayAfter(1))).done).toBe(0);
  const span = `from=${on('00:00', dayAfter(1)).toISOString()}&to=${on('23:00', dayAfter(1)).toISOString()}`;
  const all = (await sun.get(`/api/patrols/${id}/ticks?${span}`)).body;
  expect(all).toHaveLength(10);
  expect(all.at(-1)).toMatchObject({ verdict: 'outside', distanceM: 230, reason });
});

test('断网十四天：按打点的时候算；再晚的留着，不算', async () => {
  const id = await planned({ title: '山里' });
  const made = on('08:30', dayAfter(3));
  clock.moveTo(made);
  const patrolId = await started(wang, id, made);
  clock.moveTo(new Date(made.getTime() + 13 * DAY));
  expect((await tick(wang, id, patrolId, '南门', done(new Date(made.getTime() + 60_000)))).body.verdict).toBe(
    'counted',
  );
  expect((await seenOn(id, dayAfter(3))).rounds[0]).toMatchObject({ ticked: 1 });
  const span = `from=${made.toISOString()}&to=${new Date(made.getTime() + HOUR).toISOString()}`;
  const [late] = (await sun.get(`/api/patrols/${id}/ticks?${span}`)).body;
  expect(late.lateMin).toBe(13 * 1440 - 1);
  clock.moveTo(new Date(made.getTime() + 15 * DAY));
  expect((await tick(wang, id, patrolId, '水泵房', done(new Date(made.getTime() + 120_000)))).body.verdict).toBe(
    'too_late',
  );
  expect((await seenOn(id, dayAfter(3))).rounds[0]).toMatchObject({ ticked: 1 });
});

test('没在巡查中，位置一个都不收；别人的路线、别处的人，做不了', async () => {
  const id = await planned({
    title: '指定李建国',
    walkers: [{ personId: idOf(1, 'person', 'lijianguo'), contract: '护林〔2026〕01' }],
  });
  const positions = () => sql('select 1 from patrol_position');
  const before = await positions();
  const start = (who: typeof wang) => who.post(`/api/patrols/${id}/start`, { patrolId: randomUUID() });
  expect(await start(wang)).toMatchObject({ status: 403, body: { code: 'patrol.not_yours' } });
  expect(await start(wu)).toMatchObject({ status: 404, body: { code: 'patrol.not_found' } });
  expect(await wu.get(`/api/patrols/${id}`)).toMatchObject({ status: 404 });
  expect(await gao.get(`/api/patrols/${id}`)).toMatchObject({ status: 404 });
  expect(await gao.post(`/api/patrols/${id}/close`)).toMatchObject({ status: 404 });
  const since = clock.now();
  clock.advance(10 * 60_000);
  const patrolId = await started(li, id, new Date(since.getTime() + 5 * 60_000));
  const refused = { status: 409, body: { code: 'patrol.not_walking' } };
  expect(await tick(li, id, randomUUID(), '南门')).toMatchObject(refused);
  expect(await tick(li, id, patrolId, '南门', done(since))).toMatchObject(refused);
  expect(await li.post(`/api/patrols/${id}/end`, { patrolId })).toMatchObject({ status: 200 });
  expect(await li.post(`/api/patrols/${id}/end`, { patrolId })).toMatchObject({ status: 200 });
  clock.advance(60_000);
  expect(await tick(li, id, patrolId, '南门')).toMatchObject(refused);
  // One that nobody ended is over after sixteen hours.
  const left = await started(li, id, clock.now());
  clock.advance(17 * HOUR);
  expect(await tick(li, id, left, '南门')).toMatchObject(refused);
  expect(
    await li.post(`/api/patrols/${id}/ticks`, { patrolId: left, placeId: randomUUID(), how: 'here' }),
  ).toMatchObject({
    status: 409,
  });
  expect(await positions()).toEqual(before);
});

test('位置只有本人看得到，到说好的那天就删；到过没有、多远，留着', async () => {
  const id = await planned({ title: '留两天', positionDays: 2 });
  const at = new Date(clock.now().getTime());
  const patrolId = await started(wang, id, at);
  await tick(wang, id, patrolId, '南门');
  const span = `from=${new Date(at.getTime() - HOUR).toISOString()}&to=${new Date(at.getTime() + HOUR).toISOString()}`;
  const ticks = async (who: typeof wang) => (await who.get(`/api/patrols/${id}/ticks?${span}`)).body;
  expect((await ticks(wang))[0]).toMatchObject({ own: { lon: 112.9 }, distanceM: 5 });
  for (const who of [sun, li])
    expect((await ticks(who))[0]).toMatchObject({ own: null, distanceM: 5, verdict: 'counted' });
  const kept = async () => (await sql('select 1 from patrol_position where patrol_id = $1', [patrolId])).length;
  await positionRetention.run(county.runtime, 1, throwFault);
  expect(await kept()).toBe(1);
  clock.advance(3 * DAY);
  await positionRetention.run(county.runtime, 1, throwFault);
  expect(await kept()).toBe(0);
  expect((await ticks(wang))[0]).toMatchObject({ own: null, distanceM: 5, verdict: 'counted' });
  const entries = await sql<{ body: object }>(`select body from entry where kind like 'patrol.%'`);
  expect(JSON.stringify(entries)).not.toMatch(/112\.9|"lon"|"lat"/);
});

test('改方案从现在起算：以前的按以前的；同一个点的贴纸还能用', async () => {
  const id = await planned({ title: '会改的' });
  const today = new Date(clock.now().getTime() + 8 * HOUR + DAY).toISOString().slice(0, 10);
  clock.moveTo(on('09:00', today));
  const walk = await started(wang, id, clock.now());
  await tick(wang, id, walk, '南门');
  clock.moveTo(on('13:00', today));
  const [code, gone] = [await codeOf(id, '南门'), (await seenOn(id)).spots[1].id];
  const before = await sql('select * from patrol_tick order by id');
  const next = changed(wanted(), {
    title: '改过了',
    rule: rule({ everyMin: 60 }),
    places: [placesGiven[2], placesGiven[0]],
  });
  const command = randomUUID();
  expect((await sun.post(`/api/patrols/${id}/change`, next, command)).status).toBe(200);
  expect((await sun.post(`/api/patrols/${id}/change`, next, command)).status).toBe(200);
  expect(await codeOf(id, '南门')).toBe(code);
  clock.moveTo(on('19:00', today));
  const seen = await seenOn(id, today);
  expect(seen.title).toBe('改过了');
  const hours = seen.rounds.map(({ start, places }: { start: string; places: number }) => [
    new Date(start).getUTCHours() + 8,
    places,
  ]);
  expect(hours).toEqual([
    [8, 3],
    [10, 3],
    [13, 2],
    [14, 2],
    [15, 2],
    [16, 2],
    [17, 2],
  ]);
  expect(seen.spots.filter(({ rounds }: { rounds: number }) => rounds > 0)).toHaveLength(3);
  expect(await sql('select * from patrol_tick order by id')).toEqual(before);
  // What is in the plan no more is kept, and does not count.
  const later = await started(wang, id, clock.now());
  const old = { patrolId: later, placeId: gone, how: 'here', at: beside('水泵房') };
  expect((await wang.post(`/api/patrols/${id}/ticks`, old)).body.verdict).toBe('not_then');
  expect(await wang.post(`/api/patrols/${id}/change`, next)).toMatchObject({ status: 403 });
});

test('只改几米以内算到：还是那个点，贴纸、记录都在；改之前打的按那时的米数算', async () => {
  const id = await planned({ title: '放宽' });
  const walk = await started(wang, id, clock.now());
  clock.advance(60_000);
  const before = clock.now();
  const [code, place] = [await codeOf(id, '南门'), await spotOf(id, '南门')];
  clock.advance(60_000);
  const widened = (radiusM: number) =>
    changed(wanted(), { places: placesGiven.map((one) => (one.name === '南门' ? { ...one, radiusM } : one)) });
  expect((await sun.post(`/api/patrols/${id}/change`, widened(300))).status).toBe(200);
  expect(await codeOf(id, '南门')).toBe(code);
  expect(await spotOf(id, '南门')).toMatchObject({ id: place.id, radiusM: 300 });
  const far = { at: beside('南门', 200) };
  expect((await tick(wang, id, walk, '南门', { ...far, ...done(before) })).body.verdict).toBe('outside');
  clock.advance(60_000);
  expect((await tick(wang, id, walk, '南门', far)).body.verdict).toBe('counted');
  const between = clock.now();
  clock.advance(60_000);
  expect((await sun.post(`/api/patrols/${id}/change`, widened(40))).status).toBe(200);
  expect((await tick(wang, id, walk, '南门', { ...far, ...done(between) })).body.verdict).toBe('counted');
  clock.advance(60_000);
  expect((await tick(wang, id, walk, '南门', far)).body.verdict).toBe('outside');
  expect(await sql('select 1 from patrol_place where plan_id = $1', [id])).toHaveLength(3);
});

test('结束了就不再该巡；结束前打的点照样收', async () => {
  const id = await planned({ title: '会结束的' });
  const patrolId = await started(wang, id, clock.now());
  const made = new Date(clock.now().getTime() + 60_000);
  clock.advance(HOUR);
  expect(await sun.post(`/api/patrols/${id}/close`)).toMatchObject({ status: 200 });
  expect(await sun.post(`/api/patrols/${id}/close`)).toMatchObject({ status: 409, body: { code: 'patrol.closed' } });
  expect((await tick(wang, id, patrolId, '南门', done(made))).body.verdict).toBe('counted');
  expect(await wang.post(`/api/patrols/${id}/start`, { patrolId: randomUUID() })).toMatchObject({
    ...{ status: 409, body: { code: 'patrol.closed' } },
  });
  clock.advance(2 * DAY);
  const [line] = (await sun.get('/api/patrols')).body.filter((one: { id: string }) => one.id === id);
  expect(line).toMatchObject({ stage: 'closed', due: 0, next: null });
});

test('写得不对的方案，一样都不存', async () => {
  const count = async () => (await sql('select 1 from patrol_plan')).length;
  const before = await count();
  const refused = async (over: object, who = sun) => {
    const { status, body } = await who.post('/api/patrols', wanted(over));
    return [status, body.code, ...(body.errors ?? []).map(({ path }: { path: string }) => path)];
  };
  expect(await refused({ areaId: idOf(1, 'area', 'park') })).toEqual([403, 'patrol.not_here']);
  expect(await refused({}, wang)).toEqual([403, 'account.not_for_you']);
  expect(await refused({ places: [placesGiven[0], placesGiven[0]] })).toEqual([
    422,
    'patrol.wrong_plan',
    'places.1.name',
  ]);
  const windows = [
    { from: '22:00', to: '06:00' },
    { from: '05:00', to: '07:00' },
  ];
  expect(await refused({ rule: rule({ windows }) })).toEqual([422, 'patrol.wrong_plan', 'rule.windows.1']);
  expect(await refused({ rule: rule({ season: { from: '02-30', to: '02-31' } }) })).toEqual([
    ...[422, 'patrol.wrong_plan', 'rule.season'],
  ]);
  const walkers = [{ personId: idOf(1, 'person', 'wufang'), contract: null }];
  expect(await refused({ walkers })).toEqual([422, 'patrol.wrong_plan', 'walkers.0.personId']);
  expect(await count()).toBe(before);
});
