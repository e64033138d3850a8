import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { book, firmLabels, houseLabels, secretary } from '../../../../../test/fixtures/ledger_books.ts';
import { idNumber } from '../../../../../test/fixtures/resident_book.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { area } from '../../../../../test/telling.ts';

/** Who belongs together: households by their number, people and houses by their door, and what holds when two tell of one. */
const county = await openCounty();
const { clock, settle, sql } = county;
const head = await county.as('孙丽');
const worker = await county.as('王秀兰');
const leader = await county.as('何静');
const ours = secretary(county, head);
const there = secretary(county, await county.as('高明'), 'park');
const DAY = 86_400_000;
const today = (): string => clock.now().toISOString().slice(0, 10);

const labels = '户号 姓名 与户主关系 身份证号 联系电话 所属网格 楼栋 门牌号 职业'.split(' ');
const id = (n: number) => idNumber('19600101', n);
const row = (n: number, household: string, name: string, relation: string, grid = '二运第一网格'): string[] => [
  ...[household, name, relation, id(n), `1397339000${n}`, grid, '青园小区3栋', '2-401', ''],
];
const family = [row(1, '12', '周大山', '户主'), row(2, '12', '林小桥', '配偶'), row(3, '13', '周小山', '户主')];

const householdsOf = async (at: string, who = head) =>
  (await who.get(`/api/areas/${area(at)}/households`)).body as {
    total: number;
    next: string | null;
    rows: { number: string; area: string; members: { id: string; name: string; phone: string }[] }[];
  };
const together = async (at: string, who = head) =>
  (await householdsOf(at, who)).rows.map(({ number, members }) => [number, members.map(({ name }) => name)]);
const idOfPerson = async (n: number): Promise<string> => (await ours.find('residents', id(n)))[0].id;
const said = async (recordId: string) =>
  Object.fromEntries((await ours.read(recordId)).facts.map(({ field, value }: Fact) => [field, value]));

describe('按户看', () => {
  it('一个社区里户号相同的在一起，户主在前；别的社区的同一个户号是另一户；电话遮住', async () => {
    await ours.taken('residents', await book(labels, [...family].reverse()));
    await there.taken('residents', await book(labels, [row(4, '12', '郑青园', '户主', '青园第一网格')]));
    expect((await together('station')).sort()).toEqual([
      ['12', ['周大山', '林小桥']],
      ['13', ['周小山']],
    ]);
    const { total, rows } = await householdsOf('county', leader);
    expect([total, rows.filter(({ number }) => number === '12').length]).toEqual([3, 2]);
    expect(rows.flatMap(({ members }) => members.map(({ phone }) => phone))).toContain('139****0001');
    expect(await together('station-2')).toEqual([]);
    const first = await head.get(`/api/areas/${area('station')}/households?most=1`);
    const second = await head.get(`/api/areas/${area('station')}/households?most=1&after=${first.body.next}`);
    expect(second.body.rows[0].number).not.toBe(first.body.rows[0].number);
    expect(await together('park', worker)).toEqual([]);
  });

  it('换户、搬到别的网格：当面改，两边的户都跟着变，经过里有', async () => {
    const bride = await idOfPerson(2);
    await ours.enter(bride, { 'household.number': '13', 'household.relation': '配偶' });
    expect((await together('station')).sort()).toEqual([
      ['12', ['周大山']],
      ['13', ['周小山', '林小桥']],
    ]);
    expect((await ours.read(await idOfPerson(1))).household).toEqual([]);
    await ours.enter(bride, { 'place.grid': area('station-2') });
    expect(await worker.get(`/api/residents/${bride}`)).toMatchObject({ status: 404 });
    expect(await together('station-1')).toEqual([
      ['13', ['周小山']],
      ['12', ['周大山']],
    ]);
    expect((await ours.read(bride)).history).toHaveLength(3);
    await ours.enter(bride, { 'household.number': '12', 'place.grid': area('station-1') });
  });
});

