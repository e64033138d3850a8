import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areas } from '../seeds/small/plan.ts';
import { importCasefiles, readMap } from '../src/domains/work/imports/index.ts';
import { packageRoot } from '../src/kernel/root.ts';
import { type Bench, type BenchRoom, inTurns, median, perSecond, spread } from './frame.ts';

const ROWS = 4_000;
const ROUNDS = 3;

/** All that a case taken in consists of, in an order in which keys find what they point to. */
const tables: Readonly<Record<string, string>> = {
  casefile: 'id in (select casefile_id from mine)',
  report: 'casefile_id in (select casefile_id from mine)',
  data_key: 'subject_id in (select r.id from report r join mine on mine.casefile_id = r.casefile_id)',
  obligation: 'record_id in (select casefile_id from mine)',
  access_grant: 'record_id in (select casefile_id from mine)',
  entry: 'record_id in (select casefile_id from mine)',
  entry_pending: 'entry_id in (select e.id from entry e join mine on mine.casefile_id = e.record_id)',
  imported_row: 'casefile_id in (select casefile_id from mine)',
};

/** The price of history: validators, table, clocks, sealed words and entries, against the server's own way to fill tables. */
export const imports: Bench = {
  name: 'import',
  claim: 'an import with history reaches 0.2 of a bare COPY of the same rows into the same tables',
  async run(room) {
    const bare = await room.copy();
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-import-'));
    // The server reads and writes here itself, as whatever user it runs.
    chmodSync(folder, 0o777);
    const map = readMap(readFileSync(join(packageRoot, 'seeds', 'maps', 'harbour-city.json'), 'utf8'));
    const plain = { ...map, file: { ...map.file, encoding: 'utf-8' as const } };
    let round = 0;
    let batch = '';
    const product = async (): Promise<number> => {
      round += 1;
      const file = join(folder, `rows-${round}.csv`);
      writeFileSync(file, tableOf(round));
      const start = performance.now();
      const done = await importCasefiles(room.runtime, 1, { file, map: plain });
      const seconds = (performance.now() - start) / 1000;
      if (done.created !== ROWS) throw new Error(`${done.created} of ${ROWS} rows: ${JSON.stringify(done.refused[0])}`);
      batch = done.batch ?? '';
      return ROWS / seconds;
    };
    try {
      const rates = await inTurns(ROUNDS, { product, copy: () => copied(room, bare, folder, batch) });
      const ratio = median(rates.product.map((rate, i) => rate / (rates.copy[i] ?? 1)));
      const copy = spread(rates.copy);
      return [
        {
          name: 'import with history',
          ratio,
          goal: '≥ 0.2',
          pass: ratio >= 0.2,
          product: spread(rates.product),
          ceiling: copy,
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Copies what the last import wrote into an untouched database of the same server. Returns cases a second. */
async function copied(room: BenchRoom, bare: BenchRoom, folder: string, batch: string): Promise<number> {
  const fileOf = (table: string): string => join(folder, `${table}.copy`);
  await room.asSuperuser(async (client) => {
    await client.query(`create temp table mine as select casefile_id from imported_row where batch_id = '${batch}'`);
    await client.query('analyze mine');
    await client.query(`copy (select * from import_batch where id = '${batch}') to '${fileOf('import_batch')}'`);
    for (const [table, mine] of Object.entries(tables))
      await client.query(`copy (select * from ${table} where ${mine}) to '${fileOf(table)}'`);
  });
  const bytes = Object.keys(tables).reduce((sum, table) => sum + statSync(fileOf(table)).size, 0);
  return bare.asSuperuser(async (client) => {
    await client.query(`copy import_batch from '${fileOf('import_batch')}'`);
    const start = performance.now();
    await client.query('begin');
    for (const table of Object.keys(tables)) await client.query(`copy ${table} from '${fileOf(table)}'`);
    await client.query('commit');
    const rate = ROWS / ((performance.now() - start) / 1000);
    room.say(`  COPY ${perSecond(rate)}, ${Math.round(bytes / 1e6)} MB`);
    return rate;
  });
}

const communities = areas.filter(({ level }) => level === 'community').map(({ code }) => code);
const kinds = ['路灯不亮', '井盖松动', '垃圾未清', '占道经营', '树枝压线'];

/** An invented hotline's year: four in five closed, three in four with a deadline. */
function tableOf(round: number): string {
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const day = 1 + (i % 25);
    const isClosed = i % 5 !== 0;
    return [
      `B${round}-${i}`,
      `2025年${1 + (i % 11)}月${day}日 ${8 + (i % 10)}:05`,
      i % 4 === 0 ? '' : `2025年${1 + (i % 11)}月${day + 1}日 18:00`,
      isClosed ? `2025年${1 + (i % 11)}月${day + (i % 3)}日 19:30` : '',
      isClosed ? '已办结' : '办理中',
      kinds[i % kinds.length],
      `第 ${i} 号路口往东二十米，已经好几天了，晚上看不清路，请派人来看看`,
      isClosed ? '已到现场处理完毕，并电话告知来电人' : '',
      kinds[i % kinds.length],
      i % 3 === 0 ? '微信' : '电话',
      '',
      `第 ${i} 号路口`,
      communities[i % communities.length],
    ].join(';');
  });
  const header =
    '工单号;来电时间;应办结时间;办结时间;状态;诉求标题;诉求内容;办理意见;诉求类别;来源;承办单位;地址;社区编码';
  return [header, ...lines].join('\n');
}
