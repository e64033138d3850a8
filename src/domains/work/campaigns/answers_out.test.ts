import { randomUUID } from 'node:crypto';
import { readXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { invented, rowOf, titles } from '../../land/registry/fixtures/people.ts';
import { questionsIn } from '../../land/registry/forms/form_lines.model.ts';
import { residents } from '../../land/registry/ledger.model.ts';

/** What a campaign heard, taken out as a workbook: everybody on the list, every round, whoever was not met too. */
const county = await openCounty();
const { as, clock, settle, sql } = county;
const [head, wang, wu, chen] = [await as('孙丽'), await as('王秀兰'), await as('吴芳'), await as('陈敏')];
const station = idOf(1, 'area', 'station');
const day = (n: number): string => new Date(clock.now().getTime() + n * 86_400_000).toISOString().slice(0, 10);

const people = Array.from({ length: 5 }, (_, i) => rowOf(invented(i, i < 4 ? '二运第一网格' : '二运第二网格'), i));
const bytes = Buffer.from([titles, ...people].map((row) => row.join(',')).join('\n'));
const sent = await head.upload(
  '/api/ledger-batches',
  { commandId: randomUUID(), areaId: station, toldOn: '2026-01-15' },
  [{ name: '居民.csv', bytes }],
);
await settle();
await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
await settle();
const opened = await head.post('/api/campaigns', {
  ...{ title: '入户探访', purpose: '看看缺什么', areaId: station, rounds: 2, dueOn: day(14), choice: [] },
  questions: questionsIn('联系电话*\n家里缺什么', residents),
});
const id: string = opened.body.campaignId;
await settle();
const mine: { id: string; name: string }[] = (await wang.get(`/api/campaigns/${id}/targets?only=all`)).body.rows;
const visit = (n: number, over: object) =>
  wang.post(`/api/campaign-targets/${mine[n]?.id}/visits`, { round: 1, result: 'done', answers: {}, ...over });

const take = (who: typeof head, form: object = {}, command = randomUUID()) =>
  who.post(`/api/campaigns/${id}/answers-out`, form, command);
async function book(who: typeof head, form: object = {}) {
  const made = await take(who, form);
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 200 });
  const { raw } = await who.get(`/api/ledger-exports/${made.body.exportId}/file`);
  const rows = (await readXlsx(raw)).sheets[0]?.rows ?? [];
  const labels = (rows[2] ?? []).map(String);
  const lines = rows.slice(3).map((row) => Object.fromEntries(labels.map((label, i) => [label, row[i]])));
  return { note: String(rows[1]?.[0]), lines };
}

test('名单上每一个、每一轮一行：答了什么、谁去的；不愿意、没人在、还没去也写；号码遮住', async () => {
  await visit(0, { answers: { q1: '13712345678', q2: '缺一副拐杖' } });
  await visit(1, { result: 'refused' });
  await visit(2, { result: 'absent' });
  clock.advance(3_600_000);
  await visit(2, { result: 'absent' });
  await settle();
  const { note, lines } = await book(head);
  expect(note).toMatch(/共 1 轮 5 行.*孙丽 取出.*遮住/);
  const of = (n: number) => lines.find(({ 叫什么 }) => 叫什么 === mine[n]?.name);
  expect(of(0)).toMatchObject({ 结果: '已走访', 第几轮: 1, 谁去的: '王秀兰', 网格: '二运第一网格' });
  expect(Object.values(of(0) ?? {})).toContain('缺一副拐杖');
  expect(of(0)?.联系电话).toMatch(/^137\*+5678$/);
  expect(of(1)).toMatchObject({ 结果: '不愿意', 谁去的: '王秀兰' });
  expect(of(2)).toMatchObject({ 结果: '没人在家', 没人在几次: 2 });
  expect(of(3)).toMatchObject({ 结果: '还没去' });
});

test('号码完整要写为什么，记在流水里；网格员、别的网格、街道各看各的', async () => {
  const grid = idOf(1, 'area', 'station-1');
  const inFull = await book(head, { reason: '社区医院要电话随访' });
  expect(inFull.lines.map(({ 联系电话 }) => 联系电话)).toContain('13712345678');
  expect(inFull.note).toContain('号码完整');
  const [entry] = await sql<{ body: { campaignId: string; fields: string[]; rows: number } }>(
    "select body from entry where kind = 'ledger.taken_out' order by ord desc limit 1",
  );
  expect(entry?.body).toMatchObject({ campaignId: id, rows: 5, fields: ['person.phone'] });
  expect((await book(wang, { areaId: grid })).lines).toHaveLength(4);
  const refused = async (who: typeof head, form: object) => (await take(who, form)).body.code;
  expect(await refused(wang, { areaId: grid, reason: '想要电话' })).toBe('out.masked_only');
  expect(await refused(wang, {})).toBe('ledger.not_here');
  expect(await refused(wu, { areaId: grid })).toBe('ledger.not_here');
  expect(await refused(chen, {})).toBe('account.not_for_you');
  const command = randomUUID();
  const first = await take(head, {}, command);
  expect((await take(head, {}, command)).body).toMatchObject({ exportId: first.body.exportId });
});

test('第二轮：两轮各一行，第一轮没去成的写“没有去”；被遗忘的人没有名字也没有回答', async () => {
  await head.post(`/api/campaigns/${id}/rounds`, { dueOn: day(30) });
  await settle();
  await visit(0, { round: 2, answers: { q2: '什么都不缺' } });
  const { lines } = await book(head);
  expect(lines).toHaveLength(10);
  const rounds = lines.filter(({ 叫什么 }) => 叫什么 === mine[0]?.name);
  expect(rounds.map((one) => Object.values(one).at(-1))).toEqual(['缺一副拐杖', '什么都不缺']);
  const left = lines.filter(({ 叫什么 }) => 叫什么 === mine[3]?.name).map(({ 结果 }) => 结果);
  expect(left).toEqual(['没有去', '还没去']);
});
