import { randomUUID } from 'node:crypto';
import { read as readBook } from 'hucre';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../../seeds/small/plan.ts';
import { book, firmLabels, secretary } from '../../../../../test/fixtures/ledger_books.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { asSystem } from '../../../../kernel/entrance.ts';
import { transact } from '../../../../kernel/transaction.ts';
import { invented, rowOf, titles } from '../fixtures/people.ts';
import { questionsIn } from '../forms/form_lines.model.ts';
import { residents } from '../ledger.model.ts';
import { ledgerAsListed } from './own_field.model.ts';
import { lockFields, retire } from './own_field.queries.ts';

/** A community adds its own fields to a ledger: by hand, in with a spreadsheet, taken back, retired; elsewhere they do not appear. */
const county = await openCounty();
const head = await county.as('孙丽');
const worker = await county.as('王秀兰');
const other = await county.as('高明');
const town = await county.as('何静');
const { send, look, act, taken, find, read, enter } = secretary(county, head);
const [station, park, east] = ['station', 'park', 'east'].map((key) => idOf(1, 'area', key)) as [
  string,
  string,
  string,
];

const pairing = {
  ...{ areaId: station, ledger: 'residents', kind: 'text', sensitive: true, name: '结对志愿者', aliases: ['结对人'] },
  ...{ help: '谁每周上门看一次', usedFor: '独居老人结对帮扶', choices: [], freshMonths: 12 },
};
const add = (form: object, by = head) => by.post('/api/own-fields', { ...pairing, ...form });
const codeOf = async (id: string, by = head): Promise<string> => (await by.get(`/api/own-fields/${id}`)).body.code;
const added = async (form: object, by = head): Promise<{ id: string; code: string }> => {
  const { status, body } = await add(form, by);
  expect(body, JSON.stringify(body)).toHaveProperty('fieldId');
  expect(status).toBe(200);
  return { id: body.fieldId, code: await codeOf(body.fieldId, by) };
};
const saysOf = ({ body }: { body: { errors?: unknown } }) => JSON.stringify(body.errors);
const people = (n: number, label: string, ...values: string[]) =>
  book(
    [...titles, label],
    values.map((value, i) => [...rowOf(invented(n + i), i), value]),
  );
const factOf = (record: { facts: { field: string }[] }, code: string) =>
  record.facts.find(({ field }) => field === code);

