import { Temporal } from 'temporal-polyfill';
import { type Ctx, isIn, postsOf, type Seat } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import { realmOf, today } from '../../../kernel/realm.ts';
import type { Words } from '../../../kernel/words.ts';
import { type Area, type AreaLevel, areaProblems, atlasOf, requireArea } from '../../land/areas/index.ts';
import type { CountedFigure, Figure, FigurePack } from './definition.model.ts';
import {
  type FigureQuery,
  type FiguresView,
  type FigureView,
  figureProblems,
  type Period,
  periodOf,
} from './figure.model.ts';
import { type By, type Tally, tallies } from './figure.queries.ts';
import { placesOf } from './places.views.ts';
import { openAllAreas, type Span } from './rows.queries.ts';
import { cellsBeside, othersName, rounded, type Split, splitByArea, splitByBody } from './table.views.ts';

/** Everything that is asked about, found and allowed. */
export interface Asked {
  readonly area: Area;
  readonly pack: FigurePack;
  readonly period: Period;
  readonly asOf: Date;
  /** The day of `asOf` where the area lies. */
  readonly until: string;
  /** The day whose map is meant when areas are to be as cases were filed; null: today's. */
  readonly mapOf: string | null;
  readonly by: By;
}

export async function understand(ctx: Ctx, packs: readonly FigurePack[], query: FigureQuery): Promise<Asked> {
  const pack = packs.find(({ code }) => code === (query.pack ?? packs[0]?.code));
  if (!pack)
    throw new Problem(figureProblems['figure.no_pack'], {
      pack: query.pack ?? '',
      packs: packs.map(({ code }) => code).join('、'),
    });
  const [area, { zone }, day] = await Promise.all([areaAsked(ctx, query.area), realmOf(ctx), today(ctx)]);
  const period = periodOf(query, day, zone, pack);
  const asOf = query.asOf === undefined ? ctx.now : new Date(query.asOf);
  if (asOf > ctx.now) throw new Problem(figureProblems['figure.not_yet']);
  if (ctx.actor.kind === 'system') await openAllAreas(ctx);
  const until = Temporal.Instant.fromEpochMilliseconds(asOf.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
  const mapOf = query.vintage === 'filed' ? ([period.to, until].sort()[0] ?? null) : null;
  return { area, pack, period, asOf, until, mapOf, by: query.by };
}

/** What is asked about, in numbers: the area first, then those below it that are asked for. */
export async function spanOf(ctx: Ctx, { area, period, asOf, mapOf }: Asked, below: readonly Area[]): Promise<Span> {
  const [asked, ...others] = await placesOf(ctx, [area, ...below], mapOf);
  if (!asked) throw new Error('an area has no place');
  return { places: [asked, ...others], begins: period.begins, ends: period.ends, asOf };
}

/** An area is counted by whoever reads all of it; to others it is not there. */
async function areaAsked(ctx: Ctx, id: string | undefined): Promise<Area> {
  const atlas = await atlasOf(ctx);
  const own = ctx.actor.kind === 'system' ? atlas.root : atlas.get(widest(readingSeats(ctx))?.areaId ?? '');
  const area = id === undefined ? own : await requireArea(ctx, id);
  if (!area || !counts(ctx, area)) throw new Problem(areaProblems['area.not_found']);
  return area;
}

const readingSeats = (ctx: Ctx): Seat[] => postsOf(ctx.actor).filter((seat) => seat.readsArea && seat.from !== null);
const counts = (ctx: Ctx, { no, lastNo }: Area): boolean =>
  ctx.actor.kind === 'system' || readingSeats(ctx).some((seat) => isIn(seat, no) && isIn(seat, lastNo));

/** My areas and two levels below each: enough to choose from, however many grids a county has. */
export async function areasToCount(ctx: Ctx): Promise<{ id: string; name: string; level: AreaLevel }[]> {
  const atlas = await atlasOf(ctx);
  const seats = postsOf(ctx.actor).filter((seat) => seat.readsArea);
  const mine = seats.flatMap(({ areaId }) => atlas.get(areaId ?? '') ?? []);
  const below = (areas: readonly Area[]): Area[] => areas.flatMap(({ id }) => atlas.children(id));
  const areas = new Set([...mine, ...below(mine), ...below(below(mine))]);
  return [...areas]
    .sort((a, b) => a.no - b.no)
    .map(({ id, level }) => ({ id, name: atlas.path(id).slice(-3).join(' · '), level }));
}

const width = ({ from, to }: Seat): number => (to ?? 0) - (from ?? 0);
const widest = (seats: readonly Seat[]): Seat | undefined => seats.toSorted((a, b) => width(b) - width(a))[0];

export function requireFigure(pack: FigurePack, id: string): CountedFigure {
  const figure = pack.figures.find((one) => one.id === id);
  if (!figure) throw new Problem(figureProblems['figure.not_found'], { figure: id });
  if (figure.unit === 'composite') throw new Problem(figureProblems['figure.composed']);
  return figure;
}

/** The figures of an area and, beside each, those of the areas directly below or of each body. */
export async function figuresOf(ctx: Ctx, packs: readonly FigurePack[], query: FigureQuery): Promise<FiguresView> {
  const asked = await understand(ctx, packs, query);
  const { area, pack, period } = asked;
  const counted = countedOf(pack);
  const split = await splitUp(ctx, asked, counted);
  return {
    area: { id: area.id, code: area.code, name: area.name, above: await aboveOf(ctx, area) },
    pack: { code: pack.code, name: pack.name, about: pack.about },
    packs: packs.map(({ code, name }) => ({ code, name })),
    ...period,
    asOf: asked.asOf,
    vintage: query.vintage,
    by: query.by,
    parameters: Object.entries(pack.parameters).map(([name, one]) => ({ name, ...one })),
    figures: put(asked, counted, split),
  };
}

/** Of the area alone, nothing beside: those figures, and what is composed of them. */
export async function figuresAlone(
  ctx: Ctx,
  asked: Asked,
  wanted: (figure: CountedFigure) => boolean,
): Promise<FigureView[]> {
  const counted = countedOf(asked.pack).filter(wanted);
  const told = await tallies(ctx, counted, await spanOf(ctx, asked, []), 'area');
  return put(asked, counted, splitByArea(told, counted, []));
}

/** In the order of the pack; what is composed follows from what was counted, and is left out where nothing of it was. */
function put(asked: Asked, counted: readonly CountedFigure[], split: Split): FigureView[] {
  const simple = new Map(counted.map((figure) => [figure.id, viewOf(figure, split, asked)]));
  return asked.pack.figures.flatMap((figure) => {
    if (figure.unit !== 'composite') return simple.get(figure.id) ?? [];
    return figure.parts.every((part) => simple.has(part.figure)) ? composedView(figure, simple) : [];
  });
}

/** The next area up, where I may count that too. */
async function aboveOf(ctx: Ctx, { parentId }: Area): Promise<FiguresView['area']['above']> {
  const parent = parentId === null ? undefined : (await atlasOf(ctx)).get(parentId);
  return parent && counts(ctx, parent) ? { id: parent.id, name: parent.name } : null;
}

const countedOf = ({ figures }: FigurePack): CountedFigure[] =>
  figures.flatMap((figure) => (figure.unit === 'composite' ? [] : [figure]));

export async function splitUp(ctx: Ctx, asked: Asked, figures: readonly CountedFigure[]): Promise<Split> {
  const children = asked.by === 'area' ? (await atlasOf(ctx)).children(asked.area.id) : [];
  const told = await tallies(ctx, figures, await spanOf(ctx, asked, children), asked.by);
  return asked.by === 'area' ? splitByArea(told, figures, children) : splitByBody(ctx, told, figures);
}

const plain = (figure: Figure) => {
  const { id, version, unit, name, counts, source, confidence, parameters } = figure;
  const parts = figure.unit === 'composite' ? figure.parts.map((part) => ({ ...part })) : [];
  return { ...{ id, version, unit, name, counts, source, confidence }, parameters: [...parameters], parts };
};

type Share = Pick<FigureView, 'numerator' | 'denominator' | 'value'>;

/** Nothing to divide by is no data, never nought. */
function shareOf(unit: 'count' | 'rate', told: readonly Tally[]): Share {
  const [above, below] = [sum(told, 'numerator'), sum(told, 'denominator')];
  if (unit === 'count') return { numerator: above, denominator: null, value: above };
  return { numerator: above, denominator: below, value: below === 0 ? null : rounded(above / below) };
}

const sum = (told: readonly Tally[], what: 'numerator' | 'denominator' | 'unknown'): number =>
  rounded(told.reduce((all, one) => all + Number(one[what]), 0));

function viewOf(figure: CountedFigure, { totals, rows }: Split, { pack, by }: Asked): FigureView {
  const told = totals.filter((one) => one.figure === figure.id);
  const unknown = sum(told, 'unknown');
  const exclusions = figure.exclusions.map(({ id, reason }, i) => ({
    ...{ id, reason },
    count: told.reduce((all, { excluded }) => all + (excluded[i] ?? 0), 0),
  }));
  const looked = sum(told, 'denominator') + exclusions.reduce((all, { count }) => all + count, 0);
  const share = shareOf(figure.unit, told);
  const silent: Share = { numerator: null, denominator: null, value: null };
  return {
    ...plain(figure),
    ...(unknown > 0 ? silent : share),
    noData: unknown > 0 ? changedSince(unknown) : share.value === null ? nothingToDivideBy : null,
    exclusions,
    records: looked,
    cells: unknown === 0 ? cellsOf(figure, rows, pack.smallestCell, by) : [],
  };
}

const nothingToDivideBy: Words = { zh: '分母里一件也没有', en: 'There is nothing in the denominator' };
const changedSince = (count: number): Words => ({
  zh: `有 ${count} 个时限在那以后停过、恢复过或改过，当时的情形没有逐时保存，不作推测`,
  en: `${count} clocks were stopped, started or moved since; how they stood then is not kept and is not guessed`,
});

function cellsOf(figure: CountedFigure, rows: Split['rows'], least: number, by: By): FigureView['cells'] {
  const { shown, together } = cellsBeside(figure, rows, least);
  const share = (cells: readonly { row: Split['rows'][number] }[]) =>
    shareOf(
      figure.unit,
      cells.flatMap(({ row }) => row.told.filter((one) => one.figure === figure.id)),
    );
  const others =
    together.length === 0
      ? []
      : [{ split: 'others' as const, name: othersName(by, together.length), ...share(together) }];
  return [...shown.map((cell) => ({ split: cell.key, name: cell.row.name, ...share([cell]) })), ...others];
}

/** One part without data leaves the whole without: weights are not spread over the rest. */
function composedView(figure: Figure, among: ReadonlyMap<string, FigureView>): FigureView {
  const parts = figure.unit === 'composite' ? figure.parts : [];
  const missing = parts.filter((part) => among.get(part.figure)?.value == null);
  const whole = parts.reduce((all, { weight }) => all + weight, 0);
  const value = parts.reduce((all, { figure: id, weight }) => all + weight * (among.get(id)?.value ?? 0), 0) / whole;
  const names = (language: keyof Words) =>
    missing.map((part) => among.get(part.figure)?.name[language] ?? part.figure).join(language === 'zh' ? '、' : ', ');
  return {
    ...plain(figure),
    ...{ numerator: null, denominator: null, exclusions: [], records: 0, cells: [] },
    value: missing.length > 0 ? null : rounded(value),
    noData: missing.length > 0 ? { zh: `${names('zh')}没有数据`, en: `no data for ${names('en')}` } : null,
  };
}
