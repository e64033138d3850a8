import { toWgs84 } from '../../../kernel/datum.ts';
import type { Datum, Point } from '../../../kernel/geo.ts';
import type { Words } from '../../../kernel/words.ts';

/** Corners as somebody types or pastes them: a line each, longitude before latitude, perhaps with the number of the corner in front. */

export interface UnreadLine {
  readonly line: number;
  readonly says: Words;
}

export interface ReadLines {
  /** In WGS 84, as far as they could be read. */
  readonly points: readonly Point[];
  readonly unread: readonly UnreadLine[];
}

const notTwo = {
  zh: '看不出经度和纬度两个数',
  en: 'two numbers, longitude and latitude, are wanted',
};
const swapped = { zh: '经度和纬度写反了，经度在前', en: 'swapped: longitude comes first' };
const notHere = { zh: '不在中国的范围里，请核对', en: 'not in reach of China; check it' };

export function readLines(text: string, datum: Datum): ReadLines {
  const points: Point[] = [];
  const unread: UnreadLine[] = [];
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '') continue;
    const read = readLine(raw);
    if ('zh' in read) unread.push({ line: i + 1, says: read });
    else points.push(converted(read, datum));
  }
  return { points, unread };
}

function readLine(raw: string): Point | Words {
  const cells = raw
    .trim()
    .split(/[,，;；\s]+/)
    .filter((cell) => cell !== '');
  const [lon, lat] = cells.slice(-2).map(Number);
  if (cells.length < 2 || cells.length > 3 || lon === undefined || lat === undefined) return notTwo;
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return notTwo;
  if (lat >= 73 && lat <= 136 && lon >= 3 && lon <= 54) return swapped;
  return lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54 ? [lon, lat] : notHere;
}

/** What came in degrees stays to the digit; what was computed is good to a centimetre. */
function converted(point: Point, datum: Datum): Point {
  if (datum === 'wgs84' || datum === 'cgcs2000') return point;
  const [lon, lat] = toWgs84(point, datum);
  return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}

export const lineOf = ([lon, lat]: Point): string => `${Number(lon.toFixed(7))}, ${Number(lat.toFixed(7))}`;
