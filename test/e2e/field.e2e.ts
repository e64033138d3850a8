import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/kernel/root.ts';
import { openBrowser } from './browser.ts';
import { openTab, shoot, signInHere, strip, synced, takePhone, unlock } from './field.ts';
import { dispatched, officeOf, station } from './office.ts';
import { openSite, type Site } from './site.ts';

/*
 * The phone where there is no network, and where things go wrong: nothing said is lost, nothing is done twice, and the
 * screen says how it is.
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

interface Seen {
  readonly id: string;
  readonly status: string;
  readonly reports: readonly { readonly words: string | null }[];
  readonly story: readonly { readonly kind: string; readonly words: string | null }[];
}
const look = async (login: string, id: string): Promise<Seen> =>
  (await officeOf(site.url, login)).get<Seen>(`/api/casefiles/${id}`);
const photosOf = async (login: string, id: string): Promise<readonly { stage: string }[]> =>
  (await officeOf(site.url, login)).get(`/api/casefiles/${id}/photos`);
const saying = async (login: string, words: string): Promise<readonly { id: string }[]> => {
  const cases = await (await officeOf(site.url, login)).get<{ id: string; summary: string | null }[]>(
    '/api/casefiles?most=200',
  );
  return cases.filter(({ summary }) => summary?.includes(words));
};

/** The browser's process for this page ends at once, as when a phone runs out of memory. */
async function kill(page: Page): Promise<Page> {
  const context = page.context();
  const gone = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => undefined);
  await gone;
  await page.close();
  const next = await context.newPage();
  await next.goto('/field');
  return next;
}

/** From the tab to “kept”, where the phone knows its place. */
async function report(page: Page, words: string): Promise<void> {
  await openTab(page, '上报');
  await page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  await page.getByLabel('什么事，一句话').fill(words);
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
}

test('第一次登录、设数字密码；断网也打得开，数字密码不对就不开', async () => {
  const { page, shot, offline, leave } = await takePhone(browser, site.url, 'wangxiulan', { expected: OFF });
  await shot('60-field-today');
  await offline(true);
  await page.reload();
  await page.getByRole('heading', { name: '王秀兰' }).waitFor();
  await page.getByLabel('这台手机的数字密码').fill('246814');
  await page.getByText('数字密码不对').waitFor();
  await shot('61-field-pin');
  await unlock(page);
  await page.locator('.strip', { hasText: '离线' }).waitFor();
  for (const [name, picture] of [
    ['上报', '62-field-report'],
    ['我的', '63-field-mine'],
  ] as const) {
    await openTab(page, name);
    await shot(picture);
  }
  await page.goBack();
  await page.getByRole('heading', { name: '上报' }).waitFor();
  const { height } = (await page.locator('.tabs a').first().boundingBox()) ?? { height: 0 };
  expect(height).toBeGreaterThanOrEqual(48);
  await leave();
});

test('断网时拍照上报，写到一半被杀掉也还在；联网后只到一次，照片跟着到', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: OFF });
  await hand.offline(true);
  await openTab(hand.page, '上报');
  await hand.page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  await shoot(hand.page, 'camera', '#776655');
  await hand.page.getByLabel('什么事，一句话').fill('断网时看到的井盖破损');
  await hand.page.getByLabel('门牌、路口').fill('二运巷12号');
  await hand.page.waitForTimeout(200);

  const again = await kill(hand.page);
  await unlock(again);
  await openTab(again, '上报');
  expect(await again.getByLabel('什么事，一句话').inputValue()).toBe('断网时看到的井盖破损');
  await again.locator('.shots figure').waitFor();
  await again.getByRole('button', { name: '上报', exact: true }).click();
  await again.getByText('已存在手机里').waitFor();
  await expect.poll(() => strip(again)).toMatch(/离线，1 条待发/);
  // The next one nearby stands at the same place.
  await again.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  expect(await again.getByLabel('什么事，一句话').inputValue()).toBe('');
  expect(await saying('hejing', '断网时看到的井盖破损')).toHaveLength(0);

  const third = await kill(again);
  await unlock(third);
  await expect.poll(() => strip(third)).toMatch(/离线，1 条待发/);
  await hand.offline(false);
  await third.getByRole('button', { name: '同步' }).click();
  await expect.poll(async () => (await saying('hejing', '断网时看到的井盖破损')).length, { timeout: 30_000 }).toBe(1);
  const [found] = await saying('hejing', '断网时看到的井盖破损');
  await expect.poll(async () => (await photosOf('hejing', found?.id ?? '')).length, { timeout: 30_000 }).toBe(1);
  await expect.poll(() => strip(third), { timeout: 30_000 }).not.toMatch(/待/);
  await openTab(third, '我的');
  await third.getByText('都发出去了').waitFor();
  await hand.context.close();
});

