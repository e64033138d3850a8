import type { FastifyRequest } from 'fastify';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { ledgerAsListed } from '../../domains/land/registry/own/own_field.model.ts';
import { ownLedgerId } from '../../domains/land/registry/own/own_ledger_code.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { ledgerAmong } from '../../web/console/ledger.words.ts';
import type { Field } from '../../web/console/own_fields.pages.ts';
import type { OwnTab } from '../../web/console/residents.pages.ts';
import { areaAsked } from './area_asked.ts';
import type { PageCall } from './call.ts';
import type { PageRoom } from './portal.ts';

/** Which ledger of which area a page is about. */

/** Own ledgers of an area, above and within it: for tabs and for whoever chooses one. */
export const ownLedgersOf = (room: PageRoom, call: PageCall, areaId: string): Promise<OwnTab[]> =>
  room.call<OwnTab[]>('own_ledger.list', call, { params: { id: areaId } });

/** The area that was chosen, its own ledgers, and the one that is asked for; one that nobody here knows is not found. */
export async function ledgerAt(
  room: PageRoom,
  request: FastifyRequest,
  call: PageCall,
  { ledger: code, areaId }: { readonly ledger: string | undefined; readonly areaId: string | undefined },
) {
  const where = await areaAsked(room, request, call, areaId);
  const own = await ownLedgersOf(room, call, where.area.id);
  const id = ownLedgerId(code ?? '');
  const isElsewhere = id !== null && !own.some((one) => one.id === id);
  const known = isElsewhere ? [await room.call<OwnTab>('own_ledger.read', call, { params: { id } })] : own;
  return { ...where, own, ledger: ledgerAmong(known, code) };
}

/** With what the area asks of it besides, for whoever works with the ledger; an area that is none is refused by what is asked next. */
export async function ledgerThere<L extends Ledger>(
  room: PageRoom,
  call: PageCall,
  ledger: L,
  areaId: string,
): Promise<L> {
  const given = { params: { id: areaId }, query: { ledger: ledger.code } };
  const listed = await unlessRefused(() => room.call<Field[]>('own_field.list', call, given));
  return listed === null ? ledger : ledgerAsListed(ledger, listed);
}

/**
 * For whoever chooses a ledger of an area: the own ones that all of it keeps today, and the one that is asked for. What is not kept
 * there, or an area that is not one's own, is refused by what is asked next.
 */
export async function ledgersFor(
  room: PageRoom,
  call: PageCall,
  { code, areaId }: { readonly code: string | undefined; readonly areaId: string },
): Promise<{ own: readonly OwnTab[]; ledger: Ledger }> {
  const known = (await unlessRefused(() => ownLedgersOf(room, call, areaId))) ?? [];
  const own = known.filter(({ isHere, retiredAt }) => isHere && retiredAt === null);
  return { own, ledger: await ledgerThere(room, call, ledgerAmong(known, code), areaId) };
}

async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Problem && [403, 404, 422].includes(error.kind.status)) return null;
    throw error;
  }
}
