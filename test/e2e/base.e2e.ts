import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTileServer, pmtilesFile } from './base_map.ts';
import { openBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite } from './site.ts';

/*
 * What lies under areas and cases where a deployment has something: a file of its own, or tiles of one named server.
 */
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'jingwei-map-'));

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The colour of the map in a corner outside of every area. */
async function ground(page: Page): Promise<readonly number[]> {
  await page.locator('.drawing[data-drawn=yes]').waitFor();
  const { x = 0, y = 0 } = (await page.locator('.drawing').boundingBox()) ?? {};
  const shot = await page.screenshot({ clip: { x: x + 6, y: y + 6, width: 4, height: 4 } });
  return [...(await sharp(shot).removeAlpha().raw().toBuffer()).subarray(0, 3)];
}

async function openMap(page: Page): Promise<Set<string>> {
  const hosts = new Set<string>();
  page.on('request', (request) => void hosts.add(new URL(request.url()).origin));
  await page.getByRole('link', { name: '地图', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '城东街道' }).waitFor();
  return hosts;
}

test('自己的底图文件：一段一段地取，只给登录的人', async () => {
  const path = join(folder, '安澜.pmtiles');
  writeFileSync(path, await pmtilesFile('#b0c4b1'));
  const site = await openSite({ JINGWEI_MAP: `${path}#审图号 演示` });
  try {
    const { page, shot, leave } = await signIn(browser, site.url, 'hejing');
    const pieces: number[] = [];
    page.on('response', (reply) => void (reply.url().endsWith('.pmtiles') && pieces.push(reply.status())));
    const hosts = await openMap(page);
    await expect.poll(() => ground(page)).not.toEqual([246, 247, 249]);
    const [red = 0, green = 0] = await ground(page);
    expect(green).toBeGreaterThan(red);
    await page.getByText('审图号 演示').waitFor();
    await shot('47-map-base-file');
    expect(pieces.length).toBeGreaterThan(0);
    expect(new Set(pieces)).toEqual(new Set([206]));
    expect([...hosts]).toEqual([site.url]);
    await leave();
    const stranger = await fetch(`${site.url}/assets/base.pmtiles`, { headers: { range: 'bytes=0-99' } });
    expect(stranger.status).toBe(401);
  } finally {
    await site.close();
  }
});

test('别人服务器的底图：只放行写明的那一台', async () => {
  const tiles = await openTileServer('#c4b0b0');
  const site = await openSite({ JINGWEI_MAP: `${tiles.origin}/{z}/{x}/{y}.png` });
  try {
    const { page, leave } = await signIn(browser, site.url, 'hejing');
    const hosts = await openMap(page);
    await expect.poll(() => ground(page)).not.toEqual([246, 247, 249]);
    const [red = 0, green = 0] = await ground(page);
    expect(red).toBeGreaterThan(green);
    expect(tiles.asked[0]).toMatch(/^\/\d+\/\d+\/\d+\.png$/);
    expect([...hosts].sort()).toEqual([site.url, tiles.origin].sort());
    const policy = (await page.request.get('/console/map')).headers()['content-security-policy'] ?? '';
    expect(policy).toContain(`connect-src 'self' ${tiles.origin};`);
    expect((await page.request.get('/')).headers()['content-security-policy']).not.toContain(tiles.origin);
    await leave();
  } finally {
    await site.close();
    tiles.close();
  }
});

test('底图设错了，程序不启动，说错在哪里', async () => {
  await expect(openSite({ JINGWEI_MAP: join(folder, '没有.pmtiles') })).rejects.toThrow(/没有这个文件/);
});
