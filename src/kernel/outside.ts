import { lookup } from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The network beyond us. Handed on in the runtime, so that tests and drills record instead of sending. */
export interface Outside {
  /** Null: the receiver took it (2xx). Otherwise why not, in a word: nothing the receiver wrote is passed on. */
  post(
    address: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    timeoutMs: number,
  ): Promise<string | null>;
  /** Asks and listens, for whoever speaks the other side's language. It does not throw. */
  ask(question: Question): Promise<Heard>;
}

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Whoever says more than this is not listened to. */
  readonly mostBytes: number;
}

/** `left`: the other side may have received what was asked, although no answer came. */
export type Heard =
  | { readonly status: number; readonly type: string; readonly bytes: Buffer }
  | { readonly fault: Fault; readonly left: boolean };
export type Fault = 'private_address' | 'unreachable' | 'timeout' | 'too_large';

interface Resolved {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (hostname: string) => Promise<readonly Resolved[]>;

/**
 * Sends over http(s). Private, loopback and link-local targets are refused unless the deployment allows them. A name is
 * asked for once, and what was checked is what is called: the second answer of a name server could lead inside.
 */
export function realOutside(privateAllowed: boolean, resolve: Resolve = askNames): Outside {
  return {
    async post(address, headers, body, timeoutMs) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const url = new URL(address);
        const found = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
        if (!privateAllowed && !found.every(isPublic)) return 'private address';
        const status = await send(url, { method: 'POST', headers, signal, lookup: pinnedTo(found) }, body);
        return status >= 200 && status < 300 ? null : `status ${status}`;
      } catch (error) {
        if (signal.aborted) return 'TimeoutError';
        return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : 'unreachable';
      }
    },
    async ask({ method, address, headers, body, timeoutMs, mostBytes }) {
      const signal = AbortSignal.timeout(timeoutMs);
      const course = { left: false };
      try {
        const url = new URL(address);
        const found = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
        if (!privateAllowed && !found.every(isPublic)) return { fault: 'private_address', left: false };
        return await hear(
          url,
          { method, headers, signal, agent: false, lookup: pinnedTo(found) },
          { body, mostBytes, course },
        );
      } catch {
        return { fault: signal.aborted ? 'timeout' : 'unreachable', left: course.left };
      }
    },
  };
}

const askNames: Resolve = (hostname) => lookup(hostname, { all: true });

const isPublic = ({ address }: Resolved): boolean => ipaddr.process(address).range() === 'unicast';

const pinnedTo =
  (found: readonly Resolved[]): LookupFunction =>
  (_hostname, { all }, tell) => {
    const [first] = found;
    if (all) tell(null, [...found]);
    else tell(null, first?.address ?? '', first?.family);
  };

/** Redirects are not followed: one could lead back inside. */
function send(url: URL, options: http.RequestOptions, body: string): Promise<number> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const call = request(url, options, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    });
    call.on('error', reject);
    call.end(body);
  });
}

interface Listening {
  readonly body: string | undefined;
  readonly mostBytes: number;
  readonly course: { left: boolean };
}

/** On a connection of its own: only so is it certain whether anything has left. */
function hear(url: URL, options: http.RequestOptions, { body, mostBytes, course }: Listening): Promise<Heard> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const call = request(url, options, (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size <= mostBytes) return;
        resolve({ fault: 'too_large', left: true });
        answer.destroy();
      });
      answer.on('end', () => {
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, type: headers['content-type'] ?? '', bytes: Buffer.concat(parts) });
      });
      answer.on('error', reject);
      // Cut off in the middle of its answer.
      answer.on('close', () => reject(new Error('answer cut off')));
    });
    call.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        course.left = true;
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}
