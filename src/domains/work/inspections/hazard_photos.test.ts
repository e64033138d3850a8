import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { area, body } from '../../../../test/telling.ts';
import { dataKeysOf, destroyDataKey } from '../../../kernel/data_key.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { transact } from '../../../kernel/transaction.ts';
import * as corpus from '../photos/fixtures/corpus/index.ts';
import { codeOf, type File, named, openPhotoCounty, outcomes } from '../photos/fixtures/county/index.ts';

/* What was found and what was put right is shown, side by side, to those who read the hazard and to nobody else. */
const county = await openPhotoCounty();
const { as, send, clock, runtime, sql, bytesOf, entranceOf, filesOnDisk } = county;
const [worker, works] = [await as('王秀兰'), await as('曹路')];

async function found(): Promise<string> {
  const { status, body: said } = await worker.post('/api/hazards', {
    ...{
      areaId: area('station-1'),
      what: '灭火器压力表指针在红区',
      where: '惠民超市一楼',
      grade: 'general',
      sector: 'fire',
    },
    ...{ source: 'patrol', bodyId: body('works'), limit: { amount: 3, unit: 'natural_days' } },
  });
  expect(status, JSON.stringify(said)).toBe(200);
  return said.hazardId;
}
const add = (name: string | undefined, id: string, stage: string, files: readonly File[], commandId = randomUUID()) =>
  send(`/api/hazards/${id}/photos`, { stage, commandId }, files, name);
const step = (by: typeof worker, id: string, name: string, form: object = { words: '两具都换了新的' }) =>
  by.post(`/api/hazards/${id}/${name}`, form);
const seenBy = async (by: typeof worker, id: string) => (await by.get(`/api/hazards/${id}`)).body;
const desk = async (url: string, fields: Record<string, string>, files: readonly File[]) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { name, bytes } of files) form.append('photos', new Blob([new Uint8Array(bytes)]), name);
  const request = new Response(form);
  const headers = {
    'content-type': request.headers.get('content-type') ?? '',
    authorization: `Bearer ${await county.tokenOf('曹路')}`,
  };
  return county.app.inject({ method: 'POST', url, payload: Buffer.from(await request.arrayBuffer()), headers });
};
const idsOf = (id: string) => sql<{ id: string }>('select id from photo where record_id = $1', [id]);
const picture = async (seed: number): Promise<File> => named(await corpus.jpeg(seed, 300, 200));

beforeEach(() => clock.advance(60_000));

