import type { Words } from '../../../kernel/words.ts';
import { type BodyKind, bodyKinds } from './standard.model.ts';

/** How the kinds of bodies are called in tables and on pages. */
export const bodyKindWords: Readonly<Record<BodyKind, Words>> = {
  'municipal-works': { zh: '市政养护', en: 'municipal works' },
  water: { zh: '供水', en: 'water supply' },
  drainage: { zh: '排水', en: 'drainage' },
  power: { zh: '供电', en: 'power' },
  gas: { zh: '燃气', en: 'gas' },
  heating: { zh: '供热', en: 'heating' },
  telecom: { zh: '通信', en: 'telecom' },
  sanitation: { zh: '环卫', en: 'sanitation' },
  greening: { zh: '园林绿化', en: 'greening' },
  'urban-enforcement': { zh: '城管执法', en: 'urban enforcement' },
  'traffic-police': { zh: '交警', en: 'traffic police' },
  transport: { zh: '交通运输', en: 'transport' },
  housing: { zh: '住建', en: 'housing' },
  'property-company': { zh: '物业', en: 'property company' },
  'market-supervision': { zh: '市场监管', en: 'market supervision' },
  ecology: { zh: '生态环境', en: 'ecology' },
  emergency: { zh: '应急管理', en: 'emergency management' },
  fire: { zh: '消防', en: 'fire service' },
  forestry: { zh: '林业', en: 'forestry' },
  'water-affairs': { zh: '水利', en: 'water affairs' },
  agriculture: { zh: '农业农村', en: 'agriculture' },
  'civil-affairs': { zh: '民政', en: 'civil affairs' },
  justice: { zh: '司法', en: 'justice' },
  health: { zh: '卫生健康', en: 'health' },
  education: { zh: '教育', en: 'education' },
  culture: { zh: '文化旅游', en: 'culture' },
  police: { zh: '公安', en: 'police' },
  labour: { zh: '人社', en: 'labour' },
  'women-children': { zh: '妇联', en: 'women and children' },
  'animal-health': { zh: '畜牧兽医', en: 'animal health' },
  'civil-defence': { zh: '人防', en: 'civil defence' },
  planning: { zh: '自然资源规划', en: 'planning' },
  post: { zh: '邮政', en: 'post' },
  township: { zh: '乡镇街道', en: 'township' },
  community: { zh: '社区村', en: 'community' },
};

/** The kind that somebody wrote: by its key or its word in either language. */
export const bodyKindOf = (typed: string): BodyKind | undefined =>
  bodyKinds.find((kind) => {
    const { zh, en } = bodyKindWords[kind];
    return [kind, zh, en].includes(typed.trim().toLowerCase());
  });
