import type { z } from 'zod';
import type { Words } from '../../../kernel/words.ts';
import type { AreaLevel } from '../../land/areas/area.model.ts';
import { reportForm } from '../casefiles/casefile.model.ts';
import type { RefusedRow } from './import.model.ts';
import type { ImportMap } from './map.model.ts';
import { type ReadWhen, type When, whenIn } from './when.model.ts';

/** One row of another system's table, read by its map: what a typed report has, and the acts that the source tells of. */
export interface Row {
  readonly row: number;
  readonly key: string;
  readonly form: z.output<typeof rowForm>;
  readonly type: { readonly name: string; readonly major: string | null } | null;
  readonly body: string | null;
  readonly area: RowArea;
  readonly openedAt: Date;
  readonly day: string;
  readonly until: Date | null;
  readonly closedAt: Date | null;
  readonly closingWords: string | null;
  readonly flag: 'on_time' | 'late' | null;
}

export type RowArea =
  | { readonly by: 'names'; readonly names: readonly { readonly name: string; readonly level: AreaLevel }[] }
  | { readonly by: 'code'; readonly code: string }
  | { readonly by: 'point' | 'given' };

/** The same validator as for what a person types; ids, area and type are found later. */
const rowForm = reportForm.omit({ casefileId: true, reportId: true, typeCode: true, contact: true });

export type ReadRow = (row: number, cells: readonly string[]) => Row | RefusedRow;
export const isRefused = (read: Row | RefusedRow): read is RefusedRow => 'says' in read;

/** Thrown and caught in this file only: the first thing wrong with a row refuses it. */
class Refusal {
  readonly column: string;
  readonly says: Words;
  readonly hint: Words;
  constructor(column: string, says: Words, hint: Words) {
    this.column = column;
    this.says = says;
    this.hint = hint;
  }
}

/** Excel's own dates come as texts of this form, whatever the map says of the others. */
const EXCEL = 'YYYY-MM-DDTHH:mm:ss';

export function rowReader(map: ImportMap, header: readonly string[]): ReadRow {
  const when = whenIn(map.zone, [...map.dates, EXCEL]);
  const cellsOf = cellReader(header);
  return (row, cells) => {
    const cell = cellsOf(cells);
    try {
      if (cells.length > header.length) throw tooWide(cells.length, header.length);
      return readRow(map, row, cell, when);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { row, column: error.column, says: error.says, hint: error.hint };
    }
  };
}

/** As much of a row as has to be known of all before the first is written. */
export type Glimpse = Pick<Row, 'type' | 'body' | 'area' | 'openedAt' | 'closedAt'>;

