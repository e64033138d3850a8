import { html } from 'ghtml';
import type { z } from 'zod';
import type { Secrecy } from '../../domains/land/registry/fields/own_code.model.ts';
import type { AnyLedgerCode, Ledger } from '../../domains/land/registry/ledger.model.ts';
import { ledgers } from '../../domains/land/registry/ledgers.model.ts';
import { type ownFieldView, ownKindWords } from '../../domains/land/registry/own/own_field.model.ts';
import type { Words } from '../../kernel/words.ts';
import { type Fault, faultBox } from '../ui/page.ts';
import { dayIn } from '../ui/time.ts';
import { type DeskFrame, desk } from './console.pages.ts';
import { changeForm } from './own_field_form.pages.ts';
import { type Say, sayIn } from './people.pages.ts';
import {
  areaOptions,
  type Choice,
  doneBox,
  fieldsOf,
  keeps,
  listOf,
  OWN_FIELDS,
  type OwnTab,
  titleOf,
} from './residents.pages.ts';

/** What an area asks of a ledger besides the dictionary: the list, and one of them with what may be done with it. */
export type Field = z.output<typeof ownFieldView>;

export const fieldsTitle = { zh: '自建字段', en: 'Own fields' };

export interface FieldsShown {
  readonly ledger: Ledger;
  readonly area: Choice;
  readonly areas: readonly Choice[];
  readonly fields: readonly Field[];
  readonly own: readonly OwnTab[];
}

export function fieldsPage(frame: DeskFrame, { ledger, area, areas, fields, own }: FieldsShown): string {
  const t = sayIn(frame.language);
  const [live, retired] = [fields.filter((one) => !one.retiredAt), fields.filter((one) => one.retiredAt)];
  const none = html`<p>${t('还没有。上级或本地要记、台账里又没有的，可以加一个。', 'None yet. What is to be known here and the ledger does not ask, you may add.')}</p>`;
  const add = html`<p class="ways"><a class="button" href="${newHref(ledger.code, area.id)}">${t('加一个字段', 'Add a field')}</a></p>`;
  const past = html`<details><summary>${t(`停用了的 ${retired.length} 个`, `Retired: ${retired.length}`)}</summary>!${fieldTable(frame, retired)}</details>`;
  return desk(
    frame,
    fieldsTitle,
    html`<p><a href="${listOf(ledger.code, area.id)}">← ${titleOf(ledger, frame)}</a></p>
<h1>${t('自建字段', 'Own fields')} <span class="soft">${titleOf(ledger, frame)}</span></h1>
<p class="soft">${t('台账里没有、您这里又要记的，自己加。加好后，记录页上能填，导入的表里同名的列能认，走访的问题能问，每个值都有出处和经过。', 'What the ledger does not ask and you need. Once added it can be entered on a record, is understood in spreadsheets and asked by campaigns, with where each value comes from.')}</p>
!${chooser({ ledger, area, areas, own }, t)}
!${keeps(frame) ? add : ''}
<h2>${t(`在用 ${live.length} 个`, `In use: ${live.length}`)}</h2>!${live.length === 0 ? none : fieldTable(frame, live)}
!${retired.length === 0 ? '' : past}`,
  );
}

const chooser = ({ ledger, area, areas, own }: Omit<FieldsShown, 'fields'>, t: Say): string =>
  html`<form method="get" action="${OWN_FIELDS}"><label for="ledger">${t('哪本台账', 'Which ledger')}</label><select id="ledger" name="ledger">!${ledgerOptions(ledger.code, own, t)}</select><label for="area">${t('哪个地方', 'Which area')}</label><div class="asked-in-line"><select id="area" name="area">!${areaOptions(areas, area.id)}</select><button>${t('看', 'Show')}</button></div></form>`;

/** Those that every area keeps, and the own ones that are kept in this one. */
export const ledgerOptions = (chosen: AnyLedgerCode, own: readonly OwnTab[], t: Say): string => {
  const common = ledgers.map(({ code, words, says }) => ({ code: code as string, name: t(words.zh, says.tab.en) }));
  const kept = own.filter(({ code, retiredAt }) => retiredAt === null || code === chosen);
  return [...common, ...kept]
    .map(({ code, name }) => html`<option value="${code}"!${code === chosen ? ' selected' : ''}>${name}</option>`)
    .join('');
};

