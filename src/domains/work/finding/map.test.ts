import { describe, expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area, body, report, step } from '../../../../test/telling.ts';
import { openTile, type Told, tileOver } from '../../../../test/tiles.ts';

/* The map: squares with the cases that the caller may read, and beside it the same as a list. */
const county = await openCounty();
const { as, anyone, clock } = county;
const [he, chen, wang, tian, zhou] = [
  await as('何静'),
  await as('陈敏'),
  await as('王秀兰'),
  await as('田青'),
  await as('周工'),
];
const zhaoElsewhere = await as('赵磊', 2);
const { lon, lat } = inside(0, 0);
const ferry = inside(0, 3);

const marks = async (by: Caller, zoom: number, at = { lon, lat }): Promise<readonly Told[]> => {
  const { layers } = await openTile(by, `/api/tiles/cases/${tileOver([at.lon, at.lat], zoom)}`);
  return layers.cases ?? [];
};
const named = (found: readonly Told[]): string[] =>
  found.flatMap(({ id, ids }) => (id === undefined ? String(ids ?? '').split(',') : [String(id)])).filter(Boolean);
const counted = (found: readonly Told[]): number => found.reduce((sum, { cases }) => sum + Number(cases ?? 1), 0);
const everywhere = async (by: Caller): Promise<string[]> =>
  (await Promise.all([marks(by, 18), marks(by, 15), marks(by, 18, ferry), marks(by, 15, ferry)])).flatMap(named);
const look = async (by: Caller, query = '') => (await by.get(`/api/map/area?${query}`)).body;

describe('案卷的方块', () => {
  test('一件一件，或者挤在一起成一个数；什么样子、什么状态，跟案卷一样', async () => {
    const before = counted(await marks(wang, 10));
    const one = await report(anyone, { place: { lon: lon + 0.0011, lat, words: '二运巷口' } });
    const [mark] = (await marks(wang, 18, { lon: lon + 0.0011, lat })).filter(({ id }) => id === one.id);
    expect(mark).toMatchObject({ kind: 'unclassified', state: 'running', zh: expect.stringContaining('二运巷口') });
    await step(he, one.id, 'register', { conditionCode: 'road-sunken-passable' });
    const [sorted] = (await marks(wang, 18, { lon: lon + 0.0011, lat })).filter(({ id }) => id === one.id);
    expect(sorted).toMatchObject({ kind: 'component', zh: '路面塌陷（二运巷口）', en: expect.any(String) });
    for (let i = 0; i < 3; i += 1) await report(anyone);
    const far = await marks(wang, 10);
    expect(counted(far)).toBe(before + 4);
    expect(far.some(({ cases }) => Number(cases) > 1)).toBe(true);
    // Far away nobody is named, near by those are whom coming nearer would not part.
    expect(far.every(({ ids }) => ids === undefined)).toBe(true);
    expect(named(await marks(wang, 18)).length).toBeGreaterThanOrEqual(3);
  });

  test('超期的数在里面；状态跟着钟走，不用谁改', async () => {
    const said = await report(anyone, { place: { lon: lon - 0.0012, lat, words: '桥头' } });
    const at = { lon: lon - 0.0012, lat };
    const state = async () => (await marks(he, 18, at)).find(({ id }) => id === said.id)?.state;
    expect(await state()).toBe('running');
    const late = (await look(he)).late;
    clock.advance(40 * 86_400_000);
    expect(await state()).toBe('late');
    expect((await look(he)).late).toBeGreaterThan(late);
    await step(he, said.id, 'decline', { outcome: 'not_found', publicText: '现场没有发现' });
    // What is over stands no longer on the map.
    expect(await state()).toBeUndefined();
  });

  test('没有案卷的方块是空的；不是方块的说没有', async () => {
    expect(await marks(wang, 18, { lon: 100, lat: 20 })).toEqual([]);
    for (const name of ['x', '12-1', '19-0-0', '3-9-0', '3-0-8', '-1-0-0', '99-1-1']) {
      const refused = await wang.get(`/api/tiles/cases/${name}`);
      expect([refused.status, refused.body.code], name).toEqual([404, 'area.no_tile']);
    }
  });
});

