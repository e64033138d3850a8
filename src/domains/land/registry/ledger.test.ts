import { randomUUID } from 'node:crypto';
import { read, writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { runReaction } from '../../../kernel/reaction.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { batchRetention } from './batches/batch.commands.ts';
import { invented, rowOf, titles } from './fixtures/people.ts';
import { ledgerReactions } from './ledger.reactions.ts';

/** A community secretary brings her workbook: it is looked over, what is right goes in, and every fact knows where it is from. */
const county = await openCounty();
const { as, anyone, clock, settle, sql } = county;
const head = await as('孙丽');
const worker = await as('王秀兰');
const station = idOf(1, 'area', 'station');
const DAY = 86_400_000;
const day = (n: number): string => new Date(clock.now().getTime() + n * DAY).toISOString().slice(0, 10);

type Person = Awaited<ReturnType<typeof as>>;
const workbook = async (rows: readonly (readonly string[])[]): Promise<Buffer> =>
  Buffer.from(
    await writeXlsx({
      sheets: [{ name: '居民', rows: [['二运社区居民信息表'], titles, ...rows].map((row) => [...row]) }],
    }),
  );

async function send(rows: readonly (readonly string[])[], toldOn = '2026-02-28', who: Person = head, areaId = station) {
  const file = { name: '居民信息表.xlsx', bytes: await workbook(rows) };
  const sent = await who.upload('/api/ledger-batches', { commandId: randomUUID(), areaId, toldOn }, [file]);
  await settle();
  return sent;
}
const look = async (id: string, who: Person = head) => (await who.get(`/api/ledger-batches/${id}`)).body;
async function act(id: string, name: string, commandId = randomUUID()) {
  const done = await head.post(`/api/ledger-batches/${id}/${name}`, {}, commandId);
  await settle();
  return done;
}
async function taken(rows: readonly (readonly string[])[], toldOn?: string): Promise<string> {
  const { body } = await send(rows, toldOn);
  expect(await act(body.batchId, 'take')).toMatchObject({ status: 200 });
  return body.batchId;
}
const find = async (words: string, who: Person = worker) =>
  (await who.post('/api/residents/find', { words })).body.rows;
const people = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => rowOf(invented(from + i), from + i + 1));

