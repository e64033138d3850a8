import type { ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import helmet from 'helmet';
import ipaddr from 'ipaddr.js';
import { SESSION_MS } from '../domains/land/accounts/index.ts';
import type { PhotoRoom } from '../domains/work/photos/index.ts';
import { dialectAt, keyOutOfAddress } from '../gateways/index.ts';
import type { BaseMap } from '../kernel/config.ts';
import type { Endpoint, FoundFile } from '../kernel/endpoint.ts';
import { asAnyone, bySession, entranceProblems, isNarrow } from '../kernel/entrance.ts';
import { faultOf } from '../kernel/log.ts';
import { Problem } from '../kernel/problem.ts';
import { realmOf } from '../kernel/realm.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { transact } from '../kernel/transaction.ts';
import type { Language } from '../kernel/words.ts';
import { posterSheet } from '../web/portal/poster.pages.ts';
import { faultBox, page } from '../web/ui/page.ts';
import { sheet, tokenSheet } from '../web/ui/sheet.ts';
import { admit, admitCaller, answer, type Incoming, realmOfToken, type Site } from './calls.ts';
import { converse, refusalIn, speak } from './dialects.ts';
import { addFixedFiles } from './fixed_files.ts';
import { devicesOf, type Load, policyOf, refuseForeignOrigin, shedLoad, watchLoad } from './guards.ts';
import { handOut, sendPacked } from './handing.ts';
import { type Listen, streamLive } from './live.ts';
import { isReady, type Metrics, openMetrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { addActivation } from './pages/activate.ts';
import { addBaseMap } from './pages/base_map.ts';
import { callerFor, faultOf as pageFaultOf } from './pages/call.ts';
import { addConsole, type DemoAccounts } from './pages/console.ts';
import type { BuiltDesk } from './pages/desk.ts';
import { addField, type BuiltField } from './pages/field.ts';
import { addGallery } from './pages/gallery.ts';
import { addHelp } from './pages/help.ts';
import { addPortal } from './pages/portal.ts';
import { type Parts, readParts } from './parts.ts';
import { bugBody, httpProblems, problemBody } from './problems.ts';
import { type Crowds, limitOf, openCrowds } from './tries.ts';
import { answerAllTheSame, refuseUnread, requireHost } from './unread.ts';
import { addUploads } from './uploads.ts';

/** The only file that knows the framework. */
export interface HttpOptions extends Site {
  readonly publicUrl: string;
  readonly trustProxy: readonly string[];
  /** Off in tests, which call faster than any person. */
  readonly limits: boolean;
  readonly demo: DemoAccounts | null;
  readonly version: string;
  /** The desk as it was built; without it the plain pages serve, as they do whoever asks for them. */
  readonly desk?: BuiltDesk | null;
  /** What lies under areas and cases on the map. */
  readonly map?: BaseMap | null;
  /** The field app as it was built; without it phones are sent to the plain pages. */
  readonly field?: BuiltField | null;
  /** News of positions for the live feed; without it the feed tells only what is there when it opens. */
  readonly listen?: Listen;
  /** Where photos in pieces arrive; without it they come at once or not at all. */
  readonly photos?: PhotoRoom;
}

const MB = 1024 * 1024;

export type HttpApp = FastifyInstance;

export async function openApp(
  runtime: Runtime,
  endpoints: readonly Endpoint[],
  options: HttpOptions,
): Promise<FastifyInstance> {
  const metrics = openMetrics(runtime);
  const turnDown = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    metrics.refused.inc({ code: asProblem(error)?.code ?? 'bug' });
    return refuse(runtime, error, request, reply);
  };
  const app = Fastify({
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    bodyLimit: MB,
    logger: false,
    genReqId: () => runtime.ids.newId(),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    http: { requireHostHeader: false },
    rewriteUrl: keyOutOfAddress,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // An address that cannot be read never reaches a route.
    frameworkErrors: turnDown,
    clientErrorHandler: (error, socket) => refuseUnread(error, socket, runtime.ids.newId()),
  });
  answerAllTheSame(app.server);

  await app.register(cookie);
  addSecurityHeaders(app, options.publicUrl);
  await app.register(formbody);
  await addFixedFiles(app, options);
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: 20 * MB + 1, files: 6, fields: 40, fieldSize: 64 * 1024 },
  });
  if (options.limits) await app.register(rateLimit, { global: false });
  app.setErrorHandler(turnDown);
  app.setNotFoundHandler((request, reply) => turnDown(new Problem(httpProblems['http.not_found']), request, reply));
  app.addHook('onRequest', async (request) => {
    requireHost(request.raw);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      refuseForeignOrigin(request.headers, options.publicUrl, readToken(request).fromCookie);
  });
  const load = watchLoad(runtime);
  app.addHook('onClose', async () => load.stop());
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.answered.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const crowds = openCrowds(app, endpoints, options.limits);
  for (const endpoint of endpoints) addRoute(app, runtime, endpoint, options, load, crowds);
  addOperation(app, runtime, endpoints, options, metrics);
  addLiveFeed(app, runtime, options, load);
  if (options.photos) addUploads(app, runtime, options.photos, options, load);
  addPages(app, runtime, endpoints, options, load, crowds);
  return app;
}

