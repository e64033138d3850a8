import { isCreditCode } from '../../src/domains/land/registry/fields/value.model.ts';
import type { Chance } from './chance.ts';
import { givenName, inventedPhone, surnameOf } from './names.ts';

/** What the desks know of houses, shops and spots besides where they are and whose: plausible together, and nobody's. */
const yesNo = (is: boolean): string => (is ? '是' : '否');
const nameOf = (by: Chance): string => `${surnameOf(by)}${givenName(by, by.happens(0.5))}`;
const dayIn = (by: Chance, year: number): string =>
  `${year}-${String(by.between(1, 12)).padStart(2, '0')}-${String(by.between(1, 28)).padStart(2, '0')}`;

export const houseLabels =
  '产权性质 使用状态 建筑面积 燃气类型 是否安装烟感 灭火器数 鉴定时间 房屋安全隐患 整治措施 出租用途 承租人姓名 承租人电话 租住人数 是否租赁备案'.split(
    ' ',
  );

interface HouseSeen {
  readonly grade: string;
  readonly isFlat: boolean;
  readonly isLet: boolean;
  readonly year: number;
}

export function houseFacts(by: Chance, { grade, isFlat, isLet, year }: HouseSeen): string[] {
  const state = isLet ? '出租' : by.weigh(['自住', '空置'], (one) => (one === '自住' ? 9 : 1));
  const area = String(isFlat ? by.between(55, 130) : by.between(80, 260));
  const gas = isFlat && by.happens(0.6) ? '管道天然气' : '瓶装液化气';
  const isUnsound = grade === 'C级' || grade === 'D级';
  const hazard = isUnsound
    ? [by.pick(['墙体开裂', '屋面漏水', '地基下沉']), grade === 'D级' ? '停用待拆' : '限期加固']
    : ['', ''];
  const let_ = isLet
    ? ['居住', nameOf(by), inventedPhone(by), String(by.between(1, 4)), yesNo(by.happens(0.7))]
    : ['', '', '', '', ''];
  return [
    ...[isFlat ? by.pick(['私有', '私有', '单位']) : '私有', state, area, gas, yesNo(by.happens(0.2))],
    ...[String(by.between(0, 1)), dayIn(by, year - 1), ...hazard, ...let_],
  ];
}

export const shopLabels =
  '统一社会信用代码 企业类型 经营状态 成立日期 经营面积 安全负责人 安全负责人电话 是否住人 灭火器数 燃气类型 是否安装燃气报警器 最近检查日期'.split(
    ' ',
  );

interface ShopSeen {
  readonly head: string;
  readonly phone: string;
  readonly trade: string;
  readonly year: number;
}

export function shopFacts(by: Chance, { head, phone, trade, year }: ShopSeen): string[] {
  const cooks = trade === '餐饮';
  const gas = cooks ? by.pick(['管道天然气', '瓶装液化气', '电']) : '';
  return [
    ...[creditCode(by), '个体工商户', by.weigh(['在营', '停业'], (one) => (one === '在营' ? 19 : 1))],
    ...[dayIn(by, year - by.between(1, 12)), String(by.between(12, 140)), head, phone, yesNo(by.happens(0.04))],
    ...[String(by.between(1, 4)), gas, cooks && gas !== '电' ? yesNo(by.happens(0.8)) : '', dayIn(by, year - 1)],
  ];
}

/** Its first signs belong to no county that there is. */
function creditCode(by: Chance): string {
  const head = `92439901MA${Array.from({ length: 7 }, () => by.pick([...SIGNS])).join('')}`;
  return [...SIGNS].map((sign) => `${head}${sign}`).find(isCreditCode) ?? '';
}
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export const pointLabels =
  '设施编号 现状 数量 安装时间 最近检查日期 巡查频次 维保单位 主要风险 管控措施 监测人 监测人电话'.split(' ');

interface PointSeen {
  readonly kind: string;
  readonly level: string;
  readonly year: number;
}

export function pointFacts(by: Chance, { kind, level, year }: PointSeen): string[] {
  const isWatched = level === '较大';
  const risk = isWatched ? [by.pick(risks), '设警示牌，每日巡查', nameOf(by), inventedPhone(by)] : ['', '', '', ''];
  return [
    `SS${String(by.between(1, 99_999)).padStart(5, '0')}`,
    by.weigh(['完好', '待修'], (one) => (one === '完好' ? 9 : 1)),
    ...['1', String(year - by.between(1, 9)), dayIn(by, year - 1), isWatched ? '每日一次' : '每月一次'],
    kind === '健身器材' ? '县体育事业服务站' : '安居物业公司',
    ...risk,
  ];
}
const risks = ['周边老人儿童多，容易绊倒', '雨天积水，盖板可能移位', '线路老化，可能漏电'];
