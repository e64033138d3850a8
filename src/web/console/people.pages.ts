import { html } from 'ghtml';
import type { z } from 'zod';
import { rankWords } from '../../domains/work/chain/chain.model.ts';
import type { areaView, dutiesView, foundView, ShownSeat, Tally } from '../../domains/work/people/people.model.ts';
import { PAGE } from '../../domains/work/people/people.model.ts';
import type { Language } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { clockWords, type DeskFrame, desk } from './console.pages.ts';
import { holdsOneOf } from './links.ts';

/** Who answers for what, level by level down the tree; each number opens the list it was counted from. */
export type ShownArea = z.output<typeof areaView>;
export type ShownDuties = z.output<typeof dutiesView>;
export type Found = z.output<typeof foundView>;
export type Say = (zh: string, en: string) => string;

export const sayIn =
  (language: Language): Say =>
  (zh, en) =>
    language === 'zh' ? zh : en;
export const title = { zh: '人员', en: 'People' };
export const to = (path: string, query: Readonly<Record<string, string>> = {}): string => {
  const asked = new URLSearchParams(query).toString();
  return `/console/people${path}${asked === '' ? '' : `?${asked}`}`;
};
export const personLink = ({ personId, name }: { readonly personId: string; readonly name: string }): string =>
  html`<a href="${to(`/person/${personId}`)}">${name}</a>`;

export function peoplePage(frame: DeskFrame, area: ShownArea, isOnlyNobody: boolean): string {
  const t = sayIn(frame.language);
  return desk(
    frame,
    title,
    html`!${trailOf(area, t)}
<h1>${area.name} <span class="soft">${t('谁负责', 'Who answers for it')}</span></h1>
!${doors(frame, area, t)}
!${figures(area, t)}
!${whoOf(area, frame.language)}
!${isOnlyNobody ? nobodyBelow(area, frame) : levelBelow(area, frame)}
<p class="soft small">${t('— 表示不在您能看的范围，不等于没有。保密案卷的待办不计入。', '— stands for what lies outside your view, which is not the same as none. Duties on confidential cases are not counted.')}</p>`,
  );
}

function trailOf({ above, name }: ShownArea, t: Say): string {
  return html`<nav class="trail" aria-label="${t('在哪里', 'Where this is')}">!${above.map((one) => html`<a href="${to('', { area: one.id })}">${one.name}</a> / `)}<span aria-current="page">${name}</span></nav>`;
}

/** Where one can go from here: only to what opens for this viewer. */
function doors(frame: DeskFrame, { id }: ShownArea, t: Say): string {
  const isOverseer = !holdsOneOf(frame, ['admin']) || (frame.me?.posts.length ?? 0) > 1;
  return html`<form method="get" action="/console/people/find" role="search"><label for="words">${t('按姓名找人', 'Find somebody by name')}</label><div class="asked-in-line"><input id="words" name="words" required maxlength="60" autocomplete="off"><button>${t('找', 'Find')}</button></div></form>
<p class="ways"><a href="/console/people/bodies">${t('单位和临时组织', 'Bodies and temporary organisations')}</a>!${isOverseer ? html`<a href="/console/responsibility?area=${id}">${t('缺口和过载', 'Gaps and overload')}</a>` : ''}!${isOverseer ? html`<a href="/console/map/${id}">${t('在地图上看', 'On the map')}</a>` : ''}!${holdsOneOf(frame, ['admin']) ? html`<a href="/console/people/hand-over">${t('移交', 'Hand over')}</a>` : ''}</p>`;
}

function figures({ id, duties, gaps }: ShownArea, t: Say): string {
  return html`<dl class="figures"><div><dt>${t('未办完的待办', 'Open duties')}</dt><dd>!${openOf(duties, { area: id })}</dd></div><div><dt>${t('其中超期', 'Of these late')}</dt><dd>!${lateOf(duties, { area: id })}</dd></div><div><dt>${t('平时没有人包保的社区（村）、网格', 'Communities and grids nobody answers for')}</dt><dd>!${gaps === 0 ? '0' : html`<a href="${to('', { area: id, only: 'nobody' })}">${gaps}</a>`}</dd></div></dl>`;
}

type Whose = Readonly<Record<string, string>>;
export const openOf = (duties: Tally, whose: Whose): string => numberOf(duties?.open, '/duties', whose);
export const lateOf = (duties: Tally, whose: Whose): string =>
  numberOf(duties?.late, '/duties', { ...whose, late: '1' });

function numberOf(count: number | undefined, path: string, whose: Whose): string {
  if (count === undefined) return html`<span class="soft">—</span>`;
  const tone = whose.late !== undefined && count > 0 ? 'late' : '';
  return count === 0 ? '0' : html`<a class="${tone}" href="${to(path, whose)}">${count.toLocaleString('en')}</a>`;
}

