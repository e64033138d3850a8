import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { asApp } from '../../../../test/architecture/made_up.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area, owes, refusesToTake, report, step } from '../../../../test/telling.ts';
import { verifyCasefiles } from '../../work/casefiles/verify.views.ts';

/** What posts owe on the records of an area, when the area goes elsewhere. */
const county = await openCounty();
const { as, anyone, sql, runtime } = county;
const [admin, he, ding] = await Promise.all([as('管理员'), as('何静'), as('丁一')]);
const verified = async () => (await verifyCasefiles(runtime, 1, () => undefined)).faults;
const postOf = async (role: string, place: string): Promise<string> =>
  (await sql<{ id: string }>('select id from post where role = $1 and area_id = $2', [role, area(place)]))[0]?.id ?? '';
const [hers, theirs] = [await postOf('registrar', 'river'), await postOf('registrar', 'east')];
const move = `/api/areas/${area('ferry-1')}/move`;
const dutyLine = async (form: object) =>
  (await admin.post(`${move}/preview`, form)).body.duties.find((one: { postId: string }) => one.postId === hers);

describe('渡口第一网格从临河镇划到城东街道', () => {
  it('先看：哪个岗位欠着几件，移到那边该谁接；写了谁接就说谁接，什么也不变', async () => {
    for (const at of [1, 2]) await report(anyone, { place: { ...inside(0, 3), words: `堤边${at}` } });
    await report(anyone, { place: { ...inside(1, 3), words: '不在这个网格' } });
    const stays = { parentId: area('park') };
    const expected = { role: 'registrar', areaId: area('river'), open: 2, stays: 0, suggestedId: theirs };
    expect(await dutyLine(stays)).toMatchObject({ ...expected, toPostId: null });
    const named = { ...stays, handovers: [{ fromPostId: hers, toPostId: theirs }] };
    expect(await dutyLine(named)).toMatchObject({ ...expected, toPostId: theirs });
    expect(await sql(`select 1 from obligation where owed_by = $1 and state = 'running'`, [hers])).toHaveLength(3);
    expect(await sql(`select 1 from entry where kind = 'obligation.handed_over'`)).toEqual([]);
  });

  it('数据库里也一样：不是管理员，数不到，也移交不了', async () => {
    const count = `select * from duties_on('{0}', '{2147483647}') where open > 0`;
    const give = `select * from hand_over_duties('{0}', '{2147483647}', '${hers}', '${theirs}')`;
    const tried = (administers: string) =>
      asApp(county, { realm: '1', administers, ranges: '{[0,2147483647)}' }, async (attempt) => [
        await attempt(count),
        await attempt(give),
      ]);
    expect(await tried('false')).toEqual([0, 0]);
    expect(await tried('true')).toEqual([1, 3]);
  });

  it('拒绝：不是同一种岗位、给自己、没有这个岗位、一个岗位写两次；更名不带移交', async () => {
    const dispatcher = await postOf('dispatcher', 'east');
    const given = (...pairs: [string, string][]) => ({
      parentId: area('park'),
      handovers: pairs.map(([fromPostId, toPostId]) => ({ fromPostId, toPostId })),
    });
    for (const form of [
      given([hers, dispatcher]),
      given([hers, hers]),
      given([hers, randomUUID()]),
      given([randomUUID(), theirs]),
      given([hers, theirs], [hers, theirs]),
    ]) {
      await refusesToTake(admin, move, form, 422, 'area.wrong_receiver');
      await refusesToTake(admin, `${move}/preview`, form, 422, 'area.wrong_receiver');
    }
    const renamed = await admin.post(`/api/areas/${area('ferry-1')}/rename`, { name: '新名', handovers: [] });
    expect(renamed.status).toBe(422);
    expect((await he.post(move, given([hers, theirs]))).status).toBe(403);
    expect(await sql(`select 1 from entry where kind in ('obligation.handed_over', 'area.moved')`)).toEqual([]);
  });

  it('办了：网格里的移交过去，网格外的不动；时限照旧，原来的人还看得到，经过里有一笔；办两次只算一次', async () => {
    const files = await sql<{ id: string; place_words: string }>(
      `select id, place_words from casefile order by number`,
    );
    const [one = '', two = '', other = ''] = files.map(({ id }) => id);
    const due = await sql(`select id, due_at, next_rung_at, rung from obligation order by id`);
    const form = { parentId: area('park'), handovers: [{ fromPostId: hers, toPostId: theirs }] };
    const commandId = randomUUID();
    const done = await admin.post(move, form, commandId);
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 });

    for (const id of [one, two]) {
      expect([await owes(he, id), await owes(ding, id)]).toEqual([['casefile.register'], []]);
      expect((await ding.get(`/api/casefiles/${id}`)).status, '原来欠着的人').toBe(200);
      const { story } = (await he.get(`/api/casefiles/${id}`)).body;
      expect(story.map(({ kind }: { kind: string }) => kind)).toContain('obligation.handed_over');
    }
    expect([await owes(he, other), await owes(ding, other)]).toEqual([[], ['casefile.register']]);
    expect(await sql(`select id, due_at, next_rung_at, rung from obligation order by id`)).toEqual(due);
    const [told] = await sql<{ body: { handed: unknown } }>(`select body from entry where kind = 'area.moved'`);
    expect(told?.body.handed).toEqual([{ fromPostId: hers, toPostId: theirs, duties: 2 }]);
    expect(await verified()).toEqual([]);

    expect(await admin.post(move, form, commandId)).toMatchObject({ status: 200, body: done.body });
    expect(await sql(`select 1 from entry where kind = 'obligation.handed_over'`)).toHaveLength(2);
    await step(he, one, 'register', { conditionCode: 'road-sunken-cut-off' });
    expect(await owes(he, one)).toEqual([]);
    await county.settle();
    expect(await verified()).toEqual([]);
  });

  it('背着台账改了欠着的人：核对得出来', async () => {
    const [row] = await sql<{ id: string }>(`select id from obligation where owed_by = $1 and state = 'running'`, [
      theirs,
    ]);
    await sql('update obligation set owed_by = $1 where id = $2', [hers, row?.id]);
    expect(await verified()).toMatchObject([{ what: 'obligation', id: row?.id }]);
    await sql('update obligation set owed_by = $1 where id = $2', [theirs, row?.id]);
    expect(await verified()).toEqual([]);
  });

  it('保密的不移交：数得出几件，留在知情的人那里', async () => {
    const form = { parentId: area('ferry'), handovers: [{ fromPostId: theirs, toPostId: hers }] };
    const [row] = await sql<{ id: string }>(
      `update obligation set confidential = true where owed_by = $1 and state = 'running' returning id`,
      [theirs],
    );
    const { duties } = (await admin.post(`${move}/preview`, form)).body;
    expect(duties).toContainEqual(expect.objectContaining({ postId: theirs, open: 0, stays: 1, toPostId: hers }));
    expect((await admin.post(move, form)).status).toBe(200);
    expect(await sql('select owed_by from obligation where id = $1', [row?.id])).toEqual([{ owed_by: theirs }]);
  });
});

