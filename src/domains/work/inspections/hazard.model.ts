import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { WorkflowRecord } from '../../../kernel/workflow.ts';
import type { Role } from '../../land/staff/staff.model.ts';
import { limitSchema } from '../calendars/limit.model.ts';
import { clockView } from '../obligations/obligation.model.ts';
import { hazardPictureNames } from '../photos/holder.model.ts';
import { heldPhotoView } from '../photos/photo.model.ts';
import { gradeNames, sectorNames, sourceNames } from './sector.model.ts';

/** A hazard (隐患): what was found, who must put it right until when, with what proof, and who looked again. */
export const statuses = {
  found: { zh: '待整改', en: 'to be put right' },
  rectifying: { zh: '整改中', en: 'being put right' },
  rectified: { zh: '待复查', en: 'to be looked at again' },
  checked_off: { zh: '已销号', en: 'checked off' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
} as const satisfies Record<string, Words>;
export type Status = keyof typeof statuses;
export const statusNames = Object.keys(statuses) as [Status, ...Status[]];

export const flags = {
  returned: { zh: '复查不合格退回过', en: 'sent back' },
  referred: { zh: '已移送', en: 'passed on' },
  objected: { zh: '单位有话说，等答复', en: 'the body asked something' },
} as const satisfies Record<string, Words>;
export type Flag = keyof typeof flags;

export const inBody = ['body_desk', 'body_worker', 'body_head'] as const satisfies Role[];
/** Whoever goes round and finds something; what their post found, their post looks at again. */
export const finders = [
  ...(['grid_worker', 'grid_leader', 'community_head', 'registrar'] as const),
  ...(['dispatcher', 'verifier', 'leader', 'inspector'] as const),
] as const satisfies Role[];
export const hazardReaders: readonly Role[] = [...finders, ...inBody];

export interface Facts extends WorkflowRecord<Status, Flag> {
  /** Who said last that it is put right. */
  readonly rectifiedBy: string | null;
}

const words = (most: number) => z.string().trim().min(2).max(most);

/** A number that somebody else gave: kept with its source and our doubt, and never counted with. */
const quoted = z.strictObject({
  figure: words(60).describe('As it was written'),
  source: words(120).describe('Who says so, where'),
  doubt: z.string().trim().max(200).default('').describe('Why it may be wrong'),
});

export const hazardForm = z.strictObject({
  areaId: idSchema,
  what: words(1000),
  where: words(120).describe('The place, as one finds it'),
  grade: z.enum(gradeNames),
  sector: z.enum(sectorNames),
  source: z.enum(sourceNames),
  item: z
    .strictObject({ checklistId: idSchema, version: z.number().int().min(1), code: z.string().max(12) })
    .optional()
    .describe('Which line of which checklist it goes against'),
  bodyId: idSchema.describe('Who must put it right'),
  limit: limitSchema,
  quoted: z.array(quoted).max(4).default([]),
});
export type HazardForm = z.output<typeof hazardForm>;

const said = z.strictObject({ words: words(1000) });
export const forms = {
  accept: z.strictObject({ words: words(1000).describe('What will be done, and by whom') }),
  rectify: z.strictObject({ words: words(1000).describe('What was done, and by what one sees it') }),
  check_off: z.strictObject({ words: words(1000).describe('What was seen there') }),
  send_back: z.strictObject({ words: words(1000).describe('What is still wrong'), limit: limitSchema }),
  extend: z.strictObject({ words: words(1000).describe('Why it needs longer'), by: limitSchema }),
  reassign: z.strictObject({ words: words(1000), bodyId: idSchema, limit: limitSchema }),
  refer: z.strictObject({
    to: words(60).describe('Who has it from now on'),
    words: words(1000).describe('For what'),
    leaves: z.boolean().default(false).describe('The body has nothing to do meanwhile: its clock stands'),
  }),
  object: z.strictObject({ words: words(1000).describe('Why it is not theirs, and whose it may be') }),
  ask_time: z.strictObject({ words: words(1000).describe('Why it needs longer, and until when') }),
  uphold: z.strictObject({ words: words(1000).describe('Why it stays as it is') }),
  withdraw: said,
};
export type HazardCommand = keyof typeof forms;
export type FormOf<C extends HazardCommand> = z.output<(typeof forms)[C]>;

/** Which of the register. In progress: not checked off, and not withdrawn. */
export const parts = ['all', 'in_progress', 'found', 'rectifying', 'rectified', 'checked_off', 'late'] as const;
export type Part = (typeof parts)[number];

export const registerQuery = z.strictObject({
  part: z.enum(parts).default('all'),
  sector: z.enum(sectorNames).optional(),
  grade: z.enum(gradeNames).optional(),
  source: z.enum(sourceNames).optional(),
  areaId: idSchema.optional(),
  bodyId: idSchema.optional(),
  inspectionId: idSchema.optional(),
  item: z.string().max(12).optional(),
  foundOn: daySchema.optional().describe('The day on which it was found'),
  after: idSchema.optional().describe('The last line of the page before'),
  most: z.coerce.number().int().min(1).max(200).default(50),
});
export type RegisterQuery = z.output<typeof registerQuery>;

const bothWords = z.object({ zh: z.string(), en: z.string() });

export const countsView = z.object({
  all: z.number().describe('Found; what was withdrawn is not among them'),
  in_progress: z.number(),
  found: z.number(),
  rectifying: z.number(),
  rectified: z.number().describe('Waiting to be looked at again'),
  checked_off: z.number(),
  late: z.number().describe('In progress and past its day'),
});
export type Counts = z.output<typeof countsView>;

export const hazardLine = z.object({
  id: idSchema,
  status: z.enum(statusNames),
  returned: z.boolean(),
  referred: z.boolean(),
  grade: z.enum(gradeNames),
  sector: z.enum(sectorNames),
  source: z.enum(sourceNames),
  what: z.string().nullable().describe('Null: erased'),
  where: z.string(),
  area: z.string(),
  foundAt: z.date(),
  owner: z.string().describe('Whose turn it is; empty when nothing is left to do'),
  clock: clockView.nullable(),
});

export const registerView = z.object({
  counts: countsView.describe('Of what these conditions mean, whatever part is listed'),
  rows: z.array(hazardLine),
  next: idSchema.nullable(),
});

export const hazardView = hazardLine.extend({
  areaId: idSchema,
  path: z.array(z.string()),
  foundBy: z.string(),
  bodyId: idSchema,
  body: z.string().describe('Who must put it right'),
  checker: z.string().describe('Whose post looks again'),
  limit: bothWords.nullable(),
  item: z.object({ checklist: z.string(), text: z.string(), basis: z.string() }).nullable(),
  inspection: z
    .object({ id: idSchema, title: z.string() })
    .nullable()
    .describe('Null too where it is not yours to read'),
  quoted: z.array(quoted),
  rounds: z.number().describe('How often it was sent back'),
  objected: z.boolean().describe('The body said that it is not theirs, or asked for more time; somebody has to answer'),
  referredTo: z.string().nullable(),
  isAway: z.boolean().describe('The clock of the body stands while somebody else has it'),
  story: z.array(
    z.object({
      at: z.date(),
      step: bothWords,
      by: z.string(),
      moved: z.object({ was: z.date(), is: z.date(), by: bothWords }).nullable(),
      words: z.string().nullable(),
    }),
  ),
  photos: z.array(heldPhotoView).describe('Of what was found, of what was put right, of the second look'),
  canShow: z.array(z.enum(hazardPictureNames)).describe('Of which the viewer may add photos now'),
  can: z.array(
    z.object({
      command: z.enum(Object.keys(forms) as [HazardCommand, ...HazardCommand[]]),
      words: bothWords,
      allowed: z.boolean(),
      reason: bothWords.nullable(),
      lacking: z.boolean(),
    }),
  ),
});

export const hazardProblems = defineProblems({
  'hazard.not_found': {
    status: 404,
    title: { zh: '没有这处隐患', en: 'There is no such hazard' },
    hint: {
      zh: '它可能不在您管的地方，也不由您的单位整改。',
      en: 'It may lie outside your areas and be another body’s.',
    },
  },
  'hazard.not_here': {
    status: 403,
    title: { zh: '这里不归您检查', en: 'This is not yours to look over' },
    hint: { zh: '没有保存。请选您负责的网格、社区或镇街。', en: 'Nothing was saved. Choose an area of yours.' },
  },
  'hazard.no_body': {
    status: 422,
    title: { zh: '没有这个整改单位', en: 'There is no such body' },
    hint: { zh: '没有保存。请从单位清单里重新选。', en: 'Nothing was saved. Choose again from the list.' },
  },
  'hazard.same_body': {
    status: 409,
    title: { zh: '已经由这个单位整改', en: 'This body has it already' },
    hint: { zh: '没有改动。要多给时间请用“延长整改期限”。', en: 'Nothing was changed. To give more time, extend it.' },
  },
  'hazard.extended_twice': {
    status: 409,
    title: { zh: '最多延期两次', en: 'It was extended twice already' },
    hint: {
      zh: '没有改动。请督促整改，或改派给别的单位、转给有权的部门。',
      en: 'Nothing was changed. Urge the body, give it to another one, or refer it.',
    },
  },
  'hazard.no_item': {
    status: 422,
    title: { zh: '检查表里没有这一条', en: 'The checklist has no such line' },
    hint: { zh: '没有保存。请重新选检查表和条目。', en: 'Nothing was saved. Choose list and line again.' },
  },
  'hazard.not_allowed': {
    status: 409,
    title: { zh: '现在不能“{command}”：{why}', en: '“{commandEn}” is not possible now: {whyEn}' },
    hint: { zh: '没有改动任何内容，请刷新后再看。', en: 'Nothing was changed. Reload to see how it stands.' },
  },
  'hazard.erased': {
    status: 409,
    title: { zh: '这处隐患的内容已按要求删除', en: 'What was said of this hazard has been erased' },
    hint: { zh: '没有保存照片。', en: 'No photo was saved.' },
  },
  'hazard.checker_rectified': {
    status: 409,
    title: { zh: '整改和复查不能是同一个人', en: 'Who put it right cannot check it off' },
    hint: { zh: '没有改动。请让另一个人去复查。', en: 'Nothing was changed. Let somebody else look again.' },
  },
});
