import { html } from 'ghtml';
import { fieldOf } from '../../domains/land/registry/batches/columns.model.ts';
import { areaFields } from '../../domains/land/registry/fields/place_named.model.ts';
import type { AnyLedgerCode } from '../../domains/land/registry/ledger.model.ts';
import { requiredIn } from '../../domains/land/registry/ledgers.model.ts';
import type { Words } from '../../kernel/words.ts';
import type { DeskFrame } from './console.pages.ts';
import { askedAs, groupsOf, ledgerAsked, ledgerShown, stillAsked } from './ledger.words.ts';
import type { FileShown, LedgerFileDetail } from './ledger_file.pages.ts';
import { sayIn } from './people.pages.ts';
import { FILES, OWN_FIELDS } from './residents.pages.ts';

/** What was understood of a spreadsheet: its tables, and which column holds what; each may be put right. */
type Table = LedgerFileDetail['tables'][number];
type Column = Table['columns'][number];

const known: Readonly<Record<NonNullable<Column['by']>, Words>> = {
  alias: { zh: '看表头', en: 'by its label' },
  path: { zh: '看上级表头', en: 'by the labels above' },
  values: { zh: '看内容', en: 'by its values' },
  memory: { zh: '上次就这样对的', en: 'as it was the last time' },
  hand: { zh: '您指定的', en: 'as you said' },
};

export function columnsPart(frame: DeskFrame, { file, newId }: FileShown): string {
  const { language } = frame;
  const t = sayIn(language);
  const can = file.can.find(({ act }) => act === 'map');
  const isOpen = can?.allowed ?? false;
  const left = file.tables.filter(({ isTaken }) => isTaken).flatMap(({ columns }) => columns);
  const unknown = left.filter(isUnknown).length;
  const count = file.tables.reduce((sum, { columns }) => sum + columns.length, 0);
  const at = {
    frame,
    fileId: file.id,
    ledger: file.ledger,
    own: file.own,
    added: file.added,
    areaId: file.areaId,
    isOpen,
  };
  const tables = file.tables.map((table, i) => tablePart(at, table, i));
  const says =
    left.length === 0
      ? ''
      : unknown === 0
        ? t('列都认出来了。', 'Every column was recognised.')
        : t(`有 ${unknown} 列没有认出来，不入账。`, `Not recognised and left out: ${unknown}. `);
  const ask = unknown > 0 && isOpen ? t('需要的请在这里指定。', 'Say here what they hold if you need them.') : '';
  const act = isOpen
    ? html`<p><button>${t('按新的对法重新核对', 'Look it over anew')}</button> <span class="soft">${t('一个项目只能来自一列；同样表头的表下次就记得', 'a field comes from one column; the next file with these labels remembers it')}</span></p>`
    : html`<p class="soft">${t('现在不能改：', 'Not to be changed now: ')}${can?.why?.[language] ?? ''}</p>`;
  return html`<h2 id="columns">${t('表是这样看懂的', 'How the file was understood')}</h2><p>${says}${ask}</p>
<form method="post" action="${FILES}/${file.id}/columns"><input type="hidden" name="commandId" value="${newId()}"><details!${unknown > 0 || left.length === 0 ? ' open' : ''}><summary>${t(`${count} 列各当作什么`, `What each of the ${count} columns was taken as`)}</summary>!${tables}!${act}</details></form>`;
}

interface At {
  readonly frame: DeskFrame;
  readonly fileId: string;
  readonly ledger: AnyLedgerCode;
  readonly own: LedgerFileDetail['own'];
  readonly added: LedgerFileDetail['added'];
  readonly areaId: string;
  readonly isOpen: boolean;
}

function tablePart(at: At, table: Table, i: number): string {
  const { language } = at.frame;
  const t = sayIn(language);
  const { sheet, range, rows, isTaken, columns } = table;
  const { zh, en } = requiredIn(ledgerShown(at));
  const state = isTaken
    ? ''
    : html`<p class="near">${t(`没有找到${zh}列，这张表不入账。`, `No column was found for: ${en}. This table stays out.`)}</p>`;
  return html`<h3>${sheet} <span class="soft small">${range} · ${t(`${rows} 行`, `${rows} rows`)}</span></h3>!${state}
<table class="records columns"><thead><tr><th>${t('列', 'Column')}</th><th>${t('表头', 'Label')}</th><th>${t('当作', 'Taken as')}</th><th>${t('怎么知道的', 'How it is known')}</th></tr></thead><tbody>!${columns.map((column) => columnRow(at, column, i))}</tbody></table>`;
}

