import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { area, DAY, MINUTE, step } from '../../../../test/telling.ts';
import { MARCH, openMarch, type Told } from './fixtures/march.ts';

const {
  anyone,
  by,
  clock,
  county,
  figures,
  mark,
  marks,
  named,
  numbersIn,
  obligation,
  of,
  one,
  open,
  records,
  shares,
} = await openMarch();

describe('一个月，用手数得出来', () => {
  const handling: Told = {
    intake: [9, null, 9],
    filed: [7, null, 7],
    dispatched_in_time: [6, 8, 0.75],
    handled_in_time: [4, 6, 0.666666667],
    rework: [1, 4, 0.25],
    returned: [1, 6, 0.166666667],
    suspended: [1, null, 1],
    overdue: [3, null, 3],
  };

  it('直算口径', async () => {
    expect(await shares('赵磊', MARCH)).toEqual({
      ...handling,
      responded: [3, 4, 0.75],
      solved: [3, 3, 1],
      content: [2, 3, 0.666666667],
      three_rates: [null, null, 0.808333333],
    });
  });

  it('折算口径：同样的案卷，三率不同', async () => {
    expect(await shares('赵磊', `${MARCH}&pack=weighted`)).toEqual({
      ...handling,
      responded: [7, 7, 1],
      solved: [1, 3, 0.333333333],
      content: [1.9, 3, 0.633333333],
      three_rates: [null, null, 0.52],
    });
  });

  it('每个指标带着口径、版本、出处、除外的件数和原因', async () => {
    const solved = await one('solved');
    expect(solved).toMatchObject({ version: 1, unit: 'rate', confidence: 'unsure', records: 4, noData: null });
    expect(solved.exclusions).toMatchObject([
      { id: 'merged', count: 0 },
      { id: 'no_valid_answer', count: 1, reason: { zh: expect.stringContaining('不进分母') } },
    ]);
    expect((await one('intake')).exclusions).toMatchObject([
      { id: 'merged', count: 1 },
      { id: 'import_withdrawn', count: 0 },
    ]);
    const { parameters } = await figures('赵磊', `${MARCH}&pack=weighted`);
    expect(parameters).toContainEqual(
      expect.objectContaining({ name: 'mostly_weight', value: 0.9, confidence: 'unsure' }),
    );
  });

  it('分母为零就是没有数据，不是零', async () => {
    const query = 'from=2026-02-01&to=2026-02-28';
    expect(await one('solved', query)).toMatchObject({
      ...{ numerator: 0, denominator: 0, value: null, noData: { zh: '分母里一件也没有' } },
    });
    expect(await one('three_rates', query)).toMatchObject({
      value: null,
      noData: { zh: '响应率、解决率、满意率没有数据' },
    });
    expect(await one('intake', query)).toMatchObject({ numerator: 0, value: 0, noData: null });
  });

  it('一天从哪里起算由口径定：午后上报的，折算口径算第二天的', async () => {
    const day = 'from=2026-03-05&to=2026-03-05';
    expect((await figures('赵磊', day)).begins).toBe('2026-03-04T16:00:00.000Z');
    const noon = await figures('赵磊', `${day}&pack=weighted`);
    expect([noon.begins, noon.ends]).toEqual(['2026-03-04T04:00:00.000Z', '2026-03-05T04:00:00.000Z']);
    expect((await one('intake', 'from=2026-03-06&to=2026-03-06')).value).toBe(1);
  });
});

describe('打开看', () => {
  it('分子、分母、除外，合起来就是全部', async () => {
    expect(numbersIn(await records('赵磊', 'solved', 'part=denominator'))).toEqual(named('A', 'B', 'D'));
    const left = await records('赵磊', 'solved', 'part=excluded');
    expect([numbersIn(left), left.records[0].excluded.zh]).toEqual([named('J'), expect.stringContaining('没有回应')]);
    expect(numbersIn(await records('赵磊', 'solved', 'part=all'))).toEqual(named('A', 'B', 'D', 'J'));
    const content = await records('赵磊', 'content', 'pack=weighted');
    const weights = content.records.map((it: { casefile: { number: string }; weight: number }) => [
      it.casefile.number,
      it.weight,
    ]);
    expect(new Map(weights)).toEqual(
      new Map([
        [of('A').number, 1],
        [of('B').number, 0.9],
      ]),
    );
  });

  it('保密的计入，只给知情的人打开；别人只知道还有几件', async () => {
    const outsider = await records('韩冬', 'intake', 'most=200');
    expect([outsider.counted, outsider.closed]).toEqual([9, 1]);
    expect(numbersIn(outsider)).toEqual(named('A', 'B', 'C', 'D', 'F', 'H', 'I', 'J'));
    expect(JSON.stringify(outsider)).not.toContain(of('G').id);
    const registrar = await records('何静', 'intake', 'most=200');
    expect([registrar.closed, numbersIn(registrar).includes(of('G').number)]).toEqual([0, true]);
    // Whom the clock told of it may open it too.
    expect((await records('赵磊', 'intake')).closed).toBe(0);
    expect(numbersIn(await records('何静', 'overdue'))).toEqual(named('C', 'G', 'H'));
  });

  it('一页一页，不重不漏', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { next: string | null } & Parameters<typeof numbersIn>[0] = await records(
        '韩冬',
        'intake',
        `most=3${next === '' ? '' : `&before=${next}`}`,
      );
      seen.push(...numbersIn(page));
      next = page.next;
    }
    expect(seen.sort()).toEqual(named('A', 'B', 'C', 'D', 'F', 'H', 'I', 'J'));
  });
});

