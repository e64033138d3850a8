import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { desk, openBrowser, phone, sitDown, type Viewer } from './browser.ts';
import { addPhoto, choose, openFromInbox, press, signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * The public pages from the wall to “is it solved?”, with and without script, on a phone and on a desk.
 */
let site: Site;
let browser: Browser;
const GRID = '439901001001001';

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Somebody whose browser runs nothing. axe needs a script, so these pages are looked at by those who run some. */
async function withoutScript(): Promise<{ page: Page; leave: () => Promise<void> }> {
  const context = await browser.newContext({ ...phone, baseURL: site.url, locale: 'zh-CN', javaScriptEnabled: false });
  return { page: await context.newPage(), leave: () => context.close() };
}

async function tellByCode(page: Page, words: string): Promise<string> {
  await page.goto(`/g/${GRID}`);
  await page.getByText('二运第一网格').first().waitFor();
  await page.getByLabel('发生了什么？').fill(words);
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('收到了。').waitFor();
  return new URL(page.url()).pathname;
}

let trackedAt = '';

test('没有脚本也行：扫码、说事、看进展，网格已经填好', async () => {
  const { page, leave } = await withoutScript();
  trackedAt = await tellByCode(page, '金丝雀原话：井盖翘起来一角，晚上看不见');
  expect(await page.locator('.where').innerText()).toContain('城东街道受理立案岗');
  expect(await page.locator('.where').innerText()).toMatch(/还剩/);
  await page.goto('/grids');
  await page.getByRole('link', { name: '城东街道' }).click();
  await page.getByRole('link', { name: '二运社区' }).click();
  await page.getByRole('link', { name: '二运第一网格' }).click();
  expect(await page.content()).not.toContain('金丝雀');
  await leave();
});

test('受理岗看过再公开；我的网格上有话，没有原话', async () => {
  const clerk = await signIn(browser, site.url, 'hejing');
  await openFromInbox(clerk.page, '受理立案');
  await press(clerk.page, '立案', (form) => choose(form, '立案条件', '街道断行'));
  await clerk.page.locator('.acts').getByRole('button', { name: '公开报事人的话和照片', exact: true }).click();
  const form = clerk.page.locator('form.command');
  // Nobody's words are published by pressing once: the desk writes what the public reads.
  expect(await form.getByLabel('公众看到的话').inputValue()).toBe('');
  await form.getByLabel('公众看到的话').fill('居民说井盖翘起，夜里看不见');
  await form.getByText('公众将看到').waitFor();
  await clerk.shot('41-desk-disclose');
  await form.getByRole('button', { name: '公开报事人的话和照片', exact: true }).click();
  await clerk.page.getByRole('status').getByText('已办：公开报事人的话和照片').waitFor();
  await clerk.leave();

  const resident = await sitDown(browser, site.url, phone);
  await resident.page.goto(`/grids/${GRID}`);
  for (let tries = 0; tries < 20 && !(await resident.page.content()).includes('夜里看不见'); tries += 1) {
    await resident.page.waitForTimeout(500);
    await resident.page.reload();
  }
  await resident.page.getByText('居民说井盖翘起，夜里看不见').waitFor();
  expect(await resident.page.content()).not.toContain('金丝雀');
  await resident.shot('42-portal-grid-phone');
  await resident.page.goto('/grids/439901001001');
  await resident.shot('43-portal-community-phone');
  await resident.leave();
  const wide = await sitDown(browser, site.url, desk);
  await wide.page.goto('/grids');
  await wide.shot('44-portal-county-desk');
  await wide.leave();
});

test('大字、深色、英文：按一下就换，换了还在这一页，下次还是这样', async () => {
  const reader = await sitDown(browser, site.url, phone);
  const { page } = reader;
  await page.goto(trackedAt);
  await reader.shot('45-portal-track-phone');
  await page.getByRole('button', { name: '大字' }).click();
  await page.getByRole('button', { name: '深色' }).click();
  expect(new URL(page.url()).pathname).toBe(trackedAt);
  expect(await page.locator('html').getAttribute('class')).toBe('big-text dark');
  await reader.shot('46-portal-track-big-dark');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('It is with').waitFor();
  await page.goto('/');
  await page.getByRole('heading', { name: 'Report a matter' }).waitFor();
  expect(await page.locator('html').getAttribute('class')).toBe('big-text dark');
  await reader.shot('47-portal-report-big-dark-english');
  await reader.leave();
});

/** The whole way of a case to where its reporter is asked. */
async function closeIt(): Promise<void> {
  const at = async (login: string, duty: string, work: (page: Page) => Promise<void>): Promise<void> => {
    const clerk: Viewer = await signIn(browser, site.url, login);
    await openFromInbox(clerk.page, duty);
    await work(clerk.page);
    await clerk.leave();
  };
  await at('chenmin', '派遣', (page) => press(page, '派遣', (form) => choose(form, '承办单位', '安澜县市政养护中心')));
  await at('caolu', '签收', async (page) => {
    await press(page, '签收', async () => undefined);
    const create = { width: 320, height: 240, channels: 3, background: '#393' } as const;
    await addPhoto(page, '处置后', await sharp({ create }).jpeg().toBuffer());
    await press(page, '反馈', (form) => form.getByLabel('说明').fill('换了新的井盖'));
  });
  await at('wangxiulan', '核查', (page) => press(page, '核查通过', async () => undefined));
  await at('hejing', '结案', (page) =>
    press(page, '结案', async (form) => {
      await choose(form, '结果', '已解决');
      await form.getByLabel('给报事人和公众看的话').fill('换了新井盖，压实了周边');
    }),
  );
}

test('“解决了吗？”按一下就算数：说没有，就重新办；再按一次不会多一轮', async () => {
  await closeIt();
  const { page, leave } = await withoutScript();
  await page.goto(trackedAt);
  for (let tries = 0; tries < 20 && !(await page.content()).includes('解决了吗'); tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await leave();
  const resident = await sitDown(browser, site.url, phone, { expected: [/status of 409/] });
  await resident.page.goto(trackedAt);
  await resident.page.getByText('换了新井盖，压实了周边').first().waitFor();
  await resident.shot('48-portal-solved-asked');
  const again = await sitDown(browser, site.url, phone, { expected: [/status of 409/] });
  await again.page.goto(trackedAt);
  await resident.page.getByRole('button', { name: '没有解决，重新办理' }).click();
  await resident.page.getByText('记下了，重新办理。').waitFor();
  await resident.page.getByLabel('还想说什么').fill('一踩还是响');
  await resident.shot('49-portal-not-solved');
  await resident.page.getByRole('button', { name: '补充' }).click();
  await resident.page.getByText('补充好了。').waitFor();
  await again.page.getByRole('button', { name: '没有解决，重新办理' }).click();
  await again.page.getByRole('alert').first().waitFor();
  expect(await again.page.locator('.way').innerText()).toContain('第 2 轮');
  await resident.leave();
  await again.leave();
});

test('二维码印得出来：一个社区一份，A4、A3 各一页一张', async () => {
  const head = await signIn(browser, site.url, 'sunli');
  await head.page.goto('/console/posters');
  await head.shot('50-posters-list');
  for (const [size, width] of [
    ['a4', 594.96],
    ['a3', 841.92],
  ] as const) {
    await head.page.goto(`/console/posters/439901001001?size=${size}`);
    const pdf = (await head.page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf).toMatch(/\/Count 3\b/);
    expect(Number(/\/MediaBox \[0 0 ([\d.]+)/.exec(pdf)?.[1])).toBeCloseTo(width, 0);
  }
  await head.leave();
});

test('写到一半换大字、换语言：写的还在，别的页上没有', async () => {
  const resident = await sitDown(browser, site.url, phone);
  const { page } = resident;
  await page.goto('/');
  await page.getByLabel('发生了什么？').fill('写到一半的话');
  await page.getByLabel('很急').check();
  await page.getByRole('button', { name: '大字' }).click();
  await page.getByRole('button', { name: '普通字' }).waitFor();
  expect(await page.getByLabel('发生了什么？').inputValue()).toBe('写到一半的话');
  expect(await page.getByLabel('很急').isChecked()).toBe(true);
  await resident.shot('52-portal-typed-big-phone');
  await page.getByRole('button', { name: 'English' }).click();
  expect(await page.getByLabel('What is the matter?').inputValue()).toBe('写到一半的话');
  expect(await page.evaluate('sessionStorage.length')).toBe(0);
  await page.goto(trackedAt);
  await page.locator('#reply-words').fill('补充到一半');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: 'English' }).waitFor();
  expect(await page.locator('#reply-words').inputValue()).toBe('补充到一半');
  await resident.leave();
});

test('公开页连样式和脚本，压缩后不到 100 kB', async () => {
  const load = async (path: string): Promise<number> => {
    const answer = await fetch(`${site.url}${path}`);
    expect(answer.status, path).toBe(200);
    return gzipSync(Buffer.from(await answer.arrayBuffer())).length;
  };
  const shared = await Promise.all(['/assets/site.css', '/assets/portal.js', '/assets/icon.svg'].map(load));
  for (const path of ['/', `/g/${GRID}`, '/grids', `/grids/${GRID}`, '/notices', trackedAt])
    expect(
      shared.reduce((sum, one) => sum + one, await load(path)),
      path,
    ).toBeLessThan(100_000);
});
