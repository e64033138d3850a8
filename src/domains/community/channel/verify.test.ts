import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { openCounty } from '../../../../test/harness.ts';
import { area } from '../../../../test/telling.ts';
import { byOperator } from '../../../cli/operator.ts';
import { granteeOfCode } from '../../../kernel/tracking.ts';
import { forgetWriter, verifyChannel } from './index.ts';

/** What stands in the rows of a channel must be what the journal tells: whatever is changed behind its back shows. */
const county = await openCounty();
const { anyone, as, clock, runtime, settle, sql } = county;
const tables = ['area_message', 'obligation'];
const ids: string[] = [];

async function write(changes: object = {}): Promise<{ id: string; code: string }> {
  const said = { id: randomUUID(), areaId: area('station-1'), words: '楼道灯坏了三天，晚上看不见', ...changes };
  const { status, body } = await anyone.post('/api/area-messages', said);
  expect(status).toBe(200);
  clock.advance(60_000);
  return { id: said.id, code: body.trackingCode };
}
const check = () => verifyChannel(runtime, 1);

beforeAll(async () => {
  const worker = await as('王秀兰');
  const act = async (id: string, command: string, form: object = {}) => {
    const { status, body } = await worker.post(`/api/area-messages/${id}/${command.replaceAll('_', '-')}`, form);
    expect([command, status, body.code]).toEqual([command, 200, undefined]);
    clock.advance(60_000);
  };
  const [waiting, answered, aside, reported, forgotten] = [
    await write(),
    await write({ contact: { phone: '13712349876' } }),
    await write(),
    await write(),
    await write(),
  ];
  await act(answered.id, 'see');
  await act(answered.id, 'answer', { words: '已报修，明天换。' });
  await act(answered.id, 'answer', { words: '今天已换好。' });
  await act(aside.id, 'set_aside', { reason: 'thanks' });
  const place = { areaId: area('station-1'), words: '3 栋楼道' };
  await act(reported.id, 'report', { casefileId: randomUUID(), words: '楼道灯不亮', place });
  await byOperator(runtime, 1, 'forget', async (ctx) => {
    const done = await forgetWriter(ctx, granteeOfCode(ctx.keys, forgotten.code), 'asked');
    return { keys: done?.keys ?? 0 };
  });
  ids.push(waiting.id, answered.id, aside.id, reported.id, forgotten.id);
  await settle();
  for (const table of tables) await sql(`create table kept_${table} as select * from ${table}`);
});

afterEach(async () => {
  const restore = tables.map((table) => `delete from ${table}; insert into ${table} select * from kept_${table}`);
  await sql(`set session_replication_role = replica; ${restore.join(';')}; set session_replication_role = origin`);
  expect((await check()).faults, '恢复原样').toEqual([]);
});

it('没有人动过：五条留言、五个答复期限都对得上，忘掉的也是', async () => {
  expect(await check()).toEqual({ messages: 5, obligations: 5, faults: [] });
});

it.each([
  ['状态', `status = 'waiting', casefile_id = null`, 'status, casefileId'],
  ['写给谁', `area_id = '${area('park')}'`, 'areaId'],
  ['不可信的记号', 'unverified = true', 'unverified'],
  ['谁看过', `seen_by = gen_random_uuid()`, 'seenBy'],
  ['何时办结', `settled_at = settled_at + interval '1 minute'`, 'settledAt'],
  ['何时写的', `sent_at = sent_at - interval '1 day'`, 'sentAt'],
  ['凭哪个码', 'grantee = gen_random_uuid()', 'grantee'],
  ['说的话', `sealed = decode('00', 'hex') || substring(sealed from 2)`, 'sealed'],
  ['在哪里', 'scope_no = scope_no + 1', 'scopeNo'],
])('%s被人改了：看得出来', async (_what, change, columns) => {
  await sql(`update area_message set ${change} where id = '${ids[3]}'`);
  const { faults } = await check();
  expect(faults).toEqual([{ what: 'area_message', id: ids[3], says: `differs from the journal in ${columns}` }]);
});

it('一个人的话换成另一个人的：看得出来', async () => {
  await sql(
    `update area_message a set sealed = b.sealed from area_message b where a.id = '${ids[0]}' and b.id = '${ids[1]}'`,
  );
  expect((await check()).faults).toMatchObject([{ id: ids[0], says: 'differs from the journal in sealed' }]);
});

it('答复的期限被人改了，留言被删了，凭空多出一条：都看得出来', async () => {
  await sql(`update obligation set due_at = due_at + interval '1 day' where record_id = '${ids[0]}'`);
  expect((await check()).faults).toMatchObject([{ what: 'obligation' }]);
  await sql(`set session_replication_role = replica; delete from area_message where id = '${ids[2]}'`);
  const extra = `insert into area_message select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'grantee', gen_random_uuid()))).* from area_message m where id = '${ids[0]}'`;
  await sql(`set session_replication_role = replica; ${extra}`);
  const said = (await check()).faults.filter(({ what }) => what === 'area_message').map(({ says }) => says);
  expect(said).toEqual(['differs from the journal in everything: it is gone', 'is told of by no entry of the journal']);
});
