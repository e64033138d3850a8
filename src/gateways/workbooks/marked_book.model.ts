import { editsFor } from './marked_sheet.model.ts';
import { type Styles, stylesIn } from './marked_styles.model.ts';
import { headersIn, surveySheet } from './marked_survey.model.ts';
import { advance, attributesOf, Damaged, edited, isNamed, rootOf, Unmarkable } from './marked_xml.model.ts';
import { type Archive, entryOf, openArchive, repack, unpack } from './marked_zip.model.ts';
import type { SheetMarks } from './reasons.model.ts';

/** The same workbook with its wrong cells marked; null: it is of another make (ods, xlsb). */
export async function markBook(bytes: Buffer, all: readonly SheetMarks[]): Promise<Buffer | null> {
  const archive = openArchive(bytes);
  if (archive === null) throw new Damaged('no archive');
  const book = bookIn(archive);
  if (book === null) return null;
  const styles = stylesIn(part(archive, book.styles));
  const headers = book.texts === null ? new Set<number>() : headersIn(part(archive, book.texts));
  const isOurs = styles.hasMarks || headers.size > 0;
  const known = { headers, isMarked: styles.isMarked };
  const changes = new Map<string, readonly Buffer[]>();
  for (const [name, at] of book.sheets) {
    const marks = all.find(({ sheet }) => sheet === name) ?? { sheet: name, extents: [], rows: new Map() };
    // What we said last time on other sheets may have to go.
    if (marks.rows.size === 0 && !isOurs) continue;
    if (entryOf(archive, at) === undefined) throw new Damaged(at);
    const sheet = part(archive, at);
    if (marks.rows.size === 0 && !isSheet(sheet)) continue;
    const edits = editsFor(sheet, surveySheet(sheet, known), marks, known, styles);
    if (edits.length > 0) changes.set(nameIn(archive, at), edited(sheet, edits));
  }
  addStyles(archive, book.styles, styles, changes);
  for (const { sheet, rows } of all)
    if (rows.size > 0 && !book.sheets.has(sheet)) throw new Unmarkable('a sheet is not there');
  return changes.size === 0 ? bytes : repack(archive, changes);
}

function addStyles(archive: Archive, at: string, styles: Styles, changes: Map<string, readonly Buffer[]>): void {
  const changed = styles.changed();
  if (changed !== null) changes.set(nameIn(archive, at), changed);
}

export const nameIn = (archive: Archive, at: string): string => entryOf(archive, at)?.name ?? at;

/** Charts have sheets of their own, without cells. */
function isSheet(bytes: Buffer): boolean {
  const { tag, prefix } = rootOf(bytes);
  return isNamed(bytes, tag, Buffer.from(`${prefix}worksheet`));
}

/** What a part of it holds. */
export function part(archive: Archive, at: string): Buffer {
  const entry = entryOf(archive, at);
  const bytes = entry === undefined ? null : unpack(archive, entry);
  if (bytes === null) throw new Damaged(at);
  return bytes;
}

export interface Book {
  /** Where the workbook's own XML is. */
  readonly at: string;
  /** Where each sheet's XML is, by its name. */
  readonly sheets: ReadonlyMap<string, string>;
  readonly styles: string;
  readonly texts: string | null;
}

/** Null: it is of another make (ods, xlsb). */
export function bookIn(archive: Archive): Book | null {
  if (entryOf(archive, '_rels/.rels') === undefined) return null;
  const at = targetsIn(archive, '').find(({ type }) => type === 'officeDocument')?.at;
  if (at === undefined || !/\.xml$/i.test(at)) return null;
  const targets = targetsIn(archive, at);
  const sheets = new Map<string, string>();
  for (const attributes of elements(part(archive, at), 'sheet')) {
    const id = [...attributes].find(([name]) => /:id$/.test(name))?.[1];
    const target = targets.find((one) => one.id === id);
    if (target) sheets.set(attributes.get('name') ?? '', target.at);
  }
  const styles = targets.find(({ type }) => type === 'styles')?.at;
  if (styles === undefined) throw new Unmarkable('no styles');
  return { at, sheets, styles, texts: targets.find(({ type }) => type === 'sharedStrings')?.at ?? null };
}

/** Where it is said what a part refers to. */
export function relationsAt(of: string): string {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/.exec(of) ?? [];
  return `${folder}_rels/${name}.rels`;
}

/** What a part refers to; the empty name is the package itself. */
export function targetsIn(archive: Archive, of: string): { id: string; type: string; at: string }[] {
  const folder = of.slice(0, of.lastIndexOf('/') + 1);
  return elements(part(archive, relationsAt(of)), 'Relationship').map((attributes) => ({
    id: attributes.get('Id') ?? '',
    type: (attributes.get('Type') ?? '').replace(/^.*\//, ''),
    at: pathOf(attributes.get('Target') ?? '', folder),
  }));
}

function pathOf(target: string, folder: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** The attributes of all elements of a name, wherever they are; only for the small parts of a workbook. */
function elements(bytes: Buffer, name: string): Map<string, string>[] {
  const { tag, prefix } = rootOf(bytes);
  const wanted = Buffer.from(prefix + name);
  const found: Map<string, string>[] = [];
  while (advance(bytes, tag)) if (isNamed(bytes, tag, wanted) && !tag.isClose) found.push(attributesOf(bytes, tag));
  return found;
}
