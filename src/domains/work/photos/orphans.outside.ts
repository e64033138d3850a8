import { asSystem } from '../../../kernel/entrance.ts';
import { listRealms } from '../../../kernel/reaction.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { filesInUse } from './photo.queries.ts';
import { type PhotoStore, stemOf } from './store.outside.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 5_000;
/** So many may be left by crashes. More than that, and more than a tenth of all that is old, is rather the wrong database or an older backup: hands off. */
const A_FEW = 20;
const SUSPICIOUS_SHARE = 0.1;

/**
 * Removes files that belong to no photo and no recording and were written more than a day ago; what is being taken in
 * now is younger. When suspiciously many would go, none goes, and the log says so each day until somebody has looked.
 */
export async function sweepOrphans(
  store: PhotoStore,
  runtime: Runtime,
): Promise<{ removed: number; heldBack: number }> {
  const before = runtime.clock.now().getTime() - DAY_MS;
  const realms = await listRealms(runtime);
  const orphans: string[] = [];
  let old = 0;
  for await (const batch of batches(store, before)) {
    old += batch.length;
    orphans.push(...(await withoutRow(runtime, realms, batch)));
  }
  if (orphans.length > A_FEW && orphans.length > old * SUSPICIOUS_SHARE) {
    runtime.log.warn('photo files without rows held back', { files: orphans.length, of: old });
    return { removed: 0, heldBack: orphans.length };
  }
  for (const name of orphans) await store.remove(name);
  return { removed: orphans.length, heldBack: 0 };
}

async function* batches(store: PhotoStore, before: number): AsyncIterable<string[]> {
  let batch: string[] = [];
  for await (const { name, writtenAt } of store.list()) {
    if (writtenAt.getTime() >= before) continue;
    batch.push(name);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A half-written file is nobody's after a day, whatever it was going to be. */
async function withoutRow(runtime: Runtime, realms: readonly number[], names: readonly string[]): Promise<string[]> {
  const stems = [...new Set(names.map(stemOf))];
  const used = new Set<string>();
  for (const realm of realms) {
    const found = await transact(runtime, asSystem(realm, 'photo sweep'), (ctx) => filesInUse(ctx, stems));
    for (const file of found) used.add(file);
  }
  return names.filter((name) => name.endsWith('.part') || !used.has(stemOf(name)));
}
