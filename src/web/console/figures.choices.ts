import { html } from 'ghtml';
import { Temporal } from 'temporal-polyfill';
import type { Language, Words } from '../../kernel/words.ts';
import { type Asked, type Figures, to } from './figures.words.ts';

/** What may be chosen on the page of figures: the period in words, and area, days and formulas by hand. */
interface Preset {
  readonly words: Words;
  readonly from: string;
  readonly to: string;
}

/** A leader asks on Monday how last week was, and on the first how last month was. */
function presetsOn(today: string): Preset[] {
  const day = Temporal.PlainDate.from(today);
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  const first = day.with({ day: 1 });
  const said = (zh: string, en: string, from: Temporal.PlainDate, end: Temporal.PlainDate): Preset => ({
    words: { zh, en },
    from: from.toString(),
    to: end.toString(),
  });
  return [
    said('上周', 'Last week', monday.subtract({ days: 7 }), monday.subtract({ days: 1 })),
    said('本周', 'This week', monday, day),
    said('上月', 'Last month', first.subtract({ months: 1 }), first.subtract({ days: 1 })),
    said('本月', 'This month', first, day),
    said('近 90 天', 'Last 90 days', day.subtract({ days: 89 }), day),
    said('今年', 'This year', day.with({ month: 1, day: 1 }), day),
  ];
}

export function presets({ from, to: last }: Figures, today: string, asked: Asked, language: Language): string {
  // Two names may be the same days: on the first of a month, on a Monday. One of them is where we are.
  const all = presetsOn(today);
  const here = all.find((one) => one.from === from && one.to === last);
  return html`<nav class="tabs many" aria-label="${language === 'zh' ? '时段' : 'Period'}">!${all.map((one) => html`<a href="${to('', { ...asked, from: one.from, to: one.to })}" !${one === here ? 'aria-current="page"' : ''}>${one.words[language]}</a>`)}</nav>`;
}

interface Option {
  readonly id: string;
  readonly name: string;
}

export function choices(told: Figures, areas: readonly Option[], language: Language): string {
  const t = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const choose = (name: string, label: string, chosen: string, options: readonly (readonly [string, string])[]) =>
    html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">!${options.map(([value, words]) => html`<option value="${value}" !${value === chosen ? 'selected' : ''}>${words}</option>`)}</select></div>`;
  // Deeper than what is offered: what is looked at stays chosen.
  const offered = areas.some(({ id }) => id === told.area.id) ? areas : [told.area, ...areas];
  return html`<details><summary>${t('换区域、日期、口径', 'Other area, days, formulas')}</summary><form method="get" action="/console/figures"><div class="asks">
!${choose(
    'area',
    t('区域', 'Area'),
    told.area.id,
    offered.map(({ id, name }) => [id, name] as const),
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
</div><p><button>${t('统计', 'Count')}</button></p></form></details>`;
}
