import { z } from 'zod';
import { datums } from '../../../kernel/geo.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowRecord } from '../../../kernel/workflow.ts';
import { deliveryFaultNames, newsNames } from './heard.model.ts';

/** A casefile (案卷) is a matter from the grid, from the moment somebody says it until whoever said it agrees that it is solved. */
export const statuses = {
  reported: { zh: '待立案', en: 'reported' },
  registered: { zh: '待派遣', en: 'registered' },
  dispatched: { zh: '待签收', en: 'dispatched' },
  handling: { zh: '处置中', en: 'being handled' },
  handled: { zh: '待核查', en: 'handled, to be checked' },
  verified: { zh: '待结案', en: 'checked, to be closed' },
  closed: { zh: '待评价', en: 'closed, reporter asked' },
  evaluated: { zh: '已办结', en: 'evaluated' },
  declined: { zh: '不予立案', en: 'declined' },
} as const satisfies Record<string, Words>;
export type Status = keyof typeof statuses;
export const statusNames = Object.keys(statuses) as [Status, ...Status[]];

/** Orthogonal to the status, each with its own short life. Read in Chinese after 案卷: 案卷正在核实. */
export const flags = {
  checking: { zh: '正在核实', en: 'out for a field check' },
  returned: { zh: '被退回过', en: 'sent back' },
  suspended: { zh: '已挂账', en: 'suspended' },
  escalated: { zh: '已催到上级', en: 'escalated' },
  supervised: { zh: '被督办', en: 'under supervision' },
  joint: { zh: '正在联合处置', en: 'jointly handled' },
  reopened: { zh: '返工过', en: 'reopened' },
  merged: { zh: '已并入另一案卷', en: 'merged into another' },
  confidential: { zh: '保密', en: 'confidential' },
  urgent: { zh: '紧急', en: 'urgent' },
  self_handled: { zh: '自行处置', en: 'handled on the spot' },
  imported: { zh: '从外部导入', en: 'imported' },
  joined: { zh: '报事人说与另一件相同', en: 'said by its reporter to be another’s matter' },
  unverified: { zh: '未核实', en: 'unverified' },
  disclosed: { zh: '已公开报事人的话', en: 'what its reporter said is released' },
} as const satisfies Record<string, Words>;
export type Flag = keyof typeof flags;
export const flagNames = Object.keys(flags) as [Flag, ...Flag[]];

/** How it ended. Each has a text of its own for the reporter: nobody is told "closed" and no more. */
export const outcomes = {
  resolved: { zh: '已解决', en: 'resolved' },
  relieved: { zh: '已缓解，后续列入计划', en: 'relieved, the rest is planned' },
  explained: { zh: '按规定不能办理，已说明', en: 'cannot be done under the rules, explained' },
  transferred: { zh: '已转有权办理的单位', en: 'passed to those who may act' },
  self_handled: { zh: '现场处置完毕', en: 'settled on the spot' },
} as const satisfies Record<string, Words>;

export const declineOutcomes = {
  not_found: { zh: '现场未发现', en: 'not found on site' },
  out_of_scope: { zh: '不属受理范围，已告知渠道', en: 'outside our scope, told where to turn' },
  unclear: { zh: '情况不清，联系不上报事人', en: 'unclear, reporter not reachable' },
  already_settled: { zh: '上报时已解决', en: 'already settled when reported' },
} as const satisfies Record<string, Words>;

/** Not an outcome of work: the file it came from was taken back. */
export const importOutcomes = {
  import_withdrawn: { zh: '导入已撤回', en: 'the import was withdrawn' },
} as const satisfies Record<string, Words>;

export const answers = {
  satisfied: { zh: '满意', en: 'satisfied' },
  mostly_satisfied: { zh: '基本满意', en: 'mostly satisfied' },
  unsatisfied: { zh: '不满意', en: 'not satisfied' },
  unanswered: { zh: '未回应', en: 'no answer' },
} as const satisfies Record<string, Words>;

export const channels = ['portal', 'qr', 'field', 'hotline', 'visit', 'letter', 'chat', 'api', 'area'] as const;

