import type { Painter } from './marked_sheet.model.ts';
import {
  advance,
  attributesOf,
  Damaged,
  edited,
  isNamed,
  newTag,
  rootOf,
  skip,
  Unmarkable,
  withAttribute,
} from './marked_xml.model.ts';

/**
 * What a marked cell looks like. The fill is the sign by which it is known again: programs renumber styles and drop parts
 * they do not know when they save, colours they keep. A solid fill does not show its second colour, so the colour the
 * cell had before is kept there; the two signs differ by what no eye sees.
 */
const SIGN = 'FFFFBFB0';
const SIGN_OVER_COLOUR = 'FFFFBFB1';
/** LibreOffice writes another second colour when it saves, of its own choice: what the cell had is not known any more. */
const FORGOTTEN = /rgb\s*=\s*["'](FFFFBFB[01]|FFFF99CC)["']/i;
const MOST_STYLES = 64_000;

export interface Styles extends Painter {
  /** Some cell of the workbook may be marked. */
  readonly hasMarks: boolean;
  /** The whole part with what was added; null: nothing was. */
  readonly changed: () => Buffer[] | null;
}

export function stylesIn(bytes: Buffer): Styles {
  const { prefix } = rootOf(bytes);
  const fills = listIn(bytes, prefix, 'fills', 'fill');
  const styles = listIn(bytes, prefix, 'cellXfs', 'xf');
  const added = { fills: 0, styles: 0 };
  const addTo = (list: List, item: string, to: keyof typeof added): number => {
    added[to] += 1;
    if (list.items.length >= MOST_STYLES) throw new Unmarkable('too many styles');
    return list.items.push(item) - 1;
  };
  const fillOf = (style: number): number => {
    const item = styles.items[style];
    if (item === undefined) throw new Unmarkable('a cell has no style');
    return Number(/\sfillId\s*=\s*["'](\d+)/.exec(startOf(item))?.[1] ?? 0);
  };
  const signs = new Set(fills.items.flatMap((fill, at) => (signOf(fill) === null ? [] : [at])));
  const hasMarks = signs.size > 0;
  const isMarked = (style: number): boolean =>
    signs.size > 0 && style < styles.items.length && signs.has(fillOf(style));
  const [marks, unmarks] = [new Map<number, number>(), new Map<number, number>()];

  const withFill = (style: number, fill: number): number => {
    const item = styles.items[style] as string;
    const start = startOf(item);
    const tag = withAttribute(withAttribute(start, 'fillId', String(fill)), 'applyFill', fill === 0 ? null : '1');
    const same = styles.items.findIndex((one) => isAlike(one, tag + item.slice(start.length)));
    return same >= 0 ? same : addTo(styles, tag + item.slice(start.length), 'styles');
  };
  const fillLike = (wanted: string): number => {
    const same = fills.items.indexOf(wanted);
    return same >= 0 ? same : addTo(fills, wanted, 'fills');
  };

  return {
    hasMarks,
    isMarked,
    marked: (style) => {
      if (isMarked(style)) return style;
      const known = marks.get(style);
      if (known !== undefined) return known;
      const fill = fillLike(sign(prefix, colourOf(fills.items[fillOf(style)] ?? '')));
      const mark = withFill(style, fill);
      signs.add(fill);
      marks.set(style, mark);
      return mark;
    },
    unmarked: (style) => {
      if (!isMarked(style)) return style;
      const known = unmarks.get(style) ?? withFill(style, fillBefore(fills.items, fillOf(style), prefix, fillLike));
      unmarks.set(style, known);
      return known;
    },
    changed: () => {
      if (added.fills + added.styles === 0) return null;
      const edits = [grown(bytes, fills, added.fills), grown(bytes, styles, added.styles)].flat();
      return edited(
        bytes,
        edits.sort((a, b) => a.from - b.from),
      );
    },
  };
}

interface List {
  /** Of the start tag; behind the last item. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly items: string[];
}

function listIn(bytes: Buffer, prefix: string, name: string, item: string): List {
  const tag = newTag();
  const [list, one] = [Buffer.from(prefix + name), Buffer.from(prefix + item)];
  while (advance(bytes, tag)) {
    if (!isNamed(bytes, tag, list)) continue;
    if (tag.isEmpty || tag.isClose) break;
    const [from, to] = [tag.start, tag.end];
    const items: string[] = [];
    for (;;) {
      if (!advance(bytes, tag)) throw new Damaged(`${name} has no end`);
      if (tag.isClose) return { from, to, end: tag.start, items };
      const start = tag.start;
      if (!isNamed(bytes, tag, one)) throw new Unmarkable(name);
      skip(bytes, tag);
      items.push(bytes.toString('utf8', start, tag.end));
    }
  }
  throw new Unmarkable(`no ${name}`);
}

function grown(
  bytes: Buffer,
  { from, to, end, items }: List,
  many: number,
): { from: number; to: number; text: string }[] {
  if (many === 0) return [];
  const tag = bytes.toString('utf8', from, to);
  const counted = /\scount\s*=/.test(tag) ? withAttribute(tag, 'count', String(items.length)) : tag;
  return [
    { from, to, text: counted },
    { from: end, to: end, text: items.slice(-many).join('') },
  ];
}

/** The start tag of an element. */
const startOf = (item: string): string => /^<(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(item)?.[0] ?? item;

/** Two styles that look the same, in whichever order they are said. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [startOf(one), startOf(other)];
  if (Math.abs(one.length - other.length) > 20 || one.slice(a.length) !== other.slice(b.length)) return false;
  return keyOf(a) === keyOf(b);
}

function keyOf(tag: string): string {
  const bytes = Buffer.from(tag);
  const at = newTag();
  advance(bytes, at);
  const all = [...attributesOf(bytes, at)].filter(([name]) => name !== 'applyFill');
  return all
    .map((pair) => pair.join('='))
    .sort()
    .join(' ');
}

function sign(prefix: string, colour: string | null): string {
  const p = prefix;
  return `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="${colour === null ? SIGN : SIGN_OVER_COLOUR}"/><${p}bgColor ${colour ?? 'indexed="64"'}/></${p}patternFill></${p}fill>`;
}

const signOf = (fill: string): string | null =>
  /fgColor\s[^>]*rgb\s*=\s*["'](FFFFBFB[01])["']/i.exec(fill)?.[1]?.toUpperCase() ?? null;

/** The attributes of the colour of a solid fill; of no other fill is a colour kept. */
function colourOf(fill: string): string | null {
  if (!/patternType\s*=\s*["']solid["']/.test(fill)) return null;
  return /fgColor\s+([^>]*?)\s*\/?>/.exec(fill)?.[1] ?? null;
}

function fillBefore(fills: readonly string[], marked: number, p: string, fillLike: (fill: string) => number): number {
  const fill = fills[marked] ?? '';
  const colour = /bgColor\s+([^>]*?)\s*\/?>/.exec(fill)?.[1];
  if (signOf(fill) !== SIGN_OVER_COLOUR || colour === undefined || FORGOTTEN.test(colour)) return 0;
  const before = fills.findIndex((one) => signOf(one) === null && colourOf(one) === colour);
  const solid = `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor ${colour}/><${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`;
  return before >= 0 ? before : fillLike(solid);
}
