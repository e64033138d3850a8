import type { Preview } from '../domains/land/acts/index.ts';
import { isRole, roles } from '../domains/land/staff/index.ts';
import type { ScopedTable } from '../kernel/scoped.ts';
import type { Words } from '../kernel/words.ts';
import type { Terminal } from './terminal.ts';

type NameOf = (areaId: string) => string;

/** What an act would change, line by line; whoever reads it decides by it. */
export function sayPreview({ say }: Pick<Terminal, 'say'>, preview: Preview, nameOf: NameOf): void {
  say({ zh: `自 ${preview.on} 起：`, en: `From ${preview.on} on:` });
  for (const { zh, en } of [...landLines(preview), ...postLines(preview, nameOf), ...recordLines(preview)])
    say({ zh: `  ${zh}`, en: `  ${en}` });
  for (const { name } of preview.undecided)
    say({
      zh: `  ！还没有说“${name}”归哪一部分，定下来才能办理`,
      en: `  ! to which part ${name} goes is not told yet; the act needs it`,
    });
  say({ zh: '只是预览，什么也没有改。', en: 'A preview only; nothing was changed.' });
}

const landLines = ({ opens, closes, changes, moves, land }: Preview): Words[] => [
  ...opens.map(({ name }) => ({ zh: `新设 ${name}`, en: `opens ${name}` })),
  ...closes.map(({ name }) => ({ zh: `撤销 ${name}`, en: `closes ${name}` })),
  ...changes.map(({ name, toName, toCode }) => ({
    zh: `${name}${toName === null ? '' : ` 更名为 ${toName}`}${toCode === null ? '' : ` 编码改为 ${toCode}`}`,
    en: `${name}${toName === null ? '' : ` is named ${toName}`}${toCode === null ? '' : ` has the code ${toCode}`}`,
  })),
  ...moves.map(({ name, areas, under }) => ({
    zh: `${name}${areas > 1 ? `（连同下级共 ${areas} 个区域）` : ''} 改属 ${under}`,
    en: `${name}${areas > 1 ? ` (${areas} areas in all)` : ''} goes under ${under}`,
  })),
  ...(land?.passes ?? []).map(({ fromName, toName, m2 }) => ({
    zh: `${fromName} 有 ${m2} 平方米划给 ${toName}`,
    en: `${m2} m² of ${fromName} go to ${toName}`,
  })),
  ...(land && land.gapM2 > 0
    ? [{ zh: `留下 ${land.gapM2} 平方米空档`, en: `${land.gapM2} m² are left to nobody` }]
    : []),
];

const fates = {
  moved: (place: string): Words => ({ zh: `转到 ${place}`, en: `goes to ${place}` }),
  joined: (place: string): Words => ({ zh: `并入 ${place} 的同名岗位`, en: `is joined with the one at ${place}` }),
  closed: (): Words => ({ zh: '撤销', en: 'is closed' }),
};

const postLines = ({ posts }: Preview, nameOf: NameOf): Words[] =>
  posts.map(({ role, areaId, holders, becomes, toAreaId }) => {
    const post = isRole(role) ? roles[role].words : { zh: role, en: role };
    const fate = fates[becomes](toAreaId === null ? '' : nameOf(toAreaId));
    return {
      zh: `岗位 ${nameOf(areaId)}·${post.zh}（${holders} 人在岗）${fate.zh}`,
      en: `post ${post.en} at ${nameOf(areaId)} (${holders} in it) ${fate.en}`,
    };
  });

const tables: Readonly<Record<ScopedTable, Words>> = {
  casefile: { zh: '案件', en: 'cases' },
  obligation: { zh: '办理时限', en: 'obligations' },
  message: { zh: '短信和回复', en: 'messages' },
  dwelling: { zh: '门牌', en: 'dwellings' },
  responsibility: { zh: '责任关系', en: 'responsibilities' },
  notice_area: { zh: '通告范围', en: 'areas of notices' },
  area_message: { zh: '居民留言', en: 'messages of residents' },
  ledger_record: { zh: '台账记录', en: 'ledger records' },
  campaign: { zh: '走访', en: 'campaigns' },
  campaign_target: { zh: '走访名单', en: 'people to be visited' },
  directive: { zh: '分解任务的文件', en: 'notices cut into items' },
  directive_item: { zh: '任务事项', en: 'items of notices' },
  person_request: { zh: '个人信息请求', en: 'requests of persons' },
  pledge: { zh: '承诺书', en: 'pledges' },
  pledge_signature: { zh: '承诺书的签名', en: 'signatures of pledges' },
  checkpoint: { zh: '卡口', en: 'checkpoints' },
  patrol_plan: { zh: '巡查', en: 'patrols' },
  inspection: { zh: '督导检查', en: 'inspections' },
  inspection_target: { zh: '检查对象', en: 'places to be inspected' },
  hazard: { zh: '隐患', en: 'hazards' },
  ledger_batch: { zh: '导入台账的文件', en: 'files sent for ledgers' },
  ledger_template: { zh: '上级的空表', en: 'blank workbooks' },
  own_field: { zh: '自建字段', en: 'own fields' },
  own_ledger: { zh: '自建台账', en: 'own ledgers' },
  ledger_export: { zh: '取出的台账', en: 'files taken out of ledgers' },
};
const isTable = (name: string): name is ScopedTable => name in tables;

const recordLines = ({ records }: Preview): Words[] =>
  records.map(({ table, open, closed, nowhere }) => {
    const { zh, en } = isTable(table) ? tables[table] : { zh: table, en: table };
    return {
      zh: `${zh}：未结 ${open} 件当即随之走${nowhere > 0 ? `（其中 ${nowhere} 件没有位置，归其余部分）` : ''}，已结 ${closed} 件随后跟上`,
      en: `${en}: ${open} open ones go at once${nowhere > 0 ? ` (${nowhere} without a place go with the rest)` : ''}, ${closed} closed ones follow`,
    };
  });
