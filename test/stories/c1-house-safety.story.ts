import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openImports } from '../../src/cli/fixtures/importing.ts';
import { openStaffImports } from '../../src/cli/fixtures/staffing.ts';
import { questionsIn } from '../../src/domains/land/registry/forms/form_lines.model.ts';
import { ledgerNamed } from '../../src/domains/land/registry/ledgers.model.ts';
import type { VisitBody } from '../../src/web/field/engine/visit.ts';
import { book } from '../fixtures/ledger_books.ts';
import { type Caller, openCounty } from '../harness.ts';
import { openPhone, type Phone } from '../phone.ts';
import { area } from '../telling.ts';

/*
 * After the rain a street has every house of sixteen communities looked at. Four people walk them with telephones that are
 * without network most of the day. At every moment the desk shows what it was told, and in the end what was done: by
 * communities, by answers, and in the ledger of houses. In the midst of it one grid is taken up into the one beside it.
 */
const COMMUNITIES = 16;
const HOUSES = 9;
const county = await openCounty();
const { as, clock, settle } = county;
const [leader, registrar, admin] = await Promise.all(['蒋涛', '何静', '管理员'].map((name) => as(name)));
const walkers = ['王秀兰', '吴芳', '郑海', '田青'] as const;
const signs = ['wangxiulan', 'wufang', 'zhenghai', 'tianqing'];
if (!leader || !registrar || !admin) throw new Error('somebody is missing');
const two = (n: number): string => String(n).padStart(2, '0');
const code = (i: number): string => `4399010012${two(i + 1)}`;
const called = (i: number): string => `青石${two(i + 1)}社区`;
const houses = ledgerNamed('houses');
const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);

/** Who walks the grid of which community: each of the four a quarter of them. */
const walkerOf = (i: number): number => i % walkers.length;
const communities = Array.from({ length: COMMUNITIES }, (_, i) => i);

async function settleLand(): Promise<void> {
  const areas = openImports(county);
  const staff = openStaffImports(county);
  const divisions = communities.map((i) => `${code(i)},${called(i)}`);
  await areas.run(1, { divisions: [areas.file(['code,name', ...divisions].join('\n'))], grids: '1' });
  const roster = communities.map((i) => {
    const at = walkerOf(i);
    return `${code(i)}001,网格员,${walkers[at]},${signs[at]}`;
  });
  const taken = await staff.run(1, areas.file(['区域,岗位,姓名,账号', ...roster].join('\n')));
  expect(taken.refused).toEqual([]);
}

const labels = '所属社区 所属网格 楼栋 房号 房主姓名 房屋结构 层数 建成年份 自建房'.split(' ');
const rowsOf = (i: number): string[][] =>
  Array.from({ length: HOUSES }, (_, n) => [
    ...[
      called(i),
      i % 2 ? '第1网格' : '一网格',
      `${1 + (n % 3)}栋`,
      String(101 + n),
      `房主${two(i)}${n}`,
      n % 2 ? '砖混' : '砖木',
    ],
    ...[String(1 + (n % 4)), String(1975 + n * 3), n % 3 === 0 ? '否' : '是'],
  ]);
/** By the rows themselves: two of three are self-built. */
const MEANT =
  COMMUNITIES *
  communities
    .slice(0, 1)
    .flatMap(rowsOf)
    .filter((row) => row[8] === '是').length;

async function bringHouses(): Promise<void> {
  const form = { commandId: randomUUID(), areaId: area('east'), toldOn: '2026-02-28', ledger: 'houses' };
  const bytes = await book(labels, communities.flatMap(rowsOf));
  const { body } = await (registrar as Caller).upload('/api/ledger-batches', form, [{ name: '房屋.xlsx', bytes }]);
  await settle();
  const looked = (await (registrar as Caller).get(`/api/ledger-batches/${body.batchId}`)).body;
  expect(looked.counts).toEqual({ new: COMMUNITIES * HOUSES });
  await (registrar as Caller).post(`/api/ledger-batches/${body.batchId}/take`);
  await settle();
}

const lines = '墙体有没有裂缝*\n→ 裂缝在哪里\n房屋结构\n用电情况（正常、私拉乱接、线路老化）*';
const wanted = {
  ...{ title: '自建房安全排查', purpose: '汛前查清危房', areaId: area('east'), ledger: 'houses', rounds: 1 },
  ...{ dueOn: day(20), choice: [{ field: 'house.self_built', is: 'equals', value: '是' }] },
  questions: questionsIn(lines, houses),
};

const visitsOn = async ({ engine }: Phone, id: string) =>
  (await engine.held('visit'))
    .map((one) => ({ id: one.id, ...(one.body as unknown as VisitBody) }))
    .filter(({ campaignId }) => campaignId === id);
