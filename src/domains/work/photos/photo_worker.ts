import { setPriority } from 'node:os';
import exifr from 'exifr';
import sharp from 'sharp';
import { limits } from './limits.model.ts';
import type { CameraNotes } from './photo.model.ts';

/**
 * The process in which photos are decoded, so that a picture made to harm harms this one alone. It is given bytes and
 * gives bytes back: no environment, no database, no key, no file of ours. Its parent watches its memory and its time.
 */
sharp.cache(false);
sharp.concurrency(1);
// Whatever a file pretends to be, no other decoder (SVG, TIFF, GIF, PDF, AVIF …) can be reached.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
setPriority(10);

export type WorkerReply =
  | { readonly done: false; readonly fault: 'unreadable' | 'too_many_pixels' }
  | {
      readonly done: true;
      readonly picture: Buffer;
      readonly thumb: Buffer;
      readonly width: number;
      readonly height: number;
      readonly camera: CameraNotes;
    };

async function develop(bytes: Buffer): Promise<WorkerReply> {
  try {
    const header = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (header.width * header.height > limits.pixels) return { done: false, fault: 'too_many_pixels' };
    const camera = await readCamera(header.exif);
    const { data, info } = await reduce(bytes);
    const thumb = await small(data, limits.thumbSide, 75).toBuffer();
    return { done: true, picture: data, thumb, width: info.width, height: info.height, camera };
  } catch (error) {
    return { done: false, fault: isTooMuch(error) ? 'too_many_pixels' : 'unreadable' };
  }
}

/** Only the first frame of an animation; nothing of the file but its pixels: no EXIF, profile, XMP or trailing bytes. */
const reduce = (bytes: Buffer) => small(bytes, limits.longestSide, 82).toBuffer({ resolveWithObject: true });

const small = (bytes: Buffer, side: number, quality: number) =>
  sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'error', pages: 1 })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality, mozjpeg: true });

/** Few pixels can need much memory still (16 bit, interlaced); the limit set on this process then speaks first. */
const isTooMuch = (error: unknown): boolean => error instanceof Error && /memory|pixel limit/i.test(error.message);

/** The EXIF block is the same in all three formats. One that cannot be read is no reason to refuse the photo. */
async function readCamera(exif: Buffer | undefined): Promise<CameraNotes> {
  const nothing = { at: null, offset: null, lon: null, lat: null };
  if (!exif) return nothing;
  const block = exif.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif;
  try {
    const found: Readonly<Record<string, unknown>> | undefined = await exifr.parse(block, {
      exif: { pick: ['DateTimeOriginal', 'CreateDate', 'OffsetTimeOriginal'] },
      gps: true,
      reviveValues: false,
      translateValues: false,
    });
    if (!found) return nothing;
    const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 40) : null);
    const number = (value: unknown): number | null => (Number.isFinite(value) ? Number(value) : null);
    const { DateTimeOriginal: original, CreateDate: digitized, OffsetTimeOriginal: offset } = found;
    return {
      at: text(original) ?? text(digitized),
      offset: text(offset),
      lon: number(found.longitude),
      lat: number(found.latitude),
    };
  } catch {
    return nothing;
  }
}

process.on('message', ({ bytes }: { bytes: Buffer }) => {
  void develop(bytes).then((reply) => {
    process.send?.(reply);
    // What came over the channel is freed before the next photo comes, not when the collector thinks it worth its while.
    globalThis.gc?.();
  });
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
