import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { book, creditCode, firmLabels, houseLabels, secretary } from '../../../../../test/fixtures/ledger_books.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { area } from '../../../../../test/telling.ts';

/** What is no person is registered twice as well: a house, a shop, a dog. */
const county = await openCounty();
const head = await county.as('孙丽');
const elsewhere = await county.as('高明');
const { taken, find, read, enter } = secretary(county, head);
const GRID = '二运第一网格';

const pairs = async (ledger: string, at = 'station', who = head) =>
  (await who.get(`/api/areas/${area(at)}/duplicates?ledger=${ledger}`)).body.rows.map(
    ({ one, other, because }: Pair) => ({
      ids: [one.id, other.id].sort(),
      because: because.map(({ zh }) => zh),
    }),
  );
async function merge(kept: string, gone: string, choose: object = {}) {
  const { pair } = (await head.get(`/api/residents/${kept}/beside?other=${gone}`)).body;
  const seen = { kept: pair?.kept.changedAt ?? NEVER, gone: pair?.gone.changedAt ?? NEVER };
  return head.post(`/api/residents/${kept}/merge`, { other: gone, choose, seen });
}
const NEVER = '2026-01-01T00:00:00.000Z';
const said = async (id: string) =>
  Object.fromEntries((await read(id)).facts.map(({ field, value }: Fact) => [field, value]));

const house = (door: string, owner: string, phone: string): string[] =>
  ['1', GRID, '青园小区', '3栋', '2单元', door, owner, phone, '砖混', '6层', '1998年', '否'].map(String);
const firm = (name: string, code: string, boss: string): string[] =>
  ['1', name, code, boss, '13973370001', '零售', '3', '', GRID].map(String);

describe('房屋', () => {
  it('门牌改对以后是同一处：提示、合并、旧号也找得到；拆开各自拿回', async () => {
    await taken('houses', await book(houseLabels, [house('401', '房主甲', '13973360001')]));
    await taken('houses', await book(houseLabels, [house('410', '房主乙', '13973360002')]));
    const [one, two] = [
      (await find('houses', '13973360001'))[0].id as string,
      (await find('houses', '13973360002'))[0].id as string,
    ];
    expect(await pairs('houses')).toEqual([]);
    await enter(two, { 'place.door': '401' });
    expect(await pairs('houses')).toEqual([{ ids: [one, two].sort(), because: ['门牌相同', '楼栋和房号相同'] }]);
    expect(await pairs('residents')).toEqual([]);
    expect((await head.get(`/api/residents/${one}/beside`)).body.alike[0].other.id).toBe(two);
    const { status, body } = await merge(one, two, { 'house.owner': 'kept' });
    expect(status).toBe(200);
    expect(await said(one)).toMatchObject({ 'place.door': '401', 'house.owner': '房主甲' });
    expect((await find('houses', '13973360002'))[0].id).toBe(one);
    expect((await read(two)).id).toBe(one);
    const undone = await head.post(`/api/residents/${one}/unmerge`, { merge: body.mergeId });
    expect(undone).toMatchObject({ status: 200, body: { otherId: two } });
    expect(await said(two)).toMatchObject({ 'place.door': '401', 'house.owner': '房主乙' });
  });

  it('两个社区里一样的门牌是两处：在街道看也不提示', async () => {
    const there = secretary(county, elsewhere, 'park');
    const alone = (code: string): string[] => ['1', code, '', '9栋', '1单元', '901', '房主丙', '', '', '', '', ''];
    await taken('houses', await book(houseLabels, [alone(GRID)]));
    await there.taken('houses', await book(houseLabels, [alone('青园第一网格')]));
    const registrar = await county.as('何静');
    const found = await pairs('houses', 'east', registrar);
    expect(found.filter(({ because }: { because: string[] }) => because.length === 0)).toEqual([]);
    const ids = (await find('houses', '9栋1单元901', registrar)).map(({ id }: { id: string }) => id);
    expect(ids).toHaveLength(2);
    expect(found.some((pair: { ids: string[] }) => pair.ids.join() === [...ids].sort().join())).toBe(false);
  });
});

describe('企业和自建台账', () => {
  it('同名同负责人的提示；信用代码不同的是两家', async () => {
    await taken('enterprises', await book(firmLabels, [firm('安平商店', creditCode(1), '店主甲')]));
    await taken('enterprises', await book(firmLabels, [firm('安平商店', '', '店主乙')]));
    const [one, two] = (await find('enterprises', '安平商店')).map(({ id }: { id: string }) => id);
    expect(await pairs('enterprises')).toEqual([]);
    const without = (await said(one))['enterprise.head'] === '店主乙' ? one : two;
    await enter(without, { 'enterprise.head': '店主甲' });
    expect(await pairs('enterprises')).toEqual([
      { ids: [one, two].sort(), because: ['名称和法定代表人相同', '名称相同'] },
    ]);
    await enter(without, { 'enterprise.credit_code': creditCode(2) });
    expect(await pairs('enterprises')).toEqual([]);
  });

  it('自建台账里的两条：并得起来；认定是两条的，认定错了能撤回；和居民并不到一起', async () => {
    const station = area('station');
    const dogs = { areaId: station, name: '养犬台账', unit: '只', called: '犬名', usedFor: '打疫苗和走失时找主人' };
    const ledger = `own-${(await head.post('/api/own-ledgers', dogs)).body.ledgerId}`;
    const add = async (name: string, phone: string) => {
      const values = { 'thing.name': name, 'work.answerable_phone': phone };
      return (await head.post('/api/residents', { areaId: area('station-1'), ledger, values })).body.recordId as string;
    };
    const [one, two] = [await add('旺财', '13900000081'), await add('来福', '13900000082')];
    await enter(two, { 'thing.name': '旺财' });
    const pair = { ids: [one, two].sort(), because: ['犬名相同'] };
    expect(await pairs(ledger)).toEqual([pair]);

    const act = (way: string, commandId?: string) =>
      head.post(`/api/residents/${one}/${way}`, { other: two }, commandId);
    expect(await act('apart/undo')).toMatchObject({ status: 409, body: { code: 'merge.not_apart' } });
    expect(await act('apart')).toMatchObject({ status: 200 });
    expect(await pairs(ledger)).toEqual([]);
    const { apart } = (await head.get(`/api/residents/${two}/beside`)).body;
    expect(apart).toMatchObject([{ other: { id: one, name: '旺财' }, by: '孙丽' }]);
    const command = randomUUID();
    expect(await act('apart/undo', command)).toMatchObject({ status: 200 });
    expect((await act('apart/undo', command)).body.repeated).toBe(true);
    expect(await pairs(ledger)).toEqual([pair]);

    await head.post('/api/residents', {
      ...{
        areaId: area('station-1'),
        ledger: 'residents',
        values: { 'person.name': '周旺财', 'person.phone': '13900000083' },
      },
    });
    const [person] = await find('residents', '周旺财');
    expect(await merge(one, person.id)).toMatchObject({ status: 422, body: { code: 'merge.two_ledgers' } });
    expect(await merge(one, two)).toMatchObject({ status: 200, body: { recordId: one } });
    expect((await find(ledger, '13900000082'))[0].id).toBe(one);
    expect(await pairs(ledger)).toEqual([]);
  });
});

interface Fact {
  readonly field: string;
  readonly value: string;
}
interface Pair {
  readonly one: { readonly id: string };
  readonly other: { readonly id: string };
  readonly because: readonly { readonly zh: string }[];
}
