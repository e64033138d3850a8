import { expect, it } from 'vitest';
import { idOf } from '../../../../../seeds/small/plan.ts';
import { book, secretary } from '../../../../../test/fixtures/ledger_books.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { throwFault } from '../../../../kernel/sweep.ts';
import { followSweep } from '../../acts/index.ts';
import { invented, rowOf, titles } from '../fixtures/people.ts';

/** Own fields follow their area when the tree is changed. */
const county = await openCounty();
const head = await county.as('孙丽');
const worker = await county.as('王秀兰');
const other = await county.as('高明');
const town = await county.as('何静');
const { taken, find, read, enter } = secretary(county, head);
const [station, park, east, river] = ['station', 'park', 'east', 'river'].map((key) => idOf(1, 'area', key)) as [
  string,
  string,
  string,
  string,
];

const asked = { ledger: 'residents', aliases: [], help: '', usedFor: '测试', choices: [], freshMonths: null };
async function added(form: object, by = head): Promise<{ id: string; code: string }> {
  const { body } = await by.post('/api/own-fields', {
    ...asked,
    areaId: station,
    kind: 'text',
    sensitive: true,
    ...form,
  });
  return { id: body.fieldId, code: (await by.get(`/api/own-fields/${body.fieldId}`)).body.code };
}
const people = (n: number, label: string, ...values: string[]) =>
  book(
    [...titles, label],
    values.map((value, i) => [...rowOf(invented(n + i), i), value]),
  );

const sweep = async () => {
  while ((await followSweep.run(county.runtime, 1, throwFault)) > 0);
};

it('社区移到别的街道，字段跟着走；并进别的社区，在并进去的整个社区里用；停用的随后跟上', async () => {
  const admin = await county.as('管理员');
  for (const [by, areaId] of [
    [head, station],
    [other, park],
  ] as const)
    await added({ name: '结对志愿者', areaId }, by);
  const { id, code } = await added(
    { areaId: park, name: '楼道充电', kind: 'yes_no', sensitive: false, aliases: [] },
    other,
  );
  const old = await added({ areaId: park, name: '从前的', aliases: [] }, other);
  await other.post(`/api/own-fields/${old.id}/retire`);
  expect(await admin.post(`/api/areas/${park}/move`, { parentId: river })).toMatchObject({ status: 200 });
  expect((await other.get(`/api/own-fields/${id}`)).body).toMatchObject({ mayChange: true, area: '青园社区' });
  expect(await town.get(`/api/own-fields/${id}`)).toMatchObject({ status: 404 });
  expect(await admin.post(`/api/areas/${park}/move`, { parentId: east })).toMatchObject({ status: 200 });
  await sweep();
  const form = { areaIds: [park], intoId: station };
  const { body } = await admin.post('/api/areas/merge/preview', form);
  expect(body.records).toContainEqual(expect.objectContaining({ table: 'own_field', open: 2, closed: 1 }));
  expect(await admin.post('/api/areas/merge', form)).toMatchObject({ status: 200 });
  await sweep();
  expect((await head.get(`/api/own-fields/${id}`)).body).toMatchObject({ area: '二运社区', mayChange: true });
  expect((await worker.get(`/api/own-fields/${old.id}`)).body.retiredAt).not.toBeNull();
  await taken('residents', await people(80, '别的', ''));
  const [record] = await find('residents', invented(80).name);
  expect(await enter(record.id, { [code]: '是' }, worker)).toMatchObject({ status: 200 });
  // Two of one name stand beside each other; a file fills the one it knew, which somebody may put right.
  const both = (await head.get(`/api/areas/${station}/own-fields`)).body;
  expect(both.filter(({ name }: { name: string }) => name === '结对志愿者')).toHaveLength(2);
});

it('一个地方的字段用索引找，别处有多少都不拿出来', async () => {
  await county.sql(`insert into own_field select realm, gen_random_uuid(), ledger, area_id, 5000000 + n, 5000000 + n, kind, secrecy,
    name || n, aliases, help, choices, fresh_months, used_for, person_id, added_at, retired_by, retired_at
    from own_field, generate_series(1, 2000) n where name = '结对志愿者' limit 2000`);
  await county.sql('analyze own_field');
  const [record] = await find('residents', invented(80).name);
  const no = (await county.sql<{ no: number }>('select no from area where id = $1', [station]))[0]?.no;
  const plan = await county.sql<Record<string, string>>(
    `explain select * from own_field where realm = 1 and ledger = 'residents' and scope_no <= ${no} and last_no >= ${no}`,
  );
  expect(JSON.stringify(plan)).toContain('own_field_in_scope');
  expect((await read(record.id)).added.length).toBeLessThan(20);
});