/** The texts are made once: they are the same for every answer. */
function addSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  const secure = helmet({
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: { useDefaults: false, directives: policyOf(publicUrl) },
    strictTransportSecurity: publicUrl.startsWith('https:'),
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('permissions-policy', devicesOf());
    secure(request.raw, reply.raw, () => done());
  });
}

function addRoute(
  app: FastifyInstance,
  runtime: Runtime,
  endpoint: Endpoint,
  options: HttpOptions,
  load: Load,
  crowds: Crowds,
): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    ...limitOf(endpoint, options.limits),
    onRequest: async () => {
      if (options.limits) shedLoad(load, endpoint.lane);
    },
    handler: async (request, reply) => {
      const dialect = dialectAt(request.url);
      if (dialect) {
        dialect.admits?.(request.headers);
        // Before anything large is read from whoever calls.
        if (request.isMultipart()) {
          if (!dialect.takesFiles) throw new Problem(httpProblems['input.not_a_form']);
          await admitCaller(runtime, options, endpoint, { token: readToken(request).token, params: request.params });
        }
        return speak(reply, await converse(runtime, options, endpoint, dialect, await incomingOf(request)));
      }
      if (request.isMultipart())
        await admitCaller(runtime, options, endpoint, { token: readToken(request).token, params: request.params });
      const isCrowded = await crowds(endpoint.name, request);
      const found = await answer(runtime, options, endpoint, { ...(await incomingOf(request)), isCrowded });
      if (endpoint.does === 'file') return handOut(found as FoundFile, request, reply);
      reply.header('cache-control', 'no-store');
      if (endpoint.packed) return sendPacked(found, request, reply);
      return reply.send(handOver(endpoint, found, request, reply, options));
    },
  });
}

