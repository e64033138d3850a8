import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../test/harness.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, DAY, HOUR, person } from '../../../../test/telling.ts';

const county = await openCounty();
const { as, anyone, clock, sql } = county;
const people: Record<string, Caller> = {};
const by = (name: string): Caller => people[name] as Caller;

beforeAll(async () => {
  for (const name of ['孙丽', '高明', '赵磊', '郑海', '王秀兰', '田青', '邵英', '管理员', '何静', '李建国', '周工'])
    people[name] = await as(name);
});

const form = (changes: object = {}) => ({
  id: randomUUID(),
  areaIds: [area('park')],
  words: '明天 8 点到 12 点停水，请提前备水。',
  public: true,
  untilAt: new Date(clock.now().getTime() + 6 * HOUR).toISOString(),
  ...changes,
});
const issue = async (name: string, changes: object = {}): Promise<string> => {
  const notice = form(changes);
  expect(await by(name).post('/api/notices', notice), JSON.stringify(notice)).toMatchObject({ status: 200 });
  return notice.id;
};
const told = async (id: string): Promise<{ name: string; area: string; readAt: string | null }[]> =>
  (await by('赵磊').get(`/api/notices/${id}/told`)).body;
const namesTold = async (id: string): Promise<string[]> =>
  [...new Set((await told(id)).map(({ name }) => name))].sort();
const sorted = (...names: string[]): string[] => names.sort();

describe('按区域发通知', () => {
  it('告诉这里和下面每一级有岗位的人，别处的一个也不告诉', async () => {
    const leads = ['邵英', '龚平', '汤云', '贺芬', '孔林', '白梅', '崔刚', '康静'];
    expect(await namesTold(await issue('高明'))).toEqual(sorted('高明', '郑海', ...leads));
  });

  it('只发到一个网格：只有这个网格和楼栋的人', async () => {
    expect(await namesTold(await issue('孙丽', { areaIds: [area('station-1')] }))).toEqual(sorted('王秀兰', '李建国'));
  });

  it('发到几个区域，套着的、重复写的，每人每处只告诉一次', async () => {
    const notice = form({ areaIds: [area('station'), area('station-2'), area('station-2'), area('station-3')] });
    const { body } = await by('孙丽').post('/api/notices', notice);
    const rows = await told(notice.id);
    expect(new Set(rows.map(({ name, area: where }) => `${name} ${where}`)).size).toBe(rows.length);
    expect([...new Set(rows.map(({ name }) => name))].sort()).toEqual(sorted('孙丽', '王秀兰', '李建国', '吴芳'));
    expect(body.told).toBe(rows.length);
  });

  it('包保的人也告诉；应急才包的，平时不告诉；不再包的不告诉', async () => {
    const charge = (login: string, mode: string) => ({
      id: randomUUID(),
      areaId: area('station-1'),
      personId: person(login),
      rank: 'paired',
      mode,
      charge: '包保',
    });
    await by('管理员').post('/api/responsibilities', charge('zhougong', 'normal'));
    await by('管理员').post('/api/responsibilities', charge('shian', 'emergency'));
    await by('管理员').post('/api/responsibilities', charge('lufa', 'normal'));
    await sql(
      `update responsibility set held = tstzrange(lower(held) - interval '2 days', lower(held) - interval '1 day') where person_id = $1`,
      [person('lufa')],
    );
    expect(await namesTold(await issue('孙丽', { areaIds: [area('station-1')] }))).toEqual(
      sorted('王秀兰', '李建国', '周工'),
    );
    expect(await namesTold(await issue('高明', { areaIds: [area('park-2')] }))).toEqual(['郑海']);
  });

  it('免职以后不再告诉，新任的告诉', async () => {
    const [post] = (await by('管理员').get(`/api/areas/${area('ferry-1')}/posts`)).body;
    await by('管理员').post('/api/holdings/end', { postId: post.id, personId: person('tianqing') });
    clock.advance(1000);
    expect(await namesTold(await issue('赵磊', { areaIds: [area('ferry-1')] }))).toEqual([]);
    await by('管理员').post('/api/holdings', { id: randomUUID(), postId: post.id, personId: person('tianqing') });
    clock.advance(1000);
    expect(await namesTold(await issue('赵磊', { areaIds: [area('ferry-1')] }))).toEqual(['田青']);
  });

  it('全县：有岗位的人都告诉，单位里的人不因此告诉', async () => {
    const names = await namesTold(await issue('赵磊', { areaIds: [area('county')] }));
    expect(names).toContain('陈敏');
    expect(names).toContain('邵英');
    expect(names).not.toContain('冯电');
  });

  it.each([
    ['别的社区', '孙丽', ['park']],
    ['自己的加上别人的', '孙丽', ['station', 'park']],
    ['自己上面的街道', '孙丽', ['east']],
    ['别的网格', '李建国', ['station-2']],
  ])('%s:不是自己管的，一条也不发', async (_what, name, keys) => {
    const before = (await sql('select 1 from notice')).length;
    const reply = await by(name).post('/api/notices', form({ areaIds: keys.map(area) }));
    expect(reply).toMatchObject({
      status: 403,
      body: { code: 'notice.not_your_area', title: '有的区域不在您的管辖范围内' },
    });
    expect((await sql('select 1 from notice')).length).toBe(before);
  });

  it.each(['郑海', '管理员', '周工'])('%s 的岗位不发通知', async (name) => {
    expect((await by(name).post('/api/notices', form())).body.code).toBe('account.not_for_you');
  });

  it.each([
    ['截止时间已过', { untilAt: '2020-01-01T00:00:00Z' }, 'notice.over_already'],
    ['没有的区域', { areaIds: [randomUUID()] }, 'area.not_found'],
    ['一个区域也没选', { areaIds: [] }, 'input.invalid'],
    ['没有内容', { words: '   ' }, 'input.invalid'],
    ['太长', { words: '长'.repeat(501) }, 'input.invalid'],
    ['时间不成样子', { untilAt: '明天' }, 'input.invalid'],
    ['二月三十号', { untilAt: '2027-02-30T00:00:00Z' }, 'input.invalid'],
  ])('%s:说清楚，不发', async (_what, changes, code) => {
    expect((await by('高明').post('/api/notices', form(changes))).body.code).toBe(code);
  });

  it('重复提交：只发一次，只告诉一次', async () => {
    const [notice, commandId] = [form(), randomUUID()];
    const first = await by('高明').post('/api/notices', notice, commandId);
    const rows = (await told(notice.id)).length;
    expect((await by('高明').post('/api/notices', notice, commandId)).body).toEqual({ ...first.body, repeated: true });
    expect((await told(notice.id)).length).toBe(rows);
  });

  it('同一个编号再发一条：说编号用过', async () => {
    const id = await issue('高明');
    expect(await by('高明').post('/api/notices', form({ id }))).toMatchObject({
      status: 409,
      body: { code: 'command.id_taken' },
    });
  });
});

