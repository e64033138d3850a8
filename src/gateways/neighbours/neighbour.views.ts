import type { z } from 'zod';
import { directoryOf } from '../../domains/land/staff/index.ts';
import { type DeliveryFault, deliveryFaults } from '../../domains/work/casefiles/heard.model.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { neighbourView, sendingView } from './neighbour.model.ts';
import { allNeighbours, type SendingRow } from './neighbour.queries.ts';

/** The key itself is shown to nobody: only that there is one. */
export async function neighbours(ctx: Ctx): Promise<z.input<typeof neighbourView>[]> {
  const [directory, rows] = await Promise.all([directoryOf(ctx), allNeighbours(ctx)]);
  return rows.map(({ apiKey, services, ...row }) => ({
    ...row,
    services: [...services],
    body: directory.body(row.bodyId)?.name ?? '',
    hasKey: apiKey !== null,
  }));
}

export async function sendingLines(ctx: Ctx, rows: readonly SendingRow[]): Promise<z.input<typeof sendingView>[]> {
  const directory = await directoryOf(ctx);
  return rows.map((row) => ({
    ...row,
    body: directory.body(row.bodyId)?.name ?? '',
    faultWords: deliveryFaults[row.fault as DeliveryFault] ?? null,
  }));
}
