import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { verifyTold } from '../retelling/index.ts';
import { checkpointRetelling } from './index.ts';

/*
 * The gates of a forest in the fire season: four of the first class, eight of the second, each with a rule for quiet days and
 * one for emergencies. Which of them held when, and on whose word, is read from what was done.
 */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, [checkpointRetelling])).faults).toEqual([]));
const { as, clock, settle } = county;
const [sun, zhao, wang, luo, cao] = [
  await as('孙丽'),
  await as('赵磊'),
  await as('王秀兰'),
  await as('罗河'),
  await as('曹路'),
];
const HOUR = 3_600_000;
const station = idOf(1, 'area', 'station');
const quiet = {
  pass: { zh: '一律放行', en: 'Everybody may pass' },
  asks: [],
  purpose: '',
  keepDays: 7,
  disinfectMin: null,
};
const strict = {
  ...{ pass: { zh: '非本村人员不得入山', en: '' }, asks: ['plate', 'fire'], purpose: '失火时查找' },
  ...{ keepDays: 15, disinfectMin: 120 },
};
const wanted = (over: object = {}) => ({
  ...{ name: '后山口', kind: 'forest_first', areaId: station, point: { lon: 112.9, lat: 28.1 } },
  ...{ opens: '06:00', closes: '20:00', rules: { normal: quiet, emergency: strict } },
  ...over,
});
const changed = (over: object = {}) => {
  const { kind: _, areaId: __, ...rest } = wanted();
  return { ...rest, ...over };
};
async function setUp(over: object = {}, who = sun): Promise<string> {
  const { status, body } = await who.post('/api/checkpoints', wanted(over));
  if (status !== 200) throw new Error(JSON.stringify(body));
  await settle();
  return body.checkpointId;
}
const seen = async (id: string, who = sun) => (await who.get(`/api/checkpoints/${id}`)).body;

test('4 个一级、8 个二级森林防火卡口：都是数出来的，什么时候按哪套规则看得见', async () => {
  const first: string[] = [];
  for (let i = 1; i <= 4; i += 1) first.push(await setUp({ name: `一级卡口${i}` }, zhao));
  for (let i = 1; i <= 8; i += 1) await setUp({ name: `二级卡口${i}`, kind: 'forest_second' }, zhao);
  const begun = clock.now();
  clock.moveTo(new Date(begun.getTime() + HOUR));
  for (const id of first)
    expect((await zhao.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '红色预警' })).status).toBe(200);
  const lines = (await zhao.get('/api/checkpoints')).body as { kind: string; mode: string; stage: string }[];
  const count = (kind: string, mode: string) => lines.filter((one) => one.kind === kind && one.mode === mode).length;
  expect([count('forest_first', 'emergency'), count('forest_first', 'normal')]).toEqual([4, 0]);
  expect([count('forest_second', 'emergency'), count('forest_second', 'normal')]).toEqual([0, 8]);

  clock.moveTo(new Date(begun.getTime() + 3 * HOUR));
  const [one = ''] = first;
  expect((await sun.post(`/api/checkpoints/${one}/end-emergency`, { reason: '预警解除' })).status).toBe(200);
  const { mode, periods } = await seen(one);
  const after = (hours: number) => new Date(begun.getTime() + hours * HOUR).toISOString();
  expect(mode).toBe('normal');
  expect(periods).toMatchObject([
    { mode: 'normal', since: after(3), until: null, by: '孙丽', reason: '预警解除' },
    { mode: 'emergency', since: after(1), until: after(3), by: '赵磊', reason: '红色预警' },
    { mode: 'normal', until: after(1), by: '赵磊', reason: null },
  ]);
});