/** Of the area itself: everybody in charge, by level, and its posts. */
function whoOf(area: ShownArea, language: Language): string {
  const t = sayIn(language);
  const none = html`<p class="!${area.nobody ? 'late' : 'soft'}">${t('没有人包保。', 'Nobody is in charge.')}</p>`;
  return html`<h2>${t('包保', 'In charge')}</h2>
!${
    area.charges.length === 0
      ? none
      : html`<table><thead><tr><th>${t('谁', 'Who')}</th><th>${t('级别', 'Level')}</th><th>${t('何时', 'When')}</th><th>${t('为什么', 'What for')}</th></tr></thead><tbody>!${area.charges.map((one) => html`<tr><td>!${personLink(one)}</td><td>${rankWords(one.rank)[language]}</td><td>${modeWords(one.mode, t)}</td><td>${one.charge}</td></tr>`)}</tbody></table>`
  }
<h2>${t('岗位', 'Posts')}</h2>
!${area.seats.length === 0 ? html`<p class="soft">${t('这一级没有设岗位。', 'No post stands at this level.')}</p>` : html`<ul class="plain">!${area.seats.map((seat) => html`<li>!${seatLine(seat, language)}</li>`)}</ul>`}`;
}

export const modeWords = (mode: string, t: Say): string =>
  mode === 'emergency' ? t('应急', 'emergency') : t('平时', 'normal');

/** 网格员 王秀兰: the post leads to its page, the name to the person's. */
export function seatLine({ id, roleWords, holders }: ShownSeat, language: Language): string {
  const t = sayIn(language);
  const held = holders.map(personLink).join(t('、', ', '));
  return html`<a class="soft" href="${to(`/posts/${id}`)}">${roleWords[language]}</a> !${held === '' ? html`<span class="late">${t('空缺', 'vacant')}</span>` : held}`;
}

function levelBelow(area: ShownArea, frame: DeskFrame): string {
  const t = sayIn(frame.language);
  if (area.count === 0) return '';
  return html`<h2>${t('下一级', 'The next level')} <span class="soft">${area.count}</span></h2>!${areaTable(area, frame)}!${pager(area, '', { area: area.id }, t)}`;
}

function nobodyBelow(area: ShownArea, frame: DeskFrame): string {
  const t = sayIn(frame.language);
  return html`<h2>${t('平时没有人包保的社区（村）、网格', 'Communities and grids nobody answers for in normal time')} <span class="soft">${area.count}</span></h2>
<p><a href="${to('', { area: area.id })}">${t('看全部下一级', 'The whole next level')}</a></p>
!${area.count === 0 ? html`<p class="settled">${t('都有人包保。', 'Somebody answers for each.')}</p>` : html`!${areaTable(area, frame)}!${pager(area, '', { area: area.id, only: 'nobody' }, t)}`}`;
}

type Below = ShownArea['below'][number];

function areaTable({ below }: ShownArea, frame: DeskFrame): string {
  const t = sayIn(frame.language);
  return html`<table class="tree"><thead><tr><th>${t('区域', 'Area')}</th><th>${t('谁负责', 'Who answers')}</th><th class="number">${t('待办', 'Open')}</th></tr></thead><tbody>!${below.map((one) => areaRow(one, frame))}</tbody></table>`;
}

function areaRow(area: Below, { language }: DeskFrame): string {
  const t = sayIn(language);
  const hasBelow = area.gaps > (area.nobody ? 1 : 0);
  const late =
    area.duties && area.duties.late > 0
      ? html`<br><span class="small">${t('超期 ', 'late ')}!${lateOf(area.duties, { area: area.id })}</span>`
      : '';
  return html`<tr><th scope="row"><a href="${to('', { area: area.id })}">${area.name}</a><br><span class="soft small">${area.path === '' ? area.levelWords[language] : area.path}</span>!${hasBelow ? html`<br><a class="small" href="${to('', { area: area.id, only: 'nobody' })}">${t(`${area.gaps} 处没有人包保`, `${area.gaps} without anybody`)}</a>` : ''}</th>
<td>!${chargeLines(area, language)}!${area.seats.map((seat) => html`<div>!${seatLine(seat, language)}</div>`)}</td>
<td class="number">!${openOf(area.duties, { area: area.id })}!${late}</td></tr>`;
}

const MOST_NAMED = 6;

