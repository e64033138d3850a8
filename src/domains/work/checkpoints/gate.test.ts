import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { instantOf } from '../patrols/due.model.ts';
import { verifyTold } from '../retelling/index.ts';
import { goodsRetention, writtenRetention } from './gate.commands.ts';
import { checkpointRetelling } from './index.ts';
import { unmannedSweep } from './roster.commands.ts';

/*
 * The gate of a residential area: guards of the property company and people of the community take it in turns, who passes is
 * counted, in an emergency a number plate is asked, and parcels wait. A gap in the roster is somebody’s to fill.
 */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [checkpointRetelling])).faults).toEqual([]));
const { as, clock, settle, sql } = county;
const [sun, wang, li, wu, gao, jiang, luo, tian] = [
  await as('孙丽'),
  await as('王秀兰'),
  await as('李建国'),
  await as('吴芳'),
  await as('高明'),
  await as('蒋涛'),
  await as('罗河'),
  await as('田青'),
];
const grid = idOf(1, 'area', 'station-1');
const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST = new Date(clock.now().getTime() + 8 * HOUR + DAY).toISOString().slice(0, 10);
const dayAfter = (n: number): string => new Date(Date.parse(`${FIRST}T12:00Z`) + n * DAY).toISOString().slice(0, 10);
let day = 0;
/** Each test has a day of its own, a week after the one before. */
const today = (): string => dayAfter(day);
const on = (time: string, plus = 0): Date => new Date(instantOf(dayAfter(day + plus), time, ZONE));
const nextWeek = (): void => {
  day += 7;
  clock.moveTo(on('06:00'));
};

