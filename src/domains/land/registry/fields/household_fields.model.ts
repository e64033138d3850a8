import { type Field, field } from './field.model.ts';

/** Of the household, told with whoever belongs to it. */
export const householdFields: readonly Field[] = [
  field(
    'household.income_each',
    '人均年收入',
    'Income of the year, each',
    'money',
    '人均收入 家庭人均收入 家庭人均年收入 人均纯收入 家庭人均纯收入 年人均收入 人均年纯收入 人均可支配收入',
  ),
  field(
    'household.income_source',
    '主要收入来源',
    'Main income',
    'text',
    '收入来源 经济来源 生活来源 主要经济来源 家庭收入来源 家庭主要收入来源 主要生活来源 家庭经济来源',
  ),
  field(
    'household.labour',
    '劳动力人数',
    'Able to work',
    'whole',
    '劳动力 劳动力数 劳动力数量 家庭劳动力 劳力 家庭劳动力人数',
  ),
  field('household.gone', '外出务工人数', 'Gone away to work', 'whole', '外出人数 务工人数 家庭外出务工人数'),
  field(
    'household.land',
    '承包地面积',
    'Land under contract',
    'number',
    '耕地面积 承包耕地面积 土地面积 承包土地面积 承包面积 责任田面积',
  ),
  field(
    'household.lifted',
    '是否脱贫户',
    'Lifted out of poverty',
    'yes_no',
    '脱贫户 建档立卡户 是否建档立卡户 是否建档立卡 建档立卡',
  ),
  field(
    'household.watched',
    '是否监测户',
    'Watched for falling back into poverty',
    'yes_no',
    '监测户 是否监测对象 是否防返贫监测对象 是否防返贫监测户',
  ),
  field(
    'household.watched_kind',
    '监测对象类别',
    'Watched as',
    'text',
    '监测类型 监测类别 监测对象类型 防返贫监测对象类别 监测户类型',
  ),
  field(
    'household.poor_why',
    '致贫原因',
    'Reason of poverty',
    'text',
    '困难原因 主要致贫原因 致贫返贫原因 返贫原因 返贫风险 致困原因 主要困难原因',
  ),
  field(
    'household.one_child',
    '是否计划生育特殊家庭',
    'Family that lost its only child',
    'yes_no',
    '失独家庭 是否失独家庭 计生特殊家庭 是否计生特殊家庭',
  ),
];
