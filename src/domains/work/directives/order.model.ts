import { chineseNumber } from '../../../kernel/chinese_number.ts';
import type { Piece } from './pieces.model.ts';

/** A numbering that goes on: which markers it was written with so far, and the number it has reached. */
interface Sequence {
  readonly level: number;
  readonly written: ReadonlySet<number>;
  readonly reached: number;
}

/**
 * Somebody wrote 一、 二、 3、 （四）: the number goes on, only its shape is another. Such a piece stands on the level of the one
 * before it; what lies deeper begins anew with 1.
 */
export function inOrder(pieces: readonly Piece[]): Piece[] {
  let open: readonly Sequence[] = [];
  return pieces.map((piece) => {
    if (piece.level === null) return piece;
    const shape = piece.level;
    const n = ordinalOf(piece.number);
    const own = open.find(({ written }) => written.has(shape));
    const goesOn = own ?? (n > 1 ? open.findLast(({ reached }) => reached === n - 1) : undefined);
    const level = goesOn?.level ?? shape;
    const written = new Set([...(goesOn?.written ?? []), shape]);
    open = [...open.filter((one) => one.level < level), { level, written, reached: n }];
    return { ...piece, level };
  });
}

/** 二十三、 （3） ③ as a number; 0: none that we read. */
export function ordinalOf(number: string): number {
  const plain = number.normalize('NFKC');
  const figures = /\d+/.exec(plain)?.[0];
  if (figures !== undefined) return Number(figures);
  const said = /[一二三四五六七八九十]+/.exec(plain)?.[0];
  return chineseNumber(said ?? '') ?? 0;
}
