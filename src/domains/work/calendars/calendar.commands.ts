import { markChanged } from '../../../kernel/cache_version.ts';
import { defineConstraints } from '../../../kernel/constraints.ts';
import type { Ctx } from '../../../kernel/context.ts';
import type { Id } from '../../../kernel/id.ts';
import { record } from '../../../kernel/journal.ts';
import { Problem } from '../../../kernel/problem.ts';
import { realmOf } from '../../../kernel/realm.ts';
import { type CalendarSpec, calendarProblems, type WorkingTime, workingTime } from './calendar.model.ts';
import { allCalendars, insertCalendar } from './calendar.queries.ts';

const CACHE = 'calendars';
defineConstraints({ calendar_pkey: 'calendar.changed_meanwhile' });

export interface Calendar {
  readonly id: Id;
  readonly version: number;
  readonly spec: CalendarSpec;
  readonly time: WorkingTime;
  /** From this day on it differs from the version before, whose open clocks follow; null: they keep theirs. */
  readonly movesFrom: string | null;
  readonly publishedAt: Date;
}

export interface Calendars {
  /** The newest version. */
  latest(id: Id): Calendar;
  /** The version an obligation was opened under. */
  version(id: Id, version: number): Calendar;
  /** The one after it, if clocks that run follow there. */
  following(id: Id, version: number): Calendar | null;
  readonly newest: readonly Calendar[];
}

export const calendarsOf = (ctx: Ctx): Promise<Calendars> =>
  ctx.cache.get(ctx, CACHE, async (own) => {
    const all = (await allCalendars(own)).map((row): Calendar => ({ ...row, time: workingTime(row.spec) }));
    const latest = new Map(all.map((calendar) => [calendar.id, calendar]));
    const each = new Map(all.map((calendar) => [`${calendar.id} ${calendar.version}`, calendar]));
    return {
      latest: (id) => found(latest.get(id)),
      version: (id, version) => found(each.get(`${id} ${version}`)),
      following: (id, version) => {
        const next = each.get(`${id} ${version + 1}`);
        return next && next.movesFrom !== null ? next : null;
      },
      newest: [...latest.values()],
    };
  });

function found(calendar: Calendar | undefined): Calendar {
  if (!calendar) throw new Problem(calendarProblems['calendar.not_found']);
  return calendar;
}

/** The calendar of the realm's desks. */
export async function deskCalendar(ctx: Ctx): Promise<Calendar> {
  const [calendars, realm] = await Promise.all([calendarsOf(ctx), realmOf(ctx)]);
  return calendars.latest(realm.calendarId ?? '');
}

/** Adds a version. Clocks that run keep theirs, unless it says from which day on it differs: then they follow. */
export async function publishCalendar(
  ctx: Ctx,
  id: Id,
  spec: CalendarSpec,
  movesFrom: string | null = null,
): Promise<{ calendarId: Id; version: number }> {
  const versions = (await allCalendars(ctx)).filter((calendar) => calendar.id === id);
  const version = versions.length + 1;
  await insertCalendar(ctx, { id, version, spec, movesFrom });
  await markChanged(ctx, CACHE);
  record(ctx, {
    kind: 'calendar.published',
    about: { kind: 'calendar', id, scopeNo: 0, confidential: false },
    body: { version, name: spec.name, movesFrom },
  });
  return { calendarId: id, version };
}