function columnRow(
  { frame, fileId, ledger, own, added, areaId, isOpen }: At,
  { column, path, field, by }: Column,
  i: number,
): string {
  const { language } = frame;
  const t = sayIn(language);
  const name = `${column} ${path}`.trim();
  const now = field === null ? t('不要这一列', 'left out') : askedAs({ ledger, added, own }, field)[language];
  const shown = isOpen
    ? html`<select name="c.${i}.${column}" aria-label="${t(`${name} 当作`, `${name} taken as`)}"><option value="">${t('不要这一列', 'leave it out')}</option>!${groupsOf(ledger, stillAsked(added)).map(({ words, fields }) => html`<optgroup label="${words[language]}">!${choosable(fields).map((code) => html`<option value="${code}"!${code === field ? ' selected' : ''}>${askedAs({ ledger, added, own }, code)[language]}</option>`)}</optgroup>`)}</select>`
    : html`${now}`;
  const isRetired = added.some((one) => one.isRetired && one.code === field);
  const [tone, how] = isRetired
    ? (['near', t('这个字段停用了，这一列没有收', 'this field was retired; the column is left out')] as const)
    : howKnown({ path, by }, ledger, language);
  // What nobody understood may be what the area asks itself.
  const from = fromColumn({ fileId, table: i, column });
  const asked = new URLSearchParams({ ledger, area: areaId, name: path.split('/').at(-1) ?? '', from }).toString();
  const make =
    isOpen && field === null && isUnknown({ path, by })
      ? html` <a href="${OWN_FIELDS}/new?${asked}">${t('建成自建字段', 'make it an own field')}</a>`
      : '';
  return html`<tr><th scope="row" class="code">${column}</th><td data-label="${t('表头', 'Label')}">${path}</td><td data-label="${t('当作', 'Taken as')}">!${shown}</td><td data-label="${t('怎么知道的', 'How it is known')}" class="${tone}">${how}!${make}</td></tr>`;
}

/** Which column of which file somebody wants a field for: with the field one comes back to it. */
export interface FromColumn {
  readonly fileId: string;
  readonly table: number;
  readonly column: string;
}
const fromColumn = ({ fileId, table, column }: FromColumn): string => [fileId, table, column].join(' ');

/** As an address says it; null: it says nothing of the kind. */
export function columnFrom(text: string): FromColumn | null {
  const [, fileId = '', table = '', column = ''] = /^([0-9a-f-]{36}) (\d{1,3}) ([A-Z]{1,3})$/.exec(text) ?? [];
  return fileId === '' ? null : { fileId, table: Number(table), column };
}

type Label = Pick<Column, 'path' | 'by'>;

/** Only what nobody understood is to be looked at: the running number is known, and nothing of this ledger. */
function howKnown(
  { path, by }: Label,
  ledger: AnyLedgerCode,
  language: DeskFrame['language'],
): readonly [tone: string, how: string] {
  const t = sayIn(language);
  if (by !== null) return ['soft', known[by][language]];
  const code = fieldOf(path.split('/'), [])?.field;
  if (code === undefined) return ['near', t('没有认出来', 'not recognised')];
  const mayHold = groupsOf(ledger).some(({ fields }) => choosable(fields).includes(code));
  return mayHold
    ? ['soft', t('不用：这一项来自别的列，或者您不要', 'not used: it comes from another column, or you left it out')]
    : ['soft', t(`${ledgerAsked(ledger).words.zh}里没有这一项`, 'no field of this ledger')];
}

const isUnknown = ({ path, by }: Label): boolean => by === null && fieldOf(path.split('/'), []) === null;

/** A file may also name the community or township of a row; in the ledger these are no facts of their own. */
const choosable = (fields: readonly string[]): readonly string[] =>
  fields.includes('place.grid') ? [...fields, ...areaFields.filter((code) => code !== 'place.grid')] : fields;
