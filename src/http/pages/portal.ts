import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { z } from 'zod';
import { casefileProblems } from '../../domains/work/casefiles/casefile.model.ts';
import type { trackingView } from '../../domains/work/casefiles/tracking.model.ts';
import type { Taken } from '../../domains/work/photos/photo.model.ts';
import type { UploadedFile } from '../../kernel/endpoint.ts';
import { derivedId } from '../../kernel/ids.ts';
import { allProblems, Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { readTrackingCode } from '../../kernel/tracking.ts';
import type { Language } from '../../kernel/words.ts';
import type { PublicAlike } from '../../web/portal/alike.ts';
import { askCodePage } from '../../web/portal/code.pages.ts';
import type { PortalFrame } from '../../web/portal/frame.ts';
import { type NoticeLine, noticesPage } from '../../web/portal/notices.pages.ts';
import { type AreaChoice, type ReportDraft, reportPage } from '../../web/portal/report.pages.ts';
import { type PhotoOutcome, type ReporterAct, reporterActs, trackPage } from '../../web/portal/track.pages.ts';
import type { Fault } from '../../web/ui/page.ts';
import { languageOf, readForm, sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import type { Crowds } from '../tries.ts';
import { type CallEndpoint, faultOfProblem, type PageCall, statusOf } from './call.ts';
import { showChannel, showWritten, takeMessage } from './channel.ts';
import { showGrid } from './grid.ts';
import { lookOf, takeLook } from './look.ts';

/** What the public pages stand on: the calls, and how the county is called. */
export interface PageRoom {
  readonly runtime: Runtime;
  readonly call: CallEndpoint;
  /** Whether there is an endpoint of this name. */
  readonly offers: (name: string) => boolean;
  readonly county: () => Promise<{ name: string; zone: string }>;
  /** As people outside reach us. */
  readonly publicUrl: string;
  readonly crowds: Crowds;
  /** Route options that hold a page to the tries of the endpoint it asks. */
  readonly limit: (name: string) => RouteShorthandOptions;
}

type Fields = Readonly<Record<string, string>>;

export function addPortal(app: FastifyInstance, room: PageRoom): void {
  const framed = (request: FastifyRequest) => ({ call: callOf(request), frame: () => frameOf(room, request) });
  app.get('/', async (request, reply) => {
    return showReport(room, request, reply, draftOf(room, { areaId: askedOnce(request, 'area') ?? '' }), null);
  });
  app.get('/g/:area', async (request, reply) => showScanned(room, request, reply));
  app.post('/', async (request, reply) => takeReport(room, request, reply));
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
  for (const path of ['/grids', '/grids/:area'])
    app.get(path, room.limit('public.area'), async (request, reply) => showGrid(room, request, reply, framed(request)));
  app.get('/g/:area/channel', room.limit('public.area'), async (request, reply) =>
    showChannel(room, request, reply, framed(request)),
  );
  app.post('/g/:area/channel', async (request, reply) => takeMessage(room, request, reply, framed(request)));
  app.post('/look', async (request, reply) => takeLook(request, reply, room.publicUrl));
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

export async function frameOf(room: PageRoom, request: FastifyRequest): Promise<PortalFrame> {
  const { name, zone } = await room.county();
  return { county: name, zone, language: languageOf(request), look: lookOf(request), now: room.runtime.clock.now() };
}

/** A resident is nobody to us: of the cookies only how the pages shall look is read. */
const callOf = (request: FastifyRequest): PageCall => ({ token: null, address: request.ip, device: '' });

/** From a code on a wall: the report page with the grid filled in. Opening it changes nothing; what is pressed does. */
async function showScanned(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { area: code } = request.params as { area: string };
  try {
    const area = await room.call<Listed>('area.coded', callOf(request), { query: { code } });
    return showReport(room, request, reply, draftOf(room, { areaId: area.id, scanned: code }), null, [choiceOf(area)]);
  } catch (error) {
    const fault = faultOfProblem(error, languageOf(request), request);
    return showReport(room, request, reply, draftOf(room, {}), { fault, status: statusOf(error) });
  }
}

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
    scanned = '',
  } = typed;
  const { casefileId = derivedId('portal case', commandId), reportId = derivedId('portal report', commandId) } = typed;
  return { commandId, casefileId, reportId, words, place, areaId, lon, lat, accuracyM, phone, scanned };
}

async function showReport(
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: ReportDraft,
  fault: { fault: Fault; status: number } | null,
  known: readonly AreaChoice[] = [],
) {
  const listed = await areaChoices(room, request);
  const areas = listed.length > 0 ? listed : known;
  return sendPage(
    reply,
    fault?.status ?? 200,
    reportPage(await frameOf(room, request), draft, areas, fault?.fault ?? null),
  );
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly path: readonly string[];
}

/** Under overload the form does without them: reporting goes on when lists are turned away. */
async function areaChoices(room: PageRoom, request: FastifyRequest): Promise<AreaChoice[]> {
  const areas = await room.call<Listed[]>('area.list', callOf(request)).catch((error: unknown) => {
    if (error instanceof Problem && error.code === httpProblems['http.overloaded']) return [];
    throw error;
  });
  return areas.filter(({ level }) => level === 'town' || level === 'community' || level === 'grid').map(choiceOf);
}

const choiceOf = ({ id, name, path }: Listed): AreaChoice => ({
  ...{ id, name, depth: path.length - 2, above: path.slice(1, -1).join(' · ') },
});

/** The report first: whatever becomes of the photos, what was said is kept and has its code. */
async function takeReport(room: PageRoom, request: FastifyRequest, reply: FastifyReply) {
  const { fields, files } = await readForm(request);
  const draft = draftOf(room, fields);
  const isCrowded = await room.crowds('report.send', request);
  try {
    const said = await room.call<{ trackingCode: string }>(
      'report.send',
      { ...callOf(request), isCrowded },
      {
        body: reportBody(draft, fields),
      },
    );
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
    channel: draft.scanned === '' ? 'portal' : 'qr',
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
    const { sent, done, photo } = request.query as { sent?: string; done?: string; photo?: string | string[] };
    const alike = sent === '1' || fault !== null ? await alikeTo(room, request, code) : [];
    const { newId } = room.runtime.ids;
    const commandIds = Object.fromEntries(reporterActs.map((act) => [act, newId()])) as Record<ReporterAct, string>;
    const photos = photoOutcomes(photo, frame.language);
    const plain = readTrackingCode(code) ?? code;
    return sendPage(
      reply,
      fault?.status ?? 200,
      trackPage(frame, {
        code: plain,
        tracking,
        commandIds,
        just: sent === '1' ? 'sent' : (reporterActs.find((act) => act === done) ?? null),
        alike,
        photos,
        fault: fault?.fault ?? null,
      }),
    );
  } catch (error) {
    if (error instanceof Problem && error.code === casefileProblems['track.unknown_code'])
      return showMessage(room, request, reply, code);
    const refused = faultOfProblem(error, languageOf(request), request);
    return sendPage(reply, statusOf(error), askCodePage(await frameOf(room, request), code, refused));
  }
}

/** No report has this code; it may be that of a message to an area. */
async function showMessage(room: PageRoom, request: FastifyRequest, reply: FastifyReply, code: string) {
  const { sent } = request.query as { sent?: string };
  const asked = { call: callOf(request), frame: () => frameOf(room, request) };
  try {
    const plain = readTrackingCode(code) ?? code;
    return await showWritten(room, reply, asked, { code: plain, isNew: sent === '1' });
  } catch (error) {
    const refused = faultOfProblem(error, languageOf(request), request);
    return sendPage(reply, statusOf(error), askCodePage(await asked.frame(), code, refused));
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
  const said = act === 'answer' ? { answer } : act === 'join' ? { number } : words ? { words } : {};
  try {
    await room.call(`track.${act}`, callOf(request), { params: { code }, body: { commandId, ...said } });
    return reply.redirect(`/track/${code}?done=${act}`, 303);
  } catch (error) {
    return showTracked(room, request, reply, {
      fault: faultOfProblem(error, languageOf(request), request),
      status: statusOf(error),
    });
  }
}
