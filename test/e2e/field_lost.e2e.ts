import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf } from '../../seeds/small/plan.ts';
import { sheetRows } from '../../src/domains/work/standards/sheet.model.ts';
import { openBrowser, openProfile, phone, sitDown } from './browser.ts';
import { openTab, shoot, strip, takePhone, unlock } from './field.ts';
import { officeOf, station } from './office.ts';
import { openSite, type Site } from './site.ts';

/* The browser is killed, the post is withdrawn, the list of kinds changes: nothing said is lost, and the screen says why. */
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

const saying = async (words: string): Promise<readonly { id: string }[]> => {
  const office = await officeOf(site.url, 'hejing');
  const cases = await office.get<{ id: string; summary: string | null }[]>('/api/casefiles?most=200');
  return cases.filter(({ summary }) => summary?.includes(words));
};
const arrives = (words: string) =>
  expect.poll(async () => (await saying(words)).length, { timeout: 60_000, interval: 1000 }).toBe(1);

async function write(page: Page, words: string): Promise<void> {
  await openTab(page, '上报');
  await page.locator('.place .name', { hasText: '二运第一网格' }).waitFor();
  await page.getByLabel('什么事，一句话').fill(words);
}
const press = (page: Page): Promise<void> => page.getByRole('button', { name: '上报', exact: true }).click();
async function send(page: Page): Promise<void> {
  await press(page);
  await page.getByText('已存在手机里').waitFor();
}

/** All processes of the browser with this profile, at once and without a word: the battery falls out. */
function killAll(profile: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It had ended by itself.
    }
  }
}

test('正在存的时候浏览器被杀：再打开，要么在待发里，要么还写在那里；联网后各只到一次', {
  timeout: 300_000,
}, async () => {
  const profile = mkdtempSync(join(tmpdir(), 'jingwei-profile-'));
  try {
    const first = await takePhone(openProfile(profile), site.url, 'wangxiulan', { expected: OFF });
    // Chromium writes cookies down within half a minute: a phone that was killed before would be asked to sign in.
    await first.page.waitForTimeout(33_000);
    await first.offline(true);
    let { page } = first;
    const seen: string[] = [];
    const said = ['刚按下', '正在存', '快存好', '已存好'];
    for (const [i, words] of said.entries()) {
      await write(page, `被杀时${words}的这条`);
      // Whatever is written is on the phone a moment later.
      await page.waitForTimeout(400);
      if (words === '已存好') await send(page);
      else await press(page);
      await page.waitForTimeout([0, 12, 45, 0][i] ?? 0);
      killAll(profile);
      page = await openAgain(profile);
      await openTab(page, '我的');
      await page.getByRole('heading', { name: '没发完的' }).waitFor();
      const isOut = (await page.locator('.item', { hasText: `被杀时${words}的这条` }).count()) > 0;
      await openTab(page, '上报');
      const draft = await page.getByLabel('什么事，一句话').inputValue();
      seen.push(isOut ? 'outbox' : draft.includes(words) ? 'draft' : 'lost');
      expect(isOut && draft.includes(words), 'kept, and still offered to be said again').toBe(false);
      if (draft.includes(words)) await send(page);
    }
    expect(seen).not.toContain('lost');
    expect(seen.at(-1), 'what was said to be kept is kept').toBe('outbox');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: '同步' }).click();
    for (const words of said) await arrives(`被杀时${words}的这条`);
    await expect.poll(() => strip(page), { timeout: 30_000 }).not.toMatch(/待|退回/);
    for (const words of said) expect(await saying(`被杀时${words}的这条`)).toHaveLength(1);
    await page.context().close();
  } finally {
    killAll(profile);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function openAgain(profile: string): Promise<Page> {
  const { page, offline } = await sitDown(openProfile(profile), site.url, phone, { expected: OFF });
  await page.context().grantPermissions(['geolocation'], { origin: site.url });
  await page.context().setGeolocation({ longitude: station.at.lon, latitude: station.at.lat, accuracy: 12 });
  await offline(true);
  await page.goto('/field');
  await unlock(page);
  return page;
}

test('断网时被免了岗位：说清楚是为什么，写的、拍的还在手机里；重新任命以后一按就再报', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: [...OFF, /status of 403/] });
  const { page } = hand;
  await hand.offline(true);
  await write(page, '被免职时报的这条');
  await shoot(page, 'camera', '#335577');
  await send(page);
  const admin = await officeOf(site.url, 'admin');
  const posts = await admin.get<{ id: string; role: string }[]>(`/api/areas/${station.area}/posts`);
  const postId = posts.find(({ role }) => role === 'grid_worker')?.id ?? '';
  const seat = { postId, personId: idOf(1, 'person', 'wangxiulan') };
  await admin.post('/api/holdings/end', seat);
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/1 条被退回/);
  await openTab(page, '我的');
  const item = page.locator('.item', { hasText: '被免职时报的这条' });
  await item.getByText('这个功能不属于您的岗位').waitFor();
  await hand.shot('98-field-withdrawn');
  expect(await saying('被免职时报的这条')).toHaveLength(0);
  await admin.post('/api/holdings', { id: randomUUID(), ...seat });
  await item.getByRole('button', { name: '改好再报' }).click();
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe('被免职时报的这条');
  await page.locator('.shots figure').waitFor();
  await send(page);
  await arrives('被免职时报的这条');
  const [found] = await saying('被免职时报的这条');
  const office = await officeOf(site.url, 'hejing');
  const photos = async () => (await office.get<object[]>(`/api/casefiles/${found?.id}/photos`)).length;
  await expect.poll(photos, { timeout: 30_000 }).toBe(1);
  await expect.poll(() => strip(page), { timeout: 30_000 }).not.toMatch(/退回|待/);
  await hand.leave();
});