describe('分户、并户、换户', () => {
  // A door of their own: who else lives behind the first one is counted further down.
  const numberOf = (household: string, n: number, name: string, relation: string) =>
    row(n, household, name, relation).with(7, '2-501');
  const people = [
    numberOf('21', 6, '冯老大', '户主'),
    numberOf('21', 7, '冯妻', '配偶'),
    numberOf('21', 8, '冯儿', '之子'),
    numberOf('22', 9, '冯老二', '户主').with(7, '2-502'),
  ];
  const idsOf = (...ns: number[]) => Promise.all(ns.map(idOfPerson));
  const move = async (of: string, over: object, who = head, command = randomUUID()) => {
    const { household } = await ours.read(of);
    const seen = [of, ...household.map((one: { id: string }) => one.id)];
    return who.post(
      `/api/residents/${of}/household`,
      { kind: 'split', on: today(), number: '23', seen, ...over },
      command,
    );
  };

  it('从某一天起分出来：新的户号、新的户主；原来的户和经过都在；再提交一遍不多写', async () => {
    await ours.taken('residents', await book(labels, people));
    const [father, mother, son] = await idsOf(6, 7, 8);
    const command = randomUUID();
    const asked = { members: [son], head: son, on: '2026-03-01' };
    expect(await move(father ?? '', asked, head, command)).toMatchObject({ status: 200, body: { moved: 1 } });
    expect(await together('station')).toEqual(
      expect.arrayContaining([
        ['21', ['冯老大', '冯妻']],
        ['23', ['冯儿']],
      ]),
    );
    const fact = (await ours.read(son ?? '')).facts.find(({ field }: Fact) => field === 'household.number');
    expect(fact).toMatchObject({ value: '23', toldOn: '2026-03-01', setBy: '孙丽', source: null });
    expect(await said(son ?? '')).toMatchObject({ 'household.relation': '户主' });
    const seen = [father, mother, son];
    const again = { kind: 'split', number: '23', seen, ...asked };
    expect(await head.post(`/api/residents/${father}/household`, again, command)).toMatchObject({ status: 200 });
    expect((await ours.read(son ?? '')).history).toHaveLength(2);
  });

  it('不能的都说清楚，一样不改：不是这一户的、户号有人用、没有这个户号、门牌不同、全户都走、以后说的、还没有到的、看的时候变了', async () => {
    const [father, mother, son, uncle] = await idsOf(6, 7, 8, 9);
    const changes = await sql('select 1 from ledger_change');
    const refused = async (of: string | undefined, over: object, who = head) => {
      const { status, body } = await move(of ?? '', over, who);
      return [status, body.code];
    };
    expect(await refused(father, { members: [uncle] })).toEqual([422, 'household.not_of_it']);
    expect(await refused(father, { members: [mother], head: father })).toEqual([422, 'household.not_of_it']);
    expect(await refused(father, { members: [mother], number: '22' })).toEqual([409, 'household.number_taken']);
    expect(await refused(father, { members: [mother], kind: 'join', number: '99' })).toEqual([
      422,
      'household.no_such',
    ]);
    expect(await refused(father, { members: [mother], kind: 'join', number: '21' })).toEqual([
      422,
      'household.no_such',
    ]);
    expect(await refused(uncle, { members: [uncle], kind: 'join', number: '21' })).toEqual([
      422,
      'household.other_door',
    ]);
    expect(await refused(father, { members: [father, mother], number: '24' })).toEqual([422, 'household.whole_leaves']);
    expect(await refused(son, { members: [son], kind: 'join', number: '21', on: '2026-02-01' })).toEqual([
      ...[409, 'household.told_later'],
    ]);
    expect(await refused(father, { members: [mother], number: '24', on: '2100-01-01' })).toEqual([
      ...[422, 'household.of_tomorrow'],
    ]);
    expect(await refused(father, { members: [mother], number: '24', seen: [father] })).toEqual([
      ...[409, 'household.changed_meanwhile'],
    ]);
    expect(await refused(father, { members: [mother], number: '24' }, worker)).toEqual([403, 'account.not_for_you']);
    expect(await sql('select 1 from ledger_change')).toHaveLength(changes.length);
  });

  it('同一个门牌的两户并成一户，人跟着过去；一个人换到另一户', async () => {
    const [father, mother, son, uncle] = await idsOf(6, 7, 8, 9);
    clock.advance(DAY);
    expect(await move(son ?? '', { members: [son], kind: 'join', number: '21' })).toMatchObject({ status: 200 });
    expect((await ours.read(father ?? '')).household).toHaveLength(2);
    // Two heads in one household there are not: who comes into another is not called its head.
    expect((await said(son ?? ''))['household.relation']).toBeUndefined();
    expect(await move(father ?? '', { members: [mother], kind: 'join', number: '22' })).toMatchObject({ status: 200 });
    expect((await ours.read(uncle ?? '')).household.map(({ name }: { name: string }) => name)).toEqual(['冯妻']);
  });
});

