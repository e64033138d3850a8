import { Temporal } from 'temporal-polyfill';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { today } from '../../../kernel/realm.ts';
import type { Words } from '../../../kernel/words.ts';
import {
  type CalendarChange,
  calendarProblems,
  calendarsOf,
  changedSpec,
  changesOf,
  movesFrom,
  workingTime,
} from '../calendars/index.ts';
import { clocksOn, dutyWords } from '../obligations/index.ts';

/** What a change of a calendar would do: which days are otherwise, from when, and which deadlines that are running move. */
export async function changeShown(ctx: Ctx, id: Id, form: CalendarChange) {
  const { calendar, from, changes } = await readChange(ctx, id, form);
  return { movesFrom: from, ...changes, effect: await effectOf(ctx, id, form, calendar.spec.zone, from) };
}

export async function readChange(ctx: Ctx, id: Id, form: CalendarChange) {
  const calendar = (await calendarsOf(ctx)).latest(id);
  if (calendar.version !== form.baseVersion) throw new Problem(calendarProblems['calendar.changed_meanwhile']);
  const day = await today(ctx);
  const earliest = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
  const early = [...form.days.map(({ on }) => on), ...(form.hours ? [form.hours.from] : [])].sort()[0];
  if (early !== undefined && early < earliest)
    throw new Problem(calendarProblems['calendar.day_too_early'], { day: early, earliest });
  const changes = changesOf(calendar.spec, form);
  const from = movesFrom(changes, calendar.spec, day);
  if (from === null) throw new Problem(calendarProblems['calendar.nothing_changed']);
  return { calendar, changes, from };
}

async function effectOf(ctx: Ctx, id: Id, form: CalendarChange, zone: string, from: string) {
  const { spec, version } = (await calendarsOf(ctx)).latest(id);
  const [clocks, time] = [await clocksOn(ctx, id, version), workingTime(changedSpec(spec, form))];
  const begins = Temporal.PlainDate.from(from).toZonedDateTime(zone).epochMilliseconds;
  const moved = clocks.flatMap(({ state, scale, budgetMs, usedMs, runningSince, dueAt, duty }) => {
    if (state !== 'running' || scale !== 'working' || runningSince === null || dueAt === null || budgetMs === null)
      return [];
    if (dueAt.getTime() < begins) return [];
    const now = time.add(runningSince, Math.max(0, budgetMs - usedMs));
    return now.at.getTime() === dueAt.getTime() ? [] : [{ duty, was: dueAt, becomes: now.at }];
  });
  const later = moved.filter(({ was, becomes }) => becomes > was).length;
  const first = moved.reduce<Date | null>((least, { was }) => (least === null || was < least ? was : least), null);
  return {
    open: clocks.length,
    stopped: clocks.filter(({ state }) => state !== 'running').length,
    moved: moved.length,
    later,
    earlier: moved.length - later,
    firstDueAt: first,
    duties: dutiesOf(moved),
  };
}

function dutiesOf(moved: readonly { readonly duty: string }[]): { duty: Words; moved: number }[] {
  const counts = new Map<string, number>();
  for (const { duty } of moved) counts.set(duty, (counts.get(duty) ?? 0) + 1);
  return [...counts]
    .map(([duty, count]) => ({ duty: dutyWords(duty), moved: count }))
    .sort((a, b) => b.moved - a.moved);
}
