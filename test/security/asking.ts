import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { idOf, inside } from '../../seeds/small/plan.ts';
import type { Endpoint } from '../../src/kernel/endpoint.ts';
import { blankBook } from '../fixtures/blank_book.ts';
import { aForm, aLedger, aPhoto, aSheet, formOf as multipart, sentIn } from './belongings.ts';
import { formFor, uploads } from './bodies.ts';
import { refusalOf } from './oracle.ts';
import { kindOf, noTarget, type Target, targetsFor } from './relations.ts';
import { anyone, type Viewer } from './viewers.ts';
import type { World } from './world.ts';

/** One cell of the matrix: this endpoint, called by this viewer, about this record. */
export interface Ask {
  readonly endpoint: Endpoint;
  readonly viewer: Viewer;
  readonly target: Target;
  /** Of the first layer: 0 when the endpoint names the viewer. */
  readonly refusal: 0 | 401 | 403;
}

export interface Told {
  readonly status: number;
  readonly text: string;
  /** Null for what is no JSON. */
  readonly json: unknown;
}

export const changes = (endpoint: Endpoint): boolean => endpoint.method !== 'GET';

/** Every endpoint × every viewer × every relation; `thorough`: every case there is, and what is the same for all asked by each. */
export function matrixOf(world: World, which: (endpoint: Endpoint) => boolean, thorough = false): Ask[] {
  return world.endpoints.filter(which).flatMap((endpoint) => {
    const kind = kindOf(endpoint);
    const isForAll = endpoint.access.every((party) => party === 'anyone');
    const isSameForAll = isForAll && !changes(endpoint) && !thorough;
    return (isSameForAll ? [anyone] : world.viewers).flatMap((viewer) => {
      const refusal = refusalOf(endpoint, viewer);
      // What is open to all knows nobody: it answers for the county of the site, whoever asks.
      const as = isForAll ? anyone : viewer;
      const isThorough = thorough && (endpoint.name === 'casefile.read' || (kind === 'code' && viewer === anyone));
      const extent = refusal !== 0 ? 'few' : isThorough ? 'all' : 'each';
      const targets = kind === null ? [noTarget(as)] : targetsFor(world, kind, as, extent);
      return targets.map((target) => ({ endpoint, viewer, target, refusal }));
    });
  });
}

/** `changed`: another form than the one made for the endpoint. */
export async function ask(app: FastifyInstance, world: World, one: Ask, changed?: object): Promise<Told> {
  const { endpoint, viewer, target } = one;
  const path = endpoint.path.replace(/:\w+/, encodeURIComponent(target.value));
  const authorization = viewer.token === null ? {} : { authorization: `Bearer ${viewer.token}` };
  const sent = changes(endpoint)
    ? await contentOf(endpoint, changed ?? formFor(endpoint, viewer, world))
    : { headers: {} };
  const found = await app.inject({
    method: endpoint.method,
    url: changes(endpoint) ? path : `${path}?${queryOf(endpoint, world, viewer.realm)}`,
    ...sent,
    headers: {
      ...sent.headers,
      ...authorization,
      ...(path.startsWith('/openrosa/') && { 'x-openrosa-version': '1.0' }),
    },
  });
  const isJson = String(found.headers['content-type']).includes('json');
  return { status: found.statusCode, text: found.body, json: isJson ? found.json() : null };
}

/**
 * What the address asks for: as many as a list gives at once, a place, a name, and where cases
 * are named, every one there is.
 */
export function queryOf({ query }: Endpoint, { matters }: World, realm = 1): URLSearchParams {
  const { most, lon, lat, ids, name, words, zoom, code, group, fromId, typed, placeId } = query.shape;
  const limit = [1000, 500, 200].find((it) => most?.safeParse(it).success);
  const { lon: x, lat: y } = inside(0, 0);
  return new URLSearchParams({
    ...(most && limit && { most: String(limit) }),
    ...(ids && { ids: matters.map(({ id }) => id).join(',') }),
    ...(lon && lat && { lon: String(x), lat: String(y) }),
    ...(name && { name: '城东街道' }),
    ...(code && { code: '439901001001' }),
    // What all matters say, and where all of them lie: whoever gets too much gets it here.
    ...(words && { words: '暗语' }),
    ...(group && { group: 'waiting' }),
    ...(fromId && { fromId: idOf(realm, 'person', 'sunli'), toId: idOf(realm, 'person', 'gaoming') }),
    ...(placeId && { from: '2026-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' }),
    ...(typed && { typed: 'sunli' }),
    ...(zoom && { west: '112.2', south: '27.5', east: '113.5', north: '28.7', zoom: '18', state: 'all' }),
  });
}

async function contentOf(endpoint: Endpoint, fields: object) {
  const form = { commandId: randomUUID(), ...fields };
  if (!uploads.has(endpoint.name)) return { payload: form, headers: {} };
  if (endpoint.name === 'standard.import') return multipart({ commandId: form.commandId }, [aSheet()]);
  if (endpoint.name === 'ledger_template.send') return multipart(form, [{ name: 'a.xlsx', bytes: await blankBook() }]);
  if (endpoint.name === 'openrosa.submit') return sentIn();
  if (endpoint.name === 'form.read_xlsform') return multipart(form, [aForm()]);
  if (endpoint.name === 'ledger_batch.send') return multipart(form, [aLedger()]);
  const { stage = 'report', sha256 } = form as { stage?: string; sha256?: string };
  const said = { commandId: form.commandId, stage, ...(sha256 !== undefined && { sha256 }) };
  return multipart(said, [aPhoto(form.commandId)]);
}

/** Minutes, for a machine that others use as well. */
export const LONG = 400_000;

/** All at once, a few at a time; the answers in the order of the questions. */
export async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>, lanes = 6): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** What went wrong. */
export interface Finding {
  readonly rule: string;
  readonly endpoint: string;
  readonly detail: string;
}

/** Findings by rule and place, the first of each in full; to be empty. */
export function summary(found: readonly Finding[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { rule, endpoint, detail } of found) {
    const key = `${rule} ${endpoint}`;
    kinds.set(key, [...(kinds.get(key) ?? []), detail]);
  }
  return [...kinds].map(([key, details]) => `${key} ×${details.length}: ${details[0]}`);
}

export const finding = (rule: string, { endpoint, viewer, target }: Ask, detail: string): Finding => ({
  rule,
  endpoint: endpoint.name,
  detail: `${endpoint.name} · ${viewer.name} · ${target.relation}${target.confidential ? ' 保密' : ''} ${target.value}: ${detail}`,
});