const rules = (over: object = {}) => ({
  normal: { pass: { zh: '业主凭卡', en: '' }, asks: [], purpose: '', keepDays: 7, disinfectMin: 120, ...over },
  emergency: {
    ...{ pass: { zh: '凭证进出', en: '' }, asks: ['plate', 'name'], purpose: '查找同行的人' },
    ...{ keepDays: 14, disinfectMin: 60 },
  },
});
async function setUp(over: object = {}): Promise<string> {
  const { status, body } = await sun.post('/api/checkpoints', {
    ...{ name: '南门', kind: 'residence', areaId: grid, point: null, opens: '08:00', closes: '20:00', rules: rules() },
    ...over,
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  await settle();
  return body.checkpointId;
}
const shift = (over: object = {}) => ({
  ...{ fromDay: today(), toDay: today(), from: '08:00', to: '14:00', personId: null, name: '保安老张' },
  ...{ side: 'property', unit: '安居物业' },
  ...over,
});
const roster = (id: string, over: object = {}, command = randomUUID()) =>
  sun.post(`/api/checkpoints/${id}/shifts`, shift(over), command);
const seen = async (id: string, who = sun) => (await who.get(`/api/checkpoints/${id}`)).body;
const log = async (id: string, of = '') => (await sun.get(`/api/checkpoints/${id}/log${of}`)).body;
const shiftOf = async (id: string, name: string) =>
  (await seen(id)).shifts.find((one: { name: string }) => one.name === name);
const take = async (id: string, name: string, who = wang, open = '', command = randomUUID()) =>
  who.post(`/api/checkpoints/${id}/take-up`, { shiftId: (await shiftOf(id, name)).id, open }, command);
const passage = (over: object = {}) => ({
  ...{ traveller: 'people', count: 3, passed: true, reason: '', values: {} },
  ...over,
});
const pass = (id: string, over: object = {}, command = randomUUID(), who = wang) =>
  who.post(`/api/checkpoints/${id}/passages`, passage(over), command);
async function manned(over: object = {}): Promise<string> {
  const id = await setUp(over);
  expect((await roster(id)).status).toBe(200);
  clock.moveTo(on('08:00'));
  expect((await take(id, '保安老张')).status).toBe(200);
  return id;
}
const said = (gaps: readonly { from: string; to: string }[]): string[] =>
  gaps.map(
    ({ from, to }) =>
      `${(Date.parse(from) - on('00:00').getTime()) / HOUR}-${(Date.parse(to) - on('00:00').getTime()) / HOUR}`,
  );

test('排班：物业、社区轮着来，没人的钟点看得见；一个人不能同时排两班', async () => {
  nextWeek();
  const id = await setUp();
  const command = randomUUID();
  expect((await roster(id, { toDay: dayAfter(day + 6) }, command)).status).toBe(200);
  expect((await roster(id, { toDay: dayAfter(day + 6) }, command)).status).toBe(200);
  const guards = (await sun.get(`/api/checkpoints/${id}/guards`)).body as { personId: string; name: string }[];
  const personId = guards.find(({ name }) => name === '王秀兰')?.personId;
  expect((await roster(id, { personId, name: '', from: '14:00', to: '18:00', side: 'community' })).status).toBe(200);
  const { shifts, gaps } = await seen(id);
  expect(shifts).toHaveLength(8);
  expect(said(gaps).slice(0, 2)).toEqual(['18-20', '38-44']);

  const twice = await roster(id, { from: '13:00', to: '15:00' });
  expect([twice.status, twice.body.code]).toEqual([422, 'checkpoint.wrong_roster']);
  for (const wrong of [
    { name: '' },
    { personId: randomUUID() },
    { toDay: dayAfter(day - 1) },
    { toDay: dayAfter(day + 31) },
    { fromDay: dayAfter(day - 1), toDay: dayAfter(day - 1) },
  ])
    expect([wrong, (await roster(id, wrong)).status]).toEqual([wrong, 422]);
  expect((await luo.post(`/api/checkpoints/${id}/shifts`, shift())).status).toBe(404);
  expect((await wang.post(`/api/checkpoints/${id}/shifts`, shift())).status).toBe(403);

  const late = shifts.find(({ name }: { name: string }) => name === '王秀兰').id;
  const off = randomUUID();
  const callOff = (by = sun) => by.post(`/api/checkpoints/${id}/call-off`, { shiftId: late }, off);
  expect([(await callOff()).status, (await callOff()).status]).toEqual([200, 200]);
  expect(said((await seen(id)).gaps)[0]).toBe('14-20');
  expect((await sun.post(`/api/checkpoints/${id}/call-off`, { shiftId: late })).body.code).toBe('checkpoint.no_shift');
});

test('接班：来的人自己签，写下没办完的事；没账号的由在这里任职的人代签', async () => {
  nextWeek();
  const id = await setUp();
  const guards = (await sun.get(`/api/checkpoints/${id}/guards`)).body as { personId: string; name: string }[];
  const personId = guards.find(({ name }) => name === '王秀兰')?.personId;
  await roster(id, { personId, name: '', from: '14:00', to: '20:00', side: 'community', unit: '' });
  await roster(id);
  expect((await take(id, '王秀兰')).body.code).toBe('checkpoint.not_now');
  clock.moveTo(on('13:00'));
  expect((await take(id, '王秀兰', li)).body.code).toBe('checkpoint.not_their_shift');
  const command = randomUUID();
  expect((await take(id, '王秀兰', wang, '3 栋钥匙没还', command)).status).toBe(200);
  expect((await take(id, '王秀兰', wang, '3 栋钥匙没还', command)).status).toBe(200);
  const again = await take(id, '王秀兰', wang);
  expect([again.status, again.body.code]).toEqual([409, 'checkpoint.taken_already']);
  const { shiftId } = { shiftId: (await shiftOf(id, '王秀兰')).id };
  expect((await sun.post(`/api/checkpoints/${id}/call-off`, { shiftId })).body.code).toBe('checkpoint.taken_already');
  expect((await take(id, '保安老张', li)).status).toBe(200);
  const { shifts, onDuty } = await seen(id);
  expect(shifts.map((one: { takenBy: string; open: string | null }) => [one.takenBy, one.open])).toEqual([
    ['李建国', null],
    ['王秀兰', '3 栋钥匙没还'],
  ]);
  expect(onDuty.map(({ name }: { name: string }) => name)).toEqual(['保安老张', '王秀兰']);
  clock.moveTo(on('14:00'));
  expect((await seen(id)).onDuty.map(({ name }: { name: string }) => name)).toEqual(['王秀兰']);
  expect((await tian.post(`/api/checkpoints/${id}/take-up`, { shiftId, open: '' })).status).toBe(404);
});

test('开着没人：半小时后成了负责人的责任，来人就了结；关着的时候没有', async () => {
  nextWeek();
  const id = await setUp();
  const sweep = async (): Promise<void> => {
    await unmannedSweep.run(county.runtime, 1, throwFault);
    await settle();
  };
  const owed = () =>
    sql<{ state: string; role: string; title: string }>(
      `select o.state, p.role, o.title from obligation o join post p on p.realm = o.realm and p.id = o.owed_by
       where o.record_id = $1 order by o.opened_at`,
      [id],
    );
  clock.moveTo(on('08:20'));
  await sweep();
  expect(await owed()).toEqual([]);
  clock.moveTo(on('08:40'));
  await sweep();
  await sweep();
  expect(await owed()).toEqual([{ state: 'running', role: 'community_head', title: '南门' }]);
  const inbox = (await sun.get('/api/inbox')).body;
  expect(JSON.stringify(inbox)).toContain('checkpoint.man');
  await roster(id);
  expect((await take(id, '保安老张')).status).toBe(200);
  await settle();
  expect((await owed()).map(({ state }) => state)).toEqual(['settled']);
  // His shift ends at two, and nobody follows.
  clock.moveTo(on('14:20'));
  await sweep();
  expect(await owed()).toHaveLength(1);
  clock.moveTo(on('14:40'));
  await sweep();
  expect((await owed()).map(({ state }) => state)).toEqual(['settled', 'running']);
  await sun.post(`/api/checkpoints/${id}/close`);
  expect((await owed()).map(({ state }) => state)).toEqual(['settled', 'withdrawn']);

  const shut = await setUp({ name: '北门' });
  clock.moveTo(on('22:00'));
  await sweep();
  expect(await sql('select 1 from obligation where record_id = $1', [shut])).toEqual([]);
});

test('社区的卡口：社区里各网格的人看得见、排得上、接得了班；规则还是社区定，别的社区看不见', async () => {
  nextWeek();
  const id = await setUp({ name: '社区大门', areaId: idOf(1, 'area', 'station') });
  const guards = (await sun.get(`/api/checkpoints/${id}/guards`)).body as { personId: string; name: string }[];
  expect(guards.map(({ name }) => name)).toEqual(expect.arrayContaining(['孙丽', '王秀兰', '吴芳']));
  expect(guards.map(({ name }) => name)).not.toContain('田青');
  const personId = guards.find(({ name }) => name === '吴芳')?.personId;
  expect((await roster(id, { personId, name: '', side: 'community', unit: '' })).status).toBe(200);
  clock.moveTo(on('08:40'));
  await unmannedSweep.run(county.runtime, 1, throwFault);
  await settle();
  expect((await wu.get('/api/checkpoints')).body).toContainEqual(expect.objectContaining({ id, name: '社区大门' }));
  expect((await seen(id, wu)).can).toContainEqual({ act: 'work', allowed: true, why: null });
  expect((await take(id, '吴芳', wang)).body.code).toBe('checkpoint.not_their_shift');
  expect((await take(id, '吴芳', wu)).status).toBe(200);
  await settle();
  expect(await sql('select state from obligation where record_id = $1', [id])).toEqual([{ state: 'settled' }]);
  expect((await pass(id, {}, randomUUID(), wu)).status).toBe(200);
  expect((await pass(id, { count: 2 }, randomUUID(), wang)).status).toBe(200);
  expect((await wu.post(`/api/checkpoints/${id}/disinfections`, {})).status).toBe(200);
  expect((await wu.post(`/api/checkpoints/${id}/goods`, { sender: '快递', door: '3-502', what: '药' })).status).toBe(
    200,
  );
  expect((await seen(id)).passedToday).toBe(5);

  expect((await wu.post(`/api/checkpoints/${id}/close`)).status).toBe(403);
  expect((await gao.get(`/api/checkpoints/${id}`)).status).toBe(404);
  // A secretary stands at a gate of the street, and changes nothing of it.
  const street = await jiang.post('/api/checkpoints', {
    ...{ name: '街道大门', kind: 'closed_off', areaId: idOf(1, 'area', 'east'), point: null },
    ...{ opens: '08:00', closes: '20:00', rules: rules() },
  });
  const { checkpointId } = street.body;
  expect((await seen(checkpointId)).can).toContainEqual({ act: 'work', allowed: true, why: null });
  const refused = await sun.post(`/api/checkpoints/${checkpointId}/begin-emergency`, { reason: '红色预警' });
  expect([refused.status, refused.body.code]).toEqual([403, 'checkpoint.not_yours']);
  expect((await luo.get(`/api/checkpoints/${checkpointId}`)).status).toBe(404);
});

test('平时只数人数、车数；没人在岗就不收；多一项也不登记；劝返要写原因', async () => {
  nextWeek();
  const empty = await setUp({ name: '没人的门' });
  clock.moveTo(on('09:00'));
  for (const [act, body] of [
    ['passages', passage()],
    ['disinfections', {}],
    ['goods', { sender: '快递', door: '3-502', what: '药' }],
  ] as const)
    expect((await wang.post(`/api/checkpoints/${empty}/${act}`, body)).body.code).toBe('checkpoint.nobody_on_duty');
  const id = await manned();
  const command = randomUUID();
  expect([(await pass(id, {}, command)).status, (await pass(id, {}, command)).status]).toEqual([200, 200]);
  await pass(id, { traveller: 'vehicle', count: 1 });
  await pass(id, { passed: false, count: 2, reason: '没有卡' });
  const tooMuch = await pass(id, { values: { phone: '17000000001' } });
  expect([tooMuch.status, tooMuch.body.code]).toEqual([422, 'checkpoint.wrong_passage']);
  expect((await pass(id, { passed: false })).body.errors).toMatchObject([{ path: 'reason' }]);
  expect((await pass(id, {}, randomUUID(), tian)).status).toBe(404);
  expect(await seen(id)).toMatchObject({ passedToday: 4, refusedToday: 2, days: [{ passed: 4, refused: 2 }] });
  const { passages } = await log(id);
  const sum = passages.reduce((all: number, one: { count: number }) => all + one.count, 0);
  expect([passages.length, sum]).toEqual([3, 6]);
  expect(passages[0]).toMatchObject({ onDuty: '保安老张', by: '王秀兰', keptUntil: null });
  expect(await sql('select 1 from checkpoint_written where checkpoint_id = $1', [id])).toEqual([]);
});

test('战时要登记的，密封着存，凭原因查看并留名，到日子连密钥一起删', async () => {
  nextWeek();
  const id = await manned();
  await sun.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '红色预警' });
  const missing = await pass(id, { traveller: 'vehicle', values: { plate: '测A00001' } });
  expect(missing.body.errors).toMatchObject([{ path: 'values.name' }]);
  const values = { plate: '测A00001', name: '过路人甲' };
  const { body } = await pass(id, { traveller: 'vehicle', count: 1, values });
  const look = (who = wang, reason = '公安来函', command = randomUUID(), passageId = body.passageId) =>
    who.post(`/api/checkpoints/${id}/look-up`, { passageId, reason }, command);
  // Whoever walks has no plate, and passes without.
  const walker = await pass(id, { count: 1, values: { name: '过路人乙' } });
  expect([walker.status, (await pass(id, { values })).body.errors]).toMatchObject([200, [{ path: 'values.plate' }]]);
  expect((await look(wang, '公安来函', randomUUID(), walker.body.passageId)).body.values).toEqual({ name: '过路人乙' });
  // Whoever is turned back is asked nothing.
  expect((await pass(id, { passed: false, reason: '没有证', count: 1 })).status).toBe(200);
  const kept = (await log(id)).passages.map(({ keptUntil }: { keptUntil: string | null }) => keptUntil);
  const until = dayAfter(day + 14);
  expect(kept.filter((one: string | null) => one !== null)).toEqual([until, until]);
  const command = randomUUID();
  expect((await look(wang, '公安来函', command)).body.values).toEqual(values);
  expect((await look(wang, '公安来函', command)).body.values).toEqual(values);
  // Each time, and why, sealed under the key that goes with what was looked at.
  const looked = "select 1 from entry join data_key k on k.id = key_id where kind = 'checkpoint.looked_up'";
  expect(await sql(`${looked} and subject_kind = 'checkpoint' and sealed is not null`)).toHaveLength(2);
  expect((await look(tian)).status).toBe(404);
  expect((await look(wang, '')).status).toBe(422);
  // Back to normal: what was asked under the emergency rule keeps its day.
  await sun.post(`/api/checkpoints/${id}/end-emergency`, { reason: '预警解除' });
  const keys = () => sql("select 1 from data_key where subject_kind = 'checkpoint' and subject_id = $1", [id]);
  const sweepOn = async (n: number): Promise<void> => {
    clock.moveTo(on('10:00', n));
    await writtenRetention.run(county.runtime, 1, throwFault);
  };
  await sweepOn(14);
  expect(await keys()).toHaveLength(1);
  await sweepOn(15);
  expect(await keys()).toEqual([]);
  expect((await look()).body.code).toBe('checkpoint.nothing_written');
  expect((await log(id, `?day=${today()}`)).passages).toHaveLength(3);
  day += 14;
});

