import { detectDelimiter } from 'hucre';
import { decodeText } from './file.model.ts';
import { encodeGbk } from './gbk.model.ts';
import { Damaged, type Edit, Unmarkable } from './marked_xml.model.ts';
import { headersFor, REASONS_HEADER, type SheetMarks } from './reasons.model.ts';

/** A text file as it lies: one sign of `signs` for each unit of the file, so that places in it are places in the file. */
interface Text {
  readonly bytes: Buffer;
  readonly signs: string;
  readonly unit: 1 | 2;
  /** Behind the mark of its encoding. */
  readonly from: number;
  readonly delimiter: string;
  readonly encode: (text: string) => Buffer;
}

/** A record: where its fields begin, and where it ends, before its line does. */
interface Line {
  readonly fields: readonly number[];
  readonly to: number;
  readonly isOpen: boolean;
}

/**
 * The same file with the reasons in a last column, in its own encoding; a row nothing is said of stays as it is, to the
 * byte. A text has no colours: the reason must name the column.
 */
export function markCsv(bytes: Buffer, marks: SheetMarks): Buffer {
  const text = textOf(bytes);
  const lines = linesIn(text);
  const ours = columnWithHeader(text, lines);
  const column = ours ?? lines.reduce((most, { fields }) => Math.max(most, fields.length), 0);
  const said = new Map([...marks.rows].map(([row, { reason }]) => [row, reason]));
  for (const row of headersFor(marks)) said.set(row, REASONS_HEADER);
  for (const row of said.keys()) if (lines[row] === undefined) throw new Unmarkable('a row is not there');
  const edits: Edit[] = [];
  for (const [row, line] of lines.entries()) {
    const reason = said.get(row);
    if (reason === undefined && ours === null) continue;
    edits.push(...lineWith(text, line, column, reason ?? ''));
  }
  const pieces: Buffer[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push(bytes.subarray(at, edit.from * text.unit), text.encode(edit.text));
    at = edit.to * text.unit;
  }
  return Buffer.concat([...pieces, bytes.subarray(at)]);
}

function textOf(bytes: Buffer): Text {
  const said = decodeText(bytes);
  if (said === null) throw new Damaged('no text');
  const delimiter = detectDelimiter(said);
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return {
      bytes,
      signs: bytes.toString('utf16le'),
      unit: 2,
      from: 1,
      delimiter,
      encode: (text) => Buffer.from(text, 'utf16le'),
    };
  const hasSign = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const isUtf8 = hasSign || (isValidUtf8(bytes) && bytes.some((byte) => byte >= 0x80));
  if (isUtf8)
    return {
      bytes,
      signs: bytes.toString('latin1'),
      unit: 1,
      from: hasSign ? 3 : 0,
      delimiter,
      encode: (said) => Buffer.from(said),
    };
  // Without one sign of Chinese both are right; desks' programs read a file without a mark as GBK.
  return { bytes, signs: withoutTrails(bytes).toString('latin1'), unit: 1, from: 0, delimiter, encode: encodeGbk };
}

function isValidUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** In GBK the second byte of a sign may be one that means something on its own (`|`). */
function withoutTrails(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at < copy.length; at += 1) {
    if ((copy[at] as number) < 0x81) continue;
    at += 1;
    if (at < copy.length) copy[at] = 0xff;
  }
  return copy;
}

/** As the reader takes a text apart, so that rows have the numbers it gave them. */
function linesIn({ signs, from, delimiter }: Text): Line[] {
  const lines: Line[] = [];
  let fields = [from];
  let isEmpty = true;
  let [isQuoted, wasQuoted] = [false, false];
  for (let at = from; at < signs.length; at += 1) {
    const sign = signs[at];
    if (isQuoted) {
      if (sign !== '"') isEmpty = false;
      else if (signs[at + 1] === '"') {
        isEmpty = false;
        at += 1;
      } else isQuoted = false;
    } else if (sign === delimiter) {
      fields.push(at + 1);
      isEmpty = true;
      wasQuoted = false;
    } else if (sign === '\r' || sign === '\n') {
      lines.push({ fields, to: at, isOpen: false });
      if (sign === '\r' && signs[at + 1] === '\n') at += 1;
      fields = [at + 1];
      isEmpty = true;
      wasQuoted = false;
    } else if (sign === '"' && isEmpty) [isQuoted, wasQuoted] = [true, true];
    else isEmpty = false;
  }
  if (!isEmpty || wasQuoted || fields.length > 1) lines.push({ fields, to: signs.length, isOpen: isQuoted });
  return lines;
}

const fieldOf = ({ signs }: Text, { fields, to }: Line, column: number): { from: number; to: number } => {
  const next = fields[column + 1];
  return { from: fields[column] ?? signs.length, to: next === undefined ? to : next - 1 };
};

/** The column over which our header stands; null: none. */
function columnWithHeader(text: Text, lines: readonly Line[]): number | null {
  const header = text.encode(REASONS_HEADER);
  const length = header.length / text.unit;
  if (!text.bytes.includes(header)) return null;
  for (const line of lines)
    for (const column of line.fields.keys()) {
      const { from, to } = fieldOf(text, line, column);
      const quoted = text.signs[from] === '"' ? 1 : 0;
      if (to - from !== length + 2 * quoted) continue;
      const at = (from + quoted) * text.unit;
      if (text.bytes.subarray(at, at + header.length).equals(header)) return column;
    }
  return null;
}

function lineWith(text: Text, line: Line, column: number, reason: string): Edit[] {
  const { delimiter } = text;
  const has = line.fields.length;
  const said = quoted(reason, delimiter);
  if (has <= column) {
    if (reason === '') return [];
    if (line.isOpen) throw new Unmarkable('a quote has no end');
    return [{ from: line.to, to: line.to, text: delimiter.repeat(column + 1 - has) + said }];
  }
  const { from, to } = fieldOf(text, line, column);
  if (from === to && reason === '') return [];
  if (line.isOpen) throw new Unmarkable('a quote has no end');
  // The last field goes with what parts it from the one before.
  const isLast = column === has - 1 && column > 0;
  return [{ from: reason === '' && isLast ? from - 1 : from, to, text: said }];
}

/** What begins like a formula is none. */
function quoted(reason: string, delimiter: string): string {
  const safe = reason.replace(/^[=+\-@\t]/, "'$&");
  return /["\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
