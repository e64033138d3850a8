import type { Ctx } from '../../../kernel/context.ts';
import { asKeeper } from '../../../kernel/entrance.ts';
import { type EntryValue, openSecrets } from '../../../kernel/journal.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { type Fault, recordsTold, type ToldRecord } from '../../../kernel/verify.ts';
import { tracing } from '../../land/acts/index.ts';
import { verifyClocks } from '../obligations/index.ts';
import { casefilesUntold, countCasefiles, findCasefiles } from './casefile.queries.ts';
import { sensitive } from './step.commands.ts';

export interface CasefileCheck {
  readonly casefiles: number;
  readonly obligations: number;
  readonly faults: readonly Fault[];
}

/**
 * Replays every case from its entries: what each step says it changed, the columns that nothing ever touched, and every
 * clock. What is stored must be what the journal tells; a row changed behind the journal's back shows here.
 */
export async function verifyCasefiles(
  runtime: Runtime,
  realm: number,
  progress: (checked: number, all: number) => void,
): Promise<CasefileCheck> {
  return transact(runtime, asKeeper(realm), async (ctx) => {
    const faults: Fault[] = [];
    const [leadsTo, all] = await Promise.all([tracing(ctx), countCasefiles(ctx)]);
    let casefiles = 0;
    let obligations = 0;
    for await (const records of recordsTold(ctx, 'casefile')) {
      const [unlike, clocks] = await Promise.all([unlikeTold(ctx, records, leadsTo), verifyClocks(ctx, records)]);
      faults.push(...unlike, ...clocks.faults);
      casefiles += records.length;
      obligations += clocks.checked;
      progress(casefiles, all);
    }
    for (const id of await casefilesUntold(ctx))
      faults.push({ what: 'casefile', id, says: 'is told of by no entry of the journal' });
    return { casefiles, obligations, faults };
  });
}

type LeadsTo = (scopeNo: number) => ReadonlySet<number>;

async function unlikeTold(ctx: Ctx, records: readonly ToldRecord[], leadsTo: LeadsTo): Promise<Fault[]> {
  const [rows, secrets] = await Promise.all([
    findCasefiles(
      ctx,
      records.map(({ recordId }) => recordId),
    ),
    openSecrets(
      ctx,
      records.flatMap(({ entries }) => entries),
    ),
  ]);
  const stored = new Map(rows.map((row) => [row.id, row]));
  return records.flatMap(({ recordId, entries }) => {
    const row = stored.get(recordId);
    const differs = row ? differences(row, toldBy(entries, secrets), leadsTo) : ['everything: the case is gone'];
    if (differs.length === 0) return [];
    return [{ what: 'casefile', id: recordId, says: `differs from the journal in ${differs.join(', ')}` }];
  });
}

/** A case as it begins, before its first entry: a column that no entry names must still be so. */
const initially: Readonly<Record<string, EntryValue>> = {
  round: 1,
  placeWords: '',
  checking: false,
  returned: false,
  suspended: false,
  escalated: false,
  supervised: false,
  joint: false,
  reopened: false,
  selfHandled: false,
  imported: false,
  joined: false,
  unverified: false,
  disclosed: false,
};
/** What the row is, not what was said of it; the last is made by the database of the others. */
const identity: ReadonlySet<string> = new Set(['realm', 'id', 'scopeNo', 'foldedKey']);

function differences(row: Readonly<Record<string, unknown>>, { told, forgotten }: Told, leadsTo: LeadsTo): string[] {
  // Where it lies follows the land: an act on the tree tells of all its records at once.
  const lies = leadsTo(Number(told.scopeNo)).has(Number(row.scopeNo)) ? [] : ['scopeNo'];
  const others = Object.keys(row).filter(
    (column) => !identity.has(column) && !forgotten.has(column) && !same(column, row[column], told[column] ?? null),
  );
  return [...lies, ...others];
}

interface Told {
  readonly told: Readonly<Record<string, EntryValue>>;
  /** Columns whose last telling may lie in what was sealed under a key that was destroyed. */
  readonly forgotten: ReadonlySet<string>;
}

function toldBy(entries: ToldRecord['entries'], secrets: ReadonlyMap<string, unknown>): Told {
  const told: Record<string, EntryValue> = { ...initially };
  const forgotten = new Set<string>();
  for (const entry of entries) {
    const secret = secrets.get(entry.id) as { change?: object } | undefined;
    if (entry.sealed !== null && secret === undefined) for (const column of sensitive) forgotten.add(column);
    const change = { ...(entry.body.change as object | undefined), ...secret?.change };
    for (const column of Object.keys(change)) forgotten.delete(column);
    Object.assign(told, change);
  }
  return { told, forgotten };
}

/** Single-precision columns give back what they could keep of a number. */
const singlePrecision: ReadonlySet<string> = new Set(['accuracyM', 'borderM']);

function same(column: string, stored: unknown, told: EntryValue): boolean {
  if (stored instanceof Date) return stored.toISOString() === told;
  if (singlePrecision.has(column) && typeof stored === 'number' && typeof told === 'number')
    return Math.fround(stored) === Math.fround(told);
  return stored === told;
}
