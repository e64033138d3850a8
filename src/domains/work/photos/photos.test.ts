import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { logins, openCounty } from '../../../../test/harness.ts';
import { type Reported, refused, report, step } from '../../../../test/telling.ts';
import { openApp } from '../../../http/app.ts';
import { execute } from '../../../kernel/command.ts';
import { dataKeysOf, destroyDataKey } from '../../../kernel/data_key.ts';
import { asSystem, byCode, bySession, type Entrance } from '../../../kernel/entrance.ts';
import type { Id } from '../../../kernel/id.ts';
import { granteeOfCode } from '../../../kernel/tracking.ts';
import { transact } from '../../../kernel/transaction.ts';
import { allEndpoints } from '../../index.ts';
import { openSession } from '../../land/accounts/index.ts';
import * as corpus from './fixtures/index.ts';
import { findPhoto, openPhotoRoom, photoBytes, photoRoutes, sweepOrphans } from './index.ts';
import type { Stage, Taken } from './photo.model.ts';

const county = await openCounty();
const { runtime, as, anyone, clock } = county;
const folder = mkdtempSync(join(tmpdir(), 'jingwei-photos-'));
const room = openPhotoRoom({ folder });
const own = photoRoutes(room);
const others = allEndpoints(true).filter(({ name }) => !own.some((endpoint) => endpoint.name === name));
const app = await openApp(runtime, [...others, ...own], {
  realm: 1,
  demoAllowed: true,
  publicUrl: 'http://localhost:3000',
  trustProxy: [],
  limits: false,
});
afterAll(async () => {
  await app.close();
  await room.close();
  rmSync(folder, { recursive: true, force: true });
});

interface File {
  readonly name: string;
  readonly bytes: Buffer;
}
interface Answered {
  readonly status: number;
  readonly code: string | undefined;
  readonly photos: readonly Taken[];
}

async function tokenOf(name: string): Promise<string> {
  const opened = { token: '' };
  await execute(
    runtime,
    asSystem(1, 'test'),
    { id: randomUUID(), name: 'test session', input: {} },
    {
      work: async (ctx) => {
        const { sessionId, token } = await openSession(ctx, idOf(1, 'account', logins[name] ?? ''), 'test');
        opened.token = token;
        return { sessionId };
      },
    },
  );
  return opened.token;
}
const entranceOf = async (name: string): Promise<Entrance> => bySession(1, await tokenOf(name), clock.now());
const entranceBy = (code: string): Entrance => byCode(1, granteeOfCode(runtime.keys, code));

async function send(
  url: string,
  fields: Record<string, string>,
  files: readonly File[],
  name?: string,
): Promise<Answered> {
  const { payload, headers } = await corpus.formOf(fields, files);
  const authorization = name === undefined ? {} : { authorization: `Bearer ${await tokenOf(name)}` };
  const answer = await app.inject({ method: 'POST', url, payload, headers: { ...headers, ...authorization } });
  const { code, photos } = answer.json();
  return { status: answer.statusCode, code, photos };
}
const add = (
  name: string,
  id: Id,
  stage: Stage,
  files: readonly File[],
  commandId: Id = randomUUID(),
): Promise<Answered> => send(`/api/casefiles/${id}/photos`, { stage, commandId }, files, name);
const addByCode = (code: string, files: readonly File[], commandId: Id = randomUUID()): Promise<Answered> =>
  send(`/api/track/${code}/photos`, { commandId }, files);
const named = (bytes: Buffer, name = 'IMG_0001.jpg'): File => ({ name, bytes });

async function list(name: string, id: Id) {
  const headers = { authorization: `Bearer ${await tokenOf(name)}` };
  return (await app.inject({ method: 'GET', url: `/api/casefiles/${id}/photos`, headers })).json();
}
async function bytesOf(entrance: Entrance, id: Id, size: 'full' | 'thumb' = 'full'): Promise<Buffer> {
  const found = await transact(runtime, entrance, (ctx) => findPhoto(ctx, id, size));
  return (await photoBytes(room.store, found)).bytes;
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'shown',
    (error: { code?: string }) => error.code ?? String(error),
  );
const outcomes = ({ photos }: Answered): string[] => photos.map(({ problem }) => problem?.code ?? 'saved');
const entriesAbout = (id: Id) =>
  county.sql<{ body: Record<string, unknown>; sealed: Buffer | null; actor_kind: string }>(
    `select body, sealed, actor_kind from entry where record_id = $1 and kind = 'casefile.photo_added' order by ord`,
    [id],
  );
const filesOnDisk = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((it) =>
    it.isFile() ? [join(it.parentPath, it.name)] : [],
  );

