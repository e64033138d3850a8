import { defineProblems } from '../../../kernel/problem.ts';
import type { Words } from '../../../kernel/words.ts';

/** A row that was not taken in: where, what was wrong, what to do. Rows are counted as a spreadsheet shows them. */
export interface RefusedRow {
  readonly row: number;
  readonly column: string;
  readonly says: Words;
  readonly hint: Words;
}

/** Something worth knowing about rows that were taken in, by kind. */
export const noteKinds = {
  no_target_flagged: {
    zh: '来源标了按期或超期，但没有时限',
    en: 'flagged by the source, which gives no deadline',
  },
  target_without_flag: { zh: '有时限，来源没有标按期或超期', en: 'has a deadline, but no flag of the source' },
  flag_differs: { zh: '来源的标记与计算结果不同', en: 'the flag of the source is not what the clock says' },
  closed_before_opened: { zh: '办结早于上报', en: 'closed before it was opened' },
  area_unknown: { zh: '区域没有找到，归上一级', en: 'area not known, filed under the one above' },
  body_unknown: { zh: '单位没有找到，归派遣岗', en: 'body not known, left to the dispatcher' },
} as const satisfies Record<string, Words>;
export type NoteKind = keyof typeof noteKinds;

export const importProblems = defineProblems({
  'import.map_wrong': {
    status: 422,
    title: { zh: '对照表有 {count} 处不对', en: 'The map has {count} faults' },
    hint: {
      zh: '没有导入任何内容。请按下面的位置逐处改正后再试。',
      en: 'Nothing was imported. Correct each place named below and try again.',
    },
  },
  'import.columns_missing': {
    status: 422,
    title: { zh: '文件里没有这些列：{columns}', en: 'The file lacks these columns: {columns}' },
    hint: {
      zh: '没有导入任何内容。文件的列是：{found}。请改对照表，或者换一个文件。',
      en: 'Nothing was imported. Its columns are: {found}. Correct the map or take another file.',
    },
  },
  'import.no_map_fits': {
    status: 422,
    title: { zh: '没有一张对照表合这个文件的列', en: 'No map fits the columns of this file' },
    hint: {
      zh: '对照表在 seeds/maps/ 下，每张写明它要哪些列。请为这个文件写一张。',
      en: 'Maps lie in seeds/maps/, each naming the columns it needs. Write one for this file.',
    },
  },
  'import.no_file': {
    status: 404,
    title: { zh: '找不到文件 {file}', en: 'There is no file {file}' },
    hint: { zh: '请核对文件名；没有导入任何内容。', en: 'Check its name; nothing was imported.' },
  },
  'import.unreadable': {
    status: 422,
    title: { zh: '文件从第 {row} 行起读不下去：{why}', en: 'The file cannot be read from row {row} on: {why}' },
    hint: {
      zh: '能读 csv、csv.gz、xlsx，编码 UTF-8 或 GBK（写在对照表里）。这一行之前已经导入的会保留，改好后再运行一次即可接着导。',
      en: 'csv, csv.gz and xlsx can be read, in UTF-8 or GBK as the map says. What was imported before this row is kept; correct the file and run again to go on.',
    },
  },
  'import.too_long': {
    status: 422,
    title: {
      zh: '文件超过 {most} 行，不像是一张分类表',
      en: 'More than {most} rows: this is hardly a tree of categories',
    },
    hint: { zh: '请核对文件；没有导入任何内容。', en: 'Check the file; nothing was imported.' },
  },
  'import.no_area': {
    status: 422,
    title: { zh: '没有编码是“{area}”的区域', en: 'No area has the code “{area}”' },
    hint: {
      zh: '没有导入任何内容。请用 --area 给出现有区域的编码。',
      en: 'Nothing was imported. Name an existing area with --area.',
    },
  },
  'import.realm_missing': {
    status: 404,
    title: {
      zh: '没有编号为 {realm} 的县（市），对照表也没有说明要建哪一个',
      en: 'There is no realm {realm}, and the map names none to make',
    },
    hint: {
      zh: '请先运行 jingwei realm create，或者在对照表里写 realm。没有导入任何内容。',
      en: 'Run jingwei realm create first, or give the map a realm. Nothing was imported.',
    },
  },
  'import.at_once': {
    status: 409,
    title: { zh: '同一来源正在由另一次导入写入', en: 'Another import of this source is writing at the same time' },
    hint: {
      zh: '这一批没有写入，之前的已保留。等另一次导入结束后再运行一次即可。',
      en: 'This part was not written, what came before is kept. Run it again when the other import has ended.',
    },
  },
  'import.no_batch': {
    status: 404,
    title: { zh: '没有这个导入批次', en: 'There is no such import batch' },
    hint: { zh: '批次编号在每次导入的结果里。', en: 'The number of a batch stands in the result of its import.' },
  },
  'import.undone_already': {
    status: 409,
    title: { zh: '这个批次已经撤回', en: 'This batch was withdrawn already' },
    hint: { zh: '没有改动任何内容。', en: 'Nothing was changed.' },
  },
  'import.undo_runs': {
    status: 409,
    title: { zh: '这个批次正在核对或撤回', en: 'This batch is being looked over or taken back' },
    hint: {
      zh: '没有改动任何内容。等它做完，在运行维护的“导入”里看结果。',
      en: 'Nothing was changed. Wait until it is done; the result stands under Operating, Imports.',
    },
  },
  'import.look_first': {
    status: 409,
    title: { zh: '还没有看过会撤回什么', en: 'What would go has not been looked over' },
    hint: {
      zh: '没有改动任何内容。请先按“看看会撤回什么”。',
      en: 'Nothing was changed. Look over first what would go.',
    },
  },
  'import.nothing_goes': {
    status: 409,
    title: { zh: '这个批次没有可以撤回的', en: 'Nothing of this batch can be taken back' },
    hint: {
      zh: '没有改动任何内容。它没有带来案卷，或者带来的都已经有人办理。',
      en: 'Nothing was changed. It brought no case, or somebody has worked on all it brought.',
    },
  },
});
