import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readXlsx, writeXlsx } from 'hucre';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf } from '../../seeds/small/plan.ts';
import { openBrowser, phone } from './browser.ts';
import { signIn } from './desk.ts';
import { officeOf, station } from './office.ts';
import { openSite, type Site } from './site.ts';

/* The county changes a limit: the table goes out, comes back with a slip in it, is mended, looked at and issued. */
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

type Rows = string[][];

async function download(page: Page, link: string): Promise<Rows> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  const { sheets } = await readXlsx(readFileSync(await file.path()));
  return (sheets[0]?.rows ?? []).map((cells) => cells.map((cell) => (cell === null ? '' : String(cell))));
}

async function send(page: Page, rows: Rows, button: string): Promise<void> {
  const buffer = Buffer.from(await writeXlsx({ sheets: [{ name: '立案标准', rows }] }));
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await page.getByLabel('改好的表').setInputFiles({ name: '立案标准.xlsx', mimeType, buffer });
  await page.getByRole('button', { name: button }).click();
}

const written = (rows: Rows, limit: string): Rows =>
  rows.map((cells) => (cells[7] === 'road-sunken-passable' ? cells.with(6, limit) : cells));

test('改标准：导出、导入一张有错的表、按原因改好、看改了什么和影响谁、发布', async () => {
  const admin = await signIn(browser, site.url, 'admin', { expected: [/status of 422/] });
  const { page } = admin;
  await page.goto('/console/standards');
  await page.getByRole('heading', { name: '立案标准 第 1 版' }).waitFor();
  await admin.shot('80-standards');
  await page.getByRole('link', { name: '道路交通设施' }).click();
  await page.getByText('路面塌陷').first().waitFor();
  await admin.shot('81-standards-class');

  const rows = await download(page, '导出第 1 版');
  await send(page, written(rows, '种植季节15工作日'), '导入成草稿');
  await page.getByText('1 行没有读进来').waitFor();
  await page.getByText(/第 \d+ 行 G 列（时限）：“种植季节15工作日”读不出时限/).waitFor();
  await admin.shot('82-draft-refused');
  const reasons = await download(page, '下载带原因的表');
  await send(page, written(reasons, '6 工作日'), '重新导入');
  await page.getByText('依据没有改，请核对').waitFor();
  await admin.shot('83-draft');

  await page.getByLabel('这一版叫什么').fill('2026 年夏季修订');
  await page.getByLabel('依据哪个文件').fill('县政办〔2026〕3 号');
  await page.getByRole('button', { name: '发布，共改 1 处' }).click();
  await page.getByRole('status').getByText('已发布').waitFor();
  await page.getByRole('heading', { name: '立案标准 第 2 版' }).waitFor();
  await page.getByLabel('找小类、条件、依据、编码').fill('road-sunken-passable');
  await page.keyboard.press('Enter');
  await page.getByText('6 工作日').first().waitFor();
  await admin.shot('84-issued');
  await page.getByRole('link', { name: '工作日历' }).click();
  await page.getByText('没有收录国务院的安排').first().waitFor();
  await admin.shot('85-calendars');
  await admin.leave();
});

