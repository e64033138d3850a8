import type { Process, Row, Table, WorkflowActor } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import {
  type CasefileCommand,
  type CasefileFacts,
  type Flag,
  flags,
  forms,
  type Status,
  statuses,
} from './casefile.model.ts';

/** The life of a casefile as one table: 信息收集 → 案卷建立 → 任务派遣 → 任务处理 → 处理反馈 → 核查结案 → 综合评价. */
export interface CasefileProcess extends Process {
  readonly command: CasefileCommand;
  readonly status: Status;
  readonly flag: Flag;
  readonly role: Role;
  readonly facts: CasefileFacts;
}

/** Duties on a casefile. Each is an obligation of its own, with its own limit and ladder. */
export const duties = {
  register: 'casefile.register',
  precheck: 'casefile.precheck',
  dispatch: 'casefile.dispatch',
  acknowledge: 'casefile.acknowledge',
  handle: 'casefile.handle',
  verify: 'casefile.verify',
  close: 'casefile.close',
  answer: 'casefile.answer',
  reportIn: 'casefile.report_in',
} as const;

const owing = <const R extends readonly Role[]>(duty: string, roles: R) => ({ roles, ground: 'duty', duty }) as const;
const anyBody = ['body_desk', 'body_worker', 'body_head'] as const;
const bodyHead = ['body_desk', 'body_head'] as const;
const checker = ['grid_worker', 'grid_leader', 'community_head', 'verifier'] as const;

const registrars = owing(duties.register, ['registrar']);
const closers = owing(duties.close, ['registrar']);
const dispatchers = owing(duties.dispatch, ['dispatcher']);
const handlers = owing(duties.handle, anyBody);
const handlingHeads = owing(duties.handle, bodyHead);
const grid = { roles: ['grid_worker', 'grid_leader', 'community_head'], ground: 'area' } as const;
const desks = { roles: ['registrar', 'dispatcher'], ground: 'area' } as const;
const registrarsOfTheArea = { roles: ['registrar'], ground: 'area' } as const;
/** Who calls a resident back records what they say, of what a resident was asked and of nothing else. */
const callersBack = { roles: ['registrar'], ground: 'behalf', duty: duties.answer } as const;
const dispatchersOfTheArea = { roles: ['dispatcher'], ground: 'area' } as const;
const overseers = { roles: ['leader', 'inspector'], ground: 'area' } as const;
const conveners = { roles: ['dispatcher', 'community_head', 'leader'], ground: 'area' } as const;
const circle = {
  roles: ['registrar', 'dispatcher', 'mediator', 'community_head', 'leader', 'body_desk', 'body_head'],
  ground: 'named',
} as const;
const community = owing(duties.answer, ['community_head', 'grid_leader', 'verifier']);

const unfinished = ['reported', 'registered', 'dispatched', 'handling'] as const;
const inWork = ['registered', 'dispatched', 'handling'] as const;
const all = Object.keys(statuses) as Status[];

const anotherThanHandler = {
  name: 'another_than_handler',
  says: { zh: '核查要由处置人以外的人来做', en: 'the check is for somebody other than whoever handled it' },
  allows: (facts: CasefileFacts, actor: WorkflowActor) =>
    facts.handledBy === null || facts.handledBy !== actor.personId,
};
const anotherThanFinder = {
  name: 'another_than_finder',
  says: {
    zh: '自己发现的问题要由受影响的居民或社区来确认',
    en: 'what you found yourself is confirmed by a resident concerned or the community',
  },
  allows: (facts: CasefileFacts, actor: WorkflowActor) =>
    !facts.foundBy.includes(actor.personId ?? '') && !facts.finderCodes.includes(actor.grantee ?? ''),
};
const evidenceThere = {
  name: 'evidence_there',
  says: { zh: '还缺处置后的照片', en: 'a photo of the result is missing' },
  // A platform of others says that it is done and sends no photo; whoever checks goes and looks.
  allows: (facts: CasefileFacts, actor: WorkflowActor) =>
    facts.evidence !== 'photos' || facts.photosAfter > 0 || actor.kind === 'system',
};
/** Who said “this is the same” hears of it; whether it is solved is for those who were asked about it in the first place. */
const notJustJoined = {
  name: 'not_just_joined',
  says: {
    zh: '您是后来说“同一件”加入的：进展都会告诉您，评价和异议由先报的人来提',
    en: 'you joined by saying that it is the same: you hear of it; answers and objections are for whoever reported it',
  },
  allows: (facts: CasefileFacts, actor: WorkflowActor) => !(facts.joinedCodes ?? []).includes(actor.grantee ?? ''),
};
const objectionOpen = {
  name: 'objection_open',
  says: { zh: '提出异议的期限已过，可以重新报事', en: 'the time for objections is over; you can report it anew' },
  allows: (facts: CasefileFacts) => facts.objectionOpen,
};
const roundsLeft = {
  name: 'rounds_left',
  says: {
    zh: '返工次数已到上限，不满意会如实记录并计入评价',
    en: 'it was reworked as often as it may be; “not satisfied” is recorded and counted',
  },
  allows: (facts: CasefileFacts) => facts.round < facts.mostRounds,
};

