import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** Who did and who read what, in the order of the journal. What was said stays sealed: this tells of acts, not of words. */
const words = z.object({ zh: z.string(), en: z.string() });
const day = z.iso.date();

export const auditQuery = z.strictObject({
  from: day.optional().describe('First day, by the county’s own calendar; left out: seven days ago'),
  to: day.optional().describe('Last day; left out: today'),
  person: z.string().trim().max(60).optional().describe('A part of the name of whoever acted'),
  number: z.string().trim().max(40).optional().describe('Number of a case'),
  what: z.enum(['all', 'looks', 'land', 'rights']).default('all'),
  before: z.coerce.number().int().min(1).optional().describe('Only entries with a smaller position: the next page'),
  most: z.coerce.number().int().min(1).max(20_000).default(100),
});
export type AuditQuery = z.output<typeof auditQuery>;

/** Kinds of entries by what somebody looks for; `all` has no list. */
export const kindsOf = {
  looks: ['casefile.read', 'casefile.contact_read', 'ledger.disclosed', 'audit.read'],
  land: ['area.%', 'zone.%', 'dwellings.%'],
  rights: [
    'person.%',
    'post.%',
    'body.%',
    'apikey.%',
    'casefile.admitted',
    'casefile.dismissed',
    'account.%',
    'device.%',
  ],
} as const;

export const auditEntry = z.object({
  position: z.number(),
  id: idSchema,
  kind: z.string(),
  kindWords: words,
  by: words,
  recordKind: z.string(),
  recordId: idSchema,
  number: z.string().nullable().describe('Of the case it is about'),
  occurredAt: z.date(),
  recordedAt: z.date(),
  /** Whether its hash, computed now, is the one that was sealed. */
  intact: z.boolean(),
});
export type AuditEntry = z.output<typeof auditEntry>;

export const auditView = z.object({
  from: day,
  to: day,
  entries: z.array(auditEntry),
  next: z.number().nullable().describe('`before` of the next page'),
  journal: z.object({
    position: z.number().describe('Entries that have a position'),
    sealedAt: z.date().nullable(),
    root: z.string().nullable().describe('Root over all of them, hex'),
  }),
});

