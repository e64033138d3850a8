import type { Op } from '../engine/contract.ts';
import type { Machine, Store, StoredFile, StoredOp, Wire } from '../engine/ports.ts';
import { smallOf } from '../engine/previews.ts';
import type { PushOp, PushRequest, Verdict } from '../engine/protocol.ts';
import { isForGood } from '../engine/trouble.ts';

/**
 * Photos follow their record, but for one: who says that a case is handled proves it by photos, and the table asks for
 * them at that moment. So those go to the case first. Until they are there the command waits, and holds up nothing but
 * what follows it on the same case.
 */
const proved: ReadonlySet<string> = new Set(['casefile.feed_back']);

export function evidenceFirst(
  wire: Wire,
  store: Pick<Store, 'open' | 'bytes'>,
  machine: Pick<Machine, 'now' | 'previewOf'>,
): Wire {
  const there = new Set<string>();
  const shown = new Set<string>();
  const keyOf = ({ target }: Op, sha256: string): string => `${target} ${sha256}`;
  const sendFile: Wire['sendFile'] = async (op, file, bytes) => {
    if (there.has(keyOf(op, file.sha256))) return;
    await wire.sendFile(op, file, bytes);
    there.add(keyOf(op, file.sha256));
  };

  /** Nothing depends on it, and what is there whole, or was shown before, is not shown again. */
  const sendPreview: NonNullable<Wire['sendPreview']> = async (op, file, picture) => {
    const name = keyOf(op, file.sha256);
    if (there.has(name) || shown.has(name)) return;
    await wire.sendPreview?.(op, file, picture);
    shown.add(name);
  };

  /** What the server will never have is left out: then it says itself what is missing. */
  const prove = async ({ op }: StoredOp): Promise<void> => {
    const { files } = await store.open();
    const proofs: (readonly [StoredFile, Uint8Array])[] = [];
    for (const file of files.filter(({ sha256 }) => op.files.includes(sha256))) {
      const bytes = await store.bytes(file.sha256);
      if (bytes && !there.has(keyOf(op, file.sha256))) proofs.push([file, bytes]);
    }
    for (const [file, bytes] of proofs) {
      const small = shown.has(keyOf(op, file.sha256)) ? null : await smallOf(machine, file, bytes);
      if (small) await sendPreview(op, file, small).catch(() => undefined);
    }
    for (const [file, bytes] of proofs)
      await sendFile(op, file, bytes).catch((error: unknown) => {
        if (!isForGood(error)) throw error;
      });
  };

  /** `stuck`: records on which something earlier was not taken; what follows it there waits without being asked for. */
  const pushProved = async (body: PushRequest, stuck: ReadonlySet<string>): Promise<readonly Verdict[]> => {
    const known = new Map((await store.open()).ops.map((stored) => [stored.op.commandId, stored]));
    const waiting = new Set(stuck);
    for (const { commandId, target, name } of body.ops) {
      const stored = known.get(commandId);
      if (!stored || !proved.has(name) || waiting.has(target)) continue;
      await prove(stored).catch(() => waiting.add(target));
    }
    const ready = body.ops.filter(({ target }) => !waiting.has(target));
    const held = body.ops.filter(({ target }) => waiting.has(target));
    // Photos take their time: the clock is looked at again.
    const sent = { ...body, deviceAt: machine.now().toISOString(), ops: ready };
    const verdicts = ready.length > 0 ? (await wire.push(sent)).verdicts : [];
    return [...verdicts, ...held.map(({ commandId }) => ({ commandId, is: 'held', code: 'photos' }) as const)];
  };

  return {
    ...wire,
    sendFile,
    sendPreview,
    push: async (body) => {
      const { free, behind } = parted(body.ops);
      // With nothing in it too: whose session this is, and whether the device is known, is asked before a photo leaves.
      const answer = await wire.push({ ...body, ops: free });
      if (behind.length === 0) return answer;
      const taken = new Set(answer.verdicts.flatMap(({ commandId, is }) => (isTaken(is) ? [commandId] : [])));
      const stuck = new Set(free.filter(({ commandId }) => !taken.has(commandId)).map(({ target }) => target));
      const later = await pushProved({ ...body, ops: behind, dismissed: [] }, stuck);
      return { ...answer, verdicts: [...answer.verdicts, ...later] };
    },
  };
}

const isTaken = (is: Verdict['is']): boolean => is === 'applied' || is === 'duplicate';

/** What needs no photo goes at once; the rest after it. */
function parted(ops: readonly PushOp[]): { free: readonly PushOp[]; behind: readonly PushOp[] } {
  const needing = new Set<string>();
  const behind = ops.filter(({ name, target }) => {
    if (proved.has(name)) needing.add(target);
    return needing.has(target);
  });
  return { free: ops.filter((op) => !behind.includes(op)), behind };
}
