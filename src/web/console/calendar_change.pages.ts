import { html } from 'ghtml';
import type { z } from 'zod';
import type { CalendarSpec } from '../../domains/work/calendars/calendar.model.ts';
import type { LineFault } from '../../domains/work/calendars/day_lines.model.ts';
import type { changePreview } from '../../domains/work/standards/calendar_change.model.ts';
import type { Language } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayAndTime } from '../ui/time.ts';
import { dayNames, slotsOf, weekdaysOf } from './calendars.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';

/** Changing a calendar: days and hours are written down, what would move is looked at, and it is put in force. */
export type Preview = z.output<typeof changePreview>;

export interface ChangeShown {
  readonly calendar: { readonly id: string; readonly version: number; readonly spec: CalendarSpec };
  readonly kept: readonly string[];
  /** The year after the last one that is known. */
  readonly unknownYear: number;
  readonly typed: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
  readonly unread: readonly LineFault[];
  /** Null: not looked at yet. */
  readonly preview: Preview | null;
  readonly newId: () => string;
}

export function calendarChangePage(frame: DeskFrame, shown: ChangeShown): string {
  const { language } = frame;
  const { calendar, kept, preview, unread, fault } = shown;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  return desk(
    frame,
    { zh: '改工作日历', en: 'Change a calendar' },
    html`<p><a href="/console/standards/calendars">← ${t('工作日历', 'Calendars')}</a></p>
<h1>${calendar.spec.name} <span class="soft">${t(`现在第 ${calendar.version} 版`, `version ${calendar.version} now`)}</span></h1>
<p class="soft">${t('用它的单位：', 'Kept by: ')}${kept.length === 0 ? t('没有', 'none') : kept.join(t('、', ', '))}${t('。改动对它们都算数。', '. A change counts for all of them.')}</p>
!${faultBox(fault)}
!${unread.length === 0 ? '' : html`<div class="fault" role="alert"><strong>${t(`${unread.length} 处没有读懂，没有改动任何内容`, `${unread.length} things cannot be read; nothing was changed`)}</strong><ul>!${unread.map(({ line, says }) => html`<li>!${line === 0 ? '' : html`${t(`第 ${line} 行`, `line ${line}`)}：`}${says[language]}</li>`)}</ul></div>`}
!${preview === null ? '' : previewPart(frame, shown, preview)}
!${writingPart(shown, language)}`,
  );
}

function writingPart({ calendar, unknownYear, typed, preview }: ChangeShown, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const chosen = (typed.weekdays ?? '1,2,3,4,5').split(',');
  const holds = calendar.spec.patterns.at(-1);
  const example = t(
    '2027-02-05 至 2027-02-11 休 春节\n2027-02-20 班 调休',
    '2027-02-05 to 2027-02-11 off Spring Festival\n2027-02-20 work make-up day',
  );
  return html`<form method="post" action="/console/standards/calendars/${calendar.id}/preview" class="panel"><h2>${preview === null ? t('改什么', 'What changes') : t('再改一改', 'Change it further')}</h2>
<input type="hidden" name="baseVersion" value="${calendar.version}">
<label for="days">${t('单独的日子，一行一个', 'Single days, one a line')} <span class="soft">${t('休、班、照常，或写时间 08:30-12:00,14:00-17:30；后面写原因', 'off, work, usual, or hours such as 08:30-12:00,14:00-17:30; then why')}</span></label>
<textarea id="days" name="days" rows="8" maxlength="20000" placeholder="${example}">${typed.days ?? ''}</textarea>
!${
    calendar.spec.holidays === 'cn'
      ? html`<label class="pick"><input type="checkbox" name="knownThrough" value="${unknownYear}" !${(typed.knownThrough ?? '') === '' ? '' : 'checked'}> ${t(`${unknownYear} 年的放假和调休都写全了：落到这一年的时限不再标“暂定”`, `All days off and make-up days of ${unknownYear} are in: deadlines into that year are no longer provisional`)}</label>`
      : ''
  }
<fieldset><legend>${t('作息，从某一天起', 'Hours of the week, from a day on')} <span class="soft">${t('不改就空着', 'leave empty to keep them')}</span></legend>
<label for="hoursFrom">${t('从哪天起', 'From')}</label><input id="hoursFrom" name="hoursFrom" type="date" value="${typed.hoursFrom ?? ''}">
<label for="hours">${t('上班时间', 'Hours')} <span class="soft">${t('现在是 ', 'now ')}${holds ? slotsOf(holds.slots, language) : '—'}</span></label><input id="hours" name="hours" maxlength="120" autocomplete="off" value="${typed.hours ?? ''}" placeholder="08:30-12:00,14:00-17:30">
<div class="ways">!${dayNames[language].map((name, i) => html`<label class="pick"><input type="checkbox" name="weekdays" value="${i + 1}" !${chosen.includes(String(i + 1)) ? 'checked' : ''}> ${name}</label>`)}</div></fieldset>
<p><button class="${preview === null ? 'primary' : ''}">${t('看看会怎样', 'Look what it would do')}</button> <span class="soft">${t('看不改动任何内容', 'looking changes nothing')}</span></p></form>`;
}

