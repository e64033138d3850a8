import type { AreaLevel } from '../../src/domains/land/areas/index.ts';
import type { Role } from '../../src/domains/land/staff/index.ts';
import type { BodyKind } from '../../src/domains/work/standards/standard.model.ts';
import type { Boundary } from '../../src/kernel/geo.ts';
import type { Id } from '../../src/kernel/id.ts';
import { derivedId } from '../../src/kernel/ids.ts';

/** The small county: the cast of the tests, the first screens and the documents. Everything and everybody is invented. */
export interface AreaPlan {
  readonly key: string;
  readonly parent: string | null;
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
  readonly boundary: Boundary | null;
}

export interface CastMember {
  readonly name: string;
  readonly login: string;
  /** Seats: a role at the area or in the body of this key. */
  readonly posts: readonly (readonly [Role, string])[];
  readonly phone?: string;
}

const WEST = 112.9;
const SOUTH = 28.1;
/** Grids are squares of about 500 m; a community is three of them in a row. */
const STEP = 0.005;

function square(column: number, row: number): Boundary {
  const [west, south] = [WEST + column * STEP, SOUTH + row * STEP];
  const [east, north] = [west + STEP, south + STEP];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}

/** The middle of a grid's square, a little off centre. */
export const inside = (column: number, row: number): { lon: number; lat: number } => ({
  lon: WEST + (column + 0.4) * STEP,
  lat: SOUTH + (row + 0.6) * STEP,
});

const grid = (community: string, code: string, no: number, column: number, row: number, name: string): AreaPlan => ({
  key: `${community}-${no}`,
  parent: community,
  level: 'grid',
  code: `${code}${String(no).padStart(3, '0')}`,
  name,
  boundary: square(column, row),
});

export const areas: readonly AreaPlan[] = [
  { key: 'county', parent: null, level: 'county', code: '439901', name: '安澜县', boundary: null },
  { key: 'east', parent: 'county', level: 'town', code: '439901001', name: '城东街道', boundary: null },
  { key: 'river', parent: 'county', level: 'town', code: '439901102', name: '临河镇', boundary: null },
  { key: 'station', parent: 'east', level: 'community', code: '439901001001', name: '二运社区', boundary: null },
  { key: 'park', parent: 'east', level: 'community', code: '439901001002', name: '青园社区', boundary: null },
  { key: 'ferry', parent: 'river', level: 'community', code: '439901102201', name: '渡口村', boundary: null },
  grid('station', '439901001001', 1, 0, 0, '二运第一网格'),
  grid('station', '439901001001', 2, 1, 0, '二运第二网格'),
  grid('station', '439901001001', 3, 2, 0, '二运第三网格'),
  grid('park', '439901001002', 1, 0, 1, '青园第一网格'),
  grid('park', '439901001002', 2, 1, 1, '青园第二网格'),
  grid('ferry', '439901102201', 1, 0, 3, '渡口第一网格'),
  grid('ferry', '439901102201', 2, 1, 3, '渡口第二网格'),
  // Eight high-rise buildings of one compound: micro-grids without borders are areas all the same.
  ...Array.from(
    { length: 8 },
    (_, i): AreaPlan => ({
      key: `tower-${i + 1}`,
      parent: 'park-1',
      level: 'micro_grid',
      code: `439901001002001${String(i + 1).padStart(3, '0')}`,
      name: `青园小区${i + 1}栋`,
      boundary: null,
    }),
  ),
];

export const bodies: readonly { key: string; name: string; kind: BodyKind; area: string; allDay: boolean }[] = [
  { key: 'water', name: '安澜县供水公司', kind: 'water', area: 'county', allDay: true },
  { key: 'power', name: '安澜县供电公司', kind: 'power', area: 'county', allDay: true },
  { key: 'works', name: '安澜县市政养护中心', kind: 'municipal-works', area: 'county', allDay: false },
  { key: 'order', name: '城东街道综合执法队', kind: 'urban-enforcement', area: 'east', allDay: false },
  { key: 'clean', name: '安澜县环卫所', kind: 'sanitation', area: 'county', allDay: false },
  { key: 'property', name: '青园物业公司', kind: 'property-company', area: 'park', allDay: true },
  { key: 'justice', name: '城东司法所', kind: 'justice', area: 'east', allDay: false },
  { key: 'safety', name: '安澜县应急管理局', kind: 'emergency', area: 'county', allDay: true },
  { key: 'pipes', name: '长河管道工程公司', kind: 'drainage', area: 'county', allDay: false },
];

