import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Ctx } from './context.ts';
import type { Entrance } from './entrance.ts';
import type { Id } from './id.ts';
import { defineProblems, Problem } from './problem.ts';
import type { Runtime } from './runtime.ts';
import { type Statement, transact } from './transaction.ts';

const commandProblems = defineProblems({
  'command.still_running': {
    status: 409,
    title: { zh: '同一次提交正在处理', en: 'This same submission is being processed' },
    hint: {
      zh: '请等几秒再查看结果，不会产生两条。',
      en: 'Wait a few seconds and look again; it will not be recorded twice.',
    },
  },
  'command.id_taken': {
    status: 409,
    title: { zh: '这个操作编号已经用过', en: 'This command id has been used already' },
    hint: {
      zh: '同一编号不能用于另一内容或另一个人。原来那次的结果不变；请刷新页面后重新提交。',
      en: 'One id cannot stand for other content or another person. The first result stands; reload the page and submit again.',
    },
  },
  'command.answer_gone': {
    status: 410,
    title: { zh: '这次操作早已办理，回执不再保存', en: 'This was carried out long ago, its answer is no longer kept' },
    hint: {
      zh: '操作已经生效，没有重复执行。请在案卷里查看结果。',
      en: 'It took effect and was not repeated. Look at the record itself.',
    },
  },
});

/** Ids and verdicts only: this is stored for 180 days, so it holds nothing about a person. */
export type Answer = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface Command {
  readonly id: Id;
  /** The name of the endpoint or reaction; with `input` it makes the fingerprint. */
  readonly name: string;
  readonly input: unknown;
  readonly occurredAt?: Date;
  readonly now?: Date;
}

export interface Executed<T extends Answer> {
  readonly answer: T;
  /** What the caller gets besides the stored answer: made anew each time, never stored. */
  readonly shown: Readonly<Record<string, unknown>>;
  readonly repeated: boolean;
}

export interface Carrying<T extends Answer> {
  readonly work: (ctx: Ctx) => Promise<T>;
  /** For a repeated command: throws when today's rights no longer cover what it is about. */
  readonly recheck?: (ctx: Ctx, answer: T) => Promise<void>;
  readonly show?: (ctx: Ctx, answer: T) => Promise<Record<string, unknown>>;
  /** What `work` is known to ask; see `TransactionOptions`. */
  readonly ahead?: readonly string[];
}

/**
 * Carries out a command exactly once, however often it is sent: its id and answer are written in the transaction that
 * does the work. The same id with the same content from the same actor gets the stored answer, with other content or
 * from another actor it is refused, and while the first is still running it is told so.
 */
export async function execute<T extends Answer>(
  runtime: Runtime,
  entrance: Entrance,
  command: Command,
  { work, recheck, show, ahead }: Carrying<T>,
): Promise<Executed<T>> {
  const fingerprint = fingerprintOf(command);
  const attempt = async (ctx: Ctx, found: Earlier | undefined): Promise<Done<T>> => {
    const actor = actorKey(ctx);
    const earlier = earlierAnswer<T>(found, actor, fingerprint);
    if (earlier) await recheck?.(ctx, earlier);
    const answer = earlier ?? (await work(ctx));
    const row = { actor, fingerprint, receivedAt: ctx.now, answer };
    return { answer, shown: show ? await show(ctx, answer) : {}, repeated: earlier !== null, row };
  };
  const { id: commandId, occurredAt, now } = command;
  const { row: _, ...done } = await transact(runtime, entrance, attempt, {
    commandId,
    ...(occurredAt && { occurredAt }),
    ...(now && { now }),
    first: findEarlier(entrance.realm, commandId),
    ...(ahead && { ahead }),
    last: ({ repeated, row }) => (repeated ? null : storing(entrance.realm, commandId, row)),
  });
  if (!done.repeated) runtime.onWritten(entrance.realm);
  return done;
}

function fingerprintOf({ name, input }: Command): Buffer {
  return createHash('sha256')
    .update(`${name}\n${canonicalize(input) ?? ''}`)
    .digest();
}

interface Stored {
  readonly actor: string;
  readonly fingerprint: Buffer;
  readonly receivedAt: Date;
  readonly answer: Answer;
}

type Done<T extends Answer> = Executed<T> & { readonly row: Stored };

interface Earlier {
  readonly free: boolean;
  readonly actor: string | null;
  readonly fingerprint: Buffer | null;
  readonly answer: unknown;
}

/** The lock keeps a second one with this id out until we are done. */
const findEarlier = (realm: number, id: Id): Statement => ({
  text: `select l.free, c.actor, c.fingerprint, c.answer
    from (select pg_try_advisory_xact_lock(hashtextextended($1::uuid::text, $2::smallint)) as free) l
    left join command c on c.realm = $2::smallint and c.id = $1::uuid`,
  values: [id, realm],
});

/** The answer given before, or null when the id is new. */
function earlierAnswer<T extends Answer>(found: Earlier | undefined, actor: string, fingerprint: Buffer): T | null {
  if (!found?.free) throw new Problem(commandProblems['command.still_running']);
  if (found.actor === null) return null;
  if (found.actor !== actor || !found.fingerprint?.equals(fingerprint))
    throw new Problem(commandProblems['command.id_taken']);
  if (found.answer === null) throw new Problem(commandProblems['command.answer_gone']);
  return found.answer as T;
}

/**
 * Written last. Should the first sender have committed between our look and our lock, the primary key refuses this row
 * and the transaction is tried again, now seeing the answer.
 */
const storing = (realm: number, id: Id, { actor, fingerprint, receivedAt, answer }: Stored): Statement => ({
  text: `insert into command (realm, id, actor, fingerprint, received_at, answer) values ($1, $2, $3, $4, $5, $6)`,
  values: [realm, id, actor, fingerprint, receivedAt, JSON.stringify(answer)],
});

/** Who sent it, as kept beside the id: an account, not a session, since a phone may sign in anew before it retries. */
function actorKey({ actor }: Ctx): string {
  switch (actor.kind) {
    case 'account':
      return `account:${actor.accountId}`;
    case 'reporter':
      return `code:${actor.grantee}`;
    case 'apikey':
      return `apikey:${actor.id}`;
    case 'system':
      return `system:${actor.name}`;
    case 'anyone':
      return 'anyone';
  }
}
