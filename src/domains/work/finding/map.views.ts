import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type Ctx, postsOf } from '../../../kernel/context.ts';
import type { FoundFile } from '../../../kernel/endpoint.ts';
import { type Box, boxOf, polygonsOf } from '../../../kernel/geo.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { boxOfTile, type PlacedPoint, pointTile, readTile, TILE_TYPE } from '../../../kernel/tile.ts';
import { type Area, type Atlas, areaProblems, atlasOf, requireArea } from '../../land/areas/index.ts';
import { type CasefileRow, findCasefiles, lineOf } from '../casefiles/index.ts';
import { clockOf, type Obligation, obligationsOfAll } from '../obligations/index.ts';
import { standardsOf } from '../standards/index.ts';
import {
  type MapKind,
  type mapArea,
  type mapAreaQuery,
  type mapCase,
  mapStateOf,
  NAMED_FROM,
  squaresASide,
} from './map.model.ts';
import { casesOfArea, type Square, squaresOn } from './map.queries.ts';

type MapCase = z.input<typeof mapCase>;

/**
 * A square of the map with the open cases that this caller may read: one by one, or a number where several would cover
 * each other. Its tag is of its content, so that what one caller's browser kept is never good for another's question.
 */
export async function caseTile(ctx: Ctx, name: string): Promise<FoundFile> {
  const tile = readTile(name);
  if (!tile) throw new Problem(areaProblems['area.no_tile']);
  const squares = await squaresOn(ctx, tile, boxOfTile(tile), squaresASide(tile.z));
  const single = squares.flatMap(({ cases, ids }) => (cases === 1 ? ids : []));
  const files = new Map((await mapCases(ctx, single)).map((file) => [file.id, file] as const));
  const bytes = pointTile(
    tile,
    'cases',
    squares.map((square) => markOf(square, files.get(square.ids[0] ?? ''), tile.z >= NAMED_FROM)),
  );
  const etag = `"c${createHash('sha256').update(bytes).digest('base64url')}"`;
  return { etag, open: async () => ({ type: TILE_TYPE, bytes }) };
}

function markOf({ cases, late, lon, lat, ids }: Square, file: MapCase | undefined, named: boolean): PlacedPoint {
  const at = [lon, lat] as const;
  if (cases > 1) return { at, told: { cases, late, ids: named ? ids.join(',') : null } };
  if (!file) return { at, told: { cases, late } };
  const { id, kind, state, title } = file;
  return { at, told: { id, kind, state, zh: title.zh, en: title.en } };
}

/** Cases as the map tells them, in the order asked; those that the caller may not read are left out. */
export async function mapCases(ctx: Ctx, ids: readonly Id[]): Promise<MapCase[]> {
  if (ids.length === 0) return [];
  const [rows, owed] = await Promise.all([findCasefiles(ctx, ids), obligationsOfAll(ctx, ids)]);
  const files = new Map(rows.map((row) => [row.id, row] as const));
  const found = ids.flatMap((id) => files.get(id) ?? []);
  return Promise.all(found.map((file) => caseOnMap(ctx, file, owed.get(file.id) ?? [])));
}

async function caseOnMap(ctx: Ctx, file: CasefileRow, obligations: readonly Obligation[]): Promise<MapCase> {
  const { id, number, title, status, place } = await lineOf(ctx, file);
  const first = firstDue(obligations);
  const clock = first ? clockOf(first, ctx.now) : null;
  const { lon, lat } = file;
  return {
    ...{ id, number, title, status, place, clock },
    kind: await kindOf(ctx, file),
    state: mapStateOf(status, clock),
    point: lon === null || lat === null ? null : { lon, lat },
  };
}

/** What staff owe and falls due first; what stands still comes last. */
function firstDue(obligations: readonly Obligation[]): Obligation | undefined {
  const dueAt = ({ dueAt: at }: Obligation): number => at?.getTime() ?? Number.POSITIVE_INFINITY;
  return obligations
    .filter(({ endedAt, owedByKind }) => endedAt === null && owedByKind !== 'reporter')
    .reduce<Obligation | undefined>((one, other) => (one && dueAt(one) <= dueAt(other) ? one : other), undefined);
}

async function kindOf(ctx: Ctx, { typeCode, standardVersion, reportedAt }: CasefileRow): Promise<MapKind> {
  const standards = await standardsOf(ctx);
  const standard = standardVersion === null ? standards.at(reportedAt) : standards.version(standardVersion);
  return standard.type(typeCode ?? '')?.kind ?? 'unclassified';
}

/** An area as the map opens it: what lies below with its numbers, and its cases as a list. */
export async function lookAtArea(
  ctx: Ctx,
  { areaId, most }: z.output<typeof mapAreaQuery>,
): Promise<z.input<typeof mapArea>> {
  const atlas = await atlasOf(ctx);
  const area = await requireArea(ctx, areaId ?? homeOf(ctx, atlas));
  const below = atlas.children(area.id);
  const { ids, below: counted, ...totals } = await casesOfArea(ctx, area, below, most + 1);
  const counts = new Map(counted.map(({ no, cases, late }) => [no, { cases, late }] as const));
  return {
    areaId: area.id,
    box: boxAround(atlas.areas, area),
    ...totals,
    below: below.map((one) => ({
      areaId: one.id,
      ...(counts.get(one.no) ?? { cases: 0, late: 0 }),
    })),
    cases: await mapCases(ctx, ids.slice(0, most)),
    more: ids.length > most,
  };
}

/** Where the caller's seats are: the smallest area that holds all of them, or, for a body, the topmost. */
function homeOf({ actor }: Ctx, atlas: Atlas): string {
  const seats = postsOf(actor).flatMap(({ areaId }) => (areaId === null ? [] : [atlas.upwards(areaId)]));
  const [first = [], ...others] = seats;
  const shared = first.find(({ id }) => others.every((above) => above.some((one) => one.id === id)));
  return shared?.id ?? atlas.root?.id ?? '';
}

/** Around the area and all below it. */
function boxAround(areas: readonly Area[], { no, lastNo }: Area): Box | null {
  const within = areas.filter((one) => one.no >= no && one.no <= lastNo);
  const polygons = within.flatMap(({ boundary }) => (boundary ? [...polygonsOf(boundary)] : []));
  return polygons.length === 0 ? null : boxOf(polygons);
}
