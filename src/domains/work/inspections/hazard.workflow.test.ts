import { expect, it } from 'vitest';
import { available, consider, isVerdict, type WorkflowActor, type WorkflowSeat } from '../../../kernel/workflow.ts';
import { type Facts, type HazardCommand, type Status, statusNames } from './hazard.model.ts';
import { hazardTable, recheckDuty, rectifyDuty } from './hazard.workflow.ts';

/** Every status with every command, for somebody of the body, for whoever looks again, and for whoever answers for the place. */
const seat = (over: Partial<WorkflowSeat>): WorkflowSeat => ({
  ...{ id: 'seat', role: 'grid_worker', bodyId: null, from: null, to: null },
  ...over,
});
const who = (personId: string, ...posts: WorkflowSeat[]): WorkflowActor => ({
  ...{ kind: 'account', personId, grantee: null, posts },
});
const desk = who('cao', seat({ id: 'desk', role: 'body_desk', bodyId: 'works' }));
const worker = who('wang', seat({ id: 'worker', from: 5, to: 9 }));
const leader = who('jiang', seat({ id: 'leader', role: 'leader', from: 1, to: 99 }));

const owed = (duty: string, owedByKind: string, owedBy: string) => ({ duty, owedByKind, owedBy, assigneeId: null });
const dutiesIn: Readonly<Record<Status, Facts['duties']>> = {
  found: [owed(rectifyDuty, 'body', 'works')],
  rectifying: [owed(rectifyDuty, 'body', 'works')],
  rectified: [owed(recheckDuty, 'post', 'worker')],
  checked_off: [],
  withdrawn: [],
};
const facts = (status: Status, over: Partial<Facts> = {}): Facts => ({
  ...{ status, scopeNo: 7, flags: new Set(), confidential: false, circle: [], duties: dutiesIn[status] },
  ...{ rectifiedBy: status === 'rectified' ? 'cao' : null, ...over },
});
const commands = Object.keys(hazardTable.rows) as HazardCommand[];
const outcome = (command: HazardCommand, of: Facts, actor: WorkflowActor): string => {
  const result = consider(hazardTable, of, command, actor);
  return isVerdict(result) ? result.to : result.reason;
};
const tableFor = (actor: WorkflowActor) =>
  Object.fromEntries(
    statusNames.map((status) => [
      status,
      Object.fromEntries(commands.map((one) => [one, outcome(one, facts(status), actor)])),
    ]),
  );
const over = Object.fromEntries(commands.map((one) => [one, 'status']));
const asks = { object: 'person', ask_time: 'person', uphold: 'missing_flag' };
const noAsks = { object: 'status', ask_time: 'status', uphold: 'status' };
const waits = { check_off: 'status', send_back: 'status' };
const notMine = { extend: 'person', reassign: 'person', refer: 'person', withdraw: 'person' };
const tooLate = { accept: 'status', rectify: 'status', extend: 'status', reassign: 'status' };

it('整改单位：每个状态能办什么', () => {
  expect(tableFor(desk)).toEqual({
    found: {
      accept: 'rectifying',
      rectify: 'rectified',
      ...waits,
      ...notMine,
      ...asks,
      object: 'found',
      ask_time: 'found',
    },
    rectifying: {
      ...{ accept: 'status', rectify: 'rectified', ...waits, ...notMine, ...asks },
      ...{ object: 'rectifying', ask_time: 'rectifying' },
    },
    rectified: { ...noAsks, ...notMine, ...tooLate, check_off: 'person', send_back: 'person' },
    checked_off: over,
    withdrawn: over,
  });
});

it('发现的网格员：只复查', () => {
  const theirs = { accept: 'person', rectify: 'person' };
  expect(tableFor(worker)).toEqual({
    found: { ...theirs, ...waits, ...notMine, ...asks },
    rectifying: { ...theirs, accept: 'status', ...waits, ...notMine, ...asks },
    rectified: { ...noAsks, ...notMine, ...tooLate, check_off: 'checked_off', send_back: 'rectifying' },
    checked_off: over,
    withdrawn: over,
  });
});

it('带班领导：延期、改派、移送、撤销，也能复查', () => {
  const theirs = { accept: 'person', rectify: 'person' };
  const at = (status: Status) => ({ extend: status, reassign: 'found', refer: status, withdraw: 'withdrawn' });
  expect(tableFor(leader)).toEqual({
    found: { ...theirs, ...waits, ...at('found'), ...asks },
    rectifying: { ...theirs, accept: 'status', ...waits, ...at('rectifying'), ...asks },
    rectified: {
      ...noAsks,
      ...tooLate,
      ...{ check_off: 'checked_off', send_back: 'rectifying', refer: 'rectified', withdraw: 'withdrawn' },
    },
    checked_off: over,
    withdrawn: over,
  });
});

it('报整改完成的人不能自己复查，哪怕他另有检查的岗位；别人可以', () => {
  const both = who('cao', ...desk.posts, seat({ id: 'worker', from: 5, to: 9 }));
  expect(outcome('check_off', facts('rectified'), both)).toBe('guard');
  expect(outcome('send_back', facts('rectified'), both)).toBe('guard');
  expect(outcome('check_off', facts('rectified', { rectifiedBy: 'xie' }), both)).toBe('checked_off');
  const said = available(hazardTable, facts('rectified'), both).find(({ command }) => command === 'check_off');
  expect(said).toMatchObject({ allowed: false, lacking: true, reason: { zh: expect.stringContaining('另一个人') } });
});

it('单位说过不归它管的，等答复，不再说第二遍；答复的岗位可以照原来的办', () => {
  const asked = facts('found', { flags: new Set(['objected']) });
  expect([outcome('object', asked, desk), outcome('ask_time', asked, desk)]).toEqual(['flag', 'flag']);
  expect([outcome('uphold', asked, desk), outcome('uphold', asked, leader)]).toEqual(['person', 'found']);
});

it('移送过的不再移送；别处的、别的单位的不行', () => {
  expect(outcome('refer', facts('found', { flags: new Set(['referred']) }), leader)).toBe('flag');
  expect(outcome('rectify', facts('found', { duties: [owed(rectifyDuty, 'body', 'water')] }), desk)).toBe('person');
  const far = who('gao', seat({ id: 'far', role: 'community_head', from: 20, to: 29 }));
  expect(outcome('extend', facts('found'), far)).toBe('person');
});
