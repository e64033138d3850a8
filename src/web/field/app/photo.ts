/** A photo as it is kept on the phone: as large as a screen, so that it can be sent from a valley. */
export interface Shot {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: 'image/jpeg';
}

const LONGEST = 1600;
const QUALITY = 0.8;

export class NotAPicture extends Error {}

/** Turned upright by the browser, made smaller, without what the camera wrote into it. */
export async function shrink(file: Blob): Promise<Shot> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new NotAPicture();
  });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((tell) => canvas.toBlob(tell, 'image/jpeg', QUALITY));
  if (!blob) throw new NotAPicture();
  return { bytes: new Uint8Array(await blob.arrayBuffer()), type: 'image/jpeg' };
}
