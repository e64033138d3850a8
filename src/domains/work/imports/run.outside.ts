import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Answer, execute } from '../../../kernel/command.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import type { Id } from '../../../kernel/id.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Runtime } from '../../../kernel/runtime.ts';
import { transact } from '../../../kernel/transaction.ts';
import { beginBatch, endUndo, finishBatch, requireBatch, undoPart } from './batch.commands.ts';
import { type ImportFigures, openTally, type Tally } from './figures.model.ts';
import { areaIdByCode, foundAreas, foundBodies, foundTypes } from './ground.commands.ts';
import { importProblems, type RefusedRow } from './import.model.ts';
import type { ImportMap } from './map.model.ts';
import { isRefused, type Row } from './row.model.ts';
import { rowsOf, type Survey, survey } from './survey.outside.ts';
import type { Kept } from './undo.queries.ts';
import { noteDone } from './verdict.queries.ts';
import { type Import, type Outcome, writeRows } from './write.commands.ts';

export interface ImportOrder {
  readonly file: string;
  readonly map: ImportMap;
  /** Code of the area in whose queue rows without a place of their own go. */
  readonly area?: string | undefined;
  /** Told after each part; what it throws breaks the run off, and the next run goes on from there. */
  readonly progress?: (done: number, rows: number) => Promise<void> | void;
}

export interface Imported extends ImportFigures {
  /** Null: a trial, nothing was written. */
  readonly batch: Id | null;
  readonly isContinued: boolean;
}

/** Rows that are written in one transaction. */
const PART = 500;

/**
 * Reads the file twice, between transactions: first to know it — header, kinds of work, areas, the last closing — and
 * then to write it part by part. Broken off anywhere, it is simply run again.
 */
export async function importCasefiles(runtime: Runtime, realm: number, order: ImportOrder): Promise<Imported> {
  const { map } = order;
  const known = await survey(order.file, map);
  const fileHash = await hashOfFile(order.file);
  const areaId = await givenArea(runtime, realm, order.area);
  const begun = await carryOut(runtime, realm, 'begin', (ctx) => beginBatch(ctx, { source: map.source, fileHash }));
  const standardVersion = await layGround(runtime, realm, map, known, begun.founds);
  const it: Import = { map, batchId: begun.batchId, standardVersion, areaId };
  const tally = openTally(map, known.asOf);
  await eachPart(order, known, tally, (rows) => writePart(runtime, realm, it, rows, known.rows));
  const figures = tally.figures();
  const { rows, created, changed, same, refused } = figures;
  await carryOut(runtime, realm, 'finish', (ctx) =>
    finishBatch(ctx, begun.batchId, { rows, created, changed, same }, refused),
  );
  return { ...figures, batch: begun.batchId, isContinued: begun.isContinued };
}

/** The same verdicts, and nothing written; `realm` null: there is no county yet, and every good row would be new. */
export async function tryCasefiles(runtime: Runtime, realm: number | null, order: ImportOrder): Promise<Imported> {
  const { map } = order;
  const known = await survey(order.file, map);
  const tally = openTally(map, known.asOf);
  const areaId = realm === null ? null : await givenArea(runtime, realm, order.area);
  const it: Import = { map, batchId: '', standardVersion: null, areaId };
  const fresh = async (rows: readonly Row[]): Promise<Outcome[]> =>
    rows.map((row) => ({ row, verdict: 'created', notes: [] }));
  await eachPart(order, known, tally, (rows) =>
    realm === null
      ? fresh(rows)
      : transact(runtime, asSystem(realm, 'import'), (ctx) => writeRows(ctx, it, rows, true)),
  );
  return { ...tally.figures(), batch: null, isContinued: false };
}

export interface Undone {
  readonly batch: Id;
  readonly withdrawn: number;
  readonly kept: readonly Kept[];
  /** Cases of other batches that this one had changed; their changes stand. */
  readonly changedKeys: readonly string[];
}

export async function undoImport(runtime: Runtime, realm: number, batchId: Id): Promise<Undone> {
  const batch = await shown(runtime, realm, 'undo_begun', (ctx) => requireBatch(ctx, batchId));
  const kept: Kept[] = [];
  let withdrawn = 0;
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const part = await shown(runtime, realm, 'undo', (ctx) => undoPart(ctx, batch, from, PART));
    kept.push(...part.kept);
    withdrawn += part.withdrawn;
    after = part.last;
  }
  const { changedKeys } = await carryOut(runtime, realm, 'undone', (ctx) =>
    endUndo(ctx, batch, withdrawn, kept.length),
  );
  return { batch: batchId, withdrawn, kept, changedKeys };
}

