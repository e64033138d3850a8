import type { z } from 'zod';
import { Problem } from './problem.ts';
import type { Words } from './words.ts';

/**
 * A process is one table of commands. From it come the server's check, the buttons with their reasons, the phone's
 * prediction, the permission matrix, the state diagram and an exhaustive test. If a rule does not fit a row, the row
 * type is extended here; there is no `if` beside the table. Pure: runs in the browser too.
 */

/** The words a process is written in; one bundle instead of five type parameters. */
export interface Process {
  readonly command: string;
  readonly status: string;
  readonly flag: string;
  readonly role: string;
  readonly facts: WorkflowRecord<string, string>;
}

/**
 * Who may, and on what ground: the post (or its body, or the person it was given to) owes this duty on the record; a
 * reporter owes it and the post speaks for them, the record lying in its area; the record lies in the post's area;
 * somebody named them in the record's circle; or the role alone is enough.
 */
export type Permission<P extends Process> =
  | { readonly roles: readonly P['role'][]; readonly ground: 'duty' | 'behalf'; readonly duty: string }
  | { readonly roles: readonly P['role'][]; readonly ground: 'area' | 'named' | 'any' };

export interface Row<P extends Process> {
  readonly words: Words;
  readonly from: readonly P['status'][];
  /** `same`: the status stays. */
  readonly to: P['status'] | 'same';
  /** Who: posts with their ground; `reporter`: whoever holds a tracking code; `system`: the clock. */
  readonly by: readonly (Permission<P> | 'reporter' | 'system')[];
  readonly needs?: readonly P['flag'][];
  readonly unless?: readonly P['flag'][];
  readonly raises?: readonly P['flag'][];
  readonly lowers?: readonly P['flag'][];
  /** Named rules about the facts of the record and the actor; the first that speaks refuses. */
  readonly guards?: readonly Guard<P>[];
  /** Done out there without network and sent later. Not what shows more than it does, or asks who else is there. */
  readonly offline?: true;
  readonly form: z.ZodObject;
  /** Kind of the journal entry. */
  readonly entry: string;
}

export interface Guard<P extends Process> {
  readonly name: string;
  readonly says: Words;
  /** `target`: another record that the form names, such as the one to merge into; null while none is named. */
  readonly allows: (facts: P['facts'], actor: WorkflowActor, target: P['facts'] | null) => boolean;
}

export interface WorkflowSeat {
  readonly id: string;
  readonly role: string;
  readonly bodyId: string | null;
  readonly from: number | null;
  readonly to: number | null;
  /** In runs, where not all from `from` to `to` is its own: former numbers lead in and out. */
  readonly numbers?: readonly (readonly [number, number])[] | null;
}

/** As much of the actor as a table looks at; a phone knows this much about its owner. */
export interface WorkflowActor {
  readonly kind: 'account' | 'reporter' | 'system' | 'apikey' | 'anyone';
  readonly personId: string | null;
  /** What a reporter's tracking code stands for. */
  readonly grantee: string | null;
  readonly posts: readonly WorkflowSeat[];
}

/** What a table has to know of any record, whatever else its facts are. */
export interface WorkflowRecord<Status extends string, Flag extends string> {
  readonly status: Status;
  readonly flags: ReadonlySet<Flag>;
  readonly scopeNo: number;
  readonly confidential: boolean;
  /** Open duties on the record and who owes them (a post, body, person or reporter). */
  readonly duties: readonly {
    readonly duty: string;
    readonly owedByKind: string;
    readonly owedBy: string;
    readonly assigneeId: string | null;
  }[];
  /** Persons, posts and bodies named in the record's circle. */
  readonly circle: readonly string[];
}

export interface Table<P extends Process> {
  readonly name: string;
  /** What a record of this process is called: 案卷. */
  readonly subject: Words;
  readonly statuses: Readonly<Record<P['status'], Words>>;
  readonly flags: Readonly<Record<P['flag'], Words>>;
  readonly rows: Readonly<Record<P['command'], Row<P>>>;
}

