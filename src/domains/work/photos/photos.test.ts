import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { report } from '../../../../test/telling.ts';
import { dataKeysOf, destroyDataKey } from '../../../kernel/data_key.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import type { Id } from '../../../kernel/id.ts';
import { transact } from '../../../kernel/transaction.ts';
import * as corpus from './fixtures/corpus/index.ts';
import { codeOf, named, openPhotoCounty, outcomes } from './fixtures/county/index.ts';
import { limits } from './limits.model.ts';
import type { PhotoStore } from './store.outside.ts';
import { takePhotosIn } from './take_in.outside.ts';

/* What becomes of a photo: kept sealed, told of, shown, sent again, forgotten. */
const county = await openPhotoCounty();
const { runtime, room, as, anyone, add, list, bytesOf, entranceOf, filesOnDisk } = county;

const entriesAbout = (id: Id) =>
  county.sql<{ body: Record<string, unknown>; sealed: Buffer | null }>(
    `select body, sealed from entry where record_id = $1 and kind = 'casefile.photo_added' order by ord`,
    [id],
  );

test('is kept, told of in the journal without place and time, and shown to those who may read the case', async () => {
  const { id } = await report(anyone);
  const sent = await add('王秀兰', id, 'measure', [named(await corpus.jpegWithGps(), 'photo.bmp')]);
  expect(sent).toMatchObject({
    status: 200,
    photos: [{ index: 0, name: 'photo.bmp', outcome: 'saved', problem: null }],
  });
  const photoId = sent.photos[0]?.photoId ?? '';

  const [line] = await list('何静', id);
  expect(line).toMatchObject({
    id: photoId,
    stage: 'measure',
    width: 2048,
    height: 1365,
    addedBy: '王秀兰',
    reportId: null,
  });
  expect(line?.takenAt).toBe('2026-03-04T07:20:30.000Z');
  expect(line?.point?.lon).toBeCloseTo(corpus.GPS.lon, 5);

  const [entry] = await entriesAbout(id);
  expect(entry?.body).toEqual({ photoId, stage: 'measure', width: 2048, height: 1365, bytes: line?.bytes });
  expect(entry?.sealed).not.toBeNull();
  const seen = (await (await as('何静')).get(`/api/casefiles/${id}`)).body;
  expect(JSON.stringify(seen.story.at(-1))).not.toContain('112.9');

  const full = await bytesOf(await entranceOf('何静'), photoId);
  const thumb = await bytesOf(await entranceOf('何静'), photoId, 'thumb');
  expect(full.subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff));
  expect([full.length, thumb.length < full.length]).toEqual([line?.bytes, true]);
  expect(full.includes('Exif')).toBe(false);
});

test('lies on the disk sealed, and opens nowhere but in its place', async () => {
  const { id } = await report(anyone);
  const before = new Set(filesOnDisk());
  const sent = await add('王秀兰', id, 'measure', [named(await corpus.jpegWithGps('+08:00'))]);
  const fresh = filesOnDisk().filter((path) => !before.has(path));
  expect(fresh).toHaveLength(2);
  for (const path of fresh) {
    const bytes = readFileSync(path);
    for (const trace of [
      Buffer.of(0xff, 0xd8, 0xff),
      Buffer.from('JFIF'),
      Buffer.from('Exif'),
      Buffer.from('Test camera'),
    ])
      expect(bytes.includes(trace), path).toBe(false);
    expect(path).toMatch(/\/([0-9a-f]{2})\/\1[0-9a-f]{30}(\.thumb)?$/);
  }
  const [full, thumb] = fresh.sort() as [string, string];
  writeFileSync(full, readFileSync(thumb));
  await expect(bytesOf(await entranceOf('何静'), sent.photos[0]?.photoId ?? '')).rejects.toThrow();
});

