import { XMLParser } from 'fast-xml-parser';
import type { DeliveryFault } from '../../domains/work/casefiles/heard.model.ts';

/** What another server says, read with nothing believed: any shape, any size up to the limit, or no Open311 at all. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly bytes: Buffer;
}

export type Reply =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  /** They understood and said no: nothing was taken. */
  | { readonly kind: 'refused'; readonly fault: DeliveryFault; readonly says: string }
  /** `left`: it may have arrived all the same. */
  | { readonly kind: 'fault'; readonly fault: DeliveryFault; readonly left: boolean };

/** Texts only: a number that JSON wrote without quotes is one too. */
export type Row = Readonly<Record<string, string>>;

const MOST_ROWS = 2000;
const MOST_TEXT = 4000;

export function readAnswer({ status, type, bytes }: Answer): Reply {
  if (status >= 300 && status < 400) return { kind: 'refused', fault: 'moved', says: '' };
  const rows = rowsIn(textOf(bytes, type));
  if (status >= 500) return { kind: 'fault', fault: status === 503 ? 'busy' : 'broken', left: true };
  if (status >= 400) return refusalOf(status, rows ?? []);
  return rows === null ? { kind: 'fault', fault: 'not_open311', left: true } : { kind: 'rows', rows };
}

/** Some say the wrong number and the right words, so that both are looked at. */
function refusalOf(status: number, rows: readonly Row[]): Reply {
  const says = rows
    .map(({ code = '', description = '' }) => `${code} ${description}`.trim())
    .join('\n')
    .slice(0, MOST_TEXT);
  if (status === 429) return { kind: 'fault', fault: 'busy', left: false };
  if (status === 401 || status === 403) return { kind: 'refused', fault: 'key', says };
  if (/duplicate|重复|已经收到过/i.test(says)) return { kind: 'refused', fault: 'duplicate', says };
  return { kind: 'refused', fault: status === 404 ? 'no_service' : 'refused', says };
}

/** Of the text of a refusal: what could be the number of the request that they have already. */
export const numberIn = (says: string): string | null =>
  /duplicate of ([\w.:#-]{1,100}?)[,.;。，]?(?:\s|$)/i.exec(says)?.[1] ?? null;

function textOf(bytes: Buffer, type: string): string {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Null: neither form. Which of the two it is shows its first sign, whatever its content type says. */
function rowsIn(text: string): Row[] | null {
  const begun = text.replace(/^\uFEFF/, '').trimStart();
  try {
    if (begun.startsWith('<')) return rowsOfXml(begun);
    return rowsOfJson(JSON.parse(begun));
  } catch {
    return null;
  }
}

const parser = new XMLParser({ ignoreAttributes: true, ignoreDeclaration: true, parseTagValue: false });
const roots = /^<\?xml|^<(?:services|service_|errors)/;

function rowsOfXml(text: string): Row[] | null {
  // Who declares entities of their own wants more than to answer.
  if (!roots.test(text) || /<!(?:DOCTYPE|ENTITY)/i.test(text)) return null;
  const tree: unknown = parser.parse(text);
  if (!isRecord(tree)) return null;
  const [[root, inside] = ['', null]] = Object.entries(tree);
  if (!/^(?:services?_?|service_request|errors)/.test(root)) return null;
  if (!isRecord(inside)) return [];
  return Object.values(inside).flat().filter(isRecord).slice(0, MOST_ROWS).map(rowOf);
}

/** Bare lists by the standard; some put an object around them, or give one object for a list of one. */
function rowsOfJson(value: unknown): Row[] | null {
  if (Array.isArray(value)) return value.filter(isRecord).slice(0, MOST_ROWS).map(rowOf);
  if (!isRecord(value)) return null;
  const inner = Object.values(value).find(Array.isArray);
  return inner ? rowsOfJson(inner) : [rowOf(value)];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function rowOf(value: Record<string, unknown>): Row {
  const texts = Object.entries(value).flatMap(([name, it]) =>
    typeof it === 'string' || typeof it === 'number' || typeof it === 'boolean'
      ? [[name, clean(String(it))] as const]
      : [],
  );
  return Object.fromEntries(texts.filter(([, it]) => it !== ''));
}

/** Their words are shown in our pages, as text: tags are taken out, and what no page can show. */
const clean = (text: string): string =>
  text
    .slice(0, MOST_TEXT)
    .replace(/<[^>]*>/g, ' ')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
