import { channelReaders } from '../../domains/community/channel/channel.workflow.ts';
import { requestReaders } from '../../domains/community/requests/request.model.ts';
import { ledgerReaders } from '../../domains/land/registry/ledger.model.ts';
import { isRole, type Role, roles, staffRoles } from '../../domains/land/staff/staff.model.ts';
import { issuers } from '../../domains/telling/notices/notice.model.ts';
import { overseerRoles } from '../../domains/work/chain/chain.model.ts';
import { checkpointReaders } from '../../domains/work/checkpoints/checkpoint.model.ts';
import { directiveReaders } from '../../domains/work/directives/item.model.ts';
import { finders, hazardReaders } from '../../domains/work/inspections/hazard.model.ts';
import { patrolReaders } from '../../domains/work/patrols/patrol.model.ts';
import { peopleRoles } from '../../domains/work/people/people.model.ts';
import type { Words } from '../../kernel/words.ts';
import type { DeskFrame } from './console.pages.ts';
import { helpFor } from './help.ts';

/** The pages of the console, and to whom each is offered. */
interface DeskLink {
  readonly href: string;
  readonly words: Words;
  /** Whose posts may go there; left out: everybody's. */
  readonly for?: (role: Role) => boolean;
  /** Drawn by the desk itself; without script there is nothing to see. */
  readonly app?: true;
  /** Not of every day: under “more” where the line would be full. */
  readonly seldom?: true;
}

/** Who hangs something up in their grid or community. */
const posted: ReadonlySet<Role> = new Set(['grid_worker', 'grid_leader', 'community_head']);
const boardRoles: ReadonlySet<Role> = new Set(['dispatcher', 'leader', 'inspector']);
const overseers: ReadonlySet<Role> = new Set(overseerRoles);
const staff: ReadonlySet<Role> = new Set(staffRoles);
const readers: ReadonlySet<Role> = new Set(ledgerReaders);
const carriers: ReadonlySet<Role> = new Set(directiveReaders);
const patrolling: ReadonlySet<Role> = new Set(patrolReaders);
const gates: ReadonlySet<Role> = new Set(checkpointReaders);
const checks: ReadonlySet<Role> = new Set(finders);
const appointers: ReadonlySet<Role> = new Set(peopleRoles);

