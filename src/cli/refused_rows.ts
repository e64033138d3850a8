import type { Words } from '../kernel/words.ts';
import type { Terminal } from './terminal.ts';

export const MOST_TOLD = 20;

interface RefusedRow {
  readonly row: number;
  readonly column: string;
  readonly says: Words;
  readonly hint: Words;
}

/** The first rows that were not taken, with what is wrong and what to do; how many more there are. */
export function sayRefused({ say }: Pick<Terminal, 'say'>, refused: readonly RefusedRow[]): void {
  for (const { row, column, says, hint } of refused.slice(0, MOST_TOLD))
    say({
      zh: `  第 ${row} 行 ${column}：${says.zh}。${hint.zh}`,
      en: `  row ${row} ${column}: ${says.en}. ${hint.en}`,
    });
  const more = refused.length - MOST_TOLD;
  if (more > 0)
    say({
      zh: `  另有 ${more} 行未导入，用 --json 看全部。`,
      en: `  and ${more} more; --json lists them all.`,
    });
}
