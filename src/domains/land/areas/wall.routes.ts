import { z } from 'zod';
import { type Ctx, isIn, postsOf } from '../../../kernel/context.ts';
import { type Endpoint, read } from '../../../kernel/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { atlasOf } from './area.commands.ts';
import { areaCode, areaProblems, areaView } from './area.model.ts';
import { areaViewOf } from './area.routes.ts';
import type { Area, Atlas } from './atlas.model.ts';
import { numberCoded } from './wall.queries.ts';

/** What hangs on a wall: a code that leads to its area, and the posters that carry it. */
export const wallRoutes: readonly Endpoint[] = [
  read({
    name: 'area.coded',
    path: '/api/area-coded',
    summary: { zh: '墙上的编码是哪个网格', en: 'Which area a code on a wall stands for' },
    access: ['anyone'],
    // Whoever scans is about to report.
    lane: 'urgent',
    query: z.strictObject({ code: areaCode }),
    output: areaView,
    handle: async (ctx, { query }) => areaViewOf(await atlasOf(ctx), await areaCoded(ctx, query.code)),
  }),
  read({
    name: 'area.posters',
    path: '/api/posters',
    summary: { zh: '我可以打印二维码的网格', en: 'Grids whose posters I may print' },
    access: [
      { roles: ['grid_worker', 'grid_leader', 'community_head', 'registrar', 'dispatcher', 'leader', 'inspector'] },
    ],
    lane: 'read',
    query: z.strictObject({ code: areaCode.optional().describe('Only this area and what lies below it') }),
    output: z.array(areaView.extend({ within: areaView.pick({ code: true, name: true }).describe('The community') })),
    handle: async (ctx, { query }) => {
      const atlas = await atlasOf(ctx);
      const within = query.code === undefined ? atlas.root : await areaCoded(ctx, query.code);
      const posts = postsOf(ctx.actor).filter(({ readsArea }) => readsArea);
      return within === null
        ? []
        : walled(atlas, within)
            .filter((area) => posts.some((post) => isIn(post, area.no)))
            .map((area) => ({ ...areaViewOf(atlas, area), within: communityOf(atlas, area) }));
    },
  }),
];

/** By its code; that of an area that is gone leads to what it became. */
export async function areaCoded(ctx: Ctx, code: string): Promise<Area> {
  const atlas = await atlasOf(ctx);
  const no = await numberCoded(ctx, code);
  const area = no === null ? undefined : atlas.numbered(no);
  if (!area) throw new Problem(areaProblems['area.not_found']);
  return area;
}

/** A code hangs in every grid; what has no grids below it has one itself. */
export function walled(atlas: Atlas, within: Area): Area[] {
  const below = atlas.areas.filter(({ level, no }) => level === 'grid' && within.no <= no && no <= within.lastNo);
  return below.length > 0 ? below : [within];
}

function communityOf(atlas: Atlas, area: Area): Area {
  return (area.level === 'grid' && atlas.get(area.parentId ?? '')) || area;
}
