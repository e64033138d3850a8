import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { type Endpoint, file, idParam, read, write } from '../../../kernel/endpoint.ts';
import { boundarySchema, datums } from '../../../kernel/geo.ts';
import { idSchema } from '../../../kernel/id.ts';
import { TILE_TYPE, tileParam } from '../../../kernel/tile.ts';
import { addArea, atlasOf, locate, requireArea } from './area.commands.ts';
import { areaForm, areaView } from './area.model.ts';
import type { Area, Atlas } from './atlas.model.ts';
import { areaTile } from './tile.views.ts';

/** As an area is shown to anybody. */
export const areaViewOf = (atlas: Atlas, { id, parentId, level, code, name, boundary }: Area) => ({
  id,
  parentId,
  level,
  code,
  name,
  path: atlas.path(id),
  hasBoundary: boundary !== null,
});

const located = z.object({
  area: areaView,
  borderM: z.number().describe('Metres to the nearest border of that area'),
  neighbour: areaView.nullable(),
});

export const areaRoutes: readonly Endpoint[] = [
  read({
    name: 'area.list',
    path: '/api/areas',
    summary: { zh: '区域树', en: 'The tree of areas' },
    access: ['anyone'],
    lane: 'read',
    query: z.strictObject({
      parentId: idSchema.optional().describe('Only what lies directly below; without it the whole tree'),
    }),
    output: z.array(areaView),
    handle: async (ctx, { query }) => {
      const atlas = await atlasOf(ctx);
      const areas = query.parentId === undefined ? atlas.areas : atlas.children(query.parentId);
      return areas.map((area) => areaViewOf(atlas, area));
    },
  }),
  read({
    name: 'area.read',
    path: '/api/areas/:id',
    summary: { zh: '一个区域和它的边界', en: 'One area with its border' },
    access: ['anyone'],
    lane: 'read',
    params: idParam,
    output: areaView.extend({ boundary: boundarySchema.nullable() }),
    handle: async (ctx, { params }) => {
      const area = await requireArea(ctx, params.id);
      return { ...areaViewOf(await atlasOf(ctx), area), boundary: area.boundary };
    },
  }),
  read({
    name: 'area.locate',
    path: '/api/locate',
    summary: { zh: '这个位置属于哪个网格', en: 'In which grid a point lies' },
    access: ['anyone'],
    lane: 'urgent',
    query: z.strictObject({
      lon: z.coerce.number().min(-180).max(180),
      lat: z.coerce.number().min(-180).max(180),
      datum: z.enum(datums).default('wgs84'),
    }),
    output: located,
    handle: (ctx, { query }) => locatedAt(ctx, query),
  }),
  file({
    name: 'area.tile',
    path: '/api/tiles/areas/:tile',
    summary: { zh: '地图方块：区域和名称', en: 'A square of the map: areas and their names' },
    access: ['account'],
    lane: 'read',
    params: tileParam,
    type: TILE_TYPE,
    find: (ctx, { params }) => areaTile(ctx, params.tile),
  }),
  write({
    name: 'area.add',
    method: 'POST',
    path: '/api/areas',
    summary: { zh: '新增区域', en: 'Add an area' },
    access: [{ roles: ['admin'] }],
    lane: 'work',
    body: areaForm,
    output: z.object({ areaId: idSchema }),
    handle: (ctx, { body }) => addArea(ctx, body),
  }),
];

async function locatedAt(ctx: Ctx, query: { lon: number; lat: number; datum: (typeof datums)[number] }) {
  const atlas = await atlasOf(ctx);
  const { point, ...located } = await locate(ctx, query);
  const neighbour = atlas.beyond(point, located);
  return {
    area: areaViewOf(atlas, located.area),
    borderM: located.borderM,
    neighbour: neighbour && areaViewOf(atlas, neighbour),
  };
}
