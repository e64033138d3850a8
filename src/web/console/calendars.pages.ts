import { html } from 'ghtml';
import type { CalendarSpec } from '../../domains/work/calendars/calendar.model.ts';
import type { Language } from '../../kernel/words.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** When bodies work: hours by calendar, the holidays of each year, and from which year on nobody knows them yet. */
export interface Calendars {
  readonly holidaysPublishedThrough: number;
  readonly calendars: readonly { readonly id: string; readonly version: number; readonly spec: CalendarSpec }[];
}

export interface Year {
  readonly year: number;
  /** Null: not published yet. */
  readonly days: { readonly holidays: readonly string[]; readonly makeUpDays: readonly string[] } | null;
}

export interface KeptBy {
  readonly name: string;
  readonly calendarId: string;
}

export function calendarsPage(
  frame: DeskFrame,
  told: Calendars,
  bodies: readonly KeptBy[],
  years: readonly Year[],
  { isAdmin, isDone }: { readonly isAdmin: boolean; readonly isDone: boolean },
): string {
  const { language } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return desk(
    frame,
    { zh: '工作日历', en: 'Calendars' },
    html`<p><a href="/console/standards">← ${t('立案标准', 'Standards')}</a></p><h1>${t('工作日历', 'Calendars')}</h1>
<p class="soft">${t('工作时、工作日按这里算；改动从某一天起，那天以前的时间不重算。', 'Working hours and days are counted by these; a change holds from a day on, and time before it is not counted anew.')}</p>
!${isDone ? html`<div class="good" role="status"><strong class="settled">${t('已施行。在走的时限正在一个一个重算，几分钟内完成。', 'In force. Clocks that run are counted anew one by one, within minutes.')}</strong></div>` : ''}
!${told.calendars.map(({ id, version, spec }) => {
      const kept = bodies.filter(({ calendarId }) => calendarId === id).map(({ name }) => name);
      return html`<section class="panel"><h2>${spec.name} <span class="soft small">${t(`第 ${version} 版`, `version ${version}`)}</span></h2>
!${spec.patterns.map((pattern) => html`<p><strong>${weekdaysOf(pattern.weekdays, language)}</strong> ${slotsOf(pattern.slots, language)}!${spec.patterns.length > 1 ? html` <span class="soft">${t(`${pattern.from} 起`, `from ${pattern.from}`)}</span>` : ''}</p>`)}
<p class="soft">${spec.holidays === 'cn' ? t('法定节假日休息，调休日上班', 'closed on public holidays, open on make-up days') : t('不分节假日', 'every week is like the other')} · ${spec.zone}!${(spec.knownThrough ?? 0) > told.holidaysPublishedThrough ? html` · ${t(`放假和调休已写全到 ${spec.knownThrough} 年`, `days off and make-up days are in up to ${spec.knownThrough}`)}` : ''}</p>
!${spec.exceptions.length === 0 ? '' : html`<ul>!${spec.exceptions.map(({ on, slots, why }) => html`<li>${on} ${slots.length === 0 ? t('不上班', 'closed') : slotsOf(slots, language)} <span class="soft">${why}</span></li>`)}</ul>`}
<p>${t('用它的单位：', 'Kept by: ')}${kept.length === 0 ? t('没有', 'none') : kept.join(t('、', ', '))}</p>!${isAdmin ? html`<p><a class="button" href="/console/standards/calendars/${id}">${t('改这个日历', 'Change this calendar')}</a></p>` : ''}</section>`;
    })}
<h2>${t('节假日和调休', 'Holidays and make-up days')}</h2>
!${years.map(({ year, days }) => yearPart(year, days, language))}`,
  );
}

function yearPart(year: number, days: Year['days'], language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  if (days === null)
    return html`<p class="near">! ${t(`${year} 年：没有收录国务院的安排；没有自己写全的日历，落到这一年的时限都标“暂定”`, `${year}: not known to this version; in calendars that do not hold it themselves, limits that reach it are provisional`)}</p>`;
  return html`<details><summary>${t(`${year} 年：休 ${days.holidays.length} 天，调休上班 ${days.makeUpDays.length} 天`, `${year}: ${days.holidays.length} days off, ${days.makeUpDays.length} make-up days`)}</summary>
<p>${t('休：', 'Off: ')}${days.holidays.map(shortDay).join(t('、', ', '))}</p><p>${t('上班：', 'At work: ')}${days.makeUpDays.map(shortDay).join(t('、', ', ')) || '—'}</p></details>`;
}

const shortDay = (date: string): string => date.slice(5);

export const slotsOf = (slots: readonly (readonly [string, string])[], language: Language): string =>
  slots.map(([from, to]) => `${from}–${to}`).join(language === 'zh' ? '、' : ', ');

export const dayNames: Readonly<Record<Language, readonly string[]>> = {
  zh: [...'一二三四五六日'].map((day) => `周${day}`),
  en: 'Mon Tue Wed Thu Fri Sat Sun'.split(' '),
};

export function weekdaysOf(days: readonly number[], language: Language): string {
  if (days.length === 7) return language === 'zh' ? '每天' : 'Every day';
  return days.map((day) => dayNames[language][day - 1] ?? '').join(language === 'zh' ? '、' : ', ');
}
