import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankOf } from '../fixtures/blank_ledgers.ts';
import { book } from '../fixtures/ledger_books.ts';
import { openBrowser, phone as small } from './browser.ts';
import { signIn } from './desk.ts';
import { strip, synced, takePhone } from './field.ts';
import { openSite, type Site } from './site.ts';

/*
 * The secretary makes a ledger of dogs with a field of its own, writes one down, is refused and loses nothing, brings a
 * spreadsheet in and takes it out again; a grid worker adds one on a small screen. Then the large ones among them are visited,
 * on the phone without network, and a superior's workbook is filled from the ledger.
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

test('社区自己建一本台账、加字段、登记、导入、取出；网格员在小屏幕上登记', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of (409|422)/] });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '自建台账' }).click();
  await page.locator('summary', { hasText: '建一本' }).click();
  await page.getByLabel(/^叫什么/).fill('居民台账');
  await page.getByLabel(/^做什么用/).fill('打疫苗和走失时找主人');
  await page.getByLabel(/^每一条按什么称呼/).fill('犬名');
  await page.getByLabel(/^用什么数/).fill('只');
  await page.getByRole('button', { name: '建好' }).click();
  await page.getByText('已经有这样一本台账').first().waitFor();
  expect(await page.getByLabel(/^每一条按什么称呼/).inputValue()).toBe('犬名');
  await page.getByLabel(/^叫什么/).fill('养犬台账');
  await page.getByRole('button', { name: '建好' }).click();
  await page.getByText('建好了。先加上要记的字段').waitFor();
  await shot('270-own-ledger');

  await page.getByRole('link', { name: '它的字段' }).click();
  await page.getByRole('link', { name: '加一个字段' }).click();
  await page.getByLabel(/^叫什么/).fill('疫苗日期');
  await page.getByRole('button', { name: '看有没有了' }).click();
  await page.getByLabel('日期', { exact: true }).check();
  await page.getByLabel(/^做什么用/).fill('到期提醒');
  await page.getByRole('button', { name: '加上' }).click();
  await page.getByText('加上了。').waitFor();

  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByRole('link', { name: '登记一只' }).click();
  await page.getByLabel('犬名').fill('旺财');
  await page.getByLabel('责任人电话').fill('abc');
  await page.getByLabel('疫苗日期').fill('2026-01-09');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.locator('#f-work-answerable_phone-fault').getByText('不是一个电话号码').waitFor();
  expect(await page.getByLabel('疫苗日期').inputValue()).toBe('2026-01-09');
  await shot('271-own-ledger-refused');
  await page.getByLabel('责任人电话').fill('13900000071');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('登记好了。').waitFor();
  await page.getByRole('cell', { name: '139****0071' }).waitFor();

  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByRole('link', { name: '导入表格' }).click();
  const rows = ['大黄', '小白'].map((name, i) => [name, `主人${i}`, `1390000007${i + 2}`, '2026-01-10', `证${i}`]);
  const bytes = await book(['犬名', '责任人', '责任人电话', '疫苗日期', '登记证'], rows);
  await page
    .getByLabel(/^表格文件/)
    .setInputFiles({ name: '养犬.xlsx', mimeType: 'application/octet-stream', buffer: bytes });
  await page.getByRole('button', { name: '传上去核对' }).click();
  // A column that nobody understood becomes a field, and one is back at the file, which holds it.
  await page.getByRole('link', { name: '建成自建字段' }).click({ timeout: 30_000 });
  await page.getByLabel('文字', { exact: true }).check();
  await page.getByLabel(/^做什么用/).fill('查验');
  await page.getByRole('button', { name: '加上' }).click();
  await page.getByText('列都认出来了').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: /^入账/ }).click({ timeout: 30_000 });
  await page.getByText('已入账').first().waitFor({ timeout: 30_000 });
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByRole('heading', { name: '共 3 只' }).waitFor();
  await shot('272-own-ledger-list');
  await page.locator('summary', { hasText: '做成表格下载' }).click();
  await page.getByRole('button', { name: '做成表格' }).click();
  await page.getByRole('link', { name: /下载.*养犬台账/ }).waitFor();
  await leave();
});

test('网格员在小屏幕上登记一只；已经有的不登记两遍', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'wangxiulan', {
    ...{ screen: small, expected: [/status of 409/] },
  });
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '养犬台账' }).click();
  for (const says of ['登记好了。', '台账里已经有这一条']) {
    await page.getByRole('link', { name: '登记一只' }).click();
    await page.getByLabel('犬名').fill('阿黑');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText(says).first().waitFor();
    await shot(says.includes('好了') ? '273-own-ledger-phone' : '274-own-ledger-twice');
    await page.getByRole('link', { name: '养犬台账' }).click();
  }
  await leave();
});

test('自建字段当条件走访自建台账：先看、发起，手机断网走访；上级的表从这本台账填', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of (409|422)/] });
  await page.goto('/console/ledgers');
  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByRole('link', { name: '自建字段' }).click();
  await page.getByRole('link', { name: '加一个字段' }).click();
  await page.getByLabel(/^叫什么/).fill('大型犬');
  await page.getByRole('button', { name: '看有没有了' }).click();
  await page.getByLabel('是或否', { exact: true }).check();
  await page.getByLabel(/看不出是谁的/).check();
  await page.getByLabel(/^做什么用/).fill('夏季查拴绳');
  await page.getByRole('button', { name: '加上' }).click();
  await page.getByText('加上了。').waitFor();

  const outside = await signIn(browser, site.url, 'wangxiulan', { screen: small });
  await outside.page.goto('/console/ledgers');
  for (const [name, large] of [
    ['大熊', 'yes'],
    ['豆豆', 'no'],
  ] as const) {
    await outside.page.getByRole('link', { name: '养犬台账' }).click();
    await outside.page.getByRole('link', { name: '登记一只' }).click();
    await outside.page.getByLabel('犬名').fill(name);
    await outside.page.getByLabel('大型犬').selectOption(large);
    await outside.page.getByRole('button', { name: '登记', exact: true }).click();
    await outside.page.getByText('登记好了。').waitFor();
  }
  await outside.leave();

  await page.goto('/console/campaigns/new');
  await page.getByRole('link', { name: '养犬台账' }).click();
  await page.getByText('走访“养犬台账”里的哪些').waitFor();
  await page.getByLabel('叫什么').fill('夏季查拴绳');
  await page.getByLabel('用来做什么').fill('下个月的整治');
  await page.getByLabel('大型犬').selectOption('yes');
  await page.getByLabel('问什么，一行一个问题').fill('疫苗日期*\n有没有拴绳');
  await page.getByLabel('走几轮').fill('1');
  await page.getByLabel('第一轮什么时候走完').fill('2030-12-31');
  await page.getByRole('button', { name: '先看会问谁' }).click();
  await page.getByRole('heading', { name: '会走访 1 只' }).waitFor();
  await page.locator('summary', { hasText: '看是哪些' }).click();
  await page.getByRole('columnheader', { name: '犬名' }).waitFor();
  await shot('275-own-campaign-look');
  await page.getByRole('button', { name: '发起，共 1 只' }).click();
  await page.getByRole('heading', { name: '夏季查拴绳' }).waitFor();
  const campaign = page.url().replace(/\?.*$/, '');

  const hand = await takePhone(browser, site.url, 'wangxiulan', {
    expected: [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /Failed to load resource/],
  });
  const { page: field } = hand;
  await field.getByRole('link', { name: /走访：夏季查拴绳/ }).click({ timeout: 30_000 });
  await field.getByText('还有 1 只').waitFor();
  await hand.offline(true);
  await field.getByRole('link', { name: /大熊/ }).click();
  await field.getByText('大型犬 是').waitFor();
  await field.getByLabel(/疫苗日期/).fill('2026-01-20');
  await field.getByRole('group', { name: '有没有拴绳' }).getByLabel('是').check();
  await hand.shot('276-own-visit');
  await field.getByRole('button', { name: '存下这次走访' }).click();
  await field.getByText('都走到了。').waitFor();
  await expect.poll(() => strip(field)).toMatch(/离线，1 条待发/);
  await hand.offline(false);
  await synced(field);
  await hand.leave();
  await page.goto(`${campaign}?only=all`);
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.locator('dl.figures dd').allInnerTexts();
      },
      { timeout: 30_000 },
    )
    .toEqual(['1', '1', '0', '0', '0', '0']);
  await page.getByRole('cell', { name: '大型犬 是' }).waitFor();
  await shot('277-own-campaign');
  await page.getByRole('link', { name: '大熊' }).click();
  await page.getByRole('link', { name: '看台账里的这一条' }).click();
  await page.getByRole('row', { name: /疫苗日期.*2026-01-20/ }).waitFor();

  await page.goto('/console/ledgers/templates');
  const blank = await blankOf({ sheet: '犬', title: '养犬情况登记', labels: ['序号', '犬名', '疫苗日期', '大型犬'] });
  await page
    .getByLabel(/^空表文件/)
    .setInputFiles({ name: '养犬情况.xlsx', mimeType: 'application/octet-stream', buffer: blank });
  await page.getByRole('button', { name: '传上去看看' }).click();
  await page.getByLabel('表里一行是').selectOption({ label: '养犬台账的一只' });
  await page.getByRole('button', { name: '改', exact: true }).click();
  await page.getByText('改好了。').waitFor();
  await page.getByLabel('条件 1：哪一项').selectOption({ label: '大型犬' });
  await page.getByLabel('条件 1：多少或什么').fill('是');
  await page.getByRole('button', { name: '保存对法' }).click();
  await page.getByText('符合“大型犬 为 是”的').waitFor();
  await shot('278-own-workbook');
  await page.setViewportSize(small.viewport);
  await page.getByRole('button', { name: '填好这张表' }).click();
  await page.getByRole('link', { name: /下载 养犬情况/ }).waitFor({ timeout: 60_000 });
  await shot('279-own-workbook-small');
  await leave();
});
