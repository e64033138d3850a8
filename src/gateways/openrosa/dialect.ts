import type { IncomingMessage } from 'node:http';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { isOfCollect } from '../../kernel/entrance.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Dialect, Heard, Refusal, Spoken } from '../dialect.ts';
import { LARGEST, openrosaProblems, VERSION } from './openrosa.model.ts';
import { xml } from './xform.model.ts';

/** OpenRosa on the wire: its version on every request and answer, XML, errors in an envelope of its own. */
export const openrosaDialect: Dialect = {
  hear: (_endpoint, sent) => bare(sent),
  admits,
  takesFiles: true,
  say,
  refuse,
};

/** What other programs add to the address (`deviceID`, `verbose`, `listAllVersions`) tells us nothing. */
const bare = <T extends Heard>(sent: T): T => ({ ...sent, query: {} });

const KEYED = /^\/openrosa\/key\/([^/?]+)(\/.*)?$/;

/**
 * A client of OpenRosa is told one address and nothing else, so its key stands in it. It is taken out before anything looks
 * at the address, and counts like any other; a session of the desk does not count there.
 */
export function keyOutOfAddress(request: IncomingMessage): string {
  const { url = '/' } = request;
  const [, key, rest = '/'] = KEYED.exec(url) ?? [];
  if (key === undefined) return url;
  request.headers.authorization = `Bearer ${isOfCollect(key) ? key : 'none'}`;
  return `/openrosa${rest}`;
}

function admits(headers: Readonly<Record<string, unknown>>): void {
  if (headers['x-openrosa-version'] !== VERSION) throw new Problem(openrosaProblems['openrosa.no_version']);
}

const open = { 'x-openrosa-version': VERSION, 'x-openrosa-accept-content-length': String(LARGEST) };
const TYPE = 'text/xml; charset=utf-8';

/** What an endpoint of this gateway answers with. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function say(_endpoint: Endpoint, found: unknown): Spoken {
  const { status, type, text } = found as Answered;
  return { status, type, body: text, headers: open };
}

export const envelope = (nature: string, words: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message nature="${nature}">${xml(words)}</message></OpenRosaResponse>`;

function refuse({ status, title, hint, faults, language }: Refusal): Spoken {
  const each = faults.map(({ path, says }) => `${path}: ${says[language]}`);
  const words = [title[language], ...each, hint[language]].join(' ');
  return { status, type: TYPE, body: envelope('error', words), headers: open };
}

export const answered = (text: string, status = 200, type = TYPE): Answered => ({ status, type, text });
