import { describe, expect, it } from 'vitest';
import { consider, isVerdict, type WorkflowActor } from '../../../kernel/workflow.ts';
import type { AdjustmentCommand, AdjustmentFacts, AdjustmentKind, AdjustmentStatus } from './adjustment.model.ts';
import { statuses } from './adjustment.model.ts';
import { adjustmentTable, decideDuty, owner } from './adjustment.workflow.ts';

/** Every status with every command, and every rule by the one fact that it is about. */
const seat = (id: string, role: string) => ({ id, role, bodyId: null, from: null, to: null });
const person = (personId: string, post: string, role: string): WorkflowActor => ({
  kind: 'account',
  personId,
  grantee: null,
  posts: [seat(post, role)],
});
const desk = person('cao', 'works', 'body_desk');
const dispatcher = person('chen', 'dispatch', 'dispatcher');

const facts = (kind: AdjustmentKind, change: Partial<AdjustmentFacts> = {}): AdjustmentFacts => ({
  status: 'none',
  flags: new Set([kind]),
  scopeNo: 1,
  confidential: false,
  duties: [
    { duty: owner, owedByKind: 'post', owedBy: 'works', assigneeId: null },
    { duty: decideDuty, owedByKind: 'post', owedBy: 'dispatch', assigneeId: null },
  ],
  circle: [],
  state: kind === 'appeal' ? 'settled' : 'running',
  late: kind === 'appeal',
  exempt: false,
  extensionsGranted: 0,
  hasLimit: true,
  isDecision: false,
  askedBy: 'somebody',
  secondedBy: null,
  restDays: 30,
  ...change,
});

const outcome = (command: AdjustmentCommand, of: AdjustmentFacts, actor: WorkflowActor): string => {
  const result = consider(adjustmentTable, of, command, actor);
  return isVerdict(result) ? result.to : 'guard' in result ? result.guard : result.reason;
};

const commands = Object.keys(adjustmentTable.rows) as AdjustmentCommand[];
const asking: Record<AdjustmentKind, AdjustmentCommand> = {
  extension: 'ask_extension',
  suspension: 'ask_suspension',
  appeal: 'ask_appeal',
};
/** Status by status what the dispatcher may decide; everything that is not written here is refused. */
const decided: Record<AdjustmentKind, Partial<Record<AdjustmentStatus, Partial<Record<AdjustmentCommand, string>>>>> = {
  extension: { asked: { grant: 'granted', refuse: 'refused' }, seconded: { grant: 'granted', refuse: 'refused' } },
  suspension: { asked: { grant: 'granted', refuse: 'refused' }, seconded: { grant: 'granted', refuse: 'refused' } },
  appeal: {
    asked: { second: 'seconded', refuse: 'refused' },
    seconded: { grant: 'granted', refuse: 'refused' },
  },
};

describe.each(Object.keys(asking) as AdjustmentKind[])('%s', (kind) => {
  it.each(Object.keys(statuses) as AdjustmentStatus[])('%s：每一个命令', (status) => {
    const of = facts(kind, { status });
    for (const command of commands) {
      const mayAsk = status === 'none' && command === asking[kind];
      expect(isVerdict(consider(adjustmentTable, of, command, desk)), `${status} ${command}`).toBe(mayAsk);
      const wanted = decided[kind][status]?.[command];
      const got = outcome(command, of, dispatcher);
      if (wanted === undefined) expect(Object.keys(statuses), `${status} ${command}`).not.toContain(got);
      else expect(got, `${status} ${command}`).toBe(wanted);
    }
  });
});

describe('规则', () => {
  it.each<[string, AdjustmentCommand, AdjustmentKind, Partial<AdjustmentFacts>]>([
    ['own_work', 'ask_extension', 'extension', { isDecision: true }],
    ['own_work', 'ask_suspension', 'suspension', { isDecision: true }],
    ['running', 'ask_extension', 'extension', { state: 'paused' }],
    ['running', 'ask_suspension', 'suspension', { state: 'suspended' }],
    ['has_limit', 'ask_extension', 'extension', { hasLimit: false }],
    ['not_late', 'ask_extension', 'extension', { late: true }],
    ['twice', 'ask_extension', 'extension', { extensionsGranted: 2 }],
    ['a_year', 'ask_suspension', 'suspension', { restDays: 367 }],
    ['a_year', 'ask_suspension', 'suspension', { restDays: 0 }],
    ['a_year', 'ask_suspension', 'suspension', { restDays: null }],
    ['ended_late', 'ask_appeal', 'appeal', { state: 'running' }],
    ['ended_late', 'ask_appeal', 'appeal', { late: false }],
    ['ended_late', 'ask_appeal', 'appeal', { exempt: true }],
  ])('%s 不让 %s（%s %j）', (guard, command, kind, change) => {
    expect(outcome(command, facts(kind, change), desk)).toBe(guard);
  });

  it('申请、初审、终审是不同的人；时限结束了不再批；申诉先初审', () => {
    const asked = { status: 'asked', askedBy: 'chen' } as const;
    expect(outcome('grant', facts('extension', asked), dispatcher)).toBe('another');
    expect(outcome('refuse', facts('extension', asked), dispatcher)).toBe('another');
    expect(outcome('grant', facts('appeal', { status: 'seconded', secondedBy: 'chen' }), dispatcher)).toBe('another');
    expect(outcome('grant', facts('extension', { status: 'asked', state: 'settled' }), dispatcher)).toBe(
      'still_running',
    );
    expect(outcome('grant', facts('appeal', { status: 'asked' }), dispatcher)).toBe('two_reviewers');
  });
});
