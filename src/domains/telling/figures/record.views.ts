import type { Ctx } from '../../../kernel/context.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { findCasefiles, lineOf } from '../../work/casefiles/index.ts';
import type { CountedFigure, FigurePack } from './definition.model.ts';
import { figureProblems, type RecordsQuery, type RecordsView } from './figure.model.ts';
import { type Asked as Part, recordsCounted, recordsOf } from './figure.queries.ts';
import { type Asked, requireFigure, spanOf, splitUp, understand } from './figure.views.ts';
import { directly, together } from './places.views.ts';
import type { Span } from './rows.queries.ts';
import { cellsBeside, noArea, noBody } from './table.views.ts';

/** The records behind a figure, as far as they may be opened; how many more are counted is said, and no more of them. */
export async function openFigure(
  ctx: Ctx,
  packs: readonly FigurePack[],
  id: string,
  query: RecordsQuery,
): Promise<RecordsView> {
  const asked = await understand(ctx, packs, query);
  const figure = requireFigure(asked.pack, id);
  const { span, bodies } = await narrowed(ctx, asked, figure, query.split);
  const part: Part = { part: query.part, before: query.before, most: query.most, bodies };
  const [rows, { all, open }] = await Promise.all([
    recordsOf(ctx, figure, span, part),
    recordsCounted(ctx, figure, span, part),
  ]);
  const files = await findCasefiles(ctx, [...new Set(rows.map(({ casefileId }) => casefileId))]);
  const lines = new Map(await Promise.all(files.map(async (file) => [file.id, await lineOf(ctx, file)] as const)));
  return {
    figure: shownOf(figure),
    area: { name: asked.area.name },
    row: await rowName(ctx, query),
    ...{ from: asked.period.from, to: asked.period.to },
    part: query.part,
    counted: all,
    closed: all - open,
    records: rows.flatMap(({ key, casefileId, excludedBy, weight }) => {
      const casefile = lines.get(casefileId);
      const excluded = figure.exclusions[excludedBy - 1]?.reason ?? null;
      return casefile ? [{ key, casefile, excluded, weight: weight === null ? null : Number(weight) }] : [];
    }),
    next: rows.length === query.most ? (rows.at(-1)?.key ?? null) : null,
  };
}

const shownOf = ({ id, version, name, counts, unit, of }: CountedFigure): RecordsView['figure'] => {
  return { id, version, name, counts, unit, of };
};

/** As the table calls it. */
async function rowName(ctx: Ctx, { by, split }: RecordsQuery): Promise<Words | null> {
  if (split === undefined) return null;
  if (split === 'others') return { zh: '其他（合并）', en: 'others, together' };
  if (split === 'none') return by === 'area' ? noArea : noBody;
  const name = by === 'area' ? (await atlasOf(ctx)).get(split)?.name : (await directoryOf(ctx)).body(split)?.name;
  return name === undefined ? null : { zh: name, en: name };
}

type Narrowed = { readonly span: Span; readonly bodies: Part['bodies'] };

/** One row of the table is opened as it was counted. */
async function narrowed(
  ctx: Ctx,
  asked: Asked,
  figure: CountedFigure,
  split: RecordsQuery['split'],
): Promise<Narrowed> {
  if (split === undefined) return { span: await spanOf(ctx, asked, []), bodies: null };
  const keys = split === 'others' ? await keptTogether(ctx, asked, figure) : [split];
  if (keys.length === 0) throw new Problem(figureProblems['figure.no_row']);
  if (asked.by === 'area') return { span: await inAreas(ctx, asked, keys), bodies: null };
  return { span: await spanOf(ctx, asked, []), bodies: keys.map((key) => (key === 'none' ? null : key)) };
}

async function keptTogether(ctx: Ctx, asked: Asked, figure: CountedFigure): Promise<string[]> {
  const { rows } = await splitUp(ctx, asked, [figure]);
  return cellsBeside(figure, rows, asked.pack.smallestCell).together.map(({ key }) => key);
}

async function inAreas(ctx: Ctx, asked: Asked, keys: readonly string[]): Promise<Span> {
  const children = (await atlasOf(ctx)).children(asked.area.id);
  const span = await spanOf(ctx, asked, children);
  const [whole, ...below] = span.places;
  const found = keys.flatMap((key) =>
    key === 'none' ? [directly(whole, below)] : below.filter(({ id }) => id === key),
  );
  const [first, ...rest] = found;
  if (!first) throw new Problem(figureProblems['figure.no_row']);
  return { ...span, places: [together([first, ...rest])] };
}