/** The facts a command looks at; besides these it knows only the actor. */
export interface CasefileFacts extends WorkflowRecord<Status, Flag> {
  readonly round: number;
  readonly mostRounds: number;
  /** Who said last that it is done. */
  readonly handledBy: string | null;
  /** Persons of ours who reported it as their own find. */
  readonly foundBy: readonly string[];
  /** What the tracking codes of those finds stand for: a finder holds one as well. */
  readonly finderCodes: readonly string[];
  readonly evidence: 'photos' | 'document' | 'words' | null;
  /** Photos of the result in this round. */
  readonly photosAfter: number;
  /** Until when the reporter may say that it is not solved; null: not closed. */
  readonly objectionOpen: boolean;
  readonly hasCondition: boolean;
  /** Something was merged into it. */
  readonly hasCopies: boolean;
  /** Tracking codes of those who came to it by saying “this is the same”. */
  readonly joinedCodes?: readonly string[];
  /** Somebody here has acted on it; asked of what was imported only. */
  readonly touched?: boolean;
}

/** What is known of a matter that has only just been said, or is about to be. */
export const blankFacts: CasefileFacts = {
  status: 'reported',
  flags: new Set(),
  scopeNo: 0,
  confidential: false,
  duties: [],
  circle: [],
  round: 1,
  mostRounds: 1,
  handledBy: null,
  foundBy: [],
  finderCodes: [],
  evidence: null,
  photosAfter: 0,
  objectionOpen: false,
  hasCondition: false,
  hasCopies: false,
};

const words = (most = 2000): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !text.includes('\u0000'), 'no null character');
const note = words(2000);
const said = words(4000);
const publicText = words(500).describe('What the reporter and the public read');

export const place = z
  .strictObject({
    lon: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
    datum: z.enum(datums).default('wgs84'),
    accuracyM: z.number().min(0).max(100_000).optional(),
    areaId: idSchema.optional().describe('The area, when no point is known or the grid was scanned or confirmed'),
    words: z.string().trim().max(200).default(''),
  })
  .refine((it) => (it.lon === undefined) === (it.lat === undefined), 'longitude and latitude come together');
export type Place = z.infer<typeof place>;

export const contact = z.strictObject({
  name: z.string().trim().max(60).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d -]{5,20}$/, '5–20 digits')
    .optional(),
  email: z.email().max(200).optional(),
});

export const reportForm = z.strictObject({
  casefileId: idSchema,
  reportId: idSchema,
  words: said,
  place,
  // What began as a message of an area's channel is made a report there.
  channel: z.enum(channels).exclude(['area']),
  contact: contact.optional(),
  typeCode: z.string().max(80).optional().describe('What the reporter thinks it is; the desk decides'),
  urgent: z.boolean().default(false),
  confidential: z.boolean().default(false).describe('Only a named circle shall read it'),
  language: z.enum(['zh', 'en']).default('zh'),
});
export type ReportForm = Omit<z.infer<typeof reportForm>, 'channel'> & { channel: (typeof channels)[number] };

export const onTheSpotForm = reportForm.extend({ conditionCode: z.string().min(1).max(100), did: note });
export type OnTheSpotForm = z.infer<typeof onTheSpotForm>;

const reasonToReturn = ['not_ours', 'wrong_place', 'needs_others', 'unclear', 'other'] as const;

