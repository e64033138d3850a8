/** A photo as it is kept on the phone: as large as a screen, so that it can be sent from a valley. */
export interface Shot {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: 'image/jpeg';
}

const LONGEST = 1600;
const QUALITY = 0.8;

export class NotAPicture extends Error {}

/** Turned upright by the browser, made smaller, without what the camera wrote into it. */
export const shrink = (file: Blob): Promise<Shot> => drawn(file, LONGEST, QUALITY);

/** Ever smaller and coarser, until it fits. */
const SMALL = [
  [320, 0.6],
  [320, 0.35],
  [240, 0.3],
  [160, 0.3],
] as const;

export async function previewOf(photo: Uint8Array, most: number): Promise<Uint8Array | null> {
  for (const [longest, quality] of SMALL) {
    const { bytes } = await drawn(new Blob([new Uint8Array(photo)]), longest, quality);
    if (bytes.byteLength <= most) return bytes;
  }
  return null;
}

async function drawn(file: Blob, longest: number, quality: number): Promise<Shot> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new NotAPicture();
  });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((tell) => canvas.toBlob(tell, 'image/jpeg', quality));
  if (!blob) throw new NotAPicture();
  return { bytes: new Uint8Array(await blob.arrayBuffer()), type: 'image/jpeg' };
}
