import { type Chance, chance } from './chance.ts';
import { countHomes } from './dwellings.ts';
import type { Ground } from './founding.ts';
import { houseFacts, houseLabels, pointFacts, pointLabels, shopFacts, shopLabels } from './holding_facts.ts';
import { towns } from './land.ts';
import { givenName, inventedPhone, surnameOf } from './names.ts';

/** Houses, shops and what is dangerous, as the desk of each township keeps them. Nobody owns any of it. */
export interface LedgerFile {
  readonly ledger: 'residents' | 'houses' | 'enterprises' | 'facilities';
  /** The area it is for; besides, what it is called by. */
  readonly area: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const HOMES = 10;
const SHOPS = 3;

interface Door {
  readonly community: string;
  readonly grid: string;
  readonly building: string;
  readonly door: string;
  readonly isFlat: boolean;
}

/** Three files a township; of each neighbourhood some homes, some shops and a spot to look after. */
export function* holdingFiles(ground: Ground, year: number): Generator<LedgerFile> {
  const here = [...ground.neighbourhoods];
  for (const town of towns) {
    const by = chance('holdings', town.key);
    const near = here.filter(([, { grid }]) => grid.community.town === town.key);
    const doors = near.flatMap(([key, one]) => {
      const homes = countHomes(ground.geography, new Map([[key, one]])).flatMap(({ list }) => list);
      const at = { community: one.grid.community.name, grid: one.grid.name, isFlat: one.compound !== null };
      const step = Math.max(1, Math.floor(homes.length / HOMES));
      const some = homes.filter((_, i) => i % step === 0).slice(0, HOMES);
      return some.map(({ building, doorNo }): Door => ({ ...at, building, door: doorNo }));
    });
    const spots = near.map(([, { grid, places, hamlet }]): Spot => {
      const at = { community: grid.community.name, grid: grid.name };
      const streets = places.filter(({ setting }) => setting === 'street').slice(0, SHOPS);
      const doors = streets.map(({ words }) => words.replace(/(门前|旁边|对面)$/, ''));
      return { at, shops: doors.length > 0 ? doors : [`${hamlet ?? ''}组`], spot: places[0]?.words ?? '' };
    });
    yield housesFile(by, town, doors, year);
    yield shopsFile(by, town, spots, year);
    yield pointsFile(by, town, spots, year);
  }
}

type Town = Pick<(typeof towns)[number], 'key' | 'name'>;

/** Some of the doors of the small county: who lives behind 3-2-401 is told by a file of its own. */
export function* smallHoldings(): Generator<LedgerFile> {
  const by = chance('holdings', 'small');
  const community = '二运社区';
  const town = { key: 'station', name: community };
  const doors = [1, 2, 3].flatMap((building) =>
    [1, 2].flatMap((entrance) =>
      [1, 2, 3, 4, 5, 6].map(
        (floor): Door => ({
          ...{ community, grid: `二运第${'一二三'[building - 1]}网格`, isFlat: true },
          ...{ building: `${building}栋`, door: `${entrance}-${floor}01` },
        }),
      ),
    ),
  );
  const spots = ['一', '二', '三'].map((no) => ({
    at: { community, grid: `二运第${no}网格` },
    ...{ shops: ['二运巷口', '二运巷中段', '老车站旁'].map((words) => `${words}${no}号`), spot: `二运巷${no}段` },
  }));
  yield housesFile(by, town, doors, 2025);
  yield shopsFile(by, town, spots, 2025);
  yield pointsFile(by, town, spots, 2025);
}

function housesFile(by: Chance, town: Town, doors: readonly Door[], year: number): LedgerFile {
  const labels =
    '序号 所属社区 所属网格 楼栋 门牌号 房主姓名 房主电话 房屋结构 层数 建成年份 鉴定等级 是否自建房 是否出租'.split(
      ' ',
    );
  const also = chance('facts of houses', town.key);
  const rows = doors.map(({ community, grid, building, door, isFlat }, i) => {
    const built = year - by.between(3, isFlat ? 35 : 50);
    const grade = by.weigh(['A级', 'B级', 'C级', 'D级'], (one) => ({ A: 70, B: 24, C: 5, D: 1 })[one[0] as 'A']);
    const structure = isFlat ? by.pick(['框架', '砖混']) : by.pick(['砖混', '砖木', '土木']);
    const kept = [structure, String(isFlat ? 6 : by.between(1, 3)), String(built), grade];
    const owner = [personName(by), inventedPhone(by)];
    const isLet = by.happens(0.2);
    return [
      ...[String(i + 1), community, grid, building, door],
      ...owner,
      ...kept,
      isFlat ? '否' : '是',
      isLet ? '是' : '否',
      ...houseFacts(also, { grade, isFlat, isLet, year }),
    ];
  });
  return fileOf('houses', town, '房屋信息登记表', [...labels, ...houseLabels], rows);
}

interface Spot {
  readonly at: Pick<Door, 'community' | 'grid'>;
  readonly shops: readonly string[];
  readonly spot: string;
}

const trades = [
  ['早餐店', '餐饮'],
  ['便利店', '零售'],
  ['理发店', '居民服务'],
  ['五金店', '零售'],
  ['药店', '医药零售'],
  ['电动车行', '维修'],
] as const;

function shopsFile(by: Chance, town: Town, spots: readonly Spot[], year: number): LedgerFile {
  const labels = '序号 商户名称 法人代表 法人电话 行业类别 从业人数 经营地址 所属社区 所属网格'.split(' ');
  const also = chance('facts of shops', town.key);
  const rows = spots.flatMap(({ at, shops }) =>
    shops.map((address) => {
      const [kind, trade] = by.pick(trades);
      const head = personName(by);
      const phone = inventedPhone(by);
      return [`${head.slice(0, 1)}记${kind}`, head, phone, trade, String(by.between(1, 6)), address].concat(
        at.community,
        at.grid,
        shopFacts(also, { head, phone, trade, year }),
      );
    }),
  );
  return fileOf('enterprises', town, '商户登记表', [...labels, ...shopLabels], numbered(rows));
}

function pointsFile(by: Chance, town: Town, spots: readonly Spot[], year: number): LedgerFile {
  const also = chance('facts of risk points', town.key);
  const labels = '序号 设施名称 设施类型 位置 责任人 责任人电话 风险等级 所属社区 所属网格'.split(' ');
  const kinds = ['消火栓', '配电箱', '化粪池', '健身器材', '排水口'];
  const rows = spots.map(({ at, spot }) => {
    const kind = by.pick(kinds);
    const level = by.weigh(['低', '一般', '较大'], (one) => ({ 低: 6, 一般: 3, 较大: 1 })[one] ?? 0);
    const person = [personName(by), inventedPhone(by)];
    const facts = pointFacts(also, { kind, level, year });
    return [`${spot}${kind}`, kind, spot, ...person, level, at.community, at.grid, ...facts];
  });
  return fileOf('facilities', town, '设施和风险点清单', [...labels, ...pointLabels], numbered(rows));
}

const numbered = (rows: readonly string[][]): string[][] => rows.map((row, i) => [String(i + 1), ...row]);
const personName = (by: Chance): string => `${surnameOf(by)}${givenName(by, by.happens(0.5))}`;

function fileOf(
  ledger: LedgerFile['ledger'],
  { key, name }: Town,
  title: string,
  labels: readonly string[],
  rows: readonly (readonly string[])[],
): LedgerFile {
  const lines = [[`${name}${title}`], labels, ...rows].map((row) => row.join(','));
  return { ledger, area: key, name: `${name}${title}.csv`, bytes: Buffer.from(lines.join('\r\n')) };
}
