import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { languageOf } from '../app.ts';

/** Whoever was signed out in the middle of something: what became of it, and where they go on. */
const isAsking = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** A form that was sent when its sender was signed out: carried through signing in, and sent on by one press. */
export interface Kept {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

const LONGEST = 100_000;
/** What nobody's page should hold a second longer. */
const SECRET = /^(password|again|old|fresh|code|token)$/;

/** Texts only: files are chosen again, and what is secret is typed again. */
export function keptOf(request: FastifyRequest): Kept | null {
  if (request.method !== 'POST' || request.isMultipart()) return null;
  const fields = Object.entries(request.body ?? {});
  const isPlain = fields.every(([name, value]) => typeof value === 'string' && !SECRET.test(name));
  const path = request.url.split('?', 1)[0] ?? '';
  const kept = { path, fields: Object.fromEntries(fields) as Record<string, string> };
  return isPlain && fields.length > 0 && isOfDesk(path) && JSON.stringify(kept).length <= LONGEST ? kept : null;
}

/** As it came back with the sign-in; whatever else stands there is nothing. */
export function keptIn(text: string | undefined): Kept | null {
  const read = keptForm.safeParse(jsonIn(text ?? ''));
  return read.success && isOfDesk(read.data.path) && (text ?? '').length <= LONGEST ? read.data : null;
}

const keptForm = z.strictObject({ path: z.string().max(500), fields: z.record(z.string(), z.string()) });
const isOfDesk = (path: string): boolean => path !== HOME && deskPath(path) === path;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A page without script sends what was typed and is gone: only what is carried through signing in is left. */
export function whatIsLeft(request: FastifyRequest): string {
  if (keptOf(request) !== null) return carried[languageOf(request)];
  const words = isAsking(request)
    ? {
        zh: '还没有登录，或者登录已经过期。登录后回到这一页。',
        en: 'You are not signed in, or your sign-in has expired. Sign in and you are back on this page.',
      }
    : {
        zh: '登录已经过期，刚才填的没有保存，这里也没有留下。登录后回到那一页，请重新填。',
        en: 'Your sign-in has expired. What you had typed was not saved and is not kept here. Sign in, and type it again on the page you come back to.',
      };
  return words[languageOf(request)];
}

const carried = {
  zh: '登录已经过期，刚才填的还没有保存，但都在这一页里：登录后按一下就接着提交。',
  en: 'Your sign-in has expired. What you typed is not saved yet, and is carried by this page: sign in, and send it with one press.',
};

/** The page that was asked for, or the one from which something was sent. */
export function pageToGoOn(request: FastifyRequest): string {
  if (isAsking(request)) return deskPath(request.url);
  const { referer, host } = request.headers;
  if (!referer || !URL.canParse(referer)) return HOME;
  const from = new URL(referer);
  if (from.host !== host) return HOME;
  // A form that was refused before stands at an address that only takes forms; its page has the one before it.
  const isAct = from.pathname === request.url.split('?', 1)[0];
  return deskPath(isAct ? from.pathname.replace(/\/[^/]+$/, '') : `${from.pathname}${from.search}`);
}

const HOME = '/console';

/** An address of the desk, without what was said there the last time; nobody is sent anywhere else by this. */
export function deskPath(path = HOME): string {
  if (!/^\/console([/?]|$)/.test(path) || /[\\\p{Cc}]/u.test(path) || path.length > 500) return HOME;
  const { pathname, searchParams } = new URL(path, 'http://desk');
  if (!/^\/console(\/|$)/.test(pathname) || /^\/console\/sign-/.test(pathname)) return HOME;
  searchParams.delete('done');
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams.toString()}`;
}