/** By mode, so that one sees at a glance whether only the emergency is provided for. */
function chargeLines({ charges, nobody }: Below, language: Language): string {
  const t = sayIn(language);
  const lines = (['normal', 'emergency'] as const).map((mode) => {
    const people = charges.filter((one) => one.mode === mode);
    const more = people.length - MOST_NAMED;
    if (people.length === 0) return '';
    return html`<div><span class="soft small">${modeWords(mode, t)}</span> !${people.slice(0, MOST_NAMED).map((one, i) => html`${i === 0 ? '' : t('、', ', ')}!${personLink(one)} <span class="soft small">${rankWords(one.rank)[language]}</span>`)}${more > 0 ? t(` 等 ${people.length} 人`, ` and ${more} more`) : ''}</div>`;
  });
  return html`!${nobody ? html`<div class="late">${t('平时没有人包保', 'nobody in normal time')}</div>` : ''}!${lines}`;
}

export function pager(
  { from, count }: { readonly from: number; readonly count: number },
  path: string,
  query: Whose,
  t: Say,
): string {
  if (count <= PAGE) return '';
  const [last, before, after] = [Math.min(from + PAGE, count), from - PAGE, from + PAGE];
  return html`<p class="ways"><span>${t(`第 ${from + 1}–${last} 条，共 ${count} 条`, `${from + 1}–${last} of ${count}`)}</span>!${before >= 0 ? html`<a href="${to(path, { ...query, from: String(before) })}" rel="prev">← ${t('前一页', 'Before')}</a>` : ''}!${after < count ? html`<a href="${to(path, { ...query, from: String(after) })}" rel="next">${t('后一页', 'After')} →</a>` : ''}</p>`;
}

export function dutiesPage(frame: DeskFrame, told: ShownDuties): string {
  const { language } = frame;
  const t = sayIn(language);
  const { kind, id, name } = told.about;
  const back = { area: to('', { area: id }), person: to(`/person/${id}`), body: to(`/bodies/${id}`) }[kind];
  const whose: Whose = { [kind]: id, ...(told.late && { late: '1' }) };
  const isStaff = frame.me?.posts.some(({ role }) => role !== 'auditor' && role !== 'admin') ?? false;
  return desk(
    frame,
    title,
    html`<h1>${name} <span class="soft">${told.late ? t('超期的待办', 'Late duties') : t('未办完的待办', 'Open duties')} ${told.count}</span></h1>
<p class="ways"><a href="${back}">← ${name}</a>!${told.late ? html`<a href="${to('/duties', { [kind]: id })}">${t('看全部未办完的', 'All that are open')}</a>` : html`<a href="${to('/duties', { [kind]: id, late: '1' })}">${t('只看超期的', 'Only what is late')}</a>`}</p>
!${told.lines.length === 0 ? html`<p class="soft">${t('您能看的范围里没有。', 'There is none in your view.')}</p>` : html`<table><thead><tr><th>${t('要办', 'To do')}</th><th>${t('案卷', 'Case')}</th><th>${t('时限', 'Time')}</th></tr></thead><tbody>!${told.lines.map((line) => dutyRow(line, frame, isStaff))}</tbody></table>!${pager(told, '/duties', whose, t)}`}`,
  );
}

function dutyRow(line: ShownDuties['lines'][number], frame: DeskFrame, isStaff: boolean): string {
  const words = line.title?.[frame.language] ?? line.number ?? line.recordId;
  const named = isStaff ? html`<a href="/console/cases/${line.recordId}">${words}</a>` : html`${words}`;
  const whose = line.assigneeName === null ? line.owedByName : `${line.assigneeName} · ${line.owedByName}`;
  return html`<tr><td><strong>${line.dutyWords[frame.language]}</strong><br><span class="soft small">${whose}</span></td><td>!${named}<br><span class="soft small">${line.place} · <span class="code">${line.number ?? ''}</span></span></td><td>!${clockWords(line.clock, frame)}</td></tr>`;
}

export function foundPage(frame: DeskFrame, words: string, found: Found | null, fault: Fault | null): string {
  const t = sayIn(frame.language);
  return desk(
    frame,
    title,
    html`<h1>${t('找人', 'Find somebody')}</h1>
!${faultBox(fault)}
<form method="get" action="/console/people/find" role="search"><label for="words">${t('姓名里的字', 'A part of the name')}</label><div class="asked-in-line"><input id="words" name="words" required maxlength="60" value="${words}" autocomplete="off"><button class="primary">${t('找', 'Find')}</button></div></form>
!${found === null ? '' : found.length === 0 ? html`<p>${t(`没有名字里带“${words}”的人。`, `Nobody is called “${words}”.`)}</p>` : html`<ul class="plain">!${found.map((one) => html`<li>!${personLink(one)} <span class="soft">${one.places.join(t('、', ', '))}</span></li>`)}</ul>`}
<p><a href="/console/people">← ${t('区域', 'Areas')}</a></p>`,
  );
}
