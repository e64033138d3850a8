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
}

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
