import type { Changes, HeldRow, Mark, Meta } from './ports.ts';
import type { Check, MarkOf, PullAnswer } from './protocol.ts';

/** The rows a phone holds against those it should hold. Pure: the engine writes. These kinds are told one by one. */
export const CHECKED = ['casefile', 'visit', 'patrol'];
/** Besides, told whole to whoever asks for them. */
export const ASKED = [...CHECKED, 'checkpoint', 'inspection'];
const ROWS_IN_BUCKET = 16;
const MOST_BUCKETS = 1024;
/** Rows named in one question. */
const MOST_COMPARED = 2000;

const bucketsFor = (rows: number): number => {
  let buckets = 1;
  while (buckets < MOST_BUCKETS && buckets * ROWS_IN_BUCKET < rows) buckets *= 2;
  return buckets;
};

/** By the last bits of the id, as the server does. */
const bucketOf = (id: string, buckets: number): number => Number.parseInt(id.slice(-4), 16) & (buckets - 1);

/** What is leaving is no longer told by the server and does not count. */
const counted = (marks: Iterable<Mark>): Mark[] => [...marks].filter(({ leaving }) => !leaving);

export function checkOf(marks: Iterable<Mark>): Check {
  const rows = counted(marks);
  const buckets = bucketsFor(rows.length);
  const high = new Uint32Array(buckets);
  const low = new Uint32Array(buckets);
  for (const { id, mark } of rows) {
    const bucket = bucketOf(id, buckets);
    high[bucket] = (high[bucket] ?? 0) ^ Number.parseInt(mark.slice(0, 8), 16);
    low[bucket] = (low[bucket] ?? 0) ^ Number.parseInt(mark.slice(8), 16);
  }
  const digits = (word = 0): string => word.toString(16).padStart(8, '0');
  return { buckets, sums: Array.from(high, (word, i) => digits(word) + digits(low[i])).join('') };
}

/** The rows of the buckets that differ, in portions that fit into a question. */
export function portions(
  marks: Iterable<Mark>,
  buckets: number,
  differing: readonly number[],
): { numbers: number[]; rows: MarkOf[] }[] {
  const wanted = new Map(differing.map((number): [number, MarkOf[]] => [number, []]));
  for (const { id, mark } of counted(marks)) wanted.get(bucketOf(id, buckets))?.push([id, mark]);
  const out: { numbers: number[]; rows: MarkOf[] }[] = [];
  for (const [number, rows] of wanted) {
    const last = out.at(-1);
    if (last && last.rows.length + rows.length <= MOST_COMPARED) {
      last.numbers.push(number);
      last.rows.push(...rows);
    } else out.push({ numbers: [number], rows: [...rows] });
  }
  return out;
}

/**
 * What an answer changes here, in one piece with the cursors that say so. A row that goes while something unsent hangs
 * on it stays, marked as leaving.
 */
export function changesOf(
  answer: PullAnswer,
  known: ReadonlyMap<string, ReadonlyMap<string, Mark>>,
  hangsOn: (id: string) => boolean,
  rows: ReadonlyMap<string, HeldRow>,
  meta: Meta,
): Changes {
  const told = [...answer.upserts, ...answer.whole.flatMap(({ rows: all }) => all)];
  const goneWhole = answer.whole.flatMap(({ kind, rows: all }) => {
    const stay = new Set(all.map(({ id }) => id));
    return [...(known.get(kind)?.keys() ?? [])].filter((id) => !stay.has(id)).map((id) => ({ kind, id }));
  });
  const gone = [...answer.evict, ...goneWhole].filter(({ kind, id }) => known.get(kind)?.has(id));
  const leaving = gone.flatMap(({ id }) => {
    const row = rows.get(id);
    return row && hangsOn(id) ? [{ ...row, leaving: true }] : [];
  });
  const kept = new Set(leaving.map(({ id }) => id));
  return {
    meta,
    putHeld: [...told.map((row): HeldRow => ({ ...row, leaving: false })), ...leaving],
    dropHeld: gone.filter(({ id }) => !kept.has(id)),
  };
}
