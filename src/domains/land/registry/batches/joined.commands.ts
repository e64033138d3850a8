import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { certainOf } from '../certain.model.ts';
import { kinFact } from '../households/following.model.ts';
import { communityOf } from '../households/household.views.ts';
import { headOf, kinOf, type Member } from '../households/kin.model.ts';
import { type CommonLedger, residents } from '../ledger.model.ts';
import { type Bearing, recordsBearing } from '../ledger.queries.ts';
import { knownOn, originOf } from '../life.model.ts';
import { joinedIn } from '../out/blank_fit.model.ts';
import type { Found } from '../out/records_out.commands.ts';
import { householdText, markOf, type OpenRecord, openRecords } from '../record.commands.ts';
import { doorText, isSameDoor } from './door.model.ts';

/** What follows of a record from whom or what it belongs to: worked out on reading, kept nowhere. */
export interface Joined {
  readonly field: string;
  readonly value: string;
  /** The fact it follows from: of which record, and which. */
  readonly of: OpenRecord;
  readonly origin: string;
  readonly through: string | null;
}

interface Wanted {
  readonly fields: readonly string[];
  readonly day: string;
}

/** Of the fields that are asked and were not told; nothing is looked up where none of them is joined. */
export async function joinedTo(
  ctx: Ctx,
  ledger: CommonLedger,
  found: readonly Found[],
  { fields, day }: Wanted,
): Promise<Map<Id, Joined[]>> {
  const asked = fields.filter(
    (field) => joinedIn(ledger).includes(field) || [...ofHousehold, ...ofAll].includes(field),
  );
  const [ofHouse, ofPeople] = [true, false].map((is) => asked.filter((field) => field.startsWith('house.') === is));
  const houses = ledger.code === 'houses' ? [] : (ofHouse ?? []);
  const people = ledger.code === residents.code || ledger.code === 'houses' ? (ofPeople ?? []) : [];
  const households =
    people.length === 0
      ? none
      : await beside(ctx, residents.code, found, ledger.code === residents.code ? byNumber : doorText);
  const doors = houses.length === 0 ? none : await beside(ctx, 'houses', found, doorText);
  return new Map(
    found.map((one) => {
      const { id } = one.one.row;
      const members = households.get(id) ?? [];
      const there = (doors.get(id) ?? []).filter((house) => isSameDoor(one.known, house.standing.values));
      const follows = ledger.code === residents.code ? fromHousehold : fromDoor;
      const untold = (field: string): boolean => (one.known[field] ?? '') === '';
      return [
        id,
        [
          ...houses.filter(untold).flatMap((field) => fromHouse(field, there)),
          ...follows(one, members, { fields: people.filter(untold), day }),
        ],
      ];
    }),
  );
}

const none: ReadonlyMap<Id, readonly OpenRecord[]> = new Map();
const ofHousehold = ['household.head_name', 'household.head_id_number', 'household.head_phone', 'household.size'];
/** Told with one of a household and true of all of it. */
const ofAll = [
  ...['household.kind', 'household.income', 'household.income_source', 'household.labour', 'household.gone'],
  ...['household.land', 'household.lifted', 'household.watched', 'household.watched_kind', 'household.poor_why'],
  'household.one_child',
];
const byNumber = (values: Found['known']): string | null => householdText(residents, values);