export const forms = {
  order_check: z.strictObject({ words: note.optional() }),
  answer_check: z.strictObject({ found: z.enum(['as_reported', 'different', 'not_found']), words: note }),
  register: z.strictObject({
    conditionCode: z.string().min(1).max(100),
    urgent: z.boolean().optional(),
    words: note.optional(),
  }),
  decline: z.strictObject({
    outcome: z.enum(Object.keys(declineOutcomes) as [keyof typeof declineOutcomes]),
    publicText,
  }),
  relocate: z.strictObject({ place, words: note.optional() }),
  send_to_registrar: z.strictObject({ reason: z.enum(reasonToReturn), words: note }),
  dispatch: z.strictObject({ bodyId: idSchema, words: note.optional() }),
  acknowledge: z.strictObject({}),
  assign: z.strictObject({ personId: idSchema }),
  send_back: z.strictObject({ reason: z.enum(reasonToReturn), words: note }),
  measure: z.strictObject({ words: note }),
  feed_back: z.strictObject({ words: note }),
  verify: z.strictObject({ words: note.optional() }),
  rework: z.strictObject({ words: note }),
  take_over: z.strictObject({ words: note }),
  close: z.strictObject({ outcome: z.enum(Object.keys(outcomes) as [keyof typeof outcomes]), publicText }),
  answer: z.strictObject({ answer: z.enum(['satisfied', 'mostly_satisfied', 'unsatisfied']), words: note.optional() }),
  // One tap says it; words may follow.
  object: z.strictObject({ words: note.optional() }),
  contest: z.strictObject({ words: note }),
  lapse: z.strictObject({}),
  escalate: z.strictObject({}),
  rest: z.strictObject({}),
  wake: z.strictObject({}),
  urge: z.strictObject({ words: note.optional() }),
  supervise: z.strictObject({ words: note }),
  release: z.strictObject({ words: note.optional() }),
  admit: z.strictObject({ granteeId: idSchema.describe('A person, post or body') }),
  dismiss: z.strictObject({ granteeId: idSchema }),
  merge: z.strictObject({ intoId: idSchema, words: note.optional() }),
  unmerge: z.strictObject({ words: note }),
  ask_to_join: z.strictObject({ number: z.string().trim().min(1).max(40).describe('Of the earlier case') }),
  summon: z.strictObject({ bodyIds: z.array(idSchema).min(1).max(12), leadBodyId: idSchema.optional(), words: note }),
  report_in: z.strictObject({ words: note.optional() }),
  refuse_summons: z.strictObject({ words: note }),
  visit: z.strictObject({ bodyIds: z.array(idSchema).min(1).max(12), leadBodyId: idSchema.optional(), words: note }),
  stand_down: z.strictObject({ words: note.optional() }),
  disclose: z.strictObject({
    releasedWords: note.optional().describe('What the public reads: no names, phones or doors'),
    photoIds: z.array(idSchema).max(6).optional().describe('Photos of the case that the public sees'),
  }),
  conceal: z.strictObject({ words: note.optional() }),
  say: z.strictObject({ words: note }),
  reply: z.strictObject({ words: note }),
  read_contact: z.strictObject({ reason: note }),
  hear: z.strictObject({
    news: z.enum(newsNames),
    bodyId: idSchema,
    number: z.string().max(100).optional().describe('By which they know it'),
    fault: z.enum(deliveryFaultNames).optional(),
    status: z.string().max(60).optional().describe('As the updates extension calls it'),
    purpose: z.string().max(200).optional().describe('Why the reporter’s contact went along'),
    words: z.string().max(4000).optional(),
  }),
  settle_import: z.strictObject({}),
  amend_import: z.strictObject({}),
  withdraw_import: z.strictObject({}),
} as const;
export type CasefileCommand = keyof typeof forms;
export type FormOf<C extends CasefileCommand> = z.infer<(typeof forms)[C]>;

