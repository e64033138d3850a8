import Flatbush from 'flatbush';
import { type Area, buildAtlas } from '../src/domains/land/areas/atlas.model.ts';
import { boxOf, isInPolygon, type Point, type Polygon } from '../src/kernel/geo.ts';
import { type Bench, inTurns, median, perSecond, spread } from './frame.ts';

/**
 * In which of 20,000 grids a point lies, how far the next border is, and who is beyond it when it is near. The ceiling is
 * the index alone with one test of the ring: which grid, and nothing else. The user's bar is 300,000 points a second.
 */
const SIDE = 142;
const STEP = 0.005;
const POINTS = 400_000;
const ROUNDS = 7;
const BAR = 300_000;

export const locate: Bench = {
  name: 'locate',
  claim: 'locating reaches 0.40 of the bare index; the bar beside it is 300,000 points a second over 20,000 grids',
  async run() {
    const grids = honeycomb();
    const atlas = buildAtlas(grids.map(asArea));
    const bare = bareIndex(grids);
    const points = scattered();
    const run = (find: (point: Point) => unknown) => async (): Promise<number> => {
      const start = performance.now();
      let found = 0;
      for (const point of points) if (find(point) !== null) found += 1;
      if (found < POINTS * 0.9) throw new Error(`only ${found} points were found`);
      return POINTS / ((performance.now() - start) / 1000);
    };
    const rates = await inTurns(ROUNDS, { product: run((point) => atlas.locate(point)), ceiling: run(bare) });
    const ratio = median(rates.product.map((rate, i) => rate / (rates.ceiling[i] ?? 1)));
    return [
      {
        name: `locate over ${grids.length.toLocaleString('en')} grids`,
        ratio,
        goal: '≥ 0.40',
        pass: ratio >= 0.4,
        product: `${spread(rates.product)}, the bar is ${perSecond(BAR)}`,
        ceiling: `${spread(rates.ceiling)} by the bare index`,
      },
    ];
  },
};

/** Twelve-cornered cells that fit together: each side of a square bends at two points its neighbour shares. */
function honeycomb(): Polygon[] {
  const bend = (k: number): number => (((k * 2_654_435_761) % 1000) / 1000 - 0.5) * STEP * 0.3;
  const polygons: Polygon[] = [];
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const corner = (c: number, r: number): Point => [112 + c * STEP, 28 + r * STEP];
      const along = (c: number, r: number, share: number): Point => [
        112 + (c + share) * STEP,
        28 + r * STEP + bend(c * 977 + r * 31 + share),
      ];
      const up = (c: number, r: number, share: number): Point => [
        112 + c * STEP + bend(c * 53 + r * 983 + share),
        28 + (r + share) * STEP,
      ];
      const [c, r] = [column, row];
      polygons.push([
        [
          corner(c, r),
          along(c, r, 0.3),
          along(c, r, 0.7),
          corner(c + 1, r),
          up(c + 1, r, 0.3),
          up(c + 1, r, 0.7),
          corner(c + 1, r + 1),
          along(c, r + 1, 0.7),
          along(c, r + 1, 0.3),
          corner(c, r + 1),
          up(c, r, 0.7),
          up(c, r, 0.3),
          corner(c, r),
        ],
      ]);
    }
  }
  return polygons;
}

const asArea = (polygon: Polygon, no: number): Area => ({
  id: String(no),
  parentId: null,
  level: 'grid',
  code: String(no),
  name: String(no),
  no,
  lastNo: no,
  boundary: {
    type: 'Polygon',
    coordinates: polygon.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat])),
  },
});

function bareIndex(polygons: readonly Polygon[]): (point: Point) => number | null {
  const index = new Flatbush(polygons.length);
  for (const polygon of polygons) index.add(...boxOf([polygon]));
  index.finish();
  return ([lon, lat]) => {
    for (const i of index.search(lon, lat, lon, lat)) if (isInPolygon([lon, lat], polygons[i] as Polygon)) return i;
    return null;
  };
}

function scattered(): Point[] {
  let seed = 42;
  const next = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  return Array.from({ length: POINTS }, (): Point => [112 + next() * SIDE * STEP, 28 + next() * SIDE * STEP]);
}
