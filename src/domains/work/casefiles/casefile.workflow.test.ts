import { expect, test } from 'vitest';
import { statusNames } from './casefile.model.ts';
import { casefileTable } from './casefile.workflow.ts';
import { commands, possible } from './fixtures/actors.ts';

/** The table, whole: whoever changes a rule sees the change of policy in the diff of this file. */
test('每个状态能办什么，到什么状态', () => {
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
        "disclose",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
      ],
      "declined": [
        "contest → reported",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
      ],
      "dispatched": [
        "acknowledge → handling",
        "send_back → registered",
        "measure",
        "escalate",
        "rest",
        "wake",
        "urge",
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
        "disclose",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
      ],
      "evaluated": [
        "object → registered",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "disclose",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
        "amend_import",
        "withdraw_import → declined",
      ],
      "handled": [
        "verify → verified",
        "rework → dispatched",
        "take_over → registered",
        "escalate",
        "urge",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "disclose",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
      ],
      "handling": [
        "assign",
        "send_back → registered",
        "measure",
        "feed_back → handled",
        "escalate",
        "rest",
        "wake",
        "urge",
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
        "disclose",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
        "settle_import → evaluated",
        "amend_import",
        "withdraw_import → declined",
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
        "disclose",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
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
        "ask_to_join",
        "stand_down",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
        "settle_import → evaluated",
        "amend_import",
        "withdraw_import → declined",
      ],
      "verified": [
        "close → closed",
        "escalate",
        "supervise",
        "release",
        "admit",
        "dismiss",
        "stand_down",
        "disclose",
        "conceal",
        "say",
        "reply",
        "read_contact",
        "hear",
      ],
    }
  `);
});

test('谁凭什么办：岗位和理由', () => {
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
        "system",
      ],
      "admit": [
        "registrar owing casefile.register",
        "dispatcher owing casefile.dispatch",
        "body_desk|body_head owing casefile.handle",
        "registrar|dispatcher|mediator|community_head|leader|body_desk|body_head named",
      ],
      "amend_import": [
        "system",
      ],
      "answer": [
        "reporter",
        "community_head|grid_leader|verifier owing casefile.answer",
        "registrar behalf",
      ],
      "answer_check": [
        "grid_worker|grid_leader|community_head|verifier owing casefile.precheck",
      ],
      "ask_to_join": [
        "reporter",
      ],
      "assign": [
        "body_desk|body_head owing casefile.handle",
      ],
      "close": [
        "registrar owing casefile.close",
      ],
      "conceal": [
        "registrar area",
        "reporter",
      ],
      "contest": [
        "reporter",
      ],
      "decline": [
        "registrar owing casefile.register",
      ],
      "disclose": [
        "registrar area",
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
        "system",
      ],
      "hear": [
        "system",
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
        "system",
      ],
      "object": [
        "reporter",
        "community_head|grid_leader|verifier owing casefile.answer",
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
        "system",
      ],
      "send_to_registrar": [
        "dispatcher owing casefile.dispatch",
      ],
      "settle_import": [
        "system",
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
      "urge": [
        "dispatcher area",
        "leader|inspector area",
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
      "withdraw_import": [
        "system",
      ],
    }
  `);
});
