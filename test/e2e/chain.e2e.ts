import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, phone, sitDown, type Viewer } from './browser.ts';
import { choose, openFromInbox, press, signIn } from './desk.ts';
import { openTab, shoot, strip, takePhone } from './field.ts';
import { openSite, type Site } from './site.ts';

/*
 * One story through all three faces: a resident says it on the public page, it appears at the desk, a phone without a
 * network mends it, somebody else checks it, the resident says no, it goes round once more, and then it is solved.
 */
let site: Site;
let browser: Browser;
const GRID = '439901001001001';
const OFF = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /Failed to load resource/];

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function at(login: string, duty: string, work: (page: Page) => Promise<void>): Promise<void> {
  const clerk = await signIn(browser, site.url, login);
  await openFromInbox(clerk.page, duty);
  await work(clerk.page);
  await clerk.leave();
}

const tell = async (page: Page, words: string): Promise<string> => {
  await page.goto(`/g/${GRID}`);
  await page.getByLabel('发生了什么？').fill(words);
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('收到了。').waitFor();
  return new URL(page.url()).pathname;
};

/** Where there is no network: accepts, takes two photos, says what was done, comes back among people. */
async function mendOffline(hand: Viewer, words: string, colours: readonly [string, string]): Promise<void> {
  const { page } = hand;
  const line = page.locator('a.line', { hasText: '井盖翘起' }).filter({ hasText: '签收' });
  await line.waitFor({ timeout: 60_000 });
  await hand.offline(true);
  await line.click();
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByText('签收：已存在手机里').waitFor();
  await page.getByRole('button', { name: '反馈', exact: true }).click();
  await shoot(page, 'feed_back-before', colours[0]);
  await shoot(page, 'feed_back-after', colours[1]);
  await page.getByLabel('说明').fill(words);
  await page.locator('form.command').getByRole('button', { name: '反馈', exact: true }).click();
  await page.getByText('反馈：已存在手机里').waitFor();
  await expect.poll(() => strip(page)).toMatch(/离线，\d 条待发，2 张照片待传/);
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(() => strip(page), { timeout: 40_000 }).not.toMatch(/待/);
}

const close = (said: string): Promise<void> =>
  at('hejing', '结案', (page) =>
    press(page, '结案', async (form) => {
      await choose(form, '结果', '已解决');
      await form.getByLabel('给报事人和公众看的话').fill(said);
    }),
  );

async function untilAsked(page: Page, trackedAt: string, said: string): Promise<void> {
  await page.goto(trackedAt);
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText(said).count();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBeGreaterThan(0);
}

test('居民说一次：台上自己出现，断网的手机办好，别人核查，居民说没有，再办一轮，居民说解决了', async () => {
  // The desk is open before anything happens, and nobody reloads it.
  const registrar = await signIn(browser, site.url, 'hejing');
  const resident = await sitDown(browser, site.url, phone);
  const trackedAt = await tell(resident.page, '井盖翘起来一角，晚上骑车看不见');
  await openFromInbox(registrar.page, '受理立案');
  await registrar.page.getByText('井盖翘起来一角').first().waitFor();
  await press(registrar.page, '立案', (form) => choose(form, '立案条件', '街道断行'));
  await at('chenmin', '派遣', (page) => press(page, '派遣', (form) => choose(form, '承办单位', '安澜县市政养护中心')));

  const hand = await takePhone(browser, site.url, 'caolu', { expected: OFF });
  await mendOffline(hand, '换了新的井盖', ['#884444', '#448844']);
  await at('wangxiulan', '核查', async (page) => {
    await page.locator('figure').nth(1).waitFor();
    await press(page, '核查通过', async () => undefined);
  });
  await close('换了新井盖，压实了周边');

  await untilAsked(resident.page, trackedAt, '换了新井盖，压实了周边');
  await resident.page.getByRole('button', { name: '没有解决，重新办理' }).click();
  await resident.page.getByText('记下了，重新办理。').waitFor();

  // Round two reaches the same phone by itself.
  await openTab(hand.page, '今日');
  await hand.page.getByRole('button', { name: '同步' }).click();
  await at('chenmin', '派遣', (page) => press(page, '派遣', (form) => choose(form, '承办单位', '安澜县市政养护中心')));
  await hand.page.getByRole('button', { name: '同步' }).click();
  await mendOffline(hand, '井圈重新浇筑，不再松动', ['#aa6644', '#44aa66']);
  await hand.shot('80-chain-phone-second-round');
  await hand.leave();
  await at('wangxiulan', '核查', (page) => press(page, '核查通过', async () => undefined));
  await close('井圈重新浇筑，踩上去不响了');

  await untilAsked(resident.page, trackedAt, '井圈重新浇筑，踩上去不响了');
  await resident.page.getByRole('button', { name: '解决了', exact: true }).click();
  await expect.poll(() => resident.page.locator('[aria-current=step]').innerText()).toBe('办结（第 2 轮）');
  await resident.shot('81-chain-solved');
  await resident.leave();
  await registrar.leave();
});
