import { fieldsOf } from '../../domains/land/registry/batches/columns.model.ts';
import { typeOfValue } from '../../domains/land/registry/fields/value.model.ts';
import type { BlankTable } from '../../domains/land/registry/out/template.model.ts';
import { letters, rangeOf } from '../workbooks/sheet.model.ts';
import { isBlankText, plainLine, type WordCell, type WordTable } from './word_body.model.ts';
import { choicesAt } from './word_boxes.model.ts';

/** A form about one record (登记表): labels, and beside or below each the cell in which the answer is written. */
export interface WordForm {
  readonly table: BlankTable;
  /** How many of its answers are recognised that stand beside their label. */
  readonly beside: number;
  readonly recognised: number;
}

interface Pair {
  readonly path: readonly string[];
  readonly row: number;
  readonly answer: WordCell;
  readonly isBeside: boolean;
}

const MOST_PAIRS = 200;

/** Null: nothing in it is a label with room for an answer. */
export function formOf(table: WordTable): WordForm | null {
  const pairs = pairsIn(table).slice(0, MOST_PAIRS);
  if (pairs.length === 0) return null;
  const fields = fieldsOf(pairs.map(({ path }) => ({ path, values: [] }))).map((one, i) =>
    isAnothers(pairs[i]?.path ?? [], one?.by) ? null : one,
  );
  const known = fields.map((one) => one !== null);
  const right = Math.max(...table.rows.flatMap(({ cells }) => cells.map(({ left, width }) => left + width - 1)));
  return {
    table: {
      ...{ sheet: table.name, range: rangeOf({ top: 0, left: 0, bottom: table.rows.length - 1, right }) },
      ...{ title: titleIn(table) ?? table.title, word: 'form', first: 0, below: null, cells: [] },
      columns: pairs.map(({ path, row, answer }, i) => ({
        ...{ column: letters(i), at: `${letters(answer.left)}${row + 1}`, path: path.join('/') },
        ...{ field: fields[i]?.field ?? null, by: fields[i]?.by ?? null },
        ...(choicesAt(answer.text).length > 0 && { choices: choicesAt(answer.text) }),
      })),
    },
    beside: pairs.filter(({ isBeside }, i) => isBeside && known[i]).length,
    recognised: known.filter(Boolean).length,
  };
}

/** 监护人/民族, 紧急联系人/家庭住址: a fact of the record's own by its name alone, asked of somebody else. */
const isAnothers = (path: readonly string[], by: string | undefined): boolean =>
  by === 'alias' && SOMEBODY_ELSE.test(path.slice(0, -1).join(''));
const SOMEBODY_ELSE =
  /监护|父|母|配偶|丈夫|妻|家属|家长|照护|照料|紧急|备用|担保|介绍|责任|负责|管理|经办|审核|填报|调解|联系人|代理|委托|代办|见证|户主|房东|产权|业主|法人/;

const LONGEST_LABEL = 30;

function isLabel({ text, isContinued }: WordCell): boolean {
  const said = plainLine(text);
  if (isContinued || isBlankText(said) || said.length > LONGEST_LABEL || /[。；;！!▦]|^\d+$/.test(said)) return false;
  if (choicesAt(text).length > 0 || /[:：]\s*\S/.test(said)) return false;
  return !['id_number', 'phone', 'area_code', 'date', 'credit_code'].includes(typeOfValue(said));
}

const isAnswer = (cell: WordCell | undefined): cell is WordCell =>
  cell !== undefined && !cell.isContinued && (isBlankText(cell.text) || choicesAt(cell.text).length > 0);

/** A number written digit by digit in cells of its own is left alone. */
const MOST_EMPTY_BESIDE = 6;

/** Others than whom the form is about, one in each row: nothing is known of them here. */
const OTHERS = /成员|社会关系|亲属|子女情况|称谓|与本人|与.{0,3}关系/;

function pairsIn({ rows }: WordTable): Pair[] {
  const pairs: Pair[] = [];
  const taken = new Set<WordCell>();
  let section: string | null = null;
  for (const [row, { cells }] of rows.entries()) {
    const only = cells.length === 1 ? cells[0] : undefined;
    if (only) {
      section = isLabel(only) && !/表$/.test(plainLine(only.text)) ? numberless(plainLine(only.text)) : section;
      continue;
    }
    const listed = listBelow({ rows }, row);
    for (const [i, label] of cells.entries()) {
      if (!isLabel(label)) continue;
      const path = [section, groupOf({ rows }, row, label), plainLine(label.text)].filter((one) => one !== null);
      if (OTHERS.test(path.slice(0, -1).join(''))) continue;
      const beside = cells[i + 1];
      const many = cells.slice(i + 1).findIndex((one) => !isAnswer(one));
      if (isAnswer(beside) && (many < 0 ? cells.length - i - 1 : many) <= MOST_EMPTY_BESIDE && !taken.has(beside)) {
        taken.add(beside);
        pairs.push({ path, row, answer: beside, isBeside: true });
        continue;
      }
      if (isAnswer(beside) || listed === 'many') continue;
      const below = rows[row + label.height]?.cells.find((one) => one.left === label.left && one.width === label.width);
      if (!isAnswer(below) || taken.has(below)) continue;
      taken.add(below);
      pairs.push({ path, row: row + label.height, answer: below, isBeside: false });
    }
  }
  return pairs;
}

/** `一、基本情况` without its number. */
const numberless = (text: string): string =>
  text.replace(/^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．])\s*/, '');

/** Labels with several empty rows below are those of a list, as of the members of a family; so is a list of others with one. */
function listBelow({ rows }: Pick<WordTable, 'rows'>, row: number): 'many' | null {
  const own = rows[row]?.cells.filter((one) => !one.isContinued) ?? [];
  if (own.some(({ text }) => OTHERS.test(plainLine(text)))) return 'many';
  const isEmpty = (at: number): boolean => {
    const cells = rows[at]?.cells.filter((one) => !one.isContinued) ?? [];
    return cells.length > 1 && cells.every(({ text }) => isBlankText(text));
  };
  return isEmpty(row + 1) && isEmpty(row + 2) ? 'many' : null;
}

/** A label merged over several rows, with other labels beside it: whose or what these are. */
function groupOf({ rows }: Pick<WordTable, 'rows'>, row: number, of: WordCell): string | null {
  for (let top = row; top >= 0; top -= 1) {
    const cells = rows[top]?.cells ?? [];
    const at = cells.findLastIndex(
      (one) => one.height > row - top && one.height > 1 && one.left < of.left && isLabel(one),
    );
    const found = cells[at];
    if (found && !isAnswer(cells[at + 1])) return numberless(plainLine(found.text));
  }
  return null;
}

/** The first row, where it is one cell and calls itself a form. */
function titleIn({ rows: [first] }: WordTable): string | null {
  const text = first?.cells.length === 1 ? plainLine(first.cells[0]?.text ?? '') : '';
  return /表/.test(text) ? text : null;
}
