import type { Measured } from './measure.ts';

/** Looked over by eye: labels that are filled with something else than they ask. None of their cells counts. */
const misread: Readonly<Record<string, readonly string[]>> = {};

export interface Share {
  readonly asked: number;
  readonly filled: number;
  /** Rightly, and the sheet of sources says from where. */
  readonly proved: number;
  /** Cells of labels that the product knows and of which the county was told nothing; and of those it does not know. */
  readonly untold: number;
  readonly unknown: number;
}

export function shareOf({ form, rows, taken, asked, cells }: Measured): Share {
  const wrong = misread[form.key] ?? [];
  const of = (ask: string) => cells.get(ask) ?? { filled: 0, sourced: 0 };
  const proved = taken.reduce((sum, { ask }) => sum + (wrong.includes(ask) ? 0 : of(ask).sourced), 0);
  const filled = taken.reduce((sum, { ask }) => sum + of(ask).filled, 0);
  const known = taken.filter(({ field }) => field !== null);
  const untold = known.reduce((sum, { ask }) => sum + rows - of(ask).filled, 0);
  return { asked, filled, proved, untold, unknown: (taken.length - known.length) * rows };
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
export const added = (all: readonly Share[]): Share =>
  all.reduce((sum, one) => ({
    asked: sum.asked + one.asked,
    filled: sum.filled + one.filled,
    proved: sum.proved + one.proved,
    untold: sum.untold + one.untold,
    unknown: sum.unknown + one.unknown,
  }));
export const inWords = (name: string, { asked, filled, proved, untold, unknown }: Share): string =>
  `| ${name} | ${asked} | ${filled} | ${proved} | ${percent(proved, asked)} | ${percent(untold, asked)} | ${percent(unknown, asked)} |`;
