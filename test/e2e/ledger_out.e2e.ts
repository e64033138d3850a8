import { readFileSync } from 'node:fs';
import { read } from 'hucre';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankBook } from '../fixtures/blank_book.ts';
import { blankOf, firmBlank, houseBlank } from '../fixtures/blank_ledgers.ts';
import { book, creditCode, firmLabels, houseLabels } from '../fixtures/ledger_books.ts';
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
  await page.getByLabel('H 帮扶成效 填').selectOption({ label: '备注' });
  await page.getByLabel('条件 1：哪一项').selectOption({ label: '年龄' });
  await page.getByLabel('条件 1：怎样').selectOption({ label: '不小于' });
  await page.getByLabel('条件 1：多少或什么').fill('80');
  await page.getByRole('button', { name: '保存对法' }).click();
  await page.getByRole('status').getByText('对法保存好了').waitFor();
  await page.getByText('填的是：符合“年龄 不小于 80”的').waitFor();
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

const rowWith = (sheet: { readonly rows: readonly (readonly unknown[])[] } | undefined, text: string) =>
  sheet?.rows.find((row) => row.includes(text));

const grid = '二运第一网格';
const houses = [401, 402].map((door, i) => [
  String(i + 1),
  grid,
  '',
  '3',
  '2',
  String(door),
  `房主${'甲乙'[i]}`,
  `1397336000${i}`,
  '砖混',
  '6',
  '1998',
  i ? '是' : '否',
]);
const firms = [['1', '二运副食店', creditCode(1), '店主甲', '13973370001', '零售', '3', '二运巷1号', grid]];

test('房屋和商户的空表：认出是哪本台账，两页各是各的，换一张填；认错了改一下', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli');
  for (const [name, bytes] of [
    ['房屋', await book(houseLabels, houses)],
    ['商户', await book(firmLabels, firms)],
  ] as const) {
    await page.goto('/console/ledgers/files');
    await page.getByLabel('表格文件').setInputFiles({ name: `${name}.xlsx`, mimeType, buffer: bytes });
    await page.getByRole('button', { name: '传上去核对' }).click();
    await page.getByRole('button', { name: /^入账：/ }).click({ timeout: 30_000 });
    await page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });
  }
  await page.goto('/console/ledgers/templates');
  const blank = await blankOf(houseBlank, firmBlank);
  await page.getByLabel('空表文件').setInputFiles({ name: '自建房和商户.xlsx', mimeType, buffer: blank });
  await page.getByRole('button', { name: '传上去看看' }).click();
  await page.getByRole('status').getByText('看懂了').waitFor();
  expect(await page.getByLabel('表里一行是').inputValue()).toBe('houses');
  expect(await page.getByLabel('J 户主姓名 填').inputValue()).toBe('household.head_name');
  await shot('114-template-houses');
  await page.getByRole('button', { name: '填好这张表' }).click();
  await page
    .locator('#made')
    .getByText(/二运社区 \d+ 处/)
    .waitFor();
  const { sheets } = await sheetsDown(page, /^下载 自建房和商户/);
  expect(sheets.map((one) => one.name)).toEqual(['房屋', '企业', '填表来源']);
  // Zhang Dashan and Li Guihua live behind that door.
  expect(rowWith(sheets[0], '房主甲')?.slice(3)).toEqual([
    ...['房主甲', '139****0000', '砖混', 6, 1998, '否', '张大山', 2],
  ]);
  expect(rowWith(sheets[1], '二运副食店')).toBeUndefined();
  await page.getByRole('button', { name: /^改填这一张：企业/ }).click();
  await page.getByRole('status').getByText('改好了').waitFor();
  await page.getByRole('button', { name: '填好这张表' }).click();
  await page
    .locator('#made')
    .getByText(/二运社区 \d+ 家/)
    .waitFor();
  const shops = (await sheetsDown(page, /^下载 自建房和商户/)).sheets[1];
  expect(rowWith(shops, '二运副食店')?.slice(2, 6)).toEqual(['二运副食店', null, '二运巷1号', '店主甲']);
  await page.getByLabel('表里一行是').selectOption({ label: '一个居民' });
  await page.getByRole('button', { name: '改', exact: true }).click();
  await page.getByRole('status').getByText('改好了').waitFor();
  expect(await page.getByLabel('C 商户名称 填').inputValue()).toBe('');
  await shot('115-template-turned');
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
  await page.goto('/console/ledgers/templates');
  await page.getByRole('link', { name: '打开 自建房和商户.xlsx' }).click();
  await page.getByLabel('表里一行是').selectOption({ label: '一处房屋' });
  await page.getByRole('button', { name: /^改填这一张：房屋/ }).click();
  await page.getByRole('status').getByText('改好了').waitFor();
  await shot('116-template-houses-phone');
  await leave();
});
