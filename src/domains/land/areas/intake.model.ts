import { defineProblems, Problem, type ProblemParams } from '../../../kernel/problem.ts';
import type { AreaLevel } from './area.model.ts';

/** What taking in a file of areas is about: rows as they came, and what became of each. */

export interface GivenRow {
  readonly file: string;
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** An area that stands today, or will after this import. */
export interface Standing {
  readonly id: string;
  readonly parentId: string | null;
  readonly level: AreaLevel;
  readonly code: string;
  readonly name: string;
}

/** A row that was not taken, and why. */
export interface Refusal {
  readonly file: string;
  readonly row: number;
  readonly code: string;
  readonly problem: Problem;
}

export const refuse = (
  { file, row }: Pick<GivenRow, 'file' | 'row'>,
  code: string,
  problem: string,
  params: ProblemParams = {},
): Refusal => ({ file, row, code, problem: new Problem(problem, params) });

/** The first cell that has something in it, under any of these titles. */
export function cellOfRow({ cells }: GivenRow, titles: readonly string[]): string {
  for (const title of titles) {
    const cell = cells[title];
    if (cell) return cell;
  }
  return '';
}

export const codeTitles = ['code', '编码', '代码', '区划代码', '统计用区划代码', '区域编码', 'adcode'] as const;
export const nameTitles = ['name', '名称', '区划名称', '区域名称'] as const;

export const intakeProblems = defineProblems({
  'intake.code_invalid': {
    status: 422,
    title: { zh: '编码“{code}”不是区划代码', en: '“{code}” is not a division code' },
    hint: {
      zh: '区划代码是 2、4、6、9 或 12 位数字，Excel 里要设成文本，不要丢掉前面的零。',
      en: 'A division code has 2, 4, 6, 9 or 12 digits. In a spreadsheet keep it as text, with its leading zeros.',
    },
  },
  'intake.name_missing': {
    status: 422,
    title: { zh: '这一行没有名称', en: 'This row has no name' },
    hint: {
      zh: '请补上名称再导入；其他行不受影响。',
      en: 'Add the name and import again; other rows are not affected.',
    },
  },
  'intake.name_too_long': {
    status: 422,
    title: { zh: '名称超过 60 个字', en: 'The name has more than 60 characters' },
    hint: { zh: '请核对是不是几列合到了一起。', en: 'Check whether columns ran together.' },
  },
  'intake.twice': {
    status: 409,
    title: { zh: '编码 {code} 前面第 {earlier} 行已经有了', en: 'Code {code} stands in row {earlier} already' },
    hint: { zh: '一个编码只能有一行，按前面那一行办。', en: 'A code has one row; the earlier one counts.' },
  },
  'intake.orphan': {
    status: 422,
    title: { zh: '上级 {parent} 不在文件里，也没有建立', en: 'Its parent {parent} is neither in the file nor set up' },
    hint: {
      zh: '请把上级所在的文件一起导入（乡镇在 streets，社区在 villages）。',
      en: 'Import the file that has the parent along with it (towns, then communities).',
    },
  },
  'intake.level_differs': {
    status: 422,
    title: { zh: '编码 {code} 已经是另一级的区域', en: 'Code {code} is an area of another level already' },
    hint: { zh: '请核对编码。', en: 'Check the code.' },
  },
  'intake.count_invalid': {
    status: 422,
    title: { zh: '数量“{count}”不对', en: '“{count}” is not a number of grids' },
    hint: { zh: '请写 1 到 999 的整数。', en: 'Write a whole number from 1 to 999.' },
  },
  'intake.no_area': {
    status: 404,
    title: { zh: '没有编码或名称是“{code}”的区域', en: 'No area has the code or name “{code}”' },
    hint: {
      zh: '请先导入区划或网格，再导入它的边界和下级。{instead}',
      en: 'Import the division or grid first, then its border and what lies below. {instead}',
    },
  },
  'intake.not_for_grids': {
    status: 422,
    title: { zh: '“{name}”下面不能这样编网格', en: 'Grids cannot be numbered below “{name}”' },
    hint: {
      zh: '网格编在社区（村）下面，微网格编在网格下面。',
      en: 'Grids are numbered below a community, micro-grids below a grid.',
    },
  },
  'intake.county_elsewhere': {
    status: 422,
    title: { zh: '{county} 不属于 {root}（{code}）', en: '{county} does not belong to {root} ({code})' },
    hint: {
      zh: '一个编号管一个县、市或省。请核对 --county，或者为它另建一个县。没有改动任何内容。',
      en: 'A realm is one county, city or province. Check --county, or make a realm for it. Nothing was changed.',
    },
  },
  'intake.no_rows': {
    status: 422,
    title: { zh: '文件里没有 {counties} 的行', en: 'The file has no row of {counties}' },
    hint: { zh: '请核对代码和文件。没有改动任何内容。', en: 'Check codes and files. Nothing was changed.' },
  },
  'intake.stale': {
    status: 409,
    title: { zh: '这条确认和现在对不上', en: 'This confirmation no longer fits' },
    hint: {
      zh: '区域在这期间变了。请重新比对，再确认一次。',
      en: 'The areas have changed since. Compare again and confirm anew.',
    },
  },
  'intake.confirmation_unreadable': {
    status: 422,
    title: { zh: '确认文件读不懂', en: 'The file of confirmations cannot be read' },
    hint: {
      zh: '它是 --compare --json 的结果，或其中 proposed 的一部分。没有改动任何内容。',
      en: 'It is what --compare --json printed, or a part of its list `proposed`. Nothing was changed.',
    },
  },
});
