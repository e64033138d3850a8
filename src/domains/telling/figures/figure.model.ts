import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems, Problem } from '../../../kernel/problem.ts';
import { casefileLine } from '../../work/casefiles/page.model.ts';
import type { FigurePack } from './definition.model.ts';

/** What is asked of figures and how they are shown. */
const words = z.object({ zh: z.string(), en: z.string() });

export const figureQuery = z.strictObject({
  area: idSchema.optional().describe('Default: the widest area that I read'),
  from: daySchema.optional().describe('First day; default: the first of this month'),
  to: daySchema.optional().describe('Last day, included; default: today'),
  asOf: z.iso.datetime({ offset: true }).optional().describe('As it was known then; default: now'),
  vintage: z
    .enum(['today', 'filed'])
    .default('today')
    .describe('Areas as numbered today, or the area a case was filed under'),
  by: z.enum(['area', 'body']).default('area').describe('Rows beside each figure: areas directly below, or bodies'),
  pack: z.string().max(40).optional().describe('Whose formulas; default: the first'),
});
export type FigureQuery = z.output<typeof figureQuery>;

const parts = ['all', 'numerator', 'denominator', 'excluded'] as const;
export const recordsQuery = figureQuery.extend({
  part: z.enum(parts).default('numerator'),
  split: z
    .union([idSchema, z.enum(['none', 'others'])])
    .optional()
    .describe('One row of the table: an area or body, what has none, or those told together'),
  before: idSchema.optional().describe('The last line of the page before'),
  most: z.coerce.number().int().min(1).max(200).default(50),
});
export type RecordsQuery = z.output<typeof recordsQuery>;

const confidence = z.enum(['local', 'common', 'unsure']);
const shares = {
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z.number().nullable().describe('Null: no data. A count is its numerator, a rate a share of one'),
};

const figureView = z.object({
  id: z.string(),
  version: z.number(),
  unit: z.enum(['count', 'rate', 'composite']),
  name: words,
  counts: words.describe('What it counts, in one sentence'),
  source: words,
  confidence,
  parameters: z.array(z.string()),
  parts: z.array(z.object({ figure: z.string(), weight: z.number() })).describe('What a composite is made of'),
  ...shares,
  noData: words.nullable().describe('Why there is no value'),
  exclusions: z.array(z.object({ id: z.string(), reason: words, count: z.number() })),
  records: z.number().describe('Rows looked at: numerator, rest of the denominator and excluded'),
  cells: z.array(
    z.object({
      split: z.union([idSchema, z.enum(['none', 'others'])]).describe('As in the address of its records'),
      name: words,
      ...shares,
    }),
  ),
});

export const figuresView = z.object({
  area: z.object({
    ...{ id: idSchema, code: z.string(), name: z.string() },
    above: z.object({ id: idSchema, name: z.string() }).nullable().describe('The next area up, if I may count it'),
  }),
  pack: z.object({ code: z.string(), name: words, about: words }),
  packs: z.array(z.object({ code: z.string(), name: words })),
  from: z.string(),
  to: z.string(),
  begins: z.date(),
  ends: z.date(),
  asOf: z.date(),
  vintage: z.enum(['today', 'filed']),
  by: z.enum(['area', 'body']),
  parameters: z.array(
    z.object({
      name: z.string(),
      value: z.union([z.number(), z.array(z.string())]),
      words,
      source: words,
      confidence,
    }),
  ),
  figures: z.array(figureView),
});
export type FiguresView = z.input<typeof figuresView>;
export type FigureView = z.input<typeof figureView>;

