/** How much of somebody's work one page lists. One more is asked for, so that a list that was cut says so. */
export const MOST = { duties: 150, told: 50 } as const;

/** What of it is shown, and its number: `150+` where there is more. */
export const firstOf = <T>(
  all: readonly T[],
  most: number,
): { shown: readonly T[]; count: string; isCut: boolean } => ({
  shown: all.slice(0, most),
  count: all.length > most ? `${most}+` : String(all.length),
  isCut: all.length > most,
});
