import { consequences } from '../../src/domains/index.ts';
import type { Id } from '../../src/kernel/id.ts';
import { runReaction } from '../../src/kernel/reaction.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { type PositionedEntry, sequence } from '../../src/kernel/sequencer.ts';
import { throwFault } from '../../src/kernel/sweep.ts';
import { REALM } from './founding.ts';
import { commandIdOf, type Hands, type Refusal, reactionsTo, runtimeAt } from './hands.ts';
import { MINUTE } from './hours.ts';
import type { Act, Story } from './script.ts';
import type { Due, Watch } from './watch.ts';

/**
 * Plays the script on the simulated clock: acts in the order of time, what follows from each before its story goes on,
 * and what falls due at the instant at which it does. Stories do not touch each other, so several acts are under way at
 * once; the result is the same as one after the other.
 */
export interface Clockwork {
  add(story: Story, after: number): void;
  /** Everything up to and including an instant. */
  runTo(instant: number): Promise<void>;
  readonly refusals: readonly Refusal[];
  readonly counts: { acts: number; reactions: number; sweeps: number };
}

interface Play {
  readonly story: Story;
  next: number;
}

interface Job {
  readonly at: number;
  readonly stories: readonly string[];
  readonly who: string | null;
  readonly numbers: boolean;
  readonly run: () => Promise<void>;
}

/** Two cores: one for us, one for the database; more lanes only wait. */
const LANES = 10;
/** So many wait for positions before they are given: fewer transactions, and yet not all stand still. */
const TOGETHER = 3;
/** How far an act may run ahead of one that is still under way. */
const AHEAD = 8 * 60 * MINUTE;
/** Numbers are given in the order of reports, so one report is written at a time. */
const numbering = new Set(['report.send', 'casefile.report', 'casefile.report_handled']);

export function openClockwork(runtime: Runtime, hands: Hands, watch: Watch): Clockwork {
  const plays: Play[] = [];
  const storyOf = new Map<Id, string>();
  const under = new Set<Job>();
  const refusals: Refusal[] = [];
  const counts = { acts: 0, reactions: 0, sweeps: 0 };
  const heard = openHearing(runtime, watch, () => under.size);
  const storyOfRecord = (recordId: Id): string => storyOf.get(recordId) ?? recordId;

  /** What follows for one record, in order; true: something may follow from that in turn. */
  const react = async (recordId: Id): Promise<boolean> => {
    const entries = heard.take(recordId);
    for (const entry of entries) {
      for (const reaction of reactionsTo(entry.kind)) {
        counts.reactions += 1;
        await runReaction(runtimeAt(runtime, entry.recordedAt.getTime(), entry.id), reaction, REALM, entry);
      }
    }
    // A step of a case is only told of; what happens to a duty may mark the case, and that is told of.
    return entries.some(({ kind }) => !kind.startsWith('casefile.'));
  };
  const follow = async (recordIds: readonly Id[]): Promise<void> => {
    for (let again = true; again; ) {
      await heard.settle();
      again = (await Promise.all(recordIds.map(react))).includes(true);
    }
  };
  const actJob = (play: Play): Job => {
    const { story, next } = play;
    const act = story.acts[next] as Act;
    return {
      at: act.at,
      stories: [story.key],
      who: act.who,
      numbers: numbering.has(act.name),
      run: async () => {
        counts.acts += 1;
        const refusal = await hands.give(act, commandIdOf(story.key, next));
        if (refusal) refusals.push(refusal);
        play.next += 1;
        await follow(story.records);
        if (play.next < story.acts.length) insertPlay(plays, play);
      },
    };
  };
  const sweepJob = (dues: readonly Due[]): Job => {
    const [first] = dues as [Due];
    const records = [...new Set(dues.map((due) => due.recordId))];
    return {
      at: first.at,
      stories: records.map(storyOfRecord),
      who: null,
      numbers: false,
      run: async () => {
        counts.sweeps += 1;
        const sweep = consequences.sweeps.find(({ name }) => name === first.sweep);
        if (!sweep) throw new Error(`there is no sweep ${first.sweep}`);
        await sweep.run(runtimeAt(runtime, first.at, first.obligationId), REALM, throwFault);
        await follow(records);
      },
    };
  };

  /** The earliest thing that may be begun now; null: wait for what is under way, or all is done. */
  const pick = (until: number): Job | null => {
    const busy = new Set([...under].flatMap((job) => job.stories));
    const people = new Set([...under].map((job) => job.who));
    let isNumbering = [...under].some((job) => job.numbers);
    const oldest = Math.min(...[...under].map((job) => job.at));
    const due = watch.next();
    const sweeping = due && due.at <= until && [...under].every((job) => job.at > due.at) ? due : null;
    for (const [i, play] of plays.entries()) {
      const act = play.story.acts[play.next] as Act;
      if (sweeping && i === 0 && sweeping.at <= act.at) break;
      if (act.at > until || act.at > oldest + AHEAD) return null;
      // What falls due in a story holds up what comes after it there.
      const isFree =
        !busy.has(play.story.key) &&
        watch.nextOf(play.story.records) > act.at &&
        !(act.who !== null && people.has(act.who));
      if (isFree && !(isNumbering && numbering.has(act.name))) {
        plays.splice(i, 1);
        return actJob(play);
      }
      if (numbering.has(act.name)) isNumbering = true;
    }
    // An act that waits for its person may still be earlier than what falls due.
    const isFirst = sweeping !== null && (nextAt(plays[0]) ?? Number.POSITIVE_INFINITY) >= sweeping.at;
    return isFirst ? sweepJob(takeAll(watch, sweeping)) : null;
  };

  return {
    refusals,
    counts,
    add(story, after) {
      for (const recordId of story.records) storyOf.set(recordId, story.key);
      const next = story.acts.findIndex((act) => act.at > after);
      if (next >= 0) insertPlay(plays, { story, next });
    },
    runTo: (until) =>
      new Promise((resolve, reject) => {
        const turn = (): void => {
          while (under.size < LANES) {
            const job = pick(until);
            if (!job) break;
            under.add(job);
            job.run().then(() => {
              under.delete(job);
              turn();
              heard.look();
            }, reject);
          }
          if (under.size > 0) return;
          const left = plays[0];
          if ((nextAt(left) ?? Number.POSITIVE_INFINITY) > until) resolve();
          else reject(new Error(`${left?.story.key} waits for something that never falls due`));
        };
        turn();
      }),
  };
}