async function layGround(
  runtime: Runtime,
  realm: number,
  map: ImportMap,
  known: Survey,
  founds: boolean,
): Promise<number | null> {
  if (founds && map.realm !== undefined)
    for (const paths of known.areas) await carryOut(runtime, realm, 'areas', (ctx) => foundAreas(ctx, paths));
  const { body } = map.columns;
  if (body?.create) await carryOut(runtime, realm, 'bodies', (ctx) => foundBodies(ctx, known.bodies, body.kind));
  if (map.kind === 'reports') return null;
  const earliest = known.earliest ?? runtime.clock.now();
  return (await carryOut(runtime, realm, 'types', (ctx) => foundTypes(ctx, map, known.types, earliest))).version;
}

/** Every row gets its verdict: what cannot be read, what stands twice in the file, and what the database says of the rest. */
async function eachPart(
  order: ImportOrder,
  known: Survey,
  tally: Tally,
  write: (rows: readonly Row[]) => Promise<readonly Outcome[]>,
): Promise<void> {
  const seen = new Map<string, number>();
  const parts = openParts(order, known.rows, async (rows) => {
    for (const outcome of await write(rows)) count(tally, outcome);
  });
  for await (const read of rowsOf(order.file, order.map)) {
    if (isRefused(read)) tally.refused(read);
    else if (seen.has(read.key)) tally.refused(twice(order.map, read, seen.get(read.key) ?? 0));
    else {
      seen.set(read.key, read.row);
      await parts.add(read);
    }
  }
  await parts.end();
}

/** While the database writes one part, the next is read: two are under way at most. */
function openParts(order: ImportOrder, rows: number, write: (part: readonly Row[]) => Promise<void>) {
  let part: Row[] = [];
  let done = 0;
  let before: Promise<void> = Promise.resolve();
  const written = async (leaving: readonly Row[]): Promise<void> => {
    await write(leaving);
    done += leaving.length;
    await order.progress?.(done, rows);
  };
  const leave = async (): Promise<void> => {
    const leaving = part;
    part = [];
    const now = leaving.length === 0 ? Promise.resolve() : written(leaving);
    const settled = now.catch(() => undefined);
    const earlier = before;
    before = now;
    try {
      await earlier;
    } catch (error) {
      // Whoever runs it again meets nothing that is still under way.
      await settled;
      throw error;
    }
  };
  return {
    add: async (row: Row): Promise<void> => {
      part.push(row);
      if (part.length === PART) await leave();
    },
    end: async (): Promise<void> => {
      await leave();
      await before;
    },
  };
}

function count(tally: Tally, outcome: Outcome): void {
  if ('says' in outcome) tally.refused(outcome);
  else {
    tally.wrote(outcome.row, outcome.verdict);
    for (const kind of outcome.notes) tally.note(outcome.row, kind);
  }
}

const twice = ({ key }: ImportMap, { row }: Row, first: number): RefusedRow => ({
  row,
  column: key,
  says: { zh: `与第 ${first} 行编号相同`, en: `has the key of row ${first}` },
  hint: { zh: '同一编号只导入第一行，请核对。', en: 'Only the first of them is taken in. Check which is right.' },
});

/** How far it has come is written with the rows: whoever looks sees what stands. */
const writePart = (
  runtime: Runtime,
  realm: number,
  it: Import,
  rows: readonly Row[],
  all: number,
): Promise<Outcome[]> =>
  shown(runtime, realm, 'casefiles', async (ctx) => {
    await noteDone(ctx, it.batchId, rows.length, all);
    return writeRows(ctx, it, rows);
  });

async function givenArea(runtime: Runtime, realm: number, code: string | undefined): Promise<Id | null> {
  if (code === undefined) return null;
  const id = await transact(runtime, asSystem(realm, 'import'), (ctx) => areaIdByCode(ctx, code));
  if (id === null) throw new Problem(importProblems['import.no_area'], { area: code });
  return id;
}

async function hashOfFile(file: string): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return hash.digest();
}

/** Each step is a command with its entries; its id need not come again, since rows are known by their keys. */
async function carryOut<T extends Answer>(
  runtime: Runtime,
  realm: number,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const command = { id: runtime.ids.newId(), name: `import.${name}`, input: {} };
  return (await execute(runtime, asSystem(realm, 'import'), command, { work })).answer;
}

/** The same, where what comes back is too much, or not for keeping. */
async function shown<T>(runtime: Runtime, realm: number, name: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const made: T[] = [];
  await carryOut(runtime, realm, name, async (ctx) => {
    made[0] = await work(ctx);
    return {};
  });
  return made[0] as T;
}