function previewPart(frame: DeskFrame, { calendar, typed, newId }: ChangeShown, preview: Preview): string {
  const { language } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const kept = ['baseVersion', 'days', 'knownThrough', 'hoursFrom', 'hours', 'weekdays'];
  return html`<section class="panel" aria-labelledby="would"><h2 id="would">${t(`从 ${preview.movesFrom} 起`, `From ${preview.movesFrom} on`)}</h2>
!${differencePart(preview, language)}
<h3>${t('在走的时限', 'Clocks that are running')}</h3>!${effectPart(frame, preview)}
<form method="post" action="/console/standards/calendars/${calendar.id}/change"><input type="hidden" name="commandId" value="${newId()}">!${kept.map((name) => html`<input type="hidden" name="${name}" value="${typed[name] ?? ''}">`)}
<p class="soft">${t('以前的时间不重算。施行后不能收回，只能再改。', 'Time that has passed is not counted anew. It cannot be taken back, only changed again.')}</p>
<p><button class="primary">${preview.effect.moved > 0 ? t(`施行，重算 ${preview.effect.moved} 个时限`, `Put it in force and count ${preview.effect.moved} deadlines anew`) : t('施行', 'Put it in force')}</button></p></form></section>`;
}

function differencePart({ days, hours, knownThrough }: Preview, language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const said = (slots: Parameters<typeof slotsOf>[0]): string =>
    slots.length === 0 ? t('休', 'off') : slotsOf(slots, language);
  const pattern = (one: NonNullable<Preview['hours']>['was']): string =>
    `${weekdaysOf(one.weekdays, language)} ${slotsOf(one.slots, language)}`;
  return html`<ul>!${days.map(({ from, to, was, becomes, why }) => html`<li><strong>${from === to ? from : t(`${from} 至 ${to}`, `${from} to ${to}`)}</strong> ${said(was)} → <strong>${said(becomes)}</strong> <span class="soft">${why}</span></li>`)}
!${hours === null ? '' : html`<li><strong>${t(`${hours.from} 起`, `from ${hours.from}`)}</strong> ${pattern(hours.was)} → <strong>${pattern(hours.becomes)}</strong></li>`}
!${knownThrough === null ? '' : html`<li>${t(`${knownThrough} 年的放假和调休算写全了`, `${knownThrough} counts as known to its end`)}</li>`}</ul>`;
}

function effectPart(frame: DeskFrame, { effect, movesFrom }: Preview): string {
  const { language, zone } = frame;
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const { open, stopped, moved, later, earlier, firstDueAt, duties } = effect;
  const each = duties.map(({ duty, moved: count }) => `${duty[language]} ${count}`).join(t('、', ', '));
  const first = firstDueAt === null ? '' : dayAndTime(firstDueAt, zone, language);
  return html`<ul><li>${t(`按这个日历在走的 ${open} 个，到期时刻会变的`, `${open} count by this calendar; due at another time`)} <strong>${moved}</strong>!${moved === 0 ? '' : html`：${t(`${later} 个推后，${earlier} 个提前`, `${later} later, ${earlier} earlier`)}（${each}）`}</li>
!${moved === 0 ? '' : html`<li>${t('最早的一个原来', 'The first of them was due')} ${first} ${t('到期', '')}</li>`}
!${stopped === 0 ? '' : html`<li>${t(`${stopped} 个现在停着，恢复后按新的作息算`, `${stopped} stand still now and go on by the new hours`)}</li>`}
<li>${t(`${movesFrom} 以前到期的不变`, `What is due before ${movesFrom} stays as it is`)}</li></ul>`;
}
