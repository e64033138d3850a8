import { plain } from '../fields/value.model.ts';
import type { Values } from './candidate.model.ts';

/** A door as one compares it: `3栋2单元401室`, `3` `2` `401` and `3栋` `2-401` are one. */
export interface Door {
  readonly compound: string;
  readonly group: string;
  readonly building: string;
  readonly entrance: string;
  readonly door: string;
}

const WHOLE =
  /^(?:([\p{Script=Han}A-Z\d]+?)(栋|幢|号楼|座|#|-))?(?:(\d+|[A-Z])(?:单元|门|-))?([A-Z]?\d+[A-Z]?)(?:室|号|户|房)?$/u;

/** null: no door is told, then there is nothing to compare. */
export function doorOf(values: Values): Door | null {
  const said = (code: string): string => plain(values[code] ?? '').toUpperCase();
  const text = said('place.door');
  if (text === '') return null;
  const [, first = '', mark = '', second = '', last = text] = WHOLE.exec(text) ?? [];
  const told = said('place.building');
  // Beside a building that is told, `2-401` begins with the entrance.
  const isEntrance = told !== '' && mark === '-' && second === '';
  const building = partsOf(told === '' ? first : told);
  const compound = said('place.compound');
  const isRepeated = compound !== '' && building.compound === compound;
  return {
    compound: compound || building.compound,
    group: said('place.group').replace(GROUP, '') || building.group,
    building: isRepeated || compound === '' ? building.no : `${building.compound}${building.no}`,
    entrance: said('place.entrance').replace(/单元$/, '') || second || (isEntrance ? first : ''),
    door: last,
  };
}

const GROUP = /(村民)?小?组$/;

/** `青园小区3栋` names the compound as well, and `石桥组` is a group. */
function partsOf(building: string): { readonly compound: string; readonly group: string; readonly no: string } {
  if (GROUP.test(building)) return { compound: '', group: building.replace(GROUP, ''), no: '' };
  const named = building.replace(/(栋|幢|号楼|座|#|楼)$/, '');
  const [, compound = '', no = named] = /^(\p{Script=Han}{2,})([A-Z]?\d+)$/u.exec(named) ?? [];
  return { compound, group: '', no };
}

/** Facts that are not told but follow from the door; records are known and compared by them as by any field. */
const derived: Readonly<Record<string, (door: Door) => string>> = {
  'door.whole': ({ compound, group, building, entrance, door }) =>
    [compound, group, building, entrance, door].join('\t'),
  'door.short': ({ building, door }) => [building, door].join('\t'),
  'door.compound': ({ compound }) => compound,
  'door.group': ({ group }) => group,
  'door.entrance': ({ entrance }) => entrance,
};

/** A value that is told, or what follows from the door. */
export function factOf(values: Values, code: string): string {
  if (code === 'place.home') return homeOf(values);
  const follows = derived[code];
  if (!follows) return values[code] ?? '';
  const door = doorOf(values);
  return door === null ? '' : follows(door);
}

/** By what one finds everything at this door: its building and number, whatever the ledger. The rest is compared then. */
export const doorText = (values: Values): string | null => {
  const short = factOf(values, 'door.short');
  return short === '' ? null : `door\n${short}`;
};

/** Whether two may be behind one door: what both tell of it does not differ. */
export const isSameDoor = (one: Values, other: Values): boolean =>
  ['door.short', 'door.compound', 'door.group', 'door.entrance'].every((code) => {
    const [here, there] = [factOf(one, code), factOf(other, code)];
    return here === '' || there === '' || here === there;
  });

/** As one says it: 青园小区 3栋 2单元 401; else the address. */
export function homeOf(values: Values): string {
  const parts = ['place.compound', 'place.group', 'place.building', 'place.entrance', 'place.door'];
  const place = parts.flatMap((code) => values[code] ?? []).join(' ');
  return place === '' ? (values['person.lives_at'] ?? values['place.address'] ?? '') : place;
}

/**
 * `1-101` beside a building is entrance 1, door 101: the parts of a door told in one, for a table that has columns for all
 * of them. What may be read in two ways, or says otherwise than what was told beside it, stays in one.
 */
export function doorParts(values: Values, columns: readonly string[]): Values {
  const text = plain(values['place.door'] ?? '');
  const [, first = '', mark = '', second = '', last = ''] = WHOLE.exec(text.toUpperCase()) ?? [];
  const [told, compound] = [plain(values['place.building'] ?? ''), plain(values['place.compound'] ?? '')];
  const isEntrance = told !== '' && mark === '-' && second === '';
  // `2-401` alone: a building or an entrance.
  if (last === '' || (told === '' && mark === '-' && second === '')) return {};
  const building = isEntrance ? '' : first.replace(compound, '') + mark.replace('-', '');
  const entrance = second || (isEntrance ? first : '');
  const unit = entrance === '' || !text.includes('单元') ? entrance : `${entrance}单元`;
  const other = plain(values['place.entrance'] ?? '').replace(/单元$/, '');
  const isAnother = told !== '' && building !== '' && partsOf(told.toUpperCase()).no !== partsOf(building).no;
  if (isAnother || (other !== '' && entrance !== '' && other.toUpperCase() !== entrance)) return {};
  const parts = {
    ...(building !== '' && { 'place.building': told || building }),
    ...(entrance !== '' && { 'place.entrance': values['place.entrance'] ?? unit }),
  };
  const isWhole = Object.keys(parts).every((code) => columns.includes(code));
  if (!isWhole || Object.keys(parts).length === 0) return {};
  return { ...parts, 'place.door': text.slice(text.toUpperCase().lastIndexOf(last)) };
}
