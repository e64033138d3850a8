import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { me } from '../../land/accounts/index.ts';
import { confirm, handOver, requireReceipt } from './handover.commands.ts';
import { toConfirm } from './handover.queries.ts';
import { handoverShown, receipts, relieving, standDownShown } from './handover.views.ts';
import {
  handedOver,
  handoverForm,
  handoverPreview,
  hoursForm,
  hoursSet,
  previewQuery,
  raised,
  raiseForm,
  receiptView,
  relievingView,
  standDownForm,
  standDownPreview,
  standDownQuery,
  stoodDown,
} from './handover_form.model.ts';
import { setHours } from './hours.commands.ts';
import { raise, requireBodyOf, standDown } from './organisation.commands.ts';

/** Whoever appoints people also passes on what goes with a post. */
const appointing = { access: [{ roles: ['admin'] }], lane: 'work' } as const;
const own = { access: ['account'], lane: 'read' } as const;

export const handoverRoutes: readonly Endpoint[] = [
  read({
    ...appointing,
    name: 'handover.preview',
    path: '/api/handovers/preview',
    summary: { zh: '移交预览：会移交什么', en: 'What would be handed over' },
    query: previewQuery,
    output: handoverPreview,
    handle: (ctx, { query: { fromId, toId, postIds = null } }) => handoverShown(ctx, { fromId, toId, postIds }),
  }),
  write({
    ...appointing,
    name: 'handover.carry_out',
    method: 'POST',
    path: '/api/handovers',
    summary: { zh: '移交岗位、包保和待办', en: 'Hand over posts, responsibilities and duties' },
    body: handoverForm,
    output: handedOver,
    handle: async (ctx, { body }) => {
      const { handoverId, posts, charges, duties } = await handOver(ctx, body);
      return { handoverId, posts: posts.length, charges: charges.length, duties: duties.length };
    },
  }),
  read({
    ...own,
    name: 'handover.list',
    path: '/api/handovers',
    summary: { zh: '我给出和接手的交接', en: 'What I handed over and took over' },
    output: z.array(receiptView),
    handle: (ctx) => receipts(ctx),
  }),
  read({
    ...own,
    name: 'handover.waiting',
    path: '/api/handovers/waiting',
    summary: { zh: '有几份交接等我确认', en: 'How many hand-overs wait for me to confirm them' },
    output: z.object({ count: z.number() }),
    handle: async (ctx) => ({ count: await toConfirm(ctx, me(ctx).personId) }),
  }),
  write({
    access: ['account'],
    lane: 'work',
    name: 'handover.confirm',
    method: 'POST',
    path: '/api/handovers/:id/confirm',
    summary: { zh: '确认接手', en: 'Confirm that I took it over' },
    params: idParam,
    output: z.object({ confirmed: z.number() }),
    handle: (ctx, { params }) => confirm(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireReceipt(ctx, params.id)),
  }),
  read({
    ...appointing,
    name: 'post.preview_relieve',
    path: '/api/posts/:id/relieving',
    summary: { zh: '免去前看：岗位上还有什么', en: 'What a post still owes before somebody is relieved of it' },
    params: idParam,
    output: relievingView,
    handle: (ctx, { params }) => relieving(ctx, params.id),
  }),
  write({
    ...appointing,
    name: 'organisation.raise',
    method: 'POST',
    path: '/api/organisations',
    summary: { zh: '成立临时组织', en: 'Raise a temporary organisation' },
    body: raiseForm,
    output: raised,
    handle: (ctx, { body }) => raise(ctx, { ...body, kind: TEMPORARY }),
  }),
  write({
    ...appointing,
    name: 'organisation.set_hours',
    method: 'POST',
    path: '/api/organisations/:id/hours',
    summary: { zh: '单位换工作日历，或另立自己的一个', en: 'Give a body another calendar, or one of its own' },
    params: idParam,
    body: hoursForm,
    output: hoursSet,
    handle: (ctx, { params, body }) => setHours(ctx, params.id, body),
    recheck: (ctx, { params }) => requireBodyOf(ctx, params.id),
  }),
  read({
    ...appointing,
    name: 'organisation.preview_stand_down',
    path: '/api/organisations/:id/stand-down',
    summary: { zh: '撤销预览：还有什么没有人接', en: 'What standing it down would move, and what would be left' },
    params: idParam,
    query: standDownQuery,
    output: standDownPreview,
    handle: (ctx, { params, query: { toId = null } }) => standDownShown(ctx, { bodyId: params.id, toId, duties: {} }),
  }),
  write({
    ...appointing,
    name: 'organisation.stand_down',
    method: 'POST',
    path: '/api/organisations/:id/stand-down',
    summary: { zh: '撤销临时组织，待办移交出去', en: 'Stand a temporary organisation down and pass on what is open' },
    params: idParam,
    body: standDownForm,
    output: stoodDown,
    handle: async (ctx, { params, body: { toId } }) => {
      const done = await standDown(ctx, { bodyId: params.id, toId, duties: {} });
      return { ...done, duties: done.duties.length };
    },
    recheck: (ctx, { params }) => requireBodyOf(ctx, params.id),
  }),
];

/** As the shell raises them. */
const TEMPORARY = 'township';
