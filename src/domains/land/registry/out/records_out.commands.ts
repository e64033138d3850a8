import type { Ctx } from '../../../../kernel/context.ts';
import type { Id } from '../../../../kernel/id.ts';
import { type Atlas, atlasOf } from '../../areas/index.ts';
import { namesOf } from '../../staff/index.ts';
import type { Values } from '../batches/candidate.model.ts';
import { doorParts, homeOf } from '../batches/door.model.ts';
import { type Joined, joinedTo } from '../batches/joined.commands.ts';
import { dayOfRank } from '../batches/told_change.model.ts';
import { type Condition, meets, unjudgedBy } from '../fields/choice.model.ts';
import { isOwn } from '../fields/own_code.model.ts';
import { isCommon, type Ledger } from '../ledger.model.ts';
import { listRecords } from '../ledger.queries.ts';
import { isStale, knownOn, originOf } from '../life.model.ts';
import type { Asking } from '../own/own_field.commands.ts';
import { type OpenRecord, openRecords, tellingsOf } from '../record.commands.ts';
import type { Asked } from './out.commands.ts';

/** Records that are read in one transaction. */
const PART_OUT = 500;

export interface RecordOut {
  readonly id: Id;
  readonly scopeNo: number;
  /** As on the day; places by their names. */
  readonly known: Values;
  readonly sources: readonly SourceOut[];
}

/** Where some of the values are from. */
export interface SourceOut {
  readonly fields: readonly string[];
  /** From whom or what it follows, in Chinese as the sheet is; null: it was told of the record itself. */
  readonly through: string | null;
  /** File, sheet and row; null: entered by hand. */
  readonly source: string | null;
  readonly by: string | null;
  readonly toldOn: string;
  readonly isStale: boolean;
}

interface PartAsked {
  readonly asked: Asked;
  readonly ledger: Ledger;
  readonly after: Id | null;
  /** Besides what was told, what follows from it: the age, what stands in the identity number, the household, the door. */
  readonly withWhatFollows: boolean;
  /** All must hold. */
  readonly conditions: readonly Condition[];
  /** Own fields with where each holds: what a record brought along from elsewhere does not appear. Left out: the reader sees to it. */
  readonly asking?: readonly Asking[];
  /** What is filled: of these what is joined is looked for, and where their values are from. */
  readonly fields: readonly string[];
}

/** The next of an area that meet the conditions; `unjudged`: of each who may or may not, what is not known. */
export async function recordsOut(
  ctx: Ctx,
  { asked: { area, day }, ledger, after, withWhatFollows, conditions, fields, asking }: PartAsked,
): Promise<{ records: RecordOut[]; unjudged: string[][]; next: Id | null }> {
  const { no, lastNo } = area;
  const rows = await listRecords(ctx, { ledger: ledger.code, span: { no, lastNo }, after, most: PART_OUT });
  const [open, atlas] = await Promise.all([openRecords(ctx, rows), atlasOf(ctx)]);
  const all = rows.flatMap((row): Found[] => {
    const one = open.get(row.id);
    if (!one) return [];
    const values = asking ? appearing(one, asking) : one.standing.values;
    return [{ one, known: withWhatFollows ? knownOn(values, day) : values }];
  });
  const found = all.flatMap(({ one, known }): Found[] => {
    if (!meets(known, conditions)) return [];
    const places = placesOf(atlas, one);
    const follows = withWhatFollows && { ...addressOf(ledger, known, places), ...doorParts(known, fields) };
    return [{ one, known: { ...known, ...places, ...follows } }];
  });
  const mayJoin = withWhatFollows && isCommon(ledger);
  const joined = mayJoin ? await joinedTo(ctx, ledger, found, { fields, day }) : new Map<Id, Joined[]>();
  const sources = fields.length === 0 ? null : await sourcesIn(ctx, found, joined, { fields, day });
  return {
    records: found.map(({ one: { row }, known }) => ({
      ...{ id: row.id, scopeNo: row.scopeNo },
      known: { ...known, ...Object.fromEntries((joined.get(row.id) ?? []).map(({ field, value }) => [field, value])) },
      sources: sources?.get(row.id) ?? [],
    })),
    unjudged: all.map(({ known }) => unjudgedBy(known, conditions)).filter((lacking) => lacking.length > 0),
    next: rows.length === PART_OUT ? (rows.at(-1)?.id ?? null) : null,
  };
}