describe('一张居民表', () => {
  it('先核对：新增、要改的逐格说原因；入账只进没有错的；改好再传只进改好的', async () => {
    const rows = people(0, 40);
    const wrong = rows.map((row, i) => {
      if (i === 3) return row.with(4, `${row[4]?.slice(0, 17)}${row[4]?.endsWith('5') ? '6' : '5'}`);
      if (i === 7) return row.with(5, '1391');
      if (i === 9) return row.with(3, '三月初五');
      if (i === 12) return row.with(2, row[2] === '男' ? '女' : '男');
      if (i === 15) return row.with(6, '青园第一网格');
      return i === 20 ? row.with(1, '') : row;
    });
    const sent = await send([...wrong, rows[0] as string[]]);
    expect(sent).toMatchObject({ status: 200, body: { rows: 41 } });
    const { batchId } = sent.body;
    const looked = await look(batchId);
    expect(looked).toMatchObject({
      stage: 'looked',
      fileName: '居民信息表.xlsx',
      counts: { new: 34, refused: 6, duplicate: 1 },
      wrongCells: 6,
    });
    expect(looked.told.map(({ where, faults }: Told) => [where, faults[0]?.column, faults[0]?.says.zh])).toEqual([
      ['居民!6', 'E', '校验位不对，请核对每一位'],
      ['居民!10', 'F', '不是一个电话号码（4 位）'],
      ['居民!12', 'D', '日期“三月初五”读不懂，请写成 1950-03-12'],
      ['居民!15', 'C', '与身份证号里的性别不同'],
      ['居民!18', 'G', '二运社区没有“青园第一网格”'],
      ['居民!23', 'B', '没有填姓名'],
      ['居民!43', null, '与 居民 第 3 行是同一个人'],
    ]);
    expect(await sql('select 1 from ledger_record')).toEqual([]);

    // The same file, with what has to be mended marked; mended there and sent again, it is understood.
    const marked = await head.get(`/api/ledger-files/${batchId}/marked`);
    expect(marked.headers['content-disposition']).toContain(encodeURIComponent('居民信息表.xlsx'));
    const [sheet] = (await read(marked.raw)).sheets;
    expect(sheet?.rows[1]?.at(-1)).toBe('经纬：要改的地方');
    expect(sheet?.rows[5]?.at(-1)).toBe('身份证号码：校验位不对，请核对每一位');
    const resent = await head.upload(
      '/api/ledger-batches',
      { commandId: randomUUID(), areaId: station, toldOn: day(0) },
      [{ name: '改.xlsx', bytes: marked.raw }],
    );
    await settle();
    expect((await look(resent.body.batchId)).counts).toEqual(looked.counts);

    const command = randomUUID();
    expect(await act(batchId, 'take', command)).toMatchObject({ status: 200 });
    expect(await act(batchId, 'take', command)).toMatchObject({ status: 200 });
    expect(await sql('select 1 from ledger_record')).toHaveLength(34);
    expect(await look(batchId)).toMatchObject({ stage: 'taken', wrongCells: 6 });
    expect(await act(batchId, 'take')).toMatchObject({ status: 409, body: { code: 'ledger.not_now' } });

    const again = await send(rows);
    expect((await look(again.body.batchId)).counts).toEqual({ new: 6, same: 34 });
    await act(again.body.batchId, 'take');
    expect(await sql('select 1 from ledger_record')).toHaveLength(40);
    // The second file confirms whom it does not change: taking the first one back would leave them.
    expect(await sql('select 1 from ledger_change')).toHaveLength(34 + 40);
  });

  it('网格员看得到自己网格的人，号码遮住；看完整的要写用途，留下记录', async () => {
    const { id, name, phone } = invented(1);
    const [line] = await find(id);
    expect(line).toMatchObject({ name, phone: `139****${phone.slice(-4)}`, idNumber: `4399**********${id.slice(-4)}` });
    expect(await find(phone)).toHaveLength(1);
    expect(await find(name)).toMatchObject([{ id: line.id }]);
    expect(await find('张三')).toEqual([]);
    const { body } = await worker.get(`/api/residents/${line.id}`);
    expect(body.facts.find(({ field }: Fact) => field === 'person.phone')).toMatchObject({
      ...{ isMasked: true, setBy: '孙丽', source: '居民信息表.xlsx 居民!4', toldOn: '2026-02-28', isStale: false },
    });
    expect(JSON.stringify(body)).not.toContain(phone);
    expect(await worker.post(`/api/residents/${line.id}/disclose`, { reason: '' })).toMatchObject({ status: 422 });
    const shown = await worker.post(`/api/residents/${line.id}/disclose`, { reason: '上门前联系本人' });
    expect(shown.body.values).toContainEqual({ field: 'person.phone', value: phone });
    expect(await sql(`select body from entry where kind = 'ledger.disclosed'`)).toEqual([
      { body: { fields: expect.arrayContaining(['person.phone', 'person.id_number']) } },
    ]);
  });

  it('下个月的表：改动说出旧值新值；网格员后来问到的更新，不被旧表盖掉', async () => {
    const one = invented(2);
    const [{ id }] = await find(one.id);
    const entered = await worker.post(`/api/residents/${id}/facts`, {
      values: { 'person.phone': '13755550001', 'person.occupation': '木工' },
    });
    expect(entered).toMatchObject({ status: 200, body: { fields: 2 } });
    const before = rowOf(one, 3).with(5, '13755550002');
    // Told of a day before the worker asked.
    const { body } = await send([before], '2026-02-20');
    expect((await look(body.batchId)).counts).toEqual({ conflict: 1 });
    // Told of a later day: both are taken.
    clock.advance(3 * DAY);
    const later = await taken([before.with(8, '888')], day(0));
    const { told } = await look(later);
    expect(told[0].changes.map(({ field, from, to, taken: isTaken }: Changed) => [field, from, to, isTaken])).toEqual([
      ['person.phone', '137****0001', '137****0002', true],
      ['place.door', one.door, '888', true],
    ]);
    const values = async () =>
      Object.fromEntries(
        (await worker.get(`/api/residents/${id}`)).body.facts.map(({ field, value }: Fact) => [field, value]),
      );
    expect(await values()).toMatchObject({
      'person.phone': '137****0002',
      'place.door': '888',
      'person.occupation': '木工',
    });
    expect(await find('13755550002')).toHaveLength(1);

    // A value entered since stays when the batch is taken back, and what it had changed comes back.
    await worker.post(`/api/residents/${id}/facts`, { values: { 'person.occupation': '瓦工' } });
    expect(await act(later, 'undo')).toMatchObject({ status: 200 });
    expect((await look(later)).stage).toBe('undone');
    expect(await values()).toMatchObject({
      'person.phone': '137****0001',
      'place.door': one.door,
      'person.occupation': '瓦工',
    });
    expect(await find('13755550002')).toEqual([]);
  });

  it('整批撤回：新来的人没有了，密钥也没有了；三十天以后不能整批撤', async () => {
    const batch = await taken(people(60, 64));
    const [{ id }] = await find(invented(60).id);
    const [{ keyId }] = (await sql<{ keyId: string }>('select key_id as "keyId" from ledger_record where id = $1', [
      id,
    ])) as [{ keyId: string }];
    await act(batch, 'undo');
    expect(await worker.get(`/api/residents/${id}`)).toMatchObject({ status: 404 });
    expect(await sql('select 1 from data_key where id = $1', [keyId])).toEqual([]);
    expect(await sql('select 1 from ledger_mark where record_id = $1', [id])).toEqual([]);
    const old = await taken(people(60, 62));
    clock.advance(31 * DAY);
    expect(await act(old, 'undo')).toMatchObject({ status: 409, body: { code: 'ledger.undo_late' } });
  });

  it('后一张表说的一样，先一张撤回，人还在；手工改过的人留着，说出有几个', async () => {
    const [first, second] = [await taken(people(300, 304)), await taken(people(301, 304), day(0))];
    expect((await look(second)).counts).toEqual({ same: 3 });
    await act(first, 'undo');
    expect(await find(invented(300).id)).toEqual([]);
    expect(await find(invented(302).id)).toHaveLength(1);
    const [{ id }] = await find(invented(303).id);
    await worker.post(`/api/residents/${id}/facts`, { values: { 'person.occupation': '木工' } });
    await act(second, 'undo');
    expect(await look(second)).toMatchObject({ stage: 'undone', kept: 1 });
    const { body } = await worker.get(`/api/residents/${id}`);
    const said = Object.fromEntries(body.facts.map(({ field, value }: Fact) => [field, value]));
    expect(said).toMatchObject({ 'person.name': invented(303).name, 'person.occupation': '木工' });
    expect(await find(invented(302).id)).toEqual([]);
  });

  it('一张表里两行说的是同一个人，各凭各的认出来：两行都算数', async () => {
    await taken(people(310, 311));
    const one = invented(310);
    const byNumber = rowOf(one, 1).with(1, `${one.name}甲`).with(5, '').with(8, '901');
    const byPhone = rowOf(one, 2).with(4, '').with(3, '').with(8, '').with(9, '是');
    const batch = await taken([byNumber.with(9, ''), byPhone], day(0));
    expect((await look(batch)).counts).toEqual({ changed: 2 });
    const [{ id }] = await find(one.id);
    const { body } = await worker.get(`/api/residents/${id}`);
    const said = Object.fromEntries(body.facts.map(({ field, value }: Fact) => [field, value]));
    expect(said).toMatchObject({ 'place.door': '901', 'person.lives_alone': 'yes' });
  });

  it('入账时和核对时不一样了：数按实际的，那一行说出来', async () => {
    const sentTwice = [await send(people(320, 322)), await send(people(320, 322).map((row) => row.with(8, '777')))];
    const [first, second] = sentTwice.map(({ body }) => body.batchId as string);
    expect((await look(second ?? '')).counts).toEqual({ new: 2 });
    await act(first ?? '', 'take');
    await act(second ?? '', 'take');
    expect(await look(second ?? '')).toMatchObject({ stage: 'taken', counts: { changed: 2 } });
    expect(await find(invented(320).id)).toHaveLength(1);
  });

  it('社区并到别处以后，核对好的表照样入账', async () => {
    const { body } = await send(people(330, 331));
    await sql(`update ledger_batch set area_id = $2 where id = $1`, [body.batchId, idOf(1, 'area', 'county')]);
    await act(body.batchId, 'take');
    expect((await look(body.batchId)).stage).toBe('taken');
    expect(await find(invented(330).id)).toHaveLength(1);
  });

  it('列认错了：改过来再核对，下次同样的表头记得', async () => {
    const rows = people(70, 72);
    const { body } = await send(rows);
    const columns = { columns: [{ table: 0, column: 'H', field: 'place.compound' }] };
    expect(await head.post(`/api/ledger-batches/${body.batchId}/columns`, columns)).toMatchObject({ status: 200 });
    await settle();
    const nonsense = { columns: [{ table: 0, column: 'ZZ', field: 'place.compound' }] };
    expect(await head.post(`/api/ledger-batches/${body.batchId}/columns`, nonsense)).toMatchObject({
      status: 422,
      body: { code: 'ledger.wrong_column' },
    });
    await act(body.batchId, 'take');
    const again = await send(rows);
    const { tables, counts } = await look(again.body.batchId);
    expect(tables[0].columns.find(({ column }: { column: string }) => column === 'H')).toMatchObject({
      field: 'place.compound',
      by: 'memory',
    });
    expect(counts).toEqual({ same: 2 });
    expect(await act(again.body.batchId, 'take')).toMatchObject({ status: 200 });
  });
});

