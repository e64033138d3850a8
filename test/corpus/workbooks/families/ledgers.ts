import { people } from '../invented.ts';
import { type Made, one } from '../truth.ts';
import { sheet1 } from '../xlsx.ts';

/** A ledger with a title, its labels in one row, and as many rows: the labels in `said` have the field after `=`, `kinds` the values. */
function ledger(name: string, title: string, kinds: string, count: number, said: string): Made {
  const labels = said.split(' ');
  const last = String.fromCharCode(64 + labels.length);
  return {
    name: `ledger-${name}.xlsx`,
    make: () =>
      sheet1([[title], labels.map((label) => label.split('=')[0] ?? ''), ...people(count, kinds)], {
        merges: [`A1:${last}1`],
      }),
    truth: one('Sheet1', `A2:${last}${count + 2}`, labels, count),
  };
}

/** What offices keep. */
export const ledgers: readonly Made[] = [
  ledger(
    'party-members',
    '石桥社区党员名册',
    'no name sex nation bornMonth id school day day 正式党员 第一支部 支委 yes phone',
    14,
    '序号=row.number 姓名=person.name 性别=person.sex 民族=person.nation 出生年月=person.born_on 身份证号码=person.id_number 学历=person.schooling 入党日期=person.joined_party_on 转正日期 党员类别 所在党支部=person.party_branch 党内职务=person.post|none 是否流动党员 联系方式=person.phone',
  ),
  ledger(
    'party-dues',
    '2026年第一季度党费收缴台账',
    'no name 第一支部 money 5 5 5 15 other',
    8,
    '序号=row.number 党员姓名=person.name 所在支部=person.party_branch 月缴纳基数 1月 2月 3月 小计 经手人',
  ),
  ledger(
    'disability',
    '残疾人基本情况台账',
    'no name sex id 肢体 level id address phone other relation phone',
    10,
    '序号=row.number 姓名=person.name 性别=person.sex 身份证号=person.id_number 残疾类别=person.disability 残疾等级=person.disability_grade 残疾证号=person.disability_number 家庭住址=person.lives_at 联系电话=person.phone 监护人姓名 与残疾人关系 监护人电话',
  ),
  ledger(
    'alone',
    '独居老人关爱巡访台账',
    'no grid name sex age id address yes yes other phone other day',
    12,
    '序号=row.number 所属网格=place.grid 老人姓名=person.name 性别=person.sex 年龄=person.age 身份证号=person.id_number 居住地址=person.lives_at 是否独居=person.lives_alone 是否低保=person.low_income 子女姓名 子女联系电话 走访人=work.worker 走访日期=work.on',
  ),
  ledger(
    'rented',
    '出租房屋及承租人登记表',
    'no community address name id phone other id phone area 900 day day',
    9,
    '序号=row.number 所属社区=place.community 房屋地址=person.lives_at|place.site|none 房东姓名=house.owner 房东身份证号 房东电话 承租人姓名=person.name 承租人身份证号=person.id_number 承租人联系电话=person.phone 出租面积（㎡）=house.floor_area|none 月租金（元） 租赁开始时间 租赁结束时间',
  ),
  ledger(
    'merchants',
    '沿街商户基础信息台账',
    'no shop code other phone site trade size area yes 2',
    11,
    '序号=row.number 商户名称=enterprise.name 统一社会信用代码=enterprise.credit_code 经营者=enterprise.head 联系电话=person.phone 门面位置=place.site 经营范围=enterprise.scope|none 从业人数=enterprise.staff 营业面积（㎡）=house.floor_area|none 是否使用瓶装气 灭火器数量（具）',
  ),
  ledger(
    'enterprises',
    '规上企业安全生产台账',
    'no firm code other phone other phone trade size site level yes',
    10,
    '序号=row.number 企业名称=enterprise.name 社会信用代码=enterprise.credit_code 法定代表人=enterprise.head 法人联系电话=person.phone|none 安全管理员 安全管理员电话 所属行业=enterprise.trade 职工人数=enterprise.staff 生产经营地址=person.lives_at|place.site|none 风险等级=hazard.level 是否投保安责险',
  ),
  ledger(
    'hazards',
    '重大事故隐患排查整改台账',
    'no day site hazard level measure day other body day 是',
    10,
    '序号=row.number 检查日期=work.on 隐患位置=place.site 隐患描述=hazard.words 隐患级别=hazard.level 整改措施=work.measure 整改时限=work.due_on 整改责任人=work.answerable 责任单位=work.body 整改完成时间=work.done_on 是否销号',
  ),
  ledger(
    'geology',
    '地质灾害隐患点一览表',
    'no 样例滑坡点 community group lon lat 5 20 other phone other phone',
    8,
    '编号=row.number 隐患点名称 行政村=place.community 村民小组=place.group 经度=place.lon 纬度=place.lat 威胁户数 威胁人数 防灾责任人=work.answerable 责任人电话 监测员 监测员电话',
  ),
  ledger(
    'water',
    '城区易涝积水点台账',
    'no town site lon lat 35 body other phone 一台水泵',
    7,
    '序号=row.number 街道=place.town 积水点位置=place.site 东经=place.lon 北纬=place.lat 最大积水深度（cm） 责任单位=work.body 责任人=work.answerable 责任人电话 处置物资',
  ),
  ledger(
    'visitors',
    '来访群众登记簿',
    'no day name sex phone address 反映路灯不亮 other measure',
    9,
    '序号=row.number 来访日期=work.on 来访人姓名=person.name 性别=person.sex 联系电话=person.phone 住址=person.lives_at 来访事由 接待人=work.worker|none 处理结果=work.measure',
  ),
  ledger(
    'vaccination',
    '适龄儿童预防接种摸底表',
    'no name sex born other phone address 样例疫苗 2 day 样例镇卫生院',
    9,
    '序号=row.number 儿童姓名=person.name 性别=person.sex 出生日期=person.born_on 监护人姓名 监护人电话 现住址=person.lives_at 疫苗名称 剂次 接种日期=work.on|none 接种单位=work.body|none',
  ),
  ledger(
    'migrants',
    '外出务工人员登记表',
    'no group name sex age id phone 样例省样例市 work 缝纫 day 4500 yes',
    12,
    '序号=row.number 村民小组=place.group 姓名=person.name 性别=person.sex 年龄=person.age 身份证号=person.id_number 联系电话=person.phone 务工地点=none|place.site 务工单位=person.works_at 从事工种=person.occupation|none 外出时间=person.went_on 月收入（元） 是否有返乡意愿',
  ),
  ledger(
    'left-behind',
    '农村留守儿童信息台账',
    'no name sex born id 样例小学 三年级 other phone work other phone other 祖孙 phone',
    9,
    '序号=row.number 儿童姓名=person.name 性别=person.sex 出生年月日=person.born_on 身份证号=person.id_number 就读学校=person.school 年级=person.school_class 父亲姓名 父亲联系电话 父亲务工地点 母亲姓名 母亲联系电话 委托照护人 与儿童关系 照护人电话=person.carer_phone',
  ),
  ledger(
    'veterans',
    '退役军人信息采集表',
    'no name sex born id phone address 1998-12 2003-12 陆军 work 否 remark',
    10,
    '序号=row.number 姓名=person.name 性别=person.sex 出生年月=person.born_on 身份证号=person.id_number 手机号码=person.phone 户籍所在地=person.registered_at 入伍时间=person.served_from 退役时间=person.served_to 军种 工作单位=person.works_at 是否享受优抚 备注=row.remark',
  ),
  ledger(
    'allowance',
    '城乡低保对象花名册',
    'no community name id size 一般 C类 650 phone day',
    10,
    '序号=row.number 村（社区）=place.community 户主姓名=household.head_name 户主身份证号=household.head_id_number 保障人口 家庭类别=household.kind|none 保障类别 月保障金额（元）=person.low_income_amount 户主电话=household.head_phone 批准日期',
  ),
  ledger(
    'grid-workers',
    '网格员信息表',
    'no town community grid name sex id phone 专职 120',
    8,
    '序号=row.number 镇（街）=place.town 社区=place.community 网格名称=place.grid 网格员姓名=work.worker|person.name 性别=person.sex 身份证号=person.id_number 手机号=person.phone 专/兼职 管辖户数',
  ),
  ledger(
    'patrols',
    '网格巡查日志',
    'no day other site hazard measure yes',
    10,
    '序号=row.number 巡查日期=work.on 巡查人=work.worker 巡查地点=place.site 发现问题=hazard.words 处理情况=work.measure 是否上报',
  ),
  ledger(
    'buildings',
    '小区楼栋信息表',
    'no 样例花园 building 2 storeys 24 year structure other phone',
    9,
    '序号=row.number 小区名称=place.compound 楼栋号=place.building 单元数 层数=house.storeys 户数 建成年份=house.built_in 结构类型=house.structure 楼栋长 楼栋长电话',
  ),
  ledger(
    'dwellings',
    '一标三实房屋信息',
    'no community 样例花园 building entrance door other phone area 自住 yes',
    10,
    '序号=row.number 社区名称=place.community 小区=place.compound 楼栋=place.building 单元=place.entrance 房号=place.door 产权人=house.owner 产权人电话 建筑面积=house.floor_area 房屋用途=house.use 是否出租=house.let',
  ),
  ledger(
    'dangerous-houses',
    '农村危房排查表',
    'no community group name id structure storeys area year C级 day',
    9,
    '序号=row.number 村名=place.community 组=place.group 户主=household.head_name 身份证号=household.head_id_number|person.id_number 结构=house.structure 层数=house.storeys 住房面积=house.floor_area 建房时间=house.built_in 房屋鉴定等级=house.grade 鉴定日期',
  ),
  ledger(
    'farmland',
    '土地承包经营权台账',
    'no group name size 3.5 4 水田 承包合同001',
    8,
    '序号=row.number 村民小组=place.group 承包方代表=household.head_name|none 家庭人口数=household.size 承包面积（亩）=household.land 地块数 地类 合同编号',
  ),
  ledger(
    'dogs',
    '养犬登记台账',
    'no name phone address 样犬 中华田园犬 黄 day 免疫证001',
    7,
    '序号=row.number 犬主姓名=person.name 联系电话=person.phone 饲养地址=person.lives_at|none 犬名 品种 毛色 免疫日期 免疫证号',
  ),
  ledger(
    'cars',
    '小区车辆登记',
    'no door name 样A00001 轿车 白 phone',
    8,
    '序号=row.number 房间号=place.door 业主姓名=house.owner|person.name 车牌号=person.vehicle_plate 车型 颜色 联系电话=person.phone',
  ),
  ledger(
    'volunteers',
    '社区志愿者名册',
    'no name sex age party job phone 文明劝导 36',
    9,
    '序号=row.number 姓名=person.name 性别=person.sex 年龄=person.age 政治面貌=person.party 职业=person.occupation 联系电话=person.phone 服务类型 服务时长（小时）',
  ),
  ledger(
    'key-persons',
    '特殊群体走访记录',
    'no grid name id 精神障碍 other phone day other 情绪稳定',
    8,
    '序号=row.number 网格=place.grid 姓名=person.name 身份证号=person.id_number 人员类别=person.need 监护人 监护人联系电话 走访时间=work.on 走访人=work.worker 走访情况',
  ),
  ledger(
    'pregnancies',
    '孕产妇保健登记',
    'no name age id phone address day day 12 other phone',
    7,
    '序号=row.number 姓名=person.name 年龄=person.age 身份证号=person.id_number 本人电话=person.phone 家庭住址=person.lives_at 末次月经 预产期=person.due_on 孕周 丈夫姓名 丈夫电话',
  ),
  ledger(
    'works',
    '民生实事项目进度表',
    'no 样例路改造 town 120 body other day day 60 remark',
    8,
    '序号=row.number 项目名称 所属街道=place.town 总投资（万元） 责任单位=work.body 责任人=work.answerable 开工日期=work.begun_on 完成时限=work.due_on 形象进度（%） 备注=row.remark',
  ),
  ledger(
    'disputes',
    '矛盾纠纷排查化解台账',
    'no day name other 相邻通行 一般 other measure day',
    8,
    '序号=row.number 受理时间=work.on 申请人 被申请人 纠纷内容 纠纷类型 调解员 处理结果=work.measure 办结日期=work.done_on',
  ),
  ledger(
    'statistics',
    '各社区人口统计表',
    'no community 320 900 450 450 60 33',
    6,
    '序号=row.number 社区=place.community 总户数 总人口 男性人数 女性人数 60岁以上人数 残疾人数',
  ),
];
