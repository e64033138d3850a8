import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/kernel/root.ts';
import { desk, openBrowser, phone, sitDown } from './browser.ts';
import { choose, openFromInbox, press, signIn } from './desk.ts';
import { openSite, type Site } from './site.ts';

/*
 * The desk when things go wrong and for hands that keep to the keyboard: nothing typed is lost, nothing is done twice.
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

async function tell(page: Page, words: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('发生了什么？').fill(words);
  await page.getByLabel('在哪里？').fill('二运巷口');
  await page.getByLabel('属于哪个社区').selectOption({ label: '　　二运第一网格' });
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('收到了。').waitFor();
}

test('新报的事自己出现；上下键逐件打开；断网时填的还在，恢复后再按只算一次', async () => {
  const resident = await sitDown(browser, site.url, phone);
  const registrar = await signIn(browser, site.url, 'hejing', { expected: [/ERR_INTERNET_DISCONNECTED/] });
  await tell(resident.page, '路灯三盏不亮，晚上看不见');
  await tell(resident.page, '井盖翘起来一角，车一过就响');
  await resident.leave();
  const { page } = registrar;
  await page.locator('a.line').nth(1).waitFor();

  await page.keyboard.press('ArrowDown');
  await page.getByRole('heading', { level: 1, name: /路灯三盏不亮/ }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: /井盖翘起来/ }).waitFor();

  const form = page.locator('form.command');
  await choose(form, '立案条件', '街道断行');
  await form.getByLabel('说明').fill('已电话核实');
  // Somebody looks at another case in the middle of it.
  await page.locator('a.line').first().click();
  await page.getByRole('heading', { level: 1, name: /路灯三盏不亮/ }).waitFor();
  await page.locator('a.line').nth(1).click();
  await page.getByRole('heading', { level: 1, name: /井盖翘起来/ }).waitFor();
  expect(await form.getByLabel('说明').inputValue()).toBe('已电话核实');
  await registrar.offline(true);
  await form.getByRole('button', { name: '立案', exact: true }).click();
  await form.getByText('没有发出').waitFor();
  expect(await form.getByLabel('说明').inputValue()).toBe('已电话核实');
  await page.getByText('连接断了').waitFor();
  await registrar.shot('31-desk-offline');
  await registrar.offline(false);
  await form.getByRole('button', { name: '立案', exact: true }).click();
  await page.getByRole('status').getByText('已办：立案').waitFor();
  const told = page.locator('.ant-timeline-item', { hasText: '已电话核实' });
  await told.first().waitFor();
  expect(await told.count()).toBe(1);
  await registrar.leave();
});

test('两个人同时办一件：后按的被告知为什么，填的还在', async () => {
  const first = await signIn(browser, site.url, 'hejing');
  const second = await signIn(browser, site.url, 'hejing');
  const third = await signIn(browser, site.url, 'hejing', { expected: [/status of 409/, /ERR_FAILED/] });
  // One that hears of nothing: its own press is the first to tell.
  await third.page.route('**/api/live', (route) => route.abort());
  await third.page.reload();
  for (const { page } of [first, second, third]) {
    await openFromInbox(page, '受理立案');
    await choose(page.locator('form.command'), '立案条件', '街道断行');
  }
  await first.page.locator('form.command').getByRole('button', { name: '立案', exact: true }).click();
  await first.page.getByRole('status').getByText('已办：立案').waitFor();
  await second.page.getByText('现在不能立案了').waitFor();
  await second.shot('32-desk-overtaken');
  await third.page.locator('form.command').getByRole('button', { name: '立案', exact: true }).click();
  await third.page.getByRole('alert').first().waitFor();
  await third.page.getByText('现在不能立案了').waitFor();
  for (const { page } of [second, third]) expect(await page.locator('form.command').innerText()).toContain('街道断行');
  await third.shot('32-desk-refused');
  for (const one of [first, second, third]) await one.leave();
});

test('接电话时登记：粘贴一段话，电话和地点自己填好，登记后报查询码', async () => {
  const { page, shot, leave } = await signIn(browser, site.url, 'hejing');
  await page.getByRole('link', { name: '登记来报' }).click();
  await page.getByText('群聊').click();
  await page.getByLabel('说了什么').focus();
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', '我是李桂芳，13900001234。二运第一网格，在二运巷12号门口路灯坏了');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }`);
  await page.getByLabel('说了什么').fill('二运巷12号门口路灯坏了');
  expect(await page.getByLabel('电话').inputValue()).toBe('13900001234');
  expect(await page.getByLabel('报事人').inputValue()).toBe('李桂芳');
  expect(await page.getByLabel('在哪里').inputValue()).toBe('二运巷12号');
  await page.getByText('二运社区 · 二运第一网格').waitFor();
  await page.getByLabel('坐标').fill('经度一百一');
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByText('看不懂').waitFor();
  await page.getByLabel('坐标').fill('');
  await shot('36-desk-intake');
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByText(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/).waitFor();
  await shot('37-desk-intake-taken');
  await page.getByRole('link', { name: '打开案卷' }).click();
  await page.getByRole('heading', { level: 1, name: /路灯坏了/ }).waitFor();
  await leave();
});

