import { html } from 'ghtml';
import type { z } from 'zod';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { keepingOf, typeNamed } from '../../domains/land/registry/fields/keeping.model.ts';
import { type AnyLedgerCode, type Ledger, ledgerKeepers } from '../../domains/land/registry/ledger.model.ts';
import { ledgers } from '../../domains/land/registry/ledgers.model.ts';
import type { ownLedgerView } from '../../domains/land/registry/own/own_ledger.model.ts';
import { isOwnLedger } from '../../domains/land/registry/own/own_ledger_code.model.ts';
import type { recordLine } from '../../domains/land/registry/record.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { valueWords } from './ledger.words.ts';
import { holdsOneOf } from './links.ts';
import { type Say, sayIn } from './people.pages.ts';
import { type OutShown, outFault, outForm, outMade } from './residents_out.pages.ts';

/** A ledger of an area, and what was looked for by number, telephone or name. */
export type Line = z.output<typeof recordLine>;
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly level?: string;
}

/** An own ledger as its tab shows it. */
export type OwnTab = Pick<
  z.output<typeof ownLedgerView>,
  'id' | 'code' | 'name' | 'unit' | 'called' | 'usedFor' | 'retiredAt' | 'isHere'
>;

export interface Listed {
  readonly ledger: Ledger;
  /** Those that are kept in the area, above it or within it. */
  readonly own: readonly OwnTab[];
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

export const HOME = '/console/ledgers';
export const FILES = `${HOME}/files`;
export const HOUSEHOLDS = `${HOME}/households`;
/** Where the residents had their pages before there were other ledgers. */
export const FORMERLY = '/console/residents';
export const TEMPLATES = `${HOME}/templates`;
export const OWN_FIELDS = `${HOME}/fields`;
/** What a browser keeps of it, in its history and its tabs, tells of nobody. */
const title = { zh: '台账', en: 'Ledgers' };

export const keeps = (frame: DeskFrame): boolean => holdsOneOf(frame, ledgerKeepers);

/** The list of a ledger, of an area where one is given. */
export const listOf = (ledger: AnyLedgerCode, area?: string): string =>
  `${HOME}?${new URLSearchParams({ ledger, ...(area === undefined ? {} : { area }) }).toString()}`;

export const OWN_LEDGERS = `${HOME}/own`;
/** Writing down somebody new. */
export const NEW_RECORD = `${HOME}/new`;

/** What an area asks besides. */
export const fieldsOf = (ledger: AnyLedgerCode, area: string): string =>
  `${OWN_FIELDS}?${new URLSearchParams({ ledger, area }).toString()}`;

export const doneBox = (done: string | null): string =>
  done === null ? '' : html`<div class="good" role="status"><strong class="settled">${done}</strong></div>`;

export const areaOptions = (areas: readonly Choice[], chosen: string): string =>
  areas
    .map(({ id, name }) => html`<option value="${id}"!${id === chosen ? ' selected' : ''}>${name}</option>`)
    .join('');

/** The ledgers beside each other, and the households as another view of the residents. */
export function ledgerTabs(
  frame: DeskFrame,
  shown: AnyLedgerCode | 'households',
  area: string,
  kept: readonly OwnTab[],
): string {
  const t = sayIn(frame.language);
  const at = (is: boolean): string => (is ? ' aria-current="page"' : '');
  const tab = (code: AnyLedgerCode, name: string): string =>
    html`<a href="${listOf(code, area)}"!${at(code === shown)}>${name}</a>`;
  const tabs = ledgers.map(({ code, says }) => tab(code, says.tab[frame.language]));
  // What is not used any more is opened from the page of own ledgers, and stands here as long as it is looked at.
  const own = kept.flatMap(({ code, name, retiredAt }) =>
    isOwnLedger(code) && (retiredAt === null || code === shown) ? [tab(code, name)] : [],
  );
  const households = html`<a href="${HOUSEHOLDS}?area=${area}"!${at(shown === 'households')}>${t('按户看', 'Households')}</a>`;
  return html`<nav class="tabs many" aria-label="${t('台账', 'Ledgers')}">!${tabs.toSpliced(1, 0, households)}!${own}</nav>`;
}

export const areaForm = (
  action: string,
  { area, areas }: Pick<Listed, 'area' | 'areas'>,
  t: Say,
  hidden = '',
): string =>
  html`<form method="get" action="${action}">!${hidden}<label for="area">${t('看哪个地方', 'Which area')}</label><div class="asked-in-line"><select id="area" name="area">!${areaOptions(areas, area.id)}</select><button>${t('看', 'Show')}</button></div></form>`;

export function residentsPage(frame: DeskFrame, listed: Listed): string {
  const { language } = frame;
  const t = sayIn(language);
  const { ledger, area, total, done } = listed;
  const n = total.toLocaleString('en');
  const asked = html`<input type="hidden" name="ledger" value="${ledger.code}">`;
  return desk(
    frame,
    title,
    html`!${ledgerTabs(frame, ledger.code, area.id, listed.own)}
<h1>${titleOf(ledger, frame)} <span class="soft">${area.name.split(' · ').at(-1)}</span></h1>
!${outFault(listed.out)}!${doneBox(done)}!${outMade(frame, listed.out)}!${ownLine(listed, t)}
!${findForm(frame, ledger)}
!${areaForm(HOME, listed, t, asked)}
!${waysOf(frame, listed)}
<h2>${t(`共 ${n} ${ledger.says.counted.zh}`, `${n} ${ledger.says.counted.en}`)}</h2>
!${total === 0 ? nothing(frame, ledger, t) : html`!${recordTable(frame, ledger, listed.rows)}!${pager(listed, t)}!${outForm(frame, listed.out, { area, ledger })}`}`,
  );
}

/** What an own ledger is kept for, and that it is not used any more. */
function ownLine({ ledger, own }: Listed, t: Say): string {
  const kept = own.find(({ code }) => code === ledger.code);
  if (!kept) return '';
  const about = html`<a href="${OWN_LEDGERS}/${kept.id}">${t('这本台账', 'About this ledger')}</a>`;
  const past = kept.retiredAt === null ? '' : html` <strong class="near">● ${t('已停用', 'Retired')}</strong>`;
  return html`<p class="soft">${kept.usedFor} !${about}!${past}</p>`;
}

function waysOf(frame: DeskFrame, { ledger, area, own }: Listed): string {
  const t = sayIn(frame.language);
  const button = (href: string, words: string): string => html`<a class="button" href="${href}">${words}</a>`;
  const at = new URLSearchParams({ ledger: ledger.code, area: area.id }).toString();
  const isOpen = own.every(({ code, retiredAt, isHere }) => code !== ledger.code || (retiredAt === null && isHere));
  const add = isOpen ? [button(`${NEW_RECORD}?${at}`, t(`登记${ledger.says.one.zh}`, 'Enter one by hand'))] : [];
  const keeping = [
    ...(isOpen ? [button(`${FILES}?${at}`, t('导入表格', 'Import a spreadsheet'))] : []),
    ...(isOpen ? [button(fieldsOf(ledger.code, area.id), t('自建字段', 'Own fields'))] : []),
    button(`${OWN_LEDGERS}?area=${area.id}`, t('自建台账', 'Own ledgers')),
  ];
  const twice = button(`${HOME}/duplicates?${at}`, t('登记了两次的', 'Registered twice'));
  const ofPeople = [button(TEMPLATES, t('填上级的表', 'Superiors’ workbooks'))];
  const ways = [
    ...add,
    ...(keeps(frame) ? keeping : []),
    ...(keeps(frame) && ledger.code === 'residents' ? ofPeople : []),
    ...(keeps(frame) ? [twice] : []),
  ];
  return ways.length === 0 ? '' : html`<p class="ways">!${ways.join(' ')}</p>`;
}

/** 居民台账; Residents. */
export const titleOf = ({ words, says }: Ledger, { language }: DeskFrame): string =>
  language === 'zh' ? words.zh : says.tab.en;

function nothing(frame: DeskFrame, { code, says }: Ledger, t: Say): string {
  const none =
    code === 'residents'
      ? t('这里还没有登记的人。', 'Nobody is registered here yet.')
      : t('这里还没有登记的。', 'Nothing is registered here yet.');
  const how = keeps(frame)
    ? t(
        `手里有${says.sheet.zh}的，按“导入表格”传上来：先核对，看过再入账。`,
        `If you have a ${says.sheet.en}, import it: it is looked over first, and taken in when you say so.`,
      )
    : t(
        `${says.sheet.zh}由社区书记或受理立案岗导入。`,
        'The community secretary or the registrar imports the spreadsheets.',
      );
  return html`<p>${none}${t('', ' ')}${how}</p>`;
}

/** Sent, not asked in the address: a number or a name must not stand in a history or a log. */
const findForm = ({ language }: DeskFrame, { code, says }: Ledger): string =>
  html`<form method="post" action="${HOME}/find" role="search"><input type="hidden" name="ledger" value="${code}"><label for="words">${says.find[language]} <span class="soft">${says.findBy[language]}</span></label><div class="asked-in-line"><input id="words" name="words" required maxlength="60" autocomplete="off"><button class="primary">${sayIn(language)('找', 'Find')}</button></div></form>`;

export function peopleFoundPage(
  frame: DeskFrame,
  ledger: Ledger,
  rows: readonly Line[] | null,
  fault: Fault | null,
): string {
  const t = sayIn(frame.language);
  const none = html`<p>${t('没有找到。请核对每一位数字和每一个字，要写全；不在您负责的地方的找不到。', 'Nothing was found. Compare every digit and character, and write it in full; what lies outside your area cannot be found.')}</p>`;
  const found = t(`找到 ${rows?.length ?? 0} ${ledger.says.counted.zh}`, `${rows?.length ?? 0} found`);
  return desk(
    frame,
    title,
    html`<p><a href="${listOf(ledger.code)}">← ${titleOf(ledger, frame)}</a></p>
<h1>${ledger.says.find[frame.language]}</h1>
!${faultBox(fault)}!${findForm(frame, ledger)}
!${rows === null ? '' : html`<h2>${found}</h2>!${rows.length === 0 ? none : recordTable(frame, ledger, rows)}`}`,
  );
}

/** What it is called, what the ledger lists, where and when; the columns are the ledger's own. */
function recordTable(frame: DeskFrame, ledger: Ledger, rows: readonly Line[]): string {
  const { language } = frame;
  const t = sayIn(language);
  const headed = (code: string): string =>
    code === 'place.home' && ledger.code !== 'residents' ? t('位置', 'Where') : nameIn(ledger, code)[language];
  const called = headed(ledger.calledBy[0] ?? '');
  const listed = ledger.listed.map(headed);
  const columns = [called, ...listed, t('网格', 'Grid'), t('更新', 'Updated')];
  return html`<table class="records people"><thead><tr>!${columns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>!${rows.map((row) => html`<tr>!${cellsOf(row, ledger, frame, columns)}</tr>`)}</tbody></table>`;
}

function cellsOf(row: Line, { listed }: Ledger, { language, zone }: DeskFrame, columns: readonly string[]): string {
  const told = listed.map((code) => {
    const value = row.values[code];
    return { text: value === undefined ? '—' : valueWords(code, value, language), tone: toneOf(code) };
  });
  const where = row.area === '' ? '—' : row.area;
  const rest = [...told, { text: where, tone: '' }, { text: dayIn(row.changedAt, zone), tone: 'code' }];
  return html`<th scope="row"><a href="${HOME}/${row.id}">${row.name ?? '—'}</a></th>!${rest.map(({ text, tone }, i) => html`<td data-label="${columns[i + 1]}" class="${tone}">${text}</td>`)}`;
}

/** A number or a yes says nothing without the name of its column, also where a narrow screen has no head. */
function toneOf(code: string): string {
  const type = typeNamed(code);
  if (keepingOf(code).secrecy === 'masked') return 'code';
  return type === 'number' || type === 'whole' || type === 'yes_no' ? 'named' : '';
}

function pager({ ledger, area, rows, next, total, from }: Listed, t: Say): string {
  if (total <= rows.length) return '';
  const [first, last] = [from + 1, from + rows.length];
  const unit = ledger.says.counted.zh;
  const here = t(`第 ${first}–${last} ${unit}，共 ${total} ${unit}`, `${first}–${last} of ${total}`);
  const to = (query: Readonly<Record<string, string>>): string =>
    `${HOME}?${new URLSearchParams({ ledger: ledger.code, area: area.id, ...query }).toString()}`;
  return html`<p class="ways"><span>${here}</span>!${from > 0 ? html`<a href="${to({})}">← ${t('回到第一页', 'First page')}</a>` : ''}!${next === null ? '' : html`<a href="${to({ after: next, from: String(last) })}" rel="next">${t('后一页', 'Next page')} →</a>`}</p>`;
}
