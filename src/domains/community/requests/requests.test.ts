import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, openCounty } from '../../../../test/harness.ts';
import { area } from '../../../../test/telling.ts';
import { reconcileDestroyedKeys } from '../../../kernel/data_key.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { forgetAgain, retellings } from '../../index.ts';
import { invented } from '../../land/registry/fixtures/people.ts';
import { verifyTold } from '../../work/retelling/index.ts';
import { requestRetention } from './index.ts';

/** Somebody comes to the desk with their document and asks what is kept about them, to put it right, to delete it. */
const county = await openCounty();
const { as, clock, settle, sql } = county;
const head = await as('孙丽');
const registrar = await as('何静');
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'jingwei-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// The list of destroyed keys is this file's own.
const runtime = { ...county.runtime, keys: { ...county.runtime.keys, folder } };

/** One more resident, entered by hand; some number after another. */
let nth = 300;
async function resident(): Promise<{ id: string; name: string; idNumber: string; phone: string }> {
  const { name, id: idNumber, phone } = invented(nth++);
  const values = {
    'person.name': name,
    'person.id_number': idNumber,
    'person.phone': phone,
    'place.grid': area('station-1'),
  };
  const { status, body } = await head.post('/api/residents', { ledger: 'residents', areaId: area('station'), values });
  expect([status, body.code]).toEqual([200, undefined]);
  await settle();
  clock.advance(60_000);
  return { id: body.recordId, name, idNumber, phone };
}

const asked = { document: 'id_card', words: '我想知道社区登记了我什么' };
async function write(wanted: string, person: { id: string; name: string }, more: object = {}, by: Caller = head) {
  const form = { wanted, recordId: person.id, name: person.name, ...asked, ...more };
  const { status, body } = await by.post('/api/person-requests', form);
  expect([status, body.code]).toEqual([200, undefined]);
  clock.advance(60_000);
  return body.requestId as string;
}
const look = async (id: string, by: Caller = head) => (await by.get(`/api/person-requests/${id}`)).body;
const act = async (by: Caller, id: string, name: string, form: object = {}, command = randomUUID()) => {
  const done = await by.post(`/api/person-requests/${id}/${name}`, form, command);
  clock.advance(60_000);
  return done;
};
const canNow = async (id: string, by: Caller = head): Promise<string[]> =>
  (await look(id, by)).can
    .filter((one: { allowed: boolean }) => one.allowed)
    .map((one: { command: string }) => one.command);

