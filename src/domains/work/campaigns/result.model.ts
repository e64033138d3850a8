import type { Words } from '../../../kernel/words.ts';

/** What came of a visit. Nobody at home is a result as well, and leaves the visit to be made again. */
export const results = ['done', 'absent', 'refused', 'moved'] as const;
export type Result = (typeof results)[number];

export const resultWords: Readonly<Record<Result, Words>> = {
  done: { zh: '已走访', en: 'visited' },
  absent: { zh: '没人在家', en: 'nobody at home' },
  refused: { zh: '不愿意', en: 'refused' },
  moved: { zh: '已搬走', en: 'moved away' },
};

/** The same of houses, workplaces and places somebody answers for. */
const placeWords: Readonly<Record<Result, Words>> = {
  done: { zh: '已查看', en: 'looked at' },
  absent: { zh: '没人在', en: 'nobody there' },
  refused: { zh: '不让进', en: 'refused' },
  moved: { zh: '已不在了', en: 'gone' },
};

export const resultWordsOf = (ledger: string): Readonly<Record<Result, Words>> =>
  ledger === 'residents' ? resultWords : placeWords;

/** Which of a list: those of one result of this round, those still to be visited, everybody. */
export const parts = ['left', 'all', ...results] as const;
export type Part = (typeof parts)[number];

export const isFinal = (result: Result): boolean => result !== 'absent';
