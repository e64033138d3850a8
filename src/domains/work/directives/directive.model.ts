import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { dueKinds } from './due.model.ts';
import { eachKey, eachLevels, statusNames, type UnitKey, unitKey } from './item.model.ts';

/** A notice (来文) is pasted, cut into items, looked over by a person line by line, and sent out (任务分解). */
const MOST_WORDS = 40_000;
const MOST_ITEMS = 120;
/** Once each township, village or grid has its own. */
export const MOST_SENT = 600;

export const cutForm = z.strictObject({
  words: z.string().min(2).max(MOST_WORDS),
  datedOn: daySchema.describe('The day the notice bears: years that it leaves out follow from it'),
});

const itemForm = z.strictObject({
  number: z.string().trim().max(40).default(''),
  content: z.string().trim().min(2).max(4000),
  measure: z.string().trim().max(400).default('').describe('By what one sees that it is done'),
  lead: z
    .union([unitKey, eachKey])
    .describe('A unit, or each of a kind within the area: an item for every one of them'),
  supports: z.array(unitKey).max(30).default([]),
  dueOn: daySchema.nullable().describe('null: for good (长期坚持)'),
});
export type GivenItem = z.output<typeof itemForm>;
export type LedItem = GivenItem & { readonly lead: UnitKey };

const head = {
  title: z.string().trim().min(2).max(120),
  number: z.string().trim().max(60).default('').describe('The number it bears (文号)'),
  issuer: z.string().trim().min(2).max(60).describe('Whose notice it is'),
  datedOn: daySchema,
  areaId: idSchema,
  words: z.string().min(2).max(MOST_WORDS).describe('As it was pasted; nothing of it is rewritten'),
};
export const sendForm = z.strictObject({
  ...head,
  items: z.array(itemForm).min(1).max(MOST_ITEMS),
  draftId: idSchema.optional().describe('The draft it was: it is gone once the items are sent'),
});
export const previewForm = sendForm.pick({ areaId: true, items: true });

const words = z.object({ zh: z.string(), en: z.string() });
const unit = z.object({ kind: z.enum(['body', 'post']), id: idSchema, name: z.string() });
export const unitView = unit.extend({ called: z.array(z.string()).describe('Other names by which it is found') });

const found = z.object({
  written: z.string(),
  unit: unit.nullable().describe('null: nobody of that name, or several'),
  among: z.array(z.string()).describe('Who of that name there is, where it is not one'),
  each: z.enum(eachLevels).nullable().describe('It names all of a kind: 各社区'),
});
export const proposal = z.object({
  pieces: z
    .array(
      z.object({
        kind: z.enum(['left', 'heading', 'item']),
        raw: z.string(),
        item: z.number().nullable().describe('Which item it became'),
      }),
    )
    .describe('All of the text, in its order'),
  items: z.array(
    z.object({
      number: z.string(),
      level: z.number(),
      under: z.array(z.string()).describe('The headings it stands under'),
      content: z.string(),
      measure: z.string(),
      lead: found.nullable(),
      supports: z.array(found),
      due: z.object({
        kind: z.enum(dueKinds),
        on: z.string().nullable(),
        written: z.string().nullable(),
        how: words,
      }),
      doubts: z.array(words),
    }),
  ),
});

export const previewView = z.object({
  items: z.number(),
  units: z.array(
    unit.extend({
      leads: z.number(),
      helps: z.number(),
      firstDueOn: z.string().nullable(),
      lasting: z.number().describe('Items without an end'),
      openAlready: z.number().describe('Items they lead that are not over yet'),
    }),
  ),
});

const counts = z.object({
  items: z.number(),
  sent: z.number(),
  done: z.number(),
  accepted: z.number(),
  withdrawn: z.number(),
  late: z.number().describe('Being done, and past their day'),
  returned: z.number().describe('Ever returned, whatever became of them'),
});
export type Counts = z.output<typeof counts>;

export const directiveView = z.object({
  id: idSchema,
  title: z.string(),
  number: z.string(),
  issuer: z.string(),
  datedOn: z.string(),
  areaId: idSchema,
  area: z.string(),
  sentAt: z.date(),
  sentBy: z.string(),
  counts: counts.describe('Of the items that the viewer reads'),
});
export const directiveDetail = directiveView.extend({ words: z.string() });

export const parts = ['all', 'open', ...statusNames, 'late', 'returned'] as const;
export type Part = (typeof parts)[number];

export const itemsAsked = z.strictObject({
  directiveId: idSchema.optional(),
  unitId: idSchema.optional().describe('Leads it, or helps'),
  only: z.enum(parts).default('all'),
});

export const directiveProblems = defineProblems({
  'directive.not_found': {
    status: 404,
    title: { zh: '没有这份文件', en: 'There is no such notice' },
    hint: { zh: '请回到任务分解的清单。', en: 'Go back to the list of notices.' },
  },
  'directive.not_here': {
    status: 403,
    title: { zh: '只能给自己负责的地方分解任务', en: 'Only for an area you answer for' },
    hint: { zh: '请选您负责的社区、镇街或全县。', en: 'Choose a community or township of yours.' },
  },
  'directive.wrong_items': {
    status: 422,
    title: { zh: '有的事项还不能下达', en: 'Some items cannot be sent yet' },
    hint: {
      zh: '一项都没有下达。按每一项旁边的原因改好，再下达。',
      en: 'Nothing was sent. Mend what is marked and send again.',
    },
  },
  'directive.too_many': {
    status: 422,
    title: { zh: '一次最多下达 {most} 项，这里有 {items} 项', en: 'At most {most} items at once; these are {items}' },
    hint: {
      zh: '一项都没有下达。把“各社区”这样的事项分几次下达。',
      en: 'Nothing was sent. Send those for each of a kind in several goes.',
    },
  },
  'directive_item.not_found': {
    status: 404,
    title: { zh: '没有这个事项', en: 'There is no such item' },
    hint: { zh: '可能已经改由别的单位牵头。请回到待办。', en: 'Somebody else may lead it now. Go back to your work.' },
  },
  'directive_item.not_allowed': {
    status: 409,
    title: { zh: '现在不能“{command}”：{why}', en: '“{commandEn}” is not possible now: {whyEn}' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'directive_item.due_past': {
    status: 422,
    title: { zh: '完成期限已经过了', en: 'The day is past already' },
    hint: { zh: '没有改动。请填今天或以后的日子。', en: 'Nothing was changed. Give today or a later day.' },
  },
  'directive_item.no_day': {
    status: 422,
    title: { zh: '没有说改到哪天', en: 'No new day is given' },
    hint: { zh: '期限没有改，写的原因留在页面上。', en: 'The deadline stands; the reason stays on the page.' },
  },
  'directive_item.same_day': {
    status: 422,
    title: { zh: '和现在的期限一样', en: 'This is the deadline as it stands' },
    hint: { zh: '没有改动。', en: 'Nothing was changed.' },
  },
});
