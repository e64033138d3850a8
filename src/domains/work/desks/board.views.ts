import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { atlasOf, requireArea, runsOf } from '../../land/areas/index.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { type CasefileRow, findCasefiles, lineOf } from '../casefiles/index.ts';
import { dutyLines, dutyWords } from '../obligations/index.ts';
import {
  type boardLine,
  type countsQuery,
  type countsView,
  type listQuery,
  type listView,
  MOST_LISTED,
} from './board.model.ts';
import { type BoardFilter, countBoard, dutiesNamed, listBoard } from './board.queries.ts';

export async function boardCounts(ctx: Ctx, asked: z.output<typeof countsQuery>): Promise<z.input<typeof countsView>> {
  return { counts: await countBoard(ctx, await filterOf(ctx, asked)), at: ctx.now };
}

export async function boardList(ctx: Ctx, asked: z.output<typeof listQuery>): Promise<z.input<typeof listView>> {
  const rows = await listBoard(ctx, await filterOf(ctx, asked), asked.group, MOST_LISTED + 1);
  const shown = rows.slice(0, MOST_LISTED);
  const [files, duties] = await Promise.all([
    findCasefiles(
      ctx,
      shown.map(({ id }) => id),
    ),
    dutiesNamed(
      ctx,
      shown.flatMap(({ dutyId }) => dutyId ?? []),
    ),
  ]);
  const byId = new Map(files.map((file) => [file.id, file]));
  const into = await intoOf(ctx, files);
  const told = new Map((await dutyLines(ctx, [...duties.values()])).map((line) => [line.id, line]));
  const { bodyName } = await directoryOf(ctx);
  const lines = shown.flatMap(({ id, dutyId }): Promise<z.input<typeof boardLine>>[] => {
    const file = byId.get(id);
    const duty = told.get(dutyId ?? '');
    if (!file) return [];
    const more = {
      round: file.round,
      bodyName: bodyName(file.bodyId ?? '') ?? null,
      dutyWords: duty ? dutyWords(duty.duty) : null,
      owedBy: duty?.owedByName ?? null,
      clock: duty?.clock ?? null,
      into: into.get(file.mergedInto ?? '') ?? null,
    };
    return [lineOf(ctx, file).then((line) => ({ ...line, ...more }))];
  });
  return { lines: await Promise.all(lines), more: rows.length > MOST_LISTED };
}

async function filterOf(ctx: Ctx, { areaId, bodyId }: z.output<typeof countsQuery>): Promise<BoardFilter> {
  const area = areaId === undefined ? null : await requireArea(ctx, areaId);
  return { numbers: area && runsOf((await atlasOf(ctx)).formers, area), bodyId: bodyId ?? null };
}

/** Where the merged ones went, of those that may be read. */
async function intoOf(ctx: Ctx, files: readonly CasefileRow[]): Promise<Map<Id, { id: Id; number: string }>> {
  const ids = files.flatMap(({ mergedInto }) => mergedInto ?? []);
  const found = ids.length === 0 ? [] : await findCasefiles(ctx, ids);
  return new Map(found.map(({ id, number }) => [id, { id, number }]));
}
