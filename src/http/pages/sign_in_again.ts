import type { FastifyRequest } from 'fastify';
import { languageOf } from '../app.ts';

/** Whoever was signed out in the middle of something: what became of it, and where they go on. */
const isAsking = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** A page without script sends what was typed and is gone: nothing of it is left here. */
export function whatIsLeft(request: FastifyRequest): string {
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
