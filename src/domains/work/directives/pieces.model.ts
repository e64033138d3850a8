/** A text of a notice in pieces, in its order: nothing of it is lost, whatever its layout. */

export interface Piece {
  readonly raw: string;
  /** How deep its numbering is; null: it bears none. */
  readonly level: number | null;
  /** The numbering as written: 一、 （三） 4. */
  readonly number: string;
  /** What follows the numbering. */
  readonly body: string;
}

const CHINESE = '[一二三四五六七八九十百零〇]{1,4}';
/** From the outermost to the innermost. A figure before a point is a number of an item only where no figure follows it. */
const markers: readonly RegExp[] = [
  new RegExp(`^第${CHINESE}[章节部分]+[\\s\\u3000、.．：:]?`),
  new RegExp(`^(?:${CHINESE}[、.．]|第${CHINESE}条[\\s\\u3000、：:]?)`),
  new RegExp(`^[（(]\\s*${CHINESE}\\s*[)）][、.．]?`),
  /^(?:[0-9０-９]{1,3}(?:[、．]|\.(?![0-9０-９])|[)）]))/,
  /^[（(]\s*[0-9０-９]{1,3}\s*[)）][、.．]?/,
  /^[①-⑳㉑-㉟]/,
];

function markerOf(text: string): { level: number; number: string } | null {
  const lead = /^[\s\u3000]*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead);
  for (const [level, marker] of markers.entries()) {
    const number = marker.exec(rest)?.[0];
    if (number !== undefined) return { level, number };
  }
  return null;
}

/** Where a piece may begin: at the start of a line, and after the end of a sentence where somebody joined the lines. */
function startsOf(text: string): number[] {
  const starts = new Set([0]);
  for (const { index } of text.matchAll(/\r?\n|\r|[\u2028\u2029]/g))
    starts.add(index + (/\r\n/.test(text.slice(index, index + 2)) ? 2 : 1));
  for (const { index } of text.matchAll(/[。；;！!：:]/g)) {
    const marker = markerOf(text.slice(index + 1));
    // In a running line 1. may be a quantity; what is bracketed or Chinese is numbering.
    if (marker) starts.add(index + 1);
  }
  return [...starts].filter((at) => at < text.length).sort((one, other) => one - other);
}

/** A piece begins at every numbering, and at the lines before the first one and after the last. */
export function piecesOf(text: string): Piece[] {
  const starts = startsOf(text);
  const lines = starts.map((at, i) => text.slice(at, starts[i + 1] ?? text.length));
  const pieces: Piece[] = [];
  for (const raw of lines) {
    const marker = markerOf(raw);
    const last = pieces.at(-1);
    if (marker) pieces.push(pieceOf(raw, marker));
    else if (last && last.level !== null && !isClosing(raw) && !isRow(raw))
      pieces[pieces.length - 1] = longer(last, raw);
    else pieces.push({ raw, level: null, number: '', body: raw.trim() });
  }
  return pieces;
}

function pieceOf(raw: string, { level, number }: { level: number; number: string }): Piece {
  const body = raw.trimStart().slice(number.length).trim();
  return { raw, level, number: number.trim(), body };
}

const longer = (piece: Piece, raw: string): Piece => ({
  ...piece,
  raw: piece.raw + raw,
  body: `${piece.body}${raw.trim() === '' ? '' : `\n${raw.trim()}`}`,
});

/** What follows the last item: who signs, the day, annexes, whom to ask. */
function isClosing(line: string): boolean {
  const said = line.trim();
  if (said === '') return false;
  return (
    /^(?:附件|附[:：]|抄送|主送|联系人|联系电话|特此通知|以上通知|此件|（此件|\(此件|报送邮箱)/.test(said) ||
    /^[（(]?(?:20\d{2}|二[〇○零]\S{2})年.{1,4}月.{1,4}日[)）]?$/.test(said) ||
    (said.length <= 30 &&
      /(?:人民政府|办公室|指挥部|委员会|领导小组|局|办事处|党委|党工委|中心|公司|委员会办公室)$/.test(said) &&
      !/[，。：:；]/.test(said))
  );
}

/** A line of a table pasted from a document: columns between tabs. */
export const isRow = (line: string): boolean => line.split('\t').length >= 3;
