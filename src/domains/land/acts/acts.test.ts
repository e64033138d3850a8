import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, owes, refusesToTake, report, step } from '../../../../test/telling.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import { verifyCasefiles } from '../../work/casefiles/verify.views.ts';
import { filedUnder } from '../areas/index.ts';
import { followSweep } from './index.ts';

const county = await openCounty();
const { as, anyone, sql, runtime } = county;
const admin = await as('管理员');

/** A closed case at a grid: declined at the desk. */
async function closedCase(at: [number, number], desk: string): Promise<string> {
  const { id } = await report(anyone, { place: { ...inside(...at), words: '某处' } });
  await step(await as(desk), id, 'decline', { outcome: 'out_of_scope', publicText: '不属于受理范围' });
  return id;
}
const sees = async (name: string, id: string): Promise<boolean> =>
  (await (await as(name)).get(`/api/casefiles/${id}`)).status === 200;
const scopeOf = async (id: string) =>
  (await sql<{ scope_no: number; area_id: string }>('select scope_no, area_id from casefile where id = $1', [id]))[0];
const sweep = async () => {
  while ((await followSweep.run(runtime, 1, throwFault)) > 0);
};
const verified = async () => (await verifyCasefiles(runtime, 1, () => undefined)).faults;
const act = (path: string, form: object) => admin.post(`/api/areas/${path}`, form);

describe('更名', () => {
  it('先看，什么也不变；办了以后新名旧名都找得到，网格里的案卷不动', async () => {
    const before = await anyone.get(`/api/areas/${area('ferry-2')}`);
    const preview = await act(`${area('ferry-2')}/rename/preview`, { name: '渡口新网格' });
    expect(preview.body.changes).toEqual([
      { areaId: area('ferry-2'), name: '渡口第二网格', toName: '渡口新网格', toCode: null },
    ]);
    expect((await anyone.get(`/api/areas/${area('ferry-2')}`)).body).toEqual(before.body);
    expect(await act(`${area('ferry-2')}/rename`, { name: '渡口新网格' })).toMatchObject({ status: 200 });
    expect((await anyone.get(`/api/areas/${area('ferry-2')}`)).body.name).toBe('渡口新网格');
    const found = (await anyone.get(`/api/areas/named?name=${encodeURIComponent('渡口新网格')}`)).body;
    expect(found).toMatchObject([{ areaId: area('ferry-2'), untilDay: null }]);
  });

  it('隔天更名：旧名带着日期还找得到', async () => {
    county.clock.advance(2 * 86_400_000);
    expect(await act(`${area('ferry-2')}/rename`, { name: '渡口西网格' })).toMatchObject({ status: 200 });
    const found = (await anyone.get(`/api/areas/named?name=${encodeURIComponent('渡口新')}`)).body;
    expect(found).toMatchObject([{ areaId: area('ferry-2'), name: '渡口新网格', untilDay: expect.any(String) }]);
  });

  it('拒绝：同级重名、没有变化、将来的日期、太早的日期、没有这个区域、不是管理员', async () => {
    const at = `/api/areas/${area('ferry-2')}/rename`;
    await refusesToTake(admin, at, { name: '渡口第一网格' }, 409, 'area.name_taken');
    await refusesToTake(admin, at, { name: '渡口西网格' }, 409, 'area.there_already');
    await refusesToTake(admin, at, { name: '别的', on: '2030-01-01' }, 422, 'area.act_in_future');
    await refusesToTake(admin, at, { name: '别的', on: '2020-01-01' }, 422, 'area.act_too_early');
    await refusesToTake(admin, `${at}/preview`, { name: '别的', on: '2020-01-01' }, 422, 'area.act_too_early');
    await refusesToTake(admin, `/api/areas/${randomUUID()}/rename`, { name: '别的' }, 404, 'area.not_found');
    expect((await (await as('王秀兰')).post(at, { name: '别的' })).status).toBe(403);
  });

  it('同一操作办两次只算一次', async () => {
    const id = randomUUID();
    const path = `/api/areas/${area('ferry-2')}/rename`;
    const first = await admin.post(path, { name: '渡口第二网格' }, id);
    expect(await admin.post(path, { name: '渡口第二网格' }, id)).toMatchObject({ status: 200, body: first.body });
    expect(await sql(`select 1 from entry where command_id = $1`, [id])).toHaveLength(1);
  });
});

