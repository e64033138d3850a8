import { setPriority } from 'node:os';
import { segment } from '../../../kernel/segment.ts';
import { type Learned, learnFrom, type Told } from './lesson.model.ts';
import { holdOut, type Tried } from './trial.model.ts';

/**
 * The process in which dispatches are learned from: a minute of arithmetic for a large county, in which the server must
 * go on answering. It is given what was said and gives numbers back: no environment, no database, no key.
 */
setPriority(19);

export interface Taught {
  readonly learned: Learned;
  readonly tried: Tried;
}

process.once('message', (told: readonly Told[]) => {
  const lessons = told.map(({ said, ...lesson }) => ({ ...lesson, words: segment(said) }));
  const taught: Taught = { tried: holdOut(lessons), learned: learnFrom(lessons) };
  process.send?.(taught, () => process.exit());
});
process.on('disconnect', () => process.exit());
