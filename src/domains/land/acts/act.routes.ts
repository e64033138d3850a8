import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, idParam, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { areaProblems, requireArea } from '../areas/index.ts';
import { type Act, carryOut } from './act.commands.ts';
import { correctForm, mergeForm, moveForm, previewView, renameForm, splitForm } from './act.model.ts';
import { standingOf, versionsNamed } from './act.queries.ts';
import { previewOf } from './preview.views.ts';

const admin = { access: [{ roles: ['admin'] }], lane: 'work', method: 'POST' } as const;
const done = z.object({ areaId: idSchema, on: z.string(), opened: z.array(idSchema) });

type Form = typeof renameForm | typeof moveForm | typeof splitForm | typeof correctForm;

/** Whoever repeats an act is told again of an area of their own, also of one that is gone by it. */
const recheck = async (ctx: Ctx, { params }: { params: { id: string } }): Promise<void> => {
  if ((await standingOf(ctx, [params.id])).length === 0) throw new Problem(areaProblems['area.not_found']);
};

/** An act on one area and its preview: two endpoints, one form. */
function onArea<F extends Form>(
  does: Exclude<Act['does'], 'merge'>,
  body: F,
  words: { zh: string; en: string },
): readonly Endpoint[] {
  const path = `/api/areas/:id/${does}`;
  const actOf = (areaId: string, form: unknown) => ({ does, areaId, form }) as Act;
  return [
    write({
      ...admin,
      name: `area.${does}`,
      path,
      summary: words,
      params: idParam,
      body: body as z.ZodObject,
      output: done,
      handle: (ctx, call) => carryOut(ctx, actOf(call.params.id, call.body)),
      recheck,
    }),
    write({
      ...admin,
      name: `area.preview_${does}`,
      path: `${path}/preview`,
      summary: { zh: `${words.zh}：先看会变什么`, en: `${words.en}: what would change` },
      params: idParam,
      body: body as z.ZodObject,
      output: previewView,
      handle: async (ctx, call) => {
        await requireArea(ctx, call.params.id);
        return {};
      },
      recheck,
      show: async (ctx, call) => ({ ...(await previewOf(ctx, actOf(call.params.id, call.body))) }),
    }),
  ];
}

export const actRoutes: readonly Endpoint[] = [
  read({
    name: 'area.named',
    path: '/api/areas/named',
    summary: { zh: '按名称找区域，以前的名称也能找到', en: 'Find areas by name, former names too' },
    access: ['anyone'],
    lane: 'read',
    query: z.strictObject({ name: z.string().trim().min(1).max(60) }),
    output: z.array(
      z.object({
        areaId: idSchema,
        name: z.string(),
        level: z.string(),
        code: z.string(),
        fromDay: z.string(),
        untilDay: z.string().nullable().describe('The day from which it is called otherwise, or gone; null: it holds'),
      }),
    ),
    handle: (ctx, { query }) => versionsNamed(ctx, query.name),
  }),
  ...onArea('rename', renameForm, { zh: '区域更名', en: 'Rename an area' }),
  ...onArea('move', moveForm, { zh: '区域改属', en: 'Move an area under another' }),
  ...onArea('split', splitForm, { zh: '拆分区域', en: 'Split an area' }),
  ...onArea('correct', correctForm, { zh: '改正区域边界', en: 'Correct the border of an area' }),
  write({
    ...admin,
    name: 'area.merge',
    path: '/api/areas/merge',
    summary: { zh: '合并区域', en: 'Merge areas' },
    body: mergeForm,
    output: done,
    handle: (ctx, { body }) => carryOut(ctx, { does: 'merge', form: body }),
  }),
  write({
    ...admin,
    name: 'area.preview_merge',
    path: '/api/areas/merge/preview',
    summary: { zh: '合并区域：先看会变什么', en: 'Merge areas: what would change' },
    body: mergeForm,
    output: previewView,
    handle: async () => ({}),
    show: async (ctx, { body }) => ({ ...(await previewOf(ctx, { does: 'merge', form: body })) }),
  }),
];
