import { z } from 'zod';
import { answers, declineOutcomes, importOutcomes, outcomes, statuses } from '../../work/casefiles/casefile.model.ts';
import { dutyNames } from '../../work/obligations/duty.model.ts';

/**
 * What a figure counts, as data: which rows, which of them are left out and why, which make up the numerator. The
 * vocabulary is closed, so that a city can change a formula and nobody can write a query into one.
 */
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const confidences = ['local', 'common', 'unsure'] as const;

/** Facts of a case that hold or do not. */
const caseFlags = [
  // holds of every row
  'every',
  ...['merged', 'urgent', 'self_handled', 'returned', 'reopened', 'suspended', 'confidential'],
  'several_rounds',
] as const;
/** Of a duty on a case: past its deadline, excused, its deadline reached at the instant of counting. */
const dutyFlags = ['late', 'exempt', 'due_reached'] as const;
const flagFacts = [...caseFlags, ...dutyFlags] as const;

export const keys = (table: object): string[] => Object.keys(table);
/** Facts that are one of a list. */
export const listFacts = {
  status: keys(statuses),
  outcome: [...keys(outcomes), ...keys(declineOutcomes), ...keys(importOutcomes)],
  answer: keys(answers),
  duty: [...dutyNames],
  clock: ['running', 'paused', 'suspended', 'settled', 'withdrawn'],
} as const;
export type ListFact = keyof typeof listFacts;
export const ofDuties: ReadonlySet<string> = new Set([...dutyFlags, 'duty', 'clock']);

const parameter = z.strictObject({ parameter: name });
export type FlagFact = (typeof flagFacts)[number];
export type Predicate<P = never> =
  | { readonly is: string }
  | { readonly not: Predicate<P> }
  | { readonly all: readonly Predicate<P>[] }
  | { readonly any: readonly Predicate<P>[] }
  | { readonly fact: ListFact; readonly in: readonly string[] | P };
export type Parameter = z.infer<typeof parameter>;

const predicate: z.ZodType<Predicate<Parameter>> = z.lazy(() =>
  z.union([
    z.strictObject({ is: z.enum(flagFacts) }),
    z.strictObject({ not: predicate }),
    z.strictObject({ all: z.array(predicate).min(1) }),
    z.strictObject({ any: z.array(predicate).min(1) }),
    z.strictObject({
      fact: z.enum(keys(listFacts) as [ListFact]),
      in: z.union([z.array(z.string()).min(1), parameter]),
    }),
  ]),
);

/** Which instant of a row decides whether it lies in the period; `now`: what stands at the instant of counting. */
export const whens = ['reported', 'registered', 'dispatched', 'handled', 'closed', 'due', 'now'] as const;

const told = { id: name, version: z.int().min(1), name: words, counts: words, source: words };
const sure = { confidence: z.enum(confidences) };
const counted = z.strictObject({
  ...told,
  ...sure,
  unit: z.enum(['count', 'rate']),
  of: z.enum(['casefile', 'duty']),
  when: z.enum(whens),
  base: predicate,
  exclusions: z.array(z.strictObject({ id: name, reason: words, where: predicate })),
  /** The first that holds gives the row's weight; whatever holds none stays in the denominator alone. */
  numerator: z
    .array(z.strictObject({ where: predicate, weight: z.union([z.number().gt(0).max(1), parameter]) }))
    .min(1),
});
const composed = z.strictObject({
  ...told,
  ...sure,
  unit: z.literal('composite'),
  parts: z.array(z.strictObject({ figure: name, weight: z.union([z.number().gt(0).max(1), parameter]) })).min(2),
});

export const packSchema = z.strictObject({
  code: name,
  name: words,
  about: words,
  /** When a day begins; a city may count from noon of the day before to noon. */
  day: z.strictObject({ startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), of: z.enum(['same', 'before']) }),
  /** In a table by area, a rate of fewer than these is merged with others. */
  smallestCell: z.int().min(1).max(100).default(5),
  parameters: z.record(
    name,
    z.strictObject({
      ...{ value: z.union([z.number(), z.array(z.string()).min(1)]), words, source: words },
      ...sure,
    }),
  ),
  figures: z.array(z.discriminatedUnion('unit', [counted, composed])).min(1),
});

export type PackGiven = z.input<typeof packSchema>;
export type PackRead = z.output<typeof packSchema>;
export type Row = PackRead['figures'][number];

interface Filled {
  readonly where: Predicate;
  readonly weight: number;
}
type Common = Pick<Row, 'id' | 'version' | 'name' | 'counts' | 'source' | 'confidence'> & {
  /** The parameters it was made with. */
  readonly parameters: readonly string[];
};
export type CountedFigure = Common & {
  readonly unit: 'count' | 'rate';
  readonly of: 'casefile' | 'duty';
  readonly when: (typeof whens)[number];
  readonly base: Predicate;
  readonly exclusions: readonly {
    readonly id: string;
    readonly reason: { zh: string; en: string };
    readonly where: Predicate;
  }[];
  readonly numerator: readonly Filled[];
};
export type ComposedFigure = Common & {
  readonly unit: 'composite';
  readonly parts: readonly { readonly figure: string; readonly weight: number }[];
};
export type Figure = CountedFigure | ComposedFigure;
export type FigurePack = Omit<PackRead, 'figures'> & { readonly figures: readonly Figure[] };
