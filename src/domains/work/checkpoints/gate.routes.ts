import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { requireCheckpoint } from './checkpoint.commands.ts';
import { checkpointReaders, gatekeepers } from './checkpoint.model.ts';
import { disinfect, handOutGoods, letPass, openPassage, takeInGoods, valuesOf } from './gate.commands.ts';
import { goodsForm, handOutForm, logView, openForm, passageForm, takeBackForm } from './gate.model.ts';
import { checkpointLog } from './gate.views.ts';
import { asked } from './kind.model.ts';
import { requireGate } from './roster.commands.ts';
import { takeBackPassage } from './take_back.commands.ts';

const byReaders = { access: [{ roles: checkpointReaders }], lane: 'work' } as const;
const byKeepers = { access: [{ roles: gatekeepers }], lane: 'work' } as const;
/** Also from a telephone that has no network at the gate. */
const atTheGate = { ...byKeepers, fromDevice: true } as const;
const ofCheckpoint = z.object({ checkpointId: idSchema });
const ofPassage = ofCheckpoint.extend({ passageId: idSchema });
const ofValues = ofPassage.extend({ values: z.partialRecord(z.enum(asked), z.string()) });

export const gateRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'checkpoint.log',
    path: '/api/checkpoints/:id/log',
    summary: { zh: '某天的通行、消杀和物资', en: 'Passages, disinfections and goods of a day' },
    params: idParam,
    query: z.strictObject({ day: daySchema.optional() }),
    output: logView,
    handle: (ctx, { params, query }) => checkpointLog(ctx, params.id, query.day ?? null),
  }),
  write({
    ...atTheGate,
    name: 'checkpoint.pass',
    method: 'POST',
    path: '/api/checkpoints/:id/passages',
    summary: { zh: '登记通行或劝返', en: 'Write down a passage or a refusal' },
    params: idParam,
    body: passageForm,
    output: ofPassage,
    handle: (ctx, { params, body }) => letPass(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireGate(ctx, params.id)),
  }),
  write({
    ...byReaders,
    name: 'checkpoint.take_back',
    fromDevice: true,
    method: 'POST',
    path: '/api/checkpoints/:id/take-back',
    summary: { zh: '撤掉一笔登记错的，留下原因', en: 'Take back a passage that was wrong, for a reason' },
    params: idParam,
    body: takeBackForm,
    output: ofPassage,
    handle: (ctx, { params, body }) => takeBackPassage(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireCheckpoint(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'checkpoint.look_up',
    method: 'POST',
    path: '/api/checkpoints/:id/look-up',
    summary: { zh: '查看登记的内容，留下原因', en: 'Look up what was asked, for a reason' },
    params: idParam,
    body: openForm,
    output: ofValues,
    handle: (ctx, { params, body }) => openPassage(ctx, params.id, body),
    show: (ctx, { params }, { passageId }) => valuesOf(ctx, params.id, passageId),
    recheck: async (ctx, { params }) => void (await requireGate(ctx, params.id)),
  }),
  write({
    ...atTheGate,
    name: 'checkpoint.disinfect',
    method: 'POST',
    path: '/api/checkpoints/:id/disinfections',
    summary: { zh: '登记消杀', en: 'Write down a disinfection' },
    params: idParam,
    output: ofCheckpoint,
    handle: (ctx, { params }) => disinfect(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireGate(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'checkpoint.take_in',
    method: 'POST',
    path: '/api/checkpoints/:id/goods',
    summary: { zh: '收下物资，等人来领', en: 'Take in goods' },
    params: idParam,
    body: goodsForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => takeInGoods(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireGate(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    name: 'checkpoint.hand_out',
    method: 'POST',
    path: '/api/checkpoints/:id/hand-out',
    summary: { zh: '把物资交给来领的人', en: 'Hand out goods' },
    params: idParam,
    body: handOutForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => handOutGoods(ctx, params.id, body.goodsId, body.receiver),
    recheck: async (ctx, { params }) => void (await requireGate(ctx, params.id)),
  }),
];
