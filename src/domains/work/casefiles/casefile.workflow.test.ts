import { describe, expect, test } from 'vitest';
import { available, consider, isVerdict, toMermaid, type WorkflowActor } from '../../../kernel/workflow.ts';
import {
  type CasefileCommand,
  type CasefileFacts,
  type Flag,
  flagNames,
  type Status,
  statusNames,
} from './casefile.model.ts';
import { casefileTable, duties } from './casefile.workflow.ts';

/** The table, whole: whoever changes a rule sees the change of policy in the diff of this file. */
const commands = Object.keys(casefileTable.rows) as CasefileCommand[];
const AREA = 1000;

/** Somebody who holds every role, at the top and in the body, and owes every duty: only the status decides. */
const everything: WorkflowActor = {
  kind: 'account',
  personId: 'p',
  posts: [
    ...new Set(
      commands.flatMap((command) =>
        casefileTable.rows[command].by.flatMap((by) => (typeof by === 'string' ? [] : by.roles)),
      ),
    ),
  ].map((role) => ({
    id: `post ${role}`,
    role,
    bodyId: 'body',
    from: 1,
    to: 9999,
  })),
};
const reporter: WorkflowActor = { kind: 'reporter', personId: null, posts: [] };
const clock: WorkflowActor = { kind: 'system', personId: null, posts: [] };

const facts = (changes: Partial<CasefileFacts> & { status: Status }): CasefileFacts => ({
  flags: new Set(),
  scopeNo: AREA,
  confidential: false,
  duties: Object.values(duties).map((duty) => ({ duty, owedBy: 'body', assigneeId: 'p' })),
  circle: ['p'],
  round: 1,
  mostRounds: 3,
  handledBy: null,
  foundBy: [],
  evidence: 'photos',
  photosAfter: 1,
  objectionOpen: true,
  hasCondition: true,
  ...changes,
});

/** Flags a row asks for are raised, so that each row is seen at its best. */
const atItsBest = (command: CasefileCommand, status: Status): CasefileFacts =>
  facts({ status, flags: new Set(casefileTable.rows[command].needs ?? []) });

const possible = (command: CasefileCommand, status: Status): boolean =>
  [everything, reporter, clock].some((actor) =>
    isVerdict(consider(casefileTable, atItsBest(command, status), command, actor)),
  );

test('每个状态能办什么,到什么状态', () => {
  const table = Object.fromEntries(
    statusNames.map((status) => [
      status,
      commands
        .filter((command) => possible(command, status))
        .map((command) => {
          const { to } = casefileTable.rows[command];
          return to === 'same' ? command : `${command} → ${to}`;
        }),
    ]),
  );
  expect(table).toMatchInlineSnapshot(`
    {
      "closed": [
        "answer → evaluated",
        "object → registered",
        "lapse → evaluated",
        "escalate",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "declined": [
        "contest → reported",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "dispatched": [
        "acknowledge → handling",
        "send_back → registered",
        "measure",
        "escalate",
        "rest",
        "wake",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "merge",
        "unmerge",
        "summon",
        "report_in",
        "refuse_summons",
        "visit",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "evaluated": [
        "object → registered",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "handled": [
        "verify → verified",
        "rework → dispatched",
        "take_over → registered",
        "escalate",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "handling": [
        "assign",
        "send_back → registered",
        "measure",
        "feed_back → handled",
        "escalate",
        "rest",
        "wake",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "merge",
        "unmerge",
        "summon",
        "report_in",
        "refuse_summons",
        "visit",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "registered": [
        "relocate",
        "dispatch → dispatched",
        "send_to_registrar → reported",
        "measure",
        "escalate",
        "rest",
        "wake",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "merge",
        "unmerge",
        "summon",
        "report_in",
        "refuse_summons",
        "visit",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "reported": [
        "order_check",
        "answer_check",
        "register → registered",
        "decline → declined",
        "relocate",
        "measure",
        "escalate",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "merge",
        "unmerge",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
      "verified": [
        "close → closed",
        "escalate",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "say",
        "reply",
        "read_contact",
      ],
    }
  `);
});

