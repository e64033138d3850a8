import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { refused, report, step } from '../../../../test/telling.ts';
import { transact } from '../../../kernel/transaction.ts';
import * as corpus from './fixtures/corpus/index.ts';
import { codeOf, type File, named, openPhotoCounty, outcomes } from './fixtures/county/index.ts';
import { findPhoto } from './index.ts';

/* Who may add a photo, and who sees it. */
const { runtime, as, anyone, send, add, addByCode, list, bytesOf, entranceOf, entranceBy, handled } =
  await openPhotoCounty();

test('nobody who may not read the case, and nobody for somebody else’s step', async () => {
  const { id } = await report(anyone);
  const picture = named(await corpus.jpeg(31, 64, 64));
  expect((await add('田青', id, 'measure', [picture])).code).toBe('casefile.not_found');
  expect(await codeOf(transact(runtime, await entranceOf('田青'), (ctx) => findPhoto(ctx, randomUUID(), 'full')))).toBe(
    'photo.not_found',
  );
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
  expect(outcomes(await add('曹路', id, 'after', [result, looked]))).toEqual(['saved', 'casefile.command_not_allowed']);
  expect((await add('曹路', id, 'after', [looked])).status).toBe(409);
  expect(outcomes(await add('王秀兰', id, 'check', [looked]))).toEqual(['saved']);
  expect(new Set((await list('何静', id)).map(({ stage }) => stage))).toEqual(new Set(['after', 'check']));
});

test('who settled it on the spot shows before and after; who wrote a report down adds to it', async () => {
  const wang = await as('王秀兰');
  const form = { channel: 'field', conditionCode: 'road-sunken-cut-off', did: '当场填平' };
  const { id } = await report(wang, form, '/api/casefiles/handled');
  const picture = named(await corpus.jpeg(51, 300, 200));
  for (const stage of ['before', 'after'] as const)
    expect(outcomes(await add('王秀兰', id, stage, [picture]))).toEqual(['saved']);
  expect((await add('李建国', id, 'after', [picture])).code, 'known by now, so only named again').toBeUndefined();
  expect((await add('李建国', id, 'after', [named(await corpus.jpeg(52))])).code).toBe('casefile.command_not_allowed');

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
  expect((await list('何静', main.id)).map((line) => line.casefileId)).toEqual([copy.id, copy.id]);
});
