import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { limitWords } from '../../domains/work/calendars/limit.model.ts';
import { type CasefileCommand, casefileProblems, forms } from '../../domains/work/casefiles/casefile.model.ts';
import type { casefileLine, casefileView } from '../../domains/work/casefiles/page.model.ts';
import type { alikeView } from '../../domains/work/duplicates/alike.model.ts';
import type { Taken } from '../../domains/work/photos/photo.model.ts';
import type { PreviewView } from '../../domains/work/photos/preview.model.ts';
import { type Stage, stages } from '../../domains/work/photos/stage.model.ts';
import type { voiceView } from '../../domains/work/photos/voice.model.ts';
import type { CaseType } from '../../domains/work/standards/standard.model.ts';
import type { suggestionsView } from '../../domains/work/suggestions/suggestion.model.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Choices } from '../../web/console/command.forms.ts';
import { casePage } from '../../web/console/console.pages.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';
import { faultOfPhotos } from './sent_photos.ts';
import { callOf, frameOf, type Refused } from './viewer.ts';

/** One case without script: its page, its commands as posted forms, its photos. */
type CaseView = z.output<typeof casefileView>;
type CaseLine = z.output<typeof casefileLine>;
type Contacts = { name: string | null; phone: string | null; email: string | null }[];

export async function showCase(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused | null,
  contacts: Contacts | null,
) {
  const call = callOf(request);
  const { id } = request.params as { id: string };
  const file = await room.call<CaseView>('casefile.read', call, { params: { id } });
  const photos = await room.call<{ id: string; stage: string; addedAt: Date }[]>('photo.list', call, {
    params: { id },
  });
  const voices = await room.call<z.output<typeof voiceView>[]>('voice.list', call, { params: { id } });
  const previews = await room.call<PreviewView[]>('photo.previews', call, { params: { id } });
  const { done, type } = request.query as { done?: string; type?: string };
  const frame = await frameOf(room, request);
  const name = file.can.find((one) => one.command === done)?.words[frame.language];
  const said = name === undefined ? null : frame.language === 'zh' ? `已办：${name}` : `Done: ${name}`;
  const choices = {
    ...(await choicesFor(room, call, file)),
    photos: photos.map((photo) => ({ id: photo.id, words: stages[photo.stage as Stage] })),
    releasedBefore: file.released?.words ?? '',
    ownWords: file.reports.find(({ isOwn }) => isOwn)?.words ?? null,
  };
  const may = (command: string): boolean => file.can.some((one) => one.command === command && one.allowed);
  const [alike, suggested] = await Promise.all([
    may('merge') ? room.call<z.output<typeof alikeView>[]>('casefile.alike', call, { params: { id } }) : [],
    may('register') ? room.call<z.output<typeof suggestionsView>>('casefile.suggest', call, { params: { id } }) : null,
  ]);
  return sendPage(
    reply,
    refused?.status ?? 200,
    casePage(frame, {
      file,
      photos,
      voices,
      previews,
      choices,
      alike,
      suggested,
      chosenType: typeof type === 'string' ? type : null,
      newId: () => room.runtime.ids.newId(),
      fault: refused?.fault ?? null,
      done: said,
      contacts: contacts ?? [],
    }),
  );
}

async function choicesFor(
  room: PageRoom,
  call: PageCall,
  file: CaseView,
): Promise<Omit<Choices, 'photos' | 'releasedBefore' | 'ownWords'>> {
  const [bodies, standard, areas] = await Promise.all([
    room.call<{ id: string; name: string }[]>('body.list', call),
    room.call<{ types: CaseType[] }>('standard.read', call),
    room.call<{ id: string; name: string; level: string }[]>('area.list', call),
  ]);
  const people = await room.call<{ personId: string; name: string }[]>('person.choices', call, {
    params: { id: file.id },
  });
  return {
    bodies,
    areas: areas.filter((area) => area.level !== 'micro_grid'),
    people: people.map(({ personId, name }) => ({ id: personId, name })),
    suggestedBodyId: file.suggestion?.bodyId ?? null,
    conditions: standard.types.flatMap((type) =>
      type.conditions.map(({ code, when, limit, confidence }) => ({
        code,
        typeCode: type.code,
        group: type.name.zh,
        words: when,
        limit: limitWords(limit),
        unsure: confidence === 'unsure',
      })),
    ),
  };
}

export async function takeCommand(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { id, command } = request.params as { id: string; command: string };
  // What the clock or a reporter does has no form here, and what is no command no address.
  if (!Object.hasOwn(forms, command) || !room.offers(`casefile.${command}`))
    throw new Problem(httpProblems['http.not_found']);
  const { fields } = await readForm(request);
  try {
    const form = await withCaseNamed(room, request, formBody(command, fields));
    const body = { commandId: fields.commandId, ...form };
    const answered = await room.call<{ contacts?: Contacts }>(`casefile.${command}`, callOf(request), {
      params: { id },
      body,
    });
    const after = `/console/cases/${id}?done=${command}`;
    if (!answered.contacts) return reply.redirect(after, 303);
    // It was carried out and noted: whatever keeps the page from being shown now, it was not refused.
    return await showCase(room, request, reply, null, answered.contacts).catch(() => reply.redirect(after, 303));
  } catch (error) {
    return showCase(
      room,
      request,
      reply,
      { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) },
      null,
    );
  }
}

/** People know a case by its number, or have its page open: both stand for the id. */
async function withCaseNamed(room: PageRoom, request: FastifyRequest, form: Form): Promise<Form> {
  if (typeof form.intoId !== 'string') return form;
  const typed = form.intoId.normalize('NFKC').trim();
  const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(typed)?.[0];
  if (id !== undefined) return { ...form, intoId: id };
  const [found] = await room.call<CaseLine[]>('casefile.list', callOf(request), {
    query: { number: typed.slice(0, 40) },
  });
  if (!found) throw new Problem(casefileProblems['casefile.no_such_number'], { number: typed.slice(0, 40) });
  return { ...form, intoId: found.id };
}

type Form = Readonly<Record<string, unknown>>;

/** The posted texts, shaped as the command's form wants them; what was left empty is absent. */
function formBody(command: string, fields: Readonly<Record<string, string>>): Form {
  const shape: Readonly<Record<string, unknown>> = forms[command as CasefileCommand]?.shape ?? {};
  const body: Record<string, unknown> = {};
  for (const name of Object.keys(shape)) {
    const value = fields[name];
    if (name === 'place' && fields.areaId) body.place = { areaId: fields.areaId };
    else if (value === undefined || value === '') continue;
    else if (name === 'bodyIds' || name === 'photoIds') body[name] = value.split(',');
    else if (name === 'urgent') body.urgent = value === 'true';
    else body[name] = value;
  }
  return body;
}

export async function takePhotos(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const { fields, files } = await readForm(request);
  const { commandId, stage } = fields;
  try {
    const saved = await room.call<{ photos: Taken[] }>('photo.add', callOf(request), {
      params: { id },
      body: { commandId, stage },
      files,
    });
    const fault = faultOfPhotos(saved.photos, languageOf(request));
    if (fault === null) return reply.redirect(`/console/cases/${id}`, 303);
    return showCase(room, request, reply, { fault, status: 422 }, null);
  } catch (error) {
    return showCase(
      room,
      request,
      reply,
      { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) },
      null,
    );
  }
}
