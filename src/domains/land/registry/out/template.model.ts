import { z } from 'zod';
import { idSchema } from '../../../../kernel/id.ts';
import { defineProblems } from '../../../../kernel/problem.ts';
import { addedView } from '../fields/added_view.model.ts';
import { type Condition, conditionForm, isNumber } from '../fields/choice.model.ts';
import { keepingOf, maskOf, typeNamed } from '../fields/keeping.model.ts';
import { type AnyLedgerCode, anyLedger, ownSaid } from '../ledger.model.ts';

/** A superior's blank workbook (上级的空表), what its columns hold, and who belongs into it. */

const isMasked = (code: string): boolean => keepingOf(code).secrecy === 'masked';

export const maskedAmong = (fields: readonly (string | null)[]): string[] => [
  ...new Set(fields.filter((code) => code !== null && isMasked(code)) as string[]),
];

/** A table with empty rows in it. Rows count from 0. */
export interface BlankTable {
  readonly sheet: string;
  /** Of its labels. */
  readonly range: string;
  readonly title: string | null;
  /** The first row to be filled, and what stands below the empty ones; null: nothing does. */
  readonly first: number;
  readonly below: number | null;
  readonly columns: readonly BlankColumn[];
  /** Single cells above and below it that ask something: `填报单位：`. */
  readonly cells: readonly BlankCell[];
  /** Of a document: a list, or a form about one record of which every answer is a column. Left out in a workbook. */
  readonly word?: 'table' | 'form';
}

export interface BlankColumn {
  readonly column: string;
  readonly path: string;
  readonly field: string | null;
  readonly by: 'alias' | 'path' | 'values' | 'memory' | 'hand' | null;
  /** It is filled only where somebody says so. */
  readonly isHidden?: boolean;
  /** In a form about one record: the cell its answer is written into, `C3`. */
  readonly at?: string;
  /** What stands at boxes to tick in it. */
  readonly choices?: readonly string[];
}

export interface BlankCell {
  /** `B2`. */
  readonly at: string;
  /** What asks, as it is written. */
  readonly label: string;
  /** What is written behind it. */
  readonly holds: CellFact | null;
}

export const cellFacts = ['area', 'day', 'count', 'filler'] as const;
export type CellFact = (typeof cellFacts)[number];

/** Of which ledger its rows are, and what its columns hold then. */
export interface KeptTable extends BlankTable {
  readonly ledger: AnyLedgerCode;
  readonly columns: readonly KeptColumn[];
  /** Which records belong into it; each table has its own. */
  readonly conditions: readonly Condition[];
}

export interface KeptColumn extends BlankColumn {
  /** What it was understood as before any ledger was asked; left out in what was kept before there were several. */
  readonly seen?: string | null;
}

export interface TemplateShape {
  readonly tables: readonly KeptTable[];
  /** Which of them is filled. */
  readonly chosen: number;
}

/** As it lies sealed: what was kept earlier has the conditions of the table that was filled beside the tables. */
export interface KeptShape {
  readonly tables: readonly (BlankTable & Partial<Pick<KeptTable, 'ledger' | 'conditions'>>)[];
  readonly chosen: number;
  readonly conditions?: readonly Condition[];
}

const shown: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: { male: '男', female: '女' },
  yes_no: { yes: '是', no: '否' },
};

/** As it stands in a workbook: numbers as numbers, all else as text, and numbers of people covered unless they are asked for. */
export function cellOf(code: string, value: string | undefined, inFull: boolean): string | number | null {
  if (value === undefined || value === '') return null;
  if (isNumber(code)) return Number(value);
  if (isMasked(code) && !inFull) return maskOf(code, value);
  return shown[typeNamed(code) ?? 'text']?.[value] ?? value;
}

/** What one chooses from in a column; null: it is written. */
export const choicesIn = (code: string): readonly string[] | null => {
  const words = shown[typeNamed(code) ?? 'text'];
  return words ? Object.values(words) : null;
};

