import type { Words } from '../../../../kernel/words.ts';
import type { Area } from '../../areas/atlas.model.ts';
import { fieldIn, nameIn } from '../fields/added_fields.model.ts';
import { canonicalOf, type GivenCell, isYetToCome } from '../fields/canonical_value.model.ts';
import { areaFields, placeOf } from '../fields/place_named.model.ts';
import { plain } from '../fields/value.model.ts';
import type { Ledger } from '../ledger.model.ts';

/** A table of a file as a batch keeps it: where it stands, and which of its columns holds which field. */
export interface BatchTable {
  readonly sheet: string;
  readonly range: string;
  readonly rows: number;
  /** Whether it has what a row of this ledger must have. */
  readonly isTaken: boolean;
  readonly columns: readonly BatchColumn[];
}

export interface BatchColumn {
  readonly column: string;
  readonly path: string;
  readonly field: string | null;
  readonly by: 'alias' | 'path' | 'values' | 'memory' | 'hand' | null;
  /** What it was understood as before any ledger was asked; left out where that is the field itself. */
  readonly seen?: string | null;
}

/** A row of a file; cells in the order of its table's columns. */
export interface GivenRow {
  readonly table: number;
  readonly row: number;
  readonly cells: readonly (GivenCell | null)[];
}

export interface RowFault {
  /** As the spreadsheet letters it; null: the whole row. */
  readonly column: string | null;
  readonly says: Words;
}

export type Values = Readonly<Record<string, string>>;

export interface Candidate {
  /** By field; `place.grid` is the id of the area that the row names. */
  readonly values: Values;
  readonly areaId: string;
  readonly faults: readonly RowFault[];
}

/** Areas of a batch: the one it was sent for and all below it. */
export interface Ground {
  readonly area: Area;
  readonly below: readonly Area[];
  /** The day of which the file tells. */
  readonly toldOn: string;
}

/** One row, read as the ledger would keep it. With a fault in it nothing of the row is taken in. */
export function candidateOf(ledger: Ledger, ground: Ground, table: BatchTable, given: GivenRow): Candidate {
  const values: Record<string, string> = {};
  const faults: RowFault[] = [];
  const places: Record<string, { text: string; column: string }> = {};
  for (const [i, { column, field: code }] of table.columns.entries()) {
    const cell = given.cells[i];
    if (code === null || !cell || plain(cell.text) === '') continue;
    if (areaFields.includes(code)) places[code] = { text: cell.text, column };
    const field = ledger.fields.includes(code) ? fieldIn(ledger, code) : undefined;
    if (!field) continue;
    const read = canonicalOf(field, cell);
    if ('fault' in read) faults.push({ column, says: read.fault });
    else if (isYetToCome(field, read.value, ground.toldOn)) faults.push({ column, says: yetToCome });
    else values[code] = read.value;
  }
  faults.push(...missing(ledger, table, values, faults), ...disagreeing(table, values));
  const placed = placeOf(ground, places);
  if (placed === null) return { values, areaId: ground.area.id, faults };
  if ('says' in placed) return { values, areaId: ground.area.id, faults: [...faults, placed] };
  return { values: { ...values, 'place.grid': placed.id }, areaId: placed.id, faults };
}

export const yetToCome: Words = { zh: '这一天还没有到', en: 'that day is yet to come' };

function missing(ledger: Ledger, table: BatchTable, values: Values, faults: readonly RowFault[]): RowFault[] {
  return ledger.required.flatMap((code) => {
    const column = columnOf(table, code);
    if (values[code] !== undefined || faults.some((one) => one.column === column)) return [];
    const name = nameIn(ledger, code);
    return [{ column, says: { zh: `没有填${name.zh}`, en: `${name.en} is missing` } }];
  });
}

const columnOf = ({ columns }: BatchTable, code: string): string | null =>
  columns.find(({ field }) => field === code)?.column ?? null;

const disagreeing = (table: BatchTable, values: Values): RowFault[] =>
  disagreements(values).map(({ field, says }) => ({ column: columnOf(table, field), says }));

/** The identity number tells the birthday and the sex; where something else is told beside it, one of the two is wrong. */
export function disagreements(values: Values): { readonly field: string; readonly says: Words }[] {
  const id = values['person.id_number'];
  if (id === undefined) return [];
  const [born, sex] = [values['person.born_on'], values['person.sex']];
  const told = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
  const toldSex = Number(id[16]) % 2 === 1 ? 'male' : 'female';
  return [
    ...(born === undefined || told.startsWith(born) ? [] : [otherThanId('person.born_on')]),
    ...(sex === undefined || sex === toldSex ? [] : [otherThanId('person.sex')]),
  ];
}

function otherThanId(field: 'person.born_on' | 'person.sex') {
  const [zh, en] = field === 'person.sex' ? ['性别', 'sex'] : ['出生日期', 'birthday'];
  return { field, says: { zh: `与身份证号里的${zh}不同`, en: `differs from the ${en} in the identity number` } };
}
