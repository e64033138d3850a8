import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area, body } from '../../../../test/telling.ts';
import { retellings } from '../../index.ts';
import { instantOf } from '../patrols/due.model.ts';
import { verifyTold } from './index.ts';

/** A hazard, a notice, a patrol and a gate, changed behind the journal's back: all of which it tells shows. */
const county = await openCounty();
const { as, clock, runtime, settle, sql } = county;
const tables = [
  ...['hazard', 'directive', 'directive_item', 'obligation', 'patrol_plan', 'patrol_rule', 'patrol_place', 'patrol'],
  ...['patrol_tick', 'checkpoint', 'checkpoint_rule', 'checkpoint_alert', 'checkpoint_shift', 'checkpoint_passage'],
  ...['checkpoint_cleaning', 'checkpoint_goods'],
];
let hazardId = '';
const at = { lon: 112.9, lat: 28.1 };

async function post(by: Caller, path: string, form: object = {}) {
  const { status, body: said } = await by.post(path, form);
  expect([path, status, said.code]).toEqual([path, 200, undefined]);
  clock.advance(60_000);
  return said;
}

beforeAll(async () => {
  const [worker, works, head, desk] = [await as('王秀兰'), await as('曹路'), await as('孙丽'), await as('陈敏')];
  await hazardStory(worker, works, await as('蒋涛'));
  await noticeStory(desk, works);
  await patrolStory(head, worker);
  await gateStory(head, worker);
  await settle();
  for (const table of tables) await sql(`create table kept_${table} as select * from ${table}`);
});

async function hazardStory(worker: Caller, works: Caller, leader: Caller): Promise<void> {
  const form = {
    ...{ areaId: area('station-1'), what: '灭火器过期', where: '惠民超市一楼', grade: 'general', sector: 'fire' },
    ...{ source: 'patrol', bodyId: body('works'), limit: { amount: 3, unit: 'natural_days' } },
  };
  await post(worker, '/api/hazards', { ...form, where: '菜市场' });
  ({ hazardId } = await post(worker, '/api/hazards', form));
  const step = (by: Caller, name: string, more: object) => post(by, `/api/hazards/${hazardId}/${name}`, more);
  await step(works, 'ask-time', { words: '厂家缺货，要到下周' });
  await step(leader, 'extend', { words: '厂家缺货', by: { amount: 2, unit: 'natural_days' } });
  await step(works, 'rectify', { words: '换了新的' });
  await step(worker, 'send-back', { words: '只换了一具', limit: { amount: 1, unit: 'natural_days' } });
  await step(works, 'rectify', { words: '两具都换了' });
  await step(worker, 'check-off', { words: '看过了，两具都是新的' });
}

async function noticeStory(desk: Caller, works: Caller): Promise<void> {
  const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);
  const item = { number: '一、', content: '排查下凹式立交。', measure: '整改率100%', supports: [], dueOn: day(20) };
  const sent = await post(desk, '/api/directives', {
    ...{ title: '关于做好汛前准备的通知', number: '城东办〔2026〕3号', issuer: '城东街道办事处', datedOn: day(0) },
    ...{ areaId: area('east'), words: '一、排查', items: [{ ...item, lead: { kind: 'body', id: body('works') } }] },
  });
  const [{ id }] = (await desk.get(`/api/directive-items?directiveId=${sent.directiveId}`)).body.rows;
  const step = (by: Caller, name: string, more: object) => post(by, `/api/directive-items/${id}/${name}`, more);
  await step(works, 'progress', { words: '清了两处', share: 40 });
  await step(desk, 'move-deadline', { dueOn: day(25), words: '下雨' });
  await step(works, 'report-done', { words: '都清了' });
  await step(desk, 'return', { words: '三号桥下还有积水' });
  await step(works, 'report-done', { words: '三号桥下也好了' });
}

