import type { Ctx } from '../../../kernel/context.ts';
import { scoped, type Weight, weigh } from '../../../kernel/scoped.ts';
import type { Area } from '../areas/index.ts';
import { type Act, type Prepared, prepare } from './act.commands.ts';
import type { Preview } from './act.model.ts';

/** What an act would change, made by the same plan; it refuses what the act would refuse and changes nothing. */
export async function previewOf(ctx: Ctx, act: Act): Promise<Preview> {
  const prepared = await prepare(ctx, act);
  const { plan, on, fates } = prepared;
  const nameOf = (id: string): string =>
    plan.opened.find((one) => one.id === id)?.name ?? prepared.survey.atlas.get(id)?.name ?? id;
  return {
    on,
    opens: plan.opened.map(named),
    closes: plan.closed.map(named),
    changes: plan.changed
      .filter(({ name, code }) => name !== undefined || code !== undefined)
      .map(({ area, name, code }) => ({ ...named(area), toName: name ?? null, toCode: code ?? null })),
    moves: plan.shifts.map(({ area, under }) => ({
      ...named(area),
      areas: countBelow(prepared, area),
      under: nameOf(under),
    })),
    records: await recordsOn(ctx, prepared),
    posts: fates.map(({ post, becomes, toAreaId }) => ({
      postId: post.id,
      role: post.role,
      areaId: post.areaId,
      holders: post.holders,
      becomes,
      toAreaId,
    })),
    undecided: plan.undecided.map(named),
  };
}

const named = ({ id, name }: Pick<Area, 'id' | 'name'>) => ({ areaId: id, name });

const countBelow = ({ survey }: Prepared, area: Area): number =>
  survey.atlas.areas.filter(({ no }) => area.no <= no && no <= area.lastNo).length;

async function recordsOn(ctx: Ctx, { plan }: Prepared): Promise<Preview['records']> {
  const numbers = [
    ...plan.shifts.map(({ no, lastNo }) => ({ from: no, last: lastNo })),
    ...plan.closed.map(({ no }) => ({ from: no, last: no })),
  ];
  const records: Preview['records'] = [];
  for (const table of scoped) {
    const sum = { open: 0, done: 0, nowhere: 0 };
    for (const run of numbers) add(sum, await weigh(ctx, table, run));
    const nowhere = plan.kind === 'area.split' ? sum.nowhere : 0;
    if (sum.open + sum.done > 0) records.push({ table, open: sum.open, closed: sum.done, nowhere });
  }
  return records;
}

function add(sum: { open: number; done: number; nowhere: number }, one: Weight): void {
  sum.open += one.open;
  sum.done += one.done;
  sum.nowhere += one.nowhere;
}