describe('当时所知', () => {
  it('第一天傍晚：后来的事都还没有', async () => {
    expect(await shares('赵磊', `${MARCH}&asOf=${marks['first evening']}`)).toEqual({
      intake: [8, null, 8],
      filed: [7, null, 7],
      dispatched_in_time: [5, 7, 0.714285714],
      handled_in_time: [4, 4, 1],
      rework: [1, 3, 0.333333333],
      returned: [0, 5, 0],
      suspended: [1, null, 1],
      overdue: [2, null, 2],
      responded: [2, 2, 1],
      solved: [2, 2, 1],
      content: [1, 2, 0.5],
      three_rates: [null, null, 0.825],
    });
  });

  it('时限后来停过、改过的，说没有数据，不推测', async () => {
    const then = `${MARCH}&asOf=${marks['before C came back']}`;
    expect(await one('handled_in_time', then)).toMatchObject({
      ...{ value: null, numerator: null, noData: { zh: expect.stringContaining('有 1 个时限在那以后停过') } },
    });
    expect((await one('returned', then)).value).toBe(0);
    expect((await one('intake', then)).value).toBe(9);
  });

  it('现在的时刻与不填一样', async () => {
    expect(await shares('赵磊', `${MARCH}&asOf=${clock.now().toISOString()}`)).toEqual(await shares('赵磊', MARCH));
    clock.advance(1000);
    expect(await shares('赵磊', `${MARCH}&asOf=${marks['before the appeal']}`)).toEqual(await shares('赵磊', MARCH));
  });

  it('申诉成立：免责的不进分母；成立以前仍是原来的数', async () => {
    const owed = await obligation('B', 'casefile.handle');
    const wish = (await by('曹路').post(`/api/obligations/${owed}/ask-appeal`, { words: '连日大雨' })).body
      .adjustmentId;
    expect((await by('陈敏').post(`/api/adjustments/${wish}/second`)).status).toBe(200);
    expect((await by('蒋涛').post(`/api/adjustments/${wish}/grant`)).status).toBe(200);
    const handled = await one('handled_in_time');
    expect([handled.numerator, handled.denominator, handled.value]).toEqual([4, 5, 0.8]);
    expect(handled.exclusions).toContainEqual(expect.objectContaining({ id: 'exempt', count: 1 }));
    expect((await one('handled_in_time', `${MARCH}&asOf=${marks['before the appeal']}`)).value).toBe(0.666666667);
  });

  it('更正位置：今天在新地方，当时在原地方', async () => {
    await open('K');
    const here = async (key: string, more = '') => (await one('intake', `${MARCH}&area=${area(key)}${more}`)).value;
    const [station, ferry] = [await here('station'), await here('ferry')];
    mark('before K moved');
    clock.advance(MINUTE);
    await step(by('何静'), of('K').id, 'relocate', { place: { areaId: area('ferry-1') } });
    expect([await here('station'), await here('ferry')]).toEqual([station - 1, ferry + 1]);
    const then = `&asOf=${marks['before K moved']}`;
    expect([await here('station', then), await here('ferry', then)]).toEqual([station, ferry]);
  });

  it('按立案时的区域：编号换了，仍计在当时的区域', async () => {
    const here = async (vintage: string) =>
      (await one('intake', `${MARCH}&area=${area('ferry')}&vintage=${vintage}`)).value;
    expect(await here('filed')).toBe(await here('today'));
    await county.sql(
      `update casefile set scope_no = (select no from area where realm = 1 and id = $1) where realm = 1 and id = $2`,
      [area('park-1'), of('K').id],
    );
    expect([await here('today'), await here('filed')]).toEqual([0, 1]);
  });
});

