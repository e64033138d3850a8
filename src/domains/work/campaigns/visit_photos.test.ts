import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { transact } from '../../../kernel/transaction.ts';
import { invented, rowOf, titles } from '../../land/registry/fixtures/people.ts';
import { questionsIn } from '../../land/registry/forms/form_lines.model.ts';
import { residents } from '../../land/registry/ledger.model.ts';
import * as corpus from '../photos/fixtures/corpus/index.ts';
import { codeOf, openPhotoCounty } from '../photos/fixtures/county/index.ts';

/* A question of a visit is answered with a photo: the visit comes first and says what follows, the photo comes in pieces. */
const county = await openPhotoCounty();
const { app, as, clock, runtime, settle, sql, tokenOf, bytesOf, entranceOf } = county;
const [head, wang] = [await as('孙丽'), await as('王秀兰')];
const station = idOf(1, 'area', 'station');

const rows = Array.from({ length: 4 }, (_, i) => rowOf(invented(i, '二运第一网格'), i));
const bytes = Buffer.from([titles, ...rows].map((row) => row.join(',')).join('\n'));
const { body: batch } = await head.upload(
  '/api/ledger-batches',
  { commandId: randomUUID(), areaId: station, toldOn: '2026-01-15' },
  [{ name: '居民.csv', bytes }],
);
await settle();
await head.post(`/api/ledger-batches/${batch.batchId}/take`);
await settle();
const opened = await head.post('/api/campaigns', {
  ...{ title: '取暖安全走访', purpose: '查炉子', areaId: station, rounds: 1, choice: [] },
  dueOn: new Date(clock.now().getTime() + 14 * 86_400_000).toISOString().slice(0, 10),
  questions: questionsIn('有没有炉子\n→ 炉子的照片*', residents),
});
await settle();
const listed = async () => (await head.get(`/api/campaigns/${opened.body.campaignId}/targets?only=all`)).body.rows;
const targets: string[] = (await listed()).map(({ id }: { id: string }) => id);
const lineOf = async (id: string) => (await listed()).find((one: { id: string }) => one.id === id);

const hashOf = (file: Buffer): string => createHash('sha256').update(file).digest('hex');
const visit = (id: string, photos: readonly string[], command = randomUUID()) =>
  wang.post(
    `/api/campaign-targets/${id}/visits`,
    { round: 1, result: 'done', answers: { q1: 'yes', q2: photos } },
    command,
  );

/** As a phone does it: begun, all of it sent, taken in. */
async function send(name: string, id: string, file: Buffer, over: Record<string, string> = {}) {
  const authorization = `Bearer ${await tokenOf(name)}`;
  const said = { recordKind: 'campaign_target', recordId: id, stage: 'answer', sha256: hashOf(file), ...over };
  const metadata = Object.entries(said).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  const tus = { 'tus-resumable': '1.0.0', authorization };
  const headers = { ...tus, 'upload-length': String(file.length), 'upload-metadata': metadata.join(',') };
  const begun = await app.inject({ method: 'POST', url: '/api/uploads', headers });
  if (begun.statusCode !== 201) return begun.json().code as string;
  const from = Number(begun.headers['upload-offset']);
  if (from < file.length)
    await app.inject({
      ...{ method: 'PATCH', url: String(begun.headers.location), payload: file.subarray(from) },
      headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
    });
  const url = `/api/campaign-targets/${id}/photos/uploaded`;
  const payload = { commandId: randomUUID(), sha256: hashOf(file) };
  const taken = await app.inject({ method: 'POST', url, headers: { authorization }, payload });
  const { code, photos } = taken.json();
  return code ?? photos[0].problem?.code ?? photos[0].outcome;
}

