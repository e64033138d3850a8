import { read as readBook } from 'hucre';
import { describe, expect, it } from 'vitest';
import {
  book,
  creditCode,
  firmLabels,
  houseLabels,
  pointLabels,
  secretary,
} from '../../../../test/fixtures/ledger_books.ts';
import { residentBook } from '../../../../test/fixtures/resident_book.ts';
import { openCounty } from '../../../../test/harness.ts';

/** Houses, enterprises, facilities: the same files, the same rules, each ledger by its own definition. */
const county = await openCounty();
const head = await county.as('孙丽');
const worker = await county.as('王秀兰');
const other = await county.as('高明');
const { send, look, act, taken, list, find, read, enter } = secretary(county, head);
const grid = '二运第一网格';

const house = (n: number, ...rest: readonly (readonly [number, string])[]): string[] => {
  const row = [String(n), grid, '青园小区', '3栋', '2单元', `${400 + n}`, `房主${'甲乙丙丁戊己'[n]}`, `1397336000${n}`];
  return rest.reduce((cells, [i, text]) => cells.with(i, text), [...row, '砖混', '6层', '1998年', '否']);
};
const firm = (n: number, ...rest: readonly (readonly [number, string])[]): string[] => {
  const row = [String(n), `二运第${n}商店`, creditCode(n), `店主${'甲乙丙丁'[n]}`, `1397337000${n}`, '零售', `${n}`];
  return rest.reduce((cells, [i, text]) => cells.with(i, text), [...row, `二运巷${n}号`, grid]);
};
const point = (n: number, ...rest: readonly (readonly [number, string])[]): string[] => {
  const row = [String(n), `${n}号配电房`, '配电设施', `二运巷口${n}`, '安责人', `1397338000${n}`, '一般', grid];
  return rest.reduce((cells, [i, text]) => cells.with(i, text), row);
};

describe('房屋台账', () => {
  it('按小区、楼栋、单元、门牌认；号码遮住；列表的列是它自己的', async () => {
    const { looked } = await taken(
      'houses',
      await book(
        houseLabels,
        [1, 2, 3].map((n) => house(n)),
      ),
    );
    expect(looked).toMatchObject({ ledger: 'houses', better: null, counts: { new: 3 } });
    const { total, rows } = await list('houses');
    expect(total).toBe(3);
    expect(rows[0]).toMatchObject({
      ...{ ledger: 'houses', name: '青园小区 3栋 2单元 401' },
      values: {
        ...{ 'house.owner': '房主乙', 'house.owner_phone': '139****0001', 'house.structure': '砖混' },
        ...{ 'house.storeys': '6', 'house.let': 'no' },
      },
    });
    expect((await list('residents')).total).toBe(0);
    const again = await send('houses', await book(houseLabels, [house(1), house(2, [9, '7']), house(4)]));
    expect((await look(again.body.batchId)).counts).toEqual({ same: 1, changed: 1, new: 1 });
  });

  it('写法不同的同一个门牌是一处；写得不全而有几处对得上的，要写全', async () => {
    const bare = '门牌号 房主姓名 房屋结构'.split(' ');
    const same = await send('houses', await book(bare, [['3栋2单元401室', '房主乙', '砖混']]));
    expect((await look(same.body.batchId)).counts).toEqual({ changed: 1 });
    await taken('houses', await book(houseLabels, [house(1, [2, '橘园小区'], [6, '房主别'])]));
    const vague = await send('houses', await book(bare, [['3栋2单元401室', '房主乙', '砖混']]));
    const looked = await look(vague.body.batchId);
    expect(looked.counts).toEqual({ refused: 1 });
    expect(looked.told[0].faults[0].says.zh).toBe('台账里有 2 条对得上，请在表里写得更全');
  });

  it('一张表里写了两遍的、没有门牌的，逐行说', async () => {
    const rows = [house(5), house(5, [3, '3'], [4, '2']), house(0, [5, ''])];
    const { body } = await send('houses', await book(houseLabels, rows));
    const { told } = await look(body.batchId);
    expect(told.map(({ verdict, faults }: Told) => [verdict, faults[0]?.says.zh])).toEqual([
      ['duplicate', '与 表 第 3 行是同一处房屋'],
      ['refused', '没有填门牌号'],
    ]);
    const marked = await head.get(`/api/ledger-files/${body.batchId}/marked`);
    const [sheet] = (await readBook(marked.raw)).sheets;
    expect(sheet?.rows.slice(1).map((cells) => cells.at(-1))).toEqual([
      ...['经纬：要改的地方', null, '与 表 第 3 行是同一处房屋', '房号：没有填门牌号'],
    ]);
  });

  it('按门牌、房主姓名、电话找得到；当面更正；删了就没有了', async () => {
    expect(await find('houses', '3栋2单元402')).toHaveLength(1);
    expect(await find('houses', '3栋1单元402')).toEqual([]);
    expect(await find('houses', '13973360002')).toHaveLength(1);
    expect(await find('residents', '13973360002')).toEqual([]);
    const [{ id }] = await find('houses', '房主丙', worker);
    expect(await enter(id, { 'person.name': '不是这本台账的' })).toMatchObject({ status: 422 });
    expect(await enter(id, { 'house.grade': 'C级', 'house.owner': '新房主' }, worker)).toMatchObject({ status: 200 });
    const said = await read(id);
    expect(said).toMatchObject({ ledger: 'houses', name: '青园小区 3栋 2单元 402' });
    expect(said.facts.find(({ field }: Fact) => field === 'house.owner')).toMatchObject({
      ...{ value: '新房主', setBy: '王秀兰', source: null },
    });
    expect(await find('houses', '房主丙')).toEqual([]);
    await head.post(`/api/residents/${id}/forget`, { reason: '已拆除' });
    await county.settle();
    expect(await find('houses', '新房主')).toEqual([]);
  });
});

