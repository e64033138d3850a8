import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  beginUpload,
  checksumIn,
  checksumKinds,
  type Door,
  dropUpload,
  findUpload,
  type PhotoRoom,
  photoLimits,
  takePiece,
  uploading,
  uploadProblems,
} from '../domains/work/photos/index.ts';
import { bySession, entranceProblems, isOfCollect } from '../kernel/entrance.ts';
import { Problem } from '../kernel/problem.ts';
import type { Runtime } from '../kernel/runtime.ts';
import { type HttpOptions, readToken } from './app.ts';
import { admit, realmOfToken } from './calls.ts';
import { type Load, shedLoad } from './guards.ts';

/**
 * Photos in pieces over tus 1.0.0 (tus.io/protocols/resumable-upload, core with creation, termination and checksum). Beyond what
 * the protocol asks, creating the same upload again tells how much of it is here, so that a phone has nothing to remember.
 */
const VERSION = '1.0.0';
const PATH = '/api/uploads';
const PIECES = 'application/offset+octet-stream';

export function addUploads(
  app: FastifyInstance,
  runtime: Runtime,
  room: PhotoRoom,
  options: HttpOptions,
  load: Load,
): void {
  app.register((tus, _options, ready) => {
    // Handed on as they come: what is cut off half-way is kept.
    tus.addContentTypeParser(PIECES, (_request, pieces, done) => done(null, pieces));
    tus.addHook('onRequest', async (request, reply) => {
      reply.headers({ 'tus-resumable': VERSION, 'cache-control': 'no-store' });
      if (options.limits) shedLoad(load, uploading.lane);
      if (request.method !== 'OPTIONS' && request.headers['tus-resumable'] !== VERSION) {
        reply.header('tus-version', VERSION);
        throw new Problem(uploadProblems['upload.unreadable']);
      }
    });
    const doorOf = (request: FastifyRequest): Door => ({ runtime, room, ...entering(runtime, options, request) });

    tus.options(PATH, async (_request, reply) => {
      reply.headers({ 'tus-version': VERSION, 'tus-extension': 'creation,termination,checksum' });
      reply.header('tus-checksum-algorithm', checksumKinds.join(','));
      return reply.header('tus-max-size', photoLimits.fileBytes).code(204).send();
    });
    tus.post(PATH, async (request, reply) => {
      const { uploadId, offset } = await beginUpload(doorOf(request), told(request));
      reply.headers({ location: `${PATH}/${uploadId}`, 'upload-offset': offset });
      return reply.code(201).send();
    });
    tus.head<OneUpload>(`${PATH}/:uploadId`, async (request, reply) => {
      const { about, offset } = await findUpload(doorOf(request), request.params.uploadId);
      return reply.headers({ 'upload-offset': offset, 'upload-length': about.size }).code(200).send();
    });
    tus.patch<OneUpload>(`${PATH}/:uploadId`, async (request, reply) => {
      const from = Number(request.headers['upload-offset'] ?? Number.NaN);
      if (request.headers['content-type'] !== PIECES || !Number.isSafeInteger(from))
        throw new Problem(uploadProblems['upload.unreadable']);
      const checksum = checksumIn(request.headers['upload-checksum']?.toString());
      const piece = { from, checksum, bytes: request.body as Readable };
      const offset = await takePiece(doorOf(request), request.params.uploadId, piece);
      return reply.header('upload-offset', offset).code(204).send();
    });
    tus.delete<OneUpload>(`${PATH}/:uploadId`, async (request, reply) => {
      await dropUpload(doorOf(request), request.params.uploadId);
      return reply.code(204).send();
    });
    ready();
  });
}

interface OneUpload {
  Params: { uploadId: string };
}

function entering(runtime: Runtime, options: HttpOptions, request: FastifyRequest): Pick<Door, 'enter' | 'admit'> {
  const { token } = readToken(request);
  if (token === null) throw new Problem(entranceProblems['session.ended']);
  if (isOfCollect(token)) throw new Problem(entranceProblems['session.of_phone']);
  return {
    enter: () => bySession(realmOfToken(token), token, runtime.clock.now()),
    admit: (ctx) => admit(uploading, ctx, options),
  };
}

/** `casefileId MTQw…,stage YWZ0ZXI=`: what a tus client says of its file, each value in base 64. */
function told({ headers }: FastifyRequest): Record<string, string | undefined> {
  const pairs = String(headers['upload-metadata'] ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '));
  const said = pairs.flatMap(([name = '', value = '']) => (name === '' ? [] : [[name, fromBase64(value)] as const]));
  return { ...Object.fromEntries(said), size: headers['upload-length']?.toString() };
}

const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
