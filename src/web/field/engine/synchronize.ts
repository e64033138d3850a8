import { type Desk, hangsOn } from './desk.ts';
import type { EngineOptions } from './engine.ts';
import {
  asSent,
  type FileDue,
  filesDue,
  inOrder,
  isStillNamed,
  isUnsettled,
  isUntold,
  judged,
  nextBatch,
  numbered,
  outlived,
  recordOf,
} from './outbox.ts';
import { type HeldRow, type Mark, Refused, type StoredFile, type StoredOp } from './ports.ts';
import { sendPreviews } from './previews.ts';
import type { PullAnswer, PullRequest, PushAnswer } from './protocol.ts';
import { ASKED, CHECKED, changesOf, checkOf, portions } from './replica.ts';
import { isAboutContent, isBusy, isForGood } from './trouble.ts';

/**
 * One round with the server: what was done here goes first, then news come in, then files. Whatever breaks off in
 * between is taken up the next time; each step is one write to the store.
 */
export async function synchronize(desk: Desk, options: EngineOptions, tell: () => void): Promise<void> {
  const round = { desk, options, tell };
  try {
    await exchange(round);
  } catch (error) {
    if (!(error instanceof Refused) || !(await madeAnew(round, error))) throw error;
    await exchange(round);
  }
  await sendFiles(round);
}

async function exchange(round: Round): Promise<void> {
  await registered(round);
  await pushAll(round);
  await pullAll(round);
}

export interface Round {
  readonly desk: Desk;
  readonly options: EngineOptions;
  readonly tell: () => void;
}

async function registered({ desk, options: { wire, machine, app } }: Round): Promise<void> {
  if (desk.meta.registered) return;
  const { deviceId } = desk.meta;
  await wire.register({ commandId: machine.newId(), deviceId, model: app.model, appVersion: app.version });
  await desk.alone(() => desk.commit({ meta: { ...desk.meta, registered: true } }, 'strict'));
}

/**
 * The server knows another past of this device, or none: an old copy of its store came back, or the server's did. It
 * becomes a new one; what is unsettled is sent again under the same ids and counts once.
 */
async function madeAnew({ desk, options: { machine } }: Round, { code }: Refused): Promise<boolean> {
  if (code !== 'device.out_of_step' && code !== 'device.unknown') return false;
  await desk.alone(() => {
    const deviceId = code === 'device.unknown' ? desk.meta.deviceId : machine.newId();
    const putOps = [...desk.ops.values()].filter(isUnsettled).map((it) => ({ ...it, op: { ...it.op, seq: null } }));
    const meta = { ...desk.meta, deviceId, registered: false, nextSeq: 1, dismissed: [] };
    return desk.commit({ meta, putOps }, 'strict');
  });
  return true;
}

async function pushAll(round: Round): Promise<void> {
  const { desk, tell } = round;
  let most: number | undefined;
  for (;;) {
    const batch = await desk.alone(async () => {
      const { ops, nextSeq } = numbered(nextBatch(desk.ops.values(), most), desk.meta.nextSeq);
      if (ops.length > 0) await desk.commit({ meta: { ...desk.meta, nextSeq }, putOps: ops }, 'strict');
      return ops;
    });
    if (batch.length === 0 && desk.meta.dismissed.length === 0) return;
    const dismissed = desk.meta.dismissed.slice(0, 200);
    try {
      const settled = await pushed(round, batch, dismissed);
      tell();
      if (settled === 0) return;
      most = undefined;
    } catch (error) {
      if (!isAboutContent(error) || batch.length === 0) throw error;
      // Something in it cannot even be read: it is found by halves, and only that one is refused.
      if (batch.length > 1) most = Math.ceil(batch.length / 2);
      else await setAside(round, batch, error);
    }
  }
}

/** How many are settled by it. */
async function pushed(
  { desk, options }: Round,
  batch: readonly StoredOp[],
  dismissed: readonly string[],
): Promise<number> {
  const { wire, machine, language } = options;
  const before = machine.now();
  const { deviceId } = desk.meta;
  const answer = await wire.push({
    ...{ deviceId, deviceAt: before.toISOString(), ops: batch.map(({ op }) => asSent(op)), dismissed, language },
    oldestUnsent: oldestUnsent(desk),
  });
  return desk.alone(async () => {
    const putOps = judged(batch, answer.verdicts);
    const meta = {
      ...desk.meta,
      dismissed: desk.meta.dismissed.filter((id) => !dismissed.includes(id)),
      skewMs: skewOf(before, machine.now(), answer),
    };
    const after = new Map([...desk.ops, ...putOps.map((it) => [it.op.commandId, it] as const)]);
    await desk.commit({ meta, putOps, dropOps: outlived(after.values(), desk.files) }, 'strict');
    return putOps.length + dismissed.length;
  });
}

async function setAside({ desk }: Round, [it]: readonly StoredOp[], error: Refused): Promise<void> {
  if (!it) return;
  const { code, title, detail } = error;
  await desk.alone(() => desk.commit({ putOps: [{ ...it, state: { is: 'refused', code, title, detail } }] }, 'strict'));
}

/** Half the way there and back is taken off. */
const skewOf = (before: Date, after: Date, { serverTime }: Pick<PushAnswer, 'serverTime'>): number =>
  Math.round((before.getTime() + after.getTime()) / 2 - new Date(serverTime).getTime());

const oldestUnsent = ({ ops }: Desk): string | null => inOrder(ops.values()).find(isUnsettled)?.op.occurredAt ?? null;

const PAGE = 500;
/** Rows that change while they are compared are compared again; whatever still differs then, the next round finds. */
const MOST_CHECKS = 5;

