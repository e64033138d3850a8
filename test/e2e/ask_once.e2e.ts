import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from 'hucre';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asked, gridTable, lonely, told } from '../fixtures/grid_table.ts';
import { lookAtMarked, mend, monthBook, neighbours, slipsIn } from '../fixtures/month_book.ts';
import { openBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { strip, synced, takePhone } from './field.ts';
import { openSite, type Site } from './site.ts';

/*
 * Ask once, as three people live it: a secretary and her workbook with 37 wrong cells, a township and a table its superior
 * wants, somebody who is about to ask what is known under another name.
 */
let site: Site;
let browser: Browser;
const OFF = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /Failed to load resource/];
const folder = mkdtempSync(join(tmpdir(), 'jingwei-once-'));

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a hand drags it out of a folder: the browser itself is given the file, not the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  await page.getByText('也可以把文件拖到这一页上').waitFor();
  const hand = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await hand.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
}

async function down(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [came] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: came.suggestedFilename(), bytes: readFileSync(await came.path()) };
}

const toTake = (page: Page): Locator => page.getByRole('button', { name: /^入账：/ });
const taken = (page: Page): Promise<void> => page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });

test('书记的乱表：拖进来，37 格标好拿回去改，再拖进来就成；下个月只按一下', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli');
  const people = neighbours(45);
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '导入表格' }).click();
  await drop(page, '居民登记表11月.xlsx', await monthBook('11月', people, slipsIn(people)));
  await page.getByText('有 37 格要改').waitFor({ timeout: 30_000 });
  await page.getByText('，在 32 行 里').waitFor();
  await page.getByLabel(/门口有没有狗 当作$/).selectOption({ label: '备注' });
  await page.getByRole('button', { name: '按新的对法重新核对' }).click();
  await page.getByRole('status').getByText('列改好了').waitFor({ timeout: 30_000 });
  await shot('121-once-37');
  const marked = await down(page, page.getByRole('link', { name: '下载标好的原文件' }));
  const { cells, reasons } = await lookAtMarked(marked.bytes);
  const wanted = [...slipsIn(people).keys()].sort();
  expect(wanted).toHaveLength(37);
  expect(cells.map(({ row, column }) => `${row},${column}`).sort()).toEqual(wanted);
  expect(reasons).toHaveLength(32);
  expect(reasons.flatMap((one) => one.split('；'))).toHaveLength(37);

  await page.goto('/console/ledgers/files');
  await drop(page, marked.name, await mend(marked.bytes, people, cells));
  await page.getByRole('button', { name: '入账：新增 45 人，更新 0 人' }).waitFor({ timeout: 30_000 });
  expect(await page.getByText('格要改').count()).toBe(0);
  await toTake(page).click();
  await taken(page);

  // A month later: two have come, one has another telephone. The file is dropped, looked over, and taken in by one press.
  const later = neighbours(47).map((one, i) => (i === 6 ? { ...one, phone: '13912345678' } : one));
  await page.goto('/console/ledgers/files');
  await drop(page, '居民登记表12月.xlsx', await monthBook('12月', later));
  await page.getByRole('button', { name: '入账：新增 2 人，更新 1 人，确认 44 人' }).click({ timeout: 30_000 });
  await taken(page);
  await page.getByText('上次就这样对的').first().waitFor({ state: 'attached' });
  await shot('122-once-next-month');
  await page.goto('/console/ledgers');
  await page.getByRole('heading', { name: '共 47 人' }).waitFor();
  await leave();
});

/** The three things nobody knew, put to the `i`th at their door. */
async function visit(field: Page, i: number): Promise<void> {
  await field.getByRole('link', { name: new RegExp(asked(i)) }).click();
  await field.getByLabel('联系电话').fill(told(i).phone);
  await field.getByLabel('健康状况').fill(told(i).health);
  await field.getByLabel('困难类型').fill(told(i).need);
  await field.getByRole('button', { name: '存下这次走访' }).click();
}

