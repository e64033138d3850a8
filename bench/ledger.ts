import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, writeXlsx } from 'hucre';
import { idOf } from '../seeds/small/plan.ts';
import { checkDigitOf } from '../src/domains/land/registry/fields/value.model.ts';
import { keepBatch, takeBatch } from '../src/domains/land/registry/index.ts';
import { allConsequences } from '../src/gateways/index.ts';
import { fileForLedger } from '../src/gateways/workbooks/ledger_file.routes.ts';
import { madeLedger } from '../src/gateways/workbooks/made_ledger.outside.ts';
import { execute } from '../src/kernel/command.ts';
import type { Ctx } from '../src/kernel/context.ts';
import { bySession } from '../src/kernel/entrance.ts';
import { pump } from '../src/kernel/reaction.ts';
import { type Bench, type BenchRoom, perSecond } from './frame.ts';
import { nameAt } from './people.ts';

const ROWS = 100_000;
const MORE = Array.from({ length: 10 }, (_, i) => `另填${i + 1}`);
const titles = '序号 姓名 性别 出生日期 身份证号码 联系电话 楼栋 门牌号 是否独居 文化程度'.split(' ');

/** What a row taken in consists of, in an order in which keys find what they point to; the file is not in the bare database. */
const tables: Readonly<Record<string, string>> = {
  data_key: 'realm, id, subject_kind, subject_id, wrapped, created_at',
  ledger_record: 'realm, id, ledger, area_id, scope_no, key_id, open, sealed, setters, changed_at',
  ledger_change: 'realm, id, record_id, told_on, person_id, recorded_at, open, sealed',
  ledger_mark: 'realm, record_id, kind, mark',
};
const ofRecords = (table: string): string => (table === 'data_key' ? `where subject_kind = 'ledger_record'` : '');

/** A county's workbook at once: looked over against the reader of the file alone, taken in against the server's own way to fill tables. */
export const ledger: Bench = {
  name: 'ledger',
  claim: `a workbook of ${ROWS} rows and 20 columns is looked over at 0.15 of the bare reading of the file, taken in at 0.05 of a bare COPY, and out again as a workbook at 0.2 of the bare writer`,
  async run(room) {
    const bare = await room.copy();
    let bytes: Buffer = Buffer.alloc(0);
    const write = await timed(async () => {
      bytes = await workbook();
    });
    room.say(`  ${(bytes.length / 1e6).toFixed(1)} MB`);
    const parse = await timed(() => read(bytes));
    const given = {
      ledger: 'residents' as const,
      areaId: idOf(1, 'area', 'east'),
      toldOn: '2026-01-01',
      name: '居民.xlsx',
      bytes,
    };
    const { batchId, preview } = await lookedOver(room, given);
    const take = await timed(async () => {
      await command(room, 'take', (ctx) => takeBatch(ctx, batchId));
      await pump(room.runtime, 1, allConsequences);
    });
    const out = await timed(() => takenOut(room));
    const copy = await copied(room, bare);
    return [
      line('looked over', preview, parse, 0.15, 'the bare reader of the file'),
      line('taken in', take, copy, 0.05, 'COPY of the same rows'),
      line('taken out', out, write, 0.2, 'the bare writer of as many rows'),
    ];
  },
};

const line = (name: string, product: number, ceiling: number, goal: number, what: string) => ({
  ...{ name, ratio: ceiling / product, goal: `≥ ${goal}`, pass: ceiling / product >= goal },
  product: `${product.toFixed(1)} s, ${perSecond(ROWS / product)}`,
  ceiling: `${what} ${ceiling.toFixed(1)} s, ${perSecond(ROWS / ceiling)}`,
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function workbook(): Promise<Buffer> {
  const more = MORE.map((_, i) => `值${i}`);
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const born = `${1935 + (i % 80)}-${two(1 + (i % 12))}-${two(1 + (i % 28))}`;
    // Numbers of their own for each: what stands twice is not taken in.
    const head = `439901${born.replaceAll('-', '')}${String((Math.floor(i / 80) * 2 + 1) % 1000).padStart(3, '0')}`;
    const who = [
      nameAt(i),
      '男',
      born,
      `${head}${checkDigitOf(head)}`,
      `1380000${String(i % 10_000).padStart(4, '0')}`,
    ];
    return [String(i + 1), ...who, '3', String(i), '否', '初中', ...more];
  });
  return Buffer.from(await writeXlsx({ sheets: [{ name: '居民', rows: [[...titles, ...MORE], ...rows] }] }));
}

const two = (n: number): string => String(n).padStart(2, '0');

async function lookedOver(room: BenchRoom, given: Parameters<typeof fileForLedger>[0]) {
  let batchId = '';
  const preview = await timed(async () => {
    const file = await fileForLedger(given);
    batchId = (await command(room, 'send', (ctx) => keepBatch(ctx, file))).batchId;
    await pump(room.runtime, 1, allConsequences);
  });
  const [found] = await room.asSuperuser(
    async (client) => (await client.query('select counts from ledger_batch where id = $1', [batchId])).rows,
  );
  room.say(`  ${JSON.stringify(found?.counts)}`);
  return { batchId, preview };
}

async function takenOut(room: BenchRoom): Promise<void> {
  const entrance = bySession(1, await room.tokenOf('hejing'), room.runtime.clock.now());
  const { bytes, rows } = await madeLedger(room.runtime, entrance, {
    ledger: 'residents',
    areaId: idOf(1, 'area', 'east'),
  });
  room.say(
    `  ${rows} out, ${(bytes.length / 1e6).toFixed(1)} MB, ${Math.round(process.memoryUsage().rss / 1e6)} MB held`,
  );
}

async function command<T extends { batchId: string }>(
  room: BenchRoom,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const entrance = bySession(1, await room.tokenOf('hejing'), room.runtime.clock.now());
  const done = await execute(
    room.runtime,
    entrance,
    { id: room.runtime.ids.newId(), name: `bench ${name}`, input: {} },
    { work },
  );
  return done.answer;
}

/** Copies what was taken in into an untouched database of the same server. Returns seconds. */
async function copied(room: BenchRoom, bare: BenchRoom): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-ledger-'));
  // The server reads and writes here itself, as whatever user it runs.
  chmodSync(folder, 0o777);
  const fileOf = (table: string): string => join(folder, `${table}.copy`);
  try {
    await room.asSuperuser(async (client) => {
      for (const [table, columns] of Object.entries(tables))
        await client.query(`copy (select ${columns} from ${table} ${ofRecords(table)}) to '${fileOf(table)}'`);
    });
    return await bare.asSuperuser(async (client) => {
      const start = performance.now();
      await client.query('begin');
      for (const [table, columns] of Object.entries(tables))
        await client.query(`copy ${table} (${columns}) from '${fileOf(table)}'`);
      await client.query('commit');
      return (performance.now() - start) / 1000;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
