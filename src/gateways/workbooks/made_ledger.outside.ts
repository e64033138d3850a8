import {
  type Asked,
  type Asking,
  askedWithin,
  askOut,
  cellOf,
  choicesIn,
  fieldNamed,
  type Ledger,
  maskedAmong,
  namedLedger,
  nameIn,
  type RecordOut,
  templateProblems,
} from '../../domains/land/registry/index.ts';
import type { Entrance } from '../../kernel/entrance.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { transact } from '../../kernel/transaction.ts';
import { type MadeCell, makeBook, newGathering } from './made_book.model.ts';
import { partsOut } from './parts_out.outside.ts';

/** What stands in the workbook of a ledger, in this order; a column in which nobody has anything is left out. */
const fieldsOf = ({ fields, calledBy }: Ledger): readonly string[] => [
  ...new Set([
    ...['row.number', ...calledBy.filter((code) => fields.includes(code))],
    ...fields.filter((code) => code !== 'row.remark'),
    ...['place.community', 'place.grid', 'row.remark'],
  ]),
];

/** A ledger of an area as a workbook: read part by part, each in a transaction of its own, made behind the last. */
export async function madeLedger(
  runtime: Runtime,
  entrance: Entrance,
  {
    areaId,
    ledger: code,
    reason,
  }: { readonly areaId: Id; readonly ledger: string; readonly reason?: string | undefined },
): Promise<{ fileName: string; bytes: Buffer; rows: number; inFull: readonly string[] }> {
  const asked = await transact(runtime, entrance, (ctx) => askOut(ctx, areaId, reason));
  const added = await transact(runtime, entrance, (ctx) => askedWithin(ctx, code, asked.area));
  const ledger = await transact(runtime, entrance, (ctx) => namedLedger(ctx, code));
  const fields = fieldsOf(ledger);
  const gathering = newGathering(fields.length + added.length);
  let count = 0;
  const all = { asked, ledger, withWhatFollows: false, conditions: [], fields: [] };
  for await (const { records } of partsOut(runtime, entrance, all)) {
    const from = count + 1;
    gathering.add(
      records.map((one, i) => [...cellsOf(fields, one.known, from + i, asked), ...ownCells(added, one, asked)]),
    );
    count += records.length;
  }
  const rows = gathering.all();
  if (rows.count === 0) throw new Problem(templateProblems['out.nobody']);
  const name = `${asked.area.name}${ledger.words.zh}`;
  const ours = fields.map((code) => {
    const field = fieldNamed(code);
    const kind = field?.type === 'number' ? ('number' as const) : ('text' as const);
    return {
      label: code === ledger.required[0] ? nameIn(ledger, code).zh : (field?.name.zh ?? code),
      kind,
      choices: choicesIn(code),
    };
  });
  const columns = [...ours, ...added.map(ownColumn)];
  const bytes = await makeBook({
    sheet: ledger.words.zh,
    title: name,
    note: noteOf(asked, count, ledger),
    columns,
    rows,
  });
  const held = [...fields, ...added.map(({ field }) => field.code)].filter((_, i) => (rows.widths[i] ?? 0) > 0);
  return { fileName: `${name} ${asked.day}.xlsx`, bytes, rows: count, inFull: asked.inFull ? maskedAmong(held) : [] };
}

function cellsOf(fields: readonly string[], known: RecordOut['known'], n: number, { inFull }: Asked): MadeCell[] {
  return fields.map((code) => (code === 'row.number' ? n : cellOf(code, known[code], inFull)));
}

/** Only where it is asked: what somebody brought along from elsewhere does not appear here. */
const ownCells = (added: readonly Asking[], { known, scopeNo }: RecordOut, { inFull }: Asked): MadeCell[] =>
  added.map(({ field: { code }, no, lastNo }) =>
    no <= scopeNo && scopeNo <= lastNo ? cellOf(code, known[code], inFull) : null,
  );

/** Longer lists a spreadsheet refuses. */
const LONGEST_LIST = 255;

function ownColumn({ field: { code, type, choices }, label }: Asking) {
  const isListed = choices.length > 0 && choices.join(',').length <= LONGEST_LIST && !/[,"]/.test(choices.join(''));
  const kind = type === 'number' || type === 'whole' ? ('number' as const) : ('text' as const);
  return { label, kind, choices: isListed ? choices : choicesIn(code) };
}

const noteOf = ({ day, by, inFull }: Asked, count: number, { says }: Ledger): string =>
  [
    `截至 ${day}`,
    `共 ${count} ${says.counted.zh}`,
    `${by} 取出`,
    inFull ? '号码完整，用途已记入台账' : '号码遮住了中间几位',
  ].join('　');
