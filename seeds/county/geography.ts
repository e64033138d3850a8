import { type Chance, chance } from './chance.ts';
import { communities, type GridPlan, grids, MIDDLE, towns } from './land.ts';
import { type Corner, cellsOf, isInside, type Ring, type Shape, unionOf } from './tiling.ts';

/**
 * Where everything lies. Sites of grids are scattered in the part of each community, their cells cut to the county's
 * outline; a community is the union of its grids, a town of its communities, the county of its towns. So borders agree
 * on every level by construction.
 */
export interface Geography {
  readonly county: Shape;
  readonly town: ReadonlyMap<string, Shape>;
  readonly community: ReadonlyMap<string, Shape>;
  readonly grid: ReadonlyMap<string, Shape>;
  /** The site of each grid: a point well inside it. */
  readonly site: ReadonlyMap<string, Corner>;
}

export function drawCounty(): Geography {
  const by = chance('geography');
  const outline = drawOutline(by);
  const sites = scatterSites(by, outline);
  const cells = cellsOf([...sites.values()], outline);
  const grid = new Map(grids.map((plan, i) => [plan.key, cells[i] as Shape]));
  const community = new Map(
    communities.map(({ key }) => [
      key,
      unionOf(
        shapesOf(
          grid,
          grids.filter((plan) => plan.community.key === key),
        ),
      ),
    ]),
  );
  const town = new Map(
    towns.map(({ key }) => [
      key,
      unionOf(
        shapesOf(
          community,
          communities.filter((plan) => plan.town === key),
        ),
      ),
    ]),
  );
  return { county: unionOf([...town.values()]), town, community, grid, site: sites };
}

const shapesOf = (shapes: ReadonlyMap<string, Shape>, plans: readonly { key: string }[]): Shape[] =>
  plans.map(({ key }) => shapes.get(key) as Shape);

const RADIUS = 0.135;

/** A river valley's county: round, with bays and noses. */
function drawOutline(by: Chance): Ring {
  const waves = [2, 3, 5, 7, 11].map((count) => ({
    count,
    size: 0.11 / Math.sqrt(count),
    turn: by.next() * 2 * Math.PI,
  }));
  const corners = Array.from({ length: 96 }, (_, i): Corner => {
    const angle = (i / 96) * 2 * Math.PI;
    const radius =
      RADIUS * (1 + waves.reduce((sum, { count, size, turn }) => sum + size * Math.sin(count * angle + turn), 0));
    return [MIDDLE[0] + 1.08 * radius * Math.cos(angle), MIDDLE[1] + radius * Math.sin(angle)];
  });
  return [...corners, corners[0] as Corner];
}

const apart = (a: Corner, b: Corner): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

function nearest(point: Corner, sites: readonly Corner[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < sites.length; i += 1) {
    const [x, y] = sites[i] as Corner;
    const far = (point[0] - x) ** 2 + (point[1] - y) ** 2;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

/** Town by town the middles of its communities, community by community the sites of its grids. */
function scatterSites(by: Chance, outline: Ring): Map<string, Corner> {
  const seats = towns.map(({ seat }): Corner => [MIDDLE[0] + seat[0], MIDDLE[1] + seat[1]]);
  const ground = pointsIn(by, outline, 18_000);
  const ofTown = groups(ground, seats);
  const middles = towns.flatMap(({ key, urban }, i) => {
    const count = communities.filter((plan) => plan.town === key).length;
    return spread(by, urban ? denser(by, ofTown[i] ?? []) : (ofTown[i] ?? []), count);
  });
  const ofCommunity = groups(ground, middles);
  const sites = communities.flatMap((plan, i) => spread(by, ofCommunity[i] ?? [], plan.grids));
  return new Map(grids.map((plan: GridPlan, i) => [plan.key, sites[i] as Corner]));
}

function groups(points: readonly Corner[], sites: readonly Corner[]): Corner[][] {
  const found: Corner[][] = sites.map(() => []);
  for (const point of points) found[nearest(point, sites)]?.push(point);
  return found;
}

function pointsIn(by: Chance, outline: Ring, count: number): Corner[] {
  const found: Corner[] = [];
  while (found.length < count) {
    const point: Corner = [MIDDLE[0] + (by.next() - 0.5) * 3.2 * RADIUS, MIDDLE[1] + (by.next() - 0.5) * 3.2 * RADIUS];
    if (isInside(point, outline)) found.push(point);
  }
  return found;
}

/** People live closer together near the middle of the town. */
const denser = (by: Chance, points: readonly Corner[]): Corner[] =>
  points.filter((point) => by.happens(0.06 + Math.exp(-((apart(point, [...MIDDLE]) / 0.035) ** 2))));

/** So many sites evenly among the points (Lloyd's method). */
function spread(by: Chance, points: readonly Corner[], count: number): Corner[] {
  let sites = by.shuffle(points).slice(0, count);
  for (let round = 0; round < 14; round += 1) {
    const near = groups(points, sites);
    sites = sites.map((site, i) => middleOf(near[i] ?? [], site));
  }
  // North to south, west to east: neighbours get neighbouring numbers.
  return sites.sort((a, b) => b[1] - a[1] + (a[0] - b[0]) * 0.3);
}

function middleOf(points: readonly Corner[], otherwise: Corner): Corner {
  if (points.length === 0) return otherwise;
  const sum = points.reduce(([x, y], point) => [x + point[0], y + point[1]] as Corner, [0, 0] as Corner);
  return [sum[0] / points.length, sum[1] / points.length];
}
