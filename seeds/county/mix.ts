import type { Setting } from './places.ts';

/**
 * What happens how often in a county like this. Weights are per month of the year where the season matters. What a type
 * is, who answers for it and how long it may take stands in the everyday pack, not here.
 */
export interface Happening {
  readonly type: string;
  readonly weight: number;
  readonly settings: readonly Setting[];
  /** Filing conditions with their weights; the pack knows more of them. */
  readonly conditions: Readonly<Record<string, number>>;
  /** A grid worker may settle it on the spot. */
  readonly onTheSpot?: boolean;
  /** Months in which it happens; all when left out. */
  readonly months?: readonly number[];
  /** Mostly told by residents, who hear it, or found by workers, who look for it. */
  readonly from?: 'residents' | 'workers';
}

const street: readonly Setting[] = ['street', 'crossing', 'shop', 'public'];
const home: readonly Setting[] = ['compound'];
const village: readonly Setting[] = ['hamlet', 'country_road'];
const anywhere: readonly Setting[] = [...street, ...village];

const happens = (
  type: string,
  weight: number,
  settings: readonly Setting[],
  conditions: Happening['conditions'],
  more: Pick<Happening, 'onTheSpot' | 'months' | 'from'> = {},
): Happening => ({ type, weight, settings, conditions, ...more });

const spot = { onTheSpot: true } as const;
const told = { from: 'residents' } as const;
const sought = { from: 'workers' } as const;

