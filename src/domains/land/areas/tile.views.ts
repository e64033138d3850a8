import { createHash } from 'node:crypto';
import type { Ctx } from '../../../kernel/context.ts';
import type { FoundFile } from '../../../kernel/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import { cutterOf, readTile, type Shape, TILE_TYPE, type Tile } from '../../../kernel/tile.ts';
import { atlasOf } from './area.commands.ts';
import { type AreaLevel, areaLevels, areaProblems } from './area.model.ts';
import type { Atlas } from './atlas.model.ts';
import { outlinesOf } from './outline.model.ts';

interface Land {
  readonly version: string;
  /** Made when the first tile is cut: whoever only asks whether theirs is still good does not wait for it. */
  readonly cut: (tile: Tile) => Buffer;
}

/** Today's land ready for the map, once for every version of it: the atlas itself is kept as long. */
const lands = new WeakMap<Atlas, Land>();

/** A square of the map with the areas in it: the same for everybody who signs in, and good until the land changes. */
export async function areaTile(ctx: Ctx, name: string): Promise<FoundFile> {
  const tile = readTile(name);
  if (!tile) throw new Problem(areaProblems['area.no_tile']);
  const atlas = await atlasOf(ctx);
  const land = lands.get(atlas) ?? landOf(atlas);
  lands.set(atlas, land);
  return {
    etag: `"a${land.version}-${name}"`,
    open: async () => ({ type: TILE_TYPE, bytes: land.cut(tile) }),
  };
}

function landOf(atlas: Atlas): Land {
  let cut: ((tile: Tile) => Buffer) | null = null;
  return {
    version: createHash('sha256')
      .update(JSON.stringify(atlas.areas.map(({ no, lastNo, code, ...drawn }) => drawn)))
      .digest('base64url'),
    cut: (tile) => {
      cut ??= cutterOf(layersOf(atlas));
      return cut(tile);
    },
  };
}

/** Small areas are told from near by only: a county's grids far away would be thousands of shapes of a pixel each. */
const fromZoom: Readonly<Partial<Record<AreaLevel, number>>> = { community: 8, grid: 10, micro_grid: 13 };

function layersOf(atlas: Atlas) {
  const outlines = outlinesOf(atlas);
  const shapesAt = (level: AreaLevel): Shape[] =>
    atlas.areas.flatMap(({ id, parentId, name, ...area }) => {
      const boundary = area.level === level ? outlines.get(id) : undefined;
      return boundary ? [{ boundary, told: { id, parent: parentId, level, name } }] : [];
    });
  return areaLevels.flatMap((level) => {
    const [shapes, from] = [shapesAt(level), fromZoom[level] ?? 0];
    return [
      { name: 'areas', from, shapes },
      { name: 'names', from, shapes, asPoints: true },
    ];
  });
}
