import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKey } from '../../../kernel/data_key.ts';
import { asKeeper } from '../../../kernel/entrance.ts';
import { unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryRow, openSecrets } from '../../../kernel/journal.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { type Fault, recordsTold, type ToldRecord } from '../../../kernel/verify.ts';
import { tracing } from '../../land/acts/index.ts';
import { verifyClocks } from '../obligations/index.ts';
import { type Place, type StoredRow, storedOf, untoldIn } from './retelling.queries.ts';

/** A kind of record, and the tables that must hold what its entries tell. A column of which none tells is not looked at. */
export interface Retelling {
  readonly kind: string;
  readonly tables: readonly Retold[];
}

export interface Retold extends Place {
  readonly retell: (entries: readonly EntryRow[]) => Telling;
  /** `sealed` holds under this name what the first entry holds sealed. */
  readonly boundTo?: (id: Id) => string;
}

/** `scopeNo` is where it lay: a row follows the land. */
export type Columns = Readonly<Record<string, unknown>>;

export interface Telling {
  /** By the id of its row. */
  readonly named?: ReadonlyMap<string, Columns>;
  /** What a row is that no entry names; without this there must be no such row. */
  readonly others?: Columns;
  /** Told without their ids: as many rows as these, and each like one of them. */
  readonly nameless?: readonly Columns[];
}

export interface ToldCheck {
  readonly records: Readonly<Record<string, number>>;
  readonly obligations: number;
  readonly faults: readonly Fault[];
}

/** Replays records of these kinds from their entries, and their clocks: nothing else may stand in the rows. */
export async function verifyTold(
  runtime: Runtime,
  realm: number,
  retellings: readonly Retelling[],
): Promise<ToldCheck> {
  const kinds = retellings.map(({ kind }) => kind);
  return transact(runtime, asKeeper(realm), async (ctx) => {
    const faults: Fault[] = [];
    const leadsTo = await tracing(ctx);
    const records = Object.fromEntries(kinds.map((kind) => [kind, 0]));
    let obligations = 0;
    for await (const told of recordsTold(ctx, ...kinds)) {
      for (const { kind, tables } of retellings) {
        const ours = told.filter(({ entries }) => entries[0]?.recordKind === kind);
        if (ours.length === 0) continue;
        records[kind] = (records[kind] ?? 0) + ours.length;
        for (const table of tables) faults.push(...(await unlikeTold(ctx, table, ours, leadsTo)));
      }
      const clocks = await verifyClocks(ctx, told);
      faults.push(...clocks.faults);
      obligations += clocks.checked;
    }
    for (const { kind, tables } of retellings)
      for (const place of tables)
        for (const id of await untoldIn(ctx, place, kind)) faults.push({ what: place.table, id, says: untold });
    return { records, obligations, faults: once(faults) };
  });
}

const untold = 'is told of by no entry of the journal';
const gone = 'differs from the journal in everything: it is gone';

/** Where two looks at one table find the same, it is said once. */
const once = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.what} ${fault.id} ${fault.says}`, fault])).values(),
];

type LeadsTo = (scopeNo: number) => ReadonlySet<number>;

async function unlikeTold(ctx: Ctx, table: Retold, records: readonly ToldRecord[], leadsTo: LeadsTo): Promise<Fault[]> {
  const ids = records.map(({ recordId }) => recordId as Id);
  const stored = new Map<string, StoredRow[]>(ids.map((id) => [id, []]));
  for (const { recordId, row } of await storedOf(ctx, table, ids)) stored.get(recordId)?.push(row);
  const faults: Fault[] = [];
  for (const { recordId, entries } of records) {
    const rows = stored.get(recordId) ?? [];
    faults.push(...unlike(table, rows, recordId, table.retell(entries), leadsTo));
    if (table.boundTo) faults.push(...(await saysOther(ctx, table, rows, entries)));
  }
  return faults;
}

function unlike(
  { table }: Retold,
  rows: readonly StoredRow[],
  recordId: string,
  { named, others, nameless }: Telling,
  leadsTo: LeadsTo,
): Fault[] {
  const faults: Fault[] = [];
  const say = (id: string, says: string): void => void faults.push({ what: table, id, says });
  if (named) {
    for (const row of rows) {
      const told = named.get(row.id) ?? others;
      const differs = told ? differing(row, told, leadsTo) : [];
      if (!told) say(row.id, untold);
      else if (differs.length > 0) say(row.id, `differs from the journal in ${differs.join(', ')}`);
    }
    const there = new Set<string>(rows.map(({ id }) => id));
    for (const id of named.keys()) if (!there.has(id)) say(id, gone);
  }
  if (nameless) {
    const left = new Map<string, number>();
    for (const columns of nameless) left.set(keyOf(columns, columns), (left.get(keyOf(columns, columns)) ?? 0) + 1);
    const [pattern = {}] = nameless;
    for (const row of rows) {
      const key = keyOf(pattern, row);
      const still = left.get(key) ?? 0;
      if (still === 0) say(row.id, untold);
      else left.set(key, still - 1);
    }
    const lacking = [...left.values()].reduce((sum, n) => sum + n, 0);
    if (lacking > 0) say(recordId, `lacks ${lacking} of which the journal tells`);
  }
  return faults;
}

const plain = (value: unknown): string => JSON.stringify(value ?? null);

const differing = (row: StoredRow, told: Columns, leadsTo: LeadsTo): string[] =>
  Object.entries(told).flatMap(([column, value]) => {
    const same =
      column === 'scopeNo' ? leadsTo(Number(value)).has(Number(row[column])) : plain(row[column]) === plain(value);
    return same ? [] : [column];
  });

/** Those columns of it that are told. */
const keyOf = (told: Columns, row: Columns): string =>
  Object.keys(told)
    .map((column) => plain(row[column]))
    .join(' ');

/** What was sealed under a key that is destroyed cannot be compared: that is what forgetting means. */
async function saysOther(
  ctx: Ctx,
  { table, boundTo }: Retold,
  rows: readonly StoredRow[],
  [first]: readonly EntryRow[],
): Promise<Fault[]> {
  const [row] = rows;
  const key = row && (await openDataKey(ctx, row.keyId as Id));
  if (!key || !first || !boundTo) return [];
  const told = (await openSecrets(ctx, [first])).get(first.id);
  const says = 'differs from the journal in sealed';
  try {
    const said: unknown = JSON.parse(unseal(key.bytes, row.sealed as Buffer, boundTo(row.id)).toString());
    return isDeepStrictEqual(said, told) ? [] : [{ what: table, id: row.id, says }];
  } catch {
    // Bytes that its own key does not open are not what was put there.
    return [{ what: table, id: row.id, says }];
  }
}
