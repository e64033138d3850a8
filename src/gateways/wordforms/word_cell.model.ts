import type { MadeCell } from '../workbooks/made_book.model.ts';
import { advance, type Edit, encoded, nameOfTag, newTag, skip } from '../workbooks/marked_xml.model.ts';
import { isBlankText, type WordBody, type WordCell } from './word_body.model.ts';
import { choicesAt, isBox, TICKED, ticked } from './word_boxes.model.ts';
import { childrenOf, type Element, isBoxSign } from './word_xml.model.ts';

/** What is changed in a cell to say a value, with the letters the cell has; nothing for none. */
export function cellEdits(body: WordBody, cell: WordCell, value: MadeCell): Edit[] {
  if (value === null || value === '') return [];
  const choices = choicesAt(cell.text);
  if (choices.length === 0) return [written(body, cell, asAsked(cell.text, String(value)))];
  const boxes = boxesIn(body, cell);
  return ticked(choices, String(value)).flatMap((at) => boxes[at] ?? []);
}

/** `    年  月` gets a day as it asks for it. */
function asAsked(blank: string, value: string): string {
  const form = blank.replace(/[\s_＿]/g, '');
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year === undefined || !form.startsWith('年')) return value;
  return `${year}年${Number(month)}月${form.includes('日') ? `${Number(day)}日` : ''}`;
}

/** The first paragraph of the cell, with what stood in it (spaces, strokes) replaced. */
function written({ bytes, prefix }: WordBody, cell: WordCell, value: string): Edit {
  const paragraph = firstParagraph(bytes, prefix, cell);
  const p = prefix;
  if (paragraph === null)
    return { from: cell.closeAt, to: cell.closeAt, text: `<${p}p>${runXml(p, '', value)}</${p}p>` };
  if (paragraph.isEmpty) {
    const tag = bytes.toString('utf8', paragraph.from, paragraph.to).replace(/\s*\/>$/, '>');
    return { from: paragraph.from, to: paragraph.to, text: `${tag}${runXml(p, '', value)}</${p}p>` };
  }
  const looks = childrenOf(bytes, p, paragraph).find(({ name }) => name === 'pPr');
  const from = looks?.to ?? paragraph.inside;
  return { from, to: paragraph.closeAt, text: runXml(p, lettersOf({ bytes, prefix }, paragraph, looks), value) };
}

function firstParagraph(bytes: Buffer, prefix: string, cell: WordCell): Element | null {
  const tag = { ...newTag(), end: cell.inside };
  while (advance(bytes, tag, cell.closeAt)) {
    if (tag.isClose || nameOfTag(bytes, tag) !== `${prefix}p`) continue;
    const { start: from, end: inside, isEmpty } = tag;
    skip(bytes, tag, cell.closeAt);
    return { name: 'p', from, inside, closeAt: isEmpty ? inside : tag.start, to: tag.end, isEmpty };
  }
  return null;
}

/** How letters look: as those of the first run, else as the mark of the paragraph does. */
function lettersOf({ bytes, prefix }: Pick<WordBody, 'bytes' | 'prefix'>, paragraph: Element, looks?: Element): string {
  const ofRun = childrenOf(bytes, prefix, paragraph)
    .filter(({ name }) => name === 'r')
    .flatMap((run) => childrenOf(bytes, prefix, run).filter(({ name }) => name === 'rPr'))[0];
  const found = ofRun ?? (looks && childrenOf(bytes, prefix, looks).find(({ name }) => name === 'rPr'));
  if (found === undefined) return '';
  // What is said of the mark alone (put in, struck out, changed) and the line under an empty place stay behind.
  const kept = childrenOf(bytes, prefix, found).filter(
    ({ name }) => !/^(ins|del|moveFrom|moveTo|rPrChange|u|vanish|specVanish)$/.test(name),
  );
  const inside = kept.map(({ from, to }) => bytes.toString('utf8', from, to)).join('');
  return inside === '' ? '' : `<${prefix}rPr>${inside}</${prefix}rPr>`;
}

/** What no XML may hold. */
const UNHEARD = /[^\P{Cc}\n]|[\ufffe\uffff]/gu;

function runXml(prefix: string, looks: string, text: string): string {
  const lines = text.replace(UNHEARD, ' ').split('\n');
  const words = lines.map((line) => `<${prefix}t xml:space="preserve">${encoded(line)}</${prefix}t>`);
  return `<${prefix}r>${looks}${words.join(`<${prefix}br/>`)}</${prefix}r>`;
}

/** An edit for each box of the cell that ticks it, in their order. */
function boxesIn({ bytes, prefix }: WordBody, { inside, closeAt }: WordCell): Edit[] {
  const tag = { ...newTag(), end: inside };
  const found: Edit[] = [];
  while (advance(bytes, tag, closeAt)) {
    const name = nameOfTag(bytes, tag);
    if (name === `${prefix}sym` && isBoxSign(bytes.toString('utf8', tag.start, tag.end)))
      found.push({ from: tag.start, to: tag.end, text: `<${prefix}t>${TICKED}</${prefix}t>` });
    if (name !== `${prefix}t` || tag.isClose || tag.isEmpty) continue;
    const from = tag.end;
    skip(bytes, tag, closeAt);
    found.push(...boxesBetween(bytes, from, tag.start));
  }
  return found;
}

function boxesBetween(bytes: Buffer, from: number, to: number): Edit[] {
  let at = from;
  return [...bytes.toString('utf8', from, to)].flatMap((sign) => {
    const start = at;
    at += Buffer.byteLength(sign);
    return isBox(sign) ? [{ from: start, to: at, text: TICKED }] : [];
  });
}

/** A piece of the document with edits made in it. */
export function pieceOf(bytes: Buffer, from: number, to: number, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = from;
  for (const edit of edits) {
    parts.push(bytes.toString('utf8', at, edit.from), edit.text);
    at = edit.to;
  }
  return parts.join('') + bytes.toString('utf8', at, to);
}

/** A cell in which only a number stands, as rows are counted beforehand. */
export const isCounted = ({ text }: WordCell): boolean => /^\d{1,5}$/.test(text) && !isBlankText(text);

/** The cell without what stands in it. */
export const emptied = (body: WordBody, cell: WordCell): Edit => written(body, cell, '');
