import { html } from 'ghtml';
import type { z } from 'zod';
import type { previewView, proposal, unitView } from '../../domains/work/directives/directive.model.ts';
import { eachWords } from '../../domains/work/directives/each.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { draftButtons, draftFields } from './directive_drafts.pages.ts';
import { DIRECTIVES, ITEMS } from './directives.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, doneBox } from './residents.pages.ts';

/** A notice pasted, what it was cut into beside it, line by line for a person to put right; then who gets what by when. */
type Fields = Readonly<Record<string, string>>;
export type Proposal = z.output<typeof proposal>;
export type Preview = z.output<typeof previewView>;
export type ShownUnit = z.output<typeof unitView>;

/** One line of the form, as it is typed. */
export interface Line {
  readonly keep: boolean;
  readonly number: string;
  readonly content: string;
  readonly measure: string;
  readonly lead: string;
  readonly supports: string;
  readonly dueOn: string;
  readonly lasting: boolean;
}

export interface NewShown {
  readonly areas: readonly Choice[];
  readonly units: readonly ShownUnit[];
  readonly typed: Fields;
  readonly lines: readonly Line[];
  readonly proposal: Proposal | null;
  readonly preview: Preview | null;
  readonly fault: Fault | null;
  readonly done: string | null;
  readonly isChangedElsewhere: boolean;
  readonly newId: () => string;
}

/** What was proposed, to begin with: names as they stand here where they are known, else as they are written. */
export const lineOf = ({ number, content, measure, lead, supports, due }: Proposal['items'][number]): Line => ({
  ...{ keep: true, number, content, measure },
  lead: lead?.unit?.name ?? (lead?.each ? eachWords[lead.each].zh : ''),
  supports: supports.flatMap(({ unit }) => unit?.name ?? []).join('、'),
  ...{ dueOn: due.on ?? '', lasting: due.kind === 'lasting' },
});

export function linesIn(typed: Fields): Line[] {
  const many = Math.min(Number(typed.count ?? '0') || 0, 120);
  return Array.from({ length: many }, (_, i) => {
    const of = (name: string): string => typed[`${name}_${i}`]?.trim() ?? '';
    return {
      ...{ keep: of('keep') !== '', number: of('number'), content: of('content'), measure: of('measure') },
      ...{ lead: of('lead'), supports: of('supports'), dueOn: of('dueOn'), lasting: of('lasting') !== '' },
    };
  });
}

export const emptyLine: Line = {
  ...{ keep: true, number: '', content: '', measure: '', lead: '', supports: '', dueOn: '', lasting: false },
};

export function newDirectivePage(frame: DeskFrame, shown: NewShown): string {
  const t = sayIn(frame.language);
  const { fault, done, proposal: cut, preview, lines, units, newId, typed, isChangedElsewhere } = shown;
  const isCut = cut !== null || lines.length > 0;
  return desk(
    frame,
    { zh: '贴一份文件', en: 'Paste a notice' },
    html`<p><a href="${DIRECTIVES}">← ${t('任务分解', 'Notices into tasks')}</a></p>
<h1>${t('贴一份文件，拆成任务', 'Paste a notice, cut it into tasks')}</h1>
!${doneBox(done)}!${faultBox(fault)}
!${preview === null ? '' : previewPanel(frame, preview)}
<form method="post" action="${DIRECTIVES}/new"><input type="hidden" name="commandId" value="${newId()}">!${draftFields(typed)}
!${headFields(t, shown)}
!${isCut ? '' : html`<p class="ways"><button name="do" value="cut" class="primary">${t('拆成事项，先看看', 'Cut it into items and look')}</button>!${draftButtons(t, isChangedElsewhere)}</p>`}
!${isCut ? html`<datalist id="units">!${[...Object.values(eachWords).map(({ zh }) => zh), ...units.map(({ name }) => name)].map((name) => html`<option value="${name}"></option>`)}</datalist><div class="cutting"><div>!${original(t, cut)}</div><div>!${linesPart(t, shown)}</div></div>` : ''}</form>`,
  );
}

