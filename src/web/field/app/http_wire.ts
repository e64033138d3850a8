import type { Op } from '../engine/contract.ts';
import { isVoice } from '../engine/outbox.ts';
import { Refused, type StoredFile, type Wire } from '../engine/ports.ts';
import { VISIT } from '../engine/predict.ts';

/** The way to the server over HTTP. Slow is not broken: what is under way in a valley gets its minute. */
const PATIENCE_MS = 60_000;
/**
 * So much of a photo at a time: as goes through in about half a second, so that what is said meanwhile has not long to
 * wait, and a link that changes bytes costs little.
 */
const PIECE = { least: 64 * 1024, most: 512 * 1024, ms: 500 } as const;
/** One that arrives changed goes again at once; a link that changes everything is tried later. */
const MOST_SENDINGS = 3;

/** `base`: the pages' own server unless told; `headers` as a program that carries its session itself needs them. */
export function openHttpWire(base = '', headers: Readonly<Record<string, string>> = {}): Wire {
  const caller: Caller = (path, init) =>
    fetch(base + path, {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...init,
      headers: { ...headers, ...init.headers },
    });
  const pace: Pace = { bytes: PIECE.least };
  return {
    register: (body) => send(caller, '/api/devices', body),
    push: (body) => send(caller, '/api/sync/push', body),
    pull: (body) => send(caller, '/api/sync/pull', body),
    sendFile: (op, file, bytes) => sendFile(caller, pace, op, file, bytes),
    sendPreview: (op, file, picture) => sendPreview(caller, op, file, picture),
  };
}

/** How large the next piece is, by how quickly the last one went; a short one at the end says little. */
interface Pace {
  bytes: number;
}

function paced({ bytes }: Pace, sent: number, ms: number): number {
  if (sent < PIECE.least) return bytes;
  return Math.round(Math.min(PIECE.most, Math.max(PIECE.least, (sent / Math.max(1, ms)) * PIECE.ms)));
}

type Caller = (
  path: string,
  init: {
    method?: string;
    headers?: Readonly<Record<string, string>>;
    body?: string | FormData | Uint8Array<ArrayBuffer>;
  },
) => Promise<Response>;

