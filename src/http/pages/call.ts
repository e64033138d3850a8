import type { FastifyRequest } from 'fastify';
import type { Endpoint, UploadedFile } from '../../kernel/endpoint.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import type { Language } from '../../kernel/words.ts';
import { fieldName } from '../../web/ui/fields.ts';
import { formWords } from '../../web/ui/form_words.ts';
import type { Fault } from '../../web/ui/page.ts';
import { answer, type Site } from '../calls.ts';
import { httpProblems, problemBody } from '../problems.ts';

/**
 * Pages call the same endpoints as everybody else, in process: with the caller's own token, through the same access,
 * the same checks, the same lane under overload, the same cut to what the endpoint declares. A page can do nothing that its viewer could not.
 */
export interface PageCall {
  readonly token: string | null;
  readonly address: string;
  readonly device: string;
  /** Its address has sent more than its share. */
  readonly isCrowded?: boolean;
}

export type CallEndpoint = <T = unknown>(
  name: string,
  call: PageCall,
  given?: { params?: object; query?: object; body?: object; files?: readonly UploadedFile[] },
) => Promise<T>;

export function callerFor(
  runtime: Runtime,
  site: Site,
  endpoints: readonly Endpoint[],
  shed: (endpoint: Endpoint) => void,
): CallEndpoint {
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));
  return async <T>(
    name: string,
    call: PageCall,
    given: { params?: object; query?: object; body?: object; files?: readonly UploadedFile[] } = {},
  ): Promise<T> => {
    const endpoint = byName.get(name);
    if (!endpoint) throw new Error(`no endpoint is called ${name}`);
    shed(endpoint);
    const { params = {}, query = {}, body = {}, files = [] } = given;
    return (await answer(runtime, site, endpoint, { ...call, params, query, body, files })) as T;
  };
}

/**
 * The words of a problem for the page that caused it; a bug goes its own way. So does being turned away under overload:
 * the page around it would ask the database once more.
 */
export function faultOfProblem(error: unknown, language: Language, { id }: Pick<FastifyRequest, 'id'>): Fault {
  if (!(error instanceof Problem) || error.code === httpProblems['http.overloaded']) throw error;
  return faultOf(error, language, id);
}

export function faultOf(problem: Problem, language: Language, traceId: string): Fault {
  const { title, detail, code, errors } = problemBody(problem, language, traceId);
  const named = errors.map(({ path, says }) => ({ path, field: fieldName(path, language, formWords), says }));
  return { title, detail, code, errors: named };
}

export const statusOf = (error: unknown): number => (error instanceof Problem ? error.kind.status : 500);
