import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../../kernel/root.ts';
import { fieldManifest, fieldShell } from '../../web/field/shell.pages.ts';
import { tokenSheet } from '../../web/ui/sheet.ts';
import { languageOf } from '../app.ts';
import { devicesOf, policyOf, policyText } from '../guards.ts';
import type { PageRoom } from './portal.ts';

/** Where phones get the built field app from. */
export const FIELD_FILES = '/assets/field/';

/** The field app as it was built; the release is named by what is in it. */
export interface BuiltField {
  readonly folder: string;
  readonly script: string;
  readonly sheets: readonly string[];
  /** What is loaded when it is wanted; kept with the rest for when there is no network. */
  readonly later: readonly string[];
  /** The text of the service worker, before it is told its release. */
  readonly worker: string;
  readonly release: string;
}

/** What the build left; null: it was not built, and phones are sent to the plain pages. */
export function findField(): BuiltField | null {
  const folder = join(packageRoot, 'dist', 'field');
  const [manifest, worker] = [join(folder, 'manifest.json'), join(folder, 'worker.js')];
  if (!existsSync(manifest) || !existsSync(worker)) return null;
  const text = readFileSync(manifest, 'utf8');
  const chunks = JSON.parse(text) as Record<string, { file: string; isEntry?: boolean; css?: string[] }>;
  const later = Object.values(chunks).flatMap(({ file, isEntry, css = [] }) => (isEntry ? [] : [file, ...css]));
  const entry = Object.values(chunks).find((chunk) => chunk.isEntry);
  if (!entry) return null;
  const told = readFileSync(worker, 'utf8');
  const files = { script: entry.file, sheets: entry.css ?? [], later: [...new Set(later)] };
  const shell = fieldShell({ county: '', zone: '', release: '' }, files, 'zh');
  const parts = [text, told, shell, tokenSheet];
  const release = parts
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 12);
  return { folder, ...files, worker: told, release };
}

const besides = ['/assets/oldest.js', '/assets/field-192.png', '/assets/field-512.png', '/assets/icon.svg'];

export function addField(app: FastifyInstance, room: PageRoom, given: { field: BuiltField | null; publicUrl: string }) {
  const { field, publicUrl } = given;
  const policy = policyText({
    ...policyOf(publicUrl),
    // Photos and recordings that are still on the phone have an address of the page's own making.
    imgSrc: ["'self'", 'data:', 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
  });
  if (!field) {
    app.get('/field', async (_request, reply) => reply.redirect('/console', 303));
    return;
  }
  const script = FIELD_FILES + field.script;
  const sheets = ['/assets/tokens.css', ...field.sheets.map((sheet) => FIELD_FILES + sheet)];
  for (const path of ['/field', '/field/*'])
    app.get(path, async (request, reply) => {
      const { name: county, zone } = await room.county();
      const shell = fieldShell({ county, zone, release: field.release }, { script, sheets }, languageOf(request));
      return reply
        .header('content-security-policy', policy)
        .header('permissions-policy', devicesOf({ microphone: true }))
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(shell);
    });
  app.get('/field/manifest.webmanifest', async (_request, reply) =>
    reply
      .type('application/manifest+json')
      .header('cache-control', 'max-age=3600')
      .send(JSON.stringify(fieldManifest((await room.county()).name))),
  );
  app.get('/field/worker.js', async (_request, reply) => {
    const parts = field.later.map((file) => FIELD_FILES + file);
    const files = ['/field', script, ...sheets, ...parts, '/field/manifest.webmanifest', ...besides];
    const told = `self.release=${JSON.stringify({ name: field.release, files })};\n`;
    return reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('service-worker-allowed', '/field')
      .send(told + field.worker);
  });
}
