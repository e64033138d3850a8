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
const linksIn = (body: string): string[] =>
  [...body.matchAll(/href="(\/console\/figures\/[^"]+)"/g)].map(([, href = '']) =>
    href.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  );
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
  expect(text).toContain('安澜县 案卷指标');
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
  const intake = await show('handong', links.find((link) => link.includes('/intake')) ?? '');
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
  expect((await show('handong', here)).text).toContain('受理数 3');
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
