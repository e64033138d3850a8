import { html } from 'ghtml';
import type { z } from 'zod';
import type { Condition } from '../../domains/land/registry/choice.model.ts';
import { type GivenQuestion, questionsForm } from '../../domains/land/registry/form_shape.model.ts';
import { nameOf } from '../../domains/land/registry/keeping.model.ts';
import type { previewView } from '../../domains/work/campaigns/campaign.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { CAMPAIGNS } from './campaigns.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { kinds, questionTable } from './form_questions.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import { areaOptions, type Choice } from './residents.pages.ts';

/** Opening a campaign: who, what, until when; looked at before anybody is sent. */
type Fields = Readonly<Record<string, string>>;
export type Preview = z.output<typeof previewView>;

export interface NewShown {
  readonly areas: readonly Choice[];
  readonly typed: Fields;
  readonly fault: Fault | null;
  readonly preview: Preview | null;
  readonly today: string;
  readonly newId: () => string;
}

/** Who is meant, as the page asks for it; what is left empty asks for nothing. */
export function conditionsIn(typed: Fields): Condition[] {
  const of = (name: string, field: string, is: Condition['is']): Condition[] => {
    const value = typed[name]?.trim() ?? '';
    return value === '' ? [] : [{ field, is, value }];
  };
  return [
    ...of('ageFrom', 'person.age', 'at_least'),
    ...of('ageTo', 'person.age', 'at_most'),
    ...of('sex', 'person.sex', 'equals'),
    ...of('alone', 'person.lives_alone', 'equals'),
    ...of('allowance', 'person.low_income', 'equals'),
    ...of('need', 'person.need', 'equals'),
  ];
}

export function newCampaignPage(frame: DeskFrame, shown: NewShown): string {
  const t = sayIn(frame.language);
  const { typed, fault, preview, areas, today, newId } = shown;
  const value = (name: string): string => typed[name] ?? '';
  const input = (name: string, zh: string, en: string, more: string, soft = ''): string =>
    html`<label for="${name}">${t(zh, en)}!${soft === '' ? '' : html` <span class="soft">${soft}</span>`}</label><input id="${name}" name="${name}" value="${value(name)}" autocomplete="off" !${more}>`;
  return desk(
    frame,
    { zh: '发起走访', en: 'Open a campaign' },
    html`<p><a href="${CAMPAIGNS}">← ${t('走访', 'Campaigns')}</a></p>
<h1>${t('发起走访', 'Open a campaign')}</h1>
!${faultBox(fault)}
!${preview === null ? '' : previewPanel(frame, preview)}
<form method="post" action="${CAMPAIGNS}/new"><input type="hidden" name="commandId" value="${newId()}">
!${input('title', '叫什么', 'Its name', 'required minlength="2" maxlength="60"', t('手机上就显示这个名字，如：独居老人冬季探访', 'as phones show it'))}
!${input('purpose', '用来做什么', 'What it is for', 'required minlength="2" maxlength="200"', t('听到的只能用在这上面', 'what is heard is used for this only'))}
<label for="areaId">${t('哪个地方', 'Where')}</label><select id="areaId" name="areaId" required>!${areaOptions(areas, value('areaId') || (areas[0]?.id ?? ''))}</select>
<fieldset><legend>${t('走访哪些人', 'Whom')} <span class="soft">${t('都空着就是所有人', 'all empty: everybody')}</span></legend><div class="asks">
<div>!${input('ageFrom', '年龄至少', 'Age at least', 'inputmode="numeric" maxlength="3"')}</div>
<div>!${input('ageTo', '年龄至多', 'Age at most', 'inputmode="numeric" maxlength="3"')}</div>
<div>!${select(
      t,
      'sex',
      '性别',
      'Sex',
      [
        ['male', '男', 'male'],
        ['female', '女', 'female'],
      ],
      value('sex'),
    )}</div>
<div>!${select(t, 'alone', '是否独居', 'Lives alone', yesNo, value('alone'))}</div>
<div>!${select(t, 'allowance', '是否低保', 'Minimum allowance', yesNo, value('allowance'))}</div>
<div>!${input('need', '困难类型', 'Need', 'maxlength="60"')}</div></div></fieldset>
!${typed.form === undefined ? linesBox(t, value('lines')) : formBox(frame, typed.form)}
<div class="asks"><div>!${input('rounds', '走几轮', 'Rounds', 'required inputmode="numeric" pattern="[0-9]{1,2}"')}</div>
<div><label for="dueOn">${t('第一轮什么时候走完', 'The first round by')}</label><input id="dueOn" name="dueOn" type="date" required min="${today}" value="${value('dueOn')}"></div></div>
<p class="ways"><button name="do" value="look" class="${preview === null ? 'primary' : ''}">${t('先看会问谁、哪些已经知道', 'Look first: whom, and what is known')}</button>!${preview === null ? '' : html`<button name="do" value="open" class="primary">${t(`发起，共 ${preview.targets.toLocaleString('en')} 人`, `Open it: ${preview.targets.toLocaleString('en')} people`)}</button>`}</p></form>`,
  );
}

