import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read } from '../../../kernel/endpoint.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { importProblems } from './import.model.ts';
import { batchView, verdictView } from './verdict.model.ts';
import { batchLine, batchLines, refusalsOf } from './verdict.queries.ts';

const admin = { access: [{ roles: ['admin'] }] } as const;

export const importRoutes: readonly Endpoint[] = [
  read({
    ...admin,
    name: 'import.list',
    path: '/api/imports',
    summary: { zh: '导入批次', en: 'Imports' },
    lane: 'read',
    output: z.array(batchView),
    handle: (ctx) => batchLines(ctx),
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
];

async function verdicts(ctx: Ctx, id: Id): Promise<z.input<typeof verdictView>> {
  const batch = await batchLine(ctx, id);
  if (!batch) throw new Problem(importProblems['import.no_batch']);
  return { ...batch, refusals: await refusalsOf(ctx, id) };
}