test('断网时签收、拍两张照片反馈；联网后都到，先后不乱', async () => {
  const id = await dispatched(site.url, '巷口路面塌了一块，电动车差点摔了');
  const hand = await takePhone(browser, site.url, 'caolu', { expected: OFF });
  const { page } = hand;
  await page.locator('a.line').first().waitFor();
  await hand.offline(true);
  await page.locator('a.line').first().click();
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByText('签收：已存在手机里').waitFor();
  await hand.shot('64-field-case');
  // The phone knows from the same table that it may be worked on now.
  await page.getByRole('button', { name: '反馈', exact: true }).click();
  await shoot(page, 'feed_back-before', '#884444');
  await shoot(page, 'feed_back-after', '#448844');
  await page.getByLabel('说明').fill('已回填压实，恢复通行');
  await hand.shot('65-field-feed-back');
  await page.locator('form.command').getByRole('button', { name: '反馈', exact: true }).click();
  await page.getByText('反馈：已存在手机里').waitFor();
  await expect.poll(() => strip(page)).toMatch(/离线，2 条待发，2 张照片待传/);
  await openTab(page, '今日');
  await page.locator('a.line', { hasText: '待发' }).waitFor();
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(async () => (await look('caolu', id)).status, { timeout: 40_000 }).toBe('handled');
  const { story } = await look('caolu', id);
  for (const kind of ['casefile.acknowledged', 'casefile.fed_back'])
    expect(
      story.filter((line) => line.kind === kind),
      kind,
    ).toHaveLength(1);
  const stages = (await photosOf('caolu', id)).map(({ stage }) => stage).toSorted();
  expect(stages).toEqual(['after', 'before']);
  await hand.leave();
});

test('别人先办了：被退回的说出原因，不挡住别的；看过可以收起', async () => {
  const id = await dispatched(site.url, '人行道地砖翘起');
  const hand = await takePhone(browser, site.url, 'caolu', { expected: OFF });
  const { page } = hand;
  await page.locator('a.line', { hasText: '签收' }).first().waitFor();
  await hand.offline(true);
  await page.goto(`/field/cases/${id}`);
  await unlock(page);
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByText('签收：已存在手机里').waitFor();
  await openTab(page, '上报');
  await page.getByLabel('什么事，一句话').fill('后面这条不受影响');
  // Whoever works for a body has no grids: the point says where it is.
  await page.getByText('已定位').waitFor();
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
  // Meanwhile somebody at the depot's desk was faster.
  await (await officeOf(site.url, 'caolu')).post(`/api/casefiles/${id}/acknowledge`, {});
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/1 条被退回/);
  await expect.poll(async () => (await saying('hejing', '后面这条不受影响')).length, { timeout: 30_000 }).toBe(1);
  await openTab(page, '我的');
  await page.getByText('现在不能“签收”').waitFor();
  await hand.shot('66-field-refused');
  await page.getByRole('button', { name: '知道了，收起' }).click();
  await expect.poll(() => strip(page)).not.toMatch(/被退回/);
  await hand.leave();
});

test('照片暂时存不进去：反馈等着，一条不丢；好了两样都到。连按两下签收只算一次', async () => {
  const id = await dispatched(site.url, '路灯杆歪了');
  const hand = await takePhone(browser, site.url, 'caolu', { expected: OFF });
  const { page } = hand;
  await hand.offline(true);
  await page.goto(`/field/cases/${id}`);
  await unlock(page);
  await page.getByRole('button', { name: '签收' }).dblclick();
  await page.getByText('签收：已存在手机里').waitFor();
  await expect.poll(() => strip(page)).toMatch(/离线，1 条待发/);
  await page.getByRole('button', { name: '反馈', exact: true }).click();
  await shoot(page, 'feed_back-after', '#336699');
  await page.getByLabel('说明').fill('灯杆已扶正');
  await page.locator('form.command').getByRole('button', { name: '反馈', exact: true }).click();
  await page.getByText('反馈：已存在手机里').waitFor();
  const words = { zh: '正在处理的照片太多', en: 'busy' };
  const busy = { code: 'photo.busy', title: words, hint: words };
  await hand.context.route('**/photos/uploaded', (route) =>
    route.fulfill({ json: { photos: [{ sha256: '', outcome: 'refused', problem: busy }] } }),
  );
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(async () => (await look('caolu', id)).status, { timeout: 30_000 }).toBe('handling');
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/已联网，1 条待发，1 张照片待传/);
  await hand.context.unroute('**/photos/uploaded');
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(async () => (await look('caolu', id)).status, { timeout: 30_000 }).toBe('handled');
  expect(await photosOf('caolu', id)).toHaveLength(1);
  await hand.leave();
});

