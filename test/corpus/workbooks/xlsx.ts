import { letters } from './truth.ts';
import { type Part, part, zip } from './zip.ts';

/** A formula with or without the value that was kept, a number with a format, an error, or words in pieces. */
interface Rich {
  readonly f?: string;
  readonly v?: string | number;
  readonly fmt?: number | string;
  readonly error?: string;
  /** As it stands in the file, when a number would not print so (19900001234 or 4.20684E+17). */
  readonly raw?: string;
  readonly runs?: readonly string[];
  readonly xml?: string;
}
export type Cell = string | number | boolean | null | Rich;

export interface Sheet {
  readonly name: string;
  readonly grid: readonly (readonly Cell[])[];
  /** The first cell of the grid, as row and column from 0. */
  readonly at?: readonly [number, number];
  readonly merges?: readonly string[];
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
  readonly state?: 'hidden' | 'veryHidden';
  readonly dimension?: string | null;
  /** Before the cells: views, columns. */
  readonly before?: string;
  /** After merges: validations, drawings, extensions, in the order of the standard. */
  readonly after?: string;
  readonly filter?: string;
  readonly links?: string;
  /** Single cells far away. */
  readonly strays?: Readonly<Record<string, Cell>>;
  /** Rows and cells without their addresses. */
  readonly unaddressed?: boolean;
}

export interface Book {
  readonly sheets: readonly Sheet[];
  readonly date1904?: boolean;
  readonly inline?: boolean;
  readonly names?: string;
  readonly workbookTail?: string;
  readonly bookLinks?: string;
  readonly parts?: readonly Part[];
  readonly types?: string;
  readonly macro?: boolean;
  readonly prefix?: boolean;
  readonly strict?: boolean;
  readonly absolute?: boolean;
  readonly backslash?: boolean;
  readonly bare?: boolean;
  readonly stored?: boolean;
  readonly sizesBehind?: boolean;
}

export const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

class Shared {
  readonly strings: string[] = [];
  readonly formats: (number | string)[] = [0];
  readonly #seen = new Map<string, number>();
  string(xml: string): number {
    const at = this.#seen.get(xml);
    if (at !== undefined) return at;
    this.#seen.set(xml, this.strings.length);
    return this.strings.push(xml) - 1;
  }
  format(wanted: number | string): number {
    const at = this.formats.indexOf(wanted);
    return at >= 0 ? at : this.formats.push(wanted) - 1;
  }
}

const words = (text: string): string => `<t xml:space="preserve">${escaped(text)}</t>`;

