import { expect, test } from 'vitest';
import type { CaseBody, MeBody } from '../engine/case.ts';
import type { Held } from '../engine/contract.ts';
import { inOrder } from './tasks.ts';

const me = { personId: 'p', name: '曹路', posts: [{ id: 'post', bodyId: 'works' }] } as unknown as MeBody;
const fix = { lon: 112.9, lat: 28.1, accuracyM: 10, at: 0 };
const duty = (owedBy: string, dueAt: string | null, more: object = {}) => ({
  ...{ id: owedBy, duty: 'casefile.handle', owedByKind: 'body', owedBy, assigneeId: null, state: 'running', dueAt },
  ...more,
});
const held = (id: string, lon: number | null, ...duties: object[]): Held<CaseBody> => ({
  ...{ kind: 'casefile', id, position: 1, leaving: false },
  body: { point: lon === null ? null : [lon, 28.1, null], duties } as unknown as CaseBody,
});
const order = (...cases: Held<CaseBody>[]): string[] => inOrder(cases, me, fix).map((task) => task.held.id);

test('先到期的在前，同一小时到期的近的在前，没有时限的在后', () => {
  const far = held('far', 112.95, duty('works', '2026-11-22T08:05:00Z'));
  const near = held('near', 112.901, duty('works', '2026-11-22T08:55:00Z'));
  const early = held('early', 112.99, duty('works', '2026-11-22T07:59:00Z'));
  const paused = held('paused', 112.9, duty('works', '2026-11-22T01:00:00Z', { state: 'paused' }));
  const nowhere = held('nowhere', null, duty('works', '2026-11-22T08:30:00Z'));
  expect(order(paused, nowhere, far, near, early)).toEqual(['early', 'near', 'far', 'nowhere', 'paused']);
});

test('我的：归我的岗位、单位或我本人；别人的不算；几项里看最先到期的', () => {
  const mine = inOrder(
    [
      held('post', null, duty('post', null)),
      held('assigned', null, duty('other', null, { assigneeId: 'p' })),
      held('theirs', null, duty('other', '2026-11-22T01:00:00Z')),
      held(
        'two',
        null,
        duty('works', '2026-11-23T01:00:00Z', { id: 'late' }),
        duty('works', '2026-11-22T01:00:00Z', { id: 'soon' }),
      ),
    ],
    me,
    null,
  );
  const by = Object.fromEntries(mine.map((task) => [task.held.id, task.duty?.id ?? null]));
  expect(by).toEqual({ post: 'post', assigned: 'other', theirs: null, two: 'soon' });
});

test('走一圈时：近的在前，不管时限；不知道在哪的在后', () => {
  const far = held('far', 112.95, duty('works', '2026-11-22T07:00:00Z'));
  const near = held('near', 112.901, duty('works', '2026-11-25T08:55:00Z'));
  const nowhere = held('nowhere', null, duty('works', '2026-11-22T06:30:00Z'));
  expect(inOrder([nowhere, far, near], me, fix, 'near').map((task) => task.held.id)).toEqual([
    'near',
    'far',
    'nowhere',
  ]);
});
