import { beforeAll, describe, expect, it } from 'vitest';
import { area, step } from '../../../../test/telling.ts';
import type { Ctx } from '../../../kernel/context.ts';
import { asSystem } from '../../../kernel/entrance.ts';
import { throwFault } from '../../../kernel/sweep.ts';
import { transact } from '../../../kernel/transaction.ts';
import { MARCH, openMarch } from './fixtures/march.ts';
import { recount } from './roll.commands.ts';
import { forgetSums, letGo } from './roll.queries.ts';
import { figureSweep } from './roll.reactions.ts';

const { by, county, figures, named, numbersIn, of, one, open, records, shares } = await openMarch();

/** The March of the fixture, beside each other: areas, bodies, readers; and the sums that stand behind. */
beforeAll(async () => {
  await open('K');
  await step(by('何静'), of('K').id, 'relocate', { place: { areaId: area('ferry-1') } });
  // As an act on the tree leaves it: filed in the village, numbered elsewhere today.
  await county.sql(
    `update casefile set scope_no = (select no from area where realm = 1 and id = $1) where realm = 1 and id = $2`,
    [area('park-1'), of('K').id],
  );
});

describe('按承办单位', () => {
  type Cell = { split: string; name: { zh: string }; numerator: number; denominator: number; value: number | null };
  const cells = async (id: string, more = ''): Promise<Cell[]> => (await one(id, `${MARCH}&by=body${more}`)).cells;

  it('谁办的算谁的；没有单位的单列；合起来就是全部', async () => {
    const handled = await cells('handled_in_time');
    const whole = await one('handled_in_time');
    expect(handled.map(({ name }) => name.zh)).toEqual(['安澜县市政养护中心']);
    expect([handled[0]?.numerator, handled[0]?.denominator]).toEqual([whole.numerator, whole.denominator]);
    const intake = await cells('intake');
    expect(intake.map(({ name }) => name.zh)).toEqual(['安澜县市政养护中心', '不在任何单位']);
    const all = (await one('intake')).value;
    expect(intake.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(all);
  });

  it('每一格都打得开，件数对得上；合并的几行也一样', async () => {
    for (const by of ['area', 'body'])
      for (const place of ['county', 'east'])
        for (const figure of (await figures('赵磊', `${MARCH}&by=${by}&area=${area(place)}`)).figures)
          for (const cell of figure.cells as Cell[]) {
            const query = `by=${by}&area=${area(place)}&split=${cell.split}&part=${figure.unit === 'rate' ? 'denominator' : 'numerator'}`;
            const opened = await records('赵磊', figure.id, query);
            const counted = figure.unit === 'rate' ? cell.denominator : cell.value;
            expect([by, place, figure.id, cell.name.zh, opened.counted]).toEqual([
              by,
              place,
              figure.id,
              cell.name.zh,
              counted,
            ]);
          }
  });

  it('没有这一行', async () => {
    const asked = async (query: string) =>
      (await by('赵磊').get(`/api/figures/casefiles/intake/records?${MARCH}&${query}`)).body.code;
    expect(await asked(`split=${area('tower-1')}`)).toBe('figure.no_row');
    expect(await asked('split=others')).toBe('figure.no_row');
    expect(await asked('split=some')).toBe('input.invalid');
  });
});

describe('谁来看，数都一样；打得开哪些，各看各的', () => {
  it('同一区域、同一时段', async () => {
    const readers = ['孙丽', '何静', '陈敏', '赵磊', '韩冬'];
    for (const vintage of ['today', 'filed']) {
      const query = `${MARCH}&vintage=${vintage}&area=${area('station')}`;
      const told = await Promise.all(readers.map((name) => shares(name, query)));
      for (const other of told) expect(other).toEqual(told[0]);
      for (const id of ['intake', 'overdue', 'content', 'handled_in_time'])
        for (const part of ['numerator', 'denominator', 'excluded', 'all'])
          for (const name of readers) {
            const {
              counted,
              closed,
              records: open,
            } = await records(name, id, `vintage=${vintage}&area=${area('station')}&part=${part}&most=200`);
            expect(counted - closed, `${name} ${id} ${part}`).toBe(open.length);
            const first = await records('赵磊', id, `vintage=${vintage}&area=${area('station')}&part=${part}`);
            expect(counted).toBe(first.counted);
          }
    }
  });

  it('按立案时的归属：案卷后来到了别处，原来的社区照数，只是打不开', async () => {
    const query = `vintage=filed&area=${area('ferry')}&most=200`;
    const whole = await records('赵磊', 'intake', query);
    expect([whole.counted, whole.closed, numbersIn(whole)]).toEqual([1, 0, named('K')]);
    const village = await records('罗河', 'intake', query);
    expect([village.counted, village.closed, village.records]).toEqual([1, 1, []]);
  });
});

describe('汇总过的', () => {
  const handled = () => one('handled_in_time');
  it('汇总前后一个数；汇总以后才免责，马上算数，再汇总还是它', async () => {
    await step(by('何静'), of('H').id, 'decline', { outcome: 'not_found', publicText: '没有发现。' });
    const before = await figures('赵磊', MARCH);
    await county.settle();
    const [sums] = await county.sql<{ n: number }>(`select sum(n)::int as n from figure_cell where kind = 'due'`);
    expect(sums?.n).toBeGreaterThan(0);
    const after = await figures('赵磊', MARCH);
    expect(after.figures).toEqual(before.figures);
    const { numerator, denominator } = await handled();
    const [late] = await county.sql<{ id: string }>(
      `update obligation set exempt = true where id = (select id from obligation where duty = 'casefile.handle' and state = 'settled'
         and folded_key is not null and not overran limit 1) returning id`,
    );
    await county.sql('update obligation set overran = true where id = $1', [late?.id]);
    expect([(await handled()).numerator, (await handled()).denominator]).toEqual([numerator - 1, denominator - 1]);
    await county.settle();
    expect([(await handled()).numerator, (await handled()).denominator]).toEqual([numerator - 1, denominator - 1]);
  });

  it('核对：动过手脚的汇总数点得出来，重做以后一个不差', async () => {
    const { checked, wrong } = await recount(county.runtime, 1, false);
    expect([checked > 50, wrong]).toEqual([true, 0]);
    const right = await figures('赵磊', MARCH);
    await county.sql(
      `update figure_cell set n = n + 1 where (no, kind, span) = (select no, 'closed', 1 from area where id = $1)`,
      [area('east')],
    );
    const found = await recount(county.runtime, 1, false);
    expect(found.wrong).toBeGreaterThan(0);
    expect(found.differences[0]).toMatchObject({ area: '城东街道 439901001', kind: 'closed' });
    expect((found.differences[0]?.found ?? 0) - (found.differences[0]?.expected ?? 0)).toBe(1);
    expect(await recount(county.runtime, 1, true)).toMatchObject({ mended: true });
    expect(await recount(county.runtime, 1, false)).toMatchObject({ wrong: 0, differences: [] });
    expect((await figures('赵磊', MARCH)).figures).toEqual(right.figures);
  });

  it('全部重做断在半路、其间又汇总过：每一步都一个不差，接着做完还是一样', async () => {
    const right = await figures('赵磊', MARCH);
    const same = async () => expect((await figures('赵磊', MARCH)).figures).toEqual(right.figures);
    const operating = <T>(work: (ctx: Ctx) => Promise<T>) => transact(county.runtime, asSystem(1, 'operator'), work);
    await operating(forgetSums);
    await same();
    let last = await operating((ctx) => letGo(ctx, '00000000-0000-0000-0000-000000000000', 2));
    await same();
    await figureSweep.run(county.runtime, 1, throwFault);
    await same();
    for (; last !== null; await same()) {
      const after: string = last;
      last = await operating((ctx) => letGo(ctx, after, 3));
    }
    expect(await recount(county.runtime, 1, false)).toMatchObject({ wrong: 0, differences: [] });
    await same();
  });

  it('还没有汇总数的街道补上自己的，案卷一行也不动', async () => {
    await county.sql(`delete from figure_node where realm = 1 and no = (select no from area where id = $1)`, [
      area('east'),
    ]);
    await county.sql(`delete from figure_cell where realm = 1 and no = (select no from area where id = $1)`, [
      area('east'),
    ]);
    const folded = await county.sql('select id, xmin::text from casefile where folded_key is not null order by id');
    await figureSweep.run(county.runtime, 1, throwFault);
    expect(await county.sql('select id, xmin::text from casefile where folded_key is not null order by id')).toEqual(
      folded,
    );
    expect(await recount(county.runtime, 1, false)).toMatchObject({ wrong: 0, differences: [] });
  });
});
