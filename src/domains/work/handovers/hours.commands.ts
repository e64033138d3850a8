import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import { directoryOf, keepCalendar } from '../../land/staff/index.ts';
import { calendarProblems, calendarsOf, publishCalendar } from '../calendars/index.ts';
import { handoverProblems } from './handover.model.ts';

/** By which calendar a body works: one that others keep too, or a copy of it that is its own. Clocks that run stay as they are. */
export async function setHours(ctx: Ctx, bodyId: Id, { calendarId, own }: { calendarId: Id; own: boolean }) {
  const body = (await directoryOf(ctx)).body(bodyId);
  if (!body) throw new Problem(handoverProblems['organisation.unknown'], { name: '—' });
  const { spec } = (await calendarsOf(ctx)).latest(calendarId);
  if (!own && body.calendarId === calendarId) throw new Problem(calendarProblems['calendar.nothing_changed']);
  const kept = own ? ctx.ids.newId() : calendarId;
  if (own) await publishCalendar(ctx, kept, { ...spec, name: `${body.name.slice(0, 55)}作息` });
  await keepCalendar(ctx, bodyId, kept);
  return { bodyId, calendarId: kept };
}
