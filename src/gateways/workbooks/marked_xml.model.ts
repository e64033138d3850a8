/**
 * XML read where it lies, tag by tag, without a tree: a sheet may have 100 MB. What is not looked at is not understood
 * and so not changed. UTF-8 only, and no declarations of its own (DOCTYPE).
 */
export interface Tag {
  /** From `<` to behind `>`. */
  start: number;
  end: number;
  /** Of the name, with its prefix. */
  nameFrom: number;
  nameTo: number;
  isClose: boolean;
  isEmpty: boolean;
}

/** A file that could be harmed by being changed; it is refused instead. */
export class Unmarkable extends Error {
  override readonly name = 'Unmarkable';
}

/** A file no program can read to its end. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

const [LT, GT, SLASH, BANG, ASK, QUOTE, APOSTROPHE, EQUALS] = [60, 62, 47, 33, 63, 34, 39, 61];

export const newTag = (): Tag => ({ start: 0, end: 0, nameFrom: 0, nameTo: 0, isClose: false, isEmpty: false });

/** The next tag behind the one given, into the same object; false: there is none. */
export function advance(bytes: Buffer, tag: Tag, until = bytes.length): boolean {
  let at = tag.end;
  for (;;) {
    while (at < until && bytes[at] !== LT) at += 1;
    if (at >= until) return false;
    const next = bytes[at + 1];
    if (next === BANG) at = behindAside(bytes, at);
    else if (next === ASK) at = behind(bytes, '?>', at);
    else break;
  }
  tag.start = at;
  tag.isClose = bytes[at + 1] === SLASH;
  at += tag.isClose ? 2 : 1;
  tag.nameFrom = at;
  while (at < until && !isEnd(bytes[at] as number)) at += 1;
  tag.nameTo = at;
  for (let quote = 0; at < until; at += 1) {
    const byte = bytes[at] as number;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === GT) break;
    else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
    else if (byte === LT) throw new Damaged('a tag in a tag');
  }
  if (at >= until || tag.nameTo === tag.nameFrom) throw new Damaged('a tag has no end');
  tag.isEmpty = bytes[at - 1] === SLASH && !tag.isClose;
  tag.end = at + 1;
  return true;
}

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const isEnd = (byte: number): boolean => byte === GT || byte === SLASH || isSpace(byte);

function behindAside(bytes: Buffer, at: number): number {
  const said = bytes.toString('latin1', at, at + 9);
  if (said.startsWith('<!--')) return behind(bytes, '-->', at + 4);
  if (said === '<![CDATA[') return behind(bytes, ']]>', at);
  throw new Unmarkable('declarations');
}

function behind(bytes: Buffer, sign: string, at: number): number {
  const found = bytes.indexOf(sign, at, 'latin1');
  if (found < 0) throw new Damaged(`no ${sign}`);
  return found + sign.length;
}

/** Behind the element the tag opens; the tag then is the one that closes it. */
export function skip(bytes: Buffer, tag: Tag, until = bytes.length): void {
  if (tag.isEmpty) return;
  for (let depth = 1; depth > 0; ) {
    if (!advance(bytes, tag, until)) throw new Damaged('an element has no end');
    if (tag.isClose) depth -= 1;
    else if (!tag.isEmpty) depth += 1;
  }
}

export function isNamed(bytes: Buffer, { nameFrom, nameTo }: Tag, name: Buffer): boolean {
  if (nameTo - nameFrom !== name.length) return false;
  for (let i = 0; i < name.length; i += 1) if (bytes[nameFrom + i] !== name[i]) return false;
  return true;
}

export const nameOfTag = (bytes: Buffer, { nameFrom, nameTo }: Tag): string =>
  bytes.toString('latin1', nameFrom, nameTo);

/** Where values of attributes stand whose name is one letter, as those of cells and rows are; 0: there is none. */
export interface Letters {
  rFrom: number;
  rTo: number;
  sFrom: number;
  sTo: number;
  tFrom: number;
  tTo: number;
}