/** What is written by others than the commands of a case; those bear the names of their commands. */
export const kindWords: Readonly<Record<string, Words>> = {
  'casefile.read': { zh: '查看保密案卷', en: 'read a confidential case' },
  'audit.read': { zh: '查看审计记录', en: 'read the audit' },
  'account.activated': { zh: '凭开通条开通账号', en: 'opened the account by its slip' },
  'account.added': { zh: '新增账号', en: 'added an account' },
  'account.factor_confirmed': { zh: '绑定验证器', en: 'bound an authenticator' },
  'account.factor_removed': { zh: '解除验证器', en: 'removed an authenticator' },
  'account.password_changed': { zh: '修改密码', en: 'changed the password' },
  'account.password_reset': { zh: '重置密码', en: 'reset a password' },
  'account.session_ended': { zh: '退出一台设备', en: 'ended a session' },
  'account.signed_in': { zh: '登录', en: 'signed in' },
  'account.slip_issued': { zh: '发放开通条', en: 'issued an activation slip' },
  'apikey.added': { zh: '发放接口密钥', en: 'issued an API key' },
  'apikey.ended': { zh: '停用接口密钥', en: 'ended an API key' },
  'area.added': { zh: '新增区域', en: 'added an area' },
  'area.amended': { zh: '修改区域', en: 'amended an area' },
  'area.corrected': { zh: '改正区域边界', en: 'corrected a border' },
  'area.merged': { zh: '合并区域', en: 'merged areas' },
  'area.moved': { zh: '区域改隶', en: 'moved an area' },
  'area.renamed': { zh: '区域更名', en: 'renamed an area' },
  'area.put_in_charge': { zh: '指定包保责任人', en: 'put somebody in charge' },
  'area.split': { zh: '拆分区域', en: 'split an area' },
  'area_message.sent': { zh: '居民留言', en: 'a resident wrote' },
  'area_message.seen': { zh: '看过留言', en: 'read a message of a channel' },
  'area_message.answered': { zh: '答复留言', en: 'answered a message' },
  'area_message.reported': { zh: '留言转为报事', en: 'made a message a report' },
  'area_message.set_aside': { zh: '留言没有要办的事', en: 'set a message aside' },
  'area_message.contact_read': { zh: '看留言人电话', en: 'read the phone of a message' },
  'area_message.writer_forgotten': { zh: '删除留言人信息', en: 'forgot the writer of a message' },
  'body.added': { zh: '新增单位', en: 'added a body' },
  'body.raised': { zh: '成立临时机构', en: 'raised a temporary organisation' },
  'body.renamed': { zh: '单位更名', en: 'renamed a body' },
  'body.hours_changed': { zh: '单位换作息', en: 'gave a body other hours' },
  'body.stood_down': { zh: '撤销临时机构', en: 'stood a temporary organisation down' },
  'body.handed_over': { zh: '单位移交', en: 'handed a body over' },
  'calendar.published': { zh: '发布工作日历', en: 'published a calendar' },
  'channel.set': { zh: '设置通知渠道', en: 'set a channel' },
  'delivery.queued_again': { zh: '重新发送消息', en: 'sent a message again' },
  'demo.lived': { zh: '生成演示数据', en: 'made demo data' },
  'device.registered': { zh: '登记手机', en: 'registered a device' },
  'device.updated': { zh: '手机换了版本或名称', en: 'updated a device' },
  'device.revoked': { zh: '停用手机', en: 'revoked a device' },
  'dispatch_model.learned': { zh: '更新派遣建议', en: 'learned suggestions' },
  'dwellings.added': { zh: '新增门牌', en: 'added dwellings' },
  'ledger.file_sent': { zh: '传来台账表格', en: 'sent a file for a ledger' },
  'ledger.file_dropped': { zh: '台账表格不入账', en: 'put a file for a ledger away' },
  'ledger.look_asked': { zh: '改了表格的列或台账，重新核对', en: 'said what columns hold, or for which ledger' },
  'ledger.looked': { zh: '台账表格核对好', en: 'looked a file for a ledger over' },
  'ledger.take_asked': { zh: '台账表格入账', en: 'had a file taken into a ledger' },
  'ledger.taking': { zh: '入账一部分', en: 'took a part of a file in' },
  'ledger.taken': { zh: '台账表格入账完', en: 'took the last part of a file in' },
  'ledger.undo_asked': { zh: '整批撤回台账表格', en: 'had a file taken back' },
  'ledger.undoing': { zh: '撤回一部分', en: 'took a part of a file back' },
  'ledger.undone': { zh: '台账表格撤回完', en: 'took the last part of a file back' },
  'ledger.facts_entered': { zh: '更正或补填台账', en: 'entered facts' },
  'ledger.disclosed': { zh: '看完整号码', en: 'saw numbers in full' },
  'ledger.forget_asked': { zh: '删除台账里的一条', en: 'had a record of a ledger forgotten' },
  'import.look_asked': { zh: '核对撤回导入会怎样', en: 'had a look over what taking an import back would do' },
  'import.undo_asked': { zh: '撤回导入', en: 'took an import back' },
  'job.given_up': { zh: '放弃后台任务', en: 'put a job aside' },
  'job.rerun': { zh: '重新执行后台任务', en: 'ran a job again' },
  'message.read': { zh: '读了提醒', en: 'read a message' },
  'neighbour.retried': { zh: '重发给外部平台', en: 'sent to a neighbour again' },
  'neighbour.set': { zh: '设置外部平台', en: 'set a neighbour' },
  'notice.issued': { zh: '发通知', en: 'issued a notice' },
  'notice.read': { zh: '读了通知', en: 'noted a notice' },
  'notice.withdrawn': { zh: '撤下通知', en: 'withdrew a notice' },
  'person.added': { zh: '新增人员', en: 'added a person' },
  'person.handed_over': { zh: '人员移交', en: 'handed work over' },
  'person.handover_confirmed': { zh: '确认接手', en: 'confirmed a hand-over' },
  'person.phone_changed': { zh: '修改电话', en: 'changed a phone' },
  'post.added': { zh: '设立岗位', en: 'added a post' },
  'post.appointed': { zh: '任职', en: 'appointed' },
  'post.relieved': { zh: '免职', en: 'relieved' },
  'post.closed': { zh: '撤销岗位', en: 'closed a post' },
  'robot.set': { zh: '设置群机器人', en: 'set the robot of a group' },
  'robot.tested': { zh: '群机器人试发', en: 'sent a test line to a group' },
  'rule.added': { zh: '新增责任规则', en: 'added a rule' },
  'standard.discarded': { zh: '扔掉立案标准草稿', en: 'threw a draft of the standard away' },
  'standard.drafted': { zh: '导入立案标准草稿', en: 'imported a draft of the standard' },
  'standard.published': { zh: '发布立案标准', en: 'published a standard' },
  'zone.added': { zh: '划定临时区域', en: 'laid a zone' },
  'zone.ended': { zh: '撤销临时区域', en: 'ended a zone' },
};

