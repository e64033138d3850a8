import { html } from 'ghtml';
import type { z } from 'zod';
import { type Burden, type burdenOpenView, type burdenView, SECONDS } from '../../domains/work/burden/burden.model.ts';
import { n } from '../ui/count.ts';
import { dayAndTime } from '../ui/time.ts';
import { CAMPAIGNS } from './campaigns.pages.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';

/** What filling in costs in a month and what it no longer costs; every number opens to its visits and files. */
type Told = z.output<typeof burdenView>;
type Opened = z.output<typeof burdenOpenView>;

const BURDEN = '/console/burden';
const title = { zh: '填表负担', en: 'Filling in' };

const recordsAt = (query: Readonly<Record<string, string>>): string =>
  `${BURDEN}/records?${new URLSearchParams(query).toString()}`;

export function burdenPage(frame: DeskFrame, told: Told): string {
  const t = sayIn(frame.language);
  const { month, total, people } = told;
  const opened = (count: number): string => html`<a href="${recordsAt({ month })}">${n(count)}</a>`;
  return desk(
    frame,
    title,
    html`<h1>${t('填表负担', 'Filling in')} <span class="soft">${month}</span></h1>
!${monthWays(t, told)}
<p>${t('这个月上门听到', 'This month')} !${opened(total.visits)} ${t('次，当面问了', 'doors,')} !${opened(total.asked)} ${t('项；', 'questions put to people;')} !${opened(total.known)} ${t('项台账里已经有，没有再问。', 'more were known and not asked.')}</p>
<p>${t('上级的表填了', 'Workbooks of superiors filled:')} !${opened(total.files)} ${t('份，', 'with')} !${opened(total.cells)} ${t('格由台账填好。', 'cells out of the ledger.')}</p>
!${savedForm(t, told)}
<h2>${t('按人看', 'By person')}</h2>
!${people.length === 0 ? html`<p>${t('这个月还没有走访，也没有填过上级的表。', 'No visit and no workbook in this month yet.')}</p>` : peopleTable(t, told)}
<h2>${t('同一件事问了两遍', 'Asked twice')}</h2>
!${twiceList(frame, told)}
<p class="soft small">${t('只数您看得到的区域；按姓名排，不排名次。', 'Counted as far as you may see; ordered by name, never by number.')}</p>`,
  );
}

const monthWays = (t: Say, { before, after }: Told): string =>
  html`<p class="ways" aria-label="${t('换一个月', 'Another month')}"><a href="${BURDEN}?month=${before}">← ${before}</a>!${after === null ? '' : html` <a href="${BURDEN}?month=${after}">${after} →</a>`}</p>`;

/** Nobody has measured what one cell takes: it is said what was assumed, and whoever knows better says so. */
function savedForm(t: Say, { month, minutes, seconds }: Told): string {
  return html`<p>${t('少填的这些，约省', 'That saved about')} <strong class="number">${n(minutes)}</strong> ${t(`分钟（手工每格按 ${seconds} 秒估算）。`, `minutes (at ${seconds} seconds for a cell by hand).`)}</p>
<details><summary>${t('换一个估算', 'Estimate differently')}</summary><form method="get" action="${BURDEN}"><input type="hidden" name="month" value="${month}"><label for="seconds">${t('手工填一格几秒', 'Seconds for one cell by hand')}</label><input id="seconds" name="seconds" type="number" min="${SECONDS.least}" max="${SECONDS.most}" value="${seconds}" required><p><button>${t('重算', 'Count again')}</button></p></form></details>`;
}

