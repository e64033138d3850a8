import type { MajorClass } from '../../domains/work/standards/standard.model.ts';

export const majors = {
  utilities: { code: 'utilities', kind: 'component', name: { zh: '公用设施', en: 'Public utilities' } },
  roads: { code: 'roads', kind: 'component', name: { zh: '道路交通设施', en: 'Roads and traffic' } },
  sanitationWorks: {
    code: 'sanitation-works',
    kind: 'component',
    name: { zh: '环卫与市容设施', en: 'Sanitation and street furniture' },
  },
  greenWorks: { code: 'green-works', kind: 'component', name: { zh: '园林与公园设施', en: 'Trees, greens and parks' } },
  floodWorks: { code: 'flood-works', kind: 'component', name: { zh: '水利与防汛设施', en: 'Water and flood works' } },
  sharedBuildings: {
    code: 'shared-buildings',
    kind: 'component',
    name: { zh: '房屋与小区共用设施', en: 'Buildings and what compounds share' },
  },
  streetOrder: { code: 'street-order', kind: 'matter', name: { zh: '街面秩序', en: 'Order in the street' } },
  cleanliness: {
    code: 'cleanliness',
    kind: 'matter',
    name: { zh: '环境卫生与生态环境', en: 'Cleanliness and environment' },
  },
  buildingAndPosters: {
    code: 'building-and-posters',
    kind: 'matter',
    name: { zh: '施工管理与户外宣传', en: 'Building work and posters' },
  },
  outages: { code: 'outages', kind: 'matter', name: { zh: '公用服务中断与突发险情', en: 'Outages and sudden danger' } },
  homeSafety: {
    code: 'home-safety',
    kind: 'matter',
    name: { zh: '居住与消防安全', en: 'Safety of homes, fire safety' },
  },
  enterprises: {
    code: 'enterprises',
    kind: 'matter',
    name: { zh: '企业安全与市场监管', en: 'Safety of enterprises and market order' },
  },
  farmAndNature: {
    code: 'farm-and-nature',
    kind: 'matter',
    name: { zh: '农田水利与自然隐患', en: 'Farmland, ditches and natural hazards' },
  },
  disputes: { code: 'disputes', kind: 'matter', name: { zh: '矛盾纠纷与权益保护', en: 'Disputes and rights' } },
  peopleInNeed: { code: 'people-in-need', kind: 'matter', name: { zh: '困难群众与紧急求助', en: 'People in need' } },
} as const satisfies Record<string, MajorClass>;
