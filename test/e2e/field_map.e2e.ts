import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openTab, takePhone } from './field.ts';
import { officeOf, station } from './office.ts';
import { openSite, type Site } from './site.ts';

/* The map of one's own grids, drawn from what the phone holds. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface Seen {
  readonly id: string;
  readonly summary: string | null;
  readonly point: readonly [number, number] | null;
}
const pointOf = async (words: string): Promise<readonly [number, number] | null> => {
  const office = await officeOf(site.url, 'hejing');
  const found = (await office.get<Seen[]>('/api/casefiles?most=200')).find(({ summary }) => summary?.includes(words));
  if (!found) return null;
  const told = await office.get<{ point: { lon: number; lat: number } | null }>(`/api/casefiles/${found.id}`);
  return told.point && [told.point.lon, told.point.lat];
};

type Spot = readonly [x: number, y: number];

/** The mark, from where it stands to where it shall. */
async function drag(page: Page, to: (mark: Spot, sheet: { x: number; y: number }) => Spot): Promise<void> {
  await page.locator('.map svg').scrollIntoViewIfNeeded();
  const [mark, sheet] = [await page.locator('.map .mark').boundingBox(), await page.locator('.map svg').boundingBox()];
  if (!mark || !sheet) throw new Error('no mark');
  const from: Spot = [mark.x + mark.width / 2, mark.y + mark.height / 2];
  const [x, y] = to(from, sheet);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + x) / 2, (from[1] + y) / 2);
  await page.mouse.move(x, y);
  await page.mouse.up();
}

test('没有网络也看得到自己的网格；标记拖得动、键盘移得动，移出网格不算；报上去的就是那一点', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', {
    expected: [/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/],
  });
  const { page } = hand;
  await hand.context.setOffline(true);
  await openTab(page, '上报');
  await page.locator('.map .mark').waitFor();
  expect(await page.locator('.map .grid').count()).toBeGreaterThan(0);
  expect(await page.locator('.map text', { hasText: '二运第一网格' }).count()).toBe(1);
  await page.getByText('您在这里（误差 12 米）').waitFor();
  await page.getByLabel('什么事，一句话').fill('地图上挪过的这条');

  await drag(page, (_, sheet) => [sheet.x + 6, sheet.y + 6]);
  await page.getByText('那里不在您的网格里，位置没有改').waitFor();
  await drag(page, ([x, y]) => [x + 30, y - 20]);
  await page.getByText('由您选定').waitFor();
  await page.getByRole('button', { name: '放大' }).click();
  const mark = page.getByRole('button', { name: /报事的位置，用方向键移动/ });
  await mark.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
  await page.evaluate('window.scrollTo(0, 0)');
  await hand.shot('74-field-map');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
  await hand.context.setOffline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(() => pointOf('地图上挪过的这条'), { timeout: 30_000 }).not.toBeNull();
  const [lon = 0, lat = 0] = (await pointOf('地图上挪过的这条')) ?? [];
  expect(lon).toBeGreaterThan(station.at.lon);
  expect(lat).toBeGreaterThan(station.at.lat);

  await openTab(page, '今日');
  await page.locator('a.line').first().click();
  await page.getByRole('heading', { name: '在哪里' }).waitFor();
  await page.getByText(/离您 \d+ 米/).waitFor();
  await page.evaluate('window.scrollTo(0, 0)');
  await hand.shot('75-field-case-map');
  await hand.leave();
});
