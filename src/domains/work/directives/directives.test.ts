import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { verifyTold } from '../retelling/index.ts';
import { directiveRetellings } from './index.ts';

/** The township pastes a notice of the county, looks over what it was cut into, and sends it out; one item from start to end. */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, directiveRetellings)).faults).toEqual([]));
const { as, clock, settle, sql } = county;
const [chen, jiang, he] = [await as('陈敏'), await as('蒋涛'), await as('何静')];
const [cao, wei, zhou] = [await as('曹路'), await as('魏洁'), await as('周工')];
const [sun, ding, admin] = [await as('孙丽'), await as('丁一'), await as('管理员')];
const east = idOf(1, 'area', 'east');
const body = (key: string) => ({ kind: 'body', id: idOf(1, 'body', key) });
const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);
beforeEach(() => clock.advance(60_000));

const words = `关于做好汛前准备的通知
各社区、各有关单位：
　　为做好今年防汛工作，现将有关事项通知如下：
一、排查下凹式立交和低洼点。对辖区内低洼点逐一排查，达到整改率100%。（责任单位：县市政养护中心；配合单位：县环卫所、县供水公司；完成时限：${day(20)}）
二、清掏雨水井。年底前全部清掏一遍。责任单位：环卫所
三、各社区要长期坚持每日巡查。
城东街道办事处
2026年1月5日`;
const item = (over: object = {}) => ({
  ...{ number: '一、', content: '排查下凹式立交和低洼点。对辖区内低洼点逐一排查。', measure: '整改率100%' },
  ...{ lead: body('works'), supports: [body('clean')], dueOn: day(20) },
  ...over,
});
const form = (over: object = {}) => ({
  ...{ title: '关于做好汛前准备的通知', number: '城东办〔2026〕3号', issuer: '城东街道办事处', datedOn: day(0) },
  ...{ areaId: east, words, items: [item()] },
  ...over,
});
const send = async (over: object = {}): Promise<string> => {
  const reply = await chen.post('/api/directives', form(over));
  expect(reply, JSON.stringify(reply.body)).toMatchObject({ status: 200 });
  await settle();
  return reply.body.directiveId;
};
const itemsOf = async (id: string, who = chen, query = '') =>
  (await who.get(`/api/directive-items?directiveId=${id}${query}`)).body.rows;
const act = (who: typeof chen, id: string, command: string, given: object = {}, commandId = randomUUID()) =>
  who.post(`/api/directive-items/${id}/${command}`, given, commandId);
const duties = async (who: typeof chen, recordId: string): Promise<string[]> =>
  (await who.get('/api/inbox')).body.flatMap((one: { recordId: string; duty: string }) =>
    one.recordId === recordId ? [one.duty] : [],
  );

test('贴来的文件拆成事项：谁办、什么时候、哪里没看懂；什么都没有存', async () => {
  const { status, body: cut } = await chen.post('/api/directives/cut', { words, datedOn: day(0) });
  expect(status).toBe(200);
  expect(cut.pieces.map(({ raw }: { raw: string }) => raw).join('')).toBe(words);
  expect(cut.items).toMatchObject([
    {
      number: '一、',
      lead: { unit: body('works') },
      supports: [{ unit: body('clean') }, { unit: body('water') }],
      due: { kind: 'day', on: day(20) },
      measure: '达到整改率100%',
    },
    {
      number: '二、',
      lead: { unit: body('clean') },
      supports: [],
      due: { kind: 'day', on: `${day(0).slice(0, 4)}-12-31` },
    },
    { number: '三、', lead: { unit: null, written: '各社区' } },
  ]);
  expect(cut.items[2].lead.each).toBe('community');
  expect(cut.items[2].doubts[0].zh).toContain('每一个各得一项');
  expect(await sql('select 1 from directive')).toEqual([]);
  expect(await cao.post('/api/directives/cut', { words, datedOn: day(0) })).toMatchObject({ status: 403 });
});

