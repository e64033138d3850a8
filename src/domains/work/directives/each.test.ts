import { readXlsx } from 'hucre';
import { afterAll, expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { verifyTold } from '../retelling/index.ts';
import { eachNamed } from './each.model.ts';
import { directiveRetellings } from './index.ts';

/** One line for every community at once, and the table of items as a workbook. */
const county = await openCounty();
afterAll(async () => expect((await verifyTold(county.runtime, 1, directiveRetellings)).faults).toEqual([]));
const { as, clock, settle } = county;
const [chen, jiang, qian] = [await as('陈敏'), await as('蒋涛'), await as('钱进')];
const [cao, sun, ding, admin] = [await as('曹路'), await as('孙丽'), await as('丁一'), await as('管理员')];
const [top, east] = [idOf(1, 'area', 'county'), idOf(1, 'area', 'east')];
const works = { kind: 'body', id: idOf(1, 'body', 'works') };
const each = (level: string) => ({ kind: 'each', level });
const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);
const item = (lead: object, over: object = {}) => ({
  ...{ number: '一、', content: '每日巡查低洼点' },
  lead,
  dueOn: day(20),
  ...over,
});
const form = (items: readonly object[], areaId = east) => ({
  ...{ title: '汛前准备', issuer: '城东街道办事处', datedOn: day(0), areaId, words: '各社区要每日巡查。', items },
});
type Row = { id: string; lead: { id: string; name: string }; content: string };
const itemsOf = async (id: string, who = chen): Promise<Row[]> =>
  (await who.get(`/api/directive-items?directiveId=${id}`)).body.rows;

test.each([
  ['各社区', 'community'],
  ['各社区（村）', 'community'],
  ['各乡镇（街道）', 'town'],
  ['各乡镇、街道', 'town'],
  ['各镇街', 'town'],
  ['各网格', 'grid'],
  ['各部门', null],
  ['各有关单位', null],
  ['二运社区', null],
  ['社区', null],
])('%s 指的是 %s', (said, level) => expect(eachNamed(said)).toBe(level));

test('一行“各社区”：每个社区得一项，各办各的；只数自己地方里的', async () => {
  const areas: { parentId: string; level: string }[] = (await chen.get('/api/areas')).body;
  const communities = areas.filter(({ parentId, level }) => parentId === east && level === 'community');
  const items = [item(each('community')), item(works, { content: '备好水泵', supports: [] })];
  const preview = await chen.post('/api/directives/preview', { areaId: east, items });
  expect(preview, JSON.stringify(preview.body)).toMatchObject({ status: 200 });
  const sent = await chen.post('/api/directives', form(items));
  expect(sent, JSON.stringify(sent.body)).toMatchObject({ status: 200 });
  await settle();
  const rows = await itemsOf(sent.body.directiveId);
  const patrol = rows.filter(({ content }) => content === '每日巡查低洼点');
  expect(preview.body.items).toBe(rows.length);
  expect(communities.length).toBeGreaterThan(1);
  expect(patrol).toHaveLength(communities.length);
  expect(new Set(patrol.map(({ lead }) => lead.id)).size).toBe(patrol.length);
  expect(rows.at(-1)).toMatchObject({ lead: { id: works.id } });
  // 孙丽 is the secretary of one of them: one item is in her work, and done by her it is done for no other.
  const [hers] = await itemsOf(sent.body.directiveId, sun);
  const duty = (await sun.get('/api/inbox')).body.filter(({ recordId }: { recordId: string }) => recordId === hers?.id);
  expect(duty).toHaveLength(1);
  await sun.post(`/api/directive-items/${hers?.id}/report-done`, { words: '每天都走了，有记录' });
  const { counts } = (await chen.get(`/api/directives/${sent.body.directiveId}`)).body;
  expect(counts).toMatchObject({ items: rows.length, done: 1, sent: rows.length - 1 });
});

test('县里发给各乡镇街道：一处没有接收的岗位，就一项都不下达，说清楚是哪里', async () => {
  const towns = await qian.post('/api/directives/preview', { areaId: top, items: [item(each('town'))] });
  expect(towns, JSON.stringify(towns.body)).toMatchObject({ status: 200, body: { items: 2 } });
  const none = await sun.post('/api/directives', form([item(each('town'))], idOf(1, 'area', 'station')));
  expect(none).toMatchObject({
    status: 422,
    body: { code: 'directive.wrong_items', errors: [{ path: 'items.0.lead' }] },
  });
  const lines = Array.from({ length: 120 }, (_, i) => item(each('grid'), { content: `第 ${i} 件` }));
  const many = await qian.post('/api/directives', form(lines, top));
  expect(many).toMatchObject({ status: 422, body: { code: 'directive.too_many' } });
  expect(await cao.post('/api/directives', form([item(each('community'))]))).toMatchObject({ status: 403 });
});

test('事项做成表：单位、状态、天数、最近一次说的；各人只有各人看得到的', async () => {
  const items = [
    item(works, { supports: [] }),
    item({ kind: 'body', id: idOf(1, 'body', 'water') }, { content: '=1+1 查管网', dueOn: null }),
  ];
  const { directiveId } = (await chen.post('/api/directives', form(items))).body;
  await settle();
  const [one] = await itemsOf(directiveId);
  await cao.post(`/api/directive-items/${one?.id}/progress`, { words: '清了五处', share: 40 });
  clock.advance(25 * 86_400_000);
  const book = async (who: typeof chen, query = '') => {
    const { raw, status, headers } = await who.get(`/api/directive-item-workbook?directiveId=${directiveId}${query}`);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain(encodeURIComponent('汛前准备'));
    const [sheet] = (await readXlsx(raw)).sheets;
    const [labels = [], ...lines] = (sheet?.rows ?? []).slice(2);
    return lines.map((line) => Object.fromEntries(labels.map((label, i) => [label, line[i]])));
  };
  const all = await book(chen);
  expect(all).toMatchObject([
    { 牵头单位: '安澜县市政养护中心', 状态: '正在办，超期', 最近一次说的: '清了五处', 完成百分比: 40 },
    { 事项: '=1+1 查管网', 期限: '长期' },
  ]);
  expect(all[0]?.['还剩天数（负数是超期）']).toBe(-5);
  expect(await book(chen, '&only=late')).toHaveLength(1);
  expect(await book(cao)).toMatchObject([{ 牵头单位: '安澜县市政养护中心' }]);
  expect(await ding.get(`/api/directive-item-workbook?directiveId=${directiveId}`)).toMatchObject({ status: 404 });
  expect(await book(chen, '&only=accepted')).toEqual([]);
  expect(await admin.get('/api/directive-item-workbook')).toMatchObject({ status: 403 });
  expect((await jiang.get('/api/directive-item-workbook?only=open')).status).toBe(200);
});
