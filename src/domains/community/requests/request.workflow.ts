import type { Process, Row, Table, WorkflowActor } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import {
  type Facts,
  forms,
  type RequestCommand,
  requestDesk,
  type Status,
  statuses,
  type Wish,
} from './request.model.ts';

/** A request is dealt with, and closed when the person was told; a deletion takes two people. */
export interface RequestProcess extends Process {
  readonly command: RequestCommand;
  readonly status: Status;
  readonly flag: never;
  readonly role: Role;
  readonly facts: Facts;
}

export const answerDuty = 'person_request.answer';
export const confirmDuty = 'person_request.confirm';

const desk = { roles: [...requestDesk], ground: 'area' } as const;
const by = [desk];

const wants = (...these: Wish[]) => ({
  name: 'wanted_otherwise',
  says: { zh: '请求的不是这个', en: 'that is not what was asked for' },
  allows: ({ wanted }: Facts) => these.includes(wanted),
});
const hasRecord = {
  name: 'no_record',
  says: { zh: '还没有指明是台账里的哪一条', en: 'no record has been named yet' },
  allows: (facts: Facts) => facts.hasRecord,
};
const hasNone = {
  name: 'has_record',
  says: { zh: '台账里有这个人', en: 'there is a record of them' },
  allows: (facts: Facts) => !facts.hasRecord,
};
const wasShown = {
  name: 'not_shown',
  says: { zh: '先打开全部内容，给本人看或打印', en: 'open everything for them first' },
  allows: (facts: Facts) => facts.wasShown,
};
const another = {
  name: 'another',
  says: { zh: '要另一个人来确认，提出的人不能自己确认', en: 'somebody else confirms, not whoever proposed it' },
  allows: ({ proposedBy }: Facts, { personId }: WorkflowActor) => personId !== proposedBy,
};
const named = (zh: string, en: string): Row<RequestProcess>['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  name_record: { words: named('指明是哪一条', 'name the record'), from: ['open'], to: 'same', by, form: forms.name_record, entry: 'person_request.record_named' },
  show: { words: named('打开全部内容', 'open everything'), from: ['open'], to: 'same', by, guards: [wants('see', 'copy'), hasRecord],
    form: forms.show, entry: 'person_request.shown' },
  hand_over: { words: named('已交给本人', 'handed over'), from: ['open'], to: 'answered', by, guards: [wants('see', 'copy'), hasRecord, wasShown],
    form: forms.hand_over, entry: 'person_request.handed_over' },
  corrected: { words: named('已更正', 'put right'), from: ['open'], to: 'done', by, guards: [wants('correct'), hasRecord],
    form: forms.corrected, entry: 'person_request.corrected' },
  propose: { words: named('提出删除', 'propose to delete'), from: ['open'], to: 'confirming', by, guards: [wants('delete'), hasRecord],
    form: forms.propose, entry: 'person_request.deletion_proposed' },
  confirm: { words: named('确认删除', 'confirm the deletion'), from: ['confirming'], to: 'done', by, guards: [another],
    form: forms.confirm, entry: 'person_request.deletion_confirmed' },
  send_back: { words: named('不确认，退回', 'send back'), from: ['confirming'], to: 'open', by, guards: [another],
    form: forms.send_back, entry: 'person_request.sent_back' },
  answer: { words: named('已告知本人', 'the person was told'), from: ['done'], to: 'answered', by, form: forms.answer, entry: 'person_request.answered' },
  nothing_kept: { words: named('告知没有保存', 'tell that nothing is kept'), from: ['open'], to: 'answered', by, guards: [hasNone],
    form: forms.nothing_kept, entry: 'person_request.nothing_kept' },
  refuse: { words: named('拒绝并告知', 'refuse and tell'), from: ['open', 'confirming'], to: 'refused', by, form: forms.refuse, entry: 'person_request.refused' },
  withdraw: { words: named('本人撤回', 'withdrawn by them'), from: ['open', 'confirming'], to: 'withdrawn', by, form: forms.withdraw, entry: 'person_request.withdrawn' },
} as const satisfies Record<RequestCommand, Row<RequestProcess>>;

export const requestTable: Table<RequestProcess> = {
  name: 'person_request',
  subject: { zh: '请求', en: 'request' },
  statuses,
  flags: {},
  rows,
};
