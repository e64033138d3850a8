import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { book, secretary } from '../../../../../test/fixtures/ledger_books.ts';
import { idNumber } from '../../../../../test/fixtures/resident_book.ts';
import { openCounty } from '../../../../../test/harness.ts';
import { area } from '../../../../../test/telling.ts';

/** Two lists register one person twice: it is found, merged, and parted again. */
const county = await openCounty();
const { clock, settle, sql } = county;
const head = await county.as('孙丽');
const elsewhere = await county.as('高明');
const worker = await county.as('王秀兰');
const ours = secretary(county, head);
const there = secretary(county, elsewhere, 'park');
const DAY = 86_400_000;
const today = (): string => clock.now().toISOString().slice(0, 10);

const byPhone = '姓名 联系电话 身份证号 职业 所属网格 备注'.split(' ');
const byDay = '姓名 出生日期 性别 民族 所属网格 备注'.split(' ');
let count = 0;

/** One who stands twice in the ledger: once with telephone and number, once with the birthday alone. */
async function twice(
  name: string,
  grid = '二运第一网格',
): Promise<{ one: string; two: string; phone: string; id: string }> {
  count += 1;
  const [phone, id] = [`1381234${String(1000 + count)}`, idNumber('19600101', 2 * count + 1)];
  await ours.taken('residents', await book(byPhone, [[name, phone, id, '木工', grid, '三月的表']]), '2026-02-01');
  const one = (await ours.find('residents', id))[0].id as string;
  await ours.taken(
    'residents',
    await book(byDay, [[name, '1960-01-01', '男', '汉族', grid, '四月的表']]),
    '2026-02-28',
  );
  const two = ours.find('residents', name).then((rows) => rows.find((row: { id: string }) => row.id !== one).id);
  return { one, two: await two, phone, id };
}

const duplicates = async (at = 'station', who = head) => (await who.get(`/api/areas/${area(at)}/duplicates`)).body;
const pairsOf = async (...ids: string[]) =>
  (await duplicates()).rows.filter((row: Pair) => ids.includes(row.one.id) && ids.includes(row.other.id));
const beside = async (kept: string, gone: string, who = head) => {
  const { status, body } = await who.get(`/api/residents/${kept}/beside?other=${gone}`);
  return { status, body: body.pair ?? {}, alike: body.alike };
};
async function merge(kept: string, gone: string, choose: object = {}, command = randomUUID(), who = head) {
  const { body } = await beside(kept, gone);
  const seen = { kept: body.kept?.changedAt ?? NEVER, gone: body.gone?.changedAt ?? NEVER };
  return who.post(`/api/residents/${kept}/merge`, { other: gone, choose, seen }, command);
}
const NEVER = '2026-01-01T00:00:00.000Z';
const said = async (id: string) =>
  Object.fromEntries((await ours.read(id)).facts.map(({ field, value }: Fact) => [field, value]));
const entriesOf = (kind: string, id: string) =>
  sql<{ body: object }>('select body from entry where kind = $1 and record_id = $2 order by ord', [kind, id]);

describe('找出登记了两次的人', () => {
  it('两张表各登记一次，后来补上同一个电话：提示出来，说明为什么；是两个人的不再提示', async () => {
    const { one, two, phone } = await twice('周两次');
    // 生日已写在身份证号里的，四月的表认不出来是同一个人。
    expect(await pairsOf(one, two)).toEqual([]);
    await ours.enter(two, { 'person.phone': phone });
    const [pair] = await pairsOf(one, two);
    expect(pair.because.map(({ zh }: { zh: string }) => zh)).toEqual(['姓名和电话相同']);
    expect([pair.one.phone, pair.other.phone]).toEqual([expect.stringMatching(/^138\*{4}\d{4}$/), pair.one.phone]);
    expect((await beside(one, two)).alike.map(({ other }: { other: { id: string } }) => other.id)).toEqual([two]);
    const command = randomUUID();
    expect(await head.post(`/api/residents/${one}/apart`, { other: two }, command)).toMatchObject({ status: 200 });
    expect((await head.post(`/api/residents/${one}/apart`, { other: two }, command)).body.repeated).toBe(true);
    expect(await pairsOf(one, two)).toEqual([]);
    expect(await beside(one, two)).toMatchObject({ alike: [], body: { isApart: true } });
    expect(await entriesOf('ledger.kept_apart', two)).toHaveLength(1);
  });

  it('同名同电话、生日不同的是两个人，不提示；别的社区、网格员看不到这个清单', async () => {
    const rows = [
      ['郑父子', '13812340000', idNumber('19500101', 1), '', '二运第一网格', ''],
      ['郑父子', '13812340000', idNumber('19800101', 1), '', '二运第一网格', ''],
    ];
    await ours.taken('residents', await book(byPhone, [rows[0] ?? []]));
    await ours.taken('residents', await book(byPhone, [rows[1] ?? []]));
    const found = await ours.find('residents', '郑父子');
    expect(found).toHaveLength(2);
    expect(await pairsOf(...found.map(({ id }: { id: string }) => id))).toEqual([]);
    expect(await worker.get(`/api/areas/${area('station-1')}/duplicates`)).toMatchObject({ status: 403 });
    expect((await duplicates('park', elsewhere)).rows).toEqual([]);
  });
});

