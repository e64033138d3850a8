import { html } from 'ghtml';
import { residents } from '../../domains/land/registry/ledger.model.ts';
import { ledgerNamed } from '../../domains/land/registry/ledgers.model.ts';
import type { Words } from '../../kernel/words.ts';
import type { TemplateDetail } from './ledger_template.pages.ts';
import type { Say } from './people.pages.ts';

/** What a blank form in Word says otherwise than a workbook: answers are cells of a page, and each record has a page. */
type Table = TemplateDetail['tables'][number];
type Column = Table['columns'][number];

const [ofColumns, ofCells] = [
  { zh: '列', en: 'column' },
  { zh: '格', en: 'cell' },
] as const;

/** What is filled is a column, or a cell of a form. */
export const placeWords = (table: Table | undefined): Words => (table?.word === 'form' ? ofCells : ofColumns);

/** `C`, in a form `C3`. */
export const placeOf = ({ at, column }: Column): string => at ?? column;

/** How a document is filled, where it is one. */
export function wordSaid({ word, ledger }: Table, t: Say): string {
  if (word === undefined) return '';
  const one = ledger === residents.code ? '人' : ledgerNamed(ledger).says.counted.zh;
  const says =
    word === 'form'
      ? t(
          `这是一${one}一份的表：符合的每一${one}填一份，都在一个 Word 文件里，从第二份起另起一页；最后是“填表来源”。`,
          'A form about one record: each that belongs into it gets a copy on a page of its own, all in one document; last comes where it is from.',
        )
      : t(
          '这是 Word 里的一览表：一行一个，格子的字体照旧；最后另起一页是“填表来源”。',
          'A list in a document: one in each row, letters as the cells have them; last comes where it is from.',
        );
  return html`<p class="soft">${says}</p>`;
}

/** What is ticked in a cell. */
export const choicesSaid = ({ choices }: Column, t: Say): string =>
  choices === undefined
    ? ''
    : html`<span class="soft small">${t(`打勾：${choices.join('、')}`, `ticked: ${choices.join(', ')}`)}</span>`;
