import { machineClock } from '../../../kernel/clock.ts';
import { newCommandId } from '../../api/call.ts';
import type { Machine } from '../engine/ports.ts';
import { previewOf } from './photo.ts';

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The phone the engine runs on. */
export const thisPhone: Machine = {
  now: () => machineClock.now(),
  newId: newCommandId,
  chance: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  sha256: async (bytes) => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))),
  previewOf,
};
