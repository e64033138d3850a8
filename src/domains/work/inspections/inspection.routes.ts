import { z } from 'zod';
import { type Endpoint, idParam, procedure, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { transact } from '../../../kernel/transaction.ts';
import { finders } from './hazard.model.ts';
import {
  closeInspection,
  findAtPlace,
  lookAtPlace,
  openInspection,
  requireInspection,
  requireTarget,
} from './inspection.commands.ts';
import {
  findForm,
  inspectionForm,
  inspectionLine,
  inspectionView,
  inspectors,
  lookForm,
  previewForm,
  previewView,
  redrawView,
  targetLine,
} from './inspection.model.ts';
import { listInspections } from './inspection.queries.ts';
import { inspectionLines, lookAtInspection, previewInspection, redraw, targetLines } from './inspection.views.ts';

const byReaders = { access: [{ roles: finders }], lane: 'read' } as const;
const byFinders = { access: [{ roles: finders }], lane: 'work', params: idParam } as const;
/** Also from a telephone that has no network at the place. */
const atThePlace = { ...byFinders, fromDevice: true } as const;
const byInspectors = { access: [{ roles: inspectors }] } as const;

export const inspectionRoutes: readonly Endpoint[] = [
  read({
    ...byReaders,
    name: 'inspection.list',
    path: '/api/inspections',
    summary: { zh: '督导检查', en: 'Inspections, what goes on first' },
    output: z.array(inspectionLine),
    handle: async (ctx) => inspectionLines(ctx, await listInspections(ctx, 100)),
  }),
  read({
    ...byReaders,
    name: 'inspection.read',
    path: '/api/inspections/:id',
    summary: { zh: '一次检查：进度、发现了什么、哪些是共性的', en: 'One: how far, what was found, what is common' },
    params: idParam,
    output: inspectionView,
    handle: async (ctx, { params }) => lookAtInspection(ctx, await requireInspection(ctx, params.id)),
  }),
  read({
    ...byReaders,
    name: 'inspection.targets',
    path: '/api/inspections/:id/targets',
    summary: { zh: '检查哪些地方', en: 'The places on its list' },
    params: idParam,
    output: z.array(targetLine),
    handle: async (ctx, { params }) => targetLines(ctx, (await requireInspection(ctx, params.id)).id),
  }),
  read({
    ...byReaders,
    name: 'inspection.redraw',
    path: '/api/inspections/:id/redraw',
    summary: { zh: '照当时的名单重抽一遍', en: 'Draw again from the list as it was' },
    params: idParam,
    output: redrawView,
    handle: async (ctx, { params }) => redraw(ctx, await requireInspection(ctx, params.id)),
  }),
  procedure({
    ...byInspectors,
    name: 'inspection.preview',
    method: 'POST',
    path: '/api/inspections/preview',
    summary: { zh: '先看会抽到哪些地方', en: 'Before an inspection: which places would be drawn' },
    lane: 'bulk',
    body: previewForm,
    output: previewView,
    handle: (runtime, { entrance, body }) => transact(runtime, entrance, (ctx) => previewInspection(ctx, body)),
  }),
  write({
    ...byInspectors,
    name: 'inspection.open',
    method: 'POST',
    path: '/api/inspections',
    summary: { zh: '发起检查', en: 'Open an inspection' },
    lane: 'bulk',
    body: inspectionForm,
    output: z.object({ inspectionId: idSchema }),
    handle: (ctx, { body }) => openInspection(ctx, body),
    recheck: async (ctx, _call, { inspectionId }) => void (await requireInspection(ctx, inspectionId)),
  }),
  write({
    ...byFinders,
    name: 'inspection.close',
    method: 'POST',
    path: '/api/inspections/:id/close',
    summary: { zh: '结束检查', en: 'Close an inspection' },
    output: z.object({ inspectionId: idSchema }),
    handle: (ctx, { params }) => closeInspection(ctx, params.id),
    recheck: async (ctx, { params }) => void (await requireInspection(ctx, params.id)),
  }),
  write({
    ...atThePlace,
    name: 'inspection.look',
    method: 'POST',
    path: '/api/inspection-targets/:id/look',
    summary: { zh: '看过了：没有问题，或者没人', en: 'Somebody was there: nothing found, or nobody met' },
    body: lookForm,
    output: z.object({ targetId: idSchema }),
    handle: (ctx, { params, body }) => lookAtPlace(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireTarget(ctx, params.id)),
  }),
  write({
    ...atThePlace,
    name: 'inspection.find',
    method: 'POST',
    path: '/api/inspection-targets/:id/hazards',
    summary: { zh: '检查中发现隐患', en: 'Something was found at a place of an inspection' },
    body: findForm,
    output: z.object({ hazardId: idSchema, targetId: idSchema }),
    handle: (ctx, { params, body }) => findAtPlace(ctx, params.id, body),
    recheck: async (ctx, { params }) => void (await requireTarget(ctx, params.id)),
  }),
];
