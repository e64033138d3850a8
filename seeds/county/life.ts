import type { CaseType } from '../../src/domains/work/standards/standard.model.ts';
import { handClock } from '../../src/kernel/clock.ts';
import { seededIds } from '../../src/kernel/ids.ts';
import { everydayStandard } from '../../src/packs/everyday/index.ts';
import { type Chance, chance } from './chance.ts';
import type { Ground } from './founding.ts';
import { at, isOfficeDay, MINUTE, monthOf } from './hours.ts';
import { type GridPlan, grids } from './land.ts';
import { type Happening, happenings } from './mix.ts';
import { inventedPhone, reporterName } from './names.ts';
import type { Place, Setting } from './places.ts';
import { bodyFor, staffOf } from './roster.ts';
import type { Channel, Matter, Story } from './script.ts';
import { tell } from './story.ts';

/** What is raised on a day, by whom and where: the same for a date whatever came before. */
const types = new Map(everydayStandard.types.map((type) => [type.code, type]));

/** Nearly nineteen on a working day, eleven or twelve on a day off: fifteen hundred in ninety days. */
const PER_WORKING_DAY = 18.7;
const PER_DAY_OFF = 11.5;

export function lifeOf(day: string, ground: Ground, volume: number): Story[] {
  const by = chance(day, 'how much');
  const mean = (isOfficeDay(day) ? PER_WORKING_DAY : PER_DAY_OFF) * volume;
  const count = Math.floor(mean * (0.8 + 0.4 * by.next()) + by.next());
  return Array.from({ length: count }, (_, i) => raise(day, i, ground));
}

function raise(day: string, nth: number, ground: Ground): Story {
  const by = chance(day, 'matter', nth);
  const happening = by.weigh(happenings, (one) => weightIn(one, monthOf(day)));
  const channel = by.weigh(channelNames, (name) => channelWeight(name, happening, isOfficeDay(day)));
  const matter = makeMatter(`${day}/${nth}`, by, day, { happening, channel, ground });
  const again = { ...matter, ...secondVoice(matter, chance(day, 'again', nth)) };
  return tell(matter, happening.onTheSpot === true, again);
}

const weightIn = ({ weight, months }: Happening, month: number): number =>
  months && !months.includes(month) ? 0 : weight;

interface Given {
  readonly happening: Happening;
  readonly channel: Channel;
  readonly ground: Ground;
  readonly grid?: GridPlan;
  readonly at?: number;
}

function makeMatter(key: string, by: Chance, day: string, given: Given): Matter {
  const { happening, channel, ground } = given;
  const type = types.get(happening.type) as CaseType;
  const code = by.weigh(Object.keys(happening.conditions), (name) => happening.conditions[name] ?? 0);
  const condition = type.conditions.find((one) => one.code === code) ?? type.conditions[0];
  if (!condition) throw new Error(`${type.code} has no condition`);
  const grid = given.grid ?? by.weigh(placesFor(happening, type), (one) => weightOf(one, happening));
  const instant =
    given.at ?? at(day, 0, by.weigh(clockOf[channel], ([, weight]) => weight)[0] * 60 + by.between(0, 59));
  return {
    key,
    by,
    at: instant,
    ...idsAt(key, instant),
    channel,
    type,
    condition,
    urgent: condition.urgent ?? type.urgent ?? false,
    contact: channel !== 'field' && by.happens(0.85) ? contactOf(by) : null,
    grid,
    place: placeIn(by, ground, grid, happening.settings),
    staff: staffOf(grid),
    body: bodyFor(grid, type, condition.code),
  };
}

const contactOf = (by: Chance) => ({ name: reporterName(by), phone: inventedPhone(by) });

function idsAt(key: string, instant: number): { casefileId: string; reportId: string } {
  const ids = seededIds(`county ${key}`, handClock(new Date(instant)));
  return { casefileId: ids.newId(), reportId: ids.newId() };
}

function secondVoice({ key, at: first }: Matter, by: Chance): Partial<Matter> {
  return { by, channel: 'portal', contact: contactOf(by), ...idsAt(`${key} again`, first + MINUTE) };
}

function placeIn(by: Chance, ground: Ground, { key }: GridPlan, settings: readonly Setting[]): Place {
  const places = ground.neighbourhoods.get(key)?.places ?? [];
  return by.pick(places.filter((place) => settings.includes(place.setting)));
}

const urbanSettings: readonly Setting[] = ['street', 'crossing', 'compound', 'shop', 'public'];
const ruralSettings: readonly Setting[] = ['hamlet', 'country_road', 'fields', 'water', 'public', 'shop'];
const withHead = new Set(grids.filter((grid) => staffOf(grid).head !== null).map(({ key }) => key));

/** Of a dispute only a secretary may check the end, so it happens where one works in the system. */
const placesFor = ({ settings }: Happening, type: CaseType): GridPlan[] =>
  grids.filter(
    ({ key, community }) =>
      settings.some((one) => (community.urban ? urbanSettings : ruralSettings).includes(one)) &&
      (!type.confidential || withHead.has(key)),
  );

const ofTheCast: ReadonlySet<string> = new Set([
  'station-1',
  'station-2',
  'station-3',
  'park-1',
  'park-2',
  'ferry-1',
  'ferry-2',
]);

function weightOf({ key, community }: GridPlan, { onTheSpot }: Happening): number {
  if (ofTheCast.has(key)) return 7;
  return (community.urban ? 1.7 : 0.8) * (onTheSpot && withHead.has(key) ? 1.8 : 1);
}

const channelNames: readonly Channel[] = ['field', 'portal', 'hotline', 'visit', 'letter', 'chat', 'qr'];
const usual: Readonly<Record<Channel, number>> = {
  field: 47,
  portal: 19,
  hotline: 19,
  visit: 4.5,
  letter: 1.5,
  chat: 6,
  qr: 3,
};

function channelWeight(name: Channel, { from }: Happening, isWorkingDay: boolean): number {
  if (name === 'visit' || name === 'letter') return isWorkingDay ? usual[name] : 0;
  if (name !== 'field') return usual[name];
  return usual.field * (isWorkingDay ? 1.1 : 0.75) * (from === 'residents' ? 0.25 : from === 'workers' ? 2.6 : 1.15);
}

type Hours = readonly (readonly [hour: number, weight: number])[];
const hours = (text: string): Hours => text.split(' ').map((one) => one.split(':').map(Number) as [number, number]);

const clockOf: Readonly<Record<Channel, Hours>> = {
  field: hours('7:3 8:9 9:13 10:12 11:6 14:6 15:11 16:11 17:7 18:3 19:2 20:1'),
  portal: hours('6:1 7:4 8:7 9:6 10:5 11:5 12:7 13:4 14:3 15:4 16:4 17:5 18:7 19:9 20:10 21:8 22:4 23:1'),
  qr: hours('7:3 8:6 9:4 11:4 12:5 15:3 17:6 18:7 19:6 20:4 21:2'),
  hotline: hours('8:8 9:11 10:10 11:7 12:4 13:3 14:7 15:9 16:8 17:6 18:5 19:5 20:4 21:2'),
  visit: hours('8:3 9:6 10:6 11:2 14:3 15:5 16:4'),
  letter: hours('9:3 10:4 15:2'),
  chat: hours('7:2 8:4 9:4 10:3 12:4 15:3 17:4 18:5 19:6 20:6 21:4'),
};
