import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../../../seeds/small/plan.ts';
import { openCounty } from '../../../../test/harness.ts';
import { invented, rowOf, titles } from './fixtures/people.ts';

/** By hand the same rules hold as for files, and what still is so is said so. */
const { as, settle, sql, clock } = await openCounty();
const [head, worker] = [await as('孙丽'), await as('王秀兰')];
const [one, two] = [invented(1), invented(2)];
let [first, second] = ['', ''];

const find = async (words: string) => (await head.post('/api/residents/find', { words })).body.rows;
const enter = (id: string, values: Record<string, string>, confirmed?: string[]) =>
  worker.post(`/api/residents/${id}/facts`, { values, ...(confirmed && { confirmed }) });
const factsOf = async (id: string): Promise<Map<string, { value: string; toldOn: string; isStale: boolean }>> =>
  new Map(
    (await worker.get(`/api/residents/${id}`)).body.facts.map((fact: { field: string; value: string }) => [
      fact.field,
      fact,
    ]),
  );
const faultsOf = ({ body }: { body: { errors?: { path: string; says?: { zh: string }; message?: string }[] } }) =>
  JSON.stringify(body.errors);

beforeAll(async () => {
  const rows = [titles, rowOf(one, 1).with(4, ''), rowOf(two, 2), rowOf(invented(3), 3).with(5, '0731-88880001')];
  const bytes = Buffer.from(rows.map((row) => row.join(',')).join('\n'));
  const form = { commandId: randomUUID(), areaId: idOf(1, 'area', 'station'), toldOn: '2025-02-28' };
  const sent = await head.upload('/api/ledger-batches', form, [{ name: '居民.csv', bytes }]);
  await settle();
  await head.post(`/api/ledger-batches/${sent.body.batchId}/take`);
  await settle();
  first = (await find(one.name))[0].id;
  second = (await find(two.name))[0].id;
});

describe('当面更正，与表格一样核对', () => {
  it('别人的身份证号、与身份证号对不上的生日和性别、负的人数：写在那一格旁边，一样也不改', async () => {
    const taken = await enter(first, { 'person.id_number': two.id, 'person.occupation': '司机' });
    expect(taken).toMatchObject({ status: 422, body: { code: 'ledger.wrong_value' } });
    expect(faultsOf(taken)).toContain('values.person.id_number');
    expect(faultsOf(taken)).toContain('已登记在另一个人名下');
    expect(JSON.stringify(taken.body)).not.toContain(second);
    const other = invented(5).id;
    expect(faultsOf(await enter(first, { 'person.id_number': other }))).toContain('出生日期与登记的不同');
    const wrong = await enter(second, { 'person.born_on': '1950-01-01', 'person.sex': two.sex === '男' ? '女' : '男' });
    expect(faultsOf(wrong)).toContain('values.person.born_on');
    expect(faultsOf(wrong)).toContain('values.person.sex');
    expect(faultsOf(wrong)).toContain('与身份证号里的性别不同');
    expect(faultsOf(await enter(first, { 'household.size': '-3' }))).toContain('不是人数');
    expect((await factsOf(first)).has('person.occupation')).toBe(false);
  });

  it('对得上的都收：自己的号、只到月的生日；原来就对不上的不挡别的更正', async () => {
    expect(await enter(first, { 'person.id_number': one.id })).toMatchObject({ status: 200 });
    expect(await enter(first, { 'person.id_number': one.id })).toMatchObject({ status: 200, body: { fields: 0 } });
    expect(await enter(first, { 'person.born_on': one.bornOn.slice(0, 7) })).toMatchObject({ status: 200 });
    expect(await enter(first, { 'person.sex': one.sex === '男' ? 'male' : 'female' })).toMatchObject({ status: 200 });
    // An identity number taken away may be given to whoever it belongs to.
    expect(await enter(second, { 'person.id_number': '' })).toMatchObject({ status: 200 });
    expect(await enter(second, { 'person.id_number': two.id })).toMatchObject({ status: 200 });
  });
});

describe('仍然如此', () => {
  it('问过、没有变的，按今天的算；没有登记的项目确认不了', async () => {
    expect((await factsOf(second)).get('person.phone')).toMatchObject({ toldOn: '2025-02-28', isStale: true });
    expect(await enter(second, {}, ['person.phone'])).toMatchObject({ status: 200, body: { fields: 1 } });
    const today = clock.now().toISOString().slice(0, 10);
    const after = (await factsOf(second)).get('person.phone');
    expect(after).toMatchObject({ toldOn: today, isStale: false, value: `139****${two.phone.slice(-4)}` });
    expect(faultsOf(await enter(second, {}, ['person.health']))).toContain('person.health');
    expect(await enter(second, { 'person.phone': '13755550001' }, ['person.phone'])).toMatchObject({ status: 200 });
    expect((await factsOf(second)).get('person.phone')).toMatchObject({ value: '137****0001' });
    const said = await sql(
      `select body from entry where kind = 'ledger.facts_entered' and record_id = $1 and body ? 'confirmed'`,
      [second],
    );
    expect(said).toEqual([{ body: { fields: [], confirmed: ['person.phone'] } }]);
  });
});

it('电话怎么写都找得到', async () => {
  for (const words of ['0731-88880001', '073188880001', '（0731）88880001'])
    expect(await find(words), words).toHaveLength(1);
  const spoken = one.phone.replace(/^(...)(....)(....)$/, '$1-$2-$3');
  for (const words of [`+86 ${spoken}`, `0086${one.phone}`, ` ${spoken} `])
    expect(await find(words), words).toHaveLength(1);
  expect(await find(one.id.toLowerCase())).toHaveLength(1);
});