export const cast: readonly CastMember[] = [
  { name: '王秀兰', login: 'wangxiulan', posts: [['grid_worker', 'station-1']], phone: '13900000001' },
  { name: '李建国', login: 'lijianguo', posts: [['grid_leader', 'station-1']], phone: '13900000002' },
  {
    name: '吴芳',
    login: 'wufang',
    posts: [
      ['grid_worker', 'station-2'],
      ['grid_worker', 'station-3'],
    ],
  },
  {
    name: '郑海',
    login: 'zhenghai',
    posts: [
      ['grid_worker', 'park-1'],
      ['grid_worker', 'park-2'],
    ],
  },
  {
    name: '田青',
    login: 'tianqing',
    posts: [
      ['grid_worker', 'ferry-1'],
      ['grid_worker', 'ferry-2'],
    ],
  },
  { name: '孙丽', login: 'sunli', posts: [['community_head', 'station']], phone: '13900000003' },
  { name: '高明', login: 'gaoming', posts: [['community_head', 'park']] },
  { name: '罗河', login: 'luohe', posts: [['community_head', 'ferry']] },
  { name: '何静', login: 'hejing', posts: [['registrar', 'east']] },
  { name: '陈敏', login: 'chenmin', posts: [['dispatcher', 'east']] },
  { name: '蒋涛', login: 'jiangtao', posts: [['leader', 'east']] },
  { name: '宋洁', login: 'songjie', posts: [['mediator', 'east']] },
  {
    name: '丁一',
    login: 'dingyi',
    posts: [
      ['registrar', 'river'],
      ['dispatcher', 'river'],
    ],
  },
  { name: '赵磊', login: 'zhaolei', posts: [['leader', 'county']] },
  { name: '钱进', login: 'qianjin', posts: [['dispatcher', 'county']] },
  { name: '沈月', login: 'shenyue', posts: [['registrar', 'county']] },
  { name: '韩冬', login: 'handong', posts: [['verifier', 'county']] },
  { name: '梁督', login: 'liangdu', posts: [['inspector', 'county']] },
  { name: '周工', login: 'zhougong', posts: [['body_head', 'water']] },
  { name: '许师傅', login: 'xushifu', posts: [['body_worker', 'water']] },
  { name: '冯电', login: 'fengdian', posts: [['body_desk', 'power']] },
  { name: '曹路', login: 'caolu', posts: [['body_desk', 'works']] },
  { name: '谢工', login: 'xiegong', posts: [['body_worker', 'works']] },
  { name: '彭队', login: 'pengdui', posts: [['body_head', 'order']] },
  { name: '魏洁', login: 'weijie', posts: [['body_desk', 'clean']] },
  { name: '范管家', login: 'fanguanjia', posts: [['body_desk', 'property']] },
  { name: '卢法', login: 'lufa', posts: [['body_desk', 'justice']] },
  { name: '石安', login: 'shian', posts: [['body_desk', 'safety']] },
  { name: '金管', login: 'jinguan', posts: [['body_head', 'pipes']] },
  // One lead for each of the eight towers.
  ...['邵英', '龚平', '汤云', '贺芬', '孔林', '白梅', '崔刚', '康静'].map(
    (name, i): CastMember => ({ name, login: `louzhang${i + 1}`, posts: [['building_lead', `tower-${i + 1}`]] }),
  ),
  { name: '管理员', login: 'admin', posts: [['admin', 'county']] },
  { name: '审计员', login: 'auditor', posts: [['auditor', 'county']] },
];

/** Which body answers for what: kind of work by county or town. */
export const rules: readonly {
  area: string;
  kind: BodyKind;
  ground: 'owner' | 'territory';
  body: string;
  basis: string;
}[] = [
  { area: 'county', kind: 'water', ground: 'owner', body: 'water', basis: '供水管网产权单位' },
  { area: 'county', kind: 'power', ground: 'owner', body: 'power', basis: '供电设施产权单位' },
  { area: 'county', kind: 'municipal-works', ground: 'territory', body: 'works', basis: '城区道路养护职责' },
  { area: 'county', kind: 'municipal-works', ground: 'owner', body: 'works', basis: '市政设施产权单位' },
  { area: 'county', kind: 'drainage', ground: 'owner', body: 'pipes', basis: '管网代管协议' },
  { area: 'east', kind: 'urban-enforcement', ground: 'territory', body: 'order', basis: '街道综合执法职责' },
  { area: 'county', kind: 'sanitation', ground: 'territory', body: 'clean', basis: '环卫作业职责' },
  { area: 'park', kind: 'property-company', ground: 'territory', body: 'property', basis: '物业服务合同' },
  { area: 'east', kind: 'justice', ground: 'territory', body: 'justice', basis: '人民调解职责' },
  { area: 'county', kind: 'emergency', ground: 'territory', body: 'safety', basis: '安全生产综合监管职责' },
];

/** Ids follow from realm and key, so that a test can name anything it needs. */
export const idOf = (realm: number, what: string, key: string): Id => derivedId('small', String(realm), what, key);