/** Why a command is not possible; in the order in which it is worth telling. */
export type Refusal =
  | { readonly reason: 'status' }
  | { readonly reason: 'flag'; readonly flag: string }
  | { readonly reason: 'missing_flag'; readonly flag: string }
  | { readonly reason: 'person' }
  | { readonly reason: 'guard'; readonly guard: string };

export interface Verdict<P extends Process> {
  readonly to: P['status'];
  /** The post in which the actor acts; null for a reporter or the clock. */
  readonly postId: string | null;
}

/** Decides one command: the next status and the acting post, or why not. */
export function consider<P extends Process>(
  table: Table<P>,
  facts: P['facts'],
  command: P['command'],
  actor: WorkflowActor,
  target: P['facts'] | null = null,
): Verdict<P> | Refusal {
  const row = table.rows[command];
  if (!row.from.includes(facts.status)) return { reason: 'status' };
  const standing = row.unless?.find((flag) => facts.flags.has(flag));
  if (standing !== undefined) return { reason: 'flag', flag: standing };
  const lacking = row.needs?.find((flag) => !facts.flags.has(flag));
  if (lacking !== undefined) return { reason: 'missing_flag', flag: lacking };
  const seat = actingSeat(row, facts, actor);
  if (seat === undefined) return { reason: 'person' };
  const guard = row.guards?.find((candidate) => !candidate.allows(facts, actor, target));
  if (guard) return { reason: 'guard', guard: guard.name };
  return { to: row.to === 'same' ? facts.status : row.to, postId: seat };
}

/** undefined: nobody here may; null: may, but not by a post. */
function actingSeat<P extends Process>(
  row: Row<P>,
  facts: P['facts'],
  actor: WorkflowActor,
): string | null | undefined {
  for (const by of row.by) {
    if (by === 'reporter' || by === 'system') {
      if (actor.kind === by) return null;
      continue;
    }
    const seat = actor.posts.find(
      (post) => (by.roles as readonly string[]).includes(post.role) && stands(by, post, facts, actor),
    );
    if (seat) return seat.id;
  }
  return undefined;
}

function stands<P extends Process>(
  by: Permission<P>,
  post: WorkflowSeat,
  facts: WorkflowRecord<string, string>,
  actor: WorkflowActor,
): boolean {
  switch (by.ground) {
    case 'any':
      return true;
    case 'area':
      return liesIn(post, facts);
    case 'behalf':
      return (
        liesIn(post, facts) && facts.duties.some((owed) => owed.duty === by.duty && owed.owedByKind === 'reporter')
      );
    case 'named':
      return facts.circle.some((id) => isMine(id, post, actor));
    case 'duty':
      return facts.duties.some(
        ({ duty, owedBy, assigneeId }) =>
          duty === by.duty && (isMine(owedBy, post, null) || (assigneeId !== null && assigneeId === actor.personId)),
      );
  }
}

const liesIn = (seat: WorkflowSeat, { confidential, scopeNo }: WorkflowRecord<string, string>): boolean =>
  !confidential && runsOf(seat).some(([first, last]) => first <= scopeNo && scopeNo <= last);

const runsOf = ({ from, to, numbers }: WorkflowSeat): readonly (readonly [number, number])[] =>
  numbers ?? (from === null || to === null ? [] : [[from, to]]);

const isMine = (id: string, post: WorkflowSeat, actor: WorkflowActor | null): boolean =>
  id === post.id || id === post.bodyId || (actor !== null && id === actor.personId);

export const isVerdict = <P extends Process>(result: Verdict<P> | Refusal): result is Verdict<P> => 'to' in result;

