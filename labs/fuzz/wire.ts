import { Agent, request } from 'node:http';
import type { Sent } from './render.ts';

/** What came back, as far as anything did. */
export interface Answer {
  /** 0: nothing came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly ms: number;
  /** Why nothing came. */
  readonly fault: string | null;
}

export interface Line {
  send(sent: Sent, from: number): Promise<Answer>;
  end(): void;
}

/** Nobody waits longer for an answer; a hang is a finding. */
export const LIMIT_MS = 30_000;

/**
 * Real HTTP. The tries per minute are counted by address, so that the requests come from many, as they would; where
 * a machine has only one address of its own, more of them are told to wait.
 */
export function openLine(port: number): Line {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 64, scheduling: 'fifo' });
  const addressOf = (from: number): object =>
    process.platform === 'linux' ? { localAddress: `127.0.${1 + (from % 3)}.${1 + (from % 83)}` } : {};
  const once = (sent: Sent, from: number, reuse: boolean): Promise<Answer> => {
    const start = performance.now();
    const passed = (): number => Math.round(performance.now() - start);
    return new Promise((resolve) => {
      const nothing = (fault: string): void =>
        resolve({ status: 0, headers: {}, body: Buffer.alloc(0), ms: passed(), fault });
      const limit = setTimeout(() => {
        nothing('no answer within the limit');
        call.destroy();
      }, LIMIT_MS);
      const call = request(
        {
          ...{
            agent: reuse && agent,
            port,
            host: '127.0.0.1',
            method: sent.method,
            path: sent.target,
            ...addressOf(from),
          },
          headers: headersOf(sent),
        },
        (answer) => {
          const parts: Buffer[] = [];
          const settle = (fault: string | null): void => {
            clearTimeout(limit);
            resolve({
              ...{ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) },
              ...{ ms: passed(), fault },
            });
          };
          answer.on('data', (part) => parts.push(part));
          answer.on('error', () => settle('the answer broke off'));
          answer.on('aborted', () => settle('the answer broke off'));
          answer.on('end', () => settle(null));
        },
      );
      call.on('error', (error) => {
        clearTimeout(limit);
        nothing((error as NodeJS.ErrnoException).code ?? error.message);
      });
      call.end(sent.body ?? undefined);
    });
  };
  return {
    async send(sent, from) {
      const answer = await once(sent, from, true);
      // The other side may just have given up an idle connection.
      return answer.fault !== null && /ECONNRESET|EPIPE|socket hang up/.test(answer.fault)
        ? once(sent, from, false)
        : answer;
    },
    end: () => agent.destroy(),
  };
}

function headersOf({ headers, body }: Sent): Record<string, string | string[]> {
  const made: Record<string, string[]> = {};
  for (const [name, value] of headers) made[name] = [...(made[name] ?? []), value];
  if (body !== null) made['content-length'] = [String(body.length)];
  // Node's client sends one host and throws on two; every other header goes as often as it was made.
  const isOne = (name: string, values: readonly string[]): boolean => values.length === 1 || name === 'host';
  return Object.fromEntries(
    Object.entries(made).map(([name, values]) => [name, isOne(name, values) ? (values.at(-1) ?? '') : values]),
  );
}