async function pullAll(round: Round): Promise<void> {
  const { desk } = round;
  let wanted = false;
  for (let checks = 0; checks < MOST_CHECKS; ) {
    const check = wanted ? checkOf(await checkedOf(desk)) : null;
    const answer = await pulled(round, { check, compare: null });
    if (answer.more || untold(desk).length > 0) continue;
    if (answer.recheck === false) break;
    wanted = true;
    if (check === null || answer.upserts.length + answer.evict.length > 0) continue;
    checks += 1;
    if (answer.differing.length === 0) break;
    await compared(round, check.buckets, answer.differing);
  }
  await letGo(round);
}

/** Carried out before the journal may have got there: of their records the answer tells whatever it knows now. */
const MOST_ASKED = 200;
const untold = ({ ops }: Desk): StoredOp[] => inOrder(ops.values()).filter(isUntold).slice(0, MOST_ASKED);

const checkedOf = async (desk: Desk): Promise<Mark[]> =>
  (await Promise.all(CHECKED.map(async (kind) => [...(await desk.marks(kind)).values()]))).flat();

async function compared(round: Round, buckets: number, differing: readonly number[]): Promise<void> {
  for (const { numbers } of portions(await checkedOf(round.desk), buckets, differing)) {
    for (;;) {
      const [mine] = portions(await checkedOf(round.desk), buckets, numbers);
      const { more } = await pulled(round, { check: null, compare: { buckets, numbers, rows: mine?.rows ?? [] } });
      if (!more) break;
    }
  }
}

async function pulled(round: Round, asked: Pick<PullRequest, 'check' | 'compare'>): Promise<PullAnswer> {
  const { desk, options } = round;
  const { wire, machine } = options;
  const before = machine.now();
  const { deviceId, cursors } = desk.meta;
  const at = { deviceId, deviceAt: before.toISOString(), oldestUnsent: oldestUnsent(desk) };
  const mine = untold(desk);
  const records = [...new Set(mine.map(({ op }) => recordOf(op)))];
  const answer = await wire.pull({ ...at, cursors, kinds: ASKED, limit: PAGE, records, ...asked });
  const heard = mine.map(({ untold: _, ...it }) => it);
  await desk.alone(() => takeIn(round, answer, before, heard));
  round.tell();
  return answer;
}

async function takeIn(
  { desk, options: { store, machine } }: Round,
  answer: PullAnswer,
  before: Date,
  putOps: readonly StoredOp[],
): Promise<void> {
  const kinds = new Set([...CHECKED, ...answer.whole.map(({ kind }) => kind)]);
  const known = new Map(await Promise.all([...kinds].map(async (kind) => [kind, await desk.marks(kind)] as const)));
  const hanging = answer.evict.filter(({ id }) => hangsOn(desk, id));
  const rows = new Map<string, HeldRow>();
  for (const { kind, id } of hanging) {
    const row = await store.one(kind, id);
    if (row) rows.set(id, row);
  }
  const meta = {
    ...desk.meta,
    accountId: answer.accountId,
    cursors: answer.cursors,
    skewMs: skewOf(before, machine.now(), answer),
    lastSyncAt: machine.now().toISOString(),
  };
  const changes = changesOf(answer, known, (id) => hangsOn(desk, id), rows, meta);
  await desk.commit({ ...changes, putOps }, 'relaxed');
}

/** What only stayed for something unsent. */
async function letGo({ desk }: Round): Promise<void> {
  await desk.alone(async () => {
    const free: { kind: string; id: string }[] = [];
    for (const kind of CHECKED)
      for (const { id, leaving } of (await desk.marks(kind)).values())
        if (leaving && !hangsOn(desk, id)) free.push({ kind, id });
    if (free.length > 0) await desk.commit({ dropHeld: free }, 'relaxed');
  });
}

/**
 * One by one, oldest first, each after its record. One that cannot go now lets the others pass and is told at the end.
 * What somebody says meanwhile does not wait until all photos are through: it goes before the next one.
 */
async function sendFiles(round: Round): Promise<void> {
  const { desk, tell } = round;
  let later: Refused | null = null;
  await sendPreviews(round);
  for (const due of filesDue(desk.ops.values(), desk.files)) {
    if (nextBatch(desk.ops.values()).some(({ state }) => state.is === 'waiting')) {
      await exchange(round);
      await sendPreviews(round);
    }
    try {
      await sendFile(round, due);
    } catch (error) {
      if (isForGood(error)) await refuseFile(round, due.file, error);
      else if (error instanceof Refused && !isBusy(error) && error.status !== 401) later ??= error;
      else throw error;
    }
    tell();
  }
  if (later) throw later;
}

/** To every record it belongs to. What the server confirmed is freed here, unless something unsent names it too. */
async function sendFile({ desk, options: { store, wire } }: Round, { file, ops }: FileDue): Promise<void> {
  const bytes = await store.bytes(file.sha256);
  if (bytes === null) return;
  for (const op of ops) await wire.sendFile(op, file, bytes);
  await desk.alone(async () => {
    const { sha256 } = file;
    if (!isStillNamed(desk.ops.values(), sha256)) return desk.commit({ dropFiles: [sha256] }, 'strict');
    const putOps = ops.flatMap(({ commandId }) => {
      const it = desk.ops.get(commandId);
      return it ? [{ ...it, sent: [...(it.sent ?? []), sha256] }] : [];
    });
    return desk.commit({ putOps }, 'strict');
  });
}

async function refuseFile({ desk }: Round, file: StoredFile, { code, title, detail }: Refused): Promise<void> {
  await desk.alone(() => desk.commit({ putFiles: [{ ...file, refused: { code, title, detail } }] }, 'strict'));
}
