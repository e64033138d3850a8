import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineProblems, Problem } from './problem.ts';
import {
  available,
  consider,
  decide,
  flagsAfter,
  isVerdict,
  type Process,
  type Row,
  refusalWords,
  type Table,
  toMermaid,
  type WorkflowActor,
  type WorkflowRecord,
} from './workflow.ts';

/** A process of four commands, to try the machine that every real process runs on. */
interface Loan extends Process {
  readonly command: 'lend' | 'renew' | 'give_back' | 'expire';
  readonly status: 'here' | 'lent';
  readonly flag: 'damaged' | 'wanted';
  readonly role: 'keeper' | 'reader' | 'boss';
  readonly facts: WorkflowRecord<'here' | 'lent', 'damaged' | 'wanted'> & { readonly times: number };
}
const words = (zh: string) => ({ zh, en: zh });
const form = z.strictObject({});
const fewTimes = { name: 'few_times', says: words('续借太多次'), allows: ({ times }: Loan['facts']) => times < 2 };
const rows: Record<Loan['command'], Row<Loan>> = {
  lend: {
    words: words('借出'),
    from: ['here'],
    to: 'lent',
    by: [{ roles: ['keeper'], ground: 'area' }],
    unless: ['damaged'],
    form,
    entry: 'lent',
  },
  renew: {
    words: words('续借'),
    from: ['lent'],
    to: 'same',
    by: [{ roles: ['reader'], ground: 'duty', duty: 'return' }, 'reporter'],
    unless: ['wanted'],
    guards: [fewTimes],
    form,
    entry: 'renewed',
  },
  give_back: {
    words: words('归还'),
    from: ['lent'],
    to: 'here',
    by: [
      { roles: ['keeper', 'boss'], ground: 'named' },
      { roles: ['boss'], ground: 'any' },
    ],
    lowers: ['wanted'],
    raises: ['damaged'],
    form,
    entry: 'back',
  },
  expire: {
    words: words('到期'),
    from: ['lent'],
    to: 'same',
    by: ['system'],
    needs: ['wanted'],
    form,
    entry: 'expired',
  },
};
const table: Table<Loan> = {
  name: 'loan',
  subject: { zh: '书', en: 'book' },
  statuses: { here: words('在架'), lent: words('借出中') },
  flags: { damaged: words('破损'), wanted: words('有人等') },
  rows,
};

const facts = (changes: Partial<Loan['facts']> = {}): Loan['facts'] => ({
  status: 'lent',
  flags: new Set(),
  scopeNo: 50,
  confidential: false,
  duties: [],
  circle: [],
  times: 0,
  ...changes,
});
const seat = (role: string, changes: object = {}) => ({
  id: `${role}-seat`,
  role,
  bodyId: null,
  from: 1,
  to: 100,
  ...changes,
});
const actor = (...posts: ReturnType<typeof seat>[]): WorkflowActor => ({
  kind: 'account',
  personId: 'me',
  grantee: null,
  posts,
});
const as = (kind: WorkflowActor['kind']): WorkflowActor => ({ kind, personId: null, grantee: null, posts: [] });
const tried = (command: Loan['command'], who: WorkflowActor, changes: Partial<Loan['facts']> = {}) =>
  consider(table, facts(changes), command, who);

describe('凭什么办', () => {
  const here = { status: 'here' } as const;
  it('按辖区：岗位的区间要盖住案卷，两头都算', () => {
    for (const scopeNo of [1, 50, 100])
      expect(tried('lend', actor(seat('keeper')), { ...here, scopeNo })).toEqual({ to: 'lent', postId: 'keeper-seat' });
    for (const scopeNo of [0, 101])
      expect(tried('lend', actor(seat('keeper')), { ...here, scopeNo })).toEqual({ reason: 'person' });
  });

  it('按辖区：保密的不行，没有辖区的岗位不行，别的岗位不行', () => {
    expect(tried('lend', actor(seat('keeper')), { ...here, confidential: true })).toEqual({ reason: 'person' });
    expect(tried('lend', actor(seat('keeper', { from: null, to: null })), here)).toEqual({ reason: 'person' });
    expect(tried('lend', actor(seat('reader')), here)).toEqual({ reason: 'person' });
    expect(tried('lend', actor(), here)).toEqual({ reason: 'person' });
  });

  it('按职责：本岗位、本单位欠的，或者指派给本人的；别的职责不算', () => {
    const duty = (owedBy: string, assigneeId: string | null = null, name = 'return') => ({
      duties: [{ duty: name, owedByKind: 'post', owedBy, assigneeId }],
    });
    const me = actor(seat('reader', { bodyId: 'my-body', from: null, to: null }));
    expect(tried('renew', me, duty('reader-seat'))).toMatchObject({ postId: 'reader-seat' });
    expect(tried('renew', me, duty('my-body'))).toMatchObject({ postId: 'reader-seat' });
    expect(tried('renew', me, duty('other-seat', 'me'))).toMatchObject({ postId: 'reader-seat' });
    expect(tried('renew', me, duty('other-seat', 'somebody'))).toEqual({ reason: 'person' });
    expect(tried('renew', me, duty('reader-seat', null, 'other duty'))).toEqual({ reason: 'person' });
    expect(tried('renew', me)).toEqual({ reason: 'person' });
  });

  it('按职责时保密也行：职责就是理由', () => {
    const owed = {
      duties: [{ duty: 'return', owedByKind: 'post', owedBy: 'reader-seat', assigneeId: null }],
      confidential: true,
    };
    expect(isVerdict(tried('renew', actor(seat('reader')), owed))).toBe(true);
  });

  it('按点名：本人、本岗位、本单位在知情范围里', () => {
    const keeper = actor(seat('keeper', { bodyId: 'my-body' }));
    for (const id of ['me', 'keeper-seat', 'my-body'])
      expect(isVerdict(tried('give_back', keeper, { circle: [id] })), id).toBe(true);
    expect(tried('give_back', keeper, { circle: ['somebody'] })).toEqual({ reason: 'person' });
    expect(tried('give_back', keeper)).toEqual({ reason: 'person' });
  });

  it('没有本单位的岗位，不会因为“空”等于“空”而算在知情范围里', () => {
    const keeper = actor(seat('keeper'));
    expect(tried('give_back', keeper, { circle: [] })).toEqual({ reason: 'person' });
    const duty = { duties: [{ duty: 'return', owedByKind: 'post', owedBy: 'x', assigneeId: null }] };
    expect(tried('renew', { ...actor(seat('reader')), personId: null }, duty)).toEqual({ reason: 'person' });
  });

  it('只看岗位的：在哪里都行', () => {
    expect(tried('give_back', actor(seat('boss', { from: null, to: null })))).toMatchObject({ postId: 'boss-seat' });
  });

  it('几个岗位里哪个有权用哪个', () => {
    const both = actor(seat('keeper', { from: 900, to: 950 }), seat('keeper', { id: 'second' }));
    expect(tried('lend', both, { status: 'here' })).toMatchObject({ postId: 'second' });
  });

  it('报事人和系统：不凭岗位，彼此不能代替', () => {
    expect(tried('renew', as('reporter'))).toEqual({ to: 'lent', postId: null });
    expect(tried('renew', as('system'))).toEqual({ reason: 'person' });
    expect(tried('expire', as('system'), { flags: new Set(['wanted']) })).toEqual({ to: 'lent', postId: null });
    for (const kind of ['reporter', 'anyone', 'apikey', 'account'] as const)
      expect(tried('expire', as(kind), { flags: new Set(['wanted']) }), kind).toEqual({ reason: 'person' });
  });
});