const send = <T>(caller: Caller, path: string, body: object): Promise<T> =>
  ask(caller, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function ask<T>(caller: Caller, path: string, init: Parameters<Caller>[1]): Promise<T> {
  const answer = await caller(path, { method: 'POST', ...init });
  if (!answer.ok) throw await refusalIn(answer);
  return (await answer.json()) as T;
}

type Words = Record<'code' | 'title' | 'detail', string>;

async function refusalIn(answer: Response): Promise<Refused> {
  const body = (await answer.json()) as Partial<Words & { errors: { says: string }[] }>;
  const { code = `http.${answer.status}`, title = String(answer.status), detail = '', errors = [] } = body;
  const words = { code, title, detail: [detail, ...errors.map(({ says }) => says)].join(' ').trim() };
  return new Refused(answer.status, words);
}

interface Taken {
  readonly photos: readonly {
    readonly sha256: string;
    readonly outcome: 'saved' | 'refused';
    readonly problem: {
      readonly code: string;
      readonly title: { readonly zh: string };
      readonly hint: { readonly zh: string };
    } | null;
  }[];
}

/** Said of one photo in an answer that is a success as a whole: what is no fault of the photo is tried again. */
const isForNow = (code: string): boolean =>
  ['photo.busy', 'photo.not_stored', 'upload.not_whole'].includes(code) || code.startsWith('database.');

/** The type of a kept file says of which step it is: `image/jpeg;stage=after`. */
const stageOf = ({ type }: StoredFile): string => /;stage=(\w+)/.exec(type)?.[1] ?? 'report';

/** In pieces, each after what is there already; the server says so at the beginning, and the phone remembers nothing. */
async function sendFile(caller: Caller, pace: Pace, op: Op, file: StoredFile, bytes: Uint8Array): Promise<void> {
  if (op.name === VISIT) return sendAnswered(caller, pace, op, file, bytes);
  if (op.name === FIND) return sendFound(caller, op, file, bytes);
  const casefileId = op.params.id ?? op.target;
  if (isVoice(file)) return sendVoice(caller, pace, op, file, bytes);
  const form = { stage: stageOf(file), commandId: await idOf(`${op.commandId} ${file.sha256}`) };
  const begun = await begin(caller, { casefileId, stage: form.stage, sha256: file.sha256 }, bytes.byteLength);
  if (begun === null) return sendWhole(caller, `/api/casefiles/${casefileId}`, form, file, bytes);
  await sendRest(caller, pace, begun, bytes);
  const body = { ...form, sha256: file.sha256 };
  requireTaken(await send<Taken>(caller, `/api/casefiles/${casefileId}/photos/uploaded`, body), file);
}

/** To whoever was visited; the visit that named it is there already. */
async function sendAnswered(caller: Caller, pace: Pace, op: Op, file: StoredFile, bytes: Uint8Array): Promise<void> {
  const [{ target }, { sha256 }] = [op, file];
  const about = { recordKind: 'campaign_target', recordId: target, stage: 'answer', sha256 };
  const begun = await begin(caller, about, bytes.byteLength);
  if (begun) await sendRest(caller, pace, begun, bytes);
  const body = { sha256, commandId: await idOf(`${op.commandId} ${sha256}`) };
  requireTaken(await send<Taken>(caller, `/api/campaign-targets/${target}/photos/uploaded`, body), file);
}

const FIND = 'inspection.find';

/** To the hazard that was found, in one piece: the phone has named it. */
async function sendFound(caller: Caller, op: Op, file: StoredFile, bytes: Uint8Array): Promise<void> {
  const form = { stage: stageOf(file), commandId: await idOf(`${op.commandId} ${file.sha256}`) };
  return sendWhole(caller, `/api/hazards/${op.body.hazardId}`, form, file, bytes);
}

/** Nothing waits for it: it comes in one piece or not at all. */
async function sendPreview(caller: Caller, op: Op, file: StoredFile, picture: Uint8Array): Promise<void> {
  const form = new FormData();
  form.set('stage', stageOf(file));
  form.set('sha256', file.sha256);
  form.set('commandId', await idOf(`${op.commandId} ${file.sha256} preview`));
  form.append('photos', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'p.jpg');
  await ask(caller, `/api/casefiles/${op.params.id ?? op.target}/photos/previews`, { body: form });
}

/** How long it is stands in the type of the kept file: `audio/webm;seconds=23`. */
async function sendVoice(caller: Caller, pace: Pace, op: Op, file: StoredFile, bytes: Uint8Array): Promise<void> {
  const [casefileId, { sha256, type }] = [op.params.id ?? op.target, file];
  const about = { casefileId, stage: 'report', sha256, kind: 'voice' };
  const begun = await begin(caller, about, bytes.byteLength);
  // A server from before there were recordings: it is tried again when there is a newer one.
  if (begun === null) throw new Refused(503, { code: 'voice.unknown', title: '', detail: '' });
  await sendRest(caller, pace, begun, bytes);
  const seconds = Number(/;seconds=(\d+)/.exec(type)?.[1] ?? 0);
  const commandId = await idOf(`${op.commandId} ${sha256}`);
  const path = `/api/casefiles/${casefileId}/voices/uploaded`;
  const taken = await send<{ sha256: string }>(caller, path, { commandId, sha256, seconds });
  if (taken.sha256 !== sha256) throw new Error('the server took other bytes');
}

async function sendRest(caller: Caller, pace: Pace, begun: Begun, bytes: Uint8Array): Promise<void> {
  for (let { offset } = begun; offset < bytes.byteLength; ) {
    const [start, piece] = [performance.now(), bytes.subarray(offset, offset + pace.bytes)];
    offset = await sendPiece(caller, begun.address, offset, piece);
    pace.bytes = paced(pace, piece.byteLength, performance.now() - start);
  }
}

const tus = { 'tus-resumable': '1.0.0' };

interface Begun {
  readonly address: string;
  readonly offset: number;
}

/** Null: a server from before photos went in pieces. */
async function begin(caller: Caller, about: Readonly<Record<string, string>>, size: number): Promise<Begun | null> {
  const metadata = Object.entries(about).map(([name, value]) => `${name} ${btoa(value)}`);
  const headers = { ...tus, 'upload-length': String(size), 'upload-metadata': metadata.join(',') };
  const answer = await caller('/api/uploads', { method: 'POST', headers });
  const refused = answer.ok ? null : await refusalIn(answer);
  if (refused?.code === 'http.not_found') return null;
  if (refused) throw refused;
  return { address: answer.headers.get('location') ?? '', offset: offsetIn(answer) };
}

/** With what it must hash to: what a proxy on the way changed is not taken, and only that piece goes again. */
async function sendPiece(caller: Caller, address: string, offset: number, piece: Uint8Array): Promise<number> {
  const body = new Uint8Array(piece);
  const sum = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', body))));
  const about = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
  const headers = { ...tus, ...about, 'upload-checksum': `sha256 ${sum}` };
  for (let sendings = 1; ; sendings += 1) {
    const answer = await caller(address, { method: 'PATCH', headers, body });
    if (answer.ok) {
      const now = offsetIn(answer);
      if (now <= offset) throw new Error('the server took nothing');
      return now;
    }
    if (answer.status !== MISMATCH || sendings === MOST_SENDINGS) throw await refusalIn(answer);
  }
}

/** Of tus: this piece is not what its checksum says. */
const MISMATCH = 460;

const offsetIn = ({ headers }: Response): number => Number(headers.get('upload-offset') ?? Number.NaN) || 0;

/** Under an id that follows from the bytes' record: sent again after a lost answer, it adds nothing. */
async function sendWhole(
  caller: Caller,
  record: string,
  fields: Readonly<Record<'stage' | 'commandId', string>>,
  file: StoredFile,
  bytes: Uint8Array,
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.append('photos', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), `${file.sha256.slice(0, 12)}.jpg`);
  requireTaken(await ask<Taken>(caller, `${record}/photos`, { body: form }), file);
}

function requireTaken({ photos }: Taken, file: StoredFile): void {
  const [taken] = photos;
  if (taken?.problem) {
    const { code, title, hint } = taken.problem;
    throw new Refused(isForNow(code) ? 503 : 422, { code, title: title.zh, detail: hint.zh });
  }
  if (taken?.sha256 !== file.sha256) throw new Error('the server took other bytes');
}

/** A name made of what it names, in the shape of an id. */
async function idOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const hex = [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
