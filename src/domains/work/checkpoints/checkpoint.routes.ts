import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import {
  beginEmergency,
  changeCheckpoint,
  closeCheckpoint,
  endEmergency,
  requireOwnCheckpoint,
  setUpCheckpoint,
} from './checkpoint.commands.ts';
import {
  checkpointChangeForm,
  checkpointChiefs,
  checkpointDetail,
  checkpointForm,
  checkpointReaders,
  checkpointView,
  switchForm,
} from './checkpoint.model.ts';
import { checkpointList, readCheckpoint } from './checkpoint.views.ts';
import { gateRoutes } from './gate.routes.ts';
import { rosterRoutes } from './roster.routes.ts';

const byReaders = { access: [{ roles: checkpointReaders }], lane: 'work' } as const;
const byChiefs = { access: [{ roles: checkpointChiefs }], lane: 'work' } as const;
const ofCheckpoint = z.object({ checkpointId: idSchema });

export const checkpointRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'checkpoint.list',
    path: '/api/checkpoints',
    summary: { zh: '卡口：按哪套规则，现在怎样', en: 'Checkpoints: which rule holds, and how things stand' },
    output: z.array(checkpointView),
    handle: (ctx) => checkpointList(ctx),
  }),
  read({
    ...byReaders,
    name: 'checkpoint.read',
    path: '/api/checkpoints/:id',
    summary: { zh: '一个卡口：规则，和什么时候按哪套', en: 'A checkpoint: its rules, and which held when' },
    params: idParam,
    output: checkpointDetail,
    handle: (ctx, { params }) => readCheckpoint(ctx, params.id),
  }),
  write({
    ...byChiefs,
    name: 'checkpoint.set_up',
    method: 'POST',
    path: '/api/checkpoints',
    summary: { zh: '设一个卡口', en: 'Set up a checkpoint' },
    body: checkpointForm,
    output: ofCheckpoint,
    handle: (ctx, { body }) => setUpCheckpoint(ctx, body),
    recheck: async (ctx, _, { checkpointId }) => void (await requireOwnCheckpoint(ctx, checkpointId)),
  }),
  write({
    ...byChiefs,
    name: 'checkpoint.change',
    method: 'POST',
    path: '/api/checkpoints/:id/change',
    summary: { zh: '改卡口的规则，从现在起', en: 'Change its rules from now on' },
    params: idParam,
    body: checkpointChangeForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => changeCheckpoint(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireOwnCheckpoint(ctx, params.id)),
  }),
  write({
    ...byChiefs,
    name: 'checkpoint.begin_emergency',
    method: 'POST',
    path: '/api/checkpoints/:id/begin-emergency',
    summary: { zh: '转为战时，写明原因', en: 'Switch to the emergency rule, with a reason' },
    params: idParam,
    body: switchForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => beginEmergency(ctx, params.id, body.reason),
    recheck: async (ctx, { params }) => void (await requireOwnCheckpoint(ctx, params.id)),
  }),
  write({
    ...byChiefs,
    name: 'checkpoint.end_emergency',
    method: 'POST',
    path: '/api/checkpoints/:id/end-emergency',
    summary: { zh: '转回平时，写明原因', en: 'Switch back to the normal rule, with a reason' },
    params: idParam,
    body: switchForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => endEmergency(ctx, params.id, body.reason),
    recheck: async (ctx, { params }) => void (await requireOwnCheckpoint(ctx, params.id)),
  }),
  write({
    ...byChiefs,
    name: 'checkpoint.close',
    method: 'POST',
    path: '/api/checkpoints/:id/close',
    summary: { zh: '撤掉一个卡口', en: 'Take a checkpoint down' },
    params: idParam,
    output: ofCheckpoint,
    handle: (ctx, { params }) => closeCheckpoint(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireOwnCheckpoint(ctx, params.id)),
  }),
  ...rosterRoutes,
  ...gateRoutes,
];
