import type { Process, Row, Table, WorkflowActor } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import {
  type AdjustmentCommand,
  type AdjustmentFacts,
  type AdjustmentFlag,
  type AdjustmentStatus,
  flags,
  forms,
  statuses,
} from './adjustment.model.ts';

/** Extension at most twice and not once late; a rest of at most a year; one appeal, after the end, by two reviewers. */
export interface AdjustmentProcess extends Process {
  readonly command: AdjustmentCommand;
  readonly status: AdjustmentStatus;
  readonly flag: AdjustmentFlag;
  readonly role: Role;
  readonly facts: AdjustmentFacts;
}

export const decideDuty = 'obligation.decide';
/** Stands in the facts for whoever owes the obligation the wish is about. */
export const owner = 'obligation.owner';

const owners = {
  roles: ['body_desk', 'body_head', 'body_worker', 'registrar', 'dispatcher', 'verifier'],
  ground: 'duty',
  duty: owner,
} as const;
const deciders = { roles: ['dispatcher', 'leader'], ground: 'duty', duty: decideDuty } as const;

type Facts = AdjustmentFacts;
const guard = (name: string, zh: string, en: string, allows: (facts: Facts, actor: WorkflowActor) => boolean) => ({
  name,
  says: { zh, en },
  allows,
});
const running = guard(
  'running',
  '这项时限已经停下或结束',
  'this clock has stopped or ended',
  (facts) => facts.state === 'running',
);
const hasLimit = guard('has_limit', '这项任务没有时限', 'this duty has no limit', (facts) => facts.hasLimit);
const ownWork = guard(
  'own_work',
  '审批的时限不能再申请延期或挂账',
  'the clock of a decision is not put off by another request',
  (facts) => !facts.isDecision,
);
const notLate = guard('not_late', '已经超期，不能再延期', 'it is late already', (facts) => !facts.late);
const twice = guard('twice', '最多延期两次', 'it was extended twice', (facts) => facts.extensionsGranted < 2);
const aYear = guard(
  'a_year',
  '挂账要到以后的某一天，最长一年',
  'a rest ends on a later day, within a year',
  (facts) => facts.restDays !== null && facts.restDays > 0 && facts.restDays <= 366,
);
const endedLate = guard(
  'ended_late',
  '只有办结且超期的才能申诉',
  'only what ended late can be appealed',
  (facts) => facts.state === 'settled' && facts.late && !facts.exempt,
);
const another = guard(
  'another',
  '申请、初审、终审要由不同的人',
  'asking, seconding and deciding are for different people',
  (facts, actor) => actor.personId !== facts.askedBy && actor.personId !== facts.secondedBy,
);

type AdjustmentRow = Row<AdjustmentProcess>;
const named = (zh: string, en: string): AdjustmentRow['words'] => ({ zh, en });

// biome-ignore format: a table is read by its rows
const rows = {
  ask_extension: { words: named('申请延期', 'ask for more time'), from: ['none'], to: 'asked', by: [owners], needs: ['extension'],
    guards: [ownWork, running, hasLimit, notLate, twice], form: forms.ask_extension, entry: 'adjustment.asked' },
  ask_suspension: { words: named('申请挂账', 'ask for a rest'), from: ['none'], to: 'asked', by: [owners], needs: ['suspension'],
    guards: [ownWork, running, aYear], form: forms.ask_suspension, entry: 'adjustment.asked' },
  ask_appeal: { words: named('申诉', 'appeal'), from: ['none'], to: 'asked', by: [owners], needs: ['appeal'],
    guards: [endedLate], form: forms.ask_appeal, entry: 'adjustment.asked' },
  second: { words: named('初审同意', 'second'), from: ['asked'], to: 'seconded', by: [deciders], needs: ['appeal'],
    guards: [another], form: forms.second, entry: 'adjustment.seconded' },
  // Asked in time counts: whoever owes the work does not pay for a desk that took long to decide.
  grant: { words: named('批准', 'grant'), from: ['asked', 'seconded'], to: 'granted', by: [deciders],
    guards: [another, guard('two_reviewers', '申诉要先初审', 'an appeal is seconded first', (facts) => !facts.flags.has('appeal') || facts.status === 'seconded'),
      guard('still_running', '时限已经停下或结束', 'the clock has stopped or ended', (facts) => facts.flags.has('appeal') || facts.state === 'running')],
    form: forms.grant, entry: 'adjustment.granted' },
  refuse: { words: named('不批准', 'refuse'), from: ['asked', 'seconded'], to: 'refused', by: [deciders],
    guards: [another], form: forms.refuse, entry: 'adjustment.refused' },
} as const satisfies Record<AdjustmentCommand, AdjustmentRow>;

export const adjustmentTable: Table<AdjustmentProcess> = {
  name: 'adjustment',
  subject: { zh: '申请', en: 'request' },
  statuses,
  flags,
  rows,
};
