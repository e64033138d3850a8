import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { cellOf, type Point, toMetres } from '../../../kernel/geo.ts';
import type { Id } from '../../../kernel/id.ts';
import { type AreaLevel, atlasOf } from '../../land/areas/index.ts';
import { type CasefileRow, findCasefiles, lineOf } from '../casefiles/index.ts';
import { type Standards, standardsOf } from '../standards/index.ts';
import { type Alike, alikeOf, type alikeView } from './alike.model.ts';
import { casesAround, type NearRow } from './alike.queries.ts';
import { ENDED_LATELY_MS, RADIUS_M } from './pairing.model.ts';
import type { Earlier, Said, Spot } from './said.model.ts';

/** In a crowded place the newest are looked at. */
const MOST_LOOKED_AT = 500;

/** Earlier cases this one may repeat, of those the viewer may read. What is confidential is compared with nothing. */
export async function alikeTo(ctx: Ctx, file: CasefileRow): Promise<z.input<typeof alikeView>[]> {
  if (file.confidential || file.mergedInto !== null) return [];
  const point: Point | null = file.lon === null || file.lat === null ? null : [file.lon, file.lat];
  const told = await toldAround(ctx, { areaId: file.areaId, point, until: file.reportedAt });
  const own = told.find(({ said }) => said.key === file.id);
  return own ? shown(ctx, alikeOf(own.said, told)) : [];
}

interface AroundHere {
  readonly areaId: Id;
  readonly point: Point | null;
  readonly until: Date;
}

/** What was told around a place up to then and is not long over. */
export async function toldAround(ctx: Ctx, { areaId, point, until }: AroundHere): Promise<Earlier[]> {
  const closedAfter = new Date(until.getTime() - ENDED_LATELY_MS);
  const around = { areaId, cells: point && cellsAround(point), until, closedAfter };
  const [near, standards, atlas] = await Promise.all([
    casesAround(ctx, around, MOST_LOOKED_AT),
    standardsOf(ctx),
    atlasOf(ctx),
  ]);
  const levelOf = (id: Id): AreaLevel => atlas.get(id)?.level ?? 'county';
  return near.map((row) => earlierFrom(row, point, standards, levelOf(row.areaId)));
}

/** With the line of each case, read once more under the viewer's own rights. */
export async function shown(ctx: Ctx, found: readonly Alike[]): Promise<z.input<typeof alikeView>[]> {
  const files = new Map(
    (
      await findCasefiles(
        ctx,
        found.map(({ key }) => key),
      )
    ).map((one) => [one.id, one]),
  );
  return Promise.all(
    found.flatMap(({ key, metres, reasons }) => {
      const one = files.get(key);
      return one ? [lineOf(ctx, one).then((line) => ({ id: key, line, metres, reasons: [...reasons] }))] : [];
    }),
  );
}

function earlierFrom(row: NearRow, origin: Point | null, standards: Standards, level: AreaLevel): Earlier {
  const said: Said = {
    key: row.id as Id,
    at: row.reportedAt.getTime(),
    spot: origin && spotOf(row, origin),
    area: { id: row.areaId, level },
    type: row.typeCode ?? '',
    major: standards.at(row.reportedAt).type(row.typeCode ?? '')?.major ?? '',
    words: row.summary ?? '',
    place: row.placeWords,
    channel: row.channel ?? '',
  };
  return { said, endedAt: row.closedAt?.getTime() ?? null };
}

type Placed = Pick<NearRow, 'lon' | 'lat'>;

export function spotOf({ lon, lat }: Placed, origin: Point): Spot | null {
  if (lon === null || lat === null) return null;
  const [x, y] = toMetres([lon, lat], origin);
  return { x, y };
}

/** A cell is wider than the radius, so the corners of the square around a point name all that it touches. */
function cellsAround([lon, lat]: Point): number[] {
  const up = RADIUS_M / 111_320;
  const across = up / Math.cos((lat * Math.PI) / 180);
  return [...new Set([-1, 1].flatMap((i) => [-1, 1].map((j) => cellOf([lon + i * across, lat + j * up]))))];
}