/** The county strikes a kind from its standard, from today on. */
async function takeOut(typeName: string): Promise<void> {
  const admin = await officeOf(site.url, 'admin');
  const current = await admin.get<Parameters<typeof sheetRows>[0] & { version: number }>('/api/standard/version');
  const rows = sheetRows(current, current.version, 'zh').filter((cells) => !cells.includes(typeName));
  const csv = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  const form = new FormData();
  form.set('commandId', randomUUID());
  form.append('file', new Blob([csv], { type: 'text/csv' }), '标准.csv');
  const { draftId } = await admin.upload<{ draftId: string }>('/api/standard/draft', form);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const decided = { title: '取消一个小类', source: '县政办〔2026〕4 号', validFrom: today };
  await admin.post('/api/standard/draft/issue', { draftId, ...decided });
}

test('选的小类在联网前取消了：说没有这个小类、怎么办；话留着，服务器也存着，别的照发', async () => {
  const hand = await takePhone(browser, site.url, 'wangxiulan', { expected: OFF });
  const { page } = hand;
  await hand.offline(true);
  await write(page, '小类取消了的这条');
  await page.getByText('更多：已当场办好、是哪一类').click();
  await page.getByLabel('是哪一类').selectOption({ label: '路面塌陷' });
  await send(page);
  await write(page, '没选小类的这条');
  await send(page);
  await takeOut('路面塌陷');
  await hand.offline(false);
  await page.getByRole('button', { name: '同步' }).click();
  await arrives('没选小类的这条');
  await expect.poll(() => strip(page), { timeout: 30_000 }).toMatch(/1 条被退回/);
  await openTab(page, '我的');
  const item = page.locator('.item', { hasText: '小类取消了的这条' });
  await item.getByText('没有这个小类').waitFor();
  await item.getByText('请从列表里选择，或者不选、由受理岗判断').waitFor();
  await hand.shot('99-field-kind-gone');
  const refused = await (await officeOf(site.url, 'wangxiulan')).get<object[]>('/api/devices/refused');
  expect(JSON.stringify(refused)).toContain('小类取消了的这条');
  // Nothing has to be typed again; the list it offers is the new one.
  await item.getByRole('button', { name: '改好再报' }).click();
  expect(await page.getByLabel('什么事，一句话').inputValue()).toBe('小类取消了的这条');
  await page.getByText('更多：已当场办好、是哪一类').click();
  expect(await page.getByLabel('是哪一类').inputValue()).toBe('');
  const offered = (): Promise<string[]> => page.getByLabel('是哪一类').locator('option').allInnerTexts();
  await expect.poll(offered).not.toContain('路面塌陷');
  await send(page);
  await arrives('小类取消了的这条');
  await expect.poll(() => strip(page), { timeout: 30_000 }).not.toMatch(/退回|待/);
  await hand.leave();
});
