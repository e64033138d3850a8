import { advance, Damaged, nameOfTag, newTag, skip, type Tag, textIn } from '../workbooks/marked_xml.model.ts';

/** An element of a document where it lies: its tags from `from` to `to`, what it holds from `inside` to `closeAt`. */
export interface Element {
  /** Without the prefix of the vocabulary of documents; of another one with its own. */
  readonly name: string;
  readonly from: number;
  readonly inside: number;
  readonly closeAt: number;
  readonly to: number;
  readonly isEmpty: boolean;
}

type Range = Pick<Element, 'inside' | 'closeAt'>;

const nameIn = (bytes: Buffer, tag: Tag, prefix: string): string => {
  const name = nameOfTag(bytes, tag);
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
};

export function childrenOf(bytes: Buffer, prefix: string, { inside, closeAt }: Range): Element[] {
  const tag = { ...newTag(), end: inside };
  const found: Element[] = [];
  while (advance(bytes, tag, closeAt)) {
    if (tag.isClose) throw new Damaged('an end without a beginning');
    const { start: from, end, isEmpty } = tag;
    const name = nameIn(bytes, tag, prefix);
    skip(bytes, tag, closeAt);
    found.push({ name, from, inside: end, closeAt: isEmpty ? end : tag.start, to: tag.end, isEmpty });
  }
  return found;
}

/** What only stands around something, as a field to type into or a change that is followed: what is in it counts. */
const AROUND = new Set(['sdt', 'sdtContent', 'ins', 'moveTo', 'smartTag', 'customXml']);

export const contentOf = (bytes: Buffer, prefix: string, within: Range): Element[] =>
  childrenOf(bytes, prefix, within).flatMap((one) => (AROUND.has(one.name) ? contentOf(bytes, prefix, one) : [one]));

export const firstNamed = (bytes: Buffer, prefix: string, within: Range, name: string): Element | undefined =>
  contentOf(bytes, prefix, within).find((one) => one.name === name);

/** `w:val` of a start tag; null: it has none. */
export const saidBy = (bytes: Buffer, prefix: string, { from, inside }: Element): string | null =>
  new RegExp(`\\s${prefix}val\\s*=\\s*["']([^"']*)`).exec(bytes.toString('utf8', from, inside))?.[1] ?? null;

/** Pictures, boxes that float, what was struck out: nothing of it is read. */
const UNREAD = new Set(['drawing', 'pict', 'object', 'del', 'moveFrom', 'rt', 'mc:AlternateContent']);
/** A table in a cell; such a cell is not empty. */
const INNER_TABLE = '▦';
/** Empty boxes as symbol fonts have them. */
const BOX_SIGNS = /^(F0|00)(A8|6F|71|72|A3|2A)$/i;
export const BOX = '□';

/** What stands there to be read, its paragraphs in lines. What a field only proposes (“click here”) is not there. */
export function wordsIn(bytes: Buffer, prefix: string, { inside, closeAt }: Range): string {
  const tag = { ...newTag(), end: inside };
  const parts: string[] = [];
  while (advance(bytes, tag, closeAt)) {
    const name = nameIn(bytes, tag, prefix);
    if (tag.isClose) {
      if (name === 'p') parts.push('\n');
    } else if (UNREAD.has(name)) skip(bytes, tag, closeAt);
    else if (name === 'tbl') {
      parts.push(INNER_TABLE);
      skip(bytes, tag, closeAt);
    } else if (name === 'sdt') passProposal(bytes, prefix, tag, closeAt);
    else if (name === 't' && !tag.isEmpty) {
      const from = tag.end;
      skip(bytes, tag, closeAt);
      parts.push(textIn(bytes, from, tag.start));
    } else if (name === 'sym') parts.push(isBoxSign(bytes.toString('utf8', tag.start, tag.end)) ? BOX : ' ');
    else if (name === 'tab') parts.push(' ');
    else if (name === 'br' || name === 'cr') parts.push('\n');
  }
  return parts.join('').trim();
}

export const isBoxSign = (tag: string): boolean =>
  BOX_SIGNS.test(/\w*:?char\s*=\s*["']([0-9a-f]{4})/i.exec(tag)?.[1] ?? '');

function passProposal(bytes: Buffer, prefix: string, tag: Tag, until: number): void {
  const whole = { ...tag };
  skip(bytes, whole, until);
  const looks = childrenOf(bytes, prefix, { inside: tag.end, closeAt: whole.start }).find(
    ({ name }) => name === 'sdtPr',
  );
  if (looks && childrenOf(bytes, prefix, looks).some(({ name }) => name === 'showingPlcHdr')) Object.assign(tag, whole);
}