const call = ({ engine }: Phone, id: string, over: object = {}) =>
  engine.submit({
    ...{ name: 'campaign.visit', params: { id }, target: id, urgent: false, files: [] },
    body: { round: 1, result: 'done', answers: { q1: 'no', q4: '正常' }, confirmed: [], ...over },
  });
const sync = async ({ engine }: Phone) => {
  await settle();
  return engine.sync();
};

test('十六个社区的自建房一处不落；手机没网时桌上也只算听到的；走到一半网格并了，数不变', async () => {
  await settleLand();
  await bringHouses();

  const { title, purpose, rounds, dueOn, ...asked } = wanted;
  const { body: before } = await leader.post('/api/campaigns/preview', asked);
  expect(before).toMatchObject({ targets: MEANT });
  expect(before.areas).toHaveLength(COMMUNITIES);
  // How it is built is known of every one of them; nobody asks again.
  expect(before.questions.map(({ field, known }: { field?: string; known: number }) => [field ?? null, known])).toEqual(
    [
      [null, 0],
      [null, 0],
      ['house.structure', MEANT],
      [null, 0],
    ],
  );
  const { body: opened } = await leader.post('/api/campaigns', wanted);
  const id: string = opened.campaignId;
  await settle();
  const counts = async () => (await leader.get(`/api/campaigns/${id}`)).body;
  expect(await counts()).toMatchObject({ stage: 'open', ledger: 'houses', counts: { targets: MEANT, left: MEANT } });

  const phones: Phone[] = [];
  for (const name of walkers) phones.push(await openPhone(county, await as(name)));
  const each = MEANT / walkers.length;
  for (const phone of phones) {
    expect(await sync(phone)).toMatchObject({ trouble: null });
    expect(await visitsOn(phone, id)).toHaveLength(each);
    phone.now.online = false;
  }
  const [first] = phones;
  const [door] = first ? await visitsOn(first, id) : [];
  expect(door).toMatchObject({ ledger: 'houses', unit: { zh: '处' }, why: '是否自建房 是', known: { q3: {} } });
  expect(door?.name).toMatch(/^\d栋 1\d\d$/);
  expect(door?.home).toMatch(/^房主/);

  // A day of walking: all that is known at the desk is what came through.
  let told = { done: 0, absent: 0, refused: 0, moved: 0 };
  for (const [i, phone] of phones.entries()) {
    const mine = await visitsOn(phone, id);
    for (const [n, { id: target }] of mine.entries()) {
      if (n % 8 === 6) await call(phone, target, { result: 'absent', answers: {} });
      else if (n % 8 === 7) await call(phone, target, { result: 'moved', answers: {} });
      else await call(phone, target, n % 8 === 0 ? { answers: { q1: 'yes', q2: '东墙', q4: '线路老化' } } : {});
    }
    expect((await counts()).counts).toMatchObject({ targets: MEANT, ...told });
    phone.now.online = true;
    expect(await sync(phone), walkers[i]).toMatchObject({ waiting: 0, refused: 0 });
    const absent = mine.filter((_, n) => n % 8 === 6).length;
    const moved = mine.filter((_, n) => n % 8 === 7).length;
    told = {
      ...{ done: told.done + mine.length - absent - moved, refused: 0 },
      ...{ absent: told.absent + absent, moved: told.moved + moved },
    };
    expect((await counts()).counts).toMatchObject({ ...told, left: MEANT - told.done - told.moved });
  }
  const seen = await counts();
  expect(seen.areas).toHaveLength(COMMUNITIES);
  expect(seen.areas.reduce((sum: number, { done }: { done: number }) => sum + done, 0)).toBe(told.done);
  const { body: away } = await leader.get(`/api/campaigns/${id}/targets?only=absent&most=200`);
  expect(away.rows).toHaveLength(told.absent);

  // The grid of the second community is taken up into the first one's, and whoever walked either walks both from then on.
  const grids = await gridsNamed();
  const [stays = '', goes = ''] = [grids.get(`${code(0)}001`), grids.get(`${code(1)}001`)];
  const merged = await admin.post('/api/areas/merge', { areaIds: [goes], intoId: stays });
  expect(merged.status, JSON.stringify(merged.body)).toBe(200);
  for (const phone of phones) await sync(phone);
  expect((await counts()).counts).toMatchObject({ ...told, targets: MEANT });
  const lists = await Promise.all(phones.map(async (phone) => (await visitsOn(phone, id)).length));
  const joined = each + MEANT / COMMUNITIES;
  expect(lists).toEqual([joined, joined, each, each]);
});

const gridsNamed = async (): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await county.sql<{ id: string; code: string }>(
        'select area_id as id, code from area_version where realm = 1 and upper_inf(valid)',
      )
    ).map(({ id, code: named }) => [named, id]),
  );