describe('并成一条', () => {
  it('并排看：每一项谁填的、哪天的、从哪里来；留哪个按规则先选好，人可以改；两边的经过都在', async () => {
    const { one, two } = await twice('林并成');
    clock.advance(DAY);
    await ours.enter(two, { 'person.occupation': '瓦工' });
    const { body: pair } = await beside(one, two);
    const occupation = (side: 'kept' | 'gone') =>
      pair[side].facts.find(({ field }: Fact) => field === 'person.occupation');
    expect(occupation('kept')).toMatchObject({ value: '木工', setBy: '孙丽', source: '登记表.xlsx 表!3' });
    expect(occupation('gone')).toMatchObject({ value: '瓦工', setBy: '孙丽', source: null, toldOn: today() });
    const chosen = Object.fromEntries(pair.differing.map((it: Differing) => [it.field, it.chosen]));
    // The newest of both; what only one of them tells, from that one.
    expect(chosen).toMatchObject({ 'person.occupation': 'gone', 'row.remark': 'gone', 'person.phone': 'kept' });
    expect(chosen).toMatchObject({ 'person.nation': 'gone' });
    expect(chosen['person.name']).toBeUndefined();

    const command = randomUUID();
    const done = await merge(one, two, { 'person.occupation': 'kept' }, command);
    expect(done).toMatchObject({ status: 200, body: { recordId: one } });
    expect(await said(one)).toMatchObject({
      ...{ 'person.occupation': '木工', 'row.remark': '四月的表', 'person.nation': '汉族' },
    });
    const { history, merges, facts } = await ours.read(one);
    expect(history).toHaveLength(4);
    expect(facts.find(({ field }: Fact) => field === 'person.occupation')).toMatchObject({ source: '合并时选定' });
    expect(facts.find(({ field }: Fact) => field === 'person.nation')).toMatchObject({ toldOn: '2026-02-28' });
    expect(merges).toMatchObject([{ goneId: two, name: '林并成', by: '孙丽' }]);
    const sent = {
      other: two,
      choose: { 'person.occupation': 'kept' },
      seen: { kept: pair.kept.changedAt, gone: pair.gone.changedAt },
    };
    const again = await head.post(`/api/residents/${one}/merge`, sent, command);
    expect(again).toMatchObject({ status: 200, body: { repeated: true, mergeId: done.body.mergeId } });
    expect(await sql('select 1 from ledger_merge where kept_id = $1', [one])).toHaveLength(1);
    expect(await entriesOf('ledger.merged', one)).toMatchObject([
      { body: { goneId: two, chosen: ['person.occupation'] } },
    ]);
    expect(await entriesOf('ledger.merged', two)).toHaveLength(1);
  });

  it('原来的编号、号码、新来的表、当面更正，都落到留下的那一条上；清单里只有一个', async () => {
    const { one, two, phone } = await twice('何落到');
    await ours.enter(two, { 'person.phone': '13812349999', 'household.number': '77' });
    await ours.enter(one, { 'household.number': '77' });
    await merge(one, two, { 'person.phone': 'kept' });
    expect(await head.get(`/api/residents/${two}`)).toMatchObject({ body: { id: one, name: '何落到' } });
    expect((await ours.find('residents', '何落到')).map(({ id }: { id: string }) => id)).toEqual([one]);
    for (const words of [phone, '13812349999'])
      expect((await ours.find('residents', words)).map(({ id }: { id: string }) => id)).toEqual([one]);
    expect((await ours.list('residents')).rows.map(({ id }: { id: string }) => id)).not.toContain(two);
    expect((await ours.read(one)).household).toEqual([]);
    expect(await ours.enter(two, { 'person.works_at': '二运站' })).toMatchObject({ body: { recordId: one } });
    expect(await said(one)).toMatchObject({ 'person.works_at': '二运站' });
    // The telephone that only the one that went had, and its birthday.
    clock.advance(DAY);
    const rows = [['何落到', '13812349999', '', '保安', '二运第一网格', '']];
    const { looked } = await ours.taken('residents', await book(byPhone, rows), today());
    expect(looked.counts).toEqual({ changed: 1 });
    expect(await said(one)).toMatchObject({ 'person.occupation': '保安' });
    const old = await ours.taken('residents', await book(byDay, [['何落到', '1960-01-01', '男', '', '', '']]));
    expect(old.looked.counts).toEqual({ same: 1 });
    expect(await ours.find('residents', '何落到')).toHaveLength(1);
  });

  it('不能合并的：自己并自己、已经并过的、看的时候有人改过、别处的、不是居民的、没有权的、删掉的', async () => {
    const [{ one, two }, third] = [await twice('吴不能'), await twice('吴还有')];
    const refused = async (kept: string, gone: string, over: object = {}, who = head) => {
      const { body } = await beside(kept, gone);
      const seen = { kept: body.kept?.changedAt ?? NEVER, gone: body.gone?.changedAt ?? NEVER };
      const answer = await who.post(`/api/residents/${kept}/merge`, { other: gone, seen, ...over });
      return [answer.status, answer.body.code];
    };
    expect(await refused(one, one)).toEqual([422, 'merge.into_itself']);
    expect(await refused(one, two, { seen: { kept: NEVER, gone: NEVER } })).toEqual([409, 'merge.changed_meanwhile']);
    expect(await refused(one, randomUUID())).toEqual([404, 'ledger.not_found']);
    expect(await refused(one, two, { choose: { 'person.name': 'gone' } })).toEqual([422, 'merge.disagrees']);
    expect(await refused(one, two, {}, worker)).toEqual([403, 'account.not_for_you']);
    expect(await refused(one, two, {}, elsewhere)).toEqual([404, 'ledger.not_found']);
    await there.taken('residents', await book(byPhone, [['吴不能', '13811110000', '', '', '青园第一网格', '']]));
    const other = (await there.find('residents', '13811110000'))[0].id;
    expect(await refused(one, other)).toEqual([404, 'ledger.not_found']);
    const firm = '单位名称 所属网格'.split(' ');
    await ours.taken(
      'enterprises',
      await book(firm, [
        ['甲店', '二运第一网格'],
        ['乙店', '二运第一网格'],
      ]),
    );
    const [shop] = await ours.find('enterprises', '甲店');
    expect(await refused(one, shop.id)).toEqual([422, 'merge.two_ledgers']);
    expect(await merge(one, two)).toMatchObject({ status: 200 });
    expect(await refused(one, two)).toEqual([409, 'merge.already']);
    // No circle: what went cannot take in what stands for it, nor anybody else.
    expect(await refused(two, one)).toEqual([409, 'merge.already']);
    expect(await refused(two, third.one)).toEqual([409, 'merge.already']);
    await head.post(`/api/residents/${third.two}/forget`, { reason: '本人提出' });
    await settle();
    expect(await refused(third.one, third.two)).toEqual([404, 'ledger.not_found']);
  });

  it('身份证号和生日对不上的选法不收', async () => {
    const { one, two } = await twice('钱对不上');
    await ours.enter(two, { 'person.born_on': '1961-02-02' });
    const done = await merge(one, two);
    expect(done).toMatchObject({ status: 422, body: { code: 'merge.disagrees' } });
    expect(done.body.errors).toMatchObject([{ path: 'choose.person.born_on' }]);
    expect(await merge(one, two, { 'person.born_on': 'kept' })).toMatchObject({ status: 200 });
  });

  it('两个人同时交叉着并：只成一次，另一个被告知', async () => {
    const { one, two } = await twice('孙交叉');
    const answers = await Promise.all([merge(one, two), merge(two, one)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const rows = await sql('select 1 from ledger_record where merged_into is not null and id = any ($1)', [[one, two]]);
    expect(rows).toHaveLength(1);
  });

  it('本人要求删除：并进来的一起删，钥匙都销毁', async () => {
    const { one, two } = await twice('王都删');
    await merge(one, two);
    expect(await head.post(`/api/residents/${two}/forget`, { reason: '本人提出' })).toMatchObject({ status: 200 });
    await settle();
    expect(await sql('select 1 from ledger_record where id = any ($1)', [[one, two]])).toEqual([]);
    expect(await sql('select 1 from data_key where subject_id = any ($1)', [[one, two]])).toEqual([]);
    expect(await sql('select 1 from ledger_merge where kept_id = $1', [one])).toEqual([]);
  });
});

describe('拆开', () => {
  it('各自的内容各自拿回；合并以后说的留在留下的那一条，列出来由人定；再拆被拒绝', async () => {
    const { one, two } = await twice('赵拆开');
    const before = [await said(one), await said(two)];
    const { body } = await merge(one, two, { 'row.remark': 'kept' });
    clock.advance(DAY);
    await ours.enter(two, { 'person.works_at': '机务段' }, worker);
    clock.advance(DAY);
    const command = randomUUID();
    const undo = (mergeId: string, id = one, by = head, as = randomUUID()) =>
      by.post(`/api/residents/${id}/unmerge`, { merge: mergeId }, as);
    expect(await undo(body.mergeId, one, worker)).toMatchObject({ status: 403 });
    expect(await undo(body.mergeId, one, elsewhere)).toMatchObject({
      ...{ status: 404, body: { code: 'ledger.not_found' } },
    });
    expect(await undo(randomUUID())).toMatchObject({ status: 409, body: { code: 'merge.no_merge' } });
    expect(await undo(body.mergeId, one, head, command)).toMatchObject({ status: 200, body: { otherId: two } });
    expect((await undo(body.mergeId, one, head, command)).body.repeated).toBe(true);
    expect(await undo(body.mergeId)).toMatchObject({ status: 409, body: { code: 'merge.undone_already' } });
    expect(await said(one)).toEqual({ ...before[0], 'person.works_at': '机务段' });
    expect(await said(two)).toEqual(before[1]);
    expect((await ours.read(one)).history).toHaveLength(2);
    const [told] = (await head.get(`/api/residents/${one}/merges`)).body;
    expect(told).toMatchObject({ goneId: two, undoneBy: '孙丽', chosen: [{ zh: '备注' }] });
    expect(told.since).toMatchObject([{ by: '王秀兰', fields: [{ zh: '工作单位' }] }]);
    expect(await entriesOf('ledger.unmerged', two)).toHaveLength(1);
    expect((await ours.find('residents', '赵拆开')).map(({ id }: { id: string }) => id).sort()).toEqual(
      [one, two].sort(),
    );
    // And once more together: what was chosen then does not hold any longer.
    expect(await merge(one, two)).toMatchObject({ status: 200 });
    expect(await said(one)).toMatchObject({ 'row.remark': '四月的表' });
  });

  it('一步一步并起来的：先拆后并的那一次；拆开的带着自己原来并进的', async () => {
    const [first, second] = [await twice('冯一步'), await twice('冯二步')];
    const inner = await merge(first.two, second.two);
    const outer = await merge(first.one, first.two);
    expect(outer.status).toBe(200);
    expect((await ours.read(second.two)).id).toBe(first.one);
    const early = await head.post(`/api/residents/${first.two}/unmerge`, { merge: inner.body.mergeId });
    expect(early).toMatchObject({ status: 409, body: { code: 'merge.inside_another' } });
    expect(await head.post(`/api/residents/${first.one}/unmerge`, { merge: outer.body.mergeId })).toMatchObject({
      status: 200,
    });
    expect((await ours.read(second.two)).id).toBe(first.two);
    expect((await ours.read(first.one)).id).toBe(first.one);
    expect(await head.post(`/api/residents/${first.two}/unmerge`, { merge: inner.body.mergeId })).toMatchObject({
      status: 200,
    });
    expect((await ours.read(second.two)).name).toBe('冯二步');
  });

  it('搬到别的网格：并进来的跟着走，拆开以后各在各的网格', async () => {
    const { one, two } = await twice('陈跟着');
    const { body } = await merge(one, two);
    clock.advance(DAY);
    await ours.enter(one, { 'place.grid': area('station-2') });
    expect(await worker.get(`/api/residents/${two}`)).toMatchObject({ status: 404 });
    await head.post(`/api/residents/${one}/unmerge`, { merge: body.mergeId });
    expect(await worker.get(`/api/residents/${two}`)).toMatchObject({ status: 200, body: { id: two } });
    expect((await ours.read(one)).area).toContain('二运第二网格');
  });

  it('带来其中一条的表撤回：并过的人留着，算作有人动过', async () => {
    const name = '蒋撤回';
    const first = await ours.taken(
      'residents',
      await book(byPhone, [[name, '13877770001', '', '', '二运第一网格', '']]),
    );
    const second = await ours.taken(
      'residents',
      await book(byPhone, [[name, '13877770002', '', '', '二运第一网格', '']]),
    );
    const [one, two] = (await ours.find('residents', name)).map(({ id }: { id: string }) => id);
    await merge(one, two);
    await ours.act(second.id, 'undo');
    await ours.act(first.id, 'undo');
    expect((await ours.look(second.id)).kept).toBe(1);
    expect(await ours.find('residents', '13877770002')).toHaveLength(1);
  });
});

interface Fact {
  readonly field: string;
  readonly value: string;
}
interface Differing {
  readonly field: string;
  readonly chosen: string;
}
interface Pair {
  readonly one: { readonly id: string };
  readonly other: { readonly id: string };
}
