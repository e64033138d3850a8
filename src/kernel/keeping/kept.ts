import { z } from 'zod';

/**
 * What was done to keep the data, one line each in a file of the data folder: backups made, backups read through or
 * restored for trial, checks of the journal. A file and no table, since a backup is checked without a database too.
 */
export const keptLine = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('backup'),
    at: z.iso.datetime(),
    path: z.string(),
    takenAt: z.string(),
    size: z.number(),
    rows: z.number(),
    photos: z.number(),
  }),
  z.object({
    is: z.literal('checked'),
    at: z.iso.datetime(),
    path: z.string(),
    /** Of the backup that was read, wherever it lies now; null: it could not be read so far. */
    takenAt: z.string().nullable(),
    restored: z.boolean(),
    whole: z.boolean(),
  }),
  z.object({
    is: z.literal('journal'),
    at: z.iso.datetime(),
    realm: z.number(),
    entries: z.number(),
    faults: z.number(),
  }),
]);
export type KeptLine = z.infer<typeof keptLine>;
