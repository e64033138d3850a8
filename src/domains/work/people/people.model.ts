import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { roleNames } from '../../land/staff/staff.model.ts';
import { overseerRoles } from '../chain/chain.model.ts';
import { clockView } from '../obligations/obligation.model.ts';

/** Who answers for what, area by area, person by person, body by body; and the duties behind each number. */

/** Those who look after the chain of an area; and whoever appoints people, who sees no duties. */
export const peopleRoles = [...overseerRoles, 'admin'] as const;

/** So many lines to a page, everywhere here. */
export const PAGE = 50;

const from = z.coerce.number().int().min(0).max(1_000_000).default(0).describe('How many lines to leave out');
const place = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .optional()
  .describe('Code or id of the area; the whole county when left out');

export const areaQuery = z.strictObject({
  area: place,
  from,
  only: z.enum(['nobody']).optional().describe('All areas below that nobody answers for, instead of the next level'),
});
export const dutiesQuery = z.strictObject({
  area: place,
  person: idSchema.optional(),
  body: idSchema.optional(),
  late: z.enum(['1']).optional().describe('Only what is late'),
  from,
});
export type DutiesQuery = z.output<typeof dutiesQuery>;
export const peopleQuery = z.strictObject({ words: z.string().trim().min(1).max(60).describe('A part of the name') });
export const calledQuery = z.strictObject({ typed: z.string().trim().min(1).max(60).describe('Account, id or name') });
export const bodiesQuery = z.strictObject({ from, only: z.enum(['temporary']).optional() });

const words = z.object({ zh: z.string(), en: z.string() });
/** Null: lies outside what the reader may see, so that nothing is known. */
const tally = z.object({ open: z.number(), late: z.number() }).nullable();
export type Tally = z.output<typeof tally>;

const somebody = z.object({ personId: idSchema, name: z.string() });
const charge = somebody.extend({ rank: z.string(), mode: z.enum(['normal', 'emergency']), charge: z.string() });
const seat = z.object({ id: idSchema, role: z.enum(roleNames), roleWords: words, holders: z.array(somebody) });
export type ShownSeat = z.output<typeof seat>;
const named = z.object({ id: idSchema, name: z.string() });

const shownArea = named.extend({
  code: z.string(),
  levelWords: words,
  charges: z.array(charge),
  seats: z.array(seat),
  duties: tally,
  nobody: z.boolean().describe('A community or grid that nobody answers for in normal time'),
  gaps: z.number().describe('Communities and grids in it, itself too, that nobody answers for in normal time'),
});
export const areaView = shownArea.extend({
  above: z.array(named),
  below: z.array(shownArea.extend({ path: z.string().describe('Where it lies, from the area asked for downwards') })),
  count: z.number(),
  from: z.number(),
});

export const dutiesView = z.object({
  about: z.object({ kind: z.enum(['area', 'person', 'body']), id: idSchema, name: z.string() }),
  late: z.boolean(),
  count: z.number(),
  from: z.number(),
  lines: z.array(
    z.object({
      id: idSchema,
      dutyWords: words,
      recordId: idSchema,
      title: words.nullable(),
      number: z.string().nullable(),
      place: z.string(),
      owedByName: z.string(),
      assigneeName: z.string().nullable(),
      clock: clockView,
    }),
  ),
});

export const foundView = z.array(somebody.extend({ places: z.array(z.string()) }));

export const postView = z.object({
  ...{ id: idSchema, role: z.enum(roleNames), roleWords: words, place: z.string(), holders: z.array(somebody) },
  ...{ areaId: idSchema.nullable(), bodyId: idSchema.nullable() },
});

const period = { since: z.date(), until: z.date().nullable() };
export const personView = z.object({
  id: idSchema,
  name: z.string(),
  duties: tally,
  posts: z.array(
    z.object({
      ...{
        postId: idSchema,
        roleWords: words,
        place: z.string(),
        areaId: idSchema.nullable(),
        bodyId: idSchema.nullable(),
      },
      ...{ open: z.boolean().describe('The post still exists'), ...period },
    }),
  ),
  charges: z.array(
    z.object({
      ...{ areaId: idSchema, area: z.string(), rank: z.string(), mode: z.string(), charge: z.string(), ...period },
    }),
  ),
});

const shownBody = named.extend({
  area: named,
  hours: z
    .object({ name: z.string(), weekdays: z.array(z.number()), slots: z.array(z.array(z.string())) })
    .describe('The working slots of its calendar, as they are today'),
  temporaryUntil: z.string().nullable(),
  above: named.nullable(),
  pastTerm: z.boolean(),
  seats: z.number(),
  people: z.number(),
  duties: tally,
});
export const bodiesView = z.object({ count: z.number(), from: z.number(), lines: z.array(shownBody) });
export const bodyView = shownBody.extend({ purpose: z.string().nullable(), posts: z.array(seat) });

export const peopleProblems = defineProblems({
  'people.not_found': {
    status: 404,
    title: { zh: '没有这个人', en: 'There is no such person' },
    hint: { zh: '请按姓名查找。', en: 'Look for them by name.' },
  },
  'people.not_one': {
    status: 422,
    title: { zh: '叫“{typed}”的有 {count} 个人', en: '{count} people are called “{typed}”' },
    hint: {
      zh: '没有就先登记；不止一个，请写账号。没有改动任何内容。',
      en: 'If nobody: record them first; if several: write the account. Nothing was changed.',
    },
  },
  'people.no_post': {
    status: 404,
    title: { zh: '没有这个岗位，或者已经撤销', en: 'There is no such post, or it was closed' },
    hint: { zh: '请从区域或单位的页面重新选择。', en: 'Choose again from the page of an area or a body.' },
  },
  'people.no_body': {
    status: 404,
    title: { zh: '没有这个单位，或者已经撤销', en: 'There is no such body, or it was closed' },
    hint: { zh: '请从单位清单里重新选择。', en: 'Choose again from the list of bodies.' },
  },
  'people.about_one': {
    status: 422,
    title: { zh: '清单只能关于一样：区域、人或者单位', en: 'A list is about one thing: an area, a person or a body' },
    hint: { zh: '请从页面上的数字打开。', en: 'Open it from a number on the page.' },
  },
});
