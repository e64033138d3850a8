import { parseCsv, readXlsx } from 'hucre';
import { beforeAll, expect, it } from 'vitest';
import { cast, inside } from '../../seeds/small/plan.ts';
import { tokenOf } from '../../test/fixtures/another.ts';
import { openCounty } from '../../test/harness.ts';
import { area, report, step } from '../../test/telling.ts';

/** The pages of figures: every number opens its cases, what is not to be opened is only counted. */
const county = await openCounty();
const { app, as, anyone } = county;
const MARCH = 'from=2026-03-01&to=2026-03-31';
const show = async (login: string, address: string) => {
  const { statusCode, body } = await app.inject({
    url: address,
    headers: { cookie: `jingwei=${await tokenOf(county, login)}` },
  });
  return { statusCode, body, text: body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') };
};
/** To what a figure counted; to the figures of areas. */
const linksIn = (body: string): string[] => found(body.matchAll(/href="(\/console\/figures\/[^"]+)"/g));
const linksTo = (body: string): string[] => found(body.matchAll(/href="(\/console\/figures\?[^"]+)"/g));
const found = (links: Iterable<RegExpMatchArray>): string[] =>
  [...links].map(([, href = '']) => href.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))));
let number = '';

beforeAll(async () => {
  ({ number } = await report(anyone));
  const secret = await report(anyone, { place: inside(0, 1), typeCode: 'neighbour-leak' });
  const spot = { channel: 'field', words: '巡查发现', conditionCode: 'road-sunken-passable', did: '铺了钢板' };
  const { id } = await report(await as('王秀兰'), spot, '/api/casefiles/handled');
  await step(await as('孙丽'), id, 'verify');
  await step(await as('何静'), id, 'close', { outcome: 'self_handled', publicText: '已铺好。' });
  expect(secret.id).not.toBe(id);
});

it('指标表：数值、分子分母、没有数据的原因、口径参数', async () => {
  const { statusCode, text } = await show('handong', `/console/figures?${MARCH}&pack=weighted`);
  expect(statusCode).toBe(200);
  expect(text).toContain('安澜县 2026年3月1日至31日');
  expect(text).toMatch(/受理数 .*一事多报、并案后只计一件 .* 3 /);
  expect(text).toMatch(/返工率 .* 0\.0% 0 \/ 1/);
  expect(text).toContain('— 没有数据：分母里一件也没有');
  expect(text).toContain('基本满意折算 0.9 一个区的做法');
  expect(text).toContain('口径待核');
});

it('每个数都打得开；保密的只说还有几件', async () => {
  const table = await show('handong', `/console/figures?${MARCH}`);
  const links = linksIn(table.body);
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect([link, (await show('handong', link)).statusCode]).toEqual([link, 200]);
  const intake = await show('handong', links.find((link) => link.includes('/intake') && link.includes(MARCH)) ?? '');
  expect(intake.text).toContain('受理数 3');
  expect(intake.text).toContain('另有 1 件计在内，不能由您打开');
  expect(intake.text).toContain(number);
  expect(intake.text).not.toContain('邻里');
});

it('换一页接着看；换口径、换区域留在地址里', async () => {
  const first = await show('handong', `/console/figures/intake?${MARCH}&most=1`);
  const [next] = linksIn(first.body).filter((link) => link.includes('before='));
  expect((await show('handong', next ?? '')).text).not.toContain(/\d{8}-\d{6}/.exec(first.text)?.[0]);
  const east = await show('handong', `/console/figures?${MARCH}&area=${area('east')}&pack=weighted`);
  expect(linksIn(east.body).every((link) => link.includes(area('east')) && link.includes('pack=weighted'))).toBe(true);
});

it('按下级区域、按承办单位各有一张表；每一格都打得开', async () => {
  const byArea = await show('handong', `/console/figures?${MARCH}`);
  expect(byArea.text).toMatch(/按下级区域 .* 城东街道 3 /);
  const byBody = await show('handong', `/console/figures?${MARCH}&by=body`);
  expect(byBody.text).toMatch(/按承办单位 .* 不在任何单位 3 /);
  const rows = [...linksIn(byArea.body), ...linksIn(byBody.body)].filter((link) => link.includes('split='));
  expect(rows.length).toBeGreaterThan(10);
  for (const link of rows) expect([link, (await show('handong', link)).statusCode]).toEqual([link, 200]);
  const here = rows.find((link) => link.includes('/intake') && link.includes(area('east'))) ?? '';
  const opened = await show('handong', here);
  expect(opened.text).toContain('受理数 3');
  // The way back leads to the table one came from, and the table is there.
  const back = linksTo(opened.body).find((link) => link.includes(MARCH)) ?? '';
  expect((await show('handong', back)).statusCode).toBe(200);
  const further = await show('handong', here.replace('split=', 'most=1&split='));
  expect(linksTo(further.body)).toContain(back);
});

interface Point {
  readonly id: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}
type Told = { readonly figures: readonly (Point & { readonly cells: readonly Point[] })[] };
type Course = { readonly step: string; readonly steps: readonly { readonly figures: readonly Point[] }[] };

