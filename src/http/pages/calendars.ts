import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type CalendarSpec, calendarProblems, patternOn } from '../../domains/work/calendars/calendar.model.ts';
import { daysIn, type LineFault, slotsIn } from '../../domains/work/calendars/day_lines.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { type ChangeShown, calendarChangePage, type Preview } from '../../web/console/calendar_change.pages.ts';
import { type Calendars, calendarsPage, type KeptBy, type Year } from '../../web/console/calendars.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, type Framed, type Handler, type Shown } from './viewer.ts';

/** The pages of the working calendars: looking, and changing one in two steps. */
const HOME = '/console/standards/calendars';

export function addCalendars(app: FastifyInstance, guarded: (show: Shown) => Handler): void {
  app.get(HOME, guarded(showCalendars));
  app.get(
    `${HOME}/:id`,
    guarded((room, request, reply, framed) => showChange(room, request, reply, framed, {})),
  );
  app.post(`${HOME}/:id/preview`, guarded(preview));
  app.post(`${HOME}/:id/change`, guarded(change));
}

const showCalendars: Shown = async (room, request, reply, { call, frame }) => {
  const told = await room.call<Calendars>('calendar.list', call);
  const bodies = await room.call<KeptBy[]>('body.list', call);
  const years = await room.call<Year[]>('calendar.years', call);
  const shown = await frame();
  const isAdmin = shown.me?.posts.some(({ role }) => role === 'admin') ?? false;
  const { done } = askedOf(request);
  return sendPage(reply, 200, calendarsPage(shown, told, bodies, years, { isAdmin, isDone: done === 'changed' }));
};

type Typed = Readonly<Record<string, string>>;
interface Said extends Partial<Pick<ChangeShown, 'fault' | 'unread' | 'preview'>> {
  readonly typed?: Typed;
  readonly status?: number;
}

async function showChange(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  { typed = {}, fault = null, unread = [], preview = null, status = 200 }: Said,
): Promise<FastifyReply> {
  // Who may not change it is told so.
  await room.call('standard.draft', call);
  const calendar = await calendarOf(room, request, call);
  const [bodies, { holidaysPublishedThrough }] = await Promise.all([
    room.call<KeptBy[]>('body.list', call),
    room.call<Calendars>('calendar.list', call),
  ]);
  const page = calendarChangePage(await frame(), {
    ...{ calendar, typed, fault, unread, preview, newId: () => room.runtime.ids.newId() },
    kept: bodies.filter(({ calendarId }) => calendarId === calendar.id).map(({ name }) => name),
    unknownYear: Math.max(holidaysPublishedThrough, calendar.spec.knownThrough ?? 0) + 1,
  });
  return sendPage(reply, status, page);
}

async function calendarOf(room: PageRoom, request: FastifyRequest, call: Framed['call']) {
  const { id } = request.params as { id: string };
  const { calendars } = await room.call<Calendars>('calendar.list', call);
  const calendar = calendars.find((one) => one.id === id);
  if (!calendar) throw new Problem(calendarProblems['calendar.not_found']);
  return calendar;
}

/** What was typed, as the endpoint takes it; what cannot be read is told line by line. */
function read(
  { baseVersion, days = '', hoursFrom = '', hours = '', weekdays = '', knownThrough = '' }: Typed,
  spec: CalendarSpec,
) {
  const { days: list, faults } = daysIn(days, spec);
  const unread: LineFault[] = [...faults];
  const slots = slotsIn(hours === '' && hoursFrom !== '' ? slotsText(spec, hoursFrom) : hours);
  const asksHours = hoursFrom !== '' || hours !== '';
  if (asksHours && (slots === null || hoursFrom === '' || weekdays === '')) unread.push({ line: 0, says: hoursWords });
  const pattern = asksHours
    ? { from: hoursFrom, weekdays: weekdays.split(',').filter(Boolean).map(Number), slots }
    : null;
  const body = {
    ...{ baseVersion: Number(baseVersion), days: list, hours: pattern },
    knownThrough: knownThrough === '' ? null : Number(knownThrough),
  };
  return { body, unread };
}

const slotsText = (spec: CalendarSpec, on: string): string =>
  patternOn(spec, on)
    .slots.map(([from, to]) => `${from}-${to}`)
    .join(',');

const hoursWords = {
  zh: '作息要写全：从哪天起、上班时间（08:30-12:00,14:00-17:30）、星期几',
  en: 'hours need all three: from which day, the hours (08:30-12:00,14:00-17:30), and the weekdays',
};

const preview: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  return orSayWhy(room, request, reply, framed, fields, async (body, id) => {
    const commandId = room.runtime.ids.newId();
    const told = await room.call<Preview>('calendar.preview', framed.call, {
      params: { id },
      body: { commandId, ...body },
    });
    return showChange(room, request, reply, framed, { typed: fields, preview: told });
  });
};

const change: Shown = async (room, request, reply, framed) => {
  const { fields } = await readForm(request);
  return orSayWhy(room, request, reply, framed, fields, async (body, id) => {
    const { commandId } = fields;
    await room.call('calendar.change', framed.call, { params: { id }, body: { commandId, ...body } });
    return reply.redirect(`${HOME}?done=changed`, 303);
  });
};

async function orSayWhy(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  framed: Framed,
  typed: Typed,
  act: (body: object, id: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  await room.call('standard.draft', framed.call);
  const { id, spec } = await calendarOf(room, request, framed.call);
  const { body, unread } = read(typed, spec);
  if (unread.length > 0) return showChange(room, request, reply, framed, { typed, unread, status: 422 });
  try {
    return await act(body, id);
  } catch (error) {
    if (!(error instanceof Problem) || [401, 403].includes(error.kind.status)) throw error;
    const fault = faultOfProblem(error, languageOf(request), request);
    return showChange(room, request, reply, framed, { typed, fault, status: statusOf(error) });
  }
}
