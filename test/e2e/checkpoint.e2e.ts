import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone as small } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * The secretary sets up a gate with two rules, puts people down and switches it; a grid worker signs for the guard on a small
 * screen, lets people pass, takes in a parcel and hands it out. Each number leads to what it counts.
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

test('设卡口、排班、转战时，门口在手机上登记，台上看得见', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/console/checkpoints');
  await page.getByText('还没有卡口').waitFor();
  await page.getByRole('link', { name: '设卡口' }).click();
  await page.getByLabel('叫什么').fill('二运南门');
  await page.getByLabel('哪个地方').selectOption({ label: '城东街道 · 二运社区 · 二运第一网格' });
  await page.getByLabel('哪一类').selectOption({ label: '小区出入口' });
  await page.getByLabel('几点开', { exact: true }).fill('00:00');
  await page.getByLabel('几点关').fill('00:00');
  const [quiet, strict] = [page.locator('fieldset').first(), page.locator('fieldset').last()];
  await quiet.getByLabel(/^谁能过 /).fill('居民和访客都可以过');
  await quiet.getByLabel('谁能过（英文）').fill('Everybody may pass.');
  await strict.getByLabel(/^谁能过 /).fill('居民凭通行证进出，外来车辆不得进入');
  await strict.getByLabel('车牌号').check();
  await strict.getByLabel('每隔多少分钟消杀一次').fill('60');
  await page.getByRole('button', { name: '设卡口', exact: true }).click();
  // Refused, and nothing that was typed is lost.
  await page.locator('#emergencyPurpose-fault').getByText('要登记内容，就得写明为什么').waitFor();
  expect(await strict.getByLabel('车牌号').isChecked()).toBe(true);
  await strict.getByLabel('为什么登记').fill('查找同行的人');
  await shot('260-checkpoint-new');
  await page.getByRole('button', { name: '设卡口', exact: true }).click();
  await page.getByText('设好了，先按平时规则').waitFor();
  await page.getByText('没人在岗', { exact: false }).first().waitFor();
  await page.getByText(/往后七天有 1 段没排人，共 168 小时/).waitFor();
  const gate = page.url().split('?')[0] ?? '';

  await page.locator('summary', { hasText: '排班' }).click();
  await page.getByLabel('哪边的人').selectOption({ label: '物业' });
  await page.getByLabel(/^名字/).fill('保安老张');
  await page.getByLabel('哪个村、公司或单位').fill('安居物业');
  await page.getByRole('button', { name: '排班', exact: true }).click();
  await page.getByText('排好了。').waitFor();
  await page.getByText('安居物业').waitFor();
  await page.getByText('转为战时').first().click();
  await page.getByLabel(/^为什么转/).fill('市防疫指挥部通知');
  await page.getByRole('button', { name: '转为战时' }).click();
  await page.getByText('已转为战时。门口的告示记得换。').waitFor();
  await page
    .getByRole('row', { name: /市防疫指挥部通知/ })
    .getByText('孙丽')
    .waitFor();
  await page.getByRole('link', { name: '打印门口的告示' }).click();
  await page.getByText('居民凭通行证进出').waitFor();
  await page.getByText(/过这里登记：车牌号。用途：查找同行的人。登记的内容加密保存 14 天/).waitFor();
  await shot('261-checkpoint-notice');

  const hand = await signIn(browser, site.url, 'wangxiulan', { screen: small, expected: [/status of 422/] });
  const { page: field } = hand;
  await field.setViewportSize({ width: 360, height: 800 });
  await field.goto(gate);
  await field.getByText('没人在岗：先在下面的排班里接班').waitFor();
  await field.locator('summary', { hasText: '接班' }).click();
  await field.getByLabel(/上一班没办完的事/).fill('3 栋钥匙没还');
  await hand.shot('262-checkpoint-take-up-phone');
  await field.getByRole('button', { name: '保安老张接班' }).click();
  await field.getByText('在岗：保安老张').first().waitFor();
  await field.getByText('3 栋钥匙没还').waitFor();
  await field.getByText('（王秀兰代签）').waitFor();

  // On emergency rules a plate is asked of whoever passes, of whoever is turned back a reason alone.
  await field.getByText('车辆', { exact: true }).click();
  await field.getByRole('button', { name: '放行' }).click();
  await field.locator('#ask-plate-fault').getByText('现在的规则要登记这一项').waitFor();
  await field.getByLabel(/^车牌号/).fill('测A00001');
  await field.getByRole('button', { name: '放行' }).click();
  await field.getByText('登记了。').waitFor();
  await field.getByLabel(/没让过的/).fill('没有通行证');
  await field.getByRole('button', { name: '劝返' }).click();
  await field.getByText('登记了。').waitFor();
  await field.getByRole('button', { name: '刚消杀过' }).click();
  await field.getByText('消杀记下了。').waitFor();
  await field.locator('summary', { hasText: '收下物资' }).click();
  await field.getByLabel('谁送来的').fill('顺风快递');
  await field.getByLabel('给哪一户').fill('3 栋 502');
  await field.getByLabel('什么东西').fill('药一盒');
  await field.getByRole('button', { name: '收下，等人来领' }).click();
  await field.getByText('收下了，等人来领。').waitFor();
  await hand.shot('263-checkpoint-phone');
  await field.goto('/console/checkpoints');
  await field.getByText('物资 1 件待领').waitFor();
  await hand.shot('264-checkpoints-phone');
  await field.goto(gate);
  await field.getByLabel('3 栋 502的物资交给谁').fill('本人');
  await field.getByRole('button', { name: '领走了' }).click();
  await field.getByText('领走了，记下了。').waitFor();

  await page.goto('/console/checkpoints');
  await page.getByText('在用 1 个（小区出入口 1），其中 1 个是战时。').waitFor();
  await shot('265-checkpoints');
  await page.getByRole('link', { name: '今天过 1，劝返 1' }).click();
  const passed = page.getByRole('row', { name: /车辆 1/ });
  await passed.getByText('查看').first().click();
  await passed.getByLabel('为什么要看').fill('公安来函查车');
  await passed.getByRole('button', { name: '查看' }).click();
  await page.getByText('测A00001').waitFor();
  await shot('266-checkpoint');
  await page.goto(gate);
  expect(await page.getByText('测A00001').count()).toBe(0);
  await page.getByText('转回平时').first().click();
  await page.getByLabel(/^为什么转/).fill('疫情解除');
  await page.getByRole('button', { name: '转回平时' }).click();
  await page.getByText('已转回平时').waitFor();
  await hand.leave();
  await leave();
});