const noCopies = {
  name: 'no_copies',
  says: {
    zh: '已有案卷并入本案，请把另一个并到本案来',
    en: 'another was merged into this one; merge the other into this instead',
  },
  allows: (facts: CasefileFacts) => !facts.hasCopies,
};
const intoUnfinished = {
  name: 'into_unfinished',
  says: { zh: '要并入的案卷已经处置完或不予立案', en: 'the case to merge into is handled already, or was declined' },
  allows: (_facts: CasefileFacts, _actor: WorkflowActor, into: CasefileFacts | null) =>
    into === null || (unfinished as readonly Status[]).includes(into.status),
};
const intoLast = {
  name: 'into_the_last',
  says: { zh: '要并入的案卷自己已并入另一案卷', en: 'the case to merge into is itself merged into another' },
  allows: (_facts: CasefileFacts, _actor: WorkflowActor, into: CasefileFacts | null) =>
    into === null || !into.flags.has('merged'),
};
const alikeConfidential = {
  name: 'alike_confidential',
  says: { zh: '保密与公开的案卷不能互相合并', en: 'confidential and public cases are not merged with each other' },
  allows: (facts: CasefileFacts, _actor: WorkflowActor, into: CasefileFacts | null) =>
    into === null || into.confidential === facts.confidential,
};

const untouched = {
  name: 'untouched',
  says: {
    zh: '导入以后这里有人办理过，以本系统的办理为准',
    en: 'somebody here has worked on it since it was imported, and that counts',
  },
  allows: (facts: CasefileFacts) => facts.touched !== true,
};

