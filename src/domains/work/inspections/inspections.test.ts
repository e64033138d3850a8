import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area, body, owes } from '../../../../test/telling.ts';
import { verifyTold } from '../retelling/index.ts';
import { hazardRetelling } from './index.ts';

/* Places are drawn by a stated rule and seed; what is found there goes on the register, the common ones side by side. */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [hazardRetelling])).faults).toEqual([]));
const { as, clock, settle, sql } = county;
const [head, leader, inspector, worker, other, dispatcher] = await Promise.all(
  ['孙丽', '蒋涛', '梁督', '王秀兰', '高明', '陈敏'].map((name) => as(name)),
);
const [works, admin] = await Promise.all(['曹路', '管理员'].map((name) => as(name)));
if (!head || !leader || !inspector || !worker || !other || !dispatcher || !works || !admin)
  throw new Error('the cast is not complete');

const firms = Array.from({ length: 24 }, (_, i) => {
  const name = `惠民${String(i + 1).padStart(2, '0')}店`;
  return [name, i % 3 === 0 ? '餐饮' : '零售', `站前路${i + 1}号`, i < 14 ? '二运第一网格' : '二运第二网格'];
});
const points = [
  ['加油站', '重大', '二运第一网格'],
  ['液化气站', '较大', '二运第一网格'],
  ['地下车库', '一般', '二运第二网格'],
  ['老仓库', '低', '二运第二网格'],
];
async function bring(ledger: string, labels: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
  const bytes = Buffer.from([labels, ...rows].map((row) => row.join(',')).join('\n'));
  const form = { commandId: randomUUID(), areaId: area('station'), toldOn: '2026-01-15', ledger };
  const sent = await (head as Caller).upload('/api/ledger-batches', form, [{ name: '表.csv', bytes }]);
  await settle();
  const taken = await (head as Caller).post(`/api/ledger-batches/${sent.body.batchId}/take`);
  expect(taken.status, JSON.stringify([sent.body, taken.body])).toBe(200);
  await settle();
}
await bring('enterprises', ['商户名称', '行业', '经营地址', '所属网格'], firms);
await bring('facilities', ['设施名称', '风险等级', '所属网格'], points);

const item = (code: string, text: string) => ({
  ...{ code, text, counts: '不符合就算', grade: 'general', limit: { amount: 3, unit: 'natural_days' }, basis: '自拟' },
});
const list = {
  ...{ sector: 'workplace', title: '企业十查' },
  items: [item('i1', '消防器材有效'), item('i2', '消防通道畅通'), item('i3', '用电线路规范')],
};
const listId: string = (await leader.post('/api/checklists', list)).body.checklistId;

const sample = { ledger: 'enterprises', rule: { rule: 'random', size: 6 } };
const given = (over: object = {}) => ({
  ...{
    title: '春季消防督查',
    areaId: area('east'),
    checklistId: listId,
    announced: true,
    onDay: clock.now().toISOString().slice(0, 10),
  },
  ...{ members: ['王秀兰'], sample, ...over },
});
async function open(over: object = {}, by: Caller = leader as Caller): Promise<string> {
  const { status, body: said } = await by.post('/api/inspections', given(over));
  expect(status, JSON.stringify(said)).toBe(200);
  return said.inspectionId;
}
type Target = { id: string; name: string; ordinal: number; result: string | null; area: string };
const targets = async (id: string, by: Caller = leader as Caller): Promise<Target[]> =>
  (await by.get(`/api/inspections/${id}/targets`)).body;
const look = async (id: string, by: Caller = leader as Caller) => (await by.get(`/api/inspections/${id}`)).body;
const found = (code = 'i1', over: object = {}) => ({
  ...{ what: '灭火器过期', where: '一楼', grade: 'general', sector: 'fire', bodyId: body('works') },
  ...{ limit: { amount: 3, unit: 'natural_days' }, item: { checklistId: listId, version: 1, code }, ...over },
});
const find = (by: Caller, target: Target | undefined, form: object = found(), command = randomUUID()) =>
  by.post(`/api/inspection-targets/${target?.id}/hazards`, form, command);

