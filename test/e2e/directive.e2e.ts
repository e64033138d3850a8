import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone as small } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* A notice is pasted, cut, put right by hand, looked at and sent; a body finds its item, does it, and it is accepted. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const notice = `关于切实做好汛前准备工作的通知
各社区、各有关单位：
　　为做好今年防汛工作，现将有关事项通知如下：
一、工作目标
确保不发生人员伤亡。
二、重点任务
（一）排查下凹式立交和低洼点。对辖区内低洼点逐一排查、逐一建账，整改率100%。（责任单位：县市政养护中心；配合单位：县环卫所、县供水公司；完成时限：2030年4月30日前）
（二）清掏雨水井。主次干道雨水井全部清掏一遍。责任单位：县环卫所；完成时限：2030年5月底前。
（三）各社区要每日巡查。每周五下午报送情况。
（四）应急管理局牵头，供电公司配合，长期坚持应急值守。
城东街道办事处
2026年3月1日`;

test('贴文件、核对、下达；单位办、报办成；下达的岗位验收', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'chenmin', { expected: [/status of 422/] });
  await page.goto('/console/directives');
  await page.getByText('把收到的通知贴进来').waitFor();
  await page.getByRole('link', { name: '贴一份文件' }).click();
  await page.getByLabel('标题').fill('关于切实做好汛前准备工作的通知');
  await page.getByLabel('文号').fill('城东办〔2026〕3号');
  await page.getByLabel('发文单位').fill('城东街道办事处');
  await page.getByLabel('把全文贴在这里').fill(notice);
  await page.getByRole('button', { name: '拆成事项' }).click();
  await page.getByRole('heading', { name: '拆成 4 项，逐项核对' }).waitFor();
  const items = page.locator('fieldset');
  expect(await items.nth(0).getByLabel('牵头单位').inputValue()).toBe('安澜县市政养护中心');
  expect(await items.nth(0).getByLabel('办完的期限').inputValue()).toBe('2030-04-30');
  expect(await items.nth(1).getByLabel('办完的期限').inputValue()).toBe('2030-05-31');
  await items.nth(2).getByText('写的是一类单位').waitFor();
  expect(await items.nth(2).getByLabel('牵头单位').inputValue()).toBe('各社区（村）');
  expect(await items.nth(3).getByLabel('长期坚持').isChecked()).toBe(true);
  await shot('120-directive-cut');

  await page.getByRole('button', { name: '看谁得到什么' }).click();
  await page.getByText('第 3 项 期限').waitFor();
  await page.getByText('有的事项还不能下达').waitFor();
  // Every community gets one: the number of items is said before anything is sent.
  await items.nth(2).getByLabel('长期坚持').check();
  await page.getByRole('button', { name: '看谁得到什么' }).click();
  await page.getByRole('heading', { name: /会下达 [5-9] 项/ }).waitFor();
  await shot('121a-directive-each');

  await page.getByRole('button', { name: '存成草稿' }).click();
  await page.getByText('已存成草稿').waitFor();
  await page.goto('/console/directives');
  await page.getByRole('heading', { name: '还没下达的草稿' }).waitFor();
  await shot('121b-directive-drafts');
  await page.getByRole('link', { name: '关于切实做好汛前准备工作的通知' }).click();
  await page.getByRole('heading', { name: '拆成 4 项，逐项核对' }).waitFor();
  expect(await items.nth(2).getByLabel('长期坚持').isChecked()).toBe(true);
  expect(await items.nth(0).getByLabel('办完的期限').inputValue()).toBe('2030-04-30');
  // What was typed and put right is still there.
  await items.nth(2).getByLabel('牵头单位').fill('二运社区');
  await page.getByRole('button', { name: '看谁得到什么' }).click();
  await page.getByRole('heading', { name: '会下达 4 项，给 6 个单位' }).waitFor();
  await shot('121-directive-preview');
  await page.getByRole('button', { name: '下达 4 项' }).click();
  await page.getByText('已下达').waitFor();
  expect(await page.locator('dl.figures dd').allInnerTexts()).toEqual(['4', '4', '0', '0', '0', '0', '0']);
  await shot('122-directive');
  const book = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载这张表' }).click();
  expect((await book).suggestedFilename()).toMatch(/关于切实做好汛前准备工作的通知 .*\.xlsx/);
  // Sent, it is no draft any more.
  await page.goto('/console/directives');
  expect(await page.getByText('还没下达的草稿').count()).toBe(0);
  await page.goBack();
  const address = page.url().split('?')[0] ?? '';

  const works = await signIn(browser, site.url, 'caolu');
  await works.page.goto('/console?plain=1');
  await works.page.getByText('排查下凹式立交和低洼点').first().waitFor();
  await works.page.goto('/console/directive-items?only=open');
  await works.page.getByRole('link', { name: /排查下凹式立交/ }).click();
  await works.page.locator('#do-progress').getByLabel('办了什么').fill('十二处低洼点查了五处');
  await works.page.locator('#do-progress').getByLabel('完成百分之几').fill('40');
  await works.page.locator('#do-progress').getByRole('button', { name: '记进展' }).click();
  await works.page.getByText('已记下').waitFor();
  await works.page.getByText('报办成').first().click();
  await works.page.getByLabel('凭什么说办成了').fill('十二处全部整改，前后照片在群里');
  await works.page.getByRole('button', { name: '报办成' }).click();
  await works.page.getByText('等下达的岗位验收').waitFor();
  await works.shot('123-directive-item-body');
  await works.leave();

  await page.goto(`${address}?only=done#items`);
  await page.getByRole('link', { name: /排查下凹式立交/ }).click();
  await page.getByText('十二处全部整改').waitFor();
  await shot('124-directive-item-accept');
  await page.getByRole('button', { name: '验收' }).click();
  await page.getByText('已验收。').waitFor();
  await page.goto(address);
  expect(await page.locator('dl.figures dd').allInnerTexts()).toEqual(['4', '3', '0', '1', '0', '0', '0']);
  await leave();
});