export const recordsView = z.object({
  figure: z.object({
    id: z.string(),
    version: z.number(),
    name: words,
    counts: words,
    unit: z.enum(['count', 'rate']),
    of: z.enum(['casefile', 'duty']),
  }),
  area: z.object({ name: z.string() }),
  row: words.nullable().describe('Of which row of the table; null: of the whole area'),
  ...{ from: z.string(), to: z.string() },
  part: z.enum(parts),
  counted: z.number().describe('All rows of this part'),
  closed: z.number().describe('Counted, but not open to me: confidential, or in an area that I do not read'),
  records: z.array(
    z.object({
      key: idSchema.describe('Of the case, or of the duty that was counted'),
      casefile: casefileLine,
      excluded: words.nullable().describe('Why it is left out'),
      weight: z.number().nullable().describe('What it adds to the numerator'),
    }),
  ),
  next: idSchema.nullable(),
});
export type RecordsView = z.input<typeof recordsView>;

export const figureProblems = defineProblems({
  'figure.not_found': {
    status: 404,
    title: { zh: '没有叫“{figure}”的指标', en: 'There is no figure called “{figure}”' },
    hint: { zh: '请从指标表里选择。', en: 'Choose one from the table of figures.' },
  },
  'figure.no_area': {
    status: 404,
    title: { zh: '没有编码是“{code}”的区域', en: 'There is no area with the code “{code}”' },
    hint: { zh: '请核对编码；没有统计任何内容。', en: 'Check the code; nothing was counted.' },
  },
  'figure.no_pack': {
    status: 404,
    title: { zh: '没有叫“{pack}”的口径', en: 'There is no set of formulas called “{pack}”' },
    hint: { zh: '请从列出的口径里选择：{packs}。', en: 'Choose one of: {packs}.' },
  },
  'figure.turned_round': {
    status: 422,
    title: { zh: '开始日期在结束日期之后', en: 'The first day lies after the last' },
    hint: { zh: '请对调两个日期；没有统计任何内容。', en: 'Swap the two days; nothing was counted.' },
  },
  'figure.too_long': {
    status: 422,
    title: { zh: '一次最多统计十年', en: 'At most ten years are counted at once' },
    hint: { zh: '请缩短起止日期，分几次统计。', en: 'Shorten the period and count in several parts.' },
  },
  'figure.not_yet': {
    status: 422,
    title: { zh: '截止时刻还没有到', en: 'The instant to count at has not come yet' },
    hint: { zh: '请选现在或以前的时刻，不填就是现在。', en: 'Choose an instant of the past, or leave it out for now.' },
  },
  'figure.no_row': {
    status: 404,
    title: { zh: '这张指标表里没有这一行', en: 'The table of this figure has no such row' },
    hint: { zh: '请从指标表里点开。', en: 'Open it from the table of figures.' },
  },
  'figure.composed': {
    status: 422,
    title: {
      zh: '这个指标由别的指标合成，没有自己的案卷',
      en: 'This figure is made of others and has no records of its own',
    },
    hint: { zh: '请打开合成它的各个指标。', en: 'Open the figures it is made of.' },
  },
});

const MOST_YEARS = 10;

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly begins: Date;
  readonly ends: Date;
}

/** From the first day to the last, both included, as the pack begins its days. */
export function periodOf(
  asked: Pick<FigureQuery, 'from' | 'to'>,
  today: string,
  zone: string,
  { day: { startsAt, of } }: Pick<FigurePack, 'day'>,
): Period {
  const to = Temporal.PlainDate.from(asked.to ?? today);
  const from = asked.from === undefined ? to.with({ day: 1 }) : Temporal.PlainDate.from(asked.from);
  if (Temporal.PlainDate.compare(from, to) > 0) throw new Problem(figureProblems['figure.turned_round']);
  if (Temporal.PlainDate.compare(from.add({ years: MOST_YEARS }), to) <= 0)
    throw new Problem(figureProblems['figure.too_long']);
  const begin = (date: Temporal.PlainDate): Date =>
    new Date(
      (of === 'before' ? date.subtract({ days: 1 }) : date).toZonedDateTime({ timeZone: zone, plainTime: startsAt })
        .epochMilliseconds,
    );
  return { from: from.toString(), to: to.toString(), begins: begin(from), ends: begin(to.add({ days: 1 })) };
}
