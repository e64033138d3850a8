import { type Answer, execute } from '../../../kernel/command.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { type Lesson, learnFrom, wordsIn } from './lesson.model.ts';
import { keepModel, lessonsOf } from './suggestion.commands.ts';
import { suggestionProblems } from './suggestion.model.ts';
import { holdOut, type Tried } from './trial.model.ts';

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
  const lessons = await transact(runtime, asSystem(realm, 'learning'), lessonsOf);
  if (lessons.length < LEAST_LESSONS || isOneKind(lessons))
    throw new Problem(suggestionProblems['suggestion.too_few'], { count: lessons.length, least: LEAST_LESSONS });
  const tried = holdOut(lessons);
  const learned = learnFrom(lessons);
  const command = { id: runtime.ids.newId(), name: 'suggestion.learn', input: {} };
  const { answer } = await execute<Answer & { version: number }>(runtime, asSystem(realm, 'learning'), command, {
    work: (ctx) => keepModel(ctx, { lessons, learned, tried }),
  });
  return {
    version: answer.version,
    lessons: lessons.length,
    words: wordsIn(learned),
    types: learned.types.labels.length,
    bodies: learned.bodies.labels.length,
    tried,
  };
}

const isOneKind = (lessons: readonly Lesson[]): boolean => new Set(lessons.map(({ type }) => type)).size < 2;
