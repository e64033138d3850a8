import { html } from 'ghtml';
import { type GivenQuestion, questionsForm } from '../../domains/land/registry/forms/form_shape.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { ledgers } from '../../domains/land/registry/ledgers.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { choiceFields } from './campaign_choice.pages.ts';
import { ASKING, type Preview, previewPanel } from './campaign_look.pages.ts';
import { CAMPAIGNS } from './campaigns.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { questionTable } from './form_questions.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice, type OwnTab } from './residents.pages.ts';

/** Opening a campaign: who, what, until when; looked at before anybody is sent. */
type Fields = Readonly<Record<string, string>>;

export interface NewShown {
  readonly ledger: Ledger;
  /** Those that the whole area keeps besides. */
  readonly own: readonly OwnTab[];
  readonly areas: readonly Choice[];
  readonly typed: Fields;
  readonly fault: Fault | null;
  readonly preview: Preview | null;
  readonly today: string;
  readonly newId: () => string;
}

/** What is visited: each kind with its own conditions and facts. */
function kindTabs({ language }: DeskFrame, { ledger, own, typed, areas }: NewShown): string {
  const area = typed.areaId ?? areas[0]?.id ?? '';
  const tab = (code: string, name: string, more: Readonly<Record<string, string>> = {}): string =>
    html`<a href="${CAMPAIGNS}/new?${new URLSearchParams({ ledger: code, ...more }).toString()}"!${code === ledger.code ? ' aria-current="page"' : ''}>${name}</a>`;
  const tabs = ledgers.map(({ code, says }) => tab(code, says.tab[language]));
  const theirs = own.map(({ code, name }) => tab(code, name, { areaId: area }));
  return html`<nav class="tabs many" aria-label="${sayIn(language)('走访什么', 'What is visited')}">!${tabs}!${theirs}</nav>`;
}

export function newCampaignPage(frame: DeskFrame, shown: NewShown): string {
  const t = sayIn(frame.language);
  const { ledger, typed, fault, preview, areas, today, newId } = shown;
  const value = (name: string): string => typed[name] ?? '';
  const input = (name: string, zh: string, en: string, more: string, soft = ''): string =>
    html`<label for="${name}">${t(zh, en)}!${soft === '' ? '' : html` <span class="soft">${soft}</span>`}</label><input id="${name}" name="${name}" value="${value(name)}" autocomplete="off" !${more}>`;
  return desk(
    frame,
    { zh: '发起走访', en: 'Open a campaign' },
    html`<p><a href="${CAMPAIGNS}">← ${t('走访', 'Campaigns')}</a></p>
<h1>${t('发起走访', 'Open a campaign')}</h1>
!${faultBox(fault)}
!${preview === null ? '' : previewPanel(frame, ledger, preview)}
!${kindTabs(frame, shown)}
<form id="${ASKING}" method="post" action="${CAMPAIGNS}/new"><input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="ledger" value="${ledger.code}">
!${input('title', '叫什么', 'Its name', 'required minlength="2" maxlength="60"', t('手机上就显示这个名字，如：独居老人冬季探访', 'as phones show it'))}
!${input('purpose', '用来做什么', 'What it is for', 'required minlength="2" maxlength="200"', t('听到的只能用在这上面', 'what is heard is used for this only'))}
<label for="areaId">${t('哪个地方', 'Where')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, value('areaId') || (areas[0]?.id ?? ''))}</select>
!${choiceFields(ledger, typed, frame.language)}
!${leftOut(t, value('left'))}
!${typed.form === undefined ? linesBox(t, ledger, value('lines')) : formBox(frame, typed.form, preview !== null)}
<div class="asks"><div>!${input('rounds', '走几轮', 'Rounds', 'required inputmode="numeric" pattern="[0-9]{1,2}"')}</div>
<div><label for="dueOn">${t('第一轮什么时候走完', 'The first round by')}</label><input id="dueOn" name="dueOn" type="date" required min="${today}" value="${value('dueOn')}"></div></div>
<p class="ways"><button name="do" value="look" class="${preview === null ? 'primary' : ''}">${t('先看会问谁、哪些已经知道', 'Look first: whom, and what is known')}</button>!${preview === null ? '' : openButtons(t, ledger, preview)}</p></form>`,
  );
}

