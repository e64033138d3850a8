import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { idOf } from '../../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../../test/harness.ts';

/** Which column holds what, put right by hand: what was taken from a column stays taken, and nothing goes silently. */
const { as, settle } = await openCounty();
const head = await as('孙丽');
const csv = Buffer.from('姓名,电话,家里电话\n白一山,13900000001,13900000002\n');

async function send(): Promise<string> {
  const form = { commandId: randomUUID(), areaId: idOf(1, 'area', 'station'), toldOn: '2026-02-28' };
  const sent = await head.upload('/api/ledger-batches', form, [{ name: '居民.csv', bytes: csv }]);
  await settle();
  return `/api/ledger-batches/${sent.body.batchId}`;
}
const columnsOf = async (at: string) =>
  (await head.get(at)).body.tables[0].columns.map(({ column, field, by }: Record<string, string>) => [
    ...[column, field],
    by,
  ]);
const map = (at: string, ...columns: [string, string | null][]) =>
  head.post(`${at}/columns`, { columns: columns.map(([column, field]) => ({ table: 0, column, field })) });

it('换给另一列的项目，下次同样的表头也不回到原来那一列', async () => {
  const at = await send();
  expect((await columnsOf(at))[1]).toEqual(['B', 'person.phone', 'alias']);
  expect(await map(at, ['C', 'person.phone'])).toMatchObject({ status: 200 });
  await settle();
  const said = [
    ['B', null, 'hand'],
    ['C', 'person.phone', 'hand'],
  ];
  expect((await columnsOf(at)).slice(1)).toEqual(said);
  // What was said of a file that is still to be mended holds for the mended one already.
  expect((await columnsOf(await send())).slice(1).map(([, field]: string[]) => field)).toEqual([null, 'person.phone']);
  await head.post(`${at}/take`);
  await settle();
  expect((await columnsOf(await send())).slice(1)).toEqual([
    ['B', null, 'memory'],
    ['C', 'person.phone', 'memory'],
  ]);
});

it('一次把两列当作同一项：不收，说为什么，原来的不动；两列互换可以', async () => {
  const at = await send();
  const before = await columnsOf(at);
  const refused = { status: 422, body: { code: 'ledger.wrong_column' } };
  expect(await map(at, ['B', 'row.remark'], ['C', 'row.remark'])).toMatchObject(refused);
  expect(await map(at, ['B', 'row.remark'], ['B', 'person.phone'])).toMatchObject(refused);
  const nowhere = { columns: [{ table: 7, column: 'B', field: 'row.remark' }] };
  expect(await head.post(`${at}/columns`, nowhere)).toMatchObject(refused);
  expect(await columnsOf(at)).toEqual(before);
  expect(await map(at, ['B', 'person.phone'], ['C', 'row.remark'])).toMatchObject({ status: 200 });
  await settle();
  expect(await map(at, ['C', 'person.phone'], ['B', 'row.remark'])).toMatchObject({ status: 200 });
  await settle();
  expect((await columnsOf(at)).slice(1).map(([, field]: string[]) => field)).toEqual(['row.remark', 'person.phone']);
});
