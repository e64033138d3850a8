import canonicalize from 'canonicalize';
import type { Ctx } from '../../../kernel/context.ts';
import type { EntryBody, EntryRow } from '../../../kernel/journal.ts';
import type { Fault } from '../../../kernel/verify.ts';
import { type Act, actSchema, type Clock, replay } from './clock.model.ts';
import { timeOf } from './obligation.commands.ts';
import type { Obligation } from './obligation.model.ts';
import { obligationsOf } from './obligation.queries.ts';

const compared = [
  'scale',
  'budgetMs',
  'usedMs',
  'runningSince',
  'dueAt',
  'provisional',
  'state',
  'pauseReason',
  'suspendedUntil',
  'overran',
  'extensions',
  'exempt',
  'endedAt',
  'rung',
  'nextRungAt',
] as const satisfies readonly (keyof Clock)[];

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** Counts every clock of a record anew from the journal and compares it with what is stored. */
export async function verifyClocks(
  ctx: Ctx,
  recordId: string,
  entries: readonly EntryRow[],
): Promise<{ checked: number; faults: Fault[] }> {
  const stored = await obligationsOf(ctx, recordId);
  const faults: Fault[] = [];
  for (const obligation of stored) {
    const counted = replay(actsIn(entries, obligation), await timeOf(ctx, obligation));
    const differs =
      counted === null
        ? ['open']
        : [
            ...compared.filter((column) => plain(counted[column]) !== plain(obligation[column])),
            ...unlikeTold(entries, obligation),
          ];
    if (differs.length > 0)
      faults.push({ what: 'obligation', id: obligation.id, says: `differs from the journal in ${differs.join(', ')}` });
  }
  const known = new Set(stored.map((obligation) => obligation.id));
  for (const id of openedIn(entries)) if (!known.has(id)) faults.push({ what: 'obligation', id, says: 'is gone' });
  return { checked: stored.length, faults };
}

/** Who owes what, on which calendar, given to whom: as it was opened, handed over and assigned. */
function unlikeTold(entries: readonly EntryRow[], obligation: Obligation): string[] {
  const acts = dutiesIn(entries).filter(({ id }) => id === obligation.id);
  const opened = acts.find(({ act }) => act === 'open');
  const owner = acts.findLast(({ act }) => act === 'hand') ?? opened;
  const told: Partial<Record<keyof Obligation, unknown>> = {
    duty: opened?.duty,
    owedByKind: owner?.owedByKind,
    owedBy: owner?.owedBy,
    calendarId: opened?.calendarId,
    calendarVersion: opened?.calendarVersion,
    timeLimit: opened?.limit,
    ladder: opened?.ladder,
    openedAt: opened?.at,
    assigneeId: acts.findLast(({ act }) => act === 'assign' || act === 'hand')?.assigneeId ?? null,
  };
  return (Object.keys(told) as (keyof Obligation)[]).filter(
    (column) => canonicalize(told[column] ?? null) !== canonicalize(plain(obligation[column])),
  );
}

type Told = EntryBody & { readonly id: string; readonly act: string };
const dutiesIn = (entries: readonly EntryRow[]): Told[] =>
  entries.flatMap((entry) => (entry.body.duties ?? []) as unknown as Told[]);

const openedIn = (entries: readonly EntryRow[]): string[] =>
  dutiesIn(entries)
    .filter(({ act }) => act === 'open')
    .map(({ id }) => id);

/** The acts on one obligation, in the order of the journal. */
export function actsIn(entries: readonly EntryRow[], { id }: Pick<Obligation, 'id'>): Act[] {
  return dutiesIn(entries)
    .filter((duty) => duty.id === id && duty.act !== 'assign' && duty.act !== 'hand')
    .map((duty) => actSchema.parse(duty));
}
