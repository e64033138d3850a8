import {
  type Asked,
  type Asking,
  askedAt,
  askedWithin,
  askOut,
  blankFile,
  cellOf,
  comparisons,
  type KeptTable,
  type Ledger,
  lackingZh,
  MOST_FILLED,
  maskedAmong,
  nameIn,
  type RecordOut,
  requireTemplate,
  residents,
  templateProblems,
} from '../../domains/land/registry/index.ts';
import type { Entrance } from '../../kernel/entrance.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { transact } from '../../kernel/transaction.ts';
import { fillWord, requireRoom } from '../wordforms/word.outside.ts';
import { untickedOf } from '../wordforms/word_boxes.model.ts';
import type { WordFilling } from '../wordforms/word_filled.model.ts';
import type { AddedSheet } from './filled_book.model.ts';
import { fillBlank } from './filling.outside.ts';
import type { MadeCell } from './made_book.model.ts';
import { partsOut } from './parts_out.outside.ts';
import { columnOf } from './reasons.model.ts';

export interface FilledTemplate {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly rows: number;
  readonly cells: number;
  readonly inFull: readonly string[];
  readonly template: { readonly id: Id; readonly version: number };
  readonly ledger: KeptTable['ledger'];
}

/** A superior's workbook filled for an area: who belongs into it is read part by part, the file is made in a process of its own. */
export async function filledTemplate(
  runtime: Runtime,
  entrance: Entrance,
  given: { readonly id: Id; readonly areaId: Id; readonly reason?: string | undefined },
): Promise<FilledTemplate> {
  const { template, asked, blank, ledger, asking } = await transact(runtime, entrance, async (ctx) => {
    const template = await requireTemplate(ctx, given.id);
    const asked = await askOut(ctx, given.areaId, given.reason, true);
    const { ledger: code } = template.row;
    const ledger = await askedAt(ctx, template.row, code);
    const asking = await askedWithin(ctx, code, asked.area);
    return { template, asked, ledger, asking, blank: await blankFile(ctx, template) };
  });
  const table = template.shape.tables[template.shape.chosen];
  const columns = boundColumns(table);
  if (!table || columns.length === 0) throw new Problem(templateProblems['template.no_column']);
  const filled = { table, asked, ledger, asking };
  const { records, unjudged } = await everything(runtime, entrance, filled);
  if (records.length === 0)
    throw new Problem(templateProblems[table.ledger === residents.code ? 'out.nobody' : 'out.nothing']);
  if (table.word) requireRoom(table.word, records.length);
  const rows = records.map(({ known }, i) =>
    columns.map(({ field }) => (field === 'row.number' ? i + 1 : cellOf(field, known[field], asked.inFull))),
  );
  const { sheet, first, below } = table;
  const filling = { ...{ sheet, first, below, rows }, cells: cellsOf(table, asked, records.length) };
  const sources = sourcesOf({ records, unjudged }, filled);
  const bytes = table.word
    ? await fillWord(
        blank(),
        { ...filling, word: table.word, places: columns.map(({ at, column }) => at ?? column) },
        sources,
      )
    : await fillBlank(blank(), { ...filling, columns: columns.map(({ column }) => columnOf(column)) }, sources);
  const [, name = template.fileName, ending = table.word ? '.docx' : '.xlsx'] =
    /^(.*)(\.\w+)$/.exec(template.fileName) ?? [];
  const said = columns.filter(({ field }) => records.some(({ known }) => (known[field] ?? '') !== ''));
  return {
    ...{ fileName: `${name} ${asked.area.name} ${asked.day}${ending}`, bytes, rows: records.length },
    cells: rows.flat().filter((cell) => (cell ?? '') !== '').length + filling.cells.length,
    inFull: asked.inFull ? maskedAmong(said.map(({ field }) => field)) : [],
    template: { id: given.id, version: template.row.version },
    ledger: table.ledger,
  };
}

type BoundColumn = KeptTable['columns'][number] & { readonly field: string };

const boundColumns = (table: KeptTable | undefined): BoundColumn[] =>
  table?.columns.flatMap((one) => (one.field === null ? [] : [{ ...one, field: one.field }])) ?? [];

/** What is filled, from which ledger as the area of the workbook asks it, and where its own fields hold. */
interface Filled {
  readonly table: KeptTable;
  readonly asked: Asked;
  readonly ledger: Ledger;
  readonly asking: readonly Asking[];
}

