import type { z } from 'zod';
import { type Ctx, holdsPost } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type EntryBody, record } from '../../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../../kernel/problem.ts';
import { today } from '../../../../kernel/realm.ts';
import { me } from '../../accounts/index.ts';
import { disagreements, type Values } from '../batches/candidate.model.ts';
import type { Standing } from '../batches/told_change.model.ts';
import { requireRecord, subjectOf } from '../ledger.commands.ts';
import { type Ledger, ledgerKeepers, ledgerProblems } from '../ledger.model.ts';
import { holdRecords, lockLedger, partsOf, recordsNamed } from '../ledger.queries.ts';
import { ledgerNamed } from '../ledgers.model.ts';
import { foldOf, type OpenRecord, openRecords, saveStanding, tellingsOf, writeTelling } from '../record.commands.ts';
import { decided, differing, type mergeForm, mergeProblems, type Side, withinOf } from './merge.model.ts';
import {
  findMerge,
  insertApart,
  insertMerge,
  isApart,
  type MergeRow,
  mergesHolding,
  pointTo,
  removeApart,
  saveUndone,
} from './merge.queries.ts';

export interface Two {
  readonly kept: OpenRecord;
  readonly gone: OpenRecord;
}

/** Both within what the viewer keeps. Whose they are is asked before anything is told of them. */
async function requireKept(ctx: Ctx, keptId: Id, goneId: Id): Promise<Two> {
  const rows = await recordsNamed(ctx, [keptId, goneId]);
  const open = await openRecords(ctx, rows);
  const [kept, gone] = [open.get(keptId), open.get(goneId)];
  if (!kept || !gone) throw new Problem(ledgerProblems['ledger.not_found']);
  if (rows.some(({ scopeNo }) => !holdsPost(ctx, ledgerKeepers, scopeNo)))
    throw new Problem(ledgerProblems['ledger.not_here']);
  return { kept, gone };
}

/** Both standing for themselves. */
export async function requireTwo(ctx: Ctx, keptId: Id, goneId: Id): Promise<Two> {
  const two = await requireKept(ctx, keptId, goneId);
  const rows = [two.kept.row, two.gone.row];
  if (keptId === goneId) throw new Problem(mergeProblems['merge.into_itself']);
  if (two.kept.row.ledger !== two.gone.row.ledger) throw new Problem(mergeProblems['merge.two_ledgers']);
  if (rows.some(({ mergedInto }) => mergedInto !== null)) throw new Problem(mergeProblems['merge.already']);
  return two;
}

/** What stands when all that was told of either was told of one: the rules of every way in, once more. */
export async function foldedOf(ctx: Ctx, { kept, gone }: Two): Promise<Standing> {
  return foldOf([...(await tellingsOf(ctx, [kept, gone])).values()].flat());
}

/**
 * One stays, the other points to it from then on. Both keep what was told of them; what was chosen otherwise than by the rules
 * is told by hand, so that it holds like any other word.
 */
export async function mergeRecords(
  ctx: Ctx,
  keptId: Id,
  { other: goneId, choose, seen }: z.output<typeof mergeForm>,
): Promise<{ recordId: Id; mergeId: Id }> {
  const ledger = await ledgerOf(ctx, keptId);
  // Two who merge the same two crosswise come one after the other, and so does a file that is taken in.
  await lockLedger(ctx, ledger.code);
  const within = (await partsOf(ctx, [goneId])).map(({ id }) => id);
  await holdRecords(ctx, [keptId, goneId, ...within]);
  const two = await requireTwo(ctx, keptId, goneId);
  requireSeen(two, seen);
  const by = await foldedOf(ctx, two);
  const chosen = requireChoice(two, by, choose);
  const { changeId, standing } = await decide(ctx, two.kept, by, chosen);
  const scopeNo = await saveStanding(ctx, ledger, two.kept, standing);
  pointTo(ctx, [goneId, ...within], { id: keptId, scopeNo });
  const mergeId = ctx.ids.newId();
  insertMerge(ctx, { id: mergeId, keptId, goneId, changeId, personId: me(ctx).personId, mergedAt: ctx.now });
  noted(ctx, two, 'ledger.merged', { mergeId, keptId, goneId, chosen: Object.keys(chosen) });
  return { recordId: keptId, mergeId };
}

/** In which of them it stands; by its code alone follows how its records are known. */
const ledgerOf = async (ctx: Ctx, id: Id): Promise<Ledger> => ledgerNamed((await requireRecord(ctx, id)).row.ledger);

function requireSeen({ kept, gone }: Two, seen: z.output<typeof mergeForm>['seen']): void {
  const isAsSeen = (at: Date, then: string): boolean => at.getTime() === new Date(then).getTime();
  if (isAsSeen(kept.row.changedAt, seen.kept) && isAsSeen(gone.row.changedAt, seen.gone)) return;
  throw new Problem(mergeProblems['merge.changed_meanwhile']);
}