/** The same as `consider`, throwing `problem` with the reason in words. Commands call this. */
export function decide<P extends Process>(
  table: Table<P>,
  facts: P['facts'],
  command: P['command'],
  actor: WorkflowActor,
  problem: string,
  target: P['facts'] | null = null,
): Verdict<P> {
  const result = consider(table, facts, command, actor, target);
  if (isVerdict(result)) return result;
  const says = refusalWords(table, facts, command, result);
  throw new Problem(problem, {
    command: table.rows[command].words.zh,
    commandEn: table.rows[command].words.en,
    why: says.zh,
    whyEn: says.en,
  });
}

export function refusalWords<P extends Process>(
  table: Table<P>,
  facts: P['facts'],
  command: P['command'],
  refusal: Refusal,
): Words {
  const row = table.rows[command];
  switch (refusal.reason) {
    case 'status': {
      const wanted = row.from.map((status) => table.statuses[status]);
      return {
        zh: `现在是“${table.statuses[facts.status as P['status']].zh}”，只有在“${wanted.map((w) => w.zh).join('”或“')}”时才可以`,
        en: `it is now “${table.statuses[facts.status as P['status']].en}”; this is possible only when “${wanted.map((w) => w.en).join('” or “')}”`,
      };
    }
    case 'flag':
      return {
        zh: `${table.subject.zh}${table.flags[refusal.flag as P['flag']].zh}`,
        en: `the ${table.subject.en} is ${table.flags[refusal.flag as P['flag']].en}`,
      };
    case 'missing_flag':
      return {
        zh: `只有${table.flags[refusal.flag as P['flag']].zh}的才可以`,
        en: `only possible when ${table.flags[refusal.flag as P['flag']].en}`,
      };
    case 'person':
      return { zh: '这一步现在不由您的岗位办理', en: 'this step is not for your post to take now' };
    case 'guard':
      return (
        row.guards?.find((guard) => guard.name === refusal.guard)?.says ?? { zh: refusal.guard, en: refusal.guard }
      );
  }
}

export interface Can<P extends Process> {
  readonly command: P['command'];
  readonly words: Words;
  readonly allowed: boolean;
  readonly reason: Words | null;
  /** It is the viewer's step at this point: only something of the record is missing. */
  readonly lacking: boolean;
}

/**
 * What this viewer may do with the record, and why not. Commands that are somebody else's altogether are left out;
 * what the viewer's role does at another moment stays visible with its reason.
 */
export function available<P extends Process>(table: Table<P>, facts: P['facts'], actor: WorkflowActor): Can<P>[] {
  const offered = (Object.keys(table.rows) as P['command'][]).filter((command) =>
    isForRole(table.rows[command], actor),
  );
  return offered.map((command) => {
    const result = consider(table, facts, command, actor);
    const allowed = isVerdict(result);
    return {
      command,
      words: table.rows[command].words,
      allowed,
      reason: allowed ? null : refusalWords(table, facts, command, result),
      lacking: !allowed && result.reason === 'guard',
    };
  });
}

function isForRole<P extends Process>(row: Row<P>, actor: WorkflowActor): boolean {
  return row.by.some((by) =>
    typeof by === 'string'
      ? by === actor.kind
      : actor.posts.some((post) => (by.roles as readonly string[]).includes(post.role)),
  );
}

/** The flags after a command: what the row raises and lowers. */
export function flagsAfter<P extends Process>(row: Row<P>, flags: ReadonlySet<P['flag']>): Set<P['flag']> {
  const after = new Set(flags);
  for (const flag of row.raises ?? []) after.add(flag);
  for (const flag of row.lowers ?? []) after.delete(flag);
  return after;
}

/** The table as a Mermaid state diagram, for the documents. */
export function toMermaid<P extends Process>(table: Table<P>): string {
  const lines = ['stateDiagram-v2'];
  for (const [status, words] of Object.entries(table.statuses) as [string, Words][])
    lines.push(`  ${status}: ${words.zh}`);
  for (const row of Object.values(table.rows) as Row<P>[]) {
    if (row.to === 'same') continue;
    for (const from of row.from) lines.push(`  ${from} --> ${row.to}: ${row.words.zh}`);
  }
  return `${lines.join('\n')}\n`;
}
