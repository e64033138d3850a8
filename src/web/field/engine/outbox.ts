import { holdsBack } from '../../../domains/work/devices/lane.model.ts';
import type { Op, OutboxItem } from './contract.ts';
import type { StoredFile, StoredOp } from './ports.ts';
import type { PushOp, Verdict } from './protocol.ts';

/** What goes out next, and what becomes of it. Pure: the engine writes. */
const MOST_OPS = 200;
/** Well below what the server reads at once. */
const MOST_BYTES = 400_000;
/** So many that are through stay in the list, to be looked at. */
const SHOWN_APPLIED = 50;

export const isUnsettled = ({ state }: StoredOp): boolean => state.is === 'waiting' || state.is === 'sending';
export const isUntold = ({ untold }: StoredOp): boolean => untold === true;
export const inOrder = (ops: Iterable<StoredOp>): StoredOp[] => [...ops].sort((a, b) => a.order - b.order);

/**
 * Urgent ones first, with whatever lies before them on the same record; then as they were given. What follows a refused
 * item on its target stays here until that is put away, if it may build on it.
 */
export function nextBatch(ops: Iterable<StoredOp>, most = MOST_OPS): StoredOp[] {
  const all = inOrder(ops);
  const inTheWay = new Map<string, number>();
  for (const { op, state, order } of all)
    if (state.is === 'refused' && holdsBack(op.name) && !inTheWay.has(op.target)) inTheWay.set(op.target, order);
  const free = all.filter(
    (it) => isUnsettled(it) && it.order < (inTheWay.get(it.op.target) ?? Number.POSITIVE_INFINITY),
  );
  const lastUrgent = new Map<string, number>();
  for (const { op, order } of free) if (op.urgent) lastUrgent.set(op.target, order);
  const isAhead = ({ op, order }: StoredOp): boolean =>
    order <= (lastUrgent.get(op.target) ?? Number.NEGATIVE_INFINITY);
  return upToSize([...free.filter(isAhead), ...free.filter((it) => !isAhead(it))].slice(0, most));
}

function upToSize(batch: readonly StoredOp[]): StoredOp[] {
  let bytes = 0;
  return batch.filter(({ op }, i) => {
    // Three bytes to a Chinese character.
    bytes += 500 + 3 * JSON.stringify(op.body).length;
    return i === 0 || bytes <= MOST_BYTES;
  });
}

/** With numbers, and `sending` from now on: written down before it leaves. */
export function numbered(batch: readonly StoredOp[], nextSeq: number): { ops: StoredOp[]; nextSeq: number } {
  let seq = nextSeq;
  const ops = batch.map((it): StoredOp => {
    const own = it.op.seq ?? seq++;
    return { ...it, op: { ...it.op, seq: own }, state: { is: 'sending' } };
  });
  return { ops, nextSeq: seq };
}

export const asSent = ({ commandId, seq, name, params, body, occurredAt, target }: Op): PushOp => ({
  ...{ commandId, seq: seq ?? 0, name, params, body, occurredAt, target },
});

export function judged(batch: readonly StoredOp[], verdicts: readonly Verdict[]): StoredOp[] {
  const by = new Map(verdicts.map((verdict) => [verdict.commandId, verdict]));
  return batch.flatMap((it): StoredOp[] => {
    const verdict = by.get(it.op.commandId);
    if (verdict === undefined || verdict.is === 'held') return [];
    if (verdict.is === 'refused') {
      const { is, code, title, detail } = verdict;
      return [{ ...it, state: { is, code, title, detail } }];
    }
    return [{ ...it, op: lightened(it.op), state: { is: 'applied', answer: verdict.answer }, untold: true }];
  });
}

/** What people were asked at a gate was for the server alone: once it is there, it is kept here no longer. */
const lightened = (op: Op): Op => (op.name === 'checkpoint.pass' ? { ...op, body: { ...op.body, values: {} } } : op);

/** The record it is about. Its target may be less: a walk among those of one patrol. */
export const recordOf = ({ params, target }: Pick<Op, 'params' | 'target'>): string => params.id ?? target;

/** Through, with all their files, their records heard, and no longer among the last. */
export function outlived(ops: Iterable<StoredOp>, files: ReadonlyMap<string, StoredFile>): string[] {
  const through = inOrder(ops).filter(
    (it) => it.state.is === 'applied' && !isUntold(it) && filesOf(it, files).length === 0,
  );
  return through.slice(0, Math.max(0, through.length - SHOWN_APPLIED)).map(({ op }) => op.commandId);
}

/** What of it is still to be sent. */
export const filesOf = ({ op, sent = [] }: StoredOp, kept: ReadonlyMap<string, StoredFile>): StoredFile[] =>
  op.files.flatMap((hash) => (sent.includes(hash) ? [] : (kept.get(hash) ?? [])));

/** A file that can go now, and the records at the server that it belongs to. */
export interface FileDue {
  readonly file: StoredFile;
  readonly ops: readonly Op[];
}

export function filesDue(ops: Iterable<StoredOp>, kept: ReadonlyMap<string, StoredFile>): FileDue[] {
  const through = inOrder(ops).filter(({ state }) => state.is === 'applied');
  const due = new Map<StoredFile, Op[]>();
  for (const it of through)
    for (const file of filesOf(it, kept)) if (file.refused === null) due.set(file, [...(due.get(file) ?? []), it.op]);
  return [...due].map(([file, naming]) => ({ file, ops: naming }));
}

/** By something that is not at the server yet. */
export const isStillNamed = (ops: Iterable<StoredOp>, sha256: string): boolean =>
  [...ops].some(({ op, state }) => state.is !== 'applied' && op.files.includes(sha256));

export function shownItem(it: StoredOp, kept: ReadonlyMap<string, StoredFile>): OutboxItem {
  const { op, state } = it;
  const files = filesOf(it, kept);
  return {
    ...{ op, state, filesWaiting: files.filter(({ refused }) => refused === null).length },
    filesRefused: files.flatMap((file) => {
      const { sha256, refused } = file;
      return refused ? [{ sha256, isVoice: isVoice(file), ...refused }] : [];
    }),
  };
}

export const isVoice = ({ type }: Pick<StoredFile, 'type'>): boolean => type.startsWith('audio/');

/** Something of it is not at the server, and somebody has to see to it or wait. */
export const isLeft = ({ state, filesWaiting, filesRefused }: Omit<OutboxItem, 'op'>): boolean =>
  state.is !== 'applied' || filesWaiting + filesRefused.length > 0;
export const isRefused = ({ state, filesRefused }: Omit<OutboxItem, 'op'>): boolean =>
  state.is === 'refused' || filesRefused.length > 0;
