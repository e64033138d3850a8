import { randomUUID } from 'node:crypto';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStrongbox, readAll } from '../../../test/fixtures/keeping.ts';
import { openCounty } from '../../../test/harness.ts';
import { addPhoto, body, report, step } from '../../../test/telling.ts';
import type { DatabaseAccess } from '../database/access.ts';
import { migrate } from '../database/migrate.ts';
import { asKeeper } from '../entrance.ts';
import { overhead } from '../envelope.ts';
import { openKeys } from '../keys.ts';
import { jobsOf } from '../reaction.ts';
import { sequence } from '../sequencer.ts';
import { openRuntime } from '../start.ts';
import { tables } from '../tables.ts';
import { transact } from '../transaction.ts';
import { verifyJournal } from '../verify.ts';
import type { Piece } from './archive.ts';
import { load } from './load.ts';

/* Everything of one moment in one sealed file, and back. */
const county = await openCounty();
const { runtime, anyone, as, settle, sql } = county;
const box = openStrongbox(county);
const CANARY = '金丝雀一号';
let whole = '';

beforeAll(async () => {
  const told = await report(anyone, { contact: { name: CANARY, phone: '13800009999' } });
  await settle();
  const he = await as('何静');
  await step(he, told.id, 'register', { conditionCode: 'road-sunken-cut-off', words: '属实' });
  await step(await as('陈敏'), told.id, 'dispatch', { bodyId: body('works') });
  await settle();
  await addPhoto(await as('曹路'), told.id, 'measure');
  await settle();
  whole = await box.backUp('whole.jwb');
});

