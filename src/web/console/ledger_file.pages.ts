import { html } from 'ghtml';
import type { z } from 'zod';
import { type batchDetail, type Verdict, verdictWords } from '../../domains/land/registry/ledger.model.ts';
import { requiredIn } from '../../domains/land/registry/ledgers.model.ts';
import type { Words } from '../../kernel/words.ts';
import { n } from '../ui/count.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { ledgerAsked, ledgerShown, rowWords, valueWords } from './ledger.words.ts';
import { columnsPart } from './ledger_columns.pages.ts';
import { fileNamed, filesTitle, stageSaid } from './ledger_files.pages.ts';
import { freshPart } from './ledger_fresh.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { doneBox, FILES, titleOf } from './residents.pages.ts';

/** One spreadsheet: what will become of its rows, what is to be mended, and taking it in or back. */
export type LedgerFileDetail = z.output<typeof batchDetail>;
type Row = LedgerFileDetail['told'][number];

export interface FileShown {
  readonly file: LedgerFileDetail;
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly newId: () => string;
}

/** Something goes on behind the page, which then asks for itself again. */
export const isBusy = ({ stage }: Pick<LedgerFileDetail, 'stage'>): boolean =>
  stage === 'looking' || stage === 'taking' || stage === 'undoing';

export function filePage(frame: DeskFrame, shown: FileShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { file, fault, done } = shown;
  const { area, sentBy, sentAt, takenAt, toldOn } = file;
  const taken = takenAt === null ? '' : ` · ${t('入账', 'taken in')} ${dayAndTime(takenAt, zone, language)}`;
  return desk(
    frame,
    filesTitle,
    html`<p><a href="${FILES}">← ${filesTitle[language]}</a></p>
<h1>${fileNamed(file, t)}</h1>
<p>!${stageSaid(file, frame)}</p>
<p class="soft small">${titleOf(ledgerShown(file), frame)} · ${area} · ${sentBy} ${dayAndTime(sentAt, zone, language)} · ${t(`说的是 ${toldOn} 的情况`, `as of ${toldOn}`)}${taken}</p>
!${faultBox(fault)}!${doneBox(done)}
!${isBusy(file) ? busyPart(file, t) : file.fresh !== null ? freshPart(file, file.fresh, language) : html`!${betterPart(frame, shown)}!${outcome(frame, file)}!${acts(frame, shown)}!${rowsPart(frame, file)}!${columnsPart(frame, shown)}`}`,
  );
}

function busyPart({ id, stage, rows }: LedgerFileDetail, t: Say): string {
  const n = rows.toLocaleString('en');
  const says =
    stage === 'looking'
      ? t(`正在核对 ${n} 行，台账还没有变`, `${n} rows are being looked over; the ledger is as it was`)
      : stage === 'taking'
        ? t('正在一批一批入账', 'Being taken in, some hundred rows at a time')
        : t('正在一批一批撤回', 'Being taken back, some hundred rows at a time');
  return html`<div class="panel" role="status"><h2>${says}</h2><p>${t('好了这一页自己更新。可以先去做别的，回来再看。', 'This page renews itself when it is done. You may leave and come back.')} <a href="${FILES}/${id}">${t('再看一次', 'Look again')}</a></p></div>`;
}

/** Sent for one ledger, and made for another: with one button it is looked over for that one. */
function betterPart(frame: DeskFrame, { file, newId }: FileShown): string {
  const { better, id } = file;
  if (better === null || !file.can.some(({ act, allowed }) => act === 'turn' && allowed)) return '';
  const t = sayIn(frame.language);
  const [now, other] = [ledgerShown(file), ledgerAsked(better)];
  const says = t(
    `这张表的列更像${other.says.sheet.zh}，现在按${now.words.zh}核对。`,
    `Its columns look more like a ${other.says.sheet.en}; it was looked over for the ledger of ${now.words.en}.`,
  );
  return html`<form method="post" action="${FILES}/${id}/ledger" class="panel"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="ledger" value="${better}"><p><span class="near">●</span> ${says}</p><p><button>${t(`改按${other.words.zh}核对`, `Look it over for ${other.words.en}`)}</button> <span class="soft">${t('台账还没有变', 'no ledger has changed yet')}</span></p></form>`;
}