it('合并：没了的网格的岗位欠着的，交给接手的岗位', async () => {
  const { id } = await report(anyone, { place: { ...inside(2, 0), words: '东头' } });
  await step(he, id, 'order-check', { words: '请去看看' });
  const [from, to] = [await postOf('grid_worker', 'station-3'), await postOf('grid_worker', 'station-2')];
  const form = {
    areaIds: [area('station-3')],
    intoId: area('station-2'),
    handovers: [{ fromPostId: from, toPostId: to }],
  };
  const preview = await admin.post('/api/areas/merge/preview', form);
  expect(preview.status, JSON.stringify(preview.body)).toBe(200);
  const mine = preview.body.duties.filter(({ postId }: { postId: string }) => postId === from);
  expect(mine.map(({ open, suggestedId }: { open: number; suggestedId: string }) => [open, suggestedId])).toEqual([
    [1, to],
  ]);
  expect(await admin.post('/api/areas/merge', form)).toMatchObject({ status: 200 });
  const owed = await sql(`select owed_by from obligation where duty = 'casefile.precheck' and record_id = $1`, [id]);
  expect(owed).toEqual([{ owed_by: to }]);
  await county.settle();
  expect(await sql(`select 1 from post where id = $1 and closed_on is null`, [from]), '不欠什么，就撤了').toEqual([]);
});
