import { namesIn, type Owners } from './owners.model.ts';
import { isRow, type Piece } from './pieces.model.ts';

/** A table of tasks (任务分解表) pasted from a document: a line of titles, then a line for each item. */
export interface TableRow {
  readonly number: string;
  readonly content: string;
  readonly measure: string;
  readonly owners: Owners | null;
  readonly due: string;
}

const titles = {
  number: /^(?:序号|编号|项次)$/,
  content: /任务|事项|内容|措施|要点|工作/,
  measure: /标准|目标|要求|成效|指标/,
  lead: /牵头|责任(?:单位|部门)|主责|承办/,
  supports: /配合|协办|参与|协同/,
  due: /时限|期限|时间|日期/,
} as const;
type Column = keyof typeof titles;

/** By the place of each line among the pieces; null: the lines have no titles that say who and what. */
export function tableItems(pieces: readonly Piece[]): ReadonlyMap<number, TableRow> | null {
  const at = pieces.findIndex(({ raw }) => isRow(raw) && columnsOf(raw) !== null);
  const columns = columnsOf(pieces[at]?.raw ?? '');
  if (columns === null) return null;
  const rows = new Map<number, TableRow>();
  for (const [i, { raw }] of pieces.entries()) {
    const row = i > at && isRow(raw) ? rowOf(raw, columns) : null;
    if (row) rows.set(i, row);
  }
  return rows;
}

function columnsOf(line: string): ReadonlyMap<Column, number> | null {
  const cells = cellsOf(line);
  const columns = new Map<Column, number>();
  for (const column of ['number', 'lead', 'supports', 'due', 'measure', 'content'] as const) {
    const place = cells.findIndex((cell, i) => titles[column].test(cell) && ![...columns.values()].includes(i));
    if (place >= 0) columns.set(column, place);
  }
  return columns.has('content') && columns.has('lead') ? columns : null;
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/[\r\n]+$/, '')
    .split('\t')
    .map((cell) => cell.trim());

function rowOf(line: string, columns: ReadonlyMap<Column, number>): TableRow | null {
  const cells = cellsOf(line);
  const of = (column: Column): string => cells[columns.get(column) ?? -1] ?? '';
  if (of('content') === '') return null;
  const [lead, ...others] = namesIn(of('lead'));
  const helpers = [...others, ...namesIn(of('supports'))];
  const owners = lead === undefined ? null : { lead, supports: helpers, isGuessed: others.length > 0 };
  return { number: of('number'), content: of('content'), measure: of('measure'), owners, due: of('due') };
}
