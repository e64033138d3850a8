import { z } from 'zod';
import { type Endpoint, read } from '../kernel/endpoint.ts';
import { idSchema } from '../kernel/id.ts';
import { entriesAfter, lastPosition } from '../kernel/sequencer.ts';

/** What the kernel offers to people and programs: the journal as a feed. */
const entryView = z.object({
  position: z.number(),
  id: idSchema,
  kind: z.string(),
  recordKind: z.string(),
  recordId: idSchema,
  actorKind: z.string(),
  personId: idSchema.nullable(),
  postId: idSchema.nullable(),
  occurredAt: z.date(),
  recordedAt: z.date(),
  body: z.record(z.string(), z.unknown()),
});

export const operatorRoutes: readonly Endpoint[] = [
  read({
    name: 'journal.read',
    path: '/api/entries',
    summary: { zh: '台账流水：从某个位置往后', en: 'Journal entries after a position' },
    access: ['account'],
    lane: 'read',
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0),
      most: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    output: z.object({ position: z.number().describe('How far the journal reaches now'), entries: z.array(entryView) }),
    handle: async (ctx, { query }) => {
      const [position, entries] = await Promise.all([lastPosition(ctx), entriesAfter(ctx, query.after, query.most)]);
      return { position, entries };
    },
  }),
];
