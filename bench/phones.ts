import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { idOf } from '../seeds/small/plan.ts';
import { allEndpoints } from '../src/domains/index.ts';
import { openPhotoRoom } from '../src/domains/work/photos/index.ts';
import { openApp } from '../src/http/app.ts';
import { sequence } from '../src/kernel/sequencer.ts';
import type { Engine } from '../src/web/field/engine/contract.ts';
import { openEngine } from '../src/web/field/engine/engine.ts';
import { memoryStore } from '../src/web/field/engine/memory_store.ts';
import { type Machine, Refused, type Store, type Wire } from '../src/web/field/engine/ports.ts';
import { communityNo, gridNo, seat } from './crowd.ts';
import { type Bench, type BenchRoom, type Line, median } from './frame.ts';
import { fillGrids } from './grids.ts';

/** After a night without network everybody comes back: each opens the app anew, sends what was done and hears the news. */
const numberGiven = (option: string, otherwise: number): number =>
  Number(process.argv.find((word) => word.startsWith(`--${option}=`))?.split('=')[1] ?? otherwise);
const PHONES = numberGiven('phones', 500);
const SECONDS = numberGiven('seconds', 300);
const ROWS_EACH = 60;
const GRIDS = 50;
const MOST = 10;

export const phones: Bench = {
  name: 'phones',
  claim: '500 phones come back within 5 minutes: the 95th percentile of their pulls is at most 10 empty pulls',
  async run(room) {
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-bench-'));
    const photos = openPhotoRoom({ folder });
    const app = await openApp(room.runtime, allEndpoints(true, photos), {
      ...{ realm: 1, demoAllowed: true, demo: null, publicUrl: 'http://localhost' },
      ...{ trustProxy: [], limits: false, version: 'bench' },
    });
    try {
      return [await comeBack(room, app)];
    } finally {
      await app.close();
      await photos.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function comeBack(room: BenchRoom, app: FastifyInstance): Promise<Line> {
  const numbers = Array.from({ length: PHONES }, (_, i) => gridNo(Math.floor(i / GRIDS), i % GRIDS));
  await fillGrids(room, PHONES * ROWS_EACH, idOf(1, 'area', 'station-1'), numbers);
  for (const no of numbers) await seat(room, { login: `grid.${no}`, areas: [[no, no]], bodyId: null });
  await seat(room, { login: 'nobody.there', areas: [[communityNo(39), communityNo(39)]], bodyId: null });
  const all: BackPhone[] = [];
  for (const no of numbers) all.push(await firstSync(app, await room.tokenOf(`grid.${no}`)));
  const still = await firstSync(app, await room.tokenOf('nobody.there'));
  room.say(`${PHONES} phones hold ${ROWS_EACH} cases each; all write something down …`);
  for (const phone of all) await phone.writeDown();
  room.say(`… and come back within ${SECONDS} s`);
  const pulls: number[] = [];
  const empty: number[] = [];
  const back = all.map(async (phone, i) => {
    await sleep(((i + 0.5) / PHONES) * SECONDS * 1000);
    pulls.push(...(await phone.comeBack()));
  });
  const going = { on: true };
  const sequencing = repeat(going, 250, async () => void (await sequence(room.runtime, 1, () => [])));
  const probing = repeat(going, (SECONDS * 1000) / 200, async () => void empty.push(...(await still.rest())));
  await Promise.all(back);
  going.on = false;
  await Promise.all([sequencing, probing]);
  const p95 = [...pulls].sort((a, b) => a - b)[Math.floor(pulls.length * 0.95)] ?? Number.NaN;
  const ratio = p95 / median(empty);
  return {
    ...{ name: `${PHONES} phones come back within ${SECONDS} s`, ratio, goal: `≤ ${MOST}`, pass: ratio <= MOST },
    product: `p95 of ${pulls.length} pulls ${p95.toFixed(0)} ms, median ${median(pulls).toFixed(0)} ms`,
    ceiling: `median of ${empty.length} empty pulls ${median(empty).toFixed(0)} ms`,
  };
}

async function repeat(going: { on: boolean }, everyMs: number, work: () => Promise<void>): Promise<void> {
  while (going.on) {
    await work();
    await sleep(everyMs);
  }
}

/** How long each pull took, in milliseconds. */
interface BackPhone {
  writeDown(): Promise<void>;
  comeBack(): Promise<readonly number[]>;
  rest(): Promise<readonly number[]>;
}

const machine: Machine = {
  now: () => new Date(),
  newId: randomUUID,
  chance: Math.random,
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
};
const open = (store: Store, wire: Wire): Promise<Engine> =>
  openEngine({ store, wire, machine, app: { model: 'bench', version: '1' }, language: 'zh' });

async function firstSync(app: FastifyInstance, token: string): Promise<BackPhone> {
  let took: number[] = [];
  const ask = async <T>(url: string, payload: object): Promise<T> => {
    const start = performance.now();
    const answer = await app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${token}` } });
    if (url === '/api/sync/pull') took.push(performance.now() - start);
    if (answer.statusCode !== 200) throw new Refused(answer.statusCode, answer.json());
    return answer.json() as T;
  };
  const wire: Wire = {
    register: (body) => ask('/api/devices', body),
    push: (body) => ask('/api/sync/push', body),
    pull: (body) => ask('/api/sync/pull', body),
    sendFile: () => Promise.reject(new Error('nobody took a photo')),
  };
  const store = memoryStore();
  let engine = await open(store, wire);
  const synced = async (): Promise<readonly number[]> => {
    took = [];
    const { online, waiting, refused, trouble } = await engine.sync();
    if (!online || waiting + refused > 0) throw new Error(`not through: ${JSON.stringify(trouble)}`);
    return took;
  };
  await synced();
  return {
    async writeDown() {
      const [row] = await store.held('casefile');
      const op = { name: 'casefile.measure', params: { id: row?.id ?? '' }, body: { words: '已到现场，先围起来' } };
      await engine.submit({ ...op, target: row?.id ?? '', urgent: false, files: [] });
    },
    async comeBack() {
      engine = await open(store, wire);
      return synced();
    },
    rest: synced,
  };
}
