import { expect, it } from 'vitest';
import { consider, isVerdict, type WorkflowActor } from '../../../kernel/workflow.ts';
import { type Facts, type SignatureCommand, type Status, statusNames } from './pledge.model.ts';
import { signatureTable, signDuty } from './pledge.workflow.ts';

/** Every status with every command, for the signer, whoever asked, and somebody else. */
const person = (
  personId: string,
  role: string,
  bodyId: string | null,
  span: readonly [number, number] | null,
): WorkflowActor => ({
  ...{ kind: 'account', personId, grantee: null },
  posts: [{ id: `${personId}-post`, role, bodyId, from: span?.[0] ?? null, to: span?.[1] ?? null }],
});
const facts = (status: Status, change: Partial<Facts> = {}): Facts => ({
  ...{ status, flags: new Set(), scopeNo: 5, confidential: false, circle: [], signer: 'works', redeemedPost: null },
  signedBy: status === 'asked' ? null : 'cao',
  duties: status === 'asked' ? [{ duty: signDuty, owedByKind: 'body', owedBy: 'works', assigneeId: null }] : [],
  ...change,
});

type Allowed = Partial<Record<Status, Partial<Record<SignatureCommand, Status>>>>;
const all: readonly (readonly [string, WorkflowActor, Allowed])[] = [
  ['签的单位', person('cao', 'body_desk', 'works', null), { asked: { sign: 'signed' } }],
  [
    '发出的岗位',
    person('chen', 'dispatcher', null, [1, 9]),
    { asked: { sign_on_paper: 'signed' }, signed: { redeem: 'redeemed' } },
  ],
  [
    '那里的领导',
    person('jiang', 'leader', null, [1, 9]),
    { asked: { sign_on_paper: 'signed' }, signed: { redeem: 'redeemed' }, redeemed: { correct: 'redeemed' } },
  ],
  ['别的镇街的领导', person('peng', 'leader', null, [20, 29]), {}],
  ['别的镇街', person('ding', 'dispatcher', null, [20, 29]), {}],
  ['别的单位', person('wei', 'body_desk', 'clean', null), {}],
];

it.each(all)('%s：每一个状态、每一个命令', (_who, actor, may) => {
  for (const status of statusNames)
    for (const command of Object.keys(signatureTable.rows) as SignatureCommand[]) {
      const result = consider(signatureTable, facts(status), command, actor);
      expect(isVerdict(result) ? result.to : null, `${status} ${command}`).toBe(may[status]?.[command] ?? null);
    }
});

it('更正：当时评的岗位可以，同级的别的岗位不行', () => {
  const chen = person('chen', 'dispatcher', null, [1, 9]);
  const by = (redeemedPost: string) => consider(signatureTable, facts('redeemed', { redeemedPost }), 'correct', chen);
  expect(by('chen-post')).toMatchObject({ to: 'redeemed' });
  expect(by('he-post')).toEqual({ reason: 'guard', guard: 'same_or_above' });
});

it('自己签的不能自己评，也不能替自己登记纸质', () => {
  const chen = person('chen', 'dispatcher', null, [1, 9]);
  const own = { signer: 'chen', signedBy: 'chen' };
  expect(consider(signatureTable, facts('signed', own), 'redeem', chen)).toEqual({ reason: 'guard', guard: 'another' });
  expect(consider(signatureTable, facts('asked', { signer: 'chen' }), 'sign_on_paper', chen)).toEqual({
    ...{ reason: 'guard', guard: 'not_own' },
  });
});
