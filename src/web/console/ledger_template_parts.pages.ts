import { html } from 'ghtml';
import { nameIn } from '../../domains/land/registry/fields/added_fields.model.ts';
import { isOwn } from '../../domains/land/registry/fields/own_code.model.ts';
import type { Ledger } from '../../domains/land/registry/ledger.model.ts';
import { ledgers } from '../../domains/land/registry/ledgers.model.ts';
import { joinedIn } from '../../domains/land/registry/out/blank_fit.model.ts';
import type { DeskFrame } from './console.pages.ts';
import { groupsOf, ledgerShown } from './ledger.words.ts';
import type { Group } from './ledger_groups.ts';
import type { TemplateDetail } from './ledger_template.pages.ts';
import { placeWords } from './ledger_template_word.pages.ts';
import type { Say } from './people.pages.ts';
import { type OwnTab, TEMPLATES } from './residents.pages.ts';

/** Parts of the page of a blank workbook: which ledger it is filled from, and choosing a field. */

/** From which ledger, in one choice; and which of its tables are left as they are. */
export function turnPart(
  template: TemplateDetail,
  own: readonly OwnTab[],
  frame: DeskFrame,
  newId: () => string,
  t: Say,
): string {
  const { tables, chosen, version, id, bound } = template;
  const hidden = (table: number): string =>
    html`<input type="hidden" name="commandId" value="${newId()}"><input type="hidden" name="version" value="${version}"><input type="hidden" name="table" value="${table}">`;
  const unread =
    bound > 0
      ? ''
      : html`<p class="near">${t('没有认出一行是什么，一列也没有对上。请先定从哪本台账填，再看每一列。', 'What a row is was not recognised, and no column holds anything. Choose the ledger first, then look at the columns.')}</p>`;
  const option = (code: string, name: string): string =>
    html`<option value="${code}"!${code === template.ledger ? ' selected' : ''}>${name}</option>`;
  const options = ledgers.map(({ code, says }) => option(code, t(says.one.zh, says.tab.en)));
  const theirs = own.map(({ code, name, unit }) => option(code, t(`${name}的一${unit}`, name)));
  const place = placeWords(tables[chosen]);
  const isForm = tables[chosen]?.word === 'form';
  const { ledger, own: said } = template;
  // It was retired since, or is another area's: what is filled from it stays.
  const kept = said !== null && !own.some(({ code }) => code === ledger) ? [option(ledger, said.name)] : [];
  return html`<h2 id="ledger-of">${t('从哪本台账填', 'From which ledger')}</h2>!${unread}
<form method="post" action="${TEMPLATES}/${id}/ledger">!${hidden(chosen)}<label for="ledger">${isForm ? t('一份表是', 'A copy of it is one of') : t('表里一行是', 'A row of it is one of')}</label><p class="asked-in-line"><select id="ledger" name="ledger">!${options}!${theirs}!${kept}</select><button>${t('改', 'Change')}</button></p>
<p class="soft small">${t(`改了就照那本台账把每一${place.zh}重新认一遍，写过的条件去掉；以前填好的文件不变。`, 'Its labels are then read anew for that ledger, and conditions are dropped; files made before stay as they are.')}</p></form>
!${tables.length < 2 ? '' : otherTables(template, frame, hidden, t)}`;
}