beforeEach(() => clock.advance(60_000));

describe('抽样', () => {
  it('先看从哪些里抽，什么也不存，抽到哪些事先谁也看不到；发起以后照当时的名单谁都能抽出同样的', async () => {
    const before = await sql('select 1 from inspection');
    const preview = (await leader.post('/api/inspections/preview', { areaId: area('east'), sample })).body;
    expect(preview).toMatchObject({ population: 24, drawn: 6 });
    expect(preview.places).toHaveLength(24);
    const chosen = await leader.post('/api/inspections', given({ sample: { ...sample, seed: '1' } }));
    expect(chosen).toMatchObject({ status: 422, body: { code: 'input.invalid' } });
    expect(await sql('select 1 from inspection')).toHaveLength(before.length);
    const command = randomUUID();
    const opened = await leader.post('/api/inspections', given(), command);
    expect((await leader.post('/api/inspections', given(), command)).body).toEqual({ ...opened.body, repeated: true });
    const id = opened.body.inspectionId;
    expect(await targets(id)).toHaveLength(6);
    const seeds = await sql<{ seed: string }>('select distinct seed from inspection where seed is not null');
    const more = await open();
    expect(await sql('select distinct seed from inspection where seed is not null')).toHaveLength(seeds.length + 1);
    expect((await look(more)).draw.seed).toMatch(/^[0-9a-f]{16}$/);
    expect(await look(id)).toMatchObject({
      progress: { places: 6, left: 6, found: 0 },
      draw: { rule: { zh: '随机抽 6 处' }, population: 24 },
      members: ['蒋涛', '王秀兰'],
    });
    expect((await leader.get(`/api/inspections/${id}/redraw`)).body).toEqual({ population: 24, drawn: 6, same: true });
    // By hand, from what the row says and nothing else.
    const [row] = await sql<{ population: [string, number][]; seed: string }>(
      'select * from inspection where id = $1',
      [id],
    );
    const lot = (one: string) => createHash('sha256').update(`${row?.seed} ${one}`).digest('hex');
    const byHand = (row?.population ?? [])
      .map(([one]) => one)
      .sort((a, b) => (lot(a) < lot(b) ? -1 : 1))
      .slice(0, 6);
    const stored = await sql<{ record: string }>(
      'select record_id as record from inspection_target where inspection_id = $1 order by ordinal',
      [id],
    );
    expect(stored.map(({ record }) => record)).toEqual(byHand);
    await sql(`update inspection_target set record_id = $2 where inspection_id = $1 and ordinal = 1`, [id, byHand[3]]);
    expect((await leader.get(`/api/inspections/${id}/redraw`)).body.same).toBe(false);
  });

  it('按条件抽，风险高的先抽，全部检查，手工加的地方', async () => {
    const restaurants = {
      ...sample,
      choice: [{ field: 'enterprise.trade', is: 'equals', value: '餐饮' }],
      rule: { rule: 'all' },
    };
    const preview = (await leader.post('/api/inspections/preview', { areaId: area('east'), sample: restaurants })).body;
    expect(preview).toMatchObject({ population: 8, drawn: 8 });
    const risky = { ledger: 'facilities', rule: { rule: 'risk_first', size: 2 } };
    const id = await open({ sample: risky, places: ['夜市后巷'] });
    expect((await targets(id)).map(({ name }) => name)).toEqual(['加油站', '液化气站', '夜市后巷']);
  });

  it.each([
    ['别人的地方', { areaId: area('river') }, 403, 'inspection.not_here'],
    ['没有的检查表', { checklistId: randomUUID() }, 404, 'checklist.not_found'],
    ['没有一处', { sample: undefined }, 422, 'inspection.no_places'],
    [
      '没有一家符合',
      { sample: { ...sample, choice: [{ field: 'enterprise.trade', is: 'equals', value: '造船' }] } },
      422,
      'inspection.no_places',
    ],
    [
      '台账没有的字段',
      { sample: { ...sample, choice: [{ field: 'person.age', is: 'equals', value: '3' }] } },
      422,
      'inspection.wrong_choice',
    ],
    [
      '盖着的字段',
      { sample: { ...sample, choice: [{ field: 'enterprise.head_phone', is: 'told' }] } },
      422,
      'inspection.wrong_choice',
    ],
    ['没有这个人', { members: ['王秀兰', '没这人'] }, 422, 'inspection.wrong_members'],
    ['地方写了两次', { places: ['夜市', '夜市'] }, 422, 'inspection.same_place'],
    ['规则说不清', { sample: { ...sample, rule: { rule: 'random' } } }, 422, 'input.invalid'],
  ])('%s：不发起', async (_what, over, status, code) => {
    const before = await sql('select 1 from inspection');
    expect(await leader.post('/api/inspections', given(over))).toMatchObject({ status, body: { code } });
    expect(await sql('select 1 from inspection')).toHaveLength(before.length);
  });

  it('督查员看不到台账，抽不了，说清楚怎么办；手工写地点可以；网格员不能发起', async () => {
    expect(await inspector.post('/api/inspections', given())).toMatchObject({
      status: 403,
      body: { code: 'inspection.no_ledger' },
    });
    const id = await open({ sample: undefined, places: ['城东菜市场'], areaId: area('county') }, inspector);
    expect((await targets(id, inspector)).map(({ name }) => name)).toEqual(['城东菜市场']);
    expect(await worker.post('/api/inspections', given())).toMatchObject({
      status: 403,
      body: { code: 'account.not_for_you' },
    });
  });
});

