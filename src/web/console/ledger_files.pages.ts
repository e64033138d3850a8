import { html } from 'ghtml';
import type { z } from 'zod';
import {
  type batchView,
  type Stage,
  stageWords,
  verdicts,
  verdictWords,
} from '../../domains/land/registry/ledger.model.ts';
import { ledgers } from '../../domains/land/registry/ledgers.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { DROP, dropHint } from './drop.pages.ts';
import { ledgerAmong, ledgerShown } from './ledger.words.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, FILES, listOf, type OwnTab, titleOf } from './residents.pages.ts';

/** Spreadsheets for the ledger: sending one, and those that were sent. */
export type LedgerFile = z.output<typeof batchView>;

export const filesTitle = { zh: '导入表格', en: 'Import spreadsheets' };

export interface FilesShown {
  readonly files: readonly LedgerFile[];
  readonly areas: readonly Choice[];
  /** The one that was looked at before. */
  readonly area: Choice | undefined;
  readonly own: readonly OwnTab[];
  /** From whose list one came; null: from nowhere. */
  readonly ledger: string | null;
  readonly today: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function filesPage(frame: DeskFrame, shown: FilesShown): string {
  const t = sayIn(frame.language);
  const { files, fault } = shown;
  const from = ledgerAmong(shown.own, shown.ledger ?? undefined);
  return desk(
    frame,
    filesTitle,
    html`<p><a href="${listOf(from.code)}">← ${titleOf(from, frame)}</a></p>
<h1>${t('导入表格', 'Import a spreadsheet')}</h1>
!${faultBox(fault)}
!${sendForm(frame, shown)}
<h2>${t('传过的文件', 'Files sent')} <span class="soft">${files.length}</span></h2>
!${files.length === 0 ? html`<p class="soft">${t('还没有传过。', 'None yet.')}</p>` : html`<ul class="parts">!${files.map((file) => fileLine(file, frame))}</ul>`}`,
    DROP,
  );
}

function sendForm(frame: DeskFrame, { areas, area, own, today, typed, ledger, newId }: FilesShown): string {
  const t = sayIn(frame.language);
  const chosen = typed.ledger ?? ledger ?? 'best';
  const choices = [
    { code: 'best', name: t('看表头来定', 'By its labels') },
    ...ledgers.map((one) => ({ code: one.code as string, name: titleOf(one, frame) })),
    ...own.filter(({ retiredAt }) => retiredAt === null),
  ];
  const options = choices.map(
    ({ code, name }) => html`<option value="${code}"!${code === chosen ? ' selected' : ''}>${name}</option>`,
  );
  return html`<form method="post" action="${FILES}" enctype="multipart/form-data" data-drop><input type="hidden" name="commandId" value="${newId()}">
<p>${t('手里是什么样的表就传什么样的：标题行、合并的表头、合计行都不用删。先核对给您看，您按“入账”之前台账不变。', 'Send it as it is: titles, merged headers and totals may stay. It is looked over and shown to you; the ledger stays as it is until you take it in.')}</p>
<label for="ledger">${t('进哪本台账', 'For which ledger')}</label><select id="ledger" name="ledger">!${options}</select>
<label for="areaId">${t('是哪个地方的', 'Of which area')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, typed.areaId ?? area?.id ?? areas[0]?.id ?? '')}</select>
<label for="toldOn">${t('表里说的是哪一天的情况', 'The day of which it tells')} <span class="soft">${t('旧表请填旧日期：比它新的内容不会被盖掉', 'an old file gets its old day: what is fresher is not overwritten')}</span></label><input id="toldOn" name="toldOn" type="date" required min="1900-01-01" max="${today}" value="${typed.toldOn ?? today}">
<label for="file">${t('表格文件', 'The file')} <span class="soft">${t('xlsx、xls、ods、csv，最多 20 MB', 'xlsx, xls, ods, csv, at most 20 MB')}</span></label><input id="file" name="file" type="file" accept=".xlsx,.xls,.xlsm,.ods,.csv,.et" required>
!${dropHint(t)}
<p><button class="primary">${t('传上去核对', 'Send it to be looked over')}</button></p></form>`;
}

const tones: Readonly<Record<Stage, string>> = {
  looking: 'near',
  looked: 'near',
  taking: 'near',
  taken: 'settled',
  undoing: 'near',
  undone: 'soft',
  dropped: 'soft',
};
const marks: Readonly<Record<Stage, string>> = {
  ...{ looking: '○', looked: '●', taking: '○', undoing: '○' },
  ...{ taken: '✓', undone: '↩', dropped: '–' },
};

export const stageSaid = ({ stage }: Pick<LedgerFile, 'stage'>, { language }: DeskFrame): string =>
  html`<span class="${tones[stage]}">${marks[stage]} ${stageWords[stage][language]}</span>`;

export const fileNamed = ({ fileName }: Pick<LedgerFile, 'fileName'>, t: Say): string =>
  fileName ?? t('（原文件已不再保存）', '(the file is not kept any more)');

function fileLine(file: LedgerFile, frame: DeskFrame): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { id, area, rows, counts, sentBy, sentAt, toldOn } = file;
  const ledger = titleOf(ledgerShown(file), frame);
  const said = verdicts.flatMap((verdict) => {
    const n = counts[verdict] ?? 0;
    return n === 0 ? [] : [`${verdictWords[verdict][language]} ${n.toLocaleString('en')}`];
  });
  return html`<li><h3>${fileNamed(file, t)}<br>!${stageSaid(file, frame)}</h3>
<div><p>${ledger} · ${area} · ${t(`${rows.toLocaleString('en')} 行`, `${rows.toLocaleString('en')} rows`)}</p><p>${said.join(t('，', ', '))}</p><p class="soft small">${sentBy} ${dayAndTime(sentAt, zone, language)} · ${t(`说的是 ${toldOn} 的情况`, `as of ${toldOn}`)}</p></div>
<p><a href="${FILES}/${id}" aria-label="${t('打开', 'Open')} ${fileNamed(file, t)}">${t('打开', 'Open')}</a></p></li>`;
}
