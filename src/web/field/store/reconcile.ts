import type { StoredFile, StoredOp } from '../engine/ports.ts';
import { type Bytes, unseal, unsealText } from './lock.ts';
import type { SecondJournal } from './second_journal.ts';

/** At the start the two journals are compared: what only the second still has comes back. */
const OP = 'op-';
const FILE = 'file-';
const ABOUT = 'about-';
export const opName = (commandId: string): string => OP + commandId;
export const fileName = (sha256: string): string => FILE + sha256;
/** What a file is, beside its bytes: of which step it was taken, and whether the server refused it. */
export const aboutName = (sha256: string): string => ABOUT + sha256;

/** As much of the database as is looked at here. */
interface Known {
  getAllKeys(table: 'ops' | 'files'): Promise<string[]>;
  getAll(table: 'ops' | 'drafts'): Promise<Bytes[]>;
  get(table: 'meta', key: 'meta'): Promise<unknown>;
}

export interface Recovered {
  readonly putOps: readonly StoredOp[];
  readonly putFiles: readonly (StoredFile & { readonly bytes: Uint8Array })[];
}

export async function recovered(db: Known, key: CryptoKey, second: SecondJournal | null): Promise<Recovered> {
  const copies = await (second?.all().catch(() => null) ?? null);
  if (!copies || copies.size === 0) return { putOps: [], putFiles: [] };
  const [ops, files, meta] = await Promise.all([db.getAllKeys('ops'), db.getAllKeys('files'), db.get('meta', 'meta')]);
  const lost = missing(copies, OP, ops);
  const found = await Promise.all(lost.map(([, sealed]) => unsealText<StoredOp>(key, sealed).catch(() => null)));
  const putOps = found.filter((stored) => stored !== null).map((stored) => (meta ? stored : asNew(stored)));
  const wanted = new Set(putOps.flatMap(({ op }) => op.files));
  const lostFiles = missing(copies, FILE, files).filter(([hash]) => wanted.has(hash));
  const putFiles = await Promise.all(
    lostFiles.map(([hash, sealed]) => fileFrom(key, hash, sealed, copies.get(aboutName(hash)))),
  );
  return { putOps, putFiles: putFiles.filter((file) => file !== null) };
}

const missing = (copies: ReadonlyMap<string, Bytes>, prefix: string, known: readonly string[]) =>
  [...copies]
    .filter(([name]) => name.startsWith(prefix) && !known.includes(name.slice(prefix.length)))
    .map(([name, sealed]) => [name.slice(prefix.length), sealed] as const);

/** The numbers of a phone whose database is gone are no longer its own; the command's id still makes it count once. */
function asNew({ op, state, order }: StoredOp): StoredOp {
  return { op: { ...op, seq: null }, state: state.is === 'refused' ? state : { is: 'waiting' }, order };
}

async function fileFrom(key: CryptoKey, sha256: string, sealed: Bytes, about: Bytes | undefined) {
  const bytes = await unseal(key, sealed).catch(() => null);
  const told = about ? await unsealText<StoredFile>(key, about).catch(() => null) : null;
  const unknown = { type: 'image/jpeg', keptAt: new Date(0).toISOString(), refused: null };
  return bytes && { ...(told ?? unknown), sha256, size: bytes.length, bytes };
}

/** Photos taken for what was never said, or taken out again: nothing names them any more. */
export async function orphans(db: Known, key: CryptoKey): Promise<readonly string[]> {
  const [files, ops, drafts] = await Promise.all([db.getAllKeys('files'), db.getAll('ops'), db.getAll('drafts')]);
  if (files.length === 0) return [];
  const naming = await Promise.all([...ops, ...drafts].map((sealed) => unsealText<unknown>(key, sealed)));
  const named = JSON.stringify(naming);
  return files.filter((hash) => !named.includes(hash));
}
