import { html } from 'ghtml';
import type { z } from 'zod';
import { type Limit, limitUnits, limitWords } from '../../domains/work/calendars/limit.model.ts';
import { type LimitChange, type limitsPreview, settable } from '../../domains/work/standards/desk_limits.model.ts';
import { type ApartName, apartNames, apartStage } from '../../domains/work/standards/stages.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type ShownStandard, stageWords } from './standards.pages.ts';

/** How long each desk has: set in a table, looked at, and issued as the next version of the standard. */
export type LimitsPreview = z.output<typeof limitsPreview>;

export interface LimitsShown {
  readonly standard: ShownStandard;
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly preview: LimitsPreview | null;
  readonly days: { readonly earliest: string; readonly latest: string };
  readonly hasDraft: boolean;
  readonly newId: () => string;
}

export const lanes = ['ordinary', 'urgent'] as const;
const laneWords = { ordinary: { zh: '一般', en: 'ordinary' }, urgent: { zh: '加急', en: 'urgent' } };
const apartWords: Readonly<Record<ApartName, Words>> = {
  channelAnswer: { zh: '答复留言', en: 'Answer a message of a channel' },
  hazardRecheck: { zh: '复查隐患', en: 'Look at a hazard again' },
  directiveAccept: { zh: '验收任务事项', en: 'Accept an item of a notice' },
  personRequest: { zh: '答复个人信息请求', en: 'Answer a request of a person' },
};

export function deskLimitsPage(frame: DeskFrame, shown: LimitsShown): string {
  const { language } = frame;
  const { standard, fault, preview, hasDraft } = shown;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return desk(
    frame,
    { zh: '各环节的时限', en: 'Limits of the desks' },
    html`<p><a href="/console/standards">← ${t('立案标准', 'Standards')}</a></p>
<h1>${t('各环节的时限', 'Limits of the desks')} <span class="soft">${t(`从第 ${standard.version} 版改起`, `made from version ${standard.version}`)}</span></h1>
<p class="soft">${t('改了就是立案标准的新的一版：小类、立案条件、提醒和升级都照旧。', 'A change is the next version of the standard: kinds of work, conditions and ladders stay as they are.')}</p>
!${hasDraft ? html`<p class="near">! ${t('有一份标准草稿没有发布；这里先发布，那份草稿就要重新导出再改。', 'There is a draft of the standard; once this is issued, that draft has to be made anew.')}</p>` : ''}
!${faultBox(fault)}
!${preview === null ? '' : previewPart(shown, preview, language)}
!${tablePart(shown, language)}`,
  );
}

function tablePart({ standard: { stages, version }, typed, preview }: LimitsShown, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const rows = settable.map(
    (stage) =>
      html`<tr><th scope="row">${stageWords[stage][language]}</th>!${lanes.map((lane) => html`<td data-lane="${laneWords[lane][language]}">!${limitInput(`${lane}.${stage}`, `${stageWords[stage][language]} ${laneWords[lane][language]}`, stages[lane][stage].limit, typed, language)}</td>`)}</tr>`,
  );
  const unsure = (one: { confidence: string }): string =>
    one.confidence === 'unsure' ? html`<span class="near small">? ${t('待核', 'unsure')}</span>` : '';
  const others = apartNames.map((name) => {
    const one = apartStage(stages, name);
    const words = apartWords[name][language];
    return html`<tr><th scope="row">${words}</th><td colspan="2">!${limitInput(name, words, one.limit, typed, language)}!${unsure(one)}</td></tr>`;
  });
  return html`<form method="post" action="/console/standards/limits/preview" class="panel"><h2>${preview === null ? t('改什么', 'What changes') : t('再改一改', 'Change it further')}</h2>
<input type="hidden" name="baseVersion" value="${version}">
<table class="limits"><thead><tr><th>${t('环节', 'Stage')}</th><th>${t('一般', 'Ordinary')}</th><th>${t('加急', 'Urgent')}</th></tr></thead><tbody>!${rows}!${others}</tbody></table>
<p class="soft">${t('处置的时限按立案条件，在标准表里改。', 'Handling has the limit of its filing condition, which is changed in the table of the standard.')}</p>
<p><button class="${preview === null ? 'primary' : ''}">${t('看看会怎样', 'Look what it would do')}</button> <span class="soft">${t('看不改动任何内容', 'looking changes nothing')}</span></p></form>`;
}