/** All that falls due at the same instant by the same rule is one sweep. */
function takeAll(watch: Watch, first: Due): Due[] {
  const dues: Due[] = [];
  for (let due = watch.next(); due && due.at === first.at && due.sweep === first.sweep; due = watch.next()) {
    dues.push(due);
    watch.take(due);
  }
  return dues;
}

const nextAt = (play: Play | undefined): number | undefined => play?.story.acts[play.next]?.at;

function insertPlay(plays: Play[], play: Play): void {
  const at = (one: Play): number => nextAt(one) ?? 0;
  let [low, high] = [0, plays.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(plays[middle] as Play) <= at(play)) low = middle + 1;
    else high = middle;
  }
  plays.splice(low, 0, play);
}

interface Hearing {
  /** Through when everything committed so far has its position. */
  settle(): Promise<void>;
  /** One that was under way is so no longer: perhaps all the others are waiting. */
  look(): void;
  take(recordId: Id): PositionedEntry[];
}

/**
 * Gives positions to what was committed, and keeps what calls for a reaction; one transaction serves several lanes.
 */
function openHearing(runtime: Runtime, watch: Watch, underWay: () => number): Hearing {
  const kept = new Map<Id, PositionedEntry[]>();
  let waiting: (() => void)[] = [];
  let failed: ((error: unknown) => void)[] = [];
  let hearing = false;
  const hear = async (): Promise<void> => {
    hearing = true;
    const [go, stop] = [waiting, failed];
    [waiting, failed] = [[], []];
    try {
      for (
        let batch = await sequence(runtime, REALM, () => []);
        batch.length > 0;
        batch = batch.length < 400 ? [] : await sequence(runtime, REALM, () => [])
      )
        for (const entry of batch) keep(entry);
      for (const one of go) one();
    } catch (error) {
      for (const one of stop) one(error);
    }
    hearing = false;
    look();
  };
  const keep = (entry: PositionedEntry): void => {
    watch.note(entry);
    if (reactionsTo(entry.kind).length > 0) kept.set(entry.recordId, [...(kept.get(entry.recordId) ?? []), entry]);
  };
  const look = (): void => {
    const many = Math.min(underWay(), TOGETHER);
    if (!hearing && waiting.length > 0 && waiting.length >= many) void hear();
  };
  return {
    look,
    settle: () =>
      new Promise((resolve, reject) => {
        waiting.push(resolve);
        failed.push(reject);
        look();
      }),
    take(recordId) {
      const entries = kept.get(recordId) ?? [];
      kept.delete(recordId);
      return entries;
    },
  };
}
