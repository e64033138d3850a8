import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../test/harness.ts';
import { openCounty } from '../../../../test/harness.ts';
import { area } from '../../../../test/telling.ts';

const county = await openCounty();
const { as, anyone, sql } = county;
let admin: Caller;
beforeAll(async () => {
  admin = await as('管理员');
});

let codes = 700;
const form = (changes: object = {}) => {
  codes += 1;
  return {
    id: randomUUID(),
    parentId: area('park'),
    level: 'grid',
    code: `439901001002${codes}`,
    name: `网格${codes}`,
    boundary: null,
    ...changes,
  };
};
const numbers = () =>
  sql<{ id: string; no: number; last_no: number; parent: string | null }>(
    `select a.id, a.no, a.last_no, v.parent_id as parent from area a join area_version v on v.realm = a.realm and v.area_id = a.id where a.realm = 1`,
  );

/** Everything below an area lies within its numbers; two areas of which neither is above the other share none. */
async function expectNested(): Promise<void> {
  const rows = await numbers();
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows) {
    const parent = byId.get(row.parent ?? '');
    if (parent)
      expect(parent.no < row.no && row.last_no <= parent.last_no, `${row.id} lies within its parent`).toBe(true);
  }
  for (const a of rows)
    for (const b of rows) {
      if (a.no >= b.no) continue;
      const apart = a.last_no < b.no;
      const nested = b.last_no <= a.last_no;
      expect(apart || nested, `${a.no}–${a.last_no} and ${b.no}–${b.last_no}`).toBe(true);
    }
}

describe('新增区域', () => {
  it('加得进去，谁都看得到，上下级对', async () => {
    const grid = form();
    expect(await admin.post('/api/areas', grid)).toMatchObject({ status: 200, body: { areaId: grid.id } });
    expect((await anyone.get(`/api/areas/${grid.id}`)).body).toMatchObject({
      name: grid.name,
      path: ['安澜县', '城东街道', '青园社区', grid.name],
      boundary: null,
      hasBoundary: false,
    });
    expect(
      (await anyone.get(`/api/areas?parentId=${area('park')}`)).body.map((one: { id: string }) => one.id),
    ).toContain(grid.id);
  });

  it('编号套着编号：下级都在上级里面，不是上下级的互不重叠', async () => {
    await expectNested();
    const town = form({ parentId: area('county'), level: 'town', code: '439901199' });
    await admin.post('/api/areas', town);
    for (let i = 0; i < 4; i += 1) {
      const community = form({ parentId: town.id, level: 'community', code: `439901199${200 + i}` });
      expect((await admin.post('/api/areas', community)).status).toBe(200);
      for (let j = 0; j < 3; j += 1)
        expect(
          (await admin.post('/api/areas', form({ parentId: community.id, code: `439901199${200 + i}00${j}` }))).status,
        ).toBe(200);
    }
    // A grid straight below the town, and a micro-grid straight below a community: levels may be left out.
    await admin.post('/api/areas', form({ parentId: town.id, code: '4399011990001' }));
    await admin.post('/api/areas', form({ level: 'micro_grid', code: '43990100100299901' }));
    await expectNested();
  });

  it('同时加十个：每个都有自己的编号，或者请再试一次，不会出错', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => admin.post('/api/areas', form())));
    expect(replies.filter((reply) => reply.status === 200).length).toBeGreaterThan(0);
    expect(replies.filter((reply) => reply.status >= 500).map((reply) => reply.body.code)).toEqual([]);
    await expectNested();
  });

  it('一层里用完了编号就拒绝，说是哪一层', async () => {
    const grid = form();
    await admin.post('/api/areas', grid);
    const statuses: number[] = [];
    let refused: unknown = null;
    for (let i = 0; i < 70 && refused === null; i += 1) {
      const reply = await admin.post(
        '/api/areas',
        form({ parentId: grid.id, level: 'micro_grid', code: `${grid.code}${100 + i}` }),
      );
      statuses.push(reply.status);
      if (reply.status !== 200) refused = reply.body;
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(63);
    expect(refused).toMatchObject({ code: 'area.no_room', title: `“${grid.name}”下面的编号用完了` });
    await expectNested();
  });

  it.each([
    ['社区下面设街道', { level: 'town', code: '43990100100298' }],
    ['社区下面设社区', { level: 'community', code: '43990100100297' }],
  ])('%s:上级层级不对', async (_what, changes) => {
    expect(await admin.post('/api/areas', form(changes))).toMatchObject({
      status: 422,
      body: { code: 'area.wrong_parent' },
    });
  });

  it('微网格下面不能再设', async () => {
    const reply = await admin.post(
      '/api/areas',
      form({ parentId: area('tower-1'), level: 'micro_grid', code: '43990100100200100199' }),
    );
    expect(reply.body.code).toBe('area.wrong_parent');
  });

  it('没有的上级', async () => {
    expect(await admin.post('/api/areas', form({ parentId: randomUUID() }))).toMatchObject({
      status: 404,
      body: { code: 'area.not_found' },
    });
  });

  it('第二个根：县已经有了，不能再有一个', async () => {
    const reply = await admin.post('/api/areas', form({ parentId: null, level: 'county', code: '439902' }));
    expect(reply.status, JSON.stringify(reply.body)).toBeGreaterThanOrEqual(400);
    expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(500);
  });

  it('编码有区域在用', async () => {
    const reply = await admin.post('/api/areas', form({ code: '439901001002001' }));
    expect(reply).toMatchObject({ status: 409, body: { code: 'area.code_taken', title: '这个编码已经有区域在用' } });
  });

  it('自己做的编号重了：说编号用过，不出错', async () => {
    const reply = await admin.post('/api/areas', form({ id: area('park-1') }));
    expect(reply).toMatchObject({ status: 409, body: { code: 'command.id_taken' } });
  });

  it.each([
    ['没有名字', { name: '  ' }],
    ['名字太长', { name: '长'.repeat(61) }],
    ['编码不是数字', { code: '43990a' }],
    ['没有这一级', { level: 'street' }],
    ['边界不是面', { boundary: { type: 'Point', coordinates: [1, 2] } }],
    [
      '边界只有三点',
      {
        boundary: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [0, 0],
            ],
          ],
        },
      },
    ],
    [
      '边界出了地球',
      {
        boundary: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [999, 0],
              [999, 999],
              [0, 999],
              [0, 0],
            ],
          ],
        },
      },
    ],
    [
      '边界没有合上',
      {
        boundary: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 1],
            ],
          ],
        },
      },
    ],
  ])('%s:说哪里不对', async (_what, changes) => {
    const reply = await admin.post('/api/areas', form(changes));
    expect(reply).toMatchObject({ status: 422, body: { code: 'input.invalid' } });
    expect(reply.body.errors.length).toBeGreaterThan(0);
  });

  it('不是管理员的人加不了', async () => {
    for (const name of ['孙丽', '赵磊', '审计员'] as const)
      expect((await (await as(name)).post('/api/areas', form())).body.code, name).toBe('account.not_for_you');
    expect((await anyone.post('/api/areas', form())).status).toBe(401);
  });

  it('重复提交不会多一个', async () => {
    const [grid, commandId] = [form(), randomUUID()];
    await admin.post('/api/areas', grid, commandId);
    const before = (await numbers()).length;
    expect((await admin.post('/api/areas', grid, commandId)).body).toEqual({ areaId: grid.id, repeated: true });
    expect((await numbers()).length).toBe(before);
  });
});
