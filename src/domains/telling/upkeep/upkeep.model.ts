import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** What keeps the program going, for whoever looks after it: words and counts, nothing of a case. */
const words = z.object({ zh: z.string(), en: z.string() });

export const partStates = {
  good: { zh: '正常', en: 'in order' },
  near: { zh: '要留意', en: 'needs a look' },
  bad: { zh: '要处理', en: 'needs an act' },
} as const satisfies Record<string, Words>;
export type PartState = keyof typeof partStates;

export const parts = {
  database: { zh: '数据库', en: 'Database' },
  jobs: { zh: '后台任务', en: 'Jobs' },
  outbox: { zh: '发件箱', en: 'Outbox' },
  disk: { zh: '磁盘', en: 'Disk' },
  backup: { zh: '数据备份', en: 'Backup of the data' },
  keys: { zh: '密钥备份', en: 'Backup of the keys' },
  journal: { zh: '台账核对', en: 'Check of the journal' },
  checkpoint: { zh: '台账检查点', en: 'Checkpoint of the journal' },
  holidays: { zh: '节假日', en: 'Public holidays' },
  phones: { zh: '手机', en: 'Phones' },
  learning: { zh: '派遣推荐', en: 'Suggestions learned' },
  version: { zh: '版本', en: 'Version' },
} as const satisfies Record<string, Words>;
export type PartName = keyof typeof parts;

export const partView = z.object({
  part: z.enum(Object.keys(parts) as [PartName, ...PartName[]]),
  state: z.enum(['good', 'near', 'bad']),
  says: words,
  since: z.date().nullable().describe('Since when it is so, or when it last happened'),
  act: words.nullable().describe('What to do'),
});
export type Part = z.output<typeof partView>;
export const healthView = z.object({ at: z.date(), parts: z.array(partView) });

/** Why a job gave up, without a word of what it was about. */
export const causes = {
  away: { zh: '数据库当时连不上', en: 'the database was away' },
  slow: { zh: '等得太久，超时了', en: 'it took too long' },
  at_once: { zh: '和别的操作撞在一起', en: 'it ran into something else' },
  disk_full: { zh: '磁盘满了', en: 'the disk was full' },
  rule: {
    zh: '违反了数据库的规则，多半是程序的错',
    en: 'a rule of the database refused it: most likely a fault of ours',
  },
  no_entry: { zh: '找不到它要处理的流水', en: 'the entry that it was about was not found' },
  unknown_reaction: {
    zh: '程序里没有这项任务，多半是换过版本',
    en: 'this release does not know it: another version was here',
  },
  none: { zh: '没有留下原因', en: 'no reason was left' },
  fault: { zh: '程序出错', en: 'a fault of the program' },
} as const satisfies Record<string, Words>;

/** What a job does, by the name of its reaction. */
export const reactionWords: Readonly<Record<string, Words>> = {
  'casefile: tell reporters': { zh: '告诉报事人进展', en: 'tell reporters' },
  'casefile: tell the urged': { zh: '转告催办', en: 'tell who was urged' },
  'casefile: tell of a moved date': { zh: '告诉报事人期限改了', en: 'tell reporters of a moved date' },
  'casefile: join what is the same': { zh: '并入同一件事', en: 'join what is the same' },
  'casefile: mark escalated': { zh: '标记催办到上级', en: 'mark what went up' },
  'casefile: mark resting': { zh: '标记挂账', en: 'mark what rests' },
  'casefile: mark woken': { zh: '标记恢复办理', en: 'mark what was taken up again' },
  'obligation: tell a rung': { zh: '提醒快到期、超期', en: 'tell what is nearly due or late' },
  'obligation: tell sooner': { zh: '提醒期限提前了', en: 'tell of an earlier deadline' },
  'publication: show the public': { zh: '更新公开页面', en: 'show the public' },
  'checkpoint: manned': {
    zh: '有人到岗了，收回“安排人到卡口”',
    en: 'somebody stands at the gate: nobody is owed any more',
  },
  'channel: tell the writer': { zh: '把答复告诉留言的居民', en: 'tell whoever wrote a message' },
  'robot: post a notice': { zh: '把通知发到群里', en: 'post a notice to chat groups' },
  'robot: say a test line': { zh: '向群里试发一句', en: 'say a test line in a chat group' },
  'import: take back': { zh: '撤回导入', en: 'take an import back' },
  'import: take back further': { zh: '接着撤回导入', en: 'go on taking an import back' },
  'inspection: forget': { zh: '从检查名单里删除', en: 'forget on the lists of inspections' },
  'campaign: list': { zh: '列走访名单', en: 'list those to be visited' },
  'campaign: follow one': { zh: '走访名单跟着台账改', en: 'the list follows a record' },
  'campaign: follow a merge': { zh: '走访名单跟着合并和拆开改', en: 'the list follows a merge' },
  'campaign: follow a file': { zh: '走访名单跟着台账表格改', en: 'the list follows a file' },
  'campaign: forget': { zh: '从走访名单里删除', en: 'forget on the lists' },
  'ledger: next part': { zh: '台账表格的下一段', en: 'the next part of a file for a ledger' },
  'ledger: forget': { zh: '删除台账里的一条', en: 'forget a record of a ledger' },
  'neighbours: line up': { zh: '安排发给外部平台', en: 'line up for a neighbour' },
};

export const failedJobView = z.object({
  id: z.string(),
  reaction: z.string(),
  reactionWords: words,
  entry: idSchema,
  attempts: z.number(),
  queuedAt: z.date(),
  failedAt: z.date(),
  cause: z.string(),
  causeWords: words,
  givenUp: z.boolean().describe('Put aside; it can still be run'),
});

export const jobsForm = z.strictObject({
  ids: z
    .array(z.string().regex(/^\d{1,18}$/))
    .min(1)
    .max(500),
});

export const upkeepProblems = defineProblems({
  'job.not_failed': {
    status: 409,
    title: { zh: '这些任务没有停下，或者已经处理过', en: 'These jobs have not given up, or were dealt with already' },
    hint: { zh: '没有改动任何内容。请刷新清单再看。', en: 'Nothing was changed. Look at the list again.' },
  },
});
