import { read, writeXlsx } from 'hucre';
import { idOf } from '../seeds/small/plan.ts';
import { keepBatch, keepTemplate, takeBatch } from '../src/domains/land/registry/index.ts';
import { allConsequences } from '../src/gateways/index.ts';
import { filledTemplate } from '../src/gateways/workbooks/filled_template.outside.ts';
import { lookAtBlank } from '../src/gateways/workbooks/filling.outside.ts';
import { fileForLedger } from '../src/gateways/workbooks/ledger_file.routes.ts';
import { execute } from '../src/kernel/command.ts';
import type { Ctx } from '../src/kernel/context.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { pump } from '../src/kernel/reaction.ts';
import { blankBook } from '../test/fixtures/blank_book.ts';
import { type Bench, type BenchRoom, type Line, median } from './frame.ts';
import { peopleIn } from './people.ts';

const ROWS = 1000;
const ROUNDS = 7;
const areaId = idOf(1, 'area', 'station');

/**
 * A superior's blank workbook filled with a thousand people: keys opened, rows decrypted, each value with where it came
 * from, the file patched in a process of its own. Beside it such a process that only looks at the blank file, the same sheets by a
 * bare writer, and a bare read of the rows: together what it would cost if nothing were sealed and nothing patched.
 */
export const fill: Bench = {
  name: 'fill',
  claim: `a superior's workbook is filled with ${ROWS} rows, each value with its source, at 0.5 of a process of its own, the bare writing of the same cells and the bare reading of the same rows together`,
  async run(room) {
    await takeIn(room);
    const templateId = await sendBlank(room);
    const entrance = bySession(1, await room.tokenOf('sunli'), room.runtime.clock.now());
    const filled = () => filledTemplate(room.runtime, entrance, { id: templateId, areaId, reason: '核对' });
    const { bytes, rows, cells } = await filled();
    if (rows !== ROWS) throw new Error(`${rows} rows were filled`);
    room.say(`  ${rows} rows, ${cells} cells, ${Math.round(bytes.length / 1000)} kB`);
    const sheets = (await read(bytes)).sheets.map(({ name, rows: all }) => ({
      name,
      rows: all.map((row) => [...row]),
    }));
    const [product, started, written, selected]: [number[], number[], number[], number[]] = [[], [], [], []];
    const blank = await blankBook();
    await room.asSuperuser(async (client) => {
      for (let round = 0; round <= ROUNDS; round += 1) {
        const [ours, writing] = [await timed(filled), await timed(() => writeXlsx({ sheets }))];
        const [starting, reading] = [await timed(() => lookAtBlank(blank)), await timed(() => client.query(facts))];
        // The first of each only warms what the system keeps.
        if (round === 0) continue;
        product.push(ours);
        started.push(starting);
        written.push(writing);
        selected.push(reading);
      }
    });
    return [lineOf({ product, started, written, selected })];
  },
};

/** What the product reads for it: the records, what was told of them, and the keys of both. */
const facts = `select r.open, r.sealed, r.setters, k.wrapped, c.open, c.sealed, c.told_on from ledger_record r
  join data_key k on k.realm = r.realm and k.id = r.key_id join ledger_change c on c.realm = r.realm and c.record_id = r.id
  where r.realm = 1 and r.ledger = 'residents'`;

function lineOf({
  product,
  started,
  written,
  selected,
}: Record<'product' | 'started' | 'written' | 'selected', number[]>): Line {
  const bare = (i: number): number => (started[i] ?? 0) + (written[i] ?? 0) + (selected[i] ?? 0);
  const ratio = median(product.map((ms, i) => bare(i) / ms));
  return {
    name: `a workbook of ${ROWS} rows filled`,
    ...{ ratio, goal: '≥ 0.50', pass: ratio >= 0.5 },
    product: inMs(product),
    ceiling: `a process that only looks ${inMs(started)}, the same sheets by a bare writer ${inMs(written)}, the same rows by a bare read ${inMs(selected)}`,
  };
}

const inMs = (values: readonly number[]): string =>
  `${Math.round(median(values))} ms (${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))})`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function takeIn(room: BenchRoom): Promise<void> {
  const bytes = peopleIn(ROWS);
  const given = { ledger: 'residents' as const, areaId, toldOn: '2026-01-01', name: '居民.csv', bytes };
  const file = await fileForLedger(given);
  const { batchId } = await command(room, 'send', (ctx) => keepBatch(ctx, file));
  await pump(room.runtime, 1, allConsequences);
  await command(room, 'take', (ctx) => takeBatch(ctx, batchId));
  await pump(room.runtime, 1, allConsequences);
}

async function sendBlank(room: BenchRoom): Promise<string> {
  const bytes = await blankBook();
  const tables = await lookAtBlank(bytes);
  const sent = { areaId, fileName: '登记表.xlsx', bytes, tables };
  return (await command(room, 'template', (ctx) => keepTemplate(ctx, sent))).templateId;
}

async function command<T extends Readonly<Record<string, string | number>>>(
  room: BenchRoom,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const entrance = bySession(1, await room.tokenOf('sunli'), room.runtime.clock.now());
  const asked = { id: room.runtime.ids.newId(), name: `bench ${name}`, input: {} };
  return (await execute(room.runtime, entrance, asked, { work })).answer;
}
