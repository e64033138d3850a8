import type { Chance } from './chance.ts';
import type { CommunityPlan } from './land.ts';
import { COUNTY, towns } from './land.ts';
import { givenName, inventedPhone, surnameOf } from './names.ts';

/** What a community knows of somebody besides who lives where: plausible together, and nobody's. */
export interface Somebody {
  readonly name: string;
  readonly sex: '男' | '女';
  readonly years: number;
  readonly phone: string;
  readonly relation: string;
  readonly idNumber: string;
  readonly isAlone: boolean;
  readonly isPoor: boolean;
}

/** In the order in which `factsOf` tells them. */
export const factLabels =
  '民族 政治面貌 户籍地址 户口性质 人口类型 人户一致标识 就业状况 职业 工作单位 原工作单位 就读学校 健康状况 生活自理能力 残疾类别 残疾等级 残疾证号 患病情况 ' +
  '医疗保险类型 养老保险类型 紧急联系人 与紧急联系人关系 紧急联系人电话 是否退役军人 困难类型 困难及诉求 帮扶人 月保障金额 开户银行 银行账号 家庭年收入 外出去向 留守类型 监护人姓名 监护人电话';

type Facts = Partial<Record<string, string>>;
const labels = factLabels.split(' ');

interface Household {
  readonly community: CommunityPlan;
  readonly year: number;
}

/** One row a member; what nobody needs to know stays empty. */
export function factsOf(by: Chance, family: readonly Somebody[], at: Household): string[][] {
  const home = registrationOf(by, at);
  const income = String(by.between(3, 22) * 10_000);
  const away = !at.community.urban && family.length > 1 && by.happens(0.12);
  return family.map((one): string[] => {
    const facts: Facts = {
      ...home,
      民族: by.happens(0.97) ? '汉族' : by.pick(['土家族', '苗族', '侗族', '回族']),
      ...workOf(by, one, at.community),
      ...healthOf(by, one),
      ...insuranceOf(one, at.community),
      ...contactOf(by, one, family),
      ...helpOf(by, one),
      ...(one.relation === '户主' && { 家庭年收入: one.isPoor ? String(by.between(9, 20) * 1000) : income }),
      ...(away && awayOf(by, one, family)),
    };
    return labels.map((label) => facts[label] ?? '');
  });
}

function registrationOf(by: Chance, { community }: Household): Facts {
  const town = towns.find(({ key }) => key === community.town)?.name ?? '';
  const kind = community.urban ? '居民户口' : '农业户口';
  if (by.happens(community.urban ? 0.12 : 0.03))
    return { 户籍地址: '云汀县柳塘镇', 户口性质: '农业户口', 人口类型: '流动人口', 人户一致标识: '人在户不在' };
  const isSame = by.happens(0.9);
  return {
    ...{ 户籍地址: `${COUNTY.name}${town}${isSame ? community.name : ''}`, 户口性质: kind },
    ...{ 人口类型: '户籍人口', 人户一致标识: isSame ? '人户一致' : '人户分离' },
  };
}

const jobs = [
  ['营业员', '县百货公司'],
  ['驾驶员', '县公共交通公司'],
  ['工人', '县建材厂'],
  ['教师', '县第二小学'],
  ['护士', '县人民医院'],
  ['保洁员', '安居物业公司'],
  ['厨师', '县招待所'],
  ['职员', '县邮政局'],
] as const;
const formerly = ['县纺织厂', '县机械厂', '县粮食局', '县运输公司', '县第一中学', '县水泥厂'] as const;

function workOf(by: Chance, { years, sex }: Somebody, { urban }: CommunityPlan): Facts {
  if (years < 3) return { 就业状况: '学龄前' };
  if (years < 7) return { 就业状况: '学龄前', 就读学校: '县中心幼儿园' };
  if (years < 19) {
    const school = years < 13 ? by.pick(['县第一小学', '县第二小学']) : years < 16 ? '县第三中学' : '县第一中学';
    return { 就业状况: '在读', 就读学校: school, ...(years > 14 && { 政治面貌: '共青团员' }) };
  }
  const party = by.happens(years > 50 ? 0.1 : 0.06) ? '中共党员' : years < 28 && by.happens(0.5) ? '共青团员' : '群众';
  const served = sex === '男' && years > 22 && by.happens(0.05) ? { 是否退役军人: '是' } : {};
  if (years >= (sex === '男' ? 60 : 55)) {
    const own = urban || by.happens(0.15) ? { 就业状况: '退休', 原工作单位: by.pick(formerly) } : { 就业状况: '务农' };
    return { 政治面貌: party, ...served, ...own };
  }
  if (by.happens(0.07)) return { 政治面貌: party, ...served, 就业状况: '失业' };
  if (!urban && by.happens(0.5)) return { 政治面貌: party, ...served, 就业状况: '务农', 职业: '农民' };
  if (by.happens(0.2)) return { 政治面貌: party, ...served, 就业状况: '个体经营', 职业: '个体工商户' };
  const [job, employer] = by.pick(jobs);
  return { 政治面貌: party, ...served, 就业状况: '就业', 职业: job, 工作单位: employer };
}