test('服务器不收的照片：说出原因，收起以后可以退出；写了一半的不会跟着退出清掉', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: [/status of 401/] });
  const { page } = hand;
  const words = { zh: '照片打不开，可能没有传完整', en: 'unreadable' };
  const problem = { code: 'photo.unreadable', title: words, hint: { zh: '请重拍。', en: 'again' } };
  await hand.context.route('**/photos/uploaded', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ json: { photos: [{ sha256: '', outcome: 'refused', problem }] } })
      : route.fallback(),
  );
  await openTab(page, '上报');
  await shoot(page, 'camera', '#225588');
  await report(page, '照片被退回的这条');
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/已联网，1 条被退回/);
  await openTab(page, '我的');
  await page.getByText('服务器不收这张照片').waitFor();
  await hand.shot('72-field-photo-refused');
  await page.getByRole('button', { name: '知道了，删掉被退回的照片' }).click();
  await page.getByText('都发出去了').waitFor();
  await openTab(page, '上报');
  await page.getByLabel('什么事，一句话').fill('写到一半');
  await openTab(page, '我的');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByText('1 份没写完').waitFor();
  await page.getByRole('button', { name: '退出', exact: true }).click();
  await unlock(page);
  await openTab(page, '上报');
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe('写到一半');
  await hand.leave();
});

test('没发出的能改能撤；服务器一直出错，一条不丢，好了自己补发', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: [...OFF, /status of 500/] });
  const { page } = hand;
  await hand.offline(true);
  for (const words of ['要改的这条', '要撤的这条']) await report(page, words);
  await openTab(page, '我的');
  await expect.poll(() => strip(page)).toMatch(/离线，2 条待发/);
  await hand.shot('67-field-outbox');
  const item = (words: string) => page.locator('.item', { hasText: words });
  await item('要改的这条').getByRole('button', { name: '修改' }).click();
  await page.getByLabel('改成').fill('改过以后的话');
  await page.getByRole('button', { name: '存下改动' }).click();
  await item('改过以后的话').waitFor();
  await item('要撤的这条').getByRole('button', { name: '撤回' }).click();
  await page.getByRole('button', { name: '确定撤回，不发了' }).click();
  await expect.poll(() => item('要撤的这条').count()).toBe(0);

  const broken = { status: 500, json: { code: 'bug', title: '服务器出错', detail: '' } };
  await hand.context.route('**/api/sync/**', (route) => route.fulfill(broken));
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/服务器出错，1 条待发/);
  await hand.context.unroute('**/api/sync/**');
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(async () => (await saying('hejing', '改过以后的话')).length, { timeout: 30_000 }).toBe(1);
  expect(await saying('hejing', '要撤的这条')).toHaveLength(0);
  expect(await saying('hejing', '要改的这条')).toHaveLength(0);
  await hand.leave();
});

test('定位偏了两公里、不许定位：说真话，选网格照样能报', async () => {
  const far = { lon: station.at.lon + 0.05, lat: station.at.lat };
  const off = await takePhone(browser, site.url, 'wangxiulan', { stands: far });
  await openTab(off.page, '上报');
  await off.page.getByText('不在您的网格里').waitFor();
  await off.shot('68-field-far');
  await off.page.getByLabel('什么事，一句话').fill('定位偏了的这条');
  await off.page.getByRole('button', { name: '上报', exact: true }).click();
  await off.page.getByText('还没有定在哪个网格').waitFor();
  await off.page.getByLabel('网格').selectOption({ label: '二运第一网格 · 二运社区' });
  await off.page.getByRole('button', { name: '上报', exact: true }).click();
  await off.page.getByText('已存在手机里').waitFor();
  await expect.poll(async () => (await saying('hejing', '定位偏了的这条')).length, { timeout: 30_000 }).toBe(1);
  await off.leave();
  const blind = await takePhone(browser, site.url, 'wangxiulan', { stands: null });
  await openTab(blind.page, '上报');
  await blind.page.getByText('没有允许定位').waitFor();
  await blind.leave();
});

