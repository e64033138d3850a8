/**
 * What twelve public forms of the field ask, and two more: their labels as facts, with where each was read. README.md says
 * how they were chosen and laid out. Written before anything was measured; the labels are not changed to suit the product.
 */
export interface PublicForm {
  readonly key: string;
  readonly title: string;
  readonly issuer: string;
  /** Number or day of the document it belongs to, as far as the page says it. */
  readonly document: string;
  readonly readAt: string;
  /** What of it the page did not show, or what could not be checked. */
  readonly unsure: string;
  /** Of what a row of it tells. */
  readonly about: 'residents' | 'houses' | 'enterprises';
  /** Who belongs into it, by what a county knows. */
  readonly who: readonly Who[];
  /** A blank each: `祖父/出生日期` stands under a group. */
  readonly asks: readonly string[];
  /** What only an office writes into it: opinions, signatures, seals. */
  readonly office: readonly string[];
}

export interface Who {
  readonly field: string;
  readonly is: 'equals' | 'at_least' | 'at_most';
  readonly value: string;
}

const listed = (...lines: string[]): string[] => lines.join(' ').split(' ');
const under = (group: string, labels: string): string =>
  listed(labels)
    .map((one) => `${group}/${one}`)
    .join(' ');
const poor: Who = { field: 'person.low_income', is: 'equals', value: '是' };

