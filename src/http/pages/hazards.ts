import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRole, roles } from '../../domains/land/staff/staff.model.ts';
import { finders, forms, hazardProblems, parts } from '../../domains/work/inspections/hazard.model.ts';
import { Problem } from '../../kernel/problem.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import { type HazardShownView, hazardPage } from '../../web/console/hazard.pages.ts';
import { HAZARDS, limitIn } from '../../web/console/hazard.words.ts';
import { type Checklist, newHazardPage } from '../../web/console/hazard_new.pages.ts';
import { type Register, registerPage } from '../../web/console/hazards.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import type { Choice } from '../../web/console/residents.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import type { PageCall } from './call.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { areasToChoose } from './residents.ts';
import { askedOf, type Framed, type Handler, type Refused, refusedBy, type Shown } from './viewer.ts';

/** Hazards at the desk: the register, entering one, one of them and its steps as posted forms. */
type Fields = Readonly<Record<string, string>>;

export const bodiesOf = (room: PageRoom, call: PageCall): Promise<Choice[]> => room.call<Choice[]>('body.list', call);
export const listsOf = (room: PageRoom, call: PageCall): Promise<Checklist[]> =>
  room.call<Checklist[]>('checklist.list', call);

const readsAreas = ({ me }: DeskFrame): boolean =>
  me?.posts.some(({ role }) => isRole(role) && roles[role].readsArea) ?? false;

const filterNames = ['sector', 'grade', 'source', 'areaId', 'bodyId', 'inspectionId', 'item', 'foundOn'];

const showRegister: Shown = async (room, request, reply, { call, frame }) => {
  const given = askedOf(request);
  const part = parts.find((one) => one === given.part) ?? 'in_progress';
  const asked = Object.fromEntries(Object.entries(given).filter(([name]) => filterNames.includes(name)));
  const after = given.after === undefined ? {} : { after: given.after };
  const register = await room.call<Register>('hazard.list', call, { query: { ...asked, part, ...after } });
  const shown = await frame();
  const areas = readsAreas(shown) ? await areasToChoose(room, call) : [];
  const bodies = areas.length === 0 ? [] : await bodiesOf(room, call);
  return sendPage(reply, 200, registerPage(shown, { register, part, asked, areas, bodies }));
};

async function showNew(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields = {},
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const shown = await frame();
  if (!holdsOneOf(shown, finders)) throw new Problem(hazardProblems['hazard.not_here']);
  const areas = await areasToChoose(room, call);
  const [bodies, lists] = [await bodiesOf(room, call), await listsOf(room, call)];
  const page = newHazardPage(shown, {
    ...{ areas, bodies, lists, typed: { ...askedOf(request), ...typed }, fault: refused?.fault ?? null },
    newId: () => room.runtime.ids.newId(),
  });
  return sendPage(reply, refused?.status ?? 200, page);
}

/** What the fields of a hazard come to as the endpoint takes it. */
export function hazardIn(fields: Fields): object {
  const { where, what, sector, grade, bodyId, item = '', figure = '', figureSource = '', doubt = '' } = fields;
  const [checklistId = '', version = '', code = ''] = item.split(' ');
  return {
    ...{ where, what, sector, grade, bodyId, limit: limitIn(fields) },
    ...(item === '' ? {} : { item: { checklistId, version: Number(version), code } }),
    quoted: figure === '' ? [] : [{ figure, source: figureSource, doubt }],
  };
}

const takeNew: Shown = async (room, request, reply, framed) => {
  const { fields: typed } = await readForm(request);
  const { commandId, areaId, source } = typed;
  try {
    const body = { ...hazardIn(typed), commandId, areaId, source };
    const { hazardId } = await room.call<{ hazardId: string }>('hazard.record', framed.call, { body });
    return reply.redirect(`${HAZARDS}/${hazardId}?done=record`, 303);
  } catch (error) {
    return showNew(room, request, reply, framed, typed, refusedBy(error, request));
  }
};

async function showOne(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  { call, frame }: Framed,
  typed: Fields = {},
  refused: Refused | null = null,
): Promise<FastifyReply> {
  const hazard = await room.call<HazardShownView>('hazard.read', call, { params: { id: idIn(request) } });
  const bodies = await bodiesOf(room, call);
  const { done = '' } = askedOf(request);
  const page = hazardPage(await frame(), {
    ...{ hazard, bodies, typed, fault: refused?.fault ?? null },
    ...{ done: doneWords(hazard, done, languageOf(request)), newId: () => room.runtime.ids.newId() },
  });
  return sendPage(reply, refused?.status ?? 200, page);
}

function doneWords({ can, body }: HazardShownView, done: string, language: 'zh' | 'en'): string | null {
  if (done === 'record') return { zh: `已登记，${body}的待办里有了。`, en: `Entered: ${body} owes it now.` }[language];
  const name = can.find(({ command }) => command === done)?.words[language];
  return name === undefined ? null : { zh: `已办：${name}`, en: `Done: ${name}` }[language];
}

const takeAct: Shown = async (room, request, reply, framed) => {
  const { command } = request.params as { command: string };
  if (!Object.hasOwn(forms, command)) throw new Problem(httpProblems['http.not_found']);
  const { fields } = await readForm(request);
  const { commandId, words, bodyId } = fields;
  const limit = limitIn(fields);
  const more: Readonly<Record<string, object>> = {
    ...{ send_back: { limit }, extend: { by: limit }, reassign: { bodyId, limit } },
  };
  try {
    const body = { commandId, words, ...more[command] };
    await room.call(`hazard.${command}`, framed.call, { params: { id: idIn(request) }, body });
    return reply.redirect(`${HAZARDS}/${idIn(request)}?done=${command}`, 303);
  } catch (error) {
    return showOne(room, request, reply, framed, { ...fields, command }, refusedBy(error, request));
  }
};

export function addHazards(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(HAZARDS, shown(showRegister));
  app.get(
    `${HAZARDS}/new`,
    shown((...page) => showNew(...page)),
  );
  app.post(`${HAZARDS}/new`, shown(takeNew));
  app.get(
    `${HAZARDS}/:id`,
    shown((...page) => showOne(...page)),
  );
  app.post(`${HAZARDS}/:id/:command`, shown(takeAct));
}