describe('加字段', () => {
  it('同一条命令两遍是一个字段；名字、用途空着，名字或别名已经有了，选项不够，都逐处说', async () => {
    const commandId = randomUUID();
    const [one, two] = [await add({ commandId }), await add({ commandId })];
    expect(two.body).toMatchObject(one.body);
    expect(await county.sql('select name, secrecy from own_field')).toEqual([
      { name: '结对志愿者', secrecy: 'sealed' },
    ]);
    expect(saysOf(await add({ name: ' ', usedFor: '' }))).toMatch(/name.*不能空着.*usedFor.*不能空着/);
    const inDictionary = await add({ name: '手机号码', aliases: ['文化程度'] });
    expect(inDictionary).toMatchObject({ status: 422, body: { code: 'own_field.wrong' } });
    expect(saysOf(inDictionary)).toMatch(/已经有了：联系电话（字段字典里的）.*已经有了：文化程度/);
    expect(saysOf(await add({ name: '结 对人' }))).toContain('已经有了：结对志愿者（这里或上级建的）');
    expect(saysOf(await add({ name: '帮扶方式', kind: 'choice', choices: ['上门'] }))).toContain('至少写两个选项');
    expect(saysOf(await add({ name: '帮扶方式', choices: ['上门', '电话'] }))).toContain('才有选项');
    expect(await add({ name: '证件', kind: 'id_number' })).toMatchObject({
      status: 422,
      body: { code: 'input.invalid' },
    });
    expect(await county.sql('select count(*)::int as n from own_field')).toEqual([{ n: 1 }]);
  });

  it('只给自己管台账的地方加；网格员不能加；别的社区看不到，也改不了', async () => {
    expect(await add({ name: '甲', areaId: park })).toMatchObject({
      status: 403,
      body: { code: 'own_field.not_here' },
    });
    expect(await add({ name: '甲', areaId: east })).toMatchObject({ status: 403 });
    expect(await add({ name: '甲' }, worker)).toMatchObject({ status: 403 });
    const [field] = (await worker.get(`/api/areas/${station}/own-fields`)).body;
    expect(field).toMatchObject({ name: '结对志愿者', mayChange: false, addedBy: '孙丽', usedFor: '独居老人结对帮扶' });
    expect((await other.get(`/api/areas/${park}/own-fields`)).body).toEqual([]);
    expect((await other.get(`/api/areas/${station}/own-fields`)).body).toEqual([]);
    expect(await other.get(`/api/own-fields/${field.id}`)).toMatchObject({ status: 404 });
    expect(await other.post(`/api/own-fields/${field.id}/retire`)).toMatchObject({ status: 404 });
    expect(await worker.post(`/api/own-fields/${field.id}/retire`)).toMatchObject({ status: 403 });
    expect((await added({ areaId: park }, other)).id).not.toBe(field.id);
  });

  it('先看是不是已经有了：字典里的、这里建的、下面社区建的', async () => {
    const like = async (name: string, areaId: string, by = head) =>
      (await by.get(`/api/areas/${areaId}/similar-fields?name=${encodeURIComponent(name)}`)).body;
    expect(await like('手机', station)).toMatchObject({ taken: { name: '联系电话' } });
    expect((await like('老人独居情况', station)).taken).toBeNull();
    expect((await like('独居情况', station)).dictionary).toContain('是否独居');
    const near = await like('结对志愿人', station);
    expect(near).toEqual({
      taken: null,
      dictionary: [],
      own: [{ name: '结对志愿者', area: '二运社区', isHere: true }],
    });
    const below = (await like('结对志愿者', east, town)).own;
    expect(below.map(({ isHere }: { isHere: boolean }) => isHere)).toEqual([false, false]);
  });
});

