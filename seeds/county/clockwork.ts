import { consequences } from '../../src/domains/index.ts';
import type { Id } from '../../src/kernel/id.ts';
import { runReaction } from '../../src/kernel/reaction.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { type PositionedEntry, sequence } from '../../src/kernel/sequencer.ts';
import { REALM } from './founding.ts';
import { commandIdOf, type Hands, type Refusal, reactionsTo, runtimeAt } from './hands.ts';
import { MINUTE } from './hours.ts';
import type { Act, Story } from './script.ts';
import type { Due, Watch } from './watch.ts';

/**
 * Plays the script on the simulated clock: acts and what falls due in the order of time, and what follows from each
 * before its story goes on. Stories do not touch each other, so several acts are under way at
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
  /** What comes next here: something falls due, or somebody acts; null: nothing does. */
  step: Step | null;
}

type Step =
  | { readonly at: number; readonly due: Due; readonly act?: never }
  | { readonly at: number; readonly act: Act; readonly due?: never };

/** Far more than connections: one that comes free is taken at once, and positions are given to many together. */
const LANES = 24;
/** So many wait for positions before they are given: fewer transactions, and yet not all stand still. */
const TOGETHER = 8;
/** How far an act may run ahead of one that is still under way. */
const AHEAD = 8 * 60 * MINUTE;
/** Numbers are given in the order of reports, so one report is written at a time, and none before an earlier one. */
const numbering = new Set(['report.send', 'casefile.report', 'casefile.report_handled']);

export function openClockwork(runtime: Runtime, hands: Hands, watch: Watch): Clockwork {
  const line: Play[] = [];
  const under = new Set<Play>();
  const played = new Set<Id>();
  /** When the reports to come are made, the earliest first. */
  const reports: number[] = [];
  const refusals: Refusal[] = [];
  const counts = { acts: 0, reactions: 0, sweeps: 0 };
  const heard = openHearing(runtime, watch, () => under.size);

  const wait = (play: Play): void => {
    play.step = nextStep(play, watch);
    if (play.step) insert(line, play);
  };
  const add = (story: Story, after: number): void => {
    for (const recordId of story.records) played.add(recordId);
    const next = story.acts.findIndex((act) => act.at > after);
    reports.push(...story.acts.flatMap(({ at, name }) => (at > after && numbering.has(name) ? [at] : [])));
    reports.sort((a, b) => a - b);
    wait({ story, next: next < 0 ? story.acts.length : next, step: null });
  };
  /** What is owed on records of which the script knows nothing falls due all the same. */
  const adopt = (): void => {
    for (const recordId of watch.records())
      if (!played.has(recordId)) add({ key: recordId, records: [recordId], acts: [] }, 0);
  };

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
  const act = async (play: Play, what: Act): Promise<void> => {
    counts.acts += 1;
    const refusal = await hands.give(what, commandIdOf(play.story.key, play.next));
    if (refusal) refusals.push(refusal);
    play.next += 1;
    if (numbering.has(what.name)) reports.splice(reports.indexOf(what.at), 1);
  };
  const sweep = async ({ at, obligationId, sweep: name }: Due): Promise<void> => {
    counts.sweeps += 1;
    const found = consequences.sweeps.find((one) => one.name === name);
    const isDone = await found?.runOne?.(runtimeAt(runtime, at, obligationId), REALM, obligationId);
    if (!isDone) throw new Error(`${name}: ${obligationId} was not due`);
  };
  const carryOn = async (play: Play, step: Step): Promise<void> => {
    await (step.due ? sweep(step.due) : act(play, step.act));
    await follow(play.story.records);
    under.delete(play);
    wait(play);
  };

  /** The earliest thing that may be begun now; null: wait for what is under way, or all is done. */
  const pick = (until: number): Play | null => {
    const busy = [...under].flatMap(({ step }) => step ?? []);
    const people = new Set(busy.map((step) => step.act?.who ?? null));
    let isNumbering = busy.some(isNumbered);
    const oldest = Math.min(...busy.map(({ at }) => at));
    for (const [i, play] of line.entries()) {
      const step = play.step as Step;
      if (step.at > until || step.at > oldest + AHEAD) return null;
      const who = step.act?.who ?? null;
      const mayReport = !isNumbering && step.at === reports[0];
      if (!(who !== null && people.has(who)) && (mayReport || !isNumbered(step))) return line.splice(i, 1)[0] ?? null;
      isNumbering ||= isNumbered(step);
    }
    return null;
  };

  return {
    refusals,
    counts,
    add,
    runTo: (until) =>
      new Promise((resolve, reject) => {
        const turn = (): void => {
          while (under.size < LANES) {
            const play = pick(until);
            if (!play) break;
            under.add(play);
            carryOn(play, play.step as Step).then(() => {
              turn();
              heard.look();
            }, reject);
          }
          if (under.size === 0) resolve();
        };
        adopt();
        turn();
      }),
  };
}

/** What falls due comes before an act of the same instant. */
function nextStep({ story, next }: Play, watch: Watch): Step | null {
  const [due, act] = [watch.nextOf(story.records), story.acts[next]];
  if (due && !(act && act.at < due.at)) return { at: due.at, due };
  return act ? { at: act.at, act } : null;
}

const isNumbered = ({ act }: Step): boolean => act !== undefined && numbering.has(act.name);

function insert(line: Play[], play: Play): void {
  const at = (one: Play | undefined): number => one?.step?.at ?? 0;
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(line[middle]) <= at(play)) low = middle + 1;
    else high = middle;
  }
  line.splice(low, 0, play);
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
