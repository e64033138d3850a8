import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, utimesSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { report } from '../../../../test/telling.ts';
import * as corpus from './fixtures/corpus/index.ts';
import { named, openPhotoCounty, outcomes } from './fixtures/county/index.ts';

/* Photos that come in pieces. */
const { app, clock, tokenOf, anyone, add, list, room, filesOnDisk } = await openPhotoCounty();
const tus = { 'tus-resumable': '1.0.0' };
const arriving = (): string[] => filesOnDisk().filter((path) => path.includes('/arriving/'));
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

interface Asked {
  readonly casefileId: string;
  readonly stage: string;
  readonly sha256: string;
  readonly size: number;
}
const aboutOf = (casefileId: string, bytes: Buffer, stage = 'measure'): Asked => ({
  ...{ casefileId, stage, sha256: hashOf(bytes), size: bytes.length },
});

const tokens = new Map<string, string>();
async function headersOf(name: string) {
  const token = tokens.get(name) ?? (await tokenOf(name));
  tokens.set(name, token);
  return { ...tus, authorization: `Bearer ${token}` };
}

async function begin(name: string, { size, ...said }: Asked) {
  const metadata = Object.entries(said).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  const headers = { ...(await headersOf(name)), 'upload-length': String(size), 'upload-metadata': metadata.join(',') };
  const answer = await app.inject({ method: 'POST', url: '/api/uploads', headers });
  return {
    status: answer.statusCode,
    code: answer.statusCode === 201 ? null : answer.json().code,
    address: String(answer.headers.location),
    offset: Number(answer.headers['upload-offset']),
  };
}

async function piece(name: string, url: string, from: number, payload: Buffer, more: object = {}) {
  const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from), ...more };
  const answer = await app.inject({ method: 'PATCH', url, headers: { ...(await headersOf(name)), ...type }, payload });
  return {
    status: answer.statusCode,
    code: answer.statusCode === 204 ? null : answer.json().code,
    offset: Number(answer.headers['upload-offset']),
  };
}

const offsetOf = async (name: string, url: string): Promise<number | null> => {
  const { statusCode, headers } = await app.inject({ method: 'HEAD', url, headers: await headersOf(name) });
  return statusCode === 200 ? Number(headers['upload-offset']) : null;
};

async function finish(name: string, { casefileId, stage, sha256 }: Asked, commandId = randomUUID()) {
  const url = `/api/casefiles/${casefileId}/photos/uploaded`;
  const payload = { commandId, stage, sha256 };
  const answer = await app.inject({ method: 'POST', url, headers: await headersOf(name), payload });
  const { code, photos } = answer.json();
  return { status: answer.statusCode, code, photos };
}

test('分段到齐才收下；磁盘上看不到内容；收下后不留；再说一遍不多一张', async () => {
  const { id } = await report(anyone);
  const bytes = await corpus.jpeg(201, 900, 700);
  const about = aboutOf(id, bytes);
  const { status, address, offset } = await begin('王秀兰', about);
  expect([status, offset]).toEqual([201, 0]);
  expect((await piece('王秀兰', address, 0, bytes.subarray(0, 1000))).offset).toBe(1000);
  expect(outcomes(await finish('王秀兰', about))).toEqual(['upload.not_whole']);
  expect(await offsetOf('王秀兰', address)).toBe(1000);
  expect((await begin('王秀兰', about)).offset, 'asked as if for the first time').toBe(1000);
  const onDisk = Buffer.concat(arriving().map((path) => readFileSync(path)));
  expect(onDisk.includes(bytes.subarray(100, 160))).toBe(false);

  expect((await piece('王秀兰', address, 1000, bytes.subarray(1000))).offset).toBe(bytes.length);
  const commandId = randomUUID();
  const first = await finish('王秀兰', about, commandId);
  expect(outcomes(first)).toEqual(['saved']);
  expect(arriving()).toEqual([]);
  expect((await finish('王秀兰', about, commandId)).photos).toEqual(first.photos);
  expect((await begin('王秀兰', about)).offset, 'saved counts as arrived').toBe(bytes.length);
  expect((await finish('王秀兰', about)).photos).toEqual(first.photos);
  expect(await list('王秀兰', id)).toHaveLength(1);
});

test('旧手机整张传的，分段的认得', async () => {
  const { id } = await report(anyone);
  const bytes = await corpus.jpeg(202, 80, 60);
  expect(outcomes(await add('王秀兰', id, 'measure', [named(bytes)]))).toEqual(['saved']);
  expect((await begin('王秀兰', aboutOf(id, bytes))).offset).toBe(bytes.length);
  expect(await list('王秀兰', id)).toHaveLength(1);
});

test('传到一半断了，到了的都在；撕坏的尾巴不算', async () => {
  const { id } = await report(anyone);
  // What follows a picture in its file is no matter to whoever opens it.
  const bytes = Buffer.concat([await corpus.jpeg(203, 300, 200), randomBytes(300_000)]);
  const about = aboutOf(id, bytes);
  const { address } = await begin('王秀兰', about);
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const half = Math.floor(bytes.length / 2);
  const sum = `sha256 ${createHash('sha256').update(bytes).digest('base64')}`;
  const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0', 'upload-checksum': sum };
  const headers = { ...(await headersOf('王秀兰')), ...type, 'content-length': bytes.length };
  const call = request({ host: '127.0.0.1', port, path: address, method: 'PATCH', headers });
  call.on('error', () => undefined);
  call.write(bytes.subarray(0, half));
  try {
    await expect.poll(() => arriving().some((path) => readFileSync(path).length > 120_000)).toBe(true);
    await sleep(200);
  } finally {
    call.destroy();
  }
  const there = (await offsetOf('王秀兰', address)) ?? 0;
  expect(there).toBe(half);
  for (const path of arriving().filter((one) => one.endsWith('.part')))
    appendFileSync(path, Buffer.from([0, 0, 9, 9, 1]));
  expect(await offsetOf('王秀兰', address)).toBe(half);
  expect((await piece('王秀兰', address, half, bytes.subarray(half))).offset).toBe(bytes.length);
  expect(outcomes(await finish('王秀兰', about))).toEqual(['saved']);
});

