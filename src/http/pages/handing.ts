import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { accountProblems } from '../../domains/land/accounts/account.model.ts';
import type {
  handoverPreview,
  receiptView,
  relievingView,
  standDownPreview,
} from '../../domains/work/handovers/handover_form.model.ts';
import type { bodiesView } from '../../domains/work/people/people.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { handOverPage, receiptsPage, relievePage, type Side } from '../../web/console/handing.pages.ts';
import { raisePage, standDownPage } from '../../web/console/organisation.pages.ts';
import type { Found } from '../../web/console/people.pages.ts';
import type { Fault } from '../../web/ui/page.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import { idIn, showBody, showPost } from './people.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, type Framed, type Handler, type Refused, type Shown } from './viewer.ts';

/** Pages that pass something on: handing over, appointing, relieving, organisations for a time. Each shows first what moves. */
type Fields = Readonly<Record<string, string>>;
type Asked = Readonly<Record<string, string>>;

/** What is wrong with it is for the page that asked. */
async function tried<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T | (Refused & { isRefused: true })> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.kind.status === 401 || error.kind.status === 403) throw error;
    return { isRefused: true, fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) };
  }
}
const isRefused = (value: unknown): value is Refused & { isRefused: true } =>
  typeof value === 'object' && value !== null && 'isRefused' in value;

const found = (room: PageRoom, call: PageCall, words: string): Promise<Found> =>
  words === '' ? Promise.resolve([]) : room.call<Found>('people.find', call, { query: { words } });

/** The pages that ask nothing yet turn away whoever could not go on from them. */
async function requireAdmin(room: PageRoom, call: PageCall): Promise<void> {
  const { posts } = await room.call<{ posts: readonly { role: string }[] }>('me.read', call);
  if (!posts.some(({ role }) => role === 'admin')) throw new Problem(accountProblems['account.not_for_you']);
}

/** One side of a hand-over: chosen, or whoever is called as was typed. */
async function sideOf(room: PageRoom, call: PageCall, id: string | undefined, typed: string): Promise<Side> {
  if (id === undefined) return { id: null, name: typed, found: await found(room, call, typed) };
  const { name } = await room.call<{ name: string }>('people.person', call, { params: { id } });
  return { id, name, found: [] };
}

async function showHandOver(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  asked: Asked = askedOf(request),
  refused: Refused | null = null,
) {
  await requireAdmin(room, call);
  const from = await sideOf(room, call, asked.from, asked.giver ?? '');
  const to = await sideOf(room, call, asked.to, asked.receiver ?? '');
  const query = { fromId: from.id, toId: to.id, ...(asked.post !== undefined && { postIds: asked.post }) };
  const shown =
    from.id === null || to.id === null
      ? null
      : await tried(request, () => room.call<z.output<typeof handoverPreview>>('handover.preview', call, { query }));
  const stopped = refused ?? (isRefused(shown) ? shown : null);
  const page = handOverPage(await frame(), {
    ...{ from, to, post: asked.post ?? null, fault: stopped?.fault ?? null },
    preview: shown === null || isRefused(shown) ? null : shown,
    ...{ commandId: room.runtime.ids.newId(), handoverId: room.runtime.ids.newId() },
  });
  return sendPage(reply, stopped?.status ?? 200, page);
}

async function takeHandOver(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { commandId, id, from = '', to = '', post = '' } = (await readForm(request)).fields;
  const postIds = post === '' ? null : post.split(',');
  const done = await tried(request, () =>
    room.call('handover.carry_out', framed.call, { body: { commandId, id, fromId: from, toId: to, postIds } }),
  );
  if (!isRefused(done)) return reply.redirect(`/console/handovers?done=${encodeURIComponent(id ?? '')}`, 303);
  return showHandOver(room, request, reply, framed, { from, to, ...(post !== '' && { post }) }, done);
}

type Receipts = z.output<typeof receiptView>[];

async function showReceipts(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null = null,
) {
  const receipts = await room.call<Receipts>('handover.list', call);
  const ids = { newId: () => room.runtime.ids.newId() };
  const done = askedOf(request).done ?? null;
  return sendPage(
    reply,
    refused?.status ?? 200,
    receiptsPage(await frame(), receipts, { ...ids, done, fault: refused?.fault ?? null }),
  );
}

async function takeConfirmation(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { commandId } = (await readForm(request)).fields;
  const params = { id: idIn(request) };
  const done = await tried(request, () => room.call('handover.confirm', framed.call, { params, body: { commandId } }));
  if (isRefused(done)) return showReceipts(room, request, reply, framed, done);
  return reply.redirect('/console/handovers?done=confirmed', 303);
}

async function takeAppointment(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { commandId, postId = '', personId } = (await readForm(request)).fields;
  const body = { commandId, id: commandId, postId, personId };
  const done = await tried(request, () => room.call('post.appoint', framed.call, { body }));
  if (isRefused(done)) return showPost(room, request, reply, framed, postId, done);
  return reply.redirect(`/console/people/posts/${encodeURIComponent(postId)}?done=appointed`, 303);
}

async function showRelieving(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  asked: Asked = askedOf(request),
  fault: Fault | null = null,
) {
  const post = await room.call<z.output<typeof relievingView>>('post.preview_relieve', call, {
    params: { id: asked.post ?? '' },
  });
  const page = relievePage(await frame(), post, asked.person ?? '', room.runtime.ids.newId(), fault);
  return sendPage(reply, fault === null ? 200 : 409, page);
}

