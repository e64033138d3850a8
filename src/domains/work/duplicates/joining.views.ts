import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Point } from '../../../kernel/geo.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { tracked } from '../casefiles/index.ts';
import { standardsOf } from '../standards/index.ts';
import { likelyTypes } from '../suggestions/index.ts';
import { publicCasesAround } from './alike.queries.ts';
import { spotOf } from './alike.views.ts';
import { RADIUS_M } from './pairing.model.ts';
import { publicAlike, type publicAlikeView, typesNamed } from './public_alike.model.ts';

const MOST_LOOKED_AT = 300;
const DAYS = 30;

/** What somebody who has just reported may be shown of earlier cases like theirs; nothing once a desk has taken it up. */
export async function alikeForReporter(ctx: Ctx): Promise<z.input<typeof publicAlikeView>[]> {
  const { report, own } = await tracked(ctx);
  if (own.status !== 'reported' || own.confidential || own.joined || own.mergedInto !== null) return [];
  const [atlas, standards, learned] = await Promise.all([
    atlasOf(ctx),
    standardsOf(ctx),
    report.words === null ? [] : likelyTypes(ctx, report.words),
  ]);
  const standard = standards.at(ctx.now);
  const named = report.words === null ? [] : typesNamed(report.words, standard.types);
  const types = new Set([...learned, ...named, ...(own.typeCode === null ? [] : [own.typeCode])]);
  const point: Point | null = own.lon === null || own.lat === null ? null : [own.lon, own.lat];
  const since = new Date(own.reportedAt.getTime() - DAYS * 86_400_000);
  const near = await publicCasesAround(
    ctx,
    { areaId: own.areaId, box: point && boxAround(point), since, except: own.id },
    MOST_LOOKED_AT,
  );
  const area = { id: own.areaId, level: atlas.get(own.areaId)?.level ?? 'county' };
  const said = { spot: point && { x: 0, y: 0 }, area, at: own.reportedAt.getTime(), types };
  const found = publicAlike(
    said,
    near.map((row) => ({
      number: row.number,
      type: row.typeCode,
      areaId: row.areaId,
      spot: point && spotOf(row, point),
      at: row.requestedAt.getTime(),
    })),
  );
  const byNumber = new Map(near.map((row) => [row.number, row]));
  return found.flatMap(({ number, reasons }) => {
    const row = byNumber.get(number);
    const type = row && standard.type(row.typeCode);
    if (!row || !type) return [];
    const place = atlas.path(row.areaId).slice(-2).reverse().join(' · ');
    return [{ number, type: type.name, place, reportedAt: row.requestedAt, state: inHand, reasons: [...reasons] }];
  });
}

const inHand = { zh: '正在办理', en: 'being dealt with' };

function boxAround([lon, lat]: Point): [number, number, number, number] {
  const up = RADIUS_M / 111_320;
  const across = up / Math.cos((lat * Math.PI) / 180);
  return [lon - across, lat - up, lon + across, lat + up];
}
