import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, DAY, refusesToTake, report, step } from '../../../../test/telling.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import { verifyCasefiles } from '../../work/casefiles/verify.views.ts';
import { filedUnder } from '../areas/index.ts';
import { followSweep } from './index.ts';

/** Merging into a new area, acts of an earlier day, zones by a border, and every act sent twice. */
const county = await openCounty();
const { as, anyone, sql, runtime, clock } = county;
const admin = await as('管理员');
const act = (path: string, form: object, commandId?: string) => admin.post(`/api/areas/${path}`, form, commandId);
const verified = async () => (await verifyCasefiles(runtime, 1, () => undefined)).faults;
const dayOf = (date: Date): string => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const scopeOf = async (id: string) =>
  (await sql<{ scope_no: number }>('select scope_no from casefile where id = $1', [id]))[0]?.scope_no;
const square = (west: number, east: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 28.1],
      [east, 28.1],
      [east, 28.105],
      [west, 28.105],
      [west, 28.1],
    ],
  ],
});

/** The same command again: the same answer, one entry, and the tree as it was after the first. */
async function twice(path: string, form: object): Promise<void> {
  const commandId = randomUUID();
  const tree = () =>
    Promise.all(
      ['area', 'area_version', 'area_heir', 'area_former_number', 'zone', 'zone_area', 'post', 'holding'].map((table) =>
        sql(`select * from ${table} t order by t::text`),
      ),
    );
  const first = await admin.post(path, form, commandId);
  expect(first, JSON.stringify(first.body)).toMatchObject({ status: 200 });
  const after = await tree();
  expect(await admin.post(path, form, commandId)).toMatchObject({ status: 200, body: first.body });
  expect(await tree()).toEqual(after);
  expect(await sql('select 1 from entry where command_id = $1', [commandId])).toHaveLength(1);
  const other = await admin.post(path, { ...form, ...different(form) }, commandId);
  expect(other.status, '换了内容').toBeGreaterThanOrEqual(409);
  expect(await tree()).toEqual(after);
}
const different = (form: object): object => ('name' in form ? { name: '换了内容' } : { on: '2026-01-02' });

describe('合并成一个新的网格', () => {
  const fresh = { id: randomUUID(), name: '二运联合网格', code: '439901001001701', boundary: square(112.9, 112.91) };
  const form = { areaIds: [area('station-1'), area('station-2')], as: fresh };

  it('先看：开一个、撤两个，岗位各去哪里；什么也不变', async () => {
    const preview = (await act('merge/preview', form)).body;
    expect(preview.opens).toEqual([{ areaId: fresh.id, name: fresh.name }]);
    expect(preview.closes.map(({ areaId }: { areaId: string }) => areaId).sort()).toEqual([...form.areaIds].sort());
    const workers = preview.posts.filter(({ role }: { role: string }) => role === 'grid_worker');
    // The first of a role moves, the next one joins it.
    expect(workers.map(({ becomes, toAreaId }: { becomes: string; toAreaId: string }) => [becomes, toAreaId])).toEqual([
      ['moved', fresh.id],
      ['joined', fresh.id],
    ]);
    expect((await anyone.get(`/api/areas/${fresh.id}`)).status).toBe(404);
  });

  it('办了：两边的案卷都归它，未结的当时、已结的随后；两边的人都看得到，别的社区看不到；再办一次不变', async () => {
    const cases: string[] = [];
    for (const at of [0, 1]) {
      cases.push((await report(anyone, { place: { ...inside(at, 0), words: '未结' } })).id);
      const { id } = await report(anyone, { place: { ...inside(at, 0), words: '已结' } });
      await step(await as('何静'), id, 'decline', { outcome: 'out_of_scope', publicText: '不属于受理范围' });
      cases.push(id);
    }
    await twice('/api/areas/merge', form);
    const [row] = await sql<{ no: number }>('select no from area where id = $1', [fresh.id]);
    expect([await scopeOf(cases[0] ?? ''), await scopeOf(cases[2] ?? '')]).toEqual([row?.no, row?.no]);
    for (const swept of [false, true]) {
      if (swept) while ((await followSweep.run(runtime, 1, throwFault)) > 0);
      for (const id of cases)
        for (const [name, status] of [
          ['王秀兰', 200],
          ['吴芳', 200],
          ['孙丽', 200],
          ['高明', 404],
        ] as const)
          expect([name, (await (await as(name)).get(`/api/casefiles/${id}`)).status]).toEqual([name, status]);
      expect(await verified()).toEqual([]);
    }
    expect(new Set(await Promise.all(cases.map(scopeOf)))).toEqual(new Set([row?.no]));
    const later = await report(anyone, { place: { ...inside(1, 0), words: '合并以后' } });
    expect(await scopeOf(later.id)).toBe(row?.no);
    await refusesToTake(admin, '/api/areas/merge', { ...form, as: { ...fresh, id: randomUUID() } }, 409, 'area.gone');
  });
});

