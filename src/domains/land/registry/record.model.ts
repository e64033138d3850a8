import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { addedView } from './fields/added_view.model.ts';
import { anyLedger, ownSaid, words } from './ledger.model.ts';

/** What is shown of the records of a ledger: a line of its list, a household, one with all that is known of it. */
export const recordLine = z.object({
  id: idSchema,
  ledger: anyLedger,
  name: z.string().nullable(),
  values: z.record(z.string(), z.string()).describe('What the list of its ledger shows, by field; numbers are covered'),
  sex: z.string().nullable(),
  bornOn: z.string().nullable(),
  age: z.number().nullable(),
  idNumber: z.string().nullable().describe('Its middle is covered'),
  phone: z.string().nullable().describe('Its middle is covered'),
  home: z.string(),
  area: z.string(),
  changedAt: z.date(),
});

const factView = z.object({
  field: z.string(),
  name: words,
  value: z.string(),
  isMasked: z.boolean(),
  toldOn: z.string(),
  setBy: z.string().nullable(),
  setAt: z.date(),
  source: z.string().nullable().describe('File, sheet and row; null: entered by hand'),
  isStale: z.boolean(),
});

const member = z.object({ id: idSchema, name: z.string().nullable(), relation: z.string().nullable() });

export const householdLine = z.object({
  number: z.string(),
  area: z.string(),
  members: z.array(member.extend({ phone: z.string().nullable().describe('Its middle is covered') })),
});

export const recordView = z.object({
  id: idSchema,
  ledger: anyLedger,
  own: ownSaid,
  name: z.string(),
  areaId: idSchema,
  area: z.string(),
  facts: z.array(factView),
  history: z.array(
    z.object({
      ...{ at: z.date(), setBy: z.string().nullable(), source: z.string().nullable() },
      fields: z
        .array(z.object({ field: z.string(), name: words, value: z.string() }))
        .describe('What was told; an empty value took away what stood. Numbers are covered'),
    }),
  ),
  changedAt: z.date().describe('When what stands was last changed; a merge names it'),
  merges: z
    .array(z.object({ mergeId: idSchema, goneId: idSchema, name: z.string(), by: z.string().nullable(), at: z.date() }))
    .describe('Records that were merged into this one, and may be parted from it'),
  added: z.array(addedView).describe('Own fields that are asked where it lies, and such as were retired there'),
  household: z.array(member),
  door: z
    .array(member.extend({ ledger: anyLedger }))
    .describe('What other ledgers, or of a house this one, know at the same door'),
});
