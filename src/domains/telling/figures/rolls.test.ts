import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { addPhoto, body, DAY, HOUR, MINUTE, report } from '../../../../test/telling.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import { figurePacks } from '../../../packs/figures/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { csv, harbourMap, line, openFolder } from '../../work/imports/fixtures/hotline.ts';
import { importCasefiles, undoImport } from '../../work/imports/index.ts';
import type { CountedFigure } from './definition.model.ts';
import { figureQuery } from './figure.model.ts';
import { type Tally, tallies } from './figure.queries.ts';
import { spanOf, understand } from './figure.views.ts';
import { readPacks } from './pack.model.ts';
import { recount } from './roll.commands.ts';
import { figureSweep } from './roll.reactions.ts';
import { splitByArea } from './table.views.ts';

/*
 * Sums against a full count, over a history that nobody has thought out: cases that go their way or come back, are
 * merged and parted, imported and withdrawn, while the land is moved, merged and split under them and time passes.
 */
const county = await openCounty();
const { as, anyone, clock, settle, sql, runtime } = county;
const write = openFolder();
const map = harbourMap({ file: { delimiter: ';' } });
const packs = readPacks(figurePacks);
const people: Record<string, Caller> = {};
const by = (name: string): Caller => people[name] as Caller;

/** The same numbers for the same seed. */
function dice(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return {
    chance: (share: number): boolean => next() < share,
    below: (n: number): number => Math.floor(next() * n),
    one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T,
  };
}
type Dice = ReturnType<typeof dice>;

interface Matter {
  readonly id: string;
  readonly code: string;
}
const matters: Matter[] = [];
const done: Record<string, number> = {};

const land = () => transact(runtime, asSystem(1, 'test'), atlasOf);

/** What the roll of the dice asks for may be refused; it is never a fault. */
async function attempt(name: string, what: Promise<{ status: number; body: { code?: string } }>): Promise<void> {
  const { status, body: said } = await what;
  expect([name, status, said.code ?? ''][1], `${name}: ${JSON.stringify(said)}`).toBeLessThan(500);
  if (status < 300) done[name] = (done[name] ?? 0) + 1;
}

const reported = async (roll: Dice): Promise<void> => {
  const anywhere = (await land()).areas.filter(({ level }) => level === 'grid' || level === 'community');
  const place = { areaId: (roll.chance(0.5) ? anywhere[0] : roll.one(anywhere))?.id };
  const secret = roll.chance(0.1) ? { typeCode: 'neighbour-leak' } : {};
  matters.push(await report(anyone, { place, ...secret }));
  done.report = (done.report ?? 0) + 1;
};

const staff = [
  '何静',
  '陈敏',
  '曹路',
  '郑海',
  '高明',
  '丁一',
  '王秀兰',
  '吴芳',
  '田青',
  '孙丽',
  '罗河',
  '沈月',
  '钱进',
  '韩冬',
] as const;

async function advanced(roll: Dice): Promise<void> {
  // Mostly one of the newest, so that some go all the way.
  const matter = roll.one(roll.chance(0.7) ? matters.slice(-5) : matters);
  const [row] = await sql<{ status: string; confidential: boolean; merged_into: string | null; suspended: boolean }>(
    'select status, confidential, merged_into, suspended from casefile where id = $1',
    [matter.id],
  );
  const desk = (name: string, form: object, who = staff) => tried(name, matter.id, who, form);
  if (row?.merged_into) return desk('unmerge', { words: '是两处' });
  const conditionCode = row?.confidential ? 'neighbour-leak-cause-disputed' : 'road-sunken-passable';
  switch (row?.status) {
    case 'reported':
      if (roll.chance(0.2)) return desk('merge', { intoId: roll.one(matters).id });
      if (roll.chance(0.1)) return desk('decline', { outcome: 'not_found', publicText: '没有发现。' });
      if (roll.chance(0.15))
        return desk('relocate', {
          place: { areaId: roll.one((await land()).areas.filter(({ level }) => level === 'grid')).id },
        });
      return desk('register', { conditionCode });
    case 'registered':
      return desk('dispatch', { bodyId: body(roll.one(['works', 'works', 'clean'])) });
    case 'dispatched':
      return desk(roll.chance(0.15) ? 'send-back' : 'acknowledge', roll.chance(0.5) ? {} : {});
    case 'handling':
      if (roll.chance(0.1)) return desk('send-back', { reason: 'unclear', words: '不清' });
      if (roll.chance(0.15)) return rested(matter.id);
      await addPhoto(by('曹路'), matter.id, 'after').catch(() => undefined);
      return desk('feed-back', { words: '好了' });
    case 'handled':
      return desk(roll.chance(0.25) ? 'rework' : 'verify', { words: '看过' });
    case 'verified':
      return desk('close', { outcome: roll.one(['resolved', 'explained', 'relieved']), publicText: '已处理。' });
    default:
      if (roll.chance(0.2))
        return attempt('object', anyone.post(`/api/track/${matter.code}/object`, { words: '没好' }));
      if (roll.chance(0.3)) return appealed(matter.id);
      return attempt(
        'answer',
        anyone.post(`/api/track/${matter.code}/answer`, {
          answer: roll.one(['satisfied', 'mostly_satisfied', 'unsatisfied']),
        }),
      );
  }
}

