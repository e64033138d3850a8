import { isUnsettled, recordOf } from './outbox.ts';
import type { Changes, Machine, Mark, Meta, Store, StoredFile, StoredOp } from './ports.ts';

/**
 * What lies in the store, carried in memory without the bodies. It changes only by `commit`, and there only after the
 * store has it: should the phone die in between, nothing was shown that is not kept.
 */
export interface Desk {
  readonly meta: Meta;
  readonly ops: ReadonlyMap<string, StoredOp>;
  readonly files: ReadonlyMap<string, StoredFile>;
  marks(kind: string): Promise<ReadonlyMap<string, Mark>>;
  commit(changes: Changes, durability: 'strict' | 'relaxed'): Promise<void>;
  /** One after the other: what is read inside is still so when it is written. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** What the second journal brought back stands before what is given from now on. */
const firstMeta = (machine: Machine, ops: readonly StoredOp[]): Meta => ({
  deviceId: machine.newId(),
  registered: false,
  accountId: null,
  nextSeq: 1,
  nextOrder: 1 + Math.max(0, ...ops.map(({ order }) => order)),
  dismissed: [],
  cursors: {},
  skewMs: null,
  lastSyncAt: null,
});

/** While it was closed a store may have lost rows, or got old ones back: once after each start it is compared. */
const comparedAnew = ({ cursors: { scope: _, ...cursors }, ...meta }: Meta): Meta => ({ ...meta, cursors });

export async function openDesk(store: Store, machine: Machine): Promise<Desk> {
  const opened = await store.open();
  let meta = opened.meta ? comparedAnew(opened.meta) : firstMeta(machine, opened.ops);
  if (opened.meta === null) await store.commit({ meta }, 'strict');
  const ops = new Map(opened.ops.map((it) => [it.op.commandId, it]));
  const files = new Map(opened.files.map((it) => [it.sha256, it]));
  const marks = new Map<string, Map<string, Mark>>();
  let last: Promise<unknown> = Promise.resolve();

  const marksOf = async (kind: string): Promise<Map<string, Mark>> => {
    const known = marks.get(kind) ?? new Map((await store.marks(kind)).map((mark) => [mark.id, mark]));
    marks.set(kind, known);
    return known;
  };
  const take = async (changes: Changes): Promise<void> => {
    meta = changes.meta ?? meta;
    for (const id of changes.dropOps ?? []) ops.delete(id);
    for (const it of changes.putOps ?? []) ops.set(it.op.commandId, it);
    for (const hash of changes.dropFiles ?? []) files.delete(hash);
    for (const { bytes: _, ...file } of changes.putFiles ?? []) files.set(file.sha256, file);
    for (const { kind, id } of changes.dropHeld ?? []) marks.get(kind)?.delete(id);
    for (const { kind, id, mark, leaving } of changes.putHeld ?? []) marks.get(kind)?.set(id, { id, mark, leaving });
  };

  return {
    get meta() {
      return meta;
    },
    ops,
    files,
    marks: marksOf,
    async commit(changes, durability) {
      await store.commit(changes, durability);
      await take(changes);
    },
    alone(work) {
      const mine = last.then(work, work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** Whether something of this record is only here: unsent, refused and not put away, or with a file still to go. */
export const hangsOn = ({ ops, files }: Desk, id: string): boolean =>
  [...ops.values()].some(
    (it) =>
      recordOf(it.op) === id &&
      (isUnsettled(it) || it.state.is === 'refused' || it.op.files.some((hash) => files.has(hash))),
  );
