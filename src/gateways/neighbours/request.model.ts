import type { ServiceMapping } from './neighbour.model.ts';

/** A case as GeoReport v2 asks for it. Only what the body may read of it, and contacts only where a purpose is set. */
export interface Told {
  readonly number: string;
  readonly sendingId: string;
  readonly county: string;
  readonly round: number;
  readonly earlier: string | null;
  readonly title: string;
  readonly words: readonly string[];
  readonly place: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly contact: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  } | null;
}

const MOST = 4000;
const MOST_PLACE = 200;

/**
 * Ours and theirs recognise the request by it: the same in every try of one sending, so that one whose answer was lost
 * is found again instead of sent twice.
 */
export const markOf = ({ number, sendingId }: Pick<Told, 'number' | 'sendingId'>): string =>
  `${number}/${sendingId.replaceAll('-', '').slice(-8)}`;

export function requestForm(told: Told, { serviceCode, attributes }: ServiceMapping): [name: string, value: string][] {
  const { lon, lat, place, contact } = told;
  const point: [string, string][] =
    lon === null || lat === null
      ? []
      : [
          ['lat', String(lat)],
          ['long', String(lon)],
        ];
  const known = (name: string, value: string | null | undefined): [string, string][] => (value ? [[name, value]] : []);
  return [
    ['service_code', serviceCode],
    ...point,
    ...known('address_string', cut(plain(place), MOST_PLACE)),
    ['description', descriptionOf(told)],
    ...known('last_name', contact?.name),
    ...known('phone', contact?.phone),
    ...known('email', contact?.email),
    ...Object.entries(attributes).map(([code, value]) => [`attribute[${code}]`, value] as [string, string]),
  ];
}

function descriptionOf(told: Told): string {
  const { county, round, earlier, title, words } = told;
  const again =
    round === 1 ? [] : [`第 ${round} 轮：上一轮核查没有通过${earlier === null ? '' : `（贵方编号 ${earlier}）`}。`];
  const mark = `（${county} ${markOf(told)}）`;
  const said = plain([title, ...again, ...words].join('\n'));
  return `${cut(said, MOST - mark.length - 1)}\n${mark}`;
}

/** The standard wants text without HTML; a sign that could begin some is written as its wide sister. */
const plain = (text: string): string =>
  text
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞');

const cut = (text: string, most: number): string => {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 2).join('')}……`;
};
