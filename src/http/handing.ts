import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FoundFile } from '../kernel/endpoint.ts';

/** Answers that are more than a few lines of JSON. */
const packed = promisify(gzip);

/** Long and alike in its lines: a phone on a slow link gets it packed. */
export async function sendPacked(found: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const text = Buffer.from(JSON.stringify(found));
  reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(text);
  return reply.header('content-encoding', 'gzip').send(await packed(text));
}

/** Bytes that were a stranger's: never run, never shown as anything but what they are, kept by the viewer's browser only. */
export async function handOut(
  { etag, name, open }: FoundFile,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('content-security-policy', "default-src 'none'; sandbox");
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const { type, bytes, name: now = name } = await open();
  reply.type(type);
  if (now === undefined) return reply.send(bytes);
  reply.header('content-disposition', saveAs(now)).header('accept-ranges', 'bytes');
  return sendRange(bytes, request.headers.range, reply);
}

/** In any script: those that cannot read the second part get one in plain letters. */
const saveAs = (name: string): string => {
  const plain = name.replace(/[^\w.-]+/g, '_');
  const exact =
    plain === name
      ? ''
      : `; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
  return `attachment; filename="${plain}"${exact}`;
};

/** A player asks for a part, so that one may listen from the middle; some play nothing unless they get it. */
function sendRange(bytes: Buffer, asked: string | undefined, reply: FastifyReply): FastifyReply {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked ?? '') ?? [];
  if (from === '' && to === '') return reply.send(bytes);
  const begin = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from);
  const end = Math.min(from === '' || to === '' ? bytes.length - 1 : Number(to), bytes.length - 1);
  if (begin > end) return reply.code(416).header('content-range', `bytes */${bytes.length}`).send();
  reply.code(206).header('content-range', `bytes ${begin}-${end}/${bytes.length}`);
  return reply.send(bytes.subarray(begin, end + 1));
}