async function patrolStory(head: Caller, worker: Caller): Promise<void> {
  const windows = [{ from: '00:00', to: '00:00' }];
  const plan = {
    ...{ title: '后山护林', pledgedOn: null, walkers: [] },
    rule: { everyMin: 1440, windows, weekdays: [1, 2, 3, 4, 5, 6, 7], season: null },
    places: ['一号点', '二号点'].map((name) => ({ name, point: at, radiusM: 50 })),
  };
  const where = { kind: 'forest', areaId: area('station-1'), positionDays: 30 };
  const { planId } = await post(head, '/api/patrols', { ...plan, ...where });
  await post(head, `/api/patrols/${planId}/change`, { ...plan, places: plan.places.slice(0, 1) });
  const [place] = (await head.get(`/api/patrols/${planId}/stickers`)).body;
  const patrolId = randomUUID();
  await post(worker, `/api/patrols/${planId}/start`, { patrolId });
  const here = { patrolId, placeId: place.placeId ?? place.id, how: 'here', at: { ...at, accuracyM: 9 } };
  await post(worker, `/api/patrols/${planId}/ticks`, here);
  await post(worker, `/api/patrols/${planId}/ticks`, { ...here, at: { lon: 113, lat: 28, accuracyM: 9 } });
  await post(worker, `/api/patrols/${planId}/end`, { patrolId });
}

async function gateStory(head: Caller, worker: Caller): Promise<void> {
  const pass = { zh: '业主凭卡', en: '' };
  const rule = { pass, asks: [], purpose: '', keepDays: 7, disinfectMin: 120 };
  const gate = { name: '南门', point: null, opens: '08:00', closes: '20:00', rules: { normal: rule, emergency: rule } };
  const kind = { kind: 'residence', areaId: area('station-1') };
  const { checkpointId } = await post(head, '/api/checkpoints', { ...gate, ...kind });
  const to = `/api/checkpoints/${checkpointId}`;
  const today = new Date(clock.now().getTime() + 32 * 3_600_000).toISOString().slice(0, 10);
  const shift = { fromDay: today, toDay: today, personId: null, side: 'property', unit: '安居物业' };
  await post(head, `${to}/shifts`, { ...shift, from: '08:00', to: '14:00', name: '保安老张' });
  await post(head, `${to}/shifts`, { ...shift, from: '14:00', to: '20:00', name: '保安老李' });
  clock.moveTo(new Date(instantOf(today, '08:00', 'Asia/Shanghai')));
  const [first, second] = (await head.get(to)).body.shifts;
  await post(worker, `${to}/take-up`, { shiftId: first.id, open: '' });
  await post(head, `${to}/call-off`, { shiftId: second.id });
  const people = { traveller: 'people', count: 3, passed: true, reason: '', values: {} };
  await post(worker, `${to}/passages`, people);
  await post(worker, `${to}/passages`, { ...people, count: 1, passed: false, reason: '没有卡' });
  await post(worker, `${to}/disinfections`);
  await post(worker, `${to}/goods`, { sender: '快递', door: '3 栋', what: '纸箱一件' });
  await post(head, `${to}/begin-emergency`, { reason: '上游来水了' });
  await post(head, `${to}/end-emergency`, { reason: '水退下去了' });
}

const check = () => verifyTold(runtime, 1, retellings);
const restored = async (): Promise<void> => {
  const restore = tables.map((table) => `delete from ${table}; insert into ${table} select * from kept_${table}`);
  await sql(`set session_replication_role = replica; ${restore.join(';')}; set session_replication_role = origin`);
};
afterEach(async () => {
  await restored();
  expect((await check()).faults, '恢复原样').toEqual([]);
});

it('没有人动过：隐患、文件事项、巡查、卡口和它们的期限都对得上', async () => {
  const { records, obligations, faults } = await check();
  expect(faults).toEqual([]);
  expect(records).toEqual({
    hazard: 2,
    directive: 1,
    directive_item: 1,
    patrol_plan: 1,
    checkpoint: 1,
    person_request: 0,
  });
  expect(obligations).toBeGreaterThan(6);
});

