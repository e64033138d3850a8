import { type Role, roleNames, roles } from '../../src/domains/land/staff/staff.model.ts';
import { dutyWords } from '../../src/domains/work/obligations/index.ts';
import type { Endpoint, Party } from '../../src/kernel/endpoint.ts';
import type { Words } from '../../src/kernel/words.ts';
import type { Permission, Process, Row } from '../../src/kernel/workflow.ts';
import { pageOf, tableOf } from './markdown.ts';
import { endpoints } from './openapi.ts';
import { type AnyTable, processes } from './processes.ts';

/** Who may do what, when: each process as command × role, its conditions, and the same seen from each post. */
export async function permissionPage(): Promise<string> {
  const all = await processes();
  return pageOf(
    '# 谁可以办什么 · Permissions',
    [
      '由流程表生成,和程序检查的是同一张表。格子里的字是凭什么:',
      'Made from the tables that the server checks. What stands in a cell is the ground:',
    ].join('\n'),
    tableOf(
      ['', '凭什么', 'ground'],
      Object.values(grounds).map(({ mark, zh, en }) => [`**${mark}**`, zh, en]),
    ),
    '保密案卷不认“区”和“代”。 A confidential case ignores 区 and 代.',
    ...all.map(({ title, table }) => sectionOf(title, table)),
    endpointSection(),
  );
}

const grounds = {
  duty: { mark: '责', zh: '这件事正由本人、本岗位或本单位负责', en: 'the person, post or body owes this duty on it' },
  behalf: {
    mark: '代',
    zh: '替正被询问的报事人记下，案卷在本岗位的区域内',
    en: 'for the reporter who is asked, the case lying in the area of the post',
  },
  area: { mark: '区', zh: '案卷在本岗位的区域内', en: 'it lies in the area of the post' },
  named: { mark: '圈', zh: '被列入知情范围', en: 'named in its circle' },
  any: { mark: '岗', zh: '只看岗位', en: 'the role alone' },
} as const;

type AnyRow = Row<Process>;
const others = {
  reporter: { zh: '报事人', en: 'reporter' },
  system: { zh: '系统时钟', en: 'the clock' },
} as const satisfies Record<string, Words>;
type Who = Role | keyof typeof others;

const wordsOfWho = (who: Who): Words => (who in others ? others[who as keyof typeof others] : roles[who as Role].words);
const everybody: readonly Who[] = [...roleNames, 'reporter', 'system'];

function groundsOf(row: AnyRow, who: Who): Permission<Process>[] {
  return row.by.filter((by): by is Permission<Process> => typeof by === 'object' && by.roles.includes(who));
}

/** `责区`, `✓` for whoever needs no ground, or nothing. */
function marks(row: AnyRow, who: Who): string {
  if (row.by.includes(who as 'reporter' | 'system')) return '✓';
  return [...new Set(groundsOf(row, who).map(({ ground }) => grounds[ground].mark))].join('');
}

function sectionOf(title: string, table: AnyTable): string {
  const concerned = everybody.filter((who) => Object.values(table.rows).some((row) => marks(row, who) !== ''));
  return [
    `## ${title}`,
    '### 步骤 × 岗位 · command × role',
    matrix(table, concerned),
    '### 什么时候 · when',
    conditions(table),
    '### 按岗位看 · seen from each post',
    ...concerned.map((who) => seenFrom(table, who)),
  ].join('\n\n');
}

function matrix(table: AnyTable, concerned: readonly Who[]): string {
  const rows = Object.entries(table.rows).map(([command, row]) => [
    `${row.words.zh}\n\`${command}\``,
    ...concerned.map((who) => marks(row, who)),
  ]);
  return tableOf(['', ...concerned.map((who) => wordsOfWho(who).zh)], rows);
}

function conditions({ rows, statuses, flags }: AnyTable): string {
  const lines = Object.entries(rows).map(([command, row]) => {
    const from = isAlways(row, statuses) ? [anyStatus.zh] : row.from.map((status) => statuses[status]?.zh ?? status);
    const to = row.to === 'same' ? '不变' : (statuses[row.to]?.zh ?? row.to);
    const listed = (names: readonly string[] = []): string => names.map((name) => flags[name]?.zh ?? name).join('、');
    return [
      `${row.words.zh}\n${row.words.en}\n\`${command}\``,
      from.join('、'),
      to,
      listed(row.needs),
      listed(row.unless),
      (row.guards ?? []).map(({ says }) => `• ${says.zh} · ${says.en}`).join('\n'),
    ];
  });
  return tableOf(
    ['步骤 · command', '在 · from', '到 · to', '要有 · needs', '不能有 · unless', '否则会说 · else it is said'],
    lines,
  );
}

/** What is possible in every status is said once. */
function seenFrom({ rows, statuses }: AnyTable, who: Who): string {
  const { zh, en } = wordsOfWho(who);
  const own = Object.values(rows).filter((row) => marks(row, who) !== '');
  const always = own.filter((row) => isAlways(row, statuses));
  const line = (when: Words, possible: readonly AnyRow[]): string[] =>
    possible.length === 0
      ? []
      : [`- **${when.zh}**(${when.en}):${possible.map((row) => `${row.words.zh}${because(row, who)}`).join('、')}`];
  const lines = Object.entries(statuses).flatMap(([status, words]) =>
    line(
      words,
      own.filter((row) => row.from.includes(status) && !always.includes(row)),
    ),
  );
  return [`#### ${zh} · ${en}`, [...lines, ...line(anyStatus, always)].join('\n')].join('\n\n');
}

const anyStatus: Words = { zh: '任何状态', en: 'any status' };
const isAlways = (row: AnyRow, statuses: AnyTable['statuses']): boolean =>
  row.from.length === Object.keys(statuses).length;

/** For a duty its name, since that is what waits in the inbox. */
function because(row: AnyRow, who: Who): string {
  const said = groundsOf(row, who).map((by) => {
    const duty = by.ground === 'duty' ? dutyWords(by.duty).zh : '';
    // A duty without a name of its own is the very clock that the process is about.
    return duty === '' || /^[a-z_.]+$/.test(duty) ? grounds[by.ground].mark : `责:${duty}`;
  });
  return said.length === 0 ? '' : `(${[...new Set(said)].join(',')})`;
}

function endpointSection(): string {
  const sorted = [...endpoints].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '## 全部接口 · all endpoints',
    '谁可以调用;办案卷、照片和时限的,还要过上面的表。\nWho may call; what works on cases, photos and clocks must pass the tables above as well.',
    tableOf(['接口 · endpoint', '', '谁 · who'], sorted.map(endpointRow)),
  ].join('\n\n');
}

const endpointRow = ({ name, method, path, summary, access }: Endpoint): string[] => [
  `\`${name}\`\n\`${method} ${path}\``,
  `${summary.zh}\n${summary.en}`,
  access.map(partyWords).join('\n'),
];

function partyWords(party: Party): string {
  if (party === 'anyone') return '任何人 · anyone';
  if (party === 'reporter') return '凭查询码 · tracking code';
  if (party === 'account') return '登录的人 · signed in';
  if ('apiKey' in party) return `接口密钥 · API key: ${party.apiKey}`;
  return party.roles.length === roleNames.length
    ? '任何岗位 · any post'
    : party.roles.map((role) => wordsOfWho(role as Role).zh).join('、');
}