const newHref = (ledger: AnyLedgerCode, area: string): string =>
  `${OWN_FIELDS}/new?${new URLSearchParams({ ledger, area }).toString()}`;

function fieldTable({ language }: DeskFrame, fields: readonly Field[]): string {
  const t = sayIn(language);
  const heads = [t('名字', 'Name'), t('填什么', 'Kind'), t('做什么用', 'What for'), t('谁的', 'Whose')];
  const row = (one: Field): string =>
    html`<tr><th scope="row"><a href="${OWN_FIELDS}/${one.id}">${one.name}</a></th>!${[ownKindWords[one.kind][language], one.usedFor, one.area].map((text, i) => html`<td data-label="${heads[i + 1]}">${text}</td>`)}</tr>`;
  return html`<table class="records"><thead><tr>!${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>!${fields.map(row)}</tbody></table>`;
}

const secrecyWords: Readonly<Record<Secrecy, Words>> = {
  open: { zh: '普通，不加密', en: 'plain' },
  sealed: { zh: '加密，只有用这本台账的人看得到', en: 'sealed: read by those who work with this ledger' },
  masked: { zh: '加密，中间几位遮住，写明用途才看得全', en: 'sealed and covered: in full with a reason only' },
};

export interface FieldShown {
  readonly field: Field;
  readonly typed: Readonly<Record<string, string>> | null;
  readonly done: string | null;
  readonly fault: Fault | null;
  readonly newId: () => string;
}

export function fieldPage(frame: DeskFrame, shown: FieldShown): string {
  const { language, zone } = frame;
  const t = sayIn(language);
  const { field, done, fault } = shown;
  const lines = [
    [t('填什么', 'Kind'), ownKindWords[field.kind][language]],
    [t('选项', 'Choices'), field.choices.join(t('、', ', '))],
    [t('做什么用', 'What for'), field.usedFor],
    [t('怎么填', 'How to fill it in'), field.help],
    [t('表格里还叫', 'Also called in files'), field.aliases.join(t('、', ', '))],
    [t('保密', 'Secrecy'), secrecyWords[field.secrecy][language]],
    [t('多久再问', 'Asked again'), againWords(field.freshMonths, t)],
    [t('谁的', 'Whose'), t(`${field.area}和下面各级`, `${field.area} and below`)],
    [t('谁建的', 'Added by'), `${field.addedBy} · ${dayIn(field.addedAt, zone)}`],
  ].filter(([, value]) => value !== '');
  const retired =
    field.retiredAt === null
      ? ''
      : html`<p><strong class="near">● ${t(`${dayIn(field.retiredAt, zone)} 由${field.retiredBy}停用：填过的照样看得到，不再收新的。`, `Retired by ${field.retiredBy} on ${dayIn(field.retiredAt, zone)}: its values are shown, none is taken.`)}</strong></p>`;
  return desk(
    frame,
    fieldsTitle,
    html`<p><a href="${fieldsOf(field.ledger, field.areaId)}">← ${t('自建字段', 'Own fields')}</a></p>
<h1>${field.name}</h1>!${retired}!${faultBox(fault)}!${doneBox(done)}
<table class="facts"><tbody>!${lines.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>
!${field.mayChange ? html`!${changeForm(frame, shown)}!${retiring(shown, t)}` : ''}`,
  );
}

const againWords = (months: number | null, t: Say): string =>
  months === null ? t('不用再问', 'never') : t(`过 ${months} 个月`, `after ${months} months`);

const retiring = ({ field, newId }: FieldShown, t: Say): string =>
  html`<details id="retire"><summary class="late">${t('停用', 'Retire it')}</summary><form method="post" action="${OWN_FIELDS}/${field.id}/retire"><input type="hidden" name="commandId" value="${newId()}">
<p>${t('停用以后不再收新的值，记录页和导入的表里不再问它；填过的值和经过都留着，照样看得到。停用了不能再启用，要再问就另建一个。', 'No more values are taken, and neither records nor files ask for it. What was told stays and is shown with its history. It cannot be brought back: to ask again, add another.')}</p>
<p><button class="danger">${t('停用这个字段', 'Retire this field')}</button></p></form></details>`;
