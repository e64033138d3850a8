import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/problem.ts';
import { casesPage, type Listed } from '../../web/console/console.pages.ts';
import { languageOf, sendPage } from '../app.ts';
import { faultOfProblem, type PageCall } from './call.ts';
import type { PageRoom } from './portal.ts';
import type { Framed } from './viewer.ts';

/** The page of cases: those of a status, or what was searched for. */
/** The frame is asked for last: a page that is turned away asks nothing else first. */
/** An address may name the same thing twice; the endpoint refuses that in words. */
type Query = Readonly<Record<string, string | readonly string[]>>;

export async function showCases(room: PageRoom, request: FastifyRequest, reply: FastifyReply, { call, frame }: Framed) {
  const query = Object.fromEntries(
    Object.entries(request.query as Query).filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
  );
  if (query.words === undefined) return sendPage(reply, 200, await showing(frame, listed(room, call, query)));
  try {
    return sendPage(reply, 200, await showing(frame, searched(room, call, query)));
  } catch (error) {
    if (!(error instanceof Problem) || error.kind.status !== 422) throw error;
    const fault = faultOfProblem(error, languageOf(request), request);
    return sendPage(
      reply,
      422,
      casesPage(await frame(), { cases: null, more: false, words: String(query.words), status: '' }, fault),
    );
  }
}

const showing = async (frame: Framed['frame'], asked: Promise<Listed>): Promise<string> => {
  const found = await asked;
  return casesPage(await frame(), found);
};

async function listed(room: PageRoom, call: PageCall, query: Query): Promise<Listed> {
  const cases = await room.call<NonNullable<Listed['cases']>>('casefile.list', call, { query });
  const under = query.openUnder === undefined ? {} : { under: String(query.openUnder) };
  return { cases, more: cases.length >= 50, words: '', status: String(query.status ?? ''), ...under };
}

async function searched(room: PageRoom, call: PageCall, query: Query): Promise<Listed> {
  const found = await room.call<Pick<Listed, 'cases' | 'more'>>('casefile.search', call, { query });
  return { ...found, words: String(query.words ?? ''), status: '' };
}
