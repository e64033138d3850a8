import { z } from 'zod';

/**
 * An own ledger (自建台账) is named by its row. What stands in it is the same in each, so that how its values lie, and how
 * a record is known again, follow from the code alone, with no table asked.
 */
export type OwnLedgerCode = `own-${string}`;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const CODE = new RegExp(`^own-(${UUID.source})$`);

export const ownLedgerSchema = z.templateLiteral(['own-', z.string().regex(UUID)]).describe('An own ledger, by its id');

export const ownLedgerCode = (id: string): OwnLedgerCode => `own-${id}`;
export const isOwnLedger = (code: string): code is OwnLedgerCode => CODE.test(code);
/** null: it is one that every area keeps. */
export const ownLedgerId = (code: string): string | null => CODE.exec(code)?.[1] ?? null;
