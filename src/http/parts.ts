import type { FastifyRequest } from 'fastify';
import type { UploadedFile } from '../kernel/endpoint.ts';
import { Problem } from '../kernel/problem.ts';
import { httpProblems } from './problems.ts';

/** Of one request, in memory at once. */
const MOST_UPLOADED = 60 * 1024 * 1024;

export interface Parts {
  readonly fields: Record<string, string>;
  readonly files: UploadedFile[];
}

/** A form with files. One that breaks off, or does not say where its parts end, is the sender's to mend. */
export async function readParts(request: FastifyRequest): Promise<Parts> {
  try {
    return await read(request);
  } catch (error) {
    const isKnown = error instanceof Problem || (error as { statusCode?: number }).statusCode !== undefined;
    throw isKnown ? error : new Problem(httpProblems['input.form_broken']);
  }
}

async function read(request: FastifyRequest): Promise<Parts> {
  const fields = new Map<string, string>();
  const files: UploadedFile[] = [];
  let bytes = 0;
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      // Of a field where nobody chose a file the parser gives no name at all.
      files.push({ name: part.filename ?? '', bytes: await part.toBuffer(), field: part.fieldname });
      bytes += files.at(-1)?.bytes.length ?? 0;
      if (bytes > MOST_UPLOADED) throw new Problem(httpProblems['input.too_large']);
    } else {
      // A part that calls itself JSON would come as what it says, which is no field of a form.
      if (typeof part.value !== 'string') throw new Problem(httpProblems['input.form_broken']);
      const earlier = fields.get(part.fieldname);
      fields.set(part.fieldname, earlier === undefined ? part.value : `${earlier},${part.value}`);
    }
  }
  return { fields: Object.fromEntries(fields), files };
}
