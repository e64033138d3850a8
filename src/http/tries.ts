import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { Endpoint } from '../kernel/endpoint.ts';
import { Problem } from '../kernel/problem.ts';
import { httpProblems } from './problems.ts';

/** Where something could be guessed, an address has so many tries a minute; also where a page does the asking. */
export const limitOf = ({ triesPerMinute, aboveTries, does }: Endpoint, limits: boolean): RouteShorthandOptions => {
  if (triesPerMinute === undefined || aboveTries === 'told' || !limits) return {};
  const code = httpProblems[does === 'write' ? 'http.too_many_sent' : 'http.too_many_tries'];
  const errorResponseBuilder = (_: unknown, { ttl }: { ttl: number }) =>
    new Problem(code, { seconds: Math.max(1, Math.ceil(ttl / 1000)) });
  return { config: { rateLimit: { max: triesPerMinute, timeWindow: 60_000, errorResponseBuilder } } };
};

/** Whether an address has called more often than the endpoint's tries; interface and page are counted together. */
export type Crowds = (name: string, request: FastifyRequest) => Promise<boolean>;

export function openCrowds(app: FastifyInstance, endpoints: readonly Endpoint[], limits: boolean): Crowds {
  const tallies = new Map(
    endpoints.flatMap(({ name, triesPerMinute, aboveTries }) =>
      limits && triesPerMinute !== undefined && aboveTries === 'told'
        ? [[name, app.createRateLimit({ max: triesPerMinute, timeWindow: 60_000 })] as const]
        : [],
    ),
  );
  return async (name, request) => {
    const count = await tallies.get(name)?.(request);
    return count !== undefined && !count.isAllowed && count.isExceeded;
  };
}