describe('登记与期限', () => {
  it('登记下来就有期限，社区书记欠着答复；列表按期限看，别处的看不见', async () => {
    const person = await resident();
    const id = await write('see', person, {}, registrar);
    expect(await look(id)).toMatchObject({
      ...{ status: 'open', name: person.name, wanted: 'see', owner: expect.stringContaining('孙丽') },
      ...{ words: asked.words, document: 'id_card', record: { id: person.id, name: person.name } },
      ...{ clock: { state: 'running', late: false }, limit: { words: { zh: '15 工作日' }, unsure: true } },
    });
    const inbox = (await head.get('/api/inbox')).body;
    expect(JSON.stringify(inbox)).toContain(id);
    expect(JSON.stringify(inbox)).not.toContain(person.name);
    const { rows, counts } = (await head.get('/api/person-requests')).body;
    expect(rows.map((row: { id: string }) => row.id)).toEqual([id]);
    expect(counts).toMatchObject({ waiting: 1, late: 0, closed: 0 });
    expect((await (await as('高明')).get('/api/person-requests')).body.rows).toEqual([]);
    expect(await (await as('高明')).get(`/api/person-requests/${id}`)).toMatchObject({ status: 404 });

    clock.advance(40 * DAY);
    await settle();
    expect((await head.get('/api/person-requests?part=late')).body.rows).toMatchObject([{ id, clock: { late: true } }]);
    expect(await act(head, id, 'withdraw', { words: '本人说不用了' })).toMatchObject({ body: { status: 'withdrawn' } });
    expect((await head.get('/api/person-requests?part=late')).body.rows).toEqual([]);
    expect((await look(id)).clock).toBeNull();
  });

  it('网格员、别的社区不能登记；监护人来的要写明是谁；重复提交只有一件', async () => {
    const person = await resident();
    const form = { wanted: 'see', recordId: person.id, name: person.name, ...asked };
    expect(await (await as('王秀兰')).post('/api/person-requests', form)).toMatchObject({ status: 403 });
    expect(await (await as('罗河')).post('/api/person-requests', form)).toMatchObject({ status: 404 });
    const elsewhere = { ...form, recordId: null, areaId: area('ferry') };
    expect(await head.post('/api/person-requests', elsewhere)).toMatchObject({
      body: { code: 'person_request.not_here' },
    });
    const guarded = await head.post('/api/person-requests', { ...form, askedBy: 'guardian' });
    expect(guarded).toMatchObject({ status: 422, body: { code: 'person_request.wrong' } });
    const command = randomUUID();
    const first = await head.post('/api/person-requests', { ...form, askedBy: 'guardian', asker: '李母' }, command);
    const again = await head.post('/api/person-requests', { ...form, askedBy: 'guardian', asker: '李母' }, command);
    expect(again.body.requestId).toBe(first.body.requestId);
    expect(await look(first.body.requestId)).toMatchObject({ askedBy: 'guardian', asker: '李母' });
  });

  it('台账里没有这个人：告知没有保存，办结', async () => {
    const form = { wanted: 'delete', areaId: area('station'), name: '外来的人', ...asked };
    const { requestId: id } = (await head.post('/api/person-requests', form)).body;
    expect(await act(head, id, 'propose')).toMatchObject({ status: 409 });
    expect(await canNow(id)).toEqual(['name_record', 'nothing_kept', 'refuse', 'withdraw']);
    expect(await act(head, id, 'nothing-kept', { told: 'in_person' })).toMatchObject({ body: { status: 'answered' } });
  });

  it('拒绝要写理由，告知以后才算办结；办结了不能再办', async () => {
    const person = await resident();
    const id = await write('correct', person);
    expect(await act(head, id, 'refuse', { told: 'letter', words: '核对过户口簿' })).toMatchObject({ status: 422 });
    const refusal = { reason: 'right', told: 'letter', words: '核对过户口簿，登记的没有错' };
    expect(await act(head, id, 'refuse', refusal)).toMatchObject({ body: { status: 'refused' } });
    expect(await look(id)).toMatchObject({ reason: { zh: '核对过，登记的没有错' }, clock: null });
    expect((await look(id)).story.at(-1)).toMatchObject({ by: '孙丽', words: refusal.words });
    expect(await act(head, id, 'refuse', refusal)).toMatchObject({ body: { code: 'person_request.not_allowed' } });
    expect(await canNow(id)).toEqual([]);
  });
});

describe('查阅与复制', () => {
  it('打开全部：每一项、谁什么时候填的、谁看过；交给本人才办结', async () => {
    const person = await resident();
    const worker = await as('王秀兰');
    await worker.post(`/api/residents/${person.id}/disclose`, { reason: '上门前打电话' });
    await worker.post(`/api/residents/${person.id}/facts`, { values: { 'person.occupation': '木工' } });
    const id = await write('copy', person);
    expect(await act(head, id, 'hand-over', { told: 'in_person' })).toMatchObject({
      ...{ status: 409, body: { code: 'person_request.not_allowed' } },
    });
    const command = randomUUID();
    const { body } = await act(head, id, 'show', {}, command);
    expect(body.everything).toMatchObject({ recordId: person.id, name: person.name });
    const said = (name: string) => body.everything.facts.find((one: { name: { zh: string } }) => one.name.zh === name);
    expect(said('身份证号')).toMatchObject({ value: person.idNumber, setBy: '孙丽' });
    expect(said('职业')).toMatchObject({ value: '木工', setBy: '王秀兰' });
    expect(body.everything.history).toHaveLength(2);
    expect(body.everything.reads).toMatchObject([
      { by: '王秀兰', reason: '上门前打电话' },
      { by: '孙丽', reason: '本人要求复制' },
    ]);
    // A repeated command shows it again and notes nothing twice; what was shown is not stored with its answer.
    expect((await act(head, id, 'show', {}, command)).body.everything.reads).toHaveLength(2);
    const stored = await sql<{ answer: object }>('select answer from command where id = $1', [command]);
    expect(stored).toEqual([{ answer: { requestId: id, status: 'open' } }]);
    expect(await act(head, id, 'hand-over', { told: 'in_person', words: '交了一份打印的' })).toMatchObject({
      body: { status: 'answered' },
    });
    expect(await act(await as('蒋涛'), id, 'show')).toMatchObject({ status: 403 });
  });
});

