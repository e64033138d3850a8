import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { type CalendarChange, calendarsOf, changedSpec, publishCalendar } from '../calendars/index.ts';
import { readChange } from './calendar_change.views.ts';

/** The next version, dated: what was counted before its first day stands. Clocks that run follow one by one. */
export async function changeCalendar(ctx: Ctx, id: Id, form: CalendarChange) {
  const { calendar, from } = await readChange(ctx, id, form);
  const { version } = await publishCalendar(ctx, id, changedSpec(calendar.spec, form), from);
  return { calendarId: id, version, movesFrom: from };
}

export async function requireCalendar(ctx: Ctx, id: Id): Promise<void> {
  (await calendarsOf(ctx)).latest(id);
}
