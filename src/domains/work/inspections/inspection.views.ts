import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { openDataKeys } from '../../../kernel/data_key.ts';
import { unseal } from '../../../kernel/envelope.ts';
import type { Id } from '../../../kernel/id.ts';
import { realmOf } from '../../../kernel/realm.ts';
import { type Atlas, atlasOf } from '../../land/areas/index.ts';
import { namedLedger } from '../../land/registry/index.ts';
import { namesOf } from '../../land/staff/index.ts';
import { requireChecklist } from './checklist.commands.ts';
import { lotsOf, populationOf } from './drawing.commands.ts';
import { countHazards, foundByDay, foundByItem } from './hazard.queries.ts';
import { boundToTarget, inspectableArea, mayInspect } from './inspection.commands.ts';
import type {
  inspectionLine,
  inspectionView,
  Progress,
  previewForm,
  previewView,
  redrawView,
  targetLine,
} from './inspection.model.ts';
import { type InspectionRow, listTargets, progressOf, type TargetRow } from './inspection.queries.ts';
import { draw, ruleWords } from './sample.model.ts';

type Line = z.input<typeof inspectionLine>;
const none: Progress = { places: 0, clean: 0, found: 0, absent: 0, left: 0 };

const placeOf = (atlas: Atlas, { scopeNo, areaId }: Pick<TargetRow, 'scopeNo' | 'areaId'>): string =>
  atlas.areaOf({ scopeNo, areaId })?.name ?? '';

export async function inspectionLines(ctx: Ctx, rows: readonly InspectionRow[]): Promise<Line[]> {
  const [progress, names, atlas] = await Promise.all([
    progressOf(
      ctx,
      rows.map(({ id }) => id),
    ),
    namesOf(
      ctx,
      rows.map(({ personId }) => personId),
    ),
    atlasOf(ctx),
  ]);
  const lists = await Promise.all(
    rows.map(({ checklistId, checklistVersion }) => requireChecklist(ctx, checklistId, checklistVersion)),
  );
  return rows.map((row, i) => ({
    ...{ id: row.id, title: row.title, onDay: row.onDay, announced: !row.confidential, isOpen: row.closedAt === null },
    ...{ area: placeOf(atlas, row), checklist: lists[i]?.title ?? '', openedBy: names.get(row.personId) ?? '' },
    progress: progress.get(row.id) ?? none,
  }));
}

export async function lookAtInspection(ctx: Ctx, row: InspectionRow): Promise<z.input<typeof inspectionView>> {
  const { zone } = await realmOf(ctx);
  const [lines, list, names, hazards, days, items] = await Promise.all([
    inspectionLines(ctx, [row]),
    requireChecklist(ctx, row.checklistId, row.checklistVersion),
    namesOf(ctx, row.members),
    countHazards(ctx, { span: null, zone, inspectionId: row.id }),
    foundByDay(ctx, row.id, zone),
    foundByItem(ctx, row.id, zone),
  ]);
  const textOf = (code: string): string => list.items.find((item) => item.code === code)?.text ?? code;
  return {
    ...(lines[0] as Line),
    ...{ areaId: row.areaId, list: { ...list, items: [...list.items] }, hazards, days },
    members: row.members.map((id) => names.get(id) ?? ''),
    draw: await drawOf(ctx, row),
    common: items.map(({ item, ...counts }) => ({ item, text: textOf(item), ...counts })),
    mayInspect: mayInspect(ctx, row) && row.closedAt === null,
  };
}

async function drawOf(
  ctx: Ctx,
  { ledger, rule, seed, population }: InspectionRow,
): Promise<z.input<typeof inspectionView>['draw']> {
  if (ledger === null || rule === null || seed === null) return null;
  return { ledger: (await namedLedger(ctx, ledger)).words, rule: ruleWords(rule), seed, population: population.length };
}

export async function targetLines(ctx: Ctx, inspectionId: Id): Promise<z.input<typeof targetLine>[]> {
  const rows = await listTargets(ctx, inspectionId);
  const [keys, names, atlas] = await Promise.all([
    openDataKeys(
      ctx,
      rows.map(({ keyId }) => keyId),
    ),
    namesOf(
      ctx,
      rows.flatMap(({ personId }) => personId ?? []),
    ),
    atlasOf(ctx),
  ]);
  return rows.map((row) => {
    const { id, ordinal, weight, result, lookedAt, drawn, sealed } = row;
    const key = keys.get(row.keyId);
    const secret = key && (JSON.parse(unseal(key.bytes, sealed, boundToTarget(id)).toString()) as { name: string });
    return {
      ...{ id, ordinal, weight, result, lookedAt, byHand: !drawn, name: secret?.name ?? null },
      ...{ area: placeOf(atlas, row), by: row.personId === null ? '' : (names.get(row.personId) ?? '') },
    };
  });
}

const SHOWN = 100;

export async function previewInspection(
  ctx: Ctx,
  { areaId, sample }: z.output<typeof previewForm>,
): Promise<z.input<typeof previewView>> {
  const { area } = await inspectableArea(ctx, areaId);
  const [{ listed }, atlas] = [await populationOf(ctx, area, sample), await atlasOf(ctx)];
  const drawn = draw(sample.rule, listed, lotsOf('')).length;
  const places = listed.slice(0, SHOWN).map(({ name, weight, record: { row } }) => ({
    ...{ name, weight, area: placeOf(atlas, row) },
  }));
  return { population: listed.length, drawn, places };
}

/** From the list as it was then. What the viewer does not read, and what was forgotten since, is not compared. */
export async function redraw(
  ctx: Ctx,
  { id, rule, seed, population }: InspectionRow,
): Promise<z.input<typeof redrawView>> {
  if (rule === null || seed === null) return { population: 0, drawn: 0, same: true };
  const listed = population.map(([one, weight]) => ({ id: one, weight }));
  const again = draw(rule, listed, lotsOf(seed));
  const then = (await listTargets(ctx, id)).filter(({ drawn, recordId }) => drawn && recordId !== null);
  const same = then.every(({ ordinal, recordId }) => again[ordinal - 1]?.id === recordId);
  return { population: listed.length, drawn: again.length, same };
}
