import { describe, expect, it } from 'vitest';
import { consider, isVerdict, type WorkflowActor } from '../../../kernel/workflow.ts';
import { type Facts, type ItemCommand, type Status, statusNames } from './item.model.ts';
import { acceptDuty, carryOutDuty, itemTable } from './item.workflow.ts';

/** Every status with every command, for everybody who has anything to do with an item. */
const seat = (id: string, role: string, bodyId: string | null, span: readonly [number, number] | null) => ({
  ...{ id, role, bodyId, from: span?.[0] ?? null, to: span?.[1] ?? null },
});
const person = (personId: string, post: ReturnType<typeof seat>): WorkflowActor => ({
  ...{ kind: 'account', personId, grantee: null, posts: [post] },
});
const lead = person('cao', seat('desk', 'body_desk', 'works', null));
const helper = person('wei', seat('other', 'body_desk', 'clean', null));
const issuer = person('chen', seat('dispatch', 'dispatcher', null, [1, 9]));
const elsewhere = person('ding', seat('river', 'dispatcher', null, [20, 29]));
const stranger = person('lu', seat('third', 'body_desk', 'justice', null));

const facts = (status: Status, change: Partial<Facts> = {}): Facts => ({
  ...{ status, flags: new Set(), scopeNo: 5, confidential: false, circle: ['clean'], doneBy: 'cao' },
  duties: [
    ...(status === 'sent' ? [{ duty: carryOutDuty, owedByKind: 'body', owedBy: 'works', assigneeId: null }] : []),
    ...(status === 'done' ? [{ duty: acceptDuty, owedByKind: 'post', owedBy: 'dispatch', assigneeId: null }] : []),
  ],
  ...change,
});

const outcome = (command: ItemCommand, of: Facts, actor: WorkflowActor): string => {
  const result = consider(itemTable, of, command, actor);
  return isVerdict(result) ? result.to : 'guard' in result ? result.guard : result.reason;
};

/** All that is possible; everything that is not written here is refused. */
type Allowed = Partial<Record<Status, Partial<Record<ItemCommand, Status>>>>;
const allowed: readonly (readonly [string, WorkflowActor, Allowed])[] = [
  ['牵头单位', lead, { sent: { progress: 'sent', report_done: 'done' } }],
  ['配合单位', helper, { sent: { progress: 'sent' } }],
  [
    '下达的岗位',
    issuer,
    {
      sent: { move_deadline: 'sent', withdraw: 'withdrawn' },
      done: { accept: 'accepted', return: 'sent', withdraw: 'withdrawn' },
    },
  ],
  ['别的镇街', elsewhere, {}],
  ['不相干的单位', stranger, {}],
];

describe.each(allowed)('%s', (_who, actor, may) => {
  it.each(statusNames)('%s：每一个命令', (status) => {
    for (const command of Object.keys(itemTable.rows) as ItemCommand[]) {
      const wanted = may[status]?.[command];
      const result = consider(itemTable, facts(status), command, actor);
      expect(isVerdict(result) ? result.to : null, `${status} ${command}`).toBe(wanted ?? null);
    }
  });
});

it('报办成的人自己也是下达的岗位：不能自己验收；收回重办、撤回可以', () => {
  const own = facts('done', { doneBy: 'chen' });
  expect([outcome('accept', own, issuer), outcome('return', own, issuer), outcome('withdraw', own, issuer)]).toEqual([
    ...['another', 'sent', 'withdrawn'],
  ]);
});

it('验收交给了别处的岗位：由它办', () => {
  const handed = facts('done', {
    duties: [{ duty: acceptDuty, owedByKind: 'post', owedBy: 'river', assigneeId: null }],
  });
  expect(outcome('accept', handed, elsewhere)).toBe('accepted');
  expect(outcome('withdraw', handed, elsewhere)).toBe('person');
});
