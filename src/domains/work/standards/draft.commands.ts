import { Temporal } from 'temporal-polyfill';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { realmOf } from '../../../kernel/realm.ts';
import { differences } from './difference.model.ts';
import { draftProblems, type IssueForm } from './draft.model.ts';
import { type DraftRow, deleteDraft, findDraft, insertDraft } from './draft.queries.ts';
import { daysToIssue } from './draft.views.ts';
import { columns, versionIn } from './sheet.model.ts';
import type { SheetLine } from './sheet_cells.model.ts';
import { homesOf, placesOf, readTable } from './sheet_reading.model.ts';
import { publishStandard, standardProblems, standardsOf } from './standard.commands.ts';

defineConstraints({ standard_draft_pkey: 'standard.draft_exists' });

export interface SentTable {
  readonly fileName: string;
  readonly lines: readonly SheetLine[];
  /** The draft this is the mended table of; null: a first one. */
  readonly replaces: Id | null;
}

/** Keeps a table as the draft of the next version, refused rows and all, so that they can be mended. */
export async function keepDraft(ctx: Ctx, { fileName, lines, replaces }: SentTable) {
  const standards = await standardsOf(ctx);
  const base = standards.latest();
  refuseOther(lines[0]?.cells ?? [], base.version);
  const there = await findDraft(ctx);
  if (there && there.id !== replaces) throw new Problem(draftProblems['standard.draft_exists']);
  if (replaces !== null && !(await deleteDraft(ctx, replaces))) throw new Problem(draftProblems['standard.no_draft']);
  const id = ctx.ids.newId();
  const draftedBy = ctx.actor.kind === 'account' ? ctx.actor.personId : id;
  await insertDraft(ctx, { id, baseVersion: base.version, fileName, lines, draftedBy, draftedAt: ctx.now });
  const { rows, refused } = readTable(lines, { ...base, homes: homesOf(standards.all) });
  const body = { baseVersion: base.version, rows, refused: refused.length };
  record(ctx, { kind: 'standard.drafted', about: about(id), body });
  return { draftId: id, rows, refused: refused.length };
}

const about = (id: Id) => ({ kind: 'standard', id, scopeNo: 0, confidential: false });

/** A table without our columns, or of a version that is no longer the newest, is not read at all. */
function refuseOther(titles: readonly string[], version: number): void {
  const { missing } = placesOf(titles);
  if (missing.length > 0) {
    const named = (language: 'zh' | 'en'): string => missing.map((name) => columns[name][language]).join('、');
    throw new Problem(draftProblems['standard.columns_missing'], { columns: named('zh'), columnsEn: named('en') });
  }
  const from = titles.map(versionIn).find((found) => found !== null) ?? version;
  if (from !== version) throw new Problem(draftProblems['standard.older_table'], { from, version });
}

export async function discardDraft(ctx: Ctx, draftId: Id): Promise<{ draftId: Id }> {
  if (!(await deleteDraft(ctx, draftId))) throw new Problem(draftProblems['standard.no_draft']);
  record(ctx, { kind: 'standard.discarded', about: about(draftId), body: {} });
  return { draftId };
}

/** The draft becomes the next version, from a day on that has not passed. Open cases keep theirs. */
export async function issueDraft(ctx: Ctx, { draftId, title, source, validFrom }: IssueForm) {
  const draft = await findDraft(ctx);
  if (draft?.id !== draftId) throw new Problem(draftProblems['standard.no_draft']);
  const { base, read } = await readForIssue(ctx, draft);
  const from = await beginOf(ctx, validFrom);
  if (!(await deleteDraft(ctx, draftId))) throw new Problem(draftProblems['standard.no_draft']);
  const { majors, types } = read;
  return publishStandard(ctx, { title, source, majors, types, stages: base.stages, validFrom: from });
}

async function readForIssue(ctx: Ctx, draft: DraftRow) {
  const standards = await standardsOf(ctx);
  const base = standards.latest();
  if (base.version !== draft.baseVersion) throw new Problem(standardProblems['standard.published_meanwhile']);
  const read = readTable(draft.lines, { ...base, homes: homesOf(standards.all) });
  if (read.refused.length > 0) {
    const faults = read.refused.map(({ row, cell, says }) => ({ path: `rows.${row}.${cell}`, says }));
    throw new Problem(standardProblems['standard.rows_refused'], { count: read.refused.length }, faults);
  }
  if (differences(base, read).length === 0) throw new Problem(draftProblems['standard.nothing_changed']);
  return { base, read };
}

/** From now on when it is today: what was put on file this morning stays as it was judged. */
export async function beginOf(ctx: Ctx, day: string): Promise<Date> {
  const [{ today, earliest, latest }, { zone }] = await Promise.all([daysToIssue(ctx), realmOf(ctx)]);
  if (day < earliest || day > latest)
    throw new Problem(draftProblems['standard.date_wrong'], { day, earliest, latest });
  if (day === today) return ctx.now;
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}