describe('改属：渡口第一网格从渡口村划到青园社区', () => {
  it('未结的当时跟过去，已结的先后一样读得到：原社区、原街道看不到，新社区看得到', async () => {
    const open = (await report(anyone, { place: { ...inside(0, 3), words: '堤边' } })).id;
    const closed = await closedCase([0, 3], '丁一');
    const stays = await closedCase([1, 3], '丁一');
    const old = await scopeOf(closed);
    for (const id of [open, closed]) {
      expect([await sees('罗河', id), await sees('高明', id), await sees('田青', id)]).toEqual([true, false, true]);
    }
    const preview = await act(`${area('ferry-1')}/move/preview`, { parentId: area('park') });
    const carried = preview.body.records.find((one: { table: string }) => one.table === 'casefile');
    expect(carried).toEqual({ table: 'casefile', open: 1, closed: 1, nowhere: 0 });
    const moved = await act(`${area('ferry-1')}/move`, { parentId: area('park') });
    expect(moved, JSON.stringify(moved.body)).toMatchObject({ status: 200 });

    expect((await scopeOf(open))?.scope_no).not.toBe(old?.scope_no);
    expect(await scopeOf(closed)).toEqual(old);
    const asExpected = async () => {
      for (const id of [open, closed]) {
        expect([await sees('罗河', id), await sees('高明', id)], '原社区、新社区').toEqual([false, true]);
        // Ding Yi of the old town reads it on: she owes or owed something on it.
        expect([await sees('何静', id), await sees('丁一', id)], '新街道；原镇有过责任的人').toEqual([true, true]);
        expect([await sees('田青', id), await sees('孙丽', id), await sees('沈月', id)], '本网格、别的、县').toEqual([
          true,
          false,
          true,
        ]);
      }
      expect([await sees('罗河', stays), await sees('高明', stays)]).toEqual([true, false]);
      const listed = (await (await as('沈月')).get(`/api/casefiles?areaId=${area('park')}`)).body;
      const ids = listed.map((one: { id: string }) => one.id);
      expect([ids.includes(open), ids.includes(closed), ids.includes(stays)]).toEqual([true, true, false]);
      expect((await (await as('高明')).get(`/api/casefiles/${closed}`)).body.story.length, '经过也在').toBeGreaterThan(
        1,
      );
      expect(await verified()).toEqual([]);
    };
    await asExpected();
    await sweep();
    expect((await scopeOf(closed))?.scope_no).toBe((await scopeOf(open))?.scope_no);
    expect((await scopeOf(closed))?.area_id).toBe(area('ferry-1'));
    await asExpected();
  });

  it('编号动过以后，单位里的人照样进得来：单位的岗位没有区域', async () => {
    expect((await (await as('曹路')).get('/api/me')).status).toBe(200);
    const [seats] = await sql<{ posts: { from: unknown; numbers: unknown }[] }>(
      `select enter_session(1::smallint, s.token_hash, $1) -> 'posts' as posts from session s
       join account a on a.realm = s.realm and a.id = s.account_id where a.login = 'caolu' limit 1`,
      [county.clock.now()],
    );
    expect(seats?.posts).toMatchObject([{ from: null, numbers: null }]);
  });

  it('空出来的编号不再给别的区域', async () => {
    const [former] = await sql<{ from_no: number; last_no: number }>('select from_no, last_no from area_former_number');
    const form = {
      parentId: area('ferry'),
      level: 'grid',
      name: '渡口第九网格',
      code: '439901002001909',
      boundary: null,
    };
    const added = randomUUID();
    expect((await admin.post('/api/areas', { id: added, ...form })).status).toBe(200);
    const [row] = await sql<{ no: number; last_no: number }>('select no, last_no from area where id = $1', [added]);
    expect((row?.no ?? 0) > (former?.last_no ?? 0) || (row?.last_no ?? 0) < (former?.from_no ?? 0)).toBe(true);
  });

  it('拒绝：移到自己下面、层级不对、已经在那里、最上面的', async () => {
    const to = (parentId: string) => ({ parentId });
    await refusesToTake(admin, `/api/areas/${area('park')}/move`, to(area('park-1')), 422, 'area.below_itself');
    await refusesToTake(admin, `/api/areas/${area('park')}/move`, to(area('park')), 422, 'area.below_itself');
    await refusesToTake(admin, `/api/areas/${area('park-1')}/move`, to(area('park-2')), 422, 'area.wrong_parent');
    await refusesToTake(admin, `/api/areas/${area('park')}/move`, to(area('east')), 409, 'area.there_already');
    await refusesToTake(admin, `/api/areas/${area('county')}/move`, to(area('east')), 422, 'area.root_stays');
  });

  it('两个管理员同时移动：先后办，各自看到前一个办成的样子', async () => {
    const both = await Promise.all([
      act(`${area('ferry-2')}/move`, { parentId: area('station') }),
      act(`${area('ferry-2')}/move`, { parentId: area('station') }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('area.there_already');
    expect((await act(`${area('ferry-2')}/move`, { parentId: area('ferry') })).status).toBe(200);
  });
});

describe('合并：二运第三网格并入二运第二网格', () => {
  it('案卷、岗位、责任都有着落；没了的区域不能再办', async () => {
    const open = (await report(anyone, { place: { ...inside(2, 0), words: '东头' } })).id;
    const closed = await closedCase([2, 0], '何静');
    const form = { areaIds: [area('station-3')], intoId: area('station-2') };
    const preview = await act('merge/preview', form);
    expect(preview.body).toMatchObject({
      closes: [{ areaId: area('station-3') }],
      posts: [{ role: 'grid_worker', holders: 1, becomes: 'joined', toAreaId: area('station-2') }],
    });
    expect(await act('merge', form)).toMatchObject({ status: 200 });
    for (const swept of [false, true]) {
      if (swept) await sweep();
      for (const id of [open, closed])
        expect([
          await sees('吴芳', id),
          await sees('孙丽', id),
          await sees('王秀兰', id),
          await sees('高明', id),
        ]).toEqual([true, true, false, false]);
    }
    await county.settle();
    const posts = await sql(`select 1 from post where area_id = $1 and closed_on is null`, [area('station-3')]);
    expect(posts).toEqual([]);
    await refusesToTake(admin, `/api/areas/${area('station-3')}/rename`, { name: '回来' }, 409, 'area.gone');
    expect(await verified()).toEqual([]);
  });

  it('拒绝：层级不同、没说并到哪里、上级不同却要并成新的、并入自己', async () => {
    const into = (intoId: string, ...areaIds: string[]) => ({ intoId, areaIds });
    const fresh = { id: randomUUID(), name: '新网格', code: '439901001001888' };
    await refusesToTake(admin, '/api/areas/merge', into(area('park'), area('park-1')), 422, 'area.levels_differ');
    await refusesToTake(admin, '/api/areas/merge', { areaIds: [area('park-1')] }, 422, 'area.merge_unclear');
    await refusesToTake(admin, '/api/areas/merge', into(area('park-1'), area('park-1')), 422, 'area.merge_unclear');
    const apart = { areaIds: [area('park-1'), area('station-1')], as: fresh };
    await refusesToTake(admin, '/api/areas/merge', apart, 422, 'area.parents_differ');
  });
});

describe('拆分：二运第一网格分成南北两块', () => {
  const { lon, lat } = inside(0, 0);
  const box = (south: number, north: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [112.9, south],
        [112.905, south],
        [112.905, north],
        [112.9, north],
        [112.9, south],
      ],
    ],
  });
  const [northId, southId] = [randomUUID(), randomUUID()];
  const children = () =>
    sql<{ id: string }>(
      `select v.area_id as id from area_version v join area a on a.id = v.area_id and a.realm = v.realm
     where v.realm = 1 and v.parent_id = $1 and upper_inf(v.valid) and a.closed_on is null`,
      [area('station-1')],
    );
  const form = async () => ({
    parts: [
      { id: northId, name: '二运北网格', code: '439901001001801', boundary: box(28.1025, 28.105) },
      { id: southId, name: '二运南网格', code: '439901001001802', boundary: box(28.1, 28.1025) },
    ],
    restId: southId,
    children: (await children()).map(({ id }) => ({ areaId: id, partId: northId })),
  });

  it('有点的按点，没有点的归指定的一块；已结的随后跟上，期间不给别的块看到', async () => {
    const northern = (await report(anyone, { place: { lon, lat: 28.104, words: '北' } })).id;
    const southern = (await report(anyone, { place: { lon, lat: 28.101, words: '南' } })).id;
    const placeless = (await report(anyone, { place: { areaId: area('station-1'), words: '不详' } })).id;
    const closed = await closedCase([0, 0], '何静');
    expect(lat).toBeGreaterThan(28.1025);
    const whole = await form();
    expect((await act(`${area('station-1')}/split/preview`, whole)).body.records).toContainEqual({
      table: 'casefile',
      open: 3,
      closed: 1,
      nowhere: 1,
    });
    const done = await act(`${area('station-1')}/split`, whole);
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 });
    const numbers = await sql<{ id: string; no: number }>('select id, no from area where id = any($1)', [
      [northId, southId],
    ]);
    const no = (id: string) => numbers.find((one) => one.id === id)?.no;
    expect((await scopeOf(northern))?.scope_no).toBe(no(northId));
    expect((await scopeOf(southern))?.scope_no).toBe(no(southId));
    expect((await scopeOf(placeless))?.scope_no).toBe(no(southId));
    // The posts went to the part that takes the rest: Wang Xiulan works in the south now.
    const seen = async (id: string) => [await sees('王秀兰', id), await sees('孙丽', id), await sees('高明', id)];
    expect(await seen(southern)).toEqual([true, true, false]);
    expect(await seen(northern)).toEqual([false, true, false]);
    expect(await seen(closed), '等待期间：上级看得到，别的块看不到').toEqual([false, true, false]);
    expect(await verified()).toEqual([]);
    await sweep();
    expect((await scopeOf(closed))?.scope_no).toBe(no(northId));
    expect(await seen(closed)).toEqual([false, true, false]);
    expect(await verified()).toEqual([]);
    const story = (await (await as('王秀兰')).get(`/api/casefiles/${southern}`)).body.story;
    expect(story.length, '拆分以前写下的经过也看得到').toBeGreaterThan(0);
  });

  it('拒绝：下级没有着落、指定的不是其中一块', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const parts = [
      { id: a, name: '青园甲', code: '439901001991' },
      { id: b, name: '青园乙', code: '439901001992' },
    ];
    await refusesToTake(admin, `/api/areas/${area('park')}/split`, { parts, restId: a }, 422, 'area.undecided');
    await refusesToTake(
      admin,
      `/api/areas/${area('park')}/split`,
      { parts, restId: randomUUID() },
      422,
      'area.no_such_part',
    );
  });

  it('两种口径：按今天的图，按从前的图', async () => {
    const at = (id: string, day: string) => transact(runtime, asSystem(1, 'test'), (ctx) => filedUnder(ctx, id, day));
    const now = runtime.clock.now().toISOString().slice(0, 10);
    const opened =
      (await sql<{ d: string }>('select opened_on::text as d from area where id = $1', [area('park')]))[0]?.d ?? '';
    expect((await at(area('park'), now)).whole).toContain(area('ferry-1'));
    expect((await at(area('park'), opened)).whole).not.toContain(area('ferry-1'));
    expect((await at(area('ferry'), opened)).whole).toContain(area('ferry-1'));
    // Filed under the parts, counted by the old map: they came from the first grid, all of them.
    expect((await at(area('station-1'), opened)).whole).toEqual(expect.arrayContaining([northId, southId]));
    // Filed under the first grid, counted by today's map: some here, some there.
    expect((await at(northId, now)).partly).toEqual([area('station-1')]);
    expect((await at(area('station'), now)).whole).toEqual(
      expect.arrayContaining([area('station-1'), area('station-3')]),
    );
  });
});

