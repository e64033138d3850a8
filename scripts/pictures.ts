import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { demoAccounts } from '../src/cli/seed.ts';
import { packageRoot } from '../src/kernel/root.ts';

/**
 * The pictures of the README, from the running program with its demo county: `npm run pictures -- http://localhost:3000`.
 * It reports a matter of its own, so run it on a demo that may have one more.
 */
const [, , url = 'http://localhost:3000'] = process.argv;
const folder = join(packageRoot, 'docs', 'pictures');
const desk = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--lang=zh-CN'],
});
try {
  await portal();
  await phoneSize();
  await desks();
} finally {
  await browser.close();
}

async function sit(screen: typeof desk | typeof phone): Promise<Page> {
  const context = await browser.newContext({ ...screen, baseURL: url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  return context.newPage();
}

async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

async function portal(): Promise<void> {
  const page = await sit(desk);
  await page.goto('/');
  await keep(page, 'portal-report');
}

async function phoneSize(): Promise<void> {
  const page = await sit(phone);
  await page.goto('/');
  await keep(page, 'phone');
  await page.locator('#words').fill('二运巷口的路灯连着三天不亮，晚上接孩子看不见路');
  await page.locator('#place').fill('二运巷口');
  await page
    .locator('#areaId')
    .selectOption({ label: '二运第一网格' })
    .catch(() => undefined);
  await page.locator('form button.primary').first().click();
  await page.waitForSelector('.big.code');
  // The first message is on its way.
  await page.waitForTimeout(3000);
  await page.reload();
  await keep(page, 'track');
}

async function desks(): Promise<void> {
  const page = await sit(desk);
  await page.goto('/console');
  await page.locator('#login').fill('chenmin');
  await page.locator('#password').fill(demoAccounts.password);
  await page.locator('button.primary').click();
  await page.locator('a.line').first().waitFor();
  await keep(page, 'console-inbox');
  await page.locator('a.line').first().click();
  await page.getByRole('heading', { name: '下一步' }).waitFor();
  // Names of choices and the photos come a moment after the case.
  await page.waitForTimeout(1500);
  await keep(page, 'casefile');
  await page.goto('/console/dispatch');
  await page.getByText('超期', { exact: true }).first().click();
  await page.waitForTimeout(1500);
  await keep(page, 'dispatch');
  await page.goto('/console/map');
  await page.locator('canvas').first().waitFor();
  // Tiles are drawn as they come.
  await page.waitForTimeout(4000);
  await keep(page, 'map');
}
