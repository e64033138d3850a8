import {
  type Asked,
  askOut,
  cellOf,
  choicesIn,
  fieldNamed,
  maskedAmong,
  type PersonOut,
  peopleOut,
  residents,
  templateProblems,
} from '../../domains/land/registry/index.ts';
import type { Entrance } from '../../kernel/entrance.ts';
import type { Id } from '../../kernel/id.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Runtime } from '../../kernel/runtime.ts';
import { transact } from '../../kernel/transaction.ts';
import { type MadeCell, makeBook, newGathering } from './made_book.model.ts';

/** What stands in the workbook of a ledger, in this order; a column in which nobody has anything is left out. */
const fields: readonly string[] = [
  'row.number',
  'person.name',
  ...residents.fields.filter((code) => code !== 'person.name' && code !== 'row.remark'),
  ...['place.community', 'place.grid', 'row.remark'],
];

/** The residents of an area as a workbook: read part by part, each in a transaction of its own, made behind the last. */
export async function madeLedger(
  runtime: Runtime,
  entrance: Entrance,
  { areaId, reason }: { readonly areaId: Id; readonly reason?: string | undefined },
): Promise<{ fileName: string; bytes: Buffer; rows: number; inFull: readonly string[] }> {
  const asked = await transact(runtime, entrance, (ctx) => askOut(ctx, areaId, reason));
  const gathering = newGathering(fields.length);
  let count = 0;
  for (let after: Id | null = null, isMore = true; isMore; ) {
    const part: { people: PersonOut[]; next: Id | null } = await transact(runtime, entrance, (ctx) =>
      peopleOut(ctx, { asked, after, withWhatFollows: false, conditions: [], sourcesOf: [] }),
    );
    gathering.add(part.people.map(({ known }, i) => cellsOf(known, count + i + 1, asked)));
    count += part.people.length;
    after = part.next;
    isMore = after !== null;
  }
  const rows = gathering.all();
  if (rows.count === 0) throw new Problem(templateProblems['out.nobody']);
  const name = `${asked.area.name}${residents.words.zh}`;
  const columns = fields.map((code) => {
    const field = fieldNamed(code);
    const kind = field?.type === 'number' ? ('number' as const) : ('text' as const);
    return { label: field?.name.zh ?? code, kind, choices: choicesIn(code) };
  });
  const bytes = await makeBook({ sheet: residents.words.zh, title: name, note: noteOf(asked, count), columns, rows });
  const held = fields.filter((_, i) => (rows.widths[i] ?? 0) > 0);
  return { fileName: `${name} ${asked.day}.xlsx`, bytes, rows: count, inFull: asked.inFull ? maskedAmong(held) : [] };
}

function cellsOf(known: PersonOut['known'], n: number, { inFull }: Asked): MadeCell[] {
  return fields.map((code) => (code === 'row.number' ? n : cellOf(code, known[code], inFull)));
}

const noteOf = ({ day, by, inFull }: Asked, count: number): string =>
  [`截至 ${day}`, `共 ${count} 人`, `${by} 取出`, inFull ? '号码完整，用途已记入台账' : '号码遮住了中间几位'].join(
    '　',
  );
