import type { Guard, Process, Row, Table } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import {
  type Facts,
  type Flag,
  finders,
  flags,
  forms,
  type HazardCommand,
  inBody,
  type Status,
  statuses,
} from './hazard.model.ts';

/** Found, put right by a body with proof, looked at again by somebody else, checked off or sent back. */
export interface HazardProcess extends Process {
  readonly command: HazardCommand;
  readonly status: Status;
  readonly flag: Flag;
  readonly role: Role;
  readonly facts: Facts;
}

export const rectifyDuty = 'hazard.rectify';
export const recheckDuty = 'hazard.recheck';
/** The body said that it is not theirs, or asked for more time. */
export const answerDuty = 'hazard.answer';

/** More time, another body, passing on: for whoever answers for the place. */
const deciding = ['community_head', 'registrar', 'dispatcher', 'leader', 'inspector'] as const satisfies Role[];

const byBody = [{ roles: [...inBody], ground: 'duty', duty: rectifyDuty }] as const;
const byChecker = [
  { roles: [...finders], ground: 'duty', duty: recheckDuty },
  { roles: ['verifier', 'leader', 'inspector'], ground: 'area' },
] as const satisfies Row<HazardProcess>['by'];
const byDeciding = [{ roles: [...deciding], ground: 'area' }] as const;

/** 整改和复查必须是两个人. */
const another: Guard<HazardProcess> = {
  name: 'another',
  says: {
    zh: '整改完成是您报的，要由另一个人复查',
    en: 'you said that it is put right; somebody else has to look again',
  },
  allows: ({ rectifiedBy }, { personId }) => personId !== null && personId !== rectifiedBy,
};

const waiting = ['found', 'rectifying'] as const;
const named = (zh: string, en: string): Row<HazardProcess>['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  accept: { words: named('接收，定整改措施', 'take it on'), from: ['found'], to: 'rectifying', by: byBody, form: forms.accept, entry: 'hazard.accepted' },
  rectify: { words: named('报整改完成', 'say that it is put right'), from: waiting, to: 'rectified', by: byBody, lowers: ['objected'], form: forms.rectify, entry: 'hazard.rectified' },
  check_off: { words: named('复查合格，销号', 'check it off'), from: ['rectified'], to: 'checked_off', by: byChecker, guards: [another],
    form: forms.check_off, entry: 'hazard.checked_off' },
  send_back: { words: named('复查不合格，退回', 'send it back'), from: ['rectified'], to: 'rectifying', by: byChecker, raises: ['returned'], guards: [another],
    form: forms.send_back, entry: 'hazard.sent_back' },
  extend: { words: named('延长整改期限', 'give more time'), from: waiting, to: 'same', by: byDeciding, lowers: ['objected'], form: forms.extend, entry: 'hazard.extended' },
  reassign: { words: named('改由别的单位整改', 'give it to another body'), from: waiting, to: 'found', by: byDeciding, lowers: ['objected'], form: forms.reassign, entry: 'hazard.reassigned' },
  refer: { words: named('移送', 'pass it on'), from: ['found', 'rectifying', 'rectified'], to: 'same', by: byDeciding, unless: ['referred'], raises: ['referred'],
    form: forms.refer, entry: 'hazard.referred' },
  withdraw: { words: named('登记错了，撤销', 'withdraw what was entered wrongly'), from: ['found', 'rectifying', 'rectified'], to: 'withdrawn', by: byDeciding, lowers: ['objected'],
    form: forms.withdraw, entry: 'hazard.withdrawn' },
  object: { words: named('不归我们管', 'it is not ours'), from: waiting, to: 'same', by: byBody, unless: ['objected'], raises: ['objected'],
    form: forms.object, entry: 'hazard.objected' },
  ask_time: { words: named('申请延期', 'ask for more time'), from: waiting, to: 'same', by: byBody, unless: ['objected'], raises: ['objected'],
    form: forms.ask_time, entry: 'hazard.time_asked' },
  uphold: { words: named('不同意，照原来的办', 'it stays as it is'), from: waiting, to: 'same', by: byDeciding, needs: ['objected'], lowers: ['objected'],
    form: forms.uphold, entry: 'hazard.upheld' },
} as const satisfies Record<HazardCommand, Row<HazardProcess>>;

export const hazardTable: Table<HazardProcess> = {
  name: 'hazard',
  subject: { zh: '隐患', en: 'hazard' },
  statuses,
  flags,
  rows,
};
