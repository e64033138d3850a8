import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import { atlasOf, requireArea } from '../areas/index.ts';
import { allHeirs, type HeirRow } from './act.queries.ts';
import { isWithin, middleOf } from './plan.model.ts';
import { actProblems } from './refusals.model.ts';
import type { ZoneForm } from './zone.model.ts';
import { endZoneRow, insertZone, type ZoneRow, zoneById, zonesOn } from './zone.queries.ts';

defineConstraints({ zone_pkey: 'command.id_taken', zone_name_taken: 'zone.name_taken' });

const NOWHERE = 0;

export async function addZone(ctx: Ctx, form: ZoneForm): Promise<{ zoneId: string; areas: number }> {
  const atlas = await atlasOf(ctx);
  for (const id of form.areaIds) await requireArea(ctx, id);
  const { boundary } = form;
  const within = atlas.areas.filter(
    (area) =>
      boundary && area.boundary && atlas.children(area.id).length === 0 && isWithin(middleOf(area.boundary), boundary),
  );
  const areaIds = [...new Set([...form.areaIds, ...within.map(({ id }) => id)])];
  if (areaIds.length === 0 || (form.until !== null && form.until <= form.from))
    throw new Problem(actProblems['zone.empty']);
  await insertZone(ctx, form, areaIds);
  const scopeNo = atlas.root?.no ?? NOWHERE;
  record(ctx, {
    kind: 'zone.added',
    about: { kind: 'zone', id: form.id, scopeNo, confidential: false },
    body: { ...form, boundary: boundary !== null, areaIds },
  });
  return { zoneId: form.id, areas: areaIds.length };
}

export async function endZone(ctx: Ctx, id: string): Promise<{ zoneId: string; on: string }> {
  if (!(await zoneById(ctx, id))) throw new Problem(actProblems['zone.not_found']);
  const on = await today(ctx);
  if (!(await endZoneRow(ctx, id, on))) throw new Problem(actProblems['zone.ended']);
  const scopeNo = (await atlasOf(ctx)).root?.no ?? NOWHERE;
  record(ctx, { kind: 'zone.ended', about: { kind: 'zone', id, scopeNo, confidential: false }, body: { on } });
  return { zoneId: id, on };
}

export async function zonesOf(ctx: Ctx, day: string | undefined) {
  const rows = await zonesOn(ctx, day ?? (await today(ctx)));
  const named = await naming(ctx);
  return rows.map(named);
}

export async function requireZone(ctx: Ctx, id: string) {
  const row = await zoneById(ctx, id);
  if (!row) throw new Problem(actProblems['zone.not_found']);
  return (await naming(ctx))(row);
}

/** A zone keeps the areas it was made of; what became of one that is gone since belongs to it now. */
async function naming(ctx: Ctx) {
  const [atlas, heirs] = await Promise.all([atlasOf(ctx), allHeirs(ctx)]);
  return ({ areaIds, ...zone }: ZoneRow) => {
    const now = [...new Set(areaIds.flatMap((id) => standing(heirs, id)))];
    return { ...zone, areas: now.map((areaId) => ({ areaId, name: atlas.get(areaId)?.name ?? '' })) };
  };
}

function standing(heirs: readonly HeirRow[], id: string): string[] {
  const next = heirs.filter(({ areaId }) => areaId === id);
  return next.length === 0 ? [id] : next.flatMap(({ heirId }) => standing(heirs, heirId));
}