test('镇街要独居老人表：大多已经知道，11 个人在两部手机上各问三句，空表一按就填好', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'hejing');
  // What the communities have told before: 13 whole, 6 without the three facts, and 5 whose facts are a year and a half old.
  for (const [name, who, day] of lonely()) {
    await page.goto('/console/ledgers/files?ledger=residents');
    if (day) await page.getByLabel('表里说的是哪一天的情况').fill(day);
    await drop(page, name, who);
    await toTake(page).click({ timeout: 30_000 });
    await taken(page);
  }
  await page.goto('/console/ledgers/templates');
  await drop(page, '独居老人分网格登记表.xlsx', await gridTable());
  await page.getByRole('status').getByText('看懂了').waitFor();
  const conditions = [
    ['年龄', '不小于', '60'],
    ['是否独居', '为', '是'],
  ] as const;
  for (const [i, [field, is, value]] of conditions.entries()) {
    await page.getByLabel(`条件 ${i + 1}：哪一项`).selectOption({ label: field });
    await page.getByLabel(`条件 ${i + 1}：怎样`).selectOption({ label: is });
    await page.getByLabel(`条件 ${i + 1}：多少或什么`).fill(value);
  }
  await page.getByRole('button', { name: '保存对法' }).click();
  await page.getByText('填的是：符合“年龄 不小于 60，是否独居 为 是”的').waitFor();
  await page.getByRole('link', { name: /先看缺谁的/ }).click();
  expect(await page.getByLabel('问什么，一行一个问题').inputValue()).toBe('联系电话\n健康状况\n困难类型');
  await page.getByLabel('第一轮什么时候走完').fill('2030-12-31');
  await page.getByRole('button', { name: '先看会问谁' }).click();
  await page.getByRole('heading', { name: '会走访 24 人' }).waitFor();
  await page.locator('#who summary').click();
  expect(await page.locator('#who tbody tr').count()).toBe(24);
  await page.getByText('其中 13 人要问的都已经知道；还要问的是 11 人。').waitFor();
  await page.getByText('二运社区 11，青园社区 13（要问 0）').waitFor();
  await page.getByText('台账里已有 39 格不用问，最多当面问 33 格').waitFor();
  await shot('123-once-look');
  await page.getByRole('button', { name: '只走访还要问的，共 11 人' }).click();
  await page.getByRole('heading', { name: '独居老人分网格登记表' }).waitFor();
  const campaign = page.url();

  const [wang, wu] = await Promise.all(
    ['wangxiulan', 'wufang'].map((login) => takePhone(browser, site.url, login, { expected: OFF })),
  );
  if (!wang || !wu) throw new Error('two phones');
  const open = async ({ page: field }: typeof wang): Promise<void> => {
    await field.getByRole('link', { name: /走访：独居老人分网格登记表/ }).click({ timeout: 30_000 });
    await field.locator('ul.list a.line').first().waitFor();
  };
  await Promise.all([open(wang), open(wu)]);
  await wang.offline(true);
  for (let i = 0; i < 6; i += 1) await visit(wang.page, i);
  for (let i = 6; i < 11; i += 1) await visit(wu.page, i);
  await expect.poll(() => strip(wang.page)).toMatch(/离线，6 条待发/);
  await wang.offline(false);
  await Promise.all([synced(wang.page), synced(wu.page)]);
  await expect
    .poll(
      async () => {
        await page.goto(campaign);
        return page.locator('dl.figures dd').allInnerTexts();
      },
      { timeout: 30_000 },
    )
    .toEqual(['11', '11', '0', '0', '0', '0']);
  await page.getByText('当面问了 33 格').waitFor();
  await page.getByText('名单上的都走到了').waitFor();
  await shot('124-once-asked');
  await Promise.all([wang.leave(), wu.leave()]);

  await page.getByRole('link', { name: /去填上级的表/ }).click();
  await page.getByRole('link', { name: '打开 独居老人分网格登记表.xlsx' }).click();
  await page.getByLabel('为什么要完整的').fill('民政核对独居老人');
  await page.getByRole('button', { name: '填好这张表' }).click();
  await page.locator('#made').getByText('城东街道 24 人').waitFor({ timeout: 30_000 });
  await shot('125-once-filled');
  const { bytes } = await down(page, page.getByRole('link', { name: /^下载 独居老人分网格登记表/ }));
  const [table, sources] = (await read(bytes)).sheets;
  const people = table?.rows.filter((row) => /第[一二]网格$/.test(String(row[1]))) ?? [];
  expect(people).toHaveLength(24);
  // By grid: each stands in one block.
  const grids = people.map((row) => row[1]);
  expect(grids.filter((grid, i) => grid !== grids[i - 1])).toEqual([...new Set(grids)]);
  expect(people.filter((row) => row.slice(1).some((cell) => cell === null || cell === ''))).toEqual([]);
  const answers = Array.from({ length: 11 }, (_, i) => Object.values(told(i)).join());
  expect(
    people
      .map((row) => row.slice(6).join())
      .filter((row) => answers.includes(row))
      .sort(),
  ).toEqual(answers.sort());
  const heard = sources?.rows.filter((row) => String(row[2]).startsWith('走访：独居老人分网格登记表')) ?? [];
  expect(heard.map((row) => row[3]).sort()).toEqual([...Array(5).fill('吴芳'), ...Array(6).fill('王秀兰')]);
  expect(heard.every((row) => row[1] === '联系电话、健康状况、困难类型')).toBe(true);
  await leave();
});

test('换个名字又要问一遍：发起前就知道谁在问、多少人已经知道，一按改用原来那一项', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  await page.goto('/console/campaigns/new');
  await page.getByLabel('叫什么').fill('楼道照明意见');
  await page.getByLabel('用来做什么').fill('安排换灯');
  await page.getByLabel('是否独居').selectOption('yes');
  await page.getByLabel('问什么，一行一个问题').fill('身体情况\n老人平时用的手机号码*\n楼道灯亮不亮（亮、不亮）');
  await page.getByLabel('第一轮什么时候走完').fill('2030-12-31');
  await page.getByRole('button', { name: '先看会问谁' }).click();
  const row = (name: string): Locator => page.getByRole('row', { name: new RegExp(`^${name}`) });
  await row('身体情况').getByText('就是台账里的“健康状况”，用的是那一项：11 人已经知道').waitFor();
  await row('身体情况').getByRole('link', { name: '独居老人分网格登记表' }).waitFor();
  await row('老人平时').getByText('像是台账里的“联系电话”，11 人已经知道').waitFor();
  await shot('126-once-same');
  await page.getByRole('button', { name: '改用台账里的“联系电话”' }).click();
  await row('联系电话').getByRole('link', { name: '独居老人分网格登记表' }).waitFor();
  expect(await page.getByLabel('问什么，一行一个问题').inputValue()).toBe(
    '身体情况\n联系电话*\n楼道灯亮不亮（亮、不亮）',
  );
  await page.getByText('台账里已有 22 格不用问').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await shot('127-once-same-phone');
  await leave();
});