describe('更正', () => {
  it('先在台账里改，再说已更正：前后对照，只记是哪一次改的', async () => {
    const person = await resident();
    const id = await write('correct', person, { words: '电话早换了' });
    expect(await act(head, id, 'corrected')).toMatchObject({ body: { code: 'person_request.not_corrected' } });
    const values = { 'person.phone': '13977770001' };
    expect(await head.post(`/api/residents/${person.id}/facts`, { values })).toMatchObject({ status: 200 });
    expect((await look(id)).corrections).toMatchObject([{ by: '孙丽', fields: [{ is: '139****0001' }] }]);
    expect(await act(head, id, 'corrected')).toMatchObject({ body: { status: 'done' } });
    expect(await act(head, id, 'answer', { told: 'phone', words: '新号码已经登记' })).toMatchObject({
      body: { status: 'answered' },
    });
    const [entry] = await sql<{ body: object }>(
      `select body from entry where kind = 'person_request.corrected' and record_id = $1`,
      [id],
    );
    expect(entry?.body).toMatchObject({ recordId: person.id, changes: [expect.any(String)] });
    expect(JSON.stringify(await sql('select body from entry'))).not.toContain('13977770001');
    // What is corrected later is no part of it.
    await head.post(`/api/residents/${person.id}/facts`, { values: { 'person.phone': '13977770002' } });
    expect((await look(id)).corrections).toHaveLength(1);
  });
});

