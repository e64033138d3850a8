import type { FastifyReply } from 'fastify';
import type { Dialect, Spoken } from '../gateways/index.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import type { Language } from '../kernel/words.ts';
import { answer, type Incoming, type Site } from './calls.ts';
import { bugWords, httpProblems } from './problems.ts';

/** What came in another language is turned into ours before, and the answer into theirs after; nothing special lies between. */
export async function converse(
  runtime: Runtime,
  site: Site,
  endpoint: Endpoint,
  dialect: Dialect,
  incoming: Incoming,
): Promise<Spoken> {
  const heard = dialect.hear(endpoint, incoming, runtime.clock.now());
  return dialect.say(endpoint, await answer(runtime, site, endpoint, heard));
}

export const speak = (reply: FastifyReply, { status, type, headers, body }: Spoken): FastifyReply =>
  reply
    .code(status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .type(type)
    .send(body);

/** Null: a bug, of which only the number of the request is told. */
export function refusalIn(
  dialect: Dialect,
  problem: Problem | null,
  url: string,
  language: Language,
  traceId: string,
): Spoken {
  if (problem === null) return dialect.refuse({ ...bugWords(traceId), code: null, language }, url);
  const told =
    problem.code === httpProblems['input.malformed'] ? new Problem(httpProblems['input.not_a_form']) : problem;
  const { title, hint, faults, kind } = told;
  return dialect.refuse({ status: kind.status, code: problem.code, title, hint, faults, language }, url);
}
