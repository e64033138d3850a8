import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';

/** Posts that may issue notices to their areas. */
export const issuers: readonly string[] = ['grid_leader', 'community_head', 'registrar', 'dispatcher', 'leader'];

/** A notice to areas: the people responsible there are told, and, if it is public, whoever opens the page of the area. */
export const noticeForm = z.strictObject({
  id: idSchema,
  areaIds: z.array(idSchema).min(1).max(500),
  words: z.string().trim().min(1).max(500),
  public: z.boolean(),
  untilAt: z.iso.datetime({ offset: true }),
  casefileId: idSchema.optional().describe('The matter it is about'),
});

export const noticeView = z.object({
  id: idSchema,
  words: z.string(),
  public: z.boolean(),
  fromAt: z.date(),
  untilAt: z.date(),
  areas: z.array(z.object({ id: idSchema, name: z.string() })),
});

/** A public notice that is over or was withdrawn. */
export const earlierView = noticeView.extend({ withdrawnAt: z.date().nullable() });

/** A notice as whoever issues them sees it: what became of it. */
export const coveringView = noticeView.extend({
  withdrawnAt: z.date().nullable(),
  told: z.number().describe('People told, as far as they answer for areas that the viewer reads'),
  read: z.number().describe('Of these, who has noted it'),
  mayWithdraw: z.boolean(),
});

export const previewForm = noticeForm.pick({ areaIds: true });
export const previewView = z.object({
  areas: z.number(),
  grids: z.number().describe('Grids in and below them'),
  people: z.number().describe('Who would be told: holders of posts there and whoever answers for it'),
});

export const toldView = z.object({
  personId: idSchema,
  name: z.string(),
  area: z.string(),
  toldAt: z.date(),
  readAt: z.date().nullable(),
});

export const noticeProblems = defineProblems({
  'notice.not_found': {
    status: 404,
    title: { zh: '没有这条通知', en: 'There is no such notice' },
    hint: { zh: '它可能已撤下，请刷新。', en: 'It may have been withdrawn. Reload.' },
  },
  'notice.over_already': {
    status: 422,
    title: { zh: '通知的截止时间已经过去', en: 'The notice would be over already' },
    hint: { zh: '请把截止时间改到以后。', en: 'Set its end to a later time.' },
  },
  'notice.not_your_area': {
    status: 403,
    title: { zh: '有的区域不在您的管辖范围内', en: 'Some of the areas are not yours' },
    hint: { zh: '请只选自己管辖的区域；没有发出任何通知。', en: 'Choose your own areas only; nothing was sent.' },
  },
});
