import { enterpriseNames } from './enterprise_fields.model.ts';
import { facilityNames } from './facility_fields.model.ts';
import { type Field, field } from './field.model.ts';
import { houseNames } from './house_fields.model.ts';

/**
 * Facts that are asked within a ledger of their own. Their names mean them in a file that was sent for that ledger, and
 * nothing elsewhere: 类型 over a column of residents is no kind of facility.
 */
export const ledgerFields: readonly Field[] = [
  field(
    'place.address',
    '地址',
    'Address',
    'text',
    '详细地址 经营地址 注册地址 经营场所 所在地址 具体地址 单位地址 企业地址 店铺地址 房屋地址 房屋坐落 坐落 房屋位置',
  ),
  field(
    'house.owner_phone',
    '产权人电话',
    'Telephone of the owner',
    'phone',
    '产权人联系电话 房主电话 房主联系电话 房东电话 房东联系电话 业主电话 业主联系电话 户主电话 户主联系电话',
  ),
  field(
    'house.owner_id_number',
    '产权人身份证号',
    'Identity number of the owner',
    'id_number',
    '产权人身份证号码 房主身份证号 房主身份证号码 房东身份证号 业主身份证号',
  ),
  field(
    'enterprise.head_phone',
    '负责人电话',
    'Telephone of the head',
    'phone',
    '负责人联系电话 负责人手机 负责人联系方式 法人电话 法人联系电话 法定代表人电话 法定代表人联系电话 经营者电话 经营者联系电话 企业联系电话 单位电话',
  ),
  field('thing.name', '名称', 'Name', 'text', '名字 编号 桩号 点位 对象 物品名称 项目名称'),
  field(
    'facility.name',
    '名称',
    'Name',
    'text',
    '设施名称 设备名称 风险点名称 隐患点名称 危险源名称 点位名称 部位名称 风险部位 风险点 隐患点',
  ),
  field(
    'facility.kind',
    '类别',
    'Kind',
    'text',
    '设施类别 设施类型 设备类型 风险类型 风险类别 风险点类型 风险点类别 隐患点类型 点位类型 类型 种类',
  ),
  field('facility.state', '现状', 'State', 'text', '状况 设施状况 设备状况 运行情况 运行状态 使用状态 完好情况 状态'),
  field(
    'work.answerable_phone',
    '责任人电话',
    'Telephone of the person answerable',
    'phone',
    '责任人联系电话 责任人手机 责任人联系方式 防灾责任人电话 包保责任人电话 联系人电话 管理人电话',
  ),
  ...houseNames,
  ...enterpriseNames,
  ...facilityNames,
];