type CasefileRow = Row<CasefileProcess>;
const named = (zh: string, en: string): CasefileRow['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  order_check: { words: named('派核实', 'send for a check'), from: ['reported'], to: 'same', by: [registrars],
    unless: ['merged', 'checking'], raises: ['checking'], form: forms.order_check, entry: 'casefile.check_ordered' },
  answer_check: { words: named('核实反馈', 'answer the check'), from: ['reported'], to: 'same', by: [owing(duties.precheck, checker)],
    needs: ['checking'], unless: ['merged'], lowers: ['checking'], offline: true, form: forms.answer_check, entry: 'casefile.check_answered' },
  register: { words: named('立案', 'register'), from: ['reported'], to: 'registered', by: [registrars],
    unless: ['merged', 'checking'], lowers: ['escalated', 'unverified'], form: forms.register, entry: 'casefile.registered' },
  decline: { words: named('不予立案', 'decline'), from: ['reported'], to: 'declined', by: [registrars],
    unless: ['merged', 'checking'], lowers: ['escalated', 'unverified'], form: forms.decline, entry: 'casefile.declined' },
  relocate: { words: named('更正位置', 'correct the place'), from: ['reported', 'registered'], to: 'same', by: [registrars, dispatchers, desks],
    unless: ['merged', 'suspended', 'checking'], form: forms.relocate, entry: 'casefile.relocated' },
  dispatch: { words: named('派遣', 'dispatch'), from: ['registered'], to: 'dispatched', by: [dispatchers],
    unless: ['merged', 'suspended'], lowers: ['escalated'], form: forms.dispatch, entry: 'casefile.dispatched' },
  send_to_registrar: { words: named('退回立案岗', 'send back to the registrar'), from: ['registered'], to: 'reported', by: [dispatchers],
    unless: ['merged', 'suspended'], raises: ['returned'], form: forms.send_to_registrar, entry: 'casefile.sent_to_registrar' },
  acknowledge: { words: named('签收', 'acknowledge'), from: ['dispatched'], to: 'handling', by: [owing(duties.acknowledge, anyBody), 'system'],
    unless: ['merged', 'suspended'], lowers: ['escalated'], offline: true, form: forms.acknowledge, entry: 'casefile.acknowledged' },
  assign: { words: named('指派', 'assign'), from: ['handling'], to: 'same', by: [handlingHeads],
    unless: ['merged'], offline: true, form: forms.assign, entry: 'casefile.assigned' },
  send_back: { words: named('退回', 'send back'), from: ['dispatched', 'handling'], to: 'registered', by: [handlingHeads, 'system'],
    unless: ['merged', 'suspended'], raises: ['returned'], offline: true, form: forms.send_back, entry: 'casefile.sent_back' },
  measure: { words: named('记录措施', 'record a measure'), from: unfinished, to: 'same', by: [grid, handlers, circle],
    unless: ['merged'], offline: true, form: forms.measure, entry: 'casefile.measure_taken' },
  feed_back: { words: named('反馈', 'report it done'), from: ['handling'], to: 'handled', by: [handlers, 'system'],
    unless: ['merged', 'suspended'], lowers: ['escalated'], guards: [evidenceThere], offline: true, form: forms.feed_back, entry: 'casefile.fed_back' },
  verify: { words: named('核查通过', 'confirm it is done'), from: ['handled'], to: 'verified', by: [owing(duties.verify, checker)],
    unless: ['merged'], lowers: ['escalated'], guards: [anotherThanHandler], offline: true, form: forms.verify, entry: 'casefile.verified' },
  rework: { words: named('核查不通过', 'not done, again'), from: ['handled'], to: 'dispatched', by: [owing(duties.verify, checker)],
    unless: ['merged', 'self_handled'], raises: ['reopened'], guards: [anotherThanHandler], offline: true, form: forms.rework, entry: 'casefile.reworked' },
  take_over: { words: named('转为派遣办理', 'hand it to the desks'), from: ['handled'], to: 'registered', by: [owing(duties.verify, checker)],
    unless: ['merged'], needs: ['self_handled'], lowers: ['self_handled'], raises: ['reopened'], guards: [anotherThanHandler], offline: true, form: forms.take_over, entry: 'casefile.taken_over' },
  close: { words: named('结案', 'close'), from: ['verified'], to: 'closed', by: [closers],
    unless: ['merged'], lowers: ['escalated'], form: forms.close, entry: 'casefile.closed' },
  answer: { words: named('评价', 'answer'), from: ['closed'], to: 'evaluated', by: ['reporter', community, callersBack],
    guards: [anotherThanFinder, notJustJoined], form: forms.answer, entry: 'casefile.answered' },
  object: { words: named('没有解决', 'it is not solved'), from: ['closed', 'evaluated'], to: 'registered', by: ['reporter', community, registrarsOfTheArea],
    unless: ['merged'], lowers: ['self_handled'], raises: ['reopened'], guards: [objectionOpen, roundsLeft, notJustJoined], form: forms.object, entry: 'casefile.objected' },
  contest: { words: named('不同意，请复核', 'I disagree, look again'), from: ['declined'], to: 'reported', by: ['reporter'],
    unless: ['merged', 'reopened'], raises: ['reopened'], guards: [objectionOpen, notJustJoined], form: forms.contest, entry: 'casefile.contested' },
  lapse: { words: named('到期未回应', 'no answer in time'), from: ['closed'], to: 'evaluated', by: ['system'],
    form: forms.lapse, entry: 'casefile.lapsed' },
  escalate: { words: named('催办到上级', 'tell those above'), from: [...unfinished, 'handled', 'verified', 'closed'], to: 'same', by: ['system'],
    unless: ['merged', 'escalated'], raises: ['escalated'], form: forms.escalate, entry: 'casefile.escalated' },
  rest: { words: named('挂账', 'suspend'), from: inWork, to: 'same', by: ['system'],
    unless: ['suspended'], raises: ['suspended'], form: forms.rest, entry: 'casefile.suspended' },
  wake: { words: named('恢复办理', 'resume'), from: inWork, to: 'same', by: ['system'],
    needs: ['suspended'], lowers: ['suspended'], form: forms.wake, entry: 'casefile.resumed' },
  urge: { words: named('催办', 'urge'), from: ['dispatched', 'handling', 'handled'], to: 'same', by: [dispatchersOfTheArea, overseers],
    unless: ['merged', 'suspended'], form: forms.urge, entry: 'casefile.urged' },
  supervise: { words: named('督办', 'put under supervision'), from: [...unfinished, 'handled', 'verified'], to: 'same', by: [overseers],
    unless: ['merged', 'supervised'], raises: ['supervised'], form: forms.supervise, entry: 'casefile.supervised' },
  release: { words: named('解除督办', 'end supervision'), from: all, to: 'same', by: [overseers],
    needs: ['supervised'], lowers: ['supervised'], form: forms.release, entry: 'casefile.released' },
  admit: { words: named('加入知情范围', 'admit to the circle'), from: all, to: 'same', by: [registrars, dispatchers, handlingHeads, circle],
    needs: ['confidential'], form: forms.admit, entry: 'casefile.admitted' },
  dismiss: { words: named('移出知情范围', 'take off the circle'), from: all, to: 'same', by: [registrars, dispatchers, handlingHeads, circle],
    needs: ['confidential'], form: forms.dismiss, entry: 'casefile.dismissed' },
  merge: { words: named('并案', 'merge'), from: unfinished, to: 'same', by: [desks, registrars, dispatchers, 'system'],
    unless: ['merged', 'joint', 'suspended'], raises: ['merged'], guards: [noCopies, intoUnfinished, intoLast, alikeConfidential], form: forms.merge, entry: 'casefile.merged' },
  unmerge: { words: named('撤销并案', 'undo the merge'), from: unfinished, to: 'same', by: [desks, registrars, dispatchers],
    needs: ['merged'], lowers: ['merged', 'joined'], form: forms.unmerge, entry: 'casefile.unmerged' },
  ask_to_join: { words: named('是同一件，也告诉我', 'it is the same, tell me too'), from: ['reported'], to: 'same', by: ['reporter'],
    unless: ['merged', 'joined', 'checking', 'confidential'], raises: ['joined'], guards: [noCopies], form: forms.ask_to_join, entry: 'casefile.join_asked' },
  summon: { words: named('吹哨', 'call bodies together'), from: inWork, to: 'same', by: [conveners, dispatchers, handlingHeads],
    unless: ['merged', 'suspended'], raises: ['joint'], form: forms.summon, entry: 'casefile.summoned' },
  report_in: { words: named('报到', 'report in'), from: inWork, to: 'same', by: [owing(duties.reportIn, anyBody)],
    needs: ['joint'], offline: true, form: forms.report_in, entry: 'casefile.reported_in' },
  refuse_summons: { words: named('说明不参加', 'refuse with a reason'), from: inWork, to: 'same', by: [owing(duties.reportIn, bodyHead)],
    needs: ['joint'], offline: true, form: forms.refuse_summons, entry: 'casefile.summons_refused' },
  visit: { words: named('联合踏勘', 'record the joint visit'), from: inWork, to: 'same', by: [conveners, dispatchers, handlingHeads],
    needs: ['joint'], form: forms.visit, entry: 'casefile.visited' },
  stand_down: { words: named('结束联合处置', 'end the joint handling'), from: all, to: 'same', by: [conveners, dispatchers],
    needs: ['joint'], lowers: ['joint'], form: forms.stand_down, entry: 'casefile.stood_down' },
  disclose: { words: named('公开报事人的话和照片', 'release words and photos'), from: ['registered', 'dispatched', 'handling', 'handled', 'verified', 'closed', 'evaluated'], to: 'same', by: [registrarsOfTheArea],
    unless: ['confidential', 'merged'], raises: ['disclosed'], form: forms.disclose, entry: 'casefile.disclosed' },
  conceal: { words: named('收回公开', 'take back what was released'), from: all, to: 'same', by: [registrarsOfTheArea, 'reporter'],
    needs: ['disclosed'], lowers: ['disclosed'], guards: [notJustJoined], form: forms.conceal, entry: 'casefile.concealed' },
  say: { words: named('给报事人留言', 'write to the reporter'), from: all, to: 'same', by: [desks, grid, registrars, closers, dispatchers, handlers, circle],
    offline: true, form: forms.say, entry: 'casefile.said' },
  reply: { words: named('补充情况', 'add something'), from: all, to: 'same', by: ['reporter'],
    form: forms.reply, entry: 'casefile.replied' },
  read_contact: { words: named('查看联系方式', 'read the contact'), from: all, to: 'same', by: [desks, registrars, closers, dispatchers, handlers, owing(duties.precheck, checker), owing(duties.verify, checker), circle],
    form: forms.read_contact, entry: 'casefile.contact_read' },
  hear: { words: named('对方平台', 'another body’s platform'), from: all, to: 'same', by: ['system'],
    form: forms.hear, entry: 'casefile.heard' },
  settle_import: { words: named('按来源办结', 'end as the source says'), from: ['reported', 'handling'], to: 'evaluated', by: ['system'],
    needs: ['imported'], unless: ['merged'], guards: [untouched], form: forms.settle_import, entry: 'casefile.import_settled' },
  amend_import: { words: named('按来源更正', 'correct as the source says'), from: ['reported', 'handling', 'evaluated'], to: 'same', by: ['system'],
    needs: ['imported'], unless: ['merged'], guards: [untouched], form: forms.amend_import, entry: 'casefile.import_amended' },
  withdraw_import: { words: named('撤回导入', 'withdraw the import'), from: ['reported', 'handling', 'evaluated'], to: 'declined', by: ['system'],
    needs: ['imported'], unless: ['merged'], guards: [untouched], form: forms.withdraw_import, entry: 'casefile.import_withdrawn' },
} as const satisfies Record<CasefileCommand, CasefileRow>;

export const casefileTable: Table<CasefileProcess> = {
  name: 'casefile',
  subject: { zh: '案卷', en: 'case' },
  statuses,
  flags,
  rows,
};