/** The first of them who may. */
async function tried(name: string, id: string, who: readonly string[], form: object): Promise<void> {
  for (const one of who) {
    const reply = await by(one).post(`/api/casefiles/${id}/${name}`, form);
    expect(reply.status, `${name}: ${JSON.stringify(reply.body)}`).toBeLessThan(500);
    if (reply.status >= 300) continue;
    done[name] = (done[name] ?? 0) + 1;
    return;
  }
}

const dutyOn = async (id: string, what: string): Promise<string | undefined> =>
  (await sql<{ id: string }>(`select id from obligation where record_id = $1 and ${what} limit 1`, [id]))[0]?.id;

/** Excused: the clock of a duty that ended long ago changes, and nothing of its case does. */
async function appealed(id: string): Promise<void> {
  const late = await dutyOn(id, `overran and duty = 'casefile.handle' and state = 'settled' and not exempt`);
  if (!late) return;
  const wish = await by('曹路').post(`/api/obligations/${late}/ask-appeal`, { words: '连日大雨' });
  if (wish.status !== 200) return;
  await attempt('second', by('陈敏').post(`/api/adjustments/${wish.body.adjustmentId}/second`));
  await attempt('exempt', by('蒋涛').post(`/api/adjustments/${wish.body.adjustmentId}/grant`));
}

async function rested(id: string): Promise<void> {
  const owed = await dutyOn(id, `duty = 'casefile.handle' and state = 'running'`);
  const until = new Date(clock.now().getTime() + 40 * DAY).toISOString();
  const wish = await by('曹路').post(`/api/obligations/${owed}/ask-suspension`, { words: '等雨季过去', until });
  if (wish.status === 200)
    await attempt('suspend', by('陈敏').post(`/api/adjustments/${wish.body.adjustmentId}/grant`));
}

const batches: string[] = [];
async function brought(roll: Dice): Promise<void> {
  if (batches.length > 0 && roll.chance(0.4)) {
    await undoImport(runtime, 1, batches.pop() ?? '');
    done.undo = (done.undo ?? 0) + 1;
    return;
  }
  const rows = Array.from({ length: 6 }, (_, i) => {
    const day = 1 + roll.below(28);
    const closed = roll.chance(0.8) ? { 状态: '已办结', 办结时间: `2025年4月${day}日 15:00` } : {};
    return line({
      ...{
        工单号: `${randomUUID()}`,
        来电时间: `2025年3月${day}日 9:0${i}`,
        应办结时间: `2025年3月${Math.min(day + 3, 31)}日 18:00`,
      },
      ...{ 社区编码: roll.one(['439901001001', '439901001002', '439901102201']), ...closed },
    });
  });
  const { batch } = await importCasefiles(runtime, 1, { file: write(`${randomUUID()}.csv`, csv(rows)), map });
  if (batch) batches.push(batch);
  done.import = (done.import ?? 0) + 1;
}

const landActs = ['move grid', 'move community', 'split grid', 'split community', 'merge grids'] as const;

async function movedLand(roll: Dice, kind: (typeof landActs)[number] = roll.one(landActs)): Promise<void> {
  const atlas = await land();
  const at = (level: string) => atlas.areas.filter((one) => one.level === level);
  const admin = by('管理员');
  if (kind === 'move grid' || kind === 'move community') {
    const level = kind === 'move grid' ? 'grid' : 'community';
    const parentId = roll.one(at(level === 'grid' ? 'community' : 'town')).id;
    return attempt(kind, admin.post(`/api/areas/${roll.one(at(level)).id}/move`, { parentId }));
  }
  if (kind === 'merge grids') {
    const into = roll.one(at('grid'));
    const goes = at('grid').find(({ id, parentId }) => id !== into.id && parentId === into.parentId);
    return attempt(kind, admin.post('/api/areas/merge', { areaIds: [goes?.id ?? into.id], intoId: into.id }));
  }
  const torn = roll.one(at(kind === 'split grid' ? 'grid' : 'community'));
  const parts = ['甲', '乙'].map((name) => ({
    ...{ id: randomUUID(), name: `${torn.name.slice(0, 30)}${name}` },
    code: `${torn.code.slice(0, 6)}${String(roll.below(1e6)).padStart(torn.code.length - 6, '9')}`,
  }));
  const children = atlas.children(torn.id).map(({ id }) => ({ areaId: id, partId: roll.one(parts).id }));
  return attempt(kind, admin.post(`/api/areas/${torn.id}/split`, { parts, restId: parts[0]?.id, children }));
}

