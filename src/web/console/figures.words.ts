import type { z } from 'zod';
import type { courseView } from '../../domains/telling/figures/course.model.ts';
import type { figuresView } from '../../domains/telling/figures/figure.model.ts';
import type { Language } from '../../kernel/words.ts';

/** How the pages of figures write numbers, days and addresses. */
export type Figures = z.output<typeof figuresView>;
export type Figure = Figures['figures'][number];
export type Course = z.output<typeof courseView>;
export type CoursePoint = Course['before']['figures'][number];
export type Asked = Readonly<Record<string, string>>;

export const to = (path: string, query: Asked): string => {
  const words = new URLSearchParams(query).toString();
  return `/console/figures${path}${words === '' ? '' : `?${words}`}`;
};
export const grouped = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
export const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;
export const written = (unit: Figure['unit'], value: number): string =>
  unit === 'count' ? grouped(value) : percent(value);

/** 11月1日 */
function dayWords(day: string, language: Language): string {
  const [, month, date] = day.split('-').map(Number);
  if (language === 'zh') return `${month}月${date}日`;
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
}

/** 11月1日至22日 · 2025年12月1日至2026年1月3日 */
export function periodWords({ from, to }: { from: string; to: string }, language: Language): string {
  const zh = language === 'zh';
  const isOneYear = from.slice(0, 4) === to.slice(0, 4);
  const year = (day: string): string => (zh ? `${day.slice(0, 4)}年` : ` ${day.slice(0, 4)}`);
  const full = (day: string): string =>
    zh ? `${year(day)}${dayWords(day, language)}` : `${dayWords(day, language)}${year(day)}`;
  if (from === to) return full(from);
  if (!isOneYear) return `${full(from)}${zh ? '至' : ' to '}${full(to)}`;
  if (!zh) return `${dayWords(from, language)} to ${full(to)}`;
  const end = from.slice(0, 7) === to.slice(0, 7) ? `${Number(to.slice(8))}日` : dayWords(to, language);
  return `${full(from)}至${end}`;
}

/** A step under a chart: short, since many stand side by side. */
export function stepWords(
  { from, to }: { from: string; to: string },
  step: Course['step'],
  language: Language,
): string {
  if (step === 'year') return from.slice(0, 4);
  if (step === 'month')
    return language === 'zh' ? `${from.slice(0, 4)}年${Number(from.slice(5, 7))}月` : from.slice(0, 7);
  return step === 'day' || from === to
    ? dayWords(from, language)
    : `${dayWords(from, language)}${language === 'zh' ? '—' : ' – '}${dayWords(to, language)}`;
}

/** Against the period before, said in words and without a judgement: more is better of some figures and worse of others. */
export function changeWords(unit: Figure['unit'], now: number, before: number, language: Language): string {
  const zh = language === 'zh';
  const shown = unit === 'count' ? grouped(Math.abs(now - before)) : (Math.abs(now - before) * 100).toFixed(1);
  if (Number(shown.replaceAll(',', '')) === 0) return zh ? '持平' : 'the same';
  if (unit === 'count')
    return zh ? `${now > before ? '多' : '少'} ${shown}` : `${shown} ${now > before ? 'more' : 'fewer'}`;
  return zh ? `${now > before ? '高' : '低'} ${shown} 个百分点` : `${shown} points ${now > before ? 'up' : 'down'}`;
}