describe('方块不透露自己看不到的', () => {
  test('没有登录、不办案的岗位：没有；别的乡镇、别的县：没有这一件', async () => {
    const name = tileOver([lon, lat], 18);
    expect((await anyone.get(`/api/tiles/cases/${name}`)).status).toBe(401);
    for (const role of ['管理员', '审计员'] as const)
      expect((await (await as(role)).get(`/api/tiles/cases/${name}`)).status).toBe(403);
    const said = await report(anyone);
    expect(await everywhere(wang)).toContain(said.id);
    for (const by of [tian, await as('丁一'), zhou, zhaoElsewhere]) {
      expect(await everywhere(by)).not.toContain(said.id);
      expect((await by.get(`/api/map/cases?ids=${said.id}`)).body).toEqual([]);
    }
    const there = await report(anyone, { place: { ...ferry, words: '渡口' } });
    expect(await everywhere(tian)).toContain(there.id);
    expect(await everywhere(wang)).not.toContain(there.id);
  });

  test('给到单位的，那个单位看得到', async () => {
    const said = await report(anyone);
    await step(he, said.id, 'register', { conditionCode: 'road-sunken-passable' });
    expect(await everywhere(zhou)).not.toContain(said.id);
    await step(chen, said.id, 'dispatch', { bodyId: body('water') });
    expect(await everywhere(zhou)).toContain(said.id);
  });

  test('保密的：圈子外的人在任何一级的方块、数和列表里都找不到', async () => {
    const form = { words: '保密', confidential: true, place: { ...inside(1, 0), words: '槐树巷' }, channel: 'visit' };
    const outside = ['王秀兰', '孙丽', '吴芳', '赵磊', '田青', '周工'] as const;
    const seenBy = async (by: Caller) => ({
      numbers: await Promise.all([6, 10, 13, 15, 18].map(async (zoom) => counted(await marks(by, zoom, inside(1, 0))))),
      listed: (await look(by)).cases.map(({ id }: { id: string }) => id),
      cases: (await look(by)).cases,
    });
    const before = new Map(await Promise.all(outside.map(async (who) => [who, await seenBy(await as(who))] as const)));
    const said = await report(await as('宋洁'), form, '/api/casefiles');
    for (const who of outside) {
      const by = await as(who);
      const may = (await by.get(`/api/casefiles/${said.id}`)).status === 200;
      expect({ who, may }).toEqual({ who, may: false });
      expect(await seenBy(by)).toEqual(before.get(who));
      expect((await by.get(`/api/map/cases?ids=${said.id}`)).body).toEqual([]);
    }
    const inCircle = await as('宋洁');
    expect((await inCircle.get(`/api/casefiles/${said.id}`)).status).toBe(200);
    expect(named(await marks(inCircle, 18, inside(1, 0)))).toContain(said.id);
    expect((await look(inCircle)).cases.map(({ id }: { id: string }) => id)).toContain(said.id);
  });

  test('存着的方块不能给别人用：标记是内容的标记', async () => {
    await report(anyone);
    const path = `/api/tiles/cases/${tileOver([lon, lat], 12)}`;
    const { etag } = await openTile(wang, path);
    expect((await wang.get(path, { 'if-none-match': etag })).status).toBe(304);
    const other = await tian.get(path, { 'if-none-match': etag });
    expect([other.status, other.headers.etag === etag]).toEqual([200, false]);
    await report(anyone, { place: { lon: lon + 0.0003, lat: lat + 0.0003 } });
    expect((await wang.get(path, { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('地图旁边的列表', () => {
  test('下级各有几件、超期几件，加起来和列表一样；先到期的在前', async () => {
    const top = await look(await as('赵磊'));
    expect(top.below.map(({ areaId }: { areaId: string }) => areaId).sort()).toEqual(
      [area('east'), area('river')].sort(),
    );
    const east = await look(he, `areaId=${area('east')}&most=200`);
    const sum = east.below.reduce((total: number, { cases }: { cases: number }) => total + cases, 0);
    expect(sum).toBe(east.cases.length);
    const due = east.cases.map(({ clock: c }: { clock: { dueAt: string } | null }) => c?.dueAt ?? '9');
    expect(due).toEqual([...due].sort());
    const list = await he.get('/api/casefiles?most=200');
    const ids = list.body.map(({ id }: { id: string }) => id);
    for (const { id } of east.cases) expect(ids).toContain(id);
  });

  test('只有区域没有坐标的，在列表里，说得出几件', async () => {
    const before = await look(wang, `areaId=${area('station-1')}`);
    await report(anyone, { place: { areaId: area('station-1'), words: '巷子里' } });
    const after = await look(wang, `areaId=${area('station-1')}`);
    expect(after.unplaced).toBe(before.unplaced + 1);
    expect(after.below).toEqual([]);
    expect(after.box).toEqual([112.9, 28.1, 112.905, 28.105]);
  });

  test('没有的区域、写坏的编号，说得清楚', async () => {
    const gone = await he.get('/api/map/area?areaId=0197f3a2-5c1e-7b44-9d2a-3f8e6c1b7a90');
    expect([gone.status, gone.body.code]).toEqual([404, 'area.not_found']);
    expect((await he.get('/api/map/cases?ids=x')).status).toBe(422);
  });
});

describe('区域的方块', () => {
  test('各级的边界和名字；没有画边界的乡镇，用下级拼出来', async () => {
    const { layers, etag } = await openTile(wang, `/api/tiles/areas/${tileOver([lon, lat], 13)}`);
    const names = (level: string) => (layers.names ?? []).filter((one) => one.level === level).map(({ name }) => name);
    expect(names('town')).toContain('城东街道');
    expect(names('grid')).toContain('二运第一网格');
    const shape = (layers.areas ?? []).find(({ id }) => id === area('station-1'));
    expect(shape).toEqual({ id: area('station-1'), parent: area('station'), level: 'grid', name: '二运第一网格' });
    const far = await openTile(wang, `/api/tiles/areas/${tileOver([lon, lat], 6)}`);
    expect((far.layers.areas ?? []).map(({ level }) => level)).not.toContain('grid');
    expect((far.layers.areas ?? []).map(({ level }) => level)).toContain('county');
    const path = `/api/tiles/areas/${tileOver([lon, lat], 13)}`;
    expect((await wang.get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await anyone.get(path)).status).toBe(401);
    expect((await wang.get('/api/tiles/areas/x')).status).toBe(404);
  });

  test('区域变了，旧方块就不能再用', async () => {
    const path = `/api/tiles/areas/${tileOver([lon, lat], 13)}`;
    const { etag } = await openTile(wang, path);
    const renamed = await (await as('管理员')).post(`/api/areas/${area('station-1')}/rename`, { name: '二运一号网格' });
    expect(renamed.status, JSON.stringify(renamed.body)).toBe(200);
    const { layers } = await openTile(wang, path);
    expect((await wang.get(path, { 'if-none-match': etag })).status).toBe(200);
    expect((layers.names ?? []).map(({ name }) => name)).toContain('二运一号网格');
  });
});
