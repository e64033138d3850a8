import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { addZone, endZone, requireZone, zonesOf } from './zone.commands.ts';
import { zoneForm, zoneView } from './zone.model.ts';

const admin = { access: [{ roles: ['admin'] }], lane: 'work', method: 'POST' } as const;

export const zoneRoutes: readonly Endpoint[] = [
  read({
    name: 'zone.list',
    path: '/api/zones',
    summary: { zh: '临时区划', en: 'Zones laid over the tree for a time' },
    access: ['account'],
    lane: 'read',
    query: z.strictObject({ on: daySchema.optional().describe('Those that hold on this day; today when left out') }),
    output: z.array(zoneView),
    handle: (ctx, { query }) => zonesOf(ctx, query.on),
  }),
  read({
    name: 'zone.read',
    path: '/api/zones/:id',
    summary: { zh: '一个临时区划和里面的区域', en: 'One zone with its areas' },
    access: ['account'],
    lane: 'read',
    params: idParam,
    output: zoneView,
    handle: (ctx, { params }) => requireZone(ctx, params.id),
  }),
  write({
    ...admin,
    name: 'zone.add',
    path: '/api/zones',
    summary: { zh: '划定临时区划', en: 'Lay a zone over the tree' },
    body: zoneForm,
    output: z.object({ zoneId: idSchema, areas: z.number() }),
    handle: (ctx, { body }) => addZone(ctx, body),
  }),
  write({
    ...admin,
    name: 'zone.end',
    path: '/api/zones/:id/end',
    summary: { zh: '结束临时区划', en: 'End a zone' },
    params: idParam,
    output: z.object({ zoneId: idSchema, on: z.string() }),
    handle: (ctx, { params }) => endZone(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireZone(ctx, params.id)),
  }),
];