/** What an entry is about, where it is no case: those are told by their number. */
export const recordWords: Readonly<Record<string, Words>> = {
  account: { zh: '账号', en: 'account' },
  apikey: { zh: '接口密钥', en: 'API key' },
  area: { zh: '区域', en: 'area' },
  area_message: { zh: '居民留言', en: 'message' },
  body: { zh: '单位', en: 'body' },
  calendar: { zh: '工作日历', en: 'calendar' },
  casefile: { zh: '案卷', en: 'case' },
  ledger_record: { zh: '台账', en: 'record of a ledger' },
  ledger_batch: { zh: '台账表格', en: 'file for a ledger' },
  channel: { zh: '通知渠道', en: 'channel' },
  delivery: { zh: '一条待发消息', en: 'a message to be sent' },
  device: { zh: '手机', en: 'device' },
  dispatch_model: { zh: '派遣建议', en: 'suggestions' },
  import: { zh: '导入批次', en: 'import' },
  job: { zh: '后台任务', en: 'a job' },
  message: { zh: '提醒', en: 'message' },
  neighbour: { zh: '外部平台', en: 'neighbour' },
  neighbour_sending: { zh: '给外部平台的一次发送', en: 'a sending to a neighbour' },
  notice: { zh: '通知', en: 'notice' },
  person: { zh: '人员', en: 'person' },
  post: { zh: '岗位', en: 'post' },
  realm: { zh: '全县', en: 'the county' },
  robot: { zh: '群机器人', en: 'robot of a group' },
  rule: { zh: '责任规则', en: 'rule' },
  standard: { zh: '立案标准', en: 'standard' },
  zone: { zh: '临时区域', en: 'zone' },
};

export const auditProblems = defineProblems({
  'audit.turned_round': {
    status: 422,
    title: { zh: '开始的日子晚于结束的日子', en: 'The first day is after the last' },
    hint: { zh: '请把两个日期对调。', en: 'Turn the two days round.' },
  },
  'audit.too_long': {
    status: 422,
    title: { zh: '一次最多看一年', en: 'One year at most is read at once' },
    hint: { zh: '请缩短日期，或写上是谁、哪一件案卷。', en: 'Name fewer days, or a person or a case.' },
  },
  'audit.nobody_named': {
    status: 404,
    title: { zh: '没有名字里带“{name}”的人', en: 'Nobody is called “{name}”' },
    hint: { zh: '请只写姓名中的一部分。', en: 'Write a part of the name only.' },
  },
});
