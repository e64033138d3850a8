import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { bodiesView, bodyView, personView, postView } from '../../domains/work/people/people.model.ts';
import { Problem } from '../../kernel/problem.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import {
  dutiesPage,
  type Found,
  foundPage,
  peoplePage,
  type ShownArea,
  type ShownDuties,
} from '../../web/console/people.pages.ts';
import { bodiesPage, bodyPage, personPage, postPage } from '../../web/console/person.pages.ts';
import { languageOf, sendPage } from '../app.ts';
import { faultOfProblem } from './call.ts';
import type { PageRoom } from './portal.ts';
import { askedOf, type Framed, type Handler, type Refused, type Shown } from './viewer.ts';

/** The pages of people: areas level by level, a person, a post, bodies, and the lists behind the numbers. */
type Asked = Readonly<Record<string, string>>;

const without = (asked: Asked, ...names: readonly string[]): Asked =>
  Object.fromEntries(Object.entries(asked).filter(([name]) => !names.includes(name)));

const said = {
  appointed: ['已任命。', 'Appointed.'],
  relieved: ['已免去。', 'Relieved.'],
  raised: ['临时组织已成立。', 'It stands.'],
  hours: ['作息已换，以后派来的按新的算。', 'Its hours are changed; what it is given from now on counts by them.'],
  stood_down: ['临时组织已撤销，待办已移交。', 'It is stood down and its duties are passed on.'],
};

/** What was done just now, in the words of the page it leads back to. */
function doneIn(request: FastifyRequest): string | null {
  const { done = '' } = askedOf(request);
  const words = Object.hasOwn(said, done) ? said[done as keyof typeof said] : undefined;
  return words?.[languageOf(request) === 'zh' ? 0 : 1] ?? null;
}

async function showPeople(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const query = askedOf(request);
  const area = await room.call<ShownArea>('people.area', framed.call, { query });
  return sendPage(reply, 200, peoplePage(await framed.frame(), area, query.only === 'nobody'));
}

async function showDuties(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const told = await room.call<ShownDuties>('people.duties', framed.call, { query: askedOf(request) });
  return sendPage(reply, 200, dutiesPage(await framed.frame(), told));
}

async function showFound(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const query = askedOf(request);
  // An address without a question is the bare page; a question left empty is told so.
  if (!('words' in (request.query as object)))
    return sendPage(reply, 200, foundPage(await framed.frame(), '', null, null));
  try {
    const found = await room.call<Found>('people.find', framed.call, { query });
    return sendPage(reply, 200, foundPage(await framed.frame(), query.words ?? '', found, null));
  } catch (error) {
    if (!(error instanceof Problem) || error.kind.status !== 422) throw error;
    const fault = faultOfProblem(error, languageOf(request), request);
    return sendPage(reply, 422, foundPage(await framed.frame(), '', null, fault));
  }
}

async function showPerson(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const params = request.params as object;
  const person = await room.call<z.output<typeof personView>>('people.person', framed.call, { params });
  return sendPage(reply, 200, personPage(await framed.frame(), person, doneIn(request)));
}

export async function showPost(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  id: string,
  refused: Refused | null = null,
) {
  const { words = '' } = askedOf(request);
  const post = await room.call<z.output<typeof postView>>('post.read', call, { params: { id } });
  const found = words === '' ? null : await room.call<Found>('people.find', call, { query: { words } });
  const asked = {
    words,
    found,
    commandId: room.runtime.ids.newId(),
    fault: refused?.fault ?? null,
    done: doneIn(request),
  };
  return sendPage(reply, refused?.status ?? 200, postPage(await frame(), post, asked));
}

async function showBodies(room: PageRoom, request: FastifyRequest, reply: FastifyReply, framed: Framed) {
  const query = without(askedOf(request), 'done');
  const told = await room.call<z.output<typeof bodiesView>>('organisation.list', framed.call, { query });
  return sendPage(reply, 200, bodiesPage(await framed.frame(), told, query.only === 'temporary', doneIn(request)));
}

export async function showBody(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  refused: Refused | null = null,
) {
  const params = { id: idIn(request) };
  const body = await room.call<z.output<typeof bodyView>>('organisation.read', call, { params });
  const { calendars } = await room.call<{ calendars: { id: string; spec: { name: string } }[] }>('calendar.list', call);
  const shown = await frame();
  const hours = {
    calendars: calendars.map(({ id, spec }) => ({ id, name: spec.name })),
    ...{ commandId: room.runtime.ids.newId(), fault: refused?.fault ?? null },
  };
  return sendPage(
    reply,
    refused?.status ?? 200,
    bodyPage(shown, body, doneIn(request), holdsOneOf(shown, ['admin']) ? hours : null),
  );
}

const lookedAt: readonly (readonly [path: string, show: Shown])[] = [
  ['/console/people', showPeople],
  ['/console/people/duties', showDuties],
  ['/console/people/find', showFound],
  ['/console/people/person/:id', showPerson],
  [
    '/console/people/posts/:id',
    (room, request, reply, framed) => showPost(room, request, reply, framed, idIn(request)),
  ],
  ['/console/people/bodies', showBodies],
  ['/console/people/bodies/:id', (...page) => showBody(...page)],
];

export const idIn = ({ params }: Pick<FastifyRequest, 'params'>): string => (params as { id: string }).id;

/** `shown` makes of a page a handler that helps whoever is signed out or refused. */
export function addPeople(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  for (const [path, show] of lookedAt) app.get(path, shown(show));
}