/** What each verdict means for the ledger. */
const meaning: Readonly<Record<Verdict, Words>> = {
  new: { zh: '台账里原来没有', en: 'not in the ledger before' },
  changed: { zh: '按表更新', en: 'updated from the file' },
  same: { zh: '不用动', en: 'nothing to do' },
  refused: { zh: '不入账，改好再传', en: 'not taken in; mend and send again' },
  duplicate: { zh: '只入第一次出现的', en: 'the first of them counts' },
  conflict: { zh: '台账里的更新，不动', en: 'the ledger is fresher and stays' },
  elsewhere: { zh: '不入账', en: 'not taken in' },
};
const order: readonly Verdict[] = ['new', 'changed', 'same', 'refused', 'duplicate', 'conflict', 'elsewhere'];
const always: readonly Verdict[] = ['new', 'changed', 'refused'];

function outcome({ language }: DeskFrame, { id, stage, counts }: LedgerFileDetail): string {
  const card = (verdict: Verdict): string => {
    const n = counts[verdict] ?? 0;
    if (n === 0 && !always.includes(verdict)) return '';
    const tone = verdict === 'refused' && n > 0 ? 'late' : '';
    const shown = html`<span class="${tone}">${n.toLocaleString('en')}</span>`;
    const opened =
      verdict === 'new' && stage === 'looked' && n > 0
        ? html`<a href="${FILES}/${id}?fresh=0" aria-label="${sayIn(language)(`看新增的 ${n} 人`, `See the ${n} who are new`)}">!${shown}</a>`
        : shown;
    return html`<div><dt>${verdictWords[verdict][language]}</dt><dd>!${opened}<small>${meaning[verdict][language]}</small></dd></div>`;
  };
  return html`<dl class="figures counts">!${order.map(card)}</dl>`;
}

type Act = LedgerFileDetail['can'][number]['act'];

function acts({ language }: DeskFrame, { file, newId }: FileShown): string {
  const t = sayIn(language);
  const { id, stage, counts, fileName } = file;
  const unit = ledgerShown(file).says.counted.zh;
  const [fresh, changed] = [counts.new ?? 0, counts.changed ?? 0];
  const button = (act: Act, words: string, tone: string): string => {
    const { allowed = false, why = null } = file.can.find((one) => one.act === act) ?? {};
    if (!allowed)
      return html`<p><button disabled aria-describedby="no-${act}">${words}</button> <span class="soft" id="no-${act}">${why?.[language] ?? ''}</span></p>`;
    return html`<form method="post" action="${FILES}/${id}/${act}"><input type="hidden" name="commandId" value="${newId()}"><p><button class="${tone}">${words}</button> <span class="soft">${meant[act]?.[language] ?? ''}</span></p></form>`;
  };
  const marked = (counts.refused ?? 0) > 0 && fileName !== null ? markedFile(file, t) : '';
  // What was put away or taken back is over; one sentence says it, no row of dead buttons.
  if (stage === 'dropped' || stage === 'undone')
    return html`!${marked}<p>${stage === 'dropped' ? t('台账没有变。要用这张表，请重新传。', 'The ledger is as it was. To use the file, send it again.') : t('这个文件带来的已经去掉，之后别人改的都还在。要再用，请重新传。', 'What it brought is gone; what others changed since stands. To use the file, send it again.')}!${keptWords(file.kept, unit, t)}</p>`;
  const same = counts.same ?? 0;
  const confirmed = same > 0 ? t(`，确认 ${same} ${unit}`, `, ${same} confirmed`) : '';
  const take = t(
    `入账：新增 ${fresh} ${unit}，更新 ${changed} ${unit}${confirmed}`,
    `Take in: ${fresh} new, ${changed} updated${confirmed}`,
  );
  return html`<div class="panel">!${stage === 'taken' ? '' : html`!${button('take', take, 'primary')}!${button('drop', t('放下', 'Put it away'), '')}`}!${button('undo', t('整批撤回', 'Take it all back'), 'danger')}!${marked}</div>`;
}

const keptWords = (kept: number, unit: string, t: Say): string =>
  kept === 0
    ? ''
    : t(` 有 ${kept} ${unit}后来有人改过，整个留着。`, ` ${kept} stay whole, since somebody has worked on them.`);

