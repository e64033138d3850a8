import type { z } from 'zod';
import { type Ctx, holdsPost } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { record } from '../../../../kernel/journal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { today } from '../../../../kernel/realm.ts';
import { isSameDoor } from '../batches/door.model.ts';
import { dayOfRank } from '../batches/told_change.model.ts';
import { requireRecord, subjectOf } from '../ledger.commands.ts';
import { ledgerKeepers, ledgerProblems, residents } from '../ledger.model.ts';
import { holdRecords, lockLedger, recordsMarked } from '../ledger.queries.ts';
import { householdText, markOf, type OpenRecord, openRecords, tellOf } from '../record.commands.ts';
import { householdProblems, type moveForm } from './household.model.ts';
import { communityOf, MOST_MEMBERS } from './household.views.ts';

type Move = z.output<typeof moveForm>;

/**
 * Some of a household come into another, or found one: told of each of them, of the day since when, as if entered by hand. All of
 * them into another one of the same door is the merging of two households.
 */
export async function moveMembers(ctx: Ctx, id: Id, move: Move): Promise<{ recordId: Id; moved: number }> {
  const known = await requireRecord(ctx, id);
  if (!holdsPost(ctx, ledgerKeepers, known.row.scopeNo)) throw new Problem(ledgerProblems['ledger.not_here']);
  await lockLedger(ctx, residents.code);
  const own = known.standing.values['household.number'];
  if (known.row.ledger !== residents.code || own === undefined) throw new Problem(householdProblems['household.none']);
  const household = await membersOf(ctx, known, own);
  requireSeen(household, move.seen);
  if (move.on > (await today(ctx))) throw new Problem(householdProblems['household.of_tomorrow']);
  const leaving = household.filter(({ row }) => move.members.includes(row.id));
  const isHeadOfThem = move.head === undefined || move.members.includes(move.head);
  if (leaving.length !== new Set(move.members).size || !isHeadOfThem)
    throw new Problem(householdProblems['household.not_of_it']);
  requireNumber(move, household, leaving, await membersOf(ctx, known, move.number));
  requireNothingLater(leaving, move.on);
  for (const one of leaving) await comeInto(ctx, one, move);
  return { recordId: known.row.id, moved: leaving.length };
}

/** Held, so that nobody else moves them meanwhile. */
async function membersOf(ctx: Ctx, { row }: OpenRecord, number: string): Promise<OpenRecord[]> {
  const text = householdText(residents, { 'household.number': number });
  if (text === null) return [];
  const rows = await recordsMarked(ctx, markOf(ctx, text), await communityOf(ctx, row), MOST_MEMBERS);
  const held = await holdRecords(
    ctx,
    rows.map(({ id }) => id),
  );
  return [...(await openRecords(ctx, held)).values()];
}

function requireSeen(household: readonly OpenRecord[], seen: readonly Id[]): void {
  const now = household.map(({ row }) => row.id).sort();
  if (JSON.stringify(now) === JSON.stringify([...new Set(seen)].sort())) return;
  throw new Problem(householdProblems['household.changed_meanwhile']);
}

function requireNumber(
  { kind }: Move,
  household: readonly OpenRecord[],
  leaving: readonly OpenRecord[],
  there: readonly OpenRecord[],
): void {
  const isWhole = leaving.length === household.length;
  if (kind === 'split') {
    if (there.length > 0) throw new Problem(householdProblems['household.number_taken']);
    if (isWhole) throw new Problem(householdProblems['household.whole_leaves']);
    return;
  }
  const isOther = there.length > 0 && there.every(({ row }) => !household.some((one) => one.row.id === row.id));
  if (!isOther) throw new Problem(householdProblems['household.no_such']);
  const isOneDoor = leaving.every(({ standing: one }) =>
    there.every(({ standing: other }) => isSameDoor(one.values, other.values)),
  );
  if (isWhole && !isOneDoor) throw new Problem(householdProblems['household.other_door']);
}

/** What was told of a later day would stand against it, and nobody would see that. */
function requireNothingLater(leaving: readonly OpenRecord[], on: string): void {
  const later = leaving.filter(({ standing: { setters } }) =>
    setters.some((setter) => setter.fields.includes('household.number') && dayOfRank(setter.on) > on),
  );
  if (later.length > 0) throw new Problem(householdProblems['household.told_later'], { n: String(later.length) });
}

/** What was known of the head of the household they leave, is not told of the other's. */
const ofFormerHead = ['household.head_name', 'household.head_id_number', 'household.head_phone'];

async function comeInto(ctx: Ctx, one: OpenRecord, { kind, number, on, head }: Move): Promise<void> {
  const { values: before } = one.standing;
  const relation = one.row.id === head && kind === 'split' ? '户主' : '';
  const former = [...ofFormerHead, ...(relation === '' ? ['household.relation'] : [])];
  const gone = former.filter((field) => before[field] !== undefined).map((field) => [field, ''] as const);
  const values = {
    ...Object.fromEntries(gone),
    ...(relation !== '' && { 'household.relation': relation }),
    'household.number': number,
  };
  await tellOf(ctx, residents, one, { values, toldOn: on, batch: null, source: null });
  record(ctx, {
    kind: 'ledger.facts_entered',
    about: subjectOf(one),
    body: { fields: Object.keys(values), household: kind },
  });
}
