import canonicalize from 'canonicalize';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import type { EntryBody, EntryRow } from '../../../kernel/journal.ts';
import type { Fault, ToldRecord } from '../../../kernel/verify.ts';
import { calendarsOf } from '../calendars/index.ts';
import { type Act, actSchema, type Clock, replay } from './clock.model.ts';
import type { Obligation } from './obligation.model.ts';
import { obligationsOfAll } from './obligation.queries.ts';

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

/** Counts every clock of these records anew from the journal and compares it with what is stored. */
export async function verifyClocks(
  ctx: Ctx,
  records: readonly ToldRecord[],
): Promise<{ checked: number; faults: Fault[] }> {
  const stored = await obligationsOfAll(
    ctx,
    records.map(({ recordId }) => recordId),
  );
  const faults: Fault[] = [];
  for (const { recordId, entries } of records) {
    const told = duties(entries);
    for (const obligation of stored.get(recordId) ?? []) {
      const differs = await differences(ctx, told.get(obligation.id) ?? [], obligation);
      told.delete(obligation.id);
      if (differs.length === 0) continue;
      faults.push({ what: 'obligation', id: obligation.id, says: `differs from the journal in ${differs.join(', ')}` });
    }
    for (const [id, acts] of told)
      if (acts.some(({ act }) => act === 'open')) faults.push({ what: 'obligation', id, says: 'is gone' });
  }
  return { checked: [...stored.values()].reduce((all, { length }) => all + length, 0), faults };
}

async function differences(ctx: Ctx, told: readonly Told[], obligation: Obligation): Promise<string[]> {
  const { opening, timeOf } = await timesOf(ctx, obligation, told);
  const counted = replay(actsAmong(told), opening, timeOf);
  if (counted === null) return ['open'];
  const clock = compared.filter((column) => plain(counted[column]) !== plain(obligation[column]));
  return [...clock, ...unlikeTold(told, obligation)];
}

/** The hours it was opened under, and those of each version it went over to. */
export async function timesOf(
  ctx: Ctx,
  { calendarId, calendarVersion }: Pick<Obligation, 'calendarId' | 'calendarVersion'>,
  told: readonly EntryBody[],
) {
  const calendars = await calendarsOf(ctx);
  const timeOf = (version: number) => calendars.version(calendarId ?? '', version).time;
  const opened = told[0]?.calendarVersion;
  return { opening: timeOf(typeof opened === 'number' ? opened : (calendarVersion ?? 0)), timeOf };
}

/** Who owes what, on which calendar, given to whom: as it was opened, handed over and assigned. */
function unlikeTold(acts: readonly Told[], obligation: Obligation): string[] {
  const opened = acts.find(({ act }) => act === 'open');
  const owed = acts.findLast(({ act }) => act === 'open' || act === 'hand');
  const told: Partial<Record<keyof Obligation, unknown>> = {
    duty: opened?.duty,
    owedByKind: owed?.owedByKind,
    owedBy: owed?.owedBy,
    calendarId: opened?.calendarId,
    calendarVersion: acts.findLast(({ calendarVersion }) => calendarVersion !== undefined)?.calendarVersion,
    timeLimit: opened?.limit,
    ladder: opened?.ladder,
    openedAt: opened?.at,
    assigneeId: acts.findLast(({ act }) => besideTheClock.has(act))?.assigneeId ?? null,
  };
  return (Object.keys(told) as (keyof Obligation)[]).filter(
    (column) => canonicalize(told[column] ?? null) !== canonicalize(plain(obligation[column])),
  );
}

type Told = EntryBody & { readonly id: string; readonly act: string };

/** What the journal tells of each obligation, in its order. */
function duties(entries: readonly EntryRow[]): Map<Id, Told[]> {
  const told = new Map<Id, Told[]>();
  for (const { body } of entries)
    for (const duty of (body.duties ?? []) as unknown as Told[]) {
      const acts = told.get(duty.id);
      if (acts) acts.push(duty);
      else told.set(duty.id, [duty]);
    }
  return told;
}

/** The acts on one obligation, in the order of the journal. */
export const actsIn = (entries: readonly EntryRow[], { id }: Pick<Obligation, 'id'>): { told: Told[]; acts: Act[] } => {
  const told = duties(entries).get(id) ?? [];
  return { told, acts: actsAmong(told) };
};

/** Who does it and who owes it do not change when it is due. */
const besideTheClock: ReadonlySet<string> = new Set(['assign', 'hand']);

const actsAmong = (told: readonly Told[]): Act[] =>
  told.filter(({ act }) => !besideTheClock.has(act)).map((duty) => actSchema.parse(duty));
