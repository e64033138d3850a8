import { createHash, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { report } from '../../../../test/telling.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import * as corpus from './fixtures/corpus/index.ts';
import { type File, named, openPhotoCounty, outcomes } from './fixtures/county/index.ts';
import { previewRetention } from './index.ts';
import { daysLate, PREVIEW_KEPT_MS } from './late.model.ts';
import type { PreviewView } from './preview.model.ts';
import type { Stage } from './stage.model.ts';

/* A small picture ahead of the photo, over a thin link. */
const { app, clock, runtime, sql, tokenOf, anyone, add, list, handled, filesOnDisk, send, as } =
  await openPhotoCounty();
const DAY_MS = 86_400_000;
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const photo = await corpus.jpeg(301, 900, 700);
const small = named(await sharp(photo).resize(320).jpeg({ quality: 40 }).toBuffer());

async function ahead(name: string, id: string, sha256: string, files: readonly File[] = [small], more = {}) {
  const fields = { stage: 'measure', sha256, commandId: randomUUID(), ...more };
  return send(`/api/casefiles/${id}/photos/previews`, fields, files, name);
}
async function ask(name: string, url: string) {
  return app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${await tokenOf(name)}` } });
}
const shown = async (name: string, id: string): Promise<PreviewView[]> =>
  (await ask(name, `/api/casefiles/${id}/photos/previews`)).json();
const entriesOf = (id: string) =>
  sql<{ kind: string }>(`select kind from entry where record_id = $1 and kind like 'casefile.%added'`, [id]);

test('小图先到：看得到，不算照片；原图一到，小图就没有了；再传一遍小图，也不会回来', async () => {
  const { id } = await report(anyone);
  const commandId = randomUUID();
  expect((await ahead('王秀兰', id, hashOf(photo), [small], { commandId })).status).toBe(200);
  expect((await ahead('王秀兰', id, hashOf(photo), [small], { commandId })).status, 'once more, the same').toBe(200);
  expect((await ahead('王秀兰', id, hashOf(photo))).status, 'as another command').toBe(200);
  const [one, ...others] = await shown('何静', id);
  expect(one).toMatchObject({ casefileId: id, stage: 'measure', addedBy: expect.stringContaining('王秀兰') });
  expect(others).toEqual([]);
  expect(await list('何静', id)).toEqual([]);
  const { rawPayload, headers } = await ask('何静', `/api/previews/${one?.id}`);
  expect(headers['content-type']).toBe('image/jpeg');
  expect(await sharp(rawPayload).metadata()).toMatchObject({ format: 'jpeg', width: 320 });
  expect(await entriesOf(id)).toEqual([{ kind: 'casefile.preview_added' }]);

  expect(outcomes(await add('王秀兰', id, 'measure', [named(photo)]))).toEqual(['saved']);
  expect(await shown('何静', id)).toEqual([]);
  expect((await ask('何静', `/api/previews/${one?.id}`)).statusCode).toBe(404);
  expect((await ahead('王秀兰', id, hashOf(photo))).status, 'the photo overtook it').toBe(200);
  expect(await shown('何静', id)).toEqual([]);
  expect(await list('何静', id)).toHaveLength(1);
  const told = (await (await as('何静')).get(`/api/casefiles/${id}`)).body.story.map(
    ({ kind }: { kind: string }) => kind,
  );
  expect(told).toContain('casefile.photo_added');
  expect(told).not.toContain('casefile.preview_added');
});

test('处置后的小图不能当处置后的照片：还是不能反馈', async () => {
  const { id } = await handled();
  expect((await ahead('曹路', id, hashOf(photo), [small], { stage: 'after' })).status).toBe(200);
  const path = `/api/casefiles/${id}/feed-back`;
  expect((await (await as('曹路')).post(path, { words: '修好了' })).body.code).toBe('casefile.command_not_allowed');
  await add('曹路', id, 'after', [named(await corpus.jpeg(302, 80, 60))]);
  expect(await shown('曹路', id), 'another photo does not stand for it').toHaveLength(1);
  expect((await (await as('曹路')).post(path, { words: '修好了' })).status).toBe(200);
});

test('谁能加照片，谁才能先传小图；外人看不到，报事人也看不到；不是图片的不收', async () => {
  const { id, code } = await report(anyone);
  expect((await ahead('王秀兰', id, hashOf(photo))).status).toBe(200);
  const [one] = await shown('何静', id);
  expect((await ahead('高明', id, hashOf(photo))).status).toBe(404);
  expect((await ask('高明', `/api/previews/${one?.id}`)).statusCode).toBe(404);
  expect((await ask('高明', `/api/casefiles/${id}/photos/previews`)).statusCode).toBe(404);
  expect(JSON.stringify((await anyone.get(`/api/track/${code}`)).body)).not.toContain(String(one?.id));
  expect((await ahead('何静', id, hashOf(photo), [small], { stage: 'after' })).code).toBe(
    'casefile.command_not_allowed',
  );
  expect((await ahead('王秀兰', id, 'a'.repeat(64), [named(Buffer.from('<svg/>'))])).code).toBe('photo.not_a_picture');
  expect((await ahead('王秀兰', id, 'a'.repeat(64), [])).code).toBe('photo.none_sent');
});

test('大的也只留小图，别的什么都不留；数据库里看不到内容', async () => {
  const { id } = await report(anyone);
  const withNotes = await sharp(photo)
    .withExif({ IFD0: { Copyright: '金丝雀相机' } })
    .toBuffer();
  const before = filesOnDisk().length;
  expect((await ahead('王秀兰', id, hashOf(photo), [named(withNotes)])).status).toBe(200);
  expect(filesOnDisk()).toHaveLength(before);
  const [one] = await shown('王秀兰', id);
  const { rawPayload } = await ask('王秀兰', `/api/previews/${one?.id}`);
  expect(rawPayload.includes('金丝雀相机')).toBe(false);
  expect(Math.max(...Object.values(await sideOf(rawPayload)))).toBe(320);
  const [row] = await sql<{ sealed: Buffer }>('select sealed from photo_preview where id = $1', [one?.id]);
  expect(row?.sealed.includes(rawPayload.subarray(20, 60))).toBe(false);
});

async function sideOf(bytes: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(bytes).metadata();
  return { width, height };
}

test('密钥销毁了，小图打不开也列不出来，清理时一并删去', async () => {
  const { id } = await report(anyone);
  await ahead('王秀兰', id, hashOf(photo));
  const [one] = await shown('王秀兰', id);
  await sql(`delete from data_key where subject_kind = 'casefile' and subject_id = $1`, [id]);
  expect(await shown('王秀兰', id)).toEqual([]);
  expect((await ask('王秀兰', `/api/previews/${one?.id}`)).statusCode).toBe(404);
  for (const sweep of previewRetention) await sweep.run(runtime, 1, throwFault);
  expect(await sql('select 1 from photo_preview where id = $1', [one?.id])).toEqual([]);
});

test('原图两天没到，说得出来；十四天没到，小图清掉，在那以前留着', async () => {
  const { id } = await report(anyone);
  await ahead('王秀兰', id, hashOf(photo));
  const [one] = await shown('王秀兰', id);
  const since = new Date(one?.addedAt ?? '');
  expect([1, 2, 5].map((days) => daysLate(since, new Date(since.getTime() + days * DAY_MS + 60_000)))).toEqual([
    null,
    2,
    5,
  ]);
  const sweepAll = async () => {
    for (const sweep of previewRetention) await sweep.run(runtime, 1, throwFault);
    return (await sql('select 1 from photo_preview where casefile_id = $1', [id])).length;
  };
  clock.advance(PREVIEW_KEPT_MS - DAY_MS);
  expect(await sweepAll()).toBe(1);
  clock.advance(2 * DAY_MS);
  expect(await sweepAll()).toBe(0);
});

test('旧手机不传小图，照旧', async () => {
  const { id } = await report(anyone);
  const stage: Stage = 'measure';
  expect(outcomes(await add('王秀兰', id, stage, [named(await corpus.jpeg(303, 80, 60))]))).toEqual(['saved']);
});