test('物资交接：收下的等着，领走写下给了谁；领走三十天后不再记得是谁的', async () => {
  nextWeek();
  const id = await manned();
  const goods = { sender: '顺风快递', door: '3 栋 502', what: '药一盒' };
  const command = randomUUID();
  const takeIn = () => wang.post(`/api/checkpoints/${id}/goods`, goods, command);
  expect([(await takeIn()).status, (await takeIn()).status]).toEqual([200, 200]);
  expect((await seen(id)).waiting).toBe(1);
  clock.moveTo(on('12:00'));
  const [one] = (await log(id)).goods;
  expect(one).toMatchObject({ ...goods, takenInBy: '王秀兰', receiver: null, handedAt: null });
  expect((await tian.post(`/api/checkpoints/${id}/hand-out`, { goodsId: one.id, receiver: '本人' })).status).toBe(404);
  const out = randomUUID();
  const handOut = (commandId = out) =>
    li.post(`/api/checkpoints/${id}/hand-out`, { goodsId: one.id, receiver: '本人' }, commandId);
  expect([(await handOut()).status, (await handOut()).status]).toEqual([200, 200]);
  expect((await handOut(randomUUID())).body.code).toBe('checkpoint.no_goods');
  expect((await log(id)).goods).toMatchObject([
    { receiver: '本人', handedBy: '李建国', handedAt: on('12:00').toISOString() },
  ]);
  expect((await seen(id)).waiting).toBe(0);
  clock.moveTo(on('10:00', 31));
  await goodsRetention.run(county.runtime, 1, throwFault);
  expect((await log(id, `?day=${today()}`)).goods).toMatchObject([
    { sender: null, door: null, receiver: null, handedBy: '李建国' },
  ]);
  day += 28;
});