describe('填、导入、撤回', () => {
  it('当面填：有出处和经过；不合的值说为什么；身份证号不能写进去；别的地方的记录没有它', async () => {
    const { id, looked } = await taken('residents', await people(0, '备注一', '', '', ''));
    expect(looked.counts.new).toBe(3);
    const [record] = await find('residents', invented(0).name);
    const { code } = (await head.get(`/api/areas/${station}/own-fields`)).body[0];
    const grade = await added({
      name: '走访频次',
      kind: 'choice',
      choices: ['每天', '每周'],
      sensitive: false,
      aliases: [],
    });
    const times = await added({ name: '上门次数', kind: 'whole', sensitive: false, aliases: [] });
    const call = await added({ name: '志愿者电话', kind: 'phone', sensitive: false, aliases: [] });
    expect(call.code).toContain('own.phone.masked.');
    const wrong = await enter(record.id, {
      [grade.code]: '每月',
      [times.code]: '2.5',
      [code]: `他的号 ${invented(1).id}`,
    });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'ledger.wrong_value' } });
    expect(saysOf(wrong)).toMatch(/“每月”不在选项里（每天、每周）.*“2.5”不是整数.*里面有身份证号/);
    const values = { [code]: '李暗语志愿', [grade.code]: '每周', [times.code]: '4', [call.code]: '13755556666' };
    expect(await enter(record.id, values, worker)).toMatchObject({ status: 200, body: { fields: 4 } });
    const said = await read(record.id, worker);
    expect(factOf(said, code)).toMatchObject({
      value: '李暗语志愿',
      setBy: '王秀兰',
      source: null,
      name: { zh: '结对志愿者' },
    });
    expect(factOf(said, call.code)).toMatchObject({ value: '137****6666', isMasked: true });
    expect(said.history[0].fields.map(({ name }: { name: { zh: string } }) => name.zh)).toContain('走访频次');
    const shown = await head.post(`/api/residents/${record.id}/disclose`, { reason: '联系志愿者' });
    expect(shown.body.values).toContainEqual({ field: call.code, value: '13755556666' });
    await act(id, 'undo');
    // What was entered by hand stays.
    expect(factOf(await read(record.id), code)).toMatchObject({ value: '李暗语志愿' });
  });

  it('密封的值哪张表里都没有原文；普通的在明处', async () => {
    const rows = await county.sql<{ row: string }>(
      'select t::text as row from ledger_record t union all select t::text from ledger_change t union all select t::text from entry t',
    );
    const all = rows.map(({ row }) => row).join('\n');
    expect(all).not.toContain('李暗语志愿');
    expect(all).not.toContain('13755556666');
    expect(all).toContain('每周');
  });

  it('表里叫别名的列认得；不合的行说哪一列、为什么；入账有出处，整批撤回', async () => {
    const bytes = await people(20, '结对人', '张三', '李四', `${invented(1).id}`);
    const { body } = await send('residents', bytes);
    const looked = await look(body.batchId);
    expect(looked.counts).toEqual({ new: 2, refused: 1 });
    const column = looked.tables[0].columns.at(-1);
    const { code } = (await head.get(`/api/areas/${station}/own-fields`)).body[0];
    expect(column).toMatchObject({ path: '结对人', field: code, by: 'alias' });
    expect(looked.told[0].faults[0]).toMatchObject({ column: 'K', says: { zh: '里面有身份证号，不能写在这里' } });
    await act(body.batchId, 'take');
    const [record] = await find('residents', invented(20).name);
    expect(factOf(await read(record.id), code)).toMatchObject({
      value: '张三',
      source: '登记表.xlsx 表!3',
      setBy: '孙丽',
    });
    const again = await look((await send('residents', await people(20, '结对人', '王五'))).body.batchId);
    expect(again.told[0].changes).toEqual([
      { field: code, name: { zh: '结对志愿者', en: '结对志愿者' }, from: '张三', to: '王五', taken: true },
    ]);
    await act(body.batchId, 'undo');
    expect(await find('residents', invented(20).name)).toEqual([]);
    const elsewhere = secretary(county, town, 'east');
    const above = await elsewhere.look((await elsewhere.send('residents', bytes)).body.batchId);
    expect(above.tables[0].columns.at(-1)).toMatchObject({ path: '结对人', field: null });
  });

  it('导出的表里有它，别名导回来认得；取出时号码遮住，写明用途才是完整的', async () => {
    const area = { areaId: station };
    const sheetOf = async (form: object) => {
      const made = await head.post('/api/ledger-exports', form);
      expect(made).toMatchObject({ status: 200 });
      const file = await head.get(`/api/ledger-exports/${made.body.exportId}/file`);
      return (await readBook(file.raw)).sheets[0]?.rows.map((cells) => cells.map(String)) ?? [];
    };
    const rows = await sheetOf(area);
    const labels = rows.find((cells) => cells.includes('姓名')) ?? [];
    expect(labels).toEqual(expect.arrayContaining(['结对志愿者', '走访频次', '上门次数', '志愿者电话']));
    const [one] = rows.filter((cells) => cells.includes('李暗语志愿'));
    expect(one).toEqual(expect.arrayContaining(['每周', '4', '137****6666']));
    const full = await sheetOf({ ...area, reason: '联系志愿者' });
    expect(full.flat()).toContain('13755556666');
  });

  it('企业台账的字段归企业台账；列不自动认，指定也可以，下次记得', async () => {
    const { code } = await added({
      ledger: 'enterprises',
      name: '消防管家',
      kind: 'yes_no',
      sensitive: false,
      aliases: [],
    });
    const row = (value: string) => [
      '1',
      '二运第七商店',
      '',
      '店主七',
      '',
      '零售',
      '2',
      '二运巷7号',
      '二运第一网格',
      value,
    ];
    const sent = await send('enterprises', await book([...firmLabels, '管家'], [row('是')]));
    expect((await look(sent.body.batchId)).tables[0].columns.at(-1).field).toBeNull();
    expect(
      await act(sent.body.batchId, 'columns', { columns: [{ table: 0, column: 'J', field: code }] }),
    ).toMatchObject({
      status: 200,
    });
    const { code: residents } = (await head.get(`/api/areas/${station}/own-fields`)).body[0];
    const wrong = await act(sent.body.batchId, 'columns', { columns: [{ table: 0, column: 'J', field: residents }] });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'ledger.wrong_column' } });
    await act(sent.body.batchId, 'take');
    const [firm] = await find('enterprises', '二运第七商店');
    expect(factOf(await read(firm.id), code)).toMatchObject({ value: 'yes' });
    const next = await look((await send('enterprises', await book([...firmLabels, '管家'], [row('否')]))).body.batchId);
    expect(next.tables[0].columns.at(-1)).toMatchObject({ field: code, by: 'memory' });
  });
});

