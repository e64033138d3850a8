import { html } from 'ghtml';
import type { GivenQuestion } from '../../domains/land/registry/forms/form_shape.model.ts';
import type { ReadForm } from '../../domains/land/registry/forms/read_form.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { CAMPAIGNS } from './campaigns.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { DROP, dropHint } from './drop.pages.ts';
import { questionTable } from './form_questions.pages.ts';
import { type Say, sayIn } from './people.pages.ts';

/** An XLSForm at the desk: sent, looked over, and asked by a campaign. */
export const XLSFORM = `${CAMPAIGNS}/xlsform`;

export interface XlsformShown {
  readonly read: { readonly fileName: string; readonly form: ReadForm } | null;
  readonly fault: Fault | null;
}

export function xlsformPage(frame: DeskFrame, { read, fault }: XlsformShown): string {
  const t = sayIn(frame.language);
  return desk(
    frame,
    { zh: '用 XLSForm 出题', en: 'Questions from an XLSForm' },
    html`<p><a href="${CAMPAIGNS}/new">← ${t('发起走访', 'Open a campaign')}</a></p>
<h1>${t('用 XLSForm 出题', 'Questions from an XLSForm')}</h1>
!${faultBox(fault)}
!${read === null ? '' : readPanel(frame, read.fileName, read.form)}
<form method="post" action="${XLSFORM}" enctype="multipart/form-data" data-drop>
<p>${t('上级或合作单位给的问卷，常是 XLSForm（ODK、KoboToolbox 用的表格）。传上来先看它成了哪些问题，收不下的逐格指出来；这一步什么也不保存。', 'Questionnaires often come as XLSForm, the spreadsheet of ODK and KoboToolbox. It is shown what it becomes, and what cannot be held, cell by cell; nothing is kept yet.')}</p>
<label for="file">${t('XLSForm 文件', 'The XLSForm')} <span class="soft">${t('xlsx、xls、ods、csv', 'xlsx, xls, ods, csv')}</span></label><input id="file" name="file" type="file" accept=".xlsx,.xls,.ods,.csv" required>
!${dropHint(t)}
<p><button class="${read === null ? 'primary' : ''}">${t('传上去看看', 'Look at it')}</button></p></form>`,
    DROP,
  );
}

function readPanel(frame: DeskFrame, fileName: string, { title, questions, remarks }: ReadForm): string {
  const t = sayIn(frame.language);
  const stops = remarks.filter((one) => one.stops);
  const others = remarks.filter((one) => !one.stops);
  const isUsable = stops.length === 0;
  return html`<div class="panel" role="status"><h2>${fileName}</h2>
<p>${t(`读出 ${questions.length} 个问题，${stops.length} 处收不下，${others.length} 处没有收。`, `${questions.length} questions; ${stops.length} cells cannot be held, ${others.length} are left out.`)}</p>
!${isUsable ? useForm(t, title, questions) : html`<p class="near">▲ ${t('有收不下的：照现在的样子问，就不是原来那份问卷了。请按下面的原因改好表格，再传一次。', 'What cannot be held would change the questionnaire. Change the workbook as said below and send it again.')}</p>`}
!${cellTable(frame, t('收不下的', 'Cannot be held'), stops)}
!${cellTable(frame, t('没有收的，不影响问什么', 'Left out, without changing what is asked'), others)}
!${questions.length === 0 ? '' : questionTable(frame, questions)}</div>`;
}

const useForm = (t: Say, title: string, questions: readonly GivenQuestion[]): string =>
  html`<form method="post" action="${CAMPAIGNS}/new"><input type="hidden" name="title" value="${title.slice(0, 60)}"><input type="hidden" name="rounds" value="1"><input type="hidden" name="form" value="${JSON.stringify(questions)}">
<p class="ways"><button name="do" value="form" class="primary">${t('用这些问题发起走访', 'Open a campaign with these questions')}</button></p></form>`;

function cellTable({ language }: DeskFrame, title: string, remarks: ReadForm['remarks']): string {
  if (remarks.length === 0) return '';
  const t = sayIn(language);
  const rows = remarks.map(
    ({ sheet, cell, found, says }) =>
      html`<tr><th scope="row">${sheet} ${cell}</th><td data-label="${t('写的是', 'It says')}">${found === '' ? t('（空的）', '(empty)') : found}</td><td data-label="${t('原因', 'Why')}">${says[language]}</td></tr>`,
  );
  return html`<h3>${title} <span class="soft">${remarks.length}</span></h3><table class="records"><thead><tr><th>${t('单元格', 'Cell')}</th><th>${t('写的是', 'It says')}</th><th>${t('原因', 'Why')}</th></tr></thead><tbody>!${rows}</tbody></table>`;
}