test('转战时只转一次：再发一遍没有变化，已经是了就拒绝，平时不能再“转回平时”', async () => {
  const id = await setUp();
  const command = randomUUID();
  const begin = () => sun.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '汛情紧急' }, command);
  expect((await begin()).status).toBe(200);
  expect((await begin()).status).toBe(200);
  expect((await seen(id)).periods).toHaveLength(1);
  const again = await zhao.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '再转一次' });
  expect([again.status, again.body.code]).toEqual([409, 'checkpoint.emergency_already']);
  const end = randomUUID();
  const back = () => sun.post(`/api/checkpoints/${id}/end-emergency`, { reason: '汛情过去' }, end);
  clock.moveTo(new Date(clock.now().getTime() + HOUR));
  expect([(await back()).status, (await back()).status]).toEqual([200, 200]);
  const twice = await sun.post(`/api/checkpoints/${id}/end-emergency`, { reason: '又转一次' });
  expect([twice.status, twice.body.code]).toEqual([409, 'checkpoint.normal_already']);
  expect((await sun.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '无' })).status).toBe(422);
});

test('同时转的两个人，只有一个转成', async () => {
  const id = await setUp();
  const both = await Promise.all(
    [sun, zhao].map((who) => who.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '红色预警' })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('规则从现在起改，旧的留着；没变的不另记一条', async () => {
  const id = await setUp();
  clock.moveTo(new Date(clock.now().getTime() + HOUR));
  const command = randomUUID();
  const form = changed({ rules: { normal: { ...quiet, disinfectMin: 240 }, emergency: strict } });
  expect((await sun.post(`/api/checkpoints/${id}/change`, form, command)).status).toBe(200);
  expect((await sun.post(`/api/checkpoints/${id}/change`, form, command)).status).toBe(200);
  const { rules } = await seen(id);
  const said = rules.map((one: { mode: string; until: string | null; rule: { disinfectMin: number | null } }) => [
    ...[one.mode, one.until === null, one.rule.disinfectMin],
  ]);
  expect(said).toEqual([
    ['normal', true, 240],
    ['normal', false, null],
    ['emergency', true, 120],
  ]);
});

test('要登记就得写为什么；不归自己管的地方设不了；撤了就不能再动', async () => {
  const noPurpose = await sun.post(
    '/api/checkpoints',
    wanted({ rules: { normal: quiet, emergency: { ...strict, purpose: ' ' } } }),
  );
  expect([noPurpose.status, noPurpose.body.code]).toEqual([422, 'checkpoint.wrong_rule']);
  expect(noPurpose.body.errors).toMatchObject([{ path: 'rules.emergency.purpose' }]);
  const tooLong = { normal: { ...quiet, keepDays: 61 }, emergency: strict };
  expect((await sun.post('/api/checkpoints', wanted({ rules: tooLong }))).status).toBe(422);
  const elsewhere = await luo.post('/api/checkpoints', wanted());
  expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'checkpoint.not_here']);
  expect((await wang.post('/api/checkpoints', wanted())).status).toBe(403);

  const id = await setUp();
  expect((await luo.get(`/api/checkpoints/${id}`)).status).toBe(404);
  expect((await luo.post(`/api/checkpoints/${id}/change`, changed())).status).toBe(404);
  expect((await luo.post(`/api/checkpoints/${id}/begin-emergency`, { reason: '别人家的卡口' })).status).toBe(404);
  expect((await luo.post(`/api/checkpoints/${id}/end-emergency`, { reason: '别人家的卡口' })).status).toBe(404);
  expect((await cao.post(`/api/checkpoints/${id}/close`)).status).toBe(403);
  const command = randomUUID();
  expect((await sun.post(`/api/checkpoints/${id}/close`, {}, command)).status).toBe(200);
  expect((await sun.post(`/api/checkpoints/${id}/close`, {}, command)).status).toBe(200);
  for (const [act, body] of [
    ['close', {}],
    ['change', changed()],
    ['begin-emergency', { reason: '红色预警' }],
  ] as const) {
    const refused = await sun.post(`/api/checkpoints/${id}/${act}`, body);
    expect([act, refused.status, refused.body.code]).toEqual([act, 409, 'checkpoint.closed']);
  }
  expect((await seen(id)).can.every(({ allowed }: { allowed: boolean }) => !allowed)).toBe(true);
});
