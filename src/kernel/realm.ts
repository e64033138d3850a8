import { Temporal } from 'temporal-polyfill';
import { markChanged } from './cache_version.ts';
import type { Ctx } from './context.ts';
import type { Id } from './id.ts';
import { defineProblems, Problem } from './problem.ts';

const realmProblems = defineProblems({
  'realm.unknown': {
    status: 404,
    title: { zh: '这里还没有建立县（市）', en: 'No county has been set up here yet' },
    hint: {
      zh: '请管理员在服务器上运行 jingwei realm create，再用 jingwei account create 建第一个账号。',
      en: 'The administrator runs jingwei realm create on the server, then jingwei account create for the first account.',
    },
  },
});

/** A realm is a county, a city or a province: the largest unit whose daily work needs nothing from another. */
export interface Realm {
  readonly realm: number;
  readonly name: string;
  /** IANA time zone in which its days begin. */
  readonly zone: string;
  /** Working calendar of its desks. */
  readonly calendarId: Id | null;
}

const CACHE = 'realm';

export const realmOf = (ctx: Ctx): Promise<Realm> =>
  ctx.cache.get(ctx, CACHE, (own) =>
    own.db
      .selectFrom('realm')
      .select(['realm', 'name', 'zone', 'calendarId'])
      .where('realm', '=', own.realm)
      .executeTakeFirstOrThrow(() => new Problem(realmProblems['realm.unknown'])),
  );

/** The calendar day of an instant in the realm's zone, `YYYY-MM-DD`. Days begin on a quarter of an hour everywhere. */
export function dayIn(zone: string, at: Date): string {
  const quarter = Math.floor(at.getTime() / QUARTER_MS);
  if (lastDay.quarter !== quarter || lastDay.zone !== zone) {
    const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
    lastDay = { zone, quarter, day: there.toPlainDate().toString() };
  }
  return lastDay.day;
}

const QUARTER_MS = 900_000;
/** Asked with every report, and nearly always the same. */
let lastDay = { zone: '', quarter: Number.NaN, day: '' };

/** The same for a day that is not asked for with every report. */
export const dayOf = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The last moment of a day in the realm's zone: until then is still on that day. */
export async function dayEnds(ctx: Ctx, day: string): Promise<Date> {
  const { zone } = await realmOf(ctx);
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone);
  return new Date(next.epochMilliseconds - 60_000);
}

export const today = async (ctx: Ctx): Promise<string> => dayIn((await realmOf(ctx)).zone, ctx.now);

export async function addRealm(ctx: Ctx, realm: Omit<Realm, 'calendarId'>): Promise<void> {
  await ctx.db
    .insertInto('realm')
    .values({ ...realm, createdAt: ctx.now })
    .execute();
  await markChanged(ctx, CACHE);
}

export async function setDeskCalendar(ctx: Ctx, calendarId: Id): Promise<void> {
  await ctx.db.updateTable('realm').set({ calendarId }).where('realm', '=', ctx.realm).execute();
  await markChanged(ctx, CACHE);
}