describe('大的表', () => {
  it('一千多行分三段入账，三段撤回；同一段做两遍只算一次', async () => {
    const before = await sql('select 1 from ledger_record');
    const batch = await taken(people(1000, 2100));
    expect(await sql('select 1 from ledger_record')).toHaveLength(before.length + 1100);
    const told = await sql<{ id: string }>(`select id from entry where kind = 'ledger.taking' and record_id = $1`, [
      batch,
    ]);
    expect(told).toHaveLength(2);
    const [next] = ledgerReactions;
    for (const { id } of told) if (next) await runReaction(county.runtime, next, 1, id);
    expect(await sql('select 1 from ledger_record')).toHaveLength(before.length + 1100);
    await act(batch, 'undo');
    expect(await sql('select 1 from ledger_record')).toHaveLength(before.length);
    expect((await look(batch)).stage).toBe('undone');
  });

  it('一个月以后，文件和逐行的话都不再保存，密钥也没有了；入了账的还在', async () => {
    const batch = await taken(people(2200, 2202));
    const kept = await sql('select 1 from ledger_record');
    clock.advance(31 * DAY);
    while ((await batchRetention.run(county.runtime, 1, throwFault)) > 0);
    expect(await look(batch)).toMatchObject({ stage: 'taken', fileName: null, told: [] });
    expect(await sql('select 1 from ledger_part where batch_id = $1', [batch])).toEqual([]);
    expect(
      await sql(`select 1 from data_key where subject_kind = 'ledger_batch' and subject_id = $1`, [batch]),
    ).toEqual([]);
    expect(await sql('select 1 from ledger_record')).toHaveLength(kept.length);
    expect(await find(invented(2200).id)).toHaveLength(1);
  });
});

