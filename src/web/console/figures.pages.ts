import { html } from 'ghtml';
import type { z } from 'zod';
import type { recordsView } from '../../domains/telling/figures/figure.model.ts';
import { statuses } from '../../domains/work/casefiles/casefile.model.ts';
import type { Language } from '../../kernel/words.ts';
import { dayAndTime, dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { parametersOf, tableBeside } from './figures.beside.ts';
import { chart, spark, stepTitle } from './figures.chart.ts';
import { choices, presets } from './figures.choices.ts';
import {
  type Asked,
  type Course,
  changeWords,
  type Figure,
  type Figures,
  grouped,
  percent,
  periodWords,
  stepWords,
  to,
  written,
} from './figures.words.ts';

/** Figures of an area: each with what it counts, the period before, its course, and the way to its records. */
interface Told {
  readonly told: Figures;
  readonly course: Course;
  readonly areas: readonly { readonly id: string; readonly name: string }[];
}

export function figuresPage(frame: DeskFrame, { told, course, areas }: Told, asked: Asked): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const same = { ...asked, area: told.area.id, from: told.from, to: told.to };
  const above = told.area.above;
  return desk(
    frame,
    { zh: '指标', en: 'Figures' },
    html`!${above === null ? '' : html`<p class="trail"><a href="${to('', { ...same, area: above.id })}">↑ ${above.name}</a></p>`}
<h1>${told.area.name} <span class="soft">${periodWords(told, language)}</span></h1>
!${presets(told, dayIn(frame.now, zone), same, language)}
!${choices(told, areas, language)}
<table class="figures"><thead><tr><th>${t('指标', 'Figure')}</th><th>${stepTitle(course.step, language)}</th><th class="number">${t('上期', 'Before')}<br><span class="soft small">${stepWords(course.before, 'week', language)}</span></th><th class="number">${t('本期', 'Now')}</th></tr></thead><tbody>
!${told.figures.map((figure) => figureRow(figure, told, course, same, language))}</tbody></table>
!${tableBeside(told, same, language)}
<p class="ways noprint"><a href="${to('.xlsx', same)}">${t('下载 Excel', 'Download as Excel')}</a><a href="${to('.csv', same)}">${t('下载 CSV', 'Download as CSV')}</a></p>
<p class="soft small">${t('数据截至', 'As of')} ${dayAndTime(told.asOf, zone, language)} · ${told.pack.name[language]}：${told.pack.about[language]}</p>
!${parametersOf(told, language)}`,
  );
}

function figureRow(figure: Figure, told: Figures, course: Course, asked: Asked, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const open = (part: string, words: string): string =>
    html`<a href="${to(`/${figure.id}`, { ...asked, part })}">${words}</a>`;
  const left = figure.exclusions.filter(({ count }) => count > 0);
  return html`<tr id="figure-${figure.id}"><td class="said"><strong>${figure.name[language]}</strong> !${figure.confidence === 'unsure' ? html`<span class="tag">${t('口径待核', 'unsure')}</span>` : ''}
<br><span class="soft small">${figure.counts[language]}</span>
!${left.length === 0 ? '' : html`<br><span class="small">!${open('excluded', t(`除外 ${sumOf(left)} 件`, `${sumOf(left)} left out`))} <span class="soft">${left.map(({ reason, count }) => `${reason[language]} ${count}`).join(t('；', '; '))}</span></span>`}
!${partsOf(figure, told, language)}<br><span class="soft small">${t('出处：', 'Source: ')}${figure.source[language]}</span></td>
<td class="drawn">!${spark(course, figure)}</td>
<td class="number before"><span class="onphone soft small">${t('上期', 'Before')} </span>!${beforeWords(figure, course, asked, language)}</td>
<td class="number now">!${valueWords(figure, open, language)}</td></tr>`;
}

const sumOf = (left: Figure['exclusions']): number => left.reduce((all, { count }) => all + count, 0);

/** What is put together of others leads to them: it has no records of its own. */
function partsOf({ parts }: Figure, { figures }: Figures, language: Language): string {
  if (parts.length === 0) return '';
  const said = parts.map(({ figure, weight }) => {
    const name = figures.find(({ id }) => id === figure)?.name[language] ?? figure;
    return html`<a href="#figure-${figure}">${name} × ${grouped(weight)}</a>`;
  });
  return html`<br><span class="small">${language === 'zh' ? '由 ' : 'made of '}!${said.join(language === 'zh' ? '、' : ', ')}</span>`;
}

/** No data is a dash with a reason, never nought. */
function valueWords(figure: Figure, open: (part: string, words: string) => string, language: Language): string {
  if (figure.value === null)
    return html`<span aria-hidden="true">—</span><br><span class="soft small">${language === 'zh' ? '没有数据：' : 'no data: '}${figure.noData?.[language] ?? ''}</span>`;
  if (figure.unit === 'count') return html`<span class="value">!${open('numerator', grouped(figure.value))}</span>`;
  const share =
    figure.denominator === null || figure.numerator === null
      ? ''
      : html`<br><span class="share">!${open('numerator', grouped(figure.numerator))} / !${open('denominator', grouped(figure.denominator))}</span>`;
  return html`<span class="value">${percent(figure.value)}</span>!${share}`;
}

/** What stands at an instant has no period before it. */
function beforeWords(figure: Figure, { before }: Course, asked: Asked, language: Language): string {
  const then = before.figures.find(({ id }) => id === figure.id);
  if (!then) return html`<span class="soft small">${language === 'zh' ? '只看此刻' : 'of this moment'}</span>`;
  if (then.value === null)
    return html`<span class="soft">—</span><br><span class="soft small">${language === 'zh' ? '没有数据' : 'no data'}</span>`;
  const words = written(figure.unit, then.value);
  const days = { ...asked, from: before.from, to: before.to };
  const shown =
    figure.unit === 'composite'
      ? html`${words}`
      : html`<a href="${to(`/${figure.id}`, { ...days, part: figure.unit === 'count' ? 'numerator' : 'denominator' })}">${words}</a>`;
  const change = figure.value === null ? '' : changeWords(figure.unit, figure.value, then.value, language);
  return html`!${shown}<br><span class="soft small">${change}</span>`;
}

type Records = z.output<typeof recordsView>;

/** Of one row of the table that is no area, there is no course. */
export function recordsPage(frame: DeskFrame, told: Records, course: Course | null, asked: Asked): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { part: _part, before: _before, ...same } = asked;
  const { split: _split, most: _most, ...back } = same;
  const ways = [
    ['numerator', t('分子', 'numerator')],
    ['denominator', t('分母', 'denominator')],
    ['excluded', t('除外', 'left out')],
    ['all', t('全部', 'all')],
  ] as const;
  return desk(
    frame,
    told.figure.name,
    html`<p><a href="${to('', back)}">← ${t('指标', 'Figures')}</a></p>
<h1>${told.figure.name[language]} <span class="soft">${grouped(told.counted)}${t(' 件', '')}</span></h1>
<p class="soft">${told.area.name}!${told.row === null ? '' : html` · ${told.row[language]}`} · ${periodWords(told, language)} · ${told.figure.counts[language]}</p>
!${course === null ? '' : chart(course, told.figure, same, language)}
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
