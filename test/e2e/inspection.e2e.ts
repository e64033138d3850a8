import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone as small } from './browser.ts';
import { signIn } from './desk.ts';
import { picture } from './field.ts';
import { openSite, type Site } from './site.ts';

/*
 * The leader draws shops out of the ledger by a stated rule, somebody goes there, what is found waits for a body, and is
 * checked off by another than who put it right.
 */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  for (const colour of ['#733', '#944', '#373']) pictures[colour] = await picture(colour);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const shops = Array.from({ length: 12 }, (_, i) => [`惠民${i + 1}店`, '零售', `站前路${i + 1}号`, '二运第一网格']);

const jpeg = (i: number) => ({ name: `${i}.jpg`, mimeType: 'image/jpeg' });
const pictures: Record<string, Buffer> = {};

test('从台账抽店检查：发现隐患，单位整改，另一个人复查销号', async () => {
  const head = await signIn(browser, site.url, 'sunli');
  await head.page.goto('/console/ledgers/files?ledger=enterprises');
  const buffer = Buffer.from(
    [['商户名称', '行业', '经营地址', '所属网格'], ...shops].map((row) => row.join(',')).join('\n'),
  );
  await head.page.getByLabel('表格文件').setInputFiles({ name: '商户.csv', mimeType: 'text/csv', buffer });
  await head.page.getByRole('button', { name: '传上去核对' }).click();
  await head.page.getByRole('button', { name: /^入账：/ }).click({ timeout: 30_000 });
  await head.page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });
  await head.leave();

  const { page, shot, leave } = await signIn(browser, site.url, 'jiangtao', { expected: [/status of 422/] });
  await page.goto('/console/inspections/checklists?from=ten');
  await page.getByLabel('一行一条').fill('消防器材｜3天');
  await page.getByRole('button', { name: '发布' }).click();
  await page.getByText('第 1 行的“3天”读不懂').waitFor();
  await page.getByRole('link', { name: '企业安全十查' }).click();
  await page.getByRole('button', { name: '发布' }).click();
  await page.getByText('已发布').waitFor();
  await shot('120-checklists');

  await page.goto('/console/inspections');
  await page.getByRole('link', { name: '发起检查' }).click();
  await page.getByLabel('叫什么').fill('春节前消防督查');
  await page.getByLabel('是否提前通知').selectOption('no');
  await page.getByLabel('还有谁去').fill('王秀兰');
  await page.getByLabel('若干是多少').fill('3');
  await page.getByRole('button', { name: '先看从哪些里抽' }).click();
  await page.getByRole('heading', { name: /会从 \d+ 处里抽 3 处/ }).waitFor();
  const drawn = await page.locator('.panel[role=status] li').allInnerTexts();
  await shot('121-inspection-look');
  await page.getByRole('button', { name: '发起检查' }).click();
  await page.getByText('已发起').waitFor();
  const places = await page.locator('table.records tbody th').allInnerTexts();
  expect(places).toHaveLength(3);
  expect(places.every((name) => drawn.some((one) => one.startsWith(name.trim())))).toBe(true);
  await page.getByRole('link', { name: /重抽一遍/ }).click();
  await page.getByText(/从 \d+ 处里抽 3 处，和当时一样/).waitFor();
  const inspection = page.url().split('?')[0] as string;

  const worker = await signIn(browser, site.url, 'wangxiulan', { screen: small });
  await worker.page.goto(inspection);
  await worker.page.locator('table.records tbody th a').first().click();
  await worker.page.getByText('发现隐患，登记').click();
  await worker.page.getByLabel('看到了什么').fill('灭火器两具过期，安全出口上锁');
  await worker.page.getByLabel('违反检查表哪一条').selectOption({ label: '消防器材和通道' });
  await worker.page.getByLabel('由哪个单位整改').selectOption({ label: '安澜县市政养护中心' });
  await worker.page.getByLabel('多久内改好').fill('3');
  await worker.page
    .getByLabel('整改前照片')
    .setInputFiles(['#733', '#944'].map((colour, i) => ({ ...jpeg(i), buffer: pictures[colour] ?? Buffer.alloc(0) })));
  await worker.shot('122-inspection-find-360');
  await worker.page.getByRole('button', { name: '登记，交单位整改' }).click();
  await worker.page.getByText('已登记，整改单位的待办里有了').waitFor();
  await worker.page.locator('table.records tbody th a').nth(1).click();
  await worker.page.getByRole('button', { name: '没有发现问题' }).click();
  await worker.page.getByText('还有 1 处要去').waitFor();
  await worker.shot('123-inspection-360');
  await worker.leave();

  const body = await signIn(browser, site.url, 'caolu', { expected: [/status of 422/] });
  await body.page.getByText(/^消防器材和通道 · /).click();
  await body.page.getByRole('heading', { name: /灭火器两具过期/ }).waitFor();
  // What was not announced is not named.
  expect(await body.page.getByText('春节前消防督查').count()).toBe(0);
  await body.page.getByLabel(/改成什么样了/).fill('换了两具新的，锁已拆');
  await body.page.getByLabel('整改后').setInputFiles([
    { ...jpeg(1), buffer: pictures['#373'] ?? Buffer.alloc(0) },
    { name: '压缩包.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('504b03040000', 'hex') },
  ]);
  await body.page.getByRole('button', { name: '报整改完成' }).click();
  await body.page.getByText('这一步还没有办').waitFor();
  expect(await body.page.getByLabel(/改成什么样了/).inputValue()).toBe('换了两具新的，锁已拆');
  expect(await body.page.getByRole('img', { name: '整改前' }).count()).toBe(2);
  expect(await body.page.getByRole('img', { name: '整改后' }).count()).toBe(1);
  await body.shot('124-hazard-body');
  await body.page.getByRole('button', { name: '报整改完成' }).click();
  await body.page.getByText('已办：报整改完成').waitFor();
  await body.leave();

  await page.goto('/console');
  await page.getByText(/^消防器材和通道 · /).click();
  await page.getByLabel('到现场看到了什么').fill('到店看过，两具新的，出口能推开');
  await page.getByRole('button', { name: '复查合格，销号' }).click();
  await page.getByText('已办：复查合格，销号').waitFor();
  await shot('125-hazard-checked-off');
  await page.goto(inspection);
  await page.getByRole('heading', { name: '按检查条目归拢' }).waitFor();
  await shot('126-inspection');
  await page.locator('.figures').getByRole('link', { name: '1', exact: true }).first().click();
  await page.getByRole('link', { name: /灭火器两具过期/ }).waitFor();
  await shot('127-hazards');
  await leave();
}, 240_000);
