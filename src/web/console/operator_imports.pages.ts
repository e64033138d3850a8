import { html } from 'ghtml';
import type { z } from 'zod';
import { type batchView, MOST_REFUSALS, type verdictView } from '../../domains/work/imports/verdict.model.ts';
import type { Language } from '../../kernel/words.ts';
import { ago, dayAndTime } from '../ui/time.ts';
import type { DeskFrame } from './console.pages.ts';
import { operatorPage, type Told, words } from './operator.pages.ts';
import { undoPart } from './operator_undo.pages.ts';

/** Files that were imported: what became of their rows, and how to take one back. */
type Batch = z.output<typeof batchView>;
export type Verdicts = z.output<typeof verdictView>;

const NOTHING = { fault: null, done: null };
const SHOWN = 200;

function stateOf(batch: Batch, frame: DeskFrame): readonly [tone: string, says: string] {
  const t = words(frame);
  const { stage, gone, stays, of } = batch.undo;
  if (batch.undoneAt !== null) return ['soft', t('已撤回', 'withdrawn')];
  if (stage === 'undoing') {
    const far = (gone ?? 0) + (stays ?? 0);
    return ['near', t(`○ 正在撤回 ${far} / ${of}`, `○ being taken back ${far} of ${of}`)];
  }
  if (batch.finishedAt !== null) return ['settled', t('✓ 导完了', '✓ done')];
  const { done, rowCount } = batch;
  if (done === null || rowCount === null) return ['near', t('○ 没有导完', '○ not finished')];
  return ['near', t(`○ 已看 ${done} / ${rowCount} 行`, `○ ${done} of ${rowCount} rows`)];
}

/** A file imported before verdicts were kept says so; that is no zero. */
function figures(batch: Batch, frame: DeskFrame): string {
  const t = words(frame);
  const { created, changed, same, refused, brought } = batch;
  if (created === null)
    return batch.finishedAt === null
      ? t(`已收下 ${brought} 件`, `${brought} cases taken in so far`)
      : t(
          `收下 ${brought} 件；当时没有记下每一行的结果`,
          `${brought} cases; what became of each row was not noted then`,
        );
  return t(
    `新建 ${created}，更新 ${changed}，未变 ${same}，未导入 ${refused}`,
    `${created} created, ${changed} changed, ${same} the same, ${refused} refused`,
  );
}

export function importsPage(frame: DeskFrame, batches: readonly Batch[]): string {
  const t = words(frame);
  const { language, zone, now } = frame;
  const line = (batch: Batch): string => {
    const [tone, says] = stateOf(batch, frame);
    return html`<li><h3>${batch.source}<br><span class="${tone}">${says}</span></h3>
<div><p>${figures(batch, frame)}</p><p class="soft small">${t('开始', 'begun')} ${dayAndTime(batch.begunAt, zone, language)} · ${ago(batch.begunAt, now, language)}</p></div>
<p><a href="/console/operator/imports/${batch.id}">${t('看结果', 'Open')}</a></p></li>`;
  };
  return operatorPage(
    frame,
    '/imports',
    NOTHING,
    html`<p>${t('导入在服务器上用命令做：', 'Files are imported by a command on the server: ')}<span class="code">jingwei import casefiles ${t('文件', 'FILE')} --map ${t('对照表', 'MAP')} --dry-run</span></p>
<p class="soft">${t('先试算，再去掉 --dry-run。要停下按 Ctrl-C，已写入的保留；再运行一次接着导，不会重复。', 'Try it first, then leave out --dry-run. Ctrl-C stops it; what was written stays, and the next run goes on without repeating.')}</p>
!${batches.length === 0 ? html`<p>${t('还没有导入过。', 'Nothing was imported yet.')}</p>` : html`<ul class="parts">!${batches.map(line)}</ul>`}`,
  );
}

