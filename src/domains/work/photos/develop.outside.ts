import { z } from 'zod';
import { type Confined, type Confinement, type Outcome, openConfined } from '../../../kernel/confined.ts';
import { Problem } from '../../../kernel/problem.ts';
import { workerBeside } from '../../../kernel/typescript_loader.ts';
import { limits } from './limits.model.ts';
import { cameraNotes, kindOf, photoProblems, pointOf, takenAtOf } from './photo.model.ts';

/** A photo as it is kept: two JPEGs without anything of the file they came from, and what the camera had noted. */
export interface Developed {
  readonly picture: Buffer;
  readonly thumb: Buffer;
  readonly width: number;
  readonly height: number;
  readonly takenAt: Date | null;
  /** WGS 84. */
  readonly point: { readonly lon: number; readonly lat: number } | null;
}

export interface Darkroom {
  /** `zone`: for a camera that did not note its offset. Refuses with a `photo.*` problem. */
  develop(bytes: Buffer, zone: string): Promise<Developed>;
  close(): Promise<void>;
}

export interface DarkroomOptions extends Partial<Confinement> {
  readonly workerPath?: string | undefined;
  readonly idleMs?: number;
}

const MB = 1024 * 1024;
const ofDarkroom: Confinement = {
  memoryBytes: 512 * MB,
  // Measured 62–77 MB on Node 20, 22 and 24.
  atRestBytes: 92 * MB,
  heapMb: 96,
  longestMs: 20_000,
  env: { VIPS_BLOCK_UNTRUSTED: '1' },
};
const MOST_WAITING = 24;
/** Decoders leave holes in memory; a worker that stays fat after its work is replaced by a fresh one. */
const FAT_AT_REST_BYTES = 256 * MB;

/** One worker, one photo at a time: two at once would need twice the memory and be no faster on a small machine. */
export function openDarkroom({
  workerPath = workerBeside(import.meta.url, 'photo_worker'),
  idleMs = 60_000,
  ...given
}: DarkroomOptions = {}): Darkroom {
  const workerLimits: Confinement = { ...ofDarkroom, ...given };
  let worker: Confined | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;
  let idle: NodeJS.Timeout | undefined;

  const rest = async (): Promise<void> => {
    const old = worker;
    worker = null;
    await old?.stop();
  };
  const ask = async (bytes: Buffer): Promise<Outcome> => {
    clearTimeout(idle);
    if (worker?.hasDied()) worker = null;
    if (isClosed) throw new Problem(photoProblems['photo.busy']);
    const current = worker ?? (await openConfined(workerPath, workerLimits));
    worker = current;
    if (current === null) throw new Problem(photoProblems['photo.busy']);
    const outcome = await current.ask(bytes);
    if ('died' in outcome || current.memory() > FAT_AT_REST_BYTES) await rest();
    idle = setTimeout(() => void inTurn(rest), idleMs).unref();
    return outcome;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  return {
    develop: async (bytes, zone) => {
      refuseUnseen(bytes);
      if (waiting >= MOST_WAITING) throw new Problem(photoProblems['photo.busy']);
      waiting += 1;
      const outcome = await inTurn(() => ask(bytes)).finally(() => {
        waiting -= 1;
      });
      return readOutcome(outcome, zone);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(idle);
      await rest();
      await inTurn(rest);
    },
  };
}

/** What can be told from size and first bytes never reaches the worker. */
function refuseUnseen(bytes: Buffer): void {
  if (bytes.length > limits.fileBytes) throw new Problem(photoProblems['photo.too_large']);
  const kind = kindOf(bytes);
  if (kind === null) throw new Problem(photoProblems['photo.not_a_picture']);
  if (kind === 'heic') throw new Problem(photoProblems['photo.heic']);
}

const jpeg = z
  .instanceof(Uint8Array)
  .transform((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  .refine((bytes) => kindOf(bytes) === 'jpeg' && bytes.length <= limits.fileBytes);
const side = z.number().int().min(1).max(limits.longestSide);
const workerReply = z.discriminatedUnion('done', [
  z.object({ done: z.literal(false), fault: z.enum(['unreadable', 'too_many_pixels']) }),
  z.object({ done: z.literal(true), picture: jpeg, thumb: jpeg, width: side, height: side, camera: cameraNotes }),
]);

const causes = { late: 'photo.took_too_long', fat: 'photo.too_many_pixels', crashed: 'photo.unreadable' } as const;

function readOutcome(outcome: Outcome, zone: string): Developed {
  if ('died' in outcome) throw new Problem(photoProblems[causes[outcome.died]]);
  const read = workerReply.safeParse(outcome.reply);
  if (!read.success) throw new Problem(photoProblems['photo.unreadable']);
  if (!read.data.done) throw new Problem(photoProblems[`photo.${read.data.fault}`]);
  const { picture, thumb, width, height, camera } = read.data;
  return { picture, thumb, width, height, takenAt: takenAtOf(camera, zone), point: pointOf(camera) };
}
