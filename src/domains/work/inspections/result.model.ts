/** What came of looking at a place. Pure, and the same on the phone. */
export const results = {
  clean: { zh: '没有发现问题', en: 'nothing found' },
  found: { zh: '发现隐患', en: 'something found' },
  absent: { zh: '没人、没开门', en: 'nobody there' },
} as const;
export type Result = keyof typeof results;
export const resultNames = Object.keys(results) as [Result, ...Result[]];
/** Where nobody was met it stays to be done. */
export const isLeftToLook = (result: Result | null): boolean => result === null || result === 'absent';
