import { consequences } from '../../src/domains/index.ts';
import type { Ctx } from '../../src/kernel/context.ts';
import { asKeeper, asSystem } from '../../src/kernel/entrance.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import { entriesOfRecord, record } from '../../src/kernel/journal.ts';
import { pump } from '../../src/kernel/reaction.ts';
import type { Runtime } from '../../src/kernel/runtime.ts';
import { transact } from '../../src/kernel/transaction.ts';
import { recordsTold } from '../../src/kernel/verify.ts';
import { carryOut } from '../planting.ts';
import { type Clockwork, openClockwork } from './clockwork.ts';
import { found, type Ground, REALM, survey } from './founding.ts';
import { openHands, type Refusal, runtimeAt } from './hands.ts';
import { DAY, dayAfter, dayOf, startOf } from './hours.ts';
import { lifeOf } from './life.ts';
import { openWatch, type Watch } from './watch.ts';

/**
 * The demo county. It is founded on an empty database and lives day by day up to an instant; an old one is moved on
 * from where it stands. How far it has lived stands in its own journal.
 */
const DAYS_BEFORE = 90;

export interface LifeOptions {
  readonly until: Date;
  readonly photoFolder: string;
  readonly passwordHash: string;
  /** Share of the usual number of cases; tests take less. */
  readonly volume?: number;
  /** The first day of a county that is founded now; ninety days before the last otherwise. */
  readonly from?: string;
  readonly progress?: (daysDone: number, days: number) => void;
  /** The land is there and nothing has happened yet, or much more has happened than before. */
  readonly grown?: () => Promise<void>;
}

export interface Lived {
  readonly from: string;
  readonly until: string;
  readonly days: number;
  readonly acts: number;
  readonly reactions: number;
  readonly sweeps: number;
  /** Acts that the county refused; none in one that nobody else has touched. */
  readonly refusals: readonly Refusal[];
}

export async function foundCounty(runtime: Runtime, options: LifeOptions): Promise<Lived> {
  const from = options.from ?? dayAfter(dayOf(options.until.getTime()), -DAYS_BEFORE);
  const ground = survey();
  const mark: Mark = { from, until: startOf(from), volume: options.volume ?? 1 };
  await found(runtimeAt(runtime, mark.until, 'founding'), ground, options.passwordHash);
  await remember(runtime, mark);
  await options.grown?.();
  return live(runtime, ground, openWatch(), mark, options);
}

/** Null: there is no demo county here that could be moved. */
export async function moveCounty(runtime: Runtime, options: LifeOptions): Promise<Lived | null> {
  const mark = await recall(runtime);
  if (!mark) return null;
  const watch = openWatch();
  await transact(runtime, asKeeper(REALM), async (ctx) => {
    for await (const records of recordsTold(ctx, 'casefile'))
      for (const { entries } of records) for (const entry of entries) watch.note(entry);
  });
  return live(runtime, survey(), watch, mark, options);
}

interface Mark {
  readonly from: string;
  readonly until: number;
  readonly volume: number;
}

/** Each time there is about four times as much as the time before. */
const daysOfGrowth: ReadonlySet<number> = new Set([2, 8, 30]);

/** Nothing that was begun earlier than this is still under way. */
const LONGEST_STORY_DAYS = 160;

async function live(runtime: Runtime, ground: Ground, watch: Watch, mark: Mark, options: LifeOptions): Promise<Lived> {
  const { from, volume, until: since } = mark;
  const until = options.until.getTime();
  const hands = await openHands(runtime, watch, options.photoFolder);
  const clockwork = openClockwork(runtime, hands, watch);
  const today = dayOf(since + 1);
  const first = [from, dayAfter(today, -LONGEST_STORY_DAYS)].sort()[1] ?? from;
  for (let day = first; day < today; day = dayAfter(day, 1)) addDay(clockwork, day, ground, volume, since);
  const days = Math.max(0, Math.ceil((until - since) / DAY));
  let done = 0;
  for (let day = today; startOf(day) < until; day = dayAfter(day, 1)) {
    addDay(clockwork, day, ground, volume, since);
    const end = Math.min(startOf(dayAfter(day, 1)), until);
    await clockwork.runTo(end);
    await remember(runtime, { ...mark, until: end });
    done += 1;
    options.progress?.(done, days);
    if (daysOfGrowth.has(done)) await options.grown?.();
  }
  // What nobody here thought of, should a domain have learnt to react to something else.
  await pump(runtimeAt(runtime, Math.max(until, since), 'the end'), REALM, consequences);
  await hands.close();
  return { from, until: new Date(until).toISOString(), days: done, refusals: clockwork.refusals, ...clockwork.counts };
}

function addDay(clockwork: Clockwork, day: string, ground: Ground, volume: number, since: number): void {
  for (const story of lifeOf(day, ground, volume)) clockwork.add(story, since);
}

const MARK = derivedId('demo county', 'lived');

/** How far it has come, as an entry about the county itself: a seeding that was broken off goes on from there. */
async function remember(runtime: Runtime, { from, until, volume }: Mark): Promise<void> {
  await carryOut(runtimeAt(runtime, until, `lived ${until}`), REALM, `lived ${until}`, async (ctx) => {
    const about = { kind: 'realm', id: MARK, scopeNo: 0, confidential: false };
    record(ctx, { kind: 'demo.lived', about, body: { from, until, volume } });
    return {};
  });
}

async function recall(runtime: Runtime): Promise<Mark | null> {
  const read = async (ctx: Ctx) => entriesOfRecord(ctx, MARK);
  const entries = await transact(runtime, asSystem(REALM, 'seed'), read);
  const last = entries.findLast((entry) => entry.kind === 'demo.lived');
  return last ? (last.body as unknown as Mark) : null;
}

/** The first day of the demo county; null: there is none here. */
export const foundedOn = async (runtime: Runtime): Promise<string | null> => (await recall(runtime))?.from ?? null;

/** The end of a day in the county, but no later than now. */
export const endOf = (day: string, now: Date): Date => new Date(Math.min(startOf(dayAfter(day, 1)) - 1, now.getTime()));
export const today = (now: Date): string => dayOf(now.getTime());
