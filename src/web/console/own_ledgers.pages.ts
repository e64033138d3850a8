import { html } from 'ghtml';
import type { z } from 'zod';
import type { ownLedgerView } from '../../domains/land/registry/own/own_ledger.model.ts';
import { isOwnLedger } from '../../domains/land/registry/own/own_ledger_code.model.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import {
  areaForm,
  areaOptions,
  type Choice,
  doneBox,
  FILES,
  fieldsOf,
  HOME,
  keeps,
  listOf,
  NEW_RECORD,
  OWN_LEDGERS,
} from './residents.pages.ts';

/** Own ledgers: those of an area with the form that adds one, and one of them with what may be done with it. */
export type OwnLedger = z.output<typeof ownLedgerView>;
type Fields = Readonly<Record<string, string>>;

const ownLedgersTitle = { zh: '自建台账', en: 'Own ledgers' };

export interface OwnLedgersShown {
  readonly area: Choice;
  readonly areas: readonly Choice[];
  readonly ledgers: readonly OwnLedger[];
  readonly typed: Fields | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function ownLedgersPage(frame: DeskFrame, shown: OwnLedgersShown): string {
  const t = sayIn(frame.language);
  const { area, areas, ledgers, fault } = shown;
  const [live, retired] = [ledgers.filter((one) => !one.retiredAt), ledgers.filter((one) => one.retiredAt)];
  const none = html`<p>${t('还没有。另外记着一本、每月要交的，都可以建成一本。', 'None yet. Whatever list you keep besides can be made one.')}</p>`;
  const past = html`<details><summary>${t(`停用了的 ${retired.length} 本`, `Retired: ${retired.length}`)}</summary>!${ledgerTable(frame, retired)}</details>`;
  return desk(
    frame,
    ownLedgersTitle,
    html`<p><a href="${HOME}?area=${area.id}">← ${t('台账', 'Ledgers')}</a></p>
<h1>${t('自建台账', 'Own ledgers')} <span class="soft">${area.name.split(' · ').at(-1)}</span></h1>
<p class="soft">${t('居民、房屋、企业商户、设施以外，您这里还要记的：养犬、充电桩、文艺队、借出去的东西。建一本，加上要记的字段，就能登记、导入、下载，每个值都有出处和经过。', 'What you keep besides residents, houses, enterprises and facilities: dogs, charging posts, what was lent. Add a ledger and its fields, and it is entered, imported and taken out like any other.')}</p>
!${faultBox(fault)}
!${areaForm(OWN_LEDGERS, { area, areas }, t)}
<h2>${t(`在用 ${live.length} 本`, `In use: ${live.length}`)}</h2>!${live.length === 0 ? none : ledgerTable(frame, live)}
!${keeps(frame) ? addForm(shown, t) : ''}!${retired.length === 0 ? '' : past}`,
  );
}

function ledgerTable({ language }: DeskFrame, ledgers: readonly OwnLedger[]): string {
  const t = sayIn(language);
  const heads = [t('名字', 'Name'), t('做什么用', 'What for'), t('谁的', 'Whose')];
  const row = ({ id, name, usedFor, area }: OwnLedger): string =>
    html`<tr><th scope="row"><a href="${OWN_LEDGERS}/${id}">${name}</a></th>!${[usedFor, area].map((text, i) => html`<td data-label="${heads[i + 1]}">${text}</td>`)}</tr>`;
  return html`<table class="records"><thead><tr>!${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>!${ledgers.map(row)}</tbody></table>`;
}

const addForm = ({ area, areas, typed, newId }: OwnLedgersShown, t: Say): string =>
  html`<details id="add"!${typed === null ? '' : ' open'}><summary>${t('建一本', 'Add a ledger')}</summary><form method="post" action="${OWN_LEDGERS}"><input type="hidden" name="commandId" value="${newId()}">
<label for="areaId">${t('哪个地方用', 'For which area')} <span class="soft">${t('它和下面各级都能用，别处看不到', 'it is kept there and below, and appears nowhere else')}</span></label><select id="areaId" name="areaId">!${areaOptions(areas, typed?.areaId ?? area.id)}</select>
!${worded(typed ?? {}, t)}<p><button class="primary">${t('建好', 'Add it')}</button></p></form></details>`;

function worded(typed: Fields, t: Say): string {
  const value = (name: string): string => typed[name] ?? '';
  return html`<label for="name">${t('叫什么', 'Its name')} <span class="soft">${t('如：养犬台账、充电桩台账', 'such as: dogs, charging posts')}</span></label><input id="name" name="name" value="${value('name')}" required maxlength="20" autocomplete="off">
<label for="usedFor">${t('做什么用', 'What for')} <span class="soft">${t('为什么要记，给被问的人看得懂', 'why it is kept, so that whoever is asked understands')}</span></label><input id="usedFor" name="usedFor" value="${value('usedFor')}" required maxlength="200" autocomplete="off">
<label for="called">${t('每一条按什么称呼', 'What each entry is called by')} <span class="soft">${t('如：犬名、桩号；空着就是“名称”。表里这样的列认得', 'such as: number of the post; empty: name. The column of a file is known by it')}</span></label><input id="called" name="called" value="${value('called')}" maxlength="20" autocomplete="off">
<label for="unit">${t('用什么数', 'Counted by')} <span class="soft">${t('条、只、个、处、户', 'the measure word')}</span></label><input id="unit" name="unit" value="${value('unit') || '条'}" required maxlength="4" autocomplete="off">`;
}

export interface OwnLedgerShown {
  readonly ledger: OwnLedger;
  readonly typed: Fields | null;
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function ownLedgerPage(frame: DeskFrame, shown: OwnLedgerShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { ledger, done, fault } = shown;
  const lines = [
    [t('做什么用', 'What for'), ledger.usedFor],
    [t('每一条按什么称呼', 'What each entry is called by'), ledger.called || t('名称', 'name')],
    [t('用什么数', 'Counted by'), ledger.unit],
    [t('谁的', 'Whose'), t(`${ledger.area}和下面各级`, `${ledger.area} and below`)],
    [t('谁建的', 'Added by'), `${ledger.addedBy} · ${dayIn(ledger.addedAt, zone)}`],
  ];
  const retired =
    ledger.retiredAt === null
      ? ''
      : html`<p><strong class="near">● ${t(`${dayIn(ledger.retiredAt, zone)} 由${ledger.retiredBy}停用：记过的照样看得到，不再收新的。`, `Retired by ${ledger.retiredBy} on ${dayIn(ledger.retiredAt, zone)}: what stands in it is shown, nothing new is taken.`)}</strong></p>`;
  return desk(
    frame,
    ownLedgersTitle,
    html`<p><a href="${OWN_LEDGERS}?area=${ledger.areaId}">← ${t('自建台账', 'Own ledgers')}</a></p>
<h1>${ledger.name}</h1>!${retired}!${faultBox(fault)}!${doneBox(done)}
!${waysOf(frame, ledger, t)}
<table class="facts"><tbody>!${lines.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>
!${ledger.mayChange ? html`!${changeForm(shown, t)}!${retiring(shown, t)}` : ''}`,
  );
}

function waysOf(frame: DeskFrame, { code, areaId, unit, retiredAt }: OwnLedger, t: Say): string {
  if (!isOwnLedger(code)) return '';
  const at = new URLSearchParams({ ledger: code, area: areaId }).toString();
  const open = html`<a class="button" href="${listOf(code, areaId)}">${t('打开这本台账', 'Open the ledger')}</a>`;
  if (retiredAt !== null) return html`<p class="ways">!${open}</p>`;
  const keeping = html` <a class="button" href="${fieldsOf(code, areaId)}">${t('它的字段', 'Its fields')}</a> <a class="button" href="${FILES}?${at}">${t('导入表格', 'Import a spreadsheet')}</a>`;
  return html`<p class="ways">!${open} <a class="button" href="${NEW_RECORD}?${at}">${t(`登记一${unit}`, 'Enter one by hand')}</a>!${keeps(frame) ? keeping : ''}</p>`;
}

function changeForm({ ledger, typed, newId }: OwnLedgerShown, t: Say): string {
  const { name, unit, called, usedFor } = ledger;
  return html`<details id="change"!${typed === null ? '' : ' open'}><summary>${t('改名字和说明', 'Change its name and words')}</summary><form method="post" action="${OWN_LEDGERS}/${ledger.id}/change"><input type="hidden" name="commandId" value="${newId()}">!${worded(typed ?? { name, unit, called, usedFor }, t)}<p><button class="primary">${t('保存', 'Save')}</button></p></form></details>`;
}

const retiring = ({ ledger, newId }: OwnLedgerShown, t: Say): string =>
  html`<details id="retire"><summary class="late">${t('停用', 'Retire it')}</summary><form method="post" action="${OWN_LEDGERS}/${ledger.id}/retire"><input type="hidden" name="commandId" value="${newId()}">
<p>${t('停用以后不再收新的；记过的和经过都留着，照样看得到、取得出。停用了不能再启用，要再记就另建一本。', 'Nothing new is taken. What stands in it stays, with its history, and can be taken out. It cannot be brought back: to go on, add another.')}</p>
<p><button class="danger">${t('停用这本台账', 'Retire this ledger')}</button></p></form></details>`;
