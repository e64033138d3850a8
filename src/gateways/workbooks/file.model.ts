/** What a file is by its first bytes, whatever it is called. */
export type FileKind = 'zip' | 'ole' | 'html' | 'text' | 'other';

export function fileKind(bytes: Uint8Array): FileKind {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'zip';
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0) return 'ole';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2000));
  if (/^\s*(<!doctype html|<html|<table|<meta)/i.test(head.replace(/^ï»¿/, ''))) return 'html';
  const isMarked = bytes[0] === 0xff && bytes[1] === 0xfe;
  return head !== '' && (isMarked || !head.includes('\0')) && !/^%PDF|^\{\\rtf/.test(head) ? 'text' : 'other';
}

/** What an archive says it holds: names with the strokes of the standard, and how many bytes all of it unpacks to. */
export interface Contents {
  readonly names: readonly string[];
  readonly size: number;
}

/** Null: it has no list of contents. The list may lie: whoever unpacks it is watched all the same. */
export function contentsOf(bytes: Uint8Array): Contents | null {
  const entries = entriesOf(bytes);
  if (entries === null) return null;
  const latin = new TextDecoder('latin1');
  return {
    names: entries.map(({ name }) => latin.decode(name).replace(/\\/g, '/')),
    size: entries.reduce((total, { size }) => total + size, 0),
  };
}

interface Entry {
  readonly name: Uint8Array;
  readonly size: number;
  /** Where the entry itself stands. */
  readonly at: number;
}

function entriesOf(bytes: Uint8Array): Entry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 66_000 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END) return null;
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return null;
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    entries.push({
      name: bytes.subarray(at + 46, nameEnd),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** Some exporters write folders with the strokes of Windows, and no reader finds them: they are turned, in place. */
export function turnStrokes(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { name, at } of entriesOf(bytes) ?? []) {
    if (!name.includes(STROKE) || at + 30 + name.length > bytes.length) continue;
    const own = bytes.subarray(at + 30, at + 30 + view.getUint16(at + 26, true));
    for (const written of [name, own])
      written.forEach((sign, i) => {
        if (sign === STROKE) written[i] = 0x2f;
      });
  }
}

const STROKE = 0x5c;

/** What an old compound file (.xls, .doc, anything with a password) holds, by the names of its streams. */
export function compoundKind(bytes: Uint8Array): 'workbook' | 'encrypted' | 'damaged' | 'other' {
  if (bytes.length < 1024) return 'damaged';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sector = 1 << view.getUint16(30, true);
  const start = (view.getInt32(48, true) + 1) * sector;
  const text = new TextDecoder('utf-16le');
  const names: string[] = [];
  // Directories are short and mostly in one piece; what stands behind a gap is not needed to tell these apart.
  for (let at = start; at >= 0 && at + 128 <= bytes.length && names.length < MOST_STREAMS; at += 128) {
    const length = view.getUint16(at + 64, true);
    if (length < 2 || length > 64) break;
    const name = text.decode(bytes.subarray(at, at + length - 2));
    const first = view.getInt32(at + 116, true);
    if (/^(Workbook|Book)$/.test(name) && (first + 1) * sector + view.getUint32(at + 120, true) > bytes.length + sector)
      return 'damaged';
    names.push(name);
  }
  if (names.includes('EncryptedPackage')) return 'encrypted';
  if (names.some((name) => /^(Workbook|Book)$/.test(name))) return 'workbook';
  return names.length === 0 ? 'damaged' : 'other';
}

const MOST_STREAMS = 64;

/** Text as a desk's computer wrote it: UTF-8, UTF-16 with its mark, or GBK (GB 18030 contains it); null: none of them. */
export function decodeText(bytes: Uint8Array): string | null {
  const isMarked = bytes[0] === 0xff && bytes[1] === 0xfe;
  for (const encoding of isMarked ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // not in this one: the next is tried
    }
  }
  return null;
}

export interface Page {
  readonly name: string;
  readonly html: string;
}

/** A web page, or the sheets of the XML of 2003 as such; null: it is a text with separators. */
export function pagesOf(text: string, kind: 'html' | 'text'): readonly Page[] | null {
  const pages = kind === 'html' ? [{ name: 'Sheet1', html: text }] : sheetsOf2003(text);
  return pages?.map(({ name, html }) => ({ name, html: withSpaces(html) })) ?? null;
}

/** Spaces that must not break, as a page writes them. */
export const withSpaces = (html: string): string => html.replace(/&(nbsp|#160|#xa0);?/gi, ' ');

/** The sheets of a workbook in the XML of 2003, each as a page with a table; null: it is none. */
export function sheetsOf2003(text: string): Page[] | null {
  const head = text.slice(0, 4000);
  if (!/<(\w+:)?Workbook\b/.test(head) || !head.includes('urn:schemas-microsoft-com:office:spreadsheet')) return null;
  return [...text.matchAll(/<(?:\w+:)?Worksheet\b([^>]*)>([\s\S]*?)<\/(?:\w+:)?Worksheet>/g)].map(
    ([, attributes = '', inside = '']) => ({
      name: /Name="([^"]*)"/.exec(attributes)?.[1] ?? '',
      html: `<table>${asRows(inside)}</table>`,
    }),
  );
}

/** Rows and cells only; those that an `Index` leaps over are put in, as far as a sheet of people may leap. */
function asRows(inside: string): string {
  const at = { tr: 0, td: 0 };
  return inside.replace(
    /<(\/?)(?:\w+:)?(\w+)\b([^>]*?)(\/?)>/g,
    (_all, close: string, what: string, said: string, empty: string) => {
      if (what !== 'Row' && what !== 'Cell') return '';
      const tag = what === 'Row' ? 'tr' : 'td';
      if (close !== '') return `</${tag}>`;
      const number = (name: string): number => Number(new RegExp(`\\b${name}="(\\d{1,5})"`).exec(said)?.[1] ?? 0);
      const leap = Math.min(FARTHEST, Math.max(0, number('Index') - at[tag] - 1));
      at[tag] += leap + 1 + number('MergeAcross');
      if (tag === 'tr') at.td = 0;
      const spans = ` colspan="${number('MergeAcross') + 1}" rowspan="${number('MergeDown') + 1}"`;
      return `${`<${tag}></${tag}>`.repeat(leap)}<${tag}${tag === 'td' ? spans : ''}>${empty === '' ? '' : `</${tag}>`}`;
    },
  );
}

const FARTHEST = 300;
