import { createHash, randomUUID } from 'node:crypto';
import type { Engine } from '../src/web/field/engine/contract.ts';
import { openEngine } from '../src/web/field/engine/engine.ts';
import { memoryStore } from '../src/web/field/engine/memory_store.ts';
import { type Machine, Refused, type Store, type Wire } from '../src/web/field/engine/ports.ts';
import type { Caller, County, Reply } from './harness.ts';

/** A phone for tests: the engine that runs on real ones, over memory and the county's own server. */
export interface Phone {
  readonly engine: Engine;
  readonly store: Store;
  /** Whether there is a network, and by how much this phone's clock is wrong. */
  readonly now: { online: boolean; wrongMs: number };
}

export async function openPhone(county: County, caller: Caller, store: Store = memoryStore()): Promise<Phone> {
  const now = { online: true, wrongMs: 0 };
  const machine: Machine = {
    now: () => new Date(county.clock.now().getTime() + now.wrongMs),
    newId: randomUUID,
    chance: () => 0.5,
    sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  };
  const wire = wireOf(caller, () => now.online);
  const engine = await openEngine({ store, wire, machine, app: { model: '测试机', version: '1' }, language: 'zh' });
  return { engine, store, now };
}

function wireOf(caller: Caller, isOnline: () => boolean): Wire {
  const post = async <T>(path: string, body: object): Promise<T> => {
    if (!isOnline()) throw new Error('no network');
    return answered<T>(await caller.post(path, body));
  };
  return {
    register: (body) => post('/api/devices', body),
    push: (body) => post('/api/sync/push', body),
    pull: (body) => post('/api/sync/pull', body),
    sendFile: async (op, _file, bytes) => {
      if (!isOnline()) throw new Error('no network');
      const fields = { stage: 'report', commandId: randomUUID() };
      const path = `/api/casefiles/${op.target}/photos`;
      const sent = answered<{ photos: { outcome: string }[] }>(
        await caller.upload(path, fields, [{ name: 'IMG.jpg', bytes: Buffer.from(bytes) }]),
      );
      if (sent.photos[0]?.outcome !== 'saved') throw new Error(JSON.stringify(sent));
    },
  };
}

function answered<T>({ status, body }: Reply): T {
  if (status !== 200) throw new Refused(status, body);
  return body as T;
}
