import { describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { area, person } from '../../test/telling.ts';
import { chainOf, chainQuery, openFinding } from '../domains/work/chain/index.ts';
import { asSystem } from '../kernel/entrance.ts';
import { transact } from '../kernel/transaction.ts';
import { openImports } from './fixtures/importing.ts';
import { openStaffImports } from './fixtures/staffing.ts';

const county = await openCounty();
const { runtime, as, sql } = county;
const { emptyRealm, file, run: runAreas } = openImports(county);
const { run } = openStaffImports(county);

const asked = (query: object = {}) => chainQuery.parse(query);
const chain = (realm: number, query: object = {}) =>
  transact(runtime, asSystem(realm, 'test'), (ctx) => chainOf(ctx, asked(query)));
const open = (realm: number, finding: string, query: object = {}) =>
  transact(runtime, asSystem(realm, 'test'), (ctx) => openFinding(ctx, finding, asked(query)));
const countsOf = (told: Awaited<ReturnType<typeof chain>>): Record<string, number> =>
  Object.fromEntries(told.findings.map(({ finding, count }) => [finding, count]));

/** 7 streets, 112 communities of one grid each; in the first street 102 buildings. Names and numbers are made up. */
const streets = Array.from({ length: 7 }, (_, i) => ({
  code: `4399410${String(i + 1).padStart(2, '0')}`,
  name: `第${i + 1}街道`,
}));
const communities = Array.from({ length: 112 }, (_, i) => {
  const street = streets[i % 7] as (typeof streets)[number];
  return { code: `${street.code}${String(Math.floor(i / 7) + 1).padStart(3, '0')}`, name: `社区${i + 1}`, street };
});
const phone = (i: number): string => `139${String(10_000_000 + i)}`;

async function theDistrict(): Promise<number> {
  const realm = await emptyRealm('439941');
  const rows = [...streets, ...communities].map(({ code, name }) => `${code},${name}`);
  await runAreas(realm, { divisions: [file(['code,name', ...rows].join('\n'))], grids: '1' });
  const buildings = communities.filter(({ street }) => street === streets[0]).slice(0, 16);
  const counts = buildings.map(({ code }, i) => `${code}001,${i < 6 ? 7 : 6}`);
  await runAreas(realm, { microGrids: file(['code,count', ...counts].join('\n')) });
  return realm;
}

/** Who answers for whom, as row A2 of the mission counts it. */
function rosterOf(): string[] {
  const lines: string[] = [];
  const say = (name: string, i: number, at: string, rank: string, body = '') =>
    lines.push(`${name},${phone(i)},${at},包保,${rank},${body},${body ? '民政' : ''},${body ? '处置人员' : ''}`);
  for (const [i, { code }] of communities.entries()) {
    say(`区领导${i % 30}`, 1000 + (i % 30), code, '县级');
    say(`街道领导${i % 78}`, 2000 + (i % 78), code, '乡镇级');
    say(`部门干部${i % 57}`, 3000 + (i % 57), code, '结对', `第${i % 57}局`);
    lines.push(`网格员${i},${phone(5000 + i)},${code}001,包网格,网格级,,,网格员`);
  }
  return lines;
}

describe('责任链', () => {
  it('A2：30 名区领导、78 名街道领导包 112 个社区（村），57 个部门结对，一个街道 102 名楼栋长；缺口自己显出来', async () => {
    const realm = await theDistrict();
    const land = await sql<{ code: string }>(
      `select v.code from area a join area_version v on v.realm = a.realm and v.area_id = a.id where a.realm = $1 and a.level = 'micro_grid' order by 1`,
      [realm],
    );
    expect(land).toHaveLength(102);
    const leads = land.map(({ code }, i) => `楼栋长${i},${phone(4000 + i)},${code},包楼栋,楼栋级,,,楼栋长`);
    const head = '姓名,手机,区域,包保,包保级别,单位,单位类型,岗位';
    const table = file([head, ...rosterOf(), ...leads].join('\n'));
    const done = await run(realm, table);
    expect(done.refused).toEqual([]);
    const told = await chain(realm);
    expect(Object.fromEntries(told.ranks.map(({ rank, ...rest }) => [rank, rest]))).toEqual({
      county: { people: 30, areas: 112, bodies: 0 },
      town: { people: 78, areas: 112, bodies: 0 },
      paired: { people: 57, areas: 112, bodies: 57 },
      grid: { people: 112, areas: 112, bodies: 0 },
      building: { people: 102, areas: 102, bodies: 0 },
    });
    const inFirst = await chain(realm, { area: streets[0]?.code });
    expect(inFirst.ranks.find(({ rank }) => rank === 'building')).toMatchObject({ people: 102 });
    expect(countsOf(told)).toMatchObject({ grid_without_worker: 0, area_without_responsible: 0, person_many_posts: 0 });

    // The four seats at the top are empty, and 57 bodies have nobody who takes work in: each number opens to its list.
    expect(countsOf(told)).toMatchObject({ post_without_holder: 4, body_without_desk: 57 });
    expect((await open(realm, 'post_without_holder')).lines.map(({ name }) => name).sort()).toEqual(
      ['受理立案岗', '派遣员', '核查员', '带班领导'].sort(),
    );

    // Somebody leaves: two gaps show by themselves, by name and place.
    await sql(
      `update holding set held = tstzrange(lower(held), $2) where realm = $1 and person_id = (select id from person where realm = $1 and name = '网格员5')`,
      [realm, county.clock.now()],
    );
    await sql(
      `update responsibility set held = tstzrange(lower(held), $2) where realm = $1 and person_id = (select id from person where realm = $1 and name = '网格员5')`,
      [realm, county.clock.now()],
    );
    expect(countsOf(await chain(realm))).toMatchObject({
      grid_without_worker: 1,
      area_without_responsible: 1,
      post_without_holder: 5,
    });
    expect((await open(realm, 'grid_without_worker')).lines).toMatchObject([
      { kind: 'area', name: '社区6第1网格', place: expect.stringContaining('第6街道') },
    ]);
  });

  it('一个人太多：岗位、区域；从多少算起由各县定', async () => {
    const realm = await theDistrict();
    const rows = communities.slice(0, 7).map(({ code }) => `忙人,${phone(9000)},${code}001,网格员`);
    await run(realm, file(['姓名,手机,区域,岗位', ...rows].join('\n')));
    expect(countsOf(await chain(realm))).toMatchObject({ person_many_posts: 1, person_many_areas: 1 });
    expect((await open(realm, 'person_many_areas')).lines).toMatchObject([{ kind: 'person', name: '忙人', count: 7 }]);
    expect(countsOf(await chain(realm, { mostPosts: '7', mostAreas: '7' }))).toMatchObject({
      person_many_posts: 0,
      person_many_areas: 0,
    });
    expect(
      (await chain(realm, { area: streets[0]?.code })).findings.find(({ finding }) => finding === 'grid_without_worker')
        ?.count,
    ).toBe(15);
  });

  it('户数太少、太多的网格；没有登记门牌的不算', async () => {
    const realm = await theDistrict();
    const grid = (
      await sql<{ id: string; no: number }>(
        `select id, no from area where realm = $1 and level = 'grid' order by no limit 1`,
        [realm],
      )
    )[0];
    await sql(
      `insert into dwelling (realm, id, area_id, scope_no, building, door_no) select $1, gen_random_uuid(), $2, $3, '1', i::text from generate_series(1, 30) i`,
      [realm, grid?.id, grid?.no],
    );
    expect(countsOf(await chain(realm))).toMatchObject({ grid_few_households: 1, grid_many_households: 0 });
    expect((await open(realm, 'grid_few_households')).lines).toMatchObject([{ id: grid?.id, count: 30 }]);
    expect(countsOf(await chain(realm, { fewHouseholds: '10', manyHouseholds: '20' }))).toMatchObject({
      grid_few_households: 0,
      grid_many_households: 1,
    });
  });

  it('网上也看得到：领导、书记能看，网格员不能；没有的清单、没有的区域说清楚', async () => {
    const leader = await as('蒋涛');
    const told = await leader.get('/api/responsibility?area=439901001');
    expect(told.body).toMatchObject({ area: { name: '城东街道' } });
    const list = await leader.get('/api/responsibility/area_without_responsible?area=439901001');
    expect(list.body.count).toBe(
      told.body.findings.find((one: { finding: string }) => one.finding === 'area_without_responsible').count,
    );
    expect(list.body.lines.map(({ id }: { id: string }) => id)).toContain(area('park-1'));
    expect((await (await as('王秀兰')).get('/api/responsibility')).status).toBe(403);
    expect((await leader.get('/api/responsibility/beauty')).body.code).toBe('chain.no_finding');
    expect((await leader.get('/api/responsibility?area=没有')).body.code).toBe('chain.no_area');
    expect((await leader.get('/api/responsibility?mostPosts=-1')).body.code).toBe('input.invalid');
  });

  it('工作台上也有：一页报告，点开是清单；没有权限的说清楚', async () => {
    const leader = await as('蒋涛');
    const page = await leader.get(`/console/responsibility?area=${area('east')}`);
    expect(page.status).toBe(200);
    const [, path = ''] = /href="(\/console\/responsibility\/area_without_responsible[^"]*)"/.exec(page.body) ?? [];
    const list = await leader.get(path.replaceAll('&amp;', '&'));
    expect(list.status).toBe(200);
    expect(list.body).toContain('青园社区');
    expect((await (await as('王秀兰')).get('/console/responsibility')).status).toBe(403);
  });

  it('待办太多的人：按看得到的数，打开是人', async () => {
    const { anyone, settle } = county;
    for (let i = 0; i < 3; i += 1) {
      const form = {
        casefileId: runtime.ids.newId(),
        reportId: runtime.ids.newId(),
        words: '灯坏了',
        place: { areaId: area('station-1'), words: '巷口' },
        channel: 'portal',
      };
      expect((await anyone.post('/api/reports', form)).status).toBe(200);
    }
    await settle();
    const list = await open(1, 'person_many_cases', { mostCases: 2 });
    expect(list.lines).toMatchObject([{ kind: 'person', id: person('hejing'), name: '何静', count: 3 }]);
    expect((await open(1, 'person_many_cases', { mostCases: 3 })).lines).toEqual([]);
  });
});
