import { z } from 'zod';
import { idSchema } from '../../../kernel/id.ts';
import { defineProblems } from '../../../kernel/problem.ts';
import { changeView } from './difference.model.ts';
import { stagesSchema } from './stages.model.ts';
import { caseTypeSchema, majorClassSchema } from './standard.model.ts';

/** The next version of the standard while it is being made, and what its issue would do. */
const words = z.object({ zh: z.string(), en: z.string() });

export const standardView = z.object({
  version: z.number(),
  title: z.string(),
  source: z.string(),
  validFrom: z.date(),
  majors: z.array(majorClassSchema),
  types: z.array(caseTypeSchema),
  stages: stagesSchema,
});

const versionLine = z.object({
  version: z.number(),
  title: z.string(),
  source: z.string(),
  validFrom: z.date(),
  state: z.enum(['in_force', 'waiting', 'earlier']),
  types: z.number(),
  conditions: z.number(),
  unsure: z.number().describe('Conditions whose limit nobody here has settled'),
  open: z.number().describe('Open cases that were put on file under it, as far as the viewer may count them'),
});
export const overviewView = z.object({
  versions: z.array(versionLine).describe('The newest first, by the day from which they hold'),
  unregistered: z.number().describe('Open cases that are not on file yet'),
  counted: z.enum(['realm', 'mine']).describe('Whose open cases are counted'),
});

const refusedCell = z.object({ row: z.number(), cell: z.string(), says: words });
const sheetLine = z.object({ row: z.number(), cells: z.array(z.string()) });

const effectView = z.object({
  staying: z.array(z.object({ version: z.number(), open: z.number() })),
  unregistered: z.number(),
  limitChanged: z.number().describe('Open cases under conditions whose limit changes; they keep theirs'),
  ended: z
    .array(z.object({ code: z.string(), words, open: z.number() }))
    .describe('Conditions that end with open cases'),
  rulesIdle: z.number().describe('Responsibility rules that name what ends'),
});

export const draftView = z.object({
  draft: z
    .object({
      id: idSchema,
      baseVersion: z.number(),
      isStale: z.boolean().describe('Another version was published since'),
      fileName: z.string(),
      draftedBy: z.string(),
      draftedAt: z.date(),
      rows: z.number(),
      refused: z.array(refusedCell),
      lines: z.array(sheetLine),
      changes: z.array(changeView),
      effect: effectView,
    })
    .nullable(),
  today: z.iso.date(),
  earliest: z.iso.date().describe('First day from which it may hold'),
  latest: z.iso.date(),
});

export const issueForm = z.strictObject({
  draftId: idSchema,
  title: z.string().trim().min(1).max(100),
  source: z.string().trim().min(1).max(200).describe('Document by which it was decided'),
  validFrom: z.iso.date().describe('First day on which it holds, by the county’s own calendar'),
});
export type IssueForm = z.output<typeof issueForm>;

const kept = {
  zh: '没有改动任何内容，现行标准不变。',
  en: 'Nothing was changed, the standard in force stands.',
};

export const draftProblems = defineProblems({
  'standard.no_draft': {
    status: 409,
    title: { zh: '没有这份草稿', en: 'There is no such draft' },
    hint: {
      zh: `可能已经发布或被别人扔掉了。${kept.zh}请回到立案标准页看一看。`,
      en: `It may have been issued or thrown away by somebody. ${kept.en} Look at the page of the standard.`,
    },
  },
  'standard.draft_exists': {
    status: 409,
    title: { zh: '已经有一份草稿', en: 'There is a draft already' },
    hint: {
      zh: '一次只能有一份草稿，免得互相覆盖；新的文件没有保存。请先打开草稿：改好了在那里重新导入，不要了就扔掉。',
      en: 'There is one draft at a time, so that two do not undo each other; the new file was not kept. Open the draft: send a mended table there, or throw it away.',
    },
  },
  'standard.nothing_changed': {
    status: 422,
    title: { zh: '和现行标准一样，没有改动', en: 'This is the same as the standard' },
    hint: { zh: `没有可发布的。${kept.zh}`, en: `There is nothing to issue. ${kept.en}` },
  },
  'standard.date_wrong': {
    status: 422,
    title: { zh: '施行日期不能用：{day}', en: 'It cannot hold from {day}' },
    hint: {
      zh: '请写 {earliest} 到 {latest} 之间的一天；过去的日子不行，已经立案的案卷不能改。草稿还在。',
      en: 'Name a day from {earliest} to {latest}; a day of the past would judge cases anew. The draft is kept.',
    },
  },
  'standard.one_waits': {
    status: 409,
    title: { zh: '第 {version} 版还没到施行日期（{day}）', en: 'Version {version} waits for its day ({day})' },
    hint: {
      zh: '新的一版要从同一天或更晚施行，否则到那天会被盖掉。没有发布。',
      en: 'A new version has to hold from that day or later, or it would be overruled then. Nothing was published.',
    },
  },
  'standard.older_table': {
    status: 409,
    title: {
      zh: '这张表导自第 {from} 版，现在最新的是第 {version} 版',
      en: 'This table is of version {from}; the newest is {version}',
    },
    hint: {
      zh: '照它发布会把后来的改动撤掉。没有保存。请重新导出，在新表上改。',
      en: 'Issuing it would undo what was changed since. Nothing was kept. Export again and change that.',
    },
  },
  'standard.file_missing': {
    status: 422,
    title: { zh: '没有选文件', en: 'No file was sent' },
    hint: { zh: '请选一个 xlsx 或 csv 文件再导入。', en: 'Choose an xlsx or csv file and import again.' },
  },
  'standard.file_empty': {
    status: 422,
    title: { zh: '表里没有内容', en: 'The table is empty' },
    hint: {
      zh: '第一行是列名，下面至少要有一行。没有保存。',
      en: 'The first row holds the titles, and at least one has to follow. Nothing was kept.',
    },
  },
  'standard.file_too_large': {
    status: 413,
    title: {
      zh: '文件太大（最多 {most} MB、{rows} 行）',
      en: 'The file is too large (at most {most} MB, {rows} rows)',
    },
    hint: {
      zh: '标准表通常不到 1 MB。请去掉图片和别的工作表再导入。没有保存。',
      en: 'A standard is usually under 1 MB. Take pictures and other sheets out and import again. Nothing was kept.',
    },
  },
  'standard.file_kind': {
    status: 422,
    title: { zh: '这种文件读不了：{kind}', en: 'This kind of file cannot be read: {kindEn}' },
    hint: {
      zh: '请在表格软件里另存为 xlsx（不带宏、不设密码）或 csv 再导入。没有保存。',
      en: 'Save it as xlsx (without macros or password) or csv and import again. Nothing was kept.',
    },
  },
  'standard.columns_missing': {
    status: 422,
    title: { zh: '表里缺这些列：{columns}', en: 'The table lacks these columns: {columnsEn}' },
    hint: {
      zh: '列名在第一行，请照导出的表，不要改列名。没有保存。',
      en: 'Titles stand in the first row: leave them as they were exported. Nothing was kept.',
    },
  },
});