describe('读到的人', () => {
  it('只有被通知的人看到未读；读了就没有了，再读一次也没事', async () => {
    const id = await issue('孙丽', { areaIds: [area('station-1')], words: '只给一网格' });
    const unread = async (name: string) =>
      (await by(name).get('/api/notices/unread')).body.map((one: { id: string }) => one.id);
    expect(await unread('王秀兰')).toContain(id);
    expect(await unread('田青')).not.toContain(id);
    expect((await by('王秀兰').post(`/api/notices/${id}/read`)).body).toEqual({ read: 1 });
    expect((await by('王秀兰').post(`/api/notices/${id}/read`)).body).toEqual({ read: 0 });
    expect(await unread('王秀兰')).not.toContain(id);
    const read = (await told(id)).filter(({ readAt }) => readAt !== null).map(({ name }) => name);
    expect(read).toEqual(['王秀兰']);
  });

  it('没有通知到的人、没有的通知：读了也不算，台账里不留一笔', async () => {
    const id = await issue('孙丽', { areaIds: [area('station-1')] });
    const before = (await sql(`select 1 from entry where kind = 'notice.read'`)).length;
    expect((await by('田青').post(`/api/notices/${id}/read`)).body.read ?? 0).toBe(0);
    await by('田青').post(`/api/notices/${randomUUID()}/read`);
    expect((await sql(`select 1 from entry where kind = 'notice.read'`)).length).toBe(before);
  });

  it('没有的通知查不到通知了谁', async () => {
    expect((await by('赵磊').get(`/api/notices/${randomUUID()}/told`)).body.code).toBe('notice.not_found');
  });
});

