import { plain } from './value.model.ts';

/**
 * What offices write for a thing that has a code list of the state, and the one word of the list that is kept for it. What no
 * list knows is kept as it is written: nothing is repaired that might have been meant otherwise, and no row is refused for
 * a word that a community likes better.
 */
export interface CodeList {
  /** Where the words come from; of a list of ours what it is modelled on. */
  readonly standard: string;
  readonly words: readonly string[];
  /** Written otherwise: the word that is kept, then what else is said for it. */
  readonly said: readonly string[];
}

const list = (standard: string, words: string, ...said: string[]): CodeList => ({
  ...{ standard, said },
  words: words.split(' '),
});

/** GB/T 3304: the 56, each also without 族. */
const NATIONS =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 ' +
  '撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺';

const lists: Readonly<Record<string, CodeList>> = {
  'person.nation': list(
    'GB/T 3304',
    NATIONS.split(' ')
      .map((one) => `${one}族`)
      .join(' '),
    ...NATIONS.split(' ').map((one) => `${one}族 ${one}`),
  ),
  'person.schooling': list(
    'GB/T 4658',
    '学龄前 在读 文盲或半文盲 小学 初中 高中 中等专科 职业高中 技工学校 大学专科 大学本科 硕士研究生 博士研究生',
    '文盲或半文盲 文盲 半文盲 不识字 未上学 未上过学 无学历',
    '小学 小学毕业 小学文化 小学教育 小学肄业',
    '初中 初中毕业 初级中学 初中文化 初级中学教育 普通初中',
    '高中 高中毕业 普通高中 高级中学 普通高级中学教育 高中文化',
    '中等专科 中专 中等专业学校 中专毕业 中等职业教育 中职 中等专业教育',
    '职业高中 职高 职高毕业',
    '技工学校 技校 技校毕业',
    '大学专科 大专 专科 大专毕业 高职 高职高专 大学专科教育 专科教育 大学专科毕业',
    '大学本科 本科 大学 大本 本科毕业 学士 大学本科教育 本科学历 大学毕业',
    '硕士研究生 硕士 研究生 硕士毕业 研究生教育 硕士研究生毕业',
    '博士研究生 博士 博士毕业',
    '学龄前 学前 未入学 学前教育 幼儿园',
    '在读 在校 学生 在学',
  ),
  'person.marital': list(
    'GB/T 2261.2',
    '未婚 已婚 初婚 再婚 复婚 丧偶 离婚',
    '未婚 未婚姻 单身 未结婚',
    '已婚 有配偶 结婚 已结婚',
    '初婚 初婚有配偶',
    '再婚 再婚有配偶',
    '复婚 复婚有配偶',
    '丧偶 丧',
    '离婚 离异 已离婚 离',
  ),
  'person.party': list(
    'GB/T 4762',
    '中共党员 中共预备党员 共青团员 民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员 无党派人士 群众',
    '中共党员 党员 中国共产党党员 正式党员 共产党员 中共正式党员 中国共产党员',
    '中共预备党员 预备党员 中国共产党预备党员',
    '共青团员 团员 中国共产主义青年团团员',
    '群众 普通群众 一般群众 普通公民 群众现称普通公民',
    '无党派人士 无党派 无党派民主人士',
    '民革党员 民革 民革会员',
    '民盟盟员 民盟',
    '民建会员 民建',
    '民进会员 民进',
    '农工党党员 农工党',
    '致公党党员 致公党',
    '九三学社社员 九三学社 九三',
    '台盟盟员 台盟',
  ),
  'household.relation': list(
    'GB/T 4761',
    '户主 本人 配偶 夫 妻 子 独生子 长子 次子 三子 四子 五子 养子或继子 女婿 女 独生女 长女 次女 三女 四女 五女 养女或继女 儿媳 子女 孙子 孙女 ' +
      '外孙子 外孙女 孙媳妇或外孙媳妇 孙女婿或外孙女婿 曾孙子或曾外孙子 曾孙女或曾外孙女 父母 父亲 母亲 公公 婆婆 岳父 岳母 继父或养父 ' +
      '继母或养母 祖父母 祖父 祖母 外祖父 外祖母 配偶的祖父母或外祖父母 曾祖父 曾祖母 兄弟姐妹 兄 嫂 弟 弟媳 姐姐 姐夫 妹妹 妹夫 伯父 伯母 ' +
      '叔父 婶母 舅父 舅母 姨父 姨母 姑父 姑母 堂兄弟、堂姐妹 表兄弟、表姐妹 侄子 侄女 外甥 外甥女 其他亲属 非亲属',
    '配偶 爱人 老伴',
    '夫 丈夫 老公',
    '妻 妻子 老婆',
    '子 儿子 儿 之子',
    '女 女儿 之女',
    '长子 大儿子',
    '次子 二儿子 二子',
    '三子 三儿子',
    '长女 大女儿',
    '次女 二女儿 二女',
    '三女 三女儿',
    '儿媳 儿媳妇 媳妇 长媳 次媳',
    '父亲 父 爸爸 爸',
    '母亲 母 妈妈 妈',
    '公公 家公',
    '婆婆 家婆',
    '岳父 丈人',
    '岳母 丈母娘',
    '祖父 爷爷',
    '祖母 奶奶',
    '外祖父 外公 姥爷',
    '外祖母 外婆 姥姥',
    '外孙子 外孙',
    '孙子 孙 长孙 次孙',
    '兄 哥哥 哥 长兄 胞兄',
    '弟 弟弟 胞弟',
    '嫂 嫂子 嫂嫂',
    '姐姐 姐 胞姐',
    '妹妹 妹 胞妹',
    '非亲属 租客 租户 朋友 无亲属关系 其他非亲属',
  ),
  'person.disability': list(
    'GB/T 26341',
    '视力残疾 听力残疾 言语残疾 肢体残疾 智力残疾 精神残疾 多重残疾 无',
    ...['视力', '听力', '言语', '肢体', '智力', '精神', '多重'].map(
      (one) => `${one}残疾 ${one} ${one}残 ${one}类 ${one}障碍`,
    ),
    '视力残疾 盲 盲人',
    '听力残疾 聋',
    '言语残疾 语言 语言残疾',
    '肢体残疾 肢残 肢体残障',
    '智力残疾 智残',
    '精神残疾 精残',
    '无 否 没有 无残疾 非残疾 不是',
  ),
  'person.disability_grade': list(
    'GB/T 26341',
    '一级 二级 三级 四级',
    '一级 1 1级 一 壹级 Ⅰ级 I级',
    '二级 2 2级 二 贰级 Ⅱ级 II级',
    '三级 3 3级 三 叁级 Ⅲ级 III级',
    '四级 4 4级 四 肆级 Ⅳ级 IV级',
  ),
  'person.health': list(
    'GB/T 2261.3',
    '健康 良好 一般 较弱 有慢性病 重病 残疾',
    '健康 健康或良好 身体健康 正常 无疾病',
    '良好 较好 好',
    '一般 一般或较弱 尚可',
    '较弱 较差 差 体弱 体弱多病',
    '有慢性病 慢性病 慢病 患慢性病 患有慢性病',
    '重病 大病 患大病 重大疾病 患重病 患有大病',
  ),
  'person.self_care': list(
    'GB/T 42195',
    '自理 半自理 不能自理 轻度失能 中度失能 重度失能 完全失能',
    '自理 完全自理 能自理 能 可自理 能力完好 生活自理 有自理能力 全自理',
    '半自理 部分自理 半失能 部分失能',
    '不能自理 失能 不能 全护理 无自理能力 完全不能自理 无法自理',
  ),
  'person.employment': list(
    'GB/T 2261.4',
    '学龄前 在读 务农 就业 灵活就业 个体经营 失业 退休 丧失劳动能力 未就业',
    '在读 学生 在校 在校学生 上学 读书',
    '务农 农民 种地 农业 在家务农',
    '就业 已就业 在职 上班 在岗 务工 就业中 单位就业',
    '灵活就业 自由职业 零工 打零工 自由职业者 灵活就业人员',
    '个体经营 个体 个体户 经商 个体经营者 自主创业 创业',
    '失业 失业人员 登记失业 下岗',
    '退休 退休人员 离退休 退离休 离休 退（离）休人员',
    '未就业 无业 待业 无业人员 无',
  ),
  'person.registration_kind': list(
    'GA/T 2000.2',
    '农业户口 非农业户口 居民户口 集体户口',
    '农业户口 农业 农村 农户 农业家庭户口 农村户口',
    '非农业户口 非农业 非农 城镇 非农业家庭户口 城镇户口',
    '居民户口 居民 统一居民户口 城乡居民户口',
    '集体户口 集体 集体户',
  ),
  'person.residence': list(
    'GB/T 31000',
    '人户一致 人户分离 人在户不在 户在人不在 空挂户',
    '人户一致 一致 是 人户同在 人在户在',
    '人户分离 不一致 分离',
    '户在人不在 户在人不在本地 户在人外',
    '空挂户 空挂 挂户',
  ),
  'person.population_kind': list(
    'GB/T 31000',
    '户籍人口 流动人口 境外人员 常住人口',
    '户籍人口 户籍 本地户籍 户籍人员 户籍居民',
    '流动人口 流动 流入人口 外来人口 暂住人口 流动人员',
    '境外人员 境外 境外人口 外籍',
    '常住人口 常住 常住人员',
  ),
  'person.left_behind': list(
    'GB/T 31000',
    '留守儿童 留守老人 留守妇女',
    '留守儿童 儿童 农村留守儿童',
    '留守老人 老人 留守老年人 老年人',
    '留守妇女 妇女',
  ),
  'person.pension_kind': list(
    '《社会保险法》',
    '城镇职工 城乡居民 机关事业单位 未参保',
    '城镇职工 职工 职工养老保险 城镇职工养老保险 城镇职工基本养老保险 企业职工基本养老保险 企业职工 职工基本养老保险 职保',
    '城乡居民 居民 城乡居民养老保险 城乡居民基本养老保险 新农保 居民养老保险 城居保',
    '机关事业单位 机关事业单位养老保险 机关事业单位基本养老保险 机关事业',
    '未参保 未参加 无 否 没有 未缴纳',
  ),
  'person.medical_kind': list(
    '《社会保险法》',
    '职工医保 居民医保 公费医疗 未参保',
    '职工医保 职工 城镇职工 城镇职工医保 城镇职工基本医疗保险 职工基本医疗保险 城镇职工医疗保险',
    '居民医保 居民 城乡居民 城乡居民医保 城乡居民基本医疗保险 新农合 城乡居民医疗保险 居民基本医疗保险 合作医疗',
    '未参保 未参加 无 否 没有 未缴纳',
  ),
  'person.destitute_kind': list(
    '《特困人员认定办法》',
    '分散供养 集中供养',
    '分散供养 分散 分散特困 散居',
    '集中供养 集中 集中特困 敬老院集中供养',
  ),
  'household.kind': list('GB/T 31000', '家庭户 集体户', '家庭户 家庭', '集体户 集体'),
  'house.grade': list(
    'JGJ 125',
    'A级 B级 C级 D级',
    ...['A', 'B', 'C', 'D'].map((one) => `${one}级 ${one} ${one}类 ${one}级房屋 ${one}级危房 ${one}级住房`),
  ),
  'house.owner_kind': list(
    'GB/T 31000',
    '私有 集体 国有 单位 公租房 其他',
    '私有 私人 个人 私产 自有 个人所有 私房 私有产权',
    '集体 集体所有 集体产权 村集体',
    '国有 国有产权 公有 公产 直管公房',
    '单位 单位产权 单位所有 单位房',
    '公租房 公共租赁住房 廉租房 保障房',
  ),
  'house.state': list(
    '一标三实',
    '自住 出租 部分出租 空置 经营 自住兼经营 借住 停用',
    '自住 自用 自己住 居住 自住房',
    '出租 已出租 租赁 出租房 整租',
    '部分出租 自住兼出租 部分自住部分出租 合租',
    '空置 闲置 无人居住 空房 无人住 未入住 空闲',
    '经营 经营用 商用 商业',
    '停用 停止使用 封存',
  ),
  'enterprise.state': list(
    '《市场主体登记管理条例》',
    '在营 停业 歇业 筹建 注销 吊销',
    '在营 正常 营业 营业中 正常营业 在业 存续 开业 是 在营在册 正常经营 正常生产 在产 经营中',
    '停业 停产 关门 停业中 暂停营业 停产停业 停止营业 关停 已停业',
    '歇业 已歇业',
    '注销 已注销',
    '吊销 已吊销 吊销未注销',
    '筹建 在建 筹备 装修中 未开业',
  ),
  'hazard.level': list(
    '《安全风险分级管控》',
    '低 一般 较大 重大',
    '低 低风险 蓝色 蓝 四级 Ⅳ级 IV级',
    '一般 一般风险 黄色 黄 三级 Ⅲ级 III级 一般隐患',
    '较大 较大风险 橙色 橙 二级 Ⅱ级 II级',
    '重大 重大风险 红色 红 一级 Ⅰ级 I级 重大隐患 高 高风险',
  ),
};

const wordBy = new Map(
  Object.entries(lists).map(([code, { words, said }]) => {
    const others = said.flatMap((line) => {
      const [word = '', ...rest] = line.split(' ');
      return rest.map((one) => [one, word] as const);
    });
    const own = words.map((word) => [word, word] as const);
    return [code, new Map([...others, ...own].map(([one, word]) => [keyOf(one), word]))] as const;
  }),
);

/** Capital or not, with brackets or not. */
function keyOf(text: string): string {
  return plain(text)
    .toUpperCase()
    .replace(/[()（）]/g, '');
}

export const codeListOf = (code: string): CodeList | undefined => lists[code];
export const codedFields: readonly string[] = Object.keys(lists);

/** The word of its list; undefined: the field has none, or it knows no such word. */
export function codedWord(code: string, text: string): string | undefined {
  const words = wordBy.get(code);
  // Most stand there as they are kept: of sixty thousand rows each look costs.
  return words?.get(text) ?? words?.get(keyOf(text));
}
