import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import { asKeeper } from '../../../kernel/entrance.ts';
import { type EntryRow, openSecrets } from '../../../kernel/journal.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { granteeOfCode, trackingCodeOf } from '../../../kernel/tracking.ts';
import { transact } from '../../../kernel/transaction.ts';
import { type Fault, recordsTold, type ToldRecord } from '../../../kernel/verify.ts';
import { tracing } from '../../land/acts/index.ts';
import { verifyClocks } from '../../work/obligations/index.ts';
import { openMessage } from './channel.commands.ts';
import { type MessageRow, messagesNamed, messagesUntold } from './channel.queries.ts';
import { messageTable } from './channel.workflow.ts';

interface ChannelCheck {
  readonly messages: number;
  readonly obligations: number;
  readonly faults: readonly Fault[];
}

/** Replays every message of a channel from its entries, and the clock of its answer: nothing else may stand in the rows. */
export async function verifyChannel(runtime: Runtime, realm: number): Promise<ChannelCheck> {
  return transact(runtime, asKeeper(realm), async (ctx) => {
    const faults: Fault[] = [];
    const leadsTo = await tracing(ctx);
    let [messages, obligations] = [0, 0];
    for await (const records of recordsTold(ctx, 'area_message')) {
      const [unlike, clocks] = [await unlikeTold(ctx, records, leadsTo), await verifyClocks(ctx, records)];
      faults.push(...unlike, ...clocks.faults);
      messages += records.length;
      obligations += clocks.checked;
    }
    for (const id of await messagesUntold(ctx))
      faults.push({ ...of(id), says: 'is told of by no entry of the journal' });
    return { messages, obligations, faults };
  });
}

const of = (id: string) => ({ what: 'area_message', id });
type LeadsTo = (scopeNo: number) => ReadonlySet<number>;

async function unlikeTold(ctx: Ctx, records: readonly ToldRecord[], leadsTo: LeadsTo): Promise<Fault[]> {
  const ids = records.map(({ recordId }) => recordId);
  const stored = new Map((await messagesNamed(ctx, ids)).map((row) => [row.id as string, row]));
  const secrets = await openSecrets(
    ctx,
    records.flatMap(({ entries }) => entries),
  );
  const faults: Fault[] = [];
  for (const { recordId, entries } of records) {
    const row = stored.get(recordId);
    const differs = row ? await differences(ctx, row, entries, { secrets, leadsTo }) : ['everything: it is gone'];
    if (differs.length > 0) faults.push({ ...of(recordId), says: `differs from the journal in ${differs.join(', ')}` });
  }
  return faults;
}

async function differences(
  ctx: Ctx,
  row: MessageRow,
  entries: readonly EntryRow[],
  { secrets, leadsTo }: { secrets: ReadonlyMap<string, unknown>; leadsTo: LeadsTo },
): Promise<string[]> {
  const [sent] = entries;
  if (sent?.kind !== 'area_message.sent') return ['how it began'];
  const told = toldBy(ctx, sent, entries.filter(isStep));
  const differing = Object.entries(told).flatMap(([column, value]) =>
    plain(row[column as keyof MessageRow]) === plain(value) ? [] : [column],
  );
  const isOther = await saysOther(ctx, row, secrets.get(sent.id));
  const lies = leadsTo(sent.scopeNo).has(row.scopeNo) ? [] : ['scopeNo'];
  return [...differing, ...(isOther ? ['sealed'] : []), ...lies];
}

/** What was sealed under a key that is destroyed cannot be compared: that is what forgetting means. */
async function saysOther(ctx: Ctx, row: MessageRow, told: unknown): Promise<boolean> {
  const key = await openDataKey(ctx, row.keyId);
  if (!key) return false;
  try {
    return !isDeepStrictEqual(openMessage(key, row), told);
  } catch {
    // Bytes that its own key does not open are not what was put there.
    return true;
  }
}

const steps: ReadonlySet<string> = new Set(Object.values(messageTable.rows).map(({ entry }) => entry));
const settling: ReadonlySet<string> = new Set(
  [messageTable.rows.answer, messageTable.rows.report, messageTable.rows.set_aside].map(({ entry }) => entry),
);
const isStep = ({ kind }: EntryRow): boolean => steps.has(kind);

/** Whoever acted first has seen it, and whoever settled it last is who settled it. */
function toldBy(ctx: Ctx, sent: EntryRow, acts: readonly EntryRow[]): Partial<Record<keyof MessageRow, unknown>> {
  const [first, last] = [acts.at(0), acts.findLast(({ kind }) => settling.has(kind))];
  const changes = Object.assign({}, ...acts.map(({ body: { duties: _, ...change } }) => change)) as object;
  return {
    ...{ areaId: sent.body.areaId, status: sent.body.status, unverified: sent.body.unverified },
    ...{ casefileId: null, reason: null, ...changes },
    grantee: granteeOfCode(ctx.keys, trackingCodeOf(ctx.keys, ctx.realm, sent.recordId)),
    ...{ sentAt: sent.recordedAt, keyId: sent.keyId },
    ...{ seenAt: first?.recordedAt ?? null, seenBy: first?.personId ?? null },
    ...{ settledAt: last?.recordedAt ?? null, settledBy: last?.personId ?? null },
  };
}

const plain = (value: unknown): string => JSON.stringify(value ?? null);
