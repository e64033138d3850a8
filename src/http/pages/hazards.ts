import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRole, roles } from '../../domains/land/staff/staff.model.ts';
import { finders, forms, hazardProblems, parts } from '../../domains/work/inspections/hazard.model.ts';
import { type HazardPicture, hazardPictureNames } from '../../domains/work/photos/holder.model.ts';
import { photoProblems, type Taken } from '../../domains/work/photos/photo.model.ts';
import type { UploadedFile } from '../../kernel/endpoint.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Words } from '../../kernel/words.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import { type HazardShownView, hazardPage } from '../../web/console/hazard.pages.ts';
import { HAZARDS, limitIn } from '../../web/console/hazard.words.ts';
import { type Checklist, newHazardPage } from '../../web/console/hazard_new.pages.ts';
import { type Register, registerPage } from '../../web/console/hazards.pages.ts';
import { holdsOneOf } from '../../web/console/links.ts';
import type { Choice } from '../../web/console/residents.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import { areasToChoose } from './area_asked.ts';
import type { PageCall } from './call.ts';
import { idIn } from './people.ts';
import type { PageRoom } from './portal.ts';
import { chosenFiles, faultOfPhotos } from './sent_photos.ts';
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

/** Photos of one step. Null: there were none, or all are saved. */
export async function sendPhotos(
  room: PageRoom,
  request: FastifyRequest,
  call: PageCall,
  { hazardId, stage, commandId, files }: { hazardId: string; stage: HazardPicture; commandId: unknown } & Sent,
  kept: Words,
): Promise<Refused | null> {
  const chosen = chosenFiles(files);
  if (chosen.length === 0) return null;
  const sent = { params: { id: hazardId }, body: { commandId, stage }, files: chosen };
  try {
    const { photos } = await room.call<{ photos: Taken[] }>('photo.add_to_hazard', call, sent);
    const fault = faultOfPhotos(photos, languageOf(request), kept);
    return fault && { fault, status: 422 };
  } catch (error) {
    return refusedBy(error, request);
  }
}
interface Sent {
  readonly files: readonly UploadedFile[];
}

export const keptHazard = {
  zh: '隐患已登记，整改单位的待办里有了；其余照片也已保存。换一张再传，在“加照片”里。',
  en: 'The hazard is entered and the body owes it; the other photos are saved too. Send another one under “Add photos”.',
};

const takeNew: Shown = async (room, request, reply, framed) => {
  const { fields: typed, files } = await readForm(request);
  const { commandId, areaId, source } = typed;
  try {
    const body = { ...hazardIn(typed), commandId, areaId, source };
    const { hazardId } = await room.call<{ hazardId: string }>('hazard.record', framed.call, { body });
    const photos = { hazardId, stage: 'before', commandId, files } as const;
    const bad = await sendPhotos(room, request, framed.call, photos, keptHazard);
    if (bad) return await showOne(room, request, reply, framed, {}, bad, hazardId);
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
  id: string = idIn(request),
): Promise<FastifyReply> {
  const hazard = await room.call<HazardShownView>('hazard.read', call, { params: { id } });
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
  if (done === 'photos') return { zh: '照片已保存。', en: 'The photos are saved.' }[language];
  const name = can.find(({ command }) => command === done)?.words[language];
  return name === undefined ? null : { zh: `已办：${name}`, en: `Done: ${name}` }[language];
}

/** The photos of a step go first: what they were to prove is not said while one of them is missing. */
const shownWith: Readonly<Record<string, HazardPicture>> = { rectify: 'after', check_off: 'check', send_back: 'check' };
const keptWords = {
  zh: '这一步还没有办。其余照片已保存，填的内容都在下面：换一张再交，或者不带这一张直接交。',
  en: 'This step is not done yet. The other photos are saved and what was written is below: choose another one, or go on without it.',
};

const takePhotos: Shown = async (room, request, reply, framed) => {
  const { fields, files } = await readForm(request);
  const { commandId } = fields;
  try {
    const stage = hazardPictureNames.find((one) => one === fields.stage);
    if (stage === undefined) throw new Problem(photoProblems['photo.not_of_this']);
    if (chosenFiles(files).length === 0) throw new Problem(photoProblems['photo.none_sent']);
    const sent = { hazardId: idIn(request), stage, commandId, files };
    const kept = { zh: '其余照片已保存。', en: 'The others are saved.' };
    const bad = await sendPhotos(room, request, framed.call, sent, kept);
    if (bad) return await showOne(room, request, reply, framed, {}, bad);
    return reply.redirect(`${HAZARDS}/${idIn(request)}?done=photos`, 303);
  } catch (error) {
    return showOne(room, request, reply, framed, {}, refusedBy(error, request));
  }
};

const takeAct: Shown = async (room, request, reply, framed) => {
  const { command } = request.params as { command: string };
  if (!Object.hasOwn(forms, command)) throw new Problem(httpProblems['http.not_found']);
  const { fields, files } = await readForm(request);
  const { commandId, words, bodyId, to, leaves } = fields;
  const [hazardId, stage] = [idIn(request), shownWith[command]];
  const limit = limitIn(fields);
  const more: Readonly<Record<string, object>> = {
    ...{ send_back: { limit }, extend: { by: limit }, reassign: { bodyId, limit } },
    refer: { to, leaves: leaves !== undefined },
  };
  try {
    const photos = stage && { hazardId, stage, commandId, files };
    const bad = photos ? await sendPhotos(room, request, framed.call, photos, keptWords) : null;
    if (bad) return await showOne(room, request, reply, framed, { ...fields, command }, bad);
    const body = { commandId, words, ...more[command] };
    await room.call(`hazard.${command}`, framed.call, { params: { id: hazardId }, body });
    return reply.redirect(`${HAZARDS}/${hazardId}?done=${command}`, 303);
  } catch (error) {
    return showOne(room, request, reply, framed, { ...fields, command }, refusedBy(error, request));
  }
};

export function addHazards(app: FastifyInstance, shown: (show: Shown) => Handler): void {
  app.get(HAZARDS, shown(showRegister));
  app.get(`${HAZARDS}/new`, shown(showNew));
  app.post(`${HAZARDS}/new`, shown(takeNew));
  app.get(`${HAZARDS}/:id`, shown(showOne));
  app.post(`${HAZARDS}/:id/photos`, shown(takePhotos));
  app.post(`${HAZARDS}/:id/:command`, shown(takeAct));
}
