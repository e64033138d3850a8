import { html } from 'ghtml';
import type { z } from 'zod';
import type { draftDetail, draftView } from '../../domains/work/directives/draft.model.ts';
import { dayAndTime } from '../ui/time.ts';
import type { DeskFrame } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';

/** Notices that were begun and not sent: found again where they would be sent, and thrown away. */
export type Draft = z.output<typeof draftDetail>;
export type DraftLine = z.output<typeof draftView>;

const DRAFTS = '/console/directives/drafts';

export function draftsPanel(frame: DeskFrame, drafts: readonly DraftLine[], newId: () => string): string {
  if (drafts.length === 0) return '';
  const t = sayIn(frame.language);
  const lines = drafts.map(
    ({ id, title, savedAt }) =>
      html`<li><a href="/console/directives/new?draft=${id}">${title || t('（还没有标题）', '(no title yet)')}</a> <span class="soft small">${dayAndTime(savedAt, frame.zone, frame.language)}</span>
<details class="small"><summary>${t('扔掉', 'Throw away')}</summary><form method="post" action="${DRAFTS}/${id}/drop"><input type="hidden" name="commandId" value="${newId()}"><p>${t('扔掉了找不回来。', 'It cannot be brought back.')} <button>${t('扔掉这份草稿', 'Throw this draft away')}</button></p></form></details></li>`,
  );
  return html`<section class="panel"><h2>${t('还没下达的草稿', 'Drafts not sent yet')}</h2><p class="soft small">${t('只有您自己看得到。', 'Only you see them.')}</p><ul>!${lines}</ul></section>`;
}

/** Which draft a form carries on, and what it started from. */
export function draftFields(typed: Readonly<Record<string, string>>): string {
  const { draftId = '', draftVersion = '' } = typed;
  return draftId === ''
    ? ''
    : html`<input type="hidden" name="draftId" value="${draftId}"><input type="hidden" name="draftVersion" value="${draftVersion}">`;
}

/** It is kept as it stands, unfinished. */
export const draftButtons = (t: Say, isChangedElsewhere: boolean): string =>
  html`<button name="do" value="save" formnovalidate>${t('存成草稿', 'Keep as a draft')}</button>!${isChangedElsewhere ? html`<button name="do" value="save_other" formnovalidate>${t('存成另一份草稿', 'Keep as another draft')}</button>` : ''}`;