describe('人和房屋', () => {
  it('同一个门牌的连在一起，写法不同也连；索引里只有看不懂的值；换了门牌就断开', async () => {
    const house = '1 二运第一网格 青园小区 3栋 2单元 401室 房主甲 13973360001 砖混 6 1998 否'.split(' ');
    const else401 = house.with(2, '橘园小区').with(6, '房主乙');
    await ours.taken('houses', await book(houseLabels, [house, else401]));
    await ours.taken(
      'enterprises',
      await book(
        [...firmLabels, '楼栋', '门牌号'],
        [['1', '家里小店', '', '林小桥', '', '零售', '1', '', '二运第一网格', '青园小区3栋', '2-401']],
      ),
    );
    const man = await idOfPerson(1);
    const { door } = await ours.read(man);
    expect(door.map(({ ledger, name, relation }: Door) => [ledger, name, relation]).sort()).toEqual([
      ['enterprises', '家里小店', '零售'],
      ['houses', '青园小区 3栋 2单元 401室', '房主甲'],
    ]);
    const home = door.find(({ ledger }: Door) => ledger === 'houses').id;
    expect((await ours.read(home)).door.map(({ name }: Door) => name).sort()).toEqual([
      ...['周大山', '周小山', '家里小店', '林小桥'],
    ]);
    const marks = await sql<{ mark: string }>(`select mark::text as mark from ledger_mark where kind = 'door'`);
    expect(marks.length).toBeGreaterThan(5);
    expect(JSON.stringify(marks)).not.toContain(Buffer.from('401').toString('hex'));
    await ours.enter(man, { 'place.door': '2-402' });
    expect((await ours.read(man)).door).toEqual([]);
    expect((await ours.read(home)).door).toHaveLength(3);
    await ours.enter(man, { 'place.door': '2-401' });
  });

  it('别的网格的人看不到：网格员只连到自己网格里的', async () => {
    const [home] = await ours.find('houses', '房主甲');
    await ours.enter(await idOfPerson(3), { 'place.grid': area('station-2') });
    expect((await ours.read(home.id, worker)).door.map(({ name }: Door) => name)).not.toContain('周小山');
    expect((await ours.read(home.id)).door.map(({ name }: Door) => name)).toContain('周小山');
    await ours.enter(await idOfPerson(3), { 'place.grid': area('station-1') });
  });
});