export const casefileProblems = defineProblems({
  'casefile.not_found': {
    status: 404,
    title: { zh: '没有这个案卷，或者您无权查看', en: 'There is no such case, or it is not for you to see' },
    hint: {
      zh: '请核对编号；需要查看时请联系派遣岗。',
      en: 'Check the number; ask the dispatcher if you need to see it.',
    },
  },
  'casefile.no_such_number': {
    status: 422,
    title: {
      zh: '没有编号是“{number}”的案卷，或者您无权查看',
      en: 'No case has the number “{number}”, or it is not for you to see',
    },
    hint: {
      zh: '没有改动任何内容。编号写在案卷标题下面，例如 20261122-000001；请核对后再提交。',
      en: 'Nothing was changed. The number stands below the title of a case, such as 20261122-000001; check it and send again.',
    },
  },
  'casefile.command_not_allowed': {
    status: 409,
    title: { zh: '现在不能“{command}”：{why}', en: '“{commandEn}” is not possible now: {whyEn}' },
    hint: {
      zh: '没有改动任何内容。请刷新案卷，看看下一步由谁办理。',
      en: 'Nothing was changed. Reload the case to see whose turn it is.',
    },
  },
  'casefile.no_such_condition': {
    status: 422,
    title: { zh: '没有这条立案条件', en: 'There is no such filing condition' },
    hint: { zh: '请从立案标准里选择一条。', en: 'Choose one from the standard in force.' },
  },
  'casefile.no_such_type': {
    status: 422,
    title: { zh: '没有这个小类', en: 'There is no such type' },
    hint: { zh: '请从列表里选择，或者不选、由受理岗判断。', en: 'Choose from the list, or leave it to the registrar.' },
  },
  'casefile.no_such_body': {
    status: 422,
    title: { zh: '没有这个单位', en: 'There is no such body' },
    hint: { zh: '请从单位列表里选择。', en: 'Choose from the list of bodies.' },
  },
  'casefile.place_missing': {
    status: 422,
    title: { zh: '还没有说在哪里', en: 'The place is missing' },
    hint: { zh: '请给出位置，或者选择社区、网格。', en: 'Give a point, or choose the community or grid.' },
  },
  'casefile.merge_impossible': {
    status: 409,
    title: { zh: '案卷不能并入自己', en: 'A case cannot be merged into itself' },
    hint: {
      zh: '请选择另一个案卷。没有改动任何内容。',
      en: 'Choose another case. Nothing was changed.',
    },
  },
  'casefile.already_summoned': {
    status: 409,
    title: { zh: '这个单位已经被召集', en: 'This body has been called already' },
    hint: { zh: '没有重复召集。请看联合处置一栏。', en: 'It was not called twice. See the joint handling list.' },
  },
  'casefile.lead_not_called': {
    status: 409,
    title: { zh: '牵头单位不在被召集的单位里', en: 'The lead is not among the bodies that were called' },
    hint: {
      zh: '请把它一起召集，或者从已召集、没有说明不参加的单位里选一家牵头。没有改动任何内容。',
      en: 'Call it too, or choose one that was called and has not refused. Nothing was changed.',
    },
  },
  'casefile.not_of_body': {
    status: 422,
    title: { zh: '这个人现在不在承办单位任职', en: 'This person holds no post in the body that has the case' },
    hint: {
      zh: '请从本单位在岗的人里选一位。没有指派给任何人。',
      en: 'Choose somebody who holds a post there now. Nothing was assigned.',
    },
  },
  'casefile.nobody_to_admit': {
    status: 422,
    title: { zh: '没有这个人员、岗位或单位', en: 'There is no such person, post or body' },
    hint: { zh: '请从名单里选择。知情范围没有改变。', en: 'Choose from the list. The circle is as it was.' },
  },
  'casefile.nothing_to_disclose': {
    status: 422,
    title: { zh: '没有可以公开的内容', en: 'There is nothing to release' },
    hint: {
      zh: '请写下要公开的话，或者选照片；报事人已删除个人信息的不能再公开。没有改动任何内容。',
      en: 'Write what is to be read, or choose photos. What a reporter had erased cannot be released. Nothing was changed.',
    },
  },
  'casefile.discloses_person': {
    status: 422,
    title: {
      zh: '要公开的话里有电话、证件号码或报事人的姓名',
      en: 'The words hold a phone, an id number or the reporter’s name',
    },
    hint: {
      zh: '请删掉再公开，改成“一位居民”。没有公开任何内容。',
      en: 'Take it out, say “a resident”, and release again. Nothing was released.',
    },
  },
  'casefile.photo_not_of_case': {
    status: 422,
    title: { zh: '有的照片不在这个案卷里，或已按要求删除', en: 'One of the photos is not of this case, or was erased' },
    hint: {
      zh: '请刷新案卷重新选照片。没有公开任何内容。',
      en: 'Reload the case and choose again. Nothing was released.',
    },
  },
  'casefile.contact_gone': {
    status: 410,
    title: {
      zh: '报事人没有留下联系方式，或已按要求删除',
      en: 'The reporter left no contact, or it was erased on request',
    },
    hint: {
      zh: '可以在案卷里留言，报事人用查询码能看到。',
      en: 'Leave a message in the case; the reporter sees it by the tracking code.',
    },
  },
  'track.unknown_code': {
    status: 404,
    title: { zh: '没有这个查询码', en: 'There is no such tracking code' },
    hint: {
      zh: '请逐位核对，字母不分大小写；数字 0 和字母 O 都可以。',
      en: 'Check it character by character; case does not matter.',
    },
  },
});

const phone = /\b1[3-9]\d[ -]?\d{4}[ -]?\d{4}\b|\b0\d{2,3}-?\d{7,8}\b/g;

/** The beginning of what was said, for lists: 80 characters. A phone is read with a reason, and never in a list. */
export const summaryOf = (words: string): string => words.replace(phone, '…').slice(0, 80);
