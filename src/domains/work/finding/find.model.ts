import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { areaLevels } from '../../land/areas/area.model.ts';
import { statusNames } from '../casefiles/casefile.model.ts';
import { casefileLine } from '../casefiles/page.model.ts';

/** What is asked in a search box, and a box on the map. Pure. */
const MOST_TERMS = 6;

export const searchQuery = z.strictObject({
  words: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .refine((text) => !text.includes('\u0000'), 'no null character'),
  beforeAt: z.iso.datetime({ offset: true }).optional(),
  beforeId: idSchema.optional(),
  most: z.coerce.number().int().min(1).max(200).default(50),
});

export const searchView = z.object({
  cases: z.array(casefileLine),
  more: z.boolean().describe('There are others: go on before the last one'),
});

const named = z.object({ zh: z.string(), en: z.string() });

/** What one box finds at once: each kind by itself, the best of it first. */
export const everywhereView = searchView.extend({
  areas: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      code: z.string(),
      level: z.enum(areaLevels),
      path: z.array(z.string()).describe('Names from the top down'),
    }),
  ),
  people: z.array(
    z.object({
      personId: idSchema,
      name: z.string(),
      roleWords: named,
      place: z.string(),
      areaId: idSchema.nullable(),
      bodyId: idSchema.nullable(),
    }),
  ),
  bodies: z.array(z.object({ id: idSchema, name: z.string() })),
});

/** A tracking code as somebody reads it out on the telephone. Sent in the body, so that no log has it. */
export const codeForm = z.strictObject({ code: z.string().trim().min(1).max(40) });

export interface Asked {
  /** Each of two characters or more, all to be found in one text. */
  readonly terms: readonly string[];
  /** Whole things that are known by name: a number, its end, a type. */
  readonly tokens: readonly string[];
}

export interface NamedType {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
}

/** Full and half width, large and small letters are one. A single character is in too many words to be looked for. */
export function askedFor(words: string, types: readonly NamedType[]): Asked {
  const plain = words.normalize('NFKC').toLowerCase().trim();
  const terms = plain
    .split(/\s+/)
    .filter((term) => [...term].length >= 2)
    .slice(0, MOST_TERMS);
  return { terms, tokens: [...numberTokens(plain), ...typeTokens(plain, types)] };
}

/** 20261122-000123, or what people say of it: 123 is too little, 0123 is enough. */
function numberTokens(plain: string): string[] {
  if (/^\d{8}-\d{1,12}$/.test(plain)) return [`n:${plain}`];
  return /^\d{4,12}$/.test(plain) ? [`s:${plain.padStart(6, '0')}`] : [];
}

const typeTokens = (plain: string, types: readonly NamedType[]): string[] =>
  types
    .filter(({ name }) => name.zh.toLowerCase().includes(plain) || name.en.toLowerCase().includes(plain))
    .map(({ code }) => `t:${code}`);

const degrees = (most: number) => z.coerce.number().min(-most).max(most);
/** A county is half a degree; two are a city. */
const MOST_DEGREES = 2;

export const boxQuery = z
  .strictObject({
    west: degrees(180),
    south: degrees(90),
    east: degrees(180),
    north: degrees(90),
    zoom: z.coerce.number().int().min(0).max(22),
    state: z.enum(['open', 'all']).default('open').describe('open: what is not over yet'),
  })
  .refine(({ west, east, south, north }) => west < east && south < north, 'west before east, south before north')
  .refine(
    ({ west, east, south, north }) => north - south <= MOST_DEGREES && east - west <= MOST_DEGREES,
    `at most ${MOST_DEGREES} degrees on each side`,
  );
export type BoxQuery = z.output<typeof boxQuery>;

export const MOST_POINTS = 500;

export const boxView = z.object({
  step: z.number().describe('Degrees along the side of a cluster; 0: every case by itself'),
  clusters: z.array(
    z.object({
      west: z.number(),
      south: z.number(),
      cases: z.number().int(),
      waiting: z
        .number()
        .int()
        .describe('Of these, those on which somebody here has to act: closed ones wait for their reporter'),
    }),
  ),
  cases: z.array(
    z.object({ id: idSchema, number: z.string(), status: z.enum(statusNames), lon: z.number(), lat: z.number() }),
  ),
  more: z.boolean().describe('There are more cases than are listed: come nearer'),
});

/** How many cells make the side of a cluster: about a sixteenth of the map. 0: near enough for the cases themselves. */
export function cellsASide(zoom: number): number {
  const step = 360 / 2 ** zoom / 16;
  return step * 100 < 0.15 ? 0 : Math.max(1, Math.round(step * 100));
}
