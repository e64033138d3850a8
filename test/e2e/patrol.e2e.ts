import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone as small } from './browser.ts';
import { signIn } from './desk.ts';
import { strip, synced, takePhone, unlock } from './field.ts';
import { station } from './office.ts';
import { openSite, type Site } from './site.ts';

/*
 * The secretary plans a patrol by a form, a place a line; the grid worker walks it without network, by position, by the number of
 * a sticker and by word; the desk sees who was where, and what counts.
 */
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

test('安排巡查，断网去巡，台上看得见到没到', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  await page.goto('/console/patrols');
  await page.getByText('还没有巡查').waitFor();
  await page.getByRole('link', { name: '安排巡查' }).click();
  // A grid is offered first; what was typed stays when the place is changed.
  expect(await page.getByLabel('哪个地方').locator('option:checked').innerText()).toContain('网格');
  await page.getByLabel('叫什么').fill('封控楼栋巡查');
  await page.getByLabel('哪一类').selectOption({ label: '封控区域' });
  await page.getByLabel('哪个地方').selectOption({ label: '城东街道 · 二运社区 · 二运第二网格' });
  await page.getByRole('button', { name: '换地方' }).click();
  await page.getByLabel('吴芳', { exact: true }).waitFor();
  await page.getByLabel('哪个地方').selectOption({ label: '城东街道 · 二运社区 · 二运第一网格' });
  await page.getByRole('button', { name: '换地方' }).click();
  await page.getByLabel('王秀兰', { exact: true }).waitFor();
  expect(await page.getByLabel('叫什么').inputValue()).toBe('封控楼栋巡查');
  expect(await page.getByLabel('哪一类').inputValue()).toBe('closed_off');
  const { lon, lat } = station.at;
  const lines = [`南门 ${lon},${lat} 50米`, `水泵房 ${lon},${(lat + 0.02).toFixed(4)}`, '后巷', '后巷'];
  await page.getByLabel('要到哪些点').fill(lines.join('\n'));
  await page.getByLabel('隔多久一轮').selectOption({ label: '每 15 分钟' });
  await page.getByLabel('一天里的哪些时段').fill('0:00-24:00');
  await page.getByLabel('王秀兰', { exact: true }).check();
  await page.getByLabel('王秀兰的合同编号').fill('巡〔2026〕01');
  await page.getByRole('button', { name: '安排', exact: true }).click();
  await page.locator('#places-fault').getByText('“后巷”写了两次').waitFor();
  expect(await page.getByLabel('王秀兰', { exact: true }).isChecked()).toBe(true);
  await page.getByLabel('要到哪些点').fill(lines.slice(0, 3).join('\n'));
  await shot('180-patrol-plan');
  await page.getByRole('button', { name: '安排', exact: true }).click();
  await page.getByRole('heading', { name: '封控楼栋巡查' }).waitFor();
  await page.getByText('每 15 分钟一轮，00:00-24:00，每天').waitFor();
  await page.getByText('谁去：王秀兰（巡〔2026〕01）').waitFor();
  const patrol = page.url();
  await page.getByRole('link', { name: '打印点位码' }).click();
  const code = await page.locator('.sticker', { hasText: '后巷' }).locator('.code').innerText();
  expect(code).toMatch(/^\d{3} \d{3}$/);
  await shot('181-patrol-stickers');

  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: OFF });
  const { page: field } = hand;
  await field.setViewportSize({ width: 360, height: 800 });
  const line = field.getByRole('link', { name: /巡查：封控楼栋巡查/ });
  await line.waitFor({ timeout: 30_000 });
  await hand.shot('182-field-patrol-due');
  await line.click();
  await field.getByRole('button', { name: '开始巡查' }).waitFor();
  expect(await field.getByRole('button', { name: /打点/ }).count()).toBe(0);

  await hand.offline(true);
  await field.getByRole('button', { name: '开始巡查' }).click();
  await field.getByText(/巡查中，/).waitFor();
  await field.getByRole('button', { name: '在南门打点' }).click();
  await field.getByText(/离这个点 \d+ 米，误差 12 米/).waitFor();
  await hand.shot('183-field-patrol-tick');
  await field.getByRole('button', { name: '到了，打点' }).click();
  const spot = (name: string) => field.locator('article.item', { hasText: name });
  await spot('南门').getByText('待发').waitFor();

  // The phone is put away and started again: it goes on where it was.
  await field.reload();
  await unlock(field);
  await field.getByText(/巡查中，/).waitFor();
  await spot('后巷').getByRole('button').click();
  await field.getByLabel('贴纸上的六个数字').fill(`${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`);
  await field.getByText('数字不对').waitFor();
  await field.getByLabel('贴纸上的六个数字').fill(code);
  await field.getByRole('button', { name: '用点位码打点' }).click();
  await spot('后巷').getByText('待发').waitFor();
  await spot('后巷').getByText('待核').waitFor();
  await spot('水泵房').getByRole('button').click();
  await field.getByText(/米：不在点位范围内|米，误差 12 米：/).waitFor();
  expect(await field.getByRole('button', { name: '到了，打点' }).count()).toBe(0);
  await field.getByText('定不到位，也没有贴纸').click();
  await field.getByLabel('说说为什么').fill('门锁着，钥匙在物业');
  await field.getByRole('button', { name: '存下说明' }).click();
  await spot('水泵房').getByText('从来没打过点').waitFor();
  await field.getByRole('button', { name: /结束巡查/ }).click();
  await field.getByRole('button', { name: '还有 1 个点没到，确定结束' }).click();
  await field.getByRole('button', { name: '开始巡查' }).waitFor();
  await hand.shot('184-field-patrol');
  await expect.poll(() => strip(field)).toMatch(/离线，5 条待发/);
  await page.goto(patrol);
  await page.getByText('没有记录。').waitFor();

  await hand.offline(false);
  await synced(field);
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText('门锁着，钥匙在物业').count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  const ticks = page.locator('table').last().locator('tbody tr');
  expect(await ticks.count()).toBe(3);
  expect(await ticks.filter({ hasText: '算数' }).filter({ hasText: '●' }).count()).toBe(2);
  await ticks.filter({ hasText: '水泵房' }).getByText('不在点位范围内').waitFor();
  expect(await page.getByText(/您的位置/).count()).toBe(0);
  await shot('185-patrol');
  await page.getByRole('heading', { name: '谁去巡了' }).waitFor();
  await page
    .locator('table.records')
    .first()
    .getByRole('row', { name: /南门 .*米以内/ })
    .getByRole('link')
    .click();
  await page.getByRole('heading', { name: '打点记录 · 南门' }).waitFor();
  await page.getByText('看这天全部').waitFor();
  await hand.leave();
  await leave();
});

test('巡查的页面在手机大小上也看得全；改方案从现在起算', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'sunli', { screen: small });
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto('/console/patrols');
  await shot('186-patrols-phone');
  await page.getByRole('link', { name: '封控楼栋巡查' }).click();
  await shot('187-patrol-phone');
  await page.getByRole('link', { name: '改方案' }).click();
  expect(await page.getByLabel('要到哪些点').inputValue()).toMatch(/^南门 [\d.,]+\n水泵房 [\d.,]+\n后巷$/);
  await page.getByLabel('隔多久一轮').selectOption({ label: '每 2 小时' });
  await shot('188-patrol-change-phone');
  await page.getByRole('button', { name: '从现在起按这个' }).click();
  await page.getByText('改好了，从现在起按新的算。').waitFor();
  await page.getByText('每 2 小时一轮').waitFor();
  await page.getByText('结束这项巡查').click();
  await page.getByRole('button', { name: '结束', exact: true }).click();
  await page.getByText('已结束，会从手机上撤下').waitFor();
  await leave();
});
