import { randomBytes, randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import sharp from 'sharp';
import { aReport, send } from './reporting.ts';

/** A photo that somebody was told is kept. */
export interface Photo {
  readonly id: string;
}

/** Reports something and adds a photo to it; null when either was not acknowledged. */
export async function sendPhoto(port: number, token: string): Promise<Photo | null> {
  const report = aReport('路灯不亮');
  const agent = new Agent();
  const { status } = await send({ agent, port, token }, report);
  agent.destroy();
  if (status !== 200) return null;
  const form = new FormData();
  form.set('stage', 'measure');
  form.set('commandId', randomUUID());
  form.set('photo', new Blob([new Uint8Array(await aPicture())], { type: 'image/jpeg' }), 'photo.jpg');
  const answer = await fetch(`http://127.0.0.1:${port}/api/casefiles/${report.casefileId}/photos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok) return null;
  const { photos } = (await answer.json()) as { photos: readonly { photoId?: string }[] };
  const id = photos[0]?.photoId;
  return id ? { id } : null;
}

async function isStillThere(port: number, token: string, { id }: Photo): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const sizes = await Promise.all(
    ['', '/thumb'].map(async (size) => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/photos/${id}${size}`, { headers });
      return answer.ok ? (await answer.arrayBuffer()).byteLength : 0;
    }),
  );
  return sizes.every((bytes) => bytes > 100);
}

/** Photos that the database points to, acknowledged or not, of which the store has no whole picture. */
export async function danglingOf(port: number, token: string, pointedTo: readonly Photo[]): Promise<number> {
  let dangling = 0;
  for (const photo of pointedTo) if (!(await isStillThere(port, token, photo))) dangling += 1;
  return dangling;
}

const aPicture = (): Promise<Buffer> =>
  sharp(randomBytes(200 * 150 * 3), { raw: { width: 200, height: 150, channels: 3 } })
    .jpeg()
    .toBuffer();
