import type { Rule } from './due.model.ts';
import type { GivenPlace } from './patrol.model.ts';

/** A plan as one types it: places a line each, times of the day in one line. Pure; whether it is sound the command says. */
const USUAL_RADIUS_M = 50;

/** `南门 112.9,28.1 40米`: a name, where it is if known, and within how many metres one counts as there. */
export function placesIn(text: string): GivenPlace[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.normalize('NFKC').trim())
    .filter((line) => line !== '')
    .map(placeIn);
}

const number = String.raw`-?\d{1,3}(?:\.\d+)?`;
function placeIn(line: string): GivenPlace {
  const [, before = line, lon, lat, radius] =
    new RegExp(
      String.raw`^(.*?)(?:[\s,;]+(${number})\s*[,、]\s*(${number}))?(?:[\s,;]+(\d{1,5})\s*(?:米|m))?$`,
      'i',
    ).exec(line) ?? [];
  return {
    name: before.replace(/[\s,;、]+$/, ''),
    point: lon === undefined || lat === undefined ? null : { lon: Number(lon), lat: Number(lat) },
    radiusM: radius === undefined ? USUAL_RADIUS_M : Number(radius),
  };
}

export const placeLine = ({ name, point, radiusM }: GivenPlace): string =>
  [
    name,
    ...(point === null ? [] : [`${point.lon},${point.lat}`]),
    ...(radiusM === USUAL_RADIUS_M ? [] : [`${radiusM}米`]),
  ].join(' ');

/** `22:00-06:00，12:00-14:00`. What is no time stays as it was typed, so that it is refused by name. */
export function windowsIn(text: string): Rule['windows'] {
  const parts = text
    .normalize('NFKC')
    .split(/[,、;；\s]+/)
    .filter((part) => part !== '');
  return parts.map((part) => {
    const [from = '', to = ''] = part.split(/[-–—~至到]/);
    return { from: clockIn(from), to: clockIn(to) };
  });
}

/** 6:00 is 06:00, and midnight at the end of a day is its beginning. */
const clockIn = (text: string): string => {
  const time = text.trim().padStart(5, '0');
  return time === '24:00' ? '00:00' : time;
};

export const windowsLine = (windows: Rule['windows']): string =>
  windows.map(({ from, to }) => `${from}-${from === to && to === '00:00' ? '24:00' : to}`).join(', ');
