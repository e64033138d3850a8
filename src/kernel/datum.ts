import gcoord from 'gcoord';
import type { Datum, Point } from './geo.ts';

/** By itself: the tables behind it are no small thing for a phone, which knows WGS 84 only. */
// The package is CommonJS whose exports are the object itself; Node's resolution of its types finds them one level deeper.
type Inner<T> = T extends { default: infer Exported } ? Exported : T;
const { transform, CRSTypes } = gcoord as unknown as Inner<typeof gcoord>;
const systems = { gcj02: CRSTypes.GCJ02, bd09: CRSTypes.BD09 } as const;

export function toWgs84([lon, lat]: Point, datum: Datum): Point {
  if (datum === 'wgs84' || datum === 'cgcs2000') return [lon, lat];
  const [x, y] = transform([lon, lat], systems[datum], CRSTypes.WGS84) as [number, number];
  return [x, y];
}
