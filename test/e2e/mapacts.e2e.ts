import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, inside } from '../../seeds/small/plan.ts';
import { desk, openBrowser, sitDown } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * The administrator draws on the map: a border, a line through a grid, grids joined. First what would move, then the act;
 * and the same by keyboard, on a machine that draws no maps.
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

const area = (key: string): string => idOf(1, 'area', key);
const drawn = (page: Page): Promise<void> => page.locator('.drawing[data-drawn=yes]').first().waitFor();

async function tell(place: object): Promise<void> {
  const form = { commandId: randomUUID(), casefileId: randomUUID(), reportId: randomUUID() };
  const answer = await fetch(`${site.url}/api/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...form, channel: 'portal', words: '路面塌了一块，车轮会陷进去', place }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

/** Where on the screen a place lies: around the grid there is a quarter of it to each side, and 40 pixels. */
async function screenOf(page: Page) {
  const box = (await page.locator('.mapcanvas').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const high = Math.min(box.height - 80, (box.width - 80) / Math.cos((28.1 * Math.PI) / 180)) / 1.5;
  const wide = high * Math.cos((28.1 * Math.PI) / 180);
  return (east: number, north: number) => ({
    x: box.x + box.width / 2 + (east - 0.5) * wide,
    y: box.y + box.height / 2 - (north - 0.5) * high,
  });
}

test('拆分：在地图上画一条线，两块各起名、各有人负责；先看会变什么，再办', async () => {
  const { lon, lat } = inside(0, 0);
  await tell({ lon, lat, words: '二运巷口' });
  await tell({ lon, lat: 28.1008, words: '巷尾' });
  const { page, shot, leave } = await signIn(browser, site.url, 'admin');
  await page.getByRole('link', { name: '区域变更' }).click();
  await page.getByRole('heading', { level: 1, name: '区域变更' }).waitFor();
  await page.getByLabel('哪个区域').fill('二运第一');
  await page.locator('.ant-select-item-option', { hasText: '二运第一网格' }).click();
  await page.getByRole('heading', { level: 1, name: '二运第一网格' }).waitFor();
  await drawn(page);
  await shot('60-area-border');

  await page.getByText('拆分', { exact: true }).click();
  const at = await screenOf(page);
  await page.mouse.click(at(-0.05, 0.45).x, at(-0.05, 0.45).y);
  await page.mouse.click(at(0.5, 0.5).x, at(0.5, 0.5).y);
  await page.getByText('这条线没有把区域分开').waitFor();
  await page.mouse.click(at(1.04, 0.5).x, at(1.04, 0.5).y);
  await page.getByText('共 3 个点').waitFor();
  const parts = page.locator('fieldset', { hasText: /^第 \d 块/ });
  await expect.poll(() => parts.count()).toBe(2);
  // Back to two points, and forward by hand again: what was drawn is not lost.
  await page.getByRole('button', { name: '退回一步' }).click();
  await page.getByText('共 2 个点').waitFor();
  await page.mouse.click(at(1.04, 0.5).x, at(1.04, 0.5).y);
  await parts.nth(0).getByLabel('名称').fill('二运北网格');
  await parts.nth(1).getByLabel('名称').fill('二运南网格');
  await page.getByLabel('网格员 王秀兰').selectOption({ label: '二运北网格' });
  await page.getByRole('button', { name: '先看会变什么' }).click();
  const seen = page.getByRole('region', { name: '会变什么' });
  await seen.getByText('新设 二运南网格').waitFor();
  await seen.getByText(/^岗位 二运第一网格 网格员（1 人）转到 二运北网格/).waitFor();
  expect(await seen.getByText('1 件未了结案卷').count(), '南北各一件').toBe(2);
  await drawn(page);
  await shot('61-area-split');
  await page.getByRole('button', { name: '拆分', exact: true }).click();
  await page.getByText(/^已办，自/).waitFor();
  await drawn(page);
  await shot('62-area-split-done');
  await leave();
});

test('改边界：拖一个角，和邻居重叠就说多少平方米；由它让出，再办', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'admin', { expected: [/status of 409/] });
  await page.goto(`/console/areas/${area('park-2')}`);
  await page.getByRole('heading', { level: 1, name: '青园第二网格' }).waitFor();
  await drawn(page);
  const at = await screenOf(page);
  const [from, to] = [at(0, 0), at(-0.06, 0.1)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  const gives = page.getByLabel(/^青园第一网格 [\d,]+ 平方米，由它让出$/);
  await gives.waitFor();
  await page.getByRole('button', { name: '先看会变什么' }).click();
  await page.getByText(/^和“青园第一网格”重叠 \d+ 平方米$/).waitFor();
  await drawn(page);
  await shot('63-area-overlap');
  await gives.check();
  await page.getByRole('button', { name: '先看会变什么' }).click();
  const seen = page.getByRole('region', { name: '会变什么' });
  await seen.getByText(/^青园第一网格 有 [\d,]+ 平方米划给 青园第二网格$/).waitFor();
  await seen.getByText(/平方米谁也不管的空档/).waitFor();
  await shot('64-area-gap');
  await page.getByRole('button', { name: '改正边界' }).click();
  await page.getByText(/^已办，自/).waitFor();
  // The table shows what stands now, and nothing is drawn upon it.
  expect(await page.getByLabel('界址点').inputValue()).not.toContain('112.905, 28.105\n');
  expect(await page.getByText('由它让出').count()).toBe(0);
  await leave();
});

test('合并：在地图上点旁边的网格，边界自己算好', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'admin');
  await page.goto(`/console/areas/${area('ferry-1')}`);
  await page.getByText('合并', { exact: true }).click();
  await drawn(page);
  const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('.mapcanvas').boundingBox()) ?? {};
  // The two lie side by side and fill the map.
  await page.mouse.click(x + width * 0.65, y + height / 2);
  await expect.poll(() => page.getByLabel('渡口第二网格').isChecked()).toBe(true);
  await page.getByRole('button', { name: '先看会变什么' }).click();
  await page.getByText('撤销 渡口第二网格').waitFor();
  await drawn(page);
  await shot('65-area-merge');
  await page.getByRole('button', { name: '并入渡口第一网格' }).click();
  await page.getByText(/^已办，自/).waitFor();
  const [located] = [await page.request.get(`/api/locate?lon=112.9075&lat=28.1175`)];
  expect((await located.json()).area.name).toBe('渡口第一网格');
  await leave();
});

test('画不了地图、只用键盘、英文：贴坐标也能改边界；写错的行逐行说', async () => {
  const { page, shot, leave } = await sitDown(browser, site.url, desk, { locale: 'en-GB' });
  await page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null');
  await page.goto('/console');
  await page.getByLabel('Account').fill('admin');
  await page.getByLabel('Password').fill('jingwei-demo');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Change areas' }).waitFor();
  await page.goto(`/console/areas/${area('station-3')}`);
  await page.getByText('This browser cannot draw the map').waitFor();
  const corners = page.getByLabel('Corners');
  await corners.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('112.911, 28.1\n28.1, 112.915\n112.915, 28.105\n112.911, 28.105');
  await page.getByText('Line 2: swapped').waitFor();
  expect(await page.getByRole('button', { name: 'See what would change' }).isDisabled()).toBe(true);
  await corners.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('112.911, 28.1\n112.915, 28.1\n112.915, 28.105\n112.911, 28.105');
  await page.getByLabel(/^Who takes the [\d,]+ m² given up$/).focus();
  await page.keyboard.press('ArrowDown');
  const look = page.getByRole('button', { name: 'See what would change' });
  await look.focus();
  await page.keyboard.press('Enter');
  await page.getByText(/m² of 二运第三网格 go to/).waitFor();
  await shot('66-area-keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText(/^Done, from/).waitFor();
  const now = await (await page.request.get(`/api/areas/${area('station-3')}`)).json();
  expect(now.boundary.coordinates[0]).toContainEqual([112.911, 28.1]);
  await leave();
});
