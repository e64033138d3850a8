import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inside } from '../seeds/small/plan.ts';
import { byOperator } from '../src/cli/operator.ts';
import { forgetAgain, forgetReporter } from '../src/domains/work/casefiles/index.ts';
import { reconcileDestroyedKeys } from '../src/kernel/data_key.ts';
import { granteeOfCode, readTrackingCode } from '../src/kernel/tracking.ts';
import { openCounty } from './harness.ts';
import { report } from './telling.ts';

/* Somebody asks to be forgotten; a backup that is restored afterwards must not bring them back. */
const county = await openCounty();
const folder = mkdtempSync(join(tmpdir(), 'jingwei-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// The list of destroyed keys is this file's own.
const runtime = { ...county.runtime, keys: { ...county.runtime.keys, folder } };

const CANARY = '路面塌了，我家住柳巷九号';
const forget = (code: string) =>
  byOperator(runtime, 1, 'casefile.forget_reporter', (ctx) =>
    forgetReporter(ctx, granteeOfCode(runtime.keys, readTrackingCode(code) ?? ''), 'asked'),
  );
const told = () =>
  county.sql<{ n: number }>(`select count(*)::int as n from entry where kind = 'casefile.reporter_forgotten'`);
const clear = () =>
  county.sql(
    `select words as text from report where words is not null union all select summary from casefile where summary is not null`,
  );

const made = await report(county.anyone, {
  words: CANARY,
  place: { ...inside(0, 0), words: '柳巷' },
  contact: { name: '金丝雀', phone: '13800000000' },
});
const backup = await county.sql<Record<string, unknown>>(`select * from data_key where subject_kind = 'report'`);

test('忘记以后，原话、姓名和概要都没有了；案卷还在，查询码还能查进度', async () => {
  expect(await forget(made.code)).toMatchObject({ keys: 1 });
  await reconcileDestroyedKeys(runtime, 1, forgetAgain);
  expect(await clear()).toEqual([]);
  expect(await county.anyone.get(`/api/track/${made.code}`)).toMatchObject({
    status: 200,
    body: { number: made.number },
  });
  expect(await told()).toEqual([{ n: 1 }]);
});

test('再来一次不会出错，也不会再记一笔', async () => {
  expect(await forget(made.code)).toMatchObject({ keys: 0 });
  expect(await told()).toEqual([{ n: 1 }]);
});

test('恢复旧备份：密钥再次销毁，明文再次清除，并且记下来', async () => {
  const [key] = backup;
  if (!key) throw new Error('there was no key');
  const columns = Object.keys(key);
  await county.sql(
    `insert into data_key (${columns.join(',')}) values (${columns.map((_, i) => `$${i + 1}`).join(',')})`,
    Object.values(key),
  );
  await county.sql(`update report set words = $1`, [CANARY]);
  await county.sql(`update casefile set summary = $1`, [CANARY]);
  expect(await reconcileDestroyedKeys(runtime, 1, forgetAgain)).toBe(1);
  expect(await clear()).toEqual([]);
  expect(await county.sql(`select 1 from data_key where subject_kind = 'report'`)).toEqual([]);
  expect(await told()).toEqual([{ n: 2 }]);
  expect(await reconcileDestroyedKeys(runtime, 1, forgetAgain)).toBe(0);
});