describe('公开的通知', () => {
  const seen = async (areaKey?: string): Promise<string[]> =>
    (await anyone.get(`/api/notices${areaKey ? `?areaId=${area(areaKey)}` : ''}`)).body.map(
      (one: { id: string }) => one.id,
    );

  it('不公开的，不登录看不到', async () => {
    const id = await issue('高明', { public: false });
    expect(await seen()).not.toContain(id);
    expect((await by('郑海').get('/api/notices/unread')).body.map((one: { id: string }) => one.id)).toContain(id);
  });

  it('盖住这里、就在这里、在这里面的都看得到，旁边的看不到', async () => {
    const [above, exact, within, beside] = [
      await issue('赵磊', { areaIds: [area('east')] }),
      await issue('高明', { areaIds: [area('park')] }),
      await issue('高明', { areaIds: [area('park-1')] }),
      await issue('孙丽', { areaIds: [area('station')] }),
    ];
    const here = await seen('park');
    expect([above, exact, within].filter((id) => !here.includes(id))).toEqual([]);
    expect(here).not.toContain(beside);
  });

  it('到时间、撤下以后就没有了', async () => {
    const [over, withdrawn] = [
      await issue('高明', { untilAt: new Date(clock.now().getTime() + HOUR).toISOString() }),
      await issue('高明'),
    ];
    expect(await seen()).toEqual(expect.arrayContaining([over, withdrawn]));
    expect((await by('孙丽').post(`/api/notices/${withdrawn}/withdraw`)).body.code).toBe('notice.not_your_area');
    expect((await by('高明').post(`/api/notices/${withdrawn}/withdraw`)).body).toEqual({ withdrawn: 1 });
    expect((await by('高明').post(`/api/notices/${withdrawn}/withdraw`)).body).toEqual({ withdrawn: 0 });
    expect(await seen()).not.toContain(withdrawn);
    clock.advance(HOUR);
    expect(await seen()).not.toContain(over);
    expect((await by('郑海').get('/api/notices/unread')).body.map((one: { id: string }) => one.id)).not.toContain(
      withdrawn,
    );
    expect((await by('高明').post(`/api/notices/${randomUUID()}/withdraw`)).body.code).toBe('notice.not_found');
  });

  it('公开页上有，内容里的尖括号原样显示', async () => {
    await issue('高明', { words: '<b>停水</b><script>alert(1)</script>' });
    const { body } = await anyone.get<string>('/notices');
    expect(body).toMatch(/&(lt|#60|#x3c);script/i);
    expect(body).not.toContain('<script>alert');
    expect(body).toContain('青园社区');
  });

  it('以前的：结束了的、撤下的公开通知查得到，在发的、不公开的、旁边的不在里面', async () => {
    const soon = new Date(clock.now().getTime() + HOUR).toISOString();
    const [over, withdrawn, inForce, hidden, beside] = [
      await issue('高明', { untilAt: soon, words: '早上停水' }),
      await issue('高明'),
      await issue('高明'),
      await issue('高明', { untilAt: soon, public: false }),
      await issue('孙丽', { areaIds: [area('station')], untilAt: soon }),
    ];
    await by('高明').post(`/api/notices/${withdrawn}/withdraw`);
    clock.advance(2 * HOUR);
    const earlier = (await anyone.get(`/api/notices/earlier?areaId=${area('park')}`)).body;
    const ids = earlier.map((one: { id: string }) => one.id);
    expect(ids).toEqual(expect.arrayContaining([over, withdrawn]));
    expect([inForce, hidden, beside].filter((id) => ids.includes(id))).toEqual([]);
    expect(earlier.find((one: { id: string }) => one.id === withdrawn).withdrawnAt).toEqual(expect.any(String));
  });

  it('另一个县的人看不到', async () => {
    const id = await issue('赵磊', { areaIds: [area('county')], public: false });
    const other = await as('赵磊', 2);
    expect((await other.get(`/api/notices/${id}/told`)).body.code).toBe('notice.not_found');
    clock.advance(DAY);
  });
});

describe('发之前先看、发了以后看得到', () => {
  const preview = (name: string, areaIds: string[]) =>
    by(name).post('/api/notices/preview', { commandId: randomUUID(), areaIds });
  const covering = async (name: string) => (await by(name).get('/api/notices/covering')).body;

  it('先看的人数就是发出去的人数；不是自己的区域，先看也不行', async () => {
    const seen = await preview('孙丽', [area('station')]);
    expect(seen).toMatchObject({ status: 200, body: { areas: 1, grids: 3 } });
    const id = await issue('孙丽', { areaIds: [area('station')] });
    expect(seen.body.people).toBe((await namesTold(id)).length);
    expect(await preview('孙丽', [area('park')])).toMatchObject({
      status: 403,
      body: { title: expect.stringContaining('不在您的管辖范围') },
    });
    expect((await preview('王秀兰', [area('station-1')])).status).toBe(403);
  });

  it('看得到通知了几个人、几个人看了；别处的不列；撤了的写着撤了，不能再撤', async () => {
    const id = await issue('孙丽', { areaIds: [area('station-1')], public: false });
    const mine = async (name: string) => (await covering(name)).find((one: { id: string }) => one.id === id);
    const all = (await namesTold(id)).length;
    expect(await mine('孙丽')).toMatchObject({ told: all, read: 0, mayWithdraw: true, withdrawnAt: null });
    await by('王秀兰').post(`/api/notices/${id}/read`, { commandId: randomUUID() });
    expect(await mine('孙丽')).toMatchObject({ told: all, read: 1 });
    expect(await mine('高明'), '另一个社区').toBeUndefined();
    await by('孙丽').post(`/api/notices/${id}/withdraw`, { commandId: randomUUID() });
    expect(await mine('孙丽')).toMatchObject({ mayWithdraw: false, withdrawnAt: expect.any(String) });
  });

  it('上级发的，社区看得到、撤不了；一个月前结束的不再列', async () => {
    const id = await issue('赵磊', { areaIds: [area('east')] });
    const at = async () => (await covering('孙丽')).find((one: { id: string }) => one.id === id);
    expect(await at()).toMatchObject({ mayWithdraw: false });
    clock.advance(32 * DAY);
    expect(await at()).toBeUndefined();
  });
});