test('承办单位申请延期写明理由；派遣的人看到批准后会怎样，批了，时限变长', async () => {
  const resident = await sitDown(browser, site.url, phone);
  await tell(resident.page, '下水井堵了，污水冒到路上');
  await resident.leave();
  const registrar = await signIn(browser, site.url, 'hejing');
  await registrar.page.locator('a.line', { hasText: '下水井堵了' }).first().click();
  await press(registrar.page, '立案', (form) => choose(form, '立案条件', '街道断行'));
  await registrar.leave();
  const dispatcher = await signIn(browser, site.url, 'chenmin');
  await openFromInbox(dispatcher.page, '派遣');
  await press(dispatcher.page, '派遣', (form) => choose(form, '承办单位', '安澜县市政养护中心'));

  const works = await signIn(browser, site.url, 'caolu');
  await openFromInbox(works.page, '签收');
  await press(works.page, '签收', async () => undefined);
  const mine = works.page.locator('.wish', { hasText: '处置' });
  await mine.getByRole('button', { name: '申请延期' }).click();
  await mine.getByLabel('理由').fill('等管道疏通车，明天到');
  await mine.locator('form').getByRole('button', { name: '申请延期' }).click();
  const asked = works.page.locator('.wish', { hasText: '待审批' });
  await asked.getByText('等管道疏通车，明天到').waitFor();
  await works.shot('38-desk-asked');

  const wish = dispatcher.page.locator('.wish', { hasText: '待审批' });
  await wish.getByText('批准后时限按原来的长度再加一次').waitFor();
  await dispatcher.shot('39-desk-to-grant');
  await wish.getByRole('button', { name: '批准', exact: true }).click();
  await wish.locator('form').getByRole('button', { name: '批准', exact: true }).click();
  await works.page.locator('.wish', { hasText: '已批准' }).waitFor();
  await works.leave();
  await dispatcher.leave();
});

test('窄屏一次看一样，手指按得到；英文完整', async () => {
  const narrow = await signIn(browser, site.url, 'chenmin', { screen: phone });
  await narrow.shot('33-desk-narrow-inbox');
  await openFromInbox(narrow.page, '派遣');
  await narrow.shot('34-desk-narrow-case');
  const { height } = (await narrow.page.locator('.acts button').first().boundingBox()) ?? { height: 0 };
  expect(height).toBeGreaterThanOrEqual(48);
  await narrow.page.getByRole('link', { name: '← 我的待办' }).click();
  await narrow.page.getByRole('heading', { name: '我的待办' }).waitFor();
  await narrow.leave();

  const english = await sitDown(browser, site.url, desk, { locale: 'en-GB' });
  await english.page.goto('/console');
  await english.page.getByLabel('Account').fill('chenmin');
  await english.page.getByLabel('Password').fill('jingwei-demo');
  await english.page.getByRole('button', { name: 'Sign in' }).click();
  await english.page.getByRole('heading', { name: 'My work' }).waitFor();
  await english.page.locator('a.line').first().click();
  await english.page.getByRole('heading', { name: 'Next' }).waitFor();
  await english.shot('35-desk-english');
  await english.leave();
});

test('第一次打开工作台要下载的，压缩后不超过 450 kB；地图不在里面', () => {
  const folder = join(packageRoot, 'dist', 'web');
  const chunks = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const first = new Set<string>();
  const load = (name: string): void => {
    const { file, css = [], imports = [] } = chunks[name] as Chunk;
    for (const one of [file, ...css]) first.add(one);
    // What is imported on demand comes later.
    for (const one of imports) load(one);
  };
  for (const [name, { isEntry }] of Object.entries(chunks)) if (isEntry) load(name);
  const bytes = [...first].reduce((sum, file) => sum + statSync(join(folder, `${file}.gz`)).size, 0);
  expect(first.size).toBeGreaterThan(1);
  expect(bytes).toBeLessThanOrEqual(450_000);
  const script = [...first].map((file) => readFileSync(join(folder, file), 'utf8')).join('');
  expect(script).not.toContain('maplibregl-map');
});

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly isEntry?: boolean;
}
