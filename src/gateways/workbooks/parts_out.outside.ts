import { recordsOut } from '../../domains/land/registry/index.ts';
import type { Entrance } from '../../kernel/entrance.ts';
import type { Id } from '../../kernel/id.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { transact } from '../../kernel/transaction.ts';

type Part = Awaited<ReturnType<typeof recordsOut>>;

/** The records of an area part by part, each in a transaction of its own. */
export async function* partsOut(
  runtime: Runtime,
  entrance: Entrance,
  asked: Omit<Parameters<typeof recordsOut>[1], 'after'>,
): AsyncGenerator<Part> {
  let after: Id | null = null;
  do {
    const from: Id | null = after;
    const part: Part = await transact(runtime, entrance, (ctx) => recordsOut(ctx, { ...asked, after: from }));
    yield part;
    after = part.next;
  } while (after !== null);
}
