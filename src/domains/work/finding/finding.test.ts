import { describe, expect, inject, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { asApp } from '../../../../test/architecture/made_up.ts';
import { withOwner } from '../../../../test/cluster.ts';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { body, report, step } from '../../../../test/telling.ts';
import { execute } from '../../../kernel/command.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { granteeOfCode } from '../../../kernel/tracking.ts';
import { forgetReporter } from '../casefiles/index.ts';

/* Finding: whoever searches finds what they read anyhow, by words, place, kind and number, and nothing tells of more. */
const county = await openCounty();
const { as, anyone, clock, sql } = county;
const [he, chen, wang, tian, ding] = [
  await as('何静'),
  await as('陈敏'),
  await as('王秀兰'),
  await as('田青'),
  await as('丁一'),
];
const zhaoElsewhere = await as('赵磊', 2);

const find = async (by: Caller, words: string, more = '') => {
  const found = await by.get(`/api/casefiles/search?words=${encodeURIComponent(words)}${more}`);
  expect(found.status, JSON.stringify(found.body)).toBe(200);
  return found.body as { cases: { id: string; number: string; changedAt: string }[]; more: boolean };
};
const ids = async (by: Caller, words: string): Promise<string[]> => (await find(by, words)).cases.map(({ id }) => id);

interface Box {
  readonly step: number;
  readonly clusters: { readonly cases: number; readonly waiting: number; west: number; south: number }[];
  readonly cases: { readonly id: string }[];
  readonly more: boolean;
}
const WHOLE = { west: 112.85, south: 28.05, east: 113, north: 28.2 };
const box = async (by: Caller, zoom: number, changes: object = {}): Promise<Box> => {
  const query = new URLSearchParams(
    Object.entries({ ...WHOLE, zoom, ...changes }).map(([k, v]): [string, string] => [k, String(v)]),
  );
  const found = await by.get(`/api/casefiles/box?${query}`);
  expect(found.status, JSON.stringify(found.body)).toBe(200);
  return found.body;
};
const counted = ({ clusters }: Box): number => clusters.reduce((sum, { cases }) => sum + cases, 0);

describe('按字词找', () => {
  test('说过的话里的任何两个字、地点、类别、编号都找得到；话再长也找得到', async () => {
    const said = await report(anyone, {
      words: `${'前面说了很多。'.repeat(30)}鹅卵石铺的台阶松动`,
      place: { ...inside(0, 0), words: '柏树坡' },
    });
    await step(he, said.id, 'register', { conditionCode: 'road-sunken-passable' });
    for (const words of ['鹅卵石', '卵石', '台阶松', '柏树坡', '柏树', said.number, said.number.slice(-4), '路面塌陷'])
      expect(await ids(he, words), words).toContain(said.id);
    for (const words of ['石鹅', '台阶牢', '柏树林', '鹅卵石 台阶 牢固', '20200101-000001'])
      expect(await ids(he, words), words).not.toContain(said.id);
    expect(await ids(he, '卵石 台阶')).toEqual([said.id]);
  });

  test('全角半角、大小写不分；引号、百分号、下划线、反斜杠都只是字', async () => {
    const said = await report(anyone, { words: 'Ｗｉｆｉ路由器 100%_坏\\了\'"; --' });
    for (const words of ['wifi', 'WIFI路由', '100%', '%_坏', '坏\\了', '\'"; --'])
      expect(await ids(he, words), words).toContain(said.id);
    for (const words of ['%%', '__', '100_']) expect(await ids(he, words), words).not.toContain(said.id);
  });

  test('新的在前，一页一页往后，不重不漏', async () => {
    const all: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      clock.advance(1000);
      all.unshift((await report(anyone, { words: '翻页用的霓虹灯箱' })).id);
    }
    const first = await find(he, '霓虹灯箱', '&most=4');
    expect(first).toMatchObject({ more: true, cases: all.slice(0, 4).map((id) => ({ id })) });
    const last = first.cases.at(-1);
    const rest = await find(he, '霓虹灯箱', `&most=4&beforeAt=${last?.changedAt}&beforeId=${last?.id}`);
    expect(rest).toMatchObject({ more: false, cases: all.slice(4).map((id) => ({ id })) });
  });

  test('一个字、太长、没写，说得清楚', async () => {
    for (const words of ['', '井', '字'.repeat(101)]) {
      const refused = await he.get(`/api/casefiles/search?words=${encodeURIComponent(words)}`);
      expect([refused.status, refused.body.code], words).toEqual([422, 'input.invalid']);
    }
  });
});