describe('更正以后', () => {
  it('撤销并案：又计一件；没有解决：不再是已结案的；当时的数不变', async () => {
    const [intake, content] = [await one('intake'), await one('content')];
    mark('before the corrections');
    clock.advance(MINUTE);
    await step(by('何静'), of('E').id, 'unmerge', { words: '是两处' });
    expect((await anyone.post(`/api/track/${of('A').code}/object`, { words: '又塌了' })).status).toBe(200);
    expect((await one('intake')).value).toBe(intake.value + 1);
    expect((await one('intake')).exclusions[0]).toMatchObject({ id: 'merged', count: 0 });
    expect([content.numerator, content.denominator]).toEqual([2, 3]);
    expect([(await one('content')).numerator, (await one('content')).denominator]).toEqual([1, 2]);
    const then = `${MARCH}&asOf=${marks['before the corrections']}`;
    expect([(await one('intake', then)).value, (await one('content', then)).value]).toEqual([
      intake.value,
      content.value,
    ]);
  });
});

describe('按下级区域', () => {
  it('件数太少的合并在一起，空的说没有数据', async () => {
    const { cells } = await one('solved', `${MARCH}&area=${area('east')}`);
    expect(
      cells.map((cell: { name: { zh: string }; denominator: number; value: number | null }) => [
        cell.name.zh,
        cell.denominator,
        cell.value,
      ]),
    ).toEqual([
      ['青园社区', 0, null],
      ['其他区域（1 个合并，件数太少不单列）', 2, 1],
    ]);
    const counts = (await one('intake', `${MARCH}&area=${area('east')}`)).cells;
    expect(counts.map(({ name, value }: { name: { zh: string }; value: number }) => [name.zh, value])).toEqual([
      ['二运社区', 9],
      ['青园社区', 2],
    ]);
  });
});

describe('不给的', () => {
  it.each([
    ['没有的区域', '赵磊', `area=${randomUUID()}`, 404, 'area.not_found'],
    ['别处的社区', '孙丽', `area=${area('park')}`, 404, 'area.not_found'],
    ['自己上面的街道', '孙丽', `area=${area('east')}`, 404, 'area.not_found'],
    ['开始在结束之后', '赵磊', 'from=2026-03-02&to=2026-03-01', 422, 'figure.turned_round'],
    ['十年多一天', '赵磊', 'from=2016-03-01&to=2026-03-01', 422, 'figure.too_long'],
    ['还没到的时刻', '赵磊', 'asOf=2030-01-01T00:00:00Z', 422, 'figure.not_yet'],
    ['没有的口径', '赵磊', 'pack=mine', 404, 'figure.no_pack'],
    ['不成样子的日期', '赵磊', 'from=2026-02-30', 422, 'input.invalid'],
    ['不读区域的岗位', '曹路', '', 403, 'account.not_for_you'],
    ['管理员', '管理员', '', 403, 'account.not_for_you'],
  ])('%s', async (_what, name, query, status, code) => {
    const reply = await by(name).get(`/api/figures/casefiles?${query}`);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect((await by(name).get(`/api/figures/casefiles/intake/records?${query}`)).body.code).toBe(code);
  });

  it('没有的指标、合成的指标没有记录', async () => {
    expect((await by('赵磊').get('/api/figures/casefiles/nothing/records')).body).toMatchObject({
      status: 404,
      code: 'figure.not_found',
    });
    expect((await by('赵磊').get('/api/figures/casefiles/three_rates/records')).body.code).toBe('figure.composed');
  });

  it.each(['0000-01-01', '0026-03-01', '9999-12-31'])('打错的年份说出来：%s', async (day) => {
    const { status, body } = await by('赵磊').get(`/api/figures/casefiles?to=${day}`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: 'to', says: '年份不对，应在 1900 到 2199 之间' }]);
  });

  it('整整十年可以；不填就是自己的区域、这个月', async () => {
    expect((await by('赵磊').get('/api/figures/casefiles?from=2016-03-02&to=2026-03-01')).status).toBe(200);
    const mine = await figures('孙丽', '');
    expect([mine.area.name, mine.from, mine.to]).toEqual(['二运社区', '2026-03-01', '2026-03-18']);
    expect((await figures('审计员', MARCH)).area.name).toBe('安澜县');
    expect((await by('审计员').get('/api/figures/casefiles/intake/records')).status).toBe(403);
    clock.advance(DAY);
  });
});