/** `typed`: the words of an undo that was refused. */
export function importPage(
  frame: DeskFrame,
  batch: Verdicts,
  told: Told,
  { typed, newId }: { readonly typed: string; readonly newId: () => string },
): string {
  const t = words(frame);
  const { language, zone } = frame;
  const [tone, says] = stateOf(batch, frame);
  const running = batch.finishedAt === null && batch.undoneAt === null;
  return operatorPage(
    frame,
    '/imports',
    told,
    html`<p><a href="/console/operator/imports">← ${t('导入', 'Imports')}</a></p>
<h2>${batch.source} <span class="${tone}">${says}</span></h2>
<p>${figures(batch, frame)}</p>
!${running && batch.rowCount !== null ? html`<p><label for="far">${t('进度', 'Progress')}</label><progress id="far" max="${batch.rowCount}" value="${batch.done ?? 0}"></progress> <a href="/console/operator/imports/${batch.id}">${t('再看一次', 'Look again')}</a></p>` : ''}
<p class="soft small">${t('开始', 'begun')} ${dayAndTime(batch.begunAt, zone, language)}!${batch.finishedAt === null ? '' : html` · ${t('导完', 'done')} ${dayAndTime(batch.finishedAt, zone, language)}`}!${batch.undoneAt === null ? '' : html` · ${t('撤回', 'withdrawn')} ${dayAndTime(batch.undoneAt, zone, language)}`}</p>
!${refusedPart(frame, batch)}
!${undoPart(frame, batch, typed, newId)}`,
  );
}

function refusedPart(frame: DeskFrame, { id, refused, refusals }: Verdicts): string {
  const t = words(frame);
  if (refused === null) return '';
  if (refused === 0)
    return html`<h2>${t('没有导入的行', 'Refused rows')} <span class="soft">0</span></h2><p>${t('每一行都导入了。', 'Every row was taken in.')}</p>`;
  const more =
    refused > SHOWN
      ? html`<p class="soft">${t(`下面是前 ${SHOWN} 行，全部请下载${refused > MOST_REFUSALS ? `（只留前 ${MOST_REFUSALS} 行：多半是对照表不对）` : ''}。`, `The first ${SHOWN} rows; download them all${refused > MOST_REFUSALS ? ` (only ${MOST_REFUSALS} were kept: most likely the map is wrong)` : ''}.`)}</p>`
      : '';
  return html`<h2>${t('没有导入的行', 'Refused rows')} <span class="soft">${refused}</span></h2>
<p>${t('在文件里改好这些行，再导一次：已导入的不会重复。', 'Mend these rows in the file and run it again: what was taken in is not repeated.')} <a href="/console/operator/imports/${id}/refused.csv">${t('下载（csv）', 'Download (csv)')}</a></p>!${more}
<ul class="parts">!${refusals.slice(0, SHOWN).map(({ rowNo, columnName, says, hint }) => html`<li><h3>${t(`第 ${rowNo} 行`, `row ${rowNo}`)}!${columnName === '' ? '' : html`<br><span class="soft small">${columnName}</span>`}</h3><div><p>${says[frame.language]}</p><p class="soft small">${hint[frame.language]}</p></div></li>`)}</ul>`;
}

/** A cell that begins like a formula is a text all the same. */
const cell = (text: string | number): string =>
  `"${String(text)
    .replace(/^[=+\-@\t\r]/, "'$&")
    .replaceAll('"', '""')}"`;

export function refusedCsv(refusals: Verdicts['refusals'], language: Language): string {
  const head = language === 'zh' ? ['行', '列', '原因', '怎么办'] : ['row', 'column', 'why', 'what to do'];
  return csvOf(
    head,
    refusals.map(({ rowNo, columnName, says, hint }) => [rowNo, columnName, says[language], hint[language]]),
  );
}

export function keptCsv(kept: Verdicts['kept'], language: Language): string {
  const head = language === 'zh' ? ['来源编号', '案卷', '原因'] : ['number at the source', 'case', 'why'];
  const secret = language === 'zh' ? '保密' : 'confidential';
  return csvOf(
    head,
    kept.map(({ key, number, says }) => [key, number ?? secret, says[language]]),
  );
}

/** With a mark in front, by which spreadsheets know that it is UTF-8. */
const csvOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