interface Everything {
  readonly records: readonly RecordOut[];
  /** Of each of whom nobody can say whether they belong into it, what is not known. */
  readonly unjudged: readonly (readonly string[])[];
}

/** In the order of the land, and in each place as they came. */
async function everything(
  runtime: Runtime,
  entrance: Entrance,
  { table, asked, ledger, asking }: Filled,
): Promise<Everything> {
  const found: RecordOut[] = [];
  const unjudged: string[][] = [];
  const { conditions } = table;
  const fields = boundColumns(table).map(({ field }) => field);
  const all = { asked, ledger, asking, withWhatFollows: true, conditions, fields };
  for await (const part of partsOut(runtime, entrance, all)) {
    found.push(...part.records);
    unjudged.push(...part.unjudged);
    if (found.length > MOST_FILLED) throw new Problem(templateProblems['out.too_many'], { most: MOST_FILLED });
  }
  return { records: found.sort((one, other) => one.scopeNo - other.scopeNo), unjudged };
}

function cellsOf({ cells }: KeptTable, { area, day, by }: Asked, count: number): WordFilling['cells'] {
  const answers = { area: area.name, day, count: String(count), filler: by };
  return cells.flatMap(({ at, label, holds }) => (holds === null ? [] : [{ at, text: `${label}：${answers[holds]}` }]));
}

/** `符合“年龄 不小于 60”的`. */
const meantZh = (ledger: Ledger, conditions: KeptTable['conditions']): string =>
  conditions.length === 0
    ? ''
    : `符合“${conditions
        .map(({ field, is, value }) =>
          [nameIn(ledger, field).zh, comparisons[is].zh, cellOf(field, value, true)].join(' ').trim(),
        )
        .join('，')}”的`;

const labels = ['填在第几行', '哪些项目', '来自哪里', '谁说的', '说的是哪天', '该重新问了'];

/** Where each value came from; it repeats none of them. */
function sourcesOf(
  { records, unjudged }: Everything,
  { table, asked: { day, by, area }, ledger, asking }: Filled,
): AddedSheet {
  const { sheet, first, conditions, columns, word } = table;
  const isForm = word === 'form';
  const at = (i: number): number => (isForm ? i + 1 : first + i + 1);
  const lines = records.flatMap(({ sources, known }, i): MadeCell[][] => [
    ...sources.map(({ fields, through, source, by: told, toldOn, isStale }) => [
      at(i),
      fields.map((code) => nameIn(ledger, code).zh).join('、'),
      [through, source === null ? '当面填写' : source.replace(/!(\d+)$/, ' 第 $1 行')].filter(Boolean).join('：'),
      told ?? '系统',
      toldOn,
      isStale ? '是' : '',
    ]),
    ...untickedOf(columns, known).map((code) => [at(i), nameIn(ledger, code).zh, '表里没有对应的选项，没有勾']),
  ]);
  const { words, says } = ledger;
  const out =
    unjudged.length === 0
      ? ''
      : `；另有 ${unjudged.length} ${says.counted.zh}${lackingZh(ledger, [...new Set(unjudged.flat())])}，没有算进去`;
  const many = `${meantZh(ledger, conditions)}共 ${records.length} ${says.counted.zh}${out}`;
  return {
    name: '填表来源',
    rows: [
      [`“${sheet}”里每一项从哪里来`],
      [`${area.name}${words.zh}，${day} ${by} 填出，${many}。上报前可以删去这一页。`],
      ...ownSaid(table, ledger, asking),
      isForm ? labels.with(0, '第几份') : labels,
      ...lines,
    ],
    widths: [12, 44, 44, 14, 14, 12],
  };
}

/** An own field is nobody's elsewhere: who asks it, and who added it. */
const ownSaid = (table: KeptTable, ledger: Ledger, asking: readonly Asking[]): MadeCell[][] =>
  boundColumns(table).flatMap(({ column, field }) => {
    const own = asking.find((one) => one.field.code === field);
    if (!own) return [];
    const retired = own.field.isRetired ? '，已停用' : '';
    return [[`${column} 列“${nameIn(ledger, field).zh}”是自建字段：${own.area}的，${own.addedBy}加的${retired}。`]];
  });