export const twelve: readonly PublicForm[] = [
  {
    key: 'children',
    title: '农村留守儿童基本情况登记表',
    issuer: '民政部、教育部、公安部',
    document: '附件1；应属民发〔2016〕42号《关于开展农村留守儿童摸底排查工作的通知》',
    readAt: 'https://360docs.net/doc/3418298010.html',
    unsure: '页面是网友上传的抄件，没有写文号；文号按同一时间（2016年7月31日）和题目推断',
    about: 'residents',
    who: [{ field: 'person.age', is: 'at_most', value: '15' }],
    asks: listed(
      '姓名 性别 民族 出生日期 公民身份证号码 是否登记户口 户籍所在地 现居住地 身体情况 残疾类别及等级 患病类型 是否学校寄宿',
      '就学情况 祖父姓名 祖父/出生日期 祖母姓名 祖母/出生日期 外祖父姓名 外祖父/出生日期 外祖母姓名 外祖母/出生日期',
      '父亲姓名 父亲/出生日期 父亲/当前务工地点 父亲/联系电话 父亲公民身份证号码',
      '母亲姓名 母亲/出生日期 母亲/当前务工地点 母亲/联系电话 母亲公民身份证号码 父母双方同时外出',
      '父母一方外出、另一方无监护能力 无监护能力 父母外出有无委托其他监护人 委托监护人姓名 受委托监护人电话',
      '受委托监护人/公民身份证号码 与被监护人关系 受委托监护人/居住地地址 监护类型 监护情况 家庭经济来源 救助帮扶情况',
    ),
    office: listed('单位负责人（签名） 复核人（签名） 填表人（签名）'),
  },
  {
    key: 'elders',
    title: '杭州市社区（村）居家养老服务申请表',
    issuer: '杭州市民政局',
    document: '2011年10月22日《关于印发〈杭州市社区（村）居家养老服务需求评估表〉的通知》表一',
    readAt: 'http://ask.fsou.com/html/text/lar/173292/17329289.html',
    unsure: '只看了表一（申请表），没有看后面的评估表',
    about: 'residents',
    who: [{ field: 'person.age', is: 'at_least', value: '60' }],
    asks: listed(
      '姓名 身份证号码 性别 出生年月 民族 文化程度 籍贯 婚姻状况 居住 经济条件 特殊贡献 年龄 户籍所在地 居住地址 邮编',
      '住宅电话 手机 代理人姓名 与申请人关系 代理人地址 代理人/电话 代理人/手机',
    ),
    office: listed('申请人（代理人）签字'),
  },
  {
    key: 'allowance',
    title: '湘潭市城市居民最低生活保障金申请审批表',
    issuer: '湘潭市（页面未写局名）',
    document: '页面未写文号',
    readAt: 'https://m.wenke99.com/p-542725.html',
    unsure: '网友上传的抄件，排版已乱，成员栏按文字先后归组',
    about: 'residents',
    who: [poor],
    asks: listed(
      '户主姓名 性别 年龄 家庭人口 工作单位 现家庭住址 身份证号码 户口所在地 企业性质及状况',
      under('家庭成员', '姓名 年龄 称谓 身份类别 身体状况 工作单位 月收入情况'),
      '家庭月总收入 家庭月人均收入 机动车辆 家庭人均金融资产 房产',
    ),
    office: listed('区审批意见 保障人口 保障类别 保障标准 月人均收入差额 户月保障金额 盖章'),
  },
  {
    key: 'destitute',
    title: '农村特困供养人员入户核查表',
    issuer: '临沂市兰山区人民政府办公室',
    document: '临兰政办字〔2018〕52号《兰山区社会救助专项整治行动实施方案》附件1',
    readAt: 'http://lyls.gov.cn/info/1695/59437_1.htm',
    unsure: '',
    about: 'residents',
    who: [poor],
    asks: listed(
      '户主姓名 家庭人口 保障人口 是否是建档立卡户 村级公示 残疾种类/精神智力 残疾种类/其他 自理能力 供养方式 护理人员',
      under('家庭成员', '姓名 与户主关系 年龄 健康状况 职业状况 年收入（元）'),
      '住房情况 交通工具 劳动能力 经济来源 法定赡抚养人能力 是否符合特困供养人员条件',
    ),
    office: listed('入户人员签字 村（社区）签字 户主签字（手印）'),
  },
  {
    key: 'disabled',
    title: '困难残疾人低保对象生活补贴申请审批表',
    issuer: '邻水县（页面未写局名）',
    document: '页面未写文号',
    readAt: 'https://www.doczj.com/doc/6013907435.html',
    unsure: '网友上传的抄件',
    about: 'residents',
    who: [poor],
    asks: listed(
      '姓名 性别 出生年月 残疾证号 身份证号码 联系电话 是否享受低保 是否纳入享受特困人员供养保障 是否领取工伤保险生活护理费',
      '是否纳入老年、因公致残、离休等生活补贴 开户银行 户名 银行卡号 户籍地址 申请贫困原因',
    ),
    office: listed('乡（镇）民政所审核意见 乡（镇）人民政府审定意见 签名'),
  },
  {
    key: 'census',
    title: '第七次全国人口普查短表',
    issuer: '国家统计局、国务院人口普查办公室',
    document: '国统字〔2019〕24号，R601表（备用表）',
    readAt: 'http://biz.doczj.com/doc/021290458.html',
    unsure: '页面在 D12 以后截断',
    about: 'residents',
    who: [],
    asks: listed(
      '普查区 普查小区 建筑物编号 住房单元编号 户编号 户别 本户应登记的人数 出生人口 死亡人口 住所类型 本户现住房建筑面积',
      '本户现住房间数 姓名 与户主关系 公民身份号码 性别 出生年月 民族 普查时点居住地 户口登记地 离开户口登记地时间',
      '离开户口登记地原因 受教育程度 是否识字',
    ),
    office: [],
  },
  {
    key: 'jobless',
    title: '山西省就业困难人员认定情况表',
    issuer: '山西省人力资源和社会保障部门',
    document: '《关于山西省就业困难人员认定管理方法的通知》附件1',
    readAt: 'https://0477ly.com/newsdetail/news649507.html',
    unsure: '转载页，文号未写；字形是繁体',
    about: 'residents',
    who: [
      { field: 'person.age', is: 'at_least', value: '16' },
      { field: 'person.age', is: 'at_most', value: '59' },
    ],
    asks: listed(
      '姓名 性别 身份证号 常住地址 户籍所属社区（村） 联系电话 健康状况 家庭人口 登记失业时间',
      under('家庭人员', '姓名 性别 身份证号 与本人关系 目前状况'),
      '申请人员类别',
    ),
    office: listed('照片 申请人签字 社区（村）意见'),
  },
  {
    key: 'migrants',
    title: '黄石港区少数民族流动人口登记表',
    issuer: '黄石港区统战服务系统',
    document: '公开源码中的一页，题目即表名',
    readAt: '公开代码库中的 JSP 页面（题目“黄石港区统战服务系统”），按字检索可得',
    unsure: '检索不给库名；是系统里的录入表，不是印发的文件',
    about: 'residents',
    who: [],
    asks: listed(
      '序号 姓名 性别 身份证号 民族 宗教信仰 户籍地址 经营地址 行业类别 租住地址 联系方式 其它 所属片区 所属社区 所属网络',
    ),
    office: [],
  },
  {
    key: 'shelter',
    title: '崩塌、滑坡、泥石流等地质灾害防灾避险明白卡',
    issuer: '县（区）自然资源（国土）部门，按《地质灾害防治条例》发放',
    document: '页面未写文号',
    readAt: 'http://biz.doczj.com/doc/4b16640493.html',
    unsure: '全国通用式样的抄件，页面未写发放单位',
    about: 'residents',
    who: [],
    asks: listed(
      '编号 户主姓名 家庭住址 家庭人数 房屋类别',
      under('家庭成员', '姓名 性别 年龄'),
      '灾害类型 灾害体与本住户的位置关系 灾害规模 灾害诱发因素 监测人 监测人/联系电话 预警信号 预警信号发布人',
      '预警信号发布人/联系电话 撤离路线 安置单位 安置地点 安置单位负责人 安置单位负责人/联系电话 救护单位',
      '救护单位负责人 救护单位负责人/联系电话',
    ),
    office: listed('本卡发放单位（盖章） 户主签名 日期'),
  },
  {
    key: 'houses',
    title: '厦门市房屋安全隐患排查整治专项行动自查表（砖木、石木、土木结构）',
    issuer: '厦门市',
    document: '22年3月版',
    readAt: 'https://www.xiaomilidoc.com/p-10864490.html',
    unsure: '网友上传的抄件；只取房屋本身的项目，逐条的危险情形是检查时现看的，不算“已知的事”',
    about: 'houses',
    who: [],
    asks: listed(
      '业主 区 街道（乡镇） 社区（村） 路（街巷）号 联系电话 使用单位 使用单位类别 层数 地下层数 地上层数 建筑面积 建成时间',
      '基础类型 房屋类别 设计情况 改造情况 用途',
    ),
    office: listed('自查情况'),
  },
  {
    key: 'venues',
    title: '公众聚集场所投入使用、营业前消防安全检查申报表',
    issuer: '公安部（消防）',
    document: '消防监督法律文书式样一',
    readAt: 'http://119tx.com/news/show-20139.html',
    unsure: '转载页',
    about: 'enterprises',
    who: [],
    asks: listed(
      '场所名称 主要负责人 地址 建筑结构 场所面积 使用层数 联系人 联系电话 场所性质',
      under('与其他单位共用建筑', '名称 建筑面积 建筑层数 建筑高度'),
      '场所消防验收或备案情况 现有消防设施 其他需要说明的情况',
    ),
    office: listed('申请单位（公章） 申报时间'),
  },
  {
    key: 'enterprises',
    title: '上海市小企业安全生产标准化外部评审申请表',
    issuer: '上海市',
    document: '2013年申报资料',
    readAt: 'https://www.mdjjksjc.com/html/2017/0115/83899765.shtm',
    unsure: '网友上传的抄件；“企业概况”以后截断',
    about: 'enterprises',
    who: [],
    asks: listed(
      '企业名称 工商注册登记号 注册地址 注册地址/邮编 经营地址 经营地址/邮编 法定代表人 法定代表人/电话 电子邮箱 联系人',
      '联系人/手机 职工人数 生产车间数 占地面积 厂房占地面积 生产产品名称及年产量、年营业额 主要原材料、辅料名称及年用量',
    ),
    office: listed('申请单位盖章'),
  },
];