test('手机上：看标准、点开在办的数；英文的一页', async () => {
  const grid = await officeOf(site.url, 'wangxiulan');
  const place = { ...station.at, areaId: station.area, words: '二运巷口' };
  const said = { casefileId: randomUUID(), reportId: randomUUID(), words: '路面塌了一块', place, channel: 'field' };
  await grid.post('/api/casefiles', said);
  const registrar = await signIn(browser, site.url, 'hejing', { screen: phone });
  const { page } = registrar;
  await page.goto('/console/standards?version=2&words=路面塌陷');
  await page.getByText('找到').waitFor();
  await registrar.shot('86-standards-phone');
  const row = page.getByRole('row', { name: /还没有立案的/ });
  expect(await row.getByRole('cell').last().innerText()).toBe('1');
  await row.getByRole('link').click();
  await page.getByRole('heading', { name: '还没有立案的' }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
  await registrar.shot('88-open-under-phone');
  await registrar.leave();

  const admin = await signIn(browser, site.url, 'admin', { screen: phone });
  await admin.page.context().addCookies([{ name: 'lang', value: 'en', url: site.url }]);
  await admin.page.goto('/console/standards');
  await admin.page.getByRole('heading', { name: /^Standard, version 2/ }).waitFor();
  await admin.shot('87-standards-phone-en');
  await admin.leave();
});

/** Days from today in the county, as an office writes them. */
const dayFrom = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

interface Owed {
  readonly duty: string;
  readonly clock: { readonly dueAt: string };
}

test('改日历：写下放假的日子和冬季作息，看多少个时限会变，施行；在走的时限自己移动', async () => {
  const grid = await officeOf(site.url, 'wangxiulan');
  const [casefileId, reportId] = [randomUUID(), randomUUID()];
  const place = { ...station.at, areaId: station.area, words: '二运巷口' };
  await grid.post('/api/casefiles', { casefileId, reportId, words: '路面塌了一块', place, channel: 'field' });
  // Six working days since the version that was issued above.
  const steps = [
    ['hejing', 'register', { conditionCode: 'road-sunken-passable' }],
    ['chenmin', 'dispatch', { bodyId: idOf(1, 'body', 'works') }],
    ['caolu', 'acknowledge', {}],
  ] as const;
  for (const [login, command, form] of steps)
    await (await officeOf(site.url, login)).post(`/api/casefiles/${casefileId}/${command}`, form);
  const dispatcher = await officeOf(site.url, 'chenmin');
  const due = async () => {
    const { duties } = await dispatcher.get<{ duties: Owed[] }>(`/api/casefiles/${casefileId}`);
    return duties.find(({ duty }) => duty === 'casefile.handle')?.clock.dueAt ?? '';
  };
  const before = await due();

  const admin = await signIn(browser, site.url, 'admin', { expected: [/status of 422/] });
  const { page } = admin;
  await page.goto('/console/standards/calendars');
  await page.getByRole('link', { name: '改这个日历' }).first().waitFor();
  await admin.shot('87-calendars');
  const office = page.locator('section', { hasText: '机关工作时间' });
  await office.getByRole('link', { name: '改这个日历' }).click();
  const days = page.getByLabel('单独的日子，一行一个');
  await days.fill(`${dayFrom(1)} 至 ${dayFrom(9)} 休 抗洪期间放假\n后天休`);
  await page.getByRole('button', { name: '看看会怎样' }).click();
  await page.getByText('1 处没有读懂').waitFor();
  await admin.shot('88-calendar-unread');
  await days.fill(`${dayFrom(1)} 至 ${dayFrom(9)} 休 抗洪期间放假`);
  await page.getByLabel('从哪天起').fill(dayFrom(30));
  await page.getByLabel('上班时间').fill('08:30-12:00,14:00-17:30');
  await page.getByRole('button', { name: '看看会怎样' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('个推后').waitFor();
  await admin.shot('89-calendar-preview');
  await page.getByRole('button', { name: /^施行/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('已施行').waitFor();
  await page.getByText('抗洪期间放假').first().waitFor();
  await admin.shot('90-calendar-changed');
  for (let i = 0; i < 60 && (await due()) === before; i += 1) await page.waitForTimeout(500);
  expect(new Date(await due()).getTime()).toBeGreaterThan(new Date(before).getTime());
  await admin.leave();

  // Whoever owes it sees from when it moved and why, in the list and on the case.
  const works = await signIn(browser, site.url, 'caolu');
  const line = works.page.locator('a.line', { hasText: '原定' }).first();
  await line.getByText('工作日历改了（抗洪期间放假）').waitFor();
  await line.click();
  await works.page.getByText(/“处置”由 .* 改到 .*：工作日历改了（抗洪期间放假）/).waitFor();
  await works.shot('95-deadline-moved');
  await works.leave();

  const small = await signIn(browser, site.url, 'admin', { screen: phone });
  await small.page.goto('/console/standards/calendars');
  await small.page.getByRole('link', { name: '改这个日历' }).first().click();
  await small.page.getByRole('button', { name: '看看会怎样' }).waitFor();
  await small.shot('91-calendar-phone');
  await small.leave();
});

test('改各环节的时限：一张表里改，看改了几处、影响谁，从明天起发布', async () => {
  const admin = await signIn(browser, site.url, 'admin', { expected: [/status of 422/] });
  const { page } = admin;
  await page.goto('/console/standards');
  await page.getByRole('link', { name: '改各环节的时限' }).click();
  await page.getByRole('button', { name: '看看会怎样' }).click();
  await page.getByText('没有可发布的').waitFor();
  await page.getByLabel('派遣 一般', { exact: true }).fill('3');
  await page.getByLabel('受理立案 加急', { exact: true }).fill('10');
  await admin.shot('92-limits');
  await page.getByRole('button', { name: '看看会怎样' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '改 2 处' }).waitFor();
  await page.getByText('照立案时的那一版').waitFor();
  await page.getByLabel('这一版叫什么').fill('各环节时限 2027');
  await page.getByLabel('依据哪个文件').fill('县政办〔2026〕9 号');
  await page.getByLabel('从哪天起施行').fill(dayFrom(1));
  await admin.shot('93-limits-preview');
  await page.getByRole('button', { name: '发布，共改 2 处' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('已发布').waitFor();
  await page.getByText('各环节的时限').last().click();
  await page.getByText('3 工作时').first().waitFor();
  await admin.leave();

  const small = await signIn(browser, site.url, 'admin', { screen: phone });
  await small.page.context().addCookies([{ name: 'lang', value: 'en', url: site.url }]);
  await small.page.goto('/console/standards/limits');
  await small.page.getByRole('heading', { name: /^Limits of the desks/ }).waitFor();
  await small.shot('94-limits-phone-en');
  await small.leave();
});
