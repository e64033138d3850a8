import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { record } from '../../../kernel/journal.ts';
import { requireArea } from './area.commands.ts';
import { type DwellingForm, dwellingProblems } from './dwelling.model.ts';
import { insertDwellings } from './dwelling.queries.ts';

defineConstraints({ dwelling_door_taken: dwellingProblems['dwelling.door_taken'] });

/** Lists the doors of an area, all or none: one entry tells how many. */
export async function addDwellings(
  ctx: Ctx,
  areaId: string,
  list: readonly DwellingForm[],
): Promise<{ areaId: string; added: number }> {
  const area = await requireArea(ctx, areaId);
  await insertDwellings(ctx, area, list);
  record(ctx, {
    kind: 'dwellings.added',
    about: { kind: 'area', id: areaId, scopeNo: area.no, confidential: false },
    body: { added: list.length },
  });
  return { areaId, added: list.length };
}