/** Read in the same search and measured as well, but not counted: twelve were full. */
export const spare: readonly PublicForm[] = [
  {
    key: 'relief',
    title: '大石桥市居民临时救助申请审批表',
    issuer: '大石桥市（政府网站）',
    document: '编号（LSJZ），2025年3月26日公布',
    readAt: 'http://www.dsq.gov.cn/govxxgk/dsqs/2025-03-26/3bf52f5d-2ac2-4ed6-b0fb-3f0fb2bda6f9.html',
    unsure: '',
    about: 'residents',
    who: [poor, { field: 'household.relation', is: 'equals', value: '户主' }],
    asks: listed(
      '户主姓名 性别 家庭人口 户籍所在地 户主身份证号 现居住地 联系电话 上次享受救助时间、数量 本次累计救助次数、金额',
      '其他各种社会救助政策兑现情况',
    ),
    office: listed('核实情况 评议意见 政府审核意见 民政局审批意见'),
  },
  {
    key: 'workers',
    title: '困难职工档案表',
    issuer: '工会（各地总工会通用）',
    document: '附件2，2020年3月上传',
    readAt: 'https://m.wenku365.com/p-56060167.html',
    unsure: '网友上传的抄件',
    about: 'residents',
    who: [poor],
    asks: listed(
      '职工编号 困难类别 姓名 民族 性别 政治面貌 身份证号 出生日期 健康状况 残疾类别 工作状态 劳模类型 住房类型 建筑面积',
      '手机号码 其他联系方式 邮政编码 工作时间 所属行业 婚姻状况 户口类型 家庭住址 工作单位 单位性质 企业状况 是否单亲',
      '本人月平均收入 家庭其他非薪资年收入 家庭年度总收入 家庭人口 家庭月人均收入 户口所在地行政区划 医保状况',
      '是否有一定自救能力 是否为零就业家庭',
      under('家庭主要成员', '姓名 关系 性别 政治面貌 身份证号 出生日期 健康状况 月收入 身份 医保状况 单位或学校'),
      '主要致困原因 次要致困原因 开户银行 支行名称 银行卡号 备注',
    ),
    office: listed('建档人 审核人'),
  },
];
