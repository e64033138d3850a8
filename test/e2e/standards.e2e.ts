import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readXlsx, writeXlsx } from 'hucre';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone } from './browser.ts';
import { signIn } from './desk.ts';
import { officeOf, station } from './office.ts';
import { openSite, type Site } from './site.ts';

/* The county changes a limit: the table goes out, comes back with a slip in it, is mended, looked at and issued. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

type Rows = string[][];

async function download(page: Page, link: string): Promise<Rows> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  const { sheets } = await readXlsx(readFileSync(await file.path()));
  return (sheets[0]?.rows ?? []).map((cells) => cells.map((cell) => (cell === null ? '' : String(cell))));
}

async function send(page: Page, rows: Rows, button: string): Promise<void> {
  const buffer = Buffer.from(await writeXlsx({ sheets: [{ name: '立案标准', rows }] }));
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await page.getByLabel('改好的表').setInputFiles({ name: '立案标准.xlsx', mimeType, buffer });
  await page.getByRole('button', { name: button }).click();
}

const written = (rows: Rows, limit: string): Rows =>
  rows.map((cells) => (cells[7] === 'road-sunken-passable' ? cells.with(6, limit) : cells));

test('改标准：导出、导入一张有错的表、按原因改好、看改了什么和影响谁、发布', async () => {
  const admin = await signIn(browser, site.url, 'admin', { expected: [/status of 422/] });
  const { page } = admin;
  await page.goto('/console/standards');
  await page.getByRole('heading', { name: '立案标准 第 1 版' }).waitFor();
  await admin.shot('80-standards');
  await page.getByRole('link', { name: '道路交通设施' }).click();
  await page.getByText('路面塌陷').first().waitFor();
  await admin.shot('81-standards-class');

  const rows = await download(page, '导出第 1 版');
  await send(page, written(rows, '种植季节15工作日'), '导入成草稿');
  await page.getByText('1 行没有读进来').waitFor();
  await page.getByText(/第 \d+ 行 G 列（时限）：“种植季节15工作日”读不出时限/).waitFor();
  await admin.shot('82-draft-refused');
  const reasons = await download(page, '下载带原因的表');
  await send(page, written(reasons, '6 工作日'), '重新导入');
  await page.getByText('依据没有改，请核对').waitFor();
  await admin.shot('83-draft');

  await page.getByLabel('这一版叫什么').fill('2026 年夏季修订');
  await page.getByLabel('依据哪个文件').fill('县政办〔2026〕3 号');
  await page.getByRole('button', { name: '发布，共改 1 处' }).click();
  await page.getByRole('status').getByText('已发布').waitFor();
  await page.getByRole('heading', { name: '立案标准 第 2 版' }).waitFor();
  await page.getByLabel('找小类、条件、依据、编码').fill('road-sunken-passable');
  await page.keyboard.press('Enter');
  await page.getByText('6 工作日').first().waitFor();
  await admin.shot('84-issued');
  await page.getByRole('link', { name: '工作日历' }).click();
  await page.getByText('还没有公布').first().waitFor();
  await admin.shot('85-calendars');
  await admin.leave();
});

test('手机上：看标准、点开在办的数；英文的一页', async () => {
  const grid = await officeOf(site.url, 'wangxiulan');
  const place = { ...station.at, areaId: station.area, words: '二运巷口' };
  const said = { casefileId: randomUUID(), reportId: randomUUID(), words: '路面塌了一块', place, channel: 'field' };
  await grid.post('/api/casefiles', said);
  const registrar = await signIn(browser, site.url, 'hejing', { screen: phone });
  const { page } = registrar;
  await page.goto('/console/standards?version=2&words=路面塌陷');
  await page.getByText('找到').waitFor();
  await registrar.shot('86-standards-phone');
  const row = page.getByRole('row', { name: /还没有立案的/ });
  expect(await row.getByRole('cell').last().innerText()).toBe('1');
  await row.getByRole('link').click();
  await page.getByRole('heading', { name: '还没有立案的' }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
  await registrar.shot('88-open-under-phone');
  await registrar.leave();

  const admin = await signIn(browser, site.url, 'admin', { screen: phone });
  await admin.page.context().addCookies([{ name: 'lang', value: 'en', url: site.url }]);
  await admin.page.goto('/console/standards');
  await admin.page.getByRole('heading', { name: /^Standard, version 2/ }).waitFor();
  await admin.shot('87-standards-phone-en');
  await admin.leave();
});
