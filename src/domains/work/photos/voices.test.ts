import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inside } from '../../../../seeds/small/plan.ts';
import { tokenOf as tokenAt } from '../../../../test/fixtures/another.ts';
import { report, step } from '../../../../test/telling.ts';
import { execute } from '../../../kernel/command.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import type { Id } from '../../../kernel/id.ts';
import { granteeOfCode } from '../../../kernel/tracking.ts';
import { forgetReporter } from '../casefiles/index.ts';
import * as corpus from './fixtures/corpus/index.ts';
import { openPhotoCounty } from './fixtures/county/index.ts';
import { voiceKindOf, voiceLimits } from './sound.model.ts';

/* What was said aloud beside a report: kept as the file it came as, heard by whoever reads the case, forgotten with it. */
const county = await openPhotoCounty();
const { app, runtime, as, anyone, tokenOf, filesOnDisk, sql } = county;

/** As a browser records it, in what is looked at. */
const webm = (tail = '', codec = 'A_OPUS'): Buffer =>
  Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
    Buffer.from(`${codec}${tail}`),
  ]);
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function call(
  name: string,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  more: { headers?: object; payload?: object | Buffer } = {},
) {
  const headers = { authorization: `Bearer ${await tokenOf(name)}`, ...more.headers };
  const answer = await app.inject({ method, url, ...(more.payload && { payload: more.payload }), headers });
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: isJson ? answer.json() : null,
    bytes: answer.rawPayload,
  };
}

const tus = { 'tus-resumable': '1.0.0' };
async function begin(name: string, casefileId: Id, bytes: Buffer, size = bytes.length) {
  const about = { casefileId, stage: 'report', sha256: hashOf(bytes), kind: 'voice' };
  const metadata = Object.entries(about).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  const headers = { ...tus, 'upload-length': String(size), 'upload-metadata': metadata.join(',') };
  return call(name, 'POST', '/api/uploads', { headers });
}
const finish = (name: string, casefileId: Id, bytes: Buffer, seconds = 7, commandId = randomUUID()) =>
  call(name, 'POST', `/api/casefiles/${casefileId}/voices/uploaded`, {
    payload: { commandId, sha256: hashOf(bytes), seconds },
  });

async function send(name: string, casefileId: Id, bytes: Buffer) {
  const begun = await begin(name, casefileId, bytes);
  if (begun.status !== 201) return begun;
  const from = String(begun.headers['upload-offset']);
  const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': from };
  if (Number(from) < bytes.length)
    await call(name, 'PATCH', String(begun.headers.location), { headers, payload: bytes.subarray(Number(from)) });
  return finish(name, casefileId, bytes);
}
const listed = async (name: string, id: Id) => (await call(name, 'GET', `/api/casefiles/${id}/voices`)).body;
const byWang = async () => report(await as('王秀兰'), { channel: 'field' }, '/api/casefiles');