test('is lost alone when it is bad: the others of the upload are saved', async () => {
  const { id } = await report(anyone);
  const files = [
    named(await corpus.jpeg(11, 100, 80)),
    named(corpus.zip(), 'photo.jpg'),
    named((await corpus.jpeg(12)).subarray(0, 9000)),
    named(await corpus.scene(90, 90, 13).png().toBuffer(), 'right-content.jpg'),
    named(await corpus.boastfulPng(), 'bomb.png'),
    named(corpus.svg(), 'x.svg'),
  ];
  const sent = await add('王秀兰', id, 'measure', files);
  expect(sent.status).toBe(200);
  expect(outcomes(sent)).toEqual([
    'saved',
    'photo.not_a_picture',
    'photo.unreadable',
    'saved',
    'photo.too_many_pixels',
    'photo.not_a_picture',
  ]);
  expect(sent.photos[1]?.problem?.hint.zh).toContain('其他照片');
  expect(await list('王秀兰', id)).toHaveLength(2);
  expect((await add('王秀兰', id, 'measure', [])).code).toBe('photo.none_sent');
});

test('too large a file, or a disk that is full, is told for each photo', async () => {
  const { id } = await report(anyone);
  const upload = { entrance: await entranceOf('王秀兰'), commandId: randomUUID(), occurredAt: county.clock.now() };
  const files = [named(Buffer.alloc(limits.fileBytes + 1, 0xff)), named(await corpus.jpeg(15, 90, 90))];
  const to = { ...upload, of: { kind: 'casefile', id }, stage: 'measure', files } as const;
  const full: PhotoStore = { ...room.store, put: () => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })) };
  const codes = async (store: PhotoStore) =>
    outcomes({ status: 200, code: '', ...(await takePhotosIn(runtime, { ...room, store }, to)) });
  expect(await codes(full)).toEqual(['photo.too_large', 'photo.not_stored']);
  expect(await list('王秀兰', id)).toEqual([]);
  expect(await codes(room.store)).toEqual(['photo.too_large', 'saved']);
});

test('sent again, with the same id or another, in turn or at once, is there once', async () => {
  const { id } = await report(anyone);
  const [commandId, picture] = [randomUUID(), named(await corpus.jpeg(21))];
  const first = await add('王秀兰', id, 'measure', [picture, picture], commandId);
  expect(outcomes(first)).toEqual(['saved', 'saved']);
  const photoId = first.photos[0]?.photoId;
  expect(first.photos[1]?.photoId).toBe(photoId);
  const stored = filesOnDisk().length;
  for (const again of [commandId, randomUUID()])
    expect((await add('王秀兰', id, 'measure', [picture], again)).photos).toMatchObject([
      { outcome: 'saved', photoId },
    ]);
  const other = named(await corpus.jpeg(22));
  const both = await Promise.all([add('王秀兰', id, 'measure', [other]), add('李建国', id, 'measure', [other])]);
  expect(both[0].photos[0]?.photoId).toBe(both[1].photos[0]?.photoId);
  expect(await list('王秀兰', id)).toHaveLength(2);
  expect(await entriesAbout(id)).toHaveLength(2);
  expect(filesOnDisk()).toHaveLength(stored + 2);

  const taken = await add('王秀兰', id, 'measure', [named(await corpus.jpeg(23))], commandId);
  expect(outcomes(taken), 'one id does not stand for other content').toEqual(['command.id_taken']);
  // Another step may show the same picture.
  expect(outcomes(await add('王秀兰', id, 'before', [picture]))).toEqual(['saved']);
});

test('is forgotten with the key of its case, and may be taken anew', async () => {
  const { id } = await report(anyone);
  const picture = named(await corpus.jpegWithGps());
  const sent = await add('王秀兰', id, 'measure', [picture]);
  const photoId = sent.photos[0]?.photoId ?? '';
  await transact(runtime, asSystem(1, 'test'), async (ctx) => {
    for (const key of await dataKeysOf(ctx, id)) await destroyDataKey(ctx, key, 'test');
  });
  expect(await codeOf(bytesOf(await entranceOf('何静'), photoId))).toBe('photo.not_found');
  expect(await list('何静', id)).toEqual([]);

  const again = await add('王秀兰', id, 'measure', [picture]);
  expect(again.photos).toMatchObject([{ outcome: 'saved', photoId }]);
  expect(await codeOf(bytesOf(await entranceOf('何静'), photoId))).toBe('shown');
});
