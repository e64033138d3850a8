import type { Words } from '../../../kernel/words.ts';

/** What a checkpoint is for. */
export const checkpointKinds = ['forest_first', 'forest_second', 'residence', 'flood', 'closed_off'] as const;
export type CheckpointKind = (typeof checkpointKinds)[number];
export const checkpointKindWords: Readonly<Record<CheckpointKind, Words>> = {
  forest_first: { zh: '森林防火一级卡口', en: 'forest fire, first class' },
  forest_second: { zh: '森林防火二级卡口', en: 'forest fire, second class' },
  residence: { zh: '小区出入口', en: 'gate of a residential area' },
  flood: { zh: '防汛封控', en: 'closed for floods' },
  closed_off: { zh: '封闭管理', en: 'closed-off area' },
};

/** Which of the two rules holds. */
export const modes = ['normal', 'emergency'] as const;
export type Mode = (typeof modes)[number];
export const modeWords: Readonly<Record<Mode, Words>> = {
  normal: { zh: '平时', en: 'normal' },
  emergency: { zh: '战时', en: 'emergency' },
};

/** What may be asked of somebody who passes, and no more. */
export const asked = ['plate', 'name', 'phone', 'destination', 'temperature', 'pass', 'fire'] as const;
export type Asked = (typeof asked)[number];
export const askedWords: Readonly<Record<Asked, Words>> = {
  plate: { zh: '车牌号', en: 'number plate' },
  name: { zh: '姓名', en: 'name' },
  phone: { zh: '手机号', en: 'telephone' },
  destination: { zh: '去哪里、办什么事', en: 'where to, and why' },
  temperature: { zh: '体温', en: 'temperature' },
  pass: { zh: '出示的通行证', en: 'pass that was shown' },
  fire: { zh: '交存的火种', en: 'fire sources handed in' },
};
