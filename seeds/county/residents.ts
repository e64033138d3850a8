import { checkDigitOf } from '../../src/domains/land/registry/fields/value.model.ts';
import { type Chance, chance } from './chance.ts';
import { countHomes } from './dwellings.ts';
import { factLabels, factsOf, type Somebody } from './facts.ts';
import type { Ground } from './founding.ts';
import type { LedgerFile } from './holdings.ts';
import { communities } from './land.ts';
import { givenName, inventedPhone, surnameOf } from './names.ts';

const labels = [
  ...'序号 姓名 性别 出生日期 身份证号 联系电话 户号 与户主关系 所属网格 楼栋 门牌号 文化程度 婚姻状况 是否独居 是否低保 备注'.split(
    ' ',
  ),
  ...factLabels.split(' '),
];

/**
 * Some sixty thousand people, home by home: what the secretary of each community has in a spreadsheet. Nobody lives here.
 * One file after the other: all of them at once would be a lot to hold.
 */
export function* residentFiles(ground: Ground, year: number): Generator<LedgerFile> {
  const taken = new Set<string>();
  let order = 0;
  for (const community of communities) {
    const by = chance('residents', community.key);
    const also = chance('facts of residents', community.key);
    const rows: string[][] = [];
    for (const [key, here] of ground.neighbourhoods) {
      if (here.grid.community !== community) continue;
      for (const { list } of countHomes(ground.geography, new Map([[key, here]])))
        for (const home of list) {
          const family = household(by, year).map((member): Numbered => {
            let idNumber = '';
            do {
              order += 1;
              idNumber = numberFor(member, order);
            } while (taken.has(idNumber));
            taken.add(idNumber);
            return { ...member, idNumber };
          });
          const facts = factsOf(also, family, { community, year });
          const number = `${key}/${home.building}/${home.doorNo}`;
          const place = [here.grid.name, home.building, home.doorNo];
          for (const [i, { name, sex, bornOn, idNumber, phone, relation, rest }] of family.entries()) {
            const who = [String(rows.length + 1), name, sex, bornOn, idNumber, phone];
            rows.push([...who, number, relation, ...place, ...rest, ...(facts[i] ?? [])]);
          }
        }
    }
    const title = `${community.name}居民信息登记表`;
    const lines = [[title], labels, ...rows].map((row) => row.join(','));
    yield { ledger: 'residents', area: community.key, name: `${title}.csv`, bytes: Buffer.from(lines.join('\r\n')) };
  }
}

type Numbered = Member & Pick<Somebody, 'idNumber'>;

interface Member extends Omit<Somebody, 'idNumber'> {
  readonly bornOn: string;
  /** Schooling, marriage, lives alone, minimum allowance, remark. */
  readonly rest: readonly string[];
}

type Plan = readonly [relation: string, sex: '男' | '女', age: number];

/** Who lives behind a door: old people alone, couples, families with children and with grandparents. */
function household(by: Chance, year: number): Member[] {
  const sex = by.happens(0.5) ? '男' : '女';
  const other = sex === '男' ? '女' : '男';
  const kind = by.weigh([0, 1, 2, 3, 4], (one) => [9, 24, 30, 24, 13][one] ?? 0);
  const age = kind === 0 ? by.between(62, 91) : kind === 1 ? by.between(24, 82) : by.between(27, 55);
  const child = (): Plan => {
    const isSon = by.happens(0.52);
    return [isSon ? '子' : '女', isSon ? '男' : '女', Math.max(0, age - by.between(23, 32))];
  };
  const parent = (of: '男' | '女'): Plan => [of === '男' ? '父亲' : '母亲', of, age + by.between(22, 30)];
  const plans: Plan[] = [['户主', sex, age]];
  if (kind >= 1) plans.push(['配偶', other, age + by.between(-4, 3)]);
  if (kind >= 2) plans.push(child());
  if (kind >= 3) plans.push(kind === 3 && by.happens(0.5) ? child() : parent(by.happens(0.4) ? '男' : '女'));
  // Of two parents of the head one is the father.
  if (kind >= 4) plans.push(parent(plans.at(-1)?.[1] === '男' ? '女' : '男'));
  const poor = by.happens(0.02);
  const family = surnameOf(by);
  return plans.map(([relation, ofSex, years], i) => {
    const isFamily = /^(户主|子|女)$/.test(relation) || (relation === '父亲' && sex === '男');
    const married =
      years < 24
        ? '未婚'
        : /^(父亲|母亲)$/.test(relation)
          ? kind === 4
            ? '已婚'
            : by.pick(['已婚', '丧偶'])
          : kind === 0
            ? '丧偶'
            : '已婚';
    const schooling =
      years < 7
        ? ''
        : years < 19
          ? '在读'
          : years > 65
            ? by.pick(['小学', '小学', '初中'])
            : by.pick(['初中', '高中', '大学专科', '大学本科']);
    return {
      name: `${isFamily ? family : surnameOf(by)}${givenName(by, ofSex === '女')}`,
      sex: ofSex,
      years,
      bornOn: `${year - years}-${two(by.between(1, 12))}-${two(by.between(1, 28))}`,
      phone: years > 12 && (i === 0 || by.happens(0.6)) ? mistyped(by, inventedPhone(by)) : '',
      relation,
      ...{ isAlone: kind === 0, isPoor: poor },
      rest: [schooling, married, kind === 0 ? '是' : '否', poor ? '是' : '否', ''],
    };
  });
}

/** Now and then a digit is lost: whoever takes the file in is told. */
const mistyped = (by: Chance, phone: string): string => (by.happens(0.002) ? phone.slice(0, 10) : phone);

/** Numbers of the county's own, whose first digits belong to no county that there is. */
function numberFor({ sex, bornOn }: Member, order: number): string {
  const head = `439901${bornOn.replaceAll('-', '')}${String((order % 500) * 2 + (sex === '男' ? 1 : 0)).padStart(3, '0')}`;
  return `${head}${checkDigitOf(head)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