describe('为什么不能办', () => {
  const keeper = actor(seat('keeper'));
  it('先说状态，再说标记，再说人，最后说规则', () => {
    const all = { flags: new Set(['damaged', 'wanted'] as const), times: 9 };
    expect(tried('lend', as('anyone'), all)).toEqual({ reason: 'status' });
    expect(tried('lend', as('anyone'), { ...all, status: 'here' })).toEqual({ reason: 'flag', flag: 'damaged' });
    expect(tried('expire', as('anyone'))).toEqual({ reason: 'missing_flag', flag: 'wanted' });
    expect(tried('renew', as('anyone'), { times: 9 })).toEqual({ reason: 'person' });
    expect(tried('renew', as('reporter'), { times: 9 })).toEqual({ reason: 'guard', guard: 'few_times' });
  });

  it('每种理由都有一句话', () => {
    const says = (command: Loan['command'], who: WorkflowActor, changes: Partial<Loan['facts']> = {}): string => {
      const result = tried(command, who, changes);
      if (isVerdict(result)) throw new Error('was allowed');
      return refusalWords(table, facts(changes), command, result).zh;
    };
    expect(says('lend', keeper)).toBe('现在是“借出中”，只有在“在架”时才可以');
    expect(says('lend', keeper, { status: 'here', flags: new Set(['damaged']) })).toBe('书破损');
    expect(says('expire', as('system'))).toContain('有人等');
    expect(says('give_back', keeper)).toBe('这一步现在不由您的岗位办理');
    expect(says('renew', as('reporter'), { times: 2 })).toBe('续借太多次');
  });

  it('decide 把理由装进指定的问题里', () => {
    const problems = defineProblems({
      'test.loan': {
        status: 409,
        title: { zh: '不能“{command}”：{why}', en: 'no {commandEn}: {whyEn}' },
        hint: { zh: '没有改动。', en: 'Nothing was changed.' },
      },
    });
    const act = () => decide(table, facts(), 'lend', keeper, problems['test.loan']);
    expect(act).toThrow(Problem);
    try {
      act();
    } catch (error) {
      expect((error as Problem).title.zh).toBe('不能“借出”：现在是“借出中”，只有在“在架”时才可以');
    }
    expect(decide(table, facts({ status: 'here' }), 'lend', keeper, problems['test.loan'])).toMatchObject({
      to: 'lent',
    });
  });
});

describe('给人看的', () => {
  it('按钮：自己岗位的事都列出来，现在不能办的带着理由；别人的事不列', () => {
    const offered = available(table, facts(), actor(seat('keeper')));
    expect(offered.map(({ command, allowed }) => [command, allowed])).toEqual([
      ['lend', false],
      ['give_back', false],
    ]);
    expect(offered.every(({ reason }) => (reason?.zh.length ?? 0) > 3)).toBe(true);
    expect(available(table, facts(), as('reporter'))).toEqual([
      { command: 'renew', words: words('续借'), allowed: true, reason: null, lacking: false },
    ]);
    expect(available(table, facts(), as('anyone'))).toEqual([]);
  });

  it('办完以后的标记：该加的加，该去的去，原来的那份不动', () => {
    const before = new Set(['wanted'] as const);
    expect([...flagsAfter(rows.give_back, before)]).toEqual(['damaged']);
    expect([...before]).toEqual(['wanted']);
    expect([...flagsAfter(rows.lend, before)]).toEqual(['wanted']);
  });

  it('状态图：每个状态、每步变化都在，不改变状态的不画', () => {
    expect(toMermaid(table)).toBe(
      'stateDiagram-v2\n  here: 在架\n  lent: 借出中\n  here --> lent: 借出\n  lent --> here: 归还\n',
    );
  });
});
