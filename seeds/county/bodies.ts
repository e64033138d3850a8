import type { Rule } from '../../src/domains/work/standards/resolve.model.ts';
import type { BodyKind } from '../../src/domains/work/standards/standard.model.ts';
import { bodies as smallBodies, rules as smallRules } from '../small/plan.ts';
import { towns } from './land.ts';

/** Departments, utilities and companies; the nine of the small county first, with their keys and people. */
export interface BodyPlan {
  readonly key: string;
  readonly name: string;
  readonly kind: BodyKind;
  readonly area: string;
  /** Somebody is there round the clock; else office hours. */
  readonly allDay: boolean;
}

const body = (key: string, name: string, kind: BodyKind, area: string, allDay = false): BodyPlan => ({
  key,
  name,
  kind,
  area,
  allDay,
});

const others: readonly BodyPlan[] = [
  body('gas', '安澜县燃气公司', 'gas', 'county', true),
  body('heating', '安澜县热力公司', 'heating', 'county', true),
  body('telecom', '安澜县通信管线维护中心', 'telecom', 'county', true),
  body('greening', '安澜县园林绿化中心', 'greening', 'county'),
  body('traffic', '安澜县交警大队', 'traffic-police', 'county', true),
  body('police', '安澜县公安局治安大队', 'police', 'county', true),
  body('housing', '安澜县住房和城乡建设局', 'housing', 'county'),
  body('market', '安澜县市场监督管理局', 'market-supervision', 'county'),
  body('waters', '安澜县水利局', 'water-affairs', 'county'),
  body('farm', '安澜县农业农村局', 'agriculture', 'county'),
  body('transport', '安澜县交通运输局', 'transport', 'county'),
  body('mediation', '安澜县司法局', 'justice', 'county'),
  body('order-west', '城西街道综合执法队', 'urban-enforcement', 'west'),
  body('order-towns', '安澜县城管执法大队乡镇中队', 'urban-enforcement', 'county'),
  body('property-east', '安居物业公司', 'property-company', 'east', true),
  body('property-west', '锦绣物业公司', 'property-company', 'west', true),
  ...towns.map(({ key, name, urban }) =>
    body(`office-${key}`, urban ? `${name}社会事务办` : `${name}村镇建设办`, 'township', key),
  ),
];

export const bodies: readonly BodyPlan[] = [...smallBodies, ...others];

export interface RulePlan {
  readonly area: string;
  readonly by: Rule['matchesKind'];
  readonly matches: string;
  readonly ground: Rule['ground'];
  readonly body: string;
  readonly basis: string;
}

const owner = (kind: BodyKind, key: string, basis: string): RulePlan => ({
  area: 'county',
  by: 'body_kind',
  matches: kind,
  ground: 'owner',
  body: key,
  basis,
});
const territory = (area: string, kind: BodyKind, key: string, basis: string): RulePlan => ({
  area,
  by: 'body_kind',
  matches: kind,
  ground: 'territory',
  body: key,
  basis,
});

/** Which body answers for what and why; what a nearer area says goes before what the county says. */
export const rules: readonly RulePlan[] = [
  ...smallRules.map(({ kind, ...rule }): RulePlan => ({ ...rule, by: 'body_kind', matches: kind })),
  owner('gas', 'gas', '燃气设施产权单位'),
  owner('heating', 'heating', '供热管网产权单位'),
  owner('telecom', 'telecom', '通信管线代维协议'),
  owner('traffic-police', 'traffic', '交通设施管理单位'),
  owner('water-affairs', 'waters', '水利工程管理单位'),
  owner('transport', 'transport', '农村公路养护单位'),
  owner('housing', 'housing', '公房管理单位'),
  territory('county', 'greening', 'greening', '城区绿化养护职责'),
  territory('county', 'traffic-police', 'traffic', '道路交通管理职责'),
  territory('county', 'police', 'police', '治安管理职责'),
  territory('county', 'housing', 'housing', '房屋和施工安全监管职责'),
  territory('county', 'market-supervision', 'market', '市场监管职责'),
  territory('county', 'water-affairs', 'waters', '河湖和灌区管理职责'),
  territory('county', 'agriculture', 'farm', '农业生产管理职责'),
  territory('county', 'fire', 'safety', '消防安全综合监管职责'),
  territory('county', 'forestry', 'farm', '林业职责并入农业农村局'),
  territory('county', 'transport', 'transport', '公路管理职责'),
  territory('county', 'justice', 'mediation', '人民调解指导职责'),
  territory('county', 'urban-enforcement', 'order-towns', '乡镇城管执法职责'),
  territory('west', 'urban-enforcement', 'order-west', '街道综合执法职责'),
  territory('east', 'property-company', 'property-east', '物业服务合同'),
  territory('west', 'property-company', 'property-west', '物业服务合同'),
  ...['river', 'bridge', 'ridge'].map((key) =>
    territory(key, 'property-company', `office-${key}`, '无物业小区由镇里兜底'),
  ),
  ...towns.flatMap(({ key }) =>
    (['township', 'community', 'culture'] as const).map((kind) =>
      territory(key, kind, `office-${key}`, '属地管理职责'),
    ),
  ),
  { area: 'east', by: 'major', matches: 'disputes', ground: 'territory', body: 'justice', basis: '矛盾纠纷多元化解' },
  {
    area: 'county',
    by: 'major',
    matches: 'disputes',
    ground: 'territory',
    body: 'mediation',
    basis: '矛盾纠纷多元化解',
  },
];
