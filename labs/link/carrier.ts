import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { inside } from '../../seeds/small/plan.ts';
import { openHttpWire } from '../../src/web/field/app/http_wire.ts';
import type { Engine } from '../../src/web/field/engine/contract.ts';
import { openEngine } from '../../src/web/field/engine/engine.ts';
import { memoryStore } from '../../src/web/field/engine/memory_store.ts';
import type { Machine, Wire } from '../../src/web/field/engine/ports.ts';

/** A phone full of reports with a photo each, and how it gets rid of them. */
export interface Carrier {
  /** Of the photos, by their hashes. */
  readonly hashes: readonly string[];
  left(): number;
  /** Tries until nothing is left; `onRound` before each try. */
  deliver(onRound: (left: number) => Promise<void>): Promise<void>;
  /** Killed and switched on again: what it remembers is what lies in its store. */
  die(): Promise<void>;
}

const machine: Machine = {
  now: () => new Date(),
  newId: randomUUID,
  chance: Math.random,
  sha256: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  // As large as one may be: the dearest case.
  previewOf: async (photo, most) => {
    const small = await sharp(photo).resize(160).jpeg({ quality: 30 }).toBuffer();
    return small.length > most ? null : new Uint8Array(Buffer.concat([small, randomBytes(most - small.length)]));
  },
};
const MOST_TRIES = 600;

export async function openCarrier(wire: Wire, photos: number, photoBytes: number): Promise<Carrier> {
  const store = memoryStore();
  const open = (): Promise<Engine> =>
    openEngine({ store, wire, machine, app: { model: 'laboratory', version: '1' }, language: 'en' });
  let engine = await open();
  const hashes: string[] = [];
  for (let i = 0; i < photos; i += 1) {
    const hash = await engine.keepFile(await aPicture(photoBytes), 'image/jpeg;stage=report');
    hashes.push(hash);
    await engine.submit(aReport(i, hash));
  }
  const left = (): number => engine.status().filesWaiting + engine.status().waiting;
  return {
    hashes,
    left,
    async deliver(onRound) {
      for (let tries = 0; left() > 0; tries += 1) {
        if (tries === MOST_TRIES) throw new Error(`${left()} never arrive: ${JSON.stringify(engine.status().trouble)}`);
        await onRound(left());
        await engine.sync();
        await sleep(50);
      }
    },
    async die() {
      engine = await open();
    },
  };
}

function aReport(i: number, hash: string) {
  const casefileId = randomUUID();
  const place = { ...inside(0, 0), words: '巷口' };
  const body = { casefileId, reportId: randomUUID(), place, channel: 'field', urgent: false, words: `第${i}件` };
  return { name: 'casefile.report', params: {}, body, target: casefileId, urgent: false, files: [hash] };
}

/** A small picture in a large file: what follows it there is no matter to whoever opens it. */
async function aPicture(size: number): Promise<Uint8Array> {
  const noise = { raw: { width: 64, height: 48, channels: 3 } } as const;
  const picture = await sharp(randomBytes(64 * 48 * 3), noise)
    .jpeg()
    .toBuffer();
  return new Uint8Array(Buffer.concat([picture, randomBytes(size - picture.length)]));
}

export const phoneWire = (port: number, token: string): Wire =>
  openHttpWire(`http://127.0.0.1:${port}`, { authorization: `Bearer ${token}` });

/** As phones did before: a photo goes whole, or from its beginning. */
export function wholeWire(port: number, token: string): Wire {
  const sendFile: Wire['sendFile'] = async ({ target }, { sha256 }, bytes) => {
    const form = new FormData();
    form.set('stage', 'report');
    form.append('photos', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'photo.jpg');
    const answer = await fetch(`http://127.0.0.1:${port}/api/casefiles/${target}/photos`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    const { photos } = (await answer.json()) as { photos?: readonly { sha256: string; outcome: string }[] };
    if (photos?.[0]?.outcome !== 'saved' || photos[0].sha256 !== sha256) throw new Error('not saved');
  };
  return { ...phoneWire(port, token), sendFile };
}