test('下达、待办里有、报办成、退回、再办、验收', async () => {
  const id = await send();
  const [one] = await itemsOf(id);
  expect(one).toMatchObject({ status: 'sent', lead: { name: '安澜县市政养护中心' }, dueOn: day(20), late: false });
  expect(await duties(cao, one.id)).toEqual(['directive.carry_out']);
  const inbox = (await cao.get('/api/inbox')).body.find((line: { recordId: string }) => line.recordId === one.id);
  expect(inbox).toMatchObject({ title: '排查下凹式立交和低洼点', recordKind: 'directive_item' });
  // Until the end of that day where the county lies.
  expect(inbox.clock.dueAt).toBe(`${day(20)}T15:59:00.000Z`);

  const told = await act(wei, one.id, 'progress', { words: '张三家门前两处已清', share: 40 });
  expect(told).toMatchObject({ status: 200, body: { status: 'sent' } });
  expect(await act(wei, one.id, 'report-done', { words: '都清了' })).toMatchObject({
    ...{ status: 409, body: { code: 'directive_item.not_allowed' } },
  });
  const commandId = randomUUID();
  const done = await act(cao, one.id, 'report-done', { words: '十二处全部整改，照片在群里' }, commandId);
  expect(done).toMatchObject({ status: 200, body: { status: 'done' } });
  const again = await act(cao, one.id, 'report-done', { words: '十二处全部整改，照片在群里' }, commandId);
  expect(again.body).toEqual({ ...done.body, repeated: true });
  expect(await duties(cao, one.id)).toEqual([]);
  expect(await duties(chen, one.id)).toEqual(['directive.accept']);

  expect(await act(cao, one.id, 'accept')).toMatchObject({ status: 403 });
  expect(await act(ding, one.id, 'accept')).toMatchObject({ status: 404 });
  expect(await act(jiang, one.id, 'return', { words: '三号桥下还有积水' })).toMatchObject({ body: { status: 'sent' } });
  expect(await duties(chen, one.id)).toEqual([]);
  expect(await duties(cao, one.id)).toEqual(['directive.carry_out']);
  expect((await itemsOf(id))[0]).toMatchObject({ returned: true, returns: 1, dueOn: day(20), share: 40 });
  await act(cao, one.id, 'report-done', { words: '三号桥下也好了' });
  expect(await act(chen, one.id, 'accept', { words: '看过了' })).toMatchObject({ body: { status: 'accepted' } });
  // It was returned once, and that stays so after it is accepted; the number opens to it.
  const counted = { items: 1, accepted: 1, late: 0, returned: 1 };
  expect((await chen.get(`/api/directives/${id}`)).body.counts).toMatchObject(counted);
  expect(await itemsOf(id, chen, '&only=returned')).toMatchObject([{ id: one.id, returned: false, returns: 1 }]);
  expect((await chen.get(`/api/directives/${id}`)).body.words).toBe(words);

  const { story } = (await cao.get(`/api/directive-items/${one.id}`)).body;
  expect(story.map(({ kind, words: said }: { kind: string; words: string }) => [kind.split('.')[1], said])).toEqual([
    ['sent', null],
    ['progressed', '张三家门前两处已清'],
    ['reported_done', '十二处全部整改，照片在群里'],
    ['returned', '三号桥下还有积水'],
    ['reported_done', '三号桥下也好了'],
    ['accepted', '看过了'],
  ]);
  // What people wrote lies sealed.
  const entries = await sql<{ row: string }>('select e::text as row from entry e');
  expect(entries.filter(({ row }) => row.includes('张三'))).toEqual([]);
});

test('别的单位的事项看不到；上级看得到；别的镇街看不到', async () => {
  const id = await send({ items: [item(), item({ number: '二、', lead: body('water'), supports: [], dueOn: null })] });
  const [one, two] = await itemsOf(id);
  expect((await itemsOf(id, cao)).map((row: { id: string }) => row.id)).toEqual([one.id]);
  expect((await itemsOf(id, zhou)).map((row: { id: string }) => row.id)).toEqual([two.id]);
  expect(await cao.get(`/api/directive-items/${two.id}`)).toMatchObject({ status: 404 });
  expect(await act(cao, two.id, 'progress', { words: '我来' })).toMatchObject({
    ...{ status: 404, body: { code: 'directive_item.not_found' } },
  });
  expect((await ding.get('/api/directives')).body).toEqual([]);
  expect(await ding.get(`/api/directives/${id}`)).toMatchObject({ status: 404, body: { code: 'directive.not_found' } });
  expect((await (await as('赵磊')).get(`/api/directives/${id}`)).body.counts.items).toBe(2);
  expect(await admin.get(`/api/directives/${id}`)).toMatchObject({ status: 403 });
  // Whoever leads one reads the notice, and counts of their own items only.
  expect((await cao.get(`/api/directives/${id}`)).body.counts.items).toBe(1);
  expect((await itemsOf(id, chen, `&unitId=${idOf(1, 'body', 'clean')}`)).map((row: { id: string }) => row.id)).toEqual(
    [one.id],
  );
});

