import { join } from 'node:path';
import fixedFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../kernel/root.ts';
import { type BuiltDesk, DESK_FILES } from './pages/desk.ts';
import { type BuiltField, FIELD_FILES } from './pages/field.ts';
import { HANDBOOK } from './pages/help.ts';

interface Built {
  readonly desk?: BuiltDesk | null;
  readonly field?: BuiltField | null;
}

/** What browsers get as it lies on the disk: the few files of `public/`, and what the build made of the web. */
export async function addFixedFiles(app: FastifyInstance, { desk, field }: Built): Promise<void> {
  await app.register(fixedFiles, {
    root: join(packageRoot, 'public'),
    prefix: '/assets/',
    cacheControl: true,
    maxAge: '1h',
  });
  await app.register(fixedFiles, {
    root: join(HANDBOOK, 'pictures'),
    prefix: '/help/pictures/',
    decorateReply: false,
    maxAge: '1h',
  });
  const built = [[desk, DESK_FILES] as const, [field, FIELD_FILES] as const];
  for (const [files, prefix] of built)
    if (files)
      await app.register(fixedFiles, {
        root: files.folder,
        prefix,
        decorateReply: false,
        preCompressed: true,
        // A name says what is in the file: what is new has another.
        cacheControl: true,
        immutable: true,
        maxAge: '365d',
      });
}
