import type { StoredFile, StoredOp } from '../engine/ports.ts';
import type { IndexedStore } from './indexed_store.ts';
import { type Bytes, type Lock, openWith, sealText, unsealText, type Wrap } from './lock.ts';

/**
 * What was not sent, in one sealed file, to be carried to another phone. It opens there after the same person signed in:
 * with the wrap that the server's key opens, PIN or no PIN.
 */
interface Bundle {
  readonly format: 'jingwei-field-1';
  readonly accountId: string;
  readonly nonce: string;
  readonly key: string;
  readonly sealed: string;
}

interface Contents {
  readonly ops: readonly StoredOp[];
  readonly files: readonly (StoredFile & { readonly bytes: string })[];
}

export class NotOurBundle extends Error {}

export async function exportUnsent(store: IndexedStore, lock: Lock, key: CryptoKey): Promise<Blob> {
  const { ops, files } = await store.open();
  const here = new Set(files.map(({ sha256 }) => sha256));
  const unsent = ops.filter(({ op, state }) => state.is !== 'applied' || op.files.some((hash) => here.has(hash)));
  const contents: Contents = { ops: unsent, files: await withBytes(store, filesOf(unsent, files)) };
  const { nonce, key: wrapped } = lock.byServer;
  const bundle: Bundle = {
    format: 'jingwei-field-1',
    accountId: lock.accountId,
    nonce: asText(nonce),
    key: asText(wrapped),
    sealed: asText(await sealText(key, contents)),
  };
  return new Blob([JSON.stringify(bundle)], { type: 'application/json' });
}

const filesOf = <F extends StoredFile>(ops: readonly StoredOp[], files: readonly F[]): readonly F[] => {
  const named = new Set(ops.flatMap(({ op }) => op.files));
  return files.filter(({ sha256 }) => named.has(sha256));
};

async function withBytes(store: IndexedStore, files: readonly StoredFile[]): Promise<Contents['files']> {
  const found = await Promise.all(files.map(async (file) => ({ file, bytes: await store.bytes(file.sha256) })));
  return found.flatMap(({ file, bytes }) => (bytes ? [{ ...file, bytes: asText(bytes) }] : []));
}

/**
 * Takes in what is not here yet; a command keeps its id, so that it counts once although two phones hold it. One that is
 * at the server already, and only its photos are not, is sent once more: it comes back as a duplicate, and they follow.
 */
export async function importUnsent(
  store: IndexedStore,
  accountId: string,
  serverKey: Bytes,
  text: string,
): Promise<number> {
  const bundle = readBundle(text);
  if (bundle?.accountId !== accountId) throw new NotOurBundle();
  const wrap: Wrap = { nonce: asBytes(bundle.nonce), key: asBytes(bundle.key) };
  const contents = await openWith(wrap, serverKey)
    .then((key) => unsealText<Contents>(key, asBytes(bundle.sealed)))
    .catch(() => null);
  if (!contents) throw new NotOurBundle();
  const { ops, meta } = await store.open();
  const known = new Set(ops.map(({ op }) => op.commandId));
  const fresh = contents.ops.filter(({ op }) => !known.has(op.commandId));
  const first = Math.max(meta?.nextOrder ?? 1, ...ops.map(({ order }) => order + 1));
  await store.commit(
    {
      putOps: fresh.map(({ op, state }, i) => ({
        op: { ...op, seq: null },
        state: state.is === 'refused' ? state : { is: 'waiting' },
        order: first + i,
      })),
      putFiles: filesOf(fresh, contents.files).map((file) => ({ ...file, bytes: asBytes(file.bytes) })),
      ...(meta && { meta: { ...meta, nextOrder: first + fresh.length } }),
    },
    'strict',
  );
  return fresh.length;
}

function readBundle(text: string): Bundle | null {
  try {
    const read = JSON.parse(text) as Partial<Bundle>;
    return read.format === 'jingwei-field-1' ? (read as Bundle) : null;
  } catch {
    return null;
  }
}

function asText(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

const asBytes = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
