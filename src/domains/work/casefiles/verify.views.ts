import type { Ctx } from '../../../kernel/context.ts';
import { asKeeper } from '../../../kernel/entrance.ts';
import { type EntryRow, type EntryValue, openSecrets } from '../../../kernel/journal.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { entriesByRecord, type Fault } from '../../../kernel/verify.ts';
import { tracing } from '../../land/acts/index.ts';
import { verifyClocks } from '../obligations/index.ts';
import { casefilesUntold, findCasefile } from './casefile.queries.ts';
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
  progress: (checked: number) => void,
): Promise<CasefileCheck> {
  return transact(runtime, asKeeper(realm), async (ctx) => {
    const faults: Fault[] = [];
    const leadsTo = await tracing(ctx);
    let casefiles = 0;
    let obligations = 0;
    for await (const { recordId, entries } of entriesByRecord(ctx, 'casefile')) {
      const row = await findCasefile(ctx, recordId);
      const differs = row ? await differences(ctx, row, entries, leadsTo) : ['everything: the case is gone'];
      if (differs.length > 0)
        faults.push({ what: 'casefile', id: recordId, says: `differs from the journal in ${differs.join(', ')}` });
      const clocks = await verifyClocks(ctx, recordId, entries);
      faults.push(...clocks.faults);
      casefiles += 1;
      obligations += clocks.checked;
      progress(casefiles);
    }
    for (const id of await casefilesUntold(ctx))
      faults.push({ what: 'casefile', id, says: 'is told of by no entry of the journal' });
    return { casefiles, obligations, faults };
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
};
/** What the row is, not what was said of it. */
const identity: ReadonlySet<string> = new Set(['realm', 'id', 'scopeNo']);

async function differences(
  ctx: Ctx,
  row: Readonly<Record<string, unknown>>,
  entries: readonly EntryRow[],
  leadsTo: (scopeNo: number) => ReadonlySet<number>,
): Promise<string[]> {
  const { told, forgotten } = await toldBy(ctx, entries);
  // Where it lies follows the land: an act on the tree tells of all its records at once.
  const lies = leadsTo(Number(told.scopeNo)).has(Number(row.scopeNo)) ? [] : ['scopeNo'];
  const others = Object.keys(row).filter(
    (column) => !identity.has(column) && !forgotten.has(column) && !same(column, row[column], told[column] ?? null),
  );
  return [...lies, ...others];
}

/** A column is forgotten where its last telling may lie in what was sealed under a key that was destroyed. */
async function toldBy(
  ctx: Ctx,
  entries: readonly EntryRow[],
): Promise<{ told: Readonly<Record<string, EntryValue>>; forgotten: ReadonlySet<string> }> {
  const secrets = await openSecrets(ctx, entries);
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