/** Reported by a resident, registered, dispatched to the works and taken over by them. */
async function handled(): Promise<Reported> {
  const said = await report(anyone);
  const [he, chen, cao] = [await as('何静'), await as('陈敏'), await as('曹路')];
  await step(he, said.id, 'register', { conditionCode: 'road-sunken-cut-off' });
  await step(chen, said.id, 'dispatch', { bodyId: idOf(1, 'body', 'works') });
  await step(cao, said.id, 'acknowledge');
  return said;
}

describe('a photo of a case', () => {
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
    expect(line.takenAt).toBe('2026-03-04T07:20:30.000Z');
    expect(line.point.lon).toBeCloseTo(corpus.GPS.lon, 5);

    const [entry] = await entriesAbout(id);
    expect(entry?.body).toEqual({ photoId, stage: 'measure', width: 2048, height: 1365, bytes: line.bytes });
    expect(entry?.sealed).not.toBeNull();
    const seen = (await (await as('何静')).get(`/api/casefiles/${id}`)).body;
    expect(JSON.stringify(seen.story.at(-1))).not.toContain('112.9');

    const full = await bytesOf(await entranceOf('何静'), photoId);
    const thumb = await bytesOf(await entranceOf('何静'), photoId, 'thumb');
    expect(full.subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff));
    expect([full.length, thumb.length < full.length]).toEqual([line.bytes, true]);
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
      named(await corpus.bomb(), 'bomb.png'),
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
});

describe('who may add one', () => {
  test('nobody who may not read the case, and nobody for somebody else’s step', async () => {
    const { id } = await report(anyone);
    const picture = named(await corpus.jpeg(31, 64, 64));
    expect((await add('田青', id, 'measure', [picture])).code).toBe('casefile.not_found');
    expect(
      await codeOf(transact(runtime, await entranceOf('田青'), (ctx) => findPhoto(ctx, randomUUID(), 'full'))),
    ).toBe('photo.not_found');
    expect((await add('赵磊', id, 'measure', [picture])).code).toBe('casefile.command_not_allowed');
    expect((await add('王秀兰', id, 'after', [picture])).code).toBe('casefile.command_not_allowed');
    expect((await add('王秀兰', id, 'check', [picture])).code).toBe('casefile.command_not_allowed');
    expect((await add('管理员', id, 'measure', [picture])).status).toBe(403);
    expect((await send(`/api/casefiles/${id}/photos`, { stage: 'measure' }, [picture])).status).toBe(401);
    expect((await send(`/api/casefiles/${id}/photos`, { stage: 'selfie' }, [picture], '王秀兰')).code).toBe(
      'input.invalid',
    );
    const photo = (await add('王秀兰', id, 'measure', [picture])).photos[0]?.photoId ?? '';
    expect(await codeOf(bytesOf(await entranceOf('田青'), photo))).toBe('photo.not_found');
  });

  test('the result is shown by whoever handles it, the check by whoever checks; a late repetition is still answered', async () => {
    const { id } = await handled();
    const [result, looked] = [named(await corpus.jpeg(41, 300, 200)), named(await corpus.jpeg(42, 300, 200))];
    const cao = await as('曹路');
    expect(await refused(cao, id, 'feed-back', { words: '修好了' })).toMatchObject({
      code: 'casefile.command_not_allowed',
    });
    expect((await add('周工', id, 'after', [result])).code, 'another body').toBe('casefile.not_found');
    const commandId = randomUUID();
    const sent = await add('曹路', id, 'after', [result], commandId);
    expect(outcomes(sent)).toEqual(['saved']);
    expect(await step(cao, id, 'feed-back', { words: '修好了' })).toBe('handled');

    expect((await add('曹路', id, 'after', [result], commandId)).photos).toEqual(sent.photos);
    expect(outcomes(await add('曹路', id, 'after', [result, looked]))).toEqual([
      'saved',
      'casefile.command_not_allowed',
    ]);
    expect((await add('曹路', id, 'after', [looked])).status).toBe(409);
    expect(outcomes(await add('王秀兰', id, 'check', [looked]))).toEqual(['saved']);
    expect((await list('何静', id)).map(({ stage }: { stage: Stage }) => stage)).toEqual(['after', 'check']);
  });

  test('who settled it on the spot shows before and after; who wrote a report down adds to it', async () => {
    const wang = await as('王秀兰');
    const form = { channel: 'field', conditionCode: 'road-sunken-cut-off', did: '当场填平' };
    const { id } = await report(wang, form, '/api/casefiles/handled');
    const picture = named(await corpus.jpeg(51, 300, 200));
    for (const stage of ['before', 'after'] as const)
      expect(outcomes(await add('王秀兰', id, stage, [picture]))).toEqual(['saved']);
    expect((await add('李建国', id, 'after', [picture])).code, 'known by now, so only named again').toBeUndefined();
    expect((await add('李建国', id, 'after', [named(await corpus.jpeg(52))])).code).toBe(
      'casefile.command_not_allowed',
    );

    const byPhone = await report(await as('何静'), { channel: 'hotline' }, '/api/casefiles');
    expect(outcomes(await add('何静', byPhone.id, 'report', [picture]))).toEqual(['saved']);
    expect((await add('陈敏', byPhone.id, 'report', [named(await corpus.jpeg(53))])).code).toBe(
      'casefile.command_not_allowed',
    );
  });

  test('whoever reported adds six by the tracking code, sees their own and no others', async () => {
    const { id, code, reportId } = await report(anyone);
    const six = await Promise.all([61, 62, 63, 64, 65, 66].map(async (seed) => named(await corpus.jpeg(seed, 80, 60))));
    const sent = await addByCode(code, [named(await corpus.jpegWithGps()), ...six.slice(1)]);
    expect(outcomes(sent)).toEqual(Array(6).fill('saved'));
    expect((await addByCode(code, six.slice(0, 1))).code).toBe('photo.too_many');
    expect(outcomes(await addByCode(code, [six[0] as File, six[1] as File]))).toEqual(['photo.too_many', 'saved']);

    const lines = await list('何静', id);
    expect(lines[0]).toMatchObject({ stage: 'report', reportId, addedBy: '报事人' });
    const ours = (await add('王秀兰', id, 'measure', [named(await corpus.jpeg(67))])).photos[0]?.photoId ?? '';
    expect(await codeOf(bytesOf(entranceBy(code), sent.photos[0]?.photoId ?? ''))).toBe('shown');
    expect(await codeOf(bytesOf(entranceBy(code), ours))).toBe('photo.not_found');
    expect(JSON.stringify((await anyone.get(`/api/track/${code}`)).body)).not.toContain('112.90');
    expect((await addByCode('AAAA-AAAA-AAAA', [named(await corpus.jpeg(68))])).code).toBe('track.unknown_code');
    expect((await addByCode('nonsense', [named(await corpus.jpeg(68))])).code).toBe('track.unknown_code');
  });

  test('a case that was merged keeps its photos, and they are seen from the other', async () => {
    const [copy, main] = [await report(anyone), await report(anyone)];
    await addByCode(copy.code, [named(await corpus.jpeg(71, 80, 60))]);
    await step(await as('何静'), copy.id, 'merge', { intoId: main.id });
    expect(outcomes(await addByCode(copy.code, [named(await corpus.jpeg(72, 80, 60))]))).toEqual(['saved']);
    expect((await list('何静', main.id)).map((line: { casefileId: Id }) => line.casefileId)).toEqual([
      copy.id,
      copy.id,
    ]);
  });
});

