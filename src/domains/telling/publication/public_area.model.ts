import { z } from 'zod';
import { boundarySchema } from '../../../kernel/geo.ts';
import type { Words } from '../../../kernel/words.ts';
import { areaCode, areaView } from '../../land/areas/area.model.ts';

/** What anybody may know of an area: what is being done there, what came of it, which posts answer for it. No names. */
const words = z.object({ zh: z.string(), en: z.string() });
const placeName = areaView.pick({ code: true, name: true, level: true });

export const publicAreaQuery = z.strictObject({
  code: areaCode.optional().describe('Without it the whole county'),
  status: z.enum(['open', 'closed']).default('open'),
  page: z.coerce.number().int().min(1).max(500).default(1),
});

export const publicCaseView = z.object({
  number: z.string(),
  status: z.enum(['open', 'closed']),
  type: words,
  place: z.string(),
  stage: words,
  with: z.string().nullable().describe('The body that has it or had it last'),
  requestedAt: z.date(),
  updatedAt: z.date(),
  dueAt: z.date().nullable(),
  outcome: words.nullable(),
  publicText: z.string().nullable(),
  words: z.string().nullable().describe('What was reported, as a desk has released it'),
  photoIds: z.array(z.string()).describe('Photos that a desk has released'),
  lon: z.number().nullable().describe('To about a hundred metres unless the thing itself is public'),
  lat: z.number().nullable(),
});

export const publicAreaView = z.object({
  area: areaView,
  above: z.array(placeName).describe('From the top down'),
  below: z.array(placeName.extend({ open: z.number() })),
  posts: z.array(z.object({ role: words, place: z.string() })),
  counts: z.object({ open: z.number(), closed: z.number() }),
  closedSince: z.date(),
  cases: z.array(publicCaseView),
  hasMore: z.boolean(),
  /** Borders to draw: of what lies below, or of the area itself. */
  shapes: z.array(z.object({ code: z.string(), name: z.string(), boundary: boundarySchema })),
});

export const CASES_A_PAGE = 20;
/** Results are counted of so many days. */
export const RESULT_DAYS = 90;
/** More would be a black spot. */
export const MOST_SHAPES = 300;

/** How far a case is, by the last step that the public heard of. */
const stageWords: Readonly<Record<string, Words>> = {
  registered: { zh: '已立案，等待派遣', en: 'on file, to be given to a body' },
  dispatched: { zh: '已派遣，等待签收', en: 'given to a body' },
  acknowledged: { zh: '办理中', en: 'being handled' },
  sent_back: { zh: '重新派遣中', en: 'to be given to another body' },
  sent_to_registrar: { zh: '重新立案中', en: 'looked at anew' },
  reworked: { zh: '没有办好，重新办理', en: 'not done, handled again' },
  taken_over: { zh: '转给部门办理', en: 'handed on to a body' },
  objected: { zh: '报事人说没有解决，重新办理', en: 'not solved, says the reporter; handled again' },
  contested: { zh: '正在复核', en: 'looked at again' },
  suspended: { zh: '暂时办不了，已挂账', en: 'cannot be done yet, suspended' },
  resumed: { zh: '恢复办理', en: 'resumed' },
};
const open: Words = { zh: '已收到', en: 'received' };
const closed: Words = { zh: '已办结', en: 'closed' };

export const stageOf = (status: 'open' | 'closed', step: string | undefined): Words =>
  status === 'closed' ? closed : (stageWords[step ?? ''] ?? open);