test('谁凭什么办:岗位和理由', () => {
  const matrix = Object.fromEntries(
    commands.map((command) => [
      command,
      casefileTable.rows[command].by.map((by) =>
        typeof by === 'string' ? by : `${by.roles.join('|')} ${by.ground === 'duty' ? `owing ${by.duty}` : by.ground}`,
      ),
    ]),
  );
  expect(matrix).toMatchInlineSnapshot(`
    {
      "acknowledge": [
        "body_desk|body_worker|body_head owing casefile.acknowledge",
      ],
      "admit": [
        "registrar owing casefile.register",
        "dispatcher owing casefile.dispatch",
        "body_desk|body_head owing casefile.handle",
        "registrar|dispatcher|mediator|community_head|leader|body_desk|body_head named",
      ],
      "answer": [
        "reporter",
        "community_head|grid_leader|registrar owing casefile.answer",
        "registrar area",
      ],
      "answer_check": [
        "grid_worker|grid_leader|community_head|verifier owing casefile.precheck",
      ],
      "assign": [
        "body_desk|body_head owing casefile.handle",
      ],
      "close": [
        "registrar owing casefile.close",
      ],
      "contest": [
        "reporter",
      ],
      "decline": [
        "registrar owing casefile.register",
      ],
      "dismiss": [
        "registrar owing casefile.register",
        "dispatcher owing casefile.dispatch",
        "body_desk|body_head owing casefile.handle",
        "registrar|dispatcher|mediator|community_head|leader|body_desk|body_head named",
      ],
      "dispatch": [
        "dispatcher owing casefile.dispatch",
      ],
      "escalate": [
        "system",
      ],
      "feed_back": [
        "body_desk|body_worker|body_head owing casefile.handle",
      ],
      "lapse": [
        "system",
      ],
      "measure": [
        "grid_worker|grid_leader|community_head area",
        "body_desk|body_worker|body_head owing casefile.handle",
        "registrar|dispatcher|mediator|community_head|leader|body_desk|body_head named",
      ],
      "merge": [
        "registrar|dispatcher area",
        "registrar owing casefile.register",
        "dispatcher owing casefile.dispatch",
      ],
      "object": [
        "reporter",
        "community_head|grid_leader|registrar owing casefile.answer",
        "registrar area",
      ],
      "order_check": [
        "registrar owing casefile.register",
      ],
      "read_contact": [
        "registrar|dispatcher area",
        "registrar owing casefile.register",
        "registrar owing casefile.close",
        "dispatcher owing casefile.dispatch",
        "body_desk|body_worker|body_head owing casefile.handle",
        "grid_worker|grid_leader|community_head|verifier owing casefile.precheck",
        "grid_worker|grid_leader|community_head|verifier owing casefile.verify",
        "registrar|dispatcher|mediator|community_head|leader|body_desk|body_head named",
      ],
      "refuse_summons": [
        "body_desk|body_head owing casefile.report_in",
      ],
      "register": [
        "registrar owing casefile.register",
      ],
      "release": [
        "leader|inspector area",
      ],
      "relocate": [
        "registrar owing casefile.register",
        "dispatcher owing casefile.dispatch",
        "registrar|dispatcher area",
      ],
      "reply": [
        "reporter",
      ],
      "report_in": [
        "body_desk|body_worker|body_head owing casefile.report_in",
      ],
      "rest": [
        "system",
      ],
      "rework": [
        "grid_worker|grid_leader|community_head|verifier owing casefile.verify",
      ],
      "say": [
        "registrar|dispatcher area",
        "grid_worker|grid_leader|community_head area",
        "registrar owing casefile.register",
        "registrar owing casefile.close",
        "dispatcher owing casefile.dispatch",
        "body_desk|body_worker|body_head owing casefile.handle",
        "registrar|dispatcher|mediator|community_head|leader|body_desk|body_head named",
      ],
      "send_back": [
        "body_desk|body_head owing casefile.handle",
      ],
      "send_to_registrar": [
        "dispatcher owing casefile.dispatch",
      ],
      "stand_down": [
        "dispatcher|community_head|leader area",
        "dispatcher owing casefile.dispatch",
      ],
      "summon": [
        "dispatcher|community_head|leader area",
        "dispatcher owing casefile.dispatch",
        "body_desk|body_head owing casefile.handle",
      ],
      "supervise": [
        "leader|inspector area",
      ],
      "take_over": [
        "grid_worker|grid_leader|community_head|verifier owing casefile.verify",
      ],
      "unmerge": [
        "registrar|dispatcher area",
        "registrar owing casefile.register",
        "dispatcher owing casefile.dispatch",
      ],
      "verify": [
        "grid_worker|grid_leader|community_head|verifier owing casefile.verify",
      ],
      "visit": [
        "dispatcher|community_head|leader area",
        "dispatcher owing casefile.dispatch",
        "body_desk|body_head owing casefile.handle",
      ],
      "wake": [
        "system",
      ],
    }
  `);
});

