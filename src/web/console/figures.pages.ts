import { html } from 'ghtml';
import type { z } from 'zod';
import type { figuresView, recordsView } from '../../domains/telling/figures/figure.model.ts';
import { statuses } from '../../domains/work/casefiles/casefile.model.ts';
import type { Language, Words } from '../../kernel/words.ts';
import { optionWords } from '../ui/fields.ts';
import { dayAndTime } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** Figures of an area: each with its definition, its numerator and denominator, and the way to its records. */
type Figures = z.output<typeof figuresView>;
type Figure = Figures['figures'][number];
export type Asked = Readonly<Record<string, string>>;

const to = (path: string, query: Asked): string => {
  const words = new URLSearchParams(query).toString();
  return `/console/figures${path}${words === '' ? '' : `?${words}`}`;
};
const grouped = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;

export function figuresPage(
  frame: DeskFrame,
  told: Figures,
  asked: Asked,
  areas: readonly { readonly id: string; readonly name: string }[],
): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const same = { ...asked, area: told.area.id, from: told.from, to: told.to };
  const choose = (name: string, label: string, chosen: string, options: readonly (readonly [string, string])[]) =>
    html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">!${options.map(([value, words]) => html`<option value="${value}" !${value === chosen ? 'selected' : ''}>${words}</option>`)}</select></div>`;
  return desk(
    frame,
    { zh: '指标', en: 'Figures' },
    html`<h1>${told.area.name} <span class="soft">${t('案卷指标', 'Figures of cases')}</span></h1>
<p class="soft">${told.from} – ${told.to} · ${t('数据截至', 'as of')} ${dayAndTime(told.asOf, zone, language)} · ${told.pack.name[language]}：${told.pack.about[language]}</p>
<form method="get" action="/console/figures"><div class="asks">
!${choose(
      'area',
      t('区域', 'Area'),
      told.area.id,
      areas.map(({ id, name }) => [id, name] as const),
    )}
<div><label for="from">${t('从', 'From')}</label><input id="from" type="date" name="from" value="${told.from}"></div>
<div><label for="to">${t('到', 'To')}</label><input id="to" type="date" name="to" value="${told.to}"></div>
!${choose(
      'pack',
      t('口径', 'Formulas'),
      told.pack.code,
      told.packs.map(({ code, name }) => [code, name[language]] as const),
    )}
!${choose('vintage', t('区域按', 'Areas as'), told.vintage, [
      ['today', t('今天的归属', 'of today')],
      ['filed', t('立案时的归属', 'cases were filed')],
    ])}
!${choose('by', t('分列', 'Rows by'), told.by, [
      ['area', t('下级区域', 'areas below')],
      ['body', t('承办单位', 'bodies')],
    ])}
</div><p><button>${t('统计', 'Count')}</button></p></form>
<table class="figures"><thead><tr><th>${t('指标', 'Figure')}</th><th class="number">${t('数值，分子 / 分母', 'Value, of')}</th></tr></thead><tbody>
!${told.figures.map((figure) => figureRow(figure, same, language))}</tbody></table>
!${tableBeside(told, same, language)}
!${parametersOf(told, language)}`,
  );
}

function figureRow(figure: Figure, asked: Asked, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const open = (part: string, words: string): string =>
    html`<a href="${to(`/${figure.id}`, { ...asked, part })}">${words}</a>`;
  const left = figure.exclusions.filter(({ count }) => count > 0);
  const share =
    figure.denominator === null || figure.numerator === null
      ? ''
      : html`<br><span class="share">!${open('numerator', grouped(figure.numerator))} / !${open('denominator', grouped(figure.denominator))}</span>`;
  return html`<tr><td><strong>${figure.name[language]}</strong> !${figure.confidence === 'unsure' ? html`<span class="tag">${t('口径待核', 'unsure')}</span>` : ''}
<br><span class="soft small">${figure.counts[language]}</span>
!${left.length === 0 ? '' : html`<br><span class="small">!${open('excluded', t(`除外 ${sumOf(left)} 件`, `${sumOf(left)} left out`))} <span class="soft">${left.map(({ reason, count }) => `${reason[language]} ${count}`).join(t('；', '; '))}</span></span>`}
<details class="small"><summary>${t('出处', 'Source')}</summary>
<p class="soft">${figure.source[language]} · <span class="code">${figure.id} v${figure.version}</span></p></details></td>
<td class="number">!${valueWords(figure, open, language)}!${share}</td></tr>`;
}

const sumOf = (left: Figure['exclusions']): number => left.reduce((all, { count }) => all + count, 0);

/** No data is a dash with a reason, never nought. */
function valueWords(figure: Figure, open: (part: string, words: string) => string, language: Language): string {
  if (figure.value === null)
    return html`<span aria-hidden="true">—</span><br><span class="soft small">${language === 'zh' ? '没有数据：' : 'no data: '}${figure.noData?.[language] ?? ''}</span>`;
  if (figure.unit === 'count') return html`<span class="value">!${open('numerator', grouped(figure.value))}</span>`;
  return html`<span class="value">${percent(figure.value)}</span>`;
}

