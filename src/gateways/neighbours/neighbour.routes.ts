import { z } from 'zod';
import { staffRoles } from '../../domains/land/staff/staff.model.ts';
import { requireCasefile } from '../../domains/work/casefiles/index.ts';
import { type Endpoint, idParam, read, write } from '../../kernel/endpoint.ts';
import { idSchema } from '../../kernel/id.ts';
import { requireSending, retrySending, setNeighbour } from './neighbour.commands.ts';
import { neighbourForm, neighbourView, sendingView, states } from './neighbour.model.ts';
import { sendingsIn, sendingsOf } from './neighbour.queries.ts';
import { neighbours, sendingLines } from './neighbour.views.ts';

const admin = { access: [{ roles: ['admin'] }] } as const;

export const neighbourRoutes: readonly Endpoint[] = [
  read({
    ...admin,
    name: 'neighbour.list',
    path: '/api/neighbours',
    summary: { zh: '有自己平台的单位', en: 'Bodies with a platform of their own' },
    lane: 'read',
    output: z.array(neighbourView),
    handle: (ctx) => neighbours(ctx),
  }),
  write({
    ...admin,
    name: 'neighbour.set',
    method: 'POST',
    path: '/api/neighbours',
    summary: { zh: '设置一个单位的平台', en: 'Set the platform of a body' },
    lane: 'work',
    body: neighbourForm,
    output: z.object({ bodyId: idSchema }),
    handle: (ctx, { body }) => setNeighbour(ctx, body),
  }),
  read({
    ...admin,
    name: 'neighbour.sendings',
    path: '/api/neighbours/sendings',
    summary: { zh: '发给对方平台的案卷：哪些没有送到', en: 'What was sent to other platforms, and what failed' },
    lane: 'read',
    query: z.strictObject({
      state: z.enum(states).optional(),
      most: z.coerce.number().int().min(1).max(500).default(100),
    }),
    output: z.array(sendingView),
    handle: async (ctx, { query }) => sendingLines(ctx, await sendingsIn(ctx, query.state, query.most)),
  }),
  write({
    ...admin,
    name: 'neighbour.retry',
    method: 'POST',
    path: '/api/neighbours/sendings/:id/retry',
    summary: { zh: '重新发送', en: 'Send again' },
    lane: 'work',
    params: idParam,
    output: z.object({ sendingId: idSchema, state: z.enum(states) }),
    handle: (ctx, { params }) => retrySending(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireSending(ctx, params.id)),
  }),
  read({
    name: 'neighbour.of_case',
    path: '/api/casefiles/:id/neighbours',
    summary: { zh: '这件案卷发给了哪些平台', en: 'To which platforms a case was sent' },
    access: [{ roles: staffRoles }],
    lane: 'read',
    params: idParam,
    output: z.array(sendingView),
    handle: async (ctx, { params }) => {
      const { id } = await requireCasefile(ctx, params.id);
      return sendingLines(ctx, await sendingsOf(ctx, id));
    },
  }),
];
