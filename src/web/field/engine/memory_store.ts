import type { Changes, HeldRow, Mark, Meta, Opened, Store, StoredFile, StoredOp } from './ports.ts';

/** A store that forgets with the process: for tests, the laboratory, and pages that may keep nothing. */
export interface MemoryStore extends Store {
  readonly rows: ReadonlyMap<string, HeldRow>;
}

export function memoryStore(): MemoryStore {
  let meta: Meta | null = null;
  const ops = new Map<string, StoredOp>();
  const rows = new Map<string, HeldRow>();
  const files = new Map<string, StoredFile>();
  const contents = new Map<string, Uint8Array>();
  const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;
  const ofKind = (kind: string): HeldRow[] => [...rows.values()].filter((row) => row.kind === kind);

  const take = (changes: Changes): void => {
    for (const id of changes.dropOps ?? []) ops.delete(id);
    for (const place of changes.dropHeld ?? []) rows.delete(keyOf(place));
    for (const hash of changes.dropFiles ?? []) {
      files.delete(hash);
      contents.delete(hash);
    }
    for (const stored of changes.putOps ?? []) ops.set(stored.op.commandId, stored);
    for (const row of changes.putHeld ?? []) rows.set(keyOf(row), row);
    for (const { bytes, ...file } of changes.putFiles ?? []) {
      files.set(file.sha256, file);
      if (bytes) contents.set(file.sha256, bytes);
    }
    meta = changes.meta ?? meta;
  };

  return {
    rows,
    open: async (): Promise<Opened> => ({ meta, ops: [...ops.values()], files: [...files.values()] }),
    held: async (kind) => ofKind(kind),
    one: async (kind, id) => rows.get(keyOf({ kind, id })) ?? null,
    marks: async (kind): Promise<Mark[]> => ofKind(kind).map(({ id, mark, leaving }) => ({ id, mark, leaving })),
    bytes: async (hash) => contents.get(hash) ?? null,
    commit: async (changes) => take(changes),
  };
}
