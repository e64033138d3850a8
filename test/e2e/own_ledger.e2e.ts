import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { book } from '../fixtures/ledger_books.ts';
import { openBrowser, phone as small } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * The secretary makes a ledger of dogs with a field of its own, writes one down, is refused and loses nothing, brings a
 * spreadsheet in and takes it out again; a grid worker adds one on a small screen.
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

test('社区自己建一本台账、加字段、登记、导入、取出；网格员在小屏幕上登记', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of (409|422)/] });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '自建台账' }).click();
  await page.locator('summary', { hasText: '建一本' }).click();
  await page.getByLabel(/^叫什么/).fill('居民台账');
  await page.getByLabel(/^做什么用/).fill('打疫苗和走失时找主人');
  await page.getByLabel(/^每一条按什么称呼/).fill('犬名');
  await page.getByLabel(/^用什么数/).fill('只');
  await page.getByRole('button', { name: '建好' }).click();
  await page.getByText('已经有这样一本台账').first().waitFor();
  expect(await page.getByLabel(/^每一条按什么称呼/).inputValue()).toBe('犬名');
  await page.getByLabel(/^叫什么/).fill('养犬台账');
  await page.getByRole('button', { name: '建好' }).click();
  await page.getByText('建好了。先加上要记的字段').waitFor();
  await shot('270-own-ledger');

  await page.getByRole('link', { name: '它的字段' }).click();
  await page.getByRole('link', { name: '加一个字段' }).click();
  await page.getByLabel(/^叫什么/).fill('疫苗日期');
  await page.getByRole('button', { name: '看有没有了' }).click();
  await page.getByLabel('日期', { exact: true }).check();
  await page.getByLabel(/^做什么用/).fill('到期提醒');
  await page.getByRole('button', { name: '加上' }).click();
  await page.getByText('加上了。').waitFor();

  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByRole('link', { name: '登记一只' }).click();
  await page.getByLabel('犬名').fill('旺财');
  await page.getByLabel('责任人电话').fill('abc');
  await page.getByLabel('疫苗日期').fill('2026-01-09');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.locator('#f-work-answerable_phone-fault').getByText('不是一个电话号码').waitFor();
  expect(await page.getByLabel('疫苗日期').inputValue()).toBe('2026-01-09');
  await shot('271-own-ledger-refused');
  await page.getByLabel('责任人电话').fill('13900000071');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('登记好了。').waitFor();
  await page.getByRole('cell', { name: '139****0071' }).waitFor();

  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByRole('link', { name: '导入表格' }).click();
  const rows = ['大黄', '小白'].map((name, i) => [name, `主人${i}`, `1390000007${i + 2}`, '2026-01-10', `证${i}`]);
  const bytes = await book(['犬名', '责任人', '责任人电话', '疫苗日期', '登记证'], rows);
  await page
    .getByLabel(/^表格文件/)
    .setInputFiles({ name: '养犬.xlsx', mimeType: 'application/octet-stream', buffer: bytes });
  await page.getByRole('button', { name: '传上去核对' }).click();
  // A column that nobody understood becomes a field, and one is back at the file, which holds it.
  await page.getByRole('link', { name: '建成自建字段' }).click({ timeout: 30_000 });
  await page.getByLabel('文字', { exact: true }).check();
  await page.getByLabel(/^做什么用/).fill('查验');
  await page.getByRole('button', { name: '加上' }).click();
  await page.getByText('列都认出来了').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: /^入账/ }).click({ timeout: 30_000 });
  await page.getByText('已入账').first().waitFor({ timeout: 30_000 });
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByRole('heading', { name: '共 3 只' }).waitFor();
  await shot('272-own-ledger-list');
  await page.locator('summary', { hasText: '做成表格下载' }).click();
  await page.getByRole('button', { name: '做成表格' }).click();
  await page.getByRole('link', { name: /下载.*养犬台账/ }).waitFor();
  await leave();
});

test('网格员在小屏幕上登记一只；已经有的不登记两遍', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'wangxiulan', {
    ...{ screen: small, expected: [/status of 409/] },
  });
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '养犬台账' }).click();
  for (const says of ['登记好了。', '台账里已经有这一条']) {
    await page.getByRole('link', { name: '登记一只' }).click();
    await page.getByLabel('犬名').fill('阿黑');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText(says).first().waitFor();
    await shot(says.includes('好了') ? '273-own-ledger-phone' : '274-own-ledger-twice');
    await page.getByRole('link', { name: '养犬台账' }).click();
  }
  await leave();
});