describe('删除', () => {
  let person: Awaited<ReturnType<typeof resident>>;
  let id = '';
  let backup: Record<string, Record<string, unknown>[]> = {};
  const tables = ['data_key', 'ledger_record', 'ledger_change', 'ledger_mark'];
  const of = (table: string) => ({ data_key: `subject_id = $1`, ledger_record: 'id = $1' })[table] ?? 'record_id = $1';
  const rowsOf = (table: string) =>
    sql<Record<string, unknown>>(`select * from ${table} where ${of(table)}`, [person.id]);

  beforeAll(async () => {
    person = await resident();
    await head.post(`/api/residents/${person.id}/disclose`, { reason: '核对' });
    id = await write('delete', person);
    for (const table of tables) backup = { ...backup, [table]: await rowsOf(table) };
  });

  it('先看会删掉什么、留下什么和为什么', async () => {
    const { erasure } = await look(id);
    const goes = erasure.goes.map((one: { zh: string }) => one.zh);
    expect(goes).toEqual([
      ...['台账里的 4 项内容', '1 次登记和更正的全部经过', expect.stringMatching(/^\d 个查找用的索引$/)],
      '1 次查看号码时写的理由',
    ]);
    expect(erasure.stays.every((one: { why: { zh: string } }) => one.why.zh.length > 4)).toBe(true);
  });

  it('一个人提出，另一个人确认；自己确认不了，也不能同时确认两次', async () => {
    expect(await act(head, id, 'confirm')).toMatchObject({ status: 409 });
    expect(await act(head, id, 'propose')).toMatchObject({ body: { status: 'confirming' } });
    expect(JSON.stringify((await registrar.get('/api/inbox')).body)).toContain('确认删除个人信息');
    expect(await act(head, id, 'confirm')).toMatchObject({ status: 409, body: { code: 'person_request.not_allowed' } });
    expect((await look(id)).can.find((one: { command: string }) => one.command === 'confirm').reason.zh).toContain(
      '另一个人',
    );

    expect(await act(registrar, id, 'send-back', { words: '还有低保在办' })).toMatchObject({
      body: { status: 'open' },
    });
    expect(await act(head, id, 'propose', { words: '低保已停' })).toMatchObject({ body: { status: 'confirming' } });
    const both = await Promise.all([
      registrar.post(`/api/person-requests/${id}/confirm`),
      registrar.post(`/api/person-requests/${id}/confirm`),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      await sql(`select 1 from entry where kind = 'person_request.deletion_confirmed' and record_id = $1`, [id]),
    ).toHaveLength(1);
    clock.advance(60_000);
  });

  it('删掉以后：内容、经过、索引都没有了，按号码找不到，流水也打不开；告知本人才办结', async () => {
    await settle();
    for (const table of tables) expect([table, await rowsOf(table)]).toEqual([table, []]);
    expect((await head.post('/api/residents/find', { words: person.idNumber })).body.rows).toEqual([]);
    expect(await look(id)).toMatchObject({ status: 'done', isErased: true, record: null, erasure: null });
    const entries = await sql<{ keyId: string | null }>(
      `select key_id as "keyId" from entry where record_id = $1 and key_id is not null`,
      [person.id],
    );
    expect(entries.length).toBeGreaterThan(0);
    const keys = await sql('select 1 from data_key where id = any ($1)', [entries.map(({ keyId }) => keyId)]);
    expect(keys).toEqual([]);
    expect(await act(head, id, 'answer', { told: 'in_person', words: '已经删除' })).toMatchObject({
      body: { status: 'answered' },
    });
  });

  it('恢复旧备份：又删一次', async () => {
    await reconcileDestroyedKeys(runtime, 1, forgetAgain);
    for (const table of tables)
      for (const row of backup[table] ?? []) {
        const columns = Object.keys(row);
        const values = Object.values(row).map((value) =>
          typeof value === 'object' && value !== null && !Buffer.isBuffer(value) && !(value instanceof Date)
            ? JSON.stringify(value)
            : value,
        );
        await sql(`insert into ${table} (${columns}) values (${columns.map((_, i) => `$${i + 1}`)})`, values);
      }
    expect(await rowsOf('ledger_record')).toHaveLength(1);
    expect(await reconcileDestroyedKeys(runtime, 1, forgetAgain)).toBe(1);
    for (const table of tables) expect([table, await rowsOf(table)]).toEqual([table, []]);
  });

  it('流水说的和表里一样；动过手脚的看得出来', async () => {
    const check = () => verifyTold(county.runtime, 1, retellings);
    expect((await check()).faults).toEqual([]);
    await sql(`update person_request set confirmed_by = null, confirmed_at = null where id = $1`, [id]);
    expect((await check()).faults).toMatchObject([{ what: 'person_request', id }]);
  });

  it('流水和日志里没有姓名、号码和原话', async () => {
    const bodies = JSON.stringify(await sql('select body from entry'));
    const answers = JSON.stringify(await sql('select answer from command'));
    const rows = JSON.stringify(await sql('select * from person_request'));
    for (const word of [person.name, person.idNumber, person.phone, asked.words, '低保'])
      for (const text of [bodies, answers, rows]) expect(text).not.toContain(word);
  });
});

it('办结三年后：谁、说了什么都删去，办过这件事还在', async () => {
  const person = await resident();
  const id = await write('see', person);
  await act(head, id, 'withdraw', { words: '不用了' });
  await requestRetention.run(county.runtime, 1, throwFault);
  expect(await look(id)).toMatchObject({ name: person.name, words: asked.words });
  clock.advance(3 * 366 * DAY);
  await requestRetention.run(county.runtime, 1, throwFault);
  expect(await look(id)).toMatchObject({ status: 'withdrawn', name: null, words: null, asker: null, document: null });
  expect((await look(id)).story.map(({ words }: { words: string | null }) => words)).toEqual([null, null]);
  expect((await verifyTold(county.runtime, 1, retellings)).faults.map((fault) => fault.id)).not.toContain(id);
});