describe('走访的表单', () => {
  it('问到自建字段：已知的不再问，答了就是台账里的事实；选项要一样；停用以后的回答只留在走访里', async () => {
    const fields = (await head.get(`/api/areas/${station}/own-fields`)).body;
    const ledger = ledgerAsListed(residents, fields);
    const questions = questionsIn('结对志愿者是谁*\n走访频次\n上门次数', ledger);
    const named = (name: string): { id: string; code: string } =>
      fields.find((one: { name: string }) => one.name === name);
    const [pair, often, times] = ['结对志愿者', '走访频次', '上门次数'].map(named) as [
      ReturnType<typeof named>,
      ReturnType<typeof named>,
      ReturnType<typeof named>,
    ];
    expect(questions.map(({ widget, field }) => [widget, field])).toEqual([
      ...[
        ['text', pair.code],
        ['choice', often.code],
        ['integer', times.code],
      ],
    ]);
    await taken('residents', await people(30, '结对志愿者', '赵六', ''));
    const dueOn = new Date(county.clock.now().getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
    const asked = { title: '结对走访', purpose: '看望', areaId: station, rounds: 1, dueOn, choice: [], questions };
    const wrong = questions.map((one) =>
      one.widget === 'choice'
        ? {
            ...one,
            options: [
              { code: '每月', label: '每月' },
              { code: '每周', label: '每周' },
            ],
          }
        : one,
    );
    expect(saysOf(await head.post('/api/campaigns', { ...asked, questions: wrong }))).toContain(
      '选项和这个自建字段的不一样',
    );
    const elsewhere = await other.post('/api/campaigns', { ...asked, areaId: park });
    expect(saysOf(elsewhere)).toContain('这本台账里没有这个字段');
    const preview = await head.post('/api/campaigns/preview', { areaId: station, choice: [], questions });
    expect(preview.body.questions[0].known).toBeGreaterThan(0);
    const { campaignId } = (await head.post('/api/campaigns', asked)).body;
    await county.settle();
    const targets = (await worker.get(`/api/campaigns/${campaignId}/targets?most=200`)).body.rows;
    const of = (n: number) => targets.find((one: { name: string }) => one.name === invented(n).name);
    const known = (await worker.get(`/api/campaign-targets/${of(30).id}`)).body.known;
    expect(known.q1).toMatchObject({ value: '赵六' });
    await head.post(`/api/own-fields/${times.id}/retire`);
    const answers = { q1: '钱七', q2: '每天', q3: '9' };
    const visit = { round: 1, result: 'done', answers };
    expect(await worker.post(`/api/campaign-targets/${of(31).id}/visits`, visit)).toMatchObject({ status: 200 });
    const record = await read(of(31).recordId, worker);
    expect(factOf(record, pair.code)).toMatchObject({
      value: '钱七',
      setBy: '王秀兰',
      source: expect.stringContaining('结对走访'),
    });
    expect(factOf(record, often.code)).toMatchObject({ value: '每天' });
    expect(factOf(record, times.code)).toBeUndefined();
  });
});

describe('改名和停用', () => {
  it('改了名，旧名还认得；选项可加不可减；镇上的字段社区改不了，但用得上', async () => {
    const { id, code } = await added(
      { areaId: east, name: '网格联户长', aliases: [], kind: 'choice', choices: ['有', '没有'], sensitive: false },
      town,
    );
    const change = { aliases: [], help: '', usedFor: '联户', choices: ['有', '没有', '待定'], freshMonths: null };
    expect(await head.post(`/api/own-fields/${id}/change`, { ...change, name: '联户长' })).toMatchObject({
      status: 403,
    });
    const less = await town.post(`/api/own-fields/${id}/change`, {
      ...change,
      name: '联户长',
      choices: ['有', '待定'],
    });
    expect(saysOf(less)).toContain('原来的选项不能去掉');
    const commandId = randomUUID();
    for (const _ of [1, 2])
      expect(await town.post(`/api/own-fields/${id}/change`, { ...change, name: '联户长', commandId })).toMatchObject({
        status: 200,
      });
    expect((await town.get(`/api/own-fields/${id}`)).body).toMatchObject({
      name: '联户长',
      aliases: ['网格联户长'],
      code,
    });
    const looked = await look((await send('residents', await people(40, '网格联户长', '待定', '好'))).body.batchId);
    expect(looked.tables[0].columns.at(-1).field).toBe(code);
    expect(looked.counts).toEqual({ new: 1, refused: 1 });
  });

  it('停用：填过的照样看得到，不再收；停用前核对过的表，那一列不入账，其余的照入', async () => {
    const { id, code } = await added({ name: '慢病随访', aliases: [] });
    await taken('residents', await people(50, '慢病随访', '三月一次'));
    const [record] = await find('residents', invented(50).name);
    const before = await send('residents', await people(60, '慢病随访', '每月'));
    const commandId = randomUUID();
    expect(await head.post(`/api/own-fields/${id}/retire`, { commandId })).toMatchObject({ status: 200 });
    expect(await head.post(`/api/own-fields/${id}/retire`, { commandId })).toMatchObject({ status: 200 });
    expect(await head.post(`/api/own-fields/${id}/retire`)).toMatchObject({
      status: 409,
      body: { code: 'own_field.retired' },
    });
    expect(saysOf(await enter(record.id, { [code]: '每周' }))).toContain('停用了');
    const said = await read(record.id);
    expect(factOf(said, code)).toMatchObject({ value: '三月一次', source: '登记表.xlsx 表!3' });
    expect(said.added.find((one: { code: string }) => one.code === code)).toMatchObject({ isRetired: true });
    await act(before.body.batchId, 'take');
    const [later] = await find('residents', invented(60).name);
    expect(factOf(await read(later.id), code)).toBeUndefined();
    // The name is free again: another field, another code.
    expect((await added({ name: '慢病随访', aliases: [] })).code).not.toBe(code);
  });

  it('正在停用时入账：等停用办完，那一列一个值也不收', async () => {
    const { id, code } = await added({ name: '用药提醒', aliases: [] });
    const { body } = await send('residents', await people(70, '用药提醒', '早晚', '早晚'));
    let letGo = (): void => undefined;
    const mayGo = new Promise<void>((go) => {
      letGo = go;
    });
    const retiring = transact(county.runtime, asSystem(1, 'test'), async (ctx) => {
      await lockFields(ctx, 'residents', 'change');
      retire(ctx, id, idOf(1, 'person', 'sunli'));
      await mayGo;
    });
    const taking = act(body.batchId, 'take');
    await new Promise((go) => setTimeout(go, 500));
    expect((await look(body.batchId)).stage).toBe('taking');
    letGo();
    await Promise.all([retiring, taking]);
    expect((await look(body.batchId)).stage).toBe('taken');
    for (const n of [70, 71]) {
      const [record] = await find('residents', invented(n).name);
      expect(factOf(await read(record.id), code)).toBeUndefined();
    }
  });
});
