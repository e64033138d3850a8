import type { Ctx } from '../../../kernel/context.ts';
import { scoped, type Weight, weigh } from '../../../kernel/scoped.ts';
import { dutiesOn } from '../../work/obligations/index.ts';
import type { Area } from '../areas/index.ts';
import { deskFor, directoryOf } from '../staff/index.ts';
import { type Act, handoversOf, type Prepared, prepare } from './act.commands.ts';
import type { Handover, Preview } from './act.model.ts';
import { carriedNumbers } from './handing.commands.ts';
import { bordersOf, landOf, phonesTold, sharesOf } from './share.views.ts';

/** What an act would change, made by the same plan; it refuses what the act would refuse and changes nothing. */
export async function previewOf(ctx: Ctx, act: Act): Promise<Preview> {
  const prepared = await prepare(ctx, act);
  const { plan, on, fates } = prepared;
  const nameOf = (id: string): string =>
    plan.opened.find((one) => one.id === id)?.name ?? prepared.survey.atlas.get(id)?.name ?? id;
  const shares = await sharesOf(ctx, prepared);
  return {
    on,
    opens: plan.opened.map(named),
    closes: plan.closed.map(named),
    changes: plan.changed
      .filter(({ name, code }) => name !== undefined || code !== undefined)
      .map(({ area, name, code }) => ({ ...named(area), toName: name ?? null, toCode: code ?? null })),
    moves: (plan.kind === 'area.corrected' ? [] : plan.shifts).map(({ area, under }) => ({
      ...named(area),
      areas: countBelow(prepared, area),
      under: nameOf(under),
    })),
    records: await recordsOn(ctx, prepared, shares),
    posts: fates.map(({ post, becomes, toAreaId }) => ({
      postId: post.id,
      role: post.role,
      areaId: post.areaId,
      holders: post.holders,
      becomes,
      toAreaId,
    })),
    duties: await dutiesOwed(ctx, prepared, handoversOf(act)),
    shares,
    land: landOf(prepared),
    borders: bordersOf(prepared),
    phones: await phonesTold(ctx, prepared, shares),
    undecided: plan.undecided.map(named),
  };
}

const named = ({ id, name }: Pick<Area, 'id' | 'name'>) => ({ areaId: id, name });

const countBelow = ({ survey }: Prepared, area: Area): number =>
  survey.atlas.areas.filter(({ no }) => area.no <= no && no <= area.lastNo).length;

/** Of a corrected border only what lies on land that changes hands; else all that the act carries along. */
async function recordsOn(ctx: Ctx, { plan }: Prepared, shares: Preview['shares']): Promise<Preview['records']> {
  if (plan.kind === 'area.corrected') return summed(shares);
  const numbers = carriedNumbers(plan);
  const records: Preview['records'] = [];
  for (const table of scoped) {
    const sum = { open: 0, done: 0, nowhere: 0 };
    for (const run of numbers) add(sum, await weigh(ctx, table, run));
    const nowhere = plan.kind === 'area.split' ? sum.nowhere : 0;
    if (sum.open + sum.done > 0) records.push({ table, open: sum.open, closed: sum.done, nowhere });
  }
  return records;
}

function summed(shares: Preview['shares']): Preview['records'] {
  const sum = (table: string, of: 'open' | 'closed'): number =>
    shares.reduce((total, one) => (one.table === table ? total + one[of] : total), 0);
  return [...new Set(shares.map(({ table }) => table))].map((table) => ({
    ...{ table, open: sum(table, 'open'), closed: sum(table, 'closed'), nowhere: 0 },
  }));
}

/** Which posts owe something there, who takes it over as named, and who sits in their place where the area will be. */
async function dutiesOwed(
  ctx: Ctx,
  { plan, survey, fates }: Prepared,
  handovers: readonly Handover[],
): Promise<Preview['duties']> {
  const numbers = carriedNumbers(plan);
  if (numbers.length === 0) return [];
  const [owed, directory] = await Promise.all([dutiesOn(ctx, numbers), directoryOf(ctx)]);
  const heir = survey.atlas.get(plan.heirs[0]?.heirId ?? '')?.id ?? plan.closed[0]?.parentId;
  const above = (plan.kind === 'area.moved' ? plan.changed[0]?.parentId : heir) ?? '';
  return owed.flatMap(({ postId, open, stays }) => {
    const post = directory.posts.find(({ id }) => id === postId);
    if (!post) return [];
    const joins = fates.find((fate) => fate.post.id === postId)?.joinsId;
    const there = survey.atlas.get(above) ? deskFor(directory, survey.atlas, above, post.role)?.id : undefined;
    const suggested = joins ?? there ?? null;
    return {
      ...{ postId, role: post.role, areaId: post.areaId, open, stays },
      toPostId: handovers.find(({ fromPostId }) => fromPostId === postId)?.toPostId ?? null,
      suggestedId: suggested === postId ? null : suggested,
    };
  });
}

function add(sum: { open: number; done: number; nowhere: number }, one: Weight): void {
  sum.open += one.open;
  sum.done += one.done;
  sum.nowhere += one.nowhere;
}