it.each([
  ['hazard', `status = 'withdrawn', checked_by = null`, 'status, checkedBy'],
  ['hazard', `grade = 'major'`, 'grade'],
  ['hazard', 'rounds = 0', 'rounds'],
  ['hazard', 'returned = false', 'returned'],
  ['hazard', 'objected = true', 'objected'],
  ['hazard', `body_id = '${body('water')}'`, 'bodyId'],
  ['hazard', 'post_id = gen_random_uuid()', 'postId'],
  ['hazard', `found_at = found_at - interval '1 day'`, 'foundAt'],
  ['hazard', 'rectified_by = gen_random_uuid()', 'rectifiedBy'],
  ['hazard', `checked_at = checked_at - interval '1 hour'`, 'checkedAt'],
  ['hazard', 'scope_no = scope_no + 1', 'scopeNo'],
  ['hazard', `sealed = decode('00', 'hex') || substring(sealed from 2)`, 'sealed'],
  ['directive_item', `status = 'accepted', ended_at = now()`, 'status, endedAt'],
  ['directive_item', 'due_on = due_on + 30', 'dueOn'],
  ['directive_item', 'first_due_on = due_on', 'firstDueOn'],
  ['directive_item', 'returns = 0', 'returns'],
  ['directive_item', 'returned = true', 'returned'],
  ['directive_item', 'share = 100', 'share'],
  ['directive_item', 'lead_id = gen_random_uuid()', 'leadId'],
  ['directive_item', 'done_by = gen_random_uuid()', 'doneBy'],
  ['directive_item', `told_at = told_at + interval '1 minute'`, 'toldAt'],
  ['directive', 'dated_on = dated_on - 1', 'datedOn'],
  ['directive', 'post_id = gen_random_uuid()', 'postId'],
  ['patrol_plan', `stage = 'closed', closed_at = now()`, 'stage, closedAt'],
  ['patrol_plan', 'person_id = gen_random_uuid()', 'personId'],
  ['patrol', `started_at = started_at - interval '1 hour'`, 'startedAt'],
  ['patrol', 'ended_at = null', 'endedAt'],
  ['checkpoint', `kind = 'flood'`, 'kind'],
  ['checkpoint', `opened_at = opened_at - interval '1 day'`, 'openedAt'],
  ['checkpoint_passage', 'count = count + 5', 'count'],
  ['checkpoint_goods', 'taken_in_by = gen_random_uuid()', 'takenInBy'],
])('%s：%s，看得出来', async (table, change, columns) => {
  const which = table === 'hazard' ? `where id = '${hazardId}'` : 'order by id limit 1';
  const [row] = await sql<{ id: string }>(`select id from ${table} ${which}`);
  await sql(`set session_replication_role = replica; update ${table} set ${change} where id = '${row?.id}'`);
  expect((await check()).faults).toEqual([
    { what: table, id: row?.id, says: expect.stringContaining(`differs from the journal in`) },
  ]);
  const [fault] = (await check()).faults;
  expect(fault?.says.split(' in ')[1]?.split(', ').sort()).toEqual(columns.split(', ').sort());
});

const noEntry = 'is told of by no entry of the journal';
it.each([
  ['patrol_tick', `verdict = 'counted' where verdict <> 'counted'`],
  ['patrol_tick', `person_id = gen_random_uuid() where verdict = 'counted'`],
  ['patrol_rule', 'until = now() where until is null'],
  ['patrol_place', 'until = now() where until is null'],
  ['checkpoint_rule', `mode = 'normal' where mode = 'emergency'`],
  ['checkpoint_alert', `since = since + interval '1 hour'`],
  ['checkpoint_shift', `side = 'village' where taken_at is not null`],
  ['checkpoint_shift', 'taken_by = gen_random_uuid() where taken_at is not null'],
  ['checkpoint_shift', 'called_off_at = null where called_off_at is not null'],
  ['checkpoint_cleaning', `made_at = made_at - interval '1 hour'`],
])('%s：%s，看得出来', async (table, change) => {
  await sql(`set session_replication_role = replica; update ${table} set ${change}`);
  const { faults } = await check();
  expect(faults.length).toBeGreaterThan(0);
  expect(new Set(faults.map(({ what }) => what))).toEqual(new Set([table]));
});

it('期限改了，看得出来', async () => {
  await sql(`update obligation set due_at = due_at + interval '1 day' where due_at is not null`);
  expect(new Set((await check()).faults.map(({ what }) => what))).toEqual(new Set(['obligation']));
});

it.each([
  ...(['hazard', 'directive_item', 'patrol', 'patrol_tick', 'checkpoint'] as const),
  ...(['checkpoint_alert', 'checkpoint_passage', 'checkpoint_goods'] as const),
])('%s：凭空多出一条，少了一条，都看得出来', async (table) => {
  const id = randomUUID();
  const other = JSON.stringify(table === 'directive_item' ? { id, place: 9 } : { id });
  const once = `from ${table} t where id = (select min(id::text)::uuid from ${table})`;
  const behind = 'set session_replication_role = replica';
  await sql(`${behind}; insert into ${table} select (jsonb_populate_record(t, '${other}')).* ${once}`);
  const [added] = (await check()).faults;
  expect([added?.what, added?.says]).toEqual([table, noEntry]);
  await restored();
  await sql(`${behind}; delete ${once}`);
  const { faults } = await check();
  expect(faults.length).toBeGreaterThan(0);
  expect(new Set(faults.map(({ what }) => what))).toEqual(new Set([table]));
});