const appearing = ({ row: { scopeNo }, standing: { values } }: OpenRecord, asking: readonly Asking[]): Values =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([code]) =>
        !isOwn(code) ||
        asking.some(({ field, no, lastNo }) => field.code === code && no <= scopeNo && scopeNo <= lastNo),
    ),
  );

export interface Found {
  readonly one: OpenRecord;
  readonly known: Values;
}

function placesOf(atlas: Atlas, { row }: OpenRecord): Values {
  const here = atlas.areaOf(row);
  const above = here ? atlas.upwards(here.id) : [];
  const named = (code: string, ...levels: string[]): Values => {
    const area = [...(here ? [here] : []), ...above].find(({ level }) => levels.includes(level));
    return area ? { [code]: area.name } : {};
  };
  return {
    // What a record says of its grid is the id of that area: the name says it, or nothing does.
    ...{ 'place.grid': '' },
    ...named('place.grid', 'grid', 'micro_grid'),
    ...named('place.community', 'community'),
    ...named('place.town', 'town'),
    ...named('place.county', 'county'),
  };
}

/** Where the address is not told, the door says it, with the community and town it lies in. */
function addressOf({ fields }: Ledger, known: Values, places: Values): Values {
  const code = ['person.lives_at', 'place.address'].find((one) => fields.includes(one));
  if (code === undefined || known[code] !== undefined || known['place.door'] === undefined) return {};
  const parts = [places['place.town'], places['place.community'], homeOf(known)];
  return { [code]: parts.filter(Boolean).join(' ') };
}

/** One value, and the fact of which record it is or follows from. */
interface Shown {
  readonly field: string;
  readonly of: OpenRecord;
  readonly origin: string;
  readonly through: string | null;
}

async function sourcesIn(
  ctx: Ctx,
  found: readonly Found[],
  joined: ReadonlyMap<Id, readonly Joined[]>,
  { fields, day }: { fields: readonly string[]; day: string },
): Promise<Map<Id, SourceOut[]>> {
  const others = [...joined.values()].flat().map(({ of }) => of);
  const asked = new Map([...found.map(({ one }) => one), ...others].map((one) => [one.row.id, one]));
  const tellings = [...(await tellingsOf(ctx, [...asked.values()])).values()].flat();
  const names = await namesOf(
    ctx,
    tellings.flatMap(({ change }) => change.personId ?? []),
  );
  const told = new Map(tellings.map((telling) => [telling.change.id, telling]));
  const sourceOf = ({ of, origin, through, field }: Shown): SourceOut[] => {
    const setter = of.standing.setters.find((it) => it.fields.includes(origin));
    const telling = told.get(setter?.change ?? '');
    if (!setter || !telling) return [];
    const by = telling.change.personId === null ? null : (names.get(telling.change.personId) ?? null);
    const when = { toldOn: dayOfRank(setter.on), isStale: isStale(origin, setter.on, day) };
    return [{ fields: [field], through, source: telling.source, by, ...when }];
  };
  return new Map(
    found.map((one) => {
      const shown = shownIn(one, joined.get(one.one.row.id) ?? [], fields);
      return [one.one.row.id, together(shown.flatMap(sourceOf))] as const;
    }),
  );
}

function shownIn({ one, known }: Found, joined: readonly Joined[], fields: readonly string[]): Shown[] {
  return fields.flatMap((field): Shown[] => {
    const from = joined.find((it) => it.field === field);
    if (from) return [from];
    if ((known[field] ?? '') === '') return [];
    return [{ field, of: one, origin: originOf(field, one.standing.values), through: null }];
  });
}

/** Those of one telling in one line. */
function together(sources: readonly SourceOut[]): SourceOut[] {
  const lines = new Map<string, SourceOut>();
  for (const one of sources) {
    const { fields, ...rest } = one;
    const key = JSON.stringify(rest);
    lines.set(key, { ...rest, fields: [...(lines.get(key)?.fields ?? []), ...fields] });
  }
  return [...lines.values()];
}
