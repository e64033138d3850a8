import { earlier } from '../../../kernel/clock.ts';
import { type Answer, execute } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { Problem } from '../../../kernel/problem.ts';
import { dayOf, realmOf } from '../../../kernel/realm.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import type { Sweep } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import type { LearningEnd } from './learning.model.ts';
import { giveBackTurn, noteEnd, takeTurn } from './learning.queries.ts';
import { type Told, wordsIn } from './lesson.model.ts';
import { learnApart } from './school.outside.ts';
import { keepModel, lessonsOf } from './suggestion.commands.ts';
import { suggestionProblems } from './suggestion.model.ts';
import type { Tried } from './trial.model.ts';

const LEAST_LESSONS = 50;

export interface LearnedNow {
  readonly version: number;
  readonly lessons: number;
  readonly words: number;
  readonly types: number;
  readonly bodies: number;
  readonly tried: Tried;
}

/** Reads, learns and writes: the learning takes its time between two transactions. Nothing of the texts stays. */
export async function learnDispatch(runtime: Runtime, realm: number): Promise<LearnedNow> {
  const { night, isOurs } = await begin(runtime, realm, 'hand');
  if (!isOurs) throw new Problem(suggestionProblems['suggestion.learning_now']);
  const learned = await learn(runtime, realm).catch(async (error) => {
    await giveBack(runtime, realm, night);
    throw error;
  });
  if (learned === null) throw new Error('nobody breaks this off');
  if ('tooFew' in learned)
    throw new Problem(suggestionProblems['suggestion.too_few'], { count: learned.tooFew, least: LEAST_LESSONS });
  return learned;
}

/** Once a night; of several servers one. What goes wrong is tried again the next night. */
export const learningSweep: Sweep = {
  name: 'dispatches learned from',
  run: async (runtime, realm, _onFault, signal) => {
    const { night, isOurs } = await begin(runtime, realm, 'night');
    if (!isOurs) return 0;
    const learned = await learn(runtime, realm, signal);
    if (learned === null) await giveBack(runtime, realm, night);
    return learned === null ? 0 : 1;
  },
};

const begin = (
  runtime: Runtime,
  realm: number,
  by: 'night' | 'hand',
): Promise<{ readonly night: string; readonly isOurs: boolean }> =>
  transact(runtime, asSystem(realm, 'learning'), async (ctx) => {
    const night = await nightNow(ctx);
    return { night, isOurs: await takeTurn(ctx, night, by) };
  });

const giveBack = (runtime: Runtime, realm: number, night: string): Promise<void> =>
  transact(runtime, asSystem(realm, 'learning'), (ctx) => giveBackTurn(ctx, night));

/** Two in the morning: the evening's work is done, the morning's has not begun. Who was off then catches up in the day. */
const BEGINS_MS = 2 * 3_600_000;
const nightNow = async (ctx: Ctx): Promise<string> => dayOf(earlier(ctx.now, BEGINS_MS), (await realmOf(ctx)).zone);

/** Null: broken off. */
async function learn(
  runtime: Runtime,
  realm: number,
  signal?: AbortSignal,
): Promise<LearnedNow | { readonly tooFew: number } | null> {
  const lessons = await transact(runtime, asSystem(realm, 'learning'), lessonsOf);
  const count = lessons.length;
  if (count < LEAST_LESSONS || isOneKind(lessons)) {
    await noted(runtime, realm, async () => ({ outcome: 'too_few', lessons: count, version: null }));
    return { tooFew: count };
  }
  const taught = await learnApart(lessons, signal);
  if (taught === null) return null;
  const { learned, tried } = taught;
  const { version } = await noted(runtime, realm, async (ctx) => {
    const kept = await keepModel(ctx, { lessons, learned, tried });
    return { outcome: kept.isNew ? 'learned' : 'same', lessons: count, version: kept.version };
  });
  return {
    ...{ version: version ?? 0, lessons: count, words: wordsIn(learned) },
    ...{ types: learned.types.labels.length, bodies: learned.bodies.labels.length, tried },
  };
}

/** What came of it, and that it is over, in one transaction. */
async function noted(
  runtime: Runtime,
  realm: number,
  work: (ctx: Ctx) => Promise<LearningEnd>,
): Promise<{ version: number | null }> {
  const command = { id: runtime.ids.newId(), name: 'suggestion.learn', input: {} };
  const { answer } = await execute<Answer & { version: number | null }>(runtime, asSystem(realm, 'learning'), command, {
    work: async (ctx) => {
      const end = await work(ctx);
      await noteEnd(ctx, await nightNow(ctx), end);
      return { version: end.version };
    },
  });
  return answer;
}

const isOneKind = (lessons: readonly Told[]): boolean => new Set(lessons.map(({ type }) => type)).size < 2;
