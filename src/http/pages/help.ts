import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { marked } from 'marked';
import { Problem } from '../../kernel/problem.ts';
import { packageRoot } from '../../kernel/root.ts';
import { helpPage } from '../../web/portal/help.pages.ts';
import { sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import type { PageRoom } from './portal.ts';
import { frameOf } from './portal.ts';

/** The handbook as it lies in the documents, one page for each role: read once, shown to anybody. */
export const HANDBOOK = join(packageRoot, 'docs', 'guides', 'zh');

export function addHelp(app: FastifyInstance, room: PageRoom): void {
  const read = new Map<string, { title: string; body: string }>();
  app.get('/help', async (request, reply) =>
    sendPage(reply, 200, helpPage(await frameOf(room, request), chapter(read, 'README'))),
  );
  app.get('/help/:page', async (request, reply) => {
    const { page } = request.params as { page: string };
    return sendPage(reply, 200, helpPage(await frameOf(room, request), chapter(read, page)));
  });
}

function chapter(read: Map<string, { title: string; body: string }>, name: string) {
  const known = read.get(name);
  if (known) return known;
  const file = join(HANDBOOK, `${name}.md`);
  if (!/^[\w-]{1,40}$/.test(name) || !existsSync(file)) throw new Problem(httpProblems['http.not_found']);
  const text = readFileSync(file, 'utf8');
  const made = { title: /^# (.+)$/m.exec(text)?.[1] ?? name, body: asPage(text) };
  read.set(name, made);
  return made;
}

/** In the documents a chapter is called by its file, on the site by its address. */
const asPage = (text: string): string =>
  marked
    .parse(
      text.replaceAll(/\]\((?:README|([\w-]+))\.md\)/g, (_, page?: string) => `](/help${page ? `/${page}` : ''})`),
      {
        async: false,
      },
    )
    .replaceAll('<img src="pictures/', '<img loading="lazy" src="/help/pictures/');
