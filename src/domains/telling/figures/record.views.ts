import type { Ctx } from '../../../kernel/context.ts';
import { findCasefiles, lineOf } from '../../work/casefiles/index.ts';
import type { FigurePack } from './definition.model.ts';
import type { RecordsQuery, RecordsView } from './figure.model.ts';
import { recordsCounted, recordsOf } from './figure.queries.ts';
import { requireFigure, understand } from './figure.views.ts';

/** The records behind a figure, as far as they may be opened; how many more are counted is said, and no more of them. */
export async function openFigure(
  ctx: Ctx,
  packs: readonly FigurePack[],
  id: string,
  query: RecordsQuery,
): Promise<RecordsView> {
  const { pack, span } = await understand(ctx, packs, query);
  const figure = requireFigure(pack, id);
  const [rows, { all, open }] = await Promise.all([
    recordsOf(ctx, figure, span, query),
    recordsCounted(ctx, figure, span, query.part),
  ]);
  const files = await findCasefiles(ctx, [...new Set(rows.map(({ casefileId }) => casefileId))]);
  const lines = new Map(await Promise.all(files.map(async (file) => [file.id, await lineOf(ctx, file)] as const)));
  return {
    figure: { id: figure.id, version: figure.version, name: figure.name, counts: figure.counts, of: figure.of },
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
