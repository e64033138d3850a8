import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/kernel/root.ts';
import { desk, openBrowser, phone, sitDown } from './browser.ts';
import { choose, openFromInbox, signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * The desk when things go wrong and for hands that keep to the keyboard: nothing typed is lost, nothing is done twice.
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

async function tell(page: Page, words: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('发生了什么？').fill(words);
  await page.getByLabel('在哪里？').fill('二运巷口');
  await page.getByLabel('属于哪个社区').selectOption({ label: '　　二运第一网格' });
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('收到了。').waitFor();
}

test('新报的事自己出现；上下键逐件打开；断网时填的还在，恢复后再按只算一次', async () => {
  const resident = await sitDown(browser, site.url, phone);
  const registrar = await signIn(browser, site.url, 'hejing', { expected: [/ERR_INTERNET_DISCONNECTED/] });
  await tell(resident.page, '路灯三盏不亮，晚上看不见');
  await tell(resident.page, '井盖翘起来一角，车一过就响');
  await resident.leave();
  const { page } = registrar;
  await page.locator('a.line').nth(1).waitFor();

  await page.keyboard.press('ArrowDown');
  await page.getByRole('heading', { level: 1, name: /路灯三盏不亮/ }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: /井盖翘起来/ }).waitFor();

  const form = page.locator('form.command');
  await choose(form, '立案条件', '街道断行');
  await form.getByLabel('说明').fill('已电话核实');
  await registrar.offline(true);
  await form.getByRole('button', { name: '立案', exact: true }).click();
  await form.getByText('没有发出').waitFor();
  expect(await form.getByLabel('说明').inputValue()).toBe('已电话核实');
  await page.getByText('连接断了').waitFor();
  await registrar.shot('31-desk-offline');
  await registrar.offline(false);
  await form.getByRole('button', { name: '立案', exact: true }).click();
  await page.getByRole('status').getByText('已办：立案').waitFor();
  const told = page.locator('.ant-timeline-item', { hasText: '已电话核实' });
  await told.first().waitFor();
  expect(await told.count()).toBe(1);
  await registrar.leave();
});

test('两个人同时办一件：后按的被告知为什么，填的还在', async () => {
  const first = await signIn(browser, site.url, 'hejing');
  const second = await signIn(browser, site.url, 'hejing');
  const third = await signIn(browser, site.url, 'hejing', { expected: [/status of 409/, /ERR_FAILED/] });
  // One that hears of nothing: its own press is the first to tell.
  await third.page.route('**/api/live', (route) => route.abort());
  await third.page.reload();
  for (const { page } of [first, second, third]) {
    await openFromInbox(page, '受理立案');
    await choose(page.locator('form.command'), '立案条件', '街道断行');
  }
  await first.page.locator('form.command').getByRole('button', { name: '立案', exact: true }).click();
  await first.page.getByRole('status').getByText('已办：立案').waitFor();
  await second.page.getByText('现在不能立案了').waitFor();
  await second.shot('32-desk-overtaken');
  await third.page.locator('form.command').getByRole('button', { name: '立案', exact: true }).click();
  await third.page.getByRole('alert').first().waitFor();
  await third.page.getByText('现在不能立案了').waitFor();
  for (const { page } of [second, third]) expect(await page.locator('form.command').innerText()).toContain('街道断行');
  await third.shot('32-desk-refused');
  for (const one of [first, second, third]) await one.leave();
});

test('窄屏一次看一样，手指按得到；英文完整', async () => {
  const narrow = await signIn(browser, site.url, 'chenmin', { screen: phone });
  await narrow.shot('33-desk-narrow-inbox');
  await openFromInbox(narrow.page, '派遣');
  await narrow.shot('34-desk-narrow-case');
  const { height } = (await narrow.page.locator('.acts button').first().boundingBox()) ?? { height: 0 };
  expect(height).toBeGreaterThanOrEqual(48);
  await narrow.page.getByRole('link', { name: '← 我的待办' }).click();
  await narrow.page.getByRole('heading', { name: '我的待办' }).waitFor();
  await narrow.leave();

  const english = await sitDown(browser, site.url, desk, { locale: 'en-GB' });
  await english.page.goto('/console');
  await english.page.getByLabel('Account').fill('chenmin');
  await english.page.getByLabel('Password').fill('jingwei-demo');
  await english.page.getByRole('button', { name: 'Sign in' }).click();
  await english.page.getByRole('heading', { name: 'My work' }).waitFor();
  await english.page.locator('a.line').first().click();
  await english.page.getByRole('heading', { name: 'Next' }).waitFor();
  await english.shot('35-desk-english');
  await english.leave();
});

test('第一次打开工作台要下载的，压缩后不超过 450 kB', () => {
  const folder = join(packageRoot, 'dist', 'web', 'assets');
  const sizes = readdirSync(folder).filter((name) => name.endsWith('.gz'));
  const bytes = sizes.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(sizes.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(450_000);
});
