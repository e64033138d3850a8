import { z } from 'zod';
import { idSchema } from '../../kernel/id.ts';
import { defineProblems } from '../../kernel/problem.ts';

/** A neighbour is a body with a platform of its own that speaks Open311: cases given to the body are sent there. */
export const neighbourProblems = defineProblems({
  'neighbour.no_such_body': {
    status: 422,
    title: { zh: '没有这个单位', en: 'There is no such body' },
    hint: { zh: '请从单位列表里选择。没有保存任何内容。', en: 'Choose from the list of bodies. Nothing was saved.' },
  },
  'neighbour.unknown_kind': {
    status: 422,
    title: { zh: '现行标准里没有“{of}”', en: 'The standard in force does not know “{of}”' },
    hint: {
      zh: '请写立案条件、小类或大类的代码，或者“*”。没有保存任何内容。',
      en: 'Name a filing condition, a type or a major class by its code, or “*”. Nothing was saved.',
    },
  },
  'neighbour.no_such_sending': {
    status: 404,
    title: { zh: '没有这条发送记录', en: 'There is no such delivery' },
    hint: { zh: '请从失败清单里选择。', en: 'Choose one from the list of failures.' },
  },
  'neighbour.not_failed': {
    status: 409,
    title: {
      zh: '它没有失败，或者已经在重新发送',
      en: 'It has not failed, or is under way again',
    },
    hint: { zh: '没有改动任何内容。请刷新失败清单。', en: 'Nothing was changed. Look at the list again.' },
  },
});

const serviceMapping = z.strictObject({
  of: z
    .string()
    .min(1)
    .max(100)
    .describe('A filing condition, type or major class of ours by its code; * for all others'),
  serviceCode: z.string().trim().min(1).max(100),
  attributes: z.record(z.string().min(1).max(100), z.string().max(1000)).default({}),
});
export type ServiceMapping = z.infer<typeof serviceMapping>;

/** Neither a query nor a password belongs into the address: the key has a field of its own, and lies sealed. */
const baseUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => !/[?#]|\/\/[^/]*@/.test(text), 'no query, fragment or password in the address');

export const neighbourForm = z.strictObject({
  bodyId: idSchema,
  url: baseUrl.describe('Where its Open311 endpoint begins: what stands before /requests.json'),
  jurisdiction: z.string().trim().min(1).max(100).nullable().default(null),
  apiKey: z.string().min(1).max(500).optional().describe('Left out: the key it has stays'),
  format: z.enum(['json', 'xml']).default('json'),
  services: z.array(serviceMapping).min(1).max(500),
  contactPurpose: z
    .string()
    .trim()
    .min(4)
    .max(200)
    .nullable()
    .default(null)
    .describe('Why the reporter’s name and phone go along; without it they stay here'),
  enabled: z.boolean().default(true),
});
export type NeighbourForm = z.infer<typeof neighbourForm>;

export const neighbourView = z.object({
  bodyId: idSchema,
  body: z.string(),
  url: z.string(),
  jurisdiction: z.string().nullable(),
  hasKey: z.boolean(),
  format: z.string(),
  services: z.array(serviceMapping),
  contactPurpose: z.string().nullable(),
  enabled: z.boolean(),
  speaksUpdates: z.boolean().nullable(),
});

export const states = [
  'waiting',
  'posting',
  'unsure',
  'token',
  'following',
  'closed',
  'ended',
  'withheld',
  'failed',
] as const;
export type State = (typeof states)[number];

export const sendingView = z.object({
  id: idSchema,
  number: z.string(),
  body: z.string(),
  joint: z.boolean(),
  state: z.enum(states),
  requestId: z.string().nullable(),
  faults: z.number(),
  fault: z.string().nullable(),
  faultWords: z.object({ zh: z.string(), en: z.string() }).nullable(),
  nextAt: z.date().nullable(),
  changedAt: z.date(),
});

/** The service of theirs for a matter of ours: the nearest that is set. */
export function serviceFor(
  services: readonly ServiceMapping[],
  { conditionCode, typeCode, major }: Readonly<Record<'conditionCode' | 'typeCode' | 'major', string | null>>,
): ServiceMapping | null {
  const set = (of: string | null) => services.find((one) => one.of === of);
  return set(conditionCode) ?? set(typeCode) ?? set(major) ?? set('*') ?? null;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** A day and a half, about. */
export const MOST_FAULTS = 40;

/** After a fault: half a minute, a minute, two … up to an hour, with some scatter. */
export const waitAfterFault = (faults: number, jitter: number): number =>
  Math.min(HOUR, 30 * SECOND * 2 ** Math.min(faults - 1, 10)) * (0.75 + jitter / 2);

/** Asked a minute after something new was heard, and ever less often while nothing is. */
export const waitWhenQuiet = (quiet: number, jitter: number): number =>
  Math.min(HOUR, 60 * SECOND * 2 ** Math.min(quiet, 10)) * (0.75 + jitter / 2);
