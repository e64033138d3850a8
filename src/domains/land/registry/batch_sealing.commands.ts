import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Ctx } from '../../../kernel/context.ts';
import { type DataKey, openDataKey } from '../../../kernel/data_key.ts';
import { seal, unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type LedgerBatch, sealedFileOf } from './batch.queries.ts';

/** How a file and its rows are kept: packed, and sealed under the key of the batch. */
export const boundToPart = (id: Id, n: number): string => `ledger part ${id} ${n}`;
export const sealPacked = (key: DataKey, clear: Buffer | string, bound: string): Buffer =>
  seal(key.bytes, deflateRawSync(clear, { level: 1 }), bound);
export const openPacked = (key: DataKey, sealed: Buffer, bound: string): Buffer =>
  inflateRawSync(unseal(key.bytes, sealed, bound));

export const boundToName = (id: Id): string => `ledger file name ${id}`;
export const boundToFile = (id: Id): string => `ledger file ${id}`;
export const boundToVerdict = (id: Id, n: number): string => `ledger verdict ${id} ${n}`;

/** What the file is called; null once it is not kept any more. */
export const nameOf = ({ id, sealedName }: LedgerBatch, key: DataKey): string | null =>
  sealedName && unseal(key.bytes, sealedName, boundToName(id)).toString();

/** Name and bytes as they were sent; null once they are not kept any more. */
export async function fileOf(ctx: Ctx, batch: LedgerBatch): Promise<{ fileName: string; bytes: Buffer } | null> {
  const [key, sealed] = [await openDataKey(ctx, batch.keyId), await sealedFileOf(ctx, batch.id)];
  const fileName = key && nameOf(batch, key);
  if (!key || !sealed || fileName === null) return null;
  return { fileName, bytes: openPacked(key, sealed, boundToFile(batch.id)) };
}