// biome-ignore format: a table is read by its rows
export const happenings: readonly Happening[] = [
  happens('street-stall', 52, street, { 'street-stall-in-way': 3, 'street-stall-beside': 4, 'street-stall-fixed': 2 }, spot),
  happens('shop-overflow', 48, ['shop', 'street'], { 'shop-overflow-in-way': 2, 'shop-overflow-beside': 5 }, spot),
  happens('illegal-parking', 50, ['street', 'crossing', 'public'], { 'illegal-parking-blocks': 2, 'illegal-parking-pavement': 4, 'illegal-parking-habit': 1 }, spot),
  happens('shared-bikes', 20, street, { 'shared-bikes-in-way': 2, 'shared-bikes-pile': 3, 'shared-bikes-broken': 1 }, spot),
  happens('illegal-ad', 26, ['street', 'compound', 'shop'], { 'illegal-ad-harmful': 1, 'illegal-ad-few': 5, 'illegal-ad-many': 2 }, { ...spot, ...sought }),
  happens('dirty-road', 52, anywhere, { 'dirty-road-litter': 5, 'dirty-road-slippery': 1, 'dirty-road-dust': 2 }, spot),
  happens('waste-pile', 66, [...anywhere, 'compound'], { 'waste-pile-bags': 4, 'waste-pile-heap': 3, 'waste-pile-bulky': 3 }, spot),
  happens('litter-bin', 34, anywhere, { 'litter-bin-full': 4, 'litter-bin-broken': 3, 'litter-bin-missing': 1 }),
  happens('dumped-rubble', 22, anywhere, { 'dumped-rubble-small': 4, 'dumped-rubble-large': 2, 'dumped-rubble-blocks': 1 }),
  happens('road-surface', 56, ['street', 'crossing'], { 'road-surface-deep': 2, 'road-surface-broken': 4, 'road-surface-small': 3 }),
  happens('sidewalk', 46, ['street', 'public'], { 'sidewalk-hole': 1, 'sidewalk-loose': 6, 'sidewalk-kerb': 2 }),
  happens('road-sunken', 5, ['street', 'crossing'], { 'road-sunken-cut-off': 1, 'road-sunken-passable': 4 }),
  happens('street-lamp', 50, ['street', 'country_road'], { 'street-lamp-row-dark': 2, 'street-lamp-dark': 6, 'street-lamp-leaning': 1 }, told),
  happens('storm-cover', 16, ['street', 'crossing'], { 'storm-cover-broken': 2, 'storm-cover-loose': 4, 'storm-cover-uneven': 2, 'storm-cover-missing': 1 }),
  happens('sewage-cover', 16, ['street', 'compound'], { 'sewage-cover-broken': 2, 'sewage-cover-loose': 4, 'sewage-cover-uneven': 2 }),
  happens('water-cover', 14, ['street', 'compound'], { 'water-cover-broken': 1, 'water-cover-loose': 3, 'water-cover-uneven': 3 }),
  happens('power-cover', 8, ['street'], { 'power-cover-broken': 1, 'power-cover-loose': 3, 'power-cover-uneven': 2 }),
  happens('telecom-cover', 8, ['street', 'crossing'], { 'telecom-cover-loose': 3, 'telecom-cover-uneven': 2 }),
  happens('rain-grate', 20, ['street', 'crossing'], { 'rain-grate-blocked': 5, 'rain-grate-broken': 2 }, sought),
  happens('open-drain', 20, [...village, 'street'], { 'open-drain-silted': 5, 'open-drain-collapsed': 2, 'open-drain-slab': 1 }),
  happens('street-tree', 26, ['street', 'public', 'compound'], { 'street-tree-covering': 5, 'street-tree-dead': 2, 'street-tree-hanging': 1 }),
  happens('green-plot', 18, ['public', 'compound'], { 'green-plot-taken': 3, 'green-plot-bare': 2, 'green-plot-spilling': 1 }),
  happens('fitness-gear', 10, ['public', 'compound'], { 'fitness-gear-worn': 4, 'fitness-gear-hazard': 1 }),
  happens('public-toilet', 10, ['public', 'street'], { 'public-toilet-fittings': 4, 'public-toilet-shut': 2 }),
  happens('traffic-sign', 8, ['crossing', 'country_road'], { 'traffic-sign-missing': 2, 'traffic-sign-worn': 3 }),
  happens('traffic-light', 6, ['crossing'], { 'traffic-light-partial': 4, 'traffic-light-hidden': 2 }),
  happens('guardrail', 8, ['street', 'country_road'], { 'guardrail-bent': 4, 'guardrail-in-road': 1 }),
  happens('telecom-line', 18, anywhere, { 'telecom-line-sagging': 5, 'telecom-line-dead': 3, 'telecom-line-across': 1 }),
  happens('utility-pole', 12, anywhere, { 'utility-pole-leaning': 3, 'utility-pole-unused': 4 }),
  happens('living-noise', 38, ['compound', 'shop', 'public'], { 'living-noise-night': 3, 'living-noise-day': 2, 'living-noise-recurrent': 3 }, told),
  happens('cooking-fumes', 14, ['shop', 'compound'], { 'cooking-fumes-unfiltered': 2, 'cooking-fumes-outlet': 3, 'cooking-fumes-barbecue': 2 }, told),
  happens('site-noise', 12, ['compound', 'street'], { 'site-noise-permitted': 3, 'site-noise-night': 2 }, told),
  happens('site-dust', 12, ['street'], { 'site-dust-uncovered': 3, 'site-dust-gate': 3 }),
  happens('stairwell-clutter', 42, home, { 'stairwell-clutter-plain': 6, 'stairwell-clutter-flammable': 3, 'stairwell-clutter-blocks': 1 }, { ...spot, ...sought }),
  happens('e-bike-indoors', 36, home, { 'e-bike-indoors-parked': 5, 'e-bike-indoors-wire': 3, 'e-bike-indoors-charging': 1 }, { ...spot, ...sought }),
  happens('blocked-fire-passage', 24, home, { 'blocked-fire-passage-vehicle': 4, 'blocked-fire-passage-goods': 3, 'blocked-fire-passage-fixed': 1 }),
  happens('stair-light', 22, home, { 'stair-light-dark': 2, 'stair-light-some': 5 }, told),
  happens('lift', 12, home, { 'lift-abnormal': 1, 'lift-call-dead': 1, 'lift-label-overdue': 4 }, told),
  happens('compound-gate', 12, home, { 'compound-gate-broken': 6 }),
  happens('e-bike-shed', 10, home, { 'e-bike-shed-dead': 3, 'e-bike-shed-no-gear': 3 }),
  happens('septic-tank', 14, home, { 'septic-tank-overflow': 2, 'septic-tank-full': 4 }, told),
  happens('water-cut', 14, home, { 'water-cut-few': 2, 'water-cut-many': 1, 'water-cut-pressure': 4 }, told),
  happens('water-pipe-break', 14, ['street', 'compound', 'hamlet'], { 'water-pipe-break-seeping': 5, 'water-pipe-break-gushing': 1 }),
  happens('power-cut', 14, ['compound', 'hamlet'], { 'power-cut-one-home': 3, 'power-cut-few': 3, 'power-cut-area': 1 }, told),
  happens('cold-homes', 40, home, { 'cold-homes-household': 4, 'cold-homes-building': 1, 'cold-homes-below': 4 }, { ...told, months: [11, 12, 1, 2, 3] }),
  happens('telecom-outage', 10, ['compound', 'hamlet'], { 'telecom-outage-homes': 4, 'telecom-outage-area': 1 }, told),
  happens('gas-leak', 2, ['compound', 'street'], { 'gas-leak-outdoor': 3, 'gas-leak-indoor': 1 }, told),
  happens('stray-dog', 16, [...anywhere, 'compound'], { 'stray-dog-single': 4, 'stray-dog-pack': 2 }),
  happens('falling-object', 6, home, { 'falling-object-stored': 3, 'falling-object-thrown': 2 }, told),
  happens('illegal-building', 12, ['compound', 'hamlet'], { 'illegal-building-rising': 3, 'illegal-building-standing': 1 }),
  happens('consumer-complaint', 14, ['shop'], { 'consumer-complaint-ordinary': 5, 'consumer-complaint-vanished': 1 }, told),
  happens('food-hygiene', 9, ['shop'], { 'food-hygiene-kitchen': 3, 'food-hygiene-staff': 2 }),
  happens('special-equipment', 8, ['shop'], { 'special-equipment-operator': 2, 'special-equipment-idle': 3 }, sought),
  happens('enterprise-wiring', 10, ['shop'], { 'enterprise-wiring-makeshift': 5 }, sought),
  happens('contractor', 8, ['street', 'shop'], { 'contractor-unqualified': 1, 'contractor-no-agreement': 4 }, sought),
  happens('restaurant-gas', 8, ['shop'], { 'restaurant-gas-alarm': 4, 'restaurant-gas-dining': 1 }, sought),
  happens('live-in-workshop', 6, ['shop'], { 'live-in-workshop-unseparated': 3 }, sought),
  happens('goods-on-road', 14, village, { 'goods-on-road-road': 3, 'goods-on-road-street': 2 }, spot),
  happens('blocked-canal', 18, ['water', 'fields'], { 'blocked-canal-few': 3, 'blocked-canal-off-season': 3 }),
  happens('farm-waste', 12, ['fields', 'water'], { 'farm-waste-field': 4, 'farm-waste-water': 1 }, sought),
  happens('straw-burning', 18, ['fields'], { 'straw-burning-field': 3, 'straw-burning-heap': 4 }, { ...sought, months: [7, 8, 9, 10, 11, 12] }),
  happens('livestock-manure', 10, ['hamlet', 'water'], { 'livestock-manure-street': 3, 'livestock-manure-no-pit': 1 }, told),
  happens('rural-road', 22, ['country_road'], { 'rural-road-potholes': 3, 'rural-road-edge-worn': 4 }),
  happens('floating-waste', 12, ['water'], { 'floating-waste-small': 4, 'floating-waste-large': 2 }, sought),
  happens('open-well', 5, ['hamlet', 'fields'], { 'open-well-weak-cover': 3, 'open-well-uncovered': 1 }, sought),
  happens('pond-dam', 6, ['water'], { 'pond-dam-overgrown': 3, 'pond-dam-sign': 2 }, sought),
  happens('forest-fuel', 10, ['fields'], { 'forest-fuel-season': 3, 'forest-fuel-line': 1 }, { ...sought, months: [10, 11, 12, 1, 2, 3, 4] }),
  happens('neighbour-leak', 20, home, { 'neighbour-leak-cause-known': 3, 'neighbour-leak-cause-disputed': 3 }, told),
  happens('neighbour-quarrel', 18, ['compound', 'hamlet'], { 'neighbour-quarrel-first': 4, 'neighbour-quarrel-recurrent': 2 }, told),
  happens('property-fee', 6, home, { 'property-fee-few': 3, 'property-fee-many': 1 }, told),
  happens('family-quarrel', 7, ['compound', 'hamlet'], { 'family-quarrel-maintenance': 3 }, told),
  happens('land-quarrel', 10, ['hamlet', 'fields'], { 'land-quarrel-boundary': 3 }, told),
];
