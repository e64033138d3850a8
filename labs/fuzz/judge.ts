import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Document, Operation } from './document.ts';
import { leaksIn } from './leaks.ts';
import type { Sent } from './render.ts';
import { type Answer, LIMIT_MS } from './wire.ts';

/** What is wrong with an answer, whatever the question was; nothing for a good one. */
export type Judge = (operation: Operation, sent: Sent, answer: Answer) => string[];

export function openJudge({ components }: Document, operations: readonly Operation[]): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const isProblem = ajv.compile(components.schemas.Problem);
  const outputs = new Map(
    operations.flatMap(({ name, output }): [string, ValidateFunction][] =>
      output === null ? [] : [[name, ajv.compile(output)]],
    ),
  );
  return (operation, sent, answer) => {
    if (answer.fault !== null) return isOversized(sent, answer) ? [] : [answer.fault];
    const text = answer.body.toString('utf8');
    return [
      ...(answer.ms > LIMIT_MS ? [`answered after ${answer.ms} ms`] : []),
      ...statusFaults(answer),
      ...(isText(answer) ? leaksIn(text, saidIn(sent)) : []),
      ...(text.includes('<fuzz') && isPage(answer) ? ['a page runs what was typed'] : []),
      ...(answer.status >= 400 && sent.method !== 'HEAD' ? refusalFaults(operation, sent, answer, isProblem) : []),
      ...(answer.status === 200 && sent.method === operation.method && !sent.isElsewhere
        ? outputFaults(operation, answer, outputs)
        : []),
    ];
  };
}

/** Whoever sends more than is read is cut off, sometimes before the refusal is through. */
const isOversized = ({ body }: Sent, { fault }: Answer): boolean =>
  (body?.length ?? 0) > 1_000_000 && /ECONNRESET|EPIPE|hang up/.test(fault ?? '');

const typeOf = ({ headers }: Answer): string => String(headers['content-type'] ?? '');
const isPage = (answer: Answer): boolean => typeOf(answer).startsWith('text/html');
const isText = (answer: Answer): boolean =>
  /text|json|xml/.test(typeOf(answer)) && !/css|javascript/.test(typeOf(answer));

const saidIn = ({ target, body, headers }: Sent): string =>
  [
    decoded(target),
    target,
    body?.toString('utf8') ?? '',
    decoded(body?.toString('utf8') ?? ''),
    ...headers.map(([, value]) => value),
  ].join('\n');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function statusFaults({ status, headers }: Answer): string[] {
  if (status >= 500 && status !== 503) return [`answered ${status}`];
  if ((status === 503 || status === 429) && !/^\d+$/.test(String(headers['retry-after'] ?? '')))
    return [`answered ${status} without saying when to come back`];
  return [];
}

function refusalFaults(operation: Operation, sent: Sent, answer: Answer, isProblem: ValidateFunction): string[] {
  const text = answer.body.toString('utf8');
  const type = typeOf(answer);
  if (isPage(answer))
    return (operation.tongue === 'page' || sent.isElsewhere) && /<\/html>\s*$/.test(text)
      ? []
      : ['refused with half a page'];
  // Turned down before anybody knew which address it is for.
  const isUnread = [400, 408, 431].includes(answer.status) && text.includes('urn:jingwei:problem:http.');
  if (sent.target.startsWith('/open311/') && !isUnread) return open311Faults(type, text);
  if (!type.startsWith('application/problem+json'))
    return [`refused with ${answer.status} as ${type || 'nothing'}: ${text.slice(0, 120)}`];
  const problem = parsed(text) as { status?: unknown; title?: unknown; detail?: unknown } | undefined;
  if (!isProblem(problem)) return [`no well-formed problem: ${isProblem.errors?.[0]?.message} ${text.slice(0, 200)}`];
  if (problem?.status !== answer.status) return [`says status ${problem?.status} with ${answer.status}`];
  return languageFaults(sent, answer.status, String(problem.title), String(problem.detail));
}

function languageFaults({ headers }: Sent, status: number, title: string, detail: string): string[] {
  const asked = headers.filter(([name]) => name === 'accept-language').map(([, value]) => value);
  if (asked.length !== 1 || !['en', 'zh-CN'].includes(asked[0] ?? '')) return [];
  if (title === '' || detail === '') return ['a refusal without words or hint'];
  if (/\{\w+\}/.test(title + detail)) return [`a refusal with a gap: ${title} ${detail}`];
  // Said in both languages where none was read; names of places stay Chinese in English words.
  if ([400, 408, 431].includes(status) && title.includes(' / ')) return [];
  const isChinese = /\p{Script=Han}/u.test(title.replace(/“[^”]*”/g, ''));
  return isChinese === (asked[0] !== 'en') ? [] : [`asked in ${asked[0]}, refused with “${title}”`];
}

function open311Faults(type: string, text: string): string[] {
  const isWhole = (errors: unknown): boolean =>
    [errors].flat().length > 0 &&
    [errors].flat().every((one) => {
      const { code, description } = (one ?? {}) as { code?: unknown; description?: unknown };
      return /^[45]\d\d$/.test(String(code)) && String(description ?? '') !== '';
    });
  if (type.includes('json')) return isWhole(parsed(text)) ? [] : [`no list of errors: ${text.slice(0, 200)}`];
  if (!type.includes('xml') || XMLValidator.validate(text) !== true) return [`no XML: ${type} ${text.slice(0, 200)}`];
  const read = new XMLParser().parse(text) as { errors?: { error?: unknown } };
  return isWhole(read.errors?.error) ? [] : [`no list of errors: ${text.slice(0, 200)}`];
}

function outputFaults({ name, tongue }: Operation, answer: Answer, outputs: Map<string, ValidateFunction>): string[] {
  const text = answer.body.toString('utf8');
  if (tongue === 'page') return /<\/html>\s*$/.test(text) || !isPage(answer) ? [] : ['half a page'];
  if (tongue === 'open311')
    return typeOf(answer).includes('xml') && XMLValidator.validate(text) !== true ? ['no XML'] : [];
  const output = outputs.get(name);
  if (!output) return [];
  const value = parsed(text);
  if (output(value)) return [];
  const [error] = output.errors ?? [];
  return [`not as the document says: ${error?.instancePath} ${error?.message} in ${text.slice(0, 200)}`];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
