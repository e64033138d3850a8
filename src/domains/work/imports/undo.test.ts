import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../../../test/fixtures/another.ts';
import { openCounty } from '../../../../test/harness.ts';
import { step } from '../../../../test/telling.ts';
import { pump } from '../../../kernel/reaction.ts';
import { consequences } from '../../index.ts';
import { verifyCasefiles } from '../casefiles/index.ts';
import { csv, harbourMap, line, openFolder } from './fixtures/hotline.ts';
import { importCasefiles, undoImport } from './index.ts';

/** An administrator takes an import back at the console: looks, says why, and is told what came of it. */
const county = await openCounty();
const { app, runtime, as, anyone, sql } = county;
const write = openFolder();
const map = harbourMap({ file: { delimiter: ';' } });
const admin = await as('管理员');
const cookie = `jingwei=${await tokenOf(county, 'admin')}`;
const page = async (path: string, language = 'zh-CN') =>
  (await app.inject({ url: `/console/operator/imports${path}`, headers: { cookie, 'accept-language': language } }))
    .body;
async function press(path: string, fields: Record<string, string>) {
  const payload = new URLSearchParams({ commandId: randomUUID(), ...fields }).toString();
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  const answer = await app.inject({ method: 'POST', url: `/console/operator/imports${path}`, payload, headers });
  return { status: answer.statusCode, to: answer.headers.location, body: answer.body };
}
const settle = () => pump(runtime, 1, { reactions: consequences.reactions, sweeps: [] });
async function bring(name: string, keys: readonly string[]): Promise<string> {
  const rows = keys.map((key) => line({ 工单号: key }));
  return (await importCasefiles(runtime, 1, { map, file: write(`${name}.csv`, csv(rows)) })).batch ?? '';
}
async function workOn(key: string): Promise<void> {
  const [row] = await sql<{ id: string }>('select casefile_id as id from imported_row where key = $1', [key]);
  await step(await as('赵磊'), row?.id ?? '', 'supervise', { words: '请盯住' });
}
const told = async (id: string) => (await admin.get(`/api/imports/${id}`)).body;
const look = (id: string, commandId = randomUUID()) => admin.post(`/api/imports/${id}/look`, { commandId });
const undo = (id: string, words = '对照表用错了', commandId = randomUUID()) =>
  admin.post(`/api/imports/${id}/undo`, { commandId, words });

