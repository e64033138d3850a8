import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messy, residentBook } from '../fixtures/resident_book.ts';
import { openBrowser, phone, sitDown } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* A secretary's own spreadsheets go in, what is wrong in them is told, a resident is put right, a door leads to
   the house and back, and a file is taken back. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const SLOW = { timeout: 60_000, interval: 1000 };
const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The page renews itself while the file is worked on: nobody reloads it. */
async function send(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto('/console/residents');
  await page.getByRole('link', { name: '导入表格' }).click();
  await page.getByLabel('表格文件').setInputFiles({ name, mimeType, buffer });
  await page.getByRole('button', { name: '传上去核对' }).click();
  await page.getByRole('button', { name: /^入账：/ }).waitFor({ timeout: 30_000 });
}

test('乱的表传上去：哪几行要改说得清楚，入账，打开一个人，看号码，改电话', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  await page.goto('/console');
  await page.getByRole('link', { name: '台账', exact: true }).click();
  await page.getByText('这里还没有登记的人').waitFor();
  await page.goto('/console/residents/files');
  await shot('100-ledger-send');
  await send(page, '二运社区居民表.xlsx', await residentBook());
  expect(await page.locator('#refused + ul > li').count()).toBe(4);
  await page.getByText('E 列（身份证号）').waitFor();
  const [marked] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载标好的原文件' }).click(),
  ]);
  expect(marked.suggestedFilename()).toMatch(/\.xlsx$/);
  await page.getByText('有 1 列没有认出来').waitFor();
  await page.getByLabel('L 门口有没有狗 当作').selectOption({ label: '备注' });
  await page.getByRole('button', { name: '按新的对法重新核对' }).click();
  await page.getByRole('status').getByText('列改好了').waitFor({ timeout: 30_000 });
  await shot('101-ledger-looked');
  await page.getByRole('button', { name: '入账：新增 3 人，更新 0 人' }).click();
  await page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });
  await page.getByRole('link', { name: '台账', exact: true }).click();
  await page.getByRole('heading', { name: '共 3 人' }).waitFor();
  await shot('102-ledger-list');

  await page.getByLabel('找一个人').fill('13973350001');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '找到 1 人' }).waitFor();
  expect(page.url()).not.toContain('1397335');
  await page.getByRole('link', { name: '张大山' }).click();
  await page.getByRole('heading', { name: '张大山' }).waitFor();
  expect(await page.content()).not.toContain('13973350001');
  // By keyboard alone: why, and the numbers.
  await page.locator('summary', { hasText: '看完整号码' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('为什么要看').fill('上门前打电话');
  await page.keyboard.press('Enter');
  await page.locator('#numbers').getByText('13973350001').waitFor();
  await shot('103-ledger-numbers');
  await page.locator('summary', { hasText: '更正或补填' }).click();
  await page.getByLabel('联系电话', { exact: true }).fill('12');
  // Nothing of it is known yet, so that it is folded.
  await page.locator('summary', { hasText: '学习和工作' }).click();
  await page.getByLabel('文化程度').selectOption('小学');
  await page.getByRole('button', { name: '保存更正' }).click();
  await page.getByText('▲ 不是一个电话号码（2 位）').waitFor();
  expect(await page.getByLabel('文化程度').inputValue()).toBe('小学');
  await shot('104-ledger-refused');
  await page.getByLabel('联系电话', { exact: true }).fill('13973358888');
  await page.getByRole('button', { name: '保存更正' }).click();
  await page.getByRole('status').getByText('已更正').waitFor();
  await page.getByText('139****8888', { exact: true }).waitFor();
  await shot('105-ledger-resident');
  await leave();
});

