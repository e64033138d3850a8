import type { Words } from '../../../kernel/words.ts';

/** At which step of a case a photo was taken; a case has any number of each. */
export const stages = {
  report: { zh: '上报', en: 'of the report' },
  measure: { zh: '措施', en: 'of a measure' },
  visit: { zh: '踏勘', en: 'of the joint visit' },
  before: { zh: '处置前', en: 'before the work' },
  after: { zh: '处置后', en: 'after the work' },
  check: { zh: '核查', en: 'of the check' },
} as const satisfies Record<string, Words>;
export type Stage = keyof typeof stages;
export const stageNames = Object.keys(stages) as [Stage, ...Stage[]];
