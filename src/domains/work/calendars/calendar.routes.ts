import { z } from 'zod';
import { type Endpoint, read, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
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