const asOwner = async <T>({ owner }: DatabaseAccess, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Straight from the catalogue and the storage: no row in any table of ours. */
const isEmpty = async (access: DatabaseAccess): Promise<boolean> =>
  asOwner(access, async (client) => {
    const { rows } = await client.query<{ size: number }>(
      `select coalesce(sum(pg_relation_size(oid)), 0)::int as size from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and relname = any ($1)`,
      [Object.keys(tables)],
    );
    return rows[0]?.size === 0;
  });

const refusal = (work: Promise<unknown>): Promise<{ code: string; params: object }> =>
  work.then(
    () => ({ code: 'nothing refused it', params: {} }),
    (error) => ({ code: error.code ?? String(error), params: error.params ?? {} }),
  );

describe('备份', () => {
  it('登记册里的每张表都在，行数与不受行级权限约束的人数的一样', async () => {
    const pieces = await readAll(box.read(whole));
    const rows = new Map(pieces.flatMap((it) => (it.is === 'sum' ? [[it.part.name, it.sum.rows] as const] : [])));
    for (const table of Object.keys(tables)) {
      const [counted] = await sql<{ n: number }>(`select count(*)::int as n from ${table}`);
      expect(rows.get(table), table).toBe(counted?.n);
    }
    expect(pieces.at(-1)).toMatchObject({ is: 'footer', footer: { counted: 'without row security' } });
    expect(rows.get('report')).toBe(1);
  });

  it('密封的姓名在文件里、在打开后的内容里都不见明文；密钥也不在里面', async () => {
    const opened = Buffer.concat(
      (await readAll(box.read(whole))).map((it) => (it.is === 'data' ? it.data : Buffer.alloc(0))),
    );
    expect(opened.includes('casefile.reported')).toBe(true);
    for (const bytes of [readFileSync(whole), opened]) {
      for (const secret of [CANARY, '13800009999', runtime.keys.backup, runtime.keys.wrapping])
        expect(bytes.includes(secret)).toBe(false);
    }
    expect(readFileSync(whole).includes('casefile')).toBe(false);
  });

  it('行级权限被改过、会挡住行：不做半份', async () => {
    for (const change of [
      'alter policy keeper_reads on report using (realm = 2)',
      'create policy hides on report as restrictive for select to jingwei_keeper using (realm = 2)',
    ]) {
      await sql(change);
      expect(await refusal(box.backUp('hidden.jwb'))).toMatchObject({
        code: 'backup.rows_hidden',
        params: { table: 'report' },
      });
      await sql('alter policy keeper_reads on report using (true)');
      await sql('drop policy if exists hides on report');
    }
    expect(await readAll(box.read(await box.backUp()))).not.toEqual([]);
  });

  it('没有超级用户作证：按规则核对，写明', async () => {
    const pieces = await readAll(box.pieces({ unbound: null }));
    expect(pieces.at(-1)).toMatchObject({ is: 'footer', footer: { counted: 'by the policies' } });
  });

  it('名字已有、目录没有、盘满：说清楚，不覆盖，不留半个文件', async () => {
    const before = readFileSync(whole);
    expect(await refusal(box.backUp('whole.jwb'))).toMatchObject({ code: 'backup.exists' });
    expect(readFileSync(whole).equals(before)).toBe(true);
    expect(await refusal(box.backUp('nowhere/x.jwb'))).toMatchObject({ code: 'backup.cannot_write' });
    symlinkSync('/dev/full', join(box.folder, 'full.jwb.part'));
    expect(await refusal(box.backUp('full.jwb'))).toMatchObject({ code: 'backup.disk_full' });
    expect(() => readFileSync(join(box.folder, 'full.jwb.part'))).toThrow('ENOENT');
  });
});

describe('读备份', () => {
  const changed = (change: (bytes: Buffer) => Buffer): string => {
    const path = join(box.folder, `${randomUUID()}.jwb`);
    writeFileSync(path, change(Buffer.from(readFileSync(whole))));
    return path;
  };
  const flipped = (at: number): string =>
    changed((bytes) => {
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    });
  const read = (path: string) => refusal(readAll(box.read(path)));

  it('翻转任何一处的一位：拒绝，说在哪一段', async () => {
    const { length } = readFileSync(whole);
    for (let at = 0; at < length; at += Math.ceil(length / 60)) {
      const { code, params } = await read(flipped(at));
      if (at < 17) expect(code, String(at)).toMatch(/backup\.(not_one|newer_format)/);
      else {
        expect(code, String(at)).toBe('backup.damaged');
        const { from, to } = params as { from: number; to: number };
        expect(from <= at && at <= to, `${from} ${at} ${to}`).toBe(true);
      }
    }
    expect(await read(flipped(length - 1))).toMatchObject({ code: 'backup.cut' });
  });

  it('在任何一处截断、后面多出来：拒绝', async () => {
    const { length } = readFileSync(whole);
    for (let to = 1; to < length; to += Math.ceil(length / 40))
      expect(await read(changed((bytes) => bytes.subarray(0, to))), String(to)).toEqual({
        code: 'backup.cut',
        params: { at: to },
      });
    expect(await read(changed(() => Buffer.alloc(0)))).toMatchObject({ code: 'backup.not_one' });
    const end = Buffer.from('JINGWEI END\n');
    expect(await read(changed((bytes) => Buffer.concat([bytes.subarray(0, 66_000), end])))).toMatchObject({
      code: 'backup.damaged',
    });
    expect(await read(changed((bytes) => Buffer.concat([bytes, end])))).toMatchObject({ code: 'backup.damaged' });
  });

  it('两段对调：拒绝', async () => {
    const SEALED = 64 * 1024 + overhead(runtime.keys.backup);
    const PRELUDE = 17 + 32 + 16 + 16;
    const swapped = changed((bytes) => {
      expect(bytes.length).toBeGreaterThan(PRELUDE + 2 * SEALED);
      const [a, b] = [PRELUDE, PRELUDE + SEALED];
      return Buffer.concat([
        bytes.subarray(0, a),
        bytes.subarray(b, b + SEALED),
        bytes.subarray(a, b),
        bytes.subarray(b + SEALED),
      ]);
    });
    expect(await read(swapped)).toEqual({
      code: 'backup.damaged',
      params: { from: PRELUDE, to: PRELUDE + SEALED - 1 },
    });
  });

  it('别的密钥、更新的格式、不是备份、没有这个文件', async () => {
    const stranger = openKeys(join(box.folder, 'other-keys'));
    expect(await refusal(readAll(box.read(whole, stranger)))).toMatchObject({ code: 'backup.wrong_key' });
    const newer = changed((bytes) => Buffer.concat([Buffer.from('JINGWEI BACKUP 2\n'), bytes.subarray(17)]));
    expect(await read(newer)).toMatchObject({ code: 'backup.newer_format' });
    expect(await read(changed(() => Buffer.from('PGDMP this is somebody else’s dump')))).toMatchObject({
      code: 'backup.not_one',
    });
    expect(await read(join(box.folder, 'nothing.jwb'))).toMatchObject({ code: 'backup.cannot_read' });
  });
});

describe('恢复', () => {
  const restoredRuntime = (access: DatabaseAccess) =>
    openRuntime({ ...runtime, access, sizes: { app: 2, system: 2, jobs: 1 } });

  it('每张表、每个序列、每张照片都一样；台账对得上；锁还在', async () => {
    const access = await box.emptyDatabase();
    const store = box.newStore();
    const loaded = await load(access, box.read(whole), store);
    expect([loaded.tables.size, loaded.photos]).toEqual([Object.keys(tables).length, 2]);
    for await (const name of county.photos.store.list())
      expect((await store.get(name.name))?.equals((await county.photos.store.get(name.name)) ?? Buffer.alloc(0))).toBe(
        true,
      );
    const restored = await restoredRuntime(access);
    try {
      const look = (it: typeof runtime) => transact(it, asKeeper(1), (ctx) => verifyJournal(ctx, () => undefined));
      expect(await look(restored)).toEqual(await look(runtime));
    } finally {
      await restored.close();
    }
    await asOwner(access, async (client) => {
      const open = await client.query(
        `select relname from pg_class where relname = any ($1) and not (relrowsecurity and relforcerowsecurity)`,
        [Object.keys(tables)],
      );
      expect(open.rows).toEqual([]);
      const { rows } = await client.query<{ n: string }>(`select last_value::text as n from entry_ord`);
      const [ours] = await sql<{ n: string }>(`select max(ord)::text as n from entry`);
      expect(Number(rows[0]?.n)).toBeGreaterThanOrEqual(Number(ours?.n));
    });
  });

  it('已经排队、还没办的后续也回来，一个不多', async () => {
    await report(anyone);
    const reaction = { name: 'casefile.told', on: ['casefile.reported'], react: async () => undefined };
    const placed = await sequence(runtime, 1, (entry) => jobsOf([reaction], entry));
    const access = await box.emptyDatabase();
    const { jobs } = await load(access, box.read(await box.backUp()), box.newStore());
    const queued = `select t.identifier, j.payload::text, j.key, q.queue_name from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.key`;
    const ours = await sql(queued);
    expect(placed.length > 0 && ours.length === jobs && jobs > 0).toBe(true);
    expect(await asOwner(access, async (client) => (await client.query(queued)).rows)).toEqual(ours);
    await sql('delete from graphile_worker._private_jobs');
  });

  it('不是空的、结构比备份新：不动它', async () => {
    const access = await box.emptyDatabase();
    await load(access, box.read(whole), box.newStore());
    expect(await refusal(load(access, box.read(whole), box.newStore()))).toMatchObject({ code: 'restore.not_empty' });
    const migrated = await box.emptyDatabase();
    await migrate(migrated);
    const older = mapHeader(box.read(whole), (migrations) => migrations.slice(0, -1));
    expect(await refusal(load(migrated, older, box.newStore()))).toMatchObject({ code: 'restore.not_fresh' });
    expect((await load(migrated, box.read(whole), box.newStore())).tables.get('report')?.rows).toBe(1);
  });

  it('备份来自更新的版本：不认识的结构说出来', async () => {
    const newer = mapHeader(box.read(whole), (migrations) => [...migrations, '9999_later']);
    expect(await refusal(load(await box.emptyDatabase(), newer, box.newStore()))).toEqual({
      code: 'backup.newer_format',
      params: { path: '', what: '9999_later' },
    });
  });

  it('中途出错、内容对不上：全部撤回，库还是空的，再来一次就成', async () => {
    const access = await box.emptyDatabase();
    const torn = async function* (): AsyncGenerator<Piece> {
      let parts = 0;
      for await (const piece of box.read(whole)) {
        if (piece.is === 'part') parts += 1;
        if (parts > 30) throw new Error('the cable was pulled');
        yield piece;
      }
    };
    await expect(load(access, torn(), box.newStore())).rejects.toThrow('cable');
    const bent = async function* (): AsyncGenerator<Piece> {
      for await (const piece of box.read(whole))
        yield piece.is === 'sum' && piece.part.name === 'report'
          ? { ...piece, sum: { ...piece.sum, sha256: 'other' } }
          : piece;
    };
    expect(await refusal(load(access, bent(), box.newStore()))).toMatchObject({
      code: 'backup.differs',
      params: { table: 'report' },
    });
    expect(await isEmpty(access)).toBe(true);
    expect((await load(access, box.read(whole), box.newStore())).tables.get('report')?.rows).toBe(1);
  });

  it('违反约束的行进不来', async () => {
    const access = await box.emptyDatabase();
    const orphaned = async function* (): AsyncGenerator<Piece> {
      let inBody = false;
      for await (const piece of box.read(whole)) {
        if (piece.is === 'part') inBody = piece.part.name === 'person';
        if (!(inBody && piece.is === 'data')) yield piece.is === 'sum' && inBody ? { ...piece, sum: emptySum } : piece;
      }
    };
    expect(await refusal(load(access, orphaned(), box.newStore()))).toMatchObject({ code: '23503' });
  });

  it('没有给所有者：说要什么', async () => {
    const { owner: _, ...access } = await box.emptyDatabase();
    const work = load({ ...access, owner: undefined }, box.read(whole), box.newStore());
    expect(await refusal(work)).toMatchObject({ code: 'database.no_owner' });
  });
});

const emptySum = { rows: 0, bytes: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' };

async function* mapHeader(
  pieces: AsyncIterable<Piece>,
  change: (migrations: string[]) => string[],
): AsyncGenerator<Piece> {
  for await (const piece of pieces)
    yield piece.is === 'header'
      ? { is: 'header', header: { ...piece.header, migrations: change(piece.header.migrations) } }
      : piece;
}
