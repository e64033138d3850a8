import type { Process, Row, Table } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import { type Facts, type Flag, flags, forms, type MessageCommand, type Status, statuses } from './channel.model.ts';

/** A message waits for an answer; it is answered, made a report, or nothing is to be done about it. */
export interface MessageProcess extends Process {
  readonly command: MessageCommand;
  readonly status: Status;
  readonly flag: Flag;
  readonly role: Role;
  readonly facts: Facts;
}

export const answerDuty = 'area_message.answer';

/** The nearest of these that somebody holds owes the answer. */
export const answering = ['grid_worker', 'grid_leader', 'community_head', 'registrar'] as const satisfies Role[];
/** Those above hear of what nobody answers; they read it and see to it that it is answered. */
export const channelReaders: readonly Role[] = [...answering, 'dispatcher', 'leader'];

const there = { roles: [...answering], ground: 'area' } as const;
/** Also where the post lies elsewhere and the duty was handed to it. */
const owing = { roles: [...answering], ground: 'duty', duty: answerDuty } as const;

const by = [there, owing];
const all = Object.keys(statuses) as Status[];
const named = (zh: string, en: string): Row<MessageProcess>['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  see: { words: named('看过了', 'I have read it'), from: all, to: 'same', by, form: forms.see, entry: 'area_message.seen' },
  answer: { words: named('答复', 'answer'), from: ['waiting', 'answered'], to: 'answered', by, lowers: ['unverified'],
    form: forms.answer, entry: 'area_message.answered' },
  // Also what was answered or set aside: a second look may find that there is something to do.
  report: { words: named('转为报事', 'make it a report'), from: ['waiting', 'answered', 'set_aside'], to: 'reported', by, lowers: ['unverified'],
    form: forms.report, entry: 'area_message.reported' },
  set_aside: { words: named('没有要办的事', 'nothing to do'), from: ['waiting'], to: 'set_aside', by, lowers: ['unverified'],
    form: forms.set_aside, entry: 'area_message.set_aside' },
  read_contact: { words: named('看电话', 'read the phone'), from: all, to: 'same', by, form: forms.read_contact, entry: 'area_message.contact_read' },
} as const satisfies Record<MessageCommand, Row<MessageProcess>>;

export const messageTable: Table<MessageProcess> = {
  name: 'area_message',
  subject: { zh: '留言', en: 'message' },
  statuses,
  flags,
  rows,
};
