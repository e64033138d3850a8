import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone } from './browser.ts';
import { signIn } from './desk.ts';
import { dispatched } from './office.ts';
import { openSite, type Site } from './site.ts';

/* A leader on Monday: the figures of an area in words, and from every number to the cases behind it. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  await dispatched(site.url, '巷口路面塌了一块，电动车差点摔了');
  await dispatched(site.url, '桥头护栏松了');
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test('从数到清单，从清单到案卷；走势图点得开；换时段一点就到', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'jiangtao');
  await page.getByRole('link', { name: '指标', exact: true }).click();
  await page.getByRole('heading', { name: /城东街道/ }).waitFor();
  const thirty = page.getByRole('link', { name: '近 90 天' });
  await thirty.click();
  expect(await thirty.getAttribute('aria-current')).toBe('page');
  await shot('80-figures');
  await page.locator('#figure-intake .now a').click();
  await page.getByRole('heading', { name: '受理数 2 件' }).waitFor();
  await page.locator('summary', { hasText: '图里的数' }).click();
  await shot('81-figure-course');
  await page.locator('svg.course a').last().click();
  await page.getByRole('heading', { name: '受理数 2 件' }).waitFor();
  await page.locator('tbody a[href^="/console/cases/"]').first().click();
  await page.getByRole('heading', { name: '下一步' }).waitFor();
  await leave();
});

test('下载的就是页面上的；手机上也看得清', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'jiangtao', { screen: phone });
  await page.goto('/console/figures');
  await page.getByText('没有数据：分母里一件也没有').first().waitFor();
  await shot('82-figures-phone');
  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 Excel' }).click(),
  ]);
  expect(sheet.suggestedFilename()).toMatch(/^figures-\d+-.*\.xlsx$/);
  await page.locator('summary', { hasText: '更多' }).click();
  await page.getByRole('link', { name: '我的账号' }).waitFor();
  await shot('83-more-phone');
  await leave();
});
