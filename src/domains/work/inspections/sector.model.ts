import type { Words } from '../../../kernel/words.ts';

/** Kinds of workplaces and places that are looked over by lists of their own. */
export const sectors = {
  workplace: { zh: '一般企业', en: 'workplaces' },
  fire: { zh: '消防', en: 'fire safety' },
  gas: { zh: '燃气', en: 'gas' },
  self_built: { zh: '自建房', en: 'self-built houses' },
  construction: { zh: '建筑工地', en: 'building sites' },
  metallurgy: { zh: '钢铁铝加工', en: 'steel and aluminium' },
  dust: { zh: '涉爆粉尘', en: 'explosive dust' },
  ammonia: { zh: '涉氨制冷', en: 'ammonia cooling' },
  confined: { zh: '有限空间', en: 'confined spaces' },
  building_materials: { zh: '建材', en: 'building materials' },
  contractors: { zh: '外包作业', en: 'contractors' },
  chemicals: { zh: '危险化学品、烟花爆竹', en: 'chemicals and fireworks' },
  crowds: { zh: '人员密集场所', en: 'crowded places' },
  traffic: { zh: '道路交通', en: 'road traffic' },
  flood: { zh: '防汛', en: 'flood preparation' },
  forest_fire: { zh: '森林防火', en: 'forest fire' },
  epidemic: { zh: '疫情防控', en: 'epidemic' },
  food: { zh: '食品安全', en: 'food safety' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Record<string, Words>;
export type Sector = keyof typeof sectors;
export const sectorNames = Object.keys(sectors) as [Sector, ...Sector[]];

export const grades = {
  general: { zh: '一般隐患', en: 'general' },
  major: { zh: '重大隐患', en: 'major' },
} as const satisfies Record<string, Words>;
export type Grade = keyof typeof grades;
export const gradeNames = Object.keys(grades) as [Grade, ...Grade[]];

/** From where one knows of a hazard. */
export const sources = {
  inspection: { zh: '督导检查', en: 'an inspection' },
  patrol: { zh: '网格巡查', en: 'a patrol of the grid' },
  resident: { zh: '群众反映', en: 'residents' },
  superior: { zh: '上级交办', en: 'a superior' },
  self: { zh: '单位自查', en: 'the body itself' },
} as const satisfies Record<string, Words>;
export type Source = keyof typeof sources;
export const sourceNames = Object.keys(sources) as [Source, ...Source[]];
