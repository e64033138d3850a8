import { randomUUID } from 'node:crypto';
import { read } from 'hucre';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../seeds/small/plan.ts';
import { openCounty } from '../../../test/harness.ts';
import { invented, rowOf, titles } from '../../domains/land/registry/fixtures/people.ts';
import { exportRetention } from '../../domains/land/registry/index.ts';
import { throwFault } from '../../kernel/sweep.ts';
import { textOf } from './fixtures/book.ts';
import { understandBytes } from './workbook.outside.ts';

/** The residents' ledger of an area goes out as a workbook, and what goes out comes back in. */
const county = await openCounty();
const { as, clock, runtime, settle, sql } = county;
const head = await as('孙丽');
const worker = await as('王秀兰');
const [station, grid, park] = ['station', 'station-1', 'park'].map((key) => idOf(1, 'area', key));
type Person = Awaited<ReturnType<typeof as>>;

const people = Array.from({ length: 620 }, (_, i) => invented(i, i < 20 ? '二运第一网格' : '二运第二网格'));
const csv = (rows: readonly string[][]): Buffer =>
  Buffer.from([titles, ...rows].map((row) => row.join(',')).join('\n'));
async function send(bytes: Buffer, name: string) {
  const form = { commandId: randomUUID(), areaId: station as string, toldOn: '2026-02-28' };
  const { body } = await head.upload('/api/ledger-batches', form, [{ name, bytes }]);
  await settle();
  return body.batchId as string;
}
const batch = await send(
  csv(people.map((one, i) => (i === 30 ? rowOf(one, 31).with(2, '').with(3, '') : rowOf(one, i + 1)))),
  '居民.csv',
);
await head.post(`/api/ledger-batches/${batch}/take`);
await settle();

const takeOut = (who: Person, areaId: string | undefined, reason?: string, commandId = randomUUID()) =>
  who.post('/api/ledger-exports', { areaId, ...(reason && { reason }) }, commandId);
const fileOf = async (who: Person, id: string): Promise<Buffer> =>
  (await who.get(`/api/ledger-exports/${id}/file`)).raw;

describe('取出居民台账', () => {
  it('网格员取自己网格的：号码遮住；能打印、能筛选、能点选；自己的读表工具每一列都认得', async () => {
    const made = await takeOut(worker, grid);
    expect(made).toMatchObject({ status: 200, body: { rows: 20 } });
    const got = await worker.get(`/api/ledger-exports/${made.body.exportId}/file`);
    expect(decodeURIComponent(String(got.headers['content-disposition']))).toContain('二运第一网格居民台账');
    const xml = textOf(got.raw, 'xl/worksheets/sheet1.xml');
    for (const part of [
      'state="frozen"',
      'paperSize="9" orientation="landscape"',
      '"&#30007;,&#22899;"',
      '"&#26159;,&#21542;"',
      'numberStoredAsText',
    ])
      expect(xml).toContain(part);
    expect(textOf(got.raw, 'xl/workbook.xml')).toContain('!$1:$3');
    const texts = textOf(got.raw, 'xl/sharedStrings.xml');
    expect(texts).toContain('139****');
    for (const { id, phone } of people) expect(texts.includes(id) || texts.includes(phone)).toBe(false);
    const [sheet] = (await read(got.raw)).sheets;
    expect(sheet?.rows[0]?.[0]).toBe('二运第一网格居民台账');
    expect(String(sheet?.rows[1]?.[0])).toMatch(/截至 2026-\d\d-\d\d.*共 20 人.*王秀兰 取出.*遮住/);
    const { tables } = await understandBytes(got.raw);
    expect(tables).toMatchObject([{ rows: 20, title: '二运第一网格居民台账' }]);
    expect(tables[0]?.columns.filter(({ field }) => field === null)).toEqual([]);
    expect(tables[0]?.columns.map(({ field }) => field)).toEqual([
      ...['row.number', 'person.name', 'person.sex', 'person.born_on', 'person.id_number', 'person.phone'],
      ...['person.lives_alone', 'place.building', 'place.door', 'place.community', 'place.grid'],
    ]);
  });

  it('写明用途的完整，取出去的再传回来一个字不变；用途封存在流水里', async () => {
    const commandId = randomUUID();
    const made = await takeOut(head, station, '街道人口核对', commandId);
    expect(made).toMatchObject({ status: 200, body: { rows: 620 } });
    const again = await takeOut(head, station, '街道人口核对', commandId);
    expect(again.body).toEqual(made.body);
    const bytes = await fileOf(head, made.body.exportId);
    const looked = (await head.get(`/api/ledger-batches/${await send(bytes, '取出来的.xlsx')}`)).body;
    expect(looked.counts).toEqual({ same: 620 });
    expect(looked.tables[0].columns.filter(({ field, path }: Column) => field === null && path !== '序号')).toEqual([]);
    const noted = await sql<{ body: object }>(`select body from entry where kind = 'ledger.taken_out' order by id`);
    expect(noted.map(({ body }) => body)).toEqual([
      { areaId: grid, rows: 20, fields: [] },
      { areaId: station, rows: 620, fields: ['person.id_number', 'person.phone'] },
    ]);
    expect(await sql(`select 1 from entry where body::text like '%人口核对%'`)).toEqual([]);
  });

  it('遮住号码的表传回来：说号码遮住了，一行也不当成新来的人', async () => {
    const { body } = await takeOut(worker, grid);
    const sent = await send(await fileOf(worker, body.exportId), '遮住的.xlsx');
    const looked = (await head.get(`/api/ledger-batches/${sent}`)).body;
    expect(looked.counts).toEqual({ refused: 20 });
    expect(looked.told[0].faults[0].says.zh).toBe('号码被遮住了（*），请填完整的');
  });

  it('只取自己看得到的：别处、上级、网格员要完整号码、没有人的地方，都说为什么', async () => {
    expect(await takeOut(worker, station)).toMatchObject({ status: 403, body: { code: 'ledger.not_here' } });
    expect(await takeOut(head, park)).toMatchObject({ status: 403, body: { code: 'ledger.not_here' } });
    expect(await takeOut(worker, grid, '我想看')).toMatchObject({ status: 403, body: { code: 'out.masked_only' } });
    expect(await takeOut(head, idOf(1, 'area', 'station-3'))).toMatchObject({
      status: 422,
      body: { code: 'out.nobody' },
    });
    expect(await takeOut(head, station, '我')).toMatchObject({ status: 422 });
    for (const name of ['曹路', '管理员', '审计员'] as const)
      expect(await takeOut(await as(name), station)).toMatchObject({ status: 403 });
  });

  it('只有做的人拿得到；一天以后没有了，密钥也没有了，做过这件事还在', async () => {
    const { body } = await takeOut(head, station, '核对电话');
    const address = `/api/ledger-exports/${body.exportId}`;
    for (const name of ['何静', '王秀兰'] as const)
      expect(await (await as(name)).get(`${address}/file`)).toMatchObject({ status: 404 });
    expect((await head.get(address)).body).toMatchObject({ rows: 620, area: '二运社区', templateId: null });
    clock.advance(25 * 3_600_000);
    await exportRetention.run(runtime, 1, throwFault);
    expect(await head.get(`${address}/file`)).toMatchObject({ status: 410, body: { code: 'out.gone' } });
    expect((await head.get(address)).body).toMatchObject({ rows: 620, fileName: null });
    const keys = 'select 1 from data_key k join ledger_export e on e.id = $1 and k.id = e.file_key_id';
    expect(await sql(keys, [body.exportId])).toEqual([]);
  });
});

interface Column {
  readonly field: string | null;
  readonly path: string;
}
