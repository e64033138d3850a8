import type { Draft } from './draft.ts';
import type { Known } from './known.ts';
import { type Resolve, resolveAll, resolver, toText } from './markers.ts';
import { multipart } from './multipart.ts';
import type { Viewer } from './viewers.ts';

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | null;
  readonly viewer: Viewer;
  readonly language: 'zh' | 'en';
  /** Its address is no longer that of the operation. */
  readonly isElsewhere: boolean;
  /** Ids of commands that it carries. */
  readonly commands: readonly string[];
}

/** Settles who asks and which records are meant. */
export function render(draft: Draft, known: Known): Sent {
  const { viewer, id } = known.viewerFor(draft);
  const resolve = resolver((kind, n) => known.pick(kind, n, viewer.realm));
  const target = draft.raw.target ?? targetOf(draft, resolve, id);
  const { bytes, type } = contentOf(draft, resolve);
  const given = new Set(draft.headers.map(([name]) => name));
  const own: [string, string][] = [
    ['accept-language', draft.language === 'en' ? 'en' : 'zh-CN'],
    ...(draft.operation.tongue === 'page' ? [['accept', 'text/html'] as [string, string]] : []),
    ...(type === null ? [] : [['content-type', type] as [string, string]]),
    ...(viewer.token === null ? [] : [['authorization', `Bearer ${viewer.token}`] as [string, string]]),
  ];
  const headers = [...own.filter(([name]) => !given.has(name)), ...draft.headers];
  const commands = bytes === null ? [] : commandsIn(bytes);
  const isElsewhere = draft.raw.target !== undefined;
  return {
    ...{ method: draft.method, target, headers, body: bytes },
    viewer,
    language: draft.language,
    isElsewhere,
    commands,
  };
}

function targetOf({ operation, params, query }: Draft, resolve: Resolve, id: string | null): string {
  let first = true;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = first && id !== null ? id : resolveAll(params[name], resolve);
    first = false;
    return escaped(asText(value));
  });
  const pairs = query.map(([name, value]) => `${escaped(name)}=${escaped(asText(resolveAll(value, resolve)))}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** What stands in an address is text, however odd; a half character goes as the bytes that it would have. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : (toText(value) ?? ''));
const escaped = (text: string): string =>
  text
    .slice(0, 14_000)
    .replace(/[^A-Za-z0-9_.~-]/gu, (sign) =>
      /\p{Surrogate}/u.test(sign)
        ? '%ED%A0%80'
        : encodeURIComponent(sign).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16)}`),
    );

function contentOf(draft: Draft, resolve: Resolve): { bytes: Buffer | null; type: string | null } {
  const { operation, body, raw } = draft;
  const value = resolveAll(body, resolve);
  if (value === undefined && raw.bytes === undefined) return { bytes: null, type: raw.type ?? null };
  if (operation.encoding === 'multipart' && raw.type === undefined && raw.bytes === undefined) return multipart(value);
  const isForm = operation.encoding === 'form';
  const text = isForm ? formText(value) : (toText(value) ?? '');
  const bytes = raw.bytes ? raw.bytes(text) : Buffer.from(text);
  const usual = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return { bytes, type: raw.type === undefined ? usual : raw.type };
}

const formText = (value: unknown): string =>
  typeof value !== 'object' || value === null
    ? asText(value)
    : Object.entries(value)
        .flatMap(([name, part]) => [part].flat().map((one) => `${escaped(name)}=${escaped(asText(one))}`))
        .join('&');

const commandsIn = (bytes: Buffer): string[] => [
  ...new Set(
    [...bytes.toString('latin1').matchAll(/commandId\W{1,20}([0-9a-fA-F-]{36})/g)].map((found) =>
      (found[1] ?? '').toLowerCase(),
    ),
  ),
];

/** For whoever wants to see it with their own eyes. */
export function curlOf({ method, target, headers, body }: Sent, port: number): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [`curl -i -X ${method} ${quoted(`http://127.0.0.1:${port}${target}`)}`];
  for (const [name, value] of headers) parts.push(`-H ${quoted(`${name}: ${value.slice(0, 300)}`)}`);
  if (body !== null) parts.push(`--data-binary ${dataOf(body, quoted)}`);
  return parts.join(' ');
}

function dataOf(body: Buffer, quoted: (text: string) => string): string {
  const text = body.toString('utf8');
  const isPlain = Buffer.from(text).equals(body) && !text.includes('\u0000');
  if (body.length > 4000) return `@- # ${body.length} bytes, beginning with ${quoted(text.slice(0, 300))}`;
  return isPlain ? quoted(text) : `@<(echo ${body.toString('base64')} | base64 -d)`;
}
