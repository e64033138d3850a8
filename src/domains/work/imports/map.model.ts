import { z } from 'zod';
import { datums } from '../../../kernel/geo.ts';
import { areaLevels } from '../../land/areas/area.model.ts';
import { channels } from '../casefiles/casefile.model.ts';
import { bodyKinds } from '../standards/standard.model.ts';
import { readMapBy } from './map_reading.model.ts';
import { isDateFormat, isZone } from './when.model.ts';

/**
 * How the table of another system is read: data, kept in `seeds/maps/`. A second city with other columns, dates and
 * words is another map and no code. `history`: cases with the acts that the source tells of; `reports`: messages that
 * arrive now and wait, unclassified, at the desk of an area.
 */
const column = z.string().min(1).max(100);
const text = z.string().trim().min(1).max(200);
const values = z.array(z.string()).min(1).max(200);

const areaSchema = z.discriminatedUnion('by', [
  /** The smallest area whose border contains the point. */
  z.strictObject({ by: z.literal('point') }),
  z.strictObject({ by: z.literal('code'), column }),
  /** By names from the top down; a level that is not known leaves the row at the one above. */
  z.strictObject({
    by: z.literal('names'),
    columns: z
      .array(z.strictObject({ column, level: z.enum(areaLevels), whole: z.boolean().default(false) }))
      .min(1)
      .max(4),
  }),
  /** The one that is named when the import is started. */
  z.strictObject({ by: z.literal('given') }),
]);

const columnsSchema = z.strictObject({
  opened: column,
  target: column.optional(),
  closed: column.optional(),
  status: z.strictObject({ column, open: values, closed: values }).optional(),
  words: z.array(column).min(1).max(5),
  /** What stands in for words where those are empty, such as the name of the kind. */
  wordsOtherwise: z.array(column).max(5).default([]),
  closingWords: z.array(column).max(5).default([]),
  type: z
    .strictObject({
      column,
      major: column.optional(),
      /** Codes of the standard for words of the source. */
      values: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  channel: z
    .strictObject({ column, values: z.record(z.string(), z.enum(channels)), otherwise: z.enum(channels) })
    .optional(),
  body: z.strictObject({ column, kind: z.enum(bodyKinds), create: z.boolean().default(false) }).optional(),
  place: z
    .strictObject({
      words: z.array(column).max(5).default([]),
      lon: column.optional(),
      lat: column.optional(),
      datum: z.enum(datums).default('wgs84'),
    })
    .optional(),
  area: areaSchema,
  /** What the source itself says of being on time; compared, never copied. */
  flag: z.strictObject({ column, onTime: values, late: values }).optional(),
});

const mapSchema = z
  .strictObject({
    source: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens'),
    title: text,
    kind: z.enum(['history', 'reports']),
    file: z
      .strictObject({
        encoding: z.enum(['utf-8', 'gbk']).default('utf-8'),
        delimiter: z.string().length(1).default(','),
        sheet: z.union([z.string(), z.int().min(0)]).default(0),
      })
      .prefault({}),
    key: column,
    zone: z.string().refine(isZone, 'an IANA time zone'),
    dates: z.array(z.string().refine(isDateFormat, 'names year, month and day once each: YYYY-MM-DD HH:mm:ss')).min(1),
    language: z.enum(['zh', 'en']).default('zh'),
    /** Channel of rows whose source has none. */
    channel: z.enum(channels).default('api'),
    columns: columnsSchema,
    figures: z
      .strictObject({
        /** How this source counts rows that have no deadline. */
        withoutTarget: z.enum(['on_time', 'not_counted']).default('not_counted'),
      })
      .prefault({}),
    /** On an empty database: the county to make. Its areas come from the columns, when `area` is by names. */
    realm: z
      .strictObject({
        name: text.max(60),
        code: z.string().regex(/^\d{2,12}$/, 'digits'),
        level: z.enum(['county', 'city', 'province']).default('county'),
      })
      .optional(),
  })
  .superRefine(({ kind, columns }, ctx) => {
    const refuse = (path: string[], message: string): void => ctx.addIssue({ code: 'custom', path, message });
    const { place, area, status, closed } = columns;
    if ((place?.lon === undefined) !== (place?.lat === undefined))
      refuse(['columns', 'place'], 'longitude and latitude come together');
    if (area.by === 'point' && place?.lon === undefined)
      refuse(['columns', 'area'], 'by point needs columns.place.lon and lat');
    if (status !== undefined && closed === undefined)
      refuse(['columns', 'closed'], 'a status needs the day of closing');
    if (kind === 'reports' && (closed ?? columns.target) !== undefined)
      refuse(['kind'], 'reports arrive now: deadlines and closings belong to a history');
  });

export type ImportMap = z.output<typeof mapSchema>;

/** Every fault with its path; nothing is imported by a map that cannot be read whole. */
export const readMap = (json: string): ImportMap => readMapBy(mapSchema, json);

/** All columns that a map reads, for the header to be held against. */
export function columnsOf({ key, columns }: ImportMap): string[] {
  const {
    opened,
    target,
    closed,
    status,
    words,
    wordsOtherwise,
    closingWords,
    type,
    channel,
    body,
    place,
    area,
    flag,
  } = columns;
  const named = [key, opened, target, closed, status?.column, type?.column, type?.major, channel?.column, body?.column];
  const placed = [place?.lon, place?.lat, ...(place?.words ?? []), flag?.column];
  const areas = area.by === 'names' ? area.columns.map((one) => one.column) : area.by === 'code' ? [area.column] : [];
  const all = [...named, ...placed, ...words, ...wordsOtherwise, ...closingWords, ...areas];
  return [...new Set(all.filter((name) => name !== undefined))];
}