const links: readonly DeskLink[] = [
  { href: '/console', words: { zh: '我的待办', en: 'My work' } },
  { href: '/console/intake', words: { zh: '登记来报', en: 'Write down' }, for: (role) => staff.has(role), app: true },
  { href: '/console/notices', words: { zh: '通知', en: 'Notices' }, for: (role) => issuers.includes(role), app: true },
  { href: '/console/channel', words: { zh: '频道', en: 'Channel' }, for: (role) => channelReaders.includes(role) },
  { href: '/console/cases', words: { zh: '案卷', en: 'Cases' }, for: (role) => staff.has(role) },
  { href: '/console/ledgers', words: { zh: '台账', en: 'Ledgers' }, for: (role) => readers.has(role) },
  {
    href: '/console/requests',
    words: { zh: '个人信息请求', en: 'Requests of persons' },
    for: (role) => requestReaders.includes(role),
    seldom: true,
  },
  { href: '/console/map', words: { zh: '地图', en: 'Map' }, for: (role) => staff.has(role), app: true },
  {
    href: '/console/areas',
    words: { zh: '区域变更', en: 'Change areas' },
    for: (role) => role === 'admin',
    app: true,
  },
  {
    href: '/console/dispatch',
    words: { zh: '派遣台', en: 'Dispatch' },
    for: (role) => boardRoles.has(role),
    app: true,
  },
  {
    href: '/console/callbacks',
    words: { zh: '回访', en: 'Call back' },
    for: (role) => role === 'registrar',
    app: true,
  },
  { href: '/console/figures', words: { zh: '指标', en: 'Figures' }, for: (role) => roles[role].readsArea },
  { href: '/console/campaigns', words: { zh: '走访', en: 'Campaigns' }, for: (role) => readers.has(role) },
  { href: '/console/patrols', words: { zh: '巡查', en: 'Patrols' }, for: (role) => patrolling.has(role), seldom: true },
  {
    href: '/console/checkpoints',
    words: { zh: '卡口', en: 'Checkpoints' },
    for: (role) => gates.has(role),
    seldom: true,
  },
  {
    href: '/console/burden',
    words: { zh: '填表负担', en: 'Filling in' },
    for: (role) => readers.has(role),
    seldom: true,
  },
  {
    href: '/console/directives',
    words: { zh: '任务分解', en: 'Tasks' },
    for: (role) => carriers.has(role),
    seldom: true,
  },
  { href: '/console/pledges', words: { zh: '承诺书', en: 'Pledges' }, for: (role) => staff.has(role), seldom: true },
  {
    href: '/console/hazards',
    words: { zh: '隐患', en: 'Hazards' },
    for: (role) => hazardReaders.includes(role),
    seldom: true,
  },
  {
    href: '/console/inspections',
    words: { zh: '督导检查', en: 'Inspections' },
    for: (role) => checks.has(role),
    seldom: true,
  },
  {
    href: '/console/responsibility',
    words: { zh: '责任链', en: 'Responsibility' },
    for: (role) => overseers.has(role),
    seldom: true,
  },
  { href: '/console/people', words: { zh: '人员', en: 'People' }, for: (role) => appointers.has(role), seldom: true },
  { href: '/console/standards', words: { zh: '立案标准', en: 'Standards' }, seldom: true },
  { href: '/console/operator', words: { zh: '运行维护', en: 'Operating' }, for: (role) => role === 'admin' },
  { href: '/console/audit', words: { zh: '审计', en: 'Audit' }, for: (role) => role === 'auditor' },
  { href: '/console/posters', words: { zh: '二维码', en: 'Posters' }, for: (role) => posted.has(role), seldom: true },
  { href: '/console/channel/robots', words: { zh: '群机器人', en: 'Group robots' }, for: (role) => role === 'admin' },
  { href: '/console/account', words: { zh: '我的账号', en: 'My account' }, seldom: true },
];

/** So many stand in one line beside the search on the narrowest desk. */
const MOST_IN_LINE = 9;

/** A link that would be refused is not shown; where all fit into the line, none is put away. */
export function linksOf({ me, handovers = 0 }: Pick<DeskFrame, 'me' | 'handovers'>): readonly DeskLink[] {
  if (me === null) return [];
  const held = me.posts.map(({ role }) => role).filter(isRole);
  const own = links.filter((link) => link.for === undefined || held.some(link.for));
  const words = { zh: `待确认的交接 ${handovers}`, en: `Hand-overs to confirm ${handovers}` };
  const toConfirm: readonly DeskLink[] = handovers === 0 ? [] : [{ href: '/console/handovers', words }];
  const help: DeskLink = { href: helpFor(held[0]), words: { zh: '？帮助', en: '? Help' }, seldom: true };
  const all: readonly DeskLink[] = [...own.slice(0, 1), ...toConfirm, ...own.slice(1), help];
  if (all.length <= MOST_IN_LINE) return all.map(({ seldom: _, ...link }) => link);
  // Whoever holds several posts has more of every day than a line takes: the last of it goes under “more” too.
  const kept = new Set(all.filter(({ seldom }) => !seldom).slice(0, MOST_IN_LINE));
  return all.map((link) => (kept.has(link) ? link : { ...link, seldom: true as const }));
}

/** The link a page belongs to: its own, or the nearest above it. */
export function linkAt(all: readonly Pick<DeskLink, 'href'>[], path: string): string | undefined {
  const above = all.filter(({ href }) => href === path || (href !== '/console' && path.startsWith(`${href}/`)));
  return above.map(({ href }) => href).sort((a, b) => b.length - a.length)[0];
}

/** For links that not everybody who sees the page may follow. */
export const holdsOneOf = ({ me }: Pick<DeskFrame, 'me'>, of: readonly Role[]): boolean =>
  me?.posts.some(({ role }) => isRole(role) && of.includes(role)) ?? false;
