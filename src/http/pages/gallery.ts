import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fixedFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isNarrow } from '../../kernel/entrance.ts';
import { Problem } from '../../kernel/problem.ts';
import { packageRoot } from '../../kernel/root.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import { fieldShell } from '../../web/field/shell.pages.ts';
import { galleryPage } from '../../web/portal/gallery.pages.ts';
import { languageOf, readToken, sendPage } from '../app.ts';
import { httpProblems } from '../problems.ts';
import { type BuiltDesk, sendShell } from './desk.ts';
import { lookOf } from './look.ts';
import type { PageRoom } from './portal.ts';
import { frameOf } from './viewer.ts';

/**
 * Every shared component in its states, made of the real ones, for whoever builds or judges them. It shows nobody's data
 * and stands for no work: so it is there for a signed-in administrator, and for everybody else there is no such address.
 */
const PREFIX = '/assets/gallery/';
const folder = join(packageRoot, 'dist', 'gallery');

export function addGallery(
  app: FastifyInstance,
  room: PageRoom,
  { desk, publicUrl }: { readonly desk: BuiltDesk | null; readonly publicUrl: string },
): void {
  const forAdmin =
    (show: (frame: Admin, request: FastifyRequest, reply: FastifyReply) => FastifyReply) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      show(await requireAdmin(room, request), request, reply);
  app.get(
    '/_gallery',
    forAdmin((frame, request, reply) => sendPage(reply, 200, galleryPage({ ...frame, look: lookOf(request) }))),
  );
  if (desk)
    app.get(
      '/_gallery/desk',
      forAdmin((frame, _request, reply) =>
        sendShell(reply, desk, frame, { publicUrl, nonce: room.runtime.ids.bytes(18).toString('base64') }),
      ),
    );
  const field = fieldFiles();
  if (!field) return;
  void app.register(fixedFiles, { root: folder, prefix: PREFIX, decorateReply: false, maxAge: '1h' });
  app.get(
    '/_gallery/field',
    forAdmin(({ county, zone }, request, reply) =>
      sendPage(reply, 200, fieldShell({ county, zone, release: 'gallery' }, field, languageOf(request))),
    ),
  );
}

type Admin = DeskFrame & { readonly me: NonNullable<DeskFrame['me']> };

async function requireAdmin(room: PageRoom, request: FastifyRequest): Promise<Admin> {
  const { token } = readToken(request);
  if (token !== null && isNarrow(token)) throw new Problem(httpProblems['http.not_found']);
  const frame = await frameOf(room, request);
  const { me } = frame;
  if (!me?.posts.some(({ role }) => role === 'admin')) throw new Problem(httpProblems['http.not_found']);
  return { ...frame, me };
}

/** What the build made of the field app's part; null: it was not built. */
function fieldFiles(): { script: string; sheets: readonly string[] } | null {
  const names = existsSync(join(folder, 'assets')) ? readdirSync(join(folder, 'assets')) : [];
  const script = names.find((name) => name.endsWith('.js'));
  if (!script) return null;
  const sheets = names.filter((name) => name.endsWith('.css')).map((name) => `${PREFIX}assets/${name}`);
  return { script: `${PREFIX}assets/${script}`, sheets: ['/assets/tokens.css', ...sheets] };
}
