import fc from 'fast-check';
import sharp from 'sharp';
import { FuzzFile } from './multipart.ts';

/** Photos, and what calls itself one. */
const background = { r: 90, g: 120, b: 60 };
const made = async (width: number, format: 'jpeg' | 'png' | 'webp'): Promise<Buffer> =>
  sharp({ create: { width, height: width, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
const [jpeg, png, webp] = await Promise.all([made(64, 'jpeg'), made(48, 'png'), made(32, 'webp')]);

const contents = fc.oneof(
  { weight: 6, arbitrary: fc.nat(999).map((n) => Buffer.concat([jpeg, Buffer.from(String(n))])) },
  { weight: 2, arbitrary: fc.constantFrom(png, webp) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(jpeg.subarray(0, 200), Buffer.alloc(0), Buffer.from('GIF89a'), Buffer.alloc(3000, 0xff)),
  },
);
const names = fc.constantFrom('a.jpg', '照片.jpg', '../../x.jpg', 'a'.repeat(300), '', 'x\u0000.jpg', '<fuzz>.svg');
const types = fc.constantFrom('image/jpeg', 'image/jpeg', 'text/html', 'x');

const file = fc.tuple(names, types, contents).map(([name, type, bytes]): unknown => new FuzzFile(name, type, bytes));

export const photos = fc.array(file, { minLength: 1, maxLength: 3 });