test('手机大小上也看得全', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'chenmin', { screen: small });
  await page.goto('/console/directives');
  await shot('125-directives-phone');
  await page.getByRole('link', { name: '关于切实做好汛前准备工作的通知' }).click();
  await shot('126-directive-phone');
  await page.getByRole('link', { name: /清掏雨水井/ }).click();
  await page.getByRole('heading', { name: '经过' }).waitFor();
  await shot('127-directive-item-phone');
  await page.goto('/console/directives/new');
  await page.getByLabel('标题').fill('关于汛前准备的通知');
  await page.getByLabel('发文单位').fill('城东街道办事处');
  await page.getByLabel('把全文贴在这里').fill(notice);
  await page.getByRole('button', { name: '拆成事项' }).click();
  await page.getByRole('heading', { name: '拆成 4 项，逐项核对' }).waitFor();
  await shot('128-directive-cut-phone');
  await page.getByRole('button', { name: '存成草稿' }).click();
  await page.getByText('已存成草稿').waitFor();
  await page.goto('/console/directives');
  await page.getByText('扔掉', { exact: true }).click();
  await shot('128a-directive-drafts-phone');
  await page.getByRole('button', { name: '扔掉这份草稿' }).click();
  await page.getByText('草稿已扔掉').waitFor();
  await leave();
});

test('承诺书：发出、单位签自己的姓名、后来逐条评', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'chenmin', { expected: [/status of 422/] });
  await page.goto('/console/pledges/new');
  await page.getByLabel('标题').fill('森林防火承诺书');
  await page.getByLabel('条款，一行一条').fill('不带火种进山\n不在林缘烧荒\n发现火情马上报告');
  await page.getByLabel('请谁签').fill('市政养护中心\n二运社区\n王秀兰\n查无此人');
  await page.getByRole('button', { name: '发出，请他们签' }).click();
  await page.getByText('系统里没有“查无此人”').waitFor();
  await page.getByLabel('请谁签').fill('市政养护中心\n二运社区\n王秀兰');
  await page.getByRole('button', { name: '发出，请他们签' }).click();
  await page.getByText('已发出').waitFor();
  const address = page.url().split('?')[0] ?? '';

  const works = await signIn(browser, site.url, 'caolu', { screen: small, expected: [/status of 422/] });
  await works.page.goto(address);
  await works.page.getByRole('link', { name: '安澜县市政养护中心' }).click();
  await works.page.getByLabel('您的姓名').fill('曹');
  await works.shot('129-pledge-sign-phone');
  await works.page.getByLabel('您的姓名').fill('周工');
  await works.page.getByRole('button', { name: '签名' }).click();
  await works.page.getByText('签名和您的姓名不一样').waitFor();
  await works.page.getByLabel('您的姓名').fill('曹路');
  await works.page.getByRole('button', { name: '签名' }).click();
  await works.page.getByText('已签。').waitFor();
  await works.leave();

  await page.goto(`${address}?only=signed`);
  await page.getByRole('link', { name: '安澜县市政养护中心' }).click();
  const article = (n: number) => page.getByRole('group', { name: `第 ${n} 条` });
  expect(await page.locator('input[type=radio]:checked').count()).toBe(0);
  await article(1).getByLabel('做到', { exact: true }).check();
  await article(2).getByLabel('做到', { exact: true }).check();
  await article(3).getByLabel('没做到').check();
  await page.getByLabel('没做到的写明').fill('五月三日的一起烧荒没有马上报');
  await page.getByRole('button', { name: '逐条评兑现' }).click();
  await page.getByText('已评定：做到 2/3').waitFor();
  await shot('130-pledge-redeemed');
  await page.goto(address);
  expect(await page.locator('dl.figures dd').allInnerTexts()).toEqual(['3', '2', '0', '1']);
  await shot('131-pledge');
  await leave();
});