describe('撤回导入', () => {
  it('先核对，不改动；再说原因撤回；有人办理过的留下、列出来；结果和原因留在批次上', async () => {
    const id = await bring('a', ['A-1', 'A-2', 'A-3']);
    await workOn('A-2');
    expect(await undo(id)).toMatchObject({ status: 409, body: { code: 'import.look_first' } });
    expect(await page(`/${id}`)).toContain('看看会撤回什么');
    expect(await press(`/${id}/look`, {})).toMatchObject({
      ...{ status: 303, to: `/console/operator/imports/${id}?done=import.look` },
    });
    expect(await look(id)).toMatchObject({ status: 409, body: { code: 'import.undo_runs' } });
    expect(await page(`/${id}`)).toMatch(/正在核对会撤回什么[\s\S]*0 \/ 3 件/);
    await settle();
    const looked = await told(id);
    expect(looked).toMatchObject({ brought: 3, undo: { stage: 'looked', of: 3, gone: 2, stays: 1, words: null } });
    expect(looked.kept).toMatchObject([{ key: 'A-2', says: { zh: expect.stringContaining('有人办理过') } }]);
    expect(looked.can).toMatchObject([{ command: 'look' }, { command: 'undo', allowed: true, reason: null }]);
    expect(await page(`/${id}`)).toMatch(/2 件会撤回[\s\S]*1 件会留下[\s\S]*为什么撤回[\s\S]*会留下的[\s\S]*A-2/);

    const short = await press(`/${id}/undo`, { words: '错' });
    expect(short.status).toBe(422);
    expect(short.body).toContain('>错</textarea>');
    expect(await press(`/${id}/undo`, { words: '对照表用错了' })).toMatchObject({ status: 303 });
    expect(await page('')).toContain('正在撤回 0 / 3');
    await settle();
    expect(await told(id)).toMatchObject({
      ...{ brought: 1, undoneAt: expect.any(String), kept: [{ key: 'A-2' }] },
      undo: { stage: null, of: 3, gone: 2, stays: 1, words: '对照表用错了' },
    });
    const after = await page(`/${id}`);
    expect(after).toMatch(/撤回 2 件，留下 1 件。[\s\S]*对照表用错了[\s\S]*A-2/);
    expect(after).not.toContain('<textarea');
    expect(await page(`/${id}/kept.csv`)).toMatch(/"来源编号","案卷","原因"\r\n"A-2"/);
    expect((await page(`/${id}`, 'en')).replace(/<[^>]*>/g, '')).toContain('2 cases withdrawn, 1 stay.');
    expect(await undo(id)).toMatchObject({ status: 409, body: { code: 'import.undone_already' } });
    expect((await verifyCasefiles(runtime, 1, () => undefined)).faults).toEqual([]);
  });

  it('同一个命令发两次只算一次；多于一批的接着做到完', async () => {
    const id = await bring(
      'b',
      [...Array(450).keys()].map((i) => `B-${i}`),
    );
    const [first, second] = [randomUUID(), randomUUID()];
    for (let i = 0; i < 2; i += 1) expect(await look(id, first)).toMatchObject({ status: 200, body: { of: 450 } });
    await settle();
    for (let i = 0; i < 2; i += 1)
      expect(await undo(id, '来源重发', second)).toMatchObject({ status: 200, body: { of: 450 } });
    await settle();
    expect(await told(id)).toMatchObject({ brought: 0, kept: [], undo: { gone: 450, stays: 0 } });
    const entries = await sql(`select kind, body->>'withdrawn' as withdrawn from entry
      where record_id = '${id}' and kind in ('import.undone', 'import.undo_asked')`);
    expect(entries).toHaveLength(2);
    expect(entries).toContainEqual({ kind: 'import.undone', withdrawn: '450' });
  });

  it('核对以后又有人办理的也留下；都有人办理了就没有可以撤回的，说明白', async () => {
    const id = await bring('c', ['C-1', 'C-2']);
    await workOn('C-1');
    await look(id);
    await settle();
    await workOn('C-2');
    await undo(id);
    await settle();
    expect(await told(id)).toMatchObject({ undo: { gone: 0, stays: 2 }, kept: [{ key: 'C-1' }, { key: 'C-2' }] });
    const other = await bring('d', ['D-1']);
    await workOn('D-1');
    await look(other);
    await settle();
    expect(await undo(other)).toMatchObject({ status: 409, body: { code: 'import.nothing_goes' } });
    expect(await page(`/${other}`)).toMatch(/<button disabled[\s\S]*这个批次没有可以撤回的/);
    const empty = await bring('e', ['D-1']);
    expect(await look(empty)).toMatchObject({ status: 409, body: { code: 'import.nothing_goes' } });
  });

  it('命令行正在做、已经做的：网页说明白；网页正在撤的，命令行和还在导的都停下', async () => {
    const id = await bring('f', ['F-1', 'F-2']);
    await look(id);
    await expect(undoImport(runtime, 1, id)).rejects.toMatchObject({ code: 'import.undo_runs' });
    await settle();
    const rows = Array.from({ length: 700 }, (_, i) => line({ 工单号: `G-${i}` }));
    const file = write('g.csv', csv(rows));
    const broken = importCasefiles(runtime, 1, {
      map,
      file,
      progress: () => Promise.reject(new Error('the power went')),
    });
    await expect(broken).rejects.toThrow('the power went');
    const [running] = (await admin.get('/api/imports')).body;
    await look(running.id);
    await settle();
    await undo(running.id, '文件不对');
    await expect(importCasefiles(runtime, 1, { map, file })).rejects.toMatchObject({ code: 'import.undone_already' });
    await settle();
    expect(await told(running.id)).toMatchObject({ brought: 0, undoneAt: expect.any(String) });
    // Taken back at the shell after it was looked over: told in the same place.
    await undoImport(runtime, 1, id);
    expect(await told(id)).toMatchObject({ undoneAt: expect.any(String), undo: { gone: 2, stays: 0 } });
  });

  it('只有管理员；没有的批次说没有', async () => {
    for (const act of ['look', 'undo']) {
      const body = { commandId: randomUUID(), ...(act === 'undo' && { words: '测试' }) };
      const path = `/api/imports/${randomUUID()}/${act}`;
      expect((await (await as('何静')).post(path, body)).status).toBe(403);
      expect((await anyone.post(path, body)).status).toBe(401);
      expect(await admin.post(path, body)).toMatchObject({ status: 404, body: { code: 'import.no_batch' } });
    }
  });
});