describe('补办以前的日期', () => {
  it('改属从那天起算：那天以前按旧上级统计，那天起按新上级；不能早于它上一次变动', async () => {
    const opened = (
      await sql<{ d: string }>('select opened_on::text as d from area where id = $1', [area('ferry-1')])
    )[0]?.d;
    clock.advance(5 * DAY);
    const now = runtime.clock.now();
    const [on, before] = [dayOf(new Date(now.getTime() - 2 * DAY)), dayOf(new Date(now.getTime() - 3 * DAY))];
    const done = await act(`${area('ferry-1')}/move`, { parentId: area('park'), on });
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200, body: { on } });
    const under = async (place: string, day: string) =>
      (await transact(runtime, asSystem(1, 'test'), (ctx) => filedUnder(ctx, area(place), day))).whole.includes(
        area('ferry-1'),
      );
    expect([await under('ferry', before), await under('park', before)]).toEqual([true, false]);
    expect([await under('ferry', on), await under('park', on)]).toEqual([false, true]);
    const back = `/api/areas/${area('ferry-1')}/move`;
    await refusesToTake(admin, back, { parentId: area('ferry'), on: before }, 422, 'area.act_too_early');
    await refusesToTake(admin, back, { parentId: area('ferry'), on: opened ?? '' }, 422, 'area.act_too_early');
    const [version] = await sql<{ d: string }>(
      `select lower(valid)::text as d from area_version where area_id = $1 and upper_inf(valid)`,
      [area('ferry-1')],
    );
    expect(version?.d).toBe(on);
  });

  it('合并成新的，拒绝：名称被新来的同级占了、编号已经是别的区域的', async () => {
    const going = { areaIds: [area('park-1'), area('park-2')] };
    const fresh = { id: randomUUID(), name: '渡口第一网格', code: '439901001002702', boundary: null };
    await refusesToTake(admin, '/api/areas/merge', { ...going, as: fresh }, 409, 'area.name_taken');
    const known = { ...going, as: { ...fresh, id: area('ferry-1'), name: '青园联合网格' } };
    await refusesToTake(admin, '/api/areas/merge', known, 409, 'command.id_taken');
  });

  it('更名也是：那天起叫新名，以前的日子查得到旧名', async () => {
    const on = dayOf(new Date(runtime.clock.now().getTime() - DAY));
    expect(await act(`${area('ferry-2')}/rename`, { name: '渡口东网格', on })).toMatchObject({
      status: 200,
      body: { on },
    });
    const named = (await anyone.get(`/api/areas/named?name=${encodeURIComponent('渡口')}`)).body;
    expect(named).toContainEqual(expect.objectContaining({ name: '渡口东网格', fromDay: on, untilDay: null }));
    expect(named).toContainEqual(expect.objectContaining({ name: '渡口第二网格', untilDay: on }));
  });
});

describe('同一操作发两次：同一个回答，一笔流水，再无变化', () => {
  it('改属', () => twice(`/api/areas/${area('ferry-2')}/move`, { parentId: area('station') }));

  it('拆分', async () => {
    const parts = [
      { id: randomUUID(), name: '青园二东', code: '439901001002801' },
      { id: randomUUID(), name: '青园二西', code: '439901001002802' },
    ];
    await twice(`/api/areas/${area('park-2')}/split`, { parts, restId: parts[0]?.id });
  });

  it('划定和结束临时区划', async () => {
    const zone = { id: randomUUID(), name: '一时', purpose: '试', from: '2026-01-01', areaIds: [area('park')] };
    await twice('/api/zones', zone);
    const commandId = randomUUID();
    const end = () => admin.post(`/api/zones/${zone.id}/end`, {}, commandId);
    const first = await end();
    expect(first).toMatchObject({ status: 200 });
    expect(await end()).toMatchObject({ status: 200, body: first.body });
    expect(await sql('select 1 from entry where command_id = $1', [commandId])).toHaveLength(1);
  });
});

describe('按边界划定临时区划', () => {
  const zone = (name: string, boundary: object, areaIds: string[] = []) => ({
    ...{ id: randomUUID(), name, purpose: '防汛', from: '2026-01-01', areaIds, boundary },
  });

  it('中心落在里面的最小区域都算，落在外面的不算；点名的再加上，不重复', async () => {
    // From the west of the merged grid to the east of the third: both lie within, the second row does not.
    const form = zone('河北岸', square(112.899, 112.916), [area('station-3')]);
    expect((await admin.post('/api/zones', form)).body).toMatchObject({ zoneId: form.id, areas: 2 });
    const seen = (await admin.get(`/api/zones/${form.id}`)).body;
    expect(seen.areas.map(({ name }: { name: string }) => name).sort()).toEqual(['二运第三网格', '二运联合网格']);
  });

  it('里面的区域后来合并了：换成承接它的', async () => {
    const form = zone('东头', square(112.909, 112.916));
    expect((await admin.post('/api/zones', form)).body).toMatchObject({ areas: 1 });
    const [joint] = await sql<{ id: string }>(
      `select area_id as id from area_version where name = '二运联合网格' and upper_inf(valid)`,
    );
    expect((await act('merge', { areaIds: [area('station-3')], intoId: joint?.id })).status).toBe(200);
    const { areas } = (await admin.get(`/api/zones/${form.id}`)).body;
    expect(areas).toEqual([{ areaId: joint?.id, name: '二运联合网格' }]);
  });

  it('拒绝：里面一个区域也没有、边界不成形、先结束后开始', async () => {
    await refusesToTake(admin, '/api/zones', zone('海上', square(120, 120.01)), 422, 'zone.empty');
    const bowtie = {
      type: 'Polygon',
      coordinates: [
        [
          [112.9, 28.1],
          [112.9, 28.1],
        ],
      ],
    };
    expect((await admin.post('/api/zones', zone('一点', bowtie))).status).toBe(422);
    const backwards = { ...zone('倒着', square(112.899, 112.916)), until: '2025-12-01' };
    await refusesToTake(admin, '/api/zones', backwards, 422, 'zone.empty');
    expect((await admin.get('/api/zones?on=2026-06-01')).body.map(({ name }: { name: string }) => name).sort()).toEqual(
      ['东头', '河北岸'],
    );
  });
});
