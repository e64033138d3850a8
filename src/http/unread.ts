import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../kernel/problem.ts';
import { httpProblems } from './problems.ts';

/**
 * What was turned down before it became a request: its headers are too long, or it is no HTTP. Nobody knows then in
 * which language to say so, so that it is said in both.
 */
export function refuseUnread(error: Error, socket: Socket, traceId: string): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const problem = new Problem(problemOf[code ?? ''] ?? httpProblems['http.unreadable']);
  const { status } = problem.kind;
  const both = ({ zh, en }: { zh: string; en: string }): string => `${zh} / ${en}`;
  const body = JSON.stringify({
    type: `urn:jingwei:problem:${problem.code}`,
    ...{ title: both(problem.title), status, detail: both(problem.hint), code: problem.code, errors: [], traceId },
  });
  const head = [
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Bad Request'}`,
    'Content-Type: application/problem+json; charset=utf-8',
    'Cache-Control: no-store',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  else socket.destroy();
}

const problemOf: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: httpProblems['http.headers_too_large'],
  ERR_HTTP_REQUEST_TIMEOUT: httpProblems['http.too_slow'],
};
const reasons: Readonly<Record<number, string>> = {
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/**
 * Whoever expects something of us that we do not know gets the answer they would get anyway, not an empty refusal; and
 * a header is never silently dropped for being one too many (all together they are limited).
 */
export function answerAllTheSame(server: Server): void {
  server.maxHeadersCount = 0;
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/** HTTP wants to know for which host a request is; we say so in our own words. */
export function requireHost({ headers }: IncomingMessage): void {
  if (headers.host === undefined) throw new Problem(httpProblems['http.unreadable']);
}