describe('临时区划', () => {
  it('划定、列出、结束；拒绝空的、重名的、已结束的', async () => {
    const [{ d: from } = { d: '' }] = await sql<{ d: string }>(`select '2026-01-01' as d`);
    const zone = { id: randomUUID(), name: '沿河管控区', purpose: '防汛', from, areaIds: [area('ferry-2')] };
    expect((await admin.post('/api/zones', zone)).body).toMatchObject({ zoneId: zone.id, areas: 1 });
    const seen = (await (await as('王秀兰')).get('/api/zones')).body;
    expect(seen).toMatchObject([{ name: '沿河管控区', areas: [{ areaId: area('ferry-2'), name: '渡口第二网格' }] }]);
    await refusesToTake(admin, '/api/zones', { ...zone, id: randomUUID() }, 409, 'zone.name_taken');
    await refusesToTake(admin, '/api/zones', { ...zone, id: randomUUID(), name: '空', areaIds: [] }, 422, 'zone.empty');
    expect((await admin.post(`/api/zones/${zone.id}/end`)).status).toBe(200);
    await refusesToTake(admin, `/api/zones/${zone.id}/end`, {}, 409, 'zone.ended');
    await refusesToTake(admin, `/api/zones/${randomUUID()}/end`, {}, 404, 'zone.not_found');
    expect((await admin.get('/api/zones')).body).toEqual([]);
  });
});

it('待办跟着走：网格改属以后，欠着的人还欠着', async () => {
  const { id } = await report(anyone, { place: { ...inside(0, 1), words: '园内' } });
  const before = await owes(await as('何静'), id);
  expect(before.length).toBeGreaterThan(0);
  expect((await act(`${area('park-1')}/move`, { parentId: area('station') })).status).toBe(200);
  expect(await owes(await as('何静'), id)).toEqual(before);
});