describe('每一行的每一条限制都真的拦得住', () => {
  for (const command of commands) {
    const row = casefileTable.rows[command];
    const actor = row.by.includes('system') ? clock : row.by.every((by) => by === 'reporter') ? reporter : everything;
    const status = row.from[0] as Status;
    const reasonFor = (changes: Partial<CasefileFacts>, who = actor) => {
      const result = consider(casefileTable, { ...atItsBest(command, status), ...changes }, command, who);
      return isVerdict(result) ? 'allowed' : result.reason;
    };

    test(command, () => {
      expect(reasonFor({})).toBe('allowed');
      for (const other of statusNames.filter((name) => !row.from.includes(name)))
        expect(reasonFor({ status: other }), other).toBe('status');
      const needs: readonly Flag[] = row.needs ?? [];
      for (const flag of row.unless ?? []) expect(reasonFor({ flags: new Set([...needs, flag]) }), flag).toBe('flag');
      for (const flag of needs)
        expect(reasonFor({ flags: new Set(needs.filter((one) => one !== flag)) }), flag).toBe('missing_flag');
      // Nobody, somebody without a post, and somebody from another place.
      expect(reasonFor({}, { kind: 'anyone', personId: null, posts: [] })).toBe('person');
      expect(reasonFor({}, { kind: 'account', personId: 'x', posts: [] })).toBe('person');
      const elsewhere = {
        ...everything,
        personId: 'x',
        posts: everything.posts.map((post) => ({ ...post, id: 'other', bodyId: 'other', from: 5000, to: 6000 })),
      };
      expect(reasonFor({}, elsewhere)).toBe('person');
    });
  }
});

describe('有名字的守则', () => {
  const refusal = (
    command: CasefileCommand,
    changes: Partial<CasefileFacts> & { status: Status },
    actor = everything,
  ): string => {
    const result = consider(casefileTable, facts(changes), command, actor);
    return isVerdict(result) ? 'allowed' : 'guard' in result ? result.guard : result.reason;
  };

  test('自己办的不能自己核查', () => {
    expect(refusal('verify', { status: 'handled', handledBy: 'p' })).toBe('another_than_handler');
    expect(refusal('verify', { status: 'handled', handledBy: 'q' })).toBe('allowed');
  });
  test('自己发现的不能自己评价', () => {
    expect(refusal('answer', { status: 'closed', foundBy: ['p'] })).toBe('another_than_finder');
    expect(refusal('answer', { status: 'closed', foundBy: ['p'] }, reporter)).toBe('allowed');
  });
  test('要照片的没有照片不能反馈,不要照片的可以', () => {
    expect(refusal('feed_back', { status: 'handling', photosAfter: 0 })).toBe('evidence_there');
    expect(refusal('feed_back', { status: 'handling', photosAfter: 0, evidence: 'words' })).toBe('allowed');
  });
  test('异议有期限,返工有次数', () => {
    expect(refusal('object', { status: 'evaluated', objectionOpen: false }, reporter)).toBe('objection_open');
    expect(refusal('object', { status: 'closed', round: 3 }, reporter)).toBe('rounds_left');
    expect(refusal('object', { status: 'closed', round: 2 }, reporter)).toBe('allowed');
  });
  test('保密案卷不认辖区', () => {
    const desk = {
      ...everything,
      personId: 'x',
      posts: everything.posts.map((post) => ({ ...post, id: `far ${post.role}`, bodyId: null })),
    };
    const open = facts({ status: 'registered' });
    expect(isVerdict(consider(casefileTable, open, 'measure', desk))).toBe(true);
    expect(isVerdict(consider(casefileTable, { ...open, confidential: true }, 'measure', desk))).toBe(false);
  });
});

test('按钮:自己岗位的命令都在,不能办的说明原因', () => {
  const seen = available(casefileTable, facts({ status: 'dispatched', flags: new Set(['suspended']) }), everything);
  expect(seen.find((one) => one.command === 'acknowledge')).toMatchObject({
    allowed: false,
    reason: { zh: '案卷已挂账' },
  });
  expect(seen.find((one) => one.command === 'close')).toMatchObject({
    allowed: false,
    reason: { zh: '现在是“待签收”,要到“待结案”时才可以' },
  });
  expect(seen.some((one) => one.command === 'lapse')).toBe(false);
});

test('每个标志都有命令会升起或落下', () => {
  const touched = new Set(
    commands.flatMap((command) => [
      ...(casefileTable.rows[command].raises ?? []),
      ...(casefileTable.rows[command].lowers ?? []),
    ]),
  );
  const bornWith: readonly Flag[] = ['confidential', 'urgent'];
  expect(flagNames.filter((flag) => !touched.has(flag) && !bornWith.includes(flag))).toEqual([]);
});

test('状态图', () => {
  expect(toMermaid(casefileTable)).toContain('handled --> dispatched: 核查不通过');
});
