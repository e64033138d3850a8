import { allStorable } from '../../../kernel/storable.ts';
import type { MeBody } from './case.ts';
import type { Engine, Held, NewOp, Op, SyncStatus } from './contract.ts';
import { type Desk, openDesk } from './desk.ts';
import {
  filesOf,
  inOrder,
  isRefused,
  isStillNamed,
  isUnsettled,
  isUntold,
  isVoice,
  recordOf,
  shownItem,
} from './outbox.ts';
import { type Machine, type Store, type StoredOp, StoreFull, type Wire } from './ports.ts';
import { predicted, VISIT, visited } from './predict.ts';
import { synchronize } from './synchronize.ts';
import { fullOf, nextTry, troubleOf } from './trouble.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly wire: Wire;
  readonly machine: Machine;
  readonly app: { readonly model: string; readonly version: string };
  readonly language: 'zh' | 'en';
}

export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { store, machine, language } = options;
  const desk = await openDesk(store, machine);
  const listeners = new Set<() => void>();
  let shown: Pick<SyncStatus, 'online' | 'syncing' | 'trouble'> = { online: false, syncing: false, trouble: null };
  let failures = 0;
  let running: Promise<SyncStatus> | null = null;
  let isAskedAgain = false;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const show = (change: Partial<typeof shown>): void => {
    shown = { ...shown, ...change };
    tell();
  };

  /** What somebody said is written strictly, and told only when it is; with no room left it is refused in words. */
  const say = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await desk.alone(work);
    } catch (error) {
      if (error instanceof StoreFull) show({ trouble: fullOf(language) });
      throw error;
    } finally {
      tell();
    }
  };

  async function run(): Promise<SyncStatus> {
    show({ syncing: true });
    try {
      await synchronize(desk, options, tell);
      failures = 0;
      show({ syncing: false, online: true, trouble: null });
    } catch (error) {
      failures += 1;
      const trouble = troubleOf(error, language);
      show({ syncing: false, online: trouble !== null && !(error instanceof StoreFull), trouble });
    }
    return engine.status();
  }

  async function rounds(): Promise<SyncStatus> {
    isAskedAgain = false;
    const status = await run();
    return isAskedAgain && status.waiting > 0 && failures === 0 ? rounds() : status;
  }

  const engine: Engine = {
    status: () => statusOf(desk, shown, nextTry(failures, machine.chance())),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async held(kind) {
      const rows = await store.held(kind);
      return overlaid(desk, store, machine, kind, rows);
    },
    async one(kind, id) {
      const row = await store.one(kind, id);
      const rows = await overlaid(desk, store, machine, kind, row ? [row] : [], id);
      return rows.find((held) => held.id === id) ?? null;
    },
    outbox: async () => inOrder(desk.ops.values()).map((it) => shownItem(it, desk.files)),
    submit: (op) => say(() => submit(desk, machine, op)),
    change: (commandId, body) =>
      say(async () => {
        const it = desk.ops.get(commandId);
        if (it?.state.is !== 'waiting') return false;
        await desk.commit({ putOps: [{ ...it, op: { ...it.op, body: allStorable(body) } }] }, 'strict');
        return true;
      }),
    withdraw: (commandId) => say(() => remove(desk, commandId, 'waiting')),
    dismiss: (commandId) => say(() => putAway(desk, commandId)),
    again: (commandId, body) => say(() => saidAgain(desk, machine.newId(), commandId, body)),
    keepFile: (bytes, type) =>
      say(async () => {
        const sha256 = await machine.sha256(bytes);
        if (desk.files.has(sha256)) return sha256;
        const file = { sha256, type, size: bytes.byteLength, keptAt: machine.now().toISOString() };
        await desk.commit({ putFiles: [{ ...file, refused: null, bytes }] }, 'strict');
        return sha256;
      }),
    sync() {
      // Somebody who asks while a round runs may have said something that it is past: it goes with one more.
      isAskedAgain = running !== null;
      running ??= rounds().finally(() => {
        running = null;
      });
      return running;
    },
  };
  return engine;
}

async function submit(desk: Desk, machine: Machine, given: NewOp): Promise<string> {
  const commandId = machine.newId();
  // What the server cannot keep would come back refused.
  const body = allStorable(given.body);
  const op: Op = { ...given, body, commandId, seq: null, occurredAt: machine.now().toISOString() };
  const order = desk.meta.nextOrder;
  const stored: StoredOp = { op, state: { is: 'waiting' }, order };
  await desk.commit({ meta: { ...desk.meta, nextOrder: order + 1 }, putOps: [stored] }, 'strict');
  return commandId;
}

