import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, inside } from '../../seeds/small/plan.ts';
import { desk, openBrowser, phone, sitDown } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * The map in a real browser: down level by level with mouse and keyboard, the case that one presses, the place that one
 * picks. Nothing is asked of any other host, and the browser complains of nothing.
 */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Everything the page asks for; to be ours alone. */
function watchHosts(page: Page): Set<string> {
  const hosts = new Set<string>();
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(host);
  });
  return hosts;
}

const tell = async (page: Page, place: object, more: object = {}): Promise<string> => {
  const form = {
    ...{ commandId: randomUUID(), casefileId: randomUUID(), reportId: randomUUID() },
    ...{ channel: 'hotline', words: '路面塌了一块，车轮会陷进去', place, ...more },
  };
  const sent = `fetch('/api/casefiles', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(form))} }).then((answer) => answer.status)`;
  expect(await page.evaluate(sent)).toBe(200);
  return form.casefileId;
};

const drawn = (page: Page): Promise<void> => page.locator('.drawing[data-drawn=yes]').first().waitFor();

test('地图：一级一级往下，点案卷看是什么、还剩多久；列表里键盘全能做到', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'hejing');
  const hosts = watchHosts(page);
  const { lon, lat } = inside(0, 0);
  await tell(page, { lon, lat, words: '二运巷口' });
  await tell(page, { lon: lon + 0.0012, lat: lat - 0.001, words: '小卖部门前' });
  for (let i = 0; i < 4; i += 1) await tell(page, { lon: lon + 0.006 + i / 100_000, lat, words: `早市第${i + 1}摊` });
  await tell(page, { areaId: idOf(1, 'area', 'station-1'), words: '不知道在哪里' });

  await page.getByRole('link', { name: '地图', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '城东街道' }).waitFor();
  await drawn(page);
  await shot('41-map-town');

  await page.getByRole('link', { name: /^二运社区/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '二运社区' }).waitFor();
  await drawn(page);
  await shot('42-map-community');
  await page.getByRole('link', { name: /^二运第一网格/ }).click();
  await page.getByRole('heading', { level: 1, name: '二运第一网格' }).waitFor();
  await page.getByText('1 件没有坐标').waitFor();
  await drawn(page);
  await page.getByRole('button', { name: /小卖部门前/ }).focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: '选中的案卷' });
  await card.getByRole('link', { name: '打开案卷' }).waitFor();
  await drawn(page);
  await shot('43-map-grid-card');
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1, name: '二运社区' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: '二运第一网格' }).waitFor();

  // The grid fills the map, so that its middle is the map's.
  await drawn(page);
  const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('.mapcanvas').boundingBox()) ?? {};
  // A square of half a hundredth of a degree, 40 pixels from the edges; higher than wide at this latitude.
  const side = Math.min(width, height) - 80;
  await page.mouse.click(x + width / 2 - side * 0.1, y + height / 2 - side * 0.1);
  await card.getByRole('heading', { name: /二运巷口/ }).waitFor();
  await card.getByRole('link', { name: '打开案卷' }).click();
  await page.getByRole('heading', { level: 1, name: /路面塌了/ }).waitFor();
  expect([...hosts]).toEqual([new URL(site.url).host]);
  await leave();
});

test('案卷页上看得到它在哪里、网格的边界；登记时点地图，坐标自己填好，说在哪个网格', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'hejing', { expected: [/status of 422/] });
  const hosts = watchHosts(page);
  const { lon, lat } = inside(2, 0);
  const id = await tell(page, { lon, lat, words: '三网格东头' });
  await page.goto(`/console/cases/${id}`);
  await page.getByRole('heading', { level: 1, name: /路面塌了/ }).waitFor();
  await drawn(page);
  await shot('45-case-map');

  await page.getByRole('link', { name: '登记来报' }).click();
  await page.getByLabel('说了什么').fill('树枝挡住了路牌');
  await page.getByLabel('在哪里').fill('青园路口');
  await page.getByRole('button', { name: '在地图上选' }).click();
  await drawn(page);
  const map = (await page.locator('.mapcanvas').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  // North of the middle of the township.
  await page.mouse.click(map.x + map.width / 2 - 40, map.y + map.height / 2 - 60);
  await page.getByText(/在 青园社区 · 青园第.网格/).waitFor();
  expect(await page.getByLabel('坐标').inputValue()).toMatch(/^112\.9\d{5}, 28\.1\d{5}$/);
  await drawn(page);
  await shot('46-intake-map');
  await page.mouse.click(map.x + 20, map.y + 20);
  await page.getByText('不在本县范围内').waitFor();
  await page.mouse.click(map.x + map.width / 2 - 40, map.y + map.height / 2 - 60);
  await page.getByText(/在 青园社区/).waitFor();
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByRole('link', { name: '打开案卷' }).click();
  await page.getByText(/青园社区 \/ 青园第.网格/).waitFor();
  expect([...hosts]).toEqual([new URL(site.url).host]);
  await leave();
});

test('窄屏：地图在上，列表在下', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'hejing', { screen: phone });
  await page.goto('/console/map');
  await page.getByRole('heading', { level: 1, name: '城东街道' }).waitFor();
  await drawn(page);
  await shot('44-map-narrow');
  await leave();
});

test('别人报的自己出现；深色、英文都完整；画不了地图的电脑上，列表照样能办', async () => {
  const { page, leave } = await signIn(browser, site.url, 'chenmin');
  const registrar = await signIn(browser, site.url, 'hejing');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/console/map');
  await drawn(page);
  const { lon, lat } = inside(0, 1);
  await tell(registrar.page, { lon, lat, words: '青园北门' });
  // By itself: nobody reloads the page.
  await page.getByRole('button', { name: /青园北门/ }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /青园北门/ }).click();
  await page.getByRole('region', { name: '选中的案卷' }).getByRole('link', { name: '打开案卷' }).waitFor();
  await drawn(page);
  await page.screenshot({ path: 'var/screens/48-map-dark.png' });
  await registrar.leave();
  await leave();

  const english = await sitDown(browser, site.url, desk, { locale: 'en-GB' });
  // As on a machine whose graphics are barred.
  await english.page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null');
  await english.page.goto('/console');
  await english.page.getByLabel('Account').fill('hejing');
  await english.page.getByLabel('Password').fill('jingwei-demo');
  await english.page.getByRole('button', { name: 'Sign in' }).click();
  await english.page.getByRole('link', { name: 'Map', exact: true }).click();
  await english.page.getByText('This browser cannot draw the map').waitFor();
  await english.page.getByRole('button', { name: /青园北门/ }).click();
  await english.page.getByRole('link', { name: 'Open the case' }).waitFor();
  await english.shot('49-map-english-undrawn');
  await english.leave();
});
