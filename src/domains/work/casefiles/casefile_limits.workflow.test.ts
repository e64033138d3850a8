import { describe, expect, test } from 'vitest';
import { available, consider, isVerdict, toMermaid } from '../../../kernel/workflow.ts';
import {
  type CasefileCommand,
  type CasefileFacts,
  type Flag,
  flagNames,
  type Status,
  statusNames,
} from './casefile.model.ts';
import { casefileTable, duties } from './casefile.workflow.ts';
import { atItsBest, clock, commands, everything, facts, reporter } from './fixtures/actors.ts';

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
      expect(reasonFor({}, { kind: 'anyone', personId: null, grantee: null, posts: [] })).toBe('person');
      expect(reasonFor({}, { kind: 'account', personId: 'x', grantee: null, posts: [] })).toBe('person');
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
    expect(refusal('answer', { status: 'closed', finderCodes: ['code'] }, reporter)).toBe('another_than_finder');
    expect(refusal('answer', { status: 'closed', finderCodes: ['another'] }, reporter)).toBe('allowed');
  });
  test('立案岗只替被询问的报事人记下评价', () => {
    const callerBack = {
      ...everything,
      personId: 'x',
      posts: everything.posts.filter((post) => post.role === 'registrar'),
    };
    const asked = (owedByKind: string, confidential = false) =>
      refusal(
        'answer',
        {
          status: 'closed',
          confidential,
          duties: [{ duty: duties.answer, owedByKind, owedBy: 'somebody', assigneeId: null }],
        },
        callerBack,
      );
    expect(asked('reporter')).toBe('allowed');
    expect(asked('post')).toBe('person');
    expect(asked('reporter', true)).toBe('person');
  });
  test('并案：谁也不跟着丢了', () => {
    const merging = (into: Partial<CasefileFacts>, own: Partial<CasefileFacts> = {}): string => {
      const target = facts({ status: 'handling', ...into });
      const result = consider(casefileTable, facts({ status: 'reported', ...own }), 'merge', everything, target);
      return isVerdict(result) ? 'allowed' : 'guard' in result ? result.guard : result.reason;
    };
    expect(merging({})).toBe('allowed');
    expect(merging({}, { hasCopies: true })).toBe('no_copies');
    for (const status of statusNames)
      expect(merging({ status }), status).toBe(
        ['reported', 'registered', 'dispatched', 'handling'].includes(status) ? 'allowed' : 'into_unfinished',
      );
    expect(merging({ flags: new Set(['merged']) })).toBe('into_the_last');
    expect(merging({ confidential: true })).toBe('alike_confidential');
    expect(refusal('merge', { status: 'reported', hasCopies: true })).toBe('no_copies');
  });
  test('要照片的没有照片不能反馈，不要照片的可以', () => {
    expect(refusal('feed_back', { status: 'handling', photosAfter: 0 })).toBe('evidence_there');
    expect(refusal('feed_back', { status: 'handling', photosAfter: 0, evidence: 'words' })).toBe('allowed');
  });
  test('导入以后有人办理过的，来源不再改它', () => {
    for (const command of ['settle_import', 'amend_import', 'withdraw_import'] as const) {
      const from = { status: 'handling', flags: new Set<Flag>(['imported']) } as const;
      expect(refusal(command, from, clock), command).toBe('allowed');
      expect(refusal(command, { ...from, touched: true }, clock), command).toBe('untouched');
    }
  });
  test('异议有期限，返工有次数', () => {
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

test('按钮：自己岗位的命令都在，不能办的说明原因', () => {
  const seen = available(casefileTable, facts({ status: 'dispatched', flags: new Set(['suspended']) }), everything);
  expect(seen.find((one) => one.command === 'acknowledge')).toMatchObject({
    allowed: false,
    reason: { zh: '案卷已挂账' },
  });
  expect(seen.find((one) => one.command === 'close')).toMatchObject({
    allowed: false,
    reason: { zh: '现在是“待签收”，只有在“待结案”时才可以' },
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
  const bornWith: readonly Flag[] = ['confidential', 'urgent', 'imported'];
  expect(flagNames.filter((flag) => !touched.has(flag) && !bornWith.includes(flag))).toEqual([]);
});

test('状态图', () => {
  expect(toMermaid(casefileTable)).toContain('handled --> dispatched: 核查不通过');
});
