import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { desk, openBrowser, sitDown } from './browser.ts';
import { openSite, type Site } from './site.ts';

/* The oldest browser the faces are made for, as far as a newer one can play it: without what came after. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** What 109 had not, is taken away before the page's own scripts run. */
const takeAway = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(`
    for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with']) delete Array.prototype[name];
    for (const name of ['union', 'difference', 'intersection', 'isSubsetOf']) delete Set.prototype[name];
    for (const [of, name] of [[Object, 'groupBy'], [Map, 'groupBy'], [Promise, 'withResolvers'], [Promise, 'try'],
      [Array, 'fromAsync'], [URL, 'canParse'], [URL, 'parse'], [RegExp, 'escape'], [AbortSignal, 'any']]) delete of[name];
    delete window.Iterator; delete Document.prototype.startViewTransition; delete HTMLElement.prototype.showPopover;
  `);

test('没有 109 以后的东西，工作台和外勤照样能登录、能用', async () => {
  const { page, leave } = await sitDown(browser, site.url, desk);
  await takeAway(page.context());
  await page.goto('/console');
  expect(await page.evaluate("'toSorted' in Array.prototype")).toBe(false);
  await page.getByLabel('账号').fill('hejing');
  await page.getByLabel('密码').fill('jingwei-demo');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '我的待办' }).waitFor();
  expect(await page.evaluate('[2, 1].toSorted().join()')).toBe('1,2');
  await page.goto('/console/map');
  await page.locator('canvas').first().waitFor();
  await page.goto('/field');
  await page.getByLabel('6 位数字').or(page.getByLabel('账号')).first().waitFor();
  expect(await page.locator('#too-old').count()).toBe(0);
  await leave();
});

test('更旧的：一句明白话和一条还能走的路，两处都有', async () => {
  const userAgent = 'Mozilla/5.0 (Linux; Android 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0 Mobile';
  const context = await browser.newContext({ baseURL: site.url, locale: 'zh-CN', userAgent });
  const page = await context.newPage();
  for (const path of ['/field', '/console']) {
    await page.goto(path);
    if (path === '/console') {
      await page.getByLabel('账号').fill('hejing');
      await page.getByLabel('密码').fill('jingwei-demo');
      await page.getByRole('button', { name: '登录' }).click();
    }
    await page.getByText('这个浏览器太旧（Chrome 86）').waitFor();
  }
  await page.locator('#too-old').getByRole('link', { name: '用简单页面办理' }).click();
  await page.getByRole('heading', { name: '我的待办' }).waitFor();
  await context.close();
});
