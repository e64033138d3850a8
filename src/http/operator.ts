import { z } from 'zod';
import { accountProblems } from '../domains/land/accounts/index.ts';
import { postsOf } from '../kernel/context.ts';
import { type Endpoint, procedure, read } from '../kernel/endpoint.ts';
import type { Entrance } from '../kernel/entrance.ts';
import { failedJob, failedJobs, rerunJobs } from '../kernel/failed_jobs.ts';
import { idSchema } from '../kernel/id.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { entriesAfter, lastPosition } from '../kernel/sequencer.ts';
import { transact } from '../kernel/transaction.ts';

/** The queue's tables know no viewer, so that no other lock stands behind the list of who may ask. */
async function requireAdministrator(runtime: Runtime, entrance: Entrance): Promise<void> {
  const posts = await transact(runtime, entrance, async (ctx) => postsOf(ctx.actor));
  if (!posts.some(({ role }) => role === 'admin')) throw new Problem(accountProblems['account.not_for_you']);
}

/** What the kernel offers to people and programs: the journal as a feed, and the jobs that gave up. */
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
  procedure({
    name: 'job.failed',
    method: 'GET',
    path: '/api/jobs/failed',
    summary: { zh: '没有办成的后台任务', en: 'Jobs that gave up' },
    access: [{ roles: ['admin'] }],
    lane: 'read',
    output: z.array(failedJob),
    handle: async (runtime, call) => {
      await requireAdministrator(runtime, call.entrance);
      return failedJobs(runtime, call.realm);
    },
  }),
  procedure({
    name: 'job.rerun',
    method: 'POST',
    path: '/api/jobs/rerun',
    summary: { zh: '重新执行', en: 'Run jobs again' },
    access: [{ roles: ['admin'] }],
    lane: 'work',
    body: z.strictObject({
      ids: z
        .array(z.string().regex(/^\d{1,18}$/))
        .min(1)
        .max(500),
    }),
    output: z.object({ rerun: z.number() }),
    handle: async (runtime, call) => {
      await requireAdministrator(runtime, call.entrance);
      return { rerun: await rerunJobs(runtime, call.realm, call.body.ids) };
    },
  }),
];