/** What a workbook asks of its people and this page has no box for: the list is longer than the table. */
const leftOut = (t: Say, left: string): string =>
  left === ''
    ? ''
    : html`<input type="hidden" name="left" value="${left}"><p class="near">▲ ${t(`那张表还要求“${left}”，这里选不了：名单会比那张表多，走访到不符合的也不会填进表里。`, `The workbook also wants “${left}”, which cannot be chosen here: the list is longer than the table.`)}</p>`;

/** Where of some all is known already, only the others are visited unless somebody wants all. */
function openButtons(t: Say, { says }: Ledger, { targets, toAsk }: Preview): string {
  const [all, left] = [targets, toAsk].map((count) => count.toLocaleString('en'));
  const { zh, en } = says.counted;
  const isPart = toAsk > 0 && toAsk < targets;
  const lacking = isPart
    ? html`<button name="do" value="open_lacking" class="primary">${t(`只走访还要问的，共 ${left} ${zh}`, `Visit only the ${left} ${en} left to ask`)}</button>`
    : '';
  const words = isPart
    ? t(`全部走访，共 ${all} ${zh}`, `Visit all ${all} ${en}`)
    : t(`发起，共 ${all} ${zh}`, `Open it: ${all} ${en}`);
  return html`!${lacking}<button name="do" value="open" class="${toAsk === targets ? 'primary' : ''}">${words}</button>`;
}

/** A line a question; or a workbook that somebody has made already. */
const linesBox = (t: Say, { code }: Ledger, lines: string): string =>
  html`<label for="lines">${t('问什么，一行一个问题', 'What to ask, a line each')} <span class="soft">${t('可选的答案写在括号里；行尾加 * 是必填', 'choices in brackets; * at the end: required')}</span></label>
<textarea id="lines" name="lines" rows="8" required maxlength="4000" aria-describedby="lines-how" placeholder="${code === 'residents' ? ofPeople : ofPlaces}">${lines}</textarea>
<p class="soft small" id="lines-how">${t('“→ ”开头的只在上一个问题答“是”时才问；“→ 没有人：需要谁来看望”只在答“没有人”时才问。台账里有的内容会自动认出来，知道的不再问。', 'A line that begins with → is only asked after yes; “→ nobody: who should come” only after that answer. What the ledger knows is recognised and not asked again.')}</p>
!${code === 'residents' ? html`<p class="small"><a href="${CAMPAIGNS}/xlsform">${t('手里有 XLSForm 问卷？用它出题', 'Have an XLSForm? Use its questions')}</a></p>` : ''}`;

/** Questions that came from a workbook: shown as they will be asked, unless the look above says them, and carried along. */
function formBox(frame: DeskFrame, form: string, isLooked: boolean): string {
  const t = sayIn(frame.language);
  const questions = questionsCarried(form);
  const said = t(
    `问卷里的 ${questions.length} 个问题，见上面。`,
    `The ${questions.length} questions of the workbook stand above.`,
  );
  return html`<input type="hidden" name="form" value="${form}">
<div class="panel">!${isLooked ? html`<p>${said}</p>` : questionTable(frame, questions)}
<p class="small"><a href="${CAMPAIGNS}/xlsform">${t('换一份 XLSForm', 'Another XLSForm')}</a> · <a href="${CAMPAIGNS}/new">${t('自己写问题', 'Write the questions')}</a></p></div>`;
}

/** What is no form is refused where it is asked for; here it is just not shown. */
export function questionsCarried(form: string): GivenQuestion[] {
  const read = questionsForm.safeParse(jsonIn(form));
  return read.success ? read.data : [];
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const ofPeople = [
  '联系电话*',
  '有没有人照看',
  '→ 谁来照看（子女、邻居、护工）',
  '→ 没有：需要谁来看望（志愿者、网格员）',
  '健康状况（良好、一般、有慢性病）',
].join('\n');
const ofPlaces = ['现在有没有人住*', '墙体有没有裂缝*', '→ 裂缝在哪里', '用电情况（正常、私拉乱接、线路老化）'].join(
  '\n',
);
