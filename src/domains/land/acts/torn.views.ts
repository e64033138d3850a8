import { type Boundary, type Polygon, polygonsOf } from '../../../kernel/geo.ts';
import type { PartSpec } from '../../../kernel/scoped.ts';
import type { HeirRow } from './act.queries.ts';

/** Into which areas of today the records of a split area go, in the order tried; a part that is gone itself, into its heirs. */
export function partsOf(heirs: readonly HeirRow[], areaId: string): PartSpec[] {
  const own = heirs.filter((heir) => heir.areaId === areaId);
  const rest = own.find(({ takesRest }) => takesRest);
  const found = own.flatMap((heir) => partsOfHeir(heirs, heir));
  return rest ? [...found, { no: numberOf(heirs, rest), rest: true, polygons: [] }] : found;
}

function partsOfHeir(heirs: readonly HeirRow[], heir: HeirRow): PartSpec[] {
  const polygons = heir.boundary === null ? [] : shapesOf(heir.boundary);
  const whole = { no: numberOf(heirs, heir), rest: false, polygons };
  const gone = heir.no === null ? partsOf(heirs, heir.heirId).filter(({ rest }) => !rest) : [];
  return [...lostSince(heirs, heir), ...gone, whole];
}

/** Land that an heir lost again later: what lies there goes on to where that went. */
const lostSince = (heirs: readonly HeirRow[], { heirId, step }: HeirRow): PartSpec[] =>
  heirs
    .filter((later) => later.cutOf === heirId && !later.takesRest && later.step > step)
    .flatMap((later) => partsOfHeir(heirs, later));

/** Its own number, or of what takes the rest of it. */
function numberOf(heirs: readonly HeirRow[], heir: HeirRow): number {
  if (heir.no !== null) return heir.no;
  const next = heirs.find(({ areaId, takesRest }) => areaId === heir.heirId && takesRest);
  return next ? numberOf(heirs, next) : 0;
}

export const shapesOf = (boundary: Boundary): PartSpec['polygons'] =>
  polygonsOf(boundary).map(([outer = [], ...holes]) => ({ outer: ringText(outer), holes: holes.map(ringText) }));

const ringText = (ring: Polygon[number]): string => `(${ring.map(([lon, lat]) => `(${lon},${lat})`).join(',')})`;
