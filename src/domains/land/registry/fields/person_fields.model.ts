import { type Field, field } from './field.model.ts';

/** Who somebody is, where registered and where to be found (GB/T 31000 实有人口). */
export const personFields: readonly Field[] = [
  field('person.former_name', '曾用名', 'Former name', 'text', '曾用姓名 原姓名'),
  field('person.native_place', '籍贯', 'Native place', 'text', '祖籍'),
  field('person.birthplace', '出生地', 'Place of birth', 'text', '出生地点'),
  field('person.citizenship', '国籍', 'Citizenship', 'text', '国籍地区 国籍/地区'),
  field(
    'person.paper_kind',
    '证件类型',
    'Kind of identity paper',
    'text',
    '证件种类 证件名称 身份证件类型 身份证件种类 有效证件类型',
  ),
  field(
    'person.paper_number',
    '其他证件号码',
    'Number of another identity paper',
    'text',
    '护照号 护照号码 通行证号 通行证号码 港澳台证件号码 境外证件号码 其他证件号',
  ),

  // Where somebody is registered and where they are.
  field(
    'person.registration_kind',
    '户口性质',
    'Kind of registration',
    'text',
    '户籍性质 户口类型 户口类别 户籍类型 户籍类别',
  ),
  field(
    'person.population_kind',
    '人口类型',
    'Kind of resident',
    'text',
    '人口类别 人口性质 实有人口类型 实有人口类别',
  ),
  field(
    'person.residence',
    '人户一致标识',
    'Registered where living',
    'text',
    '人户状态 人户情况 人户关系 人户一致情况 人户一致性',
  ),
  field(
    'person.moved_in_why',
    '流入原因',
    'Reason for coming',
    'text',
    '来本地原因 流动原因 居住事由 来本地事由 迁入原因 暂住事由',
  ),
  field(
    'person.dwelling_kind',
    '住所类型',
    'Kind of lodging',
    'text',
    '居住处所 居住处所类型 住所性质 居住场所类型 住房来源 居住方式',
  ),
  field('person.permit_number', '居住证号', 'Number of the residence permit', 'text', '居住证号码 居住证编号 暂住证号'),
  field(
    'person.permit_until',
    '居住证到期日期',
    'Residence permit valid until',
    'date',
    '居住证有效期 居住证有效期至 居住证到期时间 居住证有效期限',
  ),
  field(
    'person.went_to',
    '外出去向',
    'Gone to',
    'text',
    '外出地点 外出流向 流出地 流出去向 外出务工地 外出务工地点 外出地址 外出地',
  ),
  field('person.went_on', '外出时间', 'Gone since', 'date', '外出日期 流出时间 流出日期 离开时间 外出务工时间'),
  field('person.went_why', '外出原因', 'Reason for leaving', 'text', '流出原因 外出事由'),
  field(
    'person.vehicle_plate',
    '车牌号',
    'Plate of the vehicle',
    'text',
    '车牌 车牌号码 车辆号牌 机动车号牌 车辆牌照号 车号',
  ),

  // Whom to call.
  field('person.emergency_name', '紧急联系人', 'Emergency contact', 'text', '紧急联系人姓名 应急联系人 应急联系人姓名'),
  field(
    'person.emergency_phone',
    '紧急联系人电话',
    'Telephone of the emergency contact',
    'phone',
    '紧急联系电话 紧急联系人联系电话 紧急联系人联系方式 紧急联系人手机 紧急联系人手机号 紧急联系方式 应急联系电话 应急联系人电话',
  ),
  field(
    'person.emergency_relation',
    '与紧急联系人关系',
    'Relation of the emergency contact',
    'text',
    '紧急联系人关系 紧急联系人与本人关系',
  ),
];