describe('不行的', () => {
  it('没有姓名一列、不是表格、没有文件、不是自己的地方、不是这个岗位：说清楚，什么也没有留下', async () => {
    const before = await sql('select 1 from ledger_batch');
    const upload = (name: string, bytes: Buffer, areaId = station, who: Person = head) =>
      who.upload('/api/ledger-batches', { commandId: randomUUID(), areaId, toldOn: day(-2) }, [{ name, bytes }]);
    const csv = Buffer.from('企业名称,从业人数\n望港五金厂,12\n');
    expect(await upload('a.csv', csv)).toMatchObject({ status: 422, body: { code: 'ledger.other_table' } });
    expect(await upload('a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]))).toMatchObject({
      body: { code: 'workbook.not_a_table' },
    });
    expect(await upload('a.csv', Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: 'ledger.empty_file' } });
    const good = await workbook(people(80, 81));
    expect(await upload('a.xlsx', good, idOf(1, 'area', 'park'))).toMatchObject({
      status: 403,
      body: { code: 'ledger.not_here' },
    });
    expect(await upload('a.xlsx', good, station, worker)).toMatchObject({ status: 403 });
    expect(await upload('a.xlsx', good, station, anyone)).toMatchObject({ status: 401 });
    expect(await sql('select 1 from ledger_batch')).toHaveLength(before.length);
  });

  it('别的社区的人读不到这里的台账和文件；重名同号的不说在哪里', async () => {
    const other = await as('高明');
    const one = invented(4);
    expect(await find(one.id, other)).toEqual([]);
    const [{ id }] = await find(one.id, head);
    expect(await other.get(`/api/residents/${id}`)).toMatchObject({ status: 404 });
    const { body } = await send(
      [rowOf({ ...one, grid: '青园第一网格' }, 1)],
      '2026-03-01',
      other,
      idOf(1, 'area', 'park'),
    );
    const looked = await look(body.batchId, other);
    expect(looked.counts).toEqual({ elsewhere: 1 });
    expect(JSON.stringify(looked)).not.toContain('二运');
    expect(await head.get(`/api/ledger-batches/${body.batchId}`)).toMatchObject({ status: 404 });
  });

  it('别的社区同名同日生的、同楼同门牌的，是两个人；户号只在自己社区里算', async () => {
    const other = await as('高明');
    const bare = (grid: string, household: string) =>
      rowOf({ ...invented(4, grid), id: '', phone: '' }, 1)
        .with(4, '')
        .with(5, '')
        .concat(household);
    const bytes = (grid: string) =>
      Buffer.from(
        [[...titles, '户号'], bare(grid, '1号户'), bare(grid, '1号户').with(1, '同户人').with(3, '1990-01-01')]
          .map((row) => row.join(','))
          .join('\n'),
      );
    const bring = async (who: Person, key: string, grid: string) => {
      const form = { commandId: randomUUID(), areaId: idOf(1, 'area', key), toldOn: day(0) };
      const sent = await who.upload('/api/ledger-batches', form, [{ name: 'a.csv', bytes: bytes(grid) }]);
      await settle();
      const { counts } = await look(sent.body.batchId, who);
      await who.post(`/api/ledger-batches/${sent.body.batchId}/take`);
      await settle();
      return counts;
    };
    // He stands in the ledger of this community already, with his number.
    expect(await bring(head, 'station', '二运第一网格')).toEqual({ changed: 1, new: 1 });
    expect(await bring(other, 'park', '青园第一网格')).toEqual({ new: 2 });
    const clerk = await as('何静');
    const [one] = (await find('同户人', other)) as { id: string }[];
    const { body } = await clerk.get(`/api/residents/${one?.id}`);
    expect(body.household).toMatchObject([{ name: invented(4).name }]);
  });

  it('更正填得不对：说哪一项为什么，一样也不改', async () => {
    const [{ id }] = await find(invented(5).id);
    const refused = await worker.post(`/api/residents/${id}/facts`, {
      values: { 'person.phone': '12', 'person.name': ' ', 'casefile.words': 'x', 'person.occupation': '司机' },
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'ledger.wrong_value' } });
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'values.person.phone',
      'values.person.name',
      'values.casefile.words',
    ]);
    const { body } = await worker.get(`/api/residents/${id}`);
    expect(body.facts.some(({ field }: Fact) => field === 'person.occupation')).toBe(false);
  });

  it('本人要求删除：数据、索引、密钥都没有了；别的人还在', async () => {
    const [{ id }] = await find(invented(6).id);
    expect(await worker.post(`/api/residents/${id}/forget`, { reason: '本人申请' })).toMatchObject({ status: 403 });
    expect(await head.post(`/api/residents/${id}/forget`, { reason: '本人申请' })).toMatchObject({ status: 200 });
    await settle();
    expect(await find(invented(6).id)).toEqual([]);
    expect(await sql('select 1 from ledger_change where record_id = $1', [id])).toEqual([]);
    expect(await sql('select 1 from destroyed_key where reason = $1', ['asked'])).toHaveLength(1);
    expect(await find(invented(8).id)).toHaveLength(1);
  });
});

interface Fact {
  readonly field: string;
  readonly value: string;
}
interface Told {
  readonly where: string;
  readonly faults: readonly { column: string | null; says: { zh: string } }[];
}
interface Changed extends Fact {
  readonly from: string;
  readonly to: string;
  readonly taken: boolean;
}
