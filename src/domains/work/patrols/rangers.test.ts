import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { byOperator } from '../../../cli/operator.ts';
import { addPerson, appoint, directoryOf } from '../../land/staff/index.ts';
import { instantOf } from './due.model.ts';
import type { PatrolKind } from './kind.model.ts';

/*
 * The figures of the sources, from records made by commands: 114 rangers under contract, 92 and 22, with fixed routes; ten
 * villages with pledges; two professional fire teams, more than thirty people together; a special patrol round the clock;
 * five sources of fire; a locked-down area gone round every hour. None of them is typed in.
 */
const county = await openCounty();
const { as, clock, settle, sql } = county;
const [zhao, wang] = [await as('赵磊'), await as('王秀兰')];
const days = [1, 2, 3, 4, 5, 6, 7];
const rule = (everyMin: number, from: string, to: string, season: object | null = null) => ({
  ...{ everyMin, windows: [{ from, to }], weekdays: days, season },
});
const fireSeason = { from: '10-15', to: '06-15' };
const daily = rule(1440, '08:00', '18:00', fireSeason);
const route = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `第${i + 1}点`, point: null, radiusM: 50 }));

async function plan(key: string, title: string, kind: PatrolKind, over: object): Promise<string> {
  const common = { areaId: idOf(1, 'area', key), positionDays: 30, pledgedOn: null, walkers: [], places: route(3) };
  const { status, body } = await zhao.post('/api/patrols', { ...common, title, kind, rule: daily, ...over });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.planId;
}

/** People who hold the post of a grid worker in this grid, appointed as an operator does. */
const hired = (key: string, names: readonly string[]): Promise<{ ids: string[] }> =>
  byOperator(county.runtime, 1, 'rangers', async (ctx) => {
    const areaId = idOf(1, 'area', key);
    const post = (await directoryOf(ctx)).posts.find((one) => one.areaId === areaId && one.role === 'grid_worker');
    const ids: string[] = [];
    for (const name of names) {
      const personId = ctx.ids.newId();
      await addPerson(ctx, { id: personId, name, phone: null });
      await appoint(ctx, { id: ctx.ids.newId(), postId: post?.id ?? '', personId });
      ids.push(personId);
    }
    return { ids };
  });
const named = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i + 1}`);

test('114 名合同护林员（92＋22）、10 个村的承诺书、两支扑火队、五处火源、每小时一巡：都是数出来的', async () => {
  const groups = [
    ['ferry-1', 92],
    ['station-1', 22],
  ] as const;
  for (const [key, n] of groups) {
    const { ids } = await hired(key, named(`护林员${key}`, n));
    for (const [i, personId] of ids.entries())
      await plan(key, `护林路线${i + 1}`, 'forest', {
        walkers: [{ personId, contract: `护林〔${key}〕${i + 1}` }],
      });
  }
  for (let i = 0; i < 10; i += 1) await plan('ferry-2', `第${i + 1}村防火巡查`, 'forest', { pledgedOn: '2026-03-01' });
  for (const [team, n] of [
    ['一队', 16],
    ['二队', 15],
  ] as const) {
    const { ids } = await hired('station-2', named(`扑火${team}`, n));
    await plan('station-2', `专业扑火${team}`, 'special', {
      walkers: ids.map((personId) => ({ personId, contract: null })),
    });
  }
  await plan('ferry-2', '五处火源', 'special', { places: route(5), rule: rule(360, '00:00', '00:00') });
  const closed = await plan('station-1', '封控区每小时巡', 'closed_off', {
    places: route(1),
    rule: rule(60, '00:00', '00:00'),
  });
  await settle();

  type Line = {
    area: string;
    kind: string;
    title: string;
    contracts: number;
    walkers: number;
    places: number;
    pledgedOn: string | null;
  };
  const lines = (await zhao.get('/api/patrols')).body as Line[];
  const sum = (of: (one: Line) => number, only: (one: Line) => boolean = () => true): number =>
    lines.filter(only).reduce((all, one) => all + of(one), 0);
  expect(sum(({ contracts }) => contracts)).toBe(114);
  expect(
    sum(
      ({ contracts }) => contracts,
      ({ area }) => area === '渡口第一网格',
    ),
  ).toBe(92);
  expect(
    sum(
      ({ contracts }) => contracts,
      ({ area }) => area === '二运第一网格',
    ),
  ).toBe(22);
  expect(lines.filter(({ pledgedOn }) => pledgedOn !== null)).toHaveLength(10);
  const teams = lines.filter(({ title }) => title.startsWith('专业扑火'));
  expect([teams.length, teams.reduce((all, { walkers }) => all + walkers, 0)]).toEqual([2, 31]);
  expect(lines.find(({ title }) => title === '五处火源')?.places).toBe(5);
  // Nobody counts twice, and a contract that ends counts no more.
  expect(await sql('select distinct person_id from patrol_walker where contract is not null')).toHaveLength(114);
  const [gone] = (await zhao.get('/api/patrols')).body.filter(({ contracts }: Line) => contracts === 1);
  const { title, rule: due, spots } = (await zhao.get(`/api/patrols/${gone.id}`)).body;
  const places = spots.map(({ name, point, radiusM }: { name: string; point: null; radiusM: number }) => ({
    name,
    point,
    radiusM,
  }));
  const changed = { title, rule: due, places, walkers: [], pledgedOn: null };
  expect((await zhao.post(`/api/patrols/${gone.id}/change`, changed)).status).toBe(200);
  const after = (await zhao.get('/api/patrols')).body as Line[];
  expect(after.reduce((all, { contracts }) => all + contracts, 0)).toBe(113);

  // Gone round every hour but from two to five in the night: the gap shows by itself.
  const day = new Date(clock.now().getTime() + 32 * 3_600_000).toISOString().slice(0, 10);
  const midnight = instantOf(day, '00:00', 'Asia/Shanghai');
  const { code } = (await zhao.get(`/api/patrols/${closed}/stickers`)).body[0];
  const placeId = (await zhao.get(`/api/patrols/${closed}`)).body.spots[0].id;
  for (let hour = 0; hour < 24; hour += 1) {
    clock.moveTo(new Date(midnight + (hour * 60 + 20) * 60_000));
    if (hour >= 2 && hour < 5) continue;
    const patrolId = randomUUID();
    await wang.post(`/api/patrols/${closed}/start`, { patrolId });
    await wang.post(`/api/patrols/${closed}/ticks`, { patrolId, placeId, how: 'code', code });
  }
  clock.moveTo(new Date(midnight + 25 * 3_600_000));
  const seen = (await zhao.get(`/api/patrols/${closed}?day=${day}`)).body;
  expect(seen.rounds).toHaveLength(24);
  expect(seen.spots[0]).toMatchObject({
    ...{ rounds: 24, ticked: 21 },
    gap: {
      rounds: 3,
      from: new Date(midnight + 2 * 3_600_000).toISOString(),
      to: new Date(midnight + 5 * 3_600_000).toISOString(),
    },
  });
});
