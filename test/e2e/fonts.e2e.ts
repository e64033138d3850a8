import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* A machine on which nobody installed a Chinese font: the desk brings its own, in pieces, and to nobody else. */
let site: Site;
let folder: string;
let bare: Browser;
let usual: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jingwei-fonts-'));
  const settings = join(folder, 'fonts.conf');
  writeFileSync(
    settings,
    `<fontconfig><dir>/usr/share/fonts/truetype</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  [site, bare, usual] = await Promise.all([openSite(), openBrowser([], { FONTCONFIG_FILE: settings }), openBrowser()]);
});

afterAll(async () => {
  await Promise.all([bare?.close(), usual?.close()]);
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const piecesOf = (page: Page): Promise<string[]> =>
  page.evaluate(
    `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.woff2'))`,
  );

/** How many of these characters come out as different drawings. */
const kinds = (characters: string): string => `(() => {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  const family = getComputedStyle(document.body).fontFamily;
  return new Set([...${JSON.stringify(characters)}].map((one) => {
    pen.clearRect(0, 0, 300, 150);
    pen.font = '24px ' + family;
    pen.fillText(one, 10, 40);
    return canvas.toDataURL();
  })).size;
})()`;

test('没有中文字体的电脑：工作台带来自己的，只取用到的几块；地图上的字也画得出', async () => {
  const { page, shot, leave } = await signIn(bare, site.url, 'hejing');
  await expect.poll(() => page.evaluate(kinds('我的待办')), { timeout: 20_000 }).toBe(4);
  const pieces = await piecesOf(page);
  expect(pieces.length).toBeGreaterThan(0);
  expect(pieces.length).toBeLessThan(80);
  expect(pieces.filter((piece) => !piece.startsWith(site.url))).toEqual([]);
  await page.goto('/console/map');
  await page.locator('[data-drawn=yes]').waitFor({ timeout: 30_000 });
  await expect.poll(() => piecesOf(page)).not.toEqual([]);
  await shot('fonts-bare-map');
  await leave();
});

test('有中文字体的电脑：一块也不取', async () => {
  const { page, leave } = await signIn(usual, site.url, 'hejing');
  await page.goto('/console/map');
  await page.locator('[data-drawn=yes]').waitFor({ timeout: 30_000 });
  expect(await piecesOf(page)).toEqual([]);
  await leave();
});
