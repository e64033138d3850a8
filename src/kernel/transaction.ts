import { setTimeout as sleep } from 'node:timers/promises';
import { problemOfConstraint } from './constraints.ts';
import type { Actor, Ctx } from './context.ts';
import { type Line, openLine, overLine } from './database/line.ts';
import { connect, isAway } from './database/pools.ts';
import { databaseProblems } from './database/problems.ts';
import type { Write } from './database/rows.ts';
import type { Entrance } from './entrance.ts';
import type { Id } from './id.ts';
import { jitter } from './ids.ts';
import { Problem } from './problem.ts';
import type { Runtime } from './runtime.ts';

export interface TransactionOptions<T = unknown> {
  readonly commandId?: Id;
  /** Asked in the same trip to the server that opens; its one row comes to `work`. */
  readonly first?: Statement;
  /**
   * Questions without values that `work` is known to ask: they leave with the opening, whose rights already bind them,
   * and `ctx.ask` finds the answer there. One that is not asked after all must do no harm.
   */
  readonly ahead?: readonly string[];
  /** Written in the same trip that commits: nothing may depend on its answer. Should it fail, nothing is committed. */
  readonly last?: (result: T) => Statement | null;
  readonly occurredAt?: Date;
  readonly now?: Date;
  /** Loading what is kept in memory: on connections of its own, and what it needs of the same kind is loaded along. */
  readonly forCache?: boolean;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The one place where a transaction opens and closes. It opens through an entrance, so that row security knows for whom
 * it runs before the first row is read; it commits when `work` is through and rolls back when anything is thrown.
 * A deadlock or a serialisation failure is tried again from the start: `work` must not act outside the database.
 */
export async function transact<T, R = unknown>(
  runtime: Runtime,
  entrance: Entrance,
  work: (ctx: Ctx, first: R | undefined) => Promise<T>,
  options: TransactionOptions<T> = {},
): Promise<T> {
  let lookedAgain = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(runtime, entrance, work, options);
    } catch (error) {
      const looksAgain: boolean = !lookedAgain && options.commandId !== undefined && isIdTaken(error);
      if (attempt >= 4 || !(isCollision(error) || looksAgain)) throw asProblem(error);
      lookedAgain ||= looksAgain;
      await sleep(5 * 2 ** attempt * (0.5 + jitter()));
    }
  }
}

/** Two transactions got in each other's way, or two senders of one command met: the second try sees what the first did. */
function isCollision(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '40001' || code === '40P01' || (code === '23505' && constraint === 'command_pkey');
}

/**
 * The id of a record is there already. Perhaps by this very command, sent twice, whose record comes before its answer:
 * a second look finds the answer, and if there is none, the id is really somebody else's.
 */
const isIdTaken = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === '23505' && problemOfConstraint(error)?.code === 'command.id_taken';

/** What the database refused by a named rule, or could not take for a reason we know, is the user's to know. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (isAway(error)) return new Problem(databaseProblems['database.away']);
  const known = knownRefusals.get(String((error as { code?: unknown } | null)?.code));
  return known === undefined ? (problemOfConstraint(error) ?? error) : new Problem(known);
}

const knownRefusals: ReadonlyMap<string, string> = new Map([
  ['55P03', databaseProblems['database.busy']],
  ['57014', databaseProblems['database.slow']],
  ['53100', databaseProblems['database.full']],
]);

async function attemptOnce<T, R>(
  runtime: Runtime,
  entrance: Entrance,
  work: (ctx: Ctx, first: R | undefined) => Promise<T>,
  options: TransactionOptions<T>,
): Promise<T> {
  const client = await connect(runtime.pools[options.forCache ? 'caches' : entrance.role]);
  const line = openLine(client);
  let broken: Error | undefined;
  try {
    const { ctx, first } = await open(runtime, line, entrance, options);
    const result = await work(ctx, first as R | undefined);
    const last = options.last?.(result);
    if (last) line.send(last.text, last.values);
    await line.end('commit');
    return result;
  } catch (error) {
    line.drop();
    if (isAway(error)) broken = error as Error;
    else
      await client.query('rollback').catch((fault: Error) => {
        broken = fault;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * The database shows a transaction the one command that it carries out. A command asks by keys and writes rows, for
 * which one plan is as good as another: it is made once for a connection, not weighed anew for each value.
 */
const opening = ({ text, values }: Entrance, commandId: Id | undefined): Statement =>
  commandId === undefined
    ? { text, values }
    : {
        text: `${text}, set_config('jw.command', $${values.length + 1}, true), ${PLANNED_ONCE}`,
        values: [...values, commandId],
      };

const PLANNED_ONCE = `set_config('plan_cache_mode', 'force_generic_plan', true)`;

async function open(
  runtime: Runtime,
  line: Line,
  entrance: Entrance,
  options: TransactionOptions<never>,
): Promise<{ ctx: Ctx; first: unknown }> {
  const ask = ({ text, values }: Statement) => line.ask(text, values);
  line.send('begin', []);
  const opened = [ask(opening(entrance, options.commandId)), options.first && ask(options.first)] as const;
  const ahead = new Map(options.ahead?.map((text) => [text, line.ask(text, [])]));
  const [entered, first] = await Promise.all(opened);
  const row = entered.rows[0] as { who: unknown; versions: Record<string, number> } | undefined;
  const actor: Actor = entrance.read(row?.who ?? null);
  const now = options.now ?? runtime.clock.now();
  let db: Ctx['db'] | undefined;
  const ctx: Ctx = {
    // The builder is large, and many a command needs none.
    get db() {
      db ??= overLine(line);
      return db;
    },
    ask: async ({ sql, parameters }) => {
      const asked = ahead.get(sql);
      ahead.delete(sql);
      return (await (asked ?? line.ask(sql, parameters))).rows;
    },
    read: async <T>({ sql, parameters }: Write) => (await line.ask(sql, parameters, true)).rows as unknown as T[],
    send: ({ sql, parameters }) => line.send(sql, parameters),
    realm: entrance.realm,
    actor,
    now,
    occurredAt: options.occurredAt ?? now,
    ids: options.commandId === undefined ? runtime.ids : runtime.ids.of(options.commandId),
    keys: runtime.keys,
    cache: runtime.caches.reader(entrance.realm, row?.versions ?? {}, options.forCache ?? false),
    scope: runtime.scope,
    commandId: options.commandId ?? null,
  };
  return { ctx, first: first?.rows[0] };
}
