import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Op } from '../../src/web/field/engine/contract.ts';
import { Refused, type StoredFile, type Wire } from '../../src/web/field/engine/ports.ts';
import type { PushRequest, Verdict } from '../../src/web/field/engine/protocol.ts';

/** The way from a phone to the server, on which things get lost, come twice, late and out of order. */
export interface Link {
  readonly wire: Wire;
  /** What has not arrived yet arrives now, whoever still waits for it. */
  deliverLate(): Promise<void>;
}

export interface LinkOptions {
  readonly app: () => FastifyInstance;
  readonly token: string;
  readonly chance: () => number;
  readonly isPerfect: () => boolean;
  /** The control: every sending goes under ids of its own, as where they count for nothing. */
  readonly forgetful: boolean;
  /** Under which ids a command was sent. */
  readonly aliases: Map<string, Set<string>>;
}

const lost = (): Error => new Error('no answer');

export function openLink({ app, token, chance, isPerfect, forgetful, aliases }: LinkOptions): Link {
  const late: (() => Promise<unknown>)[] = [];
  let nextSeq = 1;
  const ask = async <T>(path: string, payload: object, more: Readonly<Record<string, string>> = {}): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, ...more };
    const answer = await app().inject({ method: 'POST', url: path, payload, headers });
    if (answer.statusCode !== 200) throw new Refused(answer.statusCode, answer.json());
    return answer.json() as T;
  };
  const travel = async <T>(send: () => Promise<T>): Promise<T> => {
    if (isPerfect()) return send();
    const fate = chance();
    if (fate < 0.08) throw lost();
    if (fate < 0.16) {
      await send().catch(() => undefined);
      throw lost();
    }
    if (fate < 0.22) {
      late.push(send);
      throw lost();
    }
    if (fate < 0.3) {
      const [, second] = await Promise.allSettled([send(), send()]);
      if (second.status === 'rejected') throw second.reason;
      return second.value;
    }
    return send();
  };
  const note = (id: string, alias: string): void => {
    aliases.set(id, (aliases.get(id) ?? new Set()).add(alias));
  };
  const push = async (body: PushRequest) => {
    const names = new Map<string, string>();
    const ops = body.ops.map((op) => {
      const alias = forgetful ? randomUUID() : op.commandId;
      note(op.commandId, alias);
      names.set(alias, op.commandId);
      return forgetful ? { ...op, commandId: alias, seq: nextSeq++ } : op;
    });
    const answer = await ask<{ verdicts: Verdict[]; acknowledged: number; serverTime: string }>('/api/sync/push', {
      ...{ ...body, ops },
    });
    const verdicts = answer.verdicts.map((it) => ({ ...it, commandId: names.get(it.commandId) ?? it.commandId }));
    return { ...answer, verdicts };
  };
  const sendFile = async ({ commandId, target }: Op, { sha256 }: StoredFile, bytes: Uint8Array): Promise<void> => {
    const form = new FormData();
    form.set('stage', 'report');
    form.set('commandId', idOf(`${commandId} ${sha256}`));
    form.append('photos', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'photo.jpg');
    const request = new Request('http://localhost/', { method: 'POST', body: form });
    const type = { 'content-type': request.headers.get('content-type') ?? '' };
    const payload = Buffer.from(await request.arrayBuffer());
    const { photos } = await ask<{ photos: Taken[] }>(`/api/casefiles/${target}/photos`, payload, type);
    const problem = photos[0]?.problem;
    if (problem) throw new Refused(503, { code: problem.code, title: problem.title.zh, detail: '' });
  };
  return {
    wire: {
      register: (body) => travel(() => ask('/api/devices', body)),
      push: (body) => travel(() => push(body)),
      pull: (body) => travel(() => ask('/api/sync/pull', body)),
      sendFile: (...file) => travel(() => sendFile(...file)),
    },
    async deliverLate() {
      for (const send of late.splice(0).reverse()) await send().catch(() => undefined);
    },
  };
}

interface Taken {
  readonly problem: { readonly code: string; readonly title: { readonly zh: string } } | null;
}

/** As on the phone: sent again after a lost answer it is the same. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
