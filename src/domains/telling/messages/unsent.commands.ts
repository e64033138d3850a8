import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { faultWords, unsentProblems, type unsentView } from './unsent.model.ts';
import { queueAgain, unsentRows, unsentState } from './unsent.queries.ts';

const MOST = 200;

export async function unsent(ctx: Ctx): Promise<z.input<typeof unsentView>> {
  const [{ waiting, oldest, failed }, rows] = [await unsentState(ctx), await unsentRows(ctx, MOST)];
  const lines = rows.map(({ lastFault, address, ...row }) => ({
    ...row,
    faultWords: faultWords(lastFault),
    host: hostOf(address),
  }));
  return { waiting, oldest, failed, lines };
}

/** The path of an address may hold a key. */
const hostOf = (address: string | null): string | null =>
  address !== null && URL.canParse(address) ? new URL(address).host : null;

/** Its turn comes at once, with all its tries; the receiver knows it by the same delivery id. */
export async function sendAgain(ctx: Ctx, ids: readonly Id[]): Promise<{ queued: number }> {
  const queued = await queueAgain(ctx, ids);
  if (queued.length === 0) throw new Problem(unsentProblems['message.nothing_to_send']);
  for (const id of queued)
    record(ctx, {
      kind: 'delivery.queued_again',
      about: { kind: 'delivery', id, scopeNo: 0, confidential: false },
      body: {},
    });
  return { queued: queued.length };
}
