import { v7 } from 'uuid';
import type { Words } from '../../kernel/words.ts';

/** The server said no, in words for a person; nothing was changed. */
export class Refused extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly says: string }[];

  constructor(status: number, body: Partial<Pick<Refused, 'title' | 'detail' | 'code' | 'errors'>>) {
    super(body.code ?? String(status));
    this.status = status;
    this.title = body.title ?? String(status);
    this.detail = body.detail ?? '';
    this.code = body.code ?? `http.${status}`;
    this.errors = body.errors ?? [];
  }
}

/** No answer came. What was typed is still there; the same command may be sent again, and counts once. */
export class NotSent extends Error {}

export const notSentWords: { readonly title: Words; readonly detail: Words } = {
  title: { zh: '没有发出', en: 'It was not sent' },
  detail: {
    zh: '网络不通，填写的内容还在这里。恢复后再按一次，不会重复。',
    en: 'There is no connection. What you wrote is still here: press again when it is back, it counts once.',
  },
};

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const answer = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => {
    throw new NotSent(path);
  });
  const body: unknown = await answer.json().catch(() => null);
  // A proxy that gave up, or an answer cut off: nobody knows what the server made of it.
  if (body === null || (!answer.ok && (body as Partial<Refused>).code === undefined)) throw new NotSent(path);
  if (!answer.ok) throw new Refused(answer.status, body as Partial<Refused>);
  return body as T;
}

/** It may have been carried out all the same: it is sent again under the same id, so that it counts once. */
export const isUnsure = (error: unknown): boolean =>
  error instanceof NotSent || (error instanceof Refused && error.status >= 500);

export const get = <T>(path: string): Promise<T> => call<T>(path, {});

export const post = <T>(path: string, body: object): Promise<T> =>
  call<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const upload = <T>(path: string, form: FormData): Promise<T> => call<T>(path, { method: 'POST', body: form });

/** Made once for each thing a person wants done, and kept while it is tried again. */
export const newCommandId = (): string => v7();
