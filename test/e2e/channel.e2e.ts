import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone, sitDown } from './browser.ts';
import { signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/* A resident writes to the people of the grid from a phone; the grid answers, or makes it a report. */
let site: Site;
let browser: Browser;
const CHANNEL = '/g/439901001001001/channel';

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function write(page: Page, words: string, tel = ''): Promise<string> {
  await page.goto(CHANNEL);
  await page.getByLabel('想说什么？').fill(words);
  await page.getByLabel('电话').fill(tel);
  await page.getByRole('button', { name: '发送留言' }).click();
  await page.getByText('收到了。').waitFor();
  return new URL(page.url()).pathname;
}

/** What follows from a step is told after it: looked at again until it is there. */
async function untilTold(page: Page, words: string): Promise<void> {
  for (let tries = 0; tries < 20 && !(await page.content()).includes(words); tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await page.getByText(words).first().waitFor();
}

test('没有脚本也行：从我的网格进频道，留言，看在谁手上；公开的页面上没有', async () => {
  const context = await browser.newContext({ ...phone, baseURL: site.url, locale: 'zh-CN', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/grids/439901001001001');
  await page.getByRole('link', { name: '频道：通知和留言' }).click();
  await page.getByRole('heading', { name: '二运第一网格频道' }).waitFor();
  await write(page, '金丝雀：请问垃圾车几点来');
  expect(await page.locator('.where').innerText()).toContain('二运第一网格网格员');
  expect(await page.locator('.where').innerText()).toMatch(/还剩/);
  await page.goto(CHANNEL);
  expect(await page.content()).not.toContain('金丝雀');
  await context.close();
});

test('频道的清单是实时的：居民一写就出现，不用刷新；断线说断线，接上补齐；键盘停在原处', async () => {
  const worker = await signIn(browser, site.url, 'wangxiulan', {
    expected: [/ERR_INTERNET_DISCONNECTED|Failed to load/],
  });
  const { page } = worker;
  await page.goto('/console/channel');
  await page.getByText('● 实时').waitFor();
  const resident = await sitDown(browser, site.url, phone);
  await write(resident.page, '请问老年卡在哪里办');
  const line = page.getByRole('link', { name: '请问老年卡在哪里办' });
  await line.waitFor({ timeout: 10_000 });
  await line.focus();
  await write(resident.page, '小广场的健身器材松了');
  await page.getByRole('link', { name: '小广场的健身器材松了' }).waitFor({ timeout: 10_000 });
  expect(await page.locator('a:focus').innerText()).toBe('请问老年卡在哪里办');
  await worker.shot('62-channel-live');
  await page.context().setOffline(true);
  await page.getByText('○ 连接断了').waitFor();
  await write(resident.page, '断线时写的一条');
  await page.context().setOffline(false);
  await page.getByRole('link', { name: '断线时写的一条' }).waitFor({ timeout: 20_000 });
  await page.getByText('● 实时').waitFor();
  await resident.leave();
  await worker.leave();
});

test('网格员：待办里有，答复；居民凭查询码看到', async () => {
  const resident = await sitDown(browser, site.url, phone);
  await resident.page.goto(CHANNEL);
  await resident.shot('61-channel-phone');
  const tracked = await write(resident.page, '楼道灯坏了三天，晚上老人下楼看不见', '13700001234');
  await resident.shot('62-channel-sent-phone');

  const worker = await signIn(browser, site.url, 'wangxiulan');
  const { page } = worker;
  await page.locator('a.line', { hasText: '居民留言' }).first().waitFor({ timeout: 30_000 });
  await page.getByRole('link', { name: '频道', exact: true }).click();
  await page.getByRole('heading', { name: /频道/ }).waitFor();
  await worker.shot('63-channel-desk');
  expect(await page.content()).not.toContain('13700001234');
  await page.getByRole('link', { name: /楼道灯坏了三天/ }).click();
  await worker.shot('64-channel-message');
  await page.getByText('看电话', { exact: true }).first().click();
  await page.getByLabel('为什么要看').fill('约时间上门');
  await page.getByRole('button', { name: '看电话' }).click();
  await page.getByRole('link', { name: '13700001234' }).waitFor();
  await page.getByLabel('留言人会看到', { exact: true }).fill('明天上午请电工来换');
  await page.getByRole('button', { name: '答复', exact: true }).click();
  await page.getByRole('status').getByText('已办：答复').waitFor();
  await worker.leave();

  await resident.page.goto(tracked);
  await untilTold(resident.page, '明天上午请电工来换');
  await resident.shot('65-channel-answered-phone');
  await resident.leave();
});

test('转为报事：填好了，改一句就转；原来的查询码看案卷，案卷回得到留言', async () => {
  const resident = await sitDown(browser, site.url, phone);
  const tracked = await write(resident.page, '二运巷口路面塌了一块');
  const worker = await signIn(browser, site.url, 'wangxiulan', { expected: [/status of 422/] });
  const { page } = worker;
  await page.goto('/console/channel');
  await page.getByRole('link', { name: /路面塌了一块/ }).click();
  await page.locator('summary', { hasText: '转为报事' }).click();
  const form = page.locator('form', { hasText: '报的事' });
  expect(await form.getByLabel('报的事').inputValue()).toBe('二运巷口路面塌了一块');
  expect(await form.getByLabel('属于哪里').locator('option:checked').innerText()).toContain('二运第一网格');
  await form.getByLabel('在哪里').fill('二运巷口');
  await worker.shot('66-channel-report');
  await form.getByRole('button', { name: '转为报事' }).click();
  await page.getByRole('status').getByText('已办：转为报事').waitFor();
  await worker.shot('67-channel-reported');
  await page.locator('a.code').click();
  await page.getByRole('link', { name: '来自频道留言' }).click();
  await page.getByText('已转为报事：').waitFor();
  await worker.leave();

  await resident.page.goto(tracked);
  await untilTold(resident.page, '收到了，编号');
  expect(await resident.page.locator('.where').innerText()).toContain('城东街道受理立案岗');
  await resident.leave();
});

test('社区书记：谁看了通知数得出来，点开是名字', async () => {
  const head = await signIn(browser, site.url, 'sunli');
  const { page } = head;
  const untilAt = new Date(Date.now() + 86_400_000).toISOString();
  const issued = await page.evaluate(
    async ([until, id, commandId, areaId]) =>
      (
        await fetch('/api/notices', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            id,
            commandId,
            areaIds: [areaId],
            words: '明早停水两小时',
            public: true,
            untilAt: until,
          }),
        })
      ).status,
    [untilAt, crypto.randomUUID(), crypto.randomUUID(), await stationId(page)] as const,
  );
  expect(issued).toBe(200);
  await page.goto('/console/channel');
  await page.getByRole('link', { name: /0 \/ \d+ 人/ }).click();
  await page.locator('#told').getByText('王秀兰').waitFor();
  await head.shot('68-channel-read-marks');
  await page.goto(CHANNEL);
  await page.getByText('明早停水两小时').waitFor();
  await head.leave();
});

test('社区书记设群机器人：内网地址不收，说清楚；保存了试发，没发到写明原因', async () => {
  const head = await signIn(browser, site.url, 'sunli', { expected: [/status of 422/] });
  const { page } = head;
  await page.goto('/console/channel');
  await page.getByRole('link', { name: /群机器人/ }).click();
  const form = page.locator('form', { hasText: '机器人地址' }).last();
  await form.getByLabel('哪里的通知').selectOption({ label: '二运社区' });
  await form.getByLabel('机器人地址').fill('https://127.0.0.1/hook');
  await form.getByRole('button', { name: '保存' }).click();
  await page.getByText('这个地址不能用').waitFor();
  const again = page.locator('form', { hasText: '机器人地址' }).last();
  expect(await again.getByLabel('哪里的通知').locator('option:checked').innerText()).toContain('二运社区');
  await again.getByLabel('机器人地址').fill('https://robot.invalid/send?key=e2e-secret');
  await again.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存。').waitFor();
  expect(await page.content()).not.toContain('e2e-secret');
  await page.getByRole('button', { name: '试发一句' }).click();
  await page.getByText('试发交出去了').waitFor();
  await untilTold(page, '最近一次没有发到');
  await head.shot('69-robots');
  await head.leave();
});

const stationId = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const areas = (await (await fetch('/api/areas')).json()) as { id: string; name: string }[];
    return areas.find(({ name }) => name === '二运社区')?.id ?? '';
  });