/** Of each, who of a ledger in the same community bears what it bears; within what the reader may read. */
async function beside(
  ctx: Ctx,
  ledger: string,
  found: readonly Found[],
  textOf: (values: Found['known']) => string | null,
): Promise<Map<Id, readonly OpenRecord[]>> {
  const asked = new Map<string, Bearing>();
  const keys = new Map<Id, string>();
  for (const { one, known } of found) {
    const text = textOf(known);
    if (text === null) continue;
    const [mark, span] = [markOf(ctx, text), await communityOf(ctx, one.row)];
    const key = `${mark.toString('hex')} ${span.no}`;
    asked.set(key, { mark, span });
    keys.set(one.row.id, key);
  }
  const rows = await recordsBearing(ctx, ledger, [...asked.values()]);
  const open = await openRecords(ctx, rows);
  const groups = new Map<string, OpenRecord[]>();
  for (const { id, mark, no } of rows) {
    const [key, record] = [`${mark.toString('hex')} ${no}`, open.get(id)];
    if (record) groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return new Map(found.map(({ one: { row } }) => [row.id, groups.get(keys.get(row.id) ?? '') ?? []]));
}

/** Of two houses that may be behind the door nobody knows which. */
function fromHouse(field: string, houses: readonly OpenRecord[]): Joined[] {
  const [house, ...others] = houses;
  if (!house || others.length > 0) return [];
  const { values } = house.standing;
  const value = values[field] ?? certainOf(values)[field];
  if (value === undefined) return [];
  return [{ field, value, of: house, origin: originOf(field, values), through: '由同一门牌的房屋推得' }];
}

const memberOf =
  (day: string) =>
  ({ row: { id }, standing: { values } }: OpenRecord): Member => ({ id, known: knownOn(values, day) });

function fromHousehold({ one }: Found, household: readonly OpenRecord[], { fields, day }: Wanted): Joined[] {
  const members = household.map(memberOf(day));
  const person = members.find(({ id }) => id === one.row.id);
  if (!person || fields.length === 0) return [];
  const kin = kinOf(person, members);
  return fields.flatMap((field): Joined[] => {
    if (field === 'household.size')
      return sizeOf(one, members.length, 'household.number', `户内 ${members.length} 名成员`);
    if (ofAll.includes(field)) return ofOne(field, household);
    const fact = kinFact(field);
    const member = fact && kin[fact.who];
    const of = member && household.find(({ row }) => row.id === member.id);
    if (!fact || !member || !of) return [];
    return factOf(field, { fact: fact.fact, of, member, through: member.id === person.id ? null : '户内成员' });
  });
}

/** Where two of a household say otherwise, nobody knows. */
function ofOne(field: string, household: readonly OpenRecord[]): Joined[] {
  const telling = household.filter(({ standing }) => (standing.values[field] ?? '') !== '');
  const [of, ...others] = telling;
  const value = of?.standing.values[field];
  if (!of || value === undefined || others.some(({ standing }) => standing.values[field] !== value)) return [];
  return [{ field, value, of, origin: field, through: '由户内成员推得' }];
}

/** Of a house: the head of the only household behind its door, and how many are registered there. */
function fromDoor({ one, known }: Found, people: readonly OpenRecord[], { fields, day }: Wanted): Joined[] {
  const there = people.filter(({ standing }) => isSameDoor(known, standing.values));
  const [first] = there;
  if (!first) return [];
  const members = there.map(memberOf(day));
  const head = headOf(members);
  const of = there.find(({ row }) => row.id === head?.id);
  return fields.flatMap((field): Joined[] => {
    if (field === 'household.size')
      return sizeOf(first, there.length, 'place.door', `同一门牌的 ${there.length} 名居民`);
    const fact = kinFact(field);
    if (fact?.who !== 'head' || !head || !of || one.row.id === of.row.id) return [];
    return factOf(field, { fact: fact.fact, of, member: head, through: '同一门牌的居民' });
  });
}

const sizeOf = (of: OpenRecord, n: number, origin: string, through: string): Joined[] => [
  { field: 'household.size', value: String(n), of, origin, through: `由${through}推得` },
];

interface Fact {
  readonly fact: string;
  readonly of: OpenRecord;
  readonly member: Member;
  readonly through: string | null;
}

/** Named in the sheet of sources by name and by what they are to the head. */
function factOf(field: string, { fact, of, member, through }: Fact): Joined[] {
  const value = member.known[fact];
  if (value === undefined || value === '') return [];
  const { 'person.name': name = '', 'household.relation': relation = '' } = member.known;
  const words = through === null ? null : `由${through}推得（${[relation, name].join(' ').trim()}）`;
  return [{ field, value, of, origin: originOf(fact, of.standing.values), through: words }];
}
