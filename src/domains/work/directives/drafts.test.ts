import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { verifyTold } from '../retelling/index.ts';
import { directiveRetellings } from './index.ts';

/** A notice is begun in the evening, kept, taken up in the morning, and sent once. */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, directiveRetellings)).faults).toEqual([]));
const { as, clock, sql } = county;
const [chen, jiang, cao] = [await as('陈敏'), await as('蒋涛'), await as('曹路')];
const typed = {
  title: '汛前准备',
  words: '一、请张三家让出通道。',
  count: '1',
  content_0: '请张三家让出通道',
  lead_0: '',
};
const save = (who: typeof chen, over: object = {}, commandId = randomUUID()) =>
  who.post('/api/directive-drafts', { title: '汛前准备', typed, ...over }, commandId);
const titles = async (who: typeof chen) =>
  (await who.get('/api/directive-drafts')).body.map(({ title }: { title: string }) => title);
const form = (draftId: string) => ({
  ...{ title: '汛前准备', issuer: '城东街道办事处', datedOn: '2026-01-05', areaId: idOf(1, 'area', 'east'), draftId },
  words: typed.words,
  items: [{ content: '让出通道', lead: { kind: 'body', id: idOf(1, 'body', 'works') }, dueOn: null }],
});

test('存、找回、再存、扔掉；别人看不到，流水里没有一个字', async () => {
  const commandId = randomUUID();
  const first = await save(chen, {}, commandId);
  expect(first, JSON.stringify(first.body)).toMatchObject({ status: 200, body: { version: 1 } });
  expect((await save(chen, {}, commandId)).body).toEqual({ ...first.body, repeated: true });
  const { draftId } = first.body;
  expect((await chen.get(`/api/directive-drafts/${draftId}`)).body).toMatchObject({ version: 1, typed });
  clock.advance(60_000);
  const again = await save(chen, {
    draftId,
    version: 1,
    title: '汛前准备（改）',
    typed: { ...typed, lead_0: '二运社区' },
  });
  expect(again.body).toMatchObject({ draftId, version: 2 });
  expect(await titles(chen)).toEqual(['汛前准备（改）']);
  expect(await titles(jiang)).toEqual([]);
  const gone = { status: 404, body: { code: 'directive_draft.not_found' } };
  expect(await jiang.get(`/api/directive-drafts/${draftId}`)).toMatchObject(gone);
  expect(await jiang.post(`/api/directive-drafts/${draftId}/drop`)).toMatchObject(gone);
  expect(await save(jiang, { draftId, version: 2 })).toMatchObject(gone);
  expect(await save(cao)).toMatchObject({ status: 403 });
  const entries = await sql<{ row: string }>('select e::text as row from entry e');
  expect(entries.filter(({ row }) => row.includes('张三'))).toEqual([]);
  expect(await chen.post(`/api/directive-drafts/${draftId}/drop`)).toMatchObject({ status: 200 });
  expect(await chen.post(`/api/directive-drafts/${draftId}/drop`)).toMatchObject(gone);
  expect(await titles(chen)).toEqual([]);
});

test('两个窗口各改各的：后存的被告知，不覆盖', async () => {
  const { draftId } = (await save(chen)).body;
  const both = await Promise.all(
    ['甲', '乙'].map((title) => save(chen, { draftId, version: 1, title, typed: { ...typed, title } })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('directive_draft.changed');
  expect((await chen.get(`/api/directive-drafts/${draftId}`)).body.version).toBe(2);
  await chen.post(`/api/directive-drafts/${draftId}/drop`);
});

test('两次下达同一份草稿：只下达一份，草稿没有了；不对的一项都不下达，草稿还在', async () => {
  const { draftId } = (await save(chen)).body;
  const wrong = { ...form(draftId), items: [{ ...form(draftId).items[0], dueOn: '2020-01-01' }] };
  expect(await chen.post('/api/directives', wrong)).toMatchObject({ status: 422 });
  expect(await titles(chen)).toEqual(['汛前准备']);
  expect(await jiang.post('/api/directives', form(draftId))).toMatchObject({ status: 404 });
  const both = await Promise.all([form(draftId), form(draftId)].map((one) => chen.post('/api/directives', one)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect(await sql('select 1 from directive')).toHaveLength(1);
  expect(await titles(chen)).toEqual([]);
});

test('最多存三十份；写不完的也存得住', async () => {
  for (let i = 0; i < 30; i += 1) expect((await save(jiang, { title: '', typed: {} })).status).toBe(200);
  expect(await save(jiang)).toMatchObject({ status: 409, body: { code: 'directive_draft.too_many' } });
  const many = Object.fromEntries(Array.from({ length: 1501 }, (_, i) => [`f_${i}`, '']));
  const refused = await save(chen, { typed: many });
  expect(refused).toMatchObject({ status: 422 });
  expect(JSON.stringify(refused.body.errors)).toContain('存不进一份草稿');
});
