import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { encoded } from './marked_xml.model.ts';
import { zipOf } from './marked_zip.model.ts';
import { letters } from './sheet.model.ts';

/**
 * A list as a workbook that can be printed, worked in and read again: title, labels that stay in sight and are printed on
 * every page, numbers of people as text, lists to choose from. Our own XML: rows go by in parts and are never all in memory.
 */
export interface MadeColumn {
  readonly label: string;
  readonly kind: 'text' | 'number';
  /** What one chooses from; null: it is written. */
  readonly choices: readonly string[] | null;
}

export type MadeCell = string | number | null;

export interface MadeBook {
  readonly sheet: string;
  readonly title: string;
  /** Under the title: of which day, by whom, how many. */
  readonly note: string;
  readonly columns: readonly MadeColumn[];
  readonly rows: Gathered;
}

/** Rows kept packed until all of them are known: only then is it clear which columns hold anything. */
export interface Gathered {
  readonly count: number;
  /** By column: how wide its texts are; 0: it is empty. */
  readonly widths: readonly number[];
  readonly parts: readonly Buffer[];
}

export function newGathering(columns: number): { add(rows: readonly (readonly MadeCell[])[]): void; all(): Gathered } {
  const widths = new Array<number>(columns).fill(0);
  const parts: Buffer[] = [];
  let count = 0;
  return {
    add: (rows) => {
      count += rows.length;
      for (const row of rows)
        for (const [i, cell] of row.entries())
          if (cell !== null) widths[i] = Math.max(widths[i] ?? 0, widthOf(String(cell)));
      if (rows.length > 0) parts.push(deflateRawSync(JSON.stringify(rows), { level: 1 }));
    },
    all: () => ({ count, widths, parts }),
  };
}

/** Chinese characters are two wide; a text with any is taken as all of them. */
const widthOf = (text: string): number => (/[^ -~]/.test(text) ? text.length * 2 : text.length);

const HEAD = 3;

export function makeBook(book: MadeBook): Promise<Buffer> {
  const used = book.columns.flatMap((column, i) => ((book.rows.widths[i] ?? 0) > 0 ? [{ ...column, i }] : []));
  const texts: Texts = new Map();
  const part = (text: string): Buffer[] => [
    Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`),
  ];
  return zipOf([
    ['[Content_Types].xml', part(contentTypes)],
    ['_rels/.rels', part(packageRelations)],
    ['xl/workbook.xml', part(workbookXml(book.sheet))],
    ['xl/_rels/workbook.xml.rels', part(bookRelations)],
    ['xl/styles.xml', part(styles)],
    ['xl/worksheets/sheet1.xml', sheetPieces(book, used, texts)],
    ['xl/sharedStrings.xml', sharedPieces(texts)],
  ]);
}

/** Texts by the order in which they turned up. */
type Texts = Map<string, number>;

/**
 * Texts stand in a list of their own, each once: so the sheet itself is plain letters, which whoever reads it, we among them,
 * holds in half the memory.
 */
function madeCell(at: string, value: MadeCell, style: number, texts: Texts): string {
  if (typeof value !== 'string' || value === '') return cellXml(at, value, style);
  const known = texts.get(value) ?? texts.size;
  texts.set(value, known);
  return `<c r="${at}" s="${style}" t="s"><v>${known}</v></c>`;
}

const AT_ONCE = 5000;

function* sharedPieces(texts: Texts): Generator<Buffer> {
  yield Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="${MAIN}">`);
  let held: string[] = [];
  for (const text of texts.keys()) {
    held.push(`<si><t xml:space="preserve">${written(text)}</t></si>`);
    if (held.length < AT_ONCE) continue;
    yield Buffer.from(held.join(''));
    held = [];
  }
  yield Buffer.from(`${held.join('')}</sst>`);
}

type Used = MadeColumn & { readonly i: number };

function* sheetPieces({ title, note, rows }: MadeBook, used: readonly Used[], texts: Texts): Generator<Buffer> {
  const last = letters(Math.max(used.length - 1, 0));
  const end = HEAD + rows.count;
  const cols = used.map(({ label, i }, at) => {
    const width = Math.min(WIDEST, Math.max(widthOf(label) + 4, (rows.widths[i] ?? 0) + 2));
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
  });
  yield Buffer.from(
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${last}${end}"/><sheetViews><sheetView workbookViewId="0"><pane xSplit="2" ySplit="${HEAD}" topLeftCell="C${HEAD + 1}" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>${cols.join('')}</cols><sheetData><row r="1" ht="30" customHeight="1">${madeCell('A1', title, TITLE, texts)}</row><row r="2">${madeCell('A2', note, NOTE, texts)}</row><row r="${HEAD}" ht="24" customHeight="1">${used.map(({ label }, at) => madeCell(`${letters(at)}${HEAD}`, label, LABEL, texts)).join('')}</row>`,
  );
  let row = HEAD;
  for (const packed of rows.parts) {
    const lines: string[] = [];
    for (const cells of JSON.parse(inflateRawSync(packed).toString()) as MadeCell[][]) {
      row += 1;
      const all = used.map(({ i, kind }, at) =>
        madeCell(`${letters(at)}${row}`, cells[i] ?? null, kind === 'number' ? NUMBER : TEXT, texts),
      );
      lines.push(`<row r="${row}">${all.join('')}</row>`);
    }
    yield Buffer.from(lines.join(''));
  }
  yield Buffer.from(`</sheetData>${plainLetters(tail(used, last, end))}</worksheet>`);
}