export const newLetters = (): Letters => ({ rFrom: 0, rTo: 0, sFrom: 0, sTo: 0, tFrom: 0, tTo: 0 });

const [R, S, T] = [114, 115, 116];

/** Written out, as it is done for every cell of a sheet. */
export function readLetters(bytes: Buffer, tag: Tag, found: Letters): void {
  found.rFrom = found.rTo = found.sFrom = found.sTo = found.tFrom = found.tTo = 0;
  let at = tag.nameTo;
  for (;;) {
    while (at < tag.end && isSpace(bytes[at] as number)) at += 1;
    const name = at;
    while (at < tag.end && bytes[at] !== EQUALS && !isEnd(bytes[at] as number)) at += 1;
    const letter = at - name === 1 ? bytes[name] : 0;
    while (at < tag.end && bytes[at] !== QUOTE && bytes[at] !== APOSTROPHE) at += 1;
    if (at >= tag.end) return;
    const quote = bytes[at];
    const from = at + 1;
    at = from;
    while (at < tag.end && bytes[at] !== quote) at += 1;
    if (letter === R) [found.rFrom, found.rTo] = [from, at];
    else if (letter === S) [found.sFrom, found.sTo] = [from, at];
    else if (letter === T) [found.tFrom, found.tTo] = [from, at];
    at += 1;
  }
}

/** Digits as a number; -1: there are others among them, or none. */
export function numberAt(bytes: Buffer, from: number, to: number): number {
  let number = from < to ? 0 : -1;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9 || number > 1e9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** All attributes of a tag by their names, read. */
export function attributesOf(bytes: Buffer, tag: Tag): Map<string, string> {
  const said = bytes.toString('utf8', tag.nameTo, tag.end);
  const found = new Map<string, string>();
  for (const [, name = '', double, single = ''] of said.matchAll(/([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    found.set(name, decoded(double ?? single));
  return found;
}

/** The text of a start tag with one attribute set, or with null taken out. */
export function withAttribute(tag: string, name: string, value: string | null): string {
  let isThere = false;
  const changed = tag.replace(/(\s+)([^\s=/>]+)\s*=\s*(?:"[^"]*"|'[^']*')/g, (all, space, said) => {
    if (said !== name) return all;
    isThere = true;
    return value === null ? '' : `${space}${name}="${value}"`;
  });
  if (isThere || value === null) return changed;
  return tag.replace(/\s*\/?>$/, (end) => ` ${name}="${value}"${end.trim()}`);
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, number, name) => {
    if (name !== undefined) return NAMED[name] ?? all;
    const point = hex === undefined ? Number(number) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });

export const encoded = (text: string): string =>
  text.replace(/[<>&"]/g, (sign) => `&${Object.keys(NAMED).find((name) => NAMED[name] === sign)};`);

/** What an element says, without its tags. */
export const textIn = (bytes: Buffer, from: number, to: number): string =>
  decoded(bytes.toString('utf8', from, to).replace(/<!--[\s\S]*?-->|<[^>]*>/g, ''));

/** Stands at the root, once it is certain that the text can be read as we do. */
export function rootOf(bytes: Buffer): { tag: Tag; prefix: string } {
  const head = bytes.toString('latin1', 0, 200);
  const encoding = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(head)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(encoding) || /^(\u00ff\u00fe|\u00fe\u00ff)/.test(head)) throw new Unmarkable(encoding);
  const tag = newTag();
  if (!advance(bytes, tag)) throw new Damaged('nothing in it');
  const name = nameOfTag(bytes, tag);
  return { tag, prefix: name.slice(0, name.indexOf(':') + 1) };
}

/** Something to be put in place of what stands there. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The bytes with the edits made, in pieces; all between is what it was. */
export function edited(bytes: Buffer, edits: readonly Edit[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { from, to, text } of edits) {
    if (from < at) throw new Error('edits overlap');
    if (from > at) pieces.push(bytes.subarray(at, from));
    if (text !== '') pieces.push(Buffer.from(text));
    at = to;
  }
  pieces.push(bytes.subarray(at));
  return pieces;
}
