import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* The gallery: every shared component in its states, light and dark; for an administrator alone. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test('三处的组件各有一页，深浅两色都看得清；窄屏也不出边', async () => {
  for (const [path, name, screen] of [
    ['/_gallery', 'portal', phone],
    ['/_gallery/desk', 'desk', undefined],
    ['/_gallery/field', 'field', phone],
  ] as const) {
    const { page, shot, leave } = await signIn(browser, site.url, 'admin', screen ? { screen } : {});
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await page.getByRole('heading', { name: '样板间', level: 1 }).waitFor();
      await page.getByText('城东街道二运社区居民委员会第十七专属网格').first().waitFor();
      await shot(`90-gallery-${name}-${colorScheme}`);
    }
    await leave();
  }
});

test('别人那里没有这个地址', async () => {
  for (const path of ['/_gallery', '/_gallery/desk', '/_gallery/field'])
    expect((await fetch(site.url + path)).status, path).toBe(404);
  const { page, leave } = await signIn(browser, site.url, 'hejing', { expected: [/status of 404/] });
  for (const path of ['/_gallery', '/_gallery/desk', '/_gallery/field'])
    expect((await page.goto(path))?.status(), path).toBe(404);
  await leave();
});
