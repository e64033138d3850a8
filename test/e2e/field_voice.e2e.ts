import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { openTab, strip, synced, takePhone } from './field.ts';
import { officeOf } from './office.ts';
import { openSite, type Site } from './site.ts';

/* What is said instead of written: kept on the phone, sent after its record, heard at the desk. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface Line {
  readonly id: string;
  readonly summary: string | null;
}

test('断网时说一段代替打字：存在手机里，联网后到；坐席和手机上都听得到', async () => {
  const expected = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /Failed to load resource/];
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected });
  const { page } = hand;
  await hand.context.grantPermissions(['geolocation', 'microphone'], { origin: site.url });
  await hand.offline(true);
  await openTab(page, '上报');
  await page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  await page.getByRole('button', { name: '按一下，说一段' }).click();
  await page.getByRole('button', { name: '说完了，停止' }).waitFor();
  await page.getByRole('timer').getByText('0:02').waitFor();
  await page.getByRole('button', { name: '说完了，停止' }).click();
  await page.getByText(/录音 \d 秒/).waitFor();
  expect(await page.locator('audio').evaluate(loads)).toBe(true);
  await hand.shot('78-field-voice');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  const desk = await officeOf(site.url, 'hejing');
  const said = async (): Promise<Line | undefined> =>
    (await desk.get<Line[]>('/api/casefiles?most=200')).find(({ summary }) => summary?.includes('请听录音'));
  await expect.poll(async () => (await said()) !== undefined, { timeout: 30_000 }).toBe(true);
  const id = (await said())?.id ?? '';
  await expect
    .poll(async () => (await desk.get<object[]>(`/api/casefiles/${id}/voices`)).length, { timeout: 30_000 })
    .toBe(1);
  await expect.poll(() => strip(page), { timeout: 30_000 }).not.toMatch(/待/);

  const seat = await signIn(browser, site.url, 'hejing');
  await seat.page.goto(`/console/cases/${id}`);
  const player = seat.page.locator('.case audio');
  await player.waitFor();
  expect(await player.evaluate(loads)).toBe(true);
  await seat.shot('79-desk-voice');
  await seat.page.goto(`/console/cases/${id}?plain=1`);
  await seat.page.locator('audio').waitFor();
  await seat.leave();
  await page.goto(`/field/cases/${id}`);
  await page.getByLabel('这台手机的数字密码').fill('246813');
  await synced(page);
  expect(await page.locator('.voices audio').evaluate(loads)).toBe(true);
  await hand.leave();
});

test('没允许用麦克风、没有麦克风、浏览器不会录：都说清楚，写字照样能报', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan');
  const { page } = hand;
  await openTab(page, '上报');
  const begin = page.getByRole('button', { name: '按一下，说一段' });
  await begin.click();
  await page.getByText('没有允许使用麦克风').waitFor();
  await hand.shot('80-field-no-microphone');
  const without = (error: string): Promise<void> =>
    page.evaluate(`navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '${error}'); }`);
  for (const [error, words] of [
    ['NotFoundError', '没找到麦克风'],
    ['NotReadableError', '被别的应用占用'],
  ] as const) {
    await without(error);
    await begin.click();
    await page.getByText(words).waitFor();
  }
  await page.evaluate('delete window.MediaRecorder');
  await begin.click();
  await page.getByText('这个浏览器不会录音').waitFor();
  await page.getByLabel('什么事，一句话').fill('没有麦克风也报得上');
  await page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
  await hand.leave();
});

/** In the page: whether it is sound, not only an element. */
const loads = (element: object): Promise<boolean> => {
  const audio = element as {
    load(): void;
    preload: string;
    readonly readyState: number;
    readonly error: object | null;
    addEventListener(on: string, run: () => void): void;
  };
  return new Promise((tell) => {
    const look = (): void => {
      if (audio.error || audio.readyState > 0) tell(audio.error === null);
    };
    audio.addEventListener('loadedmetadata', look);
    audio.addEventListener('error', look);
    audio.preload = 'auto';
    audio.load();
  });
};

test('麦克风只给外勤页面', async () => {
  const policyAt = async (path: string): Promise<string> =>
    (await fetch(site.url + path)).headers.get('permissions-policy') ?? '';
  for (const path of ['/', '/console', '/track', '/api/areas']) expect(await policyAt(path)).toContain('microphone=()');
  for (const path of ['/field', '/field/report']) expect(await policyAt(path)).toContain('microphone=(self)');
});