/** One row for each area below or each body; every number opens its records. Wider than a phone, it is scrolled by itself. */
function tableBeside(told: Figures, asked: Asked, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const shown = told.figures.filter(({ cells }) => cells.length > 0);
  if (shown.length === 0) return '';
  const keys = [...new Map(shown.flatMap(({ cells }) => cells).map(({ split, name }) => [split, name] as const))];
  const rows = [...keys.filter(([key]) => key !== 'others'), ...keys.filter(([key]) => key === 'others')];
  const title = told.by === 'area' ? t('按下级区域', 'By areas below') : t('按承办单位', 'By bodies');
  const [all, fewer] = [
    t('其他（合并）', 'Others, together'),
    t(
      '件数太少的率合并在“其他”里；个数照列。',
      'Rates over few are together under “others”; counts stand as they are.',
    ),
  ];
  const cell = (figure: Figure, key: string): string => {
    const one = figure.cells.find(({ split }) => split === key);
    return html`<td class="number">!${one ? cellWords(figure, one, { ...asked, split: key }, language) : html`<span class="soft" title="${t('没有，或合并在其他里', 'none, or among the others')}">·</span>`}</td>`;
  };
  return html`<h2>${title}</h2>
!${keys.some(([key]) => key === 'others') ? html`<p class="soft small">${fewer}</p>` : ''}
<div class="wide" tabindex="0" role="region" aria-label="${title}"><table class="beside"><thead><tr><th>${told.by === 'area' ? t('区域', 'Area') : t('单位', 'Body')}</th>!${shown.map(({ name }) => html`<th class="number">${name[language]}</th>`)}</tr></thead><tbody>
!${rows.map(([key, name]) => html`<tr><th scope="row">${key === 'others' ? all : name[language]}</th>!${shown.map((figure) => cell(figure, key))}</tr>`)}</tbody></table></div>`;
}

function cellWords(
  figure: Figure,
  { value, numerator, denominator }: Figure['cells'][number],
  asked: Asked,
  language: Language,
): string {
  const open = (part: string, words: string): string =>
    html`<a href="${to(`/${figure.id}`, { ...asked, part })}">${words}</a>`;
  if (figure.unit === 'count') return open('numerator', grouped(value ?? 0));
  if (value === null) return html`<span class="soft small">${language === 'zh' ? '没有数据' : 'no data'}</span>`;
  return html`${percent(value)}<br><span class="share">!${open('numerator', grouped(numerator ?? 0))} / !${open('denominator', grouped(denominator ?? 0))}</span>`;
}

function parametersOf({ parameters }: Figures, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (parameters.length === 0) return '';
  const sure: Readonly<Record<string, Words>> = {
    local: { zh: '本地规定', en: 'local rule' },
    common: { zh: '通行', en: 'common' },
    unsure: { zh: '待核', en: 'unsure' },
  };
  return html`<h2>${t('口径参数', 'Parameters')}</h2><table><thead><tr><th>${t('参数', 'Parameter')}</th><th>${t('取值', 'Value')}</th><th>${t('出处', 'Source')}</th></tr></thead><tbody>
!${parameters.map(({ words, value, source, confidence }) => html`<tr><td>${words[language]}</td><td>${Array.isArray(value) ? value.map((one) => called(one, language)).join(t('、', ', ')) : grouped(value)}</td><td class="small soft">${source[language]} · ${sure[confidence]?.[language] ?? confidence}</td></tr>`)}</tbody></table>`;
}

const called = (value: string, language: Language): string => optionWords[value]?.[language] ?? value;

type Records = z.output<typeof recordsView>;

export function recordsPage(frame: DeskFrame, told: Records, asked: Asked): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { part: _part, before: _before, ...same } = asked;
  const ways = [
    ['numerator', t('分子', 'numerator')],
    ['denominator', t('分母', 'denominator')],
    ['excluded', t('除外', 'left out')],
    ['all', t('全部', 'all')],
  ] as const;
  return desk(
    frame,
    told.figure.name,
    html`<p><a href="${to('', same)}">← ${t('指标', 'Figures')}</a></p>
<h1>${told.figure.name[language]} <span class="soft">${grouped(told.counted)}</span></h1>
<p class="soft">${told.figure.counts[language]}</p>
<nav>!${ways.map(([part, words]) => html`!${part === told.part ? html`<strong>${words}</strong>` : html`<a href="${to(`/${told.figure.id}`, { ...same, part })}">${words}</a>`} `)}</nav>
!${told.closed === 0 ? '' : html`<div class="good">${t(`另有 ${told.closed} 件计在内，不能由您打开：保密的只给知情的人，别处的只给当地的人。`, `${told.closed} more are counted and not yours to open: confidential ones are for their circle, those elsewhere for whoever reads there.`)}</div>`}
!${
      told.records.length === 0
        ? html`<p>${t('没有可以打开的案卷。', 'There is no case to open.')}</p>`
        : html`<table><thead><tr><th>${t('案卷', 'Case')}</th><th>${t('状态', 'Status')}</th><th>${t('上报', 'Reported')}</th></tr></thead><tbody>
!${told.records.map(({ casefile, excluded, weight }) => html`<tr><td><a href="/console/cases/${casefile.id}">${casefile.title[language]}</a><br><span class="soft small">${casefile.place} · <span class="code">${casefile.number}</span></span>!${excluded === null ? '' : html`<br><span class="small">${t('除外：', 'left out: ')}${excluded[language]}</span>`}!${weight === null || weight === 1 ? '' : html`<br><span class="small">${t('计 ', 'counts ')}${weight}</span>`}</td><td>${statuses[casefile.status][language]}</td><td>${dayAndTime(casefile.reportedAt, zone, language)}</td></tr>`)}</tbody></table>`
    }
!${told.next === null ? '' : html`<p><a href="${to(`/${told.figure.id}`, { ...same, part: told.part, before: told.next })}">${t('下一页', 'Next page')}</a></p>`}`,
  );
}
