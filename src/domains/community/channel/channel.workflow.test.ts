import { expect, it } from 'vitest';
import { consider, isVerdict, type WorkflowActor } from '../../../kernel/workflow.ts';
import type { Facts, MessageCommand, Status } from './channel.model.ts';
import { statusNames } from './channel.model.ts';
import { messageTable } from './channel.workflow.ts';

/** Every status with every command, for somebody of the grid. */
const seat = { id: 'post', role: 'grid_worker', bodyId: null, from: 5, to: 9 };
const worker: WorkflowActor = { kind: 'account', personId: 'wang', grantee: null, posts: [seat] };
const facts = (status: Status, scopeNo = 7): Facts => ({
  ...{ status, scopeNo, flags: new Set(), confidential: false, duties: [], circle: [] },
});
const commands = Object.keys(messageTable.rows) as MessageCommand[];
const outcome = (command: MessageCommand, of: Facts, actor = worker): string => {
  const result = consider(messageTable, of, command, actor);
  return isVerdict(result) ? result.to : result.reason;
};

it('每个状态能办什么', () => {
  const table = Object.fromEntries(
    statusNames.map((status) => [
      status,
      Object.fromEntries(commands.map((one) => [one, outcome(one, facts(status))])),
    ]),
  );
  const closed = { answer: 'status', set_aside: 'status' };
  expect(table).toEqual({
    waiting: {
      see: 'waiting',
      answer: 'answered',
      report: 'reported',
      set_aside: 'set_aside',
      read_contact: 'waiting',
    },
    answered: {
      see: 'answered',
      answer: 'answered',
      report: 'reported',
      set_aside: 'status',
      read_contact: 'answered',
    },
    reported: { see: 'reported', ...closed, report: 'status', read_contact: 'reported' },
    set_aside: { see: 'set_aside', ...closed, report: 'reported', read_contact: 'set_aside' },
  });
});

it('别处的网格员不行；答复的责任交给了他就行', () => {
  expect(outcome('answer', facts('waiting', 20))).toBe('person');
  const duty = { duty: 'area_message.answer', owedByKind: 'post', owedBy: 'post', assigneeId: null };
  expect(outcome('answer', { ...facts('waiting', 20), duties: [duty] })).toBe('answered');
});
