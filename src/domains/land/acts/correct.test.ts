import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { area, refusesToTake, report, step } from '../../../../test/telling.ts';
import type { Point } from '../../../kernel/geo.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { verifyCasefiles } from '../../work/casefiles/verify.views.ts';
import { followSweep } from './index.ts';

/*
 * Two grids of 500 m side by side, 二运第一 west of 112.905 and 二运第二 east of it. The border between them is drawn
 * anew, and what lies on land that changes hands goes with the land.
 */
const county = await openCounty();
const { as, anyone, sql, runtime } = county;
const admin = await as('管理员');
const [first, second] = [area('station-1'), area('station-2')];

/** A grid from one meridian to another, in thousandths of a degree east of 112.9. */
const between = (west: number, east: number, north = 5) => {
  const ring: Point[] = [
    [112.9 + west / 1000, 28.1],
    [112.9 + east / 1000, 28.1],
    [112.9 + east / 1000, 28.1 + north / 1000],
    [112.9 + west / 1000, 28.1 + north / 1000],
    [112.9 + west / 1000, 28.1],
  ];
  return { type: 'Polygon', coordinates: [ring] };
};
const correct = (id: string, form: object, commandId?: string) =>
  admin.post(`/api/areas/${id}/correct`, form, commandId);
const previewed = async (id: string, form: object) => (await admin.post(`/api/areas/${id}/correct/preview`, form)).body;
const at = (east: number): object => ({ place: { lon: 112.9 + east / 1000, lat: 28.1031, words: '某处' } });
async function closedCase(east: number): Promise<string> {
  const { id } = await report(anyone, at(east));
  await step(await as('何静'), id, 'decline', { outcome: 'out_of_scope', publicText: '不属于受理范围' });
  return id;
}
const sees = async (name: string, id: string): Promise<boolean> =>
  (await (await as(name)).get(`/api/casefiles/${id}`)).status === 200;
const numberOf = async (table: 'casefile' | 'area', id: string): Promise<number> => {
  const column = table === 'area' ? 'no' : 'scope_no';
  return Number((await sql<{ n: number }>(`select ${column} as n from ${table} where id = $1`, [id]))[0]?.n);
};
const lies = async (id: string): Promise<string> => {
  const [no, one, two] = [
    await numberOf('casefile', id),
    await numberOf('area', first),
    await numberOf('area', second),
  ];
  return no === one ? 'first' : no === two ? 'second' : 'elsewhere';
};
const sweep = async () => {
  while ((await followSweep.run(runtime, 1, throwFault)) > 0);
};
const verified = async () => (await verifyCasefiles(runtime, 1, () => undefined)).faults;
const borderOf = async (id: string) => (await anyone.get(`/api/areas/${id}`)).body.boundary;

describe('拒绝，什么也不变', () => {
  it.each([
    ['和邻居重叠，邻居没有说让', { boundary: between(0, 6) }, 409, 'area.border_overlaps'],
    ['邻居就什么也不剩了', { boundary: between(0, 10), fromIds: [second] }, 422, 'area.swallowed'],
    ['自己交叉', { boundary: crossed() }, 422, 'area.border_crosses'],
    ['和现在一样', { boundary: between(0, 5) }, 409, 'area.there_already'],
    ['让地的不是同一层级', { boundary: between(0, 6), fromIds: [area('east')] }, 422, 'area.not_beside'],
    ['接地的没有边界', { boundary: between(0, 4), toId: area('tower-1') }, 422, 'area.not_beside'],
    ['将来的日期', { boundary: between(0, 4), on: '2030-01-01' }, 422, 'area.act_in_future'],
    ['太早的日期', { boundary: between(0, 4), on: '2020-01-01' }, 422, 'area.act_too_early'],
    ['围不出面积', { boundary: between(0, 0) }, 422, 'border.degenerate'],
  ])('%s', async (_name, form, status, code) => {
    const before = await borderOf(first);
    await refusesToTake(admin, `/api/areas/${first}/correct`, form, status, code);
    await refusesToTake(admin, `/api/areas/${first}/correct/preview`, form, status, code);
    expect(await borderOf(first)).toEqual(before);
  });

  it('重叠说得出和谁、多少平方米', async () => {
    const { body } = await correct(first, { boundary: between(0, 6) });
    expect(body.title).toContain('“二运第二网格”');
    // 0.001° of longitude at 28.1° N by 0.005° of latitude.
    expect(Number(/(\d+) 平方米/.exec(body.title)?.[1])).toBeCloseTo(98.2 * 556.6, -3);
  });

  it('没有这个区域、不是管理员', async () => {
    const form = { boundary: between(0, 4) };
    await refusesToTake(admin, `/api/areas/${randomUUID()}/correct`, form, 404, 'area.not_found');
    expect((await (await as('何静')).post(`/api/areas/${first}/correct`, form)).status).toBe(403);
  });
});

