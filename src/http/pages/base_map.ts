import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type BaseMap, configProblems } from '../../kernel/config.ts';
import { Problem } from '../../kernel/problem.ts';
import type { DeskMap } from '../../web/console/console.pages.ts';
import { readToken } from '../app.ts';
import type { PageRoom } from './portal.ts';

/** The base map of a deployment, if it has one: a file of its own is given in pieces, to whoever is signed in. */
const FILE = '/assets/base.pmtiles';

export function addBaseMap(app: FastifyInstance, room: PageRoom, map: BaseMap | null): void {
  if (map?.kind !== 'file') return;
  if (!existsSync(map.from)) throw new Problem(configProblems['config.invalid'], {}, [missing]);
  app.get(FILE, async (request, reply) => {
    const device = request.headers['user-agent'] ?? '';
    await room.call('me.read', { token: readToken(request).token, address: request.ip, device });
    // Asked for again each time, so that whoever signed out gets no more of it.
    reply.header('cache-control', 'private, no-cache');
    return reply.sendFile(basename(map.from), dirname(map.from), { cacheControl: false });
  });
}

const missing = {
  path: 'JINGWEI_MAP',
  says: { zh: '没有这个文件', en: 'there is no such file' },
};

export const deskMapOf = (map: BaseMap | null): DeskMap | null =>
  map && { kind: map.kind, url: map.kind === 'file' ? FILE : map.from, credit: map.credit };

/** The server that the page's policy has to let in; null: none. */
export const tileServerOf = (map: BaseMap | null): string | null =>
  map?.kind === 'tiles' ? new URL(map.from).origin : null;