describe('不打招呼的', () => {
  it('只有去的人看得到，连上面的也看不到；被查的地方等隐患到了才知道，也看不到是哪次检查', async () => {
    const id = await open({ announced: false, members: ['王秀兰'] });
    for (const by of [head, dispatcher, inspector, other]) {
      expect(await by.get(`/api/inspections/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'inspection.not_found' },
      });
      expect((await by.get('/api/inspections')).body.map((one: { id: string }) => one.id)).not.toContain(id);
      expect((await by.get(`/api/inspections/${id}/targets`)).status).toBe(404);
    }
    const [first] = await targets(id, worker);
    const { hazardId } = (await find(worker, first)).body;
    expect((await head.get(`/api/hazards/${hazardId}`)).body).toMatchObject({ source: 'inspection', inspection: null });
    expect((await works.get(`/api/hazards/${hazardId}`)).body).toMatchObject({ inspection: null });
    expect((await worker.get(`/api/hazards/${hazardId}`)).body.inspection).toEqual({ id, title: '春季消防督查' });
    // Its entries are not read either.
    const rows = await sql<{ confidential: boolean }>('select confidential from entry where record_id = $1', [id]);
    expect(rows.every(({ confidential }) => confidential)).toBe(true);
  });

  it('打招呼的：名单上有自己地方的也看得到，只看到自己的；别的社区看不到', async () => {
    const id = await open({ sample: { ...sample, rule: { rule: 'all' } } });
    expect((await look(id, head)).progress.places).toBe(24);
    expect((await look(id, worker)).progress.places).toBe(24);
    const wu = await as('吴芳');
    expect((await targets(id, wu)).map((one) => one.area)).toEqual(Array(10).fill('二运第二网格'));
    expect((await other.get(`/api/inspections/${id}`)).status).toBe(404);
  });
});

describe('检查', () => {
  it('一处一处记：没有问题、没人、发现隐患；当天的归拢，共性的排在一起，点得开', async () => {
    const id = await open();
    const [one, two, three, four] = await targets(id);
    const said = randomUUID();
    const clean = () => worker.post(`/api/inspection-targets/${one?.id}/look`, { result: 'clean' }, said);
    const first = await clean();
    expect(first.status).toBe(200);
    expect((await clean()).body).toEqual({ ...first.body, repeated: true });
    await leader.post(`/api/inspection-targets/${two?.id}/look`, { result: 'absent' });
    const command = randomUUID();
    const done = await find(worker, three, found('i1'), command);
    expect((await find(worker, three, found('i1'), command)).body).toEqual({ ...done.body, repeated: true });
    await find(worker, three, found('i2', { grade: 'major' }));
    await find(leader, four, found('i1'));
    const seen = await look(id);
    expect(seen).toMatchObject({
      // Where nobody was met it stays to be done.
      progress: { places: 6, clean: 1, absent: 1, found: 2, left: 3 },
      hazards: { all: 3, in_progress: 3 },
      common: [
        { item: 'i1', text: '消防器材有效', hazards: 2, places: 2 },
        { item: 'i2', text: '消防通道畅通', hazards: 1, places: 1 },
      ],
    });
    expect(seen.days).toMatchObject([{ hazards: 3, major: 1 }]);
    const opened = async (query: string) =>
      (await leader.get(`/api/hazards?inspectionId=${id}&${query}`)).body.rows.length;
    expect([
      await opened('item=i1'),
      await opened(`foundOn=${seen.days[0].day}`),
      await opened('foundOn=2020-01-01'),
    ]).toEqual([2, 3, 0]);
    // Found once, a later look that finds nothing does not wipe it out.
    await worker.post(`/api/inspection-targets/${three?.id}/look`, { result: 'clean' });
    expect((await targets(id))[2]?.result).toBe('found');
    // The post that sent them looks again.
    await works.post(`/api/hazards/${done.body.hazardId}/rectify`, { words: '已换新' });
    expect([await owes(leader, done.body.hazardId), await owes(worker, done.body.hazardId)]).toEqual([
      ['hazard.recheck'],
      [],
    ]);
  });

  it('检查组每个人的待办里有，到那天为止；都查完了就没有了；别人、不打招呼时的上级都没有', async () => {
    const places = { sample: undefined, places: ['甲店', '乙店'], announced: false };
    const id = await open({ ...places, members: ['王秀兰'] });
    expect([await owes(leader, id), await owes(worker, id)]).toEqual([['inspection.go'], ['inspection.go']]);
    expect([await owes(head, id), await owes(dispatcher, id), await owes(inspector, id)]).toEqual([[], [], []]);
    const [line] = (await worker.get('/api/inbox')).body.filter((one: { recordId: string }) => one.recordId === id);
    expect(line).toMatchObject({ title: '春季消防督查', recordKind: 'inspection', mine: 'person' });
    const [one, two] = await targets(id, worker);
    await worker.post(`/api/inspection-targets/${one?.id}/look`, { result: 'clean' });
    await worker.post(`/api/inspection-targets/${two?.id}/look`, { result: 'absent' });
    expect(await owes(worker, id)).toEqual(['inspection.go']);
    await worker.post(`/api/inspection-targets/${two?.id}/look`, { result: 'clean' });
    expect([await owes(leader, id), await owes(worker, id)]).toEqual([[], []]);
    const closed = await open({ ...places, members: ['王秀兰'] });
    await leader.post(`/api/inspections/${closed}/close`);
    expect([await owes(leader, closed), await owes(worker, closed)]).toEqual([[], []]);
  });

  it('没到日子不记；说明是提前去的才记', async () => {
    const onDay = new Date(clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    const id = await open({ onDay });
    const [one, two] = await targets(id);
    const early = { status: 409, body: { code: 'inspection.not_yet' } };
    expect(await worker.post(`/api/inspection-targets/${one?.id}/look`, { result: 'clean' })).toMatchObject(early);
    expect(await find(worker, two)).toMatchObject(early);
    expect((await look(id)).progress).toMatchObject({ left: 6, clean: 0, found: 0 });
    const said = { result: 'clean', early: true };
    expect((await worker.post(`/api/inspection-targets/${one?.id}/look`, said)).status).toBe(200);
    expect((await find(worker, two, { ...found(), early: true })).status).toBe(200);
    expect((await look(id)).progress).toMatchObject({ left: 4, clean: 1, found: 1 });
  });

  it('不在组里的不能记；结束以后不能再记，重复结束只算一次', async () => {
    const id = await open({ members: [] });
    const [one] = await targets(id);
    const asks = [
      ['look', { result: 'clean' }],
      ['hazards', found()],
    ] as const;
    for (const [path, form] of asks)
      expect(await head.post(`/api/inspection-targets/${one?.id}/${path}`, form)).toMatchObject({
        status: 403,
        body: { code: 'inspection.not_yours' },
      });
    expect(await head.post(`/api/inspections/${id}/close`)).toMatchObject({
      status: 403,
      body: { code: 'inspection.not_yours' },
    });
    const command = randomUUID();
    const closed = await leader.post(`/api/inspections/${id}/close`, {}, command);
    expect((await leader.post(`/api/inspections/${id}/close`, {}, command)).body).toEqual({
      ...closed.body,
      repeated: true,
    });
    for (const [path, form] of asks)
      expect(await leader.post(`/api/inspection-targets/${one?.id}/${path}`, form)).toMatchObject({
        status: 409,
        body: { code: 'inspection.closed' },
      });
    expect(await leader.post(`/api/inspections/${id}/close`)).toMatchObject({
      status: 409,
      body: { code: 'inspection.closed' },
    });
    expect((await sql('select 1 from hazard where inspection_id = $1', [id])).length).toBe(0);
  });
});

it('检查表：发新版本不改旧的；查出来的还按当时那一版说；重复的条目不收', async () => {
  const twice = { ...list, items: [item('i1', '一样'), item('i2', '一样')] };
  expect(await leader.post('/api/checklists', twice)).toMatchObject({
    status: 422,
    body: { code: 'checklist.item_twice' },
  });
  expect(await head.post('/api/checklists', list)).toMatchObject({ status: 403 });
  const id = await open({ sample: undefined, places: ['城东菜市场'] });
  const [one] = await targets(id);
  const { hazardId } = (await find(leader, one)).body;
  const command = randomUUID();
  const next = { ...list, id: listId, items: [item('i1', '灭火器在有效期内')] };
  const published = await leader.post('/api/checklists', next, command);
  expect(published.body).toMatchObject({ checklistId: listId, version: 2 });
  expect((await leader.post('/api/checklists', next, command)).body).toEqual({ ...published.body, repeated: true });
  expect((await leader.get(`/api/hazards/${hazardId}`)).body.item).toMatchObject({ text: '消防器材有效' });
  expect((await look(id)).list).toMatchObject({ version: 1 });
  expect((await leader.get('/api/checklists')).body).toMatchObject([{ id: listId, version: 2 }]);
});

it('划走一个网格：隐患、检查的地方跟着走，新的社区接着管，原来的看不到', async () => {
  const id = await open({ sample: { ...sample, rule: { rule: 'all' } } });
  const mine = (await targets(id)).find(({ area: place }) => place === '二运第二网格');
  const { hazardId } = (await find(leader, mine)).body;
  const [closed] = await targets(id).then((all) =>
    all.filter((one) => one.id !== mine?.id && one.area === '二运第二网格'),
  );
  const moved = await admin.post(`/api/areas/${area('station-2')}/move`, {
    parentId: area('park'),
  });
  expect(moved.status, JSON.stringify(moved.body)).toBe(200);
  await settle();
  expect((await other.get(`/api/hazards/${hazardId}`)).body).toMatchObject({ area: '二运第二网格 · 青园社区' });
  expect((await head.get(`/api/hazards/${hazardId}`)).status).toBe(404);
  expect((await targets(id, other)).map((one) => one.id)).toContain(closed?.id);
});
