import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  readonly name: string;
  readonly data: Uint8Array;
  /** What the directory says, when the data is deflated already (a bomb is not unpacked to be made). */
  readonly deflated?: { readonly size: number; readonly crc: number };
}

interface Oddities {
  readonly stored?: boolean;
  /** Sizes stand behind the data, as streaming writers do. */
  readonly sizesBehind?: boolean;
}

function entry(part: Part, offset: number, odd: Oddities): { local: Buffer; central: Buffer } {
  const name = Buffer.from(part.name);
  const body = part.deflated || odd.stored ? Buffer.from(part.data) : deflateRawSync(part.data);
  const size = part.deflated?.size ?? part.data.length;
  const crc = part.deflated?.crc ?? crc32(part.data);
  const fixed = Buffer.alloc(26);
  fixed.writeUInt16LE(20, 0);
  fixed.writeUInt16LE(0x800 | (odd.sizesBehind ? 8 : 0), 2);
  fixed.writeUInt16LE(odd.stored ? 0 : 8, 4);
  fixed.writeUInt16LE(0, 6);
  fixed.writeUInt16LE(0x5c21, 8);
  fixed.writeUInt32LE(crc, 10);
  fixed.writeUInt32LE(body.length, 14);
  fixed.writeUInt32LE(size, 18);
  fixed.writeUInt16LE(name.length, 22);
  const behind = Buffer.alloc(odd.sizesBehind ? 16 : 0);
  const before = Buffer.from(fixed);
  if (odd.sizesBehind) {
    behind.writeUInt32LE(0x08074b50, 0);
    fixed.copy(behind, 4, 10, 22);
    before.fill(0, 10, 22);
  }
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), before, name, body, behind]),
    central: Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fixed, tail, name]),
  };
}

/** A zip by hand: what a library would put right is left as it is. */
export function zip(parts: readonly Part[], odd: Oddities = {}): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { local, central } = entry(part, offset, odd);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

export const part = (name: string, text: string): Part => ({ name, data: Buffer.from(text) });