function headFields(t: Say, { typed, areas, lines, proposal: cut }: NewShown): string {
  const value = (name: string): string => typed[name] ?? '';
  const input = (name: string, zh: string, en: string, more: string): string =>
    html`<div><label for="${name}">${t(zh, en)}</label><input id="${name}" name="${name}" value="${value(name)}" autocomplete="off" !${more}></div>`;
  const isCut = cut !== null || lines.length > 0;
  return html`<div class="asks">!${input('title', '标题', 'Title', 'required minlength="2" maxlength="120"')}!${input('number', '文号（没有就空着）', 'Its number, if any', 'maxlength="60"')}!${input('issuer', '发文单位', 'Issued by', 'required minlength="2" maxlength="60"')}!${input('datedOn', '发文日期', 'Dated', 'type="date" required')}<div><label for="areaId">${t('下达到哪个地方', 'For which area')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, value('areaId') || (areas[0]?.id ?? ''))}</select></div></div>
!${isCut ? html`<details><summary>${t('改原文重新拆（下面改过的会丢）', 'Change the text and cut anew (what was changed below is lost)')}</summary>!${textField(t, value('words'))}<p><button name="do" value="cut">${t('重新拆', 'Cut anew')}</button></p></details>` : textField(t, value('words'))}`;
}

const textField = (t: Say, words: string): string =>
  html`<label for="words">${t('把全文贴在这里', 'Paste the whole text here')} <span class="soft">${t('原样保存，一个字不改', 'kept as it is')}</span></label><textarea id="words" name="words" rows="14" maxlength="40000" required>${words}</textarea>`;

/** The text as pasted; what became an item bears its number, the rest stays readable beside it. */
function original(t: Say, cut: Proposal | null): string {
  if (cut === null) return '';
  const left = cut.pieces.filter(({ kind, raw }) => kind === 'left' && raw.trim() !== '').length;
  const pieces = cut.pieces.map(({ kind, raw, item }) =>
    item === null
      ? html`<span class="${kind === 'heading' ? 'heading' : 'soft'}">${raw}</span>`
      : html`<a class="cut" href="#item-${item}"><b>[${item + 1}]</b> ${raw}</a>`,
  );
  return html`<h2>${t('原文', 'The text')}</h2><p class="soft small">${t(`带方括号数字的成了事项；灰色的 ${left} 段没有当作事项，请看有没有漏的。`, `What bears a number became an item; ${left} grey pieces did not: see whether one is missing.`)}</p><div class="original panel">!${pieces}</div>`;
}

function linesPart(t: Say, { lines, proposal: cut, preview, fault, isChangedElsewhere }: NewShown): string {
  const nothing = t(
    '这段文字里没有读出要办的事。贴错了就改原文重新拆；确实有事，点“再加一项”自己写。',
    'Nothing to be done was found in this text. Change the text and cut anew, or add items yourself.',
  );
  const add = html`<button name="do" value="add" formnovalidate>${t('再加一项', 'One more item')}</button>`;
  if (lines.length === 0)
    return html`<h2>${t('没有拆出事项', 'No items')}</h2><input type="hidden" name="count" value="0"><p class="near">▲ ${nothing}</p><p class="ways">!${add}!${draftButtons(t, isChangedElsewhere)}</p>`;
  return html`<h2>${t(`拆成 ${lines.length} 项，逐项核对`, `${lines.length} items: look over each`)}</h2><input type="hidden" name="count" value="${lines.length}">
!${lines.map((line, i) => lineField(t, line, i, cut?.items[i], faultsOf(fault, i + 1)))}
<p class="ways">!${add}!${draftButtons(t, isChangedElsewhere)}<button name="do" value="look" class="${preview === null ? 'primary' : ''}">${t('看谁得到什么、什么时候办完', 'See who gets what by when')}</button>!${preview === null ? '' : html`<button name="do" value="send" class="primary">${t(`下达 ${preview.items} 项`, `Send ${preview.items} items`)}</button>`}</p>`;
}

/** What was refused of one line, to stand beside it too: the faults name their line in words. */
const faultsOf = (fault: Fault | null, place: number): string[] =>
  (fault?.errors ?? []).flatMap(({ field, says }) =>
    field.startsWith(`第 ${place} 项 `) || field.startsWith(`Item ${place},`) ? [says] : [],
  );