it('走势：每天加起来就是整期；上期、此刻的数另说；图上每一根都打得开', async () => {
  const leader = await as('蒋涛');
  const [told, course] = await Promise.all(
    ['', '/course'].map(async (path) => (await leader.get(`/api/figures/casefiles${path}?${MARCH}`)).body),
  );
  const { step, steps } = course as Course;
  expect([step, steps.length > 1]).toEqual(['day', true]);
  const summed = (id: string, what: 'numerator' | 'denominator') =>
    steps.reduce((sum, { figures }) => sum + (figures.find((one) => one.id === id)?.[what] ?? 0), 0);
  const periodic = (told as Told).figures.filter(({ id }) => steps[0]?.figures.some((one) => one.id === id));
  expect(periodic.map(({ id }) => id)).not.toContain('overdue');
  const ofCases = periodic.filter(({ numerator }) => numerator !== null);
  expect(ofCases.length).toBeGreaterThan(5);
  for (const { id, numerator, denominator } of ofCases)
    expect([id, summed(id, 'numerator'), summed(id, 'denominator')]).toEqual([id, numerator, denominator ?? 0]);

  const page = await show('handong', `/console/figures/intake?${MARCH}`);
  const bars = linksIn(page.body).filter((link) => link.includes('to=') && !link.includes(MARCH));
  expect(bars.length).toBeGreaterThan(steps.length);
  for (const link of new Set(bars)) expect([link, (await show('handong', link)).statusCode]).toEqual([link, 200]);
});

it('还没过完的时段，只跟上期的同样几天比', async () => {
  const { before } = (await (await as('蒋涛')).get(`/api/figures/casefiles/course?${MARCH}`)).body;
  const day = county.clock.now().toISOString().slice(0, 10);
  expect(day).toMatch(/^2026-03-[012]/);
  expect(before).toMatchObject({ from: '2026-02-01', to: day.replace('-03-', '-02-') });
});

it('走势不给的：没有这个指标、合成的指标，说清楚', async () => {
  const leader = await as('蒋涛');
  const of = (figure: string) => leader.get(`/api/figures/casefiles/course?figure=${figure}&${MARCH}`);
  expect([(await of('beauty')).status, (await of('three_rates')).status]).toEqual([404, 422]);
  expect((await (await as('曹路')).get('/api/figures/casefiles/course')).status).toBe(403);
});

it('导出：合计与页面上的数一样，各行加起来等于合计；没有数据是空格，不是零', async () => {
  const told = (await (await as('蒋涛')).get(`/api/figures/casefiles?${MARCH}`)).body as Told;
  const cookie = `jingwei=${await tokenOf(county, 'jiangtao')}`;
  const file = (ending: string) => app.inject({ url: `/console/figures.${ending}?${MARCH}`, headers: { cookie } });
  const csv = await file('csv');
  expect(csv.headers['content-disposition']).toMatch(/figures-\d+-2026-03-01-2026-03-31\.csv/);
  const rows = parseCsv(csv.body);
  for (const figure of told.figures) {
    const [whole, ...beside] = rows.filter(([, id]) => id === figure.id);
    expect([figure.id, whole?.[0], whole?.[4]]).toEqual([
      figure.id,
      '全部',
      figure.value === null ? '' : String(figure.value),
    ]);
    if (figure.value === null) expect(whole?.[8]).toMatch(/./);
    if (figure.cells.length === 0 || figure.numerator === null) continue;
    expect([figure.id, beside.reduce((sum, row) => sum + Number(row[5]), 0)]).toEqual([figure.id, figure.numerator]);
  }
  const book = await readXlsx((await file('xlsx')).rawPayload);
  expect(book.sheets.map(({ name }) => name)).toEqual(['指标', '逐期', '口径']);
  expect(book.sheets[0]?.rows.length).toBe(rows.filter((row) => row.length > 1).length);
  const anybody = await app.inject({ url: '/console/figures.csv' });
  expect(anybody.statusCode).toBe(401);
});

it('时段用话说：上周、上月一点就到；往下一级、回上一级都有路', async () => {
  const { body } = await show('handong', '/console/figures');
  for (const words of ['上周', '本周', '上月', '本月', '今年']) expect(body).toContain(`>${words}</a>`);
  expect(body).toMatch(/aria-current="page">本月</);
  const below = linksTo(body).find((link) => link.includes(area('east'))) ?? '';
  expect((await show('handong', below)).body).toContain('↑ 安澜县');
  expect((await show('sunli', '/console/figures')).body).not.toContain('↑ 安澜县');
});

it('导航里只有去得了的：不读区域的岗位没有“指标”', async () => {
  const nav = async (login: string): Promise<boolean> =>
    (await show(login, '/console')).body.includes('href="/console/figures"');
  const may = Object.fromEntries(
    await Promise.all(
      cast.map(async ({ login }) => {
        const { statusCode } = await show(login, '/console/figures');
        return [login, [await nav(login), statusCode === 200]] as const;
      }),
    ),
  );
  for (const [login, [shown, allowed]] of Object.entries(may)) expect([login, shown]).toEqual([login, allowed]);
  expect(may.caolu).toEqual([false, false]);
  expect(may.sunli).toEqual([true, true]);
});

it('不给的：说清楚，有路可回', async () => {
  expect((await show('sunli', `/console/figures?area=${area('park')}`)).text).toContain('没有这个区域');
  expect((await show('sunli', '/console/figures?from=2026-03-02&to=2026-03-01')).text).toContain(
    '开始日期在结束日期之后',
  );
  expect((await show('handong', '/console/figures/beauty')).text).toContain('没有叫“beauty”的指标');
  expect((await show('caolu', '/console/figures')).statusCode).toBe(403);
  expect((await app.inject({ url: '/console/figures' })).statusCode).toBe(401);
});