test('走访先到，说着还有一张照片在路上；照片到了就看得见；再传一遍还是那一张', async () => {
  const [id = ''] = targets;
  const file = await corpus.jpegWithGps();
  expect(await send('王秀兰', id, file), '走访还没到').toBe('campaign.photo_not_answered');
  expect((await visit(id, [hashOf(file)])).status).toBe(200);
  expect(await lineOf(id)).toMatchObject({ result: 'done', photos: [], photosDue: 1 });
  const page = `/console/campaigns/${opened.body.campaignId}?only=all`;
  expect((await head.get(page)).body).toContain('还有 1 张照片在路上');

  expect(await send('王秀兰', id, file)).toBe('saved');
  const line = await lineOf(id);
  expect(line).toMatchObject({ photosDue: 0, photos: [{ stage: 'answer', addedBy: '王秀兰', sha256: hashOf(file) }] });
  expect(line.photos[0].takenAt).toBe('2026-03-04T07:20:30.000Z');
  expect((await head.get(page)).body).toContain(`/api/photos/${line.photos[0].id}/thumb`);
  expect(await send('王秀兰', id, file)).toBe('saved');
  expect((await lineOf(id)).photos).toHaveLength(1);
  const kept = await bytesOf(await entranceOf('孙丽'), line.photos[0].id);
  expect(kept.includes(Buffer.from('Exif')), '拍摄的地点不留在照片里').toBe(false);
});

test('没有去过的人加不了；别的网格的人看不到也加不了；别人的照片不算答案', async () => {
  const [, id = ''] = targets;
  const [mine, other] = [await corpus.jpeg(301), await corpus.jpeg(302)];
  expect((await visit(id, [hashOf(mine)])).status).toBe(200);
  expect(await send('孙丽', id, mine), '不是她走访的').toBe('campaign.photo_not_answered');
  expect(await send('吴芳', id, mine)).toBe('campaign.no_target');
  expect(await send('曹路', id, mine)).toBe('campaign.no_target');
  expect(await send('王秀兰', id, other), '走访里没有说到').toBe('campaign.photo_not_answered');
  expect(await send('王秀兰', id, mine, { stage: 'measure' })).toBe('photo.not_of_this');
  expect(await send('王秀兰', id, mine)).toBe('saved');
  const [photo] = (await lineOf(id)).photos;
  expect(await codeOf(bytesOf(await entranceOf('孙丽'), photo.id))).toBe('shown');
  for (const name of ['吴芳', '曹路'])
    expect(await codeOf(bytesOf(await entranceOf(name), photo.id)), name).toBe('photo.not_found');
  const seen = async (name: string) =>
    transact(runtime, await entranceOf(name), (ctx) =>
      ctx.db.selectFrom('photo').select('id').where('recordKind', '=', 'campaign_target').execute(),
    );
  expect((await seen('孙丽')).length).toBeGreaterThan(0);
  expect(await seen('吴芳'), '行级安全跟着名单走').toEqual([]);
});

test('答得不对的说出来；旧手机在那里写的字不算答案，也不拦走访', async () => {
  const [, , id = ''] = targets;
  expect((await visit(id, ['not a hash'])).body).toMatchObject({ code: 'campaign.wrong_answers' });
  const five = Array.from({ length: 5 }, (_, i) => hashOf(Buffer.from(String(i))));
  expect((await visit(id, five)).body.errors).toMatchObject([{ path: 'answers.q2' }]);
  const none = await wang.post(`/api/campaign-targets/${id}/visits`, {
    ...{ round: 1, result: 'done', answers: { q1: 'no', q2: '拍了' } },
  });
  expect(none.status).toBe(200);
  expect(await lineOf(id)).toMatchObject({ result: 'done', photos: [], photosDue: 0 });
});

test('这个人忘掉了：走访里的照片打不开，哪天、在哪里拍的也不留，也不再等没到的', async () => {
  const [, , , id = ''] = targets;
  const [file, never] = [await corpus.jpegWithGps('+08:00'), await corpus.jpeg(312)];
  await visit(id, [hashOf(file), hashOf(never)]);
  expect(await send('王秀兰', id, file)).toBe('saved');
  const { photos, photosDue, recordId } = await lineOf(id);
  expect([photos.length, photosDue]).toEqual([1, 1]);
  const clear = () => sql('select taken_at, lon, lat from photo where id = $1', [photos[0].id]);
  expect(await clear()).not.toEqual([{ taken_at: null, lon: null, lat: null }]);
  const forgotten = await head.post(`/api/residents/${recordId}/forget`, { reason: '本人要求' });
  expect(forgotten.status).toBe(200);
  await settle();
  expect(await codeOf(bytesOf(await entranceOf('孙丽'), photos[0].id))).toBe('photo.not_found');
  expect(await lineOf(id)).toMatchObject({ photos: [], photosDue: 0 });
  expect(await clear()).toEqual([{ taken_at: null, lon: null, lat: null }]);
  expect(await send('王秀兰', id, never), '晚到的也不收').toBe('campaign.photo_not_answered');
});