describe('边界向西退：让出的归第二网格', () => {
  const form = { boundary: between(0, 3), toId: second };

  it('先看：几件跟着走、几户、地有多大、谁的新边界；什么也不变。办了：未结当时走，已结随后；流水对得上', async () => {
    const [stays, goes] = [(await report(anyone, at(1))).id, (await report(anyone, at(4))).id];
    const [restsHere, restsThere] = [await closedCase(2), await closedCase(4.5)];
    const seen = await previewed(first, form);
    expect(seen.shares).toEqual([{ table: 'casefile', fromId: first, toId: second, open: 1, closed: 1 }]);
    expect(seen.records).toEqual([{ table: 'casefile', open: 1, closed: 1, nowhere: 0 }]);
    expect(seen.land).toMatchObject({ gainedM2: 0, gapM2: 0, gap: null, passes: [{ fromId: first, toId: second }] });
    expect(seen.land.lostM2).toBeCloseTo(2 * 98.2 * 556.6, -3);
    expect(seen.borders.map(({ areaId }: { areaId: string }) => areaId)).toEqual([first, second]);
    expect([await lies(goes), await sees('王秀兰', goes), await sees('吴芳', goes)]).toEqual(['first', true, false]);

    const done = await correct(first, form);
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200, body: { areaId: first, opened: [] } });
    expect([await lies(stays), await lies(goes)]).toEqual(['first', 'second']);
    const asked = async (id: string) => [await sees('王秀兰', id), await sees('吴芳', id), await sees('孙丽', id)];
    expect(await asked(stays)).toEqual([true, false, true]);
    expect(await asked(goes)).toEqual([false, true, true]);
    expect(await asked(restsThere), '等待期间只有上级看得到').toEqual([false, false, true]);
    expect(await verified()).toEqual([]);
    await sweep();
    expect([await lies(restsHere), await lies(restsThere)]).toEqual(['first', 'second']);
    expect(await asked(restsThere)).toEqual([false, true, true]);
    expect(await verified()).toEqual([]);
    const story = (await (await as('吴芳')).get(`/api/casefiles/${goes}`)).body.story;
    expect(story.length, '改界以前写下的经过新网格也看得到').toBeGreaterThan(0);
    expect((await anyone.get(`/api/locate?lon=112.904&lat=28.103`)).body.area.id).toBe(second);
  });

  it('再画回来，案卷跟着回来；网格员照样进得来，岗位没有动', async () => {
    const [moved] = await sql<{ id: string }>(
      `select id from casefile where lon between 112.9039 and 112.9041 limit 1`,
    );
    const back = await correct(first, { boundary: between(0, 5), fromIds: [second] });
    expect(back, JSON.stringify(back.body)).toMatchObject({ status: 200 });
    expect(await lies(moved?.id ?? '')).toBe('first');
    expect(await verified()).toEqual([]);
    await sweep();
    expect(await verified()).toEqual([]);
    expect(await sees('王秀兰', moved?.id ?? '')).toBe(true);
    expect(await borderOf(second)).toMatchObject({ type: 'Polygon' });
    expect((await anyone.get(`/api/locate?lon=112.906&lat=28.103`)).body.area.id).toBe(second);
  });

  it('还没有跟上就又改了一次：最后各在各的地方', async () => {
    const rests = await closedCase(4.2);
    expect((await correct(first, { boundary: between(0, 4), toId: second })).status).toBe(200);
    expect((await correct(second, { boundary: between(4.5, 10), toId: first })).status).toBe(200);
    await sweep();
    expect(await lies(rests)).toBe('first');
    expect(await verified()).toEqual([]);
  });

  it('同一操作办两次：同一个回答，一笔流水，再无变化', async () => {
    const id = randomUUID();
    const again = { boundary: between(0, 4), toId: second };
    const done = await correct(first, again, id);
    const border = await borderOf(second);
    expect(await correct(first, again, id)).toMatchObject({ status: 200, body: done.body });
    expect(await borderOf(second)).toEqual(border);
    expect(await sql(`select 1 from entry where command_id = $1 and kind = 'area.corrected'`, [id])).toHaveLength(1);
  });
});

