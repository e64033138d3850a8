import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf } from '../../src/gateways/wordforms/word_body.model.ts';
import { openWord } from '../../src/gateways/wordforms/word_package.model.ts';
import { residentBook } from '../fixtures/resident_book.ts';
import { docx, formDocument } from '../fixtures/word_forms.ts';
import { openBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* A superior's form in Word about one person: sent, looked at, one cell put right, filled for each, taken down. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const [sheet, word] = ['spreadsheetml.sheet', 'wordprocessingml.document'].map(
  (kind) => `application/vnd.openxmlformats-officedocument.${kind}`,
) as [string, string];

test('Word 登记表：旧 doc 说怎么存；传 docx，改一格，按标题加条件，一人一份填好下载', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  await page.goto('/console/ledgers/files');
  await page.getByLabel('表格文件').setInputFiles({ name: '居民.xlsx', mimeType: sheet, buffer: await residentBook() });
  await page.getByRole('button', { name: '传上去核对' }).click();
  await page.getByRole('button', { name: /^入账：/ }).click({ timeout: 30_000 });
  await page.getByRole('status').getByText('已入账').waitFor({ timeout: 30_000 });

  await page.goto('/console/ledgers/templates');
  const old = Buffer.from('{\\rtf1 an old one}');
  await page.getByLabel('空表文件').setInputFiles({ name: '旧表.doc', mimeType: 'application/msword', buffer: old });
  await page.getByRole('button', { name: '传上去看看' }).click();
  await page.getByText('这不是 docx 文件').waitFor();
  await shot('117-word-refused');
  await page
    .getByLabel('空表文件')
    .setInputFiles({ name: '登记表.docx', mimeType: word, buffer: docx(formDocument()) });
  await page.getByRole('button', { name: '传上去看看' }).click();
  await page.getByRole('status').getByText('看懂了').waitFor();
  await page.getByText('这是一人一份的表').waitFor();
  expect(await page.getByLabel('B2 基本情况/姓名 填').inputValue()).toBe('person.name');
  await page.getByRole('button', { name: /^只填：年龄 不小于 60/ }).click();
  await page.getByRole('status').getByText('对法保存好了').waitFor();
  await shot('118-word-form');
  await page.getByRole('button', { name: '填好这张表' }).click();
  await page
    .locator('#made')
    .getByText(/二运社区 \d+ 人/)
    .waitFor();
  const down = page.getByRole('link', { name: /^下载 登记表/ });
  const [came] = await Promise.all([page.waitForEvent('download'), down.click()]);
  expect(came.suggestedFilename()).toMatch(/\.docx$/);
  const { tables } = bodyOf(openWord(readFileSync(await came.path())).document);
  expect(tables.length).toBeGreaterThan(1);
  expect(tables[0]?.rows[1]?.cells[1]?.text).not.toBe('');
  expect(tables[0]?.rows[3]?.cells[1]?.text).toMatch(/\*{4}/);
  await leave();
});