test('不是自己的、不接着的、太大的、说不清的，都不收', async () => {
  const { id } = await report(anyone);
  const bytes = await corpus.jpeg(204, 200, 150);
  const about = aboutOf(id, bytes);
  const { address } = await begin('王秀兰', about);
  expect(await offsetOf('李建国', address)).toBeNull();
  expect(await piece('李建国', address, 0, bytes)).toMatchObject({ status: 404, code: 'upload.not_found' });
  expect(await piece('王秀兰', address, 7, bytes)).toMatchObject({ status: 409, code: 'upload.out_of_step' });
  expect((await piece('王秀兰', address, 0, Buffer.concat([bytes, bytes]))).code).toBe('upload.out_of_step');
  expect(await begin('田青', about)).toMatchObject({ status: 404, code: 'casefile.not_found' });
  expect(await begin('王秀兰', { ...about, stage: 'after' })).toMatchObject({ code: 'casefile.command_not_allowed' });
  expect(await begin('管理员', about)).toMatchObject({ status: 403 });
  expect(await begin('王秀兰', { ...about, size: 21 * 1024 * 1024 })).toMatchObject({
    ...{ status: 413, code: 'photo.too_large' },
  });
  expect(await begin('王秀兰', { ...about, sha256: 'abc' })).toMatchObject({ status: 412, code: 'upload.unreadable' });
  const anonymous = await app.inject({ method: 'POST', url: '/api/uploads', headers: tus });
  expect(anonymous.statusCode).toBe(401);
  const spoken = await app.inject({ method: 'HEAD', url: address });
  expect([spoken.statusCode, spoken.headers['tus-version']]).toEqual([412, '1.0.0']);
  const offered = await app.inject({ method: 'OPTIONS', url: '/api/uploads' });
  expect(offered.headers['tus-extension']).toBe('creation,termination,checksum');
  expect(offered.headers['tus-checksum-algorithm']).toBe('sha256,sha1');
});

test('一段带着校验值：对的收下；变了样的整段不收，之前的都在；看不懂的不收', async () => {
  const { id } = await report(anyone);
  const bytes = await corpus.jpeg(206, 400, 300);
  const about = aboutOf(id, bytes);
  const { address } = await begin('王秀兰', about);
  const sumOf = (kind: string, part: Buffer) => ({
    'upload-checksum': `${kind} ${createHash(kind).update(part).digest('base64')}`,
  });
  const [first, rest] = [bytes.subarray(0, 2000), bytes.subarray(2000)];
  expect(await piece('王秀兰', address, 0, first, sumOf('sha256', first))).toMatchObject({ status: 204, offset: 2000 });
  const spoilt = Buffer.from(rest);
  spoilt[100] = (spoilt[100] ?? 0) ^ 1;
  expect(await piece('王秀兰', address, 2000, spoilt, sumOf('sha256', rest))).toMatchObject({
    ...{ status: 460, code: 'upload.mismatch' },
  });
  expect(await offsetOf('王秀兰', address)).toBe(2000);
  for (const said of ['md5 abc=', 'sha256', ''])
    expect(await piece('王秀兰', address, 2000, rest, { 'upload-checksum': said })).toMatchObject({
      ...{ status: 400, code: 'upload.checksum_unknown' },
    });
  expect(await piece('王秀兰', address, 2000, rest, sumOf('sha1', rest))).toMatchObject({ offset: bytes.length });
  expect(outcomes(await finish('王秀兰', about))).toEqual(['saved']);
});

test('内容和说好的不一样，从头再来；不要了的可以删；放了两天的清掉', async () => {
  const { id } = await report(anyone);
  const bytes = await corpus.jpeg(205, 200, 150);
  const about = aboutOf(id, bytes);
  const { address } = await begin('王秀兰', about);
  await piece('王秀兰', address, 0, Buffer.alloc(bytes.length, 1));
  expect(outcomes(await finish('王秀兰', about))).toEqual(['upload.not_whole']);
  const again = await begin('王秀兰', about);
  expect(again).toMatchObject({ address, offset: 0 });
  await app.inject({ method: 'DELETE', url: address, headers: await headersOf('王秀兰') });
  expect(await offsetOf('王秀兰', address)).toBeNull();

  await begin('王秀兰', about);
  const before = (days: number): Date => new Date(clock.now().getTime() - days * 86_400_000);
  for (const path of arriving()) utimesSync(path, before(3), before(3));
  await begin('王秀兰', { ...about, stage: 'before' });
  for (const path of arriving().filter((one) => !one.includes(address.slice(-32))))
    utimesSync(path, before(0), before(0));
  expect(await room.arriving.sweep(before(2))).toBeGreaterThan(0);
  expect(await offsetOf('王秀兰', address)).toBeNull();
  expect(arriving().length).toBeGreaterThan(0);
});
