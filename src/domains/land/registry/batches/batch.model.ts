import { z } from 'zod';
import { ledgerCodes } from '../ledger.model.ts';

/** What somebody says of a file that was looked over: what its columns hold, and for which ledger it is. */
export const mappingForm = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        table: z.number().int().min(0),
        column: z.string().regex(/^[A-Z]{1,3}$/),
        field: z.string().max(60).nullable(),
      }),
    )
    .min(1)
    .max(200),
});
export const turnForm = z.strictObject({ ledger: z.enum(ledgerCodes) });
