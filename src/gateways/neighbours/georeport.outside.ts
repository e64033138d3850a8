import type { Outside } from '../../kernel/outside.ts';
import { type Reply, readAnswer } from './georeport.model.ts';

/** The calls of GeoReport v2 that we make ourselves. Each is one question; when it is asked again decides whoever calls. */
export interface Door {
  readonly url: string;
  readonly jurisdiction: string | null;
  readonly apiKey: string | null;
  readonly format: 'json' | 'xml';
}

export const LONGEST_MS = 10_000;
const MOST_BYTES = 1_000_000;

type Arguments = readonly (readonly [name: string, value: string])[];

const encoded = (given: Arguments): string =>
  new URLSearchParams(given.map(([name, value]): [string, string] => [name, value])).toString();

export function postRequest(outside: Outside, door: Door, form: Arguments): Promise<Reply> {
  const body = encoded([...withKey(door), ...form]);
  return ask(outside, door, 'POST', '/requests', jurisdictionOf(door), body);
}

export const askServices = (outside: Outside, door: Door): Promise<Reply> => get(outside, door, '/services');

export const askToken = (outside: Outside, door: Door, token: string): Promise<Reply> =>
  get(outside, door, `/tokens/${encodeURIComponent(token)}`);

export const askRequest = (outside: Outside, door: Door, id: string): Promise<Reply> =>
  get(outside, door, `/requests/${encodeURIComponent(id)}`, withKey(door));

export const askUpdates = (outside: Outside, door: Door, id: string): Promise<Reply> =>
  get(outside, door, '/servicerequestupdates', [...withKey(door), ['service_request_id', id]]);

/** What they have of one service since then: ours may be among it. */
export const askRequestsSince = (outside: Outside, door: Door, serviceCode: string, since: Date): Promise<Reply> =>
  get(outside, door, '/requests', [
    ...withKey(door),
    ['service_code', serviceCode],
    ['start_date', `${since.toISOString().slice(0, 19)}Z`],
  ]);

const get = (outside: Outside, door: Door, path: string, given: Arguments = []): Promise<Reply> =>
  ask(outside, door, 'GET', path, [...jurisdictionOf(door), ...given]);

const withKey = ({ apiKey }: Door): Arguments => (apiKey === null ? [] : [['api_key', apiKey]]);
const jurisdictionOf = ({ jurisdiction }: Door): Arguments =>
  jurisdiction === null ? [] : [['jurisdiction_id', jurisdiction]];

async function ask(
  outside: Outside,
  { url, format }: Door,
  method: 'GET' | 'POST',
  path: string,
  given: Arguments,
  body?: string,
): Promise<Reply> {
  const query = encoded(given);
  const heard = await outside.ask({
    method,
    address: `${url}${path}.${format}${query === '' ? '' : `?${query}`}`,
    headers: {
      accept: format === 'xml' ? 'text/xml' : 'application/json',
      ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }),
    },
    ...(body !== undefined && { body }),
    timeoutMs: LONGEST_MS,
    mostBytes: MOST_BYTES,
  });
  return 'fault' in heard ? { kind: 'fault', fault: heard.fault, left: heard.left } : readAnswer(heard);
}
