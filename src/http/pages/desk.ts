import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BaseMap } from '../../kernel/config.ts';
import { packageRoot } from '../../kernel/root.ts';
import type { DeskFrame } from '../../web/console/console.pages.ts';
import { shellPage } from '../../web/console/shell.pages.ts';
import { sendPage } from '../app.ts';
import { contentPolicy } from '../guards.ts';
import { deskMapOf, tileServerOf } from './base_map.ts';
import { isPlain, PLAIN } from './viewer.ts';

/** Where browsers get the built desk from. */
export const DESK_FILES = '/assets/desk/';

export interface BuiltDesk {
  readonly folder: string;
  readonly script: string;
  readonly sheets: readonly string[];
}

/** What the build left; null: it was not built, and the plain pages serve. */
export function findDesk(): BuiltDesk | null {
  const folder = join(packageRoot, 'dist', 'web');
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) return null;
  const chunks = JSON.parse(readFileSync(manifest, 'utf8')) as Record<
    string,
    { file: string; isEntry?: boolean; css?: string[] }
  >;
  const entry = Object.values(chunks).find((chunk) => chunk.isEntry);
  return entry ? { folder, script: entry.file, sheets: entry.css ?? [] } : null;
}

/** `?plain=1` asks for the pages that work without script, until the browser is closed; `?plain=0` takes it back. */
export function wantsPlain(request: FastifyRequest, reply: FastifyReply): boolean {
  const { plain } = request.query as { plain?: string };
  if (plain === '1') reply.setCookie(PLAIN, '1', { path: '/console', sameSite: 'strict', httpOnly: true });
  if (plain === '0') reply.clearCookie(PLAIN, { path: '/console' });
  return isPlain(request);
}

interface ShellOptions {
  readonly map?: BaseMap | null;
  readonly publicUrl: string;
  readonly nonce: string;
}

/** The frame of the desk; its styles are its own, told by a number that nobody can know before. */
export function sendShell(reply: FastifyReply, desk: BuiltDesk, frame: DeskFrame, given: ShellOptions): FastifyReply {
  const { nonce, publicUrl, map = null } = given;
  const files = { script: DESK_FILES + desk.script, sheets: desk.sheets.map((sheet) => DESK_FILES + sheet) };
  reply.header('content-security-policy', contentPolicy(publicUrl, nonce, tileServerOf(map)));
  return sendPage(reply, 200, shellPage({ ...frame, map: deskMapOf(map) }, files, nonce));
}
