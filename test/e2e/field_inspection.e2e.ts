import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { shoot, strip, synced, takePhone, unlock } from './field.ts';
import { openSite, type Site } from './site.ts';

/* Whoever was named goes round without network: ticks, a hazard with a photo, nothing found, nobody there. The desk sees it. */
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

test('断网检查：手机上打勾、登记隐患带照片、没有问题、没人；联网后台上看得见', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'jiangtao');
  const post = (path: string, body: object): Promise<Record<string, string>> =>
    page.evaluate(
      `fetch(${JSON.stringify(path)}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(${JSON.stringify(body)}) }).then((answer) => answer.json())`,
    );
  const item = (code: string, text: string) => ({
    ...{ code, text, counts: '不符合就算', grade: 'general', limit: { amount: 3, unit: 'natural_days' }, basis: '' },
  });
  const list = {
    sector: 'fire',
    title: '夜市十查',
    items: [item('i1', '灭火器在有效期内'), item('i2', '消防通道畅通')],
  };
  const { checklistId } = await post('/api/checklists', { commandId: crypto.randomUUID(), ...list });
  await page.goto('/console/inspections/new');
  const areaId = await page.locator('#areaId option', { hasText: /城东街道$/ }).getAttribute('value');
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const { inspectionId } = await post('/api/inspections', {
    ...{ commandId: crypto.randomUUID(), title: '夜市夜查', areaId, checklistId, announced: true, onDay: today },
    ...{ members: ['王秀兰'], places: ['东街烧烤店', '老仓库', '站前旅馆'] },
  });
  expect(inspectionId).toBeTruthy();

  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: OFF });
  const { page: field } = hand;
  await field.setViewportSize({ width: 360, height: 800 });
  const line = field.getByRole('link', { name: /检查：夜市夜查/ });
  await line.getByText('还有 3 处').waitFor({ timeout: 30_000 });
  await hand.offline(true);
  await line.click();
  await field.getByRole('link', { name: /东街烧烤店/ }).click();
  await field.getByLabel('灭火器在有效期内').check();
  // Put away and started again: the ticks are still there.
  await field.reload();
  await unlock(field);
  await field.getByLabel('灭火器在有效期内').waitFor();
  expect(await field.getByLabel('灭火器在有效期内').isChecked()).toBe(true);
  await hand.shot('276-field-place');
  await field.locator('li.item', { hasText: '消防通道畅通' }).getByRole('button', { name: '这条有问题' }).click();
  await field.getByLabel('看到了什么').fill('后门通道堆了啤酒箱');
  await shoot(field, 'found', '#7a4b2a');
  await field.getByLabel('由哪个单位整改').selectOption({ index: 1 });
  await hand.shot('277-field-found');
  await field.getByRole('button', { name: '登记，交单位整改' }).click();
  await field.getByText('后门通道堆了啤酒箱').waitFor();
  await field.getByRole('link', { name: /回名单/ }).click();
  await field.getByRole('link', { name: /老仓库/ }).click();
  await field.getByRole('button', { name: '没有发现问题' }).click();
  await field.getByRole('button', { name: /还有 2 条没打勾，确定没有问题/ }).click();
  await field.getByRole('link', { name: /站前旅馆/ }).click();
  await field.getByRole('button', { name: '没人、没开门' }).click();
  await field.getByText('没人、没开门，要再去').waitFor();
  await field.locator('summary', { hasText: '看过的 2 处' }).click();
  await hand.shot('278-field-places');
  await expect.poll(() => strip(field)).toMatch(/离线，3 条待发/);
  await hand.offline(false);
  await synced(field);
  await expect.poll(() => strip(field), { timeout: 60_000 }).not.toMatch(/待|退回/);

  await page.goto(`/console/inspections/${inspectionId}`);
  await page
    .getByRole('row', { name: /东街烧烤店/ })
    .getByText('发现隐患')
    .waitFor();
  await page
    .getByRole('row', { name: /老仓库/ })
    .getByText('没有发现问题')
    .waitFor();
  await page
    .getByRole('row', { name: /站前旅馆/ })
    .getByText('要再去')
    .waitFor();
  await page.getByRole('link', { name: '1', exact: true }).first().click();
  await page.locator('table.records tbody a').first().click();
  await page.getByText('后门通道堆了啤酒箱').first().waitFor();
  await page.locator('main img').first().waitFor();
  await shot('279-inspection-found');
  await hand.leave();
  await leave();
}, 300_000);
