import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Look, lookChoices } from '../../web/ui/look.ts';
import { readForm } from '../app.ts';

/** How somebody wants the public pages: large letters, dark or light, the language. Kept in their own browser. */
const YEAR_S = 365 * 86_400;

export function lookOf({ cookies }: Pick<FastifyRequest, 'cookies'>): Look {
  const chosen = (name: keyof typeof lookChoices): string =>
    lookChoices[name].find((value) => value === cookies[name]) ?? '';
  return { isBig: chosen('size') === 'big', theme: chosen('theme') };
}

/** Each button of the form says one thing; then back to the page it was pressed on. */
export async function takeLook(request: FastifyRequest, reply: FastifyReply, publicUrl: string) {
  const { fields } = await readForm(request);
  const secure = publicUrl.startsWith('https:');
  for (const [name, values] of Object.entries(lookChoices)) {
    const value = values.find((one) => one === fields[name]);
    if (value === undefined) continue;
    reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: YEAR_S });
  }
  return reply.redirect(pageBefore(request), 303);
}

/** Only a path of ours: nobody is sent anywhere else by this. */
function pageBefore({ headers: { referer, host } }: FastifyRequest): string {
  if (!referer || !URL.canParse(referer)) return '/';
  const { host: from, pathname, search } = new URL(referer);
  return from === host && !pathname.startsWith('//') ? `${withoutAct(pathname)}${search}` : '/';
}

/** The answer to a refused act stands at an address that only takes acts: what it was about has the one before it. */
const withoutAct = (path: string): string => path.replace(/^(\/track\/[^/]+)\/[^/]+\/?$/, '$1');