const column = z.object({
  column: z.string(),
  path: z.string(),
  field: z.string().nullable().describe('What it is filled with; null: it stays empty'),
  by: z.enum(['alias', 'path', 'values', 'memory', 'hand']).nullable(),
  isHidden: z.boolean().describe('Nobody sees it in the workbook; it stays empty unless somebody says otherwise'),
  at: z.string().optional().describe('Of a form about one record: the cell it is written into'),
  choices: z.array(z.string()).optional().describe('What is ticked instead of written'),
});

export const templateView = z.object({
  id: idSchema,
  areaId: idSchema,
  area: z.string(),
  fileName: z.string(),
  keptBy: z.string(),
  keptAt: z.date(),
  boundBy: z.string(),
  boundAt: z.date(),
  version: z.number(),
  ledger: anyLedger.describe('Of which its rows are'),
  own: ownSaid,
  bound: z.number().describe('How many columns are filled'),
  columns: z.number(),
});

export const meantView = z.object({
  many: z.number().nullable().describe('Records of its area that belong into it; null: too many to count beforehand'),
  unjudged: z.number().describe('Of whom a fact that is asked is not known; they stay out'),
  lacking: z.array(z.string()).describe('Which facts'),
});

export const templateDetail = templateView.extend({
  tables: z.array(
    z.object({
      sheet: z.string(),
      range: z.string(),
      title: z.string().nullable(),
      ledger: anyLedger,
      own: ownSaid,
      word: z.enum(['table', 'form']).optional().describe('Of a document: a list, or a form about one record'),
      bound: z.number(),
      room: z.number().nullable().describe('Empty rows before what stands below; null: nothing does'),
      columns: z.array(column),
      cells: z.array(z.object({ at: z.string(), label: z.string(), holds: z.enum(cellFacts).nullable() })),
    }),
  ),
  chosen: z.number(),
  added: z.array(addedView).describe('Own fields of the ledger that is filled, on the land of its area'),
  conditions: z.array(conditionForm),
  meant: meantView,
  masked: z.array(z.string()).describe('Fields it asks for that are shown covered without a reason'),
});

export const bindingForm = z.strictObject({
  version: z.number().int().min(1).describe('What the changes start from'),
  table: z.number().int().min(0).max(50),
  columns: z
    .array(z.strictObject({ column: z.string().regex(/^[A-Z]{1,3}$/), field: z.string().max(60).nullable() }))
    .max(200),
  cells: z
    .array(z.strictObject({ at: z.string().regex(/^[A-Z]{1,3}\d{1,7}$/), holds: z.enum(cellFacts).nullable() }))
    .max(50),
  conditions: z.array(conditionForm).max(6),
});

export const ledgerForm = z.strictObject({
  version: z.number().int().min(1).describe('What the change starts from'),
  table: z.number().int().min(0).max(50).describe('Which of its tables is filled from now on'),
  ledger: anyLedger.describe('Of which its rows are; another than before has its labels read anew'),
});

const reason = z.string().trim().min(2).max(200).optional().describe('Why numbers stand in it in full; else covered');
export const outForm = z.strictObject({ areaId: idSchema, ledger: anyLedger.default('residents'), reason });
export const exportView = z.object({
  id: idSchema,
  area: z.string(),
  rows: z.number(),
  ledger: anyLedger,
  own: ownSaid,
  madeAt: z.date(),
  templateId: idSchema.nullable(),
  fileName: z.string().nullable().describe('null: it is not kept any more'),
});

/** A file that was made is kept so long. */
export const OUT_HOURS = 24;
export const MOST_FILLED = 20_000;

