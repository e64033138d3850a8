import { randomUUID } from 'node:crypto';
import { type Agent, request } from 'node:http';
import { inside } from '../seeds/small/plan.ts';

/** Reports over HTTP by somebody of the grid, as the laboratories send them. */
export interface Place {
  readonly agent: Agent;
  readonly port: number;
  readonly token: string;
}

export interface Answer {
  /** 0: no answer came; what became of it is not known. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export const aReport = (words: string) => ({
  commandId: randomUUID(),
  casefileId: randomUUID(),
  reportId: randomUUID(),
  words,
  place: { ...inside(0, 0), words: '巷口' },
  channel: 'field',
});

/** Sends it once; with `cutAfter` milliseconds the connection is cut, whether there was an answer or not. */
export function send(
  { agent, port, token }: Place,
  report: ReturnType<typeof aReport>,
  cutAfter: number | null = null,
): Promise<Answer> {
  const text = JSON.stringify(report);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    authorization: `Bearer ${token}`,
  };
  return new Promise((resolve) => {
    const unknown = (): void => resolve({ status: 0, body: {} });
    const call = request(
      { agent, host: '127.0.0.1', port, path: '/api/casefiles', method: 'POST', headers },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', unknown);
        answer.on('aborted', unknown);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: bodyOf(Buffer.concat(parts)) }));
      },
    );
    call.on('error', unknown);
    call.setTimeout(20_000, () => call.destroy());
    if (cutAfter !== null) setTimeout(() => call.destroy(), cutAfter);
    call.end(text);
  });
}

function bodyOf(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return {};
  }
}