/** Takes one out that is still only here, or was refused; of a refused one the server hears that it is put away. */
async function remove(desk: Desk, commandId: string, from: 'waiting' | 'refused'): Promise<boolean> {
  const it = desk.ops.get(commandId);
  if (it?.state.is !== from) return false;
  const others = [...desk.ops.values()]
    .filter((other) => other !== it)
    .flatMap((other) => filesOf(other, desk.files).map(({ sha256 }) => sha256));
  const dropFiles = it.op.files.filter((hash) => !others.includes(hash));
  const dismissed = from === 'refused' ? [...desk.meta.dismissed, commandId] : desk.meta.dismissed;
  await desk.commit({ meta: { ...desk.meta, dismissed }, dropOps: [commandId], dropFiles }, 'strict');
  return true;
}

/** In its place, so that what waits behind it goes after it. */
async function saidAgain(desk: Desk, newId: string, commandId: string, body: Op['body']): Promise<boolean> {
  const it = desk.ops.get(commandId);
  if (it?.state.is !== 'refused') return false;
  const op: Op = { ...it.op, commandId: newId, seq: null, body: allStorable(body) };
  const meta = { ...desk.meta, dismissed: [...desk.meta.dismissed, commandId] };
  const putOps: StoredOp[] = [{ op, state: { is: 'waiting' }, order: it.order }];
  await desk.commit({ meta, dropOps: [commandId], putOps }, 'strict');
  return true;
}

async function putAway(desk: Desk, commandId: string): Promise<boolean> {
  const it = desk.ops.get(commandId);
  if (it?.state.is !== 'applied') return remove(desk, commandId, 'refused');
  const { filesRefused } = shownItem(it, desk.files);
  const hashes = filesRefused.map(({ sha256 }) => sha256);
  const dropFiles = hashes.filter((hash) => !isStillNamed(desk.ops.values(), hash));
  if (dropFiles.length === 0) return false;
  await desk.commit({ dropFiles }, 'strict');
  return true;
}

/** Which rows a command changes. */
const kindOf = ({ name }: Op): string => {
  const [of = ''] = name.split('.');
  return name === VISIT ? 'visit' : ['patrol', 'checkpoint', 'inspection'].includes(of) ? of : 'casefile';
};

async function overlaid(
  desk: Desk,
  store: Store,
  machine: Machine,
  kind: string,
  rows: readonly Held[],
  target?: string,
): Promise<Held[]> {
  const ops = inOrder(desk.ops.values()).filter((it) => isUnsettled(it) || isUntold(it));
  const about = ops
    .map(({ op }) => op)
    .filter((op) => kindOf(op) === kind && (target === undefined || kind === 'inspection' || recordOf(op) === target));
  if (about.length === 0) return [...rows];
  if (kind === 'visit') return visited(rows, about);
  // Not every phone carries a patrol, a gate or an inspection, which is of many records: loaded when there is something to lay over one.
  if (kind === 'patrol') return (await import('./patrol.ts')).patrolled(rows, about);
  if (kind === 'inspection') return (await import('./inspection.ts')).lookedOver(rows, about);
  if (kind === 'checkpoint') return (await import('./checkpoint.ts')).guarded(rows, about);
  const [me] = await store.held('me');
  return predicted(rows, about, (me?.body as unknown as MeBody) ?? null, machine.now());
}

function statusOf(
  { ops, files, meta }: Desk,
  shown: Pick<SyncStatus, 'online' | 'syncing' | 'trouble'>,
  nextTryMs: number,
): SyncStatus {
  const all = [...ops.values()];
  const waitingFiles = new Set(all.flatMap((it) => filesOf(it, files).filter(({ refused }) => refused === null)));
  return {
    ...shown,
    waiting: all.filter(isUnsettled).length,
    refused: all.filter((it) => isRefused(shownItem(it, files))).length,
    filesWaiting: waitingFiles.size,
    voicesWaiting: [...waitingFiles].filter(isVoice).length,
    lastSyncAt: meta.lastSyncAt,
    skewMs: meta.skewMs,
    nextTryMs,
  };
}