export const templateProblems = defineProblems({
  'template.not_found': {
    status: 404,
    title: { zh: '没有这张空表', en: 'There is no such workbook' },
    hint: { zh: '可能已经收起，或不是您负责的地方的。', en: 'It may have been put away, or is another area’s.' },
  },
  'template.only_xlsx': {
    status: 422,
    title: { zh: '空表要是 xlsx、xlsm 或 docx 文件', en: 'A blank form must be xlsx, xlsm or docx' },
    hint: {
      zh: '请用 WPS 或 Excel 打开，另存为 xlsx，再传一次；Word 的表存成 docx。没有保存任何内容。',
      en: 'Open it in a spreadsheet program, save it as xlsx and send it again. Nothing was saved.',
    },
  },
  'template.no_table': {
    status: 422,
    title: { zh: '没有找到可以填的空表', en: 'No table with empty rows was found' },
    hint: {
      zh: '要有一行表头，至少三列认得（如姓名、性别、身份证号，或门牌号、产权人、层数），表头下面是空行。没有保存任何内容。',
      en: 'It needs a row of labels, three of them known (name, sex, identity number, or door, owner, storeys …), with empty rows below. Nothing was saved.',
    },
  },
  'template.no_column': {
    status: 422,
    title: { zh: '没有一列对上台账里的项目', en: 'No column holds a field of the ledger' },
    hint: { zh: '请至少指定一列填什么，再保存。', en: 'Say of one column at least what it is filled with.' },
  },
  'template.wrong_column': {
    status: 422,
    title: { zh: '没有这一列，或不能填这个项目', en: 'No such column, or not for this field' },
    hint: { zh: '没有保存。请刷新页面再选。', en: 'Nothing was saved. Reload the page and choose again.' },
  },
  'template.wrong_condition': {
    status: 422,
    title: { zh: '写的条件有一条读不懂', en: 'A condition cannot be read' },
    hint: {
      zh: '没有保存。“不小于、不大于”只用于年龄、人数和日期；“是”要写台账里的说法，如 是、女、1950-03-12。',
      en: 'Nothing was saved. “At least” and “at most” are for ages, numbers and dates.',
    },
  },
  'template.changed': {
    status: 409,
    title: { zh: '别人刚改过这张空表的对法', en: 'Somebody has just changed what its columns hold' },
    hint: { zh: '没有保存。请刷新页面，看过再改。', en: 'Nothing was saved. Reload the page, then change it.' },
  },
  'template.not_wide': {
    status: 422,
    title: {
      zh: '要填 {rows} 行，原表下面的内容不能往下移',
      en: '{rows} rows are needed, and what stands below cannot be moved',
    },
    hint: {
      zh: '请在空表里多留些空行（要 {rows} 行），再传一次；没有填任何内容。',
      en: 'Leave {rows} empty rows in the workbook and send it again; nothing was filled in.',
    },
  },
  'out.nobody': {
    status: 422,
    title: { zh: '没有符合的人，没有做文件', en: 'Nobody belongs into it; no file was made' },
    hint: {
      zh: '请看选的地方对不对，“填哪些人”是不是太窄，或台账里还没有填这几项。',
      en: 'Look at the area, at who belongs into it, and whether the ledger knows these facts.',
    },
  },
  'out.nothing': {
    status: 422,
    title: { zh: '台账里没有符合的，没有做文件', en: 'Nothing in the ledger belongs into it' },
    hint: {
      zh: '请看选的地方对不对、是不是这本台账、“填哪些”是不是太窄，或这个地方还没有登记。',
      en: 'No file was made. Look at the area, the ledger, the conditions, and whether anything is registered there.',
    },
  },
  'out.too_many': {
    status: 422,
    title: { zh: '一张表最多填 {most} 行', en: 'At most {most} rows in one workbook' },
    hint: { zh: '没有做文件。请按社区分几次填。', en: 'No file was made. Fill it by community.' },
  },
  'out.masked_only': {
    status: 403,
    title: {
      zh: '完整号码只有社区书记和受理立案岗能整批取',
      en: 'Numbers in full go to secretaries and registrars only',
    },
    hint: { zh: '请把用途一栏空着，下载遮住号码的表。', en: 'Leave the reason empty: the numbers are then covered.' },
  },
  'out.not_found': {
    status: 404,
    title: { zh: '没有这个文件', en: 'There is no such file' },
    hint: {
      zh: '做好的文件只有做的人能下载；请自己再做一次。',
      en: 'Only whoever made it can download it; make your own.',
    },
  },
  'out.gone': {
    status: 410,
    title: { zh: '做好的文件已不再保存', en: 'The file is not kept any more' },
    hint: { zh: '做好的文件只存一天。请再做一次。', en: 'It is kept for one day. Make it again.' },
  },
});
