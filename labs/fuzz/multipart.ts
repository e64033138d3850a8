import { toText } from './markers.ts';

/** A form with files, as a browser writes it. */
const BOUNDARY = '----jingwei-fuzz';

export class FuzzFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  constructor(name: string, type: string, bytes: Buffer) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
  }
}

export function multipart(value: unknown): { bytes: Buffer; type: string } {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const parts = entries.flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).map((part: unknown) => {
      const as = `name="${clean(name)}"`;
      if (part instanceof FuzzFile) return partOf(`${as}; filename="${clean(part.name)}"`, part.bytes, part.type);
      return partOf(as, Buffer.from(typeof part === 'string' ? part : toText(part)));
    }),
  );
  return {
    bytes: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    type: `multipart/form-data; boundary=${BOUNDARY}`,
  };
}

const partOf = (disposition: string, bytes: Buffer, type?: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; ${disposition}\r\n${type ? `content-type: ${type}\r\n` : ''}\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);

const clean = (name: string): string => name.replace(/["\r\n]/g, '_');