async function takeRelieving(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { commandId, post = '', person = '' } = (await readForm(request)).fields;
  const body = { commandId, postId: post, personId: person };
  const done = await tried(request, () => room.call('post.relieve', framed.call, { body }));
  if (isRefused(done)) return showRelieving(room, request, reply, framed, { post, person }, done.fault);
  return reply.redirect(`/console/people/posts/${encodeURIComponent(post)}?done=relieved`, 303);
}

type Choice = { readonly id: string; readonly name: string };

async function showRaising(
  room: PageRoom,
  _request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  filled: Fields = {},
  refused: Refused | null = null,
) {
  await requireAdmin(room, call);
  const temporary = await room.call<z.output<typeof bodiesView>>('organisation.list', call, {
    query: { only: 'temporary' },
  });
  const areas = await room.call<(Choice & { level: string })[]>('area.list', call);
  const { calendars } = await room.call<{ calendars: { id: string; spec: { name: string } }[] }>('calendar.list', call);
  const page = raisePage(await frame(), {
    ...{ filled, fault: refused?.fault ?? null, above: temporary.lines },
    areas: areas.filter(({ level }) => level !== 'grid' && level !== 'micro_grid'),
    calendars: calendars.map(({ id, spec }) => ({ id, name: spec.name })),
    ...{ commandId: room.runtime.ids.newId(), id: room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
}

const linesIn = (text = ''): string[] =>
  text
    .split(/[\n,，、;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

async function takeRaising(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { fields } = await readForm(request);
  const { commandId, id = '', name, purpose, until, areaId, calendarId, aboveId = '', areaIds = '' } = fields;
  const done = await tried(request, async () => {
    const members: { role: string; personId: string }[] = [];
    for (const role of ['body_head', 'body_desk', 'body_worker'])
      for (const typed of linesIn(fields[role]))
        members.push({ role, personId: await personCalled(room, framed.call, typed) });
    const body = { commandId, id, name, purpose, until, areaId, calendarId, members };
    const above = aboveId === '' ? null : aboveId;
    const areas = areaIds.split(',').filter((one) => one !== '');
    return room.call('organisation.raise', framed.call, { body: { ...body, aboveId: above, areaIds: areas } });
  });
  if (isRefused(done)) return showRaising(room, request, reply, framed, fields, done);
  return reply.redirect(`/console/people/bodies/${encodeURIComponent(id)}?done=raised`, 303);
}

/** By login, id or name, as at the shell; two of one name are told apart by the account. */
async function personCalled(room: PageRoom, call: PageCall, typed: string): Promise<string> {
  const { personId } = await room.call<{ personId: string }>('people.called', call, { query: { typed } });
  return personId;
}

async function showStandDown(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null = null,
  chosen: string | undefined = askedOf(request).to,
) {
  const params = { id: idIn(request) };
  const query = chosen ? { toId: chosen } : {};
  const preview = await room.call<z.output<typeof standDownPreview>>('organisation.preview_stand_down', call, {
    params,
    query,
  });
  const bodies = await room.call<Choice[]>('body.list', call);
  const page = standDownPage(await frame(), preview, {
    ...{ to: chosen ?? '', fault: refused?.fault ?? null, commandId: room.runtime.ids.newId() },
    bodies: bodies.filter(({ id }) => id !== preview.id),
  });
  return sendPage(reply, refused?.status ?? 200, page);
}

async function takeStandDown(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { commandId, to = '' } = (await readForm(request)).fields;
  const given = { params: { id: idIn(request) }, body: { commandId, toId: to === '' ? null : to } };
  const done = await tried(request, () => room.call('organisation.stand_down', framed.call, given));
  if (isRefused(done)) return showStandDown(room, request, reply, framed, done, to);
  return reply.redirect('/console/people/bodies?only=temporary&done=stood_down', 303);
}

async function takeHours(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const { commandId, calendarId, own = '' } = (await readForm(request)).fields;
  const id = idIn(request);
  const given = { params: { id }, body: { commandId, calendarId, own: own === 'yes' } };
  const done = await tried(request, () =>
    room.call<{ calendarId: string }>('organisation.set_hours', framed.call, given),
  );
  if (isRefused(done)) return showBody(room, request, reply, framed, done);
  const next = own === 'yes' ? `/console/standards/calendars/${done.calendarId}` : null;
  return reply.redirect(next ?? `/console/people/bodies/${encodeURIComponent(id)}?done=hours`, 303);
}

const looked: readonly (readonly [path: string, show: Shown])[] = [
  ['/console/people/hand-over', (...page) => showHandOver(...page)],
  ['/console/people/relieve', (...page) => showRelieving(...page)],
  ['/console/people/raise', (...page) => showRaising(...page)],
  ['/console/people/bodies/:id/stand-down', (...page) => showStandDown(...page)],
  ['/console/handovers', (...page) => showReceipts(...page)],
];
const taken: readonly (readonly [path: string, take: Shown])[] = [
  ['/console/people/hand-over', takeHandOver],
  ['/console/people/appoint', takeAppointment],
  ['/console/people/relieve', takeRelieving],
  ['/console/people/raise', takeRaising],
  ['/console/people/bodies/:id/stand-down', takeStandDown],
  ['/console/people/bodies/:id/hours', takeHours],
  ['/console/handovers/:id/confirm', takeConfirmation],
];

export function addHanding(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  for (const [path, show] of looked) app.get(path, shown(show));
  for (const [path, take] of taken) app.post(path, shown(take));
}