describe('两处说到同一个人', () => {
  it('一个改电话，一个改职业：都留下', async () => {
    const man = await idOfPerson(1);
    await ours.enter(man, { 'person.phone': '13755550001' });
    await ours.enter(man, { 'person.occupation': '木工' }, worker);
    expect(await said(man)).toMatchObject({ 'person.phone': '137****0001', 'person.occupation': '木工' });
  });

  it('同一天都改电话，改得不同：后到的算，先到的留在经过里，写着谁', async () => {
    const man = await idOfPerson(1);
    await ours.enter(man, { 'person.phone': '13755550002' });
    await ours.enter(man, { 'person.phone': '13755550003' }, worker);
    expect(await said(man)).toMatchObject({ 'person.phone': '137****0003' });
    const { history } = await ours.read(man);
    const told = ({ setBy, fields }: Told) => [setBy, fields.map(({ name, value }) => `${name.zh} ${value}`)];
    expect(history.slice(0, 2).map(told)).toEqual([
      ['王秀兰', ['联系电话 137****0003']],
      ['孙丽', ['联系电话 137****0002']],
    ]);
  });

  it('表说的和当天当面填的不同：当面填的算，那一行说出来', async () => {
    const man = await idOfPerson(1);
    await ours.enter(man, { 'person.phone': '13755550004' });
    const { body } = await ours.send('residents', await book(labels, [row(1, '12', '周大山', '户主')]), {
      toldOn: today(),
    });
    const { counts, told } = await ours.look(body.batchId);
    expect(counts).toEqual({ conflict: 1 });
    expect(told[0].changes).toMatchObject([{ field: 'person.phone', to: '139****0001', taken: false }]);
    await ours.act(body.batchId, 'take');
    expect(await said(man)).toMatchObject({ 'person.phone': '137****0004' });
  });

  it('说的一样：值只有一个；再填一遍不多写，再传一张表是多一个证明，先一张撤回也还在', async () => {
    const man = await idOfPerson(3);
    expect(await ours.enter(man, { 'person.name': '周小山' })).toMatchObject({ body: { fields: 0 } });
    const first = await ours.taken('residents', await book(labels, [row(5, '15', '何一民', '户主')]));
    const second = await ours.taken('residents', await book(labels, [row(5, '15', '何一民', '户主')]));
    expect(second.looked.counts).toEqual({ same: 1 });
    await ours.act(first.id, 'undo');
    expect(await said(await idOfPerson(5))).toMatchObject({ 'person.name': '何一民' });
  });

  it('两张表先后登记同一个人，都没有身份证号：姓名加电话认出来；只有姓名相同的是两个人', async () => {
    const bare = '姓名 联系电话 所属网格'.split(' ');
    const mine = [['吴同名', '13973391001', '二运第一网格']];
    await ours.taken('residents', await book(bare, mine));
    const { looked } = await ours.taken(
      'residents',
      await book(bare, [...mine, ['吴同名', '13973391002', '二运第一网格']]),
    );
    expect(looked.counts).toEqual({ same: 1, new: 1 });
    expect(await ours.find('residents', '吴同名')).toHaveLength(2);
  });

  it('人已搬到别的网格，旧表还写着原来的：旧日子的表不动它，新日子的表才动', async () => {
    const man = await idOfPerson(3);
    clock.advance(2 * DAY);
    await ours.enter(man, { 'place.grid': area('station-2') });
    const old = await ours.send('residents', await book(labels, [row(3, '13', '周小山', '户主')]));
    expect((await ours.look(old.body.batchId)).counts).toEqual({ conflict: 1 });
    await ours.act(old.body.batchId, 'take');
    expect((await ours.read(man)).area).toContain('二运第二网格');
    clock.advance(2 * DAY);
    await ours.taken('residents', await book(labels, [row(3, '13', '周小山', '户主')]), today());
    expect((await ours.read(man)).area).toContain('二运第一网格');
  });

  it('删掉以后才到的旧表：当作新的人登记，原来的不会回来', async () => {
    const man = await idOfPerson(5);
    await head.post(`/api/residents/${man}/forget`, { reason: '本人当面提出' });
    await settle();
    const { looked } = await ours.taken('residents', await book(labels, [row(5, '15', '何一民', '户主')]));
    expect(looked.counts).toEqual({ new: 1 });
    expect(await idOfPerson(5)).not.toBe(man);
    expect((await ours.read(await idOfPerson(5))).history).toHaveLength(1);
  });
});

interface Fact {
  readonly field: string;
  readonly value: string;
}
interface Door {
  readonly ledger: string;
  readonly name: string;
  readonly relation: string;
}
interface Told {
  readonly setBy: string;
  readonly fields: readonly { readonly name: { readonly zh: string }; readonly value: string }[];
}
