import { z } from 'zod';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { requireOwnCheckpoint } from './checkpoint.commands.ts';
import { checkpointChiefs, gatekeepers } from './checkpoint.model.ts';
import { guardsFor } from './gate.views.ts';
import { callOffShift, requireGate, rosterShifts, takeUpShift } from './roster.commands.ts';
import { guardView, rosterForm, shiftForm, takeUpForm } from './roster.model.ts';

const byChiefs = { access: [{ roles: checkpointChiefs }], lane: 'work' } as const;
const byKeepers = { access: [{ roles: gatekeepers }], lane: 'work' } as const;
const ofCheckpoint = z.object({ checkpointId: idSchema });

export const rosterRoutes: readonly Endpoint[] = [
  read({
    ...byChiefs,
    name: 'checkpoint.guards',
    path: '/api/checkpoints/:id/guards',
    summary: { zh: '可以排谁来执勤', en: 'Who could stand there' },
    params: idParam,
    output: z.array(guardView),
    handle: (ctx, { params }) => guardsFor(ctx, params.id),
  }),
  write({
    ...byChiefs,
    name: 'checkpoint.roster',
    method: 'POST',
    path: '/api/checkpoints/:id/shifts',
    summary: { zh: '排班', en: 'Enter shifts' },
    params: idParam,
    body: rosterForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => rosterShifts(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireOwnCheckpoint(ctx, params.id)),
  }),
  write({
    ...byChiefs,
    name: 'checkpoint.call_off',
    method: 'POST',
    path: '/api/checkpoints/:id/call-off',
    summary: { zh: '撤掉还没人接的一班', en: 'Call off a shift nobody has taken up' },
    params: idParam,
    body: shiftForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => callOffShift(ctx, params.id, body.shiftId),
    recheck: async (ctx, { params }) => void (await requireOwnCheckpoint(ctx, params.id)),
  }),
  write({
    ...byKeepers,
    fromDevice: true,
    name: 'checkpoint.take_up',
    method: 'POST',
    path: '/api/checkpoints/:id/take-up',
    summary: { zh: '接班，写下没办完的事', en: 'Take up a shift, with what is left open' },
    params: idParam,
    body: takeUpForm,
    output: ofCheckpoint,
    handle: (ctx, { params, body }) => takeUpShift(ctx, params.id, body.shiftId, body.open),
    recheck: async (ctx, { params }) => void (await requireGate(ctx, params.id)),
  }),
];