describe('查找不透露自己看不到的', () => {
  test('别的乡镇、别的县、没有登录：同样的话，什么也没有', async () => {
    const said = await report(anyone, { words: '只有城东知道的秤砣' });
    expect(await ids(wang, '秤砣')).toEqual([said.id]);
    for (const by of [tian, ding, zhaoElsewhere]) expect(await find(by, '秤砣')).toEqual({ cases: [], more: false });
    expect((await anyone.get('/api/casefiles/search?words=秤砣')).status).toBe(401);
    for (const role of ['管理员', '审计员'] as const)
      expect((await (await as(role)).get('/api/casefiles/search?words=秤砣')).status).toBe(403);
  });

  test('别的县一样的话只找到自己县的', async () => {
    const here = await report(anyone, { words: '两县都有的磨盘' });
    expect(await ids(await as('赵磊'), '磨盘')).toEqual([here.id]);
    expect(await ids(zhaoElsewhere, '磨盘')).toEqual([]);
  });

  test('给到单位的，那个单位找得到，别的单位找不到', async () => {
    const said = await report(anyone, { words: '派给供水公司的铜阀' });
    await step(he, said.id, 'register', { conditionCode: 'road-sunken-passable' });
    const zhou = await as('周工');
    expect(await ids(zhou, '铜阀')).toEqual([]);
    await step(chen, said.id, 'dispatch', { bodyId: body('water') });
    expect(await ids(zhou, '铜阀')).toEqual([said.id]);
    expect(await ids(await as('冯电'), '铜阀')).toEqual([]);
  });

  test('保密的：说的话谁也查不到，能看的人凭编号查得到，别人凭编号也没有', async () => {
    const form = {
      words: '保密的话里有琥珀',
      confidential: true,
      place: { ...inside(0, 0), words: '槐树巷' },
      channel: 'visit',
    };
    const said = await report(await as('宋洁'), form, '/api/casefiles');
    const readers: string[] = [];
    for (const name of ['宋洁', '何静', '陈敏', '王秀兰', '孙丽', '蒋涛', '赵磊', '田青'] as const) {
      const by = await as(name);
      expect(await ids(by, '琥珀'), name).toEqual([]);
      const [seen, found] = [(await by.get(`/api/casefiles/${said.id}`)).status, await ids(by, said.number)];
      expect({ name, found: found.includes(said.id) }).toEqual({ name, found: seen === 200 });
      expect((await ids(by, '槐树巷')).includes(said.id)).toBe(seen === 200);
      if (seen === 200) readers.push(name);
    }
    expect(readers.length).toBeGreaterThan(0);
    expect(readers).not.toContain('王秀兰');
  });

  test('报事人的姓名、电话、查询码查不到；删除个人信息以后说过的话也查不到', async () => {
    const said = await report(anyone, {
      words: '要忘掉的紫砂壶',
      contact: { name: '欧阳测试', phone: '13712345678' },
    });
    for (const words of ['欧阳', '欧阳测试', '13712345678', '5678', said.code])
      expect(await ids(he, words), words).toEqual([]);
    expect(await ids(he, '紫砂壶')).toEqual([said.id]);
    const command = { id: county.runtime.ids.newId(), name: 'forget', input: {} };
    await execute(county.runtime, asSystem(1, 'test'), command, {
      work: (ctx) => forgetReporter(ctx, granteeOfCode(ctx.keys, said.code), 'asked'),
    });
    expect(await ids(he, '紫砂壶')).toEqual([]);
  });

  test('转为保密以后，说过的话查不到', async () => {
    const said = await report(anyone, { words: '后来保密的砚台' });
    expect(await ids(wang, '砚台')).toEqual([said.id]);
    await sql('update casefile set confidential = true, summary = null where id = $1', [said.id]);
    await sql('update report set words = null where casefile_id = $1', [said.id]);
    for (const by of [he, wang]) expect(await ids(by, '砚台')).toEqual([]);
  });

  test('函数自己守得住：没有区域、没有授权、没有 realm，一行也没有；读表的权利没有多出来', async () => {
    await report(anyone, { words: '函数自己守的石磙' });
    const search = `select * from search_casefiles(array['石磙'], '{}', null, null, 50)`;
    const ranges = '{[1,2000000000)}';
    const seen = (settings: object) => asApp(county, settings, (attempt) => attempt(search));
    expect(await seen({ realm: '1', ranges })).toBe(1);
    expect(await seen({ realm: '2', ranges })).toBe(0);
    expect(await seen({ realm: '1' })).toBe(0);
    expect(await seen({ ranges })).toBe(0);
    expect(await seen({})).toBe(0);
    expect(
      await asApp(county, { realm: '1' }, (attempt) => attempt(`select from report where words like '%石磙%'`)),
    ).toBe(0);
    const everything = `select * from search_casefiles('{}', '{}', null, null, 50)`;
    expect(await asApp(county, { realm: '1', ranges }, (attempt) => attempt(everything))).toBe(0);
  });

  test('函数用得上按字的索引；受行级权限约束的人自己查，用不上，所以才有这个函数', async () => {
    await report(anyone);
    const planOf = (role: string) =>
      withOwner(inject('cluster'), county.database, async (owner) => {
        // Of a few rows every index is as good as another.
        await owner.query(`begin; insert into report (realm, id, casefile_id, channel, grantee, words, occurred_at, recorded_at)
          select 1, gen_random_uuid(), casefile_id, 'portal', gen_random_uuid(), md5(n::text), now(), now()
          from (select casefile_id from report where realm = 1 limit 1) r, generate_series(1, 5000) n; select gin_clean_pending_list('report_words'); analyze report`);
        await owner.query(`set local enable_seqscan = off; set local role ${role}; set local jw.realm = 1`);
        const words = `jw_grams(r.words) @> array['石磙']`;
        const { rows } = await owner.query(
          `explain select r.casefile_id from report r where r.realm = (select jw_realm()) and ${words}`,
        );
        await owner.query('rollback');
        return JSON.stringify(rows);
      });
    expect(await planOf('jingwei_searcher')).toMatch(/Bitmap Index Scan on report_words.*jw_grams\(words\) @>/);
    expect(await planOf('jingwei_app')).not.toMatch(/Index Cond[^"]*jw_grams/);
  });
});

describe('地图方框', () => {
  test('数数的函数自己守得住：没有区域、没有授权、没有 realm，一个也不数', async () => {
    await report(anyone);
    const cells = `array(select distinct cell from generate_series(424469200, 425873400) cell where cell % 36000 between 29200 and 29400)`;
    const count = `select * from count_in_cells(${cells}, 1, true) where cases > 0`;
    const seen = (settings: object) => asApp(county, settings, (attempt) => attempt(count));
    const ranges = '{[1,2000000000)}';
    expect(await seen({ realm: '1', ranges })).toBeGreaterThan(0);
    for (const settings of [{ realm: '2', ranges }, { realm: '1' }, { ranges }, {}])
      expect(await seen(settings)).toBe(0);
  });

  test('远看是数，近看是一件一件；每一处合起来都一样多，而且就是列表里的那些', async () => {
    const readable = async (by: Caller) => {
      const list = await by.get('/api/casefiles?most=200');
      const open = list.body.filter(
        ({ status, flags }: { status: string; flags: string[] }) =>
          status !== 'evaluated' && status !== 'declined' && !flags.includes('merged'),
      );
      const placed = await sql<{ id: string }>('select id from casefile where lon is not null');
      return open
        .map(({ id }: { id: string }) => id)
        .filter((id: string) => placed.some((row) => row.id === id))
        .sort();
    };
    for (const by of [he, wang, tian, await as('赵磊'), await as('周工'), zhaoElsewhere]) {
      const expected = await readable(by);
      const near = await box(by, 18);
      expect(near.cases.map(({ id }) => id).sort()).toEqual(expected);
      expect(near).toMatchObject({ step: 0, clusters: [], more: false });
      for (const zoom of [5, 8, 10, 12]) expect(counted(await box(by, zoom)), `zoom ${zoom}`).toBe(expected.length);
    }
  });

  test('保密的、并走的、别的县的、看不到的，数里也没有', async () => {
    const before = counted(await box(wang, 10));
    const elsewhere = counted(await box(tian, 10));
    const there = counted(await box(zhaoElsewhere, 10));
    const [one, two] = [await report(anyone), await report(anyone)];
    await report(await as('宋洁'), { confidential: true, channel: 'visit' }, '/api/casefiles');
    expect(counted(await box(wang, 10))).toBe(before + 2);
    await step(he, two.id, 'merge', { intoId: one.id });
    expect(counted(await box(wang, 10))).toBe(before + 1);
    expect(counted(await box(tian, 10))).toBe(elsewhere);
    expect(counted(await box(zhaoElsewhere, 10))).toBe(there);
    const points = (await box(wang, 18)).cases.map(({ id }) => id);
    expect([points.includes(one.id), points.includes(two.id)]).toEqual([true, false]);
  });

  test('已经办结的只在问全部的时候算', async () => {
    const said = await report(anyone);
    await step(he, said.id, 'decline', { outcome: 'not_found', publicText: '现场没有发现' });
    const open = await box(wang, 18);
    expect(open.cases.map(({ id }) => id)).not.toContain(said.id);
    const all = await box(wang, 18, { state: 'all' });
    expect(all.cases.map(({ id }) => id)).toContain(said.id);
    expect(counted(await box(wang, 10, { state: 'all' }))).toBe(all.cases.length);
  });

  test('方框外面的没有；方框不对，说得清楚', async () => {
    expect(await box(wang, 18, { west: 113.5, east: 113.6 })).toMatchObject({ cases: [] });
    const wrong = await wang.get('/api/casefiles/box?west=2&east=1&south=1&north=2&zoom=3');
    expect([wrong.status, wrong.body.code]).toEqual([422, 'input.invalid']);
    expect((await anyone.get('/api/casefiles/box?west=1&east=2&south=1&north=2&zoom=3')).status).toBe(401);
  });
});
