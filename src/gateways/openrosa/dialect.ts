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

const noKey = {
  zh: '密钥已停用或过期。手机里的答卷都还在：请在工作台“我的账号”里做一个新密钥，重新扫码再交。',
  en: 'The key has ended. What was filled in is still on the phone: make a new key in your account at the desk, scan it and send again.',
};
const sentOther = {
  zh: '这份答卷交过，这次的内容却不一样。没有保存；要改，请在手机上另填一份。',
  en: 'This submission was sent before with other content. Nothing was saved; fill in another one to change it.',
};

/** In the words of whoever holds the phone: what a page of the desk would say means nothing there. */
function refuse({ status, code, title, hint, faults, language }: Refusal): Spoken {
  const said = language === 'zh' ? '：' : ': ';
  const each = faults.map(({ path, says }) => `${path}${said}${says[language]}${language === 'zh' ? '。' : '.'}`);
  const own = status === 401 ? noKey : code === 'command.id_taken' ? sentOther : null;
  const words = own === null ? [title[language], ...each, hint[language]].join(' ') : own[language];
  return { status, type: TYPE, body: envelope('error', words), headers: open };
}

export const answered = (text: string, status = 200, type = TYPE): Answered => ({ status, type, text });
