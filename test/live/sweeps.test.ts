import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { openAnother } from '../fixtures/another.ts';
import { openCounty } from '../harness.ts';
import { area, body, DAY, HOUR, look, MINUTE, type Reported, report, step } from '../telling.ts';
import { finishedByAnother, killedDuring } from './killed.ts';

/**
 * What becomes due by the clock. Two items are due; the process dies with the first one's commit: the first is not done
 * again, the second is not forgotten.
 */
const county = await openCounty();
const { as, anyone, clock, settle, sql } = county;
const sent: string[] = [];
const sending = await openAnother(county, {
  outside: {
    post: async (_address, headers) => {
      sent.push(headers['idempotency-key'] ?? '');
      return null;
    },
    ask: async () => ({ fault: 'unreachable', left: false }),
  },
});
afterAll(() => sending.close());

const entriesOf = (two: readonly Reported[], kind: string) =>
  sql<{ record_id: string }>(`select record_id from entry where realm = 1 and kind = $1 and record_id = any ($2)`, [
    kind,
    two.map(({ id }) => id),
  ]).then((rows) => two.map(({ id }) => rows.filter((row) => row.record_id === id).length));
const bothReported = async (form: object): Promise<Reported[]> => {
  const two = [await report(anyone, form), await report(anyone, form)];
  await settle();
  return two;
};
const inPark = { urgent: true, place: { areaId: area('park'), words: '楼下' } };

it('时限用掉一半：两件各升级恰好一次', async () => {
  const two = await bothReported(inPark);
  const before = await entriesOf(two, 'obligation.climbed');
  clock.advance(3 * MINUTE);
  await killedDuring(county, 'obligation: climb', 'after its commit');
  const halfway = await entriesOf(two, 'obligation.climbed');
  expect(halfway.reduce((a, b) => a + b, 0) - before.reduce((a, b) => a + b, 0)).toBe(1);
  await finishedByAnother(county);
  const after = await entriesOf(two, 'obligation.climbed');
  expect(after.map((count, i) => count - (before[i] ?? 0))).toEqual([1, 1]);
  clock.advance(HOUR);
  await settle();
});

it('挂账到期：两件各恢复恰好一次', async () => {
  const [he, chen, cao] = [await as('何静'), await as('陈敏'), await as('曹路')];
  const two = await bothReported({});
  for (const { id } of two) {
    await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off' });
    await step(chen, id, 'dispatch', { bodyId: body('works') });
    await step(cao, id, 'acknowledge');
    const owed = (await look(chen, id)).duties.find((one: { duty: string }) => one.duty === 'casefile.handle');
    const until = new Date(clock.now().getTime() + DAY).toISOString();
    const asked = await cao.post(`/api/obligations/${owed.id}/ask-suspension`, { words: '等天晴', until });
    await chen.post(`/api/adjustments/${asked.body.adjustmentId}/grant`, {});
  }
  await settle();
  clock.advance(DAY);
  await killedDuring(county, 'obligation: wake', 'after its commit');
  await finishedByAnother(county);
  expect(await entriesOf(two, 'obligation.woken')).toEqual([1, 1]);
  expect(await entriesOf(two, 'casefile.resumed')).toEqual([1, 1]);
});

it('节假日公布以后：两件的截止时刻各重算恰好一次', async () => {
  const two = await bothReported({});
  await sql('update obligation set provisional = true where record_id = any ($1)', [two.map(({ id }) => id)]);
  await killedDuring(county, 'obligation: recount', 'after its commit');
  await finishedByAnother(county);
  expect(await entriesOf(two, 'obligation.recounted')).toEqual([1, 1]);
});

it('没有回应：两件各归档恰好一次，报事人各听到恰好一次', async () => {
  const he = await as('何静');
  const [chen, cao, wang] = [await as('陈敏'), await as('曹路'), await as('王秀兰')];
  const two = await bothReported({});
  for (const { id } of two) {
    await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off' });
    await step(chen, id, 'dispatch', { bodyId: body('works') });
    await step(cao, id, 'acknowledge');
    await sql('update casefile set condition_code = null where id = $1', [id]);
    await step(cao, id, 'feed-back', { words: '填平了' });
    await step(wang, id, 'verify', {});
    await step(he, id, 'close', { outcome: 'resolved', publicText: '已填平。' });
  }
  await settle();
  const [asked] = await sql<{ due_at: Date }>(
    `select max(due_at) as due_at from obligation where duty = 'casefile.answer' and record_id = any ($1)`,
    [two.map(({ id }) => id)],
  );
  clock.moveTo(new Date((asked?.due_at.getTime() ?? 0) + MINUTE));
  await killedDuring(county, 'casefile: lapse unanswered', 'after its commit');
  expect((await entriesOf(two, 'casefile.lapsed')).sort()).toEqual([0, 1]);
  await finishedByAnother(county);
  expect(await entriesOf(two, 'casefile.lapsed')).toEqual([1, 1]);
  const told = await sql(`select 1 from message where text_code = 'casefile.lapsed' and record_id = any ($1)`, [
    two.map(({ id }) => id),
  ]);
  expect(told).toHaveLength(2);
});

it('消息发出去、还没记下就断了：再发一次，编号还是那一个；记下以后不再发', async () => {
  const admin = await as('管理员');
  const channel = { id: randomUUID(), kind: 'webhook', address: 'https://sms.example.gov.cn/in', enabled: true };
  expect((await admin.post('/api/channels', channel)).status).toBe(200);
  await report(anyone);
  const heardBefore = await killedDuring(county, 'outbox', 'after sending');
  expect(heardBefore).toHaveLength(1);
  clock.advance(HOUR);
  await finishedByAnother(county, sending);
  expect(sent).toEqual(heardBefore);
  const rows = await sql('select state, attempts from delivery where channel = $1', [channel.id]);
  expect(rows).toEqual([{ state: 'handed_over', attempts: 2 }]);
});
