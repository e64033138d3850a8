import { html } from 'ghtml';
import type { z } from 'zod';
import { ledgerKeepers, type recordLine } from '../../domains/land/registry/ledger.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { valueWords } from './ledger.words.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';
import { type OutShown, outFault, outForm, outMade } from './residents_out.pages.ts';

/** The residents of an area, and whoever was looked for by number, telephone or name. */
export type Line = z.output<typeof recordLine>;
export interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface Listed {
  readonly area: Choice;
  /** Those one may choose from. */
  readonly areas: readonly Choice[];
  readonly total: number;
  readonly rows: readonly Line[];
  readonly next: string | null;
  /** How many stand on the pages before. */
  readonly from: number;
  readonly done: string | null;
  /** What was just made of it, as a box of its own. */
  readonly out: OutShown;
}

export const HOME = '/console/residents';
export const FILES = `${HOME}/files`;
export const TEMPLATES = `${HOME}/templates`;
/** What a browser keeps of it, in its history and its tabs, tells of nobody. */
const title = { zh: '居民台账', en: 'Residents' };

export const keeps = (frame: DeskFrame): boolean => holdsOneOf(frame, ledgerKeepers);

export const doneBox = (done: string | null): string =>
  done === null ? '' : html`<div class="good" role="status"><strong class="settled">${done}</strong></div>`;

export const areaOptions = (areas: readonly Choice[], chosen: string): string =>
  areas
    .map(({ id, name }) => html`<option value="${id}"!${id === chosen ? ' selected' : ''}>${name}</option>`)
    .join('');

export function residentsPage(frame: DeskFrame, listed: Listed): string {
  const t = sayIn(frame.language);
  const { area, areas, total, done } = listed;
  return desk(
    frame,
    title,
    html`<h1>${t('居民台账', 'Residents')} <span class="soft">${area.name.split(' · ').at(-1)}</span></h1>
!${outFault(listed.out)}!${doneBox(done)}!${outMade(frame, listed.out)}
!${findForm(t)}
<form method="get" action="${HOME}"><label for="area">${t('看哪个地方', 'Which area')}</label><div class="asked-in-line"><select id="area" name="area">!${areaOptions(areas, area.id)}</select><button>${t('看', 'Show')}</button></div></form>
!${keeps(frame) ? html`<p class="ways"><a class="button" href="${FILES}">${t('导入表格', 'Import a spreadsheet')}</a> <a class="button" href="${TEMPLATES}">${t('填上级的表', 'Superiors’ workbooks')}</a></p>` : ''}
<h2>${t(`共 ${total.toLocaleString('en')} 人`, `${total.toLocaleString('en')} residents`)}</h2>
!${total === 0 ? nobody(frame, t) : html`!${peopleTable(frame, listed.rows)}!${pager(listed, t)}!${outForm(frame, listed.out, area)}`}`,
  );
}

const nobody = (frame: DeskFrame, t: Say): string =>
  keeps(frame)
    ? html`<p>${t('这里还没有登记的人。手里有居民表的，按“导入表格”传上来：先核对，看过再入账。', 'Nobody is registered here yet. If you have a spreadsheet of residents, import it: it is looked over first, and taken in when you say so.')}</p>`
    : html`<p>${t('这里还没有登记的人。居民表由社区书记或受理立案岗导入。', 'Nobody is registered here yet. The community secretary or the registrar imports the spreadsheets.')}</p>`;

/** Sent, not asked in the address: a number or a name must not stand in a history or a log. */
const findForm = (t: Say): string =>
  html`<form method="post" action="${HOME}/find" role="search"><label for="words">${t('找一个人', 'Find somebody')} <span class="soft">${t('身份证号、电话或姓名，要写全', 'identity number, telephone or name, in full')}</span></label><div class="asked-in-line"><input id="words" name="words" required maxlength="60" autocomplete="off"><button class="primary">${t('找', 'Find')}</button></div></form>`;

export function peopleFoundPage(frame: DeskFrame, rows: readonly Line[] | null, fault: Fault | null): string {
  const t = sayIn(frame.language);
  const none = html`<p>${t('没有找到。请核对每一位数字和每一个字，要写全；不在您负责的地方的人找不到。', 'Nobody was found. Compare every digit and character, and write it in full; who lives outside your area cannot be found.')}</p>`;
  return desk(
    frame,
    title,
    html`<p><a href="${HOME}">← ${t('居民台账', 'Residents')}</a></p>
<h1>${t('找一个人', 'Find somebody')}</h1>
!${faultBox(fault)}!${findForm(t)}
!${rows === null ? '' : html`<h2>${t(`找到 ${rows.length} 人`, `${rows.length} found`)}</h2>!${rows.length === 0 ? none : peopleTable(frame, rows)}`}`,
  );
}

function peopleTable(frame: DeskFrame, rows: readonly Line[]): string {
  const t = sayIn(frame.language);
  const columns = [
    ...[t('姓名', 'Name'), t('性别', 'Sex'), t('年龄', 'Age'), t('身份证号', 'Identity number')],
    ...[t('电话', 'Telephone'), t('住处', 'Home'), t('网格', 'Grid'), t('更新', 'Updated')],
  ];
  return html`<table class="records people"><thead><tr>!${columns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>!${rows.map((row) => html`<tr>!${cellsOf(row, frame, columns)}</tr>`)}</tbody></table>`;
}

function cellsOf(row: Line, { language, zone }: DeskFrame, columns: readonly string[]): string {
  const sex = row.sex === null ? null : valueWords('person.sex', row.sex, language);
  const age = row.age === null ? null : String(row.age);
  const rest = [sex, age, row.idNumber, row.phone, row.home, row.area, dayIn(row.changedAt, zone)];
  const isCode = (i: number): boolean => i === 2 || i === 3 || i === 6;
  return html`<th scope="row"><a href="${HOME}/${row.id}">${row.name ?? '—'}</a></th>!${rest.map((text, i) => html`<td data-label="${columns[i + 1]}" class="${isCode(i) ? 'code' : ''}">${text === null || text === '' ? '—' : text}</td>`)}`;
}

function pager({ area, rows, next, total, from }: Listed, t: Say): string {
  if (total <= rows.length) return '';
  const [first, last] = [from + 1, from + rows.length];
  const here = t(`第 ${first}–${last} 人，共 ${total} 人`, `${first}–${last} of ${total}`);
  const to = (query: Readonly<Record<string, string>>): string =>
    `${HOME}?${new URLSearchParams({ area: area.id, ...query }).toString()}`;
  return html`<p class="ways"><span>${here}</span>!${from > 0 ? html`<a href="${to({})}">← ${t('回到第一页', 'First page')}</a>` : ''}!${next === null ? '' : html`<a href="${to({ after: next, from: String(last) })}" rel="next">${t('后一页', 'Next page')} →</a>`}</p>`;
}