it('退出来的地谁也不接：说留下多大的空档，照办；案卷留在原来的网格', async () => {
  const { id } = await report(anyone, at(1));
  const form = { boundary: between(2, 4) };
  const seen = await previewed(first, form);
  expect(seen.land.gapM2).toBeCloseTo(2 * 98.2 * 556.6, -3);
  expect(seen.land.gap).toMatchObject({ type: 'Polygon' });
  expect(seen.shares).toEqual([]);
  expect((await correct(first, form)).status).toBe(200);
  expect(await lies(id)).toBe('first');
  expect(await verified()).toEqual([]);
});

it('没有案卷的网格改界不换号：反复画也用不完', async () => {
  const grid = area('ferry-2');
  const before = await numberOf('area', grid);
  const border = await borderOf(grid);
  const [west] = border.coordinates[0][0];
  const inward = {
    ...border,
    coordinates: [border.coordinates[0].map(([x, y]: Point) => [Math.max(x, west + 0.001), y])],
  };
  expect((await correct(grid, { boundary: inward, toId: area('ferry-1') })).status).toBe(200);
  expect(await numberOf('area', grid)).toBe(before);
});

it('改过界的网格再拆分：以前的案卷还找得到自己的一块', async () => {
  const rests = await closedCase(4.8);
  const [south, north] = [randomUUID(), randomUUID()];
  const half = (from: number, to: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        ...[
          [112.904, from],
          [112.91, from],
          [112.91, to],
          [112.904, to],
          [112.904, from],
        ],
      ],
    ],
  });
  const split = await admin.post(`/api/areas/${second}/split`, {
    parts: [
      { id: south, name: '二运南网格', code: '439901001001811', boundary: half(28.1, 28.102) },
      { id: north, name: '二运北网格', code: '439901001001812', boundary: half(28.102, 28.105) },
    ],
    restId: south,
  });
  expect(split, JSON.stringify(split.body)).toMatchObject({ status: 200 });
  await sweep();
  expect(await numberOf('casefile', rests)).toBe(await numberOf('area', north));
  expect(await verified()).toEqual([]);
});

it('案卷多、边界长的也来得及：一步最多一分钟，别的请求照旧', async () => {
  await sql(`create table time_allowed (at text)`);
  await sql('grant insert on time_allowed to jingwei_app');
  await sql(`create function note_time() returns trigger language plpgsql as
    'begin insert into time_allowed values (current_setting(''statement_timeout'')); return new; end'`);
  await sql('create trigger note_time after update on area_version for each statement execute function note_time()');
  const renamed = await admin.post(`/api/areas/${area('ferry-2')}/rename`, { name: '渡口宽限网格' });
  await sql('drop trigger note_time on area_version');
  expect(renamed).toMatchObject({ status: 200 });
  expect([...new Set((await sql<{ at: string }>('select at from time_allowed')).map(({ at }) => at))]).toEqual([
    '1min',
  ]);
});

function crossed() {
  const { coordinates } = between(0, 4);
  const [[a, b, c, d] = []] = coordinates as [Point[]];
  return { type: 'Polygon', coordinates: [[a, c, b, d, a]] };
}