test('改期限：原来的留着，钟跟着走；撤回：待办没有了', async () => {
  const id = await send();
  const [one] = await itemsOf(id);
  expect(await act(cao, one.id, 'move-deadline', { dueOn: day(40), words: '想晚点' })).toMatchObject({ status: 403 });
  expect(await act(chen, one.id, 'move-deadline', { dueOn: day(20), words: '不变' })).toMatchObject({
    ...{ status: 422, body: { code: 'directive_item.same_day' } },
  });
  expect(await act(chen, one.id, 'move-deadline', { dueOn: day(-1), words: '早了' })).toMatchObject({
    ...{ status: 422, body: { code: 'directive_item.due_past' } },
  });
  const commandId = randomUUID();
  const moved = await act(chen, one.id, 'move-deadline', { dueOn: day(5), words: '雨提前来' }, commandId);
  expect(moved.status).toBe(200);
  expect(
    (await act(chen, one.id, 'move-deadline', { dueOn: day(5), words: '雨提前来' }, commandId)).body.repeated,
  ).toBe(true);
  const seen = (await cao.get(`/api/directive-items/${one.id}`)).body;
  expect(seen).toMatchObject({ firstDueOn: day(20), dueOn: day(5) });
  expect(seen.story.at(-1)).toMatchObject({ was: day(20), is: day(5), moved: true, words: '雨提前来' });
  expect(seen.clock.dueAt).toBe(`${day(5)}T15:59:00.000Z`);
  expect(await duties(cao, one.id)).toEqual(['directive.carry_out']);

  clock.advance(7 * 86_400_000);
  await settle();
  expect(await itemsOf(id, chen, '&only=late')).toMatchObject([{ id: one.id, late: true }]);
  expect((await chen.get(`/api/directives/${id}`)).body.counts.late).toBe(1);

  expect(await act(he, one.id, 'withdraw', { words: '并入县里的行动' })).toMatchObject({
    body: { status: 'withdrawn' },
  });
  expect(await duties(cao, one.id)).toEqual([]);
  expect(await act(chen, one.id, 'withdraw', { words: '再撤一次' })).toMatchObject({ status: 409 });
});

test('一项不对就一项都不下达，每一项说清楚', async () => {
  const refused = async (over: object, who = chen) => {
    const { status, body: told } = await who.post('/api/directives', form(over));
    return [status, told.code, ...(told.errors ?? []).map(({ path }: { path: string }) => path)];
  };
  const before = await sql('select 1 from directive');
  expect(
    await refused({
      items: [
        item({ dueOn: day(-1) }),
        item(),
        item({ lead: { kind: 'body', id: randomUUID() } }),
        item({ supports: [body('works')] }),
      ],
    }),
  ).toEqual([422, 'directive.wrong_items', 'items.0.dueOn', 'items.2.lead', 'items.3.supports']);
  expect(await refused({ areaId: idOf(1, 'area', 'county') })).toEqual([403, 'directive.not_here']);
  expect(await refused({ areaId: idOf(1, 'area', 'station') }, sun)).toEqual([200, undefined]);
  expect(await refused({ areaId: idOf(1, 'area', 'park') }, sun)).toEqual([403, 'directive.not_here']);
  expect((await refused({ items: [] }))[0]).toBe(422);
  expect(await refused({}, cao)).toEqual([403, 'account.not_for_you']);
  expect(await sql('select 1 from directive')).toHaveLength(before.length + 1);
  expect(await county.anyone.post('/api/directives', form())).toMatchObject({ status: 401 });
});

test('下达前看谁得到什么、手上已经有几项', async () => {
  await send();
  const { body: preview } = await chen.post('/api/directives/preview', {
    ...{ areaId: east, items: [item(), item({ lead: body('clean'), supports: [], dueOn: null })] },
  });
  const works = preview.units.find(({ name }: { name: string }) => name === '安澜县市政养护中心');
  const listed = (await chen.get(`/api/directive-items?unitId=${works.id}&only=open`)).body.rows;
  expect(works).toMatchObject({ leads: 1, helps: 0, firstDueOn: day(20), lasting: 0, openAlready: listed.length });
  expect(listed.length).toBeGreaterThan(0);
  expect(preview.units.find(({ name }: { name: string }) => name === '安澜县环卫所')).toMatchObject({
    helps: 1,
    lasting: 1,
  });
});

