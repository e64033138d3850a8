import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone, sitDown } from './browser.ts';
import { choose, signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* The power goes: whoever answers for the buildings knows within a minute, and so does everybody who looks. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test('停电：社区发通知，先看到会通知多少人；网格员和居民马上看到；谁看了查得到；能撤下', async () => {
  const worker = await signIn(browser, site.url, 'wangxiulan');
  const head = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  const { page } = head;
  await page.getByRole('link', { name: '通知', exact: true }).click();
  const form = page.locator('form');
  await choose(form, '发到哪里', '二运社区');
  await page.getByText('将通知 1 处、3 个网格的').waitFor();
  await form
    .getByLabel('说什么')
    .fill('二运社区 8 栋停电，抢修队已到，预计 20 时前恢复。需要用电的医疗器械请马上联系网格员。');
  await form.getByLabel('到什么时候为止').fill('2020-01-01T20:00');
  await form.getByRole('button', { name: '发通知' }).click();
  await page.getByText('通知的截止时间已经过去').waitFor();
  expect(await form.getByLabel('说什么').inputValue()).toContain('8 栋停电');
  await form.getByLabel('到什么时候为止').fill('2099-01-01T20:00');
  await head.shot('41-notice-form');
  await form.getByRole('button', { name: '发通知' }).click();
  await page.getByText('已发出', { exact: true }).waitFor();

  const resident = await sitDown(browser, site.url, phone);
  await resident.page.goto('/notices');
  await resident.page.getByText('二运社区 8 栋停电').first().waitFor();
  await resident.leave();

  // Nobody reloads the page of the worker: it appears.
  const told = worker.page.locator('.note', { hasText: '8 栋停电' });
  await told.waitFor({ timeout: 60_000 });
  await told.getByRole('button', { name: '知道了' }).click();
  await worker.leave();

  await page.reload();
  const issued = page.locator('.wish', { hasText: '8 栋停电' });
  await issued.getByRole('button', { name: /已看 1 人/ }).click();
  await issued
    .getByText(/王秀兰/)
    .first()
    .waitFor();
  await head.shot('42-notice-read');
  await issued.getByRole('button', { name: '撤下' }).click();
  await page.locator('.ant-popover').getByRole('button', { name: '撤下' }).click();
  await issued.getByText(/已撤下/).waitFor();
  await head.leave();
});
