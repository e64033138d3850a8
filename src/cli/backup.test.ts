import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withOwner } from '../../test/cluster.ts';
import { openCounty } from '../../test/harness.ts';
import { report } from '../../test/telling.ts';
import { prepareOwner } from '../kernel/database/open.ts';
import { openKeys } from '../kernel/keys.ts';

/* Backing up and restoring as an operator does it: commands, words, exit codes. */
const county = await openCounty();
const { anyone, settle, sql, database } = county;
const { host, port, user, password, keysFolder } = inject('cluster');
const folder = mkdtempSync(join(tmpdir(), 'jingwei-backup-cli-'));
cpSync(keysFolder, join(folder, 'keys'), { recursive: true });
const target = `t_restored_${randomUUID().slice(0, 8)}`;
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await withOwner({ host, port, user, password, keysFolder }, 'postgres', (owner) =>
    owner.query(`drop database if exists ${target} with (force)`),
  );
});

const addressOf = (name: string): string => `localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
const ownServer = (name: string) => ({
  JINGWEI_DATABASE: `postgres://${addressOf(name)}`,
  JINGWEI_DATABASE_OWNER: `postgres://${user}:${password}@${addressOf(name)}`,
});

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function jingwei(words: readonly string[], changes: object = ownServer(database)): Promise<Ran> {
  const env = {
    PATH: process.env.PATH,
    LANG: 'zh_CN.UTF-8',
    JINGWEI_DATA: join(folder, 'data'),
    JINGWEI_KEYS: join(folder, 'keys'),
    JINGWEI_LOG: 'error',
    ...changes,
  };
  const child = spawn(process.execPath, [inject('program'), ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part) => {
    out += part;
  });
  child.stderr.on('data', (part) => {
    err += part;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}
const asked = async (words: readonly string[], changes?: object) => {
  const ran = await jingwei(['--json', ...words], changes);
  expect(ran.out.trim().split('\n'), ran.err).toHaveLength(1);
  return { ...ran, json: JSON.parse(ran.out) };
};
const expectRefused = ({ code, out, err }: Ran, problem: string): void => {
  expect(err).toContain(`(${problem})`);
  expect(err).not.toMatch(/\n\s+at /);
  expect({ code, out }).toEqual({ code: 1, out: '' });
};

const file = join(folder, 'county.jwb');
let forgotten = { code: '', reportId: '' };

beforeAll(async () => {
  forgotten = await report(anyone, { words: '我家门前', contact: { name: '要忘记的人', phone: '13800002222' } });
  await report(anyone);
  await settle();
});

describe('备份', () => {
  it('做一份、核对一份、同名不覆盖', async () => {
    const made = await asked(['backup', file]);
    expect(made).toMatchObject({ code: 0, json: { path: file, jobs: 0, counted: 'without row security' } });
    const read = await asked(['backup', 'verify', file]);
    expect({ code: read.code, tables: read.json.tables }).toEqual({ code: 0, tables: made.json.tables });
    expectRefused(await jingwei(['backup', file]), 'backup.exists');
  });

  it('试恢复：自己起一个库，用完就扔', async () => {
    const { code, json, err } = await asked(['backup', 'verify', '--restore', file]);
    expect(code, err).toBe(0);
    expect(json.restored).toMatchObject({ faults: [], realms: [{ realm: 1, casefiles: 2 }, { realm: 2 }] });
    expect(existsSync(join(folder, 'data', 'postgres'))).toBe(false);
  });

  it('坏的、断的、别的密钥做的：拒绝，也不恢复', async () => {
    const bytes = readFileSync(file);
    const bent = join(folder, 'bent.jwb');
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(bent, bytes);
    expectRefused(await jingwei(['backup', 'verify', bent]), 'backup.damaged');
    expectRefused(await jingwei(['restore', bent], { JINGWEI_DATA: join(folder, 'never') }), 'backup.damaged');
    expect(existsSync(join(folder, 'never', 'postgres'))).toBe(false);
    const cut = join(folder, 'cut.jwb');
    writeFileSync(cut, bytes.subarray(0, 9000));
    expectRefused(await jingwei(['backup', 'verify', cut]), 'backup.cut');
    const strange = { JINGWEI_KEYS: join(folder, 'strange-keys') };
    expectRefused(await jingwei(['backup', 'verify', file], strange), 'backup.wrong_key');
  });
});

describe('恢复', () => {
  it('已有数据的库：不动', async () => {
    expectRefused(await jingwei(['restore', file]), 'restore.not_empty');
  });

  it('放进一个新的服务器库；备份之后忘记的人，恢复之后还是忘记', async () => {
    expect((await jingwei(['forget', forgotten.code])).code).toBe(0);
    const keys = openKeys(keysFolder);
    await prepareOwner({ host, port, user, password, database: 'postgres' }, target, keys);
    const { code, json, err } = await asked(['restore', file], ownServer(target));
    expect(code, err).toBe(0);
    expect(json.faults).toEqual([]);
    const rows = await withOwner({ host, port, user, password, keysFolder }, target, async (owner) => ({
      report: (await owner.query('select words, sealed from report where id = $1', [forgotten.reportId])).rows,
      others: (await owner.query('select count(*)::int as n from report where words is not null')).rows,
      keys: (await owner.query(`select 1 from data_key where subject_id = $1`, [forgotten.reportId])).rows,
    }));
    expect(rows).toEqual({ report: [{ words: null, sealed: null }], others: [{ n: 1 }], keys: [] });
  });

  it('从服务器到内置的库，能服务', async () => {
    const embedded = { JINGWEI_DATA: join(folder, 'moved'), JINGWEI_SEED: 'none' };
    expect((await asked(['restore', file], embedded)).json).toMatchObject({ faults: [] });
    expect(await jingwei(['restore', file], embedded)).toMatchObject({
      code: 1,
      err: expect.stringContaining('(restore.not_empty)'),
    });
    expect((await asked(['doctor'], embedded)).json.findings).toContainEqual(
      expect.objectContaining({ check: 'realms', state: 'good' }),
    );
  });
});

describe('检查点', () => {
  it('写到外面，附上公钥；没有新内容不重复写；核对时对照', async () => {
    const place = join(folder, 'outside', 'notes.jsonl');
    const { code, json } = await asked(['journal', 'checkpoint', place]);
    expect({ code, n: json.checkpoints.length }).toEqual({ code: 0, n: 2 });
    expect(json.publicKey).toContain('BEGIN PUBLIC KEY');
    expect((await asked(['journal', 'checkpoint', place])).json.checkpoints).toEqual([]);
    // The default file tells of the restores above, made with the same keys from an older state.
    const apart = { ...ownServer(database), JINGWEI_CHECKPOINTS: join(folder, 'none') };
    const whole = await asked(['journal', 'verify', '--against', place], apart);
    expect({ code: whole.code, realms: whole.json.realms }).toMatchObject({
      code: 0,
      realms: [{ checkpoints: 1 }, { checkpoints: 1 }],
    });
    await sql(`update entry_position set leaf = '\\x00' where realm = 1 and position = 1`);
    expect((await asked(['journal', 'verify', '--against', place], apart)).code).toBe(3);
  });
});