function peopleTable(t: Say, { month, people }: Told): string {
  const heads = [
    t('姓名', 'Name'),
    t('上门', 'Doors'),
    t('当面问', 'Asked'),
    t('不用问', 'Known'),
    t('填表', 'Workbooks'),
    t('填好的格', 'Cells'),
  ];
  const counts = ({ visits, asked, known, files, cells }: Burden): number[] => [visits, asked, known, files, cells];
  const row = (one: Told['people'][number]): string => {
    const to = recordsAt({ month, personId: one.personId });
    return html`<tr><td>${one.name}</td>!${counts(one).map((count) => html`<td class="number">!${count === 0 ? '0' : html`<a href="${to}">${n(count)}</a>`}</td>`)}</tr>`;
  };
  return html`<div class="wide"><table><thead><tr>!${heads.map((head, i) => html`<th !${i === 0 ? '' : 'class="number"'}>${head}</th>`)}</tr></thead><tbody>!${people.map(row)}</tbody></table></div>
<p><a href="${recordsAt({ month })}">${t('全部走访和填表记录', 'All visits and files')} →</a></p>`;
}

function twiceList({ language }: DeskFrame, { twice }: Told): string {
  const t = sayIn(language);
  if (twice.length === 0)
    return html`<p>${t('正在进行的走访里，没有重复问的。', 'No open campaigns of the same land ask for the same.')}</p>`;
  return html`<ul class="plain">!${twice.map(({ field, campaigns }) => html`<li><strong>${field[language]}</strong>${t('：', ': ')}!${campaigns.map(({ id, title: name }) => html`<a href="${CAMPAIGNS}/${id}">${name}</a> `)}</li>`)}</ul>`;
}

export function burdenRecordsPage(frame: DeskFrame, told: Opened, personId: string | null): string {
  const t = sayIn(frame.language);
  const { month, person, visits, files, next } = told;
  const more = next === null ? null : recordsAt({ month, ...(personId === null ? {} : { personId }), after: next });
  return desk(
    frame,
    title,
    html`<h1>${person ?? t('全部记录', 'All records')} <span class="soft">${month}</span></h1>
<p><a href="${BURDEN}?month=${month}">← ${t('填表负担', 'Filling in')}</a></p>
<h2>${t('上门', 'Doors')}</h2>
!${visits.length === 0 ? html`<p>${t('没有。', 'None.')}</p>` : visitTable(frame, t, visits)}
!${more === null ? '' : html`<p><a href="${more}">${t('后面的', 'More')} →</a></p>`}
!${files.length === 0 ? '' : html`<h2>${t('填好的上级的表', 'Workbooks filled')}</h2>!${fileTable(frame, t, files)}`}`,
  );
}

const visitTable = ({ zone, language }: DeskFrame, t: Say, visits: Opened['visits']): string =>
  html`<div class="wide"><table><thead><tr><th>${t('时间', 'When')}</th><th>${t('走访', 'Campaign')}</th><th>${t('哪里', 'Where')}</th><th>${t('谁', 'Who')}</th><th class="number">${t('当面问', 'Asked')}</th><th class="number">${t('不用问', 'Known')}</th></tr></thead><tbody>!${visits.map((visit) => html`<tr><td>${dayAndTime(visit.visitedAt, zone, language)}</td><td><a href="${CAMPAIGNS}/${visit.campaignId}">${visit.title}</a></td><td>${visit.area}</td><td>${visit.by}</td><td class="number">${visit.asked}</td><td class="number">${visit.known}</td></tr>`)}</tbody></table></div>`;

const fileTable = ({ zone, language }: DeskFrame, t: Say, files: Opened['files']): string =>
  html`<div class="wide"><table><thead><tr><th>${t('时间', 'When')}</th><th>${t('哪里', 'Where')}</th><th>${t('谁', 'Who')}</th><th class="number">${t('人', 'People')}</th><th class="number">${t('格', 'Cells')}</th></tr></thead><tbody>!${files.map((file) => html`<tr><td>${dayAndTime(file.madeAt, zone, language)}</td><td>${file.area}</td><td>${file.by}</td><td class="number">${n(file.rows)}</td><td class="number">${n(file.cells)}</td></tr>`)}</tbody></table></div>`;