function requireChoice(
  { kept, gone }: Two,
  { values: by }: Standing,
  choose: Readonly<Record<string, Side>>,
): Record<string, string> {
  const of = { kept: kept.standing.values, gone: gone.standing.values };
  const known = differing(of.kept, of.gone);
  const strange = Object.keys(choose).filter((field) => !known.includes(field));
  if (strange.length > 0)
    throw new Problem(
      mergeProblems['merge.disagrees'],
      {},
      strange.map((field) => ({ path: `choose.${field}`, says: nothingToChoose })),
    );
  const chosen = decided(by, of, choose);
  const faults = disagreeing({ ...by, ...chosen }, of);
  if (faults.length > 0) throw new Problem(mergeProblems['merge.disagrees'], {}, faults);
  return chosen;
}

/** A number with somebody else's birthday; what did not agree in one of them before is not the merge's doing. */
function disagreeing(after: Values, of: Readonly<Record<Side, Values>>): FieldFault[] {
  const before = new Set([...disagreements(of.kept), ...disagreements(of.gone)].map(({ field }) => field));
  const told = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== ''));
  return disagreements(told)
    .filter(({ field }) => !before.has(field))
    .map(({ field, says }) => ({ path: `choose.${field}`, says }));
}

const nothingToChoose = { zh: '这一项两条说的一样，没有可选的', en: 'both say the same; there is nothing to choose' };

async function decide(ctx: Ctx, kept: OpenRecord, by: Standing, chosen: Record<string, string>) {
  if (Object.keys(chosen).length === 0) return { changeId: null, standing: by };
  const telling = { values: chosen, toldOn: await today(ctx), batch: null, source: '合并时选定' };
  return writeTelling(ctx, { ...kept, standing: by }, telling);
}

/** The merge as it stands; whoever may not have both gets neither. */
async function requireMerge(ctx: Ctx, keptId: Id, id: Id): Promise<MergeRow> {
  const merge = await findMerge(ctx, id);
  if (merge?.keptId !== keptId) throw new Problem(mergeProblems['merge.no_merge']);
  return merge;
}

/**
 * Each gets back what was told of itself; what was told since stays with the one that stayed, and is listed for whoever must
 * say whose it is. What had been merged into the one that went, goes with it.
 */
export async function unmergeRecords(
  ctx: Ctx,
  keptId: Id,
  mergeId: Id,
): Promise<{ recordId: Id; mergeId: Id; otherId: Id }> {
  const ledger = await ledgerOf(ctx, keptId);
  await lockLedger(ctx, ledger.code);
  const merge = await requireMerge(ctx, keptId, mergeId);
  const { goneId } = merge;
  if (merge.undoneAt !== null) throw new Problem(mergeProblems['merge.undone_already']);
  const parts = await partsOf(ctx, [keptId]);
  await holdRecords(ctx, [keptId, ...parts.map(({ id }) => id)]);
  const two = await requireParts(ctx, keptId, goneId);
  const merges = await mergesHolding(
    ctx,
    parts.map(({ id }) => id),
  );
  const within = withinOf(goneId, merges);
  const leaving = new Set([goneId, ...within]);
  const told = (await tellingsOf(ctx, [two.kept])).get(keptId) ?? [];
  const left = told.filter(({ change }) => !leaving.has(change.recordId) && change.id !== merge.changeId);
  saveUndone(ctx, mergeId, me(ctx).personId);
  pointTo(ctx, [goneId], null);
  await saveStanding(ctx, ledger, two.kept, foldOf(left));
  // Where it lay before it was merged, or wherever that leads today; its own standing was never touched.
  const scopeNo = await saveStanding(ctx, ledger, two.gone, two.gone.standing);
  if (within.length > 0) pointTo(ctx, within, { id: goneId, scopeNo });
  noted(ctx, two, 'ledger.unmerged', { mergeId, keptId, goneId });
  return { recordId: keptId, mergeId, otherId: goneId };
}

async function requireParts(ctx: Ctx, keptId: Id, goneId: Id): Promise<Two> {
  const two = await requireKept(ctx, keptId, goneId);
  if (two.kept.row.mergedInto !== null) throw new Problem(mergeProblems['merge.inside_another']);
  return two;
}

/** They are two, and are not to be suggested again. */
export async function keepApart(ctx: Ctx, id: Id, other: Id): Promise<{ recordId: Id }> {
  const two = await requireTwo(ctx, id, other);
  await insertApart(ctx, id, other, me(ctx).personId);
  noted(ctx, two, 'ledger.kept_apart', { oneId: id, otherId: other });
  return { recordId: id };
}

/** It was a mistake to say so: they are suggested again where they are alike. */
export async function askAgain(ctx: Ctx, id: Id, other: Id): Promise<{ recordId: Id }> {
  const two = await requireTwo(ctx, id, other);
  if (!(await isApart(ctx, id, other))) throw new Problem(mergeProblems['merge.not_apart']);
  await removeApart(ctx, id, other);
  noted(ctx, two, 'ledger.asked_again', { oneId: id, otherId: other });
  return { recordId: id };
}

/** Told of both: whoever follows one of them hears of it. */
function noted(ctx: Ctx, { kept, gone }: Two, kind: string, body: EntryBody): void {
  for (const one of [kept, gone]) record(ctx, { kind, about: subjectOf(one), body });
}
