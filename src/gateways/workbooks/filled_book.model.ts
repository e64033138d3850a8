import { type Shift, shiftedFormula } from './filled_refs.model.ts';
import { type Filling, filledSheet, shiftedFormulas, shiftOf } from './filled_sheet.model.ts';
import { cellXml, type MadeCell } from './made_book.model.ts';
import { type Book, bookIn, nameIn, part, relationsAt, targetsIn } from './marked_book.model.ts';
import { decoded, encoded, Unmarkable, withAttribute } from './marked_xml.model.ts';
import { type Archive, entryOf, openArchive, repack } from './marked_zip.model.ts';
import { letters } from './sheet.model.ts';

/** The sheet that is added: what it says, row by row, labels first. */
export interface AddedSheet {
  readonly name: string;
  readonly rows: readonly (readonly MadeCell[])[];
  readonly widths: readonly number[];
}

/**
 * The same workbook, byte for byte but for the sheet that is filled and what has to know of it: the list of sheets, a name or a
 * formula over the rows that moved, the order of calculation, which a program makes anew.
 */
export async function fillBook(bytes: Buffer, filling: Filling, added: AddedSheet): Promise<Buffer | null> {
  const archive = openArchive(bytes);
  const book = archive && bookIn(archive);
  if (archive === null || book === null) return null;
  const at = book.sheets.get(filling.sheet);
  if (at === undefined) throw new Unmarkable('the sheet is not there');
  const shift = shiftOf(filling);
  const changes = new Map<string, readonly Buffer[]>();
  const change = (path: string, text: string): void => void changes.set(nameIn(archive, path), [Buffer.from(text)]);
  changes.set(nameIn(archive, at), filledSheet(part(archive, at), filling));
  if (shift.by > 0) {
    for (const [name, other] of book.sheets)
      if (name !== filling.sheet) followElsewhere(archive, other, filling.sheet, shift, change);
    moveDrawings(archive, at, shift, change);
  }
  const chain = targetsIn(archive, book.at).find(({ type }) => type === 'calcChain')?.at;
  const place = freePlace(archive);
  const relation = freeRelation(archive, book);
  const rows = addedXml(added, rootOf(part(archive, at)));
  change(book.at, workbookWith(textOf(archive, book.at), { book, added, filling, shift, relation }));
  change(relationsAt(book.at), relationsWith(textOf(archive, relationsAt(book.at)), { place, relation, chain }));
  change('[Content_Types].xml', typesWith(textOf(archive, '[Content_Types].xml'), place, chain));
  const removed = new Set(chain === undefined ? [] : [nameIn(archive, chain)]);
  return repack(archive, changes, { added: new Map([[place, [Buffer.from(rows)]]]), removed });
}

type Change = (path: string, text: string) => void;
const textOf = (archive: Archive, at: string): string => part(archive, at).toString('utf8');

/** Formulas of other sheets over cells that moved. */
function followElsewhere(archive: Archive, at: string, sheet: string, shift: Shift, change: Change): void {
  const xml = textOf(archive, at);
  if (!xml.includes(encoded(sheet))) return;
  const moved = shiftedFormulas(xml, sheet, false, shift);
  if (moved !== xml) change(at, moved);
}

/** Pictures and boxes that are anchored below go down with what they stand beside. */
function moveDrawings(archive: Archive, at: string, shift: Shift, change: Change): void {
  if (entryOf(archive, relationsAt(at)) === undefined) return;
  for (const { type, at: drawing } of targetsIn(archive, at)) {
    if (type !== 'drawing' || entryOf(archive, drawing) === undefined) continue;
    const xml = textOf(archive, drawing);
    const moved = xml.replace(/(<(?:\w+:)?row>)(\d+)(?=<)/g, (_all, start: string, row: string) =>
      Number(row) >= shift.below ? `${start}${Number(row) + shift.by}` : `${start}${row}`,
    );
    if (moved !== xml) change(drawing, moved);
  }
}

/** Where no part is yet. */
function freePlace(archive: Archive): string {
  let n = 1;
  while (entryOf(archive, `xl/worksheets/sources${n}.xml`) !== undefined) n += 1;
  return `xl/worksheets/sources${n}.xml`;
}

/** An id that no relation has yet: what was filled once may be sent and filled again. */
function freeRelation(archive: Archive, { at }: Book): string {
  const taken = new Set(targetsIn(archive, at).map(({ id }) => id));
  for (let n = 1; ; n += 1) {
    const id = `rIdJingweiSources${n === 1 ? '' : n}`;
    if (!taken.has(id)) return id;
  }
}

interface BookChange {
  readonly book: Book;
  readonly added: AddedSheet;
  readonly filling: Filling;
  readonly shift: Shift;
  readonly relation: string;
}

