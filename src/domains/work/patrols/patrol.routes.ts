import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { changePlan, closePlan, planPatrol, requireOwnPlan } from './patrol.commands.ts';
import {
  changeForm,
  patrolDetail,
  patrolPlanners,
  patrolReaders,
  patrolView,
  patrolWalkers,
  planForm,
  startForm,
  stickerView,
  tickForm,
  tickView,
  walkerView,
} from './patrol.model.ts';
import { patrolList, readPatrol, stickersOf, ticksOf, walkersIn } from './patrol.views.ts';
import { verdicts } from './tick.model.ts';
import { endPatrol, requireWalkable, startPatrol, tickPlace } from './walk.commands.ts';

const byReaders = { access: [{ roles: patrolReaders }], lane: 'work' } as const;
const byPlanners = { access: [{ roles: patrolPlanners }], lane: 'work' } as const;
const byWalkers = { access: [{ roles: patrolWalkers }], lane: 'work', fromDevice: true } as const;
const ofPlan = z.object({ planId: idSchema });
const ofWalk = z.object({ planId: idSchema, patrolId: idSchema });

export const patrolRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'patrol.list',
    path: '/api/patrols',
    summary: { zh: '巡查：今天该巡几轮、巡了几轮', en: 'Patrols: how many rounds are due today, and were made' },
    output: z.array(patrolView),
    handle: (ctx) => patrolList(ctx),
  }),
  read({
    ...byReaders,
    name: 'patrol.read',
    path: '/api/patrols/:id',
    summary: { zh: '一项巡查：某天的每一轮和每个点', en: 'A patrol: each round of a day and each place' },
    params: idParam,
    query: z.strictObject({ day: daySchema.optional() }),
    output: patrolDetail,
    handle: (ctx, { params, query }) => readPatrol(ctx, params.id, query.day ?? null),
  }),
  read({
    ...byReaders,
    name: 'patrol.ticks',
    path: '/api/patrols/:id/ticks',
    summary: { zh: '打点记录：谁、什么时候、怎么打的', en: 'Ticks: who, when and how' },
    params: idParam,
    query: z.strictObject({
      from: z.iso.datetime({ offset: true }),
      to: z.iso.datetime({ offset: true }).describe('Not in it any more'),
      placeId: idSchema.optional(),
      only: z.enum(['counted', 'all']).default('all'),
    }),
    output: z.array(tickView),
    handle: (ctx, { params, query }) =>
      ticksOf(ctx, params.id, {
        ...{ from: new Date(query.from), to: new Date(query.to), placeId: query.placeId ?? null },
        onlyCounted: query.only === 'counted',
      }),
  }),
  read({
    ...byPlanners,
    name: 'patrol.walkers',
    path: '/api/areas/:id/patrol-walkers',
    summary: { zh: '一个地方可以派谁去巡查', en: 'Who could walk an area' },
    params: idParam,
    output: z.array(walkerView),
    handle: (ctx, { params }) => walkersIn(ctx, params.id),
  }),
  read({
    ...byPlanners,
    name: 'patrol.stickers',
    path: '/api/patrols/:id/stickers',
    summary: { zh: '各点贴的点位码', en: 'The numbers on the stickers of its places' },
    params: idParam,
    output: z.array(stickerView),
    handle: (ctx, { params }) => stickersOf(ctx, params.id),
  }),
  write({
    ...byPlanners,
    name: 'patrol.plan',
    method: 'POST',
    path: '/api/patrols',
    summary: { zh: '安排巡查', en: 'Plan a patrol' },
    body: planForm,
    output: ofPlan,
    handle: (ctx, { body }) => planPatrol(ctx, body),
    recheck: async (ctx, _, { planId }) => void (await requireOwnPlan(ctx, planId)),
  }),
  write({
    ...byPlanners,
    name: 'patrol.change',
    method: 'POST',
    path: '/api/patrols/:id/change',
    summary: { zh: '改巡查方案，从现在起', en: 'Change a plan from now on' },
    params: idParam,
    body: changeForm,
    output: ofPlan,
    handle: (ctx, { params, body }) => changePlan(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireOwnPlan(ctx, params.id)),
  }),
  write({
    ...byPlanners,
    name: 'patrol.close',
    method: 'POST',
    path: '/api/patrols/:id/close',
    summary: { zh: '结束一项巡查', en: 'Close a patrol' },
    params: idParam,
    output: ofPlan,
    handle: (ctx, { params }) => closePlan(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireOwnPlan(ctx, params.id)),
  }),
  write({
    ...byWalkers,
    name: 'patrol.start',
    method: 'POST',
    path: '/api/patrols/:id/start',
    summary: { zh: '开始巡查', en: 'Start walking' },
    params: idParam,
    body: startForm,
    output: ofWalk,
    handle: (ctx, { params, body }) => startPatrol(ctx, params.id, body.patrolId),
    recheck: async (ctx, { params }) => void (await requireWalkable(ctx, params.id)),
  }),
  write({
    ...byWalkers,
    name: 'patrol.tick',
    method: 'POST',
    path: '/api/patrols/:id/ticks',
    summary: { zh: '在一个点打点', en: 'Tick a place' },
    params: idParam,
    body: tickForm,
    output: z.object({ planId: idSchema, tickId: idSchema, verdict: z.enum(verdicts) }),
    handle: (ctx, { params, body }) => tickPlace(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireWalkable(ctx, params.id)),
  }),
  write({
    ...byWalkers,
    name: 'patrol.end',
    method: 'POST',
    path: '/api/patrols/:id/end',
    summary: { zh: '结束这趟巡查', en: 'End the walk' },
    params: idParam,
    body: startForm,
    output: ofWalk,
    handle: (ctx, { params, body }) => endPatrol(ctx, params.id, body.patrolId),
    recheck: async (ctx, { params }) => void (await requireWalkable(ctx, params.id)),
  }),
];