function cellXml(address: string, cell: Cell, shared: Shared, inline: boolean): string {
  if (cell === null) return '';
  const at = address === '' ? '' : ` r="${address}"`;
  const text = (xml: string): string =>
    inline ? `<c${at} t="inlineStr"><is>${xml}</is></c>` : `<c${at} t="s"><v>${shared.string(xml)}</v></c>`;
  if (typeof cell === 'string') return cell === '' ? `<c${at}/>` : text(words(cell));
  if (typeof cell === 'number') return `<c${at}><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c${at} t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (cell.xml !== undefined) return cell.xml;
  if (cell.runs) return text(cell.runs.map((run) => `<r><rPr><b/></rPr>${words(run)}</r>`).join(''));
  const style = cell.fmt === undefined ? '' : ` s="${shared.format(cell.fmt)}"`;
  const formula = cell.f === undefined ? '' : `<f>${escaped(cell.f)}</f>`;
  if (cell.error !== undefined) return `<c${at} t="e">${formula}<v>${cell.error}</v></c>`;
  if (cell.raw !== undefined) return `<c${at}${style}>${formula}<v>${cell.raw}</v></c>`;
  if (typeof cell.v === 'string') {
    return formula === '' ? text(words(cell.v)) : `<c${at} t="str">${formula}<v>${escaped(cell.v)}</v></c>`;
  }
  return `<c${at}${style}>${formula}${cell.v === undefined ? '' : `<v>${cell.v}</v>`}</c>`;
}

function rowsXml(sheet: Sheet, shared: Shared, inline: boolean): string {
  const [top, left] = sheet.at ?? [0, 0];
  const strays = new Map(Object.entries(sheet.strays ?? {}));
  const rows = new Map<number, string>();
  sheet.grid.forEach((cells, at) => {
    const row = top + at + 1;
    const address = (column: number): string => (sheet.unaddressed ? '' : letters(left + column) + row);
    const written = cells.map((cell, column) =>
      sheet.unaddressed && cell === null ? '<c/>' : cellXml(address(column), cell, shared, inline),
    );
    rows.set(row, written.join(''));
  });
  for (const [address, cell] of strays) {
    const row = Number(/\d+$/.exec(address)?.[0]);
    rows.set(row, (rows.get(row) ?? '') + cellXml(address, cell, shared, inline));
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .filter(([, cells]) => cells !== '')
    .map(([row, cells]) => {
      const hidden = sheet.hiddenRows?.includes(row) ? ' hidden="1"' : '';
      return sheet.unaddressed ? `<row>${cells}</row>` : `<row r="${row}"${hidden}>${cells}</row>`;
    })
    .join('');
}

function sheetXml(sheet: Sheet, shared: Shared, inline: boolean): string {
  const columns = sheet.hiddenColumns?.map((column) => `<col min="${column}" max="${column}" width="9" hidden="1"/>`);
  const merges = sheet.merges?.map((range) => `<mergeCell ref="${range}"/>`);
  return [
    sheet.dimension ? `<dimension ref="${sheet.dimension}"/>` : '',
    sheet.before ?? '',
    columns ? `<cols>${columns.join('')}</cols>` : '',
    `<sheetData>${rowsXml(sheet, shared, inline)}</sheetData>`,
    sheet.filter ? `<autoFilter ref="${sheet.filter}"/>` : '',
    merges ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : '',
    sheet.after ?? '',
  ].join('');
}

function styles(shared: Shared): string {
  const own = shared.formats.filter((format) => typeof format === 'string');
  const id = (format: number | string): number => (typeof format === 'number' ? format : 170 + own.indexOf(format));
  return `<numFmts count="${own.length}">${own.map((code) => `<numFmt numFmtId="${id(code)}" formatCode="${escaped(code)}"/>`).join('')}</numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${shared.formats.length}">${shared.formats.map((format) => `<xf numFmtId="${id(format)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('')}</cellXfs>`;
}

/** Every element of the main namespace under a prefix, as some exporters of ministries write it. */
const prefixed = (xml: string): string =>
  xml.replace(/<(\/?)([A-Za-z]+)(?=[\s/>])/g, '<$1x:$2').replace('xmlns=', 'xmlns:x=');

export function xlsx(book: Book): Uint8Array {
  const shared = new Shared();
  const namespace = book.strict ? 'http://purl.oclc.org/ooxml/spreadsheetml/main' : main;
  const linked = book.strict ? 'http://purl.oclc.org/ooxml/officeDocument/relationships' : relations;
  const document = (element: string, inside: string): string => {
    const xml = `<${element} xmlns="${namespace}" xmlns:r="${linked}">${inside}</${element}>`;
    return head + (book.prefix ? prefixed(xml) : xml);
  };
  const sheets = book.sheets.map((sheet) => document('worksheet', sheetXml(sheet, shared, book.inline ?? false)));
  const link = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${linked}/${kind}" Target="${target}"/>`;
  const links = (inside: string): string =>
    `${head}<Relationships xmlns="${packaged}/relationships">${inside}</Relationships>`;
  const folder = book.absolute ? '/xl/' : '';
  const override = (name: string, kind: string): string =>
    `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const macro = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml';
  const parts: Part[] = [
    part(
      '[Content_Types].xml',
      `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${book.types ?? ''}${book.macro ? `<Override PartName="/xl/workbook.xml" ContentType="${macro}"/>` : override('workbook', 'sheet.main')}${sheets.map((_, at) => override(`worksheets/sheet${at + 1}`, 'worksheet')).join('')}${book.bare ? '' : override('styles', 'styles')}${shared.strings.length > 0 ? override('sharedStrings', 'sharedStrings') : ''}</Types>`,
    ),
    part('_rels/.rels', links(link('rId1', 'officeDocument', book.absolute ? '/xl/workbook.xml' : 'xl/workbook.xml'))),
    part(
      'xl/workbook.xml',
      document(
        'workbook',
        `${book.date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${book.sheets.map(({ name, state }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`).join('')}</sheets>${book.workbookTail ?? ''}${book.names ? `<definedNames>${book.names}</definedNames>` : ''}`,
      ),
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      links(
        book.sheets
          .map((_, at) => link(`rId${at + 1}`, 'worksheet', `${folder}worksheets/sheet${at + 1}.xml`))
          .join('') +
          (book.bare ? '' : link('rId901', 'styles', `${folder}styles.xml`)) +
          (shared.strings.length > 0 ? link('rId902', 'sharedStrings', `${folder}sharedStrings.xml`) : '') +
          (book.bookLinks ?? ''),
      ),
    ),
    ...sheets.map((xml, at) => part(`xl/worksheets/sheet${at + 1}.xml`, xml)),
    ...book.sheets.flatMap((sheet, at) =>
      sheet.links ? [part(`xl/worksheets/_rels/sheet${at + 1}.xml.rels`, links(sheet.links))] : [],
    ),
    ...(book.bare ? [] : [part('xl/styles.xml', document('styleSheet', styles(shared)))]),
    ...(shared.strings.length > 0
      ? [part('xl/sharedStrings.xml', document('sst', shared.strings.map((xml) => `<si>${xml}</si>`).join('')))]
      : []),
    ...(book.parts ?? []),
  ];
  return zip(book.backslash ? parts.map((it) => ({ ...it, name: it.name.replace(/\//g, '\\') })) : parts, {
    ...(book.stored ? { stored: true } : {}),
    ...(book.sizesBehind ? { sizesBehind: true } : {}),
  });
}

/** The commonest file: one sheet, which begins in A1. */
export const sheet1 = (grid: Sheet['grid'], rest: Partial<Sheet> = {}, book: Partial<Book> = {}): Uint8Array =>
  xlsx({ ...book, sheets: [{ name: 'Sheet1', grid, ...rest }] });
