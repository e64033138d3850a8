import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { type Id, idSchema } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { importProblems } from './import.model.ts';
import { askLook, askUndo, requireThere } from './undo.commands.ts';
import { MOST_KEPT, undoCans, undoForm } from './undo.model.ts';
import { keptOf } from './undo.queries.ts';
import { batchView, verdictView } from './verdict.model.ts';
import { type BatchLine, batchLine, batchLines, refusalsOf } from './verdict.queries.ts';

const asked = z.object({ batchId: idSchema, of: z.number().describe('Cases it concerns') });

const admin = { access: [{ roles: ['admin'] }] } as const;

export const importRoutes: readonly Endpoint[] = [
  read({
    ...admin,
    name: 'import.list',
    path: '/api/imports',
    summary: { zh: '导入批次', en: 'Imports' },
    lane: 'read',
    output: z.array(batchView),
    handle: async (ctx) => (await batchLines(ctx)).map(shown),
  }),
  read({
    ...admin,
    name: 'import.read',
    path: '/api/imports/:id',
    summary: { zh: '一个导入批次：每一行怎么样了', en: 'An import: what became of its rows' },
    lane: 'read',
    params: idParam,
    output: verdictView,
    handle: (ctx, { params }) => verdicts(ctx, params.id),
  }),
  write({
    ...admin,
    name: 'import.look',
    method: 'POST',
    path: '/api/imports/:id/look',
    summary: { zh: '看看撤回一个批次会怎样：后台逐件核对', en: 'Look over what taking an import back would do' },
    lane: 'bulk',
    params: idParam,
    output: asked,
    handle: (ctx, { params }) => askLook(ctx, params.id),
    recheck: (ctx, { params }) => requireThere(ctx, params.id),
  }),
  write({
    ...admin,
    name: 'import.undo',
    method: 'POST',
    path: '/api/imports/:id/undo',
    summary: { zh: '撤回一个批次：后台逐件撤回', en: 'Take an import back' },
    lane: 'bulk',
    params: idParam,
    body: undoForm,
    output: asked,
    handle: (ctx, { params, body }) => askUndo(ctx, params.id, body.words),
    recheck: (ctx, { params }) => requireThere(ctx, params.id),
  }),
];

function shown({ undoStage, undoSince, undoOf, undoGone, undoStays, undoWords, ...line }: BatchLine) {
  const undo = { stage: undoStage, since: undoSince, of: undoOf, gone: undoGone, stays: undoStays, words: undoWords };
  return { ...line, undo };
}

async function verdicts(ctx: Ctx, id: Id): Promise<z.input<typeof verdictView>> {
  const batch = await batchLine(ctx, id);
  if (!batch) throw new Problem(importProblems['import.no_batch']);
  const [refusals, kept] = await Promise.all([refusalsOf(ctx, id), keptOf(ctx, id, MOST_KEPT)]);
  return { ...shown(batch), changedOthers: batch.changedOthers, refusals, kept, can: undoCans(batch) };
}