function lineField(
  t: Say,
  line: Line,
  i: number,
  proposed: Proposal['items'][number] | undefined,
  faults: readonly string[],
): string {
  const field = (name: keyof Line, zh: string, en: string, more = ''): string =>
    html`<div><label for="${name}_${i}">${t(zh, en)}</label><input id="${name}_${i}" name="${name}_${i}" value="${String(line[name])}" autocomplete="off" !${more}></div>`;
  const tick = (name: 'keep' | 'lasting', zh: string, en: string): string =>
    html`<label class="tick"><input type="checkbox" name="${name}_${i}" value="yes"!${line[name] ? ' checked' : ''}> ${t(zh, en)}</label>`;
  return html`<fieldset id="item-${i}" class="panel"><legend>${t(`第 ${i + 1} 项`, `Item ${i + 1}`)} <span class="soft small">${proposed?.under.join(' / ') ?? ''}</span></legend>
!${faults.length === 0 ? '' : html`<ul class="small" role="alert">!${faults.map((one) => html`<li class="late">▲ ${one}</li>`)}</ul>`}
!${proposed ? notes(t, proposed) : ''}
!${tick('keep', '下达这一项', 'Send this one')}
<input type="hidden" name="number_${i}" value="${line.number}">
<label for="content_${i}">${t('要办什么', 'What is to be done')}</label><textarea id="content_${i}" name="content_${i}" rows="4" maxlength="4000">${line.content}</textarea>
<div class="asks">!${field('lead', '牵头单位', 'Who leads', 'list="units"')}!${field('dueOn', '办完的期限', 'Done by', 'type="date"')}</div>
!${tick('lasting', '长期坚持，没有期限', 'For good, without a day')}
!${field('supports', '配合单位（几个就用、隔开）', 'Who helps (several: with 、 between)')}
!${field('measure', '办成标准（没有就空着）', 'Done when, if it says', 'maxlength="400"')}</fieldset>`;
}

/** How it was understood, and what was not. */
function notes(t: Say, { lead, due, doubts }: Proposal['items'][number]): string {
  const said = [
    ...doubts.map((words) => html`<li class="near">▲ ${t(words.zh, words.en)}</li>`),
    html`<li class="${due.kind === 'open' ? 'near' : 'soft'}">${due.kind === 'open' ? '▲ ' : ''}${t('期限', 'Deadline')}${due.written === null ? '' : `“${due.written}”`}：${t(due.how.zh, due.how.en)}</li>`,
    ...(lead === null || lead.unit === null || lead.unit.name === lead.written
      ? []
      : [
          html`<li class="soft">${t(`“${lead.written}”按“${lead.unit.name}”`, `“${lead.written}” taken as “${lead.unit.name}”`)}</li>`,
        ]),
  ];
  return html`<ul class="small">!${said}</ul>`;
}

function previewPanel({ language }: DeskFrame, { items, units }: Preview): string {
  const t = sayIn(language);
  const heads = [
    t('单位', 'Unit'),
    t('牵头', 'Leads'),
    t('配合', 'Helps'),
    t('最早的期限', 'First by'),
    t('长期的', 'For good'),
    t('手上没办完的', 'Open already'),
  ];
  const rows = units.map(({ id, name, leads, helps, firstDueOn, lasting, openAlready }) => {
    const open = openAlready === 0 ? '0' : html`<a href="${ITEMS}?unit=${id}&amp;only=open">${openAlready}</a>`;
    const cells = [String(leads), String(helps), firstDueOn ?? '—', String(lasting)];
    return html`<tr><th scope="row">${name}</th>!${cells.map((cell, i) => html`<td class="number" data-label="${heads[i + 1]}">${cell}</td>`)}<td class="number" data-label="${heads[5]}">!${open}</td></tr>`;
  });
  return html`<div class="panel" role="status"><h2>${t(`会下达 ${items} 项，给 ${units.length} 个单位`, `${items} items would go to ${units.length} units`)}</h2>
<p class="soft small">${t('还没有下达。牵头单位的待办里会多出这些事项，到期前会提醒，过期三天告诉上级。', 'Nothing is sent yet. Whoever leads finds them in their work, is reminded, and those above hear three days after the day.')}</p>
<table class="records"><thead><tr>!${heads.map((name, i) => html`<th class="${i > 0 ? 'number' : ''}">${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table></div>`;
}
