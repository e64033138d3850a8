import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { me } from '../../land/accounts/index.ts';
import type { carriedInspection } from './carried.model.ts';
import { requireChecklist } from './checklist.commands.ts';
import { inspectionsToGo } from './inspection.queries.ts';
import { targetLines } from './inspection.views.ts';

export interface CarriedInspection {
  readonly id: Id;
  readonly body: z.input<typeof carriedInspection>;
}

/** Those that go on and for which one was named: the places, and the lines of the checklist in the version that was given out. */
export async function inspectionsCarried(ctx: Ctx): Promise<CarriedInspection[]> {
  const open = await inspectionsToGo(ctx, me(ctx).personId);
  return Promise.all(
    open.map(async ({ id, title, onDay, confidential, checklistId, checklistVersion }): Promise<CarriedInspection> => {
      const list = await requireChecklist(ctx, checklistId, checklistVersion);
      const { version, sector, title: called, items } = list;
      const places = (await targetLines(ctx, id)).map((line) => ({
        ...{ id: line.id, area: line.area, name: line.name, result: line.result, by: line.by },
        lookedAt: line.lookedAt?.toISOString() ?? null,
      }));
      const lines = items.map(({ code, text, counts, grade, limit }) => ({ code, text, counts, grade, limit }));
      const shown = { id: list.id, version, sector, title: called, items: lines };
      return { id, body: { title, onDay, announced: !confidential, list: shown, places } };
    }),
  );
}
