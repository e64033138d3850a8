import type { Cell } from './xlsx.ts';

/** Nobody lives in province 99, nobody is called 某甲, and 199 0000 has no subscribers: all of it is invented, and looks so. */
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];
const stems = [...'甲乙丙丁戊己庚辛壬癸'];
const pick = <T>(of: readonly T[], at: number): T => of[at % of.length] as T;
const two = (n: number): string => String(n).padStart(2, '0');

interface Born {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const born = (i: number): Born => ({
  year: 1938 + ((i * 7) % 60),
  month: 1 + ((i * 5) % 12),
  day: 1 + ((i * 11) % 28),
});

function checked(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + '10X98765432'[sum % 11];
}

function creditCode(i: number): string {
  const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `92990001MA${String(i + 1000).padStart(6, '0')}0`;
  const sum = [...body].reduce((total, char, at) => total + digits.indexOf(char) * (3 ** at % 31), 0);
  return body + digits[(31 - (sum % 31)) % 31];
}

/** Days since the last of 1899 as spreadsheets count them. */
export const serial = ({ year, month, day }: Born): number => Date.UTC(year, month - 1, day) / 86_400_000 + 25_569;

const facts = {
  no: (i) => i + 1,
  name: (i) => `${pick(surnames, i)}某${pick(stems, Math.floor(i / 3))}`,
  other: (i) => `${pick(surnames, i + 5)}某${pick(stems, i + 4)}`,
  sex: (i) => (i % 3 === 1 ? '女' : '男'),
  nation: (i) => (i % 9 === 4 ? '回族' : '汉族'),
  born: (i) => `${born(i).year}-${two(born(i).month)}-${two(born(i).day)}`,
  bornMonth: (i) => `${born(i).year}.${two(born(i).month)}`,
  serial: (i) => ({ v: serial(born(i)), fmt: 14 }),
  age: (i) => 2026 - born(i).year,
  id: (i) =>
    checked(
      `990001${born(i).year}${two(born(i).month)}${two(born(i).day)}${String(100 + i * 3)
        .padStart(3, '0')
        .slice(-3)}`,
    ),
  phone: (i) => `1990000${String(1000 + ((i * 37) % 9000))}`,
  address: (i) => `样例路${i + 3}号${1 + (i % 4)}单元${1 + (i % 6)}0${1 + (i % 3)}室`,
  building: (i) => `${1 + Math.floor(i / 4)}栋`,
  entrance: (i) => 1 + (i % 3),
  door: (i) => `${1 + (i % 6)}0${1 + (i % 3)}`,
  community: (i) => pick(['石桥社区', '柳湾社区', '样田社区'], Math.floor(i / 4)),
  town: () => '样例镇',
  group: (i) => `${pick(['一', '二', '三', '四'], i)}组`,
  grid: (i) => `第${pick(['一', '二', '三', '四'], i)}网格`,
  relation: (i) => pick(['户主', '妻', '子', '女'], i),
  school: (i) => pick(['小学', '初中', '高中', '大专', '本科'], i),
  marital: (i) => pick(['已婚', '未婚', '丧偶'], i),
  party: (i) => pick(['群众', '中共党员', '共青团员'], i),
  job: (i) => pick(['务农', '个体', '退休', '学生'], i),
  work: (i) => `样例${pick(['纺织', '食品', '机械'], i)}厂`,
  yes: (i) => (i % 3 === 0 ? '是' : '否'),
  tick: (i) => (i % 3 === 0 ? '√' : ''),
  one: (i) => (i % 3 === 0 ? 1 : 0),
  size: (i) => 1 + (i % 6),
  money: (i) => 8000 + i * 350,
  area: (i) => 60.5 + i * 4,
  storeys: (i) => 1 + (i % 6),
  year: (i) => 1985 + (i % 35),
  structure: (i) => pick(['砖混', '框架', '土木', '砖木'], i),
  shop: (i) => `样例${pick(['百货店', '小吃店', '理发店', '五金行'], i)}${i + 1}号`,
  firm: (i) => `样例县${pick(['纺织', '食品', '机械'], i)}有限公司（虚构${i + 1}）`,
  code: (i) => creditCode(i),
  trade: (i) => pick(['零售业', '餐饮业', '居民服务业', '制造业'], i),
  site: (i) => `样例路${i + 3}号门前`,
  hazard: (i) => pick(['电线私拉乱接', '消防通道堆放杂物', '灭火器过期', '外墙砖松动'], i),
  level: (i) => pick(['一般', '较大', '重大'], i),
  measure: (i) => pick(['立即清理', '限期更换', '拉警戒线并报修'], i),
  day: (i) => `2026-0${1 + (i % 9)}-${two(1 + ((i * 3) % 28))}`,
  body: (i) => pick(['样例镇应急办', '样例镇城管队', '石桥社区居委会'], i),
  lon: (i) => 110.2 + i / 1000,
  lat: (i) => 30.1 + i / 1000,
  remark: (i) => (i % 5 === 2 ? '外出' : null),
  blank: () => null,
} satisfies Record<string, (i: number) => Cell>;

export type Fact = keyof typeof facts;

export const fact = (kind: Fact, i: number): Cell => facts[kind](i);

/** `kinds` divided by spaces; a kind not among the facts stands for itself in every row. */
export function people(count: number, kinds: string, from = 0): Cell[][] {
  const wanted = kinds.split(' ');
  return Array.from({ length: count }, (_, at) =>
    wanted.map((kind) => (kind in facts ? fact(kind as Fact, from + at) : kind)),
  );
}
