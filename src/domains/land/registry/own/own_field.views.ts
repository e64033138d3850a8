import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type Atlas, atlasOf, requireArea } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import { bareName } from '../batches/columns.model.ts';
import { nameOf } from '../fields/keeping.model.ts';
import { ownCode } from '../fields/own_code.model.ts';
import { holdsIn, keepsAll } from '../holding.queries.ts';
import type { AnyLedgerCode } from '../ledger.model.ts';
import type { Span } from '../ledger.queries.ts';
import { ledgerNamed } from '../ledgers.model.ts';
import { requireField } from './own_field.commands.ts';
import { isCalled, isNear, likeIn, type ownFieldView, type similarView, takenIn } from './own_field.model.ts';
import { fieldsTouching, type OwnFieldRow } from './own_field.queries.ts';

type View = z.input<typeof ownFieldView>;

/** What was added to a ledger in an area, above it and within it. */
export async function fieldList(ctx: Ctx, areaId: Id, ledger: AnyLedgerCode): Promise<View[]> {
  const { no, lastNo } = await requireArea(ctx, areaId);
  return viewsOf(ctx, await fieldsTouching(ctx, ledger, { no, lastNo }), { no, lastNo });
}

export async function readField(ctx: Ctx, id: Id): Promise<View> {
  const field = await requireField(ctx, id);
  const [view] = await viewsOf(ctx, [field], { no: field.scopeNo, lastNo: field.lastNo });
  return view as View;
}

async function viewsOf(ctx: Ctx, rows: readonly OwnFieldRow[], asked: Span): Promise<View[]> {
  const people = rows.flatMap(({ personId, retiredBy }) => (retiredBy === null ? [personId] : [personId, retiredBy]));
  const [atlas, names] = [await atlasOf(ctx), await namesOf(ctx, people)];
  return rows.map(({ scopeNo, lastNo, personId, retiredBy, aliases, choices, ...row }) => ({
    ...{ ...row, aliases: [...aliases], choices: [...choices], code: ownCode(row.kind, row.secrecy, row.id) },
    ...{ area: areaNamed(atlas, { scopeNo, areaId: row.areaId }), addedBy: names.get(personId) ?? '' },
    retiredBy: retiredBy === null ? null : (names.get(retiredBy) ?? ''),
    isHere: holdsIn({ scopeNo, lastNo }, asked),
    mayChange: row.retiredAt === null && keepsAll(ctx, { scopeNo, lastNo }),
  }));
}

/** The area that has it today: the one it was made for may have been merged. */
const areaNamed = (atlas: Atlas, { scopeNo, areaId }: Pick<OwnFieldRow, 'scopeNo' | 'areaId'>): string =>
  atlas.areaOf({ scopeNo, areaId })?.name ?? '';

/** What is asked already under this name or one like it, before somebody asks it twice. */
export async function similarTo(
  ctx: Ctx,
  areaId: Id,
  { ledger: code, name }: { readonly ledger: AnyLedgerCode; readonly name: string },
): Promise<z.input<typeof similarView>> {
  const span = await requireArea(ctx, areaId);
  const [ledger, atlas] = [ledgerNamed(code), await atlasOf(ctx)];
  const live = (await fieldsTouching(ctx, code, span)).filter(({ retiredAt }) => retiredAt === null);
  const known = takenIn(ledger, name);
  const own = live.find((one) => holdsIn(one, span) && isCalled(one, name));
  const near = live.filter((one) =>
    [one.name, ...one.aliases].some((other) => isNear(bareName(other), bareName(name))),
  );
  return {
    taken:
      known !== null ? { name: nameOf(known).zh, by: '' } : own ? { name: own.name, by: areaNamed(atlas, own) } : null,
    dictionary: likeIn(ledger, name).map((field) => nameOf(field).zh),
    own: near.map((one) => ({ name: one.name, area: areaNamed(atlas, one), isHere: holdsIn(one, span) })),
  };
}
