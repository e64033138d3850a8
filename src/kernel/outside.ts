import { lookup } from 'node:dns/promises';
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

/** Sends over http(s). Private, loopback and link-local targets are refused unless the deployment allows them. */
export function realOutside(privateAllowed: boolean): Outside {
  return {
    async post(address, headers, body, timeoutMs) {
      try {
        const url = new URL(address);
        if (!privateAllowed && !(await isPublic(url.hostname))) return 'private address';
        // A redirect could lead back inside.
        const answer = await fetch(url, {
          method: 'POST',
          headers,
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        });
        await answer.body?.cancel();
        return answer.ok ? null : `status ${answer.status}`;
      } catch (error) {
        return error instanceof Error ? error.name : 'unreachable';
      }
    },
  };
}

async function isPublic(hostname: string): Promise<boolean> {
  const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
  return found.every(({ address }) => ipaddr.process(address).range() === 'unicast');
}
