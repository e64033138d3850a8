import type { Words } from '../../../../kernel/words.ts';
import type { ValueType } from './value.model.ts';

/** A fact that is kept once, and every name that offices give it in their tables. */
export interface Field {
  readonly code: string;
  readonly name: Words;
  readonly type: ValueType;
  /** Besides its Chinese and English names; English ones are written together. */
  readonly aliases: readonly string[];
  /** What it may be, where its type is a choice. */
  readonly choices?: readonly string[];
}

/** A field that an area added to a ledger of its own. */
export interface AddedField extends Field {
  readonly choices: readonly string[];
  readonly help: string;
  /** After so many months it is asked again; null: it does not change by itself. */
  readonly freshMonths: number | null;
  /** Its values stay and are read; none is added. */
  readonly isRetired: boolean;
}

export const field = (code: string, zh: string, en: string, type: ValueType, aliases = ''): Field => ({
  code,
  name: { zh, en },
  type,
  aliases: aliases === '' ? [] : aliases.split(' '),
});

/**
 * The field dictionary (字段字典), first form: what resident, household, house, enterprise and work ledgers ask. The code
 * names the subject before the dot.
 */
export const dictionary: readonly Field[] = [
  field('row.number', '序号', 'No.', 'number', '编号 顺序号 No 序 Nr SerialNo'),
  field('row.remark', '备注', 'Remark', 'text', '说明 备注说明 其他说明 Remarks Note Notes Comments'),

  field(
    'person.name',
    '姓名',
    'Name',
    'text',
    '人员姓名 名字 居民姓名 成员姓名 本人姓名 党员姓名 老人姓名 被访人姓名 FullName',
  ),
  field('person.sex', '性别', 'Sex', 'sex', 'Gender'),
  field('person.nation', '民族', 'Nationality', 'text', 'Ethnicity'),
  field(
    'person.born_on',
    '出生日期',
    'Date of birth',
    'date',
    '出生年月 出生年月日 生日 出生时间 DOB Birthday BirthDate',
  ),
  field('person.age', '年龄', 'Age', 'number', '周岁 岁数'),
  field(
    'person.id_number',
    '身份证号',
    'Identity number',
    'id_number',
    '身份证号码 公民身份号码 公民身份证号码 证件号码 身份证 证件号 居民身份证号码 身份号码 本人身份证号 IDNo IDNumber IDCard IDCardNo IDCardNumber',
  ),
  field(
    'person.phone',
    '联系电话',
    'Telephone',
    'phone',
    '手机号 手机 手机号码 联系方式 电话 电话号码 本人电话 联系手机 移动电话 Phone PhoneNo PhoneNumber Mobile MobileNo MobilePhone Tel TelNo',
  ),
  field(
    'person.registered_at',
    '户籍地址',
    'Registered address',
    'text',
    '户籍地 户籍所在地 户口所在地 户籍 户籍详细地址 户口地址',
  ),
  field(
    'person.lives_at',
    '现住址',
    'Address',
    'text',
    '居住地址 家庭住址 住址 现居住地 现居住地址 详细地址 居住地 家庭地址 常住地址 居住详址 地址 现家庭住址 租住地址 HomeAddress',
  ),
  field('person.schooling', '文化程度', 'Schooling', 'text', '学历 教育程度 受教育程度 最高学历 Education'),
  field('person.marital', '婚姻状况', 'Marital status', 'text', '婚姻 婚姻情况 MaritalStatus'),
  field('person.party', '政治面貌', 'Political affiliation', 'text', '政治身份'),
  field('person.joined_party_on', '入党时间', 'Joined the Party on', 'date', '入党日期 入党年月'),
  field('person.occupation', '职业', 'Occupation', 'text', '从事职业 工作 从业情况 职业状况'),
  field('person.works_at', '工作单位', 'Employer', 'text', '单位 就业单位 务工单位 所在单位 工作单位及职务'),
  field('person.post', '职务', 'Position', 'text', '职位 岗位 担任职务'),
  field('person.health', '健康状况', 'Health', 'text', '身体状况 健康情况 身体健康状况 身体情况'),
  field('person.disability', '残疾类别', 'Kind of disability', 'text', '残疾类型 残疾情况 残疾等级 残疾类别及等级'),
  field(
    'person.need',
    '困难类型',
    'Need',
    'text',
    '重点人群类型 人员类别 人员类型 困难类别 对象类别 帮扶类型 特殊人群类别 人群类别',
  ),
  field('person.lives_alone', '是否独居', 'Lives alone', 'yes_no', '独居 独居老人 是否独居老人 是否空巢'),
  field('person.low_income', '是否低保', 'Receives minimum allowance', 'yes_no', '低保 低保户 是否低保户 是否享受低保'),
  field('person.moved_in_on', '入住时间', 'Moved in on', 'date', '迁入时间 入住日期 来本地时间 搬入日期'),

  field('household.number', '户号', 'Household No.', 'text', '户编号 家庭编号 户籍号 户口编号'),
  field('household.head_name', '户主姓名', 'Head of household', 'text', '户主 户主名 家庭户主'),
  field(
    'household.head_id_number',
    '户主身份证号',
    'Identity number of the head',
    'id_number',
    '户主身份证号码 户主身份证 户主证件号码',
  ),
  field(
    'household.head_phone',
    '户主联系电话',
    'Telephone of the head',
    'phone',
    '户主电话 户主手机号 户主联系方式 户主手机',
  ),
  field('household.relation', '与户主关系', 'Relation to the head', 'text', '家庭关系 与户主的关系 关系 成员关系'),
  field(
    'household.size',
    '家庭人口',
    'Persons in the household',
    'number',
    '家庭人口数 人口数 人数 户人口 家庭成员数 常住人口 户籍人口 总人口 家庭人数',
  ),
  field('household.kind', '户类型', 'Kind of household', 'text', '户别 家庭类型 户口类型 户口性质 户籍性质'),
  field('household.income', '家庭年收入', 'Income of the year', 'money', '年收入 家庭收入 人均收入 人均年收入'),

  field('place.county', '县区', 'County', 'text', '区县 县（市、区） 县 区 所在区 所在县 所在区域 所属区县'),
  field(
    'place.town',
    '镇街',
    'Township',
    'text',
    '乡镇 街道 镇（街） 乡镇（街道） 镇 乡 所属乡镇 所属街道 街镇 镇街名称 乡镇街道 Town',
  ),
  field(
    'place.community',
    '村社区',
    'Community',
    'text',
    '社区 村 村（社区） 村社 行政村 村（居） 所属社区 社区名称 村名 居委会 村居 所在村 所在社区 村民委员会',
  ),
  field('place.group', '村民小组', 'Village group', 'text', '组 小组 组别 自然村 屯 村组'),
  field('place.grid', '网格', 'Grid', 'text', '所属网格 网格编号 网格名称 网格号 所在网格 网格代码'),
  field('place.compound', '小区', 'Compound', 'text', '小区名称 所在小区 院落 楼院'),
  field('place.building', '楼栋', 'Building', 'text', '楼号 栋号 幢号 楼栋号 栋 楼幢 楼'),
  field('place.entrance', '单元', 'Entrance', 'text', '单元号'),
  field('place.door', '门牌号', 'Door number', 'door', '房号 室号 室 房间号 门牌 户室 房屋编号 门号 房屋号'),
  field('place.lon', '经度', 'Longitude', 'number', '东经 X坐标'),
  field('place.lat', '纬度', 'Latitude', 'number', '北纬 Y坐标'),
  field('place.area_code', '区划代码', 'Area code', 'area_code', '行政区划代码 统计用区划代码 地区编码'),
  field('place.site', '地点', 'Place', 'text', '位置 发生地点 具体位置 详细位置 所在位置 隐患位置 隐患地点 巡查地点'),

  field('house.structure', '房屋结构', 'Structure', 'text', '结构 结构类型 建筑结构'),
  field('house.storeys', '层数', 'Storeys', 'number', '楼层 房屋层数 楼层数 地上层数'),
  field('house.floor_area', '建筑面积', 'Floor area', 'number', '房屋面积 面积 住房面积 占地面积'),
  field('house.built_in', '建成年份', 'Year built', 'number', '建造年代 建成时间 建造时间 建设年代 修建年份 建房时间'),
  field('house.use', '房屋用途', 'Use', 'text', '用途 使用性质 房屋性质'),
  field('house.grade', '鉴定等级', 'Grade', 'text', '房屋等级 危房等级 安全等级 房屋鉴定等级'),
  field('house.self_built', '是否自建房', 'Self-built', 'yes_no', '自建房 是否经营性自建房'),
  field('house.owner', '产权人', 'Owner', 'text', '房主 房东 房主姓名 房东姓名 产权人姓名 业主 业主姓名'),
  field('house.let', '是否出租', 'Let', 'yes_no', '出租 是否出租房 是否租赁'),

  field(
    'enterprise.name',
    '企业名称',
    'Enterprise',
    'text',
    '单位名称 公司名称 商户名称 店名 店铺名称 场所名称 名称 经营单位',
  ),
  field(
    'enterprise.credit_code',
    '统一社会信用代码',
    'Unified social credit code',
    'credit_code',
    '社会信用代码 信用代码 统一信用代码',
  ),
  field(
    'enterprise.head',
    '法定代表人',
    'Legal representative',
    'text',
    '法人 法人代表 负责人 企业负责人 经营者 单位负责人 主要负责人',
  ),
  field('enterprise.trade', '行业类别', 'Trade', 'text', '行业 所属行业 经营范围 行业类型 企业类型'),
  field('enterprise.staff', '从业人数', 'Persons employed', 'number', '职工人数 员工人数 员工数 用工人数'),

  field(
    'hazard.words',
    '隐患内容',
    'Hazard',
    'text',
    '隐患描述 存在问题 问题描述 隐患情况 存在的问题 检查发现问题 问题内容 主要问题 发现问题 发现的问题',
  ),
  field('hazard.level', '隐患等级', 'Level of the hazard', 'text', '风险等级 隐患级别 隐患类型'),
  field(
    'work.measure',
    '整改措施',
    'Measure',
    'text',
    '整改情况 处理措施 处置措施 整改要求 办理情况 处理结果 处理情况',
  ),
  field('work.due_on', '整改期限', 'Due on', 'date', '整改时限 完成时限 办理时限 截止日期 限期 要求完成时间'),
  field('work.begun_on', '开始时间', 'Begun on', 'date', '施工开始时间 开始日期 起始时间 开工日期'),
  field(
    'work.done_on',
    '完成时间',
    'Done on',
    'date',
    '整改完成时间 结束时间 施工结束时间 办结时间 完成日期 结束日期 办结日期',
  ),
  field(
    'work.answerable',
    '责任人',
    'Person answerable',
    'text',
    '整改责任人 包保责任人 责任人姓名 包联干部 联系人 包保人',
  ),
  field(
    'work.body',
    '责任单位',
    'Body answerable',
    'text',
    '牵头单位 承办单位 主管部门 责任部门 整改责任单位 监管部门',
  ),
  field(
    'work.on',
    '日期',
    'Date',
    'date',
    '时间 检查日期 检查时间 巡查时间 登记日期 填报日期 走访时间 受理时间 走访日期 来访日期 来访时间 巡查日期 巡访日期 巡访时间 排查日期 排查时间 受理日期 入户日期 入户时间',
  ),
  field(
    'work.worker',
    '填表人',
    'Filled in by',
    'text',
    '填报人 登记人 检查人 走访人 巡查人 网格员 网格员姓名 入户人 检查人员',
  ),
];