function otherTables(
  { tables, chosen, id }: TemplateDetail,
  { language }: DeskFrame,
  hidden: (table: number) => string,
  t: Say,
): string {
  const filled = tables[chosen];
  const others = tables.map((table, i) => {
    const { sheet, range, ledger, bound, columns } = table;
    if (i === chosen) return '';
    const tab = ledgerShown(table).words[language];
    const says = t(`按${tab}，${columns.length} 列里认出 ${bound} 列`, `${tab}: ${bound} of ${columns.length} columns`);
    return html`<li><h3>${sheet} <span class="soft small">${range}</span></h3><div><p class="soft">${says}</p></div><form method="post" action="${TEMPLATES}/${id}/ledger">!${hidden(i)}<input type="hidden" name="ledger" value="${ledger}"><button aria-label="${t(`改填这一张：${sheet} ${range}`, `Fill this one instead: ${sheet} ${range}`)}">${t('改填这一张', 'Fill this one instead')}</button></form></li>`;
  });
  return html`<p>${t(`文件里有 ${tables.length} 张空表，一次填一张。现在填“${filled?.sheet ?? ''}” ${filled?.range ?? ''}；下面的不填，原样留着。`, `There are ${tables.length} tables; one is filled at a time: ${filled?.sheet ?? ''} ${filled?.range ?? ''}. These are left as they are:`)}</p><p class="near">${t('要几张都填在一个文件里：先填好、下载这一张，再把下载的文件当空表传上来，填下一张。在这里改填另一张，做出来的文件里只有那一张；每张表写的条件各自留着。', 'To have several in one file: fill and download this one, then send the downloaded file as a blank one and fill the next. Switched here, a file holds only the table that is filled; each keeps its own conditions.')}</p><ul class="parts">!${others}</ul>`;
}

const counted: Group = {
  words: { zh: '另算的', en: 'Worked out' },
  fields: ['row.number', 'person.age', 'place.community', 'place.town', 'place.county'],
};

const group = (zh: string, en: string, fields: readonly string[]): Group => ({ words: { zh, en }, fields });

/** What is joined, by what it follows from; what the ledger holds itself stands in its own groups. */
function joinedGroups(ledger: Ledger): readonly Group[] {
  const joined = joinedIn(ledger).filter((code) => !ledger.fields.includes(code));
  const of = (heads: RegExp): string[] => joined.filter((code) => heads.test(code));
  return [
    ledger.code === 'residents'
      ? group('户主（由户内推得）', 'Head of the household', of(/^household\./))
      : group('住在里面的（由同一门牌推得）', 'Who lives there', of(/^household\./)),
    group('家人（由户内推得）', 'Family, from the household', of(/^(?!household\.|house\.)/)),
    group('房屋（由同一门牌推得）', 'The house, by its door', of(/^house\./)),
  ];
}

const ownGroup = ({ added = [] }: Ledger): Group =>
  group(
    '自建字段',
    'Own fields',
    added.map(({ code }) => code),
  );

/** Each group with those of its fields that may be chosen here. */
const choosable = (ledger: Ledger, may: readonly string[]): readonly Group[] =>
  [counted, ...groupsOf(ledger.code), ...joinedGroups(ledger), ownGroup(ledger)].flatMap(({ words, fields }) => {
    const left = fields.filter((code) => may.includes(code));
    return left.length === 0 ? [] : [{ words, fields: left }];
  });

/** `may`: of which ledger, and which of its fields. */
export function fieldSelect(
  name: string,
  label: string,
  none: string,
  chosen: string | null,
  [ledger, may]: readonly [Ledger, readonly string[]],
  language: DeskFrame['language'],
): string {
  // What was retired is not offered; where it stands it stays.
  const stands = chosen !== null && isOwn(chosen) ? [...may, chosen] : may;
  const options = choosable(ledger, stands).map(
    ({ words, fields }) =>
      html`<optgroup label="${words[language]}">!${fields.map((code) => html`<option value="${code}"!${code === chosen ? ' selected' : ''}>${nameIn(ledger, code)[language]}${retiredSaid(ledger, code, language)}</option>`)}</optgroup>`,
  );
  return html`<select name="${name}" aria-label="${label}"><option value="">${none}</option>!${options}</select>`;
}

const retiredSaid = ({ added = [] }: Ledger, code: string, language: DeskFrame['language']): string => {
  const isRetired = added.some((one) => one.code === code && one.isRetired);
  return isRetired ? { zh: '（已停用）', en: ' (retired)' }[language] : '';
};
