import { readFileSync } from 'node:fs';
import { read } from 'hucre';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankBook } from '../fixtures/blank_book.ts';
import { residentBook } from '../fixtures/resident_book.ts';
import { openBrowser, phone } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* A superior's blank workbook is sent once and filled with a click; the ledger itself comes down as a spreadsheet. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function sheetsDown(page: Page, link: RegExp) {
  const [came] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  return { name: came.suggestedFilename(), sheets: (await read(readFileSync(await came.path()))).sheets };
}

test('空表传一次：改一列、写填哪些人，填好，下载；居民台账做成表格', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  await page.goto('/console/ledgers/files');
  await page.getByLabel('表格文件').setInputFiles({ name: '居民.xlsx', mimeType, buffer: await residentBook() });
  await page.getByRole('button', { name: '传上去核对' }).click();
  await page.getByRole('button', { name: /^入账：/ }).click({ timeout: 30_000 });
  await page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });

  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '填上级的表' }).click();
  await page.getByLabel('空表文件').setInputFiles({ name: '居民.xlsx', mimeType, buffer: await residentBook() });
  await page.getByRole('button', { name: '传上去看看' }).click();
  await page.getByText('没有找到可以填的空表').waitFor();
  await page.getByLabel('空表文件').setInputFiles({ name: '老人表.xlsx', mimeType, buffer: await blankBook() });
  await page.getByRole('button', { name: '传上去看看' }).click();
  await page.getByRole('status').getByText('看懂了').waitFor();
  await page.getByLabel('H 帮扶措施 填').selectOption({ label: '备注' });
  await page.getByLabel('条件 1：哪一项').selectOption({ label: '年龄' });
  await page.getByLabel('条件 1：怎样').selectOption({ label: '不小于' });
  await page.getByLabel('条件 1：多少或什么').fill('80');
  await page.getByRole('button', { name: '保存对法' }).click();
  await page.getByRole('status').getByText('对法保存好了').waitFor();
  await page.getByText('只填：年龄 不小于 80').waitFor();
  await shot('110-template');
  await page.getByLabel('为什么要完整的').fill('民政核发高龄津贴');
  await page.getByRole('button', { name: '填好这张表' }).click();
  await page.locator('#made').getByText('二运社区 1 人').waitFor();
  const { name, sheets } = await sheetsDown(page, /^下载 老人表/);
  expect(name).toMatch(/^老人表 二运社区 .*\.xlsx$/);
  expect(sheets[0]?.rows[3]?.slice(0, 2)).toEqual([1, '王阿婆']);
  expect(sheets[0]?.rows[3]?.[5]).toBe('13973350003');
  expect(sheets.map((one) => one.name)).toEqual(['登记表', '填表来源']);
  await leave();
});

test('手机上：网格员把自己网格的人做成表格，号码遮住；书记打开空表', async () => {
  const worker = await signIn(browser, site.url, 'wangxiulan', { screen: phone });
  await worker.page.goto('/console/ledgers');
  await worker.page.locator('summary', { hasText: '做成表格下载' }).click();
  await worker.page.getByText('身份证号和电话遮住中间几位').waitFor();
  await worker.page.getByRole('button', { name: '做成表格' }).click();
  await worker.page.locator('#made').getByText('二运第一网格 2 人').waitFor();
  await worker.shot('111-ledger-out-phone');
  const { sheets } = await sheetsDown(worker.page, /^下载 二运第一网格居民台账/);
  expect(JSON.stringify(sheets[0]?.rows)).toContain('139****0001');
  await worker.leave();

  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { screen: phone });
  await page.goto('/console/ledgers/templates');
  await shot('112-templates-phone');
  await page.getByRole('link', { name: '打开 老人表.xlsx' }).click();
  await page.getByRole('heading', { name: '老人表.xlsx' }).waitFor();
  await shot('113-template-phone');
  await leave();
});
