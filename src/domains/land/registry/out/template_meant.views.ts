import type { z } from 'zod';
import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { today } from '../../../../kernel/realm.ts';
import { atlasOf } from '../../areas/index.ts';
import { type Condition, meets, unjudgedBy } from '../fields/choice.model.ts';
import type { Ledger } from '../ledger.model.ts';
import { countRecords, listRecords } from '../ledger.queries.ts';
import { knownOn } from '../life.model.ts';
import { openRecords } from '../record.commands.ts';
import type { meantView } from './template.model.ts';

/** A page waits for it: of more than these is said only when they are filled in. */
const MOST_COUNTED = 3000;
const PART = 500;

/** How many of an area a table would be filled with, and of how many nobody can say. */
export async function meantIn(
  ctx: Ctx,
  areaId: Id,
  ledger: Ledger,
  conditions: readonly Condition[],
): Promise<z.input<typeof meantView>> {
  const area = (await atlasOf(ctx)).get(areaId);
  const span = area ? { no: area.no, lastNo: area.lastNo } : { no: 0, lastNo: 0 };
  const all = area ? await countRecords(ctx, ledger.code, span) : 0;
  if (conditions.length === 0 || all === 0) return { many: all, unjudged: 0, lacking: [] };
  if (all > MOST_COUNTED) return { many: null, unjudged: 0, lacking: [] };
  const day = await today(ctx);
  const lacking = new Set<string>();
  let [many, unjudged] = [0, 0];
  for (let after: Id | null = null, isMore = true; isMore; ) {
    const rows = await listRecords(ctx, { ledger: ledger.code, span, after, most: PART });
    for (const { standing } of (await openRecords(ctx, rows)).values()) {
      const known = knownOn(standing.values, day);
      const open = unjudgedBy(known, conditions);
      if (meets(known, conditions)) many += 1;
      if (open.length > 0) unjudged += 1;
      for (const field of open) lacking.add(field);
    }
    after = rows.at(-1)?.id ?? null;
    isMore = rows.length === PART;
  }
  return { many, unjudged, lacking: [...lacking] };
}
