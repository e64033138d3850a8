import { z } from 'zod';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import { type Endpoint, procedure, read, write } from '../../../kernel/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../kernel/transaction.ts';
import { accountProblems } from '../../land/accounts/index.ts';
import { backupsIn, backupView } from './backup.model.ts';
import { type Health, partsOfDatabase, partsOfHouse } from './health.views.ts';
import type { House } from './house.outside.ts';
import { failedJobLines, giveUpJobs, rerunJobs } from './job.commands.ts';
import { failedJobView, healthView, jobsForm } from './upkeep.model.ts';

/** Files know no viewer, so that no other lock stands behind the list of who may ask. */
async function requireAdministrator({ actor }: Ctx): Promise<void> {
  if (!postsOf(actor).some(({ role }) => role === 'admin')) throw new Problem(accountProblems['account.not_for_you']);
}

const admin = { access: [{ roles: ['admin'] }] } as const;

export const upkeepRoutes = (house: House): readonly Endpoint[] => [
  procedure({
    ...admin,
    name: 'operator.health',
    method: 'GET',
    path: '/api/operator/health',
    summary: { zh: '运行情况：每一部分怎么样、该做什么', en: 'How each part is, and what to do' },
    lane: 'read',
    output: healthView,
    handle: async (runtime, { entrance, realm }): Promise<Health> => {
      const { parts, seal } = await transact(runtime, entrance, async (ctx) => {
        await requireAdministrator(ctx);
        return partsOfDatabase(ctx);
      });
      const at = runtime.clock.now();
      return { at, parts: [...parts, ...(await partsOfHouse(house, realm, at, seal))] };
    },
  }),
  procedure({
    ...admin,
    name: 'operator.backups',
    method: 'GET',
    path: '/api/operator/backups',
    summary: { zh: '做过的备份，核对过没有', en: 'Backups made, and whether they were checked' },
    lane: 'read',
    output: z.array(backupView),
    handle: async (runtime, { entrance }) => {
      await transact(runtime, entrance, requireAdministrator);
      return backupsIn(house.kept());
    },
  }),
  read({
    ...admin,
    name: 'job.failed',
    path: '/api/jobs/failed',
    summary: { zh: '没有办成的后台任务', en: 'Jobs that gave up' },
    lane: 'read',
    output: z.array(failedJobView),
    handle: (ctx) => failedJobLines(ctx),
  }),
  write({
    ...admin,
    name: 'job.rerun',
    method: 'POST',
    path: '/api/jobs/rerun',
    summary: { zh: '重新执行', en: 'Run jobs again' },
    lane: 'work',
    body: jobsForm,
    output: z.object({ rerun: z.number() }),
    handle: (ctx, { body }) => rerunJobs(ctx, body.ids),
  }),
  write({
    ...admin,
    name: 'job.give_up',
    method: 'POST',
    path: '/api/jobs/give-up',
    summary: { zh: '放弃：不再自动执行', en: 'Put jobs aside' },
    lane: 'work',
    body: jobsForm,
    output: z.object({ givenUp: z.number() }),
    handle: (ctx, { body }) => giveUpJobs(ctx, body.ids),
  }),
];