test('重复提交只有一份', async () => {
  const [given, commandId] = [form(), randomUUID()];
  const first = await chen.post('/api/directives', given, commandId);
  expect((await chen.post('/api/directives', given, commandId)).body).toEqual({ ...first.body, repeated: true });
  expect(await sql('select 1 from directive_item where directive_id = $1', [first.body.directiveId])).toHaveLength(1);
});

test('22 条措施拆开、下达，各归各的单位；每一个数点开是它数的那些事项', async () => {
  const [owners, keys] = [
    ['市政养护中心', '环卫所', '供水公司', '供电公司', '应急管理局'],
    ['works', 'clean', 'water', 'power', 'safety'],
  ];
  const figures = '一二三四五六七八九十';
  const numeral = (n: number): string => (n <= 10 ? '' : n < 20 ? '十' : '二十') + (figures[(n - 1) % 10] ?? '');
  const measures = Array.from({ length: 22 }, (_, i) => {
    const number = i === 19 ? '二十' : numeral(i + 1);
    return `${number}、措施${i + 1}要落实。（责任单位：县${owners[i % 5]}；完成时限：${day(30 + i)}前）`;
  });
  const text = `助企纾困二十二条措施\n${measures.join('\n')}\n城东街道办事处\n`;
  const { body: cut } = await chen.post('/api/directives/cut', { words: text, datedOn: day(0) });
  expect(cut.items).toHaveLength(22);
  const items = cut.items.map(
    ({
      number,
      content,
      lead,
      due,
    }: {
      number: string;
      content: string;
      lead: { unit: { kind: string; id: string } };
      due: { on: string };
    }) => ({
      ...{ number, content, lead: { kind: lead.unit.kind, id: lead.unit.id }, dueOn: due.on },
    }),
  );
  const id = await send({ title: '二十二条措施', words: text, items });
  const rows = await itemsOf(id);
  expect(rows.map(({ lead, dueOn }: { lead: { id: string }; dueOn: string }) => [lead.id, dueOn])).toEqual(
    measures.map((_, i) => [idOf(1, 'body', keys[i % 5] ?? ''), day(30 + i)]),
  );
  for (const i of [0, 5]) {
    await act(cao, rows[i].id, 'report-done', { words: '已办成' });
    await act(chen, rows[i].id, 'accept');
  }
  clock.advance(33 * 86_400_000);
  await settle();
  const { counts } = (await chen.get(`/api/directives/${id}`)).body;
  // Three days are over by then; the first of the three was done.
  expect(counts).toMatchObject({ items: 22, accepted: 2, sent: 20, late: 2 });
  for (const part of ['accepted', 'sent', 'late'] as const)
    expect(await itemsOf(id, chen, `&only=${part}`)).toHaveLength(counts[part]);
});

test('地方改了归属，没办完的事项跟着走：原来的镇街看不到，新的看得到', async () => {
  const head = await as('孙丽');
  const sent = await head.post('/api/directives', form({ areaId: idOf(1, 'area', 'station') }));
  const [one] = (await head.get(`/api/directive-items?directiveId=${sent.body.directiveId}`)).body.rows;
  expect(await ding.get(`/api/directive-items/${one.id}`)).toMatchObject({ status: 404 });
  const move = { parentId: idOf(1, 'area', 'river') };
  const moved = await admin.post(`/api/areas/${idOf(1, 'area', 'station')}/move`, move);
  expect(moved, JSON.stringify(moved.body)).toMatchObject({ status: 200 });
  await settle();
  expect(await ding.get(`/api/directive-items/${one.id}`)).toMatchObject({ status: 200 });
  expect(await chen.get(`/api/directive-items/${one.id}`)).toMatchObject({ status: 404 });
  expect(await act(ding, one.id, 'move-deadline', { dueOn: day(50), words: '接过来重新定' })).toMatchObject({
    status: 200,
  });
  // Whoever owes it owes it on.
  expect(await duties(cao, one.id)).toEqual(['directive.carry_out']);
});
