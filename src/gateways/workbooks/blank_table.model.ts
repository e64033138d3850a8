import { bareName, fieldsOf } from '../../domains/land/registry/batches/columns.model.ts';
import type { BlankCell, BlankTable, CellFact } from '../../domains/land/registry/out/template.model.ts';
import { type AlsoNamed, type Header, headerAt } from './header.model.ts';
import { type Cell, letters, rangeOf, type Sheet } from './sheet.model.ts';

/** Tables with nothing in them yet: labels with empty rows below, as an office sends them to be filled. `names`: of fields that the area added. */
export function blankTablesOf(sheets: readonly Sheet[], names: readonly string[] = []): BlankTable[] {
  const also = new Set(names.map(bareName));
  return sheets.flatMap((sheet) => {
    const tables: BlankTable[] = [];
    for (let row = 0; row < sheet.rows.length; ) {
      const found = blankAt(sheet, row, also);
      if (found !== null) tables.push(tableOf(sheet, found));
      row = found?.first ?? row + 1;
    }
    return tables;
  });
}

interface Blank {
  readonly header: Header;
  /** The first empty row, and the first below the empty ones in which something stands. */
  readonly first: number;
  readonly below: number | null;
}

const MOST_LEVELS = 4;
/** An example, or the columns counted, between the labels and the empty rows. */
const MOST_BETWEEN = 2;

/** The labels are looked at by themselves: what is signed below the empty rows is no row of theirs. */
function blankAt(sheet: Sheet, row: number, also: AlsoNamed): Blank | null {
  for (let height = MOST_LEVELS; height > 0; height -= 1) {
    const end = row + height;
    if (end > sheet.rows.length) continue;
    const first = firstEmpty(sheet, end);
    if (first === null) continue;
    const header = headerAt({ ...sheet, rows: sheet.rows.slice(0, end) }, row, also);
    if (header?.height !== height) continue;
    return { header, first, below: belowOf(sheet, first) };
  }
  return null;
}

function firstEmpty(sheet: Sheet, end: number): number | null {
  for (let row = end; row <= end + MOST_BETWEEN; row += 1) {
    if (isEmpty(sheet, row)) return row > end && row >= sheet.rows.length ? null : row;
    if (row > end && !isAside(sheet, row)) return null;
  }
  return null;
}

/** Beyond the last row of a sheet all are empty. */
const isEmpty = (sheet: Sheet, row: number): boolean => {
  const filled = filledIn(sheet, row);
  return filled.length === 0 || (filled.length === 1 && /^\d{1,5}$/.test(filled[0]?.text ?? ''));
};
const filledIn = (sheet: Sheet, row: number): readonly Cell[] =>
  (sheet.rows[row] ?? []).filter((cell): cell is Cell => cell !== null);

/** Nobody's row: a second one between labels and empty rows must say that it is an example, or count the columns. */
const isAside = (sheet: Sheet, row: number): boolean =>
  filledIn(sheet, row).some(({ text }) => /^[(（【]?(例|示例|样例|填写示例)/.test(text)) ||
  filledIn(sheet, row).every(({ text }) => /^[(（]?[\d甲乙丙丁戊己]{1,2}[)）]?$/.test(text));

function belowOf(sheet: Sheet, first: number): number | null {
  for (let row = first; row < sheet.rows.length; row += 1) if (!isEmpty(sheet, row)) return row;
  return null;
}

function tableOf(sheet: Sheet, { header: { top, height, columns }, first, below }: Blank): BlankTable {
  // Nobody who looks at the table sees what stands in a hidden column: it stays empty, and takes no fact from another.
  const isHidden = (at: number): boolean => sheet.hiddenColumns?.includes(at) ?? false;
  const fields = fieldsOf(columns.map(({ at, path }) => ({ path: isHidden(at) ? [] : path, values: [] })));
  const [left, right] = [columns[0]?.at ?? 0, columns.at(-1)?.at ?? 0];
  const title = sheet.rows.slice(0, top).find((cells) => cells.some((cell) => cell !== null));
  return {
    sheet: sheet.name,
    range: rangeOf({ top, left, bottom: top + height - 1, right }),
    title: title?.find((cell) => cell !== null)?.text ?? null,
    ...{ first, below },
    columns: columns.map(({ at, path }, i) => ({
      ...{ column: letters(at), path: path.join('/') },
      ...{ field: fields[i]?.field ?? null, by: fields[i]?.by ?? null },
      ...(isHidden(at) && { isHidden: true }),
    })),
    cells: [...askingIn(sheet, 0, top), ...askingIn(sheet, below ?? sheet.rows.length, sheet.rows.length)],
  };
}

const asked: readonly (readonly [RegExp, CellFact])[] = [
  [/^(填报|上报|报送|报表|填表)?(单位|地区|社区|村（?社区）?|村居|村名|部门)(名称|（盖章）|（公章）)?$/, 'area'],
  [/^(填报|填表|上报|制表|报送|报表)?(日期|时间)$/, 'day'],
  [/^(填报|填表|制表|经办|报送|上报)人(员|姓名)?$/, 'filler'],
  [/^(合计|共计|总计|总)?人数$/, 'count'],
];

/** Cells of one question alone, with nothing behind the colon; the answer is written there. */
function askingIn(sheet: Sheet, from: number, to: number): BlankCell[] {
  return sheet.rows.slice(from, to).flatMap((cells, i) =>
    cells.flatMap((cell, at) => {
      const label = /^(.+?)\s*[:：][\s_＿]*$/.exec(cell?.text ?? '')?.[1];
      if (label === undefined) return [];
      const holds = asked.find(([form]) => form.test(label.replace(/\s/g, '').replace(/[()]/g, bracket)))?.[1];
      return holds === undefined ? [] : [{ at: `${letters(at)}${from + i + 1}`, label, holds }];
    }),
  );
}

const bracket = (sign: string): string => (sign === '(' ? '（' : '）');