/** It holds in full what the ledger shows covered: only whoever sent it has it back. */
function markedFile({ id, isMine, sentBy, wrongCells, counts: { refused = 0 } }: LedgerFileDetail, t: Say): string {
  if (!isMine)
    return html`<p class="soft">${t(`标好错的原文件只给传的人：${sentBy}。`, `The file with its marks goes back to whoever sent it: ${sentBy}.`)}</p>`;
  const where = t(`${n(refused)} 行`, `${n(refused)} rows`);
  const count =
    wrongCells === 0
      ? ''
      : html`<p><strong class="late">${t(`有 ${n(wrongCells)} 格要改`, `${n(wrongCells)} cells to mend`)}</strong>${t('，在', ', in ')} <a href="#refused">${where}</a>${t(' 里。', '.')}</p>`;
  return html`!${count}<p><a class="button" href="/api/ledger-files/${id}/marked">${t('下载标好的原文件', 'Download your file with the marks')}</a> <span class="soft">${t('还是您的表，错的格子标了颜色，旁边写着为什么；改好再传，只入改好的', 'your own file, wrong cells marked, with the reason beside; mend it and send it again')}</span></p>`;
}

const meant: Partial<Record<Act, Words>> = {
  drop: { zh: '不入账；文件存满 30 天自动删掉', en: 'nothing is taken in; the file is forgotten after 30 days' },
  undo: {
    zh: '它新增的人去掉，它改过的回到原来；之后别人改的不动',
    en: 'what it brought goes, what it changed is put back; later changes of others stand',
  },
  take: { zh: '30 天内可以整批撤回', en: 'it can be taken back for 30 days' },
};

const heads: readonly (readonly [Verdict, Words])[] = [
  ['refused', { zh: '要改的行', en: 'Rows to be mended' }],
  ['changed', { zh: '有改动（原来 → 表里）', en: 'Changes (old → new)' }],
  ['conflict', { zh: '与更新的说法不同，不动', en: 'Against something fresher, left alone' }],
  ['elsewhere', { zh: '登记在别处，不入账', en: 'Registered elsewhere, not taken in' }],
  ['duplicate', { zh: '表里重复', en: 'Twice in the file' }],
];

function rowsPart({ language }: DeskFrame, file: LedgerFileDetail): string {
  const t = sayIn(language);
  const parts = heads.map(([verdict, words]) => {
    const rows = file.told.filter((row) => row.verdict === verdict);
    if (rows.length === 0) return '';
    return html`<h2 id="${verdict}">${words[language]} <span class="soft">${(file.counts[verdict] ?? rows.length).toLocaleString('en')}</span></h2><ul class="parts told">!${rows.map((row) => rowLine(row, file, language))}</ul>`;
  });
  const last = file.told.at(-1);
  const more =
    file.toldMore && last
      ? html`<p class="ways"><span class="soft">${t(`这里到 ${rowWords(last.where, 'zh')} 为止。`, `This goes as far as ${rowWords(last.where, 'en')}.`)}</span><a href="${FILES}/${file.id}?after=${last.n}" rel="next">${t('看后面的行', 'The rows behind it')} →</a></p>`
      : '';
  return html`!${parts}!${more}`;
}

function rowLine(row: Row, file: LedgerFileDetail, language: DeskFrame['language']): string {
  const t = sayIn(language);
  const faults = row.faults.map(
    ({ column, says }) =>
      html`<p>!${column === null ? '' : html`<strong>${columnWords(row, column, file, t)}</strong> `}${says[language]}</p>`,
  );
  const changes = row.changes.map(({ field, name, from, to, taken }) => {
    const said = (value: string): string => valueWords(field, value, language);
    const old = from === null ? t('（没有）', '(nothing)') : said(from);
    const stays = taken
      ? ''
      : html` <span class="soft">${t('不改，台账里的更新', 'left alone: the ledger is fresher')}</span>`;
    return html`<p><strong>${name[language]}</strong> ${old} → ${said(to)}!${stays}</p>`;
  });
  return html`<li><h3>${row.name === '' ? t(`（没有${requiredIn(ledgerShown(file)).zh}）`, '(no name)') : row.name}<br><span class="soft small">${rowWords(row.where, language)}</span></h3><div>!${faults}!${changes}</div></li>`;
}

/** D 列（身份证号） */
function columnWords({ where }: Row, column: string, { tables }: LedgerFileDetail, t: Say): string {
  const [, sheet = '', no = ''] = /^(.*)!(\d+)$/.exec(where) ?? [];
  const there = tables.find((table) => table.isTaken && table.sheet === sheet && spans(table.range, Number(no)));
  const label = there?.columns.find((one) => one.column === column)?.path ?? '';
  return label === ''
    ? t(`${column} 列`, `column ${column}`)
    : t(`${column} 列（${label}）`, `column ${column} (${label})`);
}

/** Whether `A3:H40` holds a row. */
function spans(range: string, row: number): boolean {
  const [first = 0, last = first] = [...range.matchAll(/\d+/g)].map(Number);
  return first <= row && row <= last;
}
