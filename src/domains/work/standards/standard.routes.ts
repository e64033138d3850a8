import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { standardView } from './draft.model.ts';
import { readRows } from './rows.model.ts';
import { stagesSchema } from './stages.model.ts';
import { addRule, publishStandard, standardProblems, standardsOf } from './standard.commands.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const rows = z.strictObject({ rows: z.array(z.record(z.string(), z.unknown())).min(1).max(5000) });
const refusedRows = z.array(z.object({ row: z.number(), cell: z.string(), says: words }));

const ruleForm = z.strictObject({
  id: idSchema,
  areaId: idSchema,
  matchesKind: z.enum(['condition', 'type', 'major', 'body_kind']),
  matches: z.string().min(1).max(100),
  ground: z.enum(['owner', 'territory']),
  bodyId: idSchema,
  basis: z.string().trim().min(1).max(200),
});

export const standardRoutes: readonly Endpoint[] = [
  read({
    name: 'standard.read',
    path: '/api/standard',
    summary: { zh: '现行立案标准', en: 'The standard in force' },
    access: ['anyone'],
    lane: 'read',
    output: standardView,
    handle: async (ctx) => (await standardsOf(ctx)).at(ctx.now),
  }),
  write({
    name: 'standard.check',
    method: 'POST',
    path: '/api/standard/check',
    summary: { zh: '试读一张标准表，不发布', en: 'Try a table of conditions without publishing it' },
    access: [{ roles: ['admin'] }],
    lane: 'bulk',
    body: rows,
    output: z.object({ conditions: z.number(), refused: refusedRows }),
    handle: async () => ({}),
    show: async (ctx, { body }) => {
      const { types, refused } = await readAgainstCurrent(ctx, body.rows);
      return { conditions: types.reduce((sum, type) => sum + type.conditions.length, 0), refused };
    },
  }),
  write({
    name: 'standard.publish',
    method: 'POST',
    path: '/api/standard',
    summary: { zh: '用一张标准表发布新版本', en: 'Publish the next version from a table' },
    access: [{ roles: ['admin'] }],
    lane: 'bulk',
    body: rows.extend({
      title: z.string().trim().min(1).max(100),
      source: z.string().trim().min(1).max(200),
      stages: stagesSchema.optional(),
    }),
    output: z.object({ version: z.number() }),
    handle: async (ctx, { body }) => {
      const current = (await standardsOf(ctx)).at(ctx.now);
      const { types, refused } = await readAgainstCurrent(ctx, body.rows);
      if (refused.length > 0) {
        const faults = refused.map(({ row, cell, says }) => ({ path: `rows.${row}.${cell}`, says }));
        throw new Problem(standardProblems['standard.rows_refused'], { count: refused.length }, faults);
      }
      const { title, source, stages } = body;
      return publishStandard(ctx, { title, source, majors: current.majors, types, stages: stages ?? current.stages });
    },
  }),
  write({
    name: 'rule.add',
    method: 'POST',
    path: '/api/responsibility-rules',
    summary: { zh: '登记责任规则：哪里的什么事归谁', en: 'Add a rule: which body answers for what where' },
    access: [{ roles: ['admin'] }],
    lane: 'work',
    body: ruleForm,
    output: z.object({ ruleId: idSchema }),
    handle: (ctx, { body }) => addRule(ctx, body),
  }),
];

async function readAgainstCurrent(ctx: Ctx, given: readonly unknown[]) {
  const current = (await standardsOf(ctx)).at(ctx.now);
  return readRows(given, current.types, current.majors);
}
