import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openCounty } from '../../test/harness.ts';
import { area, body, DAY, report, step } from '../../test/telling.ts';
import { verifyCasefiles } from '../domains/work/casefiles/index.ts';
import type { Fault } from './verify.ts';

/** What is stored must be what the journal tells: every column of a case and every clock, changed behind its back, shows. */
const county = await openCounty();
const { as, anyone, clock, settle, sql } = county;
const tables = ['casefile', 'obligation', 'access_grant', 'report'];
let id = '';

beforeAll(async () => {
  const [he, chen, cao, zhao] = [await as('何静'), await as('陈敏'), await as('曹路'), await as('赵磊')];
  id = (await report(anyone, { urgent: false, contact: { phone: '13800001111' } })).id;
  await step(he, id, 'register', { conditionCode: 'road-sunken-cut-off' });
  await step(chen, id, 'dispatch', { bodyId: body('works') });
  await step(cao, id, 'acknowledge');
  await step(zhao, id, 'supervise', { words: '请盯住' });
  const other = await report(anyone, { place: { areaId: area('park'), words: '楼下' } });
  await step(he, other.id, 'decline', { outcome: 'not_found', publicText: '现场没有发现。' });
  clock.advance(DAY);
  await settle();
  for (const table of tables) await sql(`create table kept_${table} as select * from ${table}`);
});

const check = () => verifyCasefiles(county.runtime, 1, () => undefined);
afterEach(async () => {
  const restore = tables.map((table) => `delete from ${table}; insert into ${table} select * from kept_${table}`);
  await sql(`set session_replication_role = replica; ${restore.join(';')}`);
  expect((await check()).faults, '恢复原样').toEqual([]);
});
const faultsAfter = async (statement: string): Promise<readonly Fault[]> => {
  await sql(statement);
  return (await check()).faults;
};

it('没有人动过：案卷和时限都对得上', async () => {
  const found = await check();
  expect(found).toMatchObject({ casefiles: 2, faults: [] });
  expect(found.obligations).toBeGreaterThan(4);
});

describe('背着台账改案卷的一栏', () => {
  it.each([
    ['status', `'evaluated'`],
    ['body_id', 'gen_random_uuid()'],
    ['type_code', `'别的小类'`],
    ['condition_code', 'null'],
    ['standard_version', 'standard_version + 1'],
    ['urgent', 'not urgent'],
    ['confidential', 'not confidential'],
    ['supervised', 'false'],
    ['scope_no', 'scope_no + 1'],
    ['cell', 'cell + 1'],
    ['number', `'20260101-000001'`],
    ['reported_at', `reported_at - interval '1 day'`],
    ['registered_at', 'null'],
    ['dispatched_at', `dispatched_at - interval '1 second'`],
    ['changed_at', `changed_at + interval '1 second'`],
  ])('%s:说过的改掉', async (column, value) => {
    const name = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const faults = await faultsAfter(`update casefile set ${column} = ${value} where id = '${id}'`);
    expect(faults).toEqual([{ what: 'casefile', id, says: expect.stringContaining(name) }]);
  });

  it.each([
    ['round', '3'],
    ['returned', 'true'],
    ['suspended', 'true'],
    ['joint', 'true'],
    ['self_handled', 'true'],
    ['answer', `'satisfied'`],
    ['outcome', `'resolved'`],
    ['handled_by', 'gen_random_uuid()'],
    ['closed_at', 'now()'],
  ])('%s:从没说过的填上', async (column, value) => {
    const faults = await faultsAfter(`update casefile set ${column} = ${value} where id = '${id}'`);
    expect(faults).toEqual([expect.objectContaining({ what: 'casefile', id })]);
  });

  it.each([
    ['summary', `'换了一句话'`],
    ['place_words', `'别处'`],
    ['lon', 'lon + 0.01'],
    ['public_text', `'已经修好了。'`],
  ])('%s:封着的也核对', async (column, value) => {
    const faults = await faultsAfter(`update casefile set ${column} = ${value} where id = '${id}'`);
    expect(faults).toEqual([expect.objectContaining({ what: 'casefile', id })]);
  });

  it('删掉一个案卷', async () => {
    const faults = await faultsAfter(`set session_replication_role = replica; delete from casefile where id = '${id}'`);
    expect(faults).toContainEqual(expect.objectContaining({ what: 'casefile', id }));
  });

  it('凭空多出一个案卷', async () => {
    const made = randomUUID();
    const faults = await faultsAfter(
      `insert into casefile (realm, id, number, status, area_id, scope_no, reported_at, changed_at)
       select realm, '${made}', 'made-up', 'evaluated', area_id, scope_no, reported_at, changed_at from casefile where id = '${id}'`,
    );
    expect(faults).toEqual([expect.objectContaining({ what: 'casefile', id: made })]);
  });
});

describe('背着台账改时限', () => {
  const handling = `id = (select id from obligation where record_id = '${id}' and duty = 'casefile.handle')`;
  const where = () => handling.replace(`''`, `'${id}'`);

  it.each([
    ['due_at', `due_at + interval '1 day'`],
    ['state', `'paused', running_since = null`],
    ['used_ms', 'used_ms + 60000'],
    ['budget_ms', 'budget_ms * 2'],
    ['running_since', `running_since + interval '1 hour'`],
    ['overran', 'not overran'],
    ['extensions', '2'],
    ['exempt', 'true'],
    ['rung', 'rung + 1'],
    ['next_rung_at', 'now()'],
  ])('%s', async (column, value) => {
    const faults = await faultsAfter(`update obligation set ${column} = ${value} where ${where()}`);
    const name = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(faults).toEqual([{ what: 'obligation', id: expect.any(String), says: expect.stringContaining(name) }]);
  });

  it.each([
    ['owed_by', 'gen_random_uuid()'],
    ['duty', `'casefile.close'`],
    ['assignee_id', 'gen_random_uuid()'],
    ['opened_at', `opened_at + interval '1 day'`],
  ])('%s:该谁办、办什么也核对', async (column, value) => {
    const faults = await faultsAfter(`update obligation set ${column} = ${value} where ${where()}`);
    expect(faults).toEqual([expect.objectContaining({ what: 'obligation' })]);
  });

  it('删掉一项', async () => {
    expect(await faultsAfter(`delete from obligation where ${where()}`)).toEqual([
      { what: 'obligation', id: expect.any(String), says: 'is gone' },
    ]);
  });

  it('凭空多出一项', async () => {
    const made = randomUUID();
    const faults = await faultsAfter(
      `create temp table one as select * from obligation where ${where()}; update one set id = '${made}'; insert into obligation select * from one`,
    );
    expect(faults).toEqual([expect.objectContaining({ what: 'obligation', id: made })]);
  });
});
