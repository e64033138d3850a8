import type { Ctx } from '../../../kernel/context.ts';
import { type CourseQuery, type CourseView, type Days, periodBefore, stepsOf } from './course.model.ts';
import type { FigurePack } from './definition.model.ts';
import type { FigureView } from './figure.model.ts';
import { type Asked, figuresAlone, requireFigure, understand } from './figure.views.ts';

/**
 * Each step is what one gets who asks for its days alone: the same definition, the same records behind it. What stands at
 * an instant has no course; how it stood on an earlier day is another question (`asOf`).
 */
export async function courseOf(ctx: Ctx, packs: readonly FigurePack[], query: CourseQuery): Promise<CourseView> {
  const { figure: only, ...rest } = query;
  const whole = await understand(ctx, packs, { ...rest, by: 'area' });
  if (only !== undefined) requireFigure(whole.pack, only);
  const { step, steps } = stepsOf(whole.period.from, whole.period.to);
  const tell = async (days: Days) => {
    const asked = await understand(ctx, packs, { ...rest, by: 'area', from: days.from, to: days.to });
    return { begins: asked.period.begins, told: { ...days, figures: await toldIn(ctx, asked, only) } };
  };
  const told: CourseView['steps'] = [];
  for (const days of steps) {
    const { begins, told: one } = await tell(days);
    if (begins > whole.asOf) break;
    told.push(one);
  }
  return { step, steps: told, before: (await tell(periodBefore(...soFar(whole)))).told };
}

/** Of a period that is not over, what has begun of it: set against as much of the one before. */
function soFar({ period: { from, to }, until }: Asked): [from: string, to: string] {
  return [from, until >= from && until < to ? until : to];
}

async function toldIn(ctx: Ctx, asked: Asked, only: string | undefined) {
  const figures = await figuresAlone(ctx, asked, ({ id, when }) => when !== 'now' && (only ?? id) === id);
  return figures.map(({ id, numerator, denominator, value, noData }: FigureView) => {
    return { id, numerator, denominator, value, noData };
  });
}