test('收下后原样放出：类型只有那几种，不当网页打开，能从中间听；磁盘上是密封的；再传一遍还是那一段', async () => {
  const { id } = await byWang();
  const bytes = webm('我在二运巷口，路面塌了一块');
  const before = new Set(filesOnDisk());
  const { body } = await send('王秀兰', id, bytes);
  expect(body.sha256).toBe(hashOf(bytes));
  expect(await listed('何静', id)).toMatchObject([
    { id: body.voiceId, kind: 'webm', bytes: bytes.length, seconds: 7, addedBy: '王秀兰' },
  ]);
  const url = `/api/voices/${body.voiceId}`;
  const heard = await call('何静', 'GET', url);
  expect(heard.bytes.equals(bytes)).toBe(true);
  expect(heard.headers).toMatchObject({
    ...{ 'content-type': 'audio/webm', 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes' },
    'content-disposition': `attachment; filename="voice-${body.voiceId.slice(0, 8)}.webm"`,
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const part = await call('何静', 'GET', url, { headers: { range: 'bytes=4-9' } });
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 4-9/${bytes.length}`]);
  expect(part.bytes.equals(bytes.subarray(4, 10))).toBe(true);
  expect((await call('何静', 'GET', url, { headers: { range: 'bytes=-3' } })).bytes.equals(bytes.subarray(-3))).toBe(
    true,
  );
  expect((await call('何静', 'GET', url, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);

  const fresh = filesOnDisk().filter((path) => !before.has(path));
  expect(fresh).toHaveLength(1);
  for (const path of fresh) expect(readFileSync(path).includes('二运巷口')).toBe(false);
  expect((await send('王秀兰', id, bytes)).body).toEqual(body);
  expect((await finish('王秀兰', id, bytes)).body).toEqual(body);
  expect(await listed('王秀兰', id)).toHaveLength(1);
  const entries = await sql<{ body: object }>(
    `select body from entry where record_id = $1 and kind = 'casefile.voice_added'`,
    [id],
  );
  expect(entries.map((entry) => entry.body)).toEqual([{ voiceId: body.voiceId, bytes: bytes.length, seconds: 7 }]);
});

test('只有报的人能补；看不到案卷的人也听不到；结了案照样收', async () => {
  const { id } = await byWang();
  const bytes = webm('结案以后才有网');
  for (const name of ['李建国', '何静'])
    expect((await begin(name, id, bytes)).body, name).toMatchObject({ code: 'casefile.command_not_allowed' });
  expect((await begin('田青', id, bytes)).body).toMatchObject({ code: 'casefile.not_found' });
  expect((await begin('管理员', id, bytes)).status).toBe(403);
  expect((await finish('李建国', id, bytes)).body).toMatchObject({ code: 'casefile.command_not_allowed' });
  await step(await as('何静'), id, 'decline', { outcome: 'out_of_scope', publicText: '不属于受理范围' });
  const { body } = await send('王秀兰', id, bytes);
  expect(body).toMatchObject({ sha256: hashOf(bytes) });
  const url = `/api/voices/${body.voiceId}`;
  expect((await call('田青', 'GET', url)).body).toMatchObject({ code: 'voice.not_found' });
  expect((await app.inject({ method: 'GET', url })).statusCode).toBe(401);
});

test('手机上的登录也能送、能听', async () => {
  const { id } = await byWang();
  const bytes = webm('手机送的');
  const begun = await begin('王秀兰', id, bytes);
  const patch = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
  await call('王秀兰', 'PATCH', String(begun.headers.location), { headers: patch, payload: bytes });
  const headers = { authorization: `Bearer ${await tokenAt(county, 'wangxiulan', 1, true)}` };
  const payload = { commandId: randomUUID(), sha256: hashOf(bytes), seconds: 3 };
  const url = `/api/casefiles/${id}/voices/uploaded`;
  const taken = await app.inject({ method: 'POST', url, payload, headers });
  expect(taken.statusCode, taken.body).toBe(200);
  expect((await app.inject({ url: `/api/voices/${taken.json().voiceId}`, headers })).statusCode).toBe(200);
});

test('保密案卷的录音和照片，谁单独打开过有记录；一小时里只记一次', async () => {
  const place = inside(0, 1);
  const { id } = await report(
    await as('王秀兰'),
    { channel: 'field', place, typeCode: 'neighbour-leak' },
    '/api/casefiles',
  );
  const { body } = await send('王秀兰', id, webm('楼上漏水'));
  const looks = () => sql(`select body from entry where record_id = $1 and kind = 'casefile.read'`, [id]);
  expect(await looks()).toEqual([]);
  for (const _ of [1, 2]) expect((await call('王秀兰', 'GET', `/api/voices/${body.voiceId}`)).status).toBe(200);
  expect(await looks()).toEqual([{ body: { by: 'file' } }]);
  expect((await call('陈敏', 'GET', `/api/voices/${body.voiceId}`)).status).toBe(404);
  expect(await looks()).toHaveLength(1);
});

test('不是声音的、带画面的、太大的、没传完的、太多的，各说各的', async () => {
  const { id } = await byWang();
  const film = webm('', 'V_VP8 A_OPUS');
  for (const bytes of [film, await corpus.jpeg(301, 60, 40), Buffer.from('<html><script>alert(1)</script>')])
    expect((await send('王秀兰', id, bytes)).body).toMatchObject({ code: 'voice.not_a_voice' });
  expect((await begin('王秀兰', id, film, voiceLimits.fileBytes + 1)).body).toMatchObject({ code: 'voice.too_large' });
  const half = webm('一半');
  await begin('王秀兰', id, half);
  expect((await finish('王秀兰', id, half)).body).toMatchObject({ code: 'upload.not_whole' });
  for (const words of ['一', '二', '三']) expect((await send('王秀兰', id, webm(words))).status).toBe(200);
  expect((await send('王秀兰', id, webm('四'))).body).toMatchObject({ code: 'voice.too_many' });
  expect(await listed('王秀兰', id)).toHaveLength(3);
});

test('报的人要求删除：录音跟着打不开，也不再收', async () => {
  const said = await byWang();
  const { body } = await send('王秀兰', said.id, webm('请忘掉我'));
  const grantee = granteeOfCode(runtime.keys, said.code);
  await execute(
    runtime,
    asSystem(1, 'test'),
    { id: randomUUID(), name: 'test forget', input: {} },
    {
      work: (ctx) => forgetReporter(ctx, grantee, 'asked'),
    },
  );
  expect(await listed('何静', said.id)).toEqual([]);
  expect((await call('何静', 'GET', `/api/voices/${body.voiceId}`)).body).toMatchObject({ code: 'voice.not_found' });
  expect((await begin('王秀兰', said.id, webm('又来'))).body).toMatchObject({ code: 'voice.report_forgotten' });
  expect(await anyone.get(`/api/voices/${body.voiceId}`)).toMatchObject({ status: 401 });
});

test('凭内容认：浏览器录的三种，别的都不是', () => {
  const mp4 = (handler: string): Buffer => Buffer.from(`....ftypisom....hdlr........${handler}....`);
  expect(voiceKindOf(webm())).toBe('webm');
  expect(voiceKindOf(Buffer.from(`OggS${'.'.repeat(24)}OpusHead`))).toBe('ogg');
  expect(voiceKindOf(mp4('soun'))).toBe('mp4');
  for (const other of [
    mp4('vide'),
    Buffer.from(`${mp4('soun')}hdlr........vide`),
    Buffer.from('....ftypheic'),
    Buffer.from('OggS theora'),
    Buffer.from('RIFF....WAVE'),
    webm('', ''),
  ])
    expect(voiceKindOf(other), other.toString('latin1')).toBeNull();
});
