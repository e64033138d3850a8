import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Ctx } from '../../../../kernel/context.ts';
import { type DataKey, openDataKey } from '../../../../kernel/data_key.ts';
import { seal, unseal } from '../../../../kernel/envelope.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type LedgerBatch, sealedFileOf } from './batch.queries.ts';

/** How a file and its rows are kept: packed, and sealed under the key of the batch. */
export const boundToPart = (id: Id, n: number): string => `ledger part ${id} ${n}`;
export const sealPacked = (key: DataKey, clear: Buffer | string, bound: string): Buffer =>
  seal(key.bytes, deflateRawSync(clear, { level: 1 }), bound);
export const openPacked = (key: DataKey, sealed: Buffer, bound: string): Buffer =>
  inflateRawSync(unseal(key.bytes, sealed, bound));

const boundToName = (id: Id): string => `ledger file name ${id}`;
export const boundToFile = (id: Id): string => `ledger file ${id}`;
export const boundToVerdict = (id: Id, n: number): string => `ledger verdict ${id} ${n}`;

/** Of the file and, in a second line, of its sheets: an office may call either after a person. */
export const sealNames = (key: DataKey, id: Id, fileName: string, tables: readonly { sheet: string }[]): Buffer =>
  seal(key.bytes, `${fileName}\n${JSON.stringify(tables.map(({ sheet }) => sheet))}`, boundToName(id));
const namesIn = ({ id, sealedName }: LedgerBatch, key: DataKey): string[] =>
  sealedName ? unseal(key.bytes, sealedName, boundToName(id)).toString().split('\n') : [];

/** What the file is called; null once it is not kept any more. */
export const nameOfFile = (batch: LedgerBatch, key: DataKey): string | null => namesIn(batch, key)[0] ?? null;

/** With what its sheets are called; a batch of an earlier version has that beside its tables. */
export const withSheets = (batch: LedgerBatch, key: DataKey): LedgerBatch => {
  const sheets = JSON.parse(namesIn(batch, key)[1] ?? '[]') as string[];
  return { ...batch, tables: batch.tables.map((table, i) => ({ ...table, sheet: sheets[i] ?? table.sheet })) };
};

/** Name, bytes and tables as they were sent; null once they are not kept any more. */
export async function fileOf(ctx: Ctx, batch: LedgerBatch): Promise<SentAs | null> {
  const [key, sealed] = [await openDataKey(ctx, batch.keyId), await sealedFileOf(ctx, batch.id)];
  const fileName = key && nameOfFile(batch, key);
  if (!key || !sealed || fileName === null) return null;
  return { fileName, bytes: openPacked(key, sealed, boundToFile(batch.id)), tables: withSheets(batch, key).tables };
}

interface SentAs {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly tables: LedgerBatch['tables'];
}
