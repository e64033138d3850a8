import { html } from 'ghtml';
import type { Language } from '../../kernel/words.ts';
import { type Asked, type Course, type CoursePoint, type Figure, stepWords, to, written } from './figures.words.ts';

/**
 * A figure in the course of time, drawn by the server: a column for each step, stretched to the room there is. All that is
 * written stands beside it as text, and the same numbers in a table for whoever cannot use a drawing.
 */
interface Column {
  readonly step: Course['steps'][number];
  readonly point: CoursePoint | undefined;
}
const columnsOf = (course: Course, { id }: Pick<Figure, 'id'>): Column[] =>
  course.steps.map((step) => ({ step, point: step.figures.find((one) => one.id === id) }));

const isShown = (columns: readonly Column[]): boolean =>
  columns.length > 1 && columns.some(({ point }) => point !== undefined && point.value !== null);

/** Rates stand against all, counts against the most there was. */
const topOf = (unit: Figure['unit'], columns: readonly Column[]): number =>
  unit === 'count' ? Math.max(1, ...columns.map(({ point }) => point?.value ?? 0)) : 1;

const [WIDTH, HEIGHT] = [10, 100];

/** What is not known leaves a gap; nought is a line on the ground. */
function column({ point }: Column, i: number, top: number): string {
  if (point?.value == null) return '';
  const height = Math.max(1.5, (point.value / top) * HEIGHT);
  return html`<rect class="bar" x="${i * WIDTH + 1.5}" y="${HEIGHT - height}" width="${WIDTH - 3}" height="${height}"/>`;
}

const drawing = (columns: readonly Column[], top: number, beside: string): string =>
  html`<svg class="course" viewBox="0 0 ${columns.length * WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">!${columns.map((one, i) => column(one, i, top))}!${beside}</svg>`;

/** Small, in the line of its figure. */
export function spark(course: Course, figure: Figure): string {
  const columns = columnsOf(course, figure);
  return isShown(columns) ? drawing(columns, topOf(figure.unit, columns), '') : '';
}

const eachWords = {
  day: { zh: '每天', en: 'Day by day' },
  week: { zh: '每周', en: 'Week by week' },
  month: { zh: '每月', en: 'Month by month' },
  year: { zh: '每年', en: 'Year by year' },
} as const;
export const stepTitle = (step: Course['step'], language: Language): string => eachWords[step][language];

/** Large, on the page of the figure: every column opens what was counted in its days. */
export function chart(course: Course, figure: Pick<Figure, 'id' | 'unit'>, asked: Asked, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const columns = columnsOf(course, figure);
  if (!isShown(columns)) return '';
  const top = topOf(figure.unit, columns);
  const opens = columns.map(
    ({ step }, i) =>
      html`<a href="${addressOf(step, figure, asked)}" tabindex="-1"><title>${tellOf(columns[i], figure, course.step, language)}</title><rect class="hit" x="${i * WIDTH}" y="0" width="${WIDTH}" height="${HEIGHT}"/></a>`,
  );
  const gaps = columns.some(({ point }) => point?.value == null);
  const days = [course.steps[0]?.from, course.steps[Math.floor(columns.length / 2)]?.from, course.steps.at(-1)?.to];
  return html`<figure class="course"><figcaption><strong>${stepTitle(course.step, language)}</strong> <span class="soft">${t('满格', 'full height')} ${written(figure.unit, top)}${gaps ? t('；空着的没有数据', '; where it is empty there is no data') : ''}</span></figcaption>
<div class="plot">!${drawing(columns, top, opens.join(''))}</div>
<p class="axis soft small">!${days.flatMap((day) => (day ? [html`<span>${stepWords({ from: day, to: day }, course.step, language)}</span>`] : []))}</p></figure>
<details><summary>${t('图里的数', 'The numbers of the chart')}</summary>!${numbers(columns, figure, course.step, asked, language)}</details>`;
}

const addressOf = ({ from, to: last }: Column['step'], { id }: Pick<Figure, 'id'>, asked: Asked): string =>
  to(`/${id}`, { ...asked, from, to: last });

function tellOf(
  one: Column | undefined,
  { unit }: Pick<Figure, 'unit'>,
  step: Course['step'],
  language: Language,
): string {
  if (!one) return '';
  const value = one.point?.value;
  const said = value == null ? (language === 'zh' ? '没有数据' : 'no data') : written(unit, value);
  return `${stepWords(one.step, step, language)} ${said}`;
}

function numbers(
  columns: readonly Column[],
  figure: Pick<Figure, 'id' | 'unit'>,
  step: Course['step'],
  asked: Asked,
  language: Language,
): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const row = ({ step: days, point }: Column): string => {
    const value =
      point?.value == null
        ? html`<span class="soft small">— ${point?.noData?.[language] ?? t('没有数据', 'no data')}</span>`
        : html`<a href="${addressOf(days, figure, asked)}">${written(figure.unit, point.value)}</a>`;
    const share = point?.denominator ? `${point.numerator} / ${point.denominator}` : '';
    return html`<tr><th scope="row">${stepWords(days, step, language)}</th><td class="number">!${value}</td><td class="number soft">${share}</td></tr>`;
  };
  return html`<table class="steps"><thead><tr><th>${t('时段', 'Days')}</th><th class="number">${t('数值', 'Value')}</th><th class="number">${t('分子 / 分母', 'Of')}</th></tr></thead><tbody>!${columns.map(row)}</tbody></table>`;
}
