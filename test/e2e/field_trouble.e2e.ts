import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { openTab, shoot, strip, synced, takePhone, unlock } from './field.ts';
import { officeOf } from './office.ts';
import { openSite, type Site } from './site.ts';

/* What goes wrong around a phone: nothing said is lost, and the screen says what happened and what to do. */
let site: Site;
let browser: Browser;
const OFF = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /Failed to load resource/];

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const saying = async (words: string): Promise<readonly { id: string }[]> => {
  const office = await officeOf(site.url, 'hejing');
  const cases = await office.get<{ id: string; summary: string | null }[]>('/api/casefiles?most=200');
  return cases.filter(({ summary }) => summary?.includes(words));
};
const arrives = (words: string) =>
  expect.poll(async () => (await saying(words)).length, { timeout: 60_000, interval: 1000 }).toBe(1);

async function write(page: Page, words: string): Promise<void> {
  await openTab(page, '上报');
  await page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  await page.getByLabel('什么事，一句话').fill(words);
}
async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
}

test('不让用相机、拍到一半退出来、选错了文件：说得清楚，没有照片照样能报', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan');
  const { page } = hand;
  await write(page, '没拍成照片的这条');
  // The phone's own camera was refused or left: the page is handed nothing.
  const chooser = page.waitForEvent('filechooser');
  await page.locator('label[for=camera]').click();
  await (await chooser).setFiles([]);
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe('没拍成照片的这条');
  expect(await page.locator('.shots figure').count()).toBe(0);
  expect(await page.locator('label[for=camera]').innerText()).toContain('拍照');
  const wrong = { name: '说明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 不是照片') };
  await page.locator('input#camera').setInputFiles(wrong);
  await page.getByText('这不是能打开的照片，换一张；没有照片也能报').waitFor();
  await hand.shot('96-field-no-camera');
  expect(await page.locator('label[for=camera]').innerText()).toContain('拍照');
  await send(page);
  await arrives('没拍成照片的这条');
  await hand.leave();
});

test('上报写到一半按了返回、再按返回退出去：写的、拍的都在，接着写', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan');
  const { page } = hand;
  await openTab(page, '我的');
  await write(page, '按了返回的这条');
  await shoot(page, 'camera', '#557799');
  await page.getByLabel('门牌、路口').fill('二运巷8号');
  await page.goBack();
  await page.locator('.tabs').waitFor();
  expect(await page.getByLabel('什么事，一句话').count()).toBe(0);
  await page.goForward();
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe('按了返回的这条');
  await page.locator('.shots figure').waitFor();
  // Out of the app altogether, and in again: the PIN, and it goes on where it was.
  await page.goto('about:blank');
  await page.goBack();
  await unlock(page);
  await openTab(page, '上报');
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe('按了返回的这条');
  expect(await page.getByLabel('门牌、路口').inputValue()).toBe('二运巷8号');
  await page.locator('.shots figure').waitFor();
  await send(page);
  // Back from “kept” neither brings it again nor sends it again.
  await page.goBack();
  await openTab(page, '上报');
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe('');
  await arrives('按了返回的这条');
  await synced(page);
  expect(await saying('按了返回的这条')).toHaveLength(1);
  await hand.leave();
});

test('慢得像 3G：先存下就能走；话先到，小图在大照片之前看得到，照片随后到，小图不留', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan');
  const { page } = hand;
  const wire = await hand.context.newCDPSession(page);
  const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 25_000 };
  await wire.send('Network.emulateNetworkConditions', slow);
  await write(page, '网慢时报的这条');
  await page.locator('input#camera').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await aStreet() });
  await page.locator('.shots figure').waitFor({ timeout: 60_000 });
  const start = Date.now();
  await send(page);
  expect(Date.now() - start, 'kept on the phone, whatever the network').toBeLessThan(15_000);
  await arrives('网慢时报的这条');
  const [found] = await saying('网慢时报的这条');
  const office = await officeOf(site.url, 'hejing');
  const photos = async (of = ''): Promise<number> =>
    (await office.get<object[]>(`/api/casefiles/${found?.id}/photos${of}`)).length;
  await expect.poll(() => photos('/previews'), { timeout: 60_000, interval: 500 }).toBe(1);
  expect(await photos(), 'the large one is still on its way').toBe(0);
  expect(await strip(page)).toMatch(/1 张照片待传/);
  const seat = await openDesk(found?.id ?? '');
  await expect.poll(() => photos(), { timeout: 90_000, interval: 1000 }).toBe(1);
  expect(await photos('/previews')).toBe(0);
  await seat();
  await expect.poll(() => strip(page), { timeout: 60_000 }).not.toMatch(/待/);
  await hand.leave();
});

/** What somebody at the desk sees of it meanwhile; ends when the photo has taken its place. */
async function openDesk(id: string): Promise<() => Promise<void>> {
  const seat = await signIn(browser, site.url, 'hejing');
  await seat.page.goto(`/console/cases/${id}`);
  await seat.page.getByText('预览：原图还在路上').scrollIntoViewIfNeeded();
  await seat.shot('97-desk-preview');
  return async () => {
    await seat.page.reload();
    await seat.page.locator('.shots .ant-image').first().waitFor();
    expect(await seat.page.getByText('预览：原图还在路上').count()).toBe(0);
    await seat.leave();
  };
}

/** As a camera sees a street: much detail, so that it is a large file. */
async function aStreet(): Promise<Buffer> {
  const noise = { raw: { width: 400, height: 300, channels: 3 } } as const;
  return sharp(randomBytes(400 * 300 * 3), noise)
    .resize(1600, 1200)
    .jpeg({ quality: 90 })
    .toBuffer();
}

test('服务器出错一小时：照常接着报，说的是真话，不一直催；好了自己补发，一条不丢不重', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: [...OFF, /status of 500/] });
  const { page, context } = hand;
  // From here on its clock is ours: the app is opened once more, so that it waits by it.
  await page.clock.install();
  await page.reload();
  await unlock(page);
  await synced(page);
  let tries = 0;
  const broken = { status: 500, json: { code: 'bug', title: '服务器出错', detail: '' } };
  await context.route('**/api/sync/**', (route) => {
    tries += 1;
    return route.fulfill(broken);
  });
  await write(page, '出错时的第一条');
  await send(page);
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/服务器出错，1 条待发/);
  // Five minutes at a time: a phone in a pocket.
  for (let passed = 0; passed < 60; passed += 5) {
    await page.clock.fastForward('05:00');
    await page.waitForTimeout(150);
    if (passed !== 30) continue;
    await write(page, '出错时的第二条');
    await send(page);
  }
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/服务器出错，2 条待发/);
  expect(tries, 'it goes on trying').toBeGreaterThan(5);
  expect(tries, 'and not all the time').toBeLessThan(60);
  await context.unroute('**/api/sync/**');
  for (let minutes = 0; minutes < 6 && !/已联网/.test(await strip(page)); minutes += 1) {
    await page.clock.fastForward('01:00');
    await page.waitForTimeout(500);
  }
  for (const words of ['出错时的第一条', '出错时的第二条']) await arrives(words);
  await expect.poll(() => strip(page), { timeout: 30_000 }).not.toMatch(/待/);
  await hand.leave();
});
