import { z } from 'zod';
import { type Endpoint, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { today } from '../../../kernel/realm.ts';
import { calendarsOf, publishCalendar } from './calendar.commands.ts';
import { calendarSchema } from './calendar.model.ts';
import { chineseHolidays } from './holidays.model.ts';

export const calendarRoutes: readonly Endpoint[] = [
  read({
    name: 'calendar.list',
    path: '/api/calendars',
    summary: { zh: '工作日历', en: 'Working calendars' },
    access: ['account'],
    lane: 'read',
    output: z.object({
      holidaysPublishedThrough: z
        .number()
        .describe('Last year whose public holidays are known; later deadlines are provisional'),
      calendars: z.array(z.object({ id: idSchema, version: z.number(), spec: calendarSchema })),
    }),
    handle: async (ctx) => ({
      holidaysPublishedThrough: chineseHolidays.publishedThrough,
      calendars: (await calendarsOf(ctx)).newest,
    }),
  }),
  read({
    name: 'calendar.years',
    path: '/api/calendars/years',
    summary: {
      zh: '今年起各年的节假日和调休；没有公布的为空',
      en: 'Holidays and make-up days from this year on; null where not announced',
    },
    access: ['account'],
    lane: 'read',
    output: z.array(
      z.object({
        year: z.number(),
        days: z.object({ holidays: z.array(z.iso.date()), makeUpDays: z.array(z.iso.date()) }).nullable(),
      }),
    ),
    handle: async (ctx) => {
      const first = Number((await today(ctx)).slice(0, 4));
      const last = Math.max(first, chineseHolidays.publishedThrough) + 1;
      return Array.from({ length: last - first + 1 }, (_, i) => ({
        year: first + i,
        days: chineseHolidays.daysIn(first + i),
      }));
    },
  }),
  write({
    name: 'calendar.publish',
    method: 'POST',
    path: '/api/calendars',
    summary: { zh: '发布工作日历（新版本）', en: 'Publish a version of a calendar' },
    access: [{ roles: ['admin'] }],
    lane: 'work',
    body: z.strictObject({ calendarId: idSchema, spec: calendarSchema }),
    output: z.object({ calendarId: idSchema, version: z.number() }),
    handle: (ctx, { body }) => publishCalendar(ctx, body.calendarId, body.spec),
  }),
];
