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

/**
 * How many bytes a ZIP archive says it unpacks to; null: it has no list of contents. It may lie: whoever unpacks it is
 * watched all the same.
 */
export function unpackedSize(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 66_000 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END) return null;
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return null;
    total += view.getUint32(at + 24, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return total;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;

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
