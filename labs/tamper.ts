import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { type BenchRoom, withRoom } from '../bench/frame.ts';
import { inside } from '../seeds/small/plan.ts';
import { allEndpoints, consequences } from '../src/domains/index.ts';
import { openPhotoRoom } from '../src/domains/work/photos/index.ts';
import { openApp } from '../src/http/app.ts';
import { noteCheckpoints, openWitness, readCheckpoints } from '../src/kernel/checkpoint.ts';
import { machineClock } from '../src/kernel/clock.ts';
import { asKeeper } from '../src/kernel/entrance.ts';
import { pump } from '../src/kernel/reaction.ts';
import { transact } from '../src/kernel/transaction.ts';
import { type Fault, verifyJournal } from '../src/kernel/verify.ts';
import { sealAnew } from '../test/fixtures/reseal.ts';
import { between, chanceOf, type Finding, type Lab } from './frame.ts';

/** A change behind the program's back, by somebody with every right on the database; `at` is where it begins. */
interface Tampering {
  readonly name: string;
  /** Fits within the database afterwards: only what was signed outside of it can tell. */
  readonly sealedAnew: boolean;
  readonly statements: (at: number, end: number) => readonly string[];
}

const entryAt = (at: number): string => `(select entry_id from entry_position where realm = 1 and position = ${at})`;
const edit = (at: number): string =>
  `update entry set body = body || '{"x": 1}' where realm = 1 and id = ${entryAt(at)}`;
const dropFrom = (at: number): readonly string[] => [
  `delete from entry where realm = 1 and id in (select entry_id from entry_position where realm = 1 and position >= ${at})`,
  `delete from entry_position where realm = 1 and position >= ${at}`,
  `delete from seal where realm = 1 and last_position >= ${at}`,
];
const swap = (at: number): readonly string[] => [
  `update entry_position set position = -position where realm = 1 and position in (${at}, ${at} + 1)`,
  `update entry_position set position = 2 * ${at} + 1 + position where realm = 1 and position < 0`,
];

const tamperings: readonly Tampering[] = [
  { name: 'edit', sealedAnew: false, statements: (at) => [edit(at)] },
  {
    name: 'delete',
    sealedAnew: false,
    statements: (at) => [`delete from entry where realm = 1 and id = ${entryAt(at)}`],
  },
  { name: 'reorder', sealedAnew: false, statements: (at) => swap(at) },
  { name: 'truncate', sealedAnew: false, statements: (at) => dropFrom(at) },
  { name: 'edit and seal anew', sealedAnew: true, statements: (at) => [edit(at)] },
  { name: 'reorder and seal anew', sealedAnew: true, statements: (at) => swap(at) },
  { name: 'truncate and seal anew', sealedAnew: true, statements: (at) => dropFrom(at) },
  {
    name: 'fork: another end from here on, sealed anew',
    sealedAnew: true,
    statements: (at) => [
      `update entry set id = gen_random_uuid(), body = body || '{"fork": true}' where realm = 1 and id = ${entryAt(at)}`,
      `update entry_position p set entry_id = (select e.id from entry e where e.realm = 1 and e.body ? 'fork') where realm = 1 and position = ${at}`,
    ],
  },
  {
    name: 'rewrite all and seal anew',
    sealedAnew: true,
    statements: () => [`update entry set recorded_at = recorded_at + interval '1 second' where realm = 1`],
  },
];

const TABLES = ['entry', 'entry_pending', 'entry_position', 'seal', 'journal_head'];
const REPORTS = 40;

export const tamper: Lab = {
  name: 'tamper',
  claim: 'whatever is done to the journal behind the program’s back, the first bad entry is named',
  async run({ seed, size = 4 }, tell) {
    const folder = mkdtempSync(join(tmpdir(), 'jingwei-lab-'));
    try {
      await withRoom(async (room) => {
        await fill(room, folder);
        await room.asSuperuser((client) => tamperEach(room, client, { folder, seed, rounds: size }, tell));
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Reports in several batches, so that there are several seals and checkpoints. */
async function fill({ runtime, tokenOf }: BenchRoom, folder: string): Promise<void> {
  const photos = openPhotoRoom({ folder: join(folder, 'photos') });
  const app = await openApp(runtime, allEndpoints(true, photos), {
    realm: 1,
    demoAllowed: true,
    demo: null,
    publicUrl: 'http://localhost',
    trustProxy: [],
    limits: false,
    version: 'lab',
  });
  const authorization = `Bearer ${await tokenOf('wangxiulan')}`;
  for (let i = 1; i <= REPORTS; i += 1) {
    const payload = {
      commandId: randomUUID(),
      casefileId: randomUUID(),
      reportId: randomUUID(),
      words: '路面塌了一块',
      place: { ...inside(0, 0), words: '巷口' },
      channel: 'field',
    };
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/api/casefiles',
      payload,
      headers: { authorization },
    });
    if (statusCode !== 200) throw new Error(`a report was answered ${statusCode}`);
    if (i % 8 !== 0) continue;
    await pump(runtime, 1, consequences);
    await noteCheckpoints(runtime, folder, machineClock.now());
  }
  await app.close();
  await photos.close();
}

interface Plan {
  readonly folder: string;
  readonly seed: number;
  readonly rounds: number;
}

async function tamperEach(
  { runtime }: BenchRoom,
  client: pg.Client,
  { folder, seed, rounds }: Plan,
  tell: (finding: Finding) => void,
): Promise<void> {
  const sql = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
  for (const table of TABLES) await sql(`create table kept_${table} as select * from ${table}`);
  const end = Number((await sql('select max(position) as n from entry_position where realm = 1'))[0]?.n);
  const witness = openWitness(readCheckpoints(folder), 1, runtime.keys);
  const faultOf = async (watched: boolean): Promise<Fault | undefined> =>
    (await transact(runtime, asKeeper(1), (ctx) => verifyJournal(ctx, () => undefined, watched ? witness : undefined)))
      .faults[0];
  tell({
    what: 'nobody touched it',
    entries: end,
    checkpoints: witness.lines,
    pass: (await faultOf(true)) === undefined,
  });
  const chance = chanceOf(seed);
  for (const { name, sealedAnew, statements } of tamperings) {
    let [named, unwatched] = [0, 0];
    const wrong: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const at = name.startsWith('rewrite all') ? 1 : between(chance, 2, end - 2);
      const [was] = await sql(`select ${entryAt(at)} as id`);
      for (const statement of statements(at, end)) await sql(statement);
      if (sealedAnew) await sealAnew(runtime, sql);
      if ((await faultOf(false)) === undefined) unwatched += 1;
      const fault = await faultOf(true);
      if (fault && namesFirst(fault, at, String(was?.id))) named += 1;
      else wrong.push(`${at}: ${fault ? `${fault.what} ${fault.id} ${fault.says}` : 'nothing found'}`);
      await sql(
        TABLES.map((table) => `truncate ${table} cascade; insert into ${table} select * from kept_${table}`).join(';'),
      );
    }
    tell({ what: name, rounds, named, wrong: wrong.slice(0, 3), pass: named === rounds });
    if (sealedAnew)
      tell({ what: `control: ${name}, without checkpoints`, rounds, unnoticed: unwatched, pass: unwatched === rounds });
  }
  tell({ what: 'put back as it was', pass: (await faultOf(true)) === undefined });
}

/** The position at which it begins, or the entry that stood there. */
const namesFirst = ({ id, says }: Fault, at: number, was: string): boolean =>
  id === was || id === String(at) || new RegExp(`\\bof position ${at}\\b`).test(says);
