import { sql } from 'kysely';
import { execute } from './command.ts';
import type { Ctx } from './context.ts';
import { asSystem } from './entrance.ts';
import type { Id } from './id.ts';
import { derivedId } from './ids.ts';
import type { Runtime } from './runtime.ts';
import { type JobSpec, type PositionedEntry, sequence } from './sequencer.ts';
import { type Sweep, throwFault } from './sweep.ts';
import { transact } from './transaction.ts';

/** What follows from an entry after it is committed. Runs as the system, in a transaction of its own, exactly once. */
export interface Reaction {
  readonly name: string;
  /** Kinds of entries, written out. */
  readonly on: readonly string[];
  readonly react: (ctx: Ctx, entry: PositionedEntry) => Promise<void>;
}

export interface Consequences {
  readonly reactions: readonly Reaction[];
  readonly sweeps: readonly Sweep[];
  /** Sweeps that wait for machines of others: they go round by themselves, so that a slow one delays no clock of ours. */
  readonly outside?: readonly Sweep[];
  /** What has had its time goes once an hour; `pump` leaves it alone. */
  readonly retention: readonly Sweep[];
  /** What is done once a night, each of which knows whether it was; `pump` leaves it alone. */
  readonly nightly?: readonly Sweep[];
}

export const REACTION_TASK = 'react';

/** The jobs of an entry: one per reaction, in order for each record, keyed so that queueing twice is queueing once. */
export function jobsOf(reactions: readonly Reaction[], entry: PositionedEntry): JobSpec[] {
  return reactions
    .filter((reaction) => reaction.on.includes(entry.kind))
    .map((reaction) => ({
      task: REACTION_TASK,
      payload: { realm: entry.realm, entry: entry.id, reaction: reaction.name },
      queue: `${entry.realm}:${entry.recordId}`,
      key: `${reaction.name}:${entry.id}`,
    }));
}

/** The reaction's command id follows from reaction and entry, so that a second run, after a crash, changes nothing. */
export async function runReaction(
  runtime: Runtime,
  reaction: Reaction,
  realm: number,
  to: Id | PositionedEntry,
): Promise<void> {
  const entryId = typeof to === 'string' ? to : to.id;
  const command = { id: derivedId('reaction', reaction.name, entryId), name: reaction.name, input: { entryId } };
  const work = async (ctx: Ctx) => {
    await reaction.react(ctx, typeof to === 'string' ? await loadEntry(ctx, to) : to);
    return {};
  };
  await execute(runtime, asSystem(realm, reaction.name), command, { work });
}

async function loadEntry(ctx: Ctx, id: Id): Promise<PositionedEntry> {
  const { rows } = await sql<PositionedEntry>`
    select e.*, p.position from entry e join entry_position p on p.realm = e.realm and p.entry_id = e.id
    where e.realm = ${ctx.realm} and e.id = ${id}`.execute(ctx.db);
  const [entry] = rows;
  if (!entry) throw new Error(`entry ${id} has no position`);
  return entry;
}

/**
 * Seeds, tests and drills drive consequences by hand: positions, reactions in the order of the journal, then what is due
 * by the runtime's clock, until nothing is left. The live program does the same through the job queue.
 */
export async function pump(
  runtime: Runtime,
  realm: number,
  { reactions, sweeps, outside = [] }: Pick<Consequences, 'reactions' | 'sweeps' | 'outside'>,
): Promise<void> {
  for (let done = 1; done > 0; ) {
    done = 0;
    for (
      let batch = await sequence(runtime, realm, () => []);
      batch.length > 0;
      batch = await sequence(runtime, realm, () => [])
    ) {
      for (const entry of batch) {
        for (const reaction of reactions)
          if (reaction.on.includes(entry.kind)) await runReaction(runtime, reaction, realm, entry);
      }
      done += batch.length;
    }
    for (const sweep of [...sweeps, ...outside]) done += await sweep.run(runtime, realm, throwFault);
  }
}

export async function listRealms(runtime: Runtime): Promise<number[]> {
  // Any realm number opens the door; the list of realms is open to the system.
  return transact(runtime, asSystem(0, 'realms'), async (ctx) => {
    const rows = await ctx.db.selectFrom('realm').select('realm').orderBy('realm').execute();
    return rows.map((row) => row.realm);
  });
}