test('两个页面同时打开：一次只在一页里办，关掉那页这里自己打开', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan');
  const second = await hand.context.newPage();
  await second.goto('/field');
  await second.getByLabel('这台手机的数字密码').fill('246813');
  await second.getByRole('heading', { name: '外勤已在另一页打开' }).waitFor();
  await second.getByRole('button', { name: '换到这一页' }).click();
  await second.locator('.tabs').waitFor();
  await hand.page.getByRole('heading', { name: '外勤已在另一页打开' }).waitFor();
  await hand.shot('69-field-two-pages');
  await second.close();
  await hand.page.getByRole('button', { name: '换到这一页' }).click();
  await hand.page.locator('.tabs').waitFor();
  await hand.leave();
});

test('手机存满了也打得开：数字密码对就进，不对就说清楚', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: [/Quota/i] });
  const { page } = hand;
  await page.reload();
  await page.getByRole('heading', { name: '王秀兰' }).waitFor();
  await page.evaluate(`IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }`);
  await page.getByLabel('这台手机的数字密码').fill('246814');
  await page.getByText('手机里写不进东西了').waitFor();
  await page.getByText('数字密码不对').waitFor();
  await hand.shot('73-field-pin-full');
  await unlock(page);
  await hand.leave();
});

test('手机存满了：说没有存下，写的还在；腾出地方再按一次', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: [/Quota/i] });
  const { page } = hand;
  await openTab(page, '上报');
  await page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  const words = `存满时写的${'很长'.repeat(900)}`;
  await page.getByLabel('什么事，一句话').fill(words);
  await page.evaluate(`{
    const { put } = IDBObjectStore.prototype;
    window.makeRoom = () => { IDBObjectStore.prototype.put = put; };
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
  }`);
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('手机存满了，没有存下').waitFor();
  await hand.shot('70-field-full');
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe(words);
  await page.evaluate('window.makeRoom()');
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存在手机里').waitFor();
  await expect.poll(async () => (await saying('hejing', '存满时写的')).length, { timeout: 30_000 }).toBe(1);
  await hand.leave();
});

test('忘了数字密码：登录后重设，没发出的还在', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: OFF });
  const { page } = hand;
  await hand.offline(true);
  await report(page, '忘密码前写的');
  await page.reload();
  await hand.offline(false);
  await page.getByRole('button', { name: '忘了数字密码' }).click();
  await page.getByLabel('账号').fill('wangxiulan');
  await page.getByLabel('密码').fill('jingwei-demo');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('原来存在手机里的都还在').waitFor();
  await page.getByLabel('6 位数字').fill('975312');
  await page.getByLabel('再输一次').fill('975312');
  await page.getByRole('button', { name: '开始工作' }).click();
  await expect.poll(async () => (await saying('hejing', '忘密码前写的')).length, { timeout: 30_000 }).toBe(1);
  await hand.leave();
});

test('登录被收回：说清楚，手机里的还在；重新登录后补发。退出时没有待发的就清掉', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: [/status of 401/] });
  const { page } = hand;
  await page.evaluate(`fetch('/api/session', { method: 'DELETE' })`);
  await report(page, '登录失效时写的');
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/请先登录，1 条待发/);
  await openTab(page, '我的');
  await hand.shot('71-field-signed-out');
  await page.getByRole('button', { name: '重新登录' }).first().click();
  await page.getByLabel('账号').fill('wangxiulan');
  await page.getByLabel('密码').fill('jingwei-demo');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect.poll(async () => (await saying('hejing', '登录失效时写的')).length, { timeout: 30_000 }).toBe(1);
  await synced(page);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByText('没有待发的').waitFor();
  await page.getByRole('button', { name: '退出', exact: true }).click();
  await page.getByRole('heading', { name: '外勤登录' }).waitFor();
  await signInHere(page, 'wangxiulan');
  await page.getByText('给这台手机设数字密码').waitFor();
  await hand.leave();
});

test('第一次打开外勤应用要下载的，压缩后不超过 150 kB', () => {
  const folder = join(packageRoot, 'dist', 'field', 'assets');
  const all = readdirSync(folder).filter((name) => name.endsWith('.gz'));
  const bytes = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  // What the first screen waits for; the rest follows behind it.
  const first = all.filter((name) => name.startsWith('field-'));
  expect(first.length).toBe(2);
  expect(bytes(first) + statSync(join(packageRoot, 'dist', 'field', 'worker.js')).size).toBeLessThanOrEqual(150_000);
  // All that the worker stores, for use without network and behind the first screen: gates and inspections are 12 kB of it, the
  // words of the national code lists 5 kB.
  expect(bytes(all)).toBeLessThanOrEqual(190_000);
});
