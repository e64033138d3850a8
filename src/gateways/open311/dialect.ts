import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { derivedId } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Dialect, Heard, Refusal, Spoken } from '../dialect.ts';
import { type Format, speakable, toJson, toXml, typeOf } from './forms.ts';
import { open311Problems, REPEATED_WITHIN_MS } from './open311.model.ts';

/**
 * GeoReport v2 on the wire: arguments in a query or a form, the key among them, XML and JSON of one value, errors in
 * its own shape, and readable from the pages of others.
 */
export const open311Dialect: Dialect = { hear, say, refuse };

/** Public data: any page may read it. Nobody is known by a cookie here. */
const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

function hear<T extends Heard>(endpoint: Endpoint, sent: T, now: Date): T {
  const query = argumentsOf(sent.query);
  if (endpoint.method === 'GET') {
    const token = keyOf(sent.token, query.get('api_key'));
    return { ...sent, token, query: pick(query, endpoint.query.shape), body: {} };
  }
  const body = argumentsOf(sent.body);
  const token = keyOf(sent.token, body.get('api_key'));
  if (token === null) throw new Problem(open311Problems['open311.key_missing']);
  // Some clients name the jurisdiction in the address of a POST.
  const form = { ...pick(query, jurisdiction), ...pick(body, endpoint.body.shape), ...attributesOf(body, endpoint) };
  return { ...sent, token, query: {}, body: { ...form, commandId: commandIdOf(endpoint, token, form, now) } };
}

const jurisdiction = { jurisdiction_id: true };

/** An empty argument is an absent one. Said several times, a value becomes a list with commas, as the standard writes lists. */
function argumentsOf(given: unknown): Map<string, readonly string[]> {
  if (typeof given !== 'object' || given === null) return new Map();
  const all = Object.entries(given).map(
    ([name, value]) =>
      [
        name,
        [value].flat().flatMap((it) => (it === '' || it === null || it === undefined ? [] : [String(it)])),
      ] as const,
  );
  return new Map(all.filter(([, values]) => values.length > 0));
}

/** A session of ours means nothing here: only keys do, in the header or where the standard puts them. */
const keyOf = (bearer: string | null, [argument]: readonly string[] = []): string | null =>
  argument === undefined
    ? bearer?.startsWith('jwk_')
      ? bearer
      : null
    : argument.startsWith('jwk_')
      ? argument
      : WRONG;

/** What has not even the form of a key is refused like every wrong one. */
const WRONG = 'jwk_0.wrong';

/** What the standard does not know is left unread. */
function pick(given: Map<string, readonly string[]>, shape: object): Record<string, string> {
  return Object.fromEntries(
    Object.keys(shape).flatMap((name) => {
      const values = given.get(name);
      return values === undefined ? [] : [[name, values.join(',')] as const];
    }),
  );
}

/** `attribute[code]=value`, and `attribute[code][]=value` once for each of several. */
function attributesOf(given: Map<string, readonly string[]>, { body }: Endpoint): { attributes?: object } {
  if (!('attributes' in body.shape)) return {};
  const found = [...given].flatMap(([name, values]) => {
    const code = /^attribute\[([^\]]{1,100})\](?:\[\])?$/.exec(name)?.[1];
    return code === undefined ? [] : [[code, values] as const];
  });
  return { attributes: Object.fromEntries(found) };
}

/**
 * Who posts here has no command id. The same content under the same key within a while is the same submission, sent
 * again; what straddles the end of a while is found by its fingerprint.
 */
function commandIdOf(endpoint: Endpoint, token: string, form: object, now: Date): string {
  const content = createHash('sha256')
    .update(`${token}\n${canonicalize(form)}`)
    .digest('hex');
  const call = callOf(endpoint).call;
  const turn = call === 'create' ? String(Math.floor(now.getTime() / REPEATED_WITHIN_MS)) : '';
  return derivedId(endpoint.name, content, turn);
}

/** The names are `open311.requests_xml`: the call, and the form it is answered in. */
function callOf({ name }: Endpoint): { call: string; format: Format } {
  const [, call = '', format] = /^open311\.(\w+)_(json|xml)$/.exec(name) ?? [];
  return { call, format: format === 'json' ? 'json' : 'xml' };
}

/** What stands around a value in XML; JSON has lists bare. */
const roots: Readonly<Record<string, (value: unknown) => object>> = {
  discovery: (value) => ({ discovery: inDiscovery(value as Discovered) }),
  services: (service) => ({ services: { service } }),
  service: (value) => ({ service_definition: inDefinition(value as Defined) }),
  create: (request) => ({ service_requests: { request } }),
  requests: (request) => ({ service_requests: { request } }),
  request: (request) => ({ service_requests: { request } }),
  token: (request) => ({ service_requests: { request } }),
  updates: (update) => ({ service_requests_updates: { request_update: update } }),
  update: (update) => ({ service_request_update: { request_update: update } }),
};

interface Discovered {
  readonly endpoints: readonly { readonly formats: readonly string[] }[];
}
const inDiscovery = ({ endpoints, ...rest }: Discovered) => ({
  ...rest,
  endpoints: { endpoint: endpoints.map(({ formats, ...one }) => ({ ...one, formats: { format: formats } })) },
});

interface Defined {
  readonly attributes: readonly { readonly values: readonly object[] }[];
}
const inDefinition = ({ attributes, ...rest }: Defined) => ({
  ...rest,
  attributes: { attribute: attributes.map(({ values, ...one }) => ({ ...one, values: { value: values } })) },
});

/** What one POST made is a list of one, as everything in this standard. */
const listed = new Set(['create', 'update', 'token']);

function say(endpoint: Endpoint, found: unknown): Spoken {
  const { call, format } = callOf(endpoint);
  const { repeated: _repeated, ...single } = (found ?? {}) as Record<string, unknown>;
  const value = speakable(listed.has(call) ? [single] : found);
  const body = format === 'json' ? toJson(value) : toXml(roots[call]?.(value) ?? {});
  return { status: 200, type: typeOf(format), body, headers: open };
}

/** 403 for keys, 404 for what there is not, 400 for all else that a client can mend. */
const statusOf = (status: number): number => {
  if (status === 401) return 403;
  return [403, 404, 429].includes(status) || status >= 500 ? status : 400;
};

function refuse({ status: ours, title, hint, faults, language }: Refusal, url: string): Spoken {
  const status = statusOf(ours);
  const code = String(status);
  const whole = [{ code, description: `${title[language]} ${hint[language]}` }];
  const each = faults.map(({ path, says }) => ({ code, description: `${path}: ${says[language]}` }));
  const errors = speakable(each.length > 0 ? each : whole);
  const format: Format = /\.json(?:$|\?)/.test(url) ? 'json' : 'xml';
  const body = format === 'json' ? toJson(errors) : toXml({ errors: { error: errors } });
  return { status, type: typeOf(format), body, headers: open };
}
