import { html } from 'ghtml';
import { type Boundary, type Point, polygonsOf } from '../../kernel/geo.ts';

/** An overview drawn on the server: borders as quiet fills, cases where they roughly are. The list beside it says the same in words. */
export interface MapShape {
  readonly code: string;
  readonly name: string;
  readonly boundary: Boundary;
}

export interface MapCase {
  readonly status: 'open' | 'closed';
  readonly lon: number | null;
  readonly lat: number | null;
}

const WIDTH = 600;
const MARGIN = 12;
/** Points nearer than this to the one before are left out: nobody sees them, and everybody would fetch them. */
const LEAST_STEP = 1.5;

type Project = (point: Point) => readonly [x: number, y: number];

export function areaMap(shapes: readonly MapShape[], cases: readonly MapCase[], label: string): string {
  const rings = shapes.flatMap(({ boundary }) => polygonsOf(boundary).flatMap((polygon) => polygon[0] ?? []));
  if (rings.length === 0) return '';
  const { project, height, perMetre } = frameAround(rings);
  return html`<svg class="map" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
!${shapes.map((shape) => html`<path class="land" d="${pathOf(shape.boundary, project)}"/>`)}
!${shapes.length <= 12 ? shapes.map((shape) => nameOn(shape, project)) : ''}
!${spotsOf(cases).map((spot) => mark(spot, project))}
!${scaleBar(perMetre, height)}</svg>`;
}

function frameAround(points: readonly Point[]): { project: Project; height: number; perMetre: number } {
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  // Degrees of longitude grow shorter away from the equator.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / Math.max((east - west) * narrow, (north - south) * 0.9, 1e-6);
  const left = (WIDTH - (east - west) * narrow * scale) / 2;
  return {
    project: ([lon, lat]) => [round(left + (lon - west) * narrow * scale), round(MARGIN + (north - lat) * scale)],
    height: Math.round((north - south) * scale + 2 * MARGIN + 28),
    perMetre: scale / 111_320,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

function pathOf(boundary: Boundary, project: Project): string {
  return polygonsOf(boundary)
    .flat()
    .map((ring) => {
      let last: readonly [number, number] | null = null;
      const kept = ring.map(project).filter((at) => {
        const isFar = last === null || Math.hypot(at[0] - last[0], at[1] - last[1]) >= LEAST_STEP;
        if (isFar) last = at;
        return isFar;
      });
      return `M${kept.map(([x, y]) => `${x} ${y}`).join('L')}Z`;
    })
    .join('');
}

function nameOn({ name, boundary }: MapShape, project: Project): string {
  const points = (polygonsOf(boundary)[0]?.[0] ?? []).map(project);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const middle = (all: readonly number[]): number => round((Math.min(...all) + Math.max(...all)) / 2);
  return html`<text class="place" x="${middle(xs)}" y="${round(Math.min(...ys) + 26)}">${name}</text>`;
}

interface Spot {
  readonly at: Point;
  readonly open: number;
  readonly closed: number;
}

/** Coarse places coincide: one mark, with how many stand there. */
function spotsOf(cases: readonly MapCase[]): Spot[] {
  const spots = new Map<string, Spot>();
  for (const { lon, lat, status } of cases) {
    if (lon === null || lat === null) continue;
    const key = `${lon} ${lat}`;
    const { open, closed } = spots.get(key) ?? { open: 0, closed: 0 };
    const isOpen = status === 'open';
    spots.set(key, { at: [lon, lat], open: open + Number(isOpen), closed: closed + Number(!isOpen) });
  }
  return [...spots.values()];
}

/** State is shape and colour: what is open a filled circle, what is settled a hollow square. */
function mark({ at, open, closed }: Spot, project: Project): string {
  const [x, y] = project(at);
  const count = open + closed;
  const shape =
    open > 0
      ? html`<circle class="open" cx="${x}" cy="${y}" r="14"/>`
      : html`<rect class="done" x="${round(x - 11)}" y="${round(y - 11)}" width="22" height="22"/>`;
  const words =
    count > 1 ? html`<text class="${open > 0 ? 'on' : 'count'}" x="${x}" y="${round(y + 7)}">${count}</text>` : '';
  return html`!${shape}!${words}`;
}

/** The longest round distance that is no longer than a third of the picture. */
function scaleBar(perMetre: number, height: number): string {
  const metres = [50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50].find((m) => m * perMetre <= WIDTH / 3);
  if (metres === undefined) return '';
  const words = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  const y = height - 6;
  return html`<path class="scale" d="M${MARGIN} ${y - 5}V${y}H${round(MARGIN + metres * perMetre)}V${y - 5}"/><text class="far" x="${MARGIN + 6}" y="${y - 5}">${words}</text>`;
}
