import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone, sitDown } from './browser.ts';
import { addPhoto, choose, openFromInbox, press, signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * From “I saw it” to “yes, it is solved”, as it is seen: a resident with a phone, the desks with their screens.
 */
let site: Site;
let browser: Browser;
const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
const said = { code: '' };

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test('居民用手机报事，拿到查询码，凭它查到进展', async () => {
  const { page, shot, leave } = await sitDown(browser, site.url, phone);
  await page.goto('/');
  await shot('01-portal-report');
  await page.getByLabel('发生了什么？').fill('巷口路面塌了一块，电动车差点摔了');
  await page.getByLabel('在哪里？').fill('二运巷口，小卖部门前');
  await page.getByLabel('属于哪个社区').selectOption({ label: '　　二运第一网格' });
  await page
    .getByLabel('照片')
    .setInputFiles({ name: '坑.jpg', mimeType: 'image/jpeg', buffer: await picture('#777') });
  await page.getByLabel('电话').fill('13800001111');
  await shot('02-portal-filled');
  await page.getByRole('button', { name: '提交' }).click();

  const receipt = page.getByRole('status');
  await receipt.getByText('收到了。').waitFor();
  said.code = (await receipt.locator('.code').innerText()).trim();
  expect(said.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await shot('03-portal-received');

  await page.goto('/track');
  // As somebody types it who copied it from a slip of paper.
  await page.getByLabel('查询码').fill(said.code.toLowerCase().replaceAll('-', ' '));
  await shot('04-portal-ask-code');
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('巷口路面塌了一块').first().waitFor();
  expect(await page.locator('[aria-current=step]').innerText()).toBe('已收到');
  await shot('05-portal-tracked');

  await page.goto('/notices');
  await shot('06-portal-notices');
  await leave();
});

test('几个岗位在电脑上按“下一步”里的按钮办到结案', async () => {
  const registrar = await signIn(browser, site.url, 'hejing');
  await openFromInbox(registrar.page, '受理立案');
  await registrar.shot('11-console-reported');
  await press(registrar.page, '立案', (form) => choose(form, '立案条件', '街道断行'));
  await registrar.shot('12-console-registered');

  const dispatcher = await signIn(browser, site.url, 'chenmin');
  await openFromInbox(dispatcher.page, '派遣');
  await dispatcher.shot('13-console-to-dispatch');
  await press(dispatcher.page, '派遣', (form) => choose(form, '承办单位', '安澜县市政养护中心'));
  await dispatcher.leave();

  const works = await signIn(browser, site.url, 'caolu');
  await openFromInbox(works.page, '签收');
  await press(works.page, '签收', async () => undefined);
  await addPhoto(works.page, '处置后', await picture('#393'));
  await works.shot('14-console-handling');
  await press(works.page, '反馈', (form) => form.getByLabel('说明').fill('已回填压实，恢复通行'));
  await works.shot('15-console-handled');
  await works.leave();

  const grid = await signIn(browser, site.url, 'wangxiulan');
  await grid.shot('16-console-inbox');
  await openFromInbox(grid.page, '核查');
  await press(grid.page, '核查通过', async () => undefined);
  await grid.leave();

  await openFromInbox(registrar.page, '结案');
  await press(registrar.page, '结案', async (form) => {
    await choose(form, '结果', '已解决');
    await form.getByLabel('给报事人和公众看的话').fill('路面已修好，可以放心走。');
  });
  await registrar.shot('17-console-closed');
  await registrar.page.goto('/console/cases');
  await registrar.shot('18-console-cases');
  await registrar.page.goto('/console/account');
  await registrar.shot('19-console-account');
  await registrar.leave();
});

test('居民看到修好了，说满意', async () => {
  const { page, shot, leave } = await sitDown(browser, site.url, phone);
  await page.goto(`/track/${said.code}`);
  await page.getByText('路面已修好，可以放心走。').first().waitFor();
  await shot('21-portal-asked');
  await page.getByRole('button', { name: '解决了', exact: true }).click();
  await expect.poll(() => page.locator('[aria-current=step]').innerText()).toBe('办结');
  await shot('22-portal-done');
  await leave();
});