test('撤卡口：还有物资等着领就不撤；撤了没有谁还在岗，没接的班一起撤掉', async () => {
  nextWeek();
  const id = await manned();
  await roster(id, { name: '保安老李', from: '14:00', to: '20:00', toDay: dayAfter(day + 3) });
  await wang.post(`/api/checkpoints/${id}/goods`, { sender: '快递', door: '3-502', what: '药' });
  const refused = await sun.post(`/api/checkpoints/${id}/close`);
  expect([refused.status, refused.body.code, refused.body.title]).toEqual([
    ...[409, 'checkpoint.goods_wait', '还有 1 件物资等着领，不能撤'],
  ]);
  expect((await seen(id)).can.find(({ act }: { act: string }) => act === 'close').why.zh).toBe(
    '还有物资等着领，先交出去',
  );
  const [{ id: goodsId }] = (await log(id)).goods;
  await wang.post(`/api/checkpoints/${id}/hand-out`, { goodsId, receiver: '退快递员' });
  expect((await sun.post(`/api/checkpoints/${id}/close`)).status).toBe(200);
  const { onDuty, shifts } = await seen(id);
  expect(onDuty).toEqual([]);
  expect(shifts).toMatchObject([{ name: '保安老张', isOn: false, mayTake: false }]);
  expect(
    await sql('select 1 from checkpoint_shift where checkpoint_id = $1 and called_off_at is null', [id]),
  ).toHaveLength(1);
});

test('消杀：按规则该几次、做了几次，下一次是什么时候；转战时从那一刻另算', async () => {
  nextWeek();
  const id = await manned();
  expect(await seen(id)).toMatchObject({ cleaningsDue: 0, cleaningsDone: 0, cleanBy: on('10:00').toISOString() });
  clock.moveTo(on('10:30'));
  const command = randomUUID();
  const clean = () => wang.post(`/api/checkpoints/${id}/disinfections`, {}, command);
  expect([(await clean()).status, (await clean()).status]).toEqual([200, 200]);
  expect(await seen(id)).toMatchObject({
    ...{ cleaningsDue: 1, cleaningsDone: 1, cleanBy: on('12:30').toISOString() },
    lastCleanedAt: on('10:30').toISOString(),
  });
  expect((await log(id)).cleanings).toMatchObject([{ by: '王秀兰' }]);
  clock.moveTo(on('11:00'));
  await sun.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '红色预警' });
  clock.moveTo(on('13:00'));
  expect(await seen(id)).toMatchObject({ cleaningsDue: 2, cleanBy: on('12:00').toISOString() });
  clock.moveTo(on('21:00'));
  expect((await seen(id)).cleanBy).toBe(null);
});
