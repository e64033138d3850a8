import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { directoryOf } from '../../land/staff/index.ts';
import { findCasefiles, lineOf, reportByGrantee, secretOfReport } from '../casefiles/index.ts';
import { clockOf } from '../obligations/index.ts';
import { dutiesNamed } from './board.queries.ts';
import { type callbackLine, type callbacksView, MOST_CALLED, outcomeWords } from './callback.model.ts';
import { type CallbackRow, callbacksDue, countCallbacks } from './callback.queries.ts';

/** Whom to call back. Of a reporter it says only whether there is a telephone number: reading it is an act of its own. */
export async function callbacks(ctx: Ctx): Promise<z.input<typeof callbacksView>> {
  const [all, rows] = await Promise.all([countCallbacks(ctx), callbacksDue(ctx, MOST_CALLED)]);
  return { all, lines: await linesOf(ctx, rows) };
}

async function linesOf(ctx: Ctx, rows: readonly CallbackRow[]): Promise<z.input<typeof callbackLine>[]> {
  const [files, duties, { bodyName }] = await Promise.all([
    findCasefiles(
      ctx,
      rows.map(({ id }) => id),
    ),
    dutiesNamed(
      ctx,
      rows.map(({ dutyId }) => dutyId),
    ),
    directoryOf(ctx),
  ]);
  const byId = new Map(files.map((file) => [file.id, file]));
  const lines: z.input<typeof callbackLine>[] = [];
  for (const row of rows) {
    const [file, duty] = [byId.get(row.id), duties.get(row.dutyId)];
    if (!file || !duty) continue;
    lines.push({
      ...(await lineOf(ctx, file)),
      clock: clockOf(duty, ctx.now),
      closedAt: file.closedAt,
      outcome: outcomeWords(file.outcome),
      publicText: file.publicText,
      bodyName: bodyName(file.bodyId ?? '') ?? null,
      hasPhone: await hasPhone(ctx, row),
      tries: row.tries,
      triedAt: row.triedAt,
    });
  }
  return lines;
}

async function hasPhone(ctx: Ctx, { askedOf }: CallbackRow): Promise<boolean> {
  const report = await reportByGrantee(ctx, askedOf);
  return Boolean(report && (await secretOfReport(ctx, report))?.contact?.phone);
}
