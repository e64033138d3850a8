import { asKeeper } from '../../../kernel/entrance.ts';
import type { EntryRow, EntryValue } from '../../../kernel/journal.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { entriesByRecord, type Fault } from '../../../kernel/verify.ts';
import { verifyClocks } from '../obligations/index.ts';
import { findCasefile } from './casefile.queries.ts';

export interface CasefileCheck {
  readonly casefiles: number;
  readonly obligations: number;
  readonly faults: readonly Fault[];
}

/**
 * Replays every case from its entries: the columns that each step says it changed, and every clock. What is stored must
 * be what the journal tells; a row changed behind the journal's back shows here.
 */
export async function verifyCasefiles(
  runtime: Runtime,
  realm: number,
  progress: (checked: number) => void,
): Promise<CasefileCheck> {
  return transact(runtime, asKeeper(realm), async (ctx) => {
    const faults: Fault[] = [];
    let casefiles = 0;
    let obligations = 0;
    for await (const { recordId, entries } of entriesByRecord(ctx, 'casefile')) {
      const row = await findCasefile(ctx, recordId);
      const differs = row ? differences(row, entries) : ['everything: the case is gone'];
      if (differs.length > 0)
        faults.push({ what: 'casefile', id: recordId, says: `differs from the journal in ${differs.join(', ')}` });
      const clocks = await verifyClocks(ctx, recordId, entries);
      faults.push(...clocks.faults);
      casefiles += 1;
      obligations += clocks.checked;
      progress(casefiles);
    }
    return { casefiles, obligations, faults };
  });
}

function differences(row: Readonly<Record<string, unknown>>, entries: readonly EntryRow[]): string[] {
  const told: Record<string, EntryValue> = {};
  for (const entry of entries) Object.assign(told, (entry.body.change ?? {}) as object);
  return Object.entries(told)
    .filter(([column, value]) => !same(row[column], value))
    .map(([column]) => column);
}

/** A single-precision column gives back what it could keep of a number. */
function same(stored: unknown, told: EntryValue): boolean {
  if (stored instanceof Date) return stored.toISOString() === told;
  if (typeof stored === 'number' && typeof told === 'number') return Math.fround(stored) === Math.fround(told);
  return stored === told;
}
