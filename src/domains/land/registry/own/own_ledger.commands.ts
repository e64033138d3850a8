import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type EntryBody, record } from '../../../../kernel/journal.ts';
import { type FieldFault, Problem } from '../../../../kernel/problem.ts';
import { me } from '../../accounts/index.ts';
import { requireArea } from '../../areas/index.ts';
import { bareName } from '../batches/columns.model.ts';
import { holdsIn, keepsAll } from '../holding.queries.ts';
import type { Ledger } from '../ledger.model.ts';
import type { Span } from '../ledger.queries.ts';
import { ledgerNamed, ledgers, ownLedger } from '../ledgers.model.ts';
import { type GivenLedger, ledgerFaults, MOST_LEDGERS, ownLedgerProblems } from './own_ledger.model.ts';
import {
  findOwnLedger,
  insertOwnLedger,
  ledgersTouching,
  lockOwnLedgers,
  type OwnLedgerRow,
  retireOwnLedger,
  saveOwnLedger,
} from './own_ledger.queries.ts';
import { isOwnLedger, ownLedgerCode, ownLedgerId } from './own_ledger_code.model.ts';

type OfLedger = { ledgerId: Id };

/** By its own name, where the viewer knows it; without the fields that were added to it. */
export async function namedLedger(ctx: Ctx, code: string): Promise<Ledger> {
  if (!isOwnLedger(code)) return ledgerNamed(code);
  return ownLedger(code, await findOwnLedger(ctx, ownLedgerId(code) ?? ''));
}

/** Before something is told: an own ledger is told of only where it is kept, and as long as it is. */
export async function requireKept(ctx: Ctx, code: string, span: Span): Promise<void> {
  const id = ownLedgerId(code);
  if (id === null) return;
  const row = await requireLedger(ctx, id);
  if (row.retiredAt !== null) throw new Problem(ownLedgerProblems['own_ledger.retired'], { name: row.name });
  if (!holdsIn(row, span)) throw new Problem(ownLedgerProblems['own_ledger.elsewhere'], { name: row.name });
}

/** For what was heard while somebody retired it. */
export async function isKept(ctx: Ctx, code: string): Promise<boolean> {
  const id = ownLedgerId(code);
  return id === null || (await findOwnLedger(ctx, id))?.retiredAt === null;
}

export async function requireLedger(ctx: Ctx, id: Id): Promise<OwnLedgerRow> {
  const found = await findOwnLedger(ctx, id);
  if (!found) throw new Problem(ownLedgerProblems['own_ledger.not_found']);
  return found;
}

export async function requireOwnLedger(ctx: Ctx, id: Id): Promise<OwnLedgerRow> {
  const found = await requireLedger(ctx, id);
  if (!keepsAll(ctx, found)) throw new Problem(ownLedgerProblems['own_ledger.not_here']);
  return found;
}

/** Refused by `own_ledger.not_here`, `own_ledger.wrong`, `own_ledger.too_many`. */
export async function addLedger(
  ctx: Ctx,
  { areaId: asked, ...given }: GivenLedger & { areaId: Id },
): Promise<OfLedger> {
  const { no: scopeNo, lastNo, id: areaId } = await requireArea(ctx, asked);
  if (!keepsAll(ctx, { scopeNo, lastNo })) throw new Problem(ownLedgerProblems['own_ledger.not_here']);
  await lockOwnLedgers(ctx);
  const others = await liveAt(ctx, { no: scopeNo, lastNo });
  refuse(faultsIn(given, others));
  if (others.filter((one) => one.areaId === areaId).length >= MOST_LEDGERS)
    throw new Problem(ownLedgerProblems['own_ledger.too_many'], { most: MOST_LEDGERS });
  const id = ctx.ids.newId();
  insertOwnLedger(ctx, {
    ...{ id, areaId, scopeNo, lastNo, ...given },
    ...{ personId: me(ctx).personId, addedAt: ctx.now, retiredBy: null, retiredAt: null },
  });
  tellOf(ctx, { id, scopeNo }, 'own_ledger.added', { areaId });
  return { ledgerId: id };
}

/** What it is called, counted by and kept for; what stands in it stays. */
export async function changeLedger(ctx: Ctx, id: Id, given: GivenLedger): Promise<OfLedger> {
  const before = await heldLive(ctx, id);
  const others = (await liveAt(ctx, { no: before.scopeNo, lastNo: before.lastNo })).filter((one) => one.id !== id);
  refuse(faultsIn(given, others));
  saveOwnLedger(ctx, id, given);
  tellOf(ctx, before, 'own_ledger.changed', { renamed: given.name !== before.name });
  return { ledgerId: id };
}

/** Nothing more is told of it: what stands in it stays, with its history. */
export async function retireLedger(ctx: Ctx, id: Id): Promise<OfLedger> {
  const before = await heldLive(ctx, id);
  retireOwnLedger(ctx, id, me(ctx).personId);
  tellOf(ctx, before, 'own_ledger.retired', {});
  return { ledgerId: id };
}

async function heldLive(ctx: Ctx, id: Id): Promise<OwnLedgerRow> {
  await lockOwnLedgers(ctx);
  const held = await requireOwnLedger(ctx, id);
  if (held.retiredAt !== null) throw new Problem(ownLedgerProblems['own_ledger.retired'], { name: held.name });
  return held;
}

/** What is kept already wherever it would be. Below it others may have the same name: theirs stay theirs. */
async function liveAt(ctx: Ctx, span: Span): Promise<OwnLedgerRow[]> {
  return (await ledgersTouching(ctx, span)).filter((one) => one.retiredAt === null && holdsIn(one, span));
}

function faultsIn(given: GivenLedger, others: readonly OwnLedgerRow[]): FieldFault[] {
  const empty = (['name', 'unit', 'usedFor'] as const).filter((path) => bareName(given[path]) === '');
  const names = [...others.map(({ name }) => name), ...ledgers.flatMap(({ words, says }) => [words.zh, says.tab.zh])];
  const isTaken = names.some((name) => bareName(name) === bareName(given.name));
  return [
    ...empty.map((path) => ({ path, says: ledgerFaults.needed })),
    ...(isTaken && !empty.includes('name') ? [{ path: 'name', says: ledgerFaults.taken }] : []),
  ];
}

function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new Problem(ownLedgerProblems['own_ledger.wrong'], {}, [...faults]);
}

function tellOf(ctx: Ctx, { id, scopeNo }: { id: Id; scopeNo: number }, kind: string, body: EntryBody): void {
  record(ctx, { kind, about: { kind: 'own_ledger', id, scopeNo, confidential: false }, body });
}

/** As fields and files name it. */
export const codeOf = ({ id }: Pick<OwnLedgerRow, 'id'>): string => ownLedgerCode(id);