async function history(roll: Dice, acts: number): Promise<void> {
  for (let i = 0; i < acts; i += 1) {
    const which = roll.below(100);
    if (matters.length === 0 || which < 15) await reported(roll);
    else if (which < 93) await advanced(roll);
    else if (which < 97) await brought(roll);
    else await movedLand(roll);
    clock.advance(roll.one([MINUTE, 10 * MINUTE, HOUR, 7 * HOUR, DAY]));
    if (roll.chance(0.04)) clock.advance(9 * DAY);
    if (roll.chance(0.25)) await figureSweep.run(runtime, 1, throwFault);
    if (roll.chance(0.08)) await settle();
  }
}

const day = (at: Date): string => at.toISOString().slice(0, 10);
const periods = (roll: Dice): { from: string; to: string }[] => {
  const today = clock.now();
  const back = (days: number) => day(new Date(today.getTime() - days * DAY));
  return [
    { from: '2025-03-01', to: day(today) },
    { from: back(roll.below(60) + 30), to: back(roll.below(30)) },
    { from: back(roll.below(8)), to: day(today) },
  ];
};

/** Figures of the whole and of some areas, with sums and without: not one number differs. */
async function agree(roll: Dice): Promise<void> {
  for (const period of periods(roll))
    await transact(runtime, asSystem(1, 'test'), async (ctx) => {
      const { areas, root } = await atlasOf(ctx);
      const some = [root, ...Array.from({ length: 4 }, () => roll.one(areas))];
      for (const one of some) await sameFor(ctx, roll.one(packs).code, one?.id ?? '', period);
    });
  const { wrong, differences } = await recount(runtime, 1, false);
  expect([wrong, differences]).toEqual([0, []]);
}

async function sameFor(ctx: Ctx, pack: string, areaId: string, period: object): Promise<void> {
  const asked = await understand(ctx, packs, figureQuery.parse({ ...period, area: areaId, pack }));
  const children = (await atlasOf(ctx)).children(areaId);
  const figures = asked.pack.figures.filter((figure): figure is CountedFigure => figure.unit !== 'composite');
  const span = await spanOf(ctx, asked, children);
  const [first, ...rest] = span.places.map((place) => ({ ...place, sums: [], rest: place.runs }));
  if (!first) throw new Error('no place');
  const told = (tallied: Tally[]) => splitByArea(tallied, figures, children);
  const summed = told(await tallies(ctx, figures, span));
  const plain = told(await tallies(ctx, figures, { ...span, places: [first, ...rest] }));
  const numbers = (of: typeof summed) =>
    figures.map(({ id }) => [
      id,
      ...[of, ...of.rows.map(({ told: one }) => ({ totals: one }))].map(({ totals }) => {
        const one = totals.find(({ figure }) => figure === id);
        return one && [one.numerator, one.denominator, ...one.excluded, one.unknown].join(' ');
      }),
    ]);
  const shape = (of: typeof summed) => numbers({ ...of, rows: of.rows.filter(({ key }) => key !== 'none') });
  expect(shape(summed), `${pack} ${asked.area.name} ${JSON.stringify(period)}`).toEqual(shape(plain));
}

beforeAll(async () => {
  for (const name of [...staff, '赵磊', '蒋涛', '管理员'] as const) people[name] = await as(name);
}, 60_000);

describe('汇总数等于逐件重数', () => {
  it.each([2, 3])(
    '随手编出的历史（种子 %i）',
    async (seed) => {
      const roll = dice(seed);
      for (let round = 0; round < 3; round += 1) {
        await history(roll, 40);
        for (const kind of landActs) await movedLand(roll, kind);
        await agree(roll);
      }
    },
    240_000,
  );

  it('历史里什么都有过；汇总真的在用', async () => {
    const acts = ['report', 'register', 'dispatch', 'merge', 'unmerge', 'import', 'undo'];
    expect(acts.filter((name) => !done[name])).toEqual([]);
    expect(Object.keys(done).filter((name) => /move|split|merge grids/.test(name)).length).toBeGreaterThan(0);
    const [cells] = await sql<{ n: number }>('select count(*)::int as n from figure_cell where realm = 1 and n > 0');
    expect(cells?.n).toBeGreaterThan(50);
  });
});