test('从门牌到房屋、从房屋到人，按户看；交错了台账的表说出来，一下改过去', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli');
  await page.getByRole('link', { name: '台账', exact: true }).click();
  await page.getByRole('link', { name: '房屋', exact: true }).click();
  // The small county's own files come in behind the page.
  await expect
    .poll(async () => {
      await page.goto('/console/ledgers?ledger=houses');
      return page.getByRole('heading', { name: '共 36 处' }).count();
    }, SLOW)
    .toBe(1);
  await shot('110-ledger-houses');
  await page.getByLabel('找一处房屋').fill('3栋2单元401');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '找到 1 处' }).waitFor();
  await page.getByRole('link', { name: '3栋 2-401' }).click();
  await page.getByRole('heading', { name: '住在这里的人' }).waitFor();
  await shot('111-ledger-house');
  await page.getByRole('link', { name: '李桂花' }).click();
  await page.getByRole('heading', { name: '住的房屋' }).waitFor();
  await page.getByRole('link', { name: '3栋 2-401' }).click();
  await page.getByRole('heading', { name: '3栋 2-401' }).waitFor();
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '按户看' }).click();
  await page.getByRole('heading', { name: '共 2 户' }).waitFor();
  await page.getByRole('heading', { name: '户号 H1' }).waitFor();
  await shot('112-ledger-households');

  await page.getByRole('link', { name: '企业商户' }).click();
  await page.getByRole('link', { name: '导入表格' }).click();
  const rows = ['设施名称,设施类型,位置,责任人,责任人电话', '巷口消火栓,消火栓,二运巷口,安责人,13973380001'];
  const buffer = Buffer.from(rows.map((row) => `${row}\n`).join(''));
  await page.getByLabel('进哪本台账').selectOption({ label: '看表头来定' });
  await page.getByLabel('表格文件').setInputFiles({ name: '设施.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: '传上去核对' }).click();
  await page.getByRole('button', { name: '入账：新增 1 处' }).waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: '放下' }).click();
  await page.getByRole('status').getByText('已放下').waitFor();
  await page.goto('/console/ledgers/files?ledger=enterprises');
  const named = Buffer.from(String(buffer).replace('设施名称', '名称'));
  await page.getByLabel('表格文件').setInputFiles({ name: '设施.csv', mimeType: 'text/csv', buffer: named });
  await page.getByRole('button', { name: '传上去核对' }).click();
  await page.getByText('这张表的列更像设施与风险点表').waitFor({ timeout: 30_000 });
  await shot('113-ledger-other');
  await page.getByRole('button', { name: '改按设施与风险点台账核对' }).click();
  await page.getByRole('status').getByText('按这本台账核对过').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: '入账：新增 1 处' }).click();
  await page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });
  await page.goto('/console/ledgers?ledger=facilities');
  await page.getByRole('link', { name: '巷口消火栓' }).waitFor();
  await leave();
});

test('手机上：网格员看自己网格的人；书记传下个月的表，看改了什么，整批撤回', async () => {
  const worker = await signIn(browser, site.url, 'wangxiulan', { screen: phone });
  await worker.page.goto('/console/residents');
  await worker.page.getByRole('heading', { name: '共 2 人' }).waitFor();
  expect(await worker.page.getByRole('link', { name: '导入表格' }).count()).toBe(0);
  await worker.shot('106-ledger-phone');
  await worker.page.getByRole('link', { name: '张大山' }).click();
  await worker.page.getByRole('heading', { name: '同一户的人' }).waitFor();
  await worker.shot('107-ledger-resident-phone');
  await worker.leave();

  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { screen: phone });
  const moved = messy.slice(0, 3).map((cells) => (cells[2] === '王阿婆' ? cells.with(7, '1-1-108') : cells));
  await send(page, '下个月.xlsx', await residentBook(moved));
  await page.getByText('1-1-101 → 1-1-108').waitFor();
  await shot('108-ledger-changes-phone');
  await page.getByRole('button', { name: /^入账：/ }).click();
  await page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: '整批撤回' }).click();
  await page.getByRole('status').getByText('已整批撤回').waitFor({ timeout: 30_000 });
  await page.goto('/console/residents');
  await page.getByText('1-1-101').waitFor();
  await leave();
});

test('本人要求删除要走第二步；英文的几页', async () => {
  const { page, shot, leave } = await sitDown(browser, site.url, phone, { locale: 'en-GB' });
  await page.goto('/console');
  await page.getByLabel('Account').fill('sunli');
  await page.getByLabel('Password').fill('jingwei-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/console$/);
  await page.goto('/console/residents');
  await page.getByRole('heading', { name: '3 residents' }).waitFor();
  await page.getByRole('link', { name: '李桂花' }).click();
  await page.getByRole('link', { name: 'The person asks to be forgotten' }).click();
  await page.getByText('It cannot be brought back').waitFor();
  await shot('109-ledger-forget-phone');
  await page.getByLabel('Ground').fill('asked in person');
  await page.getByRole('button', { name: 'Delete all of it' }).click();
  await page.getByRole('status').getByText('It is being deleted').waitFor();
  await expect
    .poll(async () => {
      await page.goto('/console/residents');
      return page.getByRole('heading', { name: '2 residents' }).count();
    })
    .toBe(1);
  await leave();
});