/** One Chinese character in it makes the whole sheet twice as large in the memory of a reader. */
const plainLetters = (xml: string): string => xml.replace(/[^ -~]/gu, (sign) => `&#${sign.codePointAt(0)};`);

const WIDEST = 40;

function tail(used: readonly Used[], last: string, end: number): string {
  const range = (at: number): string => `${letters(at)}${HEAD + 1}:${letters(at)}${Math.max(end, HEAD + 1)}`;
  const lists = used.flatMap(({ choices }, at) => (choices === null ? [] : [{ choices, at }]));
  const rules = lists.map(
    ({ choices, at }) =>
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="请选一个" error="${encoded(choices.join('、'))}" sqref="${range(at)}"><formula1>"${encoded(choices.join(','))}"</formula1></dataValidation>`,
  );
  return [
    `<autoFilter ref="A${HEAD}:${last}${end}"/>`,
    last === 'A'
      ? ''
      : `<mergeCells count="2"><mergeCell ref="A1:${last}1"/><mergeCell ref="A2:${last}2"/></mergeCells>`,
    rules.length === 0 ? '' : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`,
    '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    '<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>',
    `<ignoredErrors><ignoredError sqref="A${HEAD + 1}:${last}${Math.max(end, HEAD + 1)}" numberStoredAsText="1"/></ignoredErrors>`,
  ].join('');
}

/** Letters, digits and Chinese characters need no second look, and nearly all texts are of these. */
const PLAIN = /^[\w\-.*: \u4e00-\u9fff]*$/;
/** What no XML may hold. */
const UNHEARD = /\p{Cc}|[\ufffe\uffff]/gu;

/** A text is always one, whatever it begins with: nothing of somebody's becomes a formula. */
export function cellXml(at: string, value: MadeCell, style: number, prefix = ''): string {
  const s = style === 0 ? '' : ` s="${style}"`;
  const p = prefix;
  if (value === null || value === '') return `<${p}c r="${at}"${s}/>`;
  if (typeof value === 'number') return `<${p}c r="${at}"${s}><${p}v>${value}</${p}v></${p}c>`;
  return `<${p}c r="${at}"${s} t="inlineStr"><${p}is><${p}t xml:space="preserve">${written(value)}</${p}t></${p}is></${p}c>`;
}

const written = (text: string): string => (PLAIN.test(text) ? text : encoded(text.replace(UNHEARD, ' ')));

const [TITLE, NOTE, LABEL, TEXT, NUMBER] = [1, 2, 3, 4, 5];
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;
const packageRelations = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const bookRelations = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`;

const workbookXml = (sheet: string): string =>
  `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${encoded(sheet)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${encoded(sheet)}'!$1:$${HEAD}</definedName></definedNames></workbook>`;

const font = (inside: string): string =>
  `<font>${inside}<name val="宋体"/><family val="3"/><charset val="134"/></font>`;
const edge = ['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color rgb="FFB0B7C1"/></${side}>`)
  .join('');
const xf = (numFmt: number, fontId: number, fill: number, border: number, align: string): string =>
  `<xf numFmtId="${numFmt}" fontId="${fontId}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" ${align}/></xf>`;
/** 49 is text: an identity number keeps all its digits when somebody types into the cell. */
const AS_TEXT = 49;
const styles = `<styleSheet xmlns="${MAIN}"><fonts count="4">${font('<sz val="11"/>')}${font('<b/><sz val="16"/>')}${font('<sz val="10"/><color rgb="FF5B6675"/>')}${font('<b/><sz val="11"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDF1F5"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${edge}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${xf(0, 1, 0, 0, 'horizontal="center"')}${xf(0, 2, 0, 0, 'horizontal="left"')}${xf(0, 3, 2, 1, 'horizontal="center" wrapText="1"')}${xf(AS_TEXT, 0, 0, 1, 'horizontal="left"')}${xf(0, 0, 0, 1, 'horizontal="center"')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
