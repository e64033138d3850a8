import type { Insertable, Selectable } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { insertions } from '../../../kernel/database/rows.ts';
import type { ImportBatch, ImportedRow } from '../../../kernel/db.generated.ts';
import type { Id } from '../../../kernel/id.ts';

export type BatchRow = Selectable<ImportBatch>;
export type KnownRow = Pick<Selectable<ImportedRow>, 'key' | 'casefileId' | 'rowHash'>;

export async function knownRows(ctx: Ctx, source: string, keys: readonly string[]): Promise<Map<string, KnownRow>> {
  const rows = await ctx.db
    .selectFrom('importedRow')
    .select(['key', 'casefileId', 'rowHash'])
    .where('realm', '=', ctx.realm)
    .where('source', '=', source)
    .where('key', 'in', [...keys])
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

export function insertKnown(ctx: Ctx, rows: readonly Omit<Insertable<ImportedRow>, 'realm'>[]): void {
  if (rows.length === 0) return;
  ctx.send(
    insertions(
      'importedRow',
      rows.map((row) => ({ realm: ctx.realm, ...row })),
    ),
  );
}

export async function saveChanged(
  ctx: Ctx,
  source: string,
  { key, rowHash }: Pick<KnownRow, 'key' | 'rowHash'>,
  changedIn: Id,
): Promise<void> {
  await ctx.db
    .updateTable('importedRow')
    .set({ rowHash, changedIn })
    .where('realm', '=', ctx.realm)
    .where('source', '=', source)
    .where('key', '=', key)
    .execute();
}

/** A run over this very file that was broken off; it goes on under the same number. */
export async function unfinishedBatch(ctx: Ctx, source: string, fileHash: Buffer): Promise<BatchRow | undefined> {
  return ctx.db
    .selectFrom('importBatch')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('source', '=', source)
    .where('fileHash', '=', fileHash)
    .where('finishedAt', 'is', null)
    .where('undoneAt', 'is', null)
    .orderBy('begunAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function batchById(ctx: Ctx, id: Id): Promise<BatchRow | undefined> {
  return ctx.db
    .selectFrom('importBatch')
    .selectAll()
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertBatch(
  ctx: Ctx,
  batch: Pick<BatchRow, 'id' | 'source' | 'fileHash' | 'founds'>,
): Promise<void> {
  await ctx.db
    .insertInto('importBatch')
    .values({ realm: ctx.realm, ...batch, begunAt: ctx.now })
    .execute();
}

export async function endBatch(ctx: Ctx, id: Id, end: 'finishedAt' | 'undoneAt'): Promise<void> {
  await ctx.db
    .updateTable('importBatch')
    .set({ [end]: ctx.now })
    .where('realm', '=', ctx.realm)
    .where('id', '=', id)
    .execute();
}

/** What a batch brought, by key. */
export async function rowsOfBatch(ctx: Ctx, batchId: Id, after: string, most: number): Promise<KnownRow[]> {
  return ctx.db
    .selectFrom('importedRow')
    .select(['key', 'casefileId', 'rowHash'])
    .where('realm', '=', ctx.realm)
    .where('batchId', '=', batchId)
    .where('key', '>', after)
    .orderBy('key')
    .limit(most)
    .execute();
}

/** What a batch changed that another had brought. */
export async function changedInBatch(ctx: Ctx, batchId: Id): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('importedRow')
    .select('key')
    .where('realm', '=', ctx.realm)
    .where('changedIn', '=', batchId)
    .where('batchId', '<>', batchId)
    .orderBy('key')
    .execute();
  return rows.map(({ key }) => key);
}

/** Withdrawn: the same row may come again as a new case. */
export async function dropKnown(ctx: Ctx, source: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await ctx.db
    .deleteFrom('importedRow')
    .where('realm', '=', ctx.realm)
    .where('source', '=', source)
    .where('key', 'in', [...keys])
    .execute();
}
