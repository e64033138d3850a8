import { html } from 'ghtml';
import type { Language, Words } from '../../kernel/words.ts';
import { optionWords } from '../ui/fields.ts';
import { type Asked, type Figure, type Figures, grouped, percent, to } from './figures.words.ts';

/** One row for each area below or each body; every number opens its records. Wider than a phone, it is scrolled by itself. */
export function tableBeside(told: Figures, asked: Asked, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const shown = told.figures.filter(({ cells }) => cells.length > 0);
  if (shown.length === 0) return '';
  const keys = [...new Map(shown.flatMap(({ cells }) => cells).map(({ split, name }) => [split, name] as const))];
  const rows = [...keys.filter(([key]) => key !== 'others'), ...keys.filter(([key]) => key === 'others')];
  const title = told.by === 'area' ? t('按下级区域', 'By areas below') : t('按承办单位', 'By bodies');
  const fewer = t(
    '件数太少的率合并在“其他”里；个数照列。',
    'Rates over few are together under “others”; counts stand as they are.',
  );
  const cell = (figure: Figure, key: string): string => {
    const one = figure.cells.find(({ split }) => split === key);
    return html`<td class="number">!${one ? cellWords(figure, one, { ...asked, split: key }, language) : html`<span class="soft" title="${t('没有，或合并在其他里', 'none, or among the others')}">·</span>`}</td>`;
  };
  return html`<h2>${title}</h2>
<p class="soft small">${t('“—”是没有数据：分母里一件也没有，不是零。', '“—” is no data: nothing to divide by, which is not nought.')} ${keys.some(([key]) => key === 'others') ? fewer : ''}</p>
<div class="wide" tabindex="0" role="region" aria-label="${title}"><table class="beside"><thead><tr><th>${told.by === 'area' ? t('区域', 'Area') : t('单位', 'Body')}</th>!${shown.map(({ name }) => html`<th class="number">${name[language]}</th>`)}</tr></thead><tbody>
!${rows.map(([key, name]) => html`<tr><th scope="row">!${rowName(told, key, name, asked, language)}</th>!${shown.map((figure) => cell(figure, key))}</tr>`)}</tbody></table></div>`;
}

/** An area below leads to its own page. */
function rowName(told: Figures, key: string, name: Words, asked: Asked, language: Language): string {
  if (key === 'others') return language === 'zh' ? '其他（合并）' : 'Others, together';
  if (told.by === 'body' || key === 'none') return html`${name[language]}`;
  return html`<a href="${to('', { ...asked, area: key })}">${name[language]}</a>`;
}

function cellWords(
  figure: Figure,
  { value, numerator, denominator }: Figure['cells'][number],
  asked: Asked,
  language: Language,
): string {
  const open = (part: string, words: string): string =>
    html`<a href="${to(`/${figure.id}`, { ...asked, part })}">${words}</a>`;
  if (value === null)
    return html`<span class="soft"><span aria-hidden="true">—</span><span class="unseen">${language === 'zh' ? '没有数据' : 'no data'}</span></span>`;
  if (figure.unit === 'count') return open('numerator', grouped(value));
  return html`${percent(value)}<br><span class="share">!${open('numerator', grouped(numerator ?? 0))} / !${open('denominator', grouped(denominator ?? 0))}</span>`;
}

export function parametersOf({ parameters }: Figures, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (parameters.length === 0) return '';
  return html`<details><summary>${t('口径参数', 'Parameters')}</summary><table><thead><tr><th>${t('参数', 'Parameter')}</th><th>${t('取值', 'Value')}</th><th>${t('出处', 'Source')}</th></tr></thead><tbody>
!${parameters.map(({ words, value, source, confidence }) => html`<tr><td>${words[language]}</td><td>${Array.isArray(value) ? value.map((one) => called(one, language)).join(t('、', ', ')) : grouped(value)}</td><td class="small soft">${source[language]} · ${sure[confidence]?.[language] ?? confidence}</td></tr>`)}</tbody></table></details>`;
}

const sure: Readonly<Record<string, Words>> = {
  local: { zh: '本地规定', en: 'local rule' },
  common: { zh: '通行', en: 'common' },
  unsure: { zh: '待核', en: 'unsure' },
};
const called = (value: string, language: Language): string => optionWords[value]?.[language] ?? value;
