import type { Words } from '../../../kernel/words.ts';

/** A deadline that was counted anew: what its entry says of it. Entries of before say neither from when nor why. */
export interface Moved {
  readonly duty: string;
  readonly was: Date;
  readonly due: Date;
  readonly because: Words;
}

const causes = {
  calendar: { zh: '工作日历改了', en: 'the working calendar was changed' },
  holidays: { zh: '节假日安排公布了', en: 'the holidays were published' },
} as const satisfies Record<string, Words>;
export type Cause = keyof typeof causes;

/** What an administrator wrote beside the days that changed goes along: 工作日历改了（停电检修）. */
function becauseOf(cause: unknown, why: unknown): Words {
  const { zh, en } = causes[cause === 'holidays' ? 'holidays' : 'calendar'];
  return typeof why === 'string' && why !== '' ? { zh: `${zh}（${why}）`, en: `${en} (${why})` } : { zh, en };
}

export function movedIn(body: Readonly<Record<string, unknown>>): Moved | null {
  const { duty, was, due, cause, why } = body;
  if (typeof was !== 'string' || typeof due !== 'string') return null;
  return { duty: String(duty), was: new Date(was), due: new Date(due), because: becauseOf(cause, why) };
}
