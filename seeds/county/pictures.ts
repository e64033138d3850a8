import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { openPhotoRoom, type PhotoRoom } from '../../src/domains/work/photos/index.ts';
import { chance } from './chance.ts';

/** Half a dozen drawn street scenes, made once a seeding: small, invented, and no photo of any place or person. */
const [WIDTH, HEIGHT] = [640, 480];

export const drawPictures = (): Promise<Buffer[]> => Promise.all(Array.from({ length: 6 }, (_, i) => drawScene(i)));

async function drawScene(nth: number): Promise<Buffer> {
  const by = chance('picture', nth);
  const houses = Array.from({ length: 5 }, (_, i) => {
    const height = by.between(120, 260);
    const x = i * 130 + by.between(-12, 12);
    return `<rect x="${x}" y="${300 - height}" width="${by.between(90, 120)}" height="${height}" fill="hsl(${by.between(18, 48)} 18% ${by.between(62, 80)}%)"/>`;
  });
  const windows = Array.from(
    { length: 24 },
    () => `<rect x="${by.between(10, 600)}" y="${by.between(80, 270)}" width="16" height="22" fill="#5b6b78"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="640" height="300" fill="#dfe8ee"/>${houses.join('')}${windows.join('')}
    <rect y="300" width="640" height="40" fill="#b9b3a8"/><rect y="340" width="640" height="140" fill="#6f7276"/>
    <path d="M0 410 H640" stroke="#e9e4d4" stroke-width="6" stroke-dasharray="48 36"/>
    <ellipse cx="${by.between(160, 480)}" cy="${by.between(390, 450)}" rx="${by.between(30, 80)}" ry="${by.between(12, 26)}" fill="#585a5d"/>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 62 }).toBuffer();
}

/** The room of the server, except that the same picture is developed once and not a thousand times. */
export function openDemoRoom(folder: string): PhotoRoom {
  const room = openPhotoRoom({ folder });
  const developed = new Map<string, ReturnType<PhotoRoom['develop']>>();
  return {
    ...room,
    develop(bytes, zone) {
      const key = createHash('sha256').update(bytes).digest('hex');
      const one = developed.get(key) ?? room.develop(bytes, zone);
      developed.set(key, one);
      return one;
    },
  };
}
