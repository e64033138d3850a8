import { z } from 'zod';
import { type Endpoint, idParam, write } from '../../../kernel/endpoint.ts';
import { idSchema } from '../../../kernel/id.ts';
import { changeForm } from '../calendars/index.ts';
import { changeCalendar, requireCalendar } from './calendar_change.commands.ts';
import { changePreview } from './calendar_change.model.ts';
import { changeShown } from './calendar_change.views.ts';

const admin = {
  access: [{ roles: ['admin'] }],
  method: 'POST',
  lane: 'work',
  params: idParam,
  body: changeForm,
} as const;

/** How a county changes its hours and holidays: write the days down, look at what moves, put it in force. */
export const calendarChangeRoutes: readonly Endpoint[] = [
  write({
    ...admin,
    name: 'calendar.change',
    path: '/api/calendars/:id/change',
    summary: { zh: '改工作日历，从某一天起施行', en: 'Change a calendar from a day on' },
    output: z.object({ calendarId: idSchema, version: z.number(), movesFrom: z.iso.date() }),
    handle: (ctx, { params, body }) => changeCalendar(ctx, params.id, body),
    recheck: (ctx, { params }) => requireCalendar(ctx, params.id),
  }),
  write({
    ...admin,
    name: 'calendar.preview',
    path: '/api/calendars/:id/change/preview',
    summary: { zh: '改工作日历：先看哪些时限会变', en: 'Change a calendar: which deadlines would move' },
    output: changePreview,
    handle: async (ctx, { params }) => {
      await requireCalendar(ctx, params.id);
      return {};
    },
    recheck: (ctx, { params }) => requireCalendar(ctx, params.id),
    show: async (ctx, { params, body }) => ({ ...(await changeShown(ctx, params.id, body)) }),
  }),
];
