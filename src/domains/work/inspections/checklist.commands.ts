import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { atlasOf } from '../../land/areas/index.ts';
import { type ChecklistForm, checklistProblems, type Item } from './checklist.model.ts';
import { type ChecklistRow, findChecklist, insertChecklist } from './checklist.queries.ts';
import { hazardProblems } from './hazard.model.ts';
import type { HazardRow } from './hazard.queries.ts';

defineConstraints({ checklist_pkey: 'command.id_taken' });

/** A new list, or the next version of one; what was found by an earlier one stays as it was found. */
export async function publishChecklist(ctx: Ctx, form: ChecklistForm): Promise<{ checklistId: Id; version: number }> {
  const before = form.id === undefined ? undefined : await requireChecklist(ctx, form.id, null);
  if (new Set(form.items.map(({ text }) => text)).size < form.items.length)
    throw new Problem(checklistProblems['checklist.item_twice']);
  const [id, version] = [before?.id ?? ctx.ids.newId(), (before?.version ?? 0) + 1];
  const { sector, title, items } = form;
  insertChecklist(ctx, { id, version, sector, title, items, personId: me(ctx).personId, publishedAt: ctx.now });
  const scopeNo = (await atlasOf(ctx)).root?.no ?? 0;
  record(ctx, {
    kind: 'checklist.published',
    about: { kind: 'checklist', id, scopeNo, confidential: false },
    body: { version, sector, items: items.length },
  });
  return { checklistId: id, version };
}

export async function requireChecklist(ctx: Ctx, id: Id, version: number | null): Promise<ChecklistRow> {
  const list = await findChecklist(ctx, id, version);
  if (!list) throw new Problem(checklistProblems['checklist.not_found']);
  return list;
}

/** A line as its list had it in that version. */
export type ItemNamed = Item & { readonly checklist: string };

export async function requireItem(
  ctx: Ctx,
  { checklistId, version, code }: { checklistId: Id; version: number; code: string },
): Promise<ItemNamed> {
  const list = await findChecklist(ctx, checklistId, version);
  const item = list?.items.find((one) => one.code === code);
  if (!list || !item) throw new Problem(hazardProblems['hazard.no_item']);
  return { ...item, checklist: list.title };
}

/** Null: it was found without a list. */
export async function itemOf(
  ctx: Ctx,
  { checklistId, checklistVersion, item }: Pick<HazardRow, 'checklistId' | 'checklistVersion' | 'item'>,
): Promise<ItemNamed | null> {
  if (checklistId === null || checklistVersion === null || item === null) return null;
  return requireItem(ctx, { checklistId, version: checklistVersion, code: item });
}
