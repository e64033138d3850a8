import { Problem } from '../../../kernel/problem.ts';
import type { AreaPath, NamedType } from './ground.commands.ts';
import { importProblems, type RefusedRow } from './import.model.ts';
import { columnsOf, type ImportMap } from './map.model.ts';
import { type Glimpse, glimpseReader, type Row, rowReader } from './row.model.ts';
import { readTable } from './table.outside.ts';

/** What has to be known of a file before its first row is written. */
export interface Survey {
  readonly rows: number;
  /** The last closing in the file: whether what is open was late then. Null: nothing was closed. */
  readonly asOf: Date | null;
  readonly earliest: Date | null;
  readonly types: readonly NamedType[];
  readonly bodies: readonly string[];
  /** Paths of names, in lists that share their topmost. */
  readonly areas: readonly (readonly AreaPath[])[];
}

export async function survey(file: string, map: ImportMap): Promise<Survey> {
  const types = new Map<string, NamedType>();
  const bodies = new Set<string>();
  const areas = new Map<string, Map<string, AreaPath>>();
  let [rows, asOf, earliest]: [number, Date | null, Date | null] = [0, null, null];
  for await (const { read } of under(file, map, glimpseReader)) {
    rows += 1;
    if (read === null) continue;
    if (read.type && !types.has(read.type.name)) types.set(read.type.name, read.type);
    if (read.body !== null) bodies.add(read.body);
    noteArea(areas, read);
    if (read.closedAt && (asOf === null || read.closedAt > asOf)) asOf = read.closedAt;
    if (earliest === null || read.openedAt < earliest) earliest = read.openedAt;
  }
  const grouped = [...areas.values()].map((paths) => [...paths.values()]);
  return { rows, asOf, earliest, types: [...types.values()], bodies: [...bodies], areas: grouped };
}

function noteArea(areas: Map<string, Map<string, AreaPath>>, { area }: Glimpse): void {
  const [top] = area.by === 'names' ? area.names : [];
  if (area.by !== 'names' || !top) return;
  const below = areas.get(top.name) ?? new Map<string, AreaPath>();
  below.set(JSON.stringify(area.names), area.names);
  areas.set(top.name, below);
}

/** The map whose columns the header has; of several the one that names the most. */
export async function mapFor(file: string, maps: readonly ImportMap[]): Promise<ImportMap> {
  const fitting: ImportMap[] = [];
  for (const map of maps) {
    const header = await headerOf(file, map).catch((): string[] => []);
    if (header.length > 0 && columnsOf(map).every((name) => header.includes(name))) fitting.push(map);
  }
  const [best] = fitting.sort((a, b) => columnsOf(b).length - columnsOf(a).length);
  if (!best) throw new Problem(importProblems['import.no_map_fits']);
  return best;
}

async function headerOf(file: string, map: ImportMap): Promise<string[]> {
  for await (const { cells } of readTable(file, map.file)) return cells.map((cell) => cell.trim());
  return [];
}

/** All rows of a file, read by the map. */
export async function* rowsOf(file: string, map: ImportMap): AsyncGenerator<Row | RefusedRow> {
  const reader = (of: ImportMap, header: readonly string[]) => {
    const read = rowReader(of, header);
    return (cells: readonly string[], row: number) => read(row, cells);
  };
  for await (const { read } of under(file, map, reader)) yield read;
}

type Reader<T> = (map: ImportMap, header: readonly string[]) => (cells: readonly string[], row: number) => T;

/** What lies under the header; one that lacks a column is refused before the first row. */
async function* under<T>(file: string, map: ImportMap, reader: Reader<T>): AsyncGenerator<{ readonly read: T }> {
  let read: ReturnType<Reader<T>> | null = null;
  for await (const { row, cells } of readTable(file, map.file)) {
    if (read === null) read = reader(map, wholeHeader(map, cells));
    else yield { read: read(cells, row) };
  }
  if (read === null) wholeHeader(map, []);
}

function wholeHeader(map: ImportMap, cells: readonly string[]): string[] {
  const header = cells.map((cell) => cell.trim());
  const lacking = columnsOf(map).filter((name) => !header.includes(name));
  if (lacking.length === 0) return header;
  const found = header.join('、') || '—';
  throw new Problem(importProblems['import.columns_missing'], { columns: lacking.join('、'), found });
}