describe('企业商户台账', () => {
  it('按信用代码认，没有的按名称加负责人或地址；换了负责人是改动', async () => {
    const { looked } = await taken(
      'enterprises',
      await book(
        firmLabels,
        [1, 2, 3].map((n) => firm(n)),
      ),
    );
    expect(looked).toMatchObject({ counts: { new: 3 } });
    const rows = [
      firm(1, [3, '新店主']),
      firm(2, [2, ''], [4, '13973370009']),
      firm(3, [2, ''], [3, '新店主']),
      firm(3, [2, ''], [7, '别处9号'], [3, '又一人']),
      firm(1, [2, creditCode(9)]),
    ];
    const { body } = await send('enterprises', await book(firmLabels, rows));
    const { counts, told } = await look(body.batchId);
    expect(counts).toEqual({ changed: 3, new: 2 });
    expect(told[0].changes).toMatchObject([{ field: 'enterprise.head', from: '店主乙', to: '新店主' }]);
    const { rows: listed } = await list('enterprises');
    expect(listed[0]).toMatchObject({
      name: '二运第1商店',
      values: { 'enterprise.head_phone': '139****0001', 'enterprise.trade': '零售', 'place.home': '二运巷1号' },
    });
  });

  it('信用代码错一位，那一行不收，说为什么', async () => {
    const { body } = await send(
      'enterprises',
      await book(firmLabels, [firm(1, [2, `${creditCode(1).slice(0, 17)}_`])]),
    );
    const { told } = await look(body.batchId);
    expect(told[0].faults[0]).toMatchObject({ column: 'C', says: { zh: '统一社会信用代码的校验位不对' } });
  });

  it('登记在别的社区的只说在别处，不说在哪里', async () => {
    const there = secretary(county, other, 'park');
    const { body } = await there.send('enterprises', await book(firmLabels, [firm(1, [8, '青园第一网格'])]));
    const looked = await there.look(body.batchId);
    expect(looked.counts).toEqual({ elsewhere: 1 });
    expect(JSON.stringify(looked)).not.toContain('二运巷');
    expect(await there.find('enterprises', '二运第1商店')).toEqual([]);
  });
});

describe('设施与风险点台账', () => {
  it('名称一列说的是设施；按名称加类别认；整批撤回', async () => {
    const { id, looked } = await taken(
      'facilities',
      await book(
        pointLabels,
        [1, 2].map((n) => point(n)),
      ),
    );
    expect(looked).toMatchObject({ counts: { new: 2 }, better: null });
    const { rows } = await list('facilities');
    expect(rows[0]).toMatchObject({
      name: '1号配电房',
      values: { 'facility.kind': '配电设施', 'work.answerable_phone': '139****0001', 'hazard.level': '一般' },
    });
    expect(await find('facilities', '安责人')).toHaveLength(2);
    const again = await send('facilities', await book(pointLabels, [point(1), point(2, [2, '变压器'])]));
    expect((await look(again.body.batchId)).counts).toEqual({ same: 1, new: 1 });
    await act(id, 'undo');
    expect((await list('facilities')).total).toBe(0);
  });
});

describe('哪本台账', () => {
  it('按表头来定：各归各的；不写就是居民台账', async () => {
    const sent = await Promise.all([
      send('best', await book(houseLabels, [house(1)])),
      send('best', await book(firmLabels, [firm(1)])),
      send('best', await book(pointLabels, [point(1)])),
      send('best', await residentBook()),
      send(null, await residentBook()),
    ]);
    const ledgers = await Promise.all(sent.map(async ({ body }) => (await look(body.batchId)).ledger));
    expect(ledgers).toEqual(['houses', 'enterprises', 'facilities', 'residents', 'residents']);
  });

  it('这本收不了而别的收得了：说是哪本；哪本都收不了：说要有什么', async () => {
    expect(await send(null, await book(firmLabels, [firm(1)]))).toMatchObject({
      status: 422,
      body: { code: 'ledger.other_table', title: '这像是企业商户表，不是居民表' },
    });
    const odd = await book(['水体名称', '长度'], [['梅峰河', '3']]);
    expect(await send('best', odd)).toMatchObject({ status: 422, body: { code: 'ledger.no_table' } });
    expect((await send('houses', odd)).body.title).toBe('文件里没有找到房屋表');
    expect(await send('nowhere', odd)).toMatchObject({ status: 422 });
  });

  it('更像另一本的：核对时就说，一下改过去；入了账就不能改', async () => {
    const { body } = await send('enterprises', await book(pointLabels, [point(6), point(7)]));
    expect(await look(body.batchId)).toMatchObject({ ledger: 'enterprises', better: 'facilities' });
    expect(await act(body.batchId, 'ledger', { ledger: 'houses' })).toMatchObject({ status: 422 });
    expect(await act(body.batchId, 'ledger', { ledger: 'facilities' })).toMatchObject({ status: 200 });
    expect(await look(body.batchId)).toMatchObject({ ledger: 'facilities', better: null, counts: { new: 2 } });
    await act(body.batchId, 'take');
    expect((await list('facilities')).total).toBe(2);
    expect(await act(body.batchId, 'ledger', { ledger: 'enterprises' })).toMatchObject({
      ...{ status: 409, body: { code: 'ledger.not_now' } },
    });
  });
});

interface Fact {
  readonly field: string;
}
interface Told {
  readonly verdict: string;
  readonly faults: readonly { readonly says: { readonly zh: string } }[];
}
