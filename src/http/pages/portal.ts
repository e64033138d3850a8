import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { z } from 'zod';
import type { trackingView } from '../../domains/work/casefiles/tracking.model.ts';
import type { Taken } from '../../domains/work/photos/photo.model.ts';
import type { UploadedFile } from '../../kernel/endpoint.ts';
import { derivedId } from '../../kernel/ids.ts';
import { allProblems, Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { readTrackingCode } from '../../kernel/tracking.ts';
import type { Language } from '../../kernel/words.ts';
import type { PublicAlike } from '../../web/portal/alike.ts';
import {
  type AreaChoice,
  askCodePage,
  type NoticeLine,
  noticesPage,
  type PhotoOutcome,
  type PortalFrame,
  type ReportDraft,
  reportPage,
  trackPage,
} from '../../web/portal/portal.pages.ts';
import type { Fault } from '../../web/ui/page.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import { type CallEndpoint, faultOfProblem, type PageCall, statusOf } from './call.ts';

/** What the public pages stand on: the calls, and how the county is called. */
export interface PageRoom {
  readonly runtime: Runtime;
  readonly call: CallEndpoint;
  /** Whether there is an endpoint of this name. */
  readonly offers: (name: string) => boolean;
  readonly county: () => Promise<{ name: string; zone: string }>;
  /** Route options that hold a page to the tries of the endpoint it asks. */
  readonly limit: (name: string) => RouteShorthandOptions;
}

type Fields = Readonly<Record<string, string>>;
type ReporterAct = 'answer' | 'object' | 'contest' | 'reply' | 'join';
const reporterActs: readonly ReporterAct[] = ['answer', 'object', 'contest', 'reply', 'join'];

export function addPortal(app: FastifyInstance, room: PageRoom): void {
  app.get('/', async (request, reply) => {
    return showReport(room, request, reply, draftOf(room, { areaId: askedOnce(request, 'area') ?? '' }), null);
  });
  app.post('/', room.limit('report.send'), async (request, reply) => takeReport(room, request, reply));
  app.get('/track', async (request, reply) => {
    const code = askedOnce(request, 'code');
    if (code === undefined) return sendPage(reply, 200, askCodePage(await frameOf(room, request), '', null));
    return reply.redirect(`/track/${encodeURIComponent(readTrackingCode(code) ?? code)}`);
  });
  app.get('/track/:code', room.limit('track.read'), async (request, reply) => showTracked(room, request, reply, null));
  for (const act of reporterActs) {
    app.post(`/track/:code/${act}`, room.limit(`track.${act}`), async (request, reply) =>
      takeAct(room, request, reply, act),
    );
  }
  app.get('/notices', async (request, reply) => {
    const notices = await room.call<NoticeLine[]>('notice.list', callOf(request));
    return sendPage(reply, 200, noticesPage(await frameOf(room, request), notices));
  });
}

/** From the address; said several times, the first counts. */
function askedOnce({ query }: FastifyRequest, name: string): string | undefined {
  const [first] = [(query as Readonly<Record<string, string | string[]>>)[name]].flat();
  return first;
}

async function frameOf(room: PageRoom, request: FastifyRequest): Promise<PortalFrame> {
  const { name, zone } = await room.county();
  return { county: name, zone, language: languageOf(request), now: room.runtime.clock.now() };
}

/** A resident is nobody to us: no cookie is looked at on these pages. */
const callOf = (request: FastifyRequest): PageCall => ({ token: null, address: request.ip, device: '' });

/** Ids are made when the form is shown: sent twice, it is one report. */
function draftOf({ runtime }: PageRoom, typed: Fields): ReportDraft {
  const fresh = runtime.ids.newId();
  const {
    commandId = fresh,
    words = '',
    place = '',
    areaId = '',
    lon = '',
    lat = '',
    accuracyM = '',
    phone = '',
  } = typed;
  const { casefileId = derivedId('portal case', commandId), reportId = derivedId('portal report', commandId) } = typed;
  return { commandId, casefileId, reportId, words, place, areaId, lon, lat, accuracyM, phone };
}

async function showReport(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: ReportDraft,
  fault: { fault: Fault; status: number } | null,
) {
  const areas = await areaChoices(room, request);
  return sendPage(
    reply,
    fault?.status ?? 200,
    reportPage(await frameOf(room, request), draft, areas, fault?.fault ?? null),
  );
}

/** Under overload the form does without them: reporting goes on when lists are turned away. */
async function areaChoices(room: PageRoom, request: FastifyRequest): Promise<AreaChoice[]> {
  type Listed = { id: string; name: string; level: string; path: string[] };
  const areas = await room.call<Listed[]>('area.list', callOf(request)).catch((error: unknown) => {
    if (error instanceof Problem && error.code === httpProblems['http.overloaded']) return [];
    throw error;
  });
  return areas
    .filter(({ level }) => level === 'town' || level === 'community' || level === 'grid')
    .map(({ id, name, path }) => ({ id, name, depth: path.length - 2 }));
}

/** The report first: whatever becomes of the photos, what was said is kept and has its code. */
async function takeReport(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { fields, files } = await readForm(request);
  const draft = draftOf(room, fields);
  try {
    const said = await room.call<{ trackingCode: string }>('report.send', callOf(request), {
      body: reportBody(draft, fields),
    });
    const refused = await addPhotos(room, request, said.trackingCode, draft, files);
    const told = refused.map(({ index, code }) => `&photo=${index}:${code}`).join('');
    return reply.redirect(`/track/${said.trackingCode}?sent=1${told}`, 303);
  } catch (error) {
    return showReport(room, request, reply, draft, {
      fault: faultOfProblem(error, languageOf(request), request),
      status: statusOf(error),
    });
  }
}

function reportBody(draft: ReportDraft, fields: Fields): object {
  const { commandId, casefileId, reportId, words, phone } = draft;
  const point =
    draft.lon !== '' && draft.lat !== ''
      ? {
          lon: Number(draft.lon),
          lat: Number(draft.lat),
          ...(draft.accuracyM !== '' && { accuracyM: Number(draft.accuracyM) }),
        }
      : {};
  return {
    commandId,
    casefileId,
    reportId,
    words,
    place: { ...point, words: draft.place, ...(draft.areaId !== '' && { areaId: draft.areaId }) },
    channel: 'portal',
    urgent: fields.urgent === 'true',
    ...(phone !== '' && { contact: { phone } }),
  };
}

/** Which photos were not taken in, and by which problem; only these two travel in the address of the next page. */
async function addPhotos(
  room: PageRoom,
  request: FastifyRequest,
  code: string,
  draft: ReportDraft,
  files: readonly UploadedFile[],
): Promise<{ index: number; code: string }[]> {
  const given = files.filter((file) => file.bytes.length > 0);
  if (given.length === 0) return [];
  const body = { commandId: derivedId('portal photos', draft.commandId) };
  try {
    const saved = await room.call<{ photos: Taken[] }>('track.add_photo', callOf(request), {
      params: { code },
      body,
      files: given,
    });
    return saved.photos.flatMap(({ index, problem }) => (problem ? [{ index: index + 1, code: problem.code }] : []));
  } catch (error) {
    // The report is kept already; its photos may be turned away for any reason that is known.
    if (!(error instanceof Problem)) throw error;
    return given.map((_, i) => ({ index: i + 1, code: error.code }));
  }
}

function photoOutcomes(photo: string | string[] | undefined, language: Language): PhotoOutcome[] {
  return [photo ?? []].flat().flatMap((told) => {
    const [index, code = ''] = told.split(':');
    const kind = allProblems().get(code);
    return kind ? [{ index: Number(index), refused: `${kind.title[language]} ${kind.hint[language]}` }] : [];
  });
}

async function showTracked(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  fault: { fault: Fault; status: number } | null,
) {
  const { code } = request.params as { code: string };
  try {
    const tracking = await room.call<z.output<typeof trackingView>>('track.read', callOf(request), {
      params: { code },
    });
    const frame = await frameOf(room, request);
    const { sent, joined, photo } = request.query as { sent?: string; joined?: string; photo?: string | string[] };
    const alike = sent === '1' || fault !== null ? await alikeTo(room, request, code) : [];
    const { newId } = room.runtime.ids;
    const commandIds = { answer: newId(), object: newId(), contest: newId(), reply: newId(), join: newId() };
    const photos = photoOutcomes(photo, frame.language);
    const plain = readTrackingCode(code) ?? code;
    return sendPage(
      reply,
      fault?.status ?? 200,
      trackPage(frame, {
        code: plain,
        tracking,
        commandIds,
        justSent: sent === '1',
        justJoined: joined === '1',
        alike,
        photos,
        fault: fault?.fault ?? null,
      }),
    );
  } catch (error) {
    const refused = faultOfProblem(error, languageOf(request), request);
    return sendPage(reply, statusOf(error), askCodePage(await frameOf(room, request), code, refused));
  }
}

/** What may be the same is an offer: under overload the page does without. */
async function alikeTo(room: PageRoom, request: FastifyRequest, code: string): Promise<PublicAlike[]> {
  return room.call<PublicAlike[]>('track.alike', callOf(request), { params: { code } }).catch((error: unknown) => {
    if (error instanceof Problem) return [];
    throw error;
  });
}

async function takeAct(room: PageRoom, request: FastifyRequest, reply: FastifyReply, act: ReporterAct) {
  const { code } = request.params as { code: string };
  const { fields } = await readForm(request);
  const { commandId, answer, number, words } = fields;
  const said = act === 'answer' ? { answer } : act === 'join' ? { number } : { words };
  try {
    await room.call(`track.${act}`, callOf(request), { params: { code }, body: { commandId, ...said } });
    return reply.redirect(`/track/${code}${act === 'join' ? '?joined=1' : ''}`, 303);
  } catch (error) {
    return showTracked(room, request, reply, {
      fault: faultOfProblem(error, languageOf(request), request),
      status: statusOf(error),
    });
  }
}
