import { filesDue, isVoice } from './outbox.ts';
import { type Machine, Refused, type StoredFile } from './ports.ts';
import type { Round } from './synchronize.ts';
import { isForGood } from './trouble.ts';

/** What goes in one piece is there as soon as its preview would be. */
const LEAST_BYTES = 64 * 1024;
/** A seventy-fifth of the photo at most: over a thin link all of them together cost hardly anything. */
const SHARE = 75;
const MOST_BYTES = 15_000;

/** Null: it needs none, or none can be made. */
export async function smallOf(
  machine: Pick<Machine, 'previewOf'>,
  file: StoredFile,
  bytes: Uint8Array,
): Promise<Uint8Array | null> {
  if (!machine.previewOf || isVoice(file) || bytes.byteLength < LEAST_BYTES) return null;
  const most = Math.min(MOST_BYTES, Math.floor(bytes.byteLength / SHARE));
  return machine.previewOf(bytes, most).catch(() => null);
}

/**
 * After the records and before any large file: the desk sees what all of them show. One the server does not want is left
 * be: the photo itself will hear why.
 */
export async function sendPreviews({ desk, options: { store, wire, machine } }: Round): Promise<void> {
  if (!wire.sendPreview) return;
  for (const { file, ops } of filesDue(desk.ops.values(), desk.files)) {
    const { sha256 } = file;
    const due = ops.filter(
      ({ commandId, name }) => name.startsWith('casefile.') && !desk.ops.get(commandId)?.previewed?.includes(sha256),
    );
    const bytes = due.length > 0 ? await store.bytes(sha256) : null;
    if (bytes === null) continue;
    const small = await smallOf(machine, file, bytes);
    const shown: string[] = [];
    for (const op of due) {
      try {
        if (small) await wire.sendPreview(op, file, small);
      } catch (error) {
        if (!(error instanceof Refused) || error.status === 401) throw error;
        if (!isForGood(error)) continue;
      }
      shown.push(op.commandId);
    }
    await desk.alone(() => {
      const putOps = shown.flatMap((id) => {
        const it = desk.ops.get(id);
        return it ? [{ ...it, previewed: [...(it.previewed ?? []), sha256] }] : [];
      });
      return putOps.length > 0 ? desk.commit({ putOps }, 'relaxed') : Promise.resolve();
    });
  }
}
