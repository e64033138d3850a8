import type { Words } from '../../../kernel/words.ts';

/** What a patrol is for. */
export const patrolKinds = ['grid', 'forest', 'water', 'closed_off', 'special'] as const;
export type PatrolKind = (typeof patrolKinds)[number];
export const kindWords: Readonly<Record<PatrolKind, Words>> = {
  grid: { zh: '网格巡查', en: 'grid' },
  forest: { zh: '护林防火', en: 'forest and fire' },
  water: { zh: '河库堤防', en: 'rivers and levees' },
  closed_off: { zh: '封控区域', en: 'closed-off areas' },
  special: { zh: '专项巡查', en: 'special' },
};