describe('the folder', () => {
  const age = (path: string, days: number): void => {
    const at = new Date(clock.now().getTime() - days * 86_400_000);
    utimesSync(path, at, at);
  };

  test('loses what no photo stands on after a day, and nothing else', async () => {
    const { id } = await report(anyone);
    await add('王秀兰', id, 'measure', [named(await corpus.jpeg(81))]);
    for (const path of filesOnDisk()) age(path, 3);
    const kept = filesOnDisk();
    await room.store.put('a'.repeat(32), Buffer.from('x'));
    await room.store.put('b'.repeat(32), Buffer.from('x'));
    writeFileSync(join(folder, 'bb', `${'b'.repeat(32)}.thumb.part`), 'x');
    for (const name of ['b'.repeat(32), `${'b'.repeat(32)}.thumb.part`]) age(join(folder, 'bb', name), 2);
    const { removed, heldBack } = await sweepOrphans(room.store, runtime);
    expect(heldBack).toBe(0);
    // Those beside the two: what the test above left when a forgotten photo was taken anew.
    expect(removed).toBeGreaterThanOrEqual(2);
    expect(await room.store.get('a'.repeat(32))).not.toBeNull();
    expect(await room.store.get('b'.repeat(32))).toBeNull();
    expect(kept.length - filesOnDisk().length).toBeLessThanOrEqual(2);
    expect((await sweepOrphans(room.store, runtime)).removed).toBe(0);
  });

  test('is left alone when suspiciously many would go', async () => {
    for (let i = 0; i < 40; i += 1) {
      const name = `cc${String(i).padStart(30, '0')}`;
      await room.store.put(name, Buffer.from('x'));
      age(join(folder, 'cc', name), 2);
    }
    expect(await sweepOrphans(room.store, runtime)).toEqual({ removed: 0, heldBack: 40 });
  });

  test('takes no name but its own', async () => {
    for (const name of ['../../../etc/passwd', 'a'.repeat(31), `${'a'.repeat(32)}/x`, 'A'.repeat(32)])
      expect(() => room.store.get(name)).toThrow('not the name');
    expect(await room.store.get('f'.repeat(32))).toBeNull();
  });
});
