import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { csv, harbourMap, line, openFolder } from './fixtures/hotline.ts';
import { importCasefiles, undoImport } from './index.ts';

/** What an administrator is told of a file that was imported: figures, refused rows, how far it has come. */
const county = await openCounty();
const { app, runtime, as, anyone } = county;
const write = openFolder();
const map = harbourMap({ file: { delimiter: ';' } });
const admin = await as('管理员');
const cookie = `jingwei=${await tokenOf(county, 'admin')}`;
const page = async (path: string) =>
  (await app.inject({ url: `/console/operator/imports${path}`, headers: { cookie } })).body;
const good = (key: string): string[] => line({ 工单号: key });
const wrong = line({ 工单号: 'B-2', 来电时间: '王秀兰 13900000001' });

describe('导完的', () => {
  it('每一行的结果、没有导入的行和原因；不抄错在格子里的人名电话', async () => {
    const done = await importCasefiles(runtime, 1, {
      map,
      file: write('b.csv', csv([good('B-1'), wrong, good('B-1')])),
    });
    expect(done).toMatchObject({ created: 1 });
    expect(done.refused).toHaveLength(2);
    const told = (await admin.get(`/api/imports/${done.batch}`)).body;
    expect(told).toMatchObject({
      ...{ id: done.batch, created: 1, changed: 0, same: 0, refused: 2, brought: 1, changedOthers: 0, undoneAt: null },
      refusals: [{ rowNo: 3 }, { rowNo: 4, says: { zh: '与第 2 行编号相同' } }],
    });
    expect(told.finishedAt).not.toBeNull();
    expect(told.rowCount).toBe(done.rows);
    expect(JSON.stringify(told)).not.toMatch(/王秀兰|13900000001/);
    const shown = await page(`/${done.batch}`);
    expect(shown).toContain('第 4 行');
    expect(shown).toContain('看看会撤回什么');
    const sheet = await page(`/${done.batch}/refused.csv`);
    expect(sheet.split('\r\n')).toHaveLength(4);
    expect(sheet).toContain('"4"');
    expect(await page('')).toContain('新建 1，更新 0，未变 0，未导入 2');
  });

  it('改好再导：不重复，原来的结果还在；撤回以后说已撤回', async () => {
    const again = await importCasefiles(runtime, 1, { map, file: write('b2.csv', csv([good('B-1'), good('B-2')])) });
    expect((await admin.get(`/api/imports/${again.batch}`)).body).toMatchObject({ created: 1, same: 1, refusals: [] });
    expect(await page(`/${again.batch}`)).toContain('每一行都导入了。');
    await undoImport(runtime, 1, again.batch ?? '');
    expect((await admin.get(`/api/imports/${again.batch}`)).body).toMatchObject({
      brought: 0,
      undoneAt: expect.any(String),
    });
    expect(await page('')).toContain('已撤回');
  });
});

describe('没有导完的', () => {
  it('说看到第几行；接着导完就是全部', async () => {
    const rows = Array.from({ length: 700 }, (_, i) => good(`C-${i}`));
    const file = write('c.csv', csv(rows));
    const broken = importCasefiles(runtime, 1, {
      ...{ map, file },
      progress: () => {
        throw new Error('the power went');
      },
    });
    await expect(broken).rejects.toThrow('the power went');
    const [running] = (await admin.get('/api/imports')).body;
    expect(running).toMatchObject({ finishedAt: null, rowCount: 700, created: null });
    expect(running.done).toBeGreaterThanOrEqual(500);
    expect(await page('')).toContain(`已看 ${running.done} / 700 行`);
    const done = await importCasefiles(runtime, 1, { map, file });
    expect(done).toMatchObject({ batch: running.id, isContinued: true });
    const told = (await admin.get(`/api/imports/${running.id}`)).body;
    expect(told).toMatchObject({ done: 700, rowCount: 700, brought: 700, refused: 0 });
  });
});

describe('谁能看', () => {
  it('只有管理员；没有的批次说没有', async () => {
    for (const path of ['/api/imports', `/api/imports/${randomUUID()}`]) {
      expect((await (await as('何静')).get(path)).status).toBe(403);
      expect((await anyone.get(path)).status).toBe(401);
    }
    expect(await admin.get(`/api/imports/${randomUUID()}`)).toMatchObject({
      status: 404,
      body: { code: 'import.no_batch' },
    });
  });
});
