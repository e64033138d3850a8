import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';
import type { Role } from '../../land/staff/staff.model.ts';

/** Who answers for what, and where nobody does or one person for too much: gaps and overload show by themselves. */

const most = (fallback: number, words: string) =>
  z.coerce.number().int().min(0).max(100_000).default(fallback).describe(words);

/** Who looks after the chain of an area, whole. */
export const overseerRoles = [
  'community_head',
  'registrar',
  'dispatcher',
  'verifier',
  'leader',
  'inspector',
  'auditor',
] as const satisfies readonly Role[];

/** From where on something is too much or too little is for each county to say. */
export const chainQuery = z.strictObject({
  area: z.string().trim().min(1).max(60).optional().describe('Code or id of the area; the whole county when left out'),
  mostPosts: most(3, 'More posts than this in one person are too many'),
  mostAreas: most(5, 'More areas than this that one person answers for are too many'),
  mostCases: most(50, 'More open duties than this with one person are too many'),
  fewHouseholds: most(100, 'Fewer households than this make a small grid'),
  manyHouseholds: most(500, 'More households than this make a large grid'),
});
export type ChainQuery = z.output<typeof chainQuery>;

export const findings = {
  grid_without_worker: { zh: '没有网格员、网格长的网格', en: 'Grids without a worker or leader' },
  area_without_responsible: {
    zh: '平时没有人包保的社区（村）、网格',
    en: 'Communities and grids nobody answers for in normal time',
  },
  post_without_holder: { zh: '空着的岗位', en: 'Posts that nobody holds' },
  body_without_desk: { zh: '没有人收件的单位', en: 'Bodies where nobody takes work in' },
  body_past_term: { zh: '期限已过、还没有撤销的临时组织', en: 'Temporary organisations past their term' },
  person_many_posts: { zh: '岗位太多的人', en: 'People with too many posts' },
  person_many_areas: { zh: '负责区域太多的人', en: 'People who answer for too many areas' },
  person_many_cases: { zh: '手上待办太多的人', en: 'People with too many open duties' },
  grid_few_households: { zh: '户数太少的网格', en: 'Grids with few households' },
  grid_many_households: { zh: '户数太多的网格', en: 'Grids with many households' },
} as const satisfies Readonly<Record<string, Words>>;
export type Finding = keyof typeof findings;
export const findingNames = Object.keys(findings) as [Finding, ...Finding[]];
export const isFinding = (name: string): name is Finding => Object.hasOwn(findings, name);

const ranks: Readonly<Record<string, Words>> = {
  county: { zh: '县（区）级', en: 'county' },
  town: { zh: '乡镇（街道）级', en: 'town' },
  community: { zh: '社区（村）级', en: 'community' },
  grid: { zh: '网格级', en: 'grid' },
  building: { zh: '楼栋级', en: 'building' },
  paired: { zh: '结对包联', en: 'paired' },
};
export const rankWords = (rank: string): Words => ranks[rank] ?? { zh: rank, en: rank };

const words = z.object({ zh: z.string(), en: z.string() });
const findingLine = z.object({
  kind: z.enum(['area', 'post', 'body', 'person']),
  id: idSchema,
  name: z.string(),
  place: z.string(),
  count: z.number().nullable(),
});
export type FindingLine = z.output<typeof findingLine>;

const asked = z.object({ id: idSchema, code: z.string(), name: z.string() });
export const chainView = z.object({
  area: asked,
  ranks: z.array(
    z.object({
      rank: z.string(),
      people: z.number(),
      areas: z.number(),
      bodies: z.number().describe('In which those people hold a post'),
    }),
  ),
  findings: z.array(z.object({ finding: z.enum(findingNames), words, count: z.number() })),
});
export const findingView = z.object({
  area: asked,
  finding: z.enum(findingNames),
  words,
  count: z.number(),
  lines: z.array(findingLine),
});

export const chainProblems = defineProblems({
  'chain.no_area': {
    status: 404,
    title: { zh: '没有编码为“{area}”的区域', en: 'No area has the code “{area}”' },
    hint: { zh: '请核对编码。', en: 'Check the code.' },
  },
  'chain.no_finding': {
    status: 404,
    title: { zh: '没有这张清单', en: 'There is no such list' },
    hint: { zh: '清单有：{known}。', en: 'There are: {known}.' },
  },
});