describe('隐患照片', () => {
  it('整改前由发现的人拍，整改后由整改的人拍，复查由复查的人拍；页面上有谁、什么时候', async () => {
    const id = await found();
    expect(outcomes(await add('王秀兰', id, 'before', [named(await corpus.jpegWithGps()), await picture(2)]))).toEqual([
      'saved',
      'saved',
    ]);
    expect((await seenBy(works, id)).canShow).toEqual(['before', 'after']);
    expect(outcomes(await add('曹路', id, 'after', [await picture(3)]))).toEqual(['saved']);
    expect((await step(works, id, 'rectify')).status).toBe(200);
    expect((await add('曹路', id, 'after', [await picture(4)])).code, '已经报完').toBe('hazard.not_allowed');
    expect((await add('曹路', id, 'check', [await picture(4)])).code, '自己复查自己').toBe('hazard.not_allowed');
    expect(outcomes(await add('王秀兰', id, 'check', [await picture(5)]))).toEqual(['saved']);
    const seen = await seenBy(works, id);
    expect(seen.photos.map(({ stage, addedBy }: { stage: string; addedBy: string }) => [stage, addedBy])).toEqual([
      ...[
        ['before', '王秀兰'],
        ['before', '王秀兰'],
        ['after', '曹路'],
      ],
      ['check', '王秀兰'],
    ]);
    expect(seen.photos[0].takenAt, '拍摄时间进了字段').toBe('2026-03-04T07:20:30.000Z');
    expect(JSON.stringify(seen), '拍摄地点不给人看').not.toContain('112.9');
    const [entry] = await sql<{ body: object; sealed: Buffer | null }>(
      `select body, sealed from entry where record_id = $1 and kind = 'hazard.photo_added' order by ord`,
      [id],
    );
    expect(entry?.body).toMatchObject({ stage: 'before', photoId: seen.photos[0].id });
    expect(entry?.sealed).not.toBeNull();
  });

  it('看不到隐患的人也看不到照片、加不了照片；别的单位、外人、管理员都一样', async () => {
    const id = await found();
    const [sent] = (await add('王秀兰', id, 'before', [await picture(11)])).photos;
    const photoId = sent?.photoId ?? '';
    expect(await codeOf(bytesOf(await entranceOf('曹路'), photoId)), '整改单位看得到').toBe('shown');
    for (const name of ['周工', '田青']) {
      expect(await codeOf(bytesOf(await entranceOf(name), photoId)), name).toBe('photo.not_found');
      expect((await add(name, id, 'before', [await picture(12)])).code, name).toBe('hazard.not_found');
    }
    expect((await add('管理员', id, 'before', [await picture(12)])).status).toBe(403);
    expect((await add(undefined, id, 'before', [await picture(12)])).status).toBe(401);
    expect((await add('王秀兰', id, 'measure', [await picture(12)])).code, '案卷的步骤').toBe('input.invalid');
    expect((await add('王秀兰', randomUUID(), 'before', [await picture(12)])).code).toBe('hazard.not_found');
    expect(await idsOf(id)).toHaveLength(1);
  });

  it('行级安全跟着隐患走：不带任何条件去查，别的单位一行也查不到', async () => {
    const id = await found();
    await add('王秀兰', id, 'before', [await picture(21)]);
    const rowsFor = async (name: string) =>
      transact(runtime, await entranceOf(name), (ctx) =>
        ctx.db.selectFrom('photo').select('id').where('recordId', '=', id).execute(),
      );
    expect(await rowsFor('曹路')).toHaveLength(1);
    expect(await rowsFor('周工')).toEqual([]);
    expect(
      (
        await step(await as('蒋涛'), id, 'reassign', {
          words: '是供水的',
          bodyId: body('water'),
          limit: { amount: 2, unit: 'natural_days' },
        })
      ).status,
    ).toBe(200);
    expect(await rowsFor('周工'), '改由它整改，就看得到了').toHaveLength(1);
  });

  it('坏的一张不连累别的：改了名的压缩包、超大的图、空文件各有说法', async () => {
    const id = await found();
    const files = [
      await picture(31),
      ...[
        named(corpus.zip(), '照片.jpg'),
        named(await corpus.boastfulPng(), 'bomb.png'),
        named(Buffer.alloc(0), '空.jpg'),
      ],
      await picture(32),
    ];
    expect(outcomes(await add('王秀兰', id, 'before', files))).toEqual([
      ...['saved', 'photo.not_a_picture', 'photo.too_many_pixels', 'photo.not_a_picture', 'saved'],
    ]);
    expect((await add('王秀兰', id, 'before', [])).code).toBe('photo.none_sent');
    expect(await idsOf(id)).toHaveLength(2);
  });

  it('同一张再传，还是那一张；退回以后，上一轮的照片不能再当整改后的用', async () => {
    const id = await found();
    const [commandId, proof] = [randomUUID(), await picture(41)];
    const first = await add('曹路', id, 'after', [proof], commandId);
    const stored = filesOnDisk().length;
    for (const again of [commandId, randomUUID()])
      expect((await add('曹路', id, 'after', [proof], again)).photos).toMatchObject([
        { outcome: 'saved', photoId: first.photos[0]?.photoId },
      ]);
    expect(filesOnDisk()).toHaveLength(stored);
    expect(await idsOf(id)).toHaveLength(1);
    clock.advance(60_000);
    await step(works, id, 'rectify');
    expect((await add('曹路', id, 'after', [proof])).photos[0]?.outcome, '晚到的重发照样有答复').toBe('saved');
    clock.advance(60_000);
    await step(worker, id, 'send-back', { words: '只换了一具', limit: { amount: 1, unit: 'natural_days' } });
    expect(outcomes(await add('曹路', id, 'after', [proof, await picture(42)]))).toEqual([
      ...['photo.from_earlier_round', 'saved'],
    ]);
  });

  it('隐患的密钥毁了，照片跟着没有了', async () => {
    const id = await found();
    const [sent] = (await add('王秀兰', id, 'before', [await picture(51)])).photos;
    await transact(runtime, asSystem(1, 'test'), async (ctx) => {
      for (const key of await dataKeysOf(ctx, id)) await destroyDataKey(ctx, key, 'test');
    });
    expect(await codeOf(bytesOf(await entranceOf('曹路'), sent?.photoId ?? ''))).toBe('photo.not_found');
    expect((await seenBy(works, id)).photos).toEqual([]);
    expect((await add('王秀兰', id, 'before', [await picture(52)])).code).toBe('hazard.erased');
  });

  it('岗位台上不用脚本：坏照片拦下这一步，填的字还在，好的已经存了；换掉再交就办了', async () => {
    const id = await found();
    const words = '两具都换了新的，表针在绿区';
    const sent = async (files: readonly File[]) =>
      desk(`/console/hazards/${id}/rectify`, { commandId: randomUUID(), words }, files);
    const refused = await sent([await picture(61), named(corpus.zip(), '压缩包.jpg')]);
    expect(refused.statusCode).toBe(422);
    for (const said of ['有照片没有保存', '压缩包.jpg', '这个文件不是照片', '这一步还没有办', words])
      expect(refused.body).toContain(said);
    expect(await seenBy(works, id)).toMatchObject({ status: 'found', photos: [{ stage: 'after', addedBy: '曹路' }] });
    // A browser sends an empty part where no file was chosen.
    const done = await sent([{ name: '', bytes: Buffer.alloc(0) }]);
    expect([done.statusCode, done.headers.location]).toEqual([303, `/console/hazards/${id}?done=rectify`]);
    expect((await seenBy(works, id)).status).toBe('rectified');
  });
});
