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

/** Which of a list: those of one result of this round, those still to be visited, everybody. */
export const parts = ['left', 'all', ...results] as const;
export type Part = (typeof parts)[number];

export const isFinal = (result: Result): boolean => result !== 'absent';
