import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import type { Engine, OpState } from '../../src/web/field/engine/contract.ts';
import { openEngine } from '../../src/web/field/engine/engine.ts';
import { memoryStore } from '../../src/web/field/engine/memory_store.ts';
import { type Machine, type Store, StoreFull, type Wire } from '../../src/web/field/engine/ports.ts';
import type { Link } from './link.ts';

/** The engine of the phone on a device that dies at any await, has no room left and a clock that jumps. */
export interface LabPhone {
  readonly login: string;
  readonly link: Link;
  engine(): Engine;
  /** Runs it; with a fuse it dies at the so many-th thing it waits for, and comes up again from its store. */
  run<T>(work: (engine: Engine) => Promise<T>, fuse: number | null): Promise<T | 'died'>;
  readonly state: { full: boolean; jumpMs: number };
  /** Said to be safe on the device, and not taken back. */
  readonly saved: Set<string>;
  /** What the device knows of each, from what it wrote down. */
  readonly known: ReadonlyMap<string, OpState>;
  /** The photos of each, by their hashes, and the case they belong to. */
  readonly photos: ReadonlyMap<string, { readonly casefileId: string; readonly hashes: readonly string[] }>;
  readonly deaths: () => number;
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

export async function openLabPhone(login: string, link: Link, chance: () => number): Promise<LabPhone> {
  const store = memoryStore();
  const state = { full: false, jumpMs: 0 };
  const known = new Map<string, OpState>();
  const photos = new Map<string, { casefileId: string; hashes: readonly string[] }>();
  let life = 0;
  let deaths = 0;
  let fuse: number | null = null;
  let onDeath: () => void = () => undefined;

  /** Before or after what it waits for has happened, as chance has it. */
  const mortal = async <T>(born: number, work: () => Promise<T>): Promise<T> => {
    if (born !== life) return never();
    if (fuse !== null) fuse -= 1;
    const dies = fuse !== null && fuse <= 0;
    if (dies && chance() < 0.5) {
      onDeath();
      return never();
    }
    const done = work();
    if (dies) {
      await done.catch(() => undefined);
      onDeath();
      return never();
    }
    try {
      return await done;
    } finally {
      if (born !== life) await never();
    }
  };
  const storeOf = (born: number): Store => ({
    open: () => mortal(born, store.open),
    held: (kind) => mortal(born, () => store.held(kind)),
    one: (kind, id) => mortal(born, () => store.one(kind, id)),
    marks: (kind) => mortal(born, () => store.marks(kind)),
    bytes: (hash) => mortal(born, () => store.bytes(hash)),
    commit: (changes, durability) =>
      mortal(born, async () => {
        if (state.full) throw new StoreFull();
        await store.commit(changes, durability);
        for (const { op, state: now } of changes.putOps ?? []) {
          known.set(op.commandId, now);
          if (op.files.length > 0) photos.set(op.commandId, { casefileId: op.target, hashes: op.files });
        }
      }),
  });
  const wireOf = (born: number): Wire => ({
    register: (body) => mortal(born, () => link.wire.register(body)),
    push: (body) => mortal(born, () => link.wire.push(body)),
    pull: (body) => mortal(born, () => link.wire.pull(body)),
    sendFile: (...file) => mortal(born, () => link.wire.sendFile(...file)),
  });
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256));
  const machine: Machine = {
    now: () => new Date(Date.now() + state.jumpMs),
    newId: () => v7({ random: bytes(16) }),
    chance,
    sha256: async (content) => createHash('sha256').update(content).digest('hex'),
  };
  const boot = (): Promise<Engine> => {
    const app = { model: '实验机', version: 'lab' };
    return openEngine({ store: storeOf(life), wire: wireOf(life), machine, app, language: 'zh' });
  };
  let engine = await boot();

  return {
    ...{ login, link, state, known, photos, saved: new Set() },
    engine: () => engine,
    deaths: () => deaths,
    async run(work, burns) {
      const death = new Promise<'died'>((resolve) => {
        onDeath = () => resolve('died');
      });
      fuse = burns;
      const outcome = await Promise.race([work(engine), death]);
      fuse = null;
      if (outcome === 'died') {
        deaths += 1;
        life += 1;
        engine = await boot();
      }
      return outcome;
    },
  };
}
