import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/problem.ts';
import type { Words } from '../../kernel/words.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import type { Fault } from '../../web/ui/page.ts';
import { languageOf, readToken } from '../app.ts';
import { faultOfProblem, type PageCall, statusOf } from './call.ts';
import type { PageRoom } from './portal.ts';

/** Who looks at a page of the desk, and how a page asks in their name: ask first, frame last. */
export interface Framed {
  readonly call: PageCall;
  readonly frame: () => Promise<DeskFrame>;
}

/** Answers one address of the desk; whoever is signed out or refused is answered around it. */
export type Shown = (
  room: PageRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  framed: Framed,
) => Promise<FastifyReply>;
export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** What was asked for in the address; what was left empty was not. */
export const askedOf = ({ query }: Pick<FastifyRequest, 'query'>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(query as Record<string, string>).filter(([, value]) => value !== ''));

/** What went wrong with what was just posted; the page is shown again with it. */
export interface Refused {
  readonly fault: Fault;
  readonly status: number;
}

/** Beside the form; whoever may not be here at all gets the plain refusal. */
export function refusedBy(error: unknown, request: FastifyRequest): Refused {
  if (error instanceof Problem && [401, 404].includes(error.kind.status)) throw error;
  return { fault: faultOfProblem(error, languageOf(request), request), status: statusOf(error) };
}

/** What was done just now, by the name in the address that a form leads back to; null where that names nothing. */
export function doneIn(said: Readonly<Record<string, Words>>, request: FastifyRequest): string | null {
  const { done = '' } = askedOf(request);
  return Object.hasOwn(said, done) ? (said[done]?.[languageOf(request)] ?? null) : null;
}

export const callOf = (request: FastifyRequest): PageCall => ({
  token: readToken(request).token,
  address: request.ip,
  device: request.headers['user-agent'] ?? '',
});

/** What `?plain=1` left in the browser, until it is closed. */
export const PLAIN = 'plain';

/** Whether this viewer asks for the pages that work without script. */
export function isPlain({ query, cookies }: FastifyRequest): boolean {
  const { plain } = query as { plain?: string };
  return plain === undefined ? cookies[PLAIN] === '1' : plain === '1';
}

export async function frameOf(room: PageRoom, request: FastifyRequest): Promise<DeskFrame> {
  const { name, zone } = await room.county();
  const me =
    readToken(request).token === null
      ? null
      : await room.call<DeskFrame['me']>('me.read', callOf(request)).catch(() => null);
  const waiting =
    me === null ? null : await room.call<{ count: number }>('handover.waiting', callOf(request)).catch(() => null);
  const handovers = waiting?.count ?? 0;
  return {
    county: name,
    zone,
    language: languageOf(request),
    now: room.runtime.clock.now(),
    me,
    handovers,
    here: request.url.split('?', 1)[0] ?? '',
    isPlain: isPlain(request),
  };
}
