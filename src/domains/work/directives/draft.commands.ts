import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type EntryBody, record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { me } from '../../land/accounts/index.ts';
import { type draftDetail, type draftForm, draftProblems, type draftView, MOST_DRAFTS } from './draft.model.ts';
import { findDraft, holdDraft, insertDraft, listDrafts, removeDraft, saveDraftRow } from './draft.queries.ts';

type Kept = { draftId: Id; version: number };

/**
 * Keeps what was typed; of its words the journal holds nothing. Of one that is kept already it takes the place, if that is
 * still what this one started from.
 */
export async function saveDraft(ctx: Ctx, given: z.output<typeof draftForm>): Promise<Kept> {
  const { personId } = me(ctx);
  const { title, typed } = given;
  if (given.draftId === undefined) {
    if ((await listDrafts(ctx, personId, MOST_DRAFTS)).length >= MOST_DRAFTS)
      throw new Problem(draftProblems['directive_draft.too_many'], { most: MOST_DRAFTS });
    const id = ctx.ids.newId();
    insertDraft(ctx, { id, personId, title, typed, version: 1, begunAt: ctx.now, savedAt: ctx.now });
    tell(ctx, id, 'directive_draft.saved', { version: 1 });
    return { draftId: id, version: 1 };
  }
  const { id, version: now } = await heldDraft(ctx, given.draftId);
  if (given.version !== now) throw new Problem(draftProblems['directive_draft.changed']);
  const version = now + 1;
  saveDraftRow(ctx, { id, title, typed, version, savedAt: ctx.now });
  tell(ctx, id, 'directive_draft.saved', { version });
  return { draftId: id, version };
}

export async function dropDraft(ctx: Ctx, id: Id): Promise<{ draftId: Id }> {
  await heldDraft(ctx, id);
  removeDraft(ctx, id);
  tell(ctx, id, 'directive_draft.dropped', {});
  return { draftId: id };
}

/** What is sent is no draft any more. Whoever sends it a second time finds none, and nothing goes out twice. */
export async function spendDraft(ctx: Ctx, id: Id): Promise<void> {
  await heldDraft(ctx, id);
  removeDraft(ctx, id);
}

/** It lies in no area before it is sent. */
function tell(ctx: Ctx, id: Id, kind: string, body: EntryBody): void {
  record(ctx, { kind, about: { kind: 'directive_draft', id, scopeNo: 0, confidential: false }, body });
}

async function heldDraft(ctx: Ctx, id: Id) {
  const draft = await holdDraft(ctx, id, me(ctx).personId);
  if (!draft) throw new Problem(draftProblems['directive_draft.not_found']);
  return draft;
}

export async function readDraft(ctx: Ctx, id: Id): Promise<z.input<typeof draftDetail>> {
  const draft = await findDraft(ctx, id, me(ctx).personId);
  if (!draft) throw new Problem(draftProblems['directive_draft.not_found']);
  const { title, version, savedAt, typed } = draft;
  return { id, title, version, savedAt, typed: { ...typed } };
}

export const myDrafts = (ctx: Ctx): Promise<z.input<typeof draftView>[]> =>
  listDrafts(ctx, me(ctx).personId, MOST_DRAFTS);