const disabilities = ['视力残疾', '听力残疾', '言语残疾', '肢体残疾', '智力残疾', '精神残疾', '多重残疾'];
const grades = ['一级', '二级', '三级', '四级'];

/** The number of the certificate is that of the person, the kind and the grade. */
function healthOf(by: Chance, { years, idNumber }: Somebody): Facts {
  const ill =
    years > 60 && by.happens(0.35) ? { 健康状况: '有慢性病', 患病情况: by.pick(chronic) } : { 健康状况: '健康' };
  const alone = years > 79 ? { 生活自理能力: by.pick(['自理', '自理', '半自理', '不能自理']) } : {};
  if (!by.happens(years > 60 ? 0.05 : 0.012)) return { ...ill, ...alone };
  const kind = by.weigh([1, 2, 3, 4, 5, 6, 7], (one) => [12, 20, 2, 50, 7, 6, 3][one - 1] ?? 0);
  const grade = by.between(1, 4);
  return {
    ...ill,
    ...alone,
    残疾类别: disabilities[kind - 1],
    残疾等级: grades[grade - 1],
    残疾证号: `${idNumber}${kind}${grade}`,
  };
}
const chronic = ['高血压', '糖尿病', '冠心病', '慢性支气管炎'];

function insuranceOf({ years }: Somebody, { urban }: CommunityPlan): Facts {
  const isWorking = urban && years > 22;
  const pension = years < 16 ? {} : { 养老保险类型: isWorking ? '城镇职工' : '城乡居民' };
  return { 医疗保险类型: isWorking ? '职工医保' : '居民医保', ...pension };
}

/** Whom to call for the old and for children; of those who live with nobody somebody who lives elsewhere. */
function contactOf(by: Chance, one: Somebody, family: readonly Somebody[]): Facts {
  if (one.isAlone) {
    const isWoman = by.happens(0.5);
    const name = `${isWoman ? surnameOf(by) : one.name.slice(0, 1)}${givenName(by, isWoman)}`;
    return { 紧急联系人: name, 与紧急联系人关系: isWoman ? '女' : '子', 紧急联系人电话: inventedPhone(by) };
  }
  if (one.years > 14 && one.years < 70) return {};
  const other = family.find(
    (member) => member !== one && member.phone.length === 11 && member.years > 18 && member.years < 70,
  );
  return other ? { 紧急联系人: other.name, 与紧急联系人关系: other.relation, 紧急联系人电话: other.phone } : {};
}

/** An account is known of those alone to whom money is paid. */
function helpOf(by: Chance, { isPoor, relation, idNumber }: Somebody): Facts {
  if (!isPoor) return {};
  const account = `4399${idNumber.slice(6).replace('X', '0')}000`;
  return {
    困难类型: '低保对象',
    月保障金额: String(by.between(28, 52) * 10),
    ...(relation === '户主' && {
      ...{ 开户银行: '安澜农村商业银行', 银行账号: account },
      ...{ 困难及诉求: by.pick(wishes), 帮扶人: `${surnameOf(by)}${givenName(by, by.happens(0.5))}` },
    }),
  };
}
const wishes = ['希望介绍就近的工作', '房屋漏雨，希望修缮', '看病花费大，希望申请医疗救助', '孩子上学费用有困难'];

/** Father or mother have gone to work elsewhere; a grandparent stands for the child. */
function awayOf(by: Chance, { years, relation }: Somebody, family: readonly Somebody[]): Facts {
  if (relation === '户主' && years < 60) return { 外出去向: by.pick(['邻省务工', '省城务工', '外地务工']) };
  if (years > 60) return { 留守类型: '留守老人' };
  const elder = family.find((member) => /^(父亲|母亲)$/.test(member.relation));
  if (years >= 16 || !elder) return {};
  return { 留守类型: '留守儿童', 监护人姓名: elder.name, 监护人电话: elder.phone };
}