/** For whoever runs the program: is it alive, can it serve, how does it do, what does it offer. */
function addOperation(
  app: FastifyInstance,
  runtime: Runtime,
  endpoints: readonly Endpoint[],
  options: HttpOptions,
  metrics: Metrics,
): void {
  const document = openApiDocument(endpoints, options.version, options.publicUrl);
  app.get('/healthz', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await isReady(runtime);
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  // For a collector on this machine; through a proxy it does not exist.
  app.get('/metrics', async (request, reply) => {
    const isNear =
      ipaddr.process(request.socket.remoteAddress ?? '::1').range() === 'loopback' &&
      request.headers['x-forwarded-for'] === undefined;
    if (!isNear) throw new Problem(httpProblems['http.not_found']);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.get('/api/openapi.json', async () => document);
}

/** For whoever is signed in; what each may hear of, the database decides. */
const live = { access: ['account'], lane: 'read' } as const;

function addLiveFeed(app: FastifyInstance, runtime: Runtime, options: HttpOptions, load: Load): void {
  const streams = new Set<ServerResponse>();
  // They would never end by themselves, and the server waits for what is under way.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });
  app.get('/api/live', async (request, reply) => {
    const { token } = readToken(request);
    if (options.limits) shedLoad(load, live.lane);
    if (token === null) throw new Problem(entranceProblems['session.ended']);
    if (isNarrow(token)) throw new Problem(entranceProblems['session.of_phone']);
    const given = Number(request.headers['last-event-id'] ?? (request.query as { after?: string }).after ?? Number.NaN);
    reply.hijack();
    streams.add(reply.raw);
    reply.raw.on('close', () => streams.delete(reply.raw));
    try {
      await streamLive(reply.raw, {
        runtime,
        listen: options.listen ?? (() => () => undefined),
        enter: () => bySession(realmOfToken(token), token, runtime.clock.now()),
        admit: (ctx) => admit(live, ctx, options),
        after: Number.isInteger(given) && given >= 0 ? given : null,
      });
    } catch (error) {
      if (!reply.raw.headersSent) reply.raw.writeHead(error instanceof Problem ? error.kind.status : 500);
      reply.raw.end();
    }
  });
}

/** Server-rendered pages; they call the endpoints above in process. */
function addPages(
  app: FastifyInstance,
  runtime: Runtime,
  endpoints: readonly Endpoint[],
  options: HttpOptions,
  load: Load,
  crowds: Crowds,
): void {
  const county = () => transact(runtime, asAnyone(options.realm), realmOf);
  const limits = new Map(endpoints.map((endpoint) => [endpoint.name, limitOf(endpoint, options.limits)]));
  const room = {
    runtime,
    call: callerFor(runtime, options, endpoints, ({ lane }) => options.limits && shedLoad(load, lane)),
    offers: (name: string) => limits.has(name),
    county,
    publicUrl: options.publicUrl,
    crowds,
    limit: (name: string) => limits.get(name) ?? {},
  };
  for (const [name, text] of Object.entries({ tokens: tokenSheet, site: sheet, poster: posterSheet }))
    app.get(`/assets/${name}.css`, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(text),
    );
  addPortal(app, room);
  addHelp(app, room);
  addConsole(app, room, options);
  addBaseMap(app, room, options.map ?? null);
  addActivation(app, room);
  addGallery(app, room, { desk: options.desk ?? null, publicUrl: options.publicUrl });
  addField(app, room, { field: options.field ?? null, publicUrl: options.publicUrl });
}

async function incomingOf(request: FastifyRequest): Promise<Incoming> {
  const { fields, files } = request.isMultipart() ? await readParts(request) : { fields: request.body, files: [] };
  return {
    token: readToken(request).token,
    params: request.params,
    query: request.query,
    body: fields,
    files,
    address: request.ip,
    device: request.headers['user-agent'] ?? '',
  };
}

/** A page's form: as it is posted, with or without files. */
export async function readForm(request: FastifyRequest): Promise<Parts> {
  if (request.isMultipart()) return readParts(request);
  return { fields: Object.fromEntries(Object.entries(request.body ?? {}).map(asField)), files: [] };
}

/** Said several times, it is one text with commas. What is no text did not come from a form. */
function asField([name, value]: [string, unknown]): [string, string] {
  const texts = [value].flat();
  if (!texts.every((one) => typeof one === 'string')) throw new Problem(httpProblems['input.malformed']);
  return [name, texts.join(',')];
}

export function sendPage(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text);
}

/** `__Host-` binds a cookie to this host and to https; a browser takes it on https only, so the local one has a plain name. */
const cookieName = (publicUrl: string): string => (publicUrl.startsWith('https:') ? '__Host-jingwei' : 'jingwei');

export function readToken(request: FastifyRequest): { token: string | null; fromCookie: boolean } {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return { token: header.slice(7), fromCookie: false };
  const token = request.cookies['__Host-jingwei'] ?? request.cookies.jingwei ?? null;
  return { token, fromCookie: token !== null };
}

/** A session's token goes into the cookie; programs that asked for it get it in the answer instead. */
function handOver(
  endpoint: Endpoint,
  found: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { publicUrl }: HttpOptions,
): unknown {
  if (endpoint.does !== 'procedure' || endpoint.session === undefined) return found;
  if (endpoint.session === 'ends') {
    clearSession(reply, publicUrl);
    return found;
  }
  const { token, ...rest } = found as { token: string };
  if ((request.body as { bearer?: boolean }).bearer) return found;
  setSession(reply, publicUrl, token);
  return rest;
}

export function clearSession(reply: FastifyReply, publicUrl: string): FastifyReply {
  return reply.clearCookie(cookieName(publicUrl), { path: '/' });
}

export function setSession(reply: FastifyReply, publicUrl: string, token: string): void {
  reply.setCookie(cookieName(publicUrl), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl.startsWith('https:'),
    maxAge: SESSION_MS / 1000,
  });
}

export const languageOf = (request: FastifyRequest): Language =>
  request.cookies?.lang === 'en' || request.cookies?.lang === 'zh'
    ? request.cookies.lang
    : /^\s*en\b/i.test(request.headers['accept-language'] ?? '')
      ? 'en'
      : 'zh';

/** One of the three places where a Problem is caught. */
function refuse(runtime: Runtime, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error);
  const language = languageOf(request);
  const dialect = dialectAt(request.url);
  if (!problem) {
    runtime.log.error('request failed', { trace: request.id, route: request.routeOptions.url, ...faultOf(error) });
    if (dialect) return speak(reply, refusalIn(dialect, null, request.url, language, request.id));
    return reply.code(500).type('application/problem+json').send(bugBody(language, request.id));
  }
  const { status } = problem.kind;
  if (status === 503 || status === 429) reply.header('retry-after', comeBackAfter(runtime, problem));
  if (dialect) return speak(reply, refusalIn(dialect, problem, request.url, language, request.id));
  if (wantsPage(request)) return sendPage(reply, status, problemPage(problem, language, request.id));
  return reply
    .code(status)
    .type('application/problem+json')
    .send(problemBody(problem, language, request.id));
}

/** In seconds: as the problem says, otherwise a few, not the same for everybody. */
function comeBackAfter(runtime: Runtime, { params }: Problem): number {
  return typeof params.seconds === 'number' ? params.seconds : 2 + Math.floor(runtime.clock.now().getTime() % 7);
}

/** Somebody who opened a page gets a page, not JSON. */
const wantsPage = (request: FastifyRequest): boolean =>
  !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');

function problemPage(problem: Problem, language: Language, traceId: string): string {
  const back = { href: '/', words: { zh: '回首页', en: 'First page' } };
  return page(
    { title: problem.title, language, county: '经纬', links: [back] },
    faultBox(pageFaultOf(problem, language, traceId)),
  );
}

/** The framework refuses a few things before we do. */
function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 413) return new Problem(httpProblems['input.too_large']);
  if (statusCode === 429) return new Problem(httpProblems['http.too_many_tries']);
  if (statusCode === 503) return new Problem(httpProblems['http.shutting_down']);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem(httpProblems['input.malformed']);
  return null;
}