/** A line a question; or a workbook that somebody has made already. */
const linesBox = (t: Say, lines: string): string =>
  html`<label for="lines">${t('问什么，一行一个问题', 'What to ask, a line each')} <span class="soft">${t('可选的答案写在括号里；行尾加 * 是必填', 'choices in brackets; * at the end: required')}</span></label>
<textarea id="lines" name="lines" rows="8" required maxlength="4000" aria-describedby="lines-how" placeholder="${example}">${lines}</textarea>
<p class="soft small" id="lines-how">${t('“→ ”开头的只在上一个问题答“是”时才问；“→ 没有人：需要谁来看望”只在答“没有人”时才问。台账里有的内容会自动认出来，知道的不再问。', 'A line that begins with → is only asked after yes; “→ nobody: who should come” only after that answer. What the ledger knows is recognised and not asked again.')}</p>
<p class="small"><a href="${CAMPAIGNS}/xlsform">${t('手里有 XLSForm 问卷？用它出题', 'Have an XLSForm? Use its questions')}</a></p>`;

/** Questions that came from a workbook: shown as they will be asked, and carried along. */
function formBox(frame: DeskFrame, form: string): string {
  const t = sayIn(frame.language);
  return html`<input type="hidden" name="form" value="${form}">
<div class="panel">!${questionTable(frame, questionsCarried(form))}
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

const example = [
  '联系电话*',
  '有没有人照看',
  '→ 谁来照看（子女、邻居、护工）',
  '→ 没有：需要谁来看望（志愿者、网格员）',
  '健康状况（良好、一般、有慢性病）',
].join('\n');
const yesNo = [
  ['yes', '是', 'yes'],
  ['no', '否', 'no'],
] as const;

const select = (
  t: Say,
  name: string,
  zh: string,
  en: string,
  options: readonly (readonly [code: string, zh: string, en: string])[],
  chosen: string,
): string =>
  html`<label for="${name}">${t(zh, en)}</label><select id="${name}" name="${name}"><option value="">${t('不限', 'any')}</option>!${options.map(([code, one, other]) => html`<option value="${code}"!${code === chosen ? ' selected' : ''}>${t(one, other)}</option>`)}</select>`;

function previewPanel({ language }: DeskFrame, { targets, areas, questions }: Preview): string {
  const t = sayIn(language);
  const n = (count: number): string => count.toLocaleString('en');
  const asked = questions.reduce((sum, { known }) => sum + targets - known, 0);
  const cells = targets * questions.length;
  const rows = questions.map((question) => {
    const { ask, widget, options = [], field, required, when, known, stale, alsoAskedBy } = question;
    const how = [kinds[widget][language], options.map(({ label }) => label).join('、')].filter(Boolean).join('：');
    const notes = [
      ...(when === undefined ? [] : [t('看上一个问题怎么答才问', 'only after an answer')]),
      ...(required ? [t('必填', 'required')] : []),
    ];
    const also = alsoAskedBy.map(
      (name) => html`<p class="near small">▲ ${t(`“${name}”也在问这个`, `“${name}” asks this too`)}</p>`,
    );
    const ours = field === undefined ? t('台账里没有', 'not in the ledger') : nameOf(field)[language];
    return html`<tr><th scope="row">${ask}!${also}</th><td data-label="${t('怎么答', 'How')}">${[how, ...notes].join(t('，', ', '))}</td><td data-label="${t('台账里的', 'In the ledger')}">${ours}</td><td class="number" data-label="${t('已经知道', 'Known')}">${n(known)}</td><td class="number" data-label="${t('太久要核实', 'Old')}">${n(stale)}</td><td class="number" data-label="${t('要问', 'To ask')}">${n(targets - known)}</td></tr>`;
  });
  return html`<div class="panel" role="status"><h2>${t(`会走访 ${n(targets)} 人`, `${n(targets)} people would be visited`)}</h2>
<p>${areas.map(({ area, targets: count }) => `${area} ${n(count)}`).join(t('，', ', '))}</p>
<p>${t(`一共 ${n(cells)} 格，台账里已有 ${n(cells - asked)} 格不用问，最多当面问 ${n(asked)} 格。`, `${n(cells)} cells: ${n(cells - asked)} are known, at most ${n(asked)} are asked.`)}</p>
<table class="records"><thead><tr>!${[t('问题', 'Question'), t('怎么答', 'How'), t('台账里的', 'In the ledger'), t('已经知道', 'Known'), t('太久要核实', 'Old'), t('要问', 'To ask')].map((name, i) => html`<th class="${i > 2 ? 'number' : ''}">${name}</th>`)}</tr></thead><tbody>!${rows}</tbody></table></div>`;
}