function limitInput(
  name: string,
  label: string,
  limit: Limit,
  typed: LimitsShown['typed'],
  language: Language,
): string {
  const unit = typed[`${name}.unit`] ?? limit.unit;
  const units = limitUnits.map((one) => ({
    one,
    says: limitWords({ amount: 2, unit: one })[language].replace(/^2 /, ''),
  }));
  return html`<div class="limit"><input name="${name}.amount" type="number" min="1" max="3660" required aria-label="${label}" value="${typed[`${name}.amount`] ?? limit.amount}">
<select name="${name}.unit" aria-label="${label} ${language === 'zh' ? '单位' : 'unit'}">!${units.map(({ one, says }) => html`<option value="${one}" !${one === unit ? 'selected' : ''}>${says}</option>`)}</select></div>`;
}

function previewPart(
  { typed, days, newId }: LimitsShown,
  { changes, staying, unregistered }: LimitsPreview,
  language: Language,
): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const sum = staying.reduce((all, { open }) => all + open, 0);
  const kept = Object.keys(typed).filter((name) =>
    ['baseVersion', ...lanes, ...apartNames].some((one) => name === one || name.startsWith(`${one}.`)),
  );
  const name = ({ stage, lane }: LimitChange): string =>
    isApart(stage) ? apartWords[stage][language] : `${stageWords[stage][language]}（${laneWords[lane][language]}）`;
  return html`<section class="panel" aria-labelledby="would"><h2 id="would">${t(`改 ${changes.length} 处`, `${changes.length} changes`)}</h2>
<ul>!${changes.map((one) => html`<li><strong>${name(one)}</strong> ${limitWords(one.was)[language]} → <strong>${limitWords(one.becomes)[language]}</strong></li>`)}</ul>
<ul><li>${t(`在办的 ${sum} 件照立案时的那一版，各环节时限不变`, `${sum} open cases keep the version they were filed under, and its limits`)}</li>
<li>${t(`现在还没有立案的 ${unregistered} 件，已经在走的时限不变；施行以后的环节按新的一版`, `${unregistered} reports are not on file yet: clocks that run stay; what begins after that day has the new limits`)}</li></ul>
<form method="post" action="/console/standards/limits"><input type="hidden" name="commandId" value="${newId()}">!${kept.map((field) => html`<input type="hidden" name="${field}" value="${typed[field] ?? ''}">`)}
<label for="title">${t('这一版叫什么', 'What it is called')}</label><input id="title" name="title" required maxlength="100" value="${typed.title ?? ''}" autocomplete="off">
<label for="source">${t('依据哪个文件', 'By which document')} <span class="soft">${t('如 县政办〔2026〕3 号', 'its number')}</span></label><input id="source" name="source" required maxlength="200" value="${typed.source ?? ''}" autocomplete="off">
<label for="validFrom">${t('从哪天起施行', 'Holds from')} <span class="soft">${t(`${days.earliest} 到 ${days.latest}；写今天就从发布时起`, `${days.earliest} to ${days.latest}; today means from now on`)}</span></label><input id="validFrom" name="validFrom" type="date" required value="${typed.validFrom ?? days.earliest}">
<p class="soft">${t('发布后不能改、不能收回，只能再发一版。', 'Once issued it cannot be changed or taken back, only followed by another.')}</p>
<p><button class="primary">${t(`发布，共改 ${changes.length} 处`, `Issue ${changes.length} changes`)}</button></p></form></section>`;
}

const isApart = (stage: LimitChange['stage']): stage is ApartName => (apartNames as readonly string[]).includes(stage);
