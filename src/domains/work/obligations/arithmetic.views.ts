import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { entriesOfRecord } from '../../../kernel/journal.ts';
import { calendarsOf, limitWords, type WorkingTime } from '../calendars/index.ts';
import type { arithmeticView } from './arithmetic.model.ts';
import { type Act, applyAct, type Clock, versionAfter } from './clock.model.ts';
import type { Obligation } from './obligation.model.ts';
import { actsIn, timesOf } from './verify.views.ts';

const minutesOf = (ms: number): number => Math.round(ms / 60_000);
/** A deadline far away is shown by its first stretches only. */
const MOST_STRETCHES = 60;

export async function arithmeticOf(ctx: Ctx, obligation: Obligation): Promise<z.input<typeof arithmeticView>> {
  const calendar = (await calendarsOf(ctx)).version(obligation.calendarId ?? '', obligation.calendarVersion ?? 0);
  const { told, acts } = actsIn(await entriesOfRecord(ctx, obligation.recordId), obligation);
  const { opening, timeOf } = await timesOf(ctx, obligation, told);
  const { runningSince, dueAt, budgetMs, scale, provisional, timeLimit } = obligation;
  const shown =
    runningSince && dueAt
      ? scale === 'working'
        ? calendar.time.intervals(runningSince, dueAt)
        : [{ from: runningSince, to: dueAt }]
      : [];
  return {
    limit: timeLimit,
    limitWords: timeLimit && limitWords(timeLimit),
    calendar: calendar.spec.name,
    zone: calendar.spec.zone,
    scale,
    budgetMinutes: budgetMs === null ? null : minutesOf(budgetMs),
    acts: stepByStep(acts, opening, timeOf),
    stretches: shown
      .slice(0, MOST_STRETCHES)
      .map(({ from, to }) => ({ from, to, minutes: minutesOf(to.getTime() - from.getTime()) })),
    dueAt,
    provisional,
  };
}

function stepByStep(
  acts: readonly Act[],
  opening: WorkingTime,
  timeOf: (version: number) => WorkingTime,
): z.input<typeof arithmeticView>['acts'] {
  let clock: Clock | null = null;
  let time = opening;
  return acts.map((act) => {
    const moved = versionAfter(act);
    if (moved !== null) time = timeOf(moved);
    clock = applyAct(clock, act, time);
    return { act: act.act, at: act.at, usedMinutes: minutesOf(clock.usedMs), dueAt: clock.dueAt };
  });
}