/** Null: the row will be refused when its turn comes. */
export function glimpseReader(map: ImportMap, header: readonly string[]): (cells: readonly string[]) => Glimpse | null {
  const when = whenIn(map.zone, [...map.dates, EXCEL]);
  const cellsOf = cellReader(header);
  return (cells) => {
    const cell = cellsOf(cells);
    try {
      const openedAt = instant(map.columns.opened, cell, when)?.at ?? missing(map.columns.opened);
      const body = cell(map.columns.body?.column) || null;
      return { type: typeOf(map, cell), body, area: areaOf(map, cell), openedAt, closedAt: closing(map, cell, when) };
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  };
}

function cellReader(header: readonly string[]): (cells: readonly string[]) => CellOf {
  const index = new Map(header.map((name, i) => [name, i]));
  return (cells) => (name) => (name === undefined ? '' : (cells[index.get(name) ?? -1] ?? '').trim());
}

type CellOf = (name: string | undefined) => string;

function readRow(map: ImportMap, row: number, cell: CellOf, when: ReadWhen): Row {
  const { columns } = map;
  const key = required(map.key, cell);
  const { at: openedAt, day } = instant(columns.opened, cell, when) ?? missing(columns.opened);
  const until = instant(columns.target, cell, when)?.at ?? null;
  if (until && until < openedAt) throw earlyTarget(columns.target ?? '');
  const closedAt = closing(map, cell, when);
  return {
    row,
    key,
    form: formOf(map, cell),
    type: typeOf(map, cell),
    body: cell(columns.body?.column) || null,
    area: areaOf(map, cell),
    openedAt,
    day,
    until,
    closedAt,
    closingWords: closedAt === null ? null : joined(columns.closingWords, cell) || null,
    flag: flagOf(map, cell),
  };
}

function formOf(map: ImportMap, cell: CellOf): Row['form'] {
  const { words, wordsOtherwise, place, channel } = map.columns;
  const point = pointOf(map, cell);
  const read = rowForm.safeParse({
    words: joined(words, cell) || joined(wordsOtherwise, cell),
    place: { ...point, datum: place?.datum ?? 'wgs84', words: joined(place?.words ?? [], cell) },
    channel: channel === undefined ? map.channel : (channel.values[cell(channel.column)] ?? channel.otherwise),
    language: map.language,
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = issue?.path.join('.') ?? '';
  const column = path.startsWith('place')
    ? [...(place?.words ?? []), place?.lon, place?.lat].join(' ')
    : words.join(' ');
  const { zh, en } = issueWords(issue);
  throw new Refusal(column.trim(), { zh: `不合上报的要求：${zh}`, en: `is not a report: ${en}` }, correctIt);
}

function issueWords(issue: z.core.$ZodIssue | undefined): Words {
  if (issue?.code === 'too_small') return { zh: '空着或太小', en: 'empty or too small' };
  if (issue?.code === 'too_big')
    return { zh: `太长或太大（最多 ${issue.maximum}）`, en: `too long or too large (at most ${issue.maximum})` };
  return { zh: issue?.message ?? '', en: issue?.message ?? '' };
}

function pointOf({ columns: { place } }: ImportMap, cell: CellOf): { lon?: number; lat?: number } {
  const [lon, lat] = [cell(place?.lon), cell(place?.lat)];
  if (lon === '' && lat === '') return {};
  return { lon: numberOf(place?.lon ?? '', lon), lat: numberOf(place?.lat ?? '', lat) };
}

function numberOf(column: string, text: string): number {
  const number = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw new Refusal(column, { zh: `“${text}”不是数`, en: `“${text}” is not a number` }, correctIt);
}

function typeOf({ columns: { type } }: ImportMap, cell: CellOf): Row['type'] {
  const name = cell(type?.column);
  return name === '' ? null : { name, major: cell(type?.major) || null };
}

function areaOf({ columns: { area } }: ImportMap, cell: CellOf): RowArea {
  if (area.by === 'point' || area.by === 'given') return { by: area.by };
  if (area.by === 'code') return { by: 'code', code: wholeOf(required(area.column, cell)) };
  const names = area.columns.map(({ column, level, whole }) => ({
    name: whole ? wholeOf(cell(column)) : cell(column),
    level,
  }));
  const gap = names.findIndex(({ name }) => name === '');
  return { by: 'names', names: gap === -1 ? names : names.slice(0, gap) };
}

/** Numbers that went through a floating point: `1709.0`. */
const wholeOf = (text: string): string => text.replace(/^(\d+)\.0+$/, '$1');

/** The day of closing, which a status, where the source has one, must bear out. */
function closing({ columns: { status, closed } }: ImportMap, cell: CellOf, when: ReadWhen): Date | null {
  const closedAt = instant(closed, cell, when)?.at ?? null;
  if (status === undefined) return closedAt;
  const said = cell(status.column);
  const isClosed = status.closed.includes(said);
  if (!isClosed && !status.open.includes(said)) throw unknownStatus(status.column, said);
  if (isClosed !== (closedAt !== null)) throw statusDiffers(status.column, said, closed ?? '');
  return closedAt;
}

function flagOf({ columns: { flag } }: ImportMap, cell: CellOf): Row['flag'] {
  const said = cell(flag?.column);
  if (said === '' || flag === undefined) return null;
  if (flag.onTime.includes(said)) return 'on_time';
  if (flag.late.includes(said)) return 'late';
  throw unknownStatus(flag.column, said);
}

function instant(column: string | undefined, cell: CellOf, when: ReadWhen): When | null {
  const text = cell(column);
  if (text === '') return null;
  const read = when(text);
  if (read) return read;
  throw new Refusal(
    column ?? '',
    { zh: `日期“${text.slice(0, 40)}”读不懂`, en: `the date “${text.slice(0, 40)}” cannot be read` },
    {
      zh: '请改正这一格，或者在对照表的 dates 里加上这种写法。',
      en: 'Correct the cell, or add its format to dates in the map.',
    },
  );
}

const joined = (columns: readonly string[], cell: CellOf): string =>
  [...new Set(columns.map((column) => cell(column)))].filter((text) => text !== '').join('\n');

const required = (column: string, cell: CellOf): string => cell(column) || missing(column);

const correctIt: Words = { zh: '请改正这一行再导入一次。', en: 'Correct the row and import it again.' };

function missing(column: string): never {
  throw new Refusal(column, { zh: '是空的', en: 'is empty' }, correctIt);
}

const tooWide = (found: number, expected: number): Refusal =>
  new Refusal(
    '',
    { zh: `有 ${found} 格，表头只有 ${expected} 列`, en: `has ${found} cells under ${expected} columns` },
    { zh: '可能有一格里的逗号没有加引号。', en: 'A comma inside a cell may lack its quotes.' },
  );
const earlyTarget = (column: string): Refusal =>
  new Refusal(column, { zh: '时限早于上报时间', en: 'the deadline is earlier than the report' }, correctIt);
const unknownStatus = (column: string, said: string): Refusal =>
  new Refusal(
    column,
    { zh: `“${said}”不在对照表里`, en: `“${said}” is not in the map` },
    { zh: '请把这个值加到对照表里，再导入一次。', en: 'Add the value to the map and import again.' },
  );
const statusDiffers = (column: string, said: string, closed: string): Refusal =>
  new Refusal(
    column,
    { zh: `是“${said}”，与“${closed}”一列不符`, en: `is “${said}”, which “${closed}” does not bear out` },
    correctIt,
  );
