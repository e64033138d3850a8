import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { atlasOf, requireArea } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import { holdsIn, keepsAll } from '../holding.queries.ts';
import type { Span } from '../ledger.queries.ts';
import { codeOf, requireLedger } from './own_ledger.commands.ts';
import type { ownLedgerView } from './own_ledger.model.ts';
import { ledgersTouching, type OwnLedgerRow } from './own_ledger.queries.ts';

type View = z.input<typeof ownLedgerView>;

/** What an area keeps besides, above it and within it. */
export async function ledgerList(ctx: Ctx, areaId: Id): Promise<View[]> {
  const { no, lastNo } = await requireArea(ctx, areaId);
  return viewsOf(ctx, await ledgersTouching(ctx, { no, lastNo }), { no, lastNo });
}

export async function readLedger(ctx: Ctx, id: Id): Promise<View> {
  const row = await requireLedger(ctx, id);
  const [view] = await viewsOf(ctx, [row], { no: row.scopeNo, lastNo: row.lastNo });
  return view as View;
}

async function viewsOf(ctx: Ctx, rows: readonly OwnLedgerRow[], asked: Span): Promise<View[]> {
  const people = rows.flatMap(({ personId, retiredBy }) => (retiredBy === null ? [personId] : [personId, retiredBy]));
  const [atlas, names] = [await atlasOf(ctx), await namesOf(ctx, people)];
  return rows.map(({ scopeNo, lastNo, personId, retiredBy, ...row }) => ({
    ...{ ...row, code: codeOf(row), addedBy: names.get(personId) ?? '' },
    // The area that has it today: the one it was made for may have been merged.
    area: (atlas.numbered(scopeNo) ?? atlas.get(row.areaId))?.name ?? '',
    retiredBy: retiredBy === null ? null : (names.get(retiredBy) ?? ''),
    isHere: holdsIn({ scopeNo, lastNo }, asked),
    mayChange: row.retiredAt === null && keepsAll(ctx, { scopeNo, lastNo }),
  }));
}