/** One sheet more in the list, names over rows that moved, and everything counted anew when it is opened. */
function workbookWith(xml: string, { book, added, filling, shift, relation }: BookChange): string {
  const sheets = [...xml.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([tag]) => tag);
  const last = sheets.at(-1);
  if (last === undefined) throw new Unmarkable('no list of sheets');
  const number = Math.max(0, ...sheets.map((tag) => Number(/\ssheetId="(\d+)"/.exec(tag)?.[1] ?? 0))) + 1;
  const id = /\s([\w.]+:id)\s*=/.exec(last)?.[1] ?? 'r:id';
  const fresh = [
    ['name', encoded(freeName(added.name, book))],
    ['sheetId', String(number)],
    [id, relation],
  ].reduce((tag, [name = '', value = '']) => withAttribute(tag, name, value), withAttribute(last, 'state', null));
  const close = last.endsWith('/>') ? '' : xml.slice(xml.lastIndexOf(last) + last.length).match(/^\s*<\/[^>]*>/)?.[0];
  if (close === undefined) throw new Unmarkable('a sheet of the list has something in it');
  const at = xml.lastIndexOf(last) + last.length + close.length;
  const listed = `${xml.slice(0, at)}${fresh}${close.trim()}${xml.slice(at)}`;
  const named = listed.replace(/(<(?:\w+:)?definedName\b[^>]*>)([^<]*)/g, (all, start: string, formula: string) =>
    shift.by === 0 ? all : `${start}${encoded(shiftedFormula(decoded(formula), filling.sheet, false, shift))}`,
  );
  return countedAnew(named);
}

const MOST_NAME = 31;

function freeName(wanted: string, { sheets }: Book): string {
  const taken = new Set([...sheets.keys()].map((name) => name.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const name = `${wanted}${n === 1 ? '' : n}`.slice(0, MOST_NAME);
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function countedAnew(xml: string): string {
  const tag = /<(?:\w+:)?calcPr\b[^>]*>/.exec(xml)?.[0];
  if (tag !== undefined) return xml.replace(tag, withAttribute(tag, 'fullCalcOnLoad', '1'));
  // It stands behind the names, or behind what may come before them.
  const before = ['definedNames', 'externalReferences', 'functionGroups', 'sheets']
    .map((name) => new RegExp(`</((?:\\w+:)?)${name}>`).exec(xml))
    .find((found) => found !== null);
  if (!before) return xml;
  const at = before.index + before[0].length;
  return `${xml.slice(0, at)}<${before[1] ?? ''}calcPr fullCalcOnLoad="1"/>${xml.slice(at)}`;
}

interface RelationsChange {
  readonly place: string;
  readonly relation: string;
  readonly chain: string | undefined;
}

function relationsWith(xml: string, { place, relation, chain }: RelationsChange): string {
  const tags = [...xml.matchAll(/<(?:\w+:)?Relationship\b[^>]*?(\/>|>\s*<\/(?:\w+:)?Relationship>)/g)].map(
    ([tag]) => tag,
  );
  const sheet = tags.find((tag) => /\sType="[^"]*\/worksheet"/.test(tag));
  if (sheet === undefined) throw new Unmarkable('no sheets in it');
  const own = [
    ['Id', relation],
    ['Target', `/${place}`],
    ['TargetMode', null],
  ].reduce(
    (tag, [name, value]) => withAttribute(tag, name as string, value ?? null),
    sheet.replace(/>\s*<\/.*$/, '/>'),
  );
  const kept =
    chain === undefined
      ? xml
      : without(
          xml,
          tags.find((tag) => /\sType="[^"]*\/calcChain"/.test(tag)),
        );
  return kept.replace(/<\/(?:\w+:)?Relationships>/, (end) => own + end);
}

function typesWith(xml: string, place: string, chain: string | undefined): string {
  const tags = [...xml.matchAll(/<(?:\w+:)?Override\b[^>]*?(\/>|>\s*<\/(?:\w+:)?Override>)/g)].map(([tag]) => tag);
  const ofChain = tags.find((tag) => chain !== undefined && tag.toLowerCase().includes(`"/${chain.toLowerCase()}"`));
  const kept = without(xml, ofChain);
  const prefix = /<(\w+:)?Types\b/.exec(xml)?.[1] ?? '';
  const own = `<${prefix}Override PartName="/${place}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`;
  return kept.replace(/<\/(?:\w+:)?Types>/, (end) => own + end);
}

const without = (xml: string, tag: string | undefined): string => (tag === undefined ? xml : xml.replace(tag, ''));

/** The root of a sheet of this workbook: which of the two vocabularies it speaks, and under which prefix. */
function rootOf(sheet: Buffer): { prefix: string; space: string } {
  const tag = /<((?:\w+:)?)worksheet\b([^>]*)>/.exec(sheet.toString('utf8', 0, 8000));
  const prefix = tag?.[1] ?? '';
  const name = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  const space = new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)`).exec(tag?.[2] ?? '')?.[1];
  if (space === undefined) throw new Unmarkable('a sheet of no vocabulary');
  return { prefix, space };
}

function addedXml({ rows, widths }: AddedSheet, { space }: { space: string }): string {
  const cols = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const lines = rows.map((cells, row) => {
    const all = cells.map((cell, i) => cellXml(`${letters(i)}${row + 1}`, cell, 0));
    return `<row r="${row + 1}">${all.join('')}</row>`;
  });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="${space}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>${lines.join('')}</sheetData><pageSetup paperSize="9" orientation="landscape"/></worksheet>`;
}
